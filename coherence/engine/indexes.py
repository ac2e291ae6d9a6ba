"""Indexes over the rows of a table, and the rows that they propose as partners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coherence.engine.table import UNKNOWN, Codes, FactTable, Mask, Members, Numbers, Positions

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.engine.planning import Band, Join
    from coherence.pair_facts import InteractionTable

__all__ = ["Index", "IndexKey", "Lookup", "lookup"]

_SLACK = 1e-9
"""Ranges are widened by this share: the condition itself decides at their ends."""


class IndexKey(NamedTuple):
    """What an index is made for: joins on equality, one join through members, one range."""

    equal: tuple[Join, ...]
    join: Join | None
    band: Band | None
    across: bool


@dataclass(frozen=True, slots=True)
class Lookup:
    """The rows to look partners up for, and where their candidates lie in ``order``."""

    index: Index
    rows: Positions
    """Rows as ``a``, ascending; a row stands once for each of its members where the join goes through members."""
    order: Positions
    """Rows as ``b``, those of one key side by side."""
    start: Codes
    counts: Codes


class Index:
    """All rows as ``b`` in the order of their keys, and the keys of all rows as ``a``."""

    def __init__(self, key: IndexKey, table: FactTable) -> None:
        """Sort the rows; rows whose key is not known are left out."""
        self.key = key
        self.table = table
        names_b = tuple(join.name_b for join in key.equal)
        names_a = tuple(join.name_a for join in key.equal)
        member_a, member_b = _members(key.join, table)
        groups_a, groups_b = self._groups(names_a, member_a), self._groups(names_b, member_b)
        if key.band is not None:
            ranked = table.codes(key.band.name_b)[groups_b[0]] != UNKNOWN
            groups_b = (groups_b[0][ranked], [codes[ranked] for codes in groups_b[1]])
        self.rows, order, self.keys_a, codes = _in_one_scheme(groups_a, groups_b)
        if key.band is not None:
            numbers = table.numbers(key.band.name_b)[order]
            self._values, ranks = np.unique(numbers, return_inverse=True)
            codes = codes * (len(self._values) + 1) + ranks
        sort = np.argsort(codes, kind="stable")
        self.order, self.keys = order[sort], codes[sort]

    def _groups(self, names: tuple[str, ...], members: Members | None) -> tuple[Positions, list[Codes]]:
        """Return the rows (once for each member) whose keys are all known, and their keys."""
        table = self.table
        rows = np.arange(len(table), dtype=np.intp) if members is None else members.rows
        keys = [] if members is None else [members.codes]
        if not self.key.across:
            keys.append(table.block[rows])
        keys += [table.codes(name)[rows] for name in names]
        known = np.ones(len(rows), dtype=bool)
        for codes in keys:
            known &= codes != UNKNOWN
        return rows[known], [codes[known] for codes in keys]

    def ranges(self, rows: Positions, keys: Codes) -> tuple[Codes, Codes]:
        """Return the lowest key of the candidates of rows as ``a``, and the first above the highest."""
        band = self.key.band
        if band is None:
            return keys, keys + 1
        low, high = _BANDS[band.how](self.table.numbers(band.name_a)[rows], band.bound)
        first = np.searchsorted(self._values, low, side="left")
        last = np.searchsorted(self._values, high, side="right")
        ranks = len(self._values) + 1
        return keys * ranks + first, keys * ranks + np.maximum(first, last)


def lookup(index: Index, table: FactTable, left: Mask, right: Mask) -> Lookup:
    """Find the candidates on the right for every row on the left."""
    kept = left[index.rows]
    if index.key.band is not None:
        kept &= table.codes(index.key.band.name_a)[index.rows] != UNKNOWN
    rows, keys_a = index.rows[kept], index.keys_a[kept]
    chosen = right[index.order]
    order, keys = index.order[chosen], index.keys[chosen]
    low, high = index.ranges(rows, keys_a)
    start = np.searchsorted(keys, low, side="left").astype(np.int64)
    counts = np.searchsorted(keys, high, side="left").astype(np.int64) - start
    sort = np.argsort(rows, kind="stable")
    return Lookup(index, rows[sort], order, start[sort], counts[sort])


def _in_one_scheme(
    of_a: tuple[Positions, list[Codes]], of_b: tuple[Positions, list[Codes]]
) -> tuple[Positions, Positions, Codes, Codes]:
    """Return the rows of both sides, with one code from 0 for each combination of keys."""
    (rows_a, keys_a), (rows_b, keys_b) = of_a, of_b
    combined: Codes = np.zeros(len(rows_a) + len(rows_b), dtype=np.int64)
    for one, other in zip(keys_a, keys_b, strict=True):
        codes = np.concatenate((one, other))
        count = int(codes.max(initial=0)) + 1
        # Numbered anew at each step, so that the product stays far from the largest integer.
        combined = np.unique(combined * count + codes, return_inverse=True)[1].astype(np.int64)
    return rows_a, rows_b, combined[: len(rows_a)], combined[len(rows_a) :]


def _members(join: Join | None, table: FactTable) -> tuple[Members | None, Members | None]:
    if join is None:
        return None, None
    member_a, member_b = table.members(join.name_a), table.members(join.name_b)
    if join.how == "interact":
        member_a = _interacting(member_a, table, table.interactions)
    return member_a, member_b


def _interacting(members: Members, table: FactTable, interactions: InteractionTable) -> Members:
    """Return, for each row, the themes that any of its themes interacts with, once each."""
    partners = {
        table.text_code(theme): np.array([table.text_code(each) for each in sorted(others)], dtype=np.int64)
        for theme, others in sorted(interactions.partners.items())
    }
    none = np.zeros(0, dtype=np.int64)
    found = [partners.get(code, none) for code in members.codes.tolist()]
    rows = np.repeat(members.rows, [len(each) for each in found])
    codes = np.concatenate([none, *found])
    size = int(codes.max(initial=0)) + 1
    keys = np.unique(rows.astype(np.int64) * size + codes)
    return Members((keys // size).astype(np.intp), keys % size)


def _apart(values: Numbers, bound: float) -> tuple[Numbers, Numbers]:
    slack = _SLACK * (np.abs(values) + abs(bound))
    return values - bound - slack, values + bound + slack


def _ratio(values: Numbers, bound: float) -> tuple[Numbers, Numbers]:
    # A negative number has a ratio to itself alone.
    negative = values < 0
    with np.errstate(all="ignore"):
        low, high = values * bound * (1 - _SLACK), values / bound * (1 + _SLACK)
    return np.where(negative, values, np.minimum(low, values)), np.where(negative, values, np.maximum(high, values))


def _least(values: Numbers, _: float) -> tuple[Numbers, Numbers]:
    return values - _SLACK * np.abs(values), np.full_like(values, np.inf)


def _most(values: Numbers, _: float) -> tuple[Numbers, Numbers]:
    return np.full_like(values, -np.inf), values + _SLACK * np.abs(values)


_BANDS: dict[str, Callable[[Numbers, float], tuple[Numbers, Numbers]]] = {
    "apart": _apart, "ratio": _ratio, "least": _least, "most": _most,
}  # fmt: skip
