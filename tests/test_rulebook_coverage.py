"""What conditions leave open, and what the rules cover."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_rules import INTERACTIONS, commitments, conditions
from test_engine_inquiry import rule

from coherence.engine import OpenRow, can_hold
from coherence.engine.rows import row_of
from coherence.pair_facts import PairRow
from coherence.rule_models import RuleSet
from coherence.rulebook.coverage import measure_coverage
from coherence.rulebook.coverage_page import render_coverage, unexplained
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from coherence.fact_models import CommitmentFacts
    from coherence.rulebook.coverage import Coverage


def held(where: list[str], a: Any, b: Any) -> bool:
    nodes = [each.expression.node for each in rule(where=where).where]
    return can_hold(nodes, {"a": a, "b": b, "pair": PairRow(a, b, INTERACTIONS)})


@settings(max_examples=80, deadline=None)
@given(st.lists(conditions(), min_size=1, max_size=3), commitments(), commitments(), st.data())
def test_what_holds_is_never_ruled_out_while_facts_are_open(
    where: list[str], a: CommitmentFacts, b: CommitmentFacts, data: st.DataObject
) -> None:
    whole = [row_of(each) for each in (a, b)]
    if held(where, *whole):
        decided = data.draw(st.sets(st.sampled_from(sorted(asdict(a)))))
        open_rows = [OpenRow({name: row[name] for name in decided}) for row in whole]
        assert held(where, *open_rows)


def test_an_open_fact_leaves_a_condition_open_in_either_sense() -> None:
    row = OpenRow(instrument="NDC", theme=None)
    for where in (
        "a.gender",
        "not a.gender",
        "a.area_ha is known",
        "a.area_ha is unknown",
        "a.area_ha > 3 or a.gender",
    ):
        assert held([where], row, row)
    for where in (
        'a.instrument == "LDN"',
        'a.gender and a.instrument == "LDN"',
        "a.theme == b.theme",
        "a.theme is known",
    ):
        assert not held([where], row, row)


def coverage(*rules: Any) -> Coverage:
    return measure_coverage(RuleSet(tuple(rules), (), ""), [])


def uncovered(found: Coverage, kind: str, one: str, other: str) -> set[str]:
    return {theme for each in found.uncovered if (each.kind, each.instrument, each.other) == (kind, one, other)
            for theme in each.themes}  # fmt: skip


def test_a_theme_is_covered_where_a_rule_may_fire_on_it_from_either_side() -> None:
    asked = rule(
        where=['a.instrument == "LDN" and a.themes has "agroforestry"', 'b.instrument == "NDC"', 'b.theme == "waste"']
    )
    found, nothing = coverage(asked), coverage()
    every = uncovered(nothing, "overlap", "LDN", "NDC")
    assert uncovered(found, "overlap", "LDN", "NDC") == every - {"agroforestry"}
    assert uncovered(found, "overlap", "NDC", "LDN") == every - {"waste"}
    assert uncovered(found, "overlap", "NAP", "LDN") == every
    assert uncovered(found, "synergy", "LDN", "NDC") == every
    assert all(each.whole for each in nothing.uncovered)


def test_what_the_scope_excludes_is_not_covered() -> None:
    asked = rule(where=["pair.shared_themes"], within="document")
    assert coverage(asked).uncovered == coverage().uncovered


def test_a_cell_of_the_page_counts_rules_and_names_what_none_of_them_watches() -> None:
    asked = rule(where=['a.instrument == "LDN"', 'b.instrument == "NDC"', 'a.theme == "waste"', 'b.theme == "waste"'])
    page = render_coverage(RuleSet((asked,), (), ""))
    overlaps = page.split("## Synergy")[0]
    (row,) = [line for line in overlaps.splitlines() if line.startswith("| NDC – LDN")]
    climate = row.split(" | ")[4]
    assert climate.startswith(f"1: {asked.id.replace('-', ' ')}; without ")
    assert "waste" not in climate.split("without")[1]
    assert row.split(" | ")[1].startswith("none; without afforestation")


def test_what_no_rule_covers_is_told_unless_a_reason_leaves_it_out() -> None:
    nothing = unexplained(RuleSet((), (), ""))
    assert ("gap", "LDN", "NDC", "land_restoration") in nothing
    assert ("gap", "NDC", "LDN", "land_restoration") in nothing
    assert ("overlap", "NDC", "LDN", "land_restoration") in nothing
    assert ("overlap", "LDN", "NDC", "land_restoration") not in nothing, "an overlap has no direction"
    assert ("gap", "NDC", "NBSAP", "industry") not in nothing, "rules/frameworks/coverage.yaml gives a reason"


def test_the_shipped_rules_leave_no_hole_without_a_reason() -> None:
    assert unexplained(load_rules()) == ()
