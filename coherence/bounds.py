"""Totals as ranges: what a set of promises amounts to at least and at most, when some may concern the same thing.

Two relations between promises decide. ``apart``: the documents show that they concern different things, so that both
count even at the minimum. ``same``: one restates or contains the other, so that they never count both. Of any other two
nothing is known: they may be the same or not.

The minimum is the heaviest set of promises of which any two are apart: whatever is true of the others, a union is at
least as large as disjoint parts of it. The maximum is the heaviest set in which no two are the same: everything else
is counted in full. A set of the first sort is one of the second, so the minimum never exceeds the maximum. A further
promise leaves the sets that were admissible admissible, so it can lower neither end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Bounds", "Item", "bounds"]

_MOST_STEPS = 4_000
"""Sets that are tried; beyond, each end is moved outwards, so that the range still holds but may be wider."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One promise: its id, and the least and the most that it amounts to by itself, in one unit, 0 <= low <= high."""

    id: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """What several promises amount to, in their unit, and the ids of those that make up each end, sorted."""

    low: float
    high: float
    low_of: tuple[str, ...]
    high_of: tuple[str, ...]


def bounds(
    items: Iterable[Item], apart: Callable[[str, str], bool], same: Callable[[str, str], bool]
) -> Bounds:  # fmt: skip
    """Return the range of what the items amount to together; their order makes no difference.

    ``apart`` and ``same`` are symmetric; where both hold, ``same`` does. No items amount to nothing.
    """
    known = {item.id: item for item in sorted(items)}
    low = _Search({name: item.low for name, item in known.items()}, lambda a, b: not apart(a, b) or same(a, b))
    high = _Search({name: item.high for name, item in known.items()}, same)
    low_of, high_of = low.heaviest(upwards=False), high.heaviest(upwards=True)
    return Bounds(low.weight(low_of), high.weight(high_of), low_of, high_of)


class _Search:
    """The heaviest set of names of which no two are rivals."""

    def __init__(self, weights: Mapping[str, float], rivals: Callable[[str, str], bool]) -> None:
        self._weights = weights
        self._rivals: dict[str, frozenset[str]] = {
            name: frozenset(other for other in weights if other != name and rivals(name, other)) for name in weights
        }
        self._found: dict[frozenset[str], tuple[str, ...]] = {}
        self._steps = 0
        self._upwards = False

    def weight(self, names: Iterable[str]) -> float:
        """Return the sum of the weights, the same in any order."""
        return math.fsum(self._weights[name] for name in names)

    def heaviest(self, *, upwards: bool) -> tuple[str, ...]:
        """Return the set, sorted. Past the limit of steps: all names upwards, the heaviest one downwards."""
        self._upwards = upwards
        return self._solve(frozenset(self._weights))

    def _solve(self, names: frozenset[str]) -> tuple[str, ...]:
        if names not in self._found:
            groups = self._groups(names)
            chosen = [name for group in groups for name in (self._solve_group(group))]
            self._found[names] = tuple(sorted(chosen))
        return self._found[names]

    def _solve_group(self, group: frozenset[str]) -> tuple[str, ...]:
        if len(group) == 1:
            return tuple(group)
        if all(len(self._rivals[name] & group) == len(group) - 1 for name in group):
            return (min(group, key=lambda name: (-self._weights[name], name)),)
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return tuple(group) if self._upwards else (min(group, key=lambda name: (-self._weights[name], name)),)
        pivot = min(group, key=lambda name: (-len(self._rivals[name] & group), name))
        without = self._solve(group - {pivot})
        beside = (pivot, *self._solve(group - {pivot} - self._rivals[pivot]))
        return min((without, tuple(sorted(beside))), key=lambda names: (-self.weight(names), names))

    def _groups(self, names: frozenset[str]) -> list[frozenset[str]]:
        """Part names so that rivals stay together, in the order of their first names."""
        left, groups = set(names), []
        for name in sorted(names):
            if name not in left:
                continue
            group, edge = {name}, [name]
            left.discard(name)
            while edge:
                met = self._rivals[edge.pop()] & left
                left -= met
                group |= met
                edge.extend(met)
            groups.append(frozenset(group))
        return groups
