"""PDF files become pages of text and passages: headings, paragraphs, list items, footnotes, rows of tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

from coherence.errors import Location, ReadingError
from coherence.models import Frozen, Notice, Page, Passage
from coherence.notices import fault, notice
from coherence.reading.broken_rules import find_broken_rule_grids
from coherence.reading.figure_labels import with_figure_labels
from coherence.reading.glyph_text import SOFT_HYPHEN
from coherence.reading.grids import Grid, find_grids, joined_rules
from coherence.reading.headings import body_size, with_footnotes
from coherence.reading.layout import PageContext, page_elements
from coherence.reading.layout_terms import layout_terms
from coherence.reading.open_grids import find_open_grids
from coherence.reading.page_numbers import page_ranges
from coherence.reading.paragraphs import plain_paragraphs
from coherence.reading.pdf_characters import frame_of, page_characters
from coherence.reading.pdf_digits import unsound_digit_fonts, without_digits_of
from coherence.reading.pdf_drawings import page_drawings
from coherence.reading.pdf_passages import assemble
from coherence.reading.pdf_strokes import with_plain_strokes
from coherence.reading.pdf_words import page_words, share_unreadable
from coherence.reading.rtl import is_rtl_text
from coherence.reading.running_heads import without_running_heads

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.reading.geometry import Word
    from coherence.reading.layout import Element
    from coherence.reading.pdf_drawings import Drawings
    from coherence.vocabulary import Language

__all__ = ["OcrEngine", "PdfReading", "read_pdf"]

OcrEngine = Callable[[pypdfium2.PdfPage, int], str | None]
"""Takes a page and its number; returns its text, blank lines between paragraphs, or None where it finds none."""

_UNREADABLE_SHARE = 0.15
_HYPHENS = (SOFT_HYPHEN, "-", "‐")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class PdfReading(Frozen):
    """What a PDF says. Pages are numbered from 1; pages without a text layer have empty text."""

    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    pages_without_text: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(slots=True)
class _RawPage:
    words: list[Word]
    grids: list[Grid]
    height: float
    ocr_text: str = ""
    unreadable: bool = False
    digits_of: frozenset[str] = frozenset()
    """Fonts whose digits in its text are not those that it shows."""

    @property
    def garbled(self) -> bool:
        """Whether too many characters of its text layer have no meaning; digits left out are told apart."""
        told = self.ocr_text or self.digits_of
        return not told and share_unreadable(self.words) > _UNREADABLE_SHARE


def read_pdf(path: Path, language: Language | None = None, ocr: OcrEngine | None = None) -> PdfReading:
    """Read a PDF; raises ReadingError where it is truncated, encrypted, empty or no PDF.

    ``language`` fixes the direction of the script; without it the text decides. ``ocr`` is asked for the text of
    pages without a text layer, or with one whose characters have no meaning.
    """
    with_document = _open(path)
    try:
        raw = _read_pages(with_document)
        _recognise(with_document, raw, ocr)
    finally:
        with_document.close()
    return _reading(path, raw, language)


def _fault(path: Path, message: str, **values: object) -> ReadingError:
    return ReadingError(fault(Location(str(path)), message, **values))


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        with path.open("rb") as file:
            start = file.read(1024)
    except OSError as problem:
        raise _fault(path, "file.cannot_open", reason=problem.strerror or type(problem).__name__) from None
    if not start:
        raise _fault(path, "file.empty")
    if b"%PDF" not in start:
        raise _fault(path, "pdf.misnamed")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).casefold():
            raise _fault(path, "pdf.encrypted") from None
        raise _fault(path, "pdf.incomplete") from None
    if len(document) == 0:
        document.close()
        raise _fault(path, "pdf.no_pages")
    return document


def _read_pages(document: pypdfium2.PdfDocument) -> list[_RawPage]:
    pages = [_read_page(document, index) for index in range(len(document))]
    unsound = frozenset[str]().union(*(page.digits_of for page in pages))
    if not unsound:
        return pages
    # A page with few numbers may not show what another one shows of the same font.
    return [_read_page(document, index, unsound) for index in range(len(document))]


def _read_page(document: pypdfium2.PdfDocument, index: int, unsound: frozenset[str] = frozenset()) -> _RawPage:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        return _RawPage([], [], 0.0, unreadable=True)
    text_page = page.get_textpage()
    try:
        written = with_plain_strokes(text_page, page_characters(text_page))
        text = without_digits_of(text_page, written, unsound) if unsound else written
        words, frame = page_words(text_page, frame_of(page), text)
        grids = _grids(page_drawings(page, frame), words) if words else []
        mixed = (unsound if text != written else frozenset()) if unsound else unsound_digit_fonts(text_page, text)
        return _RawPage(words, grids, frame.size[1], digits_of=mixed)
    finally:
        text_page.close()
        page.close()


def _grids(drawings: Drawings, words: list[Word]) -> list[Grid]:
    ruled = find_grids(drawings, words)
    broken = find_broken_rule_grids(drawings.across, ruled, words)
    closed = [*(grid for grid in ruled if not any(one.box.holds(*grid.box.middle) for one in broken)), *broken]
    return [*closed, *find_open_grids(joined_rules(drawings.across), closed, words)]


def _recognise(document: pypdfium2.PdfDocument, pages: list[_RawPage], ocr: OcrEngine | None) -> None:
    if ocr is None:
        return
    for index, raw in enumerate(pages):
        if raw.garbled or (not raw.words and not raw.unreadable):
            page = document[index]
            raw.ocr_text = (ocr(page, index + 1) or "").strip()
            page.close()


def _reading(path: Path, raw: list[_RawPage], language: Language | None) -> PdfReading:
    boxes = [[grid.box for grid in page.grids] for page in raw]
    words = without_running_heads([page.words for page in raw], [page.height for page in raw], boxes)
    vocabulary = _vocabulary(words)
    elements: list[list[Element]] = []
    for number, (page, kept) in enumerate(zip(raw, words, strict=True), start=1):
        if page.ocr_text:
            elements.append(_recognised(page.ocr_text, number, vocabulary))
            continue
        rtl = language in layout_terms().right_to_left if language else is_rtl_text("".join(word.text for word in kept))
        elements.append(page_elements(kept, page.grids, PageContext(number, vocabulary, rtl)))
    body = body_size(element for page in elements for element in page)
    elements = [
        with_figure_labels(with_footnotes(page, body, one.height), body)
        for page, one in zip(elements, raw, strict=True)
    ]
    pages, passages = assemble(elements, body)
    pages = tuple(one.model_copy(update={"ocr": bool(page.ocr_text)}) for one, page in zip(pages, raw, strict=True))
    without_text = tuple(number for number, page in enumerate(raw, start=1) if not page.words and not page.ocr_text)
    return PdfReading(pages=pages, passages=passages, pages_without_text=without_text, notices=_notices(path, raw))


def _recognised(text: str, number: int, vocabulary: Counter[str]) -> list[Element]:
    """Return the paragraphs of a page that was recognised: blank lines part them."""
    found: list[Element] = []
    for block in re.split(r"\n\s*\n", text):
        lines = [" ".join(line.split()) for line in block.splitlines() if line.strip()]
        found.extend(plain_paragraphs(lines, number, vocabulary))
    return found


def _vocabulary(pages: list[list[Word]]) -> Counter[str]:
    """Count the document's words in lower case, halves of words hyphenated at line ends left out."""
    pieces: Counter[str] = Counter()
    for page in pages:
        halved = False
        for word in page:
            cut = word.text.endswith(_HYPHENS)
            if not halved and not cut:
                pieces[word.text] += 1
            halved = cut
    counts: Counter[str] = Counter()
    for piece, count in pieces.items():
        for match in _WORD.findall(piece):
            counts[match.casefold()] += count
    return counts


def _notices(path: Path, raw: list[_RawPage]) -> tuple[Notice, ...]:
    numbered = list(enumerate(raw, start=1))
    notices = []
    damaged = [number for number, page in numbered if page.garbled]
    if damaged:
        notices.append(notice("warning", str(path), "pdf.unreadable_fonts", pages=page_ranges(damaged)))
    unsound = [number for number, page in numbered if page.digits_of]
    if unsound:
        notices.append(notice("warning", str(path), "pdf.unsound_digits", pages=page_ranges(unsound)))
    return tuple(notices)
