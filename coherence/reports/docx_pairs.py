"""Overlaps, conflicts and synergies by pair of instruments with their two quotes, as a part of report.docx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.digest import SEVERITIES, short_reference
from coherence.reports.docx_lines import cell, labelled, quote_lines, source_pieces
from coherence.reports.docx_styles import CELL, CELL_SOURCE, NOTE
from coherence.reports.docx_writer import Column, Line, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.models import Commitment, Finding, Instrument
    from coherence.reports.digest import Digest
    from coherence.reports.docx_writer import Cell, DocxWriter
    from coherence.reports.wording import Wording

__all__ = ["write_pairs"]

_RELATIONS = ("overlap", "conflict", "synergy")
_SHOWN = 40
"""Findings with their quotes; a reader of Word works through no more, and sorts the others in the workbook."""
_LONGEST_QUOTE = 900
"""Characters."""
_LONGEST_OF_SEVERAL = 320
"""Characters of each, where a finding sets several commitments against one."""
_QUOTES = 2
_MOST_QUOTED = 7


def write_pairs(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add a table for each pair of instruments, the most pressing findings of all pairs in full."""
    related = [finding for finding in view.report.findings if finding.kind in _RELATIONS]
    shown = sorted(related, key=_pressing)[:_SHOWN]
    writer.heading(words.text("word.pairs"), 1)
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
        writer.table(_columns(words), (_row(finding, view, words) for finding in of_pair))


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
        Column(words.text("finding.one"), 24),
        Column(words.text("finding.quote", letter="A"), 28),
        Column(words.text("finding.quote", letter="B"), 28),
        Column(words.text("finding.check"), 20),
    )


def _row(finding: Finding, view: Digest, words: Wording) -> tuple[Cell, ...]:
    concerned = view.commitments_of(finding)
    most = _LONGEST_QUOTE if len(concerned) <= _QUOTES else _LONGEST_OF_SEVERAL
    first = _quoted(concerned[0], view, words, _LONGEST_QUOTE) if concerned else ()
    others = tuple(line for each in concerned[1:_MOST_QUOTED] for line in _quoted(each, view, words, most))
    checks = tuple(line for check in finding.falsepositives for line in cell(check))
    return _told(finding, words), first, (*others, *_others(concerned[_MOST_QUOTED:], words)), checks


def _told(finding: Finding, words: Wording) -> Cell:
    """Return what was found and how the two stand to each other."""
    kind = f"{words.text(f'kind.{finding.kind}')} · "
    attention = labelled(words.text("finding.severity"), words.text(f"severity.{finding.severity}"), words, CELL)
    lines = [Line((Piece(kind, bold=True), Piece(finding.title, bold=True)), CELL), attention]
    if finding.conflict is not None:
        lines += [Line((Piece(told),), CELL) for told in words.conflict_lines(finding.conflict)]
    elif finding.relation is not None:
        told = words.text(f"relation.{finding.relation}")
        lines.append(labelled(words.text("finding.relation"), told, words, CELL))
    elif finding.kind == "synergy":
        lines += cell(finding.explanation)
    elif finding.score is not None:
        lines.append(labelled(words.text("finding.relation"), words.score(finding.score), words, CELL))
    lines += [
        labelled(words.text("finding.confidence"), words.confidence(finding.confidence), words, CELL),
        labelled(words.text("finding.reference"), short_reference(finding.fingerprint), words, CELL),
    ]
    return tuple(lines)


def _quoted(commitment: Commitment, view: Digest, words: Wording, most: int) -> Cell:
    source = Line(source_pieces(commitment, view, words), CELL_SOURCE)
    return (source, *quote_lines(commitment, words, most))


def _others(commitments: Sequence[Commitment], words: Wording) -> Cell:
    """Return where the further commitments of a finding stand."""
    if not commitments:
        return ()
    places = dict.fromkeys(
        f"{words.text(f'acronym.{each.instrument}')} {words.text('commitment.on_page', page=each.provenance.page)}"
        for each in commitments
    )
    told = words.count("more_commitments", len(commitments))
    return (labelled(told, words.listed(places), words, CELL),)
