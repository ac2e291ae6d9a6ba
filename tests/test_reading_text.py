from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_reading import TEXT, check_offsets

from coherence.reading.text import read_text
from coherence.reading.text_lines import is_caption_line, item_marker, number_depth

if TYPE_CHECKING:
    from coherence.models import Passage


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(passage.kind, passage.text) for passage in read_text(text).passages]


def _passage(text: str, start: str) -> Passage:
    return next(passage for passage in read_text(text).passages if passage.text.startswith(start))


def test_wrapped_lines_headings_lists_and_tables() -> None:
    assert _kinds(TEXT) == [
        ("heading", "NATIONAL PLAN"),
        ("heading", "1. Targets"),
        ("paragraph", "By 2030 the country will restore 5,000 hectares of degraded land. Three measures are named:"),
        ("list_item", "plant trees on 200 ha;"),
        ("list_item", "protect 30 % of the wetlands."),
        ("table_row", "Planting\t2030"),
    ]
    item = _passage(TEXT, "plant trees")
    assert item.headings == ("NATIONAL PLAN", "1. Targets", "Three measures are named:")
    assert item.locator == "line 10"


def test_a_hyphen_that_the_text_writes_elsewhere_stays() -> None:
    wrapped = (
        "Projects of agro-forestry are many and they are all of them well known, as agro-\nforestry pays off in time.\n"
    )
    assert _kinds(wrapped)[0][1].count("agro-forestry") == 2


def test_wrapped_items_go_on_and_numbers_in_wrapped_lines_start_none() -> None:
    text = (
        "The plan of the government raises the share of land under protection from\n"
        "15. A share of 30 follows.\n\n"
        "  - restore the land that was lost in the drought of the years after 1990 and\n"
        "    keep it green;\n  - plant trees.\n"
    )
    assert [kind for kind, _ in _kinds(text)] == ["paragraph", "list_item", "list_item"]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "The country will restore land. " * 12
    assert [kind for kind, _ in _kinds(f"{line}\n{line}\n{line}")] == ["paragraph"] * 3


def test_numbered_headings_without_underlines() -> None:
    text = "Plan national\n\n1. Contexte\n\nLe pays est aride.\n\n1.1 Climat\n\nIl fait chaud.\n\n2. Engagement national\n\nD'ici à 2030, 5 ha.\n"  # noqa: E501
    assert [text for kind, text in _kinds(text) if kind == "heading"] == [
        "Plan national", "1. Contexte", "1.1 Climat", "2. Engagement national",
    ]  # fmt: skip
    assert _passage(text, "Il fait").headings == ("Plan national", "1. Contexte", "1.1 Climat")
    assert _passage(text, "D'ici").headings == ("Plan national", "2. Engagement national")


def test_form_feeds_are_pages_and_running_heads_go() -> None:
    pages = [
        f"Plan of the land {n}\n\nText of page {n} says that the country\nwill do it{'.' if n != 2 else ' and'}\n"
        for n in (1, 2)
    ]
    pages.append("Plan of the land 3\n\nthen stop.\n")
    reading = read_text("\f".join(pages))
    assert len(reading.pages) == 3
    assert not any("Plan of the land" in page.text for page in reading.pages)
    assert reading.passages[-1].text.endswith("will do it and then stop.")
    assert [span.page for span in reading.passages[-1].spans] == [2, 3]


def test_aligned_columns_are_a_table() -> None:
    text = "Measure          Area      Year\nPlanting         500 ha    2030\nWetlands         20 ha     2035\n"
    rows = [passage for passage in read_text(text).passages if passage.kind == "table_row"]
    assert [row.text for row in rows] == ["Planting\t500 ha\t2030", "Wetlands\t20 ha\t2035"]
    assert rows[0].cells[1].heads == ("Area",)


def test_chinese_lines_join_without_spaces_and_solid_points_part() -> None:
    text = "到二〇三〇年全国森林覆盖率达到百分之二十五左右并恢复退化土地一百万公顷以及\n加强生物多样性保护工作。一、总体要求。（一）指导思想。"  # noqa: E501
    texts = [text for _, text in _kinds(text)]
    assert texts[0].endswith("以及加强生物多样性保护工作。")
    assert texts[1:] == ["一、总体要求。", "（一）指导思想。"]


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("2. Targets", 1),
        ("2.3 Land", 2),
        ("IV. Measures", 1),
        ("一、总体要求", 1),
        ("Annex 2 Tables", 1),
        ("Plain text", 0),
        ("2 500 ha", 0),
    ],
)
def test_numbers_of_headings(text: str, depth: int) -> None:
    assert number_depth(text) == depth


@pytest.mark.parametrize("text", ["- a", "• a", "1) a", "(a) b", "a) b", "2.3. b", "（一）甲", "ii. b"])
def test_marks_of_lists(text: str) -> None:
    assert item_marker(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("abcdefgh "), min_size=1, max_size=60), min_size=1, max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    reading = read_text("\n".join(lines))
    check_offsets(reading)
    assert "".join("".join(page.text for page in reading.pages).split()) == "".join("".join(lines).split())


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("Table 3: Land to be treated", True),
        ("Tableau n° 2. Superficies", True),
        ("TABLA IV – Metas", True),
        ("Cuadro A.1 Metas", True),
        ("表1 主要指标", True),
        ("Таблица 5. Меры", True),
        ("جدول 2: التدابير", True),
        ("Table 3 shows that land is lost.", False),
        ("Table of contents", False),
        ("Tables are below", False),
        ("Tableau synoptique", False),
        ("Map A", True),
        ("Maps 3", False),
    ],
)
def test_captions_have_a_name_and_a_number(text: str, caption: bool) -> None:
    assert is_caption_line(text) is caption
