"""From passages to commitments: what is promised, until when, on which condition, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments
from coherence.extraction.cues import find_cues

if TYPE_CHECKING:
    from coherence.models import Commitment, Document
    from coherence.vocabulary import Language


def figures(found: tuple[Commitment, ...]) -> list[tuple[float | None, str]]:
    return [(q.value, q.unit) for c in found for q in c.quantities]


def only(made: Document) -> Commitment:
    (found,) = extract_commitments(made)
    return found


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "year"),
    [
        ("en", "The country will restore 20,000 ha of degraded land by 2030.", 20_000, "ha", 2030),
        ("fr", "D'ici à 2030, le pays restaurera 20 000 ha de terres dégradées.", 20_000, "ha", 2030),
        ("es", "El país restaurará 20.000 ha de tierras degradadas al 2030.", 20_000, "ha", 2030),
        ("pt", "Até 2030, o país restaurará 20.000 ha de terras degradadas.", 20_000, "ha", 2030),
        ("ru", "К 2030 году страна восстановит 20 000 га деградированных земель.", 20_000, "ha", 2030),
        ("ar", "تعتزم الدولة استعادة 20000 هكتار من الأراضي المتدهورة بحلول عام 2030.", 20_000, "ha", 2030),
        ("zh", "到2030年，将恢复退化土地2万公顷。", 20_000, "ha", 2030),
    ],
)
def test_a_promise_in_each_language(language: Language, text: str, value: float, unit: str, year: int) -> None:
    found = only(document(paragraph(text), language=language))
    assert (found.quantities[0].value, found.quantities[0].unit, found.target_year) == (value, unit, year)
    assert found.quote == text
    assert found.ldn_response == "reverse"
    assert "land_restoration" in found.themes


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Between 2000 and 2015, 20,000 ha of forest were lost in the country."),
        ("fr", "Entre 2000 et 2015, 20 000 ha de forêts ont été perdus."),
        ("es", "Entre 2000 y 2015 se perdieron 20.000 ha de bosques."),
        ("en", "Globally, developed countries have restored 2 million ha of land."),
        ("en", "The population is estimated at 12 million people."),
        ("en", "Under business as usual emissions are projected to reach 74 MtCO2e in 2015."),
    ],
)
def test_memories_statistics_and_others_are_no_promises(language: Language, text: str) -> None:
    made = document(paragraph(text, "1. National circumstances"), language=language)
    assert figures(extract_commitments(made)) == []


@pytest.mark.parametrize(
    ("language", "told", "promised"),
    [
        (
            "en",
            "There are about 12,000 households engaged in pasture management.",
            "About 12,000 households are to be trained in pasture management.",
        ),
        ("en", "Only 30% of the waste is collected.", "Collect 30% of the waste."),
        (
            "fr",
            "Environ 12 % des forêts sont sous gestion durable.",
            "Environ 12 % des forêts seront mises sous gestion durable.",
        ),
        (
            "es",
            "Solo el 30 % de los bosques está bajo manejo sostenible.",
            "Solo el 30 % de los bosques será puesto bajo manejo sostenible.",
        ),
    ],
)
def test_a_figure_that_only_tells_what_is_makes_no_promise(language: Language, told: str, promised: str) -> None:
    headings = "5. Mitigation measures"
    assert figures(extract_commitments(document(paragraph(told, headings), language=language))) == []
    assert figures(extract_commitments(document(paragraph(promised, headings), language=language))) != []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Electricity demand will grow by 4% per year until 2030, and renewable energy with it."),
        ("fr", "La demande augmentera de 4 % par an jusqu'en 2030, hors énergies renouvelables."),
        ("es", "La demanda crecerá un 4 % anual hasta 2030, sin energías renovables."),
        ("pt", "A procura crescerá 4 % por ano até 2030, sem energias renováveis."),
        ("ru", "К 2030 году спрос вырастет на 4 %, включая возобновляемую энергию."),
    ],
)
def test_growth_that_nobody_brings_about_is_no_promise(language: Language, text: str) -> None:
    made = document(paragraph(text, "5. Mitigation measures"), language=language)
    assert figures(extract_commitments(made)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Better insulation has the potential to save 25% of the energy."),
        ("fr", "Une meilleure isolation a le potentiel de réduire la consommation d'énergie de 25 %."),
        ("es", "Un mejor aislamiento tiene el potencial de ahorrar el 25 % de la energía."),
        ("pt", "Um melhor isolamento tem potencial para poupar 25 % da energia."),
    ],
)
def test_what_would_be_possible_is_no_promise(language: Language, text: str) -> None:
    made = document(paragraph(text, "5. Mitigation measures", kind="list_item"), language=language)
    assert figures(extract_commitments(made)) == []


def test_how_many_projects_carry_out_a_goal_is_none_itself() -> None:
    text = "The unconditional emission reduction goal is based on the implementation of 14 mitigation projects."
    assert figures(extract_commitments(document(paragraph(text, "5. Mitigation measures")))) == []


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("en", "The cost of rehabilitating the rangelands is estimated at USD 3 million.", 3e6),
        ("fr", "Le coût de la réhabilitation des parcours est estimé à 3 millions USD.", 3e6),
        ("es", "El costo de la rehabilitación de los pastizales asciende a 3 millones de USD.", 3e6),
    ],
)
def test_an_amount_that_is_needed_is_no_background(language: Language, text: str, amount: float) -> None:
    assert figures(extract_commitments(document(paragraph(text), language=language))) == [(amount, "USD")]


def test_an_estimate_of_what_nobody_pays_for_stays_background() -> None:
    assert figures(extract_commitments(document(paragraph("Exports of timber are estimated at USD 3 million.")))) == []


def test_what_follows_a_colon_is_not_described_by_the_verb_before_it() -> None:
    text = "The package is made of three parts: 300 ha of mangrove planting along the coast."
    assert (300, "ha") in figures(extract_commitments(document(paragraph(text, "5. Mitigation measures"))))


def test_zero_waste_names_an_approach_but_none_to_landfill_is_a_promise() -> None:
    approach = document(paragraph("Promote zero waste management in industry.", "5. Mitigation measures"))
    promise = document(paragraph("Send zero waste to landfill by 2035.", "5. Mitigation measures"))
    assert figures(extract_commitments(approach)) == []
    assert figures(extract_commitments(promise)) == [(0, "t")]


def test_past_statements_are_written_on_demand_and_marked() -> None:
    made = document(paragraph("In 2015, 20,000 ha of degraded land were restored.", "1. Background"))
    assert extract_commitments(made) == ()
    assert [c.modality for c in extract_commitments(made, everything=True)] == ["achieved"]


@pytest.mark.parametrize(
    "text",
    [
        "Emissions will be cut by 4%, 7% and 9% in 2025, 2030 and 2035 respectively.",
        "Emissions will be cut by 4% in 2025, 7% in 2030 and 9% in 2035.",
        "By 2025 emissions will be cut by 4%, by 2030 by 7%, by 2035 by 9%.",
    ],
)
def test_as_many_years_as_figures_go_in_turn(text: str) -> None:
    found = extract_commitments(document(paragraph(text, "2. Targets")))
    assert {(c.quantities[0].value, c.target_year) for c in found} == {(4, 2025), (7, 2030), (9, 2035)}


def test_a_year_far_ahead_in_a_forecast_is_not_the_horizon_of_the_plan() -> None:
    forecast = paragraph("The sea level rises until 2100.", "1. Climate")
    promises = [paragraph(f"Forests: by 2035 the country will plant {n} ha.", "2. Targets") for n in (500, 600, 700)]
    undated = paragraph("The country will restore 800 ha of rangeland.", "2. Targets")
    found = extract_commitments(document(forecast, forecast, forecast, *promises, undated))
    assert {c.target_year for c in found} == {2035}


def test_the_year_of_a_row_label_dates_its_cells() -> None:
    found = only(document(row({("Measure",): "Planted area in 2027", ("Target (ha)",): "800"})))
    assert found.target_year == 2027


def test_two_ambitions_of_one_sentence_carry_their_own_condition() -> None:
    text = "Emissions will be cut by 15% by 2030 unconditionally; they will be cut by 45% with international support."
    found = extract_commitments(document(paragraph(text, "2. Targets")))
    assert [(c.quantities[0].value, c.conditionality) for c in found] == [(15, "unconditional"), (45, "conditional")]


def test_what_a_figure_is_compared_with_is_no_promise() -> None:
    text = "Emissions will be cut by 15% by 2030 relative to a business-as-usual emission of 73.95 MtCO2e."
    found = only(document(paragraph(text, "2. Targets")))
    assert found.quantities[0].unit == "percent"
    assert found.baseline is not None
    assert found.baseline.kind == "bau"


def test_a_list_item_takes_deadline_and_condition_from_what_governs_it() -> None:
    item = paragraph(
        "Plant trees on 5,000 ha", "3. Conditional measures", "By 2035 the country will:", kind="list_item"
    )
    found = only(document(item))
    assert (found.target_year, found.conditionality) == (2035, "conditional")
    assert {step.field for step in found.trace} >= {"promise", "target_year", "conditionality"}


def test_a_table_cell_takes_unit_year_and_condition_from_its_heads() -> None:
    cells = {
        ("Measure",): "Restore degraded land",
        ("Unit",): "ha",
        ("Unconditional", "2025"): "5 000",
        ("Conditional", "2030"): "15 000",
        ("Cost (million USD)",): "3.5",
    }
    found = extract_commitments(document(row(cells, "4. Planned measures")))
    assert [(c.quantities[0].value, c.quantities[0].unit, c.target_year, c.conditionality) for c in found] == [
        (5_000, "ha", 2025, "unconditional"),
        (15_000, "ha", 2030, "conditional"),
        (3_500_000, "USD", None, "unstated"),
    ]
    assert all(c.quote == "Restore degraded land\tha\t5 000\t15 000\t3.5" for c in found)
    assert all(c.themes[0] == "land_restoration" for c in found)


def test_milestones_and_cost_belong_to_the_last_figure_of_the_row() -> None:
    cells = {
        ("Measure",): "Restore degraded land",
        ("Target (ha)", "2025"): "5 000",
        ("Target (ha)", "2030"): "15 000",
        ("Cost (USD)",): "3 500 000",
    }
    found = {c.quantities[0].value: c for c in extract_commitments(document(row(cells, "4. Planned measures")))}
    main = found[15_000]
    assert (main.part_of, main.part) == (None, None)
    assert {value: c.part for value, c in found.items() if c.part_of == main.id} == {
        5_000: "milestone",
        3_500_000: "cost",
    }


def test_row_numbers_baselines_and_empty_figures_are_no_promises() -> None:
    rows = [
        row({("No",): str(n), ("Target",): f"Restore {place}", ("Baseline 2010 (ha)",): "700", ("2030 (ha)",): area})
        for n, place, area in ((1, "forest", "8 000"), (2, "wetlands", "0"), (3, "rangeland", "9 000"))
    ]
    assert figures(extract_commitments(document(*rows))) == [(8_000, "ha"), (9_000, "ha")]


def test_a_repeat_becomes_a_further_place() -> None:
    first = "The country will restore 20,000 ha of degraded land by 2030."
    again = "As said, 20,000 ha of degraded land will be restored by 2030."
    found = only(document(paragraph(first, "1. Summary"), paragraph(again, "5. Targets")))
    assert found.quote == first
    assert [place.quote for place in found.repeats] == [again]


def test_a_scenario_of_a_table_repeats_the_range_it_ends() -> None:
    text = "Emissions of greenhouse gases will be cut by 8 to 14 % below business as usual by 2035."
    heading = "Reduction of greenhouse gas emissions in %"
    rows = [row({("Scenario",): "Own effort", ("2035",): value}, heading) for value in ("14", "12")]
    ranged, other = extract_commitments(document(paragraph(text), *rows))
    assert [place.quote for place in ranged.repeats] == ["Own effort\t14"]
    assert (other.quantities[0].value, other.target_year) == (12, 2035)


def test_different_figures_for_one_thing_stay_apart() -> None:
    texts = ("The country will restore 20,000 ha by 2030.", "The country will restore 25,000 ha by 2030.")
    assert len(extract_commitments(document(*(paragraph(text, "Targets") for text in texts)))) == 2


def test_an_unquantified_measure_needs_its_own_action_and_theme() -> None:
    heading = "3. Planned measures"
    measure = paragraph("Rehabilitate degraded rangeland with herders", heading, kind="list_item")
    label = paragraph("Rangeland and herders", heading, kind="list_item")
    found = only(document(measure, label))
    assert found.quote == measure.text
    assert found.quantities == ()
    assert found.kind == "measure"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The implementation of rangeland restoration measures requires sustained support."),
        ("en", "These measures to restore rangeland contribute to the resilience of herders."),
        ("fr", "La restauration des terres dégradées constitue un défi majeur pour les communes."),
        ("es", "La restauración de las tierras degradadas representa un reto para los municipios."),
    ],
)
def test_a_sentence_that_describes_or_points_back_is_no_measure(language: Language, text: str) -> None:
    assert extract_commitments(document(paragraph(text, "3. Actions"), language=language)) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The country will restore degraded rangeland that is used by herders."),
        ("fr", "Restaurer les terres dégradées qui sont exploitées par les éleveurs."),
        ("es", "El país restaurará las tierras degradadas que son utilizadas por los ganaderos."),
    ],
)
def test_what_a_subordinate_clause_describes_does_not_take_the_measure_back(language: Language, text: str) -> None:
    assert only(document(paragraph(text, "3. Actions"), language=language)).quote == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "une hausse continue du niveau des lagunes pouvant atteindre 0,5 m en 2090 sur le littoral"),
        ("en", "a lasting rise of the lagoons which may reach 0.5 m in 2090 along the coast"),
        ("es", "un ascenso de las lagunas que puede alcanzar 0,5 m en 2090 en la costa"),
    ],
)
def test_what_may_be_reached_is_a_forecast(language: Language, text: str) -> None:
    reached = {cue.cue for cue in find_cues(text, language)}
    assert "projection" in reached
    assert not {"aim", "future"} & reached


def test_a_bullet_that_does_not_open_with_its_action_lists_something_else() -> None:
    heading, lead_in = "3. Rangeland", "The contribution deals with the following:"
    texts = ("Rehabilitation of degraded rangeland by herders", "Herders on rangeland that nobody rehabilitates")
    items = [paragraph(text, heading, lead_in, kind="list_item") for text in texts]
    made = document(*items, instrument="NDC", convention="UNFCCC")
    assert [c.quote for c in extract_commitments(made)] == [texts[0]]


def test_a_cut_against_a_reference_weighs_as_a_target() -> None:
    traces = [
        {
            step.because
            for step in only(document(paragraph(text, "1. Targets"))).trace
            if "reduction_against" in step.value
        }
        for text in (
            "The country will reduce its greenhouse gas emissions by 12% below business as usual by 2030.",
            "The country will reduce the cost of drinking water by 12% by 2030.",
        )
    ]
    assert traces == [{"below"}, set()]


def test_an_amount_of_money_is_about_finance_besides() -> None:
    texts = (
        "Restoring rangeland will cost USD 5 million by 2030.",
        "The country will restore 800 ha of rangeland by 2030.",
    )
    money, area = (only(document(paragraph(text, "2. Measures"))) for text in texts)
    assert money.themes == ("rangeland_restoration", "finance")
    assert area.themes == ("rangeland_restoration",)


def test_a_table_of_contents_promises_nothing() -> None:
    line = "4. Measures to restore 20,000 ha by 2030 ........................ 12"
    assert extract_commitments(document(paragraph(line))) == ()


def test_a_sentence_over_a_page_break_is_quoted_from_both_pages() -> None:
    from coherence.models import Page, Passage, Span  # noqa: PLC0415

    first, second = "By 2030 the country will restore", "20,000 ha of degraded land."
    spans = (
        Span(page=1, start=0, end=len(first), text=first),
        Span(page=2, start=0, end=len(second), text=second),
    )
    made = document().model_copy(
        update={
            "pages": (Page(number=1, text=first), Page(number=2, text=second)),
            "passages": (Passage(kind="paragraph", spans=spans),),
        }
    )
    found = only(made)
    assert (found.provenance.page, found.quote) == (2, second)
    assert [(span.page, span.text) for span in found.provenance.continued] == [(1, first)]


def test_what_the_document_says_of_all_its_promises_reaches_each() -> None:
    whole = paragraph("The full implementation of this INDC is contingent upon international support.", "1. Summary")
    measure = paragraph("The country will plant trees on 5,000 ha by 2030.", "2. Measures")
    found = [c for c in extract_commitments(document(whole, measure)) if c.quantities]
    assert [c.conditionality for c in found] == ["conditional"]


@pytest.mark.parametrize("head", ["Area (000 ha)", "Area (1000 ha)", "Area (thousand ha)", "Area in '000 ha"])
def test_a_scale_in_the_column_head_multiplies_its_figures(head: str) -> None:
    cells = {("Measure",): "Fix dunes with trees", (head,): "550"}
    assert figures(extract_commitments(document(row(cells, "4. Planned measures")))) == [(550_000, "ha")]


def test_a_cost_per_head_is_no_promise_of_its_own() -> None:
    cells = {("Measure",): "Restore degraded land", ("Target 2030 (ha)",): "900", ("Cost per household (USD)",): "42"}
    assert figures(extract_commitments(document(row(cells, "4. Planned measures")))) == [(900, "ha")]


def test_one_row_told_in_two_tables_is_one_promise() -> None:
    heads = (("Measure",), ("Target 2030 (ha)",))
    first = row(dict(zip(heads, ("Assisted natural regeneration on degraded land", "8 000"), strict=True)), "Targets")
    again = row(
        dict(zip(heads, ("Degraded land under assisted natural regeneration", "8 000"), strict=True)), "Annex", table=1
    )
    other = row(dict(zip(heads, ("Planting of mangroves along the coast", "8 000"), strict=True)), "Annex", table=1)
    found = extract_commitments(document(first, again, other))
    assert [len(c.repeats) for c in found] == [1, 0]


def test_a_column_of_places_says_where() -> None:
    cells = {
        ("Measure",): "Restore degraded land",
        ("Target regions",): "North; Volta; all regions",
        ("2030 (ha)",): "900",
    }
    assert only(document(row(cells, "4. Planned measures"))).places == ("North", "Volta")


def test_each_figure_of_an_enumeration_has_its_own_theme() -> None:
    text = "By 2030 we will restore 30,000 ha of degraded land, plant mangroves on 900 ha, and train 400 farmers."
    found = {c.quantities[0].value: c.themes for c in extract_commitments(document(paragraph(text, "Targets")))}
    assert found[30_000] == ("land_restoration",)
    assert found[900] == ("mangrove_restoration",)
    assert "capacity_building" in found[400]


@pytest.mark.parametrize(
    "text",
    [
        "The strategy rests on 4 programmes and 9 priority sectors.",
        "The remaining 14 districts receive support from these three projects.",
        "The upland region has 35 lakes and covers 40% of the territory.",
        "Since then the agency has installed 12 MW of solar power on public roofs.",
        "The development bank put the damage at USD 300 million a year by 2040.",
    ],
)
def test_what_is_there_was_done_or_makes_up_the_plan_is_no_promise(text: str) -> None:
    assert figures(extract_commitments(document(paragraph(text, "3. Adaptation")))) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Construction of 25 small dams", 25),
        ("The programme will cover 40% of the territory by 2030.", 40),
        ("Full implementation of the plan would reduce emissions by 12%.", 12),
        ("The measures require an investment of USD 70 million.", 70e6),
    ],
)
def test_signs_of_a_promise_outweigh_a_plain_present(text: str, value: float) -> None:
    assert only(document(paragraph(text, "3. Adaptation"))).quantities[0].value == value


def repeated(*texts: str) -> list[tuple[float | None, int]]:
    """Return value and number of places of each commitment that the paragraphs make."""
    found = extract_commitments(document(*(paragraph(text, "3. Planned measures") for text in texts)))
    return [(c.quantities[0].value, 1 + len(c.repeats)) for c in found]


def test_a_promise_told_in_other_words_is_one_commitment_with_several_places() -> None:
    texts = (
        "The country will replant 35,000 ha of burnt forest by 2032.",
        "Replanting of 35,000 ha of burnt forest",
        "By 2032, 35,000 ha of forest that burnt will be replanted with support of the regions.",
    )
    assert repeated(*texts) == [(35_000, 3)]


@pytest.mark.parametrize(
    "texts",
    [
        ("Cut the energy use to 30% less in sugar mills", "Cut the energy use to 30% less in public offices"),
        ("Plant trees on 4,000 ha per year.", "Convert 4,000 ha of pasture to orchards and forest per year."),
        ("Restore 35,000 ha of mangroves by 2025.", "Restore 35,000 ha of mangroves by 2035."),
        ("Reduce losses of water by 40% in cities.", "Raise the share of farmers with insurance to 40%."),
    ],
)
def test_equal_figures_of_unlike_promises_stay_apart(texts: tuple[str, ...]) -> None:
    assert [places for _, places in repeated(*texts)] == [1, 1]


def test_the_statement_that_dates_a_promise_stands_and_the_other_is_a_further_place() -> None:
    texts = (
        "The country will cut national greenhouse gas emissions by 17%.",
        "A cut of national greenhouse gas emissions by 17% below 2010 levels by 2029",
    )
    for order in (texts, texts[::-1]):
        (one,) = extract_commitments(document(*(paragraph(text, "3. Planned measures") for text in order)))
        assert (one.quote, one.target_year, one.baseline.year if one.baseline else None) == (texts[1], 2029, 2010)
        assert [place.quote for place in one.repeats] == [texts[0]]


def test_a_label_gives_way_to_the_sentence_that_says_from_when() -> None:
    texts = ("Plant 30,000 ha of shelterbelts per year", "Planting 30,000 ha of shelterbelts every year as from 2027;")
    (one,) = extract_commitments(document(*(paragraph(text, "3. Planned measures to 2035") for text in texts)))
    assert (one.quote, len(one.repeats)) == (texts[1], 1)


def test_what_only_the_repeat_states_is_taken_over() -> None:
    texts = (
        "The country will cut national greenhouse gas emissions by 17% by 2029.",
        "A cut of national greenhouse gas emissions by 17%, on condition that international support is provided",
    )
    (one,) = extract_commitments(document(*(paragraph(text, "3. Planned measures") for text in texts)))
    assert (one.target_year, one.conditionality, len(one.repeats)) == (2029, "conditional", 1)
    assert any(step.field == "conditionality" and step.because.startswith("repeat: ") for step in one.trace)


def test_what_the_climate_does_is_no_promise() -> None:
    text = "By 2050 a temperature increase will reduce rainfall by 20% in the north."
    assert figures(extract_commitments(document(paragraph(text, "2. Targets")))) == []


def test_items_side_by_side_are_promises_of_their_own() -> None:
    items = [
        paragraph(f"{kind}: build plants with a total capacity of 50 MW by 2030", "2. Measures", kind="list_item")
        for kind in ("Biomass", "Solar")
    ]
    assert figures(extract_commitments(document(*items))) == [(50, "MW"), (50, "MW")]


def test_a_caption_gives_the_unit_of_columns_grouped_by_year() -> None:
    cells = {("Sector",): "Waste", ("Year", "2025"): "4 400", ("Year", "2030"): "5 500"}
    made = document(row(cells, "Targets", caption="Table 2. Emission reductions (tCO2e)"))
    assert sorted(figures(extract_commitments(made))) == [(4_400, "tCO2e"), (5_500, "tCO2e")]


def test_a_label_can_say_that_its_row_is_a_share() -> None:
    cells = {("Sector",): "% of forests under management", ("Year", "2025"): "40", ("Year", "2030"): "70"}
    made = document(row(cells, "Targets", caption="Table 2. Area to be restored (ha)"))
    assert {unit for _, unit in figures(extract_commitments(made))} <= {"percent"}


@pytest.mark.parametrize(
    ("label", "caption"),
    [("Business as usual", "Table 2. Emission reductions (tCO2e)"), ("Waste", "Table 2. Emission inventory (tCO2e)")],
)
def test_a_reference_row_or_an_inventory_is_no_promise(label: str, caption: str) -> None:
    cells = {("Sector",): label, ("Year", "2025"): "4 400", ("Year", "2030"): "5 500"}
    assert figures(extract_commitments(document(row(cells, "Results", caption=caption)))) == []


def test_a_year_with_a_word_in_a_column_of_years_is_no_figure() -> None:
    cells = {("Target",): "Hold soil organic carbon", ("Indicator",): "Carbon, t/ha", ("Year",): "beyond 2040"}
    assert figures(extract_commitments(document(row(cells, "Targets")))) == []


@pytest.mark.parametrize(
    ("language", "text", "years"),
    [
        ("en", "Losses in the grid will fall from 21% in 2009 to 15% by 2025 and to 8% by 2031.", {2025, 2031}),
        ("es", "Las pérdidas de la red se reducirán de 21% en 2009 a 15% al 2025.", {2025}),
    ],
)
def test_the_year_of_the_starting_value_is_the_base_year(language: Language, text: str, years: set[int]) -> None:
    found = extract_commitments(document(paragraph(text, "3. Metas"), language=language))
    assert {(c.target_year, c.baseline.year if c.baseline else None) for c in found} == {(y, 2009) for y in years}


def test_a_figure_told_anew_is_not_what_is_compared_with() -> None:
    text = "The country will cut emissions by 9% below the reference scenario by 2030, which corresponds to 4 MtCO2e."
    assert set(figures(extract_commitments(document(paragraph(text, "Targets"))))) == {(9, "percent"), (4e6, "tCO2e")}


def test_a_share_of_zero_in_a_table_is_an_empty_cell() -> None:
    cells = {("Sector",): "Industry", ("Reduction 2025",): "0%", ("Reduction 2030",): "10%"}
    assert figures(extract_commitments(document(row(cells, "Targets")))) == [(10, "percent")]


def test_a_row_that_promises_in_sentences_does_not_promise_its_label_once_more() -> None:
    cells = {
        ("Sector",): "Forest restoration",
        ("Planned measures",): "• Restore burnt forest with the villages nearby • Train foresters in the use of drones",
    }
    found = extract_commitments(document(row(cells, "4. Planned measures")))
    assert [c.quote for c in found] == [
        "Restore burnt forest with the villages nearby",
        "Train foresters in the use of drones",
    ]


def test_what_is_lacking_is_no_promise() -> None:
    items = ("Inadequate training of farmers in water saving", "Lack of monitoring systems for river basins")
    passages = [paragraph(text, "5. Measures, gaps and barriers", kind="list_item") for text in items]
    assert extract_commitments(document(*passages)) == ()


def test_the_year_a_change_starts_in_is_its_base_year() -> None:
    text = "El país aumentará la energía renovable del 21% en 2012 al 48% en 2032."
    found = only(document(paragraph(text, "2. Metas"), language="es"))
    assert (found.target_year, found.baseline.year if found.baseline else None) == (2032, 2012)


def test_a_heading_that_names_the_base_year_governs_the_items_below() -> None:
    made = document(
        paragraph(
            "Aumentar la cobertura forestal a 70.000 ha.", "Metas al 2032, con respecto al año 2012:", kind="list_item"
        ),
        language="es",
    )
    found = only(made)
    assert (found.target_year, found.baseline.year if found.baseline else None) == (2032, 2012)


def test_a_figure_alone_in_its_cell_takes_the_action_of_its_row() -> None:
    cells = {("Meta",): "Restaurar pastizales degradados", ("Superficie",): "al menos 8.500 ha", ("Año",): "2031"}
    found = only(document(row(cells, "Metas de la NDT"), language="es"))
    assert (found.quantities[0].value, found.action) == (8500, "restore rangeland")


def test_an_announcement_makes_no_promise_of_an_item_that_tells_what_was_done() -> None:
    lead_in = "Targets that will help the country to reach its goal are:"
    done, ahead = "45,000 lamps have already been distributed in villages", "Distribution of 45,000 stoves in villages"
    made = document(*(paragraph(text, "3. Mitigation", lead_in, kind="list_item") for text in (done, ahead)))
    assert [c.quote for c in extract_commitments(made) if c.quantities] == [ahead]


@pytest.mark.parametrize(
    ("label", "cell", "expected"),
    [
        ("Reduction with foreign support, conditional (kt CO2)", "640", [(640_000, "tCO2e")]),
        ("Reduction with foreign support, conditional (kt CO2)", "640 (-35%)*", [(640_000, "tCO2e")]),
        ("Emissions (kt CO2)", "640", []),
    ],
)
def test_the_label_of_a_row_names_a_gas(label: str, cell: str, expected: list[tuple[float, str]]) -> None:
    found = extract_commitments(document(row({("Scenario",): label, ("2035",): cell}, "Targets")))
    assert figures(found)[:1] == expected
