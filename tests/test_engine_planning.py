"""What the planner makes of conditions: filters, joins, bands, and the order of what remains."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_rules import INTERACTIONS, cases, commitments, fact_base

from coherence.engine.matching import Budget, Matcher
from coherence.engine.planning import Band, Join, PairPlan, plan_pairs
from coherence.engine.rows import row_of
from coherence.engine.table import FactTable
from coherence.fact_models import FACTS, CommitmentFacts
from coherence.pair_facts import PAIR_INPUTS, PairRow, interaction_table
from coherence.rule_expressions import parse_expression

ROOTS = ("a", "b", "pair")


def plan(*texts: str) -> PairPlan:
    return plan_pairs(tuple(parse_expression(text, ROOTS).node for text in texts))


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
        ("pair.shared_themes has a.theme", Join("meet", "theme", "themes")),
        ("pair.counterpart and a.quantified", Join("meet", "subjects", "subjects")),
        ("pair.area_ratio >= 0.9", Join("equal", "area_per_year", "area_per_year")),
    ],
)
def test_conditions_across_two_commitments_become_joins(text: str, join: Join) -> None:
    assert join in plan(text).joins


_WORKS = (
    "restore_land", "fix_dunes", "warn_early", "observe_weather", "improve_rangeland", "irrigate", "supply_water",
)  # fmt: skip


@cases(100)
@given(*(st.tuples(commitments(), st.sets(st.sampled_from(_WORKS))) for _ in range(2)))
def test_facts_that_hang_on_the_order_are_known_as_such(
    first: tuple[CommitmentFacts, set[str]], second: tuple[CommitmentFacts, set[str]]
) -> None:
    """A rule on a fact that differs when a and b are exchanged has to look at both orders of every pair."""
    rows = [row_of(replace(facts, works=frozenset(works))) for facts, works in (first, second)]
    there, back = PairRow(*rows, interaction_table()), PairRow(*reversed(rows), interaction_table())
    for name in PAIR_INPUTS.keys() - {each.name for each in FACTS["pair"].values() if each.shown_only}:
        known = " is known" if FACTS["pair"][name].nullable else ""
        if plan(f"pair.{name}{known}").symmetrical:
            assert there[name] == back[name], name


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


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("pair.years_apart <= 2", Band("apart", "target_year", "target_year", 2.0)),
        ("2 > pair.years_apart", Band("apart", "target_year", "target_year", 2.0)),
        ("pair.area_ratio >= 0.9", Band("ratio", "area_ha", "area_ha", 0.9)),
        ("pair.same_value", Band("ratio", "value", "value", 0.995)),
        ("a.area_ha > b.area_ha", Band("most", "area_ha", "area_ha")),
        ("a.start_year <= b.target_year", Band("least", "start_year", "target_year")),
    ],
)
def test_bounds_on_a_number_become_bands(text: str, band: Band) -> None:
    assert plan(text).bands == (band,)


@pytest.mark.parametrize("text", ["pair.years_apart >= 2", "pair.area_ratio < 0.5", "a.area_ha != b.area_ha"])
def test_what_leaves_a_number_open_is_no_band(text: str) -> None:
    assert plan(text).bands == ()


def test_conditions_on_one_side_are_checked_before_pairing() -> None:
    made = plan('a.instrument == "NDC" and b.gender', "a.area_ha < b.area_ha")
    assert len(made.filter_a) == 2  # its own, and that the area is known
    assert len(made.filter_b) == 2
    assert len(made.residual) == 1


def test_a_shared_theme_is_looked_for_on_each_side() -> None:
    made = plan('pair.shared_themes has "agroforestry"')
    theme = parse_expression('a.themes has "agroforestry"', ROOTS).node
    assert made.filter_a == made.filter_b == (theme,)


def test_what_an_index_proves_is_not_asked_again_and_the_rest_comes_cheapest_first() -> None:
    made = plan("pair.shared_wording > 0.5", "pair.interaction > 0", "pair.years_apart < 2", "a.theme == b.theme",
                "a.unit != b.unit")  # fmt: skip
    asked = ("a.unit != b.unit", "pair.years_apart < 2", "pair.interaction > 0", "pair.shared_wording > 0.5")
    assert made.residual == tuple(parse_expression(text, ROOTS).node for text in asked)


def looked_at(rows: int, *texts: str) -> int:
    """Return how many candidates a plan looks at among ``rows`` commitments, two of each theme, unit and year."""
    facts = tuple(
        CommitmentFacts(id=f"c{n:04}", document="d", instrument="NDC" if n % 2 else "LDN", unit=f"u{n // 2}",
                        themes=frozenset({f"t{n // 2}"}), target_year=n // 2, area_ha=float(10 ** (n // 2 % 300)))
        for n in range(rows)
    )  # fmt: skip
    matcher = Matcher(plan(*texts), FactTable([fact_base(facts)], INTERACTIONS), budget=Budget(10**9))
    assert len(matcher.pairs()[0]) >= rows // 2
    return matcher.looked_at


@pytest.mark.parametrize("text", ["a.unit == b.unit", "pair.shared_themes", "pair.years_apart < 1"])
def test_candidates_grow_with_what_is_found_not_with_all_pairs(text: str) -> None:
    assert looked_at(400, text) <= 6 * 400
    assert looked_at(800, text) <= 6 * 800


def test_rules_with_the_same_join_share_its_index() -> None:
    table = FactTable([fact_base((CommitmentFacts(id="c0", document="d", unit="ha"),))], INTERACTIONS)
    for other in ("a.gender", "b.gender"):
        Matcher(plan("a.unit == b.unit", other), table, budget=Budget(10)).pairs()
    assert len([key for key in table._kept if key[0] == "index"]) == 1  # noqa: SLF001 - what is kept is not seen else


@cases(100)
@given(commitments(), commitments(), commitments(), st.sampled_from(sorted(PAIR_INPUTS)))
def test_a_fact_of_a_pair_depends_on_its_declared_inputs_alone(
    a: CommitmentFacts, b: CommitmentFacts, other: CommitmentFacts, name: str
) -> None:
    rows = [row_of(each) for each in (a, b, other)]
    changed = [{key: row[key] if key in PAIR_INPUTS[name] else rows[2][key] for key in row} for row in rows[:2]]
    assert PairRow(changed[0], changed[1], INTERACTIONS)[name] == PairRow(rows[0], rows[1], INTERACTIONS)[name]


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
        (["pair.effect > 0"], False),
    ],
)
def test_exchangeable_roles_are_recognized(texts: list[str], *, symmetrical: bool) -> None:
    assert plan(*texts).symmetrical is symmetrical
