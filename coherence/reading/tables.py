"""Tables of a document: section bands and rows of data under heads; tables that go on over a page break."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from statistics import mode
from typing import TYPE_CHECKING

from coherence.reading.figures import is_figure
from coherence.reading.table_heads import (
    Head,
    filled_cells,
    first_row,
    head_depth,
    heads_in,
    heads_of,
    spans_width,
    squeezed,
    starts_years,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.reading.table_cells import PageTable, TableCell

__all__ = ["ReadCell", "ReadRow", "ReadTable", "read_table"]

_SAME_EDGE = 14.0
_ENDED = re.compile(r"[.!?;:。！？؟؛][\"”»’')\]]*$")
_PAIR = 2
_ROW_NUMBER = re.compile(r"(\d{1,3})[.)]?")

_Colour = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of one row. ``own`` is False where the text stands in an earlier row and is merged down to this one."""

    column: int
    text: str
    heads: tuple[str, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row on the page. ``kind`` is "head", "band", "data", or "rest": the end of the last row of the page before."""

    kind: str
    cells: tuple[ReadCell, ...]
    bands: tuple[str, ...] = ()


@dataclass(slots=True)
class ReadTable:
    """A table as far as it has been read; carried over to its next part."""

    number: int
    page: int
    x0: float
    x1: float
    heads: tuple[Head, ...] = ()
    columns: tuple[tuple[float, float], ...] = ()
    rows: list[ReadRow] = field(default_factory=list)
    bands: list[tuple[tuple[_Colour, bool], str]] = field(default_factory=list)
    label: str = ""
    """Text of the first column's last cell."""
    last: tuple[ReadCell, ...] = ()
    """Cells of the last row, kept for the part on the next page."""
    merged: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """Column to text and heads of the cells that are merged down to the last row, and may go on after a page break."""


def read_table(table: PageTable, before: Sequence[ReadTable], number: int, above: ReadTable | None = None) -> ReadTable:
    """Tell heads, bands and data of a table apart.

    ``before`` are the tables since which nothing else stood, the last one at the end; the result continues the last
    of them (same ``number``, heads, bands and label) whose edges agree, if no other head begins. ``above`` is the last
    table, whatever stands between: one without heads whose rows are numbered on from its last, or that has its columns
    on the next page, stands under its heads.
    """
    first = first_row(table)
    depth = first if table.form else head_depth(table, first)
    heads = heads_in(table, first, depth)
    last = next((other for other in reversed(before) if not table.form and _continues(table, other, heads)), None)
    if last is not None:
        read = ReadTable(
            last.number, table.page, table.box.x0, table.box.x1, last.heads, last.columns,
            bands=list(last.bands), label=last.label, last=last.last, merged=dict(last.merged),
        )  # fmt: skip
        if not heads:
            depth = first
    else:
        columns = _columns(table, depth)
        if above is not None and not heads:
            below = _counts_on(table, above, first) or _goes_on(table, above, first, columns)
            heads = above.heads if below else heads
        read = ReadTable(number, table.page, table.box.x0, table.box.x1, heads, columns)
    _read_rows(table, read, first, depth, continued=last is not None)
    read.last = read.rows[-1].cells if read.rows else read.last
    return read


def _continues(table: PageTable, before: ReadTable, heads: Sequence[Head]) -> bool:
    return _stands_under(table, before) and (not heads or _squeezed(heads) == _squeezed(before.heads))


def _stands_under(table: PageTable, before: ReadTable) -> bool:
    same_edges = abs(table.box.x0 - before.x0) < _SAME_EDGE and abs(table.box.x1 - before.x1) < _SAME_EDGE
    return same_edges and table.page - before.page <= 1


def _counts_on(table: PageTable, above: ReadTable, first: int) -> bool:
    """Whether the number in a table's first cell is the next after those in the first column of the table above."""
    cell = filled_cells(table, first)[0] if table.rows else None
    if cell is None or cell.column or table.form or table.rtl or not _stands_under(table, above):
        return False
    counted = [cell.text for row in above.rows if row.kind == "data" for cell in row.cells if not cell.column]
    numbers = [int(match[1]) for text in counted if (match := _ROW_NUMBER.fullmatch(text))]
    match = _ROW_NUMBER.fullmatch(cell.text)
    return match is not None and len(numbers) >= _PAIR and int(match[1]) == numbers[-1] + 1


def _goes_on(table: PageTable, above: ReadTable, first: int, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a table has the very columns of the last one, a page before; notes and running heads stand between.

    Rows that are numbered tell by their numbers (``_counts_on``).
    """
    if table.form or not table.rows or table.page != above.page + 1 or not _stands_under(table, above):
        return False
    if _ROW_NUMBER.fullmatch(filled_cells(table, first)[0].text):
        return False
    edges = [abs(own[0] - other[0]) for own, other in zip(columns, above.columns, strict=False)]
    return len(columns) == len(above.columns) > _PAIR and max(edges) < _SAME_EDGE


def _squeezed(heads: Iterable[Head]) -> str:
    return "".join(squeezed(head.text) for head in heads)


def _columns(table: PageTable, depth: int) -> tuple[tuple[float, float], ...]:
    """Return the x intervals of the columns: those of the row with the most cells below the head, else of any."""
    rows: dict[int, list[TableCell]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row_end):
            rows.setdefault(row, []).append(cell)
    body = {row: cells for row, cells in rows.items() if row >= depth} or rows
    widest = max(body.values(), key=len)
    return tuple((cell.box.x0, cell.box.x1) for cell in sorted(widest, key=lambda cell: cell.box.x0))


def _column_of(cell: TableCell, columns: Sequence[tuple[float, float]]) -> int:
    overlaps = [min(cell.box.x1, x1) - max(cell.box.x0, x0) for x0, x1 in columns]
    reached = [
        index for index, overlap in enumerate(overlaps) if overlap > 0.4 * (columns[index][1] - columns[index][0])
    ]
    return reached[0] if reached else max(range(len(columns)), key=lambda index: overlaps[index])


def _read_rows(table: PageTable, read: ReadTable, first: int, depth: int, *, continued: bool) -> None:
    for row in range(table.rows):
        own = filled_cells(table, row)
        if not own:
            continue
        if first <= row < depth:
            read.rows.append(ReadRow("head", _plain(own, read)))
            continue
        look = (own[0].colour, own[0].bold)
        if _is_band(table, own):
            _enter_band(read, look, own[0].text)
            read.rows.append(ReadRow("band", _plain(own, read), tuple(text for _, text in read.bands[:-1])))
            continue
        if row >= depth and (label := _repeated_heads(own, read)) is not None:
            if label:
                _enter_band(read, look, label)
            read.rows.append(ReadRow("head", _plain(own, read)))
            continue
        if row >= depth and starts_years(table, row):
            read.heads = heads_in(table, row, row + 1)
            read.rows.append(ReadRow("head", _plain(own, read)))
            continue
        leads = _leads_section(table, read, own, depth)
        if continued and row == depth and _is_rest(own, read):
            read.rows.append(ReadRow("rest", _plain(own, read)))
            continue
        bands = tuple(text for _, text in read.bands)
        if leads:
            _enter_band(read, look, own[0].text)
            bands = tuple(text for _, text in read.bands[:-1])
        read.rows.append(ReadRow("data", _data_cells(table, read, row), bands))


def _plain(own: Sequence[TableCell], read: ReadTable) -> tuple[ReadCell, ...]:
    return tuple(ReadCell(_column_of(cell, read.columns), cell.text, (), own=True) for cell in own)


def _enter_band(read: ReadTable, look: tuple[_Colour, bool], text: str) -> None:
    """Open a section; one that looks like an open section ends it and what lies within."""
    read.merged.clear()
    looks = [seen for seen, _ in read.bands]
    if look in looks:
        del read.bands[looks.index(look) :]
    read.bands.append((look, text))
    read.label = ""


def _is_band(table: PageTable, own: Sequence[TableCell]) -> bool:
    if len(own) != 1 or is_figure(own[0].text):
        return False
    cell = own[0]
    if spans_width(table, cell):
        return True
    leftmost = all(cell.box.x0 <= other.box.x0 + 1 for other in table.cells) or table.rtl
    body = [other for other in table.cells if other.row > cell.row and other.text]
    stands_out = bool(body) and (cell.bold or (cell.colour is not None and cell.colour != mode(o.colour for o in body)))
    return leftmost and cell.row_end == cell.row + 1 and stands_out and table.columns > _PAIR


def _repeated_heads(own: Sequence[TableCell], read: ReadTable) -> str | None:
    """Return the label of a row that says the heads again for another section, "" for none; None for other rows."""
    heads = {squeezed(head.text) for head in read.heads}
    repeated = [squeezed(cell.text) in heads for cell in own]
    if not heads or sum(repeated) < max(1, len(own) - 1) or not repeated[-1] or is_figure(own[-1].text):
        return None
    return "" if repeated[0] else own[0].text


def _leads_section(table: PageTable, read: ReadTable, own: Sequence[TableCell], depth: int) -> bool:
    """A wide first cell in another look than most first cells, with totals beside it, names the section below."""
    cell = own[0]
    spans = sum(min(cell.box.x1, x1) - max(cell.box.x0, x0) > 0.5 * (x1 - x0) for x0, x1 in read.columns)
    if spans < _PAIR or is_figure(cell.text):
        return False
    labels = [other for other in table.cells if other.row >= depth and other.text and other.column == cell.column]
    others = [other for other in labels if other is not cell]
    looks = [(other.colour, other.bold) for other in others for _ in range(other.row, other.row_end)]
    return bool(looks) and (cell.colour, cell.bold) != mode(looks)


def _is_rest(own: Sequence[TableCell], read: ReadTable) -> bool:
    """Whether the first row after a page break only ends the row before it.

    Each cell goes on with a text that has not ended, most of them in the middle of a sentence.
    """
    before = {cell.column: cell.text for cell in read.last}
    lower = 0
    for cell in own:
        column = _column_of(cell, read.columns)
        if is_figure(cell.text):
            return False
        if cell.text[:1].islower():
            lower += 1
        elif cell.text[:1].isalnum() and (column == 0 or _ENDED.search(before.get(column, "."))):
            return False
    few = len(own) <= max(1, len(read.columns) // 3)
    return lower > 0.5 * len(own) or (few and not any(cell.text[:1].isalpha() for cell in own))


def _data_cells(table: PageTable, read: ReadTable, row: int) -> tuple[ReadCell, ...]:
    covering = [cell for cell in table.cells if cell.row <= row < cell.row_end and cell.text]
    covering.sort(key=lambda cell: -cell.box.x0 if table.rtl else cell.box.x0)
    cells = []
    for cell in covering:
        heads = heads_of(cell, read.heads)
        cells.append(ReadCell(_column_of(cell, read.columns), cell.text, heads, own=cell.row == row))
    label_column = len(read.columns) - 1 if table.rtl else 0
    labels = [cell for cell in cells if cell.column == label_column]
    if labels:
        read.label = labels[0].text
    elif _inherits_label(table, read) and not _spans_first(covering, read):
        heads = tuple(head.text for head in read.heads if head.x0 <= read.columns[label_column][0] + 1 < head.x1)
        cells.insert(0, ReadCell(label_column, read.label, heads, own=False))
    return tuple(sorted((*cells, *_carried(table, read, covering, row)), key=lambda cell: cell.column))


def _inherits_label(table: PageTable, read: ReadTable) -> bool:
    """Whether an empty first cell stands for the label above: in ruled tables, for labels in words."""
    return table.ruled and bool(read.label) and not is_figure(read.label) and len(read.columns) > _PAIR


def _carried(table: PageTable, read: ReadTable, covering: Sequence[TableCell], row: int) -> list[ReadCell]:
    """Return cells merged down from the page before; remember those that reach the table's last row."""
    filled = {_column_of(cell, read.columns) for cell in covering}
    for column in filled:
        read.merged.pop(column, None)
    carried = [ReadCell(column, text, heads, own=False) for column, (text, heads) in read.merged.items() if column]
    if row == table.rows - 1:
        for cell in covering:
            if cell.row_end == table.rows and cell.row_end - cell.row > 1:
                read.merged[_column_of(cell, read.columns)] = (cell.text, heads_of(cell, read.heads))
    return carried


def _spans_first(cells: Sequence[TableCell], read: ReadTable) -> bool:
    x0, x1 = read.columns[0]
    return any(cell.box.x0 < (x0 + x1) / 2 < cell.box.x1 for cell in cells)
