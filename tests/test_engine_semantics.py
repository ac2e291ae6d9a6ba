"""Conditions mean what rule-engine says they mean, and what is not known never decides."""

from __future__ import annotations

import decimal
from dataclasses import fields, replace
from typing import Any

import pytest
import rule_engine
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_rules import INTERACTIONS, commitments, conditions

from coherence.engine.compilation import compile_condition
from coherence.engine.rows import Env, row_of
from coherence.fact_models import FACTS, CommitmentFacts
from coherence.pair_facts import PairRow
from coherence.rule_expressions import parse_expression


def env_of(a: CommitmentFacts, b: CommitmentFacts) -> Env:
    one, other = row_of(a), row_of(b)
    return {"a": one, "b": other, "pair": PairRow(one, other, INTERACTIONS)}


def value_of(condition: str, env: Env) -> Any:
    return compile_condition(parse_expression(condition, ("a", "b", "pair")).node)(env)


@settings(deadline=None)
@given(commitments(unknown=False), commitments(unknown=False), conditions(("a", "b"), of_knowledge=False))
def test_known_facts_give_what_rule_engine_gives(a: CommitmentFacts, b: CommitmentFacts, condition: str) -> None:
    env = env_of(a, b)
    thing = {
        f"{root}_{name}": set(value) if isinstance(value := env[root][name], frozenset) else value
        for root in ("a", "b")
        for name, spec in FACTS[root].items()
        if not spec.shown_only
    }
    context = rule_engine.Context(resolver=rule_engine.resolve_item, default_timezone="utc")
    rule = rule_engine.Rule(parse_expression(condition, ("a", "b")).engine_text, context=context)
    try:
        expected = rule.matches(thing)
    except (rule_engine.errors.ArithmeticError, decimal.InvalidOperation):
        return  # a division by zero: not known here, an error there
    assert value_of(condition, env) is expected


@settings(deadline=None)
@given(st.data(), commitments(), commitments(), conditions(of_knowledge=False))
def test_learning_a_fact_never_overturns_what_held(
    data: st.DataObject, a: CommitmentFacts, b: CommitmentFacts, condition: str
) -> None:
    before = value_of(condition, env_of(a, b))
    full = data.draw(commitments(unknown=False))
    learned = {each.name: getattr(full, each.name) for each in fields(a) if getattr(a, each.name) is None}
    after = value_of(condition, env_of(replace(a, **learned), b))
    if before is not None:
        assert after is before


@pytest.mark.parametrize(
    "condition",
    [
        "a.area_ha > 3",
        "a.area_ha <= 3",
        "a.area_ha == 3",
        "a.area_ha != 3",
        "not a.area_ha == 3",
        "not (a.area_ha != 3)",
        "a.area_ha == b.area_ha",
        "a.area_ha + 1 > 0",
        "-a.area_ha < 1",
        "a.theme in a.themes",
        "a.theme not in a.themes",
        'a.action =~~ "x"',
        'a.action !~~ "x"',
        "a.target_year in {2030}",
        "not (a.area_ha > 3 and a.quantified)",
        "a.area_ha > 3 or a.gender",
        "b.area_ha / 0 > 1",
        "pair.area_ratio < 2",
        "pair.same_unit",
        "not pair.same_unit",
    ],
)
def test_the_unknown_never_matches(condition: str) -> None:
    a = CommitmentFacts(quantified=True)
    b = CommitmentFacts(area_ha=5.0)
    assert value_of(condition, env_of(a, b)) is None


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a.area_ha is unknown", True),
        ("a.area_ha is known", False),
        ("a.area_ha is not known", True),
        ("a.area_ha + 1 is unknown", True),
        ("(a.area_ha ?? 7) == 7", True),
        ("a.area_ha > 3 or b.area_ha > 3", True),
        ("a.area_ha > 3 and b.area_ha < 3", False),
        ("not (a.area_ha > 3 and b.area_ha < 3)", True),
        ("a.themes", False),
        ("not a.themes", True),
        ("a.themes.is_empty", True),
        ("a.themes.length == 0", True),
        ("a.themes & b.themes", False),
        ("a.theme is unknown and not (a.themes & b.themes)", True),
        ('b.action =~ "Rest"', True),
        ('b.action =~~ "ore$"', True),
        ('b.action =~ "ore"', False),
        ('b.action !~ "ore"', True),
        ('"store" in b.action', True),
        ("0.1 + 0.2 == 0.3", True),
        ("b.share_percent == 0.3", True),
    ],
)
def test_the_known_decides(condition: str, *, expected: bool) -> None:
    a = CommitmentFacts()
    b = CommitmentFacts(area_ha=5.0, action="Restore", share_percent=0.3, themes=frozenset({"waste"}))
    assert value_of(condition, env_of(a, b)) is expected
