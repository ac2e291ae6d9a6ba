"""The verbatim quote of a mention and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.models import Document, Provenance, Span

if TYPE_CHECKING:
    from coherence.extraction.context import Mention
    from coherence.models import Passage

__all__ = ["provenance_of", "provenance_of_row", "provenance_of_stretch", "quotes_row"]

_LONGEST_QUOTE = 400
_FEWEST_CELL_WORDS = 6
"""A worded cell of fewer words is quoted with its row, which holds the action."""


def provenance_of(document: Document, mention: Mention) -> Provenance:
    """Return the place of a mention; where it runs over a page break, the main stretch holds the number."""
    return _provenance(document, mention.passage, _extent(mention), mention.focus)


def _provenance(document: Document, passage: Passage, extent: tuple[int, int], focus: tuple[int, int]) -> Provenance:
    spans = passage.locate(*extent)
    main = _main(spans, passage.locate(*focus)[0])
    return Provenance(
        document=document.path, sha256=document.sha256, page=main.page, start=main.start, end=main.end, quote=main.text,
        continued=tuple(span for span in spans if span is not main), headings=passage.headings, locator=passage.locator,
    )  # fmt: skip


def provenance_of_row(document: Document, passage: Passage, focus: tuple[int, int]) -> Provenance:
    """Return the place of a table row; where it runs over a page break, the main stretch holds the number."""
    return _provenance(document, passage, (0, len(passage.text)), focus)


def provenance_of_stretch(document: Document, passage: Passage, extent: tuple[int, int]) -> Provenance:
    """Return the place of a stretch of a passage; where it runs over a page break, its beginning is the main part."""
    return _provenance(document, passage, extent, (extent[0], extent[0] + 1))


def _main(spans: tuple[Span, ...], focus: Span) -> Span:
    return next((s for s in spans if s.page == focus.page and s.start <= focus.start < s.end), spans[0])


def quotes_row(mention: Mention) -> bool:
    """Tell whether a mention is quoted with the whole row it stands in."""
    short = not mention.listed and len(mention.text.split()) < _FEWEST_CELL_WORDS
    return mention.in_table and (mention.bare or short)


def _extent(mention: Mention) -> tuple[int, int]:
    """Return the shortest stretch that holds action and number: row, sentence, clause, or words around the number."""
    text = mention.passage.text
    if quotes_row(mention):
        return 0, len(text)
    if mention.end - mention.start <= _LONGEST_QUOTE:
        return mention.start, mention.end
    if mention.clause[1] - mention.clause[0] <= _LONGEST_QUOTE:
        return mention.clause
    low, high = mention.clause
    start = max(low, mention.focus[0] - _LONGEST_QUOTE * 5 // 8) if mention.quantity else low
    end = min(high, start + _LONGEST_QUOTE)
    return _to_word(text, start, low, -1), max(
        _to_word(text, end, high, 1), mention.focus[1] if mention.quantity else 0
    )


def _to_word(text: str, place: int, limit: int, step: int) -> int:
    """Move a cut off the middle of a word, outwards, at most to ``limit``."""
    while place != limit and 0 < place < len(text) and not (text[place - 1].isspace() or text[place].isspace()):
        place += step
    while step < 0 and place < len(text) and text[place].isspace():
        place += 1
    while step > 0 and place > 0 and text[place - 1].isspace():
        place -= 1
    return place
