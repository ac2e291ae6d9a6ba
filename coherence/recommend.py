"""Findings → recommendations: findings that ask for the same change are merged, worded and ranked.

The wording stands in ``rules/recommendation``; who is addressed and how ranks are made in
``rules/frameworks/recommending.yaml``, when instruments are next revised in ``revision_windows.yaml``. Placeholders are
replaced in one pass, so that text of a document can never act as a template.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from babel.dates import format_date

from coherence.frameworks import labels_text, legal_basis
from coherence.identifiers import content_id
from coherence.models import Commitment, Finding, Instrument, LegalBasis, Recommendation, RevisionWindow, Severity
from coherence.recommendation_patterns import Pattern, Recommending, fill, load_patterns, recommending
from coherence.recommendation_phrases import Phrases, laid_out
from coherence.recommendation_wording import Asked, Wording
from coherence.revision_windows import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from coherence.models import Cluster, DocumentRecord, Effort
    from coherence.vocabulary import Language

__all__ = ["recommend"]

_YEAR_END = (12, 31)
_LOCALES = {"en": "en_GB"}
"""The United Nations write the day before the month."""
_MANY_PARTS = 3
"""From so many parts on, each is told in few words."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Findings that ask for one recommendation of the library, and the instruments that receive the change."""

    pattern: Pattern
    receiving: tuple[Instrument, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """What becomes one recommendation of the report: one part, or several of one whole."""

    lead: Pattern
    """The part that stands alone, or the whole of several."""
    whole: str
    """Id of the whole, which stays the same whatever parts there are."""
    parts: tuple[_Part, ...]
    receiving: tuple[Instrument, ...]
    findings: tuple[Finding, ...]
    apart: str = ""
    window: RevisionWindow | None = None
    urgency: int = 0
    clusters: tuple[Cluster, ...] = ()

    @property
    def instrument(self) -> Instrument | None:
        """The receiving instrument where there is only one."""
        return self.receiving[0] if len(self.receiving) == 1 else None

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The recommendations of the library that it is made of, the whole first."""
        return tuple({each.id: each for each in (self.lead, *(part.pattern for part in self.parts))}.values())


@dataclass(slots=True)
class _Maker:
    """Makes the recommendations of one dossier."""

    known: Mapping[str, Pattern]
    commitments: Mapping[str, Commitment]
    wording: Wording
    calendar: Calendar
    clusters: Sequence[Cluster]
    how: Recommending = field(default_factory=recommending)

    @property
    def language(self) -> Language:
        """Language of the report."""
        return self.wording.phrases.language

    def groups(self, findings: Iterable[Finding]) -> list[_Group]:
        """Return what becomes one recommendation each, the most urgent first."""
        parts = self._parts(findings)
        merged: dict[tuple[str, Instrument | None, str], list[_Part]] = defaultdict(list)
        for (name, kept, apart), part in sorted(parts.items(), key=lambda each: str(each[0])):
            merged[self.known[name].within or name, kept, apart].append(part)
        groups = [self._group(key[0], found, key[2]) for key, found in merged.items()]
        groups.sort(key=lambda each: (-each.urgency, each.whole, each.receiving, each.apart))
        return groups

    def _parts(self, findings: Iterable[Finding]) -> dict[tuple[str, Instrument | None, str], _Part]:
        merged: dict[tuple[str, Instrument | None, str], list[Finding]] = defaultdict(list)
        receivers: dict[tuple[str, Instrument | None, str], set[Instrument]] = defaultdict(set)
        ordered = sorted(findings, key=lambda each: each.fingerprint)
        asking = {name for cluster in self.clusters for name in cluster.findings}
        for finding in ordered:
            concerned = tuple(self.commitments[name] for name in finding.commitments if name in self.commitments)
            for pattern in self._answering(finding, concerned, in_cluster=finding.fingerprint in asking):
                receiving = _receiving(pattern, finding, concerned, self.how)
                kept = None if pattern.group_by == "dossier" else receiving
                key = (pattern.id, kept, _apart(pattern, finding, concerned))
                merged[key].append(finding)
                receivers[key] |= {receiving} if receiving else set()
        return {
            key: _Part(self.known[key[0]], self._in_order(receivers[key]), tuple(found))
            for key, found in merged.items()
        }

    def _answering(self, finding: Finding, concerned: Sequence[Commitment], *, in_cluster: bool) -> list[Pattern]:
        """Return the pattern that the finding's rule asks for and those that gather findings such as this."""
        across = len({each.instrument for each in concerned}) > 1
        gathering = [
            each
            for each in self.known.values()
            if (across and finding.kind in each.gathers) or (in_cluster and each.clusters)
        ]
        asked = self.known.get(finding.recommendation or "")
        return list({each.id: each for each in (*([asked] if asked else ()), *gathering)}.values())

    def _group(self, whole: str, parts: list[_Part], apart: str) -> _Group:
        lead = parts[0].pattern if len(parts) == 1 else self.known[whole]
        receiving = self._in_order({name for part in parts for name in part.receiving})
        found = {finding.fingerprint: finding for part in parts for finding in part.findings}
        findings = tuple(found[name] for name in sorted(found))
        concerned = receiving or self.wording.instruments(findings, receiving)
        window = self.calendar.next_window(concerned, lead.moment)
        clusters = tuple(self.clusters) if lead.clusters else ()
        group = _Group(lead, whole, tuple(parts), receiving, findings, apart, window, clusters=clusters)
        return _Group(lead, whole, group.parts, receiving, findings, apart, window, self._urgency(group), clusters)

    def _in_order(self, names: set[Instrument]) -> tuple[Instrument, ...]:
        return tuple(name for name in self.how.receiving_order if name in names)

    def _urgency(self, group: _Group) -> int:
        """Return what ranks a group; see ``recommending.yaml``."""
        how = self.how
        weight = max(how.severity_weight[each.severity] * how.kind_weight[each.kind] for each in group.findings)
        doublings = len(group.findings).bit_length()
        named = how.programme_weight if any(each.programme for each in group.patterns) else 1
        nearness = self.calendar.weight(group.window)
        gathering = how.gathering_divisor if group.lead.gathers else 1
        return 100 * weight * doublings * nearness * named // (how.effort_weight[_effort(group, how)] * gathering)

    def worded(self, group: _Group, rank: int) -> Recommendation:
        """Return the recommendation in words."""
        lead = group.lead
        text, draft = self._texts(group)
        return Recommendation(
            id=content_id("recommendation", group.whole, group.findings[0].dossier, _own(group), group.apart),
            pattern=lead.id,
            rank=rank,
            priority=_highest(group.findings, self.how),
            effort=_effort(group, self.how),
            window=group.window,
            urgency=group.urgency,
            reason=self._reason(group),
            further=rank > self.how.in_full,
            title=fill(labels_text(lead.title, self.language), self.wording.values(_asked(group, lead))),
            text=text,
            instrument=group.instrument,
            addressees=self._addressees(group),
            draft=draft or None,
            basis=_merged_basis(group, self.language),
            findings=tuple(finding.fingerprint for finding in self._gravest_first(group.findings)),
            clusters=tuple(each.id for each in group.clusters),
        )

    def _gravest_first(self, findings: Iterable[Finding]) -> list[Finding]:
        weight = self.how.severity_weight
        return sorted(findings, key=lambda each: (-weight[each.severity], -each.confidence, each.fingerprint))

    def _texts(self, group: _Group) -> tuple[str, str]:
        """Return text and draft: of the whole where it speaks for all, else a paragraph for each part."""
        if len(group.parts) == 1 or group.lead.speaks_for_all:
            return self._filled(group.lead, _asked(group, group.lead))
        parts = sorted(
            group.parts, key=lambda each: (each.pattern.id != group.whole, -len(each.findings), each.pattern.id)
        )
        brief = len(parts) >= _MANY_PARTS
        pieces = [self._filled(part.pattern, replace(_asked(part, part.pattern), brief=brief)) for part in parts]
        return "\n".join(text for text, _ in pieces), "\n".join(draft for _, draft in pieces if draft)

    def _filled(self, pattern: Pattern, asked: Asked) -> tuple[str, str]:
        text = fill(labels_text(pattern.text, self.language), self.wording.values(asked))
        if pattern.draft is None:
            return text, ""
        return text, laid_out(fill(labels_text(pattern.draft, self.language), self.wording.values(asked, draft=True)))

    def _addressees(self, group: _Group) -> tuple[str, ...]:
        """Return the labels of those addressed; ``receiving`` and ``concerned`` stand for focal points."""
        names: list[str] = []
        for addressee in (name for pattern in group.patterns for name in pattern.addressees):
            if addressee == "receiving":
                names += self.how.focal_points_of(group.receiving)
            elif addressee == "concerned":
                names += self.how.focal_points_of(self.wording.instruments(group.findings, group.receiving))
            else:
                names.append(addressee)
        return tuple(labels_text(self.how.label_of(name), self.language) for name in dict.fromkeys(names))

    def _reason(self, group: _Group) -> str:
        """Return why the recommendation has its rank, in words."""
        values = {
            "severity": self.wording.phrases.report_text("severity", _highest(group.findings, self.how)),
            "effort": labels_text(self.how.efforts[_effort(group, self.how)], self.language),
            "count": str(len(group.findings)),
            "window": self._moment(group.window),
        }
        said = [fill(labels_text(self.how.reasons["all"], self.language), values)]
        if any(each.programme for each in group.patterns):
            said.append(labels_text(self.how.reasons["programme"], self.language))
        return " ".join(said)

    def _moment(self, window: RevisionWindow | None) -> str:
        if window is None or self.calendar.today is None:
            return labels_text(self.how.reasons["none"], self.language)
        name = "due" if window.due else "window"
        if window.closes is not None and not window.verified:
            name = "due_unverified" if window.due else "unverified"
        if not window.due and window.closes is not None and _names_its_year(window.label, window.closes):
            name = f"{name}_of_year"
        values = {
            "label": window.label,
            "today": self._from(self.calendar.today),
            "date": self._written(window.closes) if window.closes else "",
        }
        return fill(labels_text(self.how.reasons[name], self.language), values)

    def _from(self, today: date) -> str:
        """Return the day from which moments are counted: as stated, else the year of the latest document."""
        if self.calendar.stated:
            return self._written(today)
        return fill(labels_text(self.how.reasons["latest_document"], self.language), {"year": str(today.year)})

    def _written(self, day: date) -> str:
        return str(format_date(day, format="long", locale=_LOCALES.get(self.language, self.language)))


def _names_its_year(label: str, closes: date) -> bool:
    """Return whether a label says all there is to a date: its year, of which the date is the end."""
    return (closes.month, closes.day) == _YEAR_END and str(closes.year) in label


def recommend(
    findings: Sequence[Finding],
    commitments: Mapping[str, Commitment],
    documents: Sequence[DocumentRecord],
    language: Language,
    *,
    patterns: Mapping[str, Pattern] | None = None,
    clusters: Sequence[Cluster] = (),
    as_of: date | None = None,
) -> tuple[Recommendation, ...]:
    """Return the recommendations that answer the findings, ranked from 1; the order of the input makes no difference.

    ``commitments`` holds those that findings name by id; ``clusters`` are the candidate integrated projects. Moments of
    revision are counted from ``as_of``, or from the latest document. A finding whose rule asks for no recommendation,
    or for one that is not among ``patterns`` (the shipped ones by default), is passed over. Raises VocabularyError when
    the shipped patterns are faulty.
    """
    known = load_patterns() if patterns is None else patterns
    calendar = Calendar(documents, commitments.values(), as_of, language)
    year = calendar.today.year if calendar.today else None
    phrases = Phrases(language, recommending(), {document.path: document for document in documents}, year)
    maker = _Maker(known, commitments, Wording(phrases, commitments), calendar, clusters)
    return tuple(maker.worded(group, rank) for rank, group in enumerate(maker.groups(findings), 1))


def _asked(source: _Group | _Part, pattern: Pattern) -> Asked:
    theme = source.apart if isinstance(source, _Group) and pattern.group_by == "theme" else ""
    clusters = source.clusters if isinstance(source, _Group) else ()
    return Asked(
        source.findings, source.receiving, theme, pattern.recognises, clusters, of_first=pattern.instrument == "a"
    )


def _receiving(
    pattern: Pattern, finding: Finding, concerned: Sequence[Commitment], how: Recommending
) -> Instrument | None:
    """Return where the change is made: fixed by the pattern, or taken from the finding."""
    missing = finding.missing.instrument if finding.missing else None
    if pattern.instrument == "none":
        return None
    if pattern.instrument == "missing":
        return missing
    if pattern.instrument == "a":
        return concerned[0].instrument if concerned else missing
    if pattern.instrument == "b":
        return concerned[1].instrument if len(concerned) > 1 else missing
    if pattern.instrument == "other":
        named = {each.instrument for each in concerned}
        return next((each for each in how.receiving_order if each in named), missing)
    return pattern.instrument


def _apart(pattern: Pattern, finding: Finding, concerned: Sequence[Commitment]) -> str:
    if pattern.group_by == "rule":
        return finding.rule
    if pattern.group_by == "theme":
        shared = [theme for theme in concerned[0].themes if theme in concerned[-1].themes] if concerned else []
        return (shared or [theme for each in concerned for theme in each.themes] or [""])[0]
    return ""


def _effort(group: _Group, how: Recommending) -> Effort:
    """Return the effort of the part that most findings ask for: small parts ride along."""
    most = max(group.parts, key=lambda part: (len(part.findings), how.effort_weight[part.pattern.effort]))
    return most.pattern.effort


def _own(group: _Group) -> Instrument | None:
    """Return the instrument that sets the group apart: an id stays the same when further instruments are concerned."""
    return None if group.lead.group_by == "dossier" else group.instrument


def _highest(findings: Iterable[Finding], how: Recommending) -> Severity:
    return max((finding.severity for finding in findings), key=lambda each: how.severity_weight[each])


def _merged_basis(group: _Group, language: Language) -> tuple[LegalBasis, ...]:
    own = [legal_basis(name, language) for pattern in group.patterns for name in pattern.basis]
    ids = {each.id for each in group.patterns}
    asking = [each for each in group.findings if each.recommendation in ids]
    merged = {each.id: each for each in (*own, *(each for finding in asking for each in finding.basis))}
    # Whatever can be quoted goes before what cannot.
    return tuple(sorted(merged.values(), key=lambda each: not each.verified))
