"""Rows of one sheet to blocks: prose, titles, and one or more tables parted by empty rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coherence.column_roles import column_role
from coherence.reading.blocks import Block, Grid, GridCell
from coherence.reading.table_shapes import transposed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["SheetRow", "sheet_blocks"]

_LONGEST_TITLE = 110
_SHORTEST_PROSE = 90
_SENTENCE_ENDS = (".", ";", "。", "؛", ":", "：")
_FEWEST_HEADS = 2


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet; ``number`` counts from 0 as in the sheet, empty rows included."""

    number: int
    cells: tuple[GridCell, ...]

    @property
    def filled(self) -> tuple[GridCell, ...]:
        """The cells that hold text."""
        return tuple(cell for cell in self.cells if cell.text)


def sheet_blocks(rows: Sequence[SheetRow]) -> Iterator[Block]:
    """Yield the blocks of a sheet: a sheet with one filled column is prose, else tables with titles and notes."""
    columns = {cell.column for row in rows for cell in row.filled}
    if len(columns) <= 1:
        yield from _prose(rows)
        return
    for region in _regions(rows):
        yield from _region_blocks(region)


def _prose(rows: Sequence[SheetRow]) -> Iterator[Block]:
    filled = [row for row in rows if row.filled]
    for place, row in enumerate(filled):
        title = place == 0 and len(filled) > 1 and _is_title(row)
        yield from _text_blocks(row, title=title)


def _text_blocks(row: SheetRow, *, title: bool) -> Iterator[Block]:
    for cell in row.filled:
        for block in cell.blocks:
            kind = "heading" if title else "paragraph"
            yield Block("heading" if kind == "heading" else "paragraph", block.text, 2, locator=f"row {row.number + 1}")


def _is_title(row: SheetRow) -> bool:
    text = row.filled[0].text
    return (
        len(row.filled) == 1 and len(text) <= _LONGEST_TITLE and not text.endswith(_SENTENCE_ENDS) and "\n" not in text
    )


def _is_prose(row: SheetRow) -> bool:
    return len(row.filled) == 1 and (len(row.filled[0].text) > _SHORTEST_PROSE or row.filled[0].text.endswith("."))


def _regions(rows: Sequence[SheetRow]) -> Iterator[list[SheetRow]]:
    """Part the sheet at empty rows that a new head row follows, at once or below titles."""
    region: list[SheetRow] = []
    after_gap = False
    for place, row in enumerate(rows):
        if not row.filled:
            after_gap = True
            continue
        if after_gap and region and _starts_table(rows[place:]):
            yield region
            region = []
        region.append(row)
        after_gap = False
    if region:
        yield region


def _starts_table(rows: Sequence[SheetRow]) -> bool:
    following = next((row for row in rows if len(row.filled) != 1), None)
    if following is None:
        return False
    return sum(column_role(cell.text) is not None for cell in following.filled) >= _FEWEST_HEADS


def _region_blocks(rows: list[SheetRow]) -> Iterator[Block]:
    start = next((place for place, row in enumerate(rows) if len(row.filled) > 1), len(rows))
    end = len(rows)
    while end > start and _is_prose(rows[end - 1]):
        end -= 1
    for row in rows[:start]:
        yield from _text_blocks(row, title=_is_title(row))
    if start < end:
        yield Block("table", grid=_grid(rows[start:end]))
    for row in rows[max(start, end) :]:
        yield from _text_blocks(row, title=False)


def _grid(rows: list[SheetRow]) -> Grid:
    """Return the rows as a grid without the empty rows between them and the empty columns beside them."""
    places = {row.number: place for place, row in enumerate(rows)}
    columns = sorted({cell.column for row in rows for cell in row.filled})
    first, last = columns[0], columns[-1]
    cells = []
    for row in rows:
        for cell in row.cells:
            if first <= cell.column <= last:
                down = (
                    sum(cell.row <= number < cell.row + cell.row_span for number in places) if cell.row_span > 1 else 1
                )
                across = min(cell.column_span, last - cell.column + 1)
                moved = replace(
                    cell, row=places[row.number], column=cell.column - first, row_span=down, column_span=across
                )
                cells.append(moved)
    plain = Grid(tuple(cells))
    turned = transposed(plain)
    if turned is not plain:
        return turned
    return replace(plain, locators=tuple(f"row {row.number + 1}" for row in rows))
