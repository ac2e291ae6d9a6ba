"""Rows of tables in PDFs that are made here: grids of rules only, page breaks, bands, narrow cells, charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from coherence.reading.pdf import PdfReading, read_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.models import Passage

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
BODY = getSampleStyleSheet()["BodyText"]
HEIGHT = A4[1]


def table_rows(reading: PdfReading) -> list[Passage]:
    return [passage for passage in reading.passages if passage.kind == "table_row"]


def save(path: Path, *flow: object) -> PdfReading:
    SimpleDocTemplate(str(path), pagesize=A4).build(list(flow))
    return read_pdf(path)


def draw_grid(canvas: Canvas, xs: list[float], ys: list[float]) -> None:
    for x in xs:
        canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])
    for y in ys:
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)


def draw_cells(canvas: Canvas, xs: list[float], y: float, cells: list[list[str]]) -> None:
    canvas.setFont("Helvetica", 10)
    for x, lines in zip(xs, cells, strict=False):
        for number, line in enumerate(lines):
            canvas.drawString(x + 5, HEIGHT - y - 12 - 12 * number, line)


def test_rules_across_only_make_a_table(tmp_path: Path) -> None:
    path = tmp_path / "across.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    xs = [72, 250, 400, 520]
    lines = [["Measure", "Unit", "2030"], ["Plant trees", "million", "5"], ["Protect wetlands", "ha", "30 000"]]
    for number, line in enumerate(lines):
        y = 100 + 20 * number
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
        draw_cells(canvas, xs, y, [[text] for text in line])
    canvas.line(xs[0], HEIGHT - 160, xs[-1], HEIGHT - 160)
    canvas.save()
    rows = table_rows(read_pdf(path))
    assert [row.text for row in rows] == ["Plant trees\tmillion\t5", "Protect wetlands\tha\t30 000"]
    assert rows[1].cells[2].heads == ("2030",)


def test_row_that_a_page_break_cuts_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    xs = [72, 200, 340, 500]
    draw_grid(canvas, xs, [700, 725, 770])
    draw_cells(canvas, xs, 700, [["Action"], ["Target"], ["Benefit"]])
    draw_cells(
        canvas, xs, 725, [["Small energy"], ["The country will set up", "a hundred solar plants in"], ["More jobs for"]]
    )
    canvas.showPage()
    draw_grid(canvas, xs, [80, 125, 150])
    draw_cells(canvas, xs, 80, [[], ["villages, with up to", "nine megawatts."], ["young people."]])
    draw_cells(canvas, xs, 125, [["Saving energy"], ["Losses fall to 7%."], ["Lower bills."]])
    canvas.save()
    rows = table_rows(read_pdf(path))
    assert [row.cells[0].text for row in rows] == ["Small energy", "Saving energy"]
    assert [span.page for span in rows[0].spans] == [1, 2]
    target = " ".join(cell.text for cell in rows[0].cells if cell.heads == ("Target",))
    assert target == "The country will set up a hundred solar plants in villages, with up to nine megawatts."
    assert all(rows[0].text[cell.start : cell.end] == cell.text for cell in rows[0].cells)


def test_tables_side_by_side_go_on_each_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "beside.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    left, right = [60, 200, 280], [310, 450, 540]
    for page in range(2):
        for xs, name in ((left, "Own"), (right, "Aided")):
            head = [["Project"], [f"{name} cost"]]
            rows = [head] if page == 0 else []
            rows += [[[f"{name} project {page}{n}"], [f"{page + 1}{n} 000"]] for n in range(3)]
            draw_grid(canvas, xs, [80 + 20 * n for n in range(len(rows) + 1)])
            for number, cells in enumerate(rows):
                draw_cells(canvas, xs, 80 + 20 * number, cells)
        canvas.showPage()
    canvas.save()
    rows = table_rows(read_pdf(path))
    heads = {row.cells[0].text: row.cells[1].heads for row in rows}
    assert heads["Own project 12"] == ("Own cost",)
    assert heads["Aided project 12"] == ("Aided cost",)
    assert {row.table for row in rows} == {0, 1}


def test_word_broken_at_the_edge_of_a_narrow_cell_is_joined(tmp_path: Path) -> None:
    path = tmp_path / "narrow.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, HEIGHT - 60, "Regeneration of forests matters. The young of the herd and its")
    xs = [72, 137, 260]
    draw_grid(canvas, xs, [100, 140, 180])
    draw_cells(canvas, xs, 100, [["Regenerati", "on"], ["30 000 ha"]])
    draw_cells(canvas, xs, 140, [["Young", "herd"], ["40 000 ha"]])
    canvas.save()
    assert [row.cells[0].text for row in table_rows(read_pdf(path))] == ["Regeneration", "Young herd"]


def test_number_wider_than_its_cell_is_one_number(tmp_path: Path) -> None:
    path = tmp_path / "figure.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    xs = [72, 200, 222, 244]
    draw_grid(canvas, xs, [100, 140])
    draw_cells(canvas, xs, 100, [["Houses built"], ["1", "432"], ["5", "806"]])
    canvas.save()
    assert [row.text for row in table_rows(read_pdf(path))] == ["Houses built\t1 432\t5 806"]


def test_bands_of_totals_and_heads_said_again(tmp_path: Path) -> None:
    head, band = colors.Color(0.2, 0.3, 0.7), colors.Color(0.6, 0.7, 0.9)
    data = [
        ["Adaptation", "", "Own means", "With aid"],
        ["Farming", "", "300", "700"], ["Terraces", "", "100", "500"], ["Wells", "Second", "200", "200"],
        ["Mitigation", "", "Own means", "With aid"],
        ["Solar plants", "", "10", "20"], ["Stoves", "", "30", "40"],
    ]  # fmt: skip
    data[0][1] = "Scenario"
    style = [GRID, *(("SPAN", (0, row), (1, row)) for row in range(1, len(data)) if row != 3)]
    style += [("BACKGROUND", (0, row), (-1, row), head) for row in (0, 4)]
    style += [("BACKGROUND", (0, 1), (-1, 1), band), ("FONTNAME", (0, 1), (-1, 1), "Helvetica-Bold")]
    rows = table_rows(save(tmp_path / "bands.pdf", Table(data, style=TableStyle(style), colWidths=[80, 60, 80, 80])))
    bands = {row.cells[0].text: row.bands for row in rows}
    assert bands["Terraces"] == ("Farming",)
    assert bands["Stoves"][-1] == "Mitigation"
    assert all(row.cells[-1].heads[-1] == "With aid" for row in rows)


def test_head_without_rules_above_a_band(tmp_path: Path) -> None:
    path = tmp_path / "head.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    xs = [72, 120, 280, 400, 500]
    draw_grid(canvas, [xs[0], xs[-1]], [100, 120, 140])
    draw_grid(canvas, xs, [140, 160, 180])
    draw_cells(canvas, xs, 100, [["No"], ["Source"], ["Billion USD"], ["Percent"]])
    draw_cells(canvas, xs, 120, [["Domestic"]])
    draw_cells(canvas, xs, 140, [["1"], ["Budget"], ["1.4"], ["45.2"]])
    draw_cells(canvas, xs, 160, [["2"], ["Companies"], ["1.7"], ["54.8"]])
    canvas.save()
    rows = table_rows(read_pdf(path))
    assert [row.cells[2].heads for row in rows] == [("Billion USD",), ("Billion USD",)]
    assert [row.bands for row in rows] == [("Domestic",), ("Domestic",)]


def test_labels_of_a_chart_are_no_passages(tmp_path: Path) -> None:
    path = tmp_path / "chart.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, HEIGHT - 60, "The plan lowers emissions in every sector, as the chart shows.")
    for number in range(6):
        canvas.drawString(72, HEIGHT - 120 - 30 * number, f"{(6 - number) * 500}")
    for number, label in enumerate(("2020", "2025", "2030")):
        canvas.drawString(140 + 120 * number, HEIGHT - 320, label)
    canvas.drawString(72, HEIGHT - 400, "Forests take up what other sectors still emit in the year 2030.")
    canvas.save()
    reading = read_pdf(path)
    assert [passage.text.split()[0] for passage in reading.passages] == ["The", "Forests"]
    assert "1500" in reading.pages[0].text


def test_text_of_a_sentence_in_a_cell_stays_one_cell(tmp_path: Path) -> None:
    prose = Paragraph("Restore two million hectares of dry forest by 2030", BODY)
    table = Table([["Goal", "Cost"], [prose, "12"], ["Other", "13"]], style=TableStyle([GRID]), colWidths=[120, 60])
    rows = table_rows(save(tmp_path / "cell.pdf", table))
    assert rows[0].text == "Restore two million hectares of dry forest by 2030\t12"
