"""What to talk about first, gaps by subject, and what cannot be compared, as parts of report.docx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.docx_lines import cell, labelled
from coherence.reports.docx_styles import NOTE
from coherence.reports.docx_writer import Column, Line, Piece
from coherence.reports.groups import grouped
from coherence.reports.interaction_rows import acting_themes, committed, matrix_note
from coherence.reports.meetings import MOST_AGENDA, agenda_entries, meeting_of, reasons_of, same_people

if TYPE_CHECKING:
    from coherence.reports.digest import Digest
    from coherence.reports.docx_writer import Cell, DocxWriter
    from coherence.reports.groups import SubjectGap
    from coherence.reports.meetings import AgendaEntry
    from coherence.reports.wording import Wording

__all__ = ["write_agenda", "write_comparisons", "write_gaps", "write_interactions"]

_MOST_INTERACTIONS = 25
"""Rows of what may do harm to what; the workbook has them all."""

_PRESSING = ("high", "medium")
"""Gaps of less attention are in the workbook."""


def write_agenda(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add what to talk about first, where instruments meet at all."""
    entries = agenda_entries(view, words)
    if not entries:
        return
    writer.heading(words.text("agenda.title"), 2)
    writer.line(Line((Piece(words.text("agenda.note")),), NOTE))
    always = same_people(entries[:MOST_AGENDA])
    if always:
        writer.line(labelled(words.text("agenda.who"), words.listed(always), words))
    for entry in entries[:MOST_AGENDA]:
        _subject(writer, entry, words, who=not always)
    if len(entries) > MOST_AGENDA:
        named = (f"{each.subject} ({words.number(len(each.item.findings))})" for each in entries[MOST_AGENDA:])
        writer.line(labelled(words.text("agenda.further"), words.listed(named), words))


def _subject(writer: DocxWriter, entry: AgendaEntry, words: Wording, *, who: bool) -> None:
    attention = words.labelled(words.text("finding.severity"), words.text(f"severity.{entry.item.priority}"))
    writer.heading(f"{words.number(entry.item.rank)}. {entry.subject} · {attention}", 3)
    writer.line(Line((Piece(" · ".join(entry.first_pairs)),), NOTE))
    begin = f"{entry.lead.title}. {entry.lead.explanation}"
    writer.line(labelled(words.text("agenda.first"), begin, words))
    if who:
        writer.line(labelled(words.text("agenda.who"), words.listed(entry.item.addressees), words))


def write_gaps(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add what has no counterpart and asks for attention, by subject and pair of instruments."""
    all_gaps = [(row.subject, gap) for row in grouped(view).subjects for gap in row.gaps]
    if not all_gaps:
        return
    shown = [each for each in all_gaps if any(finding.severity in _PRESSING for finding in each[1].findings)]
    shown = shown or all_gaps
    columns = (
        Column(words.text("grouped.subject"), 16),
        Column(words.text("filter.pair"), 17),
        Column(words.text("grouped.why_expected"), 45),
        Column(words.text("workbook.commitments"), 22),
    )
    writer.annex(words.text("grouped.counterparts"))
    writer.line(Line((Piece(words.text("word.gaps_note")),), NOTE))
    counts = [sum(len(gap.findings) for _, gap in gaps) for gaps in (shown, all_gaps)]
    if counts[0] < counts[1]:
        told = words.text("word.shown_of", shown=words.number(counts[0]), all=words.number(counts[1]))
        writer.line(Line((Piece(told),), NOTE))
    subjects = dict.fromkeys(subject for subject, _ in shown)
    firsts = {subject: next(gap for own, gap in shown if own == subject) for subject in subjects}
    writer.table(
        columns,
        (_gap_row(subject if gap is firsts[subject] else "", gap, view, words) for subject, gap in shown),
    )


def _gap_row(subject: str, gap: SubjectGap, view: Digest, words: Wording) -> tuple[Cell, ...]:
    own, other = (words.text(f"acronym.{name}") for name in gap.instruments)
    number = words.count("commitments", len(gap.findings))
    return (
        cell(subject, bold=True),
        cell(f"{own} → {other}", bold=True),
        cell(gap.findings[0].explanation),
        cell(words.labelled(number, _places(gap, view, words))),
    )


def _places(gap: SubjectGap, view: Digest, words: Wording) -> str:
    """Return the pages of the commitments, which the workbook lists with their words."""
    pages = {each.provenance.page for finding in gap.findings for each in view.commitments_of(finding)}
    return words.text("commitment.on_page", page=words.pages(pages))


def write_comparisons(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add how many pairs on one theme could be compared for each two instruments, and why the others could not."""
    if not view.report.comparisons:
        return
    columns = (
        Column(words.text("filter.pair"), 14),
        Column(words.text("comparison.pairs"), 14, number=True),
        Column(words.text("comparison.compared"), 14, number=True),
        Column(words.text("comparison.why"), 38),
        Column(words.text("comparison.alone"), 20, number=True),
    )
    writer.annex(words.text("comparison.title"))
    writer.line(Line((Piece(words.text("comparison.note")),), NOTE))
    rows = (
        (
            cell(meeting_of(each.instruments, words), bold=True),
            cell(words.number(each.pairs)),
            cell(words.number(each.compared)),
            cell("\n".join(reasons_of(each, words))),
            cell(words.number(len(each.uncompared))),
        )
        for each in view.report.comparisons
    )
    writer.table(columns, rows, whole=True)


def write_interactions(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add what may do harm to what, and under which condition it need not; the whole matrix is in the workbook."""
    matrix, rows = view.report.interactions, acting_themes(view, harmful=True)
    if matrix is None or not rows:
        return
    columns = (
        Column(words.text("interaction.acting"), 20),
        Column(words.text("finding.score"), 13, number=True),
        Column(words.text("interaction.receiving"), 21),
        Column(words.text("interaction.reason"), 23),
        Column(words.text("interaction.condition"), 23),
    )
    writer.annex(words.text("interaction.title"))
    writer.line(Line((Piece(matrix_note(matrix, words)),), NOTE))
    writer.table(
        columns,
        (
            (
                cell(committed(row.theme, view, words), bold=True),
                cell(words.signed(row.entry.score)),
                cell("\n".join(committed(each, view, words) for each in row.acts_on)),
                cell(row.entry.reason),
                cell(row.entry.condition or ""),
            )
            for row in rows[:_MOST_INTERACTIONS]
        ),
    )
    if len(rows) > _MOST_INTERACTIONS:
        more = words.text("interaction.more", n=words.number(len(rows) - _MOST_INTERACTIONS))
        writer.line(Line((Piece(more),), NOTE))
