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


def test_a_table_that_ends_at_the_foot_of_its_frame_is_apart_from_the_prose_above_it(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "t.pdf"), pagesize=A4)
    canvas.rect(60, 500, 480, 270)
    canvas.line(60, 740, 540, 740)
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(70, 750, "What the orchards need")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(
        66, 590, "The orchards were asked what they lack before the drought of the coming years, and what"
    )
    canvas.drawString(66, 578, "the means for it would cost; no figure was given for the nurseries in the hills.")
    lines = [["Measure", "Means", "Cost (million USD)"], ["Wells", "Pumps", "12.5"], ["Dams", "Stones", "40.0"]]
    table = Table(lines, colWidths=[150, 150, 160], style=TableStyle([GRID]))
    table.wrapOn(canvas, 480, 300)
    table.drawOn(canvas, 70, 500)
    canvas.save()
    reading = read_pdf(tmp_path / "t.pdf")
    rows = table_rows(reading)
    assert [row.text for row in rows] == ["Wells\tPumps\t12.5", "Dams\tStones\t40.0"]
    assert [row.cells[-1].heads for row in rows] == [("Cost (million USD)",)] * 2
    prose = [passage.text for passage in reading.passages if passage.kind == "paragraph"]
    assert len(prose) == 1
    assert prose[0].startswith("The orchards were asked")
    assert prose[0].endswith("for the nurseries in the hills.")


def numbered_table(start: int, *head: list[str]) -> Table:
    body = [[str(start + n), f"Channel {start + n}", f"{start + n}5"] for n in range(3)]
    return Table([*head, *body], colWidths=[30, 240, 120], style=TableStyle([GRID]))


def test_rows_numbered_on_from_the_table_above_stand_under_its_heads(tmp_path: Path) -> None:
    head = ["", "Work", "Cost (million USD)"]
    between = Paragraph("Further works have been costed since the first survey.", getSampleStyleSheet()["Normal"])
    rows = table_rows(read_pdf(save(tmp_path / "t.pdf", numbered_table(1, head), between, numbered_table(4))))
    assert [row.cells[0].text for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert all(row.cells[-1].heads == ("Cost (million USD)",) for row in rows)
    assert rows[3].table != rows[2].table


def test_rows_numbered_afresh_do_not_stand_under_the_heads_of_the_table_above(tmp_path: Path) -> None:
    head = ["", "Work", "Cost (million USD)"]
    between = Paragraph("The length of the old channels is known in part.", getSampleStyleSheet()["Normal"])
    rows = table_rows(read_pdf(save(tmp_path / "t.pdf", numbered_table(1, head), between, numbered_table(1))))
    assert [row.cells[-1].heads for row in rows[3:]] == [()] * 3


def three_columns(*rows: list[str], widths: tuple[int, int, int] = (150, 150, 150)) -> Table:
    return Table(list(rows), colWidths=widths, style=TableStyle([GRID]))


def test_a_table_of_the_same_columns_overleaf_keeps_the_heads_behind_a_running_head(tmp_path: Path) -> None:
    heading = getSampleStyleSheet()["Heading1"]
    above = three_columns(["Action", "District", "Co-benefits"], ["Dig wells", "North", "Less walking to the river"])
    below = three_columns(["Line canals", "South", "More time at school"])
    flow = (above, PageBreak(), Paragraph("PLAN OF THE TWO DISTRICTS", heading), below)
    rows = table_rows(read_pdf(save(tmp_path / "t.pdf", *flow)))
    assert [row.cells[-1].heads for row in rows] == [("Co-benefits",)] * 2


def test_a_table_of_other_columns_overleaf_has_no_heads_lent(tmp_path: Path) -> None:
    heading = getSampleStyleSheet()["Heading1"]
    above = three_columns(["Action", "District", "Co-benefits"], ["Dig wells", "North", "Less walking to the river"])
    below = three_columns(["Line canals", "South", "More time at school"], widths=(80, 100, 270))
    flow = (above, PageBreak(), Paragraph("OTHER MATTERS", heading), below)
    rows = table_rows(read_pdf(save(tmp_path / "t.pdf", *flow)))
    assert rows[-1].cells[-1].heads == ()


def test_numbered_notes_beneath_a_table_may_be_long(tmp_path: Path) -> None:
    normal = getSampleStyleSheet()["Normal"]
    long = (
        "2 The price of a pump was asked of three dealers in the valley, and that of the pipes of two; the wages of "
        * 2
    )
    head, body = ["Work", "Cost (million USD)"], [["Pumps", "4.5"], ["Pipes", "7.0"]]
    widths, style = [250, 150], TableStyle([GRID])
    notes = [Paragraph("1 Without the taxes of the district", normal), Paragraph(long, normal)]
    text = Paragraph("What is planned for the valley until the end of the period.", normal)
    made = save(
        tmp_path / "t.pdf", text, Table([head, *body], widths, style=style), *notes, PageBreak(),
        Table([["Wells", "9.0"]], widths, style=style), text,
    )  # fmt: skip
    reading = read_pdf(made)
    assert [row.cells[-1].heads for row in table_rows(reading)] == [("Cost (million USD)",)] * 3
    assert [p.text[:2] for p in reading.passages if p.kind == "footnote"] == ["1 ", "2 "]


def test_a_head_over_nothing_but_figures_is_a_head_in_a_table_of_words(tmp_path: Path) -> None:
    lines = [["Field", "What is done", "Cost (million USD)"], ["Soils", "Terraces", "12"], ["Springs", "Fences", "8"]]
    rows = table_rows(read_pdf(save(tmp_path / "t.pdf", Table(lines, [100, 200, 120], style=TableStyle([GRID])))))
    assert [[cell.heads for cell in row.cells] for row in rows] == [[(head,) for head in lines[0]]] * 2


def test_a_row_of_words_over_figures_is_no_head_where_it_does_not_say_what_the_column_holds(tmp_path: Path) -> None:
    lines = [["Soils", "Terraces", "still unknown"], ["Springs", "Fences", "8"], ["Shores", "Reeds", "5"]]
    rows = table_rows(read_pdf(save(tmp_path / "t.pdf", Table(lines, [100, 200, 120], style=TableStyle([GRID])))))
    assert len(rows) == 3


def test_head_cells_of_one_colour_stay_apart(tmp_path: Path) -> None:
    head = [["Project", "Emissions avoided (kt CO2)", ""], ["", "Sector", "Amount"]]
    body = [[f"Plant {n}", "Energy", f"{n}50"] for n in range(1, 5)]
    dark, light = colors.Color(0.1, 0.3, 0.4), colors.Color(0.8, 0.9, 0.9)
    style = [
        ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("BACKGROUND", (0, 0), (-1, 0), dark),
        ("BACKGROUND", (0, 0), (0, 1), dark), ("BACKGROUND", (1, 1), (-1, 1), light),
        ("GRID", (0, 2), (-1, -1), 0.5, colors.black), ("LINEBELOW", (1, 0), (-1, 0), 0.5, colors.black),
        ("LINEBELOW", (0, 1), (-1, 1), 0.5, colors.black), ("LINEAFTER", (1, 1), (1, 1), 0.5, colors.black),
    ]  # fmt: skip
    table = Table(head + body, colWidths=[200, 90, 90], style=TableStyle(style))
    rows = table_rows(read_pdf(save(tmp_path / "heads.pdf", table)))
    assert [row.text for row in rows] == [f"Plant {n}\tEnergy\t{n}50" for n in range(1, 5)]
    assert rows[0].cells[0].heads == ("Project",)
    assert rows[0].cells[2].heads == ("Emissions avoided (kt CO2)", "Amount")


def test_a_figure_in_brackets_belongs_to_the_figure_above_it(tmp_path: Path) -> None:
    lines = [["Scenario (kt CO2)", "2025", "2030"]]
    lines += [[f"Path {n}\nof the plan", f"{n} 300\n(-{n}0%)", f"{n} 600\n(-{n}5%)"] for n in range(1, 4)]
    table = Table(lines, colWidths=[150, 80, 80], style=TableStyle([GRID]))
    rows = table_rows(read_pdf(save(tmp_path / "scenarios.pdf", table)))
    assert [row.text for row in rows] == [
        f"Path {n} of the plan\t{n} 300 (-{n}0%)\t{n} 600 (-{n}5%)" for n in range(1, 4)
    ]


def test_a_form_whose_labels_are_empty_overleaf_goes_on_below_its_last_label(tmp_path: Path) -> None:
    style = getSampleStyleSheet()["Normal"]

    def told(word: str) -> Paragraph:
        return Paragraph(f"The {word} of the northern districts are cared for by those who live there. " * 3, style)

    first = Table([["Later actions", told("wells")]], colWidths=[90, 350], style=TableStyle([GRID]))
    spans = TableStyle([GRID, ("SPAN", (0, 0), (0, 1))])
    second = Table([["", told("hills")], ["", told("lakes")]], colWidths=[90, 350], style=spans)
    reading = read_pdf(save(tmp_path / "form.pdf", first, PageBreak(), second))
    found = [p for p in reading.passages if p.kind == "paragraph"]
    assert [p.headings for p in found] == [("Later actions",)] * 3
    assert ["wells" in found[0].text, "hills" in found[1].text, "lakes" in found[2].text] == [True] * 3


def broken_rule_table(canvas: Canvas, top: float, rows: list[tuple[str, ...]], gap: float = 200) -> None:
    """Draw a table of two columns without upright rules, whose lying rules are drawn cell by cell.

    A row of one text runs over both columns; below it the rules break elsewhere.
    """
    canvas.setLineWidth(0.5)
    canvas.setFont("Helvetica", 10)
    for texts in (*rows, ()):
        canvas.line(70, A4[1] - top, gap - 0.25, A4[1] - top)
        canvas.line(gap + 0.25, A4[1] - top, 520, A4[1] - top)
        gap += 5 * (len(texts) == 1)
        height = 20 + 13 * max((text.count("\n") for text in texts), default=0)
        for x, text in zip((74, 220), texts, strict=False):
            # Each cell is set in the middle of its row, so that lines of two cells seldom stand at one height.
            first = top + 9 + (height - 13 * text.count("\n")) / 2
            for line, part in enumerate(text.split("\n")):
                canvas.drawString(x, A4[1] - first + 5 - 13 * line, part)
        top += height


def test_gaps_in_lying_rules_tell_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    rows: list[tuple[str, ...]] = [
        ("Wells and\npumps", "4,000 ha"),
        ("Terraces on\nslopes", "5,000 ha"),
        ("Hedges and\nbunds", "6,000 ha"),
    ]
    broken_rule_table(canvas, 120, rows)
    canvas.save()
    found = table_rows(read_pdf(path))
    assert [[cell.text for cell in row.cells] for row in found] == [
        [text.replace("\n", " ") for text in texts] for texts in rows
    ]


def test_texts_beside_each_other_between_broken_rules_are_a_label_and_its_items(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    items = [
        "-Dig wells for the herds of the northern districts and\nkeep them clean in the dry months of each year",
        "-Build terraces on the slopes above the lake so that the\nsoil stays where the farmers of the hills need it",
    ]
    rows: list[tuple[str, ...]] = [
        ("Flagship measure: a north in which neither people nor animals lack water",),
        ("Water for\nherders", items[0] + "\n" + items[1]),
        ("Flagship measure: hills from which the rain carries no soil to the lake",),
        ("Soil of the\nhills", items[1] + "\n" + items[0]),
    ]
    broken_rule_table(canvas, 120, rows)
    canvas.save()
    reading = read_pdf(path)
    told = [" ".join(item.split())[1:] for item in items]
    assert [p.text for p in reading.passages if p.kind == "list_item"] == [*told, *reversed(told)]
    assert [p.headings for p in reading.passages if p.kind == "list_item"] == [
        *[("Water for herders",)] * 2,
        *[("Soil of the hills",)] * 2,
    ]
    assert [p.text for p in reading.passages if p.kind == "paragraph"] == [rows[0][0], rows[2][0]]


def test_rules_without_gaps_part_no_columns(tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for number in range(4):
        canvas.line(70, A4[1] - 120 - 30 * number, 520, A4[1] - 120 - 30 * number)
        canvas.drawString(74, A4[1] - 140 - 30 * number, "A sentence that runs on between two rules of the page.")
    canvas.save()
    assert table_rows(read_pdf(path)) == []
