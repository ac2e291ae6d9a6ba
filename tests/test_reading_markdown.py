from __future__ import annotations

from typing import TYPE_CHECKING

from strategies_reading import check_offsets

from coherence.reading.markdown import read_markdown

if TYPE_CHECKING:
    from coherence.reading.blocks import Reading


def _read(text: str) -> Reading:
    reading = read_markdown(text)
    check_offsets(reading)
    return reading


def test_marks_leave_no_trace() -> None:
    reading = _read(
        '# Plan\n\n**By 2030** we restore *5 ha* of `land` ([source](http://x.org "t")) ~~no~~\nand more.\n'
    )
    assert reading.pages[0].text == "Plan\nBy 2030 we restore 5 ha of land (source) no and more."
    assert reading.passages[1].locator == "line 3"
    assert reading.title == "Plan"


def test_lists_lead_ins_and_numbers() -> None:
    reading = _read("## Goals\n\nWe will:\n\n3. plant\n   - oak\n4. protect\n\n   and keep\n\nAfter.\n")
    assert [(p.kind, p.text, p.headings) for p in reading.passages[2:]] == [
        ("list_item", "plant", ("Goals", "We will:")),
        ("list_item", "oak", ("Goals", "We will:", "plant")),
        ("list_item", "protect", ("Goals", "We will:")),
        ("list_item", "and keep", ("Goals", "We will:")),
        ("paragraph", "After.", ("Goals",)),
    ]
    assert "3. plant\n• oak\n4. protect" in reading.pages[0].text


def test_pipe_tables() -> None:
    reading = _read("| Target | Year |\n|:---|---:|\n| **5 ha** | 2030 |\n| | 2035 |\n")
    rows = [passage for passage in reading.passages if passage.kind == "table_row"]
    assert [row.text for row in rows] == ["5 ha\t2030", "2035"]
    assert [cell.heads for cell in rows[0].cells] == [("Target",), ("Year",)]


def test_front_matter_gives_the_title_and_html_is_read() -> None:
    reading = _read("---\ntitle: 'The plan'\n---\n\n<p>From <b>HTML</b></p>\n")
    assert reading.title == "The plan"
    assert [passage.text for passage in reading.passages] == ["From HTML"]


def test_a_short_line_of_strong_text_is_a_heading() -> None:
    reading = _read("# Plan\n\n**1. Targets**\n\n**5 ha** by 2030\n\n**A strong sentence.**\n\n- **an item**\n")
    assert [p.text for p in reading.passages if p.kind == "heading"] == ["Plan", "1. Targets"]
    assert reading.passages[2].headings == ("Plan", "1. Targets")
