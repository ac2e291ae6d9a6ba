"""report.docx: the report to edit and send round, in the styles of Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.accounts import account_title, assumption, land_sentences
from coherence.reports.brief import essentials, findings_counted
from coherence.reports.digest import KINDS, SEVERITIES, digest
from coherence.reports.docx_advice import write_bases, write_further, write_projects, write_recommendations
from coherence.reports.docx_aside import write_set_aside
from coherence.reports.docx_lines import cell, labelled, paragraphs
from coherence.reports.docx_meetings import write_agenda, write_comparisons, write_gaps, write_interactions
from coherence.reports.docx_pairs import write_pairs
from coherence.reports.docx_styles import BULLET, CELL, CELL_QUOTE, CELL_SOURCE, NOTE
from coherence.reports.docx_writer import Column, DocxWriter, Line, Piece
from coherence.reports.wording import Wording

if TYPE_CHECKING:
    from coherence.accounting_models import Account, AccountRow, Total
    from coherence.models import DocumentRecord, Instrument, Report
    from coherence.programme_models import ProgrammeActivity
    from coherence.reports.digest import Digest
    from coherence.reports.docx_writer import Cell

__all__ = ["render_docx"]


def render_docx(report: Report) -> bytes:
    """Return the bytes of a Word document, equal for equal reports."""
    view, words = digest(report), Wording(report.language)
    title = words.text("page.title", country=report.country_name)
    foot = f"{report.country_name} · {words.text('commitment.page')}"
    writer = DocxWriter(words, title, foot)
    writer.heading(title, 0)
    writer.line(Line((Piece(words.text("page.subtitle")),), "Subtitle"))
    _write_snapshot(writer, view, words)
    write_recommendations(writer, view, words)
    write_projects(writer, view, words)
    write_further(writer, view, words)
    write_pairs(writer, view, words)
    write_gaps(writer, view, words)
    write_set_aside(writer, view, words)
    write_comparisons(writer, view, words)
    write_interactions(writer, view, words)
    _write_programme(writer, view, words)
    write_bases(writer, view, words)
    _write_method(writer, view, words)
    if view.report.accounting.land:
        writer.turn(wide=True)
    _write_areas(writer, view, words)
    return writer.to_bytes()


def _write_snapshot(writer: DocxWriter, view: Digest, words: Wording) -> None:
    report = view.report
    if report.as_of:
        writer.line(labelled(words.text("appendix.as_of"), words.date(report.as_of), words))
    writer.line(Line((Piece(words.text("guide.caution")),), NOTE))
    writer.heading(words.text("snapshot.title"), 1)
    writer.lines(Line((Piece(told),)) for told in _standing(view, words))
    found = essentials(view, words)
    if found:
        writer.heading(words.text("brief.title"), 2)
        writer.lines(labelled(each.label, each.text, words, BULLET) for each in found)
    write_agenda(writer, view, words)
    _write_documents(writer, view, words)
    _write_counts(writer, view, words)


def _standing(view: Digest, words: Wording) -> list[str]:
    """Return how much was read and what was not."""
    report = view.report
    counts = (
        words.count("documents", len(report.documents)),
        words.count("commitments", len(view.mains)),
        findings_counted(view, words),
        words.count("recommendations", len(report.recommendations)),
        *([words.count("suppressed", len(report.suppressed))] if report.suppressed else []),
    )
    told = [" · ".join(counts)]
    if not report.complete:
        told.append(words.text("snapshot.incomplete", what=words.incomplete(report)))
    elif not words.turned_off(report):
        told.append(words.text("snapshot.nothing_left_out"))
    told += filter(None, [words.turned_off(report)])
    if view.missing_instruments:
        names = words.list_of(words.text(f"acronym.{name}") for name in view.missing_instruments)
        told.append(words.text("snapshot.missing_instruments", names=names))
    return told


def _write_documents(writer: DocxWriter, view: Digest, words: Wording) -> None:
    columns = (
        Column(words.text("document.instrument"), 16),
        Column(words.text("document.heading"), 34),
        Column(words.text("document.year"), 12),
        Column(words.text("document.language"), 12),
        Column(words.text("document.pages"), 11, number=True),
        Column(words.text("document.commitments"), 17, number=True),
    )
    writer.heading(words.text("snapshot.documents"), 2)
    writer.table(columns, (_document_row(document, view, words) for document in view.report.documents))
    if view.report.left_out:
        writer.heading(words.text("snapshot.left_out"), 2)
        for notice in view.report.left_out:
            writer.line(Line((Piece(f"{notice.where} · {notice.what}"),), BULLET))


def _document_row(document: DocumentRecord, view: Digest, words: Wording) -> tuple[Cell, ...]:
    year = str(document.year) if document.year is not None else words.text("document.no_year")
    found = sum(each.document == document.path for each in view.mains)
    return (
        cell(words.text(f"acronym.{document.instrument}"), bold=True),
        (Line((Piece(document.title or document.path),), CELL, document.language),),
        cell(year),
        cell(words.language_name(document.language)),
        cell(words.number(document.pages)),
        cell(words.number(found)),
    )


def _write_counts(writer: DocxWriter, view: Digest, words: Wording) -> None:
    counts = view.counts()
    columns = (
        Column(words.text("finding.kind"), 32),
        *(Column(words.text(f"severity.{level}"), 16, number=True) for level in SEVERITIES),
        Column(words.text("terminal.total"), 12, number=True),
    )
    rows = []
    for kind in KINDS:
        numbers = [counts[kind, level] for level in SEVERITIES]
        told = [cell(words.number(number)) for number in (*numbers, sum(numbers))]
        rows.append((cell(words.text(f"kinds.{kind}"), bold=True), *told))
    writer.heading(words.text("terminal.kinds"), 2)
    writer.table(columns, rows, whole=True)


def _write_areas(writer: DocxWriter, view: Digest, words: Wording) -> None:
    accounting = view.report.accounting
    writer.annex(words.text("accounting.title"))
    writer.line(Line((Piece(words.text("word.areas_note")),), NOTE))
    if accounting.land is None:
        writer.line(Line((Piece(words.text("accounting.nothing")),)))
        return
    writer.line(Line((Piece(" ".join(land_sentences(accounting.land, words))),)))
    for account in accounting.accounts:
        if account.measure == "area":
            writer.heading(account_title(account, words), 2)
            _write_account(writer, account, words)


def _write_account(writer: DocxWriter, account: Account, words: Wording) -> None:
    names = [each.instrument for each in account.whole.instruments]
    columns = (
        Column(words.text("accounting.group_head.area"), 20),
        Column(words.text("accounting.response.head"), 10),
        *(Column(words.text(f"acronym.{name}"), 14, number=True) for name in names),
        Column(words.text("accounting.at_least"), 13, number=True),
        Column(words.text("accounting.at_most"), 13, number=True),
        Column(words.text("accounting.assumption"), 26),
    )
    writer.table(columns, (_account_row(entry, names, words) for entry in (account.whole, *account.rows)))


def _account_row(entry: AccountRow, names: list[Instrument], words: Wording) -> tuple[Cell, ...]:
    response = entry.response or ("any" if entry.whole else "unstated")

    def spanned(total: Total | None) -> Cell:
        return cell(words.span(total.low, total.high)) if total else ()

    return (
        cell(words.account_group(entry.group, "area"), bold=True) if entry.whole else (),
        cell(words.text(f"accounting.response.{response}")),
        *(spanned(entry.of(name)) for name in names),
        cell(words.number(entry.total.low), bold=True),
        cell(words.number(entry.total.high), bold=True),
        cell(assumption(entry.total, words)),
    )


def _write_programme(writer: DocxWriter, view: Digest, words: Wording) -> None:
    programme = view.report.programme
    if programme is None:
        return
    writer.annex(words.text("programme.title"))
    key = "programme.takes_part" if programme.takes_part else "programme.not_part"
    takes_part = words.text(key, country=view.report.country_name, n=words.number(programme.countries))
    writer.line(Line((Piece(f"{takes_part} {words.text('programme.note')}"),), NOTE))
    columns = (
        Column(words.text("programme.activity"), 24),
        Column(words.text("programme.shown"), 44),
        Column(words.text("programme.supplied"), 32),
    )
    rows = (
        (cell(each.label, bold=True), _evidence(each, view, words), cell(each.supplied or ""))
        for each in programme.activities
    )
    writer.table(columns, rows)


def _evidence(activity: ProgrammeActivity, view: Digest, words: Wording) -> Cell:
    if not activity.evidence and not activity.named_in:
        return cell(words.text("programme.none"))
    lines = [*cell(words.text("programme.evidence"), bold=True)]
    for each in activity.evidence:
        document = view.documents[each.document]
        page = words.text("commitment.on_page", page=each.page)
        source = (Piece(document.title or document.path, document.language), Piece(f", {page}", bold=True))
        lines += [Line(source, CELL_SOURCE), Line((Piece(each.quote),), CELL_QUOTE, document.language)]
    if activity.named_in:
        names = words.list_of(view.documents[path].title or path for path in activity.named_in)
        lines += cell(words.text("programme.named_in", documents=names))
    return tuple(lines)


def _write_method(writer: DocxWriter, view: Digest, words: Wording) -> None:
    report = view.report
    writer.annex(words.text("appendix.method"))
    told = ("method_text", "method_sums", "method_people", "method_deterministic", "confidence", "scale_note")
    for key in told:
        writer.lines(paragraphs(words.text(f"appendix.{key}"), BULLET))
    writer.heading(words.text("appendix.trace"), 2)
    writer.line(labelled(words.text("appendix.engine"), f"coherence {report.engine_version}", words))
    packs = words.listed(words.pack_name(pack) for pack in report.packs)
    if packs:
        writer.line(labelled(words.text("pack.title"), packs, words))
    writer.line(labelled(words.text("appendix.rules_hash"), report.rules_hash, words))
