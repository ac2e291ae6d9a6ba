"""The values that fill a recommendation's texts: figures, quotes, themes, places and years of its findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import reduce
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from coherence.amounts import quantity_text
from coherence.frameworks import labels_text
from coherence.graph import theme_table
from coherence.recommendation_patterns import Recommending, fill
from coherence.vocabulary import Language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.models import Commitment, DocumentRecord, Finding, Instrument

__all__ = ["Asked", "Wording"]

_MOST_LISTED = 5
_MOST_QUOTED = 3
_MOST_PAIRS = 3
_LONGEST_QUOTE = 140
"""Characters of a quote shown in a recommendation; the finding carries the whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a recommendation rests on: merged findings and the instruments that receive the change."""

    findings: Sequence[Finding]
    receiving: Sequence[Instrument] = ()
    theme: str = ""
    """The one theme that the findings were merged by, where there is one."""
    recognises: Instrument | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one report language for the commitments of one dossier."""

    language: Language
    how: Recommending
    commitments: Mapping[str, Commitment]
    documents: Mapping[str, DocumentRecord]

    def values(self, asked: Asked, *, draft: bool = False) -> dict[str, str]:
        """Return the value of every placeholder; lists cut in a draft say that the rest is to be listed."""
        findings, concerned = asked.findings, self._concerned(asked.findings)
        more = "more_in_draft" if draft else "more"

        def listed(items: Iterable[str], most: int = _MOST_LISTED) -> str:
            return self._listed(items, most, more)

        return {
            "instrument": ", ".join(map(self.acronym, asked.receiving)) or self._word("the_instrument"),
            "instruments": ", ".join(map(self.acronym, self.instruments(findings, asked.receiving)))
            or self._word("the_instrument"),
            "by_instrument": self._by_instrument(findings),
            "count": str(len(findings)),
            "figures": listed(self._figures(concerned)) or self._word("no_figure"),
            "commitments": listed((self._quoted(each) for each in concerned), _MOST_QUOTED),
            "sisters": listed((self._quoted(each) for each in self._sisters(asked, concerned)), _MOST_QUOTED),
            "pairs": self._pairs(findings, more),
            "elements": self._elements(findings),
            "kinds": self._kinds(findings),
            "themes": listed(self._labels([asked.theme] if asked.theme else self._themes(findings)))
            or self._word("no_theme"),
            "places": listed(place for each in concerned for place in each.places) or self._word("no_place"),
            "years": self._years(concerned) or self._word("no_year"),
            "explanations": self._joined(finding.explanation for finding in findings),
        }

    def _sisters(self, asked: Asked, concerned: Sequence[Commitment]) -> Sequence[Commitment]:
        """Return the commitments that the receiving instruments are to refer to."""
        if asked.recognises is not None:
            own = [each for each in concerned if each.instrument == asked.recognises]
            mains = (each for each in self.commitments.values() if each.part_of is None)
            return own or sorted((each for each in mains if each.instrument == asked.recognises), key=_telling)
        return [each for each in concerned if each.instrument not in asked.receiving] or concerned

    def instruments(self, findings: Iterable[Finding], receiving: Iterable[Instrument]) -> list[Instrument]:
        """Return the instruments that findings concern, in the order in which they receive changes."""
        named = {each.instrument for each in self._concerned(findings)}
        named |= {finding.missing.instrument for finding in findings if finding.missing and finding.missing.instrument}
        named |= set(receiving)
        return [each for each in self.how.receiving_order if each in named]

    def acronym(self, instrument: Instrument) -> str:
        """Return the short name of an instrument in the report's language: CDN, PNA, SPANB, NDT."""
        return str(term_list("report_texts")["acronym"][instrument][self.language])

    def _concerned(self, findings: Iterable[Finding]) -> list[Commitment]:
        """Return the commitments, the most telling first, each instrument in turn so that none hides the others.

        Large areas tell more than small ones, areas more than other figures, and figures more than none.
        """
        ids = dict.fromkeys(name for finding in findings for name in finding.commitments)
        found = [self.commitments[name] for name in ids if name in self.commitments]
        by_instrument: dict[Instrument, list[Commitment]] = defaultdict(list)
        for each in sorted(found, key=_telling):
            by_instrument[each.instrument].append(each)
        # The last to receive changes is the one whose figures the others are asked to recognise.
        order = [by_instrument[name] for name in reversed(self.how.receiving_order) if name in by_instrument]
        return [each for each in chain.from_iterable(zip_longest(*order)) if each is not None]

    def _figures(self, concerned: Iterable[Commitment]) -> list[str]:
        return [f"{self._figure(each)} ({self._source(each)})" for each in concerned if each.quantities]

    def _figure(self, commitment: Commitment) -> str:
        """Return the first quantity and the year by which it is promised: "5 160 000 ha, 2030"."""
        figure = quantity_text(commitment.quantities[0], self.language)
        return figure if commitment.target_year is None else f"{figure}, {commitment.target_year}"

    def _pairs(self, findings: Iterable[Finding], more: str) -> str:
        """Return the pairs of commitments, those of different instruments first, by figure where both state one.

        Pairs with the same first side are put together: "a ↔ b / c".
        """
        known = [[self.commitments[name] for name in each.commitments if name in self.commitments] for each in findings]
        pairs = [tuple(sorted(each, key=_telling)) for each in known if len(each) > 1]
        pairs.sort(
            key=lambda each: (each[0].instrument == each[1].instrument, not _comparable(each), *map(_telling, each))
        )
        sides = list(dict.fromkeys(tuple(self._side(each, pair) for each in pair) for pair in pairs))
        together: dict[str, list[str]] = defaultdict(list)
        for first, *others in sides[:_MOST_PAIRS]:
            together[first] += others
        shown = [f"{first} ↔ {' / '.join(others)}" for first, others in together.items()]
        left = len(sides) - _MOST_PAIRS
        return self._joined_up([*shown, *([fill(self._word(more), {"count": str(left)})] if left > 0 else [])])

    def _side(self, commitment: Commitment, pair: Sequence[Commitment]) -> str:
        if _comparable(pair):
            return f"{self._figure(commitment)} ({self._source(commitment)})"
        return self._quoted(commitment)

    def _quoted(self, commitment: Commitment) -> str:
        # The cells of a table row would run into one another.
        quote = " · ".join(filter(None, (" ".join(cell.split()) for cell in commitment.quote.split("\t"))))
        if len(quote) > _LONGEST_QUOTE:
            quote = quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
        return f"{fill(self._word('quoted'), {'text': quote})} ({self._source(commitment)})"

    def _source(self, commitment: Commitment) -> str:
        """Return instrument and page, with the year where one instrument has several documents."""
        name = self.acronym(commitment.instrument)
        same = [each for each in self.documents.values() if each.instrument == commitment.instrument]
        year = f" {commitment.document_year}" if len(same) > 1 and commitment.document_year else ""
        return f"{name}{year}, {self._word('page')} {commitment.provenance.page}"

    def _by_instrument(self, findings: Iterable[Finding]) -> str:
        counts = Counter(each.missing.instrument for each in findings if each.missing and each.missing.instrument)
        names = [name for name in self.how.receiving_order if counts[name]]
        return ", ".join(f"{self.acronym(name)} ({counts[name]})" for name in names) or self._word("the_instrument")

    def _elements(self, findings: Iterable[Finding]) -> str:
        words = term_list("report_texts")["element"]
        counts = Counter(each.missing.element for each in findings if each.missing)
        return ", ".join(f"{words[name][self.language]} ({counts[name]})" for name in words if counts[name])

    def _kinds(self, findings: Iterable[Finding]) -> str:
        texts = term_list("report_texts")
        counts = Counter(each.kind for each in findings)
        forms = {name: texts["kind" if counts[name] == 1 else "kinds"][name] for name in texts["kinds"]}
        return ", ".join(f"{counts[name]} {forms[name][self.language].lower()}" for name in forms if counts[name])

    def _themes(self, findings: Iterable[Finding]) -> list[str]:
        """Return the themes shared within findings, or each first theme where none is shared; most frequent first."""
        themes: Counter[str] = Counter()
        for finding in findings:
            found = [self.commitments[name].themes for name in finding.commitments if name in self.commitments]
            shared = [theme for theme in found[0] if all(theme in other for other in found)] if found else []
            themes.update(shared[:1] or [theme for each in found for theme in each[:1]])
        return sorted(themes, key=lambda theme: (-themes[theme], theme))

    def _labels(self, themes: Iterable[str]) -> list[str]:
        table = theme_table()
        return [table[t].label(self.language).lower() if t in table else t.replace("_", " ") for t in themes]

    def _years(self, concerned: Iterable[Commitment]) -> str:
        return ", ".join(str(year) for year in sorted({each.target_year for each in concerned if each.target_year}))

    def _word(self, name: str) -> str:
        return labels_text(self.how.words[name], self.language)

    def _listed(self, items: Iterable[str], most: int, more: str) -> str:
        unique = list(dict.fromkeys(items))
        left = len(unique) - most
        rest = [fill(self._word(more), {"count": str(left)})] if left > 0 else []
        return self._joined_up([*unique[:most], *rest])

    def _joined_up(self, items: Sequence[str]) -> str:
        """Return "a; b", as the language sets the semicolon."""
        together = self._word("joined")

        def join(text: str, following: str) -> str:
            return fill(together, {"text": text, "next": following})

        return reduce(join, items or [""])

    def _joined(self, items: Iterable[str]) -> str:
        return " ".join(list(dict.fromkeys(items))[:_MOST_QUOTED])


def _comparable(pair: Sequence[Commitment]) -> bool:
    """Return whether all state a figure in one unit, so that the figures alone can stand for them."""
    return all(each.quantities for each in pair) and len({each.quantities[0].unit for each in pair}) == 1


def _telling(commitment: Commitment) -> tuple[int, float, str, int, int, str]:
    """Return a key that puts the most telling commitment first."""
    areas = [each.value or each.high or 0.0 for each in commitment.quantities if each.unit == "ha"]
    rank = 0 if areas else 1 if commitment.quantities else 2
    place = commitment.provenance
    return rank, -max(areas, default=0.0), commitment.document, place.page, place.start, commitment.id
