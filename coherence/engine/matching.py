"""Carrying out a plan: side filters, one hash join, and the remaining conditions on its candidates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.pair_facts import InteractionTable, PairRow, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.engine.compilation import Compiled
    from coherence.engine.planning import Join, PairPlan
    from coherence.engine.rows import Env, RowBase

__all__ = ["Matcher", "holds_all"]


def holds_all(conditions: Iterable[Compiled], env: Env) -> bool:
    """Return whether every condition is true; unknown is not."""
    for condition in conditions:  # noqa: SIM110 - the innermost loop: a generator would double its cost
        if condition(env) is not True:
            return False
    return True


@dataclass(slots=True)
class _Index:
    """Positions of the b side by join key."""

    join: Join
    buckets: dict[object, list[int]]
    interactions: InteractionTable

    def candidates(self, row: Row) -> list[int]:
        keys = _keys(self.join, row, "a", self.interactions)
        if len(keys) == 1:
            return self.buckets.get(keys[0], [])
        return sorted({position for key in keys for position in self.buckets.get(key, ())})


def _keys(join: Join, row: Row, side: str, interactions: InteractionTable) -> list[object]:
    value = row[join.name_a if side == "a" else join.name_b]
    if value is None:
        return []
    if join.how == "interact" and side == "a":
        return list({partner for theme in value for partner in interactions.partners.get(theme, ())})
    return list(value) if isinstance(value, frozenset) else [value]


class Matcher:
    """Finds, for one plan over one dossier, the partners of each commitment."""

    def __init__(self, plan: PairPlan, rows: RowBase, fixed: Env) -> None:
        """Filter both sides and choose the join with the fewest candidates."""
        self.plan = plan
        self.rows = rows
        self.fixed = fixed
        self.looked_at = 0
        """Candidate pairs evaluated so far."""
        self.left = self._passing("a", plan.filter_a)
        self.right = self._passing("b", plan.filter_b)
        self._index = self._best_index()

    def _passing(self, role: str, conditions: tuple[Compiled, ...]) -> list[int]:
        rows = self.rows.commitments
        if not conditions:
            return list(range(len(rows)))
        env = dict(self.fixed)
        passing = []
        for position, row in enumerate(rows):
            env[role] = row
            if holds_all(conditions, env):
                passing.append(position)
        return passing

    def _best_index(self) -> _Index | None:
        best: tuple[int, _Index] | None = None
        for join in self.plan.joins:
            index = _Index(join, self._buckets(join), self.rows.interactions)
            cost = self._cost(index)
            if best is None or cost < best[0]:
                best = (cost, index)
        return best[1] if best else None

    def _buckets(self, join: Join) -> dict[object, list[int]]:
        buckets: dict[object, list[int]] = defaultdict(list)
        for position in self.right:
            for key in _keys(join, self.rows.commitments[position], "b", self.rows.interactions):
                buckets[key].append(position)
        return dict(buckets)

    def _cost(self, index: _Index) -> int:
        rows, interactions = self.rows.commitments, self.rows.interactions
        return sum(
            len(index.buckets.get(key, ()))
            for position in self.left
            for key in _keys(index.join, rows[position], "a", interactions)
        )

    def partners(self, position: int, *, later: bool = False, wanted: frozenset[int] | None = None) -> Iterator[int]:
        """Yield the positions on the b side that fulfil the plan with ``position`` as a, in order.

        Only positions after it if ``later``; only those in ``wanted`` where given.
        """
        commitments, interactions = self.rows.commitments, self.rows.interactions
        across, paired = self.plan.across, self.plan.paired
        row = commitments[position]
        env: Env = {**self.fixed, "a": row}
        for other in self.right if self._index is None else self._index.candidates(row):
            if other == position or (later and other < position) or (wanted is not None and other not in wanted):
                continue
            self.looked_at += 1
            partner = env["b"] = commitments[other]
            if holds_all(across, env):
                env["pair"] = PairRow(row, partner, interactions)
                if holds_all(paired, env):
                    yield other
