# ruff: noqa: INP001 (a script beside data, no package)
"""Rebuild the PDF, DOCX and XLSX files of the example dossiers from the texts in their ``sources`` folders.

``sources/ndc.pdf.md`` becomes ``ndc.pdf``. The texts use four constructs of Markdown: headings, paragraphs, numbered
lists and tables. The same text gives the same bytes, so a rebuilt file that differs shows a changed text or library.

    python corpora/build_formats.py [DOSSIER...]
"""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import xlsxwriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Block", "build", "parse", "render"]

# Office formats carry the time of writing; a fixed one keeps the bytes equal.
_WRITTEN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
_PAGE_WIDTH_PT = 451
_INTEGER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 to 3), paragraph, numbered list or table; lists and tables hold rows of cells."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def parse(source: str) -> tuple[Block, ...]:
    """Split a source text into blocks, which are set apart by blank lines."""
    return tuple(_block(chunk) for chunk in re.split(r"\n\s*\n", source.strip()))


def _block(chunk: str) -> Block:
    lines = chunk.splitlines()
    if heading := re.fullmatch(r"(#{1,3}) (.+)", chunk):
        return Block("heading", heading[2], len(heading[1]))
    if all(line.startswith("|") for line in lines):
        rows = tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines)
        return Block("table", rows=(rows[0], *rows[2:]))
    if all(re.match(r"\d+\. ", line) for line in lines):
        return Block("list", rows=tuple((re.sub(r"^\d+\. ", "", line),) for line in lines))
    return Block("paragraph", " ".join(lines))


def build(dossier: Path) -> tuple[Path, ...]:
    """Write every binary document of one dossier; return the paths written."""
    written = []
    for source in sorted((dossier / "sources").glob("*.md")):
        target = dossier / source.stem
        target.write_bytes(render(source.read_text(encoding="utf-8"), target.suffix))
        written.append(target)
    return tuple(written)


def render(source: str, suffix: str) -> bytes:
    """Return the document with this text in the format of ``suffix`` (.pdf, .docx or .xlsx); raises KeyError."""
    writers: dict[str, Callable[[tuple[Block, ...]], bytes]] = {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx}
    return writers[suffix](parse(source))


def _pdf(blocks: tuple[Block, ...]) -> bytes:
    stream = io.BytesIO()
    template = SimpleDocTemplate(stream, pagesize=A4, title=blocks[0].text, author="coherence", invariant=1)
    flow: list[Flowable] = []
    for block in blocks:
        flow.extend(_flowables(block))
    template.build(flow)
    return stream.getvalue()


def _flowables(block: Block) -> list[Flowable]:
    styles = getSampleStyleSheet()
    if block.kind == "heading":
        return [Paragraph(block.text, styles["Title" if block.level == 1 else f"Heading{block.level}"])]
    if block.kind == "table":
        body = [[Paragraph(cell, styles["BodyText"]) for cell in row] for row in block.rows]
        first = _PAGE_WIDTH_PT * 0.4
        others = (_PAGE_WIDTH_PT - first) / (len(block.rows[0]) - 1)
        widths = [first, *[others] * (len(block.rows[0]) - 1)]
        ruled = TableStyle(
            [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
        )
        return [KeepTogether([Table(body, colWidths=widths, style=ruled)]), Spacer(1, 8)]
    lines = [f"{number}. {row[0]}" for number, row in enumerate(block.rows, 1)] or [block.text]
    return [Paragraph(line, styles["BodyText"]) for line in lines]


def _docx(blocks: tuple[Block, ...]) -> bytes:
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = blocks[0].text, "coherence"
    properties.created = properties.modified = _WRITTEN
    for block in blocks:
        if block.kind == "heading":
            document.add_heading(block.text, block.level - 1)
        elif block.kind == "list":
            for row in block.rows:
                document.add_paragraph(row[0], style="List Number")
        elif block.kind == "table":
            table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
            for cells, row in zip(table.rows, block.rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(block.text)
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _without_times(archive: bytes) -> bytes:
    """Rewrite a zip archive with one fixed time for all its members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _WRITTEN.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return stream.getvalue()


def _xlsx(blocks: tuple[Block, ...]) -> bytes:
    """Write one sheet per heading; a paragraph is one cell, whole numbers are numeric cells as in real workbooks."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"author": "coherence", "created": _WRITTEN.replace(tzinfo=None)})
        thousands = workbook.add_format({"num_format": "#,##0"})
        line = 0
        for block in blocks:
            if block.kind == "heading":
                sheet, line = workbook.add_worksheet(block.text), 0
                continue
            for row in block.rows or ((block.text,),):
                for column, text in enumerate(row):
                    if _INTEGER.fullmatch(text):
                        sheet.write_number(line, column, int(text), thousands)
                    else:
                        sheet.write_string(line, column, text)
                line += 1
    return stream.getvalue()


def main() -> None:
    """Rebuild the dossiers named on the command line, or all of them."""
    here = Path(__file__).parent
    names = sys.argv[1:] or sorted(path.parent.name for path in here.glob("*/dossier.yaml"))
    for name in names:
        for path in build(here / name):
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
