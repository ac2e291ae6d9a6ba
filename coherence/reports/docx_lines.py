"""Paragraphs that several parts of report.docx share: sentences, labelled values, sources, quotes, legal bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.digest import short_reference
from coherence.reports.docx_styles import BULLET, CELL, CELL_QUOTE, VALUE
from coherence.reports.docx_writer import Line, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import Commitment, Finding, LegalBasis
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = [
    "basis_lines", "basis_names", "cell", "clipped", "labelled", "paragraphs", "place_of", "quote_lines",
    "source_pieces",
]  # fmt: skip

_CUT = " […]"


def cell(text: str, *, bold: bool = False) -> tuple[Line, ...]:
    """Return a cell of a table: a line for each line of the text."""
    return tuple(Line((Piece(part, bold=bold),), CELL) for part in text.splitlines() if part)


def paragraphs(text: str, style: str = "") -> tuple[Line, ...]:
    """Return a text as paragraphs."""
    return tuple(Line((Piece(part),), style) for part in text.splitlines() if part.strip())


def labelled(label: str, value: str, words: Wording, style: str = VALUE) -> Line:
    """Return "label: value" with the label in bold."""
    head = words.labelled(label, "").rstrip()
    return Line((Piece(f"{head} ", bold=True), Piece(value)), style)


def clipped(text: str, most: int) -> str:
    """Return a quote of at most ``most`` characters, what is cut marked by […]; cells of a row are parted by bars."""
    text = text.replace("\t", " | ")
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip() + _CUT


def source_pieces(commitment: Commitment, view: Digest, words: Wording) -> tuple[Piece, ...]:
    """Return instrument, page and place on the page of a commitment, the document where an instrument has several.

    The table of documents says once what each instrument's document is.
    """
    place = [words.text("commitment.on_page", page=commitment.provenance.page)]
    if commitment.provenance.locator:
        place.append(words.locator(commitment.provenance.locator))
    same = [each for each in view.documents.values() if each.instrument == commitment.instrument]
    own = view.documents.get(commitment.document)
    title = (own.title if own else "") or commitment.document
    year = f", {commitment.document_year}" if commitment.document_year else ""
    named = (Piece(" · "), Piece(title, commitment.language), Piece(year)) if len(same) > 1 else ()
    return (
        Piece(words.text(f"acronym.{commitment.instrument}"), bold=True), *named,
        Piece(words.text("page.comma")), Piece(words.listed(place), bold=True),
    )  # fmt: skip


def quote_lines(commitment: Commitment, words: Wording, most: int) -> tuple[Line, ...]:
    """Return the quote in its own language and direction, with what follows on further pages."""
    own = commitment.language
    pieces = [Piece(clipped(commitment.quote, most))]
    for span in commitment.provenance.continued:
        told = words.text("commitment.continued", page=span.page)
        pieces += [Piece(f" [{told}] ", words.language), Piece(clipped(span.text, most))]
    return (Line(tuple(pieces), CELL_QUOTE, own),)


def basis_lines(entries: Iterable[LegalBasis], words: Wording) -> tuple[Line, ...]:
    """Return decisions and targets as a list, each with whether it was checked against its source."""
    lines = []
    for entry in entries:
        name = words.basis_name(entry.id)
        mark = words.text("basis.verified" if entry.verified else "basis.unverified")
        head = (Piece(f"{name} ", bold=True),) if name else ()
        sign = "✓" if entry.verified else "?"
        lines.append(Line((*head, Piece(entry.label), Piece(f" ({sign} {mark})")), BULLET))
    return tuple(lines)


def basis_names(entries: Iterable[LegalBasis], words: Wording) -> str:
    """Return decisions and targets by their names alone, each with whether it was checked against its source."""
    return " · ".join(
        f"{words.basis_name(entry.id) or entry.label} {'✓' if entry.verified else '?'}" for entry in entries
    )


def place_of(finding: Finding, view: Digest, words: Wording) -> str:
    """Return reference and places of a finding: "3118dae0 (Overlap: LDN page 1 ↔ NDC page 22)"."""
    concerned = view.commitments_of(finding)
    first, others = (words.places(each) for each in (concerned[:1], concerned[1:]))
    told = " ↔ ".join(filter(None, (first, others)))
    missing = finding.missing.instrument if finding.missing else None
    if missing and missing not in {each.instrument for each in concerned}:
        told = " → ".join(filter(None, (told, words.text(f"acronym.{missing}"))))
    kind = words.text(f"kind.{finding.kind}")
    return f"{short_reference(finding.fingerprint)} ({words.labelled(kind, told) if told else kind})"
