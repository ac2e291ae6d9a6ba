"""The conditions that can be computed on whole columns: equal codes, numbers, sets that share a member.

Each step takes the rows as ``a`` and as ``b`` of every candidate pair (for conditions on one commitment, the same
rows twice). It returns None for a condition that has no such form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from coherence.engine.arithmetic import Compared, Figures, compare, compare_numbers, figures_of
from coherence.engine.table import UNKNOWN, Codes, FactTable, Mask, Positions
from coherence.pair_facts import SAME_FROM, SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.rule_expressions import Node

__all__ = ["COMPARISONS", "columnwise"]

COMPARISONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})


def columnwise(node: Node, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    """Return where a condition without ``and``, ``or`` and ``not`` holds and fails, or None."""
    step = _STEPS.get(node.op)
    return step(node, table, a, b) if step else None


def _certain(holds: Mask) -> Compared:
    return Compared(holds, ~holds, None)


def _opposite(found: Compared) -> Compared:
    return Compared(found.fails, found.holds, found.undecided)


def _fact(node: Node, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    if node.root == "pair":
        if node.name in SHARED:
            return _meet(SHARED[node.name], table, a, b)
        step = _PAIR.get(node.name)
        return step(table, a, b) if step else None
    if node.root not in ("a", "b"):
        return None
    side = a if node.root == "a" else b
    if node.kind == "set":
        return _certain(_filled(node.name, table)[side])
    return _certain(table.codes(node.name)[side] == 1) if node.kind == "truth" else None


def _filled(name: str, table: FactTable) -> Mask:
    """Return which rows have a set that is not empty."""

    def make() -> Mask:
        found = np.zeros(len(table), dtype=bool)
        found[table.members(name).rows] = True
        return found

    found: Mask = table.keep(("filled", name), make)
    return found


def _meet(name: str, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    """Return which pairs share a member; None where there are too many members for bits."""
    bits = table.bits(name, across=bool((table.block[a] != table.block[b]).any()))
    if bits is None:
        return None
    found = np.zeros(len(a), dtype=bool)
    for word in range(bits.shape[1]):
        found |= (bits[a, word] & bits[b, word]) != 0
    return _certain(found)


def _is_empty(node: Node, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    part = node.parts[0]
    found = _fact(part, table, a, b) if part.op == "fact" else None
    return None if found is None else _opposite(found)


def _both(node: Node, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    left, right = node.parts
    if left.op == right.op == "fact" and left.name == right.name and {left.root, right.root} == {"a", "b"}:
        return _meet(left.name, table, a, b)
    return None


def _known(node: Node, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    part = node.parts[0]
    if part.op != "fact" or part.root not in ("a", "b"):
        return None
    found = _certain(table.codes(part.name)[a if part.root == "a" else b] != UNKNOWN)
    return found if node.op == "known" else _opposite(found)


def _comparison(node: Node, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    kind = node.parts[0].kind
    if kind == "number":
        return compare(node, table, a, b)
    if kind == "set":
        return None
    sides = [_codes(part, table, a, b) for part in node.parts]
    if sides[0] is None or sides[1] is None:
        return None
    found = _equal(sides[0], sides[1])
    return found if node.op == "eq" else _opposite(found)


def _codes(part: Node, table: FactTable, a: Positions, b: Positions) -> Codes | None:
    if part.op == "fact" and part.root in ("a", "b"):
        return table.codes(part.name)[a if part.root == "a" else b]
    if part.op == "constant" and isinstance(part.value, str):
        return np.full(len(a), table.text_code(part.value), dtype=np.int64)
    return None


def _equal(one: Codes, other: Codes) -> Compared:
    known = (one != UNKNOWN) & (other != UNKNOWN)
    equal = one == other
    return Compared(known & equal, known & ~equal, None)


def _same(name: str) -> Callable[[FactTable, Positions, Positions], Compared]:
    """Compare a fact of both that is always known, or else not known where either is."""
    return lambda table, a, b: _equal(table.codes(name)[a], table.codes(name)[b])


def _same_document(table: FactTable, a: Positions, b: Positions) -> Compared:
    countries, documents = table.codes("country"), table.codes("document")
    return _certain((documents[a] == documents[b]) & (countries[a] == countries[b]))


def _places_known(table: FactTable, a: Positions, b: Positions) -> Compared:
    filled = _filled("places", table)
    return _certain(filled[a] & filled[b])


def _same_value(table: FactTable, a: Positions, b: Positions) -> Compared:
    ratio = figures_of("value_ratio", table, a, b)
    least = Figures(np.full(len(a), SAME_FROM), np.ones(len(a), dtype=bool), np.zeros(len(a)))
    found = compare_numbers("ge", ratio, least)
    # Values in one unit without a ratio, or in different units, are known not to be the same.
    units = table.codes("unit")
    known = (units[a] != UNKNOWN) & (units[b] != UNKNOWN)
    return found._replace(fails=found.fails | (known & ~ratio.known))


_STEPS: dict[str, Callable[[Node, FactTable, Positions, Positions], Compared | None]] = {
    "fact": _fact,
    "is_empty": _is_empty,
    "bwand": _both,
    "known": _known,
    "unknown": _known,
    **dict.fromkeys(COMPARISONS, _comparison),
}
_PAIR: dict[str, Callable[[FactTable, Positions, Positions], Compared]] = {
    "places_known": _places_known,
    "same_unit": _same("unit"),
    "same_value": _same_value,
    "same_document": _same_document,
    "same_instrument": _same("instrument"),
}
