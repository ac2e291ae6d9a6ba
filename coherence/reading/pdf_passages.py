"""Page texts and passages from the elements of all pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coherence.models import Cell, Page, Passage, Span
from coherence.reading.headings import HeadingStack, is_caption, is_heading
from coherence.reading.paragraphs import Paragraph
from coherence.reading.tables import ReadRow, ReadTable, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.models import PassageKind
    from coherence.reading.layout import Element
    from coherence.reading.table_cells import PageTable

__all__ = ["assemble"]

_SENTENCE_END = re.compile(r"(?<=[.!?؟。！？])[\"”»’)]?\s+(?=[^\s])")
_NOTE = re.compile(r"(\d{1,2})\s?[^\W\d_]")
_LONGEST_NOTE = 160
"""Characters of a single note to a table that may be set as large as running text."""
_LEAD_IN = (":", "：")
_TERMINAL = re.compile(r"[.!?:;。！？：；؟؛…][\"”»’')\]]*$")


@dataclass(slots=True)
class _Draft:
    """A passage that may still grow over a page break."""

    kind: PassageKind
    spans: list[Span]
    headings: tuple[str, ...] = ()
    cells: list[Cell] = field(default_factory=list)
    table: int | None = None
    caption: str = ""
    bands: tuple[str, ...] = ()
    open_ended: bool = False
    size: float = 0.0

    def passage(self) -> Passage:
        return Passage(
            kind=self.kind, spans=tuple(self.spans), headings=self.headings, cells=tuple(self.cells),
            table=self.table, caption=self.caption, bands=self.bands,
        )  # fmt: skip


def assemble(pages: Sequence[Sequence[Element]], body: float) -> tuple[tuple[Page, ...], tuple[Passage, ...]]:
    """Return the pages' texts and the passages of the document.

    ``pages`` holds the elements of each page in reading order, ``body`` the font size of running text.
    """
    assembler = _Assembler(body)
    for number, elements in enumerate(pages, start=1):
        assembler.page(number, elements)
    return tuple(assembler.pages), tuple(draft.passage() for draft in assembler.drafts)


class _Assembler:
    def __init__(self, body: float) -> None:
        self.pages: list[Page] = []
        self.drafts: list[_Draft] = []
        self._body = body
        self._stack = HeadingStack()
        self._text: list[str] = []
        self._length = 0
        self._page = 0
        self._last: _Draft | None = None
        self._open_tables: list[ReadTable] = []
        self._last_table: ReadTable | None = None
        self._tables = 0
        self._caption = ""
        self._label: str | None = None
        self._lead_ins: list[tuple[float, str]] = []

    def page(self, number: int, elements: Sequence[Element]) -> None:
        self._page, self._text, self._length = number, [], 0
        for index, element in enumerate(elements):
            if isinstance(element, Paragraph):
                self._paragraph(replace(element, role="footnote") if _is_note(elements, index) else element)
            else:
                following = elements[index + 1] if index + 1 < len(elements) else None
                self._read_table(element, following)
        self.pages.append(Page(number=number, text="\n".join(self._text)))

    def _write(self, text: str, skip: int = 0) -> Span:
        """Append a block to the page's text and return its span without the first ``skip`` characters."""
        start = self._length + (1 if self._text else 0)
        self._text.append(text)
        self._length = start + len(text)
        return Span(page=self._page, start=start + skip, end=start + len(text), text=text[skip:])

    def _paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.role == "figure":
            self._write(paragraph.text)
            return
        if paragraph.role == "footnote":
            self.drafts.append(_Draft("footnote", [self._write(paragraph.text)], self._stack.texts))
            return
        if self._continues(paragraph) and self._last is not None:
            self._last.spans.append(self._write(paragraph.text))
            self._last.open_ended = _open_ended(paragraph)
            self._note_lead_in(paragraph, " ".join(span.text for span in self._last.spans), self._last.kind)
            return
        self._open_tables = []
        if paragraph.label not in ("", self._label):
            self._label, self._lead_ins = paragraph.label, []
        if paragraph.role == "label":
            self._stack.begin_row(self._caption)
        else:
            self._stack.stand_beside(paragraph.label, paragraph.head)
        if is_heading(paragraph, self._body):
            self._heading(paragraph)
            return
        self._caption = paragraph.text if is_caption(paragraph) else ""
        self._body_text(paragraph)

    def _heading(self, paragraph: Paragraph) -> None:
        self._stack.enter(paragraph)
        headings = self._stack.texts if paragraph.role == "label" else self._stack.texts[:-1]
        draft = _Draft("heading", [self._write(paragraph.text)], headings, size=paragraph.size)
        self.drafts.append(draft)
        self._last, self._lead_ins, self._caption = None, [], ""

    def _body_text(self, paragraph: Paragraph) -> None:
        skip = len(paragraph.text) - len(_after_marker(paragraph))
        kind: PassageKind = "list_item" if paragraph.marker else "paragraph"
        headings = self._stack.texts
        if paragraph.marker:
            headings = (*headings, *self._governing(paragraph))
        else:
            self._lead_ins = []
        draft = _Draft(kind, [self._write(paragraph.text, skip)], headings, size=paragraph.size)
        draft.open_ended = _open_ended(paragraph)
        self.drafts.append(draft)
        self._last = draft
        self._note_lead_in(paragraph, paragraph.text[skip:], kind)

    def _note_lead_in(self, paragraph: Paragraph, text: str, kind: PassageKind) -> None:
        """Keep the last sentence of a passage that introduces a list, for the items that follow."""
        if text.rstrip().endswith(_LEAD_IN):
            indent = paragraph.indent if kind == "list_item" else float("-inf")
            self._lead_ins.append((indent, _last_sentence(text)))

    def _governing(self, item: Paragraph) -> tuple[str, ...]:
        """Return the lead-in sentences of a list item, outermost first; deeper ones than the item have ended."""
        self._lead_ins = [(indent, text) for indent, text in self._lead_ins if indent < item.indent - 2]
        return tuple(text for _, text in self._lead_ins)

    def _continues(self, paragraph: Paragraph) -> bool:
        last = self._last
        if last is None or not last.open_ended or paragraph.marker or paragraph.role or is_caption(paragraph):
            return False
        if last.kind not in {"paragraph", "list_item"} or abs(last.size - paragraph.size) > 0.12 * last.size + 0.2:
            return False
        first = next((char for char in paragraph.text if char.isalnum()), "")
        if first.islower() or (first.isdigit() and last.spans[-1].page != self._page):
            return True
        return not is_heading(paragraph, self._body) and last.spans[-1].page != self._page

    def _read_table(self, table: PageTable, following: Element | None) -> None:
        self._stack.stand_beside(table.label, table.head)
        read = self._last_table = read_table(table, self._open_tables, self._tables, self._last_table)
        if read.number == self._tables:
            self._tables += 1
            if not self._caption and isinstance(following, Paragraph) and is_caption(following):
                self._caption = following.text
        for row in read.rows:
            self._row(row, read)
        self._open_tables = [other for other in self._open_tables if other.number != read.number]
        self._open_tables.append(read)
        self._last, self._lead_ins = None, []

    def _row(self, row: ReadRow, read: ReadTable) -> None:
        own = [cell for cell in row.cells if cell.own]
        span = self._write("\t".join(cell.text for cell in own))
        if row.kind in {"head", "band"} or not own:
            return
        if row.kind == "rest" and (draft := self._last_row_of(read.number)):
            _add_rest(draft, row, span)
            return
        cells, offset = [], 0
        for cell in row.cells:
            end = offset + len(cell.text) if cell.own else offset
            cells.append(Cell(column=cell.column, text=cell.text, start=offset, end=end, heads=cell.heads))
            offset = end + 1 if cell.own else offset
        self.drafts.append(
            _Draft(
                "table_row", [span], self._stack.texts, cells, table=read.number, caption=self._caption, bands=row.bands
            )
        )

    def _last_row_of(self, table: int) -> _Draft | None:
        return next((draft for draft in reversed(self.drafts) if draft.table == table), None)


def _is_note(elements: Sequence[Element], index: int) -> bool:
    """Tell whether a paragraph is a note at the foot of a page to the table above it, which may go on overleaf.

    Nothing but such notes follows the table; several are numbered on from one another, a single one is short.
    """
    start = index
    while start and isinstance(elements[start - 1], Paragraph):
        start -= 1
    notes = [element for element in elements[start:] if not _has_role(element, "footnote")]
    matches = [_NOTE.match(note.text) for note in notes if isinstance(note, Paragraph) and not note.role]
    numbers = [int(match[1]) for match in matches if match]
    if not start or len(numbers) < len(notes) or not any(note is elements[index] for note in notes):
        return False
    short = all(isinstance(note, Paragraph) and len(note.text) <= _LONGEST_NOTE for note in notes)
    return numbers == list(range(numbers[0], numbers[0] + len(notes))) and (short or len(notes) > 1)


def _has_role(element: Element, role: str) -> bool:
    return isinstance(element, Paragraph) and element.role == role


def _add_rest(draft: _Draft, row: ReadRow, span: Span) -> None:
    """Add the end of a row that a page break cut to the passage of its beginning."""
    offset = sum(len(part.text) + 1 for part in draft.spans)
    heads = {cell.column: cell.heads for cell in draft.cells}
    draft.spans.append(span)
    for cell in row.cells:
        end = offset + len(cell.text)
        draft.cells.append(
            Cell(column=cell.column, text=cell.text, start=offset, end=end, heads=heads.get(cell.column, ()))
        )
        offset = end + 1


def _after_marker(paragraph: Paragraph) -> str:
    return paragraph.text[len(paragraph.marker) :].lstrip() if paragraph.marker else paragraph.text


def _open_ended(paragraph: Paragraph) -> bool:
    return not _TERMINAL.search(paragraph.text) and paragraph.lines > 0


def _last_sentence(text: str) -> str:
    return _SENTENCE_END.split(text)[-1].strip()
