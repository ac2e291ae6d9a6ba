"""Facts: what a commitment's quantities, themes and places come down to, alone and in pairs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_facts import commitment, document, dossier, facts_of, quantity

from coherence.engine.rows import row_of
from coherence.fact_models import FACTS, CommitmentFacts
from coherence.facts import build_facts
from coherence.frameworks import interaction_between, interactions
from coherence.graph import build_graph
from coherence.pair_facts import Interaction, InteractionTable, PairRow, interaction_table
from coherence.quote_words import shared_wording, shortened, unnumbered


def facts(**fields: Any) -> CommitmentFacts:
    return facts_of(commitment("NDC", "A promise", **fields)).commitments[0]


def test_a_commitment_keeps_what_the_graph_knows() -> None:
    documents, commitments = dossier()
    base = build_facts(build_graph("XXX", "Example", documents, commitments))
    found = next(each for each in base.commitments if each.instrument == "NDC")
    assert found.themes == {"land_restoration", "finance"}
    assert found.theme == "land_restoration"
    assert (found.land, found.cross_cutting, found.finance) == (True, False, True)
    assert found.units == {"ha", "USD"}
    assert (found.value, found.unit, found.area_ha, found.amount, found.currency) == (20_000, "ha", 20_000, 2e6, "USD")
    assert (found.baseline_year, found.baseline_kind) == (2010, "base_year")
    assert found.places == {"north", "volta basin"}
    assert found.place_names == {"North", "Volta Basin"}
    assert found.bodies == {"ministry of environment"}
    assert found.official_targets == {"KMGBF-T2"}
    assert (found.page, found.quantity) == (12, "20000 ha")


def test_what_is_not_stated_is_unknown() -> None:
    found = facts()
    unknown = {name for name, spec in FACTS["a"].items() if spec.nullable and getattr(found, name) is None}
    assert {"area_ha", "value", "unit", "target_year", "start_year", "baseline_kind", "theme", "action"} <= unknown
    assert (found.quantified, found.places, found.finance, found.land, found.cross_cutting) == (
        False,
        set(),
        False,
        False,
        False,
    )
    assert facts(baseline={"kind": "none"}).baseline_kind is None


@pytest.mark.parametrize(
    ("quantities", "area", "low"),
    [
        ([quantity(100.0)], 100, 100),
        ([quantity(None, low=50.0, high=80.0)], 80, 50),
        ([quantity(None, low=None, high=80.0)], 80, 80),
        ([quantity(100.0), quantity(300.0)], 300, 300),
        ([quantity(100.0), quantity(300.0, per_year=True)], 100, 100),
        ([quantity(300.0, per_year=True)], 300, 300),
        ([quantity(5.0, "percent")], None, None),
        ([quantity(None)], None, None),
    ],
)
def test_the_area_is_the_largest_total(quantities: list[dict[str, Any]], area: float | None, low: float | None) -> None:
    found = facts(quantities=quantities)
    assert (found.area_ha, found.area_high_ha, found.area_low_ha) == (area, area, low)


def test_a_number_without_value_is_no_quantity() -> None:
    assert not facts(quantities=[quantity(None)]).quantified


@pytest.mark.parametrize("unit", ["MW", "GWh", "tCO2e", "count", "t", "tC_per_ha"])
def test_units_are_not_taken_for_money(unit: str) -> None:
    assert facts(quantities=[quantity(5.0, unit)]).amount is None


@settings(deadline=None)
@given(st.lists(st.sampled_from(["ha", "percent", "USD", "count"]), min_size=1, max_size=4).flatmap(
    lambda units: st.tuples(*(st.builds(quantity, st.floats(0, 1e9), st.just(unit)) for unit in units))))  # fmt: skip
def test_every_quantity_is_within_the_facts(quantities: tuple[dict[str, Any], ...]) -> None:
    found = facts(quantities=quantities)
    by_unit = {"ha": found.area_ha, "percent": found.share_percent, "USD": found.amount, "count": found.count}
    for each in quantities:
        assert by_unit[each["unit"]] >= each["value"]
    assert found.units == {each["unit"] for each in quantities}


@pytest.mark.parametrize(("part", "area"), [("facet", 900), ("milestone", None), ("effect", None), ("cost", None)])
def test_an_area_that_another_facet_states_is_that_of_the_measure(part: str, area: float | None) -> None:
    main = commitment("NDC", "Care for 20 forests, on 900 ha", quantities=(quantity(20.0, "count"),))
    other = commitment(
        "NDC", "Care for 20 forests, on 900 ha", quantities=(quantity(900.0),), part_of=main.id, part=part
    )
    found = facts_of(main, other).commitments[0]
    assert (found.area_ha, found.value, found.unit) == (area, 20, "count")


def test_an_area_of_its_own_goes_before_that_of_a_facet() -> None:
    main = commitment("NDC", "Plant 50 ha of the 900 ha", quantities=(quantity(50.0),))
    other = commitment("NDC", "Plant 50 ha of the 900 ha", quantities=(quantity(900.0),), part_of=main.id, part="facet")
    assert facts_of(main, other).commitments[0].area_ha == 50


def test_enablers_alone_are_cross_cutting() -> None:
    assert facts(themes=("finance", "monitoring")).cross_cutting
    assert not facts(themes=("finance", "agroforestry")).cross_cutting


def test_a_document_counts_its_commitments() -> None:
    base = facts_of(
        commitment("NDC", "One", quantities=(quantity(1.0),), target_year=2030, gender=True),
        commitment("NDC", "Two", target_year=2035, places=("north",), bodies=("ministry",), indicator=True),
        commitment("LDN", "Three"),
        documents=(document("NAP", mentions=("CBD",)),),
    )
    by_path = {each.path: each for each in base.documents}
    ndc = by_path["NDC.pdf"]
    assert (ndc.commitments, ndc.quantified, ndc.time_bound, ndc.with_place, ndc.with_gender) == (2, 1, 2, 1, 1)
    assert (ndc.with_indicator, ndc.with_body, ndc.with_finance, ndc.latest_target_year) == (1, 1, 0, 2035)
    assert (by_path["NAP.pdf"].commitments, by_path["NAP.pdf"].mentions) == (0, {"CBD"})
    assert base.dossier.instruments == {"NDC", "LDN", "NAP"}
    assert base.dossier.missing_instruments == {"NBSAP"}
    assert (base.dossier.documents, base.dossier.commitments) == (3, 3)


def pair(a: dict[str, Any], b: dict[str, Any], interactions: InteractionTable | None = None) -> PairRow:
    one, other = (row_of(CommitmentFacts(**each)) for each in (a, b))
    return PairRow(one, other, interactions or InteractionTable.of(()))


@pytest.mark.parametrize(
    ("a", "b", "fact", "expected"),
    [
        ({"area_ha": 50.0}, {"area_ha": 200.0}, "area_ratio", Decimal("0.25")),
        ({"area_ha": 0.0}, {"area_ha": 0.0}, "area_ratio", Decimal(1)),
        ({"area_ha": 0.0}, {"area_ha": 5.0}, "area_ratio", Decimal(0)),
        ({"area_ha": -1.0}, {"area_ha": 5.0}, "area_ratio", None),
        ({"area_ha": 50.0}, {}, "area_ratio", None),
        ({"area_ha": 50.0, "area_per_year": True}, {"area_ha": 50.0}, "area_ratio", None),
        ({"unit": "ha", "value": 5.0, "per_year": True}, {"unit": "ha", "value": 5.0}, "same_value", False),
        ({"target_year": 2030}, {"target_year": 2025}, "years_apart", 5),
        ({"target_year": 2030}, {}, "years_apart", None),
        ({"unit": "ha"}, {"unit": "ha"}, "same_unit", True),
        ({"unit": "ha"}, {"unit": "km"}, "same_unit", False),
        ({"unit": "ha"}, {}, "same_unit", None),
        ({"unit": "ha", "value": 1000.0}, {"unit": "ha", "value": 1004.0}, "same_value", True),
        ({"unit": "ha", "value": 1000.0}, {"unit": "ha", "value": 1006.0}, "same_value", False),
        ({"unit": "ha", "value": 1000.0}, {"unit": "km", "value": 1000.0}, "same_value", False),
        ({"unit": "ha", "value": 1000.0}, {"value": 1000.0}, "same_value", None),
        ({"unit": "ha", "value": 5.0}, {"unit": "km", "value": 5.0}, "value_ratio", None),
        ({"places": frozenset({"x"})}, {}, "places_known", False),
        ({"places": frozenset("xy")}, {"places": frozenset("yz")}, "shared_places", {"y"}),
        ({"terms": frozenset({"dunes", "river"})}, {"terms": frozenset({"dunes"})}, "shared_terms", {"dunes"}),
        (
            {"terms": frozenset({"dunes", "erosio"}), "themes": frozenset({"erosion_control"})},
            {"terms": frozenset({"dunes", "erosio"}), "themes": frozenset({"erosion_control", "waste"})},
            "shared_terms",
            {"dunes"},
        ),
        (
            {"terms": frozenset({"erosio"}), "themes": frozenset({"erosion_control"})},
            {"terms": frozenset({"erosio"}), "themes": frozenset({"agroforestry"})},
            "shared_terms",
            {"erosio"},
        ),
        ({"document": "a"}, {"document": "a"}, "same_document", True),
        ({}, {}, "interaction", None),
    ],
)
def test_facts_of_a_pair(a: dict[str, Any], b: dict[str, Any], fact: str, expected: object) -> None:
    assert pair(a, b)[fact] == expected


def test_every_declared_fact_of_a_pair_can_be_computed() -> None:
    row = pair({}, {})
    assert {name: row[name] for name in FACTS["pair"]}.keys() == FACTS["pair"].keys()
    with pytest.raises(KeyError):
        row["undeclared"]


def test_the_strongest_interaction_counts_and_harm_goes_before_benefit() -> None:
    table = InteractionTable.of(
        [Interaction("waste", "health", 1), Interaction("waste", "transport", 2), Interaction("industry", "health", -2)]
    )
    a, b = {"themes": frozenset({"waste", "industry"})}, {"themes": frozenset({"health", "transport"})}
    assert pair(a, b, table)["interaction"] == -2
    assert (pair(a, b, table)["interaction_from"], pair(a, b, table)["interaction_to"]) == ("industry", "health")


def test_a_directed_interaction_acts_one_way() -> None:
    table = InteractionTable.of([Interaction("waste", "health", -2, directed=True)])
    waste, health = {"themes": frozenset({"waste"})}, {"themes": frozenset({"health"})}
    assert pair(waste, health, table)["interaction"] == -2
    assert pair(health, waste, table)["interaction"] is None


def test_the_shipped_interactions_agree_with_the_frameworks() -> None:
    table = interaction_table()
    for each in interactions():
        found = table.strongest(frozenset({each.from_theme}), frozenset({each.to_theme}))
        expected = interaction_between([each.from_theme], [each.to_theme])
        assert found is not None
        assert expected is not None
        assert abs(found.score) <= abs(expected.score)
        if not each.directed:
            assert found.score == expected.score


def test_facts_are_declared_once_with_type_and_description() -> None:
    for specs in FACTS.values():
        for spec in specs.values():
            assert spec.kind in ("text", "number", "truth", "set")
            assert spec.description.endswith(".")
    assert FACTS["a"]["area_ha"].kind == "number"
    assert FACTS["a"]["themes"].kind == "set"
    assert FACTS["a"]["theme"].nullable
    assert not FACTS["a"]["gender"].nullable


@pytest.mark.parametrize(
    ("quote", "lead_in", "words"),
    [
        ("The following measures are planned:", True, 5),
        ("采取以下措施：", True, 3),
        ("Energy: 20 MW of wind power", False, 5),
    ],
)
def test_a_quote_that_ends_in_a_colon_introduces(quote: str, *, lead_in: bool, words: int) -> None:
    found = facts_of(commitment("NDC", quote)).commitments[0]
    assert (found.lead_in, found.words) == (lead_in, words)


def test_money_is_known_as_the_first_figure() -> None:
    assert facts(quantities=[quantity(5.0, "USD"), quantity(9.0)]).money_first
    assert not facts(quantities=[quantity(9.0), quantity(5.0, "USD")]).money_first


@settings(deadline=None)
@given(st.lists(st.text("abcdef ", min_size=1, max_size=30), max_size=20), st.integers(1, 10**9))
def test_a_shortened_quote_keeps_its_figure(words: list[str], number: int) -> None:
    figure = f"{number:,} ha"
    shown = shortened(" ".join([*words, figure, *words]), figure)
    assert figure in shown
    assert len(shown) <= 260


def test_a_short_quote_stays_whole_but_for_its_last_point() -> None:
    assert shortened("Restore 10 ha\n of  land.") == "Restore 10 ha of land"
    assert shortened("3\tRestore forest land with trees\t700\t900", "900") == "Restore forest land with trees | 900"
    assert shortened("Forest sector\tRaise seedlings of native trees\t9 ha") == "Raise seedlings of native trees"
    assert shortened("Land\tForest sector\t9 ha", "9 ha") == "Forest sector | 9 ha"


def test_wording_is_compared_without_inflection_and_from_five_words() -> None:
    one = "In the mountains, degraded wetlands are to be conserved and rehabilitated."
    other = "Conservation and rehabilitation of degraded wetlands in the mountain areas"
    assert shared_wording(one, other) == 1
    assert shared_wording(one, "Early warning reaches every village before storms arrive") == 0
    assert shared_wording(one, "wetlands") is None
    assert pair({"quote": one, "language": "en"}, {"quote": other, "language": "fr"})["shared_wording"] is None


@pytest.mark.parametrize(
    ("one", "other", "languages", "number"),
    [
        ("Dunes are fixed along oases", "Fix the dunes around five oases", ("en", "en"), 2),
        ("National measures are implemented", "Implementation of national measures", ("en", "en"), 0),
        ("Dunes are fixed", "Les dunes sont fixées", ("en", "fr"), None),
        ("固定沙丘一万亩", "固定沙丘一万亩", ("zh", "zh"), None),
    ],
)
def test_words_shared_are_those_that_tell_what_is_done(
    one: str, other: str, languages: tuple[str, str], number: int | None
) -> None:
    rows = [{"quote": quote, "language": language} for quote, language in zip((one, other), languages, strict=True)]
    assert pair(rows[0], rows[1])["shared_words"] == number


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_shared_wording_is_symmetrical(one: str, other: str) -> None:
    share = shared_wording(one, other)
    assert share == shared_wording(other, one)
    assert share is None or 0 <= share <= 1


@pytest.mark.parametrize(
    ("start", "target", "years", "area"),
    [(2018, 2030, 12, 240_000), (None, 2030, None, None), (2018, None, None, None), (2030, 2030, None, None)],
)
def test_a_yearly_area_is_compared_over_its_period(
    start: int | None, target: int | None, years: int | None, area: int | None
) -> None:
    yearly = {"area_ha": 20_000.0, "area_per_year": True, "start_year": start, "target_year": target}
    total = {"area_ha": 1_380.0, "target_year": 2040}
    for row in (pair(yearly, total), pair(total, yearly)):
        assert (row["period_years"], row["period_area_ha"]) == (years, area)
    assert pair(yearly, yearly)["period_years"] is None


def test_terms_are_the_words_that_few_commitments_have() -> None:
    said = [f"National climate plan for district number {n}" for n in "abcdefgh"]
    quotes = [*said, "The climate plan fixes the dunes along the river", "Les dunes sont fixées avec des haies"]
    found = facts_of(*(commitment("NDC", each, language="fr" if "haies" in each else "en") for each in quotes))
    terms = {each.quote: each.terms for each in found.commitments}
    assert terms[quotes[-2]] == {"fixes", "dunes", "river"}
    assert terms[quotes[-1]] == {"dunes", "fixees", "haies"}
    assert terms[quotes[0]] == frozenset()


def test_of_the_figures_of_one_row_on_one_theme_one_leads() -> None:
    row = "Dunes fixed\t500 ha\tUSD 9 million\t30 people"
    figures = {"ha": 500.0, "USD": 9e6, "count": 30.0}
    found = facts_of(
        *(commitment("NDC", row, themes=("erosion_control",), quantities=(quantity(value, unit),))
          for unit, value in figures.items()),
        commitment("NDC", row, themes=("health",), quantities=(quantity(4.0, "count"),)),
        commitment("NDC", row, themes=("erosion_control",), quantities=(quantity(7.0),), page=2),
    )  # fmt: skip
    assert sorted((each.theme, each.unit, each.page) for each in found.commitments if each.leading) == [
        ("erosion_control", "ha", 1), ("erosion_control", "ha", 2), ("health", "count", 1)
    ]  # fmt: skip


def test_a_share_yields_to_the_area_that_it_is_said_with() -> None:
    said = "5,000 ha of pasture, that is 40 % of it, are rested"
    found = facts_of(
        commitment("LDN", said, themes=("rangeland_restoration",), quantities=(quantity(5000.0),)),
        commitment("LDN", said, themes=("livestock_management",), quantities=(quantity(40.0, "percent"),)),
    )
    assert {each.unit: each.leading for each in found.commitments} == {"ha": True, "percent": False}


def test_the_effect_is_that_of_the_second_main_theme_on_the_first() -> None:
    table = InteractionTable.of(
        [Interaction("clean_cooking", "avoided_deforestation", 2, directed=True, mechanism="pressure_relief")]
    )
    forest = {"theme": "avoided_deforestation", "themes": frozenset({"avoided_deforestation"})}
    stoves = {"theme": "clean_cooking", "themes": frozenset({"clean_cooking"})}
    assert (pair(forest, stoves, table)["effect"], pair(forest, stoves, table)["effect_mechanism"]) == (
        2,
        "pressure_relief",
    )
    assert pair(stoves, forest, table)["effect"] is None
    assert pair({"theme": None}, stoves, table)["effect"] is None


def test_figures_of_one_sentence_share_its_statement_and_its_share() -> None:
    quote = "Restore 40,000 ha, 35 % of the degraded land"
    area = commitment("LDN", quote, quantities=(quantity(40_000.0),))
    share = commitment("LDN", quote, quantities=(quantity(35.0, unit="percent"),))
    other = commitment("LDN", "Plant 100 ha", quantities=(quantity(100.0),))
    place = area.provenance
    apart = other.model_copy(update={"provenance": other.provenance.model_copy(update={"page": place.page + 1})})
    found = {each.value: each for each in facts_of(area, share, apart).commitments}
    assert found[40_000].statement == found[35].statement != found[100].statement
    assert (found[40_000].statement_share, found[100].statement_share) == (35, None)


def test_a_row_told_in_two_tables_is_one_statement() -> None:
    row = commitment("NDC", "Plant shelterbelts along all roads\t300\t4.1", quantities=(quantity(300.0, unit="other"),))
    place = row.provenance.model_copy(update={"page": 9})
    again = commitment("NDC", "Plant shelterbelts along all roads\t810\t2", quantities=(quantity(810.0, unit="other"),))
    again = again.model_copy(update={"provenance": place.model_copy(update={"quote": again.quote})})
    label = commitment("NDC", "Roads\t4", quantities=(quantity(4.0, unit="other"),))
    other = commitment("NDC", "Roads\t5", quantities=(quantity(5.0, unit="other"),))
    other = other.model_copy(update={"provenance": place.model_copy(update={"page": 12, "quote": other.quote})})
    found = {each.value: each.statement for each in facts_of(row, again, label, other).commitments}
    assert found[300] == found[810]
    assert found[4] != found[5]


def test_a_figure_keeps_where_it_starts() -> None:
    assert facts(quantities=(quantity(5.0, unit="percent", from_value=1.0),)).start_value == 1
    assert facts(quantities=(quantity(5.0, unit="percent"),)).start_value is None


def test_a_commitment_says_what_it_presses_on_and_what_it_keeps() -> None:
    dam = facts_of(commitment("NDC", "Build a dam of 40 MW")).commitments[0]
    marsh = facts_of(commitment("LDN", "Protect all marshes of the delta")).commitments[0]
    assert (dam.pressures, dam.keeps) == ({"dam"}, frozenset())
    assert (marsh.pressures, marsh.keeps) == (frozenset(), {"wetland"})
    assert (dam.pressing, dam.keeping) == ("open", None)
    assert (marsh.pressing, marsh.keeping) == (None, "kind")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"value": 10.0, "unit": "MW"}, {"value": 7.0, "unit": "MW"}, "comparable"),
        ({"value": 10.0, "unit": "MW"}, {"value": 7.0, "unit": "percent"}, "units"),
        ({"value": 10.0, "unit": "USD", "per_year": True}, {"value": 7.0, "unit": "USD"}, "period"),
        ({"value": 10.0, "unit": "percent", "of": "forest"}, {"value": 7.0, "unit": "percent", "of": "land"}, "base"),
        ({"value": 9.0, "unit": "percent", "baseline_year": 2010}, {"value": 9.0, "unit": "percent"}, "base"),
        ({"value": 10.0, "unit": "MW"}, {"unit": "MW"}, None),
    ],
)
def test_figures_that_cannot_be_compared_say_why(
    one: dict[str, Any], other: dict[str, Any], expected: str | None
) -> None:
    assert pair(one, other)["comparability"] == expected
    assert pair(other, one)["comparability"] == expected


def test_a_yearly_area_with_its_years_can_be_compared_with_a_total() -> None:
    yearly = {"value": 5.0, "area_ha": 5.0, "area_per_year": True, "start_year": 2020, "target_year": 2030}
    total = {"value": 60.0, "area_ha": 60.0}
    assert pair(yearly, total)["comparability"] == "comparable"
    assert pair(yearly | {"start_year": None}, total)["comparability"] == "period"


@pytest.mark.parametrize(
    ("quote", "figures", "shown"),
    [
        ("3.1 Protect the springs", (), "Protect the springs"),
        ("1.Guarantee water points", (), "Guarantee water points"),
        ("2) Plant hedges", (), "Plant hedges"),
        ("3.1 million ha of pasture", (), "3.1 million ha of pasture"),
        ("3.1 Million ha of pasture", ("3.1 Million ha",), "3.1 Million ha of pasture"),
        ("1.5 Mt CO2e avoided", (), "1.5 Mt CO2e avoided"),
        ("2030 Agenda of the district", (), "2030 Agenda of the district"),
        ("40% of wells", ("40%",), "40% of wells"),
    ],
)
def test_the_number_of_an_item_is_left_out_and_a_figure_is_kept(
    quote: str, figures: tuple[str, ...], shown: str
) -> None:
    assert unnumbered(quote, figures) == shown


def test_a_joined_name_is_a_place_that_the_dossier_names_alone_too() -> None:
    joined, alone = (
        commitment(instrument, f"Dredge near {name}", themes=("flood_management",), places=(name,))
        for instrument, name in (("NDC", "Omo-Ruwenda"), ("LDN", "Ruwenda"))
    )
    places = {each.instrument: each.places for each in facts_of(joined, alone).commitments}
    assert places == {"NDC": {"omo-ruwenda", "ruwenda"}, "LDN": {"ruwenda"}}
    assert facts_of(joined).commitments[0].places == {"omo-ruwenda"}
