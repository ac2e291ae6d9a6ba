"""The rules by a nested loop over rule-engine itself: slow, and as plain as can be.

rule-engine has no third truth value. So each condition is written twice in rule-engine's own words: once as what makes
it true, once as what makes it false; each says first which facts must be known. Nothing of the engine is used but the
tree of the condition, and the facts of a pair.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import rule_engine

from coherence.engine.rows import row_of
from coherence.pair_facts import PAIR_INPUTS, InteractionTable, PairRow
from coherence.rule_functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.fact_models import FactBase
    from coherence.rule_expressions import Node
    from coherence.rule_models import Condition, Rule

__all__ = ["matches", "naive_condition"]

_SIGNS = {
    "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "add": "+", "sub": "-", "mul": "*",
    "tdiv": "/", "fdiv": "//", "mod": "%", "bwand": "&", "bwor": "|", "bwxor": "^", "in": "in", "within": "in",
    "match": "=~", "search": "=~~", "otherwise": "??",
}  # fmt: skip
_DIVISIONS = ("tdiv", "fdiv", "mod")
_CONTEXT = rule_engine.Context(resolver=rule_engine.resolve_item, default_timezone="utc")
Found = tuple[tuple[str, ...], str | None]
"""The ids of the commitments, and the instrument in which something is missing."""


def _value(node: Node) -> str:
    if node.op == "fact":
        return f"{node.root}_{node.name}"
    if node.op == "constant":
        return _literal(node.value)
    if node.op == "negative":
        return f"(-{_value(node.parts[0])})"
    if node.op == "call":
        return f"{node.name}({', '.join(_value(part) for part in node.parts)})"
    if node.op in ("length", "is_empty"):
        return f"({_value(node.parts[0])}).{node.op}"
    left, right = (_value(part) for part in node.parts)
    return f"({left} {_SIGNS[node.op]} {right})"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(_literal(each) for each in value)) + "}"
    text = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _known(node: Node) -> str:
    """Return what says that the value is known, in an order in which nothing unknown is computed with."""
    if node.op == "fact":
        return f"({_value(node)} != null)"
    if node.op in ("constant", "known", "unknown"):
        return "true"
    if node.op == "otherwise":
        return f"({_known(node.parts[0])} or {_known(node.parts[1])})"
    if node.op in ("and", "or", "not"):
        return f"({_true(node)} or {_false(node)})"
    if node.op == "call":
        return "(" + " and ".join([*(_known(part) for part in node.parts), f"({_value(node)} != null)"]) + ")"
    parts = " and ".join(_known(part) for part in node.parts)
    divisor = f" and ({_value(node.parts[1])} != 0)" if node.op in _DIVISIONS else ""
    return f"({parts}{divisor})"


def _true(node: Node) -> str:
    if node.op == "not":
        return _false(node.parts[0])
    if node.op in ("and", "or"):
        return f"({_true(node.parts[0])} {node.op} {_true(node.parts[1])})"
    if node.op == "known":
        return _known(node.parts[0])
    if node.op == "unknown":
        return f"(not {_known(node.parts[0])})"
    return f"({_known(node)} and {_value(node)})"


def _false(node: Node) -> str:
    if node.op == "not":
        return _true(node.parts[0])
    if node.op in ("and", "or"):
        other = "or" if node.op == "and" else "and"
        return f"({_false(node.parts[0])} {other} {_false(node.parts[1])})"
    if node.op in ("known", "unknown"):
        return f"(not {_true(node)})"
    return f"({_known(node)} and not ({_value(node)}))"


@cache
def naive_condition(node: Node) -> rule_engine.Rule:
    """Return a rule that matches facts flattened (``a_area_ha``) where the condition is true."""
    return rule_engine.Rule(_true(node), context=_CONTEXT)


def _plain(compute: Any) -> Any:
    """Take and give what rule-engine holds: sets instead of frozensets."""
    return lambda *values: compute(*(frozenset(each) if isinstance(each, (set, tuple)) else each for each in values))


FUNCTIONS_BY_NAME = {name: _plain(each.compute) for name, each in FUNCTIONS.items()}


def _flat(**rows: Any) -> dict[str, Any]:
    return FUNCTIONS_BY_NAME | {
        f"{root}_{name}": set(value) if isinstance(value, frozenset) else value
        for root, row in rows.items()
        for name, value in row.items()
    }


def _hold(conditions: tuple[Condition, ...], facts: dict[str, Any]) -> bool:
    return all(naive_condition(each.expression.node).matches(facts) for each in conditions)


class _Naive:
    def __init__(self, rule: Rule, base: FactBase, interactions: InteractionTable) -> None:
        self.rule = rule
        self.interactions = interactions
        self.rows = [row_of(each) for each in base.commitments]
        self.documents = {each.path: row_of(each) for each in base.documents}
        self.dossier = row_of(base.dossier)

    def _pair(self, a: Any, b: Any) -> dict[str, Any]:
        row = PairRow(a, b, self.interactions)
        return {name: row[name] for name in PAIR_INPUTS}

    def commitment(self) -> Iterator[Found]:
        for a in self.rows:
            if _hold(self.rule.where, _flat(a=a, doc=self.documents[a["document"]], dossier=self.dossier)):
                yield (a["id"],), None

    def pair(self) -> Iterator[Found]:
        within = self.rule.spec.within
        for a in self.rows:
            for b in self.rows:
                if a is b or (within is None and a["instrument"] == b["instrument"]):
                    continue
                if within in ("document", "instrument") and a[within] != b[within]:
                    continue
                if _hold(self.rule.where, _flat(a=a, b=b, pair=self._pair(a, b), dossier=self.dossier)):
                    yield (a["id"], b["id"]), None

    def absence(self) -> Iterator[Found]:
        for instrument in self.rule.spec.counterpart_in:
            missing = {"instrument": instrument}
            if instrument not in self.dossier["instruments"]:
                continue
            for a in self.rows:
                view = {"a": a, "doc": self.documents[a["document"]], "dossier": self.dossier, "missing": missing}
                if a["instrument"] == instrument or not _hold(self.rule.where, _flat(**view)):
                    continue
                partners = (b for b in self.rows if b["instrument"] == instrument)
                views = (view | {"b": b, "pair": self._pair(a, b)} for b in partners)
                if not any(_hold(self.rule.unless, _flat(**each)) for each in views):
                    yield (a["id"],), instrument

    def dossier_(self) -> Iterator[Found]:
        if self.rule.spec.each == "document":
            views = [{"doc": each, "dossier": self.dossier} for each in self.documents.values()]
            yield from (((), None) for view in views if _hold(self.rule.where, _flat(**view)))
        elif _hold(self.rule.where, _flat(dossier=self.dossier)):
            yield (), None


def matches(rule: Rule, base: FactBase, interactions: InteractionTable) -> list[Found]:
    """Return what the rule matches; a pair in each order in which it matches."""
    naive = _Naive(rule, base, interactions)
    scopes = {"commitment": naive.commitment, "pair": naive.pair, "absence": naive.absence, "dossier": naive.dossier_}
    return list(scopes[rule.spec.scope]())
