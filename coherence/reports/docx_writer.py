"""What report.docx is written with: paragraphs, tables and pages in Word's own terms, and bytes that do not change."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from coherence.reports.docx_styles import BODY, CELL, CELL_HEAD, DRAFT, TABLE, TITLE, language_mark, set_up_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.section import Section
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from coherence.reports.wording import Wording

__all__ = ["Cell", "Column", "DocxWriter", "Line", "Piece"]

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML does not allow, or that no program shows."""
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, because bytes depend on the report only
_MEMBER_DATE = (1980, 1, 1, 0, 0, 0)
_SHORT, _LONG, _MARGIN = Cm(21), Cm(29.7), Cm(2)
_WORD_OF_TODAY = "15"
"""Without it Word opens the file in its compatibility mode."""
_THUMBNAIL = "/thumbnail"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one language; ``language`` is given for words of a document."""

    text: str
    language: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``language`` is given where its direction is that of a document and not that of its words."""

    pieces: tuple[Piece, ...]
    style: str = ""
    language: str = ""


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading and its share of the width."""

    heading: str
    share: float
    number: bool = False


class DocxWriter:
    """A Word document being written from top to bottom."""

    def __init__(self, words: Wording, title: str, foot: str) -> None:
        """Begin a document in a language; the foot of each page tells ``foot`` and the number of the page."""
        self._words = words
        self._language = language = words.language
        self._rtl = words.direction(language) == "rtl"
        self._style_ids: dict[str, str | None] = {}
        self._document: Any = docx.Document()
        set_up_styles(self._document, language, rtl=self._rtl)
        _describe(self._document, language, title)
        _set_page(self._document.sections[0], wide=False)
        self._number_pages(foot)
        self._annexes = 0

    def heading(self, text: str, level: int) -> None:
        """Add a heading; level 0 is the title of the document."""
        self.line(Line((Piece(text),), f"Heading {level}" if level else TITLE))

    def annex(self, title: str) -> None:
        """Begin what stands behind the report proper, numbered."""
        self._annexes += 1
        name = f"{self._words.text('appendix.title')} {self._words.number(self._annexes)}"
        self.heading(f"{name} · {title}", 1)

    def line(self, line: Line) -> None:
        """Add a paragraph."""
        self._fill(self._document.add_paragraph(), line, BODY)

    def lines(self, lines: Iterable[Line]) -> None:
        """Add paragraphs."""
        for line in lines:
            self.line(line)

    def turn(self, *, wide: bool) -> None:
        """Go on to a new page, wide (landscape) or upright."""
        _set_page(self._document.add_section(WD_SECTION.NEW_PAGE), wide=wide)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, whole: bool = False) -> None:
        """Add a table as wide as the page, its headings again on each page it runs over unless it is kept ``whole``."""
        table = self._document.add_table(rows=1, cols=len(columns), style=TABLE)
        table.autofit = False
        if self._rtl:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        widths = self._widths(columns)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        heads = [(Line((Piece(column.heading),), CELL_HEAD),) for column in columns]
        self._fill_row(table.rows[0], columns, heads, widths)
        _mark_row(table.rows[0], "w:tblHeader")
        for cells in rows:
            self._fill_row(table.add_row(), columns, cells, widths)
        if whole:
            _keep_together(table)
        # Word joins two tables that follow each other without a paragraph between them.
        self.line(Line((), CELL))

    def to_bytes(self) -> bytes:
        """Return the file; equal content gives equal bytes."""
        # Word lists the style under this name; its id stays, for those who work with macros.
        self._document.styles[DRAFT].name = self._words.text("word.draft_style")
        stream = BytesIO()
        self._document.save(stream)
        return _without_dates(stream.getvalue())

    def _widths(self, columns: Sequence[Column]) -> list[int]:
        section = self._document.sections[-1]
        room = section.page_width - section.left_margin - section.right_margin
        shares = sum(column.share for column in columns)
        return [int(room * column.share / shares) for column in columns]

    def _fill_row(self, row: Any, columns: Sequence[Column], cells: Sequence[Cell], widths: Sequence[int]) -> None:
        _mark_row(row, "w:cantSplit")
        for place, column, cell, width in zip(row.cells, columns, cells, widths, strict=True):
            place.width = width
            self._fill_cell(place, column, cell)

    def _fill_cell(self, place: _Cell, column: Column, cell: Cell) -> None:
        for number, line in enumerate(cell):
            paragraph = place.add_paragraph() if number else place.paragraphs[0]
            self._fill(paragraph, line, CELL)
            if column.number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if not cell:
            self._set_style(place.paragraphs[0], CELL)

    def _set_style(self, paragraph: Paragraph, name: str) -> None:
        # To find a style by its name python-docx looks through all of them: once is enough.
        if name not in self._style_ids:
            self._style_ids[name] = self._document.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
        paragraph.paragraph_format.element.style = self._style_ids[name]

    def _fill(self, paragraph: Paragraph, line: Line, style: str) -> None:
        self._set_style(paragraph, line.style or style)
        # What has no translation stands in English, and reads from left to right in an Arabic report, too.
        told = "".join(piece.text for piece in line.pieces if not piece.language)
        rtl = self._words.direction(line.language or self._words.language_of(told)) == "rtl"
        if rtl or self._rtl:
            mark = OxmlElement("w:bidi")
            if not rtl:
                mark.set(qn("w:val"), "0")
            paragraph.paragraph_format.element.get_or_add_pPr().append(mark)
        for piece in line.pieces:
            own = piece.language or line.language
            self._add(paragraph, piece, own or self._words.language_of(piece.text))

    def _add(self, paragraph: Paragraph, piece: Piece, language: str) -> None:
        run = paragraph.add_run(_FORBIDDEN.sub(" ", piece.text))
        rtl = self._words.direction(language) == "rtl"
        if piece.bold:
            run.font.bold = run.font.cs_bold = True
        if rtl:
            run.font.rtl = True
        if language != self._language:
            run.element.get_or_add_rPr().append(language_mark(language, rtl=rtl))

    def _number_pages(self, foot: str) -> None:
        place = self._document.sections[0].footer.paragraphs[0]
        self._fill(place, Line((Piece(f"{foot} "),)), "Footer")
        place.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for number, field in enumerate(("PAGE", "NUMPAGES")):
            if number:
                place.add_run(" / ")
            part = OxmlElement("w:fldSimple")
            part.set(qn("w:instr"), field)
            run = place.add_run("1")
            part.append(run.element)
            place.paragraph_format.element.append(part)


def _describe(document: Any, language: str, title: str) -> None:
    about = document.core_properties
    about.title, about.language = _FORBIDDEN.sub(" ", title)[:255], language
    about.author, about.last_modified_by, about.comments = "coherence", "coherence", ""
    about.created = about.modified = _CREATED
    about.revision = 1
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_OF_TODAY)
    package = document.part.package
    for name in [name for name, each in package.rels.items() if each.reltype.endswith(_THUMBNAIL)]:
        del package.rels[name]


def _set_page(section: Section, *, wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN


def _keep_together(table: Any) -> None:
    """Keep each row but the last on the page of the next one."""
    for row in list(table.rows)[:-1]:
        for place in row.cells:
            for paragraph in place.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _mark_row(row: Any, name: str) -> None:
    place = row._tr.get_or_add_trPr()  # noqa: SLF001 - the only way to it
    if place.find(qn(name)) is None:
        place.append(OxmlElement(name))


def _without_dates(data: bytes) -> bytes:
    """Write the members of a zip file again in their order, without the time and the system of their making."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _MEMBER_DATE)
            member.create_system, member.external_attr = 3, 0o600 << 16
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
