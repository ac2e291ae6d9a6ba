"""Assembles the blocks of a document into pages and passages, each passage under the headings that govern it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coherence.models import Cell, Notice, Page, Passage, Span
from coherence.reading.blocks import Block, Grid, Reading
from coherence.reading.numbering import is_part_of
from coherence.reading.table_shapes import Row, form_blocks, table_rows, table_shape
from coherence.reading.text_lines import is_caption_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import PassageKind

__all__ = ["assemble", "lead_in"]

_LEAD_IN_ENDS = (":", "：", ":-", ":–")
_SENTENCE_START = re.compile(r"(?<=[.!?؟])\s+(?=[^\W\d_a-zа-я])|(?<=[。！？])")
_LONGEST_GOVERNING_ITEM = 240


def assemble(blocks: Iterable[Block], *, title: str = "", notices: tuple[Notice, ...] = ()) -> Reading:
    """Return the pages and passages of a document; page text is its blocks joined by line feeds."""
    writer = _Writer()
    for block in blocks:
        writer.add(block)
    writer.close_page()
    if not title:
        title = next((passage.text for passage in writer.passages if passage.kind == "heading"), "")
    return Reading(tuple(writer.pages), tuple(writer.passages), notices, title)


def lead_in(text: str) -> str:
    """Return the sentence that introduces what follows ("Three measures are named:"), or an empty text."""
    text = text.rstrip()
    if not text.endswith(_LEAD_IN_ENDS):
        return ""
    return _SENTENCE_START.split(text)[-1].strip()


@dataclass(slots=True)
class _Writer:
    """Writes blocks to the current page and keeps the headings, lead-ins and list items that are open."""

    pages: list[Page] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _length: int = 0
    _label: str = ""
    _page: int = 1
    _headings: list[tuple[int, str]] = field(default_factory=list)
    _lead: str = ""
    _items: list[tuple[int, str]] = field(default_factory=list)
    _caption: str = ""
    _counted: int = 0
    _tables: int = 0

    def add(self, block: Block) -> None:
        if block.kind == "page":
            self.close_page()
            self._label = block.text
            if block.text:
                # A named page is a sheet of its own: no heading of another governs it.
                self._close_sections(0)
        elif block.grid is not None:
            self._table(block.grid)
        elif block.text.strip():
            self._counted += 1
            self._text_block(block, block.locator or f"paragraph {self._counted}")

    def close_page(self) -> None:
        """End the page; an empty page before any text is no page."""
        if self._texts or self.pages or self._label:
            self.pages.append(Page(number=self._page, text="\n".join(self._texts), label=self._label))
            self._page += 1
        self._texts, self._length, self._label = [], 0, ""

    def _text_block(self, block: Block, locator: str) -> None:
        captions = block.kind == "paragraph" and (block.marker == "caption" or is_caption_line(block.text))
        self._caption = block.text if captions else ""
        span = self._write(block.text, block.marker if block.kind == "list_item" else "")
        if block.kind == "heading":
            self._close_sections(block.level, block.text)
            self._emit("heading", span, self._open_headings(), locator)
            self._headings.append((block.level, block.text))
            return
        if block.continues and self._continue_last(span):
            return
        governing = self._open_headings()
        if block.kind == "list_item":
            governing += self._open_item(block)
        elif block.kind == "paragraph":
            self._lead, self._items = lead_in(block.text), []
        self._emit("list_item" if block.kind == "list_item" else _passage_kind(block), span, governing, locator)

    def _open_item(self, block: Block) -> tuple[str, ...]:
        while self._items and self._items[-1][0] >= block.level:
            self._items.pop()
        governing = tuple(text for _, text in self._items if len(text) <= _LONGEST_GOVERNING_ITEM)
        self._items.append((block.level, block.text))
        return ((self._lead,) if self._lead else ()) + governing

    def _continue_last(self, span: Span) -> bool:
        """Add the span to the last paragraph when that stands on an earlier page."""
        if not self.passages or self.passages[-1].kind == "table_row" or self.passages[-1].spans[-1].page == span.page:
            return False
        last = self.passages[-1]
        self.passages[-1] = last.model_copy(update={"spans": (*last.spans, span)})
        self._lead = lead_in(span.text)
        return True

    def _table(self, grid: Grid) -> None:
        shape = table_shape(grid)
        if shape.form:
            outer = list(self._headings)
            for block in form_blocks(grid, shape, level=outer[-1][0] + 1 if outer else 1):
                self.add(block)
            # The labels of a form govern its own cells only.
            self._headings, self._lead, self._items = outer, "", []
            return
        caption = grid.caption or self._caption or shape.caption
        for row in table_rows(grid, shape):
            self._row(row, grid, caption)
        self._tables += 1
        self._lead, self._items, self._caption = "", [], ""

    def _row(self, row: Row, grid: Grid, caption: str) -> None:
        text, offset, cells = "", 0, []
        for cell in row.cells:
            own = bool(cell.text) and cell.own
            if own and text:
                text += "\t"
            offset = len(text)
            text += cell.text if own else ""
            cells.append(Cell(column=cell.column, text=cell.text, start=offset, end=len(text), heads=cell.heads))
        if not text:
            return
        span = self._write(text)
        if row.head:
            return
        locator = grid.locators[row.number] if grid.locators else f"table {self._tables + 1}, row {row.number + 1}"
        passage = Passage(
            kind="table_row", spans=(span,), headings=self._open_headings() + ((self._lead,) if self._lead else ()),
            locator=locator, cells=tuple(cells), table=self._tables, caption=caption,
            bands=row.bands,
        )  # fmt: skip
        self.passages.append(passage)

    def _write(self, text: str, marker: str = "") -> Span:
        start = self._length + len(marker)
        self._texts.append(marker + text)
        self._length = start + len(text) + 1
        return Span(page=self._page, start=start, end=start + len(text), text=text)

    def _emit(self, kind: PassageKind, span: Span, headings: tuple[str, ...], locator: str) -> None:
        self.passages.append(Passage(kind=kind, spans=(span,), headings=headings, locator=locator))

    def _close_sections(self, level: int, heading: str = "") -> None:
        while self._headings and self._headings[-1][0] >= level:
            if self._headings[-1][0] == level and is_part_of(heading, self._headings[-1][1]):
                break
            self._headings.pop()
        self._lead, self._items = "", []

    def _open_headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings)


def _passage_kind(block: Block) -> PassageKind:
    return "footnote" if block.kind == "footnote" else "paragraph"
