"""Tables as they stand on one page: cells with their words, before heads and bands are told from rows of data."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from coherence.reading.figures import is_figure
from coherence.reading.geometry import Box, Line, Word
from coherence.reading.grids import GridCell
from coherence.reading.lines import WORD_BREAK, join_lines, lines_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from coherence.reading.alignment import AlignedTable

__all__ = ["PageTable", "TableCell", "aligned_table", "assign_words", "renumbered", "ruled_table"]

_ALIGNED_EM = 0.35
_PADDING = 7.0
"""Widest usual margin inside a cell, in points."""
_BREAK_EM = 0.75
_SPACE_EM = 0.25
_OFTEN = 3
_SHORT_END = 3
_LAST_WORD = re.compile(r"[^\W\d_]{2,}$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_DIGIT_GROUP = re.compile(r"\d{3}(?:[ .,'’]\d{3})*")
_STEP = 16.0
"""Height, in points, of the steps by which cells are looked up."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell over rows ``row`` to ``row_end`` and columns ``column`` to ``column_end``, ends exclusive."""

    row: int
    row_end: int
    column: int
    column_end: int
    text: str
    box: Box
    bold: bool = False
    colour: tuple[int, int, int] | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of it that stands on one page."""

    page: int
    box: Box
    rows: int
    columns: int
    cells: tuple[TableCell, ...]
    ruled: bool = True
    rtl: bool = False
    form: bool = False
    """Whether it is part of a form: labels on one side, values on the other, no head."""
    label: str | None = None
    """Label of the form's row that it stands in; "" where that goes on from the page before."""
    head: str = ""
    """Head over the values of that form."""


def assign_words(cells: Iterable[GridCell], words: Iterable[Word]) -> dict[GridCell, list[Word]]:
    """Put each word into the smallest cell that holds its middle, else into the nearest cell."""
    by_size = sorted(cells, key=lambda cell: cell.box.width * cell.box.height)
    found: dict[GridCell, list[Word]] = {cell: [] for cell in by_size}
    at_height: dict[int, list[GridCell]] = defaultdict(list)
    for cell in by_size:
        for step in range(int(cell.box.top // _STEP), int(cell.box.bottom // _STEP) + 1):
            at_height[step].append(cell)
    for word in words:
        x, y = word.middle
        held = next((cell for cell in at_height[int(y // _STEP)] if cell.box.holds(x, y)), None)
        found[held or min(by_size, key=lambda cell: _distance(cell.box, x, y))].append(word)
    return found


def _distance(box: Box, x: float, y: float) -> float:
    return max(box.x0 - x, 0, x - box.x1) + max(box.top - y, 0, y - box.bottom)


def ruled_table(
    cells: dict[GridCell, list[Word]], page: int, vocabulary: Counter[str], *, rtl: bool, form: bool = False
) -> PageTable:
    """Build the table of some ruled cells with their words; rows that share one ruled row are told apart."""
    lines = {cell: lines_of(words, rtl=rtl) if words else [] for cell, words in cells.items()}
    made: list[TableCell] = []
    shift = 0
    by_row: dict[int, list[GridCell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        by_row.setdefault(cell.row, []).append(cell)
    last_row = max(cell.row_end for cell in cells)
    shifts: list[int] = []
    for row in range(last_row):
        shifts.append(shift)
        anchors = _stacked_rows([cell for cell in by_row.get(row, []) if cell.row_end == row + 1], lines)
        shift += max(0, len(anchors) - 1)
    shifts.append(shift)
    for row, row_cells in by_row.items():
        height = 1 + shifts[row + 1] - shifts[row]
        anchors = _stacked_rows([cell for cell in row_cells if cell.row_end == row + 1], lines) if height > 1 else []
        for cell in row_cells:
            start, end = row + shifts[row], cell.row_end + shifts[cell.row_end]
            if anchors and cell.row_end == row + 1:
                made.extend(_split_cell(cell, lines[cell], anchors, start, vocabulary))
            else:
                made.append(_cell(cell, lines[cell], start, end, vocabulary))
    box = Box(
        min(c.box.x0 for c in cells), min(c.box.top for c in cells),
        max(c.box.x1 for c in cells), max(c.box.bottom for c in cells),
    )  # fmt: skip
    return PageTable(page, box, last_row + shift, max(c.column_end for c in cells), tuple(made), rtl=rtl, form=form)


def _stacked_rows(cells: Sequence[GridCell], lines: dict[GridCell, list[Line]]) -> list[float]:
    """Return the baselines of the rows that stand in one ruled row, where columns of figures show several."""
    stacked = [
        [line.baseline for line in _unnoted(lines[cell])]
        for cell in cells
        if len(lines[cell]) > 1 and all(is_figure(line.text) for line in lines[cell]) and not _wraps(cell, lines[cell])
    ]
    if not stacked:
        return []
    anchors = max(stacked, key=len)
    filled = [cell for cell in cells if lines[cell]]
    size = lines[filled[0]][0].size
    agreeing = sum(
        all(any(abs(line.baseline - at) < _ALIGNED_EM * size for line in lines[cell]) for at in anchors)
        for cell in filled
    )
    return anchors if agreeing >= max(2, 0.6 * len(filled)) else []


def _unnoted(lines: list[Line]) -> list[Line]:
    """Leave out figures in brackets where each stands below a plain one, to which it belongs: "2 300" over "(-20%)"."""
    noted = [line.text.startswith("(") for line in lines]
    return lines[::2] if noted == [False, True] * (len(lines) // 2) else lines


def _wraps(cell: GridCell, lines: list[Line]) -> bool:
    """Whether the lines are the groups of digits of one number that is wider than its cell."""
    together = sum(line.x1 - line.x0 for line in lines) + _SPACE_EM * lines[0].size
    grouped = all(_DIGIT_GROUP.fullmatch(line.text) for line in lines[1:]) and lines[0].text[-1:].isdigit()
    return grouped and together > cell.box.width - 2 * _PADDING


def _split_cell(
    cell: GridCell, lines: list[Line], anchors: list[float], start: int, vocabulary: Counter[str]
) -> list[TableCell]:
    parts: list[list[Line]] = [[] for _ in anchors]
    for line in lines:
        reached = [i for i, at in enumerate(anchors) if at <= line.baseline + _ALIGNED_EM * line.size]
        parts[reached[-1] if reached else 0].append(line)
    return [_cell(cell, part, start + i, start + i + 1, vocabulary) for i, part in enumerate(parts)]


def _cell(cell: GridCell, lines: list[Line], start: int, end: int, vocabulary: Counter[str]) -> TableCell:
    text = join_lines(_whole_words(cell, lines, vocabulary), vocabulary)
    return TableCell(
        start, end, cell.column, cell.column_end, text, cell.box,
        bool(lines) and all(line.bold for line in lines), cell.colour, len(lines),
    )  # fmt: skip


def _whole_words(cell: GridCell, lines: list[Line], vocabulary: Counter[str]) -> list[Line]:
    """Mark words that are wider than their cell and so are broken at its edge without a hyphen.

    Such a word begins its line and fills it; the document has it elsewhere, or else what follows is short and no word.
    """
    marked = list(lines)
    for index, (line, after) in enumerate(pairwise(lines)):
        left, right = _LAST_WORD.search(line.text), _FIRST_WORD.match(after.text)
        room = cell.box.width - (line.x1 - line.x0) - 2 * _PADDING
        if left is None or right is None or not after.text[0].islower() or " " in line.text:
            continue
        if room > _BREAK_EM * line.size:
            continue
        one, other = left.group().casefold(), right.group().casefold()
        if vocabulary[one + other] or (len(other) <= _SHORT_END and vocabulary[other] < _OFTEN):
            marked[index] = line._replace(text=line.text + WORD_BREAK)
    return marked


def aligned_table(table: AlignedTable, page: int, vocabulary: Counter[str], *, rtl: bool) -> PageTable:
    """Build a table whose columns only white space tells apart; wrapped lines join the row above."""
    rows: list[list[list[Word]]] = []
    for row in table.rows:
        filled = [index for index, cell in enumerate(row) if cell]
        wraps = len(filled) == 1 and rows and row[filled[0]][0].text[:1].islower()
        if wraps:
            rows[-1][filled[0]].extend(row[filled[0]])
        else:
            rows.append([list(cell) for cell in row])
    height = table.box.height / max(len(rows), 1)
    made = []
    for number, parts in enumerate(rows):
        for column, ((x0, x1), words) in enumerate(zip(table.columns, parts, strict=True)):
            lines = lines_of(words, rtl=rtl) if words else []
            top = min((word.top for word in words), default=table.box.top + number * height)
            box = Box(x0, top, x1, top + height)
            grid_cell = GridCell(number, number + 1, column, column + 1, box)
            made.append(_cell(grid_cell, lines, number, number + 1, vocabulary))
    return PageTable(page, table.box, len(rows), len(table.columns), tuple(made), ruled=False, rtl=rtl)


def renumbered(cells: Sequence[GridCell]) -> list[GridCell]:
    """Count the rows of some cells of a grid from 0."""
    first = min(cell.row for cell in cells)
    return [replace(cell, row=cell.row - first, row_end=cell.row_end - first) for cell in cells]
