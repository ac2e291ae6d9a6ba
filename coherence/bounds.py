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
    from collections.abc import Iterable, Mapping

    Neighbours = Mapping[str, frozenset[str]]
    """Ids by the id that they stand in a relation to."""

__all__ = ["Bounds", "Item", "bounds"]

_MOST_STEPS = 2_000
_MOST_KINDS = 120
"""Sets that are tried, and promises in one of them that differ in their rivals. Beyond, each end is moved outwards:
the range still holds but may be wider."""


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


def bounds(items: Iterable[Item], apart: Neighbours, same: Neighbours) -> Bounds:
    """Return the range of what the items amount to together; their order makes no difference.

    ``apart`` and ``same`` give the ids that an id stands in this relation to, in both directions; where both hold,
    ``same`` does. No items amount to nothing.
    """
    known = {item.id: item for item in sorted(items)}
    names, none = frozenset(known), frozenset[str]()
    identical = {name: same.get(name, none) & names - {name} for name in known}
    unproven = {name: names - {name} - (apart.get(name, none) - identical[name]) for name in known}
    low_of = _Search({name: item.low for name, item in known.items()}, unproven, upwards=False).heaviest()
    high_of = _Search({name: item.high for name, item in known.items()}, identical, upwards=True).heaviest()
    low, high = (math.fsum(known[name].low for name in low_of), math.fsum(known[name].high for name in high_of))
    return Bounds(low, high, low_of, high_of)


class _Search:
    """The heaviest set of names of which no two are rivals."""

    def __init__(self, weights: Mapping[str, float], rivals: Neighbours, *, upwards: bool) -> None:
        self._weights = weights
        self._rivals = rivals
        self._upwards = upwards
        self._found: dict[frozenset[str], tuple[str, ...]] = {}
        self._steps = 0

    def heaviest(self) -> tuple[str, ...]:
        """Return the set, sorted; past the limits all names that are left (upwards), or the heaviest one."""
        return self._solve(frozenset(self._weights))

    def _solve(self, names: frozenset[str]) -> tuple[str, ...]:
        if names not in self._found:
            chosen = [name for group in self._groups(names) for name in self._solve_group(group)]
            self._found[names] = tuple(sorted(chosen))
        return self._found[names]

    def _solve_group(self, group: frozenset[str]) -> tuple[str, ...]:
        whole, group = group, self._without_twins(group)
        if len(group) == 1:
            return tuple(group)
        self._steps += 1
        if self._steps > _MOST_STEPS or len(group) > _MOST_KINDS:
            return tuple(whole) if self._upwards else (min(group, key=self._rank),)
        pivot = min(group, key=lambda name: (-len(self._rivals[name] & group), name))
        without = self._solve(group - {pivot})
        beside = (pivot, *self._solve(group - {pivot} - self._rivals[pivot]))
        return min((without, tuple(sorted(beside))), key=self._order)

    def _without_twins(self, group: frozenset[str]) -> frozenset[str]:
        """Leave out rivals that have the same rivals as a heavier one: it can always take their place."""
        heaviest: dict[frozenset[str], str] = {}
        for name in sorted(group, key=self._rank):
            heaviest.setdefault(self._rivals[name] & group | {name}, name)
        return frozenset(heaviest.values())

    def _rank(self, name: str) -> tuple[float, str]:
        return -self._weights[name], name

    def _order(self, names: tuple[str, ...]) -> tuple[float, int, tuple[str, ...]]:
        """Put the heaviest set first; of equal ones that of the fewest, a stated total before what it adds up."""
        return -self._weight(names), len(names), names

    def _weight(self, names: Iterable[str]) -> float:
        """Return the sum of the weights, the same in any order."""
        return math.fsum(self._weights[name] for name in names)

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
