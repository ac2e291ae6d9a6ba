"""Overlaps, conflicts and synergies by pair of instruments with their two quotes, as an annex of report.docx.

What is the same for all findings of a rule stands once, behind the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.digest import SEVERITIES, short_reference
from coherence.reports.docx_lines import cell, clipped, labelled, quote_lines, source_pieces
from coherence.reports.docx_styles import CELL, CELL_QUOTE, CELL_SOURCE, NOTE
from coherence.reports.docx_writer import Column, Line, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.models import Commitment, Evidence, Finding, Instrument
    from coherence.reports.digest import Digest
    from coherence.reports.docx_writer import Cell, DocxWriter
    from coherence.reports.wording import Wording

__all__ = ["write_pairs"]

_RELATIONS = ("overlap", "conflict", "synergy")
_SHOWN = 40
"""Findings with their quotes; a reader of Word works through no more, and sorts the others in the workbook."""
_LONGEST_QUOTE = 900
"""Characters."""


def write_pairs(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add a table for each pair of instruments, the most pressing findings of all pairs in full."""
    related = [finding for finding in view.report.findings if finding.kind in _RELATIONS]
    shown = sorted(related, key=_pressing)[:_SHOWN]
    writer.annex(words.text("word.pairs"))
    if not related:
        writer.line(Line((Piece(words.text("word.no_pairs")),)))
        return
    counts = {"shown": words.number(len(shown)), "all": words.number(len(related))}
    writer.line(Line((Piece(words.text("word.pairs_note", **counts)),), NOTE))
    for pair in view.matrix():
        of_pair = [finding for finding in shown if view.cell_of(finding) == pair]
        if not of_pair:
            continue
        writer.heading(_name_of(pair, words), 2)
        number = sum(view.cell_of(finding) == pair for finding in related)
        if number > len(of_pair):
            counts = {"shown": words.number(len(of_pair)), "all": words.number(number)}
            writer.line(Line((Piece(words.text("word.shown_of", **counts)),), NOTE))
        compared = [finding for finding in of_pair if finding.kind != "synergy"]
        if compared:
            writer.table(_columns(words), (_row(finding, view, words) for finding in compared))
        for finding in of_pair:
            if finding.kind == "synergy":
                writer.lines(_served(finding, view, words))
    _write_rules(writer, shown, view, words)


def _write_rules(writer: DocxWriter, shown: Sequence[Finding], view: Digest, words: Wording) -> None:
    """Add what to check of each kind of finding shown, and how its misalignments arise."""
    titles = {rule.id: rule.title for rule in view.report.rules}
    first = {finding.rule: finding for finding in reversed(shown)}
    columns = (Column(words.text("finding.rule"), 30), Column(words.text("finding.check"), 70))
    rows = []
    for rule in sorted(first):
        checks = dict.fromkeys(check for finding in shown if finding.rule == rule for check in finding.falsepositives)
        nature = first[rule].conflict
        lines = [Line((Piece(told),), CELL) for told in (words.conflict_lines(nature) if nature else ())]
        title = f"{rule} · {titles.get(rule, first[rule].title)}"
        rows.append((cell(title, bold=True), (*lines, *(line for check in checks for line in cell(check)))))
    writer.heading(words.text("finding.check"), 2)
    writer.table(columns, rows)


def _pressing(finding: Finding) -> tuple[int, float, int, str]:
    """Return what puts the most severe and then the surest finding first."""
    kind = _RELATIONS.index(finding.kind)
    return SEVERITIES.index(finding.severity), -finding.confidence, kind, finding.fingerprint


def _name_of(pair: tuple[Instrument, Instrument] | None, words: Wording) -> str:
    if pair is None:
        return words.text("matrix.across")
    acronyms = [words.text(f"acronym.{each}") for each in dict.fromkeys(pair)]
    return " ↔ ".join(acronyms) if len(acronyms) > 1 else words.text("matrix.within", name=acronyms[0])


def _columns(words: Wording) -> tuple[Column, ...]:
    return (
        Column(words.text("finding.one"), 30),
        Column(words.text("finding.quote", letter="A"), 33),
        Column(words.text("finding.quote", letter="B"), 37),
    )


def _row(finding: Finding, view: Digest, words: Wording) -> tuple[Cell, ...]:
    quoted = [_quoted(each, view, words) for each in view.commitments_of(finding)]
    quoted += [_restated(each, view, words) for each in finding.evidence if each.instrument is not None]
    first, *others = quoted or [()]
    return _told(finding, words), first, tuple(line for each in others for line in each)


def _served(finding: Finding, view: Digest, words: Wording) -> tuple[Line, ...]:
    """Return a synergy as a paragraph: its sentence quotes what serves and what is served, with the reason for each."""
    title = Line((Piece(f"{words.text(f'kind.{finding.kind}')} · {finding.title}", bold=True),), CELL_SOURCE)
    explained = Line((Piece(finding.explanation),), CELL)
    where = labelled(words.text("document.pages"), words.places(view.commitments_of(finding)), words, CELL)
    attention = words.labelled(words.text("finding.severity"), words.text(f"severity.{finding.severity}"))
    return title, explained, where, Line((Piece(f"{attention} · {_sure(finding, words)}"),), CELL_QUOTE)


def _told(finding: Finding, words: Wording) -> Cell:
    """Return what was found and how the two stand to each other."""
    kind = f"{words.text(f'kind.{finding.kind}')} · "
    attention = labelled(words.text("finding.severity"), words.text(f"severity.{finding.severity}"), words, CELL)
    lines = [Line((Piece(kind, bold=True), Piece(finding.title, bold=True)), CELL), attention]
    if finding.conflict is not None:
        told = words.text(f"conflict.type.{finding.conflict.type}")
        lines.append(labelled(words.text("conflict.type_label"), told, words, CELL))
    elif finding.relation is not None:
        told = words.text(f"relation.{finding.relation}")
        lines.append(labelled(words.text("finding.relation"), told, words, CELL))
    return (*lines, Line((Piece(_sure(finding, words)),), CELL))


def _sure(finding: Finding, words: Wording) -> str:
    """Return how sure the reading was, by which reference the workbook leads to the finding, and its rule."""
    sure = words.labelled(words.text("finding.confidence"), words.confidence(finding.confidence))
    reference = words.labelled(words.text("finding.reference"), short_reference(finding.fingerprint))
    return f"{sure} · {reference} · {finding.rule}"


def _quoted(commitment: Commitment, view: Digest, words: Wording) -> Cell:
    source = Line(source_pieces(commitment, view, words), CELL_SOURCE)
    return (source, *quote_lines(commitment, words, _LONGEST_QUOTE))


def _restated(said: Evidence, view: Digest, words: Wording) -> Cell:
    """Return a sentence that gives a figure as that of another instrument, with the place where it stands."""
    document = view.documents.get(said.document)
    named = Piece(words.text(f"acronym.{said.instrument}"), bold=True)
    place = Piece(words.text("commitment.on_page", page=said.page), bold=True)
    quote = Piece(clipped(said.quote, _LONGEST_QUOTE))
    return (
        Line((named, Piece(words.text("page.comma")), place), CELL_SOURCE),
        Line((quote,), CELL_QUOTE, document.language if document else words.language),
    )
