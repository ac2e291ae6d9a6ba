"""DOCX to blocks: headings by style, outline level or bold type; lists, tables, text boxes and footnotes."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from coherence.errors import Location, ReadingError
from coherence.notices import fault
from coherence.reading.blocks import Block, Grid, GridCell, Reading, one_line
from coherence.reading.docx_styles import Styles
from coherence.reading.sections import assemble
from coherence.reading.table_shapes import transposed
from coherence.reading.text_lines import BOLD_LEVEL, is_bold_heading, item_marker

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_docx"]

_DEEPEST_TABLE = 6
_DEEPEST_WRAPPER = 40
_WRAPPERS = frozenset(qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"))
_SKIPPED = frozenset(
    qn(tag) for tag in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:txbxContent", "w:ruby", "w:delText")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_NOTES = ("footnotes", "endnotes")
_P, _TBL, _T, _TAB, _BR, _CR = (qn(tag) for tag in ("w:p", "w:tbl", "w:t", "w:tab", "w:br", "w:cr"))
_NO_BREAK_HYPHEN, _TEXT_BOX = qn("w:noBreakHyphen"), qn("w:txbxContent")


def read_docx(data: bytes, name: str) -> Reading:
    """Return the reading of a DOCX file; raises ReadingError when it is damaged."""
    try:
        return _read(docx.Document(io.BytesIO(data)))
    except ReadingError:
        raise
    except Exception as problem:  # zipfile, lxml and python-docx raise a dozen kinds on damaged files  # noqa: BLE001
        raise ReadingError(fault(Location(name), "file.word_damaged", error=type(problem).__name__)) from None


def _read(document: Any) -> Reading:
    reader = _Reader(Styles(document))
    blocks = list(reader.blocks(document.element.body))
    blocks.extend(_notes(document, reader))
    title = next((block.text for block in blocks if block.kind == "heading" and block.level == 0), "")
    return assemble(blocks, title=title or one_line(document.core_properties.title or ""))


def _notes(document: Any, reader: _Reader) -> Iterator[Block]:
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind not in _NOTES or relation.is_external:
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root:
            number = note.get(qn("w:id"), "")
            if note.get(qn("w:type")) is None and number.lstrip("-").isdigit() and int(number) > 0:
                text = " ".join(block.text for block in reader.blocks(note))
                if text:
                    yield Block("footnote", text, locator=f"{kind.removesuffix('s')} {number}")


class _Reader:
    """Turns the elements of a body, cell or note into blocks."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def blocks(self, container: Any, depth: int = 0) -> Iterator[Block]:
        for element in _content(container):
            if element.tag == _TBL:
                grid = self._grid(element, depth)
                if grid.cells:
                    yield Block("table", grid=grid)
            else:
                yield from self._paragraph(element, depth)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[Block]:
        format_ = self._styles.paragraph_format(paragraph)
        lines = [one_line(line) for line in _text(paragraph).split("\n")]
        lines = [line for line in lines if line]
        if lines and not format_.contents_entry:
            if format_.heading_level is not None:
                yield Block("heading", " ".join(lines), format_.heading_level)
            elif format_.list_level is not None:
                yield Block("list_item", " ".join(lines), format_.list_level, "• " if format_.bullet else "")
            elif not depth and not format_.caption and is_bold_heading(lines) and self._styles.is_bold(paragraph):
                yield Block("heading", lines[0], BOLD_LEVEL)
            else:
                yield from (_line_block(line, caption=format_.caption) for line in lines)
        if depth < _DEEPEST_TABLE:
            for box in _text_boxes(paragraph):
                yield from self.blocks(box, depth + 1)

    def _grid(self, table: Any, depth: int) -> Grid:
        if depth >= _DEEPEST_TABLE:
            texts = (one_line(_text(paragraph)) for paragraph in table.iter(_P))
            return Grid(tuple(GridCell(row, 0, (Block("paragraph", text),)) for row, text in enumerate(texts)))
        cells: list[GridCell] = []
        open_merges: dict[int, int] = {}
        head_rows = number = 0
        styled = self._styles.marks_first_row(table)
        for row in _children(table, qn("w:tr")):
            column = self._row(row, number, depth, cells, open_merges)
            if styled and number == 0:
                cells[:] = [replace(cell, head=True) for cell in cells]
            header = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
            if header is not None and _is_on(header) and head_rows == number:
                head_rows = number + 1
            number += 1 if column else 0
        return transposed(Grid(tuple(cells), head_rows=head_rows or None))

    def _row(self, row: Any, number: int, depth: int, cells: list[GridCell], open_merges: dict[int, int]) -> int:
        """Add the row's cells and return the number of columns it has."""
        column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        for element in _children(row, qn("w:tc")):
            across = max(_number(element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1), 1)
            merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val"), "continue") != "restart" and column in open_merges:
                place = open_merges[column]
                cells[place] = replace(cells[place], row_span=number - cells[place].row + 1)
            else:
                open_merges.pop(column, None)
                if merge is not None:
                    open_merges[column] = len(cells)
                blocks = tuple(self.blocks(element, depth + 1))
                cells.append(GridCell(number, column, blocks, 1, across, _all_bold(element, self._styles)))
            column += across
        return column


def _line_block(line: str, *, caption: bool) -> Block:
    marker = item_marker(line)
    if marker and not marker[0].isalnum() and marker[0] != "(":
        return Block("list_item", line[len(marker) :], 1, marker)
    # The marker of a paragraph is never written: it only tells the caption of the table below.
    return Block("paragraph", line, marker="caption" if caption else "")


def _content(container: Any, depth: int = 0) -> Iterator[Any]:
    for child in container:
        if child.tag in {_P, _TBL}:
            yield child
        elif child.tag in _WRAPPERS and depth < _DEEPEST_WRAPPER:
            yield from _content(child, depth + 1)


def _children(container: Any, tag: str, depth: int = 0) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, content controls around them opened."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS and depth < _DEEPEST_WRAPPER:
            yield from _children(child, tag, depth + 1)


def _text(paragraph: Any) -> str:
    """Return the text as printed: insertions in, deletions, field codes and text boxes out."""
    parts: list[str] = []
    stack = [paragraph]
    while stack:
        element = stack.pop()
        if element.tag == _T:
            parts.append(element.text or "")
        elif element.tag == _TAB:
            parts.append(" ")
        elif element.tag in {_BR, _CR}:
            parts.append("\n")
        elif element.tag == _NO_BREAK_HYPHEN:
            parts.append("-")
        elif element.tag not in _SKIPPED:
            stack.extend(reversed(element))
    return "".join(parts)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(_TEXT_BOX):
        nested = next(
            (a for a in box.iterancestors() if a is paragraph or a.tag == _TEXT_BOX or a.tag in _SKIPPED), paragraph
        )
        if nested is paragraph:
            yield box


def _all_bold(cell: Any, styles: Styles) -> bool:
    paragraphs = [paragraph for paragraph in cell.iter(_P) if one_line(_text(paragraph))]
    return bool(paragraphs) and all(styles.is_bold(paragraph) for paragraph in paragraphs)


def _is_on(element: Any) -> bool:
    return element.get(qn("w:val"), "true") not in {"0", "false", "off"}


def _number(element: Any, default: int) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return min(int(value), 100) if value.isascii() and value.isdigit() and len(value) < 6 else default  # noqa: PLR2004
