"""How far a promise presses, and how closely it says what it keeps."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.extraction.stakes import stake_ids
from coherence.pair_stakes import STAKES
from coherence.stake_facts import KEEPING, PRESSING, stake_facts
from coherence.vocabulary import term_list

DAM = {"pressures": frozenset({"dam"}), "words": 9}
NATURE = {"keeps": frozenset({"ecosystem"}), "words": 9}
MARSH = {"keeps": frozenset({"wetland"}), "words": 9}


@pytest.mark.parametrize(
    ("facts", "marks", "expected"),
    [
        ({}, (), "open"),
        ({"quantified": True, "value": 40.0, "unit": "MW"}, (), "definite"),
        ({"quantified": True, "value": 400.0, "unit": "MW"}, (), "large"),
        ({"quantified": True, "area_ha": 2500.0, "unit": "ha", "area_per_year": True}, (), "large"),
        ({"quantified": True, "area_ha": 2500.0, "unit": "ha"}, (), "definite"),
        ({"quantified": True, "value": 20_000.0, "unit": "m3"}, (), "small"),
        ({"quantified": True, "area_ha": 12.0, "value": 12.0, "unit": "ha"}, (), "small"),
        ({"quantified": True, "value": 12.0, "unit": "count"}, (), "definite"),
        ({"words": 2}, (), None),
        ({}, ("soft",), None),
        ({"places": frozenset({"upper river"})}, ("soft",), "definite"),
        ({}, ("large",), "large"),
        ({}, ("small",), "small"),
        ({"quantified": True, "value": 90_000.0, "unit": "count"}, ("small",), "small"),
        ({"places": frozenset({"upper river"})}, (), "definite"),
        ({"quantified": True, "money_first": True, "value": 5e7, "unit": "USD"}, (), "open"),
        ({"quantified": True, "money_first": True, "value": 5e7, "unit": "USD", "words": 2}, (), None),
        ({}, ("effect",), None),
        ({"lead_in": True}, (), None),
        ({"action": "monitor dams"}, (), None),
        ({"theme": "capacity_building"}, (), None),
        ({"pressures": frozenset()}, (), None),
    ],
)
def test_size_comes_from_a_figure_a_site_or_a_word(
    facts: dict[str, Any], marks: tuple[str, ...], expected: str | None
) -> None:
    assert stake_facts(DAM | facts, frozenset(marks))["pressing"] == expected


@pytest.mark.parametrize(
    ("facts", "marks", "expected"),
    [
        (NATURE, (), "general"),
        (NATURE | {"area_ha": 900.0, "quantified": True}, (), "bounded"),
        (NATURE | {"unit": "percent", "quantified": True}, (), "general"),
        (NATURE | {"keeps": frozenset({"ecosystem", "forest"})}, (), "kind"),
        (NATURE, ("principle",), "principle"),
        (MARSH, (), "kind"),
        (MARSH | {"unit": "percent", "quantified": True}, (), "bounded"),
        (MARSH | {"places": frozenset({"delta"})}, (), "bounded"),
        (MARSH | {"keeps": frozenset({"no_conversion"})}, (), "bounded"),
        (MARSH | {"words": 2}, (), None),
        (MARSH | {"money_first": True, "quantified": True}, (), None),
        (MARSH | {"action": "finance wetland"}, (), None),
        (MARSH | {"cross_cutting": True}, (), None),
        ({"words": 9}, (), None),
    ],
)
def test_what_is_kept_is_bounded_named_or_general(
    facts: dict[str, Any], marks: tuple[str, ...], expected: str | None
) -> None:
    assert stake_facts(facts, frozenset(marks))["keeping"] == expected


def test_a_stop_of_conversion_concerns_the_land_that_the_promise_is_about() -> None:
    kept = {"keeps": frozenset({"no_conversion"}), "words": 9}
    assert stake_facts(kept | {"theme": "wetland_restoration"})["keeps"] == {"no_conversion", "wetland"}
    assert stake_facts(kept | {"ecosystems": frozenset({"forest"})})["keeps"] == {"no_conversion", "forest"}
    assert stake_facts(MARSH | {"ecosystems": frozenset({"forest"})})["keeps"] == {"wetland"}


@given(
    pressures=st.frozensets(st.sampled_from(stake_ids("pressures"))),
    keeps=st.frozensets(st.sampled_from(stake_ids("keeps"))),
    marks=st.frozensets(st.sampled_from(["large", "small", "principle", "effect"])),
    lead_in=st.booleans(),
    measure=st.tuples(st.sampled_from(["ha", "percent", "MW", "USD", None]), st.floats(0, 1e9)),
)
def test_levels_are_those_declared_and_nothing_kept_is_lost(
    *,
    pressures: frozenset[str],
    keeps: frozenset[str],
    marks: frozenset[str],
    lead_in: bool,
    measure: tuple[str | None, float],
) -> None:
    unit, value = measure
    facts = {"pressures": pressures, "keeps": keeps, "lead_in": lead_in, "unit": unit, "value": value, "words": 8}
    found = stake_facts(facts, marks)
    assert found["pressing"] in {None, *PRESSING}
    assert found["keeping"] in {None, *KEEPING}
    assert found["keeps"] >= keeps
    assert not lead_in or (found["pressing"], found["keeping"]) == (None, None)
    assert (found["keeping"] is None) or keeps


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"pressures": {"dam"}}, {"curbs": {"dam"}}, {"dam"}),
        ({"pressures": {"dam"}}, {"curbs": {"mining"}}, set()),
        ({"pressures": {"dam"}, "curbs": {"dam"}}, {"curbs": {"dam"}}, set()),
        ({"pressures": {"dam"}}, {"curbs": {"dam"}, "pressures": {"dam"}}, set()),
        ({"pressures": {"biogas"}}, {"curbs": {"biogas"}}, set()),
        (
            {"pressures": {"exotic_planting"}, "terms": {"acacia"}},
            {"curbs": {"exotic_planting", "named_trees"}, "terms": {"pine"}},
            set(),
        ),
        (
            {"pressures": {"exotic_planting", "named_trees"}, "terms": {"acacia"}},
            {"curbs": {"exotic_planting"}, "terms": {"hill"}},
            {"exotic_planting"},
        ),
        (
            {"pressures": {"agrochemicals", "fertiliser"}},
            {"curbs": {"agrochemicals", "pesticide"}},
            set(),
        ),
        ({"pressures": {"agrochemicals", "fertiliser"}}, {"curbs": {"agrochemicals"}}, {"agrochemicals"}),
        (
            {"pressures": {"exotic_planting"}, "terms": {"acacia"}},
            {"curbs": {"exotic_planting", "named_trees"}, "terms": {"acacia"}},
            {"exotic_planting"},
        ),
    ],
)
def test_what_one_brings_about_and_the_other_reduces(
    a: dict[str, set[str]], b: dict[str, set[str]], expected: set[str]
) -> None:
    one, other = ({name: frozenset(row.get(name, ())) for name in ("pressures", "curbs", "terms")} for row in (a, b))
    assert STAKES["curbed"](one, other) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"pressures": {"dam"}}, {"keeps": {"river", "soil"}}, {"river"}),
        ({"keeps": {"river"}}, {"pressures": {"dam"}}, {"river"}),
        ({"pressures": {"dam"}, "keeps": {"river"}}, {"keeps": {"river"}}, set()),
        ({"pressures": {"farmland_expansion"}}, {"keeps": {"forest", "water"}}, {"forest"}),
        ({"pressures": {"money_need"}}, {"keeps": {"forest"}}, set()),
    ],
)
def test_what_one_keeps_and_the_other_presses_on(
    a: dict[str, set[str]], b: dict[str, set[str]], expected: set[str]
) -> None:
    one, other = ({name: frozenset(row.get(name, ())) for name in ("pressures", "keeps")} for row in (a, b))
    assert STAKES["pressed_on"](one, other) == expected


def test_every_pressure_presses_on_what_can_be_kept() -> None:
    for name, entry in term_list("stakes")["pressures"].items():
        assert set(entry.get("presses_on", ())) <= set(stake_ids("keeps")), name


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"keeps": frozenset({"forest"})}, {"forest"}),
        ({"keeps": frozenset({"grassland"}), "theme": "rangeland_restoration"}, {"grassland"}),
        ({"keeps": frozenset({"grassland"}), "theme": "livestock_management"}, set()),
        ({"keeps": frozenset({"natives"})}, {"native"}),
        ({"keeps": frozenset({"natives", "forest"})}, {"forest", "native"}),
        ({"keeps": frozenset({"forest_growth"}), "theme": "reforestation"}, {"planted_forest"}),
        ({"keeps": frozenset({"forest_growth"}), "theme": "soil_carbon"}, set()),
        ({"keeps": frozenset({"wetland"}), "theme": "bioenergy"}, set()),
        ({"keeps": frozenset({"ecosystem"}), "area_ha": 400.0}, {"restored"}),
        ({"keeps": frozenset({"ecosystem"})}, set()),
        ({"keeps": frozenset({"forest"}), "lead_in": True}, set()),
    ],
)
def test_land_kept_free_is_told_by_kind(facts: dict[str, Any], expected: set[str]) -> None:
    assert stake_facts({"words": 9} | facts)["land_kept"] == expected


def row(**facts: Any) -> dict[str, Any]:
    return {name: frozenset(facts.get(name, ())) for name in ("ecosystems", "places")}


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (row(ecosystems=("freshwater",)), row(ecosystems=("mangrove", "wetland")), True),
        (row(ecosystems=("coastal",)), row(ecosystems=("mangrove",)), False),
        (row(places=("long bay",)), row(ecosystems=("marine",), places=("long bay",)), False),
        (row(ecosystems=("mangrove",)), row(ecosystems=("forest",)), False),
    ],
)
def test_inland_works_do_not_reach_the_coast(a: dict[str, Any], b: dict[str, Any], *, apart: bool) -> None:
    assert STAKES["coast_apart"](a, b) == apart


@pytest.mark.parametrize(
    ("facts", "marks", "expected"),
    [
        ({"theme": "hydropower", "unit": "MW"}, ("still",), {"dam"}),
        ({"theme": "irrigation", "unit": "ha"}, ("still",), {"irrigation"}),
        ({"theme": "hydropower", "unit": "MW"}, (), set()),
        ({"theme": "hydropower", "unit": "MW"}, ("still", "taken"), set()),
        ({"theme": "hydropower", "unit": "USD"}, ("still",), set()),
        ({"theme": "irrigation", "unit": "ha", "keeps": frozenset({"wetland"})}, ("still",), set()),
        ({"theme": "hydropower", "unit": "MW", "pressures": frozenset({"biofuel"})}, ("still",), {"biofuel"}),
    ],
)
def test_a_bare_figure_under_a_heading_presses_by_its_theme(
    facts: dict[str, Any], marks: tuple[str, ...], expected: set[str]
) -> None:
    assert stake_facts(facts, frozenset(marks))["pressures"] == expected
