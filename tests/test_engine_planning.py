"""The planner finds exactly the pairs that a nested loop over every pair finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_rules import INTERACTIONS, conditions, dossiers

from coherence.engine.compilation import compile_condition
from coherence.engine.matching import Matcher
from coherence.engine.planning import Join, PairPlan, plan_pairs
from coherence.engine.rows import RowBase, row_of
from coherence.pair_facts import PairRow
from coherence.rule_expressions import parse_expression

if TYPE_CHECKING:
    from coherence.fact_models import CommitmentFacts

ROOTS = ("a", "b", "pair")


def rows_of(commitments: tuple[CommitmentFacts, ...]) -> RowBase:
    return RowBase(tuple(row_of(each) for each in commitments), (), {}, {}, INTERACTIONS)


def planned(texts: list[str], rows: RowBase) -> set[tuple[int, int]]:
    plan = plan_pairs([parse_expression(text, ROOTS).node for text in texts])
    matcher = Matcher(plan, rows, {})
    found = {(one, other) for one in matcher.left for other in matcher.partners(one, later=plan.symmetrical)}
    return found | {(other, one) for one, other in found} if plan.symmetrical else found


def nested_loop(texts: list[str], rows: RowBase) -> set[tuple[int, int]]:
    compiled = [compile_condition(parse_expression(text, ROOTS).node) for text in texts]
    found = set()
    for one, a in enumerate(rows.commitments):
        for other, b in enumerate(rows.commitments):
            env = {"a": a, "b": b, "pair": PairRow(a, b, INTERACTIONS)}
            if one != other and all(condition(env) is True for condition in compiled):
                found.add((one, other))
    return found


@settings(max_examples=200, deadline=None)
@given(dossiers(), st.lists(conditions(), min_size=1, max_size=4))
def test_the_plan_equals_the_nested_loop(commitments: tuple[CommitmentFacts, ...], texts: list[str]) -> None:
    rows = rows_of(commitments)
    assert planned(texts, rows) == nested_loop(texts, rows)


JOINING = (
    "a.unit == b.unit",
    "a.themes & b.themes",
    "a.theme in b.themes",
    "b.theme in a.themes",
    "pair.shared_themes",
    "pair.shared_themes.length >= 1",
    'pair.shared_themes has "agroforestry"',
    "not pair.shared_places.is_empty",
    "pair.same_value",
    "pair.value_ratio > 0.5",
    "pair.interaction < 0",
    "pair.interaction >= 1",
    "pair.years_apart == 0",
    "not pair.area_ratio < 0.5",
    "pair.same_document",
    "a.area_ha <= b.area_ha",
    "a.target_year + 5 == b.target_year",
)


@settings(max_examples=200, deadline=None)
@given(dossiers(), st.lists(st.sampled_from(JOINING), min_size=1, max_size=3), conditions())
def test_joins_drop_no_match(commitments: tuple[CommitmentFacts, ...], joining: list[str], other: str) -> None:
    rows = rows_of(commitments)
    assert planned([*joining, other], rows) == nested_loop([*joining, other], rows)


def plan(*texts: str) -> PairPlan:
    return plan_pairs([parse_expression(text, ROOTS).node for text in texts])


@pytest.mark.parametrize(
    ("text", "join"),
    [
        ("a.unit == b.unit", Join("equal", "unit", "unit")),
        ("b.target_year == a.start_year", Join("equal", "start_year", "target_year")),
        ("a.themes & b.themes", Join("meet", "themes", "themes")),
        ("a.theme in b.themes", Join("meet", "theme", "themes")),
        ('pair.shared_themes & {"waste"}', Join("meet", "themes", "themes")),
        ("pair.shared_places.length > 0", Join("meet", "places", "places")),
        ("pair.interaction <= -2", Join("interact", "themes", "themes")),
        ("pair.same_value and a.quantified", Join("equal", "unit", "unit")),
    ],
)
def test_conditions_across_two_commitments_become_joins(text: str, join: Join) -> None:
    assert join in plan(text).joins


@pytest.mark.parametrize(
    "text",
    [
        "not (a.unit == b.unit)",
        "a.unit == b.unit or a.gender",
        "not pair.shared_themes",
        "pair.shared_themes.length >= 0",
        "pair.same_unit == false",
        "pair.interaction is unknown",
        "(pair.interaction ?? 0) < 1",
        'pair.shared_themes == {"waste"}',
    ],
)
def test_what_can_hold_without_a_meeting_is_no_join(text: str) -> None:
    assert plan(text).joins == ()


def test_conditions_on_one_side_are_checked_before_pairing() -> None:
    made = plan('a.instrument == "NDC" and b.gender', "a.area_ha < b.area_ha")
    assert len(made.filter_a) == 2  # its own, and that the area is known
    assert len(made.filter_b) == 2
    assert (len(made.across), len(made.paired)) == (1, 0)


@pytest.mark.parametrize(
    ("texts", "symmetrical"),
    [
        (["a.unit == b.unit"], True),
        (["a.gender", "b.gender"], True),
        (["a.gender and b.gender", "b.themes & a.themes"], True),
        (["pair.years_apart > 5"], True),
        (["a.gender"], False),
        (["a.area_ha < b.area_ha"], False),
        (["pair.interaction > 0"], False),
    ],
)
def test_exchangeable_roles_are_recognized(texts: list[str], *, symmetrical: bool) -> None:
    assert plan(*texts).symmetrical is symmetrical
