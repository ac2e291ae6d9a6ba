"""Forms in PDFs that are made here: labels beside values, their heads and captions, lists that are no labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

from coherence.reading.pdf import PdfReading, read_pdf

if TYPE_CHECKING:
    from pathlib import Path

GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
BOLD_HEAD = ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")
STYLES = getSampleStyleSheet()


def read(path: Path, *flow: object) -> PdfReading:
    SimpleDocTemplate(str(path), pagesize=A4).build(list(flow))
    return read_pdf(path)


def told(word: str) -> Paragraph:
    return Paragraph(
        f"Herders of the plains mend the {word} before each dry season and guard them. " * 3, STYLES["Normal"]
    )


def form(*rows: list[object], head: bool = True) -> Table:
    style = [GRID, ("VALIGN", (0, 0), (-1, -1), "TOP"), *([BOLD_HEAD] if head else [])]
    return Table(list(rows), colWidths=[90, 350], style=TableStyle(style))


def prose_headings(reading: PdfReading) -> list[tuple[str, ...]]:
    return [passage.headings for passage in reading.passages if passage.kind == "paragraph"]


def test_caption_and_head_of_a_form_govern_its_values_overleaf_too(tmp_path: Path) -> None:
    caption = Paragraph("Table 2: What the districts will do", STYLES["Normal"])
    first = form(["Sector", "Planned measures"], ["Water", told("wells")])
    second = form(["Land", told("terraces")], head=False)
    after = Paragraph("Nothing else is told after the end of the two tables above.", STYLES["Normal"])
    title = Paragraph("Baseline", STYLES["Heading2"])
    reading = read(tmp_path / "form.pdf", title, caption, first, PageBreak(), second, after)
    over = ("Baseline", "Table 2: What the districts will do", "Planned measures")
    assert prose_headings(reading)[1:] == [(*over, "Water"), (*over, "Land"), ("Baseline",)]


def test_a_first_row_in_plain_letters_is_no_head_of_a_form(tmp_path: Path) -> None:
    reading = read(tmp_path / "form.pdf", form(["Base year", "2012"], ["Water", told("wells")], head=False))
    assert prose_headings(reading) == [("Water",)]


def test_a_heading_in_a_cell_governs_that_cell_only(tmp_path: Path) -> None:
    title = Paragraph("<b>Small springs</b>", STYLES["Normal"])
    table = form(["Water", [title, told("wells")]], ["Land", told("terraces")], head=False)
    outer = Paragraph("Measures", STYLES["Heading3"])
    reading = read(tmp_path / "form.pdf", outer, table)
    assert prose_headings(reading) == [("Measures", "Water", "Small springs"), ("Measures", "Land")]


def test_lists_in_both_columns_make_a_table(tmp_path: Path) -> None:
    def listed(*items: str) -> list[Paragraph]:
        return [Paragraph(f"• {item}", STYLES["Normal"]) for item in items]

    harm = listed("Herds lack fodder", "Milk is scarce in the towns of the north and of the east", "Herders leave")
    rows: list[list[object]] = [
        [listed("Rains come late in the plains", "Wells fall dry early"), harm],
        [listed("Storms reach the coast", "Waves break the old walls"), harm],
    ]
    table = form(["Hazards", "Harm to people"], *rows)
    reading = read(tmp_path / "lists.pdf", table)
    found = [passage for passage in reading.passages if passage.kind == "table_row"]
    assert [cell.heads for row in found for cell in row.cells] == [("Hazards",), ("Harm to people",)] * 2
    assert "Herders leave" in found[0].cells[1].text
