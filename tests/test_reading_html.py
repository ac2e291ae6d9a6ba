from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from strategies_reading import check_offsets

from coherence.reading.html import read_html

if TYPE_CHECKING:
    from coherence.models import Passage
    from coherence.reading.blocks import Reading


def _read(body: str) -> Reading:
    reading = read_html(f"<html><head><title>T</title></head><body>{body}</body></html>".encode())
    check_offsets(reading)
    return reading


def _rows(reading: Reading) -> list[Passage]:
    return [passage for passage in reading.passages if passage.kind == "table_row"]


def test_headings_nest_and_menus_scripts_and_hidden_parts_go() -> None:
    reading = _read(
        "<nav>Menu</nav><script>x()</script><style>p{}</style><h1>Plan</h1><h2>One</h2><p>First</p><h3>Deep</h3><p>A</p>"
        "<h2>Two</h2><p>B <b>bold</b> text</p><p hidden>no</p><p style='display: none'>no</p><div>loose <p>inner</p> tail</div>"  # noqa: E501
    )
    assert [(p.text, p.headings) for p in reading.passages if p.kind == "paragraph"] == [
        ("First", ("Plan", "One")), ("A", ("Plan", "One", "Deep")), ("B bold text", ("Plan", "Two")),
        ("loose", ("Plan", "Two")), ("inner", ("Plan", "Two")), ("tail", ("Plan", "Two")),
    ]  # fmt: skip
    assert reading.title == "Plan"


def test_lists_keep_numbers_out_of_the_passage() -> None:
    reading = _read(
        "<p>We will:</p><ol start=3><li>plant<ul><li>oak</li></ul></li><li><p>protect</p><p>more</p></li></ol>"
    )
    assert [(p.text, p.headings) for p in reading.passages[1:]] == [
        ("plant", ("We will:",)), ("oak", ("We will:", "plant")), ("protect", ("We will:",)), ("more", ("We will:",)),
    ]  # fmt: skip
    assert reading.pages[0].text == "We will:\n3. plant\n• oak\n4. protect\nmore"


def test_tables_with_spans_caption_and_heads() -> None:
    reading = _read(
        "<table><caption>Costs</caption><thead><tr><th rowspan=2>Target<th colspan=2>Cost<tr><th>2025<th>2030</thead>"
        "<tr><td rowspan=2>Trees<td>1<td>2<tr><td>3<td>4<tr><td rowspan=99>Water<td>5<td>6</table>"
    )
    rows = _rows(reading)
    assert [row.text for row in rows] == ["Trees\t1\t2", "3\t4", "Water\t5\t6"]
    assert rows[1].cells[2].heads == ("Cost", "2030")
    assert rows[0].caption == "Costs"
    assert reading.pages[0].text.startswith("Target\tCost\n2025\t2030\nTrees")


def test_cells_keep_their_paragraphs_apart() -> None:
    (row,) = _rows(_read("<table><tr><th>Target<th>Year<tr><td>plant<br>protect<ul><li>oak</ul><td>2030</table>"))
    assert row.cells[0].text == "plant\nprotect\n• oak"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8_r"),
    ],
)
def test_the_declared_encoding_is_used(head: str, encoding: str) -> None:
    text = "К 2030 году площадь лесов будет увеличена."
    assert (
        read_html(f"<html><head>{head}</head><body><p>{text}</body></html>".encode(encoding)).passages[0].text == text
    )


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<ul><li>", "<table><tr><td>"])
def test_deep_nesting_is_read(tag: str) -> None:
    assert "end" in _read(tag * 3000 + "end").pages[-1].text


def test_lines_of_the_source_are_no_lines_of_the_page() -> None:
    reading = _read("<p>By 2030\n  we restore<br>5 ha</p><pre>one\ntwo</pre><p>end\nof it</p>")
    assert [passage.text for passage in reading.passages] == ["By 2030 we restore", "5 ha", "one", "two", "end of it"]


def test_a_short_paragraph_in_bold_type_is_a_heading() -> None:
    reading = _read(
        "<p><b>2. Targets</b></p><p><span><strong>Target 1. Forests</strong></span></p><p><b>5 ha</b> by 2030</p>"
        "<p><b>A bold sentence.</b></p><ul><li><p><b>an item</b></p></ul><table><tr><td><p><b>cell</b></p><td>5</table>"
    )
    assert [p.text for p in reading.passages if p.kind == "heading"] == ["2. Targets", "Target 1. Forests"]
    assert reading.passages[2].headings == ("2. Targets", "Target 1. Forests")
