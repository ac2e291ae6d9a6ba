"""Years in text and the part they play."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coherence.extraction.years import find_years
from coherence.vocabulary import LANGUAGES, Language


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "by 2030", [(2030, None, "target")]),
        ("en", "by the end of 2030", [(2030, None, "target")]),
        ("en", "relative to 1990 levels", [(1990, None, "baseline")]),
        ("en", "30% below 2005 levels by 2030", [(2005, None, "baseline"), (2030, None, "target")]),
        ("en", "from 2021 to 2030", [(2021, 2030, "period")]),
        ("en", "between 2020 and 2030", [(2020, 2030, "period")]),
        ("en", "in 2025 and 2030", [(2025, None, "plain"), (2030, None, "plain")]),
        ("en", "starting in 2021", [(2021, None, "start")]),
        ("en", "from 2018 onwards", [(2018, None, "start")]),
        ("en", "since 2005", [(2005, None, "past")]),
        ("en", "FY 2025/26", [(2025, 2026, "plain")]),
        ("en", "2020-25", [(2020, 2025, "period")]),
        ("en", "carbon neutral by mid-century", [(2050, None, "target")]),
        ("en", "over a 10-year period", [(10, None, "duration")]),
        ("fr", "d’ici à 2030", [(2030, None, "target")]),
        ("fr", "à l’horizon 2030", [(2030, None, "target")]),
        ("fr", "par rapport à 1990", [(1990, None, "baseline")]),
        ("fr", "sur la période 2020-\u00ad‐2030", [(2020, 2030, "period")]),
        ("fr", "à partir de 2021", [(2021, None, "start")]),
        ("es", "a más tardar en 2030", [(2030, None, "target")]),
        ("es", "respecto a 2010", [(2010, None, "baseline")]),
        ("pt", "até 2030", [(2030, None, "target")]),
        ("pt", "em relação a 2005", [(2005, None, "baseline")]),
        ("ru", "к 2030 году", [(2030, None, "target")]),
        ("ru", "с 2021 по 2030 год", [(2021, 2030, "period")]),
        ("ru", "от уровня 1990 года", [(1990, None, "baseline")]),
        ("ru", "2021-2030 гг.", [(2021, 2030, "period")]),
        ("ar", "بحلول عام ٢٠٣٠", [(2030, None, "target")]),
        ("ar", "مقارنة بعام 2005", [(2005, None, "baseline")]),
        ("zh", "到2030年", [(2030, None, "target")]),
        ("zh", "比2005年下降", [(2005, None, "baseline")]),
        ("zh", "从2021年起", [(2021, None, "start")]),
        ("zh", "2021—2030年", [(2021, 2030, "period")]),
        ("zh", "二〇三〇年", [(2030, None, "plain")]),
        ("zh", "“十四五”时期", [(2021, 2025, "period")]),
        ("zh", "截至2020年底", [(2020, None, "past")]),
        ("zh", "在2020年基础上", [(2020, None, "baseline")]),
        ("zh", "不少于2000万公顷", []),
        ("ru", "ниже выбросов 1990 года", [(1990, None, "baseline")]),
        ("ru", "по отношению к показателям 2012 года", [(2012, None, "baseline")]),
    ],
)
def test_years_and_roles(language: Language, text: str, expected: list[tuple[int, int | None, str]]) -> None:
    assert [(year.year, year.end_year, year.role) for year in find_years(text, language)] == expected


@pytest.mark.parametrize("text", ["2030 ha", "US$2015", "1 2030 000", "12.2030", "2030.5", "A2030", "1990s", "12030"])
def test_amounts_codes_and_decades_are_no_years(text: str) -> None:
    assert find_years(text, "en") == ()


def test_a_year_before_a_currency_is_a_year() -> None:
    assert [year.year for year in find_years("in 2030 US$ 5 million", "en")] == [2030]


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
@settings(deadline=None)
def test_offsets_are_verbatim_in_any_text(text: str, language: Language) -> None:
    for year in find_years(text, language):
        assert text[year.start : year.end] == year.text


@given(st.integers(1900, 2100), st.sampled_from(LANGUAGES))
@settings(deadline=None)
def test_every_year_of_two_centuries_is_found(year: int, language: Language) -> None:
    assert [found.year for found in find_years(f"({year})", language)] == [year]
