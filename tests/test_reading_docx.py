from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from strategies_reading import check_offsets, docx_bytes

from coherence.errors import ReadingError
from coherence.reading.docx import read_docx

if TYPE_CHECKING:
    from coherence.reading.blocks import Reading


def _read(fill: Any) -> Reading:
    reading = read_docx(docx_bytes(fill), "plan.docx")
    check_offsets(reading)
    return reading


def test_headings_by_style_outline_and_bold_type() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Plan of Ghana", 0)
        document.add_heading("Targets", 1)
        paragraph = document.add_paragraph("Outlined")
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))  # noqa: SLF001
        document.add_paragraph().add_run("Bold and short").bold = True
        document.add_paragraph("Prose.")
        document.add_paragraph().add_run("A whole bold sentence.").bold = True

    reading = _read(fill)
    assert reading.title == "Plan of Ghana"
    assert [p.text for p in reading.passages if p.kind == "heading"] == [
        "Plan of Ghana",
        "Targets",
        "Outlined",
        "Bold and short",
    ]
    assert reading.passages[-1].headings == ("Plan of Ghana", "Targets", "Outlined", "Bold and short")
    assert reading.passages[-1].locator == "paragraph 6"


def test_lists_have_their_lead_in_and_depth() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("By 2030 we will:")
        document.add_paragraph("restore land", style="List Bullet")
        document.add_paragraph("in the north", style="List Bullet 2")
        document.add_paragraph("plant trees", style="List Number")
        document.add_paragraph("\uf0b7 no bullet")
        document.add_paragraph("• typed bullet")

    reading = _read(fill)
    by_text = {passage.text: passage for passage in reading.passages}
    assert by_text["in the north"].headings == ("By 2030 we will:", "restore land")
    assert by_text["plant trees"].headings == ("By 2030 we will:",)
    assert by_text["typed bullet"].kind == "list_item"


def test_merged_cells_caption_and_nested_tables() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Table 1: Costs of the plan", style="Caption")
        table = document.add_table(4, 3)
        for row, texts in enumerate(
            (("Target", "Cost", ""), ("", "2025", "2030"), ("Trees", "1", "2"), ("", "3", "4"))
        ):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(0, 0).merge(table.cell(1, 0))
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(2, 0).merge(table.cell(3, 0))
        inner = table.cell(3, 2).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "ner"

    rows = [passage for passage in _read(fill).passages if passage.kind == "table_row"]
    assert [row.text for row in rows] == ["Trees\t1\t2", "3\t4\nin\tner"]
    assert rows[0].caption == "Table 1: Costs of the plan"
    assert rows[1].cells[0].text == "Trees"
    assert rows[1].cells[2].heads == ("Cost", "2030")
    assert rows[0].locator == "table 1, row 3"


def test_insertions_count_deletions_do_not_and_text_boxes_and_controls_are_read() -> None:
    w = nsdecls("w")

    def fill(document: Any) -> None:
        body = document.element.body
        body.insert(0, parse_xml(
            f"<w:p {w}><w:ins><w:r><w:t>We will plant </w:t></w:r></w:ins><w:del><w:r><w:delText>no</w:delText></w:r></w:del>"  # noqa: E501
            "<w:hyperlink><w:r><w:t>5 ha</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        ))  # fmt: skip
        body.insert(
            1,
            parse_xml(
                f"<w:sdt {w}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            ),
        )
        body.insert(2, parse_xml(
            f"<w:p {w}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"  # noqa: E501
        ))  # fmt: skip

    assert [passage.text for passage in _read(fill).passages] == ["We will plant 5 ha", "In a control.", "In a box."]


def test_footnotes_come_last() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415
    from docx.opc.packuri import PackURI  # noqa: PLC0415
    from docx.opc.part import Part  # noqa: PLC0415

    def fill(document: Any) -> None:
        document.add_paragraph("Text.")
        blob = (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
            '<w:footnote w:id="2"><w:p><w:r><w:t>Of which 30 % conditional.</w:t></w:r></w:p></w:footnote></w:footnotes>'  # noqa: E501
        ).encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    last = _read(fill).passages[-1]
    assert (last.kind, last.text, last.locator) == ("footnote", "Of which 30 % conditional.", "footnote 2")


def test_a_table_of_contents_is_left_out() -> None:
    def fill(document: Any) -> None:
        document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("Targets ..... 3", style="toc 1")
        document.add_paragraph("Prose.")

    assert [passage.text for passage in _read(fill).passages] == ["Prose."]


def test_a_damaged_file_names_itself() -> None:
    with pytest.raises(ReadingError) as caught:
        read_docx(b"PK\x03\x04 broken", "plan.docx")
    assert caught.value.faults[0].location.path == "plan.docx"
    assert "save it again" in caught.value.faults[0].remedy


def test_a_spreadsheet_under_the_name_of_a_document_is_damaged() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    with pytest.raises(ReadingError):
        read_docx(stream.getvalue().replace(b"word/document.xml", b"word/dokument.xml"), "plan.docx")


def test_a_table_style_marks_the_first_row_as_heads() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(3, 2)
        for row, texts in enumerate((("Wadi", "Hill"), ("stone", "grass"), ("sand", "wood"))):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        if styled:
            table.style = "Light List"

    for styled in (True, False):
        rows = [passage.text for passage in _read(fill).passages]
        assert rows == ["stone\tgrass", "sand\twood"] if styled else ["Wadi\tHill", "stone\tgrass", "sand\twood"]
