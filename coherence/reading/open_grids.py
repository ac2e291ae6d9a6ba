"""Grids with horizontal rules only: their columns are told apart by the white space between the words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from coherence.reading.geometry import Box, Rule, Word
from coherence.reading.grids import Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["find_open_grids"]

_SHORTEST_RULE = 120.0
_SAME_END = 8.0
_LEAST_RULES = 3
_GUTTER = 6.0
_NARROWEST_COLUMN = 18.0
_LEAST_SIDE_WORDS = 2


def find_open_grids(across: Sequence[Rule], closed: Sequence[Grid], words: Sequence[Word]) -> list[Grid]:
    """Return the grids that three or more horizontal rules of one extent make, outside the ``closed`` grids."""
    free = [
        rule
        for rule in across
        if rule.end - rule.start >= _SHORTEST_RULE
        and not any(grid.box.grown(2).holds((rule.start + rule.end) / 2, rule.at) for grid in closed)
    ]
    groups: list[list[Rule]] = []
    for rule in sorted(free):
        for group in groups:
            if abs(group[0].start - rule.start) < _SAME_END and abs(group[0].end - rule.end) < _SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    made = (_grid(group, closed, words) for group in groups if len(group) >= _LEAST_RULES)
    return [grid for grid in made if grid is not None]


def _grid(rules: Sequence[Rule], closed: Sequence[Grid], words: Sequence[Word]) -> Grid | None:
    box = Box(min(r.start for r in rules) - 1, rules[0].at, max(r.end for r in rules) + 1, rules[-1].at)
    if any(box.top < grid.box.bottom and grid.box.top < box.bottom for grid in closed):
        return None
    inside = [word for word in words if box.holds(*word.middle)]
    xs = [box.x0, *_gutters(inside), box.x1]
    if len(xs) < _LEAST_RULES:
        return None
    ys = [rule.at for rule in rules]
    cells = tuple(
        GridCell(row, row + 1, column, column + 1, Box(left, top, right, bottom))
        for row, (top, bottom) in enumerate(pairwise(ys))
        for column, (left, right) in enumerate(pairwise(xs))
    )
    return Grid(box, len(ys) - 1, len(xs) - 1, cells)


def _gutters(words: Sequence[Word]) -> list[float]:
    """Return the middles of the x intervals that no word touches and that have columns of words on both sides."""
    intervals: list[list[float]] = []
    for word in sorted(words, key=lambda word: word.x0):
        if intervals and word.x0 - intervals[-1][1] < _GUTTER:
            intervals[-1][1] = max(intervals[-1][1], word.x1)
            intervals[-1][2] += 1
        else:
            intervals.append([word.x0, word.x1, 1])
    wide = [
        interval
        for interval in intervals
        if interval[1] - interval[0] >= _NARROWEST_COLUMN and interval[2] >= _LEAST_SIDE_WORDS
    ]
    return [(left[1] + right[0]) / 2 for left, right in pairwise(wide)]
