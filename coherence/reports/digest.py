"""What several renderers need to know of a report: who refers to whom, how many of what, where instruments meet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from coherence.models import (
    Commitment,
    ConflictNature,
    DocumentRecord,
    Finding,
    FindingKind,
    Instrument,
    LegalBasis,
    Recommendation,
    Report,
    RuleRecord,
    Severity,
)
from coherence.reports.canonical import canonical_order
from coherence.reports.typography import typeset_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["INSTRUMENTS", "KINDS", "SEVERITIES", "Digest", "MatrixCell", "RuleGroup", "digest", "short_reference"]

INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)
KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
SEVERITIES: tuple[Severity, ...] = tuple(reversed(get_args(Severity)))
"""From high to info."""

_MANY_FINDINGS = 5
_FREQUENT_SHOWN = 5
_SHORT_REFERENCE = 8


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The findings between two instruments, or within one: per kind, in canonical order."""

    state: Literal["compared", "no_document", "no_commitments"]
    findings: Mapping[FindingKind, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The findings of one rule, with what is the same for all of them."""

    rule: RuleRecord
    findings: tuple[Finding, ...]
    falsepositives: tuple[str, ...]
    """What to check, where all findings of the rule say the same; empty otherwise."""
    conflict: ConflictNature | None
    """What kind of conflict the rule finds, of conflict rules."""
    basis: tuple[LegalBasis, ...]
    """Legal basis, where all findings of the rule have the same; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A report in reading order with its cross references."""

    report: Report
    commitments: Mapping[str, Commitment]
    documents: Mapping[str, DocumentRecord]
    findings: Mapping[str, Finding]
    findings_of: Mapping[str, tuple[Finding, ...]]
    """By commitment id."""
    recommendations_of: Mapping[str, tuple[Recommendation, ...]]
    """By fingerprint."""
    parts_of: Mapping[str, tuple[Commitment, ...]]
    """Milestones, costs, effects and further figures by the id of their main commitment."""

    def commitments_of(self, finding: Finding) -> tuple[Commitment, ...]:
        """Return the commitments of a finding that the report holds, in the order a, b."""
        return tuple(self.commitments[name] for name in finding.commitments if name in self.commitments)

    def instruments_of(self, finding: Finding) -> tuple[Instrument, ...]:
        """Return the instruments a finding concerns, in fixed order, the one where something is missing included."""
        concerned = {commitment.instrument for commitment in self.commitments_of(finding)}
        concerned |= {said.instrument for said in finding.evidence if said.instrument is not None}
        if finding.missing is not None and finding.missing.instrument is not None:
            concerned.add(finding.missing.instrument)
        return tuple(name for name in INSTRUMENTS if name in concerned)

    def cell_of(self, finding: Finding) -> tuple[Instrument, Instrument] | None:
        """Return the one cell of the matrix a finding counts in; None for the dossier or more than two instruments."""
        concerned = self.instruments_of(finding)
        return (concerned[0], concerned[-1]) if 1 <= len(concerned) <= 2 else None  # noqa: PLR2004 - a pair

    @property
    def mains(self) -> tuple[Commitment, ...]:
        """The commitments that are no part of another one in the report."""
        parts = {each.id for found in self.parts_of.values() for each in found}
        return tuple(each for each in self.report.commitments if each.id not in parts)

    def together(self, document: str | None = None) -> tuple[Commitment, ...]:
        """Return the commitments, of one document where it is given, every main one followed by its parts."""
        mains = (each for each in self.mains if document in (None, each.document))
        return tuple(each for main in mains for each in (main, *self.parts_of.get(main.id, ())))

    @property
    def shown_instruments(self) -> tuple[Instrument, ...]:
        """The four instruments of the Rio conventions always, other policies where the report has any."""
        other = any(document.instrument == "OTHER" for document in self.report.documents)
        return tuple(name for name in INSTRUMENTS if name != "OTHER" or other)

    @property
    def missing_instruments(self) -> tuple[Instrument, ...]:
        """Instruments of the Rio conventions without a document."""
        present = {document.instrument for document in self.report.documents}
        return tuple(name for name in INSTRUMENTS if name not in present and name != "OTHER")

    def matrix(self) -> Mapping[tuple[Instrument, Instrument] | None, MatrixCell]:
        """Return the cells above and on the diagonal, and under None what fits in no cell."""
        inside: dict[tuple[Instrument, Instrument] | None, list[Finding]] = defaultdict(list)
        for finding in self.report.findings:
            inside[self.cell_of(finding)].append(finding)
        names = self.shown_instruments
        keys = [(first, second) for row, first in enumerate(names) for second in names[row:]]
        return {key: MatrixCell(self._state(key), _by_kind(inside[key])) for key in (*keys, None)}

    def _state(self, key: tuple[Instrument, Instrument] | None) -> Literal["compared", "no_document", "no_commitments"]:
        if key is None:
            return "compared"
        if any(name not in {document.instrument for document in self.report.documents} for name in key):
            return "no_document"
        promised = {commitment.instrument for commitment in self.report.commitments}
        return "compared" if promised.issuperset(key) else "no_commitments"

    def counts(self) -> Mapping[tuple[FindingKind, Severity], int]:
        """Return how many findings there are per kind and severity, zeros included."""
        counted = Counter((finding.kind, finding.severity) for finding in self.report.findings)
        return {(kind, severity): counted[kind, severity] for kind in KINDS for severity in SEVERITIES}

    def rule_groups(self, kind: FindingKind, apart: frozenset[str] = frozenset()) -> tuple[RuleGroup, ...]:
        """Return the findings of one kind grouped by rule and version, without those whose fingerprints are apart."""
        records = {(rule.id, rule.version): rule for rule in self.report.rules}
        grouped: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in self.report.findings:
            if finding.kind == kind and finding.fingerprint not in apart:
                grouped[finding.rule, finding.rule_version].append(finding)
        return tuple(_rule_group(records.get(key), findings) for key, findings in sorted(grouped.items()))

    def latest(self) -> frozenset[str]:
        """Return the paths of documents with the most recent year among several years of one instrument."""
        years: dict[Instrument, set[int]] = defaultdict(set)
        for document in self.report.documents:
            if document.year is not None:
                years[document.instrument].add(document.year)
        return frozenset(
            document.path
            for document in self.report.documents
            if len(years[document.instrument]) > 1 and document.year == max(years[document.instrument])
        )

    def frequent(self) -> tuple[Commitment, ...]:
        """Return the commitments that stand in the most findings, where these are many."""
        ranked = sorted(
            (commitment for commitment in self.report.commitments if self._times(commitment) >= _MANY_FINDINGS),
            key=lambda commitment: (-self._times(commitment), commitment.id),
        )
        distinct: dict[tuple[str, str], Commitment] = {}
        for commitment in ranked:
            distinct.setdefault((commitment.document, commitment.quote), commitment)
        return tuple(distinct.values())[:_FREQUENT_SHOWN]

    def _times(self, commitment: Commitment) -> int:
        return len(self.findings_of.get(commitment.id, ()))


def short_reference(fingerprint: str) -> str:
    """Return what a reader needs of a fingerprint to find it again: its first characters after the prefix."""
    return fingerprint.rsplit("-", maxsplit=1)[-1][:_SHORT_REFERENCE]


def digest(report: Report) -> Digest:
    """Order and set a report for reading and resolve its references."""
    report = typeset_report(_in_reading_order(canonical_order(report)))
    findings_of: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        for name in dict.fromkeys(finding.commitments):
            findings_of[name].append(finding)
    recommendations_of: dict[str, list[Recommendation]] = defaultdict(list)
    for recommendation in report.recommendations:
        for fingerprint in dict.fromkeys(recommendation.findings):
            recommendations_of[fingerprint].append(recommendation)
    parts_of: dict[str, list[Commitment]] = defaultdict(list)
    known = {commitment.id: commitment for commitment in report.commitments}
    for commitment in report.commitments:
        main = _main_of(commitment, known)
        if main != commitment.id:
            parts_of[main].append(commitment)
    return Digest(
        report=report,
        commitments={commitment.id: commitment for commitment in report.commitments},
        documents={document.path: document for document in report.documents},
        findings={finding.fingerprint: finding for finding in report.findings},
        findings_of={name: tuple(found) for name, found in findings_of.items()},
        recommendations_of={name: tuple(found) for name, found in recommendations_of.items()},
        parts_of={name: tuple(found) for name, found in parts_of.items()},
    )


def _main_of(commitment: Commitment, known: Mapping[str, Commitment]) -> str:
    """Return the id of the main commitment that this one belongs to: its own where it is no part of a known one."""
    seen, place = {commitment.id}, commitment
    while place.part_of is not None and place.part_of in known:
        if place.part_of in seen:
            return commitment.id
        place = known[place.part_of]
        seen.add(place.id)
    return place.id


def _in_reading_order(report: Report) -> Report:
    """Put documents and commitments in the order of instruments, as people expect them; by path within one."""

    def place(record: DocumentRecord | Commitment) -> int:
        return INSTRUMENTS.index(record.instrument)

    documents, commitments = sorted(report.documents, key=place), sorted(report.commitments, key=place)
    return report.model_copy(update={"documents": tuple(documents), "commitments": tuple(commitments)})


def _by_kind(findings: Iterable[Finding]) -> Mapping[FindingKind, tuple[Finding, ...]]:
    gathered: dict[FindingKind, list[Finding]] = {kind: [] for kind in KINDS}
    for finding in findings:
        gathered[finding.kind].append(finding)
    return {kind: tuple(found) for kind, found in gathered.items() if found}


def _rule_group(rule: RuleRecord | None, findings: list[Finding]) -> RuleGroup:
    first = findings[0]
    if rule is None:
        rule = RuleRecord(id=first.rule, version=first.rule_version, title=first.title, kind=first.kind, file="")
    same_checks = len({finding.falsepositives for finding in findings}) == 1
    same_basis = len({finding.basis for finding in findings}) == 1
    return RuleGroup(
        rule=rule,
        findings=tuple(findings),
        falsepositives=first.falsepositives if same_checks else (),
        conflict=first.conflict,
        basis=first.basis if same_basis else (),
    )
