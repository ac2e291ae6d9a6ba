"""The styles of report.docx: real Word styles, so that a ministry can set the report in its own look at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from babel.core import get_global
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document

__all__ = [
    "BODY",
    "BULLET",
    "CELL",
    "CELL_HEAD",
    "CELL_QUOTE",
    "DRAFT",
    "NOTE",
    "TABLE",
    "TITLE",
    "VALUE",
    "language_mark",
    "set_up_styles",
]

TITLE, BODY, BULLET = "Title", "Normal", "List Bullet"
DRAFT = "Draft Wording"
"""Of wording to be pasted into a national document, and of nothing else."""
NOTE, TABLE, CELL, CELL_HEAD = "Note", "Report Table", "Table Text", "Table Head"
CELL_SOURCE, CELL_QUOTE, VALUE = "Table Source", "Table Quote", "Labelled Value"

_BLUE, _DARK, _GREY, _WHITE = "1F4E79", "262626", "595959", "FFFFFF"
_FONT, _ASIAN_FONT = "Calibri", "SimSun"
_COMPLEX_FONT = "Arial"
_ON_PAPER = {"en": "en-GB"}
"""Languages whose spelling in documents of the United Nations is not that of most of their speakers."""
_TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}</w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>
<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{
    _BLUE
}"/></w:tcPr></w:tblStylePr></w:style>"""


@cache
def _tag(language: str) -> str:
    """Return the tag with a region by which Word knows a language: ``fr-FR`` for ``fr``."""
    parts = get_global("likely_subtags").get(language, language).split("_")
    return _ON_PAPER.get(language, f"{language}-{parts[-1]}" if len(parts) > 1 else language)


def language_mark(language: str, *, rtl: bool) -> Any:
    """Return the element that tells Word which language a text is in, so that it is spelled and read aloud in it."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), _tag(language))
    mark.set(qn("w:eastAsia"), _tag("zh"))
    mark.set(qn("w:bidi"), _tag(language if rtl else "ar"))
    return mark


def set_up_styles(document: Document, language: str, *, rtl: bool) -> None:
    """Give a new document the report's styles, its language and its direction."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for former in defaults.findall(qn("w:lang")):
        defaults.remove(former)
    defaults.append(language_mark(language, rtl=rtl))
    document.styles.element.append(parse_xml(_TABLE_STYLE))
    _shape(document, BODY, 10.5, after=6)
    if rtl:
        document.styles[BODY].element.get_or_add_pPr().insert(0, OxmlElement("w:bidi"))
    _shape(document, TITLE, 20, after=4, color=_BLUE)
    _shape(document, "Subtitle", 12, after=10, color=_DARK)
    for level, size in (("1", 17.0), ("2", 13.0), ("3", 11.0)):
        _shape(document, f"Heading {level}", size, before=14 if level == "1" else 10, after=4, color=_BLUE, bold=True)
    _shape(document, BULLET, 9, after=1)
    _shape(document, "Footer", 9)
    _add_styles(document)


def _add_styles(document: Document) -> None:
    """Add the styles that Word does not bring."""
    looks = (
        (NOTE, 9.5, 6, _GREY), (VALUE, 10.5, 2, _DARK), (DRAFT, 10.5, 3, _DARK), (CELL, 8.5, 2, _DARK),
        (CELL_HEAD, 8.5, 2, _WHITE), (CELL_SOURCE, 8, 2, _GREY), (CELL_QUOTE, 8.5, 4, _DARK),
    )  # fmt: skip
    for name, points, after, color in looks:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = document.styles[BODY], True
        _shape(document, name, points, after=after, color=color, bold=name == CELL_HEAD)
        # Words that introduce a table stay on the page where it begins.
        style.paragraph_format.keep_with_next = True if name in {NOTE, CELL_HEAD, CELL_SOURCE} else None
    _mark_drafts(document)


def _shape(document: Document, name: str, size: float, *, before: float = 0, after: float = 0, color: str = "",
           bold: bool = False) -> None:  # fmt: skip
    """Set font, size, colour and distances of a style, for Latin, Arabic and Chinese letters alike."""
    style = document.styles[name]
    style.font.size, style.font.bold = Pt(size), bold or None
    style.font.italic = style.font.cs_italic = False if name == "Subtitle" else None
    style.font.cs_bold = bold or None
    if color:
        style.font.color.rgb = RGBColor.from_string(color)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    looks = style.element.get_or_add_rPr()
    fonts = looks.get_or_add_rFonts()
    fonts.attrib.clear()
    for script, font in (("ascii", _FONT), ("hAnsi", _FONT), ("eastAsia", _ASIAN_FONT), ("cs", _COMPLEX_FONT)):
        fonts.set(qn(f"w:{script}"), font)
    for former in looks.findall(qn("w:szCs")):
        looks.remove(former)
    for former in looks.findall(qn("w:spacing")):
        looks.remove(former)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(round(size * 2)))
    looks.find(qn("w:sz")).addnext(complex_size)


def _mark_drafts(document: Document) -> None:
    """Set drafts apart by a bar and a shade, which do not travel with the text when it is pasted as text."""
    place = document.styles[DRAFT].element.get_or_add_pPr()
    bar = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" w:color="2E75B6"/></w:pBdr>'
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EAF2FA"/>'
    for number, element in enumerate((bar, shade)):
        place.insert(number, parse_xml(element))
