"""Chinese text set solid: numbers part it, headings are told from what follows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.reading.solid_points import solid_parts
from coherence.reading.text import read_text

PLAN = (
    "为保护河流，制定本方案。一、总体要求（一）指导思想坚持保护优先，统筹推进。（二）主要目标到2030年，恢复湿地3万公顷。"
    "二、重点任务（一）开展调查。摸清家底，建立名录。1.东部流域鱼类保护现状据调查，有鱼类90种。2.西部流域新建保护区5处。"
)


def test_headings_and_text_of_points() -> None:
    parts = solid_parts(PLAN)
    assert [(part.level, part.text) for part in parts] == [
        (0, "为保护河流，制定本方案。"),
        (2, "一、总体要求"), (3, "（一）指导思想"), (0, "坚持保护优先，统筹推进。"),
        (3, "（二）主要目标"), (0, "到2030年，恢复湿地3万公顷。"),
        (2, "二、重点任务"), (3, "（一）开展调查。"), (0, "摸清家底，建立名录。"),
        (4, "1.东部流域鱼类保护现状"), (0, "据调查，有鱼类90种。"),
        (0, "2.西部流域新建保护区5处。"),
    ]  # fmt: skip


def test_points_stand_below_their_headings() -> None:
    passages = read_text(PLAN).passages
    (fish,) = (p for p in passages if "90种" in p.text)
    assert fish.headings == ("二、重点任务", "（一）开展调查。", "1.东部流域鱼类保护现状")


@pytest.mark.parametrize(
    "text", ["覆盖率为23.5。共2.6万亩。", "见（一）和（二）两项。", "Plan of 1. January. 一", "退耕（二期）1、2号地。"]
)
def test_numbers_within_sentences_part_nothing(text: str) -> None:
    assert [part.text for part in solid_parts(text)] == [text]


@given(st.text(alphabet="一二、（）1.。；目标现状任务河x \n", max_size=80))
def test_the_parts_are_the_whole_text(text: str) -> None:
    kept = "".join(part.text for part in solid_parts(text))
    assert "".join(kept.split()) == "".join(text.split())


def test_a_line_that_holds_nothing_but_a_soft_hyphen_is_no_text() -> None:
    assert [part.text for part in solid_parts("")] == [""]
    assert not any(passage.text.strip() for passage in read_text("\u00ad").passages)
