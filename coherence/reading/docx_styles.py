"""What the styles of a Word file make of a paragraph: heading, list item, caption, entry of a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

__all__ = ["ParagraphFormat", "Styles"]

_HEADING_NAME = re.compile(r"heading (\d)")
_LIST_NAME = re.compile(r"list(?: (?:bullet|number|paragraph|continue))?(?: (\d))?")
_BODY_TEXT_LEVEL = 9
_LONGEST_CHAIN = 20
_FIRST_ROW_BIT = 0x0020
_OFF = frozenset(["0", "false", "off", "none"])


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What a paragraph is; ``heading_level`` is 0 for the document's title, list levels count from 1."""

    heading_level: int | None = None
    list_level: int | None = None
    bullet: bool = False
    caption: bool = False
    contents_entry: bool = False


class Styles:
    """The style sheet and the numbering of one document."""

    def __init__(self, document: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default = ""
        for style in document.styles.element.iter(qn("w:style")):
            identifier = style.get(qn("w:styleId"), "")
            self._styles[identifier] = style
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}:
                self._default = identifier
        self._bullets = _bullet_numberings(document)

    def paragraph_format(self, paragraph: Any) -> ParagraphFormat:
        """Return what the paragraph is by its own properties and its chain of styles."""
        chain = self._chain(paragraph)
        names = [_value(style.find(qn("w:name"))).casefold() for style in chain]
        name = names[0] if names else ""
        if name.startswith(("toc ", "table of figures")) and not name.startswith("toc heading"):
            return ParagraphFormat(contents_entry=True)
        level = self._heading_level(paragraph, chain, names)
        if level is not None:
            return ParagraphFormat(heading_level=level)
        return self._list_format(paragraph, chain, names, caption=name == "caption")

    def is_bold(self, paragraph: Any) -> bool:
        """Tell whether all letters of the paragraph are bold, by its runs or its styles."""
        default = next(
            (on for style in self._chain(paragraph) if (on := _switch(style.find(qn("w:rPr")))) is not None), False
        )
        found = False
        for run in paragraph.iter(qn("w:r")):
            if not any(text.text and text.text.strip() for text in run.iter(qn("w:t"))):
                continue
            own = _switch(run.find(qn("w:rPr")))
            if own is None:
                own = self._character_style(run)
            if not (default if own is None else own):
                return False
            found = True
        return found

    def marks_first_row(self, table: Any) -> bool:
        """Tell whether the table's style sets its first row in bold type and the table has that switched on."""
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        if look is None or not _look_has_first_row(look):
            return False
        style = self._styles.get(_value(table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")))
        parts = style.findall(qn("w:tblStylePr")) if style is not None else []
        return any(part.get(qn("w:type")) == "firstRow" and _switch(part.find(qn("w:rPr"))) for part in parts)

    def _character_style(self, run: Any) -> bool | None:
        style = self._styles.get(_value(run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")))
        return _switch(style.find(qn("w:rPr"))) if style is not None else None

    def _chain(self, paragraph: Any) -> list[Any]:
        """Return the paragraph's style and those it is based on, nearest first."""
        identifier = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) or self._default
        chain: list[Any] = []
        while identifier in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[identifier])
            identifier = _value(chain[-1].find(qn("w:basedOn")))
        return chain

    def _heading_level(self, paragraph: Any, chain: list[Any], names: list[str]) -> int | None:
        own = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
        if own.isascii() and own.isdigit():
            return int(own) + 1 if int(own) < _BODY_TEXT_LEVEL else None
        for style, name in zip(chain, names, strict=True):
            found = _HEADING_NAME.fullmatch(name)
            if found:
                return int(found.group(1))
            if name == "title":
                return 0
            outline = _value(style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
            if outline.isascii() and outline.isdigit():
                return int(outline) + 1 if int(outline) < _BODY_TEXT_LEVEL else None
        return None

    def _list_format(self, paragraph: Any, chain: list[Any], names: list[str], *, caption: bool) -> ParagraphFormat:
        found = _LIST_NAME.fullmatch(names[0]) if names else None
        for holder in (paragraph, *chain):
            numbering = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if numbering is None:
                continue
            identifier = _value(numbering.find(qn("w:numId")))
            if identifier == "0":
                return ParagraphFormat(caption=caption)
            level = _value(numbering.find(qn("w:ilvl")))
            depth = int(level) if level.isascii() and level.isdigit() else 0
            # "List Bullet 2" numbers a level of its own: only its name tells how deep it is.
            named = int(found.group(1) or 1) if found else 1
            return ParagraphFormat(list_level=max(depth + 1, named), bullet=(identifier, depth) in self._bullets)
        if found and names[0] != "list paragraph":
            return ParagraphFormat(list_level=int(found.group(1) or 1), bullet="bullet" in names[0])
        return ParagraphFormat(caption=caption)


def _bullet_numberings(document: Any) -> set[tuple[str, int]]:
    """Return the (numbering id, level) pairs that print a bullet; levels count from 0."""
    part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
    if part is None:
        return set()
    root = part.element
    bullets: set[tuple[str, int]] = set()
    for abstract in root.iter(qn("w:abstractNum")):
        for level in abstract.iter(qn("w:lvl")):
            number = level.get(qn("w:ilvl"), "")
            if _value(level.find(qn("w:numFmt"))) == "bullet" and number.isascii() and number.isdigit():
                bullets.add((abstract.get(qn("w:abstractNumId"), ""), int(number)))
    named = {num.get(qn("w:numId"), ""): _value(num.find(qn("w:abstractNumId"))) for num in root.iter(qn("w:num"))}
    return {(name, level) for name, abstract in named.items() for kind, level in bullets if kind == abstract}


def _value(element: Any) -> str:
    return element.get(qn("w:val"), "") if element is not None else ""


def _look_has_first_row(look: Any) -> bool:
    own = look.get(qn("w:firstRow"))
    if own is not None:
        return own not in _OFF
    bits = look.get(qn("w:val"), "")
    return len(bits) == 4 and all(c in "0123456789abcdefABCDEF" for c in bits) and bool(int(bits, 16) & _FIRST_ROW_BIT)  # noqa: PLR2004


def _switch(properties: Any) -> bool | None:
    """Return whether run properties switch bold on or off, or None where they leave it."""
    bold = properties.find(qn("w:b")) if properties is not None else None
    return None if bold is None else bold.get(qn("w:val"), "true") not in _OFF
