"""Right-to-left lines: ligatures, order of words and numbers, marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.reading.geometry import Word
from coherence.reading.lines import line_of
from coherence.reading.rtl import logical_text, mend_ligatures, with_ascending_ranges, without_noise


def line(*texts: str) -> str:
    """Read words that stand from right to left with a space between them."""
    words, x = [], 500.0
    for order, text in enumerate(texts):
        width = 6.0 * len(text)
        words.append(Word(text, x - width, 0, x, 12, 10, 12, bold=False, order=order))
        x -= width + 4
    found = line_of(words, rtl=True)
    assert found is not None
    return found.text


def test_letters_of_one_ligature_are_put_in_order() -> None:
    glyphs = [("ع", 20.0, 25.0), ("ى", 10.0, 19.0), ("ل", 10.0, 19.0)]
    assert mend_ligatures(glyphs) == "على"
    apart = [("ا", 10.0, 12.0), ("ل", 6.0, 9.0)]
    assert mend_ligatures(apart) == "ال"


def test_mark_on_a_letter_is_no_ligature() -> None:
    assert mend_ligatures([("د", 1.0, 5.0), ("\u0651", 1.0, 5.0)]) == "د\u0651"


def test_numbers_follow_each_other_from_the_right() -> None:
    assert line("من", "75%", "الى", "51", "%") == "من 75% الى 51 %"
    assert line("عام", "2035", ".") == "عام 2035 ."


def test_groups_of_digits_stay_one_number() -> None:
    assert line("زراعة", "000", "500", "2", "شجرة") == "زراعة 2 500 000 شجرة"


def test_foreign_words_keep_their_order() -> None:
    assert line("نظام", "USUAL", "AS", "BUSINESS", "في") == "نظام BUSINESS AS USUAL في"


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("2035-2020", "2020-2035"),
        ("55%-51", "55%-51"),
        ("55-51%", "51-55%"),
        ("2020-2030", "2020-2030"),
        ("3-1.4 %", "1.4-3 %"),
    ],
)
def test_ranges_ascend(seen: str, meant: str) -> None:
    assert with_ascending_ranges(seen) == meant


def test_sign_after_a_range_or_date() -> None:
    assert logical_text("،2015-2000") == "2015-2000،"
    assert logical_text("،1995/3/28") == "1995/3/28،"


@given(st.text(alphabet="ابتدُّ ـ\u0650\u0651", max_size=30))
def test_marks_stand_on_letters_once(text: str) -> None:
    clean = without_noise("ا" + text)
    assert clean.replace("\u0651", "").count("ـ") == 0
    assert "\u0651\u0651" not in clean
    assert not any(clean[index] == " " and clean[index + 1] in "\u064f\u0650\u0651" for index in range(len(clean) - 1))
    assert without_noise(clean) == clean
