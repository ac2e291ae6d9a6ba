"""The sheets of what to talk about first and of what cannot be compared, as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.meetings import agenda_entries, meeting_of, reasons_of
from coherence.reports.sheet_model import MIDDLE, NARROW, WIDE, WIDEST, Column, Link, Row, Sheet

if TYPE_CHECKING:
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["agenda_sheet", "comparisons_sheet"]


def agenda_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per subject, the most pressing first."""
    findings = words.text("workbook.findings")
    columns = (
        Column(words.text("recommendation.rank"), NARROW),
        Column(words.text("grouped.subject"), WIDE),
        Column(words.text("finding.severity"), NARROW),
        Column(words.text("filter.pair"), WIDE),
        Column(words.text("agenda.first"), WIDEST),
        Column(words.text("agenda.who"), WIDE),
        Column(words.text("finding.recommendation"), WIDE),
        Column(findings, WIDE),
    )
    places = {finding.fingerprint: row for row, finding in enumerate(view.report.findings, start=1)}
    rows = tuple(
        Row(
            (
                entry.item.rank,
                entry.subject,
                words.text(f"severity.{entry.item.priority}"),
                "\n".join(entry.pairs),
                f"{entry.lead.title}. {entry.lead.explanation}",
                "\n".join(entry.item.addressees),
                "\n".join(f"{each.rank}. {each.title}" for each in entry.advice),
                Link("\n".join(entry.item.findings), findings, places[entry.lead.fingerprint]),
            )
        )
        for entry in agenda_entries(view, words)
    )
    return Sheet(words.text("workbook.agenda"), columns, rows, frozen_columns=2)


def comparisons_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per pair of instruments with commitments on the same theme."""
    columns = (
        Column(words.text("filter.pair"), MIDDLE),
        Column(words.text("comparison.pairs"), NARROW),
        Column(words.text("comparison.compared"), NARROW),
        Column(words.text("comparison.why"), WIDEST),
        Column(words.text("comparison.alone"), WIDEST),
    )
    rows = tuple(
        Row(
            (
                meeting_of(each.instruments, words),
                each.pairs,
                each.compared,
                "\n".join(reasons_of(each, words)),
                "\n".join(each.uncompared),
            )
        )
        for each in view.report.comparisons
    )
    return Sheet(words.text("workbook.comparisons"), columns, rows, frozen_columns=1)
