"""Numbers of many candidate pairs at once, as floats with a bound on how far they are from the exact decimals.

Conditions compute with exact decimals. A float comparison whose sides are further apart than their bounds decides
the same; the few that are not are left undecided, for the caller to decide with decimals.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from coherence.engine.table import UNKNOWN, FactTable, Mask, Numbers, Positions

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.rule_expressions import Node

__all__ = ["Compared", "Figures", "compare", "compare_numbers", "figures_of"]

_ROUNDING = 2.0**-50
_WHOLE_BELOW = 2.0**50
_TINY = 1e-290
"""What a computation on floats may lose where the exact result is too small for them."""


class Compared(NamedTuple):
    """Where a comparison holds, and where it fails; elsewhere it is not known, or undecided."""

    holds: Mask
    fails: Mask
    undecided: Mask | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers, where they are known, and how far each may be from the exact one."""

    values: Numbers
    known: Mask
    error: Numbers
    ordered: bool = False
    """Whether they are as written, so that they compare as the exact ones do."""


@dataclass(frozen=True, slots=True)
class _Sides:
    table: FactTable
    a: Positions
    b: Positions

    def of(self, root: str) -> Positions:
        return self.a if root == "a" else self.b

    def known(self, root: str, name: str) -> Mask:
        found: Mask = self.table.codes(name)[self.of(root)] != UNKNOWN
        return found

    def same(self, name: str) -> Mask:
        codes = self.table.codes(name)
        found: Mask = codes[self.a] == codes[self.b]
        return found


def compare(node: Node, table: FactTable, a: Positions, b: Positions) -> Compared | None:
    """Compare the two sides of a comparison of numbers for each pair; None where floats cannot compute it."""
    sides = _Sides(table, a, b)
    left, right = _figures(node.parts[0], sides), _figures(node.parts[1], sides)
    return None if left is None or right is None else compare_numbers(node.op, left, right)


def figures_of(name: str, table: FactTable, a: Positions, b: Positions) -> Figures:
    """Return a numeric fact of each pair."""
    return _PAIR[name](_Sides(table, a, b))


_OPERATORS: dict[str, Callable[[Numbers, Numbers], Mask]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip


def compare_numbers(sign: str, left: Figures, right: Figures) -> Compared:
    """Compare numbers one by one."""
    known = left.known & right.known
    with np.errstate(all="ignore"):
        decided = known
        if not (left.ordered and right.ordered):
            distance = np.abs(left.values - right.values)
            decided = known & (distance > left.error + right.error)
            exact = known & (left.error == 0) & (right.error == 0)
            decided |= exact
        held = _OPERATORS[sign](left.values, right.values)
    undecided = known & ~decided
    return Compared(decided & held, decided & ~held, undecided if undecided.any() else None)


def _figures(node: Node, sides: _Sides) -> Figures | None:
    if node.op == "constant" and isinstance(node.value, Decimal):
        return _constant(node.value, len(sides.a))
    if node.op == "fact":
        return _any_fact(node, sides)
    if node.op == "length" and node.parts[0].op == "fact" and node.parts[0].root in ("a", "b"):
        return _length(node.parts[0], sides)
    parts = [_figures(part, sides) for part in node.parts] if node.op in _COMPUTED else [None]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    with np.errstate(all="ignore"):
        return _COMPUTED[node.op](*known)


def _any_fact(node: Node, sides: _Sides) -> Figures | None:
    if node.root == "pair":
        return _PAIR[node.name](sides) if node.name in _PAIR else None
    return _fact(node.root, node.name, sides) if node.root in ("a", "b") else None


def _constant(value: Decimal, size: int) -> Figures:
    number = float(value)
    as_written = np.isfinite(number) and Decimal(repr(number)) == value
    values = np.full(size, number)
    # A whole float is not exact where it stands for a constant with more digits than a float holds.
    error = _rounding(values) if as_written else _bound(values)
    return Figures(values, np.ones(size, dtype=bool), error, ordered=bool(as_written))


def _rounding(values: Numbers) -> Numbers:
    """Return how far the decimals may be that these floats stand for: whole numbers are what they say."""
    whole = (values == np.rint(values)) & (np.abs(values) < _WHOLE_BELOW)
    return np.where(whole, 0.0, _bound(values))


def _bound(values: Numbers) -> Numbers:
    """Return how far the numbers may be that these floats are nearest to."""
    with np.errstate(all="ignore"):
        return np.abs(values) * _ROUNDING + _TINY


def _fact(root: str, name: str, sides: _Sides) -> Figures:
    values = sides.table.numbers(name)[sides.of(root)]
    return Figures(values, sides.known(root, name), _rounding(values), ordered=sides.table.is_exact(name))


def _length(fact: Node, sides: _Sides) -> Figures:
    table = sides.table
    sizes = np.bincount(table.members(fact.name).rows, minlength=len(table)).astype(float)
    values = sizes[sides.of(fact.root)]
    return Figures(values, np.ones(len(values), dtype=bool), np.zeros(len(values)), ordered=True)


def _computed(values: Numbers, known: Mask, error: Numbers) -> Figures:
    """Return what was computed; whole numbers computed from whole numbers are exact."""
    whole = (error == 0) & (values == np.rint(values)) & (np.abs(values) < _WHOLE_BELOW)
    error = np.where(whole, 0.0, error + np.abs(values) * _ROUNDING + _TINY)
    # Where a float overflows nothing is known of the exact value.
    return Figures(values, known, np.where(np.isfinite(values), error, np.inf))


def _add(one: Figures, other: Figures) -> Figures:
    return _computed(one.values + other.values, one.known & other.known, one.error + other.error)


def _subtract(one: Figures, other: Figures) -> Figures:
    return _add(one, _negative(other))


def _negative(one: Figures) -> Figures:
    return Figures(-one.values, one.known, one.error, one.ordered)


def _multiply(one: Figures, other: Figures) -> Figures:
    error = np.abs(one.values) * other.error + np.abs(other.values) * one.error + one.error * other.error
    return _computed(one.values * other.values, one.known & other.known, error)


def _divide(one: Figures, other: Figures) -> Figures:
    zero = (other.values == 0) & (other.error == 0)
    divisor = np.where(zero, 1.0, other.values)
    least = np.abs(divisor) - other.error
    values = one.values / divisor
    error = np.where(least > 0, (one.error + np.abs(values) * other.error) / least, np.inf)
    # A quotient of whole numbers need not be whole, nor exact.
    error = np.maximum(error, _TINY)
    return _computed(values, one.known & other.known & ~zero, error)


def _otherwise(one: Figures, other: Figures) -> Figures:
    values = np.where(one.known, one.values, other.values)
    return Figures(values, one.known | other.known, np.where(one.known, one.error, other.error),
                   one.ordered and other.ordered)  # fmt: skip


_COMPUTED: dict[str, Callable[..., Figures]] = {
    "add": _add, "sub": _subtract, "mul": _multiply, "tdiv": _divide, "negative": _negative, "otherwise": _otherwise,
}  # fmt: skip


def _ratio(name: str, comparable: Mask, sides: _Sides) -> Figures:
    one, other = (_fact(root, name, sides) for root in "ab")
    low, high = np.minimum(one.values, other.values), np.maximum(one.values, other.values)
    equal = one.values == other.values
    known = comparable & one.known & other.known & (equal | (low >= 0))
    with np.errstate(all="ignore"):
        values = np.where(equal, 1.0, low / np.where(high == 0, 1.0, high))
        error = np.where(equal, 0.0, 4 * _ROUNDING * np.abs(values) + _TINY)
    if not sides.table.is_exact(name):
        error = np.full_like(values, np.inf)
    return Figures(values, known, error)


def _years_apart(sides: _Sides) -> Figures:
    found = _subtract(_fact("a", "target_year", sides), _fact("b", "target_year", sides))
    return Figures(np.abs(found.values), found.known, found.error)


def _area_ratio(sides: _Sides) -> Figures:
    return _ratio("area_ha", sides.same("area_per_year") & sides.same("area_remains"), sides)


def _value_ratio(sides: _Sides) -> Figures:
    comparable = sides.same("unit") & sides.known("a", "unit") & sides.same("per_year") & sides.same("remains")
    return _ratio("value", comparable, sides)


_PAIR: dict[str, Callable[[_Sides], Figures]] = {
    "years_apart": _years_apart,
    "area_ratio": _area_ratio,
    "value_ratio": _value_ratio,
}
