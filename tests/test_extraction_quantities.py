"""Quantities in text: units, ranges, changes, qualifiers, counted things, what is no quantity."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_numbers import Written, written_numbers

from coherence.extraction.quantities import QuantityMention, find_quantities
from coherence.vocabulary import LANGUAGES, Language


def only(text: str, language: Language = "en") -> QuantityMention:
    found = find_quantities(text, language)
    assert len(found) == 1, found
    return found[0]


@given(written_numbers())
@settings(max_examples=200, deadline=None)
def test_any_written_number_of_hectares_is_an_area(written: Written) -> None:
    mention = only(f"({written.text} ha)", written.language)
    assert mention.unit == "ha"
    assert mention.value is not None
    assert math.isclose(mention.value, written.value, rel_tol=1e-9)


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
@settings(deadline=None)
def test_offsets_are_verbatim_in_any_text(text: str, language: Language) -> None:
    for mention in find_quantities(text, language):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "882.86 km2 of land", 88_286, "ha"),
        ("en", "175 sq. km", 17_500, "ha"),
        ("ar", "100 فدان", 42, "ha"),
        ("es", "10 manzanas", 7, "ha"),
        ("en", "10 acres", 4.047, "ha"),
        ("zh", "15万亩", 10_000, "ha"),
        ("zh", "12亿千瓦", 1_200_000, "MW"),
        ("zh", "3000万千瓦时", 30, "GWh"),
        ("ar", "20 دونم", 2, "ha"),
        ("en", "145 Mt CO2e", 145e6, "tCO2e"),
        ("fr", "401 Mt éq-\u00ad‐CO2", 401e6, "tCO2e"),
        ("fr", "5 150 GgeqCO2", 5.15e6, "tCO2e"),
        ("ru", "5 млн тонн СО2-экв.", 5e6, "tCO2e"),
        ("zh", "5亿吨二氧化碳当量", 5e8, "tCO2e"),
        ("ar", "130 مليون طن من مكافئ ثاني أكسيد الكربون", 130e6, "tCO2e"),
        ("en", "2 GW", 2000, "MW"),
        ("en", "9.4 MWp", 9.4, "MW"),
        ("en", "solar pumps .75 MW", 0.75, "MW"),
        ("en", "in 2031 x 35% of kilns", 35, "percent"),
        ("en", "3 TWh", 3000, "GWh"),
        ("en", "188 km3", 188e9, "m3"),
        ("fr", "85 millions de m3", 85e6, "m3"),
        ("es", "6 millones de TM", 6e6, "t"),
        ("en", "US$ 22.6 billion", 22.6e9, "USD"),
        ("en", "$7.2billion", 7.2e9, "USD"),
        ("fr", "869 milliards de FCFA", 869e9, "XOF"),
        ("fr", "45 milliards de dollars américains", 45e9, "USD"),
        ("fr", "10 M€", 10e6, "EUR"),
        ("ru", "213,4 млн долл. США", 213.4e6, "USD"),
        ("zh", "1.5亿元", 150e6, "CNY"),
        ("ar", "3 مليار دولار", 3e9, "USD"),
        ("en", "20 per cent", 20, "percent"),
        ("es", "20 por ciento", 20, "percent"),
        ("ar", "٢٠٪", 20, "percent"),
        ("en", "by 2o/o of it", 2, "percent"),
        ("ar", "نسبة %75 من", 75, "percent"),
        ("zh", "百分之三十", 30, "percent"),
        ("en", "17 t/ha of soil organic carbon", 17, "tC_per_ha"),
        ("ru", "1,23 т СО2/чел.", 1.23, "other"),
        ("en", "200 kWh/m2", 200, "other"),
        ("en", "20 x 250 kW", 5, "MW"),
        ("en", "zero illegal deforestation", 0, "ha"),
        ("en", "half of the land", 50, "percent"),
    ],
)
def test_units_become_canonical(language: Language, text: str, value: float, unit: str) -> None:
    mention = only(text, language)
    assert (mention.unit, mention.value) == (unit, pytest.approx(value))


@pytest.mark.parametrize(
    ("language", "text", "low", "high", "unit"),
    [
        ("en", "7-20% GHG emission reduction", 7, 20, "percent"),
        ("en", "between 5 and 10% of households", 5, 10, "percent"),
        ("en", "US$ 5 to 10 million", 5e6, 10e6, "USD"),
        ("en", "up to 150-300MW", 150, 300, "MW"),
        ("fr", "une réduction de 7 à 22 %", 7, 22, "percent"),
        ("fr", "augmenter de 10 à 15 %", 10, 15, "percent"),
        ("fr", "entre 20 et 12% de 2020 à 2030", 12, 20, "percent"),
        ("ru", "от 5 до 10 %", 5, 10, "percent"),
        ("ru", "на 11.49-13.75%", 11.49, 13.75, "percent"),
        ("zh", "10至15%", 10, 15, "percent"),
        ("es", "entre 2 y 3 millones de hectáreas", 2e6, 3e6, "ha"),
    ],
)
def test_ranges_have_two_ends(language: Language, text: str, low: float, high: float, unit: str) -> None:
    mention = only(text, language)
    assert (mention.value, mention.low, mention.high, mention.unit) == (None, low, high, unit)


@pytest.mark.parametrize(
    ("language", "text", "start", "value"),
    [
        ("en", "from 13.8 to 14.7 million ha", 13.8e6, 14.7e6),
        ("en", "from 33% in 2010 to about 70% in 2030", 33, 70),
        ("en", "to reach 1,200,000 MT by 2030 from 400,000 MT in 2014", 400_000, 1_200_000),
        ("fr", "descendra de 9 % à 5 %", 9, 5),
        ("fr", "accroissement des plantations de 68 000 à 100 000 ha/an", 68_000, 100_000),
        ("fr", "réduire de 30 % du territoire national à 20 %", 30, 20),
        ("fr", "ramenée à 5 %, au lieu de 21 %", 21, 5),
        ("es", "incrementar la participación del 2% el 2010 al 9% el 2030", 2, 9),
        ("ru", "снизить с 30 % до 20 %", 30, 20),
        ("zh", "森林覆盖率从18%提高到25%", 18, 25),
    ],
)
def test_changes_keep_where_they_start(language: Language, text: str, start: float, value: float) -> None:
    mention = only(text, language)
    assert (mention.from_value, mention.value) == (start, value)


@pytest.mark.parametrize(
    ("language", "text", "qualifier"),
    [
        ("en", "at least 30 %", "at_least"),
        ("en", "no less than 50 per cent", "at_least"),
        ("en", "no more than 50 per cent", "up_to"),
        ("en", "145 Mt CO2e or lower", "up_to"),
        ("en", "approximately 80 000 ha", "approx"),
        ("en", "spread over 80 000 ha", "exact"),
        ("fr", "près de 6 millions de personnes", "approx"),
        ("fr", "au moins 10 régions", "at_least"),
        ("es", "al menos 400.000 ha", "at_least"),
        ("pt", "cerca de 200 ha", "approx"),
        ("ru", "не более 5 %", "up_to"),
        ("ar", "ما لا يقل عن 30 %", "at_least"),
        ("zh", "200万亩以上", "at_least"),
        ("zh", "30余万亩", "at_least"),
    ],
)
def test_qualifiers(language: Language, text: str, qualifier: str) -> None:
    assert only(text, language).qualifier == qualifier


@pytest.mark.parametrize(
    ("language", "text", "value", "of"),
    [
        ("en", "43 administrative districts", 43, "districts"),
        ("en", "nine identified main catchments areas", 9, "watersheds"),
        ("en", "35 000 domestic biogas digesters", 35_000, "digesters"),
        ("fr", "un million de véhicules particuliers", 1e6, "vehicles"),
        ("fr", "1,262 ménages", 1262, "households"),
        ("es", "350 mil personas", 350_000, "people"),
        ("ru", "25 домохозяйств", 25, "households"),
        ("ar", "10 آلاف شجرة", 10_000, "trees"),
        ("zh", "67种特有鱼类", 67, "species"),
    ],
)
def test_counted_things(language: Language, text: str, value: float, of: str) -> None:
    mention = only(text, language)
    assert (mention.unit, mention.value, mention.of, mention.ambiguous) == ("count", value, of, False)


def test_what_a_percentage_is_of() -> None:
    assert only("40% of rural households").of == "households"


@pytest.mark.parametrize(
    ("language", "text", "yearly"),
    [
        ("en", "10,000ha annual reforestation", True),
        ("en", "5000 ha per year", True),
        ("fr", "75.000 ha de terres dégradées sont réhabilités chaque année", True),
        ("fr", "7 808 Gg par an", True),
        ("es", "13.387 MW al año 2030", False),
        ("en", "5000 ha by 2030. Annual reports follow", False),
    ],
)
def test_amounts_per_year(language: Language, text: str, yearly: bool) -> None:
    mention = only(text, language)
    assert (mention.per_year, mention.per) == (yearly, "year" if yearly else None)


def test_the_second_year_of_a_season_shares_no_unit() -> None:
    found = find_quantities("irrigate 15% in 2025-26, 25% in 2028/29 and 35% by 2035", "en")
    assert [(q.value, q.unit) for q in found] == [(15, "percent"), (25, "percent"), (35, "percent")]


def test_annually_belongs_to_the_nearest_quantity() -> None:
    found = find_quantities("35 000 digesters and 15 wells annually", "en")
    assert [mention.per_year for mention in found] == [False, True]


def test_amounts_per_day_keep_their_unit() -> None:
    mention = only("1500 tonnes of CO2 per day")
    assert (mention.unit, mention.per, mention.per_year) == ("tCO2e", "day", False)


def test_lists_share_the_last_unit() -> None:
    assert [mention.value for mention in find_quantities("12, 15 and 20 %", "en")] == [12, 15, 20]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "a sink of 40 ± 6 kt CO2", [(40e3, "tCO2e")]),
        ("fr", "12,5 ± 3,1 millions de tonnes", [(12.5e6, "t")]),
        ("es", "70 MW +/- 5 MW y 9 MW", [(70, "MW"), (9, "MW")]),
        ("en", "in 2030 ± 5 MW", [(5, "MW")]),
    ],
)
def test_how_sure_an_amount_is_makes_no_amount(
    language: Language, text: str, expected: list[tuple[float, str]]
) -> None:
    assert [(mention.value, mention.unit) for mention in find_quantities(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "un coût de 45 mln US$", 45e6),
        ("fr", "soit 3 250 md de FCFA", 3.25e12),
        ("fr", "7 mrd FCFA", 7e9),
        ("pt", "12 mio EUR", 12e6),
        ("es", "8 Mln USD", 8e6),
        ("en", "6 Mln USD", 6e6),
    ],
)
def test_scales_are_abbreviated_in_many_ways(language: Language, text: str, value: float) -> None:
    assert only(text, language).value == value


@pytest.mark.parametrize(
    "text",
    [
        "by 2030", "article 4", "Target 3", "Table 2", "decision 1/CP.19", "1.", "section 3.2", "a 10-year period",
        "12 May 2021", "COP 21", "2020-2030", "in 2030 and beyond", "page 12", "tel. 22 45 67",
    ],
)  # fmt: skip
def test_what_only_identifies_is_no_quantity(text: str) -> None:
    assert find_quantities(text, "en") == ()


def test_a_broken_word_gap_of_a_pdf_is_a_space() -> None:
    text = "a\t\r \u00a0 255\t\r \u00a0 MtCO2e\t\r \u00a0 reduction"
    mention = only(text)
    assert (mention.value, text[mention.start : mention.end]) == (255e6, mention.text)


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "415 inhabitants / km2", "other"),
        ("zh", "自然保护区48处。", "count"),
        ("ar", "نسبة % 3 -1.4 من", "percent"),
    ],
)
def test_forms_of_single_languages(language: Language, text: str, unit: str) -> None:
    assert only(text, language).unit == unit


def test_dollars_of_a_year_are_no_amount() -> None:
    assert find_quantities("losses, million $2005", "en") == ()


def test_spanish_of_both_usages() -> None:
    assert only("3,800 millones de dólares", "es").value == 3.8e9
    area = only("112,492 km2", "es")
    assert (area.value, area.ambiguous) == (11_249_200, True)


def test_neighbouring_columns_are_no_share_of_thousands() -> None:
    mention = only("26 106 300% of the base")
    assert (mention.value, mention.text, mention.ambiguous) == (300, "300%", True)


def test_a_minus_is_no_range() -> None:
    assert [(mention.value, mention.low) for mention in find_quantities("28 -24%", "en")] == [(24, None)]


def test_bullets_that_look_like_fractions_are_no_shares() -> None:
    assert find_quantities("¾ Building embankments", "en") == ()


def test_a_note_mark_glued_to_a_currency_is_no_amount() -> None:
    assert find_quantities("cifraron en millones de dólares2, sin", "es") == ()


def test_times_make_a_range_too() -> None:
    mention = only("raise yields 2-2.5 times")
    assert (mention.low, mention.high, mention.kind) == (2, 2.5, "multiplier")


@pytest.mark.parametrize("text", ["the second half of the century", "in the first half of 2031", "2000-2030 in %"])
def test_parts_of_times_and_scales_of_charts_are_no_shares(text: str) -> None:
    assert find_quantities(text, "en") == ()


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("es", "3 millones 250 mil hectáreas", 3_250_000, "ha"),
        ("es", "14 mil 320 millones de dólares", 14_320e6, "USD"),
        ("es", "14 mil 320 hectáreas", 14_320, "ha"),
        ("es", "4 millones y medio de árboles", 4_500_000, "count"),
        ("es", "un millón y medio de hectáreas", 1_500_000, "ha"),
        ("es", "medio millón de árboles", 500_000, "count"),
        ("es", "75 USD Millones", 75e6, "USD"),
        ("en", "75 US$ million", 75e6, "USD"),
    ],
)
def test_numbers_that_go_on_after_a_scale_word(language: Language, text: str, value: float, unit: str) -> None:
    mention = only(text, language)
    assert (mention.value, mention.unit, mention.text) == (value, unit, text)


@given(st.integers(1, 99), st.integers(1, 999))
@settings(deadline=None)
def test_millions_and_thousands_add_up(millions: int, thousands: int) -> None:
    assert only(f"{millions} millones {thousands} mil hectáreas", "es").value == millions * 1e6 + thousands * 1e3


def test_neighbouring_amounts_do_not_run_together() -> None:
    assert [m.value for m in find_quantities("20 mil y 30 mil hectáreas", "es")] == [20_000, 30_000]
    assert [m.value for m in find_quantities("3 mil, 500 ha", "es")] == [3000, 500]
    assert [m.value for m in find_quantities("5 million 20 districts", "en")] == [20]


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Desde 2012 ha reducido la tala en 5%", 0),
        ("El Plan 2014-2018 (PND) ha establecido metas", 0),
        ("En 2018 ha sido aprobado", 0),
        ("El programa 7 ha ido creciendo", 0),
        ("300 ha de ganado y pasto", 1),
        ("300 ha restauradas", 1),
    ],
)
def test_ha_before_a_participle_is_a_verb_in_spanish(text: str, areas: int) -> None:
    assert [m.unit for m in find_quantities(text, "es")].count("ha") == areas


def test_tonnes_that_go_on_with_emissions_are_emissions() -> None:
    text = (
        "emisiones de 2,4 toneladas en 2030; 1,8 toneladas en 2040 y 1,1 toneladas en 2050. Luego 10 toneladas de maíz"
    )
    assert [m.unit for m in find_quantities(text, "es")] == ["tCO2e", "tCO2e", "tCO2e", "t"]


def test_an_amount_compared_with_another_is_where_it_started_not_where_it_goes() -> None:
    mention = only("un aumento de 1.500 MW al año 2030, respecto a 40 MW de 2010", "es")
    assert (mention.value, mention.from_value) == (1500, 40)


def test_an_index_counts_in_fractions_of_units() -> None:
    mention = only("el índice pasará de 0,35 a 0,60 unidades", "es")
    assert (mention.value or mention.high, mention.unit) == (0.6, "other")
    assert only("60 unidades", "es").unit == "count"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "un coût de 60 milliards de dollars, dont 9 milliards sont acquis", [60e9, 9e9]),
        ("fr", "un coût de 60 millions USD. 9 millions pour tous", [60e6]),
        ("en", "USD 60 million, of which 9 million for the coast", [60e6, 9e6]),
        ("en", "USD 60 million for 9 million hens", [60e6]),
        ("es", "60 millones de USD, de los cuales 9 millones son propios", [60e6, 9e6]),
    ],
)
def test_an_amount_takes_the_currency_named_before(language: Language, text: str, expected: list[float]) -> None:
    assert [q.value for q in find_quantities(text, language) if q.unit == "USD"] == expected


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("en", "below 2°C with a probability of 66% and 50% respectively", ["temperature", "likelihood", "likelihood"]),
        ("en", "a 66% chance that 30% is reached", ["likelihood", "plain"]),
        ("ru", "с вероятностью 66% снизить на 30%", ["likelihood", "plain"]),
        ("fr", "avec une probabilité de 66 %", ["likelihood"]),
        ("en", "hedges on slopes of more than 15% cover 30% of the fields", ["gradient", "plain"]),
        ("en", "no tillage where the land has an 8% slope", ["gradient"]),
        ("fr", "des haies sur les pentes de 12 à 30 % et 40 % des champs", ["gradient", "plain"]),
        ("es", "terrazas en pendientes mayores de 12%", ["gradient"]),
        ("ru", "террасы на склонах крутизной 12 %", ["gradient"]),
        ("zh", "坡度为25%的耕地退耕", ["gradient"]),
    ],
)
def test_temperatures_and_probabilities_are_told_apart(language: Language, text: str, kinds: list[str]) -> None:
    assert [q.kind for q in find_quantities(text, language)] == kinds
