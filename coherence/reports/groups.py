"""Findings that say one thing of one commitment each, put together per commitment so that a reader is not drowned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from coherence.models import Commitment, Element, Finding, Instrument
from coherence.reports.digest import INSTRUMENTS, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from coherence.reports.digest import Digest

__all__ = ["CommitmentRow", "CommitmentTable", "DocumentRow", "Grouped", "grouped"]

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
class DocumentRow:
    """Findings on the documents of one instrument as a whole."""

    instrument: Instrument
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The tables of a report, and the fingerprints of the findings that stand in them."""

    counterparts: CommitmentTable
    elements: CommitmentTable
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
        elements=_table("elements", view, elements, _element_of, _ELEMENTS),
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


def _documents(findings: Iterable[Finding]) -> tuple[DocumentRow, ...]:
    by_instrument: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_instrument[_instrument_of(finding)].append(finding)
    return tuple(DocumentRow(name, tuple(by_instrument[name])) for name in INSTRUMENTS if by_instrument[name])
