"""How to find the pairs that fulfil a rule's conditions without looking at every pair.

The conditions are split into the parts that must all hold, and each part is put to its use:

1. Parts on one commitment alone filter that side, and so does what other parts imply of one side (a comparison holds
   only where both facts are known; ``pair.shared_themes has "x"`` only where both themes have it).
2. Parts that can only hold where two facts are equal become keys of one index (`Join.how == "equal"`).
3. Parts that can only hold where two sets share a member, or their themes interact, are ways to look up candidates
   through the members ("meet", "interact").
4. Parts that bound a number of b by one of a (years apart, ratio of areas, one year before the other) are bands: a
   range of the index, sorted by that number.
5. The remaining parts decide on the candidates, cheapest first (``cost_of`` in vectors.py).

Which of the ways of 3 and 4 proposes the fewest candidates depends on the facts: matching.py counts, and chooses. Every
join and band is only ever a necessary condition, so a plan can drop no match.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from coherence.engine.columnwise import COMPARISONS
from coherence.engine.table import INCLUDING
from coherence.engine.vectors import cost_of
from coherence.pair_facts import SAME_FROM, SHARED
from coherence.rule_expressions import Node, conjuncts, facts_in, swap_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Band", "Join", "PairPlan", "plan_pairs"]

_UNEQUAL_ROLES = frozenset({
    "interaction", "interaction_from", "interaction_to", "effect", "effect_mechanism", "lever", "lever_end",
    "lever_strength", "lever_general", "lever_mains", "lever_way", "lever_back", "within_works", "within_precise_works",
    "linked_works", "counterpart",
})  # fmt: skip
_COMMUTATIVE = frozenset({"and", "or", "eq", "ne", "bwand", "bwor", "bwxor", "add", "mul"})
_TRANSPARENT = frozenset({"call", "add", "sub", "mul", "tdiv", "fdiv", "mod", "negative"})
_MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}

Need = tuple[Literal["known", "holds"], str, str]
"""A fact that must be known, or must hold (be true, or not empty): (what, root, name)."""


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Keys of the two sides that must meet: equal, sharing a member, or interacting as themes."""

    how: Literal["equal", "meet", "interact"]
    name_a: str
    name_b: str


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """A range that a number of b must lie in, given one of a.

    ``apart``: at most ``bound`` from it; ``ratio``: the smaller at least ``bound`` of the larger; ``least`` and
    ``most``: at least, or at most, as large (``bound`` is 0).
    """

    how: Literal["apart", "ratio", "least", "most"]
    name_a: str
    name_b: str
    bound: float = 0.0


@dataclass(frozen=True, slots=True)
class PairPlan:
    """How to evaluate conditions over a and b."""

    filter_a: tuple[Node, ...]
    filter_b: tuple[Node, ...]
    """Written as conditions on ``a``, so that rules share their truth whichever side they filter."""
    joins: tuple[Join, ...]
    bands: tuple[Band, ...]
    residual: tuple[Node, ...]
    """Conditions on both, cheapest first, without those that the joins on equality prove."""
    symmetrical: bool
    """Whether a and b may be exchanged, so that each pair need be looked at in one order only."""


@lru_cache(maxsize=4096)
def plan_pairs(conditions: tuple[Node, ...]) -> PairPlan:
    """Plan conditions over a, b, pair and the rows that stay the same (dossier, missing)."""
    parts = tuple(dict.fromkeys(part for condition in conditions for part in conjuncts(condition)))
    sides: dict[str, list[Node]] = {"a": [], "b": [], "both": []}
    for part in parts:
        sides[_side(part)].append(part)
    joins: set[Join] = set()
    bands: set[Band] = set()
    for part in sides["both"]:
        joins.update(_joins(part))
        bands.update(_bands(part))
        for implied in _implied(part):
            sides[_side(implied)].append(implied)
        for what, root, name in sorted(_needs(part)):
            if root == "pair":
                joins.update(_JOINS_IF_HOLDS.get(name, ()) if what == "holds" else _JOINS_IF_KNOWN.get(name, ()))
    return PairPlan(
        filter_a=tuple(dict.fromkeys(sides["a"])),
        filter_b=tuple(dict.fromkeys(swap_roles(part) for part in sides["b"])),
        joins=tuple(sorted(joins)),
        bands=tuple(sorted(bands)),
        residual=tuple(sorted((part for part in sides["both"] if not _is_proven(part)), key=cost_of)),
        symmetrical=_is_symmetrical(parts),
    )


def _side(part: Node) -> str:
    roots = {node.root for node in facts_in(part)}
    if "pair" in roots or {"a", "b"} <= roots:
        return "both"
    return "b" if "b" in roots else "a"


def _is_proven(part: Node) -> bool:
    """Return whether a join on equality says the same as this part."""
    return part.op == "eq" and part.parts[0].kind != "set" and any(True for _ in _joins(part))


def _fact(root: str, name: str) -> Node:
    return Node("fact", "text", root=root, name=name)


def _known(root: str, name: str) -> Node:
    return Node("known", "truth", (_fact(root, name),))


# What a part implies of one side.


def _implied(part: Node) -> Iterator[Node]:
    """Yield conditions on one side that must hold for a condition on both to hold."""
    for what, root, name in sorted(_needs(part)):
        if root in ("a", "b") and what == "known":
            yield _known(root, name)
        elif root == "pair":
            for own in _KNOWN_SIDES.get(name, ()):
                yield from (_known(side, own) for side in ("a", "b"))
    yield from _implied_by_shared(part)


def _implied_by_shared(part: Node) -> Iterator[Node]:
    """Read ``pair.shared_themes has "x"`` as: both sides have it; with a fact for "x": the other side has it."""
    for node in _shared_operands(part):
        member, shared = node.parts
        if shared.root != "pair" or shared.name not in SHARED:
            continue
        for side in ("a", "b"):
            own = Node("fact", "set", root=side, name=SHARED[shared.name])
            implied = node._replace(parts=(member, own))
            if _side(implied) != "both":
                yield implied


def _shared_operands(part: Node) -> Iterator[Node]:
    """Yield the part as ``member in fact``, or as ``constant set & fact``."""
    if part.op == "in" and part.parts[1].op == "fact":
        yield part
    if part.op == "bwand":
        for one, other in (part.parts, part.parts[::-1]):
            if one.op == "constant" and other.op == "fact":
                yield part._replace(parts=(one, other))


def _needs(node: Node) -> set[Need]:
    """Return what must be known, or hold, of facts for the condition to hold."""
    if node.op in COMPARISONS:
        return _operands(node.parts[0]) | _operands(node.parts[1]) | _at_least_one(node)
    rule = _NEEDS.get(node.op)
    return rule(node) if rule else set()


def _needs_of_opposite(node: Node) -> set[Need]:
    """Return the same for the condition to fail, being known."""
    if node.op in COMPARISONS:
        return _operands(node.parts[0]) | _operands(node.parts[1])
    return _needs(node.parts[0]) if node.op == "is_empty" else set()


def _operands(node: Node) -> set[Need]:
    """Return the facts that must be known for the value of ``node`` to be known."""
    if node.op == "fact":
        return {("known", node.root, node.name)}
    if node.op in _TRANSPARENT:
        return {need for part in node.parts for need in _operands(part)}
    return set()


_NEEDS: dict[str, Callable[[Node], set[Need]]] = {
    "fact": lambda node: {("holds", node.root, node.name)},
    "and": lambda node: _needs(node.parts[0]) | _needs(node.parts[1]),
    "or": lambda node: _needs(node.parts[0]) & _needs(node.parts[1]),
    "bwand": lambda node: _needs(node.parts[0]) | _needs(node.parts[1]),
    "in": lambda node: _operands(node.parts[0]) | _needs(node.parts[1]),
    "within": lambda node: _operands(node.parts[0]) | _operands(node.parts[1]),
    "not": lambda node: _needs_of_opposite(node.parts[0]),
    "known": lambda node: _operands(node.parts[0]),
    "call": _operands,
    "match": lambda node: _operands(node.parts[0]),
    "search": lambda node: _operands(node.parts[0]),
}


def _at_least_one(node: Node) -> set[Need]:
    """Read ``SET.length >= 1`` and ``SET.length > 0`` as: the set is not empty."""
    left, right = node.parts
    least = {"ge": 1, "gt": 0, "eq": 1}.get(node.op)
    if left.op != "length" or least is None or not isinstance(right.value, Decimal):
        return set()
    return _needs(left.parts[0]) if right.value >= least else set()


# Joins and bands.


def _joins(node: Node) -> Iterator[Join]:
    """Yield the joins that a condition over a and b directly asks for."""
    if node.op == "call" and node.name == "is_a":
        yield from _theme_joins(*node.parts)
    if node.op not in ("eq", "bwand", "in"):
        return
    for left, right in _with_shared_read(node):
        if left.op != "fact" or right.op != "fact" or {left.root, right.root} != {"a", "b"}:
            continue
        names = {left.root: left.name, right.root: right.name}
        if node.op != "eq" or left.kind in ("text", "number", "truth"):
            yield Join("equal" if node.op == "eq" else "meet", names["a"], names["b"])


def _theme_joins(themes: Node, wanted: Node) -> Iterator[Join]:
    """Read ``is_a(a.themes, b.theme)`` as: what includes a theme of a, and the theme of b, share a member."""
    if themes.op == wanted.op == "fact" and {themes.root, wanted.root} == {"a", "b"}:
        names = {themes.root: INCLUDING + themes.name, wanted.root: wanted.name}
        yield Join("meet", names["a"], names["b"])


def _with_shared_read(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the two operands; ``pair.shared_themes has a.theme`` is read as ``b.themes has a.theme``."""
    left, right = node.parts
    yield left, right
    if node.op == "in" and right.root == "pair" and right.name in SHARED and left.root in ("a", "b"):
        other = "b" if left.root == "a" else "a"
        yield left, right._replace(root=other, name=SHARED[right.name])


_ONE_UNIT = (Join("equal", "unit", "unit"),)
_ONE_RATE = (*_ONE_UNIT, Join("equal", "per_year", "per_year"))
_INTERACT = (Join("interact", "themes", "themes"),)
_JOINS_IF_HOLDS: dict[str, tuple[Join, ...]] = {
    **{name: (Join("meet", own, own),) for name, own in SHARED.items()},
    "shared_terms": (Join("meet", "terms", "terms"),),
    "counterpart": (Join("meet", "subjects", "subjects"),),
    "same_unit": _ONE_UNIT,
    "same_value": _ONE_RATE,
    "same_document": (Join("equal", "document", "document"),),
    "same_instrument": (Join("equal", "instrument", "instrument"),),
}
_JOINS_IF_KNOWN: dict[str, tuple[Join, ...]] = {
    "value_ratio": _ONE_RATE,
    "area_ratio": (Join("equal", "area_per_year", "area_per_year"),),
    **dict.fromkeys(("interaction", "interaction_from", "interaction_to"), _INTERACT),
}
_KNOWN_SIDES: dict[str, tuple[str, ...]] = {
    "years_apart": ("target_year",),
    "area_ratio": ("area_ha",),
    "same_unit": ("unit",),
    "value_ratio": ("unit", "value"),
    "same_value": ("unit",),
    "period_years": ("area_ha",),
    "period_area_ha": ("area_ha",),
    "effect": ("theme",),
    "effect_mechanism": ("theme",),
}
_RATIOS = {"area_ratio": "area_ha", "value_ratio": "value"}


def _bands(node: Node) -> Iterator[Band]:
    """Yield the ranges that a condition puts a number of b in, given one of a."""
    if node.op == "fact" and node.root == "pair" and node.name == "same_value":
        yield Band("ratio", "value", "value", SAME_FROM)
    if node.op not in COMPARISONS or node.op == "ne":
        return
    for (left, right), sign in ((node.parts, node.op), (node.parts[::-1], _MIRRORED[node.op])):
        if left.root == "pair" and isinstance(right.value, Decimal):
            yield from _pair_band(left.name, sign, float(right.value))
        elif left.kind == "number" and left.op == right.op == "fact" and (left.root, right.root) == ("b", "a"):
            if sign in ("gt", "ge"):
                yield Band("least", right.name, left.name)
            elif sign in ("lt", "le"):
                yield Band("most", right.name, left.name)


def _pair_band(name: str, sign: str, bound: float) -> Iterator[Band]:
    if name == "years_apart" and sign in ("lt", "le", "eq"):
        yield Band("apart", "target_year", "target_year", bound)
    if name in _RATIOS and sign in ("gt", "ge", "eq") and bound > 0:
        yield Band("ratio", _RATIOS[name], _RATIOS[name], bound)


# Exchanging the roles.


def _is_symmetrical(parts: Iterable[Node]) -> bool:
    parts = tuple(parts)
    if any(node.root == "pair" and node.name in _UNEQUAL_ROLES for part in parts for node in facts_in(part)):
        return False
    return {_ordered(part) for part in parts} == {_ordered(swap_roles(part)) for part in parts}


def _ordered(node: Node) -> Node:
    """Return the tree with the parts of commutative operators in one fixed order."""
    parts = tuple(_ordered(part) for part in node.parts)
    return node._replace(parts=tuple(sorted(parts, key=repr)) if node.op in _COMMUTATIVE else parts)
