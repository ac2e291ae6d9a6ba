"""The same rules as polars expressions: a join of the commitments with themselves, then a filter."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter
from typing import TYPE_CHECKING, Any

import polars as pl

from coherence.engine.scopes import plan_of
from coherence.fact_models import FACTS
from coherence.pair_facts import SHARED
from coherence.rule_expressions import Node, conjuncts, facts_in, roots_in
from rivals.sql import effects, frame, interactions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coherence.fact_models import FactBase
    from coherence.rule_models import Rule

_FEWEST_WORDS = 5
_SAME_FROM = 0.995


class Frames:
    """The rules over one set of dossiers."""

    def __init__(self, bases: Sequence[FactBase]) -> None:
        """Load the facts."""
        start = perf_counter()
        self.commitments = frame(bases)
        self.interacting = interactions_of(bases)
        self.effects = effects()
        self.instruments = pl.DataFrame(
            {"block": range(len(bases)), "present": [sorted(base.dossier.instruments) for base in bases]}
        )
        self.load_seconds = perf_counter() - start

    def run(self, rule: Rule) -> tuple[Any, float]:
        """Return the rows of a pair rule's matches as (a, b), or those of an absence rule by instrument."""
        start = perf_counter()
        if rule.spec.scope == "pair":
            found = self._pairs(rule)
            return (found["row"].to_numpy(), found["row_b"].to_numpy()), perf_counter() - start
        parts = [self._alone(rule, each) for each in rule.spec.counterpart_in]
        return parts, perf_counter() - start

    def _pairs(self, rule: Rule) -> pl.DataFrame:
        plan = plan_of(rule)
        nodes = [part for each in rule.where for part in conjuncts(each.expression.node)]
        equal = [(join.name_a, join.name_b) for join in plan.joins if join.how == "equal"]
        meeting = next((join for join in plan.joins if join.how == "meet"), None)
        if rule.spec.within in ("document", "instrument"):
            equal.append((rule.spec.within, rule.spec.within))
        equal = list(dict.fromkeys(equal))
        joined = self._joined(nodes, equal, meeting if not equal else None)
        if rule.spec.within is None:
            joined = joined.filter(pl.col("instrument") != pl.col("instrument_b"))
        kept = joined.filter(pl.col("row") != pl.col("row_b"), *(self._condition(part) for part in nodes))
        return kept.select("row", "row_b").unique().collect()

    def _joined(self, nodes: list[Node], equal: list[tuple[str, str]], meeting: Any) -> pl.LazyFrame:
        """Join both sides, each filtered first, on what must be equal; else on members of sets that must meet."""
        sides = {}
        for role in "ab":
            own = [part for part in nodes if roots_in(part) == {role}]
            side = self.commitments.lazy().filter(*(self._condition(part, flat=True) for part in own))
            name = getattr(meeting, f"name_{role}", None)
            if name is not None:
                side = side.with_columns(pl.col(name).alias("member"))
                side = side.explode("member") if FACTS["a"][name].kind == "set" else side
            sides[role] = side
        member = ["member"] if meeting is not None else []
        left = ["block", *(one for one, _ in equal), *member]
        right = ["block", *(other for _, other in equal), *member]
        joined = sides["a"].join(sides["b"], left_on=left, right_on=right, how="inner", suffix="_b", coalesce=False)
        return self._looked_up(joined, nodes)

    def _looked_up(self, joined: pl.LazyFrame, nodes: list[Node]) -> pl.LazyFrame:
        names = {each.name for node in nodes for each in facts_in(node) if each.root == "pair"}
        if any(name.startswith("interaction") for name in names):
            on = {"left_on": ["theme_set", "theme_set_b"], "right_on": ["set_a", "set_b"]}
            joined = joined.join(self.interacting.lazy(), how="left", **on)
        if any(name.startswith("effect") for name in names):
            on = {"left_on": ["theme_b", "theme"], "right_on": ["theme_b", "theme_a"]}
            joined = joined.join(self.effects.lazy(), how="left", suffix="_e", **on)
        return joined

    def _alone(self, rule: Rule, instrument: str) -> Any:
        where, unless = (
            [_told(part, instrument) for each in conditions for part in conjuncts(each.expression.node)]
            for conditions in (rule.where, rule.unless)
        )
        present = self.instruments.filter(pl.col("present").list.contains(instrument)).select("block")
        concerned = self.commitments.lazy().join(present.lazy(), on="block", how="semi")
        concerned = concerned.filter(pl.col("instrument") != instrument, *(self._condition(part) for part in where))
        others = self.commitments.lazy().filter(pl.col("instrument") == instrument)
        pairs = self._looked_up(concerned.join(others, on="block", suffix="_b", coalesce=False), unless)
        found = pairs.filter(*(self._condition(part) for part in unless)).select("row").unique()
        return concerned.join(found, on="row", how="anti").select("row").collect()["row"].sort().to_numpy()

    def _condition(self, node: Node, *, flat: bool = False) -> pl.Expr:
        """Return a condition; ``flat``: b has the plain names, as its side stands alone."""
        value = _expression(node, flat=flat)
        return value.list.len() > 0 if node.kind == "set" else value


def _told(node: Node, missing: str) -> Node:
    """Return the condition with the missing instrument written out."""
    if node.op == "fact" and node.root == "missing":
        return Node("constant", "text", value=missing)
    return node._replace(parts=tuple(_told(part, missing) for part in node.parts))


def _expression(node: Node, *, flat: bool) -> pl.Expr:
    if node.op == "fact":
        return _fact(node, flat=flat)
    if node.op == "constant":
        return _constant(node.value)
    if node.op in ("and", "or", "not", "bwand"):
        return _logic(node, flat=flat)
    if node.op == "in":
        return _contains(node, flat=flat)
    parts = [_expression(part, flat=flat) for part in node.parts]
    if node.op in ("match", "search"):
        pattern = str(node.parts[1].value)
        return parts[0].str.contains(f"^(?:{pattern})" if node.op == "match" else pattern)
    return _FORMS[node.op](*parts)


def _constant(value: Any) -> pl.Expr:
    if isinstance(value, frozenset):
        return pl.lit(pl.Series([sorted(value)])).first()
    return pl.lit(float(value) if isinstance(value, Decimal) else value)


def _truth(node: Node, *, flat: bool) -> pl.Expr:
    value = _expression(node, flat=flat)
    return value.list.len() > 0 if node.kind == "set" else value


def _logic(node: Node, *, flat: bool) -> pl.Expr:
    if node.op == "not":
        return ~_truth(node.parts[0], flat=flat)
    if node.op == "bwand":
        left, right = (_expression(part, flat=flat) for part in node.parts)
        return left.list.set_intersection(right)
    left, right = (_truth(part, flat=flat) for part in node.parts)
    return left & right if node.op == "and" else left | right


def _contains(node: Node, *, flat: bool) -> pl.Expr:
    member = _expression(node.parts[0], flat=flat)
    if node.parts[1].op == "constant":
        return member.is_in(sorted(node.parts[1].value))
    found = _expression(node.parts[1], flat=flat).list.contains(member)
    return pl.when(member.is_null()).then(None).otherwise(found)


_FORMS: dict[str, Callable[..., pl.Expr]] = {
    "eq": lambda one, other: one == other,
    "ne": lambda one, other: one != other,
    "lt": lambda one, other: one < other,
    "le": lambda one, other: one <= other,
    "gt": lambda one, other: one > other,
    "ge": lambda one, other: one >= other,
    "add": lambda one, other: one + other,
    "sub": lambda one, other: one - other,
    "mul": lambda one, other: one * other,
    "tdiv": lambda one, other: pl.when(other != 0).then(one / other),
    "known": lambda one: one.is_not_null(),
    "unknown": lambda one: one.is_null(),
    "otherwise": pl.coalesce,
    "bwor": lambda one, other: one.list.set_union(other),
    "length": lambda one: one.list.len(),
    "is_empty": lambda one: one.list.len() == 0,
}


def _fact(node: Node, *, flat: bool) -> pl.Expr:
    if node.root == "doc":
        return pl.col(f"doc_{node.name}")
    if node.root != "pair":
        return pl.col(node.name if node.root == "a" or flat else f"{node.name}_b")
    if node.name in SHARED:
        own = SHARED[node.name]
        return pl.col(own).list.set_intersection(pl.col(f"{own}_b"))
    return _PAIR[node.name]() if node.name in _PAIR else pl.col(node.name)


def _both(name: str) -> tuple[pl.Expr, pl.Expr]:
    return pl.col(name), pl.col(f"{name}_b")


def _same(name: str) -> pl.Expr:
    one, other = _both(name)
    return one == other


def _ratio(name: str, comparable: pl.Expr) -> pl.Expr:
    one, other = _both(name)
    low, high = pl.min_horizontal(one, other), pl.max_horizontal(one, other)
    known = comparable & one.is_not_null() & other.is_not_null()
    return pl.when(known & (one == other)).then(1.0).when(known & (low >= 0)).then(low / high)


def _value_ratio() -> pl.Expr:
    return _ratio("value", _same("unit").fill_null(value=False) & _same("per_year"))


def _years_apart() -> pl.Expr:
    one, other = _both("target_year")
    return (one - other).abs()


def _period() -> pl.Expr:
    known = pl.col("area_ha").is_not_null() & pl.col("area_ha_b").is_not_null()
    yearly = pl.col("area_per_year")
    years = pl.when(yearly).then(pl.col("target_year") - pl.col("start_year"))
    years = years.otherwise(pl.col("target_year_b") - pl.col("start_year_b"))
    return pl.when(known & (yearly != pl.col("area_per_year_b")) & (years > 0)).then(years)


def _shared_wording() -> pl.Expr:
    one, other = _both("word_list")
    least = pl.min_horizontal(one.list.len(), other.list.len())
    share = (one.list.set_intersection(other).list.len() / least).round(2)
    return pl.when(_same("language") & (least >= _FEWEST_WORDS)).then(share)


_PAIR: dict[str, Callable[[], pl.Expr]] = {
    "places_known": lambda: (pl.col("places").list.len() > 0) & (pl.col("places_b").list.len() > 0),
    "years_apart": _years_apart,
    "area_ratio": lambda: _ratio("area_ha", _same("area_per_year")),
    "same_unit": lambda: _same("unit"),
    "value_ratio": _value_ratio,
    "same_value": lambda: pl.when(_same("unit").is_not_null()).then(
        (_value_ratio() >= _SAME_FROM).fill_null(value=False)
    ),
    "same_document": lambda: _same("document"),
    "same_instrument": lambda: _same("instrument"),
    "period_years": _period,
    "period_area_ha": lambda: _period() * pl.when("area_per_year").then("area_ha").otherwise("area_ha_b"),
    "shared_wording": _shared_wording,
}
