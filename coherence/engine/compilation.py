"""Conditions as closures: rule-engine's semantics over what is known, three-valued logic over what is not.

Every closure takes the rows in view and returns a value, or None where the value depends on a fact that is not known.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import re2

from coherence.engine.rows import Env
from coherence.rule_functions import FUNCTIONS

if TYPE_CHECKING:
    from coherence.rule_expressions import Node

__all__ = ["Compiled", "compile_condition"]

Compiled: TypeAlias = Callable[[Env], Any]

_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
    "bwand": operator.and_, "bwor": operator.or_, "bwxor": operator.xor,
    "in": lambda member, container: member in container,
    "within": lambda part, whole: part in whole,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul,
    "tdiv": operator.truediv, "fdiv": operator.floordiv, "mod": operator.mod,
}  # fmt: skip


@lru_cache(maxsize=8192)
def compile_condition(node: Node) -> Compiled:
    """Return a closure that yields True, False, or None for unknown."""
    compiled = _compile(node)
    if node.kind != "set":
        return compiled

    def not_empty(env: Env) -> bool | None:
        value = compiled(env)
        return None if value is None else bool(value)

    return not_empty


def _compile(node: Node) -> Compiled:
    if node.op == "fact":
        return _fact(node.root, node.name)
    if node.op == "constant":
        value = node.value
        return lambda _: value
    if node.op in _BINARY:
        return _binary(node, _BINARY[node.op])
    if node.op in _ARITHMETIC:
        return _arithmetic(node, _ARITHMETIC[node.op])
    return _OTHERS[node.op](node)


def _fact(root: str, name: str) -> Compiled:
    return lambda env: env[root][name]


def _binary(node: Node, apply: Callable[[Any, Any], Any]) -> Compiled:
    left, right = node.parts
    if left.op == "fact" and right.op == "constant":
        return _fact_with_constant(left, right.value, apply)
    first, second = _compile(left), _compile(right)

    def compute(env: Env) -> Any:
        one = first(env)
        if one is None:
            return None
        other = second(env)
        return None if other is None else apply(one, other)

    return compute


def _fact_with_constant(fact: Node, constant: Any, apply: Callable[[Any, Any], Any]) -> Compiled:
    root, name = fact.root, fact.name

    def compute(env: Env) -> Any:
        value = env[root][name]
        return None if value is None else apply(value, constant)

    return compute


def _arithmetic(node: Node, apply: Callable[[Any, Any], Any]) -> Compiled:
    first, second = _compile(node.parts[0]), _compile(node.parts[1])

    def compute(env: Env) -> Decimal | None:
        one, other = first(env), second(env)
        if one is None or other is None:
            return None
        try:
            return Decimal(apply(one, other))
        except ArithmeticError:
            # A division by zero has no value: not known, so never a match.
            return None

    return compute


def _and(node: Node) -> Compiled:
    first, second = (compile_condition(part) for part in node.parts)

    def compute(env: Env) -> bool | None:
        one = first(env)
        if one is False:
            return False
        other = second(env)
        return other if one or other is False else None

    return compute


def _or(node: Node) -> Compiled:
    first, second = (compile_condition(part) for part in node.parts)

    def compute(env: Env) -> bool | None:
        one = first(env)
        if one:
            return True
        other = second(env)
        return other if one is False or other else None

    return compute


def _not(node: Node) -> Compiled:
    part = compile_condition(node.parts[0])

    def compute(env: Env) -> bool | None:
        value = part(env)
        return None if value is None else not value

    return compute


def _call(node: Node) -> Compiled:
    compute = FUNCTIONS[node.name].compute
    parts = [_compile(part) for part in node.parts]

    def call(env: Env) -> Any:
        values = [part(env) for part in parts]
        return None if any(value is None for value in values) else compute(*values)

    return call


def _known(node: Node) -> Compiled:
    part = _compile(node.parts[0])
    return lambda env: part(env) is not None


def _unknown(node: Node) -> Compiled:
    part = _compile(node.parts[0])
    return lambda env: part(env) is None


def _otherwise(node: Node) -> Compiled:
    first, second = _compile(node.parts[0]), _compile(node.parts[1])

    def compute(env: Env) -> Any:
        value = first(env)
        return second(env) if value is None else value

    return compute


def _of_one(apply: Callable[[Any], Any]) -> Callable[[Node], Compiled]:
    def build(node: Node) -> Compiled:
        part = _compile(node.parts[0])

        def compute(env: Env) -> Any:
            value = part(env)
            return None if value is None else apply(value)

        return compute

    return build


def _pattern(anchored: bool) -> Callable[[Node], Compiled]:
    def build(node: Node) -> Compiled:
        part = _compile(node.parts[0])
        pattern = re2.compile(node.parts[1].value)
        find = pattern.match if anchored else pattern.search

        def compute(env: Env) -> bool | None:
            value = part(env)
            return None if value is None else find(value) is not None

        return compute

    return build


_OTHERS: dict[str, Callable[[Node], Compiled]] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "call": _call,
    "known": _known,
    "unknown": _unknown,
    "otherwise": _otherwise,
    "negative": _of_one(operator.neg),
    "length": _of_one(lambda members: Decimal(len(members))),
    "is_empty": _of_one(lambda members: not members),
    "match": _pattern(anchored=True),
    "search": _pattern(anchored=False),
}
