"""Findings that reviewers set aside, with who decided so and why, as an annex of report.docx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.digest import short_reference
from coherence.reports.docx_lines import cell, labelled, quote_lines, source_pieces
from coherence.reports.docx_styles import CELL, CELL_SOURCE, NOTE
from coherence.reports.docx_writer import Column, Line, Piece

if TYPE_CHECKING:
    from coherence.models import SuppressedFinding
    from coherence.reports.digest import Digest
    from coherence.reports.docx_writer import Cell, DocxWriter
    from coherence.reports.wording import Wording

__all__ = ["write_set_aside"]

_LONGEST_QUOTE = 900
"""Characters."""


def write_set_aside(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add a table of the findings set aside, where there are any: the finding, its quotes, the decision."""
    if not view.report.suppressed:
        return
    writer.annex(words.text("suppressed.title"))
    writer.line(Line((Piece(words.text("suppressed.note")),), NOTE))
    columns = (
        Column(words.text("finding.one"), 28),
        Column(words.text("commitment.quote"), 40),
        Column(words.text("workbook.decision"), 32),
    )
    writer.table(columns, (_row(each, view, words) for each in view.report.suppressed))


def _row(entry: SuppressedFinding, view: Digest, words: Wording) -> tuple[Cell, ...]:
    finding, decision = entry.finding, entry.suppression
    reference = words.labelled(words.text("finding.reference"), short_reference(finding.fingerprint))
    title = f"{words.text(f'kind.{finding.kind}')} · {finding.title}"
    quotes = [
        line
        for each in view.commitments_of(finding)
        for line in (
            Line(source_pieces(each, view, words), CELL_SOURCE),
            *quote_lines(each, words, _LONGEST_QUOTE),
        )
    ]
    told = (
        ("reason", decision.reason),
        ("author", decision.author),
        ("expires", words.date(decision.expires)),
    )
    return (
        (*cell(title, bold=True), *cell(f"{reference} · {finding.rule}")),
        tuple(quotes) or cell(finding.explanation),
        tuple(labelled(words.text(f"suppressed.{name}"), value, words, CELL) for name, value in told),
    )
