"""The heads of a table: how deep they reach, which columns each governs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import mode
from typing import TYPE_CHECKING

from coherence.column_roles import column_role
from coherence.reading.figures import is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.reading.table_cells import PageTable, TableCell

__all__ = [
    "Head", "filled_cells", "first_row", "head_depth", "heads_in", "heads_of", "spans_width", "squeezed",
    "starts_years",
]  # fmt: skip

_YEARS = re.compile(r"\D{0,12}(?:19|20|21)\d\d(?:\s*[-–/]\s*(?:(?:19|20|21)?\d\d))?\D{0,6}")
_DEEPEST_HEAD = 5
_BAND_SHARE = 0.6
_LONGEST_HEAD_CHARS = 320
_USUAL_HEAD_CHARS = 90
_COVER = 0.5
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of the table's head with the stretch of x that it governs."""

    row: int
    x0: float
    x1: float
    text: str


def first_row(table: PageTable) -> int:
    """Return the first row that is neither empty nor a title over the whole width."""
    for row in range(table.rows):
        cells = filled_cells(table, row)
        if len(cells) > 1 or (cells and not spans_width(table, cells[0]) and cells[0].column > 0):
            return row
    return 0


def head_depth(table: PageTable, first: int) -> int:
    """Return the row after the head; ``first`` where there is none."""
    if first + 1 >= table.rows or not _is_head(table, first):
        return first
    ends = [cell.row_end for cell in filled_cells(table, first)]
    depth = first + 1
    if max(ends) - first <= _DEEPEST_HEAD and (min(ends) < max(ends) or len(set(ends)) == 1):
        depth = _span_depth(table, first, max(ends))
    while depth < min(table.rows - 1, first + _DEEPEST_HEAD) and _goes_on(table, first, depth):
        depth += 1
    return depth


def _span_depth(table: PageTable, first: int, end: int) -> int:
    """A head's cells that reach further down than others mark a head of several levels, if no data stands beside."""
    for row in range(first + 1, end):
        if any(is_figure(cell.text) and not _is_year(cell.text) for cell in filled_cells(table, row)):
            return first + 1
    return end if end < table.rows else first + 1


def _is_year(text: str) -> bool:
    return _YEARS.fullmatch(text.strip()) is not None


def _is_head(table: PageTable, row: int) -> bool:
    cells = filled_cells(table, row)
    lengths = [len(cell.text) for cell in cells]
    beside = cells if cells[0].column > 0 else cells[1:]
    if not beside or max(lengths) > _LONGEST_HEAD_CHARS or sum(lengths) > _USUAL_HEAD_CHARS * len(cells):
        return False
    if any(is_figure(cell.text) and not _is_year(cell.text) for cell in beside):
        return False
    body = [cell for cell in table.cells if cell.row > row and cell.text]
    if not body:
        return False
    apart = all(cell.bold for cell in cells) and not all(cell.bold for cell in body)
    if apart or _names_columns(cells) or any(_names_figures(cell, body) for cell in beside):
        return True
    colours = {cell.colour for cell in cells}
    if len(colours) == 1 and None not in colours and mode(cell.colour for cell in body) not in colours:
        return True
    below = [cell for cell in body if any(c.column < cell.column_end and cell.column < c.column_end for c in beside)]
    figures = sum(is_figure(cell.text) for cell in below)
    years = all(_is_year(cell.text) for cell in beside)
    return figures > 0.5 * len(below) or years


def _names_columns(cells: Sequence[TableCell]) -> bool:
    """Whether the first cell and half of all say what columns of target tables hold."""
    roles = [column_role(cell.text) for cell in cells]
    return roles[0] is not None and sum(role is not None for role in roles) >= max(_PAIR, 0.5 * len(cells))


def _names_figures(cell: TableCell, body: Sequence[TableCell]) -> bool:
    """Whether a cell says what columns of target tables hold and stands above nothing but figures."""
    below = [other for other in body if other.column < cell.column_end and cell.column < other.column_end]
    return len(below) >= _PAIR and all(is_figure(other.text) for other in below) and column_role(cell.text) is not None


def _goes_on(table: PageTable, first: int, row: int) -> bool:
    """Whether a row belongs to the head above it: years or units only, or the head's look without figures."""
    cells = filled_cells(table, row)
    if not cells or (len(cells) == 1 and spans_width(table, cells[0])):
        return False
    others = [cell for cell in cells if cell.column > 0]
    if others and all(_is_year(cell.text) for cell in others):
        return True
    if any(is_figure(cell.text) for cell in others) or len(cells) < _PAIR:
        return False
    if len(others) == len(cells) and _says_alike(others):
        return True
    head = filled_cells(table, first)[-1]
    after = filled_cells(table, row + 1)
    differs = bool(after) and (after[-1].colour, after[-1].bold) != (head.colour, head.bold)
    return (
        differs
        and all(cell.bold == head.bold and cell.colour == head.colour for cell in cells)
        and (head.bold or head.colour is not None)
    )


def _says_alike(cells: Sequence[TableCell]) -> bool:
    """Whether texts come again from group to group, as the heads of their columns do: "cost", "yield", "cost"."""
    texts = [squeezed(cell.text) for cell in cells]
    return len(set(texts)) < len(texts) and max(len(cell.text) for cell in cells) <= _USUAL_HEAD_CHARS


def starts_years(table: PageTable, row: int) -> bool:
    """Whether a row below the head begins a section with a head of its own: nothing but years above figures."""
    cells = filled_cells(table, row)
    years = [cell for cell in cells if _is_year(cell.text)]
    labels = [cell for cell in cells if cell not in years]
    if len(years) < _PAIR or len(labels) > 1 or any(cell.column > 0 or is_figure(cell.text) for cell in labels):
        return False
    below = filled_cells(table, row + 1) if row + 1 < table.rows else []
    figures = [cell for cell in below if cell.column > 0]
    return bool(figures) and all(is_figure(cell.text) and not _is_year(cell.text) for cell in figures)


def heads_in(table: PageTable, first: int, depth: int) -> tuple[Head, ...]:
    """Return the cells of the head rows ``first`` to ``depth`` with the stretches of x that they govern."""
    cells = [cell for cell in table.cells if first <= cell.row < depth]
    return tuple(
        Head(cell.row - first, cell.box.x0, _group_end(cell, cells, depth), cell.text)
        for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))
        if cell.text
    )


def _group_end(cell: TableCell, cells: Sequence[TableCell], depth: int) -> float:
    """A group head reaches over empty cells to its right that have heads below them."""
    end, x1 = cell.column_end, cell.box.x1
    if cell.row_end >= depth:
        return x1
    for other in sorted(cells, key=lambda other: other.column):
        if other.row != cell.row or other.column != end or other.text:
            continue
        if any(below.text and below.row >= other.row_end and _under(below, other) for below in cells):
            end, x1 = other.column_end, other.box.x1
    return x1


def _under(below: TableCell, above: TableCell) -> bool:
    middle = (below.box.x0 + below.box.x1) / 2
    return above.box.x0 <= middle <= above.box.x1


def heads_of(cell: TableCell, heads: Sequence[Head]) -> tuple[str, ...]:
    """Return the texts of the heads that govern a cell, the uppermost first."""
    found: list[str] = []
    for row in sorted({head.row for head in heads}):
        level = [(min(cell.box.x1, h.x1) - max(cell.box.x0, h.x0), h) for h in heads if h.row == row]
        overlap, head = max(level, key=lambda pair: pair[0])
        governs = overlap > _COVER * cell.box.width or overlap > 0.8 * (head.x1 - head.x0)
        if overlap > 0 and governs and head.text not in found[-1:]:
            several = sum(o > 0.6 * (h.x1 - h.x0) for o, h in level) > 1 and overlap < 0.7 * cell.box.width
            if not several:
                found.append(head.text)
    return tuple(found)


def _row_cells(table: PageTable, row: int) -> list[TableCell]:
    cells = [cell for cell in table.cells if cell.row == row]
    return sorted(cells, key=lambda cell: -cell.column if table.rtl else cell.column)


def filled_cells(table: PageTable, row: int) -> list[TableCell]:
    """Return the cells of a row that hold text, in reading order."""
    return [cell for cell in _row_cells(table, row) if cell.text]


def spans_width(table: PageTable, cell: TableCell) -> bool:
    """Whether a cell reaches over most of the table's width and more than one column."""
    return cell.box.width > _BAND_SHARE * table.box.width and cell.column_end - cell.column > 1


def squeezed(text: str) -> str:
    """Return a text's letters and digits in lower case, for comparing."""
    return re.sub(r"\W", "", text).casefold()
