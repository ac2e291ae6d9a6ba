"""Characters of a PDF page, in the file's order, grown into words of one style.

Calls into the PDF library are kept to four a character; styles are looked up once for each text object.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from coherence.reading.geometry import Word, enclosing
from coherence.reading.glyph_text import UNREADABLE, readable
from coherence.reading.layout_terms import layout_terms
from coherence.reading.rtl import mend_lam_alef

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

__all__ = ["PageFrame", "frame_of", "page_words", "share_unreadable"]

_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_SMALLER = 0.86
_SHIFTED_EM = 0.07
_TORN_EM = 1.0
_LINE_CHANGE_EM = 0.5
_QUARTER_TURN = 90


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

    @property
    def size(self) -> tuple[float, float]:
        """Visible width and height."""
        turned = self.rotation % (2 * _QUARTER_TURN) != 0
        return (self.height, self.width) if turned else (self.width, self.height)


class _Style(NamedTuple):
    size: float
    bold: bool
    angle: int
    symbol_font: bool


class _Glyph(NamedTuple):
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    style: _Style


def frame_of(page: pypdfium2.PdfPage) -> PageFrame:
    """Return the frame of a page as it is shown."""
    left, bottom, right, top = page.get_bbox()
    return PageFrame(left, bottom, right - left, top - bottom, page.get_rotation())


def page_words(text_page: pypdfium2.PdfTextPage, frame: PageFrame) -> tuple[list[Word], PageFrame]:
    """Return the words of a page in the file's order, and the frame in which most of the text stands upright."""
    raw = list(_characters(text_page))
    angles = Counter(style.angle for _, _, style in raw if style)
    if angles and (turn := angles.most_common(1)[0][0]) != frame.rotation and angles[turn] > 0.6 * angles.total():
        frame = frame._replace(rotation=turn)
    builder = _WordBuilder(frame)
    for text, box, style in raw:
        builder.add(text, box, style)
    builder.close()
    width, height = frame.size
    inside = [word for word in builder.words if 0 <= word.middle[0] <= width and 0 <= word.middle[1] <= height]
    return _phrases_of_turned_words(inside), frame


_Raw = tuple[str, tuple[float, float, float, float, float, float], "_Style | None"]


def _characters(text_page: pypdfium2.PdfTextPage) -> Iterator[_Raw]:
    """Yield text, (left, bottom, right, top, origin x, origin y) and style; a space has no style."""
    handle = text_page.raw
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    get_origin, get_object = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetTextObject
    rect, origin_x, origin_y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    rect_ref, x_ref, y_ref = ctypes.byref(rect), ctypes.byref(origin_x), ctypes.byref(origin_y)
    styles: dict[int, _Style] = {}
    nowhere = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for index in range(pdfium.FPDFText_CountChars(handle)):
        text = readable(get_unicode(handle, index))
        if text == " ":
            yield text, nowhere, None
            continue
        if not text or not get_box(handle, index, rect_ref):
            continue
        text_object = get_object(handle, index)
        key = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        style = styles.get(key)
        if style is None:
            style = styles[key] = _style(handle, index)
        get_origin(handle, index, x_ref, y_ref)
        yield text, (rect.left, rect.bottom, rect.right, rect.top, origin_x.value, origin_y.value), style


def _style(handle: object, index: int) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(handle, index, matrix)
    size = pdfium.FPDFText_GetFontSize(handle, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    flags, buffer = ctypes.c_int(), ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").casefold()
    bold = pdfium.FPDFText_GetFontWeight(handle, index) >= _BOLD_WEIGHT or any(word in name for word in _BOLD_NAMES)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / _QUARTER_TURN) * _QUARTER_TURN % 360
    symbol_font = any(font in name for font in layout_terms().symbol_fonts)
    return _Style(round(size, 1) or 1.0, bold, angle, symbol_font)


class _WordBuilder:
    """Collects characters into words; a word ends at a space, a jump or a change of style."""

    def __init__(self, frame: PageFrame) -> None:
        self.words: list[Word] = []
        self._frame = frame
        self._run: list[_Glyph] = []
        self._glued = False
        self._base: Word | None = None

    def add(self, text: str, box: tuple[float, float, float, float, float, float], style: _Style | None) -> None:
        if style is None:
            self._flush(glued=False)
            return
        ax, ay = self._frame.place(box[0], box[1])
        bx, by = self._frame.place(box[2], box[3])
        baseline = self._frame.place(box[4], box[5])[1]
        x0, x1 = (ax, bx) if ax <= bx else (bx, ax)
        y0, y1 = (ay, by) if ay <= by else (by, ay)
        glyph = _Glyph(self._sign(text, style), x0, y0, x1, y1, baseline, style)
        if self._run:
            self._part(self._run[-1], glyph)
        self._run.append(glyph)

    def close(self) -> None:
        self._flush(glued=False)

    @staticmethod
    def _sign(text: str, style: _Style) -> str:
        if style.symbol_font and text in layout_terms().symbol_font_bullets:
            return "•"
        return text

    def _part(self, last: _Glyph, glyph: _Glyph) -> None:
        size = max(last.style.size, glyph.style.size)
        gap = max(glyph.x0 - last.x1, last.x0 - glyph.x1)
        if glyph.style.angle != last.style.angle:
            self._flush(glued=False)
        elif glyph.style.angle != self._frame.rotation:
            return
        elif gap > _TORN_EM * size or abs(glyph.baseline - last.baseline) > _LINE_CHANGE_EM * size:
            self._flush(glued=False)
        elif (
            min(last.style.size, glyph.style.size) < _SMALLER * size
            or abs(glyph.baseline - last.baseline) > _SHIFTED_EM * size
        ):
            self._flush(glued=True)

    def _flush(self, *, glued: bool) -> None:
        if self._run:
            word = self._word()
            self.words.append(word)
            if not word.shift:
                self._base = word
            self._run = []
            self._glued = glued
        elif not glued:
            self._glued = False

    def _word(self) -> Word:
        run, style = self._run, self._run[0].style
        x0, top = min(glyph.x0 for glyph in run), min(glyph.y0 for glyph in run)
        x1, bottom = max(glyph.x1 for glyph in run), max(glyph.y1 for glyph in run)
        text = mend_lam_alef([(glyph.text, glyph.x0, glyph.x1) for glyph in run])
        baseline, shift = run[0].baseline, 0
        base = self._base
        if self._glued and base is not None and style.size < _SMALLER * base.size:
            lift = base.baseline - baseline
            if abs(lift) > 0.03 * base.size:
                shift, baseline = (1 if lift > 0 else -1), base.baseline
        turned = style.angle != self._frame.rotation
        order = len(self.words)
        return Word(text, x0, top, x1, bottom, baseline, style.size, style.bold, order, self._glued, shift, turned)


def _phrases_of_turned_words(words: list[Word]) -> list[Word]:
    """Join neighbouring words that are turned against the page into one word each: they share no line with others."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and word.rotated and last.rotated and _near(last, word):
            box = enclosing((last.box, word.box))
            joined[-1] = last._replace(text=f"{last.text} {word.text}", baseline=box.bottom, **box._asdict())
        else:
            joined.append(word._replace(baseline=word.bottom) if word.rotated else word)
    return joined


def _near(one: Word, other: Word) -> bool:
    reach = 1.5 * one.size
    box = one.box.grown(reach)
    return box.x0 <= other.x1 and other.x0 <= box.x1 and box.top <= other.bottom and other.top <= box.bottom


def share_unreadable(words: list[Word]) -> float:
    """Return the share of characters without meaning, 0 to 1."""
    total = sum(len(word.text) for word in words)
    return sum(word.text.count(UNREADABLE) for word in words) / total if total else 0.0
