"""Characters of a PDF page in the file's order, with the place and style of those at the ends of words.

Calls into the PDF library are costly: text is taken a page at a time, places of a word's first and last character for
all words of a page in one loop without Python in it, styles once for each text object.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
import sys
from collections import deque
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from coherence.reading.glyph_text import UNREADABLE, readable
from coherence.reading.layout_terms import layout_terms
from coherence.reading.pdf_library import (
    address_of,
    character_box,
    character_matrix,
    character_origin,
    font_of,
    font_size,
    text_object,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2

__all__ = ["Characters", "PageFrame", "RawBox", "RawPiece", "Style", "frame_of", "page_characters"]

_BOLD_WEIGHT = 600
_QUARTER_TURN = 90
_RUN = re.compile(r"[^ ]+")
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class PageFrame(NamedTuple):
    """How coordinates of the PDF become points from the page's visible top left corner."""

    left: float
    bottom: float
    width: float
    """Of the page before it is turned."""
    height: float
    rotation: int
    """Clockwise, in degrees."""

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the PDF's user space."""
        x, y = x - self.left, y - self.bottom
        if self.rotation == _QUARTER_TURN:
            return y, x
        if self.rotation == 2 * _QUARTER_TURN:
            return self.width - x, y
        if self.rotation == 3 * _QUARTER_TURN:
            return self.height - y, self.width - x
        return x, self.height - y

    def place_box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Turn left, bottom, right, top of the PDF's user space, in this order, into x0, top, x1, bottom."""
        left, bottom, right, top = box
        if self.rotation == 0:
            above = self.height - (top - self.bottom)
            return left - self.left, above, right - self.left, self.height - (bottom - self.bottom)
        x0, y0 = self.place(left, top)
        x1, y1 = self.place(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def size(self) -> tuple[float, float]:
        """Visible width and height."""
        turned = self.rotation % (2 * _QUARTER_TURN) != 0
        return (self.height, self.width) if turned else (self.width, self.height)


class Style(NamedTuple):
    """How a text object draws: size in points, angle in degrees, whether its font has signs instead of letters."""

    size: float
    bold: bool
    angle: int
    symbol_font: bool


def frame_of(page: pypdfium2.PdfPage) -> PageFrame:
    """Return the frame of a page as it is shown."""
    left, bottom, right, top = page.get_bbox()
    return PageFrame(left, bottom, right - left, top - bottom, page.get_rotation())


RawBox = tuple[float, float, float, float]
"""Left, bottom, right, top in the PDF's user space, left not beyond right, bottom not beyond top."""
RawPiece = tuple[str, RawBox, RawBox, Style, tuple[float, float]]
"""Text, boxes of the first and of the last character, style, origin of the first character."""


def page_characters(text_page: pypdfium2.PdfTextPage) -> str:
    """Return the page's text in the file's order, one character for each index that the library counts."""
    handle = text_page.raw
    count = pdfium.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 1))()
    written = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(handle, index) for index in range(count))
    return "".join(chr(code) if code <= sys.maxunicode else UNREADABLE for code in codes)


class Characters:
    """The characters of one page. The library is asked for places of words, not of each character."""

    def __init__(self, text_page: pypdfium2.PdfTextPage) -> None:
        self._handle = text_page.raw
        self._address = address_of(self._handle)
        self._objects: dict[int | None, tuple[Style, tuple[float, float] | None]] = {}
        self._styles: dict[tuple[float, ...], tuple[Style, bool]] = {}
        self._faces: dict[int | None, tuple[bool, bool]] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._point = (ctypes.c_double * 2)()
        self._matrix_at, self._x_at = ctypes.addressof(self._matrix), ctypes.addressof(self._point)
        self._y_at = self._x_at + ctypes.sizeof(ctypes.c_double)

    @property
    def angles(self) -> set[int]:
        """The angles of the text objects met so far."""
        return {style.angle for style, _ in self._objects.values()}

    def runs(self, text: str) -> list[list[RawPiece]]:
        """Return the pieces of each stretch of the page's text without spaces."""
        signs = {char: readable(ord(char)) for char in set(text)}
        # Signs of one character are replaced at once; others would move the places of those behind.
        plain = text.translate({ord(char): sign for char, sign in signs.items() if len(sign) == 1 and sign != char})
        other = {ord(char): sign for char, sign in signs.items() if len(sign) != 1}
        stretches = list(self._stretches(plain, "".join(char for char, sign in signs.items() if not sign)))
        firsts = self._boxes([first for _, first, _, _ in stretches])
        lasts = self._boxes([end - 1 for _, _, end, _ in stretches])
        runs: list[list[RawPiece]] = []
        current = -1
        for (run, first, end, owner), box, last in zip(stretches, firsts, lasts, strict=True):
            piece = plain[first:end].translate(other) if other else plain[first:end]
            if not piece:
                continue
            style, origin = self._objects.get(owner) or self._object(first, owner)
            found = (piece, box, last, style, origin or self._origin(first))
            if run == current:
                runs[-1].append(found)
            else:
                runs.append([found])
                current = run
        return runs

    def _stretches(self, text: str, nothing: str) -> Iterator[tuple[int, int, int, int | None]]:
        """Yield (run, first, end, text object) of the parts of runs that one object draws; single letters of Arabic.

        A run is a stretch without spaces; characters of ``nothing`` at its ends are left out.
        """
        spans = [match.span() for match in _RUN.finditer(text)]
        if nothing:
            bare = (_without(nothing, text, start, end) for start, end in spans)
            spans = [(start, end) for start, end in bare if start < end]
        firsts = map(text_object, repeat(self._address), [start for start, _ in spans])
        lasts = map(text_object, repeat(self._address), [end - 1 for _, end in spans])
        letters = _RTL_LETTER.search(text) is not None
        for run, ((start, end), owner, last) in enumerate(zip(spans, firsts, lasts, strict=True)):
            if letters and _RTL_LETTER.search(text, start, end):
                yield from ((run, at, at + 1, text_object(self._address, at)) for at in range(start, end))
            elif owner == last:
                yield run, start, end, owner
            else:
                yield from ((run, *part) for part in self._by_object(start, end))

    def _by_object(self, start: int, end: int) -> Iterator[tuple[int, int, int | None]]:
        owners = list(map(text_object, repeat(self._address), range(start, end)))
        first = start
        for index in range(start + 1, end):
            if owners[index - start] != owners[first - start]:
                yield first, index, owners[first - start]
                first = index
        yield first, end, owners[first - start]

    def _boxes(self, indexes: Sequence[int]) -> list[RawBox]:
        """Return the boxes of characters, which the library writes into one buffer."""
        rectangles = (pdfium.FS_RECTF * len(indexes))()
        start, size = ctypes.addressof(rectangles), ctypes.sizeof(pdfium.FS_RECTF)
        places = range(start, start + size * len(indexes), size)
        deque(map(character_box, repeat(self._address), indexes, places), maxlen=0)
        return [
            (left, bottom, right, top)
            if left <= right and bottom <= top
            else (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
            for left, top, right, bottom in struct.iter_unpack("4f", rectangles)
        ]

    def _origin(self, index: int) -> tuple[float, float]:
        character_origin(self._address, index, self._x_at, self._y_at)
        return self._point[0], self._point[1]

    def _object(self, index: int, owner: int | None) -> tuple[Style, tuple[float, float] | None]:
        """Return the style of a text object, and where it begins if its baseline runs level or plumb."""
        matrix = self._matrix
        character_matrix(self._address, index, self._matrix_at)
        font = font_of(owner)
        key = (matrix.a, matrix.b, matrix.c, matrix.d, font_size(self._address, index), font or 0)
        known = self._styles.get(key)
        if known is None:
            known = self._styles[key] = (self._style(key, font, index), matrix.b == 0 or matrix.a == 0)
        style, level = known
        found = self._objects[owner] = (style, self._origin(index) if level else None)
        return found

    def _style(self, key: tuple[float, ...], font: int | None, index: int) -> Style:
        a, b, c, d, size, _ = key
        angle = round(math.degrees(math.atan2(b, a)) / _QUARTER_TURN) * _QUARTER_TURN % 360
        face = self._faces.get(font)
        if face is None:
            face = self._faces[font] = _face(self._handle, index)
        return Style(round(size * (math.hypot(c, d) or 1.0), 1) or 1.0, face[0], angle, face[1])


def _without(nothing: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the characters of ``nothing`` at its ends."""
    end = start + len(text[start:end].rstrip(nothing))
    return end - len(text[start:end].lstrip(nothing)), end


def _face(handle: object, index: int) -> tuple[bool, bool]:
    """Return whether a character's font is bold, and whether it draws signs instead of letters."""
    flags, buffer = ctypes.c_int(), ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").casefold()
    bold = pdfium.FPDFText_GetFontWeight(handle, index) >= _BOLD_WEIGHT or any(
        word in name for word in layout_terms().bold_fonts
    )
    return bold, any(font in name for font in layout_terms().symbol_fonts)
