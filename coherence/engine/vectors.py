"""Conditions over many rows, or many candidate pairs, at once.

A condition is true, false or not known for each of them. Comparisons of columns are computed on arrays. Whatever has
no such form is computed by the condition's closure, once for each distinct combination of the values it depends on,
so that its meaning is the closure's; so are the comparisons of numbers that floats leave undecided.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coherence.engine.columnwise import COMPARISONS, columnwise
from coherence.engine.compilation import compile_condition
from coherence.pair_facts import PAIR_INPUTS, PairRow
from coherence.rule_expressions import Node, facts_in, roots_in, swap_roles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.engine.rows import Env
    from coherence.engine.table import Codes, FactTable, Mask, Positions
    from coherence.pair_facts import Row

__all__ = ["Conditions", "Truth", "cost_of"]

_FEW = 24
"""So few pairs are looked at one by one: finding out which are alike costs more."""
_DEAR = frozenset({"shared_wording", "shared_words"})


class Truth(NamedTuple):
    """Where a condition holds, and where it fails; where it does neither it is not known."""

    holds: Mask
    fails: Mask

    def at(self, positions: Positions) -> Truth:
        """Return the truth of the rows at these positions."""
        return Truth(self.holds[positions], self.fails[positions])


@lru_cache(maxsize=8192)
def cost_of(node: Node) -> int:
    """Return how dear a condition on pairs is, from 0: columns first, then combinations of values, then wording."""
    if any(each.root == "pair" and each.name in _DEAR for each in facts_in(node)):
        return 3
    if node.op in ("and", "or", "not"):
        return max(cost_of(part) for part in node.parts)
    if node.op in ("eq", "ne") and all(part.op == "fact" and part.root != "pair" for part in node.parts):
        return 0
    pair_facts = {each.name for each in facts_in(node) if each.root == "pair"}
    return 1 if node.op in COMPARISONS and not pair_facts - _PAIR_NUMBERS else 2


_PAIR_NUMBERS = frozenset({"years_apart", "area_ratio", "value_ratio"})


class Conditions:
    """Truth of conditions over the rows of a table; ``missing`` is the same for all of them."""

    def __init__(self, table: FactTable, missing: Row | None = None) -> None:
        """Hold the table; ``missing`` is what conditions read under that name."""
        self.table = table
        self.missing = missing
        self._all: Positions = np.arange(len(table), dtype=np.intp)

    def of_rows(self, node: Node) -> Truth:
        """Return the truth for every row as ``a``, with its document and dossier; kept, as rules share conditions."""
        missing = self.missing["instrument"] if self.missing and "missing" in roots_in(node) else None
        key = ("truth", node, missing)
        found: Truth = self.table.keep(key, lambda: self._truth(node, self._all, self._all))
        return found

    def of_pairs(self, node: Node, a: Positions, b: Positions) -> Truth:
        """Return the truth for each pair of a row as ``a`` and one as ``b``."""
        roots = roots_in(node)
        if not roots & {"b", "pair"}:
            return self.of_rows(node).at(a)
        if roots <= {"b"}:
            return self.of_rows(swap_roles(node)).at(b)
        return self._truth(node, a, b)

    def _part(self, node: Node, a: Positions, b: Positions) -> Truth:
        return self.of_rows(node) if a is self._all and b is self._all else self.of_pairs(node, a, b)

    def _truth(self, node: Node, a: Positions, b: Positions) -> Truth:
        if node.op == "not":
            holds, fails = self._part(node.parts[0], a, b)
            return Truth(fails, holds)
        if node.op == "and":
            return self._all_of(sorted(node.parts, key=cost_of), a, b)
        if node.op == "or":
            holds, fails = self._all_of(sorted(node.parts, key=cost_of), a, b, opposite=True)
            return Truth(fails, holds)
        found = columnwise(node, self.table, a, b)
        if found is None:
            return self._by_value(node, a, b)
        if found.undecided is not None:
            rest = np.flatnonzero(found.undecided)
            found.holds[rest], found.fails[rest] = _truth_of(self._each(node, a[rest], b[rest]))
        return Truth(found.holds, found.fails)

    def _all_of(self, parts: list[Node], a: Positions, b: Positions, *, opposite: bool = False) -> Truth:
        """Return where all parts hold, or, if ``opposite``, where all fail; later ones are asked only where needed."""
        holds, fails = self._part(parts[0], a, b)[:: -1 if opposite else 1]
        if a is self._all and b is self._all:
            other = self._part(parts[1], a, b)[:: -1 if opposite else 1]
            return Truth(holds & other[0], fails | other[1])
        open_ = np.flatnonzero(~fails)
        second = self.of_pairs(parts[1], a[open_], b[open_])[:: -1 if opposite else 1]
        result = Truth(np.zeros(len(a), dtype=bool), fails.copy())
        result.holds[open_] = holds[open_] & second[0]
        result.fails[open_] |= second[1]
        return result

    def _by_value(self, node: Node, a: Positions, b: Positions) -> Truth:
        """Compute a condition once for each combination of the values that it depends on."""
        if len(a) <= _FEW:
            return _truth_of(self._each(node, a, b))
        combined: Codes = np.zeros(len(a), dtype=np.int64)
        size = 1
        for codes, count in self._columns(node, a, b):
            if size * count >= np.iinfo(np.int64).max:
                values, combined = np.unique(combined, return_inverse=True)
                size = len(values)
            combined, size = combined * count + codes, size * count
        _, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
        return _truth_of(self._each(node, a[first], b[first])).at(inverse)

    def _columns(self, node: Node, a: Positions, b: Positions) -> Iterable[tuple[Codes, int]]:
        asked: set[tuple[str, str]] = set()
        for fact in facts_in(node):
            names = PAIR_INPUTS[fact.name] if fact.root == "pair" else (fact.name,)
            asked |= {(root, name) for name in names for root in (("a", "b") if fact.root == "pair" else (fact.root,))}
        for root, name in sorted(asked):
            if root == "dossier":
                yield self.table.block[a], len(self.table.bases)
            elif root == "doc":
                codes, count = self.table.dense("document")
                yield self.table.block[a] * count + codes[a], len(self.table.bases) * count
            elif root in ("a", "b"):
                codes, count = self.table.dense(name)
                yield codes[a if root == "a" else b], count

    def _each(self, node: Node, a: Positions, b: Positions) -> list[bool | None]:
        """Compute a condition for one pair after the other."""
        condition = compile_condition(node)
        roots = roots_in(node)
        wider = bool(roots & {"doc", "dossier"})
        found: list[bool | None] = []
        for one, other in zip(a.tolist(), b.tolist(), strict=True):
            first, second = self.table.row(one), self.table.row(other)
            env: Env = {"a": first, "b": second}
            if wider:
                env |= self.table.env(one)
            if "pair" in roots:
                env["pair"] = PairRow(first, second, self.table.interactions)
            if self.missing is not None:
                env["missing"] = self.missing
            found.append(condition(env))
        return found


def _truth_of(values: list[bool | None]) -> Truth:
    holds = np.fromiter((value is True for value in values), bool, len(values))
    fails = np.fromiter((value is False for value in values), bool, len(values))
    return Truth(holds, fails)
