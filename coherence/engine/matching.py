"""Carrying out a plan: both sides filtered, candidates looked up in an index, the remaining conditions on these.

An index is a list of rows in the order of their keys; the rows of one key, and within it of one range of a number,
lie side by side. How many candidates an index would propose is counted before any is looked at, so the cheapest one is
known, and so is when a rule asks for too many. Indexes are kept by the table: rules with the same join share them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from coherence.engine.indexes import Index, IndexKey, Lookup, lookup
from coherence.engine.vectors import Conditions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.engine.planning import Band, Join, PairPlan
    from coherence.engine.table import Codes, FactTable, Mask, Positions
    from coherence.pair_facts import Row
    from coherence.rule_expressions import Node

__all__ = ["Budget", "Cut", "Matcher"]

_AT_ONCE = 1 << 19
"""Candidate pairs looked at together: their arrays stay within some tens of megabytes."""
_BYTES_OF_ENTRY = 48
"""What one row of an index, or one candidate, takes while it is looked at."""
_ENOUGH = 4
"""With so few candidates for each row, no narrower index is worth making."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How far a search for pairs may go in one dossier."""

    pairs: int
    bytes: float = math.inf
    until: float = math.inf
    """Time by ``time.perf_counter``."""


@dataclass(slots=True)
class Cut:
    """By which limits a search was cut short, and in which dossiers."""

    pairs: set[int] = field(default_factory=set)
    memory: set[int] = field(default_factory=set)
    seconds: bool = False

    def __bool__(self) -> bool:
        """Return whether the search was cut short."""
        return bool(self.pairs or self.memory or self.seconds)

    def joined(self, other: Cut) -> Cut:
        """Return the limits that either of two searches met."""
        return Cut(self.pairs | other.pairs, self.memory | other.memory, self.seconds or other.seconds)


class Matcher:
    """Finds, for one plan over one table, the pairs of a and b that fulfil it."""

    def __init__(
        self, plan: PairPlan, table: FactTable, missing: Row | None = None, *, budget: Budget, across: bool = False
    ) -> None:
        """Filter both sides; ``across`` pairs commitments of different dossiers instead of those of one."""
        self.plan = plan
        self.table = table
        self.budget = budget
        self.across = across
        self.conditions = Conditions(table, missing)
        self.left = self._passing(plan.filter_a)
        self.right = self._passing(plan.filter_b)
        self.looked_at = 0
        """Candidate pairs looked at so far."""
        self.cut = Cut()

    def _passing(self, conditions: tuple[Node, ...]) -> Mask:
        passing = np.ones(len(self.table), dtype=bool)
        for condition in conditions:
            passing &= self.conditions.of_rows(condition).holds
        return passing

    def pairs(self) -> tuple[Positions, Positions]:
        """Return all pairs that match, sorted by a and b; if the plan is symmetrical, each with the first one as a."""
        found_a, found_b = [], []
        for a, b in self._matches(self._lookup()):
            found_a.append(a)
            found_b.append(b)
        if not found_a:
            none = np.zeros(0, dtype=np.intp)
            return none, none
        # Two sets that share several members propose their pair several times.
        keys = np.unique(np.concatenate(found_a).astype(np.int64) * len(self.table) + np.concatenate(found_b))
        return (keys // len(self.table)).astype(np.intp), (keys % len(self.table)).astype(np.intp)

    def with_partner(self) -> Mask:
        """Return which rows have a partner as ``a``, in either order of the two."""
        found = np.zeros(len(self.table), dtype=bool)
        chosen = self._lookup()
        if not self.plan.residual and not self.across and not (self.left & self.right).any():
            rows, counts = self._within_budget(chosen)
            found[rows[counts > 0]] = True
            return found
        for a, _ in self._matches(chosen, both_orders=True):
            found[a] = True
        return found

    def _lookup(self) -> Lookup:
        """Choose the index that proposes the fewest candidates."""
        equal = tuple(join for join in self.plan.joins if join.how == "equal")
        best = self._try(equal, None, None)
        for join in self.plan.joins:
            if join.how != "equal" and self._is_worth_it(best):
                best = min(best, self._try(equal, join, None), key=_size)
        through = best.index.key.join
        for band in self.plan.bands:
            if self._is_worth_it(best):
                best = min(best, self._try(equal, through, band), key=_size)
        return best

    def _is_worth_it(self, best: Lookup) -> bool:
        return _size(best) > _ENOUGH * min(int(self.left.sum()), int(self.right.sum()))

    def _try(self, equal: tuple[Join, ...], join: Join | None, band: Band | None) -> Lookup:
        key = IndexKey(equal, join, band, self.across)
        index: Index = self.table.keep(("index", key), lambda: Index(key, self.table))
        return lookup(index, self.table, self.left, self.right)

    def _within_budget(self, chosen: Lookup) -> tuple[Positions, Codes]:
        """Return the rows as ``a`` and their numbers of candidates, up to the limit of each dossier."""
        blocks = np.zeros_like(chosen.counts) if self.across else self.table.block[chosen.rows]
        entries = np.bincount(np.zeros_like(chosen.order) if self.across else self.table.block[chosen.order],
                              minlength=len(self.table.bases))  # fmt: skip
        in_memory = np.maximum(self.budget.bytes / _BYTES_OF_ENTRY - entries, 0.0)[blocks]
        ends = np.cumsum(chosen.counts)
        first = np.searchsorted(blocks, blocks)
        before = ends - chosen.counts - np.where(first > 0, ends[first - 1], 0)
        allowed = np.minimum(self.budget.pairs, in_memory).astype(np.int64)
        counts = np.clip(allowed - before, 0, chosen.counts)
        fits = counts == chosen.counts
        self.cut.memory |= set(blocks[~fits & (in_memory < self.budget.pairs)].tolist())
        self.cut.pairs |= set(blocks[~fits].tolist()) - self.cut.memory
        return chosen.rows, counts

    def _matches(self, chosen: Lookup, *, both_orders: bool = False) -> Iterator[tuple[Positions, Positions]]:
        rows, counts = self._within_budget(chosen)
        later = self.plan.symmetrical and not both_orders
        for a, b in self._candidates(chosen, rows, counts):
            self.looked_at += len(a)
            keep = b > a if later else b != a
            if self.across:
                keep &= self.table.block[a] != self.table.block[b]
            one, other = a[keep], b[keep]
            for condition in self.plan.residual:
                if not len(one):
                    break
                holds = self.conditions.of_pairs(condition, one, other).holds
                one, other = one[holds], other[holds]
            if len(one):
                yield one, other

    def _candidates(self, chosen: Lookup, rows: Positions, counts: Codes) -> Iterator[tuple[Positions, Positions]]:
        """Yield the candidate pairs, some hundred thousand at a time."""
        ends = np.cumsum(counts)
        done = 0
        while done < len(rows):
            if perf_counter() > self.budget.until:
                self.cut.seconds = True
                return
            reached = ends[done - 1] if done else 0
            upto = max(int(np.searchsorted(ends, reached + _AT_ONCE, side="right")), done + 1)
            part = slice(done, upto)
            some = counts[part]
            a = np.repeat(rows[part], some)
            within = np.arange(len(a)) - np.repeat(np.cumsum(some) - some, some)
            yield a, chosen.order[np.repeat(chosen.start[part], some) + within]
            done = upto


def _size(found: Lookup) -> int:
    return int(found.counts.sum())
