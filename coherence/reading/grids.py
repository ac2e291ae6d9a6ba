"""Grids of cells from ruling lines and filled rectangles."""

from __future__ import annotations

import math
from bisect import bisect, bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from coherence.reading.geometry import Box, Fill, Rule, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.reading.pdf_drawings import Drawings

__all__ = ["Grid", "GridCell", "find_grids", "joined_rules"]

_SNAP = 2.6
_BRIDGE = 4.0
_TOUCH = 3.5
_BORDERED_SHARE = 0.6
_MOST_FILLS = 2_500
_MOST_LINES = 400
_NARROWEST = 6.0
_LOWEST = 5.0
_CLEAR_EM = 0.55
_LEAST_CLEAR_EDGES = 2
_LEAST_EDGES = 2
_ONE_LINE = 2.0
_RULE_FOR_A_CROSSED_WORD = 150.0
"""Length of rule, in points, for which one word may touch it."""


_Colour = tuple[int, int, int]
_Slot = tuple[int, int]
"""Row and column."""
_Painted = tuple[float, float, float, float, _Colour]
"""Sides of a filled area and its colour."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell over grid rows ``row`` to ``row_end`` and columns ``column`` to ``column_end``, ends exclusive."""

    row: int
    row_end: int
    column: int
    column_end: int
    box: Box
    colour: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid: the cells cover it without gaps."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def find_grids(drawings: Drawings, words: Sequence[Word]) -> list[Grid]:
    """Return the grids of a page, larger ones first; a grid may lie in a cell of another."""
    across, down = joined_rules(drawings.across), joined_rules(drawings.down)
    crossing_across, crossing_down = _Crossing(words, horizontal=True), _Crossing(words, horizontal=False)
    if len(drawings.fills) <= _MOST_FILLS:
        fill_across, fill_down = _fill_borders(drawings.fills)
        across = joined_rules([*across, *crossing_across.without(fill_across)])
        down = joined_rules([*down, *crossing_down.without(fill_down)])
    across, down = crossing_across.without(across), crossing_down.without(down)
    if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        across = [rule for rule in across if rule.end - rule.start > _NARROWEST * 4]
        down = [rule for rule in down if rule.end - rule.start > _NARROWEST * 2]
    painted = [(*fill.box, fill.colour) for fill in drawings.fills]
    found = [_grid(rows, columns, painted, words) for rows, columns in _connected(across, down)]
    grids = [divided(grid, words) for grid in found if grid]
    return sorted(grids, key=lambda grid: -grid.box.width * grid.box.height)


def joined_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Join rules that lie on one line and meet, small gaps bridged."""
    merged: list[Rule] = []
    for level in _levels(sorted(rules)):
        at = sum(rule.at * (rule.end - rule.start) for rule in level) / (sum(r.end - r.start for r in level) or 1.0)
        start, end = None, 0.0
        for rule in sorted(level, key=lambda rule: rule.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _BRIDGE:
                end = max(end, rule.end)
            else:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            merged.append(Rule(at, start, end))
    return merged


def _levels(rules: list[Rule]) -> Iterable[list[Rule]]:
    level: list[Rule] = []
    for rule in rules:
        if level and rule.at - level[0].at > _SNAP:
            yield level
            level = []
        level.append(rule)
    if level:
        yield level


def _fill_borders(fills: Sequence[Fill]) -> tuple[list[Rule], list[Rule]]:
    """Return the sides of the filled areas, where no fill of the same colour goes on beyond."""
    across: list[Rule] = []
    down: list[Rule] = []
    by_colour: dict[tuple[int, int, int], list[Box]] = {}
    for fill in fills:
        if fill.colour != (255, 255, 255):
            by_colour.setdefault(fill.colour, []).append(fill.box)
    for boxes in by_colour.values():
        wide = _Areas((b.top, b.bottom, b.x0, b.x1) for b in boxes)
        tall = _Areas((b.x0, b.x1, b.top, b.bottom) for b in boxes)
        for box in boxes:
            for y, beyond in ((box.top, box.top - 1), (box.bottom, box.bottom + 1)):
                across.extend(Rule(y, *gap) for gap in _uncovered(box.x0, box.x1, wide.at(beyond, box.x0, box.x1)))
            for x, beyond in ((box.x0, box.x0 - 1), (box.x1, box.x1 + 1)):
                covers = tall.at(beyond, box.top, box.bottom)
                down.extend(Rule(x, *gap) for gap in _uncovered(box.top, box.bottom, covers))
    return across, down


class _Areas:
    """Areas (low, high, start, end), asked which of them reach a level."""

    def __init__(self, areas: Iterable[tuple[float, float, float, float]]) -> None:
        self._areas = sorted(areas)
        self._longest = max(high - low for low, high, _, _ in self._areas)

    def at(self, level: float, start: float, end: float) -> list[tuple[float, float]]:
        """Return the extents, sorted, of the areas at a level that meet the stretch from start to end."""
        nearest = bisect(self._areas, (level - self._longest - _TOUCH,))
        beyond = bisect(self._areas, (level, math.inf, math.inf, math.inf))
        return sorted(
            (first, last)
            for _, high, first, last in self._areas[nearest:beyond]
            if high >= level and first < end and last > start
        )


def _uncovered(start: float, end: float, covers: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the parts of a stretch that the sorted ``covers`` leave open."""
    gaps: list[tuple[float, float]] = []
    for low, high in covers:
        if low >= end:
            break
        if low > start + 1:
            gaps.append((start, min(low, end)))
        start = max(start, high)
    if start < end - 1:
        gaps.append((start, end))
    return gaps


class _Crossing:
    """Finds the rules that run through words: underlines, highlighting, diagrams."""

    def __init__(self, words: Sequence[Word], *, horizontal: bool) -> None:
        self._words, self._horizontal = words, horizontal
        self._crossed = _crossed_across if horizontal else _crossed_down

    def without(self, rules: Sequence[Rule]) -> list[Rule]:
        """Leave such rules out."""
        return [rule for rule in rules if not self._runs_through_words(rule)]

    def _runs_through_words(self, rule: Rule) -> bool:
        starts, words, longest = self._by_start
        near = words[bisect_left(starts, rule.at - longest) : bisect_left(starts, rule.at)]
        crossed = self._crossed
        return sum(crossed(rule, word) for word in near) > (rule.end - rule.start) / _RULE_FOR_A_CROSSED_WORD

    @cached_property
    def _by_start(self) -> tuple[list[float], list[Word], float]:
        """The words' starts in the rules' crosswise direction, sorted; the words in this order; the longest extent."""
        if self._horizontal:
            ordered = sorted(self._words, key=lambda word: word.top)
            return [w.top for w in ordered], ordered, max((w.bottom - w.top for w in ordered), default=0.0)
        ordered = sorted(self._words, key=lambda word: word.x0)
        return [w.x0 for w in ordered], ordered, max((w.x1 - w.x0 for w in ordered), default=0.0)


def _crossed_across(rule: Rule, word: Word) -> bool:
    inside = word.top + 0.3 * (word.bottom - word.top) < rule.at < word.baseline - 0.15 * word.size
    return inside and word.x0 < rule.end - 1 and word.x1 > rule.start + 1


def _crossed_down(rule: Rule, word: Word) -> bool:
    inside = word.x0 + 2 < rule.at < word.x1 - 2
    return inside and word.top < rule.end - 2 and word.bottom > rule.start + 2


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group horizontal and vertical rules that touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(across):
        for j, column in enumerate(down):
            meets = row.start - _TOUCH <= column.at <= row.end + _TOUCH
            if meets and column.start - _TOUCH <= row.at <= column.end + _TOUCH:
                parent[root(len(across) + j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate((*across, *down)):
        group = groups.setdefault(root(index), ([], []))
        group[index >= len(across)].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(across: list[Rule], down: list[Rule], painted: Sequence[_Painted], words: Sequence[Word]) -> Grid | None:
    xs = _snapped([r.at for r in down] + [e for r in across for e in (r.start, r.end)], _NARROWEST)
    ys = _snapped([r.at for r in across] + [e for r in down for e in (r.start, r.end)], _LOWEST)
    if min(len(xs), len(ys)) < _LEAST_EDGES:
        return None
    slots = [(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)]
    parent = {slot: slot for slot in slots}

    def root(slot: tuple[int, int]) -> tuple[int, int]:
        while parent[slot] != slot:
            slot = parent[slot]
        return slot

    at_x, at_y = [_covers(down, x) for x in xs], [_covers(across, y) for y in ys]
    for row, column in slots:
        if column + 2 < len(xs) and not _bordered(at_x[column + 1], ys[row], ys[row + 1]):
            parent[root((row, column + 1))] = root((row, column))
        if row + 2 < len(ys) and not _bordered(at_y[row + 1], xs[column], xs[column + 1]):
            parent[root((row + 1, column))] = root((row, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for slot in slots:
        groups.setdefault(root(slot), []).append(slot)
    parts = [part for group in groups.values() for part in _rectangles(group, xs, ys, painted, words)]
    cells = [_cell(part, xs, ys, painted) for part in parts]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), len(ys) - 1, len(xs) - 1, tuple(cells))


def _snapped(values: list[float], distance: float) -> list[float]:
    snapped: list[list[float]] = []
    for value in sorted(values):
        if snapped and value - snapped[-1][-1] < distance:
            snapped[-1].append(value)
        else:
            snapped.append([value])
    return [sum(group) / len(group) for group in snapped]


def _covers(rules: Iterable[Rule], at: float) -> list[tuple[float, float]]:
    return sorted((rule.start, rule.end) for rule in rules if abs(rule.at - at) < _LOWEST)


def _bordered(covers: list[tuple[float, float]], start: float, end: float) -> bool:
    """Whether the sorted ``covers`` of an edge cover most of the stretch from start to end."""
    open_part = sum(high - low for low, high in _uncovered(start, end, covers))
    return open_part < (1 - _BORDERED_SHARE) * (end - start)


def _rectangles(
    slots: list[_Slot], xs: list[float], ys: list[float], painted: Sequence[_Painted], words: Sequence[Word]
) -> list[list[_Slot]]:
    """Divide what is no rectangle where its rows change: areas of one colour side by side hide the border between."""
    parts: list[list[_Slot]] = []
    rows: list[int] = []
    for column, beside in groupby(sorted(slots, key=lambda slot: (slot[1], slot[0])), key=lambda slot: slot[1]):
        these = list(beside)
        if not parts or [row for row, _ in these] != rows or column != parts[-1][-1][1] + 1:
            parts.append([])
        rows = [row for row, _ in these]
        parts[-1] += these
    if len(parts) == 1:
        return [slots]
    boxes = [Box(xs[column], ys[row], xs[column + 1], ys[row + 1]) for row, column in slots]
    colours = {_colour(box, painted) for box in boxes}
    inside = [word for word in words if any(box.holds(*word.middle) for box in boxes)]
    crossed = any(word.x0 < xs[part[0][1]] - 1 and word.x1 > xs[part[0][1]] + 1 for word in inside for part in parts)
    return [slots] if crossed or len(colours) > 1 or None in colours else parts


def _cell(slots: list[_Slot], xs: list[float], ys: list[float], painted: Sequence[_Painted]) -> GridCell:
    rows, columns = [row for row, _ in slots], [column for _, column in slots]
    row, row_end, column, column_end = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    box = Box(xs[column], ys[row], xs[column_end], ys[row_end])
    return GridCell(row, row_end, column, column_end, box, _colour(box, painted))


def _colour(box: Box, painted: Sequence[_Painted]) -> _Colour | None:
    x, y = box.x0 + box.width / 2, box.top + min(box.height / 2, 6.0)
    colours = [colour for x0, top, x1, bottom, colour in painted if x0 <= x <= x1 and top <= y <= bottom]
    return colours[-1] if colours else None


def divided(grid: Grid, words: Sequence[Word]) -> Grid:
    """Divide cells over several columns whose words keep clear of the column edges below them: heads without rules."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        edges = _edges_below(grid, cell) if cell.column_end - cell.column > 1 and cell.row_end - cell.row == 1 else []
        inside = [word for word in words if cell.box.holds(*word.middle)] if edges else []
        clear = [x for x in edges if _clear(inside, x)]
        cells.extend(_parts(cell, grid, clear) if len(clear) >= _LEAST_CLEAR_EDGES else [cell])
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(grid.box, grid.rows, grid.columns, tuple(cells))


def _edges_below(grid: Grid, cell: GridCell) -> list[float]:
    """Return the column edges of the next row that has any: a band may stand between a head and its columns."""
    for row in range(cell.row_end, min(cell.row_end + 2, grid.rows)):
        below = [other for other in grid.cells if other.row <= row < other.row_end]
        edges = sorted({other.box.x0 for other in below if cell.box.x0 + 1 < other.box.x0 < cell.box.x1 - 1})
        if edges:
            return edges
    return []


def _clear(words: Sequence[Word], x: float) -> bool:
    """Whether the edge runs through a wide gap in every line, and words stand on both sides of it."""
    left = [word for word in words if word.x1 <= x + 1]
    right = [word for word in words if word.x0 >= x - 1]
    if not left or not right or len(left) + len(right) < len(words):
        return False
    return all(
        other.x0 - word.x1 > _CLEAR_EM * word.size
        for word in left
        for other in right
        if abs(word.baseline - other.baseline) < _ONE_LINE
    )


def _parts(cell: GridCell, grid: Grid, clear: Sequence[float]) -> list[GridCell]:
    starts = {other.box.x0: other.column for other in grid.cells}
    edges = [cell.box.x0, *clear, cell.box.x1]
    columns = [cell.column, *(starts[x] for x in clear), cell.column_end]
    return [
        replace(
            cell, column=columns[i], column_end=columns[i + 1],
            box=Box(edges[i], cell.box.top, edges[i + 1], cell.box.bottom),
        )
        for i in range(len(clear) + 1)
    ]  # fmt: skip
