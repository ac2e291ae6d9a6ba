"""Units: conversion factors, table heads, the vocabulary itself."""

from __future__ import annotations

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coherence.extraction.number_forms import NumberMention
from coherence.extraction.unit_words import unit_words
from coherence.extraction.units import HeadUnit, apply_head_unit, canonical_factor, unit_of_head
from coherence.vocabulary import LANGUAGES, Language, per_language, term_list

# Units that pint's own registry knows, in its words, with the canonical unit.
_KNOWN_TO_PINT = {
    "km2": ("kilometer ** 2", "hectare"), "m3": ("meter ** 3", "meter ** 3"), "liter": ("liter", "meter ** 3"),
    "km3": ("kilometer ** 3", "meter ** 3"), "gw": ("gigawatt", "megawatt"), "kw": ("kilowatt", "megawatt"),
    "twh": ("terawatt_hour", "gigawatt_hour"), "mwh": ("megawatt_hour", "gigawatt_hour"),
    "kg": ("kilogram", "metric_ton"), "m": ("meter", "kilometer"), "kt": ("kilometric_ton", "metric_ton"),
}  # fmt: skip


@given(st.sampled_from(sorted(_KNOWN_TO_PINT)), st.floats(1e-6, 1e12))
@settings(deadline=None)  # pint reads its registry on first use
def test_factors_agree_with_pint(key: str, amount: float) -> None:
    unit, canonical = _KNOWN_TO_PINT[key]
    registry = pint.get_application_registry()
    expected = registry.Quantity(amount, unit).to(canonical).magnitude
    assert canonical_factor(key) * amount == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("key", "factor"),
    [
        ("feddan", 0.42),
        ("manzana", 0.7),
        ("acre", 0.4047),
        ("chinese_mu", 1 / 15),
        ("dunam", 0.1),
        ("gg", 1000),
        ("quintal", 0.1),
    ],
)
def test_local_units(key: str, factor: float) -> None:
    assert canonical_factor(key) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("language", "head", "unit", "factor"),
    [
        ("en", "Cost (million USD)", "USD", 1e6),
        ("en", "Investment Needs (mil $)", "USD", 1e6),
        ("en", "Indicative Amounts (Billion) - ($)", "USD", 1e9),
        ("fr", "Superficie (ha)", "ha", 1),
        ("fr", "Mi F. CFA", "XOF", 1e6),
        ("fr", "GgCO2eq/an", "tCO2e", 1e3),
        ("en", "Mt CO2", "tCO2e", 1e6),
        ("en", "Saving (CO2 Gg)", "tCO2e", 1e3),
        ("en", "%", "percent", 1),
        ("fr", "Nombre", "count", 1),
        ("fr", "Ha", "ha", 1),
        ("en", "ML", "m3", 1e3),
        ("en", "No. of households", "count", 1),
        ("en", "1000 ha", "ha", 1e3),
        ("en", "'000 tonnes", "t", 1e3),
        ("es", "Superficie (miles de ha)", "ha", 1e3),
        ("ru", "млн долл. США", "USD", 1e6),
        ("zh", "投资（万元）", "CNY", 1e4),
    ],
)
def test_table_heads(language: Language, head: str, unit: str, factor: float) -> None:
    found = unit_of_head(head, language)
    assert found is not None
    assert (found.unit, found.factor) == (unit, pytest.approx(factor))


@pytest.mark.parametrize(
    "head", ["", "Target year", "Responsible body", "Action", "2030", "Means of implementation and a timeline"]
)
def test_heads_without_a_unit(head: str) -> None:
    assert unit_of_head(head, "en") is None


def test_yearly_heads() -> None:
    found = unit_of_head("tCO2/year", "en")
    assert found is not None
    assert found.per_year


def test_what_a_head_counts() -> None:
    found = unit_of_head("No. of households", "en")
    assert found is not None
    assert found.of == "households"


@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_any_head_can_be_read(text: str, language: Language) -> None:
    found = unit_of_head(text, language)
    assert found is None or found.factor > 0


def test_a_head_gives_bare_numbers_its_unit() -> None:
    number = NumberMention(3, 6, 2.5, "2.5")
    mention = apply_head_unit(number, HeadUnit("USD", 1e6, per_year=True))
    assert (mention.value, mention.unit, mention.per_year, mention.start, mention.end) == (2.5e6, "USD", True, 3, 6)


def test_a_scale_repeated_in_the_cell_counts_once() -> None:
    number = NumberMention(0, 9, 5e6, "5 million", scale=1e6)
    assert apply_head_unit(number, HeadUnit("USD", 1e6)).value == 5e6


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_refer_to_known_units_and_nouns_are_the_same_in_all_languages(language: Language) -> None:
    data = per_language("units", language)
    assert set(data["names"]) <= set(term_list("units")["units"])
    assert set(data["nouns"]) <= set(per_language("units", "en")["nouns"])
    assert unit_words(language).language == language


@pytest.mark.parametrize(
    ("language", "head", "factor"),
    [
        ("en", "Cost (billions of USD)", 1e9),
        ("en", "Area (x1000 ha)", 1000),
        ("fr", "Superficies (en .000 ha)", 1000),
        ("es", "Superficie (000 ha)", 1000),
    ],
)
def test_scales_of_column_heads(language: Language, head: str, factor: float) -> None:
    found = unit_of_head(head, language)
    assert found is not None
    assert found.factor == factor


@pytest.mark.parametrize(("head", "money"), [("Waste/PI-US", False), ("Cost - US", True), ("Cost (US)", True)])
def test_a_code_at_the_end_of_a_hyphenated_name_is_no_currency(head: str, money: bool) -> None:
    assert (unit_of_head(head, "en") is not None) == money
