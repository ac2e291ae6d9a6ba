"""Files of every format, made on the spot, and blocks for the assembler."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import docx
import xlsxwriter
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from coherence.reading.blocks import Block, Grid, GridCell, Reading

if TYPE_CHECKING:
    from coherence.models import Document, Passage

TEXT = """NATIONAL PLAN
=============

1. Targets
----------

By 2030 the country will restore 5,000 hectares of de-
graded land. Three measures are named:

  1) plant trees on 200 ha;
  2) protect 30 % of the wetlands.

Measure\tYear
Planting\t2030
"""
MARKDOWN = "# Plan\n\nBy 2030:\n\n- restore **5 ha**\n\n| Target | Year |\n|---|---|\n| 5 ha | 2030 |\n"
HTML = (
    "<html><head><title>Plan</title></head><body><h1>Plan</h1><p>By 2030 we restore 5 ha.</p>"
    "<table><tr><th>Target</th><th>Year</th></tr><tr><td rowspan=2>5 ha</td><td>2030</td></tr><tr><td>2035</td></tr>"
    "</table></body></html>"
)
CSV = "No;Target;Year\n1;restore 5 ha;2030\n2;plant 7 ha;2035\n"


def docx_bytes(fill: object = None) -> bytes:
    document = docx.Document()
    if callable(fill):
        fill(document)
    else:
        document.add_heading("Plan", 0)
        document.add_paragraph("By 2030 the country will restore 5 ha.")
        table = document.add_table(2, 2)
        for row, texts in enumerate((("Target", "Year"), ("5 ha", "2030"))):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx_bytes(rows: list[list[object]], name: str = "Targets", merges: tuple[str, ...] = ()) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for merge in merges:
            sheet.merge_range(merge, "merged")
    return stream.getvalue()


def ods_bytes() -> bytes:
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="Targets"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>Target</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>Year</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>Share</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>5 ha</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2030"><text:p>2030</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.3"><text:p>30 %</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def pdf_bytes(*pages: str) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for page in pages:
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(72, 770 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@cache
def samples() -> dict[str, bytes]:
    """One valid file of each format, by name."""
    return {
        "plan.txt": TEXT.encode(),
        "plan.md": MARKDOWN.encode(),
        "plan.html": HTML.encode(),
        "plan.csv": CSV.encode("cp1252"),
        "plan.docx": docx_bytes(),
        "plan.xlsx": xlsx_bytes([["Target", "Year"], ["5 ha", 2030]]),
        "plan.ods": ods_bytes(),
        "plan.pdf": pdf_bytes("By 2030 the country will restore 5 ha of degraded land."),
    }


def check_offsets(read: Reading | Document) -> None:
    """Hold what every reading promises of its offsets."""
    pages = {page.number: page.text for page in read.pages}
    for passage in read.passages:
        for span in passage.spans:
            assert pages[span.page][span.start : span.end] == span.text
            assert span.text
        _check_cells(passage)


def _check_cells(passage: Passage) -> None:
    for cell in passage.cells:
        assert 0 <= cell.start <= cell.end <= len(passage.text)
        assert cell.start == cell.end or passage.text[cell.start : cell.end] == cell.text


_words = st.text(st.sampled_from("abc é中:；.5 "), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()) or "x"
)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    cells = []
    for row in range(rows):
        column = 0
        while column < columns:
            across = draw(st.integers(1, columns - column))
            text = draw(st.one_of(st.just(""), _words, st.just("prose " * 40)))
            cells.append(GridCell(row, column, (Block("paragraph", text.strip()),) if text else (), 1, across))
            column += across
    if cells and draw(st.booleans()) and rows > 1:
        first = cells[0]
        kept = [cell for cell in cells[1:] if not (cell.row == 1 and cell.column < first.column_span)]
        cells = [GridCell(0, 0, first.blocks, 2, first.column_span), *kept]
    return Grid(tuple(cells), head_rows=draw(st.sampled_from([None, None, 1])) if rows > 1 else None)


blocks = st.lists(
    st.one_of(
        st.builds(Block, st.sampled_from(["paragraph", "footnote"]), _words),
        st.builds(Block, st.just("heading"), _words, st.integers(0, 4)),
        st.builds(Block, st.just("list_item"), _words, st.integers(1, 3), st.sampled_from(["", "• ", "1. "])),
        st.builds(lambda text: Block("paragraph", text, continues=True), _words),
        st.just(Block("page")),
        grids().map(lambda grid: Block("table", grid=grid)),
    ),
    max_size=25,
)
