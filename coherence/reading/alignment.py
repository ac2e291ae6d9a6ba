"""Columns that only white space sets apart: columns of prose, and tables without ruling lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.reading.figures import is_figure
from coherence.reading.geometry import Box, Word, enclosing
from coherence.reading.lines import segments_of, visual_rows
from coherence.reading.paragraphs import split_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["AlignedTable", "Stretch", "stretches_of"]

_Row = list[list[Word]]
_GUTTER_EM = 1.5
_LEAST_PROSE_ROWS = 6
_LEAST_TABLE_ROWS = 3
_NARROWEST_GUTTER = 8.0
_PAIR = 2
_PROSE_WORDS = 3.5
_FIGURES_SHARE = 0.35
_FILLED_SHARE = 0.45
"""With fewer cells filled, words that happen to stand above each other: labels of a chart."""


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of words under column intervals ``(x0, x1)``."""

    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[tuple[Word, ...], ...], ...]
    """Words of each cell; as many cells as columns in every row."""
    box: Box


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive rows of a region that are laid out alike: one column of words, several, or a table."""

    columns: tuple[tuple[Word, ...], ...] = ()
    table: AlignedTable | None = None


def stretches_of(words: Sequence[Word]) -> list[Stretch]:
    """Cut a region, top to bottom, into stretches of prose in one or more columns and tables without lines."""
    rows = [_segments(row) for row in visual_rows(words)]
    stretches: list[Stretch] = []
    plain: list[Word] = []
    index = 0
    while index < len(rows):
        end, gutter = _gutter_run(rows, index)
        found = _columns_of_prose(rows[index:end], gutter) if gutter else None
        if found is None:
            end, found = _table_run(rows, index)
        if found is None:
            plain.extend(word for segment in rows[index] for word in segment)
            index += 1
            continue
        if plain:
            stretches.append(Stretch(columns=(tuple(plain),)))
            plain = []
        stretches.append(found)
        index = end
    if plain:
        stretches.append(Stretch(columns=(tuple(plain),)))
    return stretches


def _segments(row: list[Word]) -> _Row:
    """Split a row at gutters; a list mark belongs to the segment after it."""
    segments = segments_of(row, _GUTTER_EM)
    joined: _Row = []
    for segment in segments:
        if joined and len(joined[-1]) == 1 and split_marker(joined[-1][0].text + " x")[0]:
            joined[-1] = [*joined[-1], *segment]
        else:
            joined.append(segment)
    return joined


def _gutter_run(rows: list[_Row], start: int) -> tuple[int, tuple[float, float] | None]:
    """Return the end of the run of rows from ``start`` that leave one gutter free, and the gutter."""
    if len(rows[start]) != _PAIR:
        return start, None
    low, high = rows[start][0][-1].x1, rows[start][1][0].x0
    end = start
    while end < len(rows):
        left = [word.x1 for segment in rows[end] for word in segment if word.x0 < (low + high) / 2]
        right = [word.x0 for segment in rows[end] for word in segment if word.x0 >= (low + high) / 2]
        new_low, new_high = max([low, *left]), min([high, *right])
        if new_high - new_low < _NARROWEST_GUTTER or len(rows[end]) > _PAIR:
            break
        low, high = new_low, new_high
        end += 1
    return end, (low, high)


def _columns_of_prose(rows: list[_Row], gutter: tuple[float, float]) -> Stretch | None:
    middle = (gutter[0] + gutter[1]) / 2
    left = [[word for segment in row for word in segment if word.x0 < middle] for row in rows]
    right = [[word for segment in row for word in segment if word.x0 >= middle] for row in rows]
    sides = [[row for row in side if row] for side in (left, right)]
    if min(len(side) for side in sides) < _LEAST_PROSE_ROWS:
        return None
    for side in sides:
        words = [word for row in side for word in row]
        edge = max(word.x1 for word in words) - min(word.x0 for word in words)
        filled = sum(row[-1].x1 - row[0].x0 for row in side) / len(side)
        if len(words) / len(side) < _PROSE_WORDS or filled < 0.55 * edge:
            return None
    return Stretch(columns=tuple(tuple(word for row in side for word in row) for side in sides))


def _table_run(rows: list[_Row], start: int) -> tuple[int, Stretch | None]:
    """Return a table that starts at row ``start``, with the row after its end."""
    if len(rows[start]) < _PAIR:
        return start, None
    end, last_split = start, start
    while end < len(rows) and (len(rows[end]) > 1 or end - last_split <= 1) and not _far(rows, end):
        if len(rows[end]) > 1:
            last_split = end
        end += 1
    end = last_split + 1
    split = [row for row in rows[start:end] if len(row) > 1]
    columns = _intervals(split)
    if len(split) < _LEAST_TABLE_ROWS or len(columns) < _PAIR:
        return start, None
    cells = [_cells(row, columns) for row in rows[start:end]]
    others = [cell for row in cells for cell in row[1:] if cell]
    figures = sum(is_figure(" ".join(word.text for word in cell)) for cell in others)
    scattered = sum(bool(cell) for row in cells for cell in row) < _FILLED_SHARE * len(cells) * len(columns)
    if scattered or figures < _FIGURES_SHARE * len(others) or len(others) < len(split):
        return start, None
    box = enclosing(word.box for row in rows[start:end] for segment in row for word in segment)
    return end, Stretch(table=AlignedTable(tuple(columns), tuple(cells), box))


def _far(rows: list[_Row], index: int) -> bool:
    if index == 0:
        return False
    above, below = rows[index - 1][0][0], rows[index][0][0]
    return below.baseline - above.baseline > 3.2 * max(above.size, below.size)


def _intervals(rows: list[_Row]) -> list[tuple[float, float]]:
    """Return the x intervals that the segments of all rows cover together."""
    spans = sorted((segment[0].x0, segment[-1].x1) for row in rows for segment in row)
    intervals: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if intervals and x0 < intervals[-1][1] + 2:
            intervals[-1] = (intervals[-1][0], max(intervals[-1][1], x1))
        else:
            intervals.append((x0, x1))
    return intervals


def _cells(row: _Row, columns: list[tuple[float, float]]) -> tuple[tuple[Word, ...], ...]:
    cells: list[list[Word]] = [[] for _ in columns]
    for segment in row:
        x = (segment[0].x0 + segment[-1].x1) / 2
        reached = [i for i, (x0, x1) in enumerate(columns) if x0 - 1 <= x <= x1 + 1]
        nearest = min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - x))
        cells[reached[0] if reached else nearest].extend(segment)
    return tuple(tuple(cell) for cell in cells)
