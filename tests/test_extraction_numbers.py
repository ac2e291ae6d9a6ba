"""Numbers in text: round trips in every style, number words, ambiguity, what is no number."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_numbers import Written, written_numbers

from coherence.extraction.numbers import find_numbers
from coherence.vocabulary import LANGUAGES, Language


@given(written_numbers())
@settings(max_examples=300, deadline=None)
def test_a_written_number_reads_back_as_its_value(written: Written) -> None:
    found = find_numbers(f"({written.text})", written.language)
    assert len(found) == 1, found
    assert math.isclose(found[0].value, written.value, rel_tol=1e-12)
    assert found[0].text == written.text


@given(st.text(), st.sampled_from(LANGUAGES))
@settings(deadline=None)
def test_offsets_are_verbatim_in_any_text(text: str, language: Language) -> None:
    for mention in find_numbers(text, language):
        assert text[mention.start : mention.end] == mention.text
        assert mention.text
        assert math.isfinite(mention.value)


@given(
    st.lists(
        st.sampled_from(["12", ",", ".", " ", "million", "half of ", "%", "ُ", "\r", "\t", "²", "٣", "亿", "-"]),
        max_size=40,
    )
)
@settings(deadline=None)
def test_offsets_are_verbatim_and_ordered_in_number_like_text(parts: list[str]) -> None:
    text = "".join(parts)
    for language in LANGUAGES:
        end = 0
        for mention in find_numbers(text, language):
            assert mention.start >= end
            assert text[mention.start : mention.end] == mention.text
            end = mention.end


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "1,00,000 people and 1.5 lakh", [100_000, 150_000]),
        ("en", "two hundred and fifty thousand", [250_000]),
        ("en", "six (6) catchments", [6]),
        ("en", "twenty-five of one hundred", [25, 100]),
        ("en", "equal to633 million", [633e6]),
        ("en", "US$756 032 667", [756_032_667]),
        ("en", "35 \n000 digesters", [35_000]),
        ("en", "1½ times", [1.5]),
        ("fr", "quatre-vingt-dix-neuf", [99]),
        ("fr", "quarante millions; soixante et onze; deux cents", [40e6, 71, 200]),
        ("fr", "US$ 1.125 milliards et 5,055 millions d’ha", [1.125e9, 5.055e6]),
        ("fr", "un million d'hectares", [1e6]),
        ("es", "mil millones; treinta y cinco mil; un billón", [1e9, 35_000, 1e12]),
        ("es", "3.779 millones de m3", [3_779e6]),
        ("pt", "mil milhões; duzentos e cinquenta", [1e9, 250]),
        ("ru", "двадцать пять тысяч; миллион гектаров; полтора миллиона", [25_000, 1e6, 1.5e6]),
        ("ar", "أربعين مليون; خمسة وعشرون ألف; مليوني", [40e6, 25_000, 2e6]),
        ("zh", "一亿五千万; 二十五万; 30余万; 二十", [1.5e8, 250_000, 300_000, 20]),
    ],
)
def test_number_words_and_scales(language: Language, text: str, values: list[float]) -> None:
    assert [mention.value for mention in find_numbers(text, language)] == values


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "half of the land", 1 / 2),
        ("en", "2/3 of farms", 2 / 3),
        ("fr", "un tiers des sols", 1 / 3),
        ("es", "dos tercios de", 2 / 3),
        ("pt", "metade das florestas", 1 / 2),
        ("ru", "половина лесов", 1 / 2),
        ("ar", "ثلث الأراضي", 1 / 3),
        ("zh", "三分之一", 1 / 3),
        ("zh", "百分之三十", 0.3),
        ("zh", "百分之30", 0.3),
    ],
)
def test_shares_are_fractions_of_one(language: Language, text: str, value: float) -> None:
    (mention,) = find_numbers(text, language)
    assert mention.kind == "share"
    assert mention.value == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    ("language", "text", "value", "ambiguous"),
    [
        ("en", "5,055 ha", 5055, False),
        ("fr", "5,055 ha", 5.055, True),
        ("ru", "5,055 га", 5.055, True),
        ("fr", "12,5 puis 5,055", 5.055, False),
        ("fr", "1,234,567 puis 5,055", 5055, False),
        ("en", "5.055 million", 5.055e6, False),
        ("es", "5.055 ha", 5055, False),
        ("fr", "105.000 ha", 105_000, False),
        ("en", "0,784", 0.784, False),
        ("en", "1,000,00", 1000, True),
        ("en", "150 000 225 000 ha", 150_000_225_000, True),
    ],
)
def test_one_mark_before_three_digits(language: Language, text: str, value: float, ambiguous: bool) -> None:
    mention = find_numbers(text, language)[-1]
    assert (mention.value, mention.ambiguous) == (pytest.approx(value), ambiguous)


@pytest.mark.parametrize(
    "text",
    [
        "4.1.2",
        "12/05/2021",
        "2021-03-31",
        "1/CP.19",
        "CO2",
        "PM2.5",
        "COVID-19",
        "21st",
        "[12, 13]",
        "2015/16",
        "9" * 40,
        "double counting",
    ],
)
def test_what_only_identifies_is_no_number(text: str) -> None:
    assert find_numbers(text, "en") == ()


def test_articles_are_no_numbers() -> None:
    assert find_numbers("one of the aims", "en") == ()
    assert find_numbers("un centre et une commune", "fr") == ()
    assert find_numbers("第三节，一个目标，十四五规划", "zh") == ()


def test_labels_are_marked() -> None:
    label, number = find_numbers("Target 3 covers 12 farms", "en")
    assert (label.labelled, number.labelled) == (True, False)


def test_multipliers_carry_their_factor() -> None:
    found = find_numbers("double the area, three times the yield, tripled", "en")
    assert [(mention.kind, mention.value) for mention in found] == [
        ("multiplier", 2),
        ("multiplier", 3),
        ("multiplier", 3),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "zero net deforestation"),
        ("fr", "déforestation zéro"),
        ("es", "cero deforestación ilegal"),
        ("zh", "净零排放"),
    ],
)
def test_zero_counts_where_it_is_promised_of_something(language: Language, text: str) -> None:
    (mention,) = find_numbers(text, language)
    assert (mention.kind, mention.value) == ("zero_word", 0)


@pytest.mark.parametrize(
    "unit", ["1", "1,", "1 000 ", ",000", "1.1", "٣", "十", "one ", "2030-", "1/", "half of ", "\t\r "]
)
def test_long_runs_of_digits_and_marks_end_soon(unit: str) -> None:
    text = (unit * (1_000_000 // len(unit) + 1))[:1_000_000] if unit in {"1", "٣"} else unit * (200_000 // len(unit))
    begin = time.perf_counter()
    find_numbers(text, "zh" if unit == "十" else "en")
    # Quadratic scanning would need hours; the bound leaves room for a slow, busy machine.
    assert time.perf_counter() - begin < 60
