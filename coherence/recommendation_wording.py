"""The values that fill a recommendation's texts: figures, quotes, themes, places and years of its findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, get_args

from coherence.amounts import listed
from coherence.identifiers import fold
from coherence.models import FindingKind
from coherence.recommendation_patterns import fill
from coherence.recommendation_phrases import Phrases, telling
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coherence.models import Cluster, Commitment, Element, Finding, Instrument

__all__ = ["Asked", "Wording"]

_MOST_LISTED = 5
_MOST_QUOTED = 3
_MOST_FACTS = 6
_MOST_PAIRS = 4
_MOST_COMPLETED = 4
_MOST_SUGGESTED = 4
_MOST_EXPLAINED = 3
_PAIR = 2
_MOST_PAIRS_OF_PART = 2
_MOST_WITH_ONE = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a recommendation rests on: merged findings and the instruments that receive the change."""

    findings: Sequence[Finding]
    receiving: Sequence[Instrument] = ()
    theme: str = ""
    """The one theme that the findings were merged by, where there is one."""
    recognises: Instrument | None = None
    clusters: Sequence[Cluster] = ()
    of_first: bool = False
    """Whether the change is made in the first commitment of each finding, which is then its own."""
    brief: bool = False
    """Whether it is one of several parts, each told in few words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one report language for the commitments of one dossier."""

    phrases: Phrases
    commitments: Mapping[str, Commitment]

    def values(self, asked: Asked, *, draft: bool = False) -> dict[str, str]:
        """Return the value of every placeholder.

        A draft takes up what commitments promise where a text quotes them, and says of cut lists that the rest is to be
        listed.
        """
        say, concerned = self.phrases, self._concerned(asked.findings)
        named = self._told(draft=draft)
        firsts = {each.commitments[0] for each in asked.findings if each.commitments}
        own = [
            each for each in concerned if (each.id in firsts if asked.of_first else each.instrument in asked.receiving)
        ]
        return {
            **self._instruments(asked),
            "count": str(len(asked.findings)),
            "figures": say.listed(
                (say.figured(each) for each in concerned if each.quantities), _MOST_LISTED, _more(draft=draft)
            )
            or say.word("no_figure"),
            "commitments": named(concerned),
            "own": named(own) or say.word("to_list"),
            "sisters": named(self._sisters(asked, concerned)) or say.word("to_list"),
            "pairs": self._pairs(asked, draft=draft),
            "to_complete": self._to_complete(asked.findings),
            "elements": self._elements(asked.findings),
            "kinds": self._kinds(asked.findings),
            "themes": say.themes([asked.theme] if asked.theme else self._themes(asked.findings)[:_MOST_LISTED])
            or say.word("no_theme"),
            "land_type": say.bracket(
                "land_type", (say.ecosystem(name) for each in own for name in each.ecosystems), _MOST_SUGGESTED
            ),
            "regions": say.bracket("regions", (name for each in concerned for name in each.places), _MOST_SUGGESTED),
            "years": self._years(concerned) or say.word("no_year"),
            "explanations": " ".join(
                list(dict.fromkeys(each.explanation for each in asked.findings))[:_MOST_EXPLAINED]
            ),
            "projects": say.joined([fill(say.word("quoted"), {"text": each.name}) for each in asked.clusters]),
        }

    def _instruments(self, asked: Asked) -> dict[str, str]:
        say, concerned = self.phrases, self.instruments(asked.findings, asked.receiving)
        receiving = list(asked.receiving)
        return {
            "instrument": listed(map(say.acronym, receiving), say.language) or say.word("the_instrument"),
            "the_instrument": say.instruments(receiving, "the"),
            "of_instrument": say.instruments(receiving, "of"),
            "in_instrument": say.instruments(receiving, "in"),
            "of_targets": say.instruments(receiving, "of_targets"),
            "instruments": listed(map(say.acronym, concerned), say.language) or say.word("the_instrument"),
            "in_instruments": say.instruments(concerned, "in"),
        }

    def _told(self, *, draft: bool) -> Callable[[Iterable[Commitment]], str]:
        """Return how a list of commitments is told: quoted in a text, as facts in a draft."""
        say, most = self.phrases, _MOST_FACTS if draft else _MOST_QUOTED
        tell = say.fact if draft else say.quoted

        def told(commitments: Iterable[Commitment]) -> str:
            by_words: dict[str, Commitment] = {}
            for each in commitments:
                by_words.setdefault(tell(each), each)
            shown, left = list(by_words)[:most], len(by_words) - most
            rest = [fill(say.word(_more(draft=draft)), {"count": str(left)})] if left > 0 else []
            if draft:
                # Who revises one instrument finds its commitments side by side.
                shown.sort(key=lambda each: say.how.receiving_order.index(by_words[each].instrument))
            return (say.itemised if draft else say.joined)([*shown, *rest])

        return told

    def _sisters(self, asked: Asked, concerned: Sequence[Commitment]) -> Sequence[Commitment]:
        """Return the commitments that the receiving instruments are to refer to."""
        if asked.recognises is not None:
            own = [each for each in concerned if each.instrument == asked.recognises]
            mains = (each for each in self.commitments.values() if each.part_of is None)
            all_of_it = sorted((each for each in mains if each.instrument == asked.recognises), key=telling)
            return own or _said_once(all_of_it)
        return [each for each in concerned if each.instrument not in asked.receiving] or concerned

    def instruments(self, findings: Iterable[Finding], receiving: Iterable[Instrument]) -> list[Instrument]:
        """Return the instruments that findings concern, in the order in which they receive changes."""
        named = {each.instrument for each in self._concerned(findings)}
        named |= {finding.missing.instrument for finding in findings if finding.missing and finding.missing.instrument}
        named |= set(receiving)
        return [each for each in self.phrases.how.receiving_order if each in named]

    def _concerned(self, findings: Iterable[Finding]) -> list[Commitment]:
        """Return the commitments, the most telling first, each instrument in turn so that none hides the others.

        Large areas tell more than small ones, areas more than other figures, and figures more than none.
        """
        ids = dict.fromkeys(name for finding in findings for name in finding.commitments)
        found = [self.commitments[name] for name in ids if name in self.commitments]
        by_instrument: dict[Instrument, list[Commitment]] = defaultdict(list)
        for each in _said_once(sorted(found, key=telling)):
            by_instrument[each.instrument].append(each)
        # The last to receive changes is the one whose figures the others are asked to recognise.
        order = [by_instrument[name] for name in reversed(self.phrases.how.receiving_order) if name in by_instrument]
        return [each for each in chain.from_iterable(zip_longest(*order)) if each is not None]

    def _pairs(self, asked: Asked, *, draft: bool) -> str:
        """Return the pairs of commitments, those of different instruments first.

        Of a finding on several commitments the first is paired with each other one. Pairs with a common side are put
        together: "a ↔ b / c".
        """
        sides = list(dict.fromkeys(self._couples(asked.findings, draft=draft)))
        times = Counter(side for pair in sides for side in pair)
        together: dict[str, list[str]] = defaultdict(list)
        most = _MOST_PAIRS_OF_PART if asked.brief and not draft else _MOST_PAIRS
        for first, second in sides:
            hub, other = (second, first) if times[second] > times[first] else (first, second)
            if sum(map(len, together.values())) < most and len(together.get(hub, ())) < _MOST_WITH_ONE:
                together[hub].append(other)
        shown = [
            self.phrases.enumerated([hub, *others]) if draft else f"{hub} ↔ {' / '.join(others)}"
            for hub, others in together.items()
        ]
        left = len(sides) - sum(map(len, together.values()))
        more = fill(self.phrases.word(_more_pairs(left, draft=draft)), {"count": str(left)})
        return (self.phrases.itemised if draft else self.phrases.joined)([*shown, *([more] if left > 0 else [])])

    def _couples(self, findings: Iterable[Finding], *, draft: bool) -> list[tuple[str, str]]:
        """Return the pairs in words, the most telling first."""
        couples: list[tuple[bool, float, float, Commitment, Commitment]] = []
        weight = self.phrases.how.severity_weight
        for finding in findings:
            known = [self.commitments[name] for name in finding.commitments if name in self.commitments]
            # Of two, the more telling goes first; of several, the rule has put the common one first.
            ordered = sorted(known, key=telling) if len(known) <= _PAIR else known
            # What may be one thing is told by how grave and sure that is, of the same by the size of its figures.
            sure = round(finding.confidence, 1) if _may_be_one_thing(finding) else finding.confidence
            couples += [
                (ordered[0].instrument == other.instrument, -weight[finding.severity], -sure, ordered[0], other)
                for other in ordered[1:]
            ]
        couples.sort(key=lambda each: (*each[:3], *map(telling, each[3:])))
        say = self.phrases
        if draft:
            return [(say.fact(first, second.themes), say.fact(second, first.themes)) for *_, first, second in couples]
        return [(say.quoted(first), say.quoted(second)) for *_, first, second in couples]

    def _to_complete(self, findings: Iterable[Finding]) -> str:
        """Return a line for each target: its words, and a bracket for what was not found in them."""
        sought: dict[str, set[Element]] = defaultdict(set)
        for finding in findings:
            for name in finding.commitments[:1]:
                if name in self.commitments and finding.missing is not None:
                    sought[name].add(finding.missing.element)
        targets = _said_once(sorted((self.commitments[name] for name in sought), key=telling))
        lines = [self.phrases.completed(each, sought[each.id]) for each in targets[:_MOST_COMPLETED]]
        left = len(targets) - _MOST_COMPLETED
        rest = [fill(self.phrases.word("more_to_complete"), {"count": str(left)})] if left > 0 else []
        return "\n".join((*lines, *rest))

    def _elements(self, findings: Iterable[Finding]) -> str:
        counts = Counter(each.missing.element for each in findings if each.missing)
        names = [name for name in term_list("report_texts")["element"] if counts[name]]
        return self._counted((self.phrases.report_text("element", name), counts[name]) for name in names)

    def _kinds(self, findings: Iterable[Finding]) -> str:
        counts = Counter(each.kind for each in findings)
        told = (self.phrases.counted(f"kind_{name}", counts[name]) for name in get_args(FindingKind) if counts[name])
        return listed(told, self.phrases.language)

    def _counted(self, names: Iterable[tuple[str, int]]) -> str:
        return listed((f"{name} ({count})" for name, count in names), self.phrases.language)

    def _themes(self, findings: Iterable[Finding]) -> list[str]:
        """Return the themes shared within findings, or each first theme where none is shared; most frequent first."""
        themes: Counter[str] = Counter()
        for finding in findings:
            found = [self.commitments[name].themes for name in finding.commitments if name in self.commitments]
            shared = [theme for theme in found[0] if all(theme in other for other in found)] if found else []
            themes.update(shared[:1] or [theme for each in found for theme in each[:1]])
        return sorted(themes, key=lambda theme: (-themes[theme], theme))

    def _years(self, concerned: Iterable[Commitment]) -> str:
        years = sorted({each.target_year for each in concerned if each.target_year})
        return listed(map(str, years), self.phrases.language)


def _said_once(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return the first commitment of each quote: a sentence with two figures is told once, and one that is set twice.

    "10 500 ha" in one table is "10 500ha" in the next.
    """
    first: dict[tuple[str, str], Commitment] = {}
    for each in commitments:
        first.setdefault((each.document, "".join(fold(each.quote).split())), each)
    return list(first.values())


def _more(*, draft: bool) -> str:
    return "more_in_draft" if draft else "more"


def _more_pairs(left: int, *, draft: bool) -> str:
    """Return the word for pairs left out; of a single one, what is said of commitments will do."""
    return _more(draft=draft) if left == 1 else "more_pairs_in_draft" if draft else "more_pairs"


def _may_be_one_thing(finding: Finding) -> bool:
    """Return whether its commitments may be one thing, so that the size of their figures matters."""
    return finding.kind == "overlap" or (finding.conflict is not None and finding.conflict.type == "contradiction")
