"""Functions of the rule language: what they answer, what they do not know, what is said of a wrong call."""

from __future__ import annotations

from typing import Any

import pytest
from strategies_rules import INTERACTIONS

from coherence.engine.compilation import compile_condition
from coherence.engine.rows import row_of
from coherence.fact_models import CommitmentFacts
from coherence.pair_facts import PairRow
from coherence.rule_expressions import parse_expression
from coherence.rule_functions import including
from coherence.rule_syntax import Problem
from coherence.rule_terms import check_terms

ROOTS = ("a", "b", "pair")
A = CommitmentFacts(
    themes=frozenset({"afforestation", "waste"}), theme="afforestation", places=frozenset({"north", "delta"}),
    area_ha=50.0, value=5000.0, unit="MW", start_year=2021, target_year=2030,
)  # fmt: skip
B = CommitmentFacts(
    themes=frozenset({"reforestation"}), theme="reforestation", places=frozenset({"north", "delta", "coast"}),
    area_ha=200.0, value=3.0, unit="t", start_year=2028, target_year=2035,
)  # fmt: skip


def value_of(condition: str, a: CommitmentFacts = A, b: CommitmentFacts = B) -> Any:
    one, other = row_of(a), row_of(b)
    env = {"a": one, "b": other, "pair": PairRow(one, other, INTERACTIONS)}
    expression = parse_expression(condition, ROOTS)
    check_terms(expression)
    return compile_condition(expression.node)(env)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('is_a(a.themes, "reforestation")', True),
        ('is_a(a.theme, "reforestation")', True),
        ('is_a(b.themes, "afforestation")', False),
        ('is_a(a.themes, "land_and_forest")', True),
        ("is_a(a.themes, b.theme)", True),
        ("is_a(b.themes, a.theme)", False),
        ('not is_a(a.themes, "livestock_management")', True),
        ("lies_in(a.places, b.places)", True),
        ("lies_in(b.places, a.places)", False),
        ("years_shared(a.start_year, a.target_year, b.start_year, b.target_year) == 3", True),
        ("years_shared(a.start_year, a.target_year, 2031, 2040) == 0", True),
        ("years_shared(2030, 2021, 2020, 2040) is unknown", True),
        ("share(a.area_ha, b.area_ha) == 25", True),
        ("share(a.area_ha, 0) is unknown", True),
        ("share(a.area_ha, 0 - b.area_ha) is unknown", True),
        ('convert(a.value, a.unit, "gw") == 5', True),
        ('convert(50, "km2", "ha") == 5000', True),
        ('convert(b.value, b.unit, "kg") == 3000', True),
        ('convert(a.value, a.unit, "ha") is unknown', True),
        ('share(convert(1, "km2", "ha"), b.area_ha) == 50', True),
    ],
)
def test_functions_answer(condition: str, *, expected: bool) -> None:
    assert value_of(condition) is expected


@pytest.mark.parametrize(
    "condition",
    [
        'is_a(a.theme, "reforestation")',
        "is_a(b.themes, a.theme)",
        "lies_in(a.places, b.places)",
        "lies_in(b.places, a.places)",
        "years_shared(a.start_year, 2030, 2020, 2040) > 0",
        "share(a.area_ha, 100) > 0",
        'convert(a.value, a.unit, "ha") > 0',
        'not is_a(a.theme, "reforestation")',
    ],
)
def test_a_function_of_the_unknown_is_unknown(condition: str) -> None:
    assert value_of(condition, a=CommitmentFacts()) is None


@pytest.mark.parametrize(
    ("condition", "at", "what", "remedy"),
    [
        ('isa(a.themes, "waste")', 0, "unknown function 'isa'", "did you mean 'is_a'?"),
        ('a.gender and is_a(a.themes, "wast")', 29, "'wast' is not a theme or group", "did you mean 'waste'?"),
        ("a.gender and is_a(a.themes)", 13, "'is_a' takes 2 values, not 1", "write is_a(themes, theme)"),
        ("is_a(a.area_ha, a.theme)", 0, "'themes' of is_a must be a set or text, not a number", "write is_a"),
        ('convert(1, "sqkm", "ha") > 3', 12, "'sqkm' is not a unit", "did you mean 'km'?"),
        ("share(a.area_ha, b.area_ha)", 6, "a condition must be true or false, this is a number", "compare it"),
        ('"waste"(a.themes)', 7, "'(' cannot stand here", "an operator is missing before it"),
        ("a.__class__(1)", 0, "unknown function 'a.__class__'", ""),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told(condition: str, at: int, what: str, remedy: str) -> None:
    with pytest.raises(Problem) as raised:
        value_of(condition)
    assert (raised.value.at, raised.value.what) == (at, what)
    assert remedy in raised.value.remedy


def test_a_theme_is_included_by_its_broader_themes_and_its_group() -> None:
    assert including("afforestation") == {"afforestation", "reforestation", "land_and_forest"}
    assert including("no such theme") == {"no such theme"}


@pytest.mark.parametrize(
    ("condition", "at", "what", "remedy"),
    [
        ('a.places has "North"', 14, "'North' is not a value of 'places': these are folded", "write 'north'"),
        ('pair.shared_places & {"east", "West Coast"}', 31, "'West Coast' is not a value", "write 'west coast'"),
        ('lies_in(a.places, {"The Delta"})', 20, "'The Delta' is not a place", "write 'the delta'"),
        ('a.bodies has "Forest Service"', 14, "'Forest Service' is not a value", "write 'forest service'"),
        ('a.country == "Ghana"', 14, "'Ghana' is not a value of 'country'", "did you mean GHA?"),
        ('a.country == "XQZ"', 14, "'XQZ' is not a value of 'country'", "ISO 3166-1"),
        ('a.unit == "hectares"', 11, "'hectares' is not a value of 'unit'", "write 'ha'"),
        ('a.unit in {"km2", "ha"}', 12, "'km2' is not a value of 'unit'", "write 'ha'"),
        ('a.units has "percents"', 13, "'percents' is not a value of 'units'", "write 'percent'"),
        ('a.currency == "EURO"', 15, "'EURO' is not a value of 'currency'", "did you mean 'EUR'?"),
        ('a.official_targets has "KMGBF-T99"', 24, "'KMGBF-T99' is not a value", "did you mean 'KMGBF-T"),
        ('pair.effect_mechanism == "habitats"', 26, "'habitats' is not a value", "did you mean 'habitat'?"),
        ('a.baseline_kind == "none"', 20, "'none' is not a value of 'baseline_kind'", ""),
        ("a.gender and a.confidence > 50", 28, "50 is not a value of 'confidence'", "from 0 to 1 as a share of 1"),
        ("90 <= pair.area_ratio", 0, "90 is not a value of 'area_ratio'", "from 0 to 1"),
        ("pair.effect < -4", 14, "-4 is not a value of 'effect'", "from -3 to 3"),
    ],
)
def test_a_constant_that_the_fact_can_never_have_is_told(condition: str, at: int, what: str, remedy: str) -> None:
    with pytest.raises(Problem) as raised:
        value_of(condition)
    assert what in raised.value.what
    assert remedy in raised.value.remedy
    assert raised.value.at == at


@pytest.mark.parametrize(
    "condition",
    [
        'a.places has "côte d\'or"',
        'a.unit == "USD" or a.unit in {"count", "other", "tCO2e"}',
        'a.country == "GHA" and a.currency == "GHS"',
        'a.official_targets has "KMGBF-T2"',
        "a.confidence >= 1 and pair.area_ratio > 0",
        "pair.effect in {-3, 3}",
        "(pair.area_ratio ?? 2) > 1",
        "a.area_ha > 50",
    ],
)
def test_a_constant_that_the_fact_can_have_is_no_fault(condition: str) -> None:
    check_terms(parse_expression(condition, ROOTS))
