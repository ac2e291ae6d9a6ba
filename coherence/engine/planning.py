"""How to find the pairs that fulfil a rule's conditions without looking at every pair.

The conditions are split into the parts that must all hold. Parts on one side alone filter that side. Parts that can
only hold where two facts are equal, or two sets meet, become hash joins; the cheapest join proposes candidates, and
the remaining parts decide. A join is only ever a necessary condition, so a plan can drop no match.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from coherence.engine.compilation import Compiled, compile_condition
from coherence.rule_expressions import Node, conjuncts, facts_in, swap_roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["Join", "PairPlan", "plan_pairs"]

_UNEQUAL_ROLES = frozenset({"interaction", "interaction_from", "interaction_to"})
_COMPARISONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_COMMUTATIVE = frozenset({"and", "or", "eq", "ne", "bwand", "bwor", "bwxor", "add", "mul"})
_TRANSPARENT = frozenset({"add", "sub", "mul", "tdiv", "fdiv", "mod", "negative"})

Need = tuple[Literal["known", "holds"], str, str]
"""A fact that must be known, or must hold (be true, or not empty): (what, root, name)."""


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Keys of the two sides that must meet: equal, sharing a member, or interacting as themes."""

    how: Literal["equal", "meet", "interact"]
    name_a: str
    name_b: str


@dataclass(frozen=True, slots=True)
class PairPlan:
    """How to evaluate conditions over a and b."""

    filter_a: tuple[Compiled, ...]
    filter_b: tuple[Compiled, ...]
    joins: tuple[Join, ...]
    across: tuple[Compiled, ...]
    """Conditions over a and b alone."""
    paired: tuple[Compiled, ...]
    """Conditions that also ask for facts of the pair, which cost more."""
    symmetrical: bool
    """Whether a and b may be exchanged, so that each pair need be looked at in one order only."""


def plan_pairs(conditions: Iterable[Node]) -> PairPlan:
    """Plan conditions over a, b, pair and the rows that stay the same (dossier, missing)."""
    parts = [part for condition in conditions for part in conjuncts(condition)]
    sides: dict[str, list[Node]] = {"a": [], "b": [], "both": []}
    for part in parts:
        roots = {node.root for node in facts_in(part)}
        both = "pair" in roots or {"a", "b"} <= roots
        sides["both" if both else "b" if "b" in roots else "a"].append(part)
    needs = {need for part in sides["both"] for need in _needs(part)}
    known = [_as_filter(root, name) for what, root, name in sorted(needs) if root in ("a", "b") and what == "known"]
    joins = {join for part in sides["both"] for join in _joins(part)}
    for what, root, name in sorted(needs):
        if root == "pair":
            implied = _JOIN_IF_HOLDS.get(name) if what == "holds" else _JOIN_IF_KNOWN.get(name)
            joins |= {implied} if implied else set()
            known += [_as_filter(side, each) for each in _IMPLIED_KNOWN.get(name, ()) for side in ("a", "b")]
    paired = [part for part in sides["both"] if any(node.root == "pair" for node in facts_in(part))]
    return PairPlan(
        filter_a=_compiled([*sides["a"], *(node for side, node in known if side == "a")]),
        filter_b=_compiled([*sides["b"], *(node for side, node in known if side == "b")]),
        joins=tuple(sorted(joins)),
        across=_compiled(part for part in sides["both"] if part not in paired),
        paired=_compiled(paired),
        symmetrical=_is_symmetrical(parts),
    )


def _compiled(parts: Iterable[Node]) -> tuple[Compiled, ...]:
    return tuple(compile_condition(part) for part in dict.fromkeys(parts))


def _as_filter(root: str, name: str) -> tuple[str, Node]:
    fact = Node("fact", "text", root=root, name=name)
    return root, Node("known", "truth", (fact,))


def _needs(node: Node) -> set[Need]:
    """Return what must be known, or hold, of facts for the condition to hold."""
    if node.op in _COMPARISONS:
        return _operands(node.parts[0]) | _operands(node.parts[1]) | _at_least_one(node)
    rule = _NEEDS.get(node.op)
    return rule(node) if rule else set()


def _needs_of_opposite(node: Node) -> set[Need]:
    """Return the same for the condition to fail, being known."""
    if node.op in _COMPARISONS:
        return _operands(node.parts[0]) | _operands(node.parts[1])
    return _needs(node.parts[0]) if node.op == "is_empty" else set()


_NEEDS: dict[str, Callable[[Node], set[Need]]] = {
    "fact": lambda node: {("holds", node.root, node.name)},
    "and": lambda node: _needs(node.parts[0]) | _needs(node.parts[1]),
    "or": lambda node: _needs(node.parts[0]) & _needs(node.parts[1]),
    "bwand": lambda node: _needs(node.parts[0]) | _needs(node.parts[1]),
    "in": lambda node: _operands(node.parts[0]) | _needs(node.parts[1]),
    "within": lambda node: _operands(node.parts[0]) | _operands(node.parts[1]),
    "not": lambda node: _needs_of_opposite(node.parts[0]),
    "known": lambda node: _operands(node.parts[0]),
    "match": lambda node: _operands(node.parts[0]),
    "search": lambda node: _operands(node.parts[0]),
}


def _operands(node: Node) -> set[Need]:
    """Return the facts that must be known for the value of ``node`` to be known."""
    if node.op == "fact":
        return {("known", node.root, node.name)}
    if node.op in _TRANSPARENT:
        return {need for part in node.parts for need in _operands(part)}
    return set()


def _at_least_one(node: Node) -> set[Need]:
    """Read ``SET.length >= 1`` and ``SET.length > 0`` as: the set is not empty."""
    left, right = node.parts
    least = {"ge": 1, "gt": 0, "eq": 1}.get(node.op)
    if left.op != "length" or least is None or not isinstance(right.value, Decimal):
        return set()
    return _needs(left.parts[0]) if right.value >= least else set()


def _joins(node: Node) -> Iterator[Join]:
    """Yield the joins that a condition over a and b directly asks for."""
    if node.op not in ("eq", "bwand", "in"):
        return
    left, right = node.parts
    if left.op != "fact" or right.op != "fact" or {left.root, right.root} != {"a", "b"}:
        return
    names = {left.root: left.name, right.root: right.name}
    if node.op != "eq" or left.kind != "set":
        yield Join("equal" if node.op == "eq" else "meet", names["a"], names["b"])


_JOIN_IF_HOLDS: dict[str, Join] = {
    "shared_themes": Join("meet", "themes", "themes"),
    "shared_theme_groups": Join("meet", "theme_groups", "theme_groups"),
    "shared_ecosystems": Join("meet", "ecosystems", "ecosystems"),
    "shared_places": Join("meet", "places", "places"),
    "shared_targets": Join("meet", "official_targets", "official_targets"),
    "same_unit": Join("equal", "unit", "unit"),
    "same_value": Join("equal", "unit", "unit"),
    "same_document": Join("equal", "document", "document"),
    "same_instrument": Join("equal", "instrument", "instrument"),
}
_JOIN_IF_KNOWN: dict[str, Join] = {
    "value_ratio": Join("equal", "unit", "unit"),
    "interaction": Join("interact", "themes", "themes"),
    "interaction_from": Join("interact", "themes", "themes"),
    "interaction_to": Join("interact", "themes", "themes"),
}
_IMPLIED_KNOWN: dict[str, tuple[str, ...]] = {
    "years_apart": ("target_year",),
    "area_ratio": ("area_ha",),
    "same_unit": ("unit",),
    "value_ratio": ("unit", "value"),
    "same_value": ("unit",),
}


def _is_symmetrical(parts: list[Node]) -> bool:
    if any(node.root == "pair" and node.name in _UNEQUAL_ROLES for part in parts for node in facts_in(part)):
        return False
    return {_ordered(part) for part in parts} == {_ordered(swap_roles(part)) for part in parts}


def _ordered(node: Node) -> Node:
    """Return the tree with the parts of commutative operators in one fixed order."""
    parts = tuple(_ordered(part) for part in node.parts)
    return node._replace(parts=tuple(sorted(parts, key=repr)) if node.op in _COMMUTATIVE else parts)
