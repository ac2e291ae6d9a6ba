"""Findings that say one thing of one commitment each, put together so that a reader is not drowned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from coherence.models import Commitment, Element, Finding, Instrument
from coherence.reports.digest import INSTRUMENTS, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coherence.reports.digest import Digest

__all__ = ["CommitmentRow", "CommitmentTable", "DocumentRow", "Grouped", "SubjectGap", "SubjectRow", "grouped"]

_ELEMENTS: tuple[Element, ...] = get_args(Element)
_COUNTERPART: Element = "counterpart"


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One commitment with the findings on it, by column."""

    commitment: Commitment
    cells: Mapping[str, tuple[Finding, ...]]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CommitmentTable:
    """Commitments against what was not found: elements, or instruments without a counterpart."""

    name: Literal["elements", "counterparts"]
    columns: tuple[str, ...]
    rows: tuple[CommitmentRow, ...]


@dataclass(frozen=True, slots=True)
class SubjectGap:
    """The commitments of one instrument on one subject for which another one has no counterpart, for one reason."""

    instruments: tuple[Instrument, Instrument]
    """The one that promises, and the one where nothing was found."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """What has no counterpart, by subject."""

    subject: str
    """Its name; empty where the commitments have none."""
    gaps: tuple[SubjectGap, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Findings on the documents of one instrument as a whole."""

    instrument: Instrument
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The tables of a report, and the fingerprints of the findings that stand in them."""

    counterparts: CommitmentTable
    subjects: tuple[SubjectRow, ...]
    """The same as ``counterparts``, by subject and pair of instruments."""
    elements: CommitmentTable
    elements_of: tuple[tuple[Instrument, CommitmentTable], ...]
    """The same as ``elements``, a table for each instrument."""
    documents: tuple[DocumentRow, ...]
    fingerprints: frozenset[str]


def grouped(view: Digest) -> Grouped:
    """Put findings together: missing counterparts, missing elements, and what documents as a whole do not mention."""
    counterparts, elements, whole = [], [], []
    for finding in view.report.findings:
        if finding.missing is None:
            continue
        concerned = len(finding.commitments)
        if finding.kind == "gap" and not concerned and finding.missing.instrument is not None:
            whole.append(finding)
        elif concerned == 1 and finding.commitments[0] in view.commitments:
            if finding.missing.element == _COUNTERPART and finding.missing.instrument is not None:
                counterparts.append(finding)
            elif finding.kind == "quality":
                elements.append(finding)
    return Grouped(
        counterparts=_table("counterparts", view, counterparts, _instrument_of, INSTRUMENTS),
        subjects=_subjects(view, counterparts),
        elements=_table("elements", view, elements, _element_of, _ELEMENTS),
        elements_of=_by_instrument(view, elements),
        documents=_documents(whole),
        fingerprints=frozenset(each.fingerprint for each in (*counterparts, *elements, *whole)),
    )


def _instrument_of(finding: Finding) -> str:
    return finding.missing.instrument or "" if finding.missing else ""


def _element_of(finding: Finding) -> str:
    return finding.missing.element if finding.missing else ""


def _table(
    name: Literal["elements", "counterparts"],
    view: Digest,
    findings: Iterable[Finding],
    column_of: Callable[[Finding], str],
    order: Sequence[str],
) -> CommitmentTable:
    by_commitment: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_commitment[finding.commitments[0]].append(finding)
    rows = tuple(
        _row(each, by_commitment[each.id], column_of, order)
        for each in view.report.commitments
        if each.id in by_commitment
    )
    rows = tuple(sorted(rows, key=_pressing))
    used = {column for row in rows for column in row.cells}
    return CommitmentTable(name, tuple(column for column in order if column in used), rows)


def _pressing(row: CommitmentRow) -> tuple[int, int]:
    """Order rows by their gravest finding, then by the number of their findings; documents keep their order."""
    return min(SEVERITIES.index(each.severity) for each in row.findings), -len(row.findings)


def _row(
    commitment: Commitment, findings: Sequence[Finding], column_of: Callable[[Finding], str], order: Sequence[str]
) -> CommitmentRow:
    cells: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda each: (order.index(column_of(each)), SEVERITIES.index(each.severity))):
        cells[column_of(finding)].append(finding)
    return CommitmentRow(
        commitment,
        {column: tuple(found) for column, found in cells.items()},
        tuple(finding for found in cells.values() for finding in found),
    )


def _by_instrument(view: Digest, findings: Sequence[Finding]) -> tuple[tuple[Instrument, CommitmentTable], ...]:
    own: dict[Instrument, list[Finding]] = defaultdict(list)
    for finding in findings:
        own[view.commitments[finding.commitments[0]].instrument].append(finding)
    return tuple(
        (name, _table("elements", view, own[name], _element_of, _ELEMENTS)) for name in INSTRUMENTS if own[name]
    )


def _subjects(view: Digest, findings: Iterable[Finding]) -> tuple[SubjectRow, ...]:
    """Put missing counterparts together by subject, and below by pair of instruments and reason."""
    named = {name: each.label for each in view.report.subjects for name in each.commitments}
    found: dict[str, dict[tuple[Instrument, Instrument, str], list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        own = view.commitments[finding.commitments[0]]
        if finding.missing is not None and finding.missing.instrument is not None:
            pair = (own.instrument, finding.missing.instrument, finding.explanation)
            found[named.get(own.id, "")][pair].append(finding)
    rows = [
        SubjectRow(subject, tuple(sorted(map(_gap, told.items()), key=_gap_order))) for subject, told in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (*_gravest(row), row.subject)))


def _gap(told: tuple[tuple[Instrument, Instrument, str], list[Finding]]) -> SubjectGap:
    (own, other, _), findings = told
    return SubjectGap((own, other), tuple(findings))


def _gap_order(gap: SubjectGap) -> tuple[int, ...]:
    worst = min(SEVERITIES.index(each.severity) for each in gap.findings)
    return worst, *(INSTRUMENTS.index(name) for name in gap.instruments)


def _gravest(row: SubjectRow) -> tuple[int, int]:
    """Return what puts the gravest gaps first, then the most frequent."""
    findings = [each for gap in row.gaps for each in gap.findings]
    return min(SEVERITIES.index(each.severity) for each in findings), -len(findings)


def _documents(findings: Iterable[Finding]) -> tuple[DocumentRow, ...]:
    by_instrument: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_instrument[_instrument_of(finding)].append(finding)
    return tuple(DocumentRow(name, tuple(by_instrument[name])) for name in INSTRUMENTS if by_instrument[name])
