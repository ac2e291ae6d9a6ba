"""Tables in PDFs that are made here: heads of two levels, merged cells, bands, page breaks, no rules, forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from coherence.reading.pdf import PdfReading, read_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.models import Passage

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
BOLD_HEAD = ("FONTNAME", (0, 0), (-1, 1), "Helvetica-Bold")


def table_rows(reading: PdfReading) -> list[Passage]:
    for passage in reading.passages:
        for cell in passage.cells:
            assert cell.start == cell.end or passage.text[cell.start : cell.end] == cell.text
    return [passage for passage in reading.passages if passage.kind == "table_row"]


def save(path: Path, *flow: object) -> Path:
    SimpleDocTemplate(str(path), pagesize=A4).build(list(flow))
    return path


def two_level_table(rows: int = 4) -> Table:
    head = [
        ["Action", "Unit", "Objectives", "", "Cost", ""],
        ["", "", "2025", "2030", "2025", "2030"],
    ]
    body = [
        ["Restore land" if n % 2 == 0 else "", "ha", f"{n + 1} 000", f"{n + 2} 000", f"{n + 1}50", f"{n + 2}50"]
        for n in range(rows)
    ]
    band = [["Agriculture sector", "", "", "", "", ""]]
    spans = [("SPAN", (0, 3 + n), (0, 4 + n)) for n in range(0, rows, 2)]
    style = [
        GRID, BOLD_HEAD, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 0), (3, 0)),
        ("SPAN", (4, 0), (5, 0)), ("SPAN", (0, 2), (-1, 2)), *spans,
    ]  # fmt: skip
    return Table(head + band + body, repeatRows=2, colWidths=[120, 40, 60, 60, 60, 60], style=TableStyle(style))


def test_two_level_heads_bands_and_merged_labels(tmp_path: Path) -> None:
    rows = table_rows(read_pdf(save(tmp_path / "t.pdf", two_level_table())))
    assert len(rows) == 4
    cells = {cell.column: cell for cell in rows[1].cells}
    assert cells[0].text == "Restore land"
    assert cells[0].start == cells[0].end
    assert cells[3].text == "3 000"
    assert cells[3].heads == ("Objectives", "2030")
    assert cells[4].heads == ("Cost", "2025")
    assert cells[1].heads == ("Unit",)
    assert all(row.bands == ("Agriculture sector",) for row in rows)
    assert rows[0].text == "Restore land\tha\t1 000\t2 000\t150\t250"


def test_years_in_the_middle_of_a_table_are_heads_of_what_follows(tmp_path: Path) -> None:
    lines = [
        ["", "Own means", "", "Foreign means", ""],
        ["", "Cost (million USD)", "Saving (GWh)", "Cost (million USD)", "Saving (GWh)"],
        ["Lighting", "4", "31", "6", "52"],
        ["Boilers", "7", "44", "9", "68"],
        ["Savings as a share of the trend", "", "", "", ""],
        ["", "2025", "2030", "2035", "2040"],
        ["Lighting", "2,1", "3,4", "4,6", "5,5"],
        ["Boilers", "1,2", "2,3", "3,1", "4,4"],
    ]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("SPAN", (0, 4), (-1, 4))]
    table = Table(lines, colWidths=[90, 90, 80, 90, 80], style=TableStyle([GRID, *spans]))
    rows = table_rows(read_pdf(save(tmp_path / "years.pdf", table)))
    assert [row.cells[0].text for row in rows] == ["Lighting", "Boilers"] * 2
    assert rows[0].cells[4].heads == ("Foreign means", "Saving (GWh)")
    assert [cell.heads for cell in rows[3].cells[1:]] == [("2025",), ("2030",), ("2035",), ("2040",)]
    assert rows[3].bands == ("Savings as a share of the trend",)


def test_table_goes_on_over_pages_with_repeated_head(tmp_path: Path) -> None:
    reading = read_pdf(save(tmp_path / "long.pdf", two_level_table(80)))
    rows = table_rows(reading)
    assert len(rows) == 80
    assert {row.table for row in rows} == {0}
    assert len({row.spans[0].page for row in rows}) > 1
    assert all(row.cells[-1].heads == ("Cost", "2030") for row in rows)
    assert all(row.bands == ("Agriculture sector",) for row in rows)


def test_heads_are_inherited_where_the_next_page_has_none(tmp_path: Path) -> None:
    body = [[f"Measure {n}", f"{n} 500"] for n in range(90)]
    table = Table([["Measure", "Area in ha"], *body], style=TableStyle([GRID]), colWidths=[200, 100])
    rows = table_rows(read_pdf(save(tmp_path / "plain.pdf", table)))
    assert len(rows) == 90
    assert rows[-1].cells[1].heads == ("Area in ha",)


def test_columns_of_figures_without_rules(tmp_path: Path) -> None:
    path = tmp_path / "aligned.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    lines = [("Sector", "2020", "2030"), ("Energy", "12.5", "30.1"), ("Forests", "100", "2 000"), ("Waste", "7", "9")]
    for number, line in enumerate(lines):
        y = 700 - 14 * number
        canvas.drawString(72, y, line[0])
        canvas.drawRightString(300, y, line[1])
        canvas.drawRightString(400, y, line[2])
    canvas.save()
    rows = table_rows(read_pdf(path))
    assert [row.text for row in rows] == ["Energy\t12.5\t30.1", "Forests\t100\t2 000", "Waste\t7\t9"]
    assert rows[1].cells[2].heads == ("2030",)


def test_form_of_labels_and_prose_is_no_table(tmp_path: Path) -> None:
    style = getSampleStyleSheet()["BodyText"]
    prose = "The country will restore land. " * 8
    table = Table(
        [["Adaptation", Paragraph(prose, style)], ["Base year", "2010"], ["Mitigation", Paragraph(prose, style)]],
        style=TableStyle([GRID]), colWidths=[100, 330],
    )  # fmt: skip
    reading = read_pdf(save(tmp_path / "form.pdf", table))
    paragraphs = [passage for passage in reading.passages if passage.kind == "paragraph"]
    assert [passage.headings[-1] for passage in paragraphs] == ["Adaptation", "Mitigation"]
    assert [row.text for row in table_rows(reading)] == ["Base year\t2010"]


def test_prose_in_a_box_is_prose(tmp_path: Path) -> None:
    style = getSampleStyleSheet()["BodyText"]
    boxed = Table([[Paragraph("The plan protects the forests of the country. " * 6, style)]], style=TableStyle([GRID]))
    reading = read_pdf(save(tmp_path / "box.pdf", boxed))
    assert [passage.kind for passage in reading.passages] == ["paragraph"]


def test_caption_is_told(tmp_path: Path) -> None:
    style = getSampleStyleSheet()["BodyText"]
    reading = read_pdf(save(tmp_path / "c.pdf", Paragraph("Table 3: Targets by sector", style), two_level_table()))
    assert {row.caption for row in table_rows(reading)} == {"Table 3: Targets by sector"}


def test_a_note_beneath_a_table_does_not_end_it_at_the_page_break(tmp_path: Path) -> None:
    widths, style = [200, 120, 120], TableStyle([GRID, ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")])
    first = [["Measure", "Without support", "With support"], ["Plant trees", "500 ha", "900 ha"]]
    second = [["Restore wetlands", "70 ha", "80 ha"], ["Build small dams", "4 dams", "9 dams"]]
    normal = getSampleStyleSheet()["Normal"]
    note, text = Paragraph("8 The two curves meet", normal), Paragraph("What is planned until the end.", normal)
    made = save(
        tmp_path / "t.pdf", text, Table(first, widths, style=style), note, PageBreak(),
        Table(second, widths, style=TableStyle([GRID])),
    )  # fmt: skip
    rows = table_rows(read_pdf(made))
    assert [cell.heads for cell in rows[-1].cells] == [("Measure",), ("Without support",), ("With support",)]
    assert {row.table for row in rows} == {rows[0].table}
