"""Tables without upright rules whose lying rules are drawn cell by cell: the gaps in the rules tell the columns.

A word processor draws the borders above and below each cell apart; where the same gap stands in the rule above and in
the one below a row, two cells of the row meet. A row between rules whose gaps differ runs over all columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from coherence.reading.geometry import Box, Rule, Word
from coherence.reading.grids import Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["find_broken_rule_grids"]

_SAME_LEVEL = 1.5
_WIDEST_GAP = 2.5
_OVERLAP = 1.0
_SAME_GAP = 2.0
_SAME_END = 8.0
_SAME_COLUMN = 12.0
"""Gaps of different rows that are closer tell one column."""
_NARROWEST_CELL = 18.0
_HIGHEST_BAND = 45.0
"""A row over all columns that is higher than this is text between two tables."""
_FEWEST_ROWS = 2
_MOST_COVERED = 0.5
"""Share of a table that other grids may cover: more, and it is ruled."""
_MOST_RULES = 1_500


@dataclass(frozen=True, slots=True)
class _Chain:
    """A rule of several pieces end to end; ``gaps`` are where they meet."""

    at: float
    start: float
    end: float
    gaps: tuple[float, ...]


def find_broken_rule_grids(across: Sequence[Rule], closed: Sequence[Grid], words: Sequence[Word]) -> list[Grid]:
    """Return the grids that broken lying rules make; where ``closed`` grids cover most of one, it is left to them."""
    if len(across) > _MOST_RULES:
        return []
    found = []
    for group in _groups(_chains(across)):
        for rows in _tables(group, words):
            grid = _grid(rows)
            if grid is not None and _covered(grid.box, closed) <= _MOST_COVERED:
                found.append(grid)
    return found


def _chains(across: Sequence[Rule]) -> list[_Chain]:
    levels: list[list[Rule]] = []
    for rule in sorted(across):
        if levels and rule.at - levels[-1][0].at <= _SAME_LEVEL:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return [chain for level in levels for chain in _pieces_joined(level)]


def _pieces_joined(level: Iterable[Rule]) -> Iterator[_Chain]:
    chain: list[Rule] = []
    for piece in sorted(level, key=lambda rule: (rule.start, rule.end)):
        if chain and piece.start - chain[-1].end > _WIDEST_GAP:
            yield _chain(chain)
            chain = []
        if not chain or piece.end > chain[-1].end:
            chain.append(piece)
    if chain:
        yield _chain(chain)


def _chain(pieces: Sequence[Rule]) -> _Chain:
    gaps = ((one.end + other.start) / 2 for one, other in pairwise(pieces) if other.start > one.end - _OVERLAP)
    start, end = pieces[0].start, pieces[-1].end
    inner = tuple(gap for gap in gaps if gap - start > _NARROWEST_CELL and end - gap > _NARROWEST_CELL)
    return _Chain(pieces[0].at, start, end, inner)


def _groups(chains: Iterable[_Chain]) -> Iterator[list[_Chain]]:
    """Yield the chains of one extent that follow each other down the page."""
    groups: list[list[_Chain]] = []
    for chain in chains:
        for group in groups:
            if abs(group[0].start - chain.start) < _SAME_END and abs(group[0].end - chain.end) < _SAME_END:
                group.append(chain)
                break
        else:
            groups.append([chain])
    yield from (group for group in groups if len(group) > _FEWEST_ROWS)


_Row = tuple[_Chain, _Chain, tuple[float, ...]]
"""The rules above and below a row, and where its cells meet."""


def _tables(group: Sequence[_Chain], words: Sequence[Word]) -> Iterator[list[_Row]]:
    """Yield the rows of each table among rules of one extent."""
    rows: list[_Row] = []
    for above, below in pairwise(group):
        edges = _edges(above, below, words)
        if not edges and below.at - above.at > _HIGHEST_BAND:
            yield rows
            rows = []
        else:
            rows.append((above, below, edges))
    yield rows


def _edges(above: _Chain, below: _Chain, words: Sequence[Word]) -> tuple[float, ...]:
    inside = [w for w in words if above.at < w.middle[1] < below.at and above.start < w.middle[0] < above.end]
    return tuple(
        gap
        for gap in above.gaps
        if any(abs(gap - other) <= _SAME_GAP for other in below.gaps)
        and not any(word.x0 < gap - 1 and word.x1 > gap + 1 for word in inside)
    )


def _grid(rows: Sequence[_Row]) -> Grid | None:
    if sum(bool(edges) for _, _, edges in rows) < _FEWEST_ROWS:
        return None
    start, end = rows[0][0].start - 1, rows[0][0].end + 1
    columns = _columns(edge for _, _, edges in rows for edge in edges)
    cells = []
    for number, (above, below, edges) in enumerate(rows):
        inner = {_column(edge, columns): edge for edge in sorted(edges)}
        marks = [(0, start), *inner.items(), (len(columns) + 1, end)]
        cells += [
            GridCell(number, number + 1, column, column_end, Box(left, above.at, right, below.at))
            for (column, left), (column_end, right) in pairwise(marks)
        ]
    box = Box(start, rows[0][0].at, end, rows[-1][1].at)
    return Grid(box, len(rows), len(columns) + 1, tuple(cells))


def _columns(edges: Iterable[float]) -> list[float]:
    """Return where the columns after the first begin."""
    columns: list[float] = []
    last = float("-inf")
    for edge in sorted(edges):
        if edge - last > _SAME_COLUMN:
            columns.append(edge)
        last = edge
    return columns


def _column(edge: float, columns: Sequence[float]) -> int:
    return max(number for number, column in enumerate(columns, start=1) if column <= edge)


def _covered(box: Box, grids: Iterable[Grid]) -> float:
    """Return the share of a box that grids with several columns cover."""
    shared = 0.0
    for grid in grids:
        width = min(box.x1, grid.box.x1) - max(box.x0, grid.box.x0)
        height = min(box.bottom, grid.box.bottom) - max(box.top, grid.box.top)
        if grid.columns > 1 and width > 0 and height > 0:
            shared += width * height
    return shared / (box.width * box.height or 1.0)
