"""Characters of a PDF page, in the file's order, grown into words of one style.

Calls into the PDF library are costly: text is taken a page at a time, places a word at a time, styles once for each
text object.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from coherence.reading.geometry import Box, Word, enclosing
from coherence.reading.glyph_text import UNREADABLE, readable
from coherence.reading.layout_terms import layout_terms
from coherence.reading.rtl import mend_ligatures

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

__all__ = ["PageFrame", "frame_of", "page_characters", "page_words", "share_unreadable"]

_BOLD_WEIGHT = 600
_SMALLER = 0.86
_SHIFTED_EM = 0.07
_TORN_EM = 1.0
_LINE_CHANGE_EM = 0.5
_QUARTER_TURN = 90
_RUN = re.compile(r"[^ ]+")
_RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")

# The library's own declarations return a pointer object for each call; an address is all that is needed here.
_font_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p).value or 0
)
_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


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
        """Turn left, bottom, right, top of the PDF's user space into x0, top, x1, bottom."""
        if self.rotation == 0:
            x0, top = box[0] - self.left, self.height - (box[3] - self.bottom)
            x1, bottom = box[2] - self.left, self.height - (box[1] - self.bottom)
        else:
            x0, top = self.place(box[0], box[3])
            x1, bottom = self.place(box[2], box[1])
        return (
            min(x0, x1), min(top, bottom),
            max(x1, x0), max(bottom, top),
        )  # fmt: skip

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


class _Piece(NamedTuple):
    """Neighbouring characters of one text object, placed on the page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    style: _Style
    starts: tuple[float, float]
    """x0 and x1 of its first character."""
    ends: tuple[float, float]
    """x0 and x1 of its last character."""


def frame_of(page: pypdfium2.PdfPage) -> PageFrame:
    """Return the frame of a page as it is shown."""
    left, bottom, right, top = page.get_bbox()
    return PageFrame(left, bottom, right - left, top - bottom, page.get_rotation())


def page_words(text_page: pypdfium2.PdfTextPage, frame: PageFrame, text: str) -> tuple[list[Word], PageFrame]:
    """Return the words of a page in the file's order, and the frame in which most of the text stands upright.

    ``text`` holds the page's characters (see page_characters).
    """
    runs = list(_Characters(text_page).runs(text))
    angles: Counter[int] = Counter()
    for run in runs:
        for piece in run:
            angles[piece[3].angle] += len(piece[0])
    if angles and (turn := angles.most_common(1)[0][0]) != frame.rotation and angles[turn] > 0.6 * angles.total():
        frame = frame._replace(rotation=turn)
    builder = _WordBuilder(frame)
    for run in runs:
        builder.add_run(run)
    width, height = frame.size
    inside = [word for word in builder.words if 0 <= word.middle[0] <= width and 0 <= word.middle[1] <= height]
    return _phrases_of_turned_words(inside), frame


_RawBox = tuple[float, float, float, float]
"""Left, bottom, right, top in the PDF's user space."""
_Raw = tuple[str, _RawBox, _RawBox, _Style, tuple[float, float]]
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


class _Characters:
    """The characters of one page. The library is asked for places of words, not of each character."""

    def __init__(self, text_page: pypdfium2.PdfTextPage) -> None:
        self._handle = handle = text_page.raw
        self._objects: dict[int | None, tuple[_Style, tuple[float, float] | None]] = {}
        self._faces: dict[int | None, tuple[bool, bool]] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._rect = pdfium.FS_RECTF()
        self._rect_reference = ctypes.byref(self._rect)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._x_reference, self._y_reference = ctypes.byref(self._x), ctypes.byref(self._y)
        self._address = ctypes.cast(handle, ctypes.c_void_p).value

    def runs(self, text: str) -> Iterator[list[_Raw]]:
        """Yield the pieces of each stretch of the page's text without spaces."""
        signs = {char: readable(ord(char)) for char in set(text)}
        spaced = text.translate({ord(char): " " for char, sign in signs.items() if sign == " "})
        nothing = "".join(char for char, sign in signs.items() if not sign)
        other = {ord(char): sign for char, sign in signs.items() if sign not in (char, " ")}
        for match in _RUN.finditer(spaced):
            run = match.group().rstrip(nothing)
            start = match.start() + len(run) - len(run := run.lstrip(nothing))
            yield [
                self._piece(first, end, owner, sign)
                for first, end, owner in (self._stretches(run, start) if run else ())
                if (sign := run[first - start : end - start].translate(other))
            ]

    def _stretches(self, run: str, start: int) -> Iterator[tuple[int, int, int | None]]:
        """Yield (first, end, text object) of the parts of a run that one object draws; single letters of Arabic."""
        address, end = self._address, start + len(run)
        if _RTL_LETTER.search(run):
            yield from ((index, index + 1, _text_object(address, index)) for index in range(start, end))
            return
        owner = _text_object(address, start)
        if owner == _text_object(address, end - 1):
            yield start, end, owner
            return
        first = start
        for index in range(start + 1, end):
            if (other := _text_object(address, index)) != owner:
                yield first, index, owner
                first, owner = index, other
        yield first, end, owner

    def _piece(self, first: int, end: int, owner: int | None, text: str) -> _Raw:
        known = self._objects.get(owner)
        if known is None:
            style, level = self._style(first, owner)
            known = self._objects[owner] = (style, self._origin(first) if level else None)
        style, origin = known
        box = self._box(first)
        last = box if end - first == 1 else self._box(end - 1)
        return text, box, last, style, origin or self._origin(first)

    def _origin(self, index: int) -> tuple[float, float]:
        pdfium.FPDFText_GetCharOrigin(self._handle, index, self._x_reference, self._y_reference)
        return self._x.value, self._y.value

    def _style(self, index: int, text_object: int | None) -> tuple[_Style, bool]:
        """Return the style of a text object, and whether its baseline runs level or plumb."""
        matrix, handle = self._matrix, self._handle
        pdfium.FPDFText_GetMatrix(handle, index, matrix)
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        size = pdfium.FPDFText_GetFontSize(handle, index) * (math.hypot(c, d) or 1.0)
        angle = round(math.degrees(math.atan2(b, a)) / _QUARTER_TURN) * _QUARTER_TURN % 360
        font = _font_of(text_object)
        face = self._faces.get(font)
        if face is None:
            face = self._faces[font] = _face(handle, index)
        return _Style(round(size, 1) or 1.0, face[0], angle, face[1]), b == 0 or a == 0

    def _box(self, index: int) -> _RawBox:
        rect = self._rect
        pdfium.FPDFText_GetLooseCharBox(self._handle, index, self._rect_reference)
        return rect.left, rect.bottom, rect.right, rect.top


def _face(handle: object, index: int) -> tuple[bool, bool]:
    """Return whether a character's font is bold, and whether it draws signs instead of letters."""
    flags, buffer = ctypes.c_int(), ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").casefold()
    bold = pdfium.FPDFText_GetFontWeight(handle, index) >= _BOLD_WEIGHT or any(
        word in name for word in layout_terms().bold_fonts
    )
    return bold, any(font in name for font in layout_terms().symbol_fonts)


class _WordBuilder:
    """Collects pieces into words; a word ends at a space, a jump or a change of style."""

    def __init__(self, frame: PageFrame) -> None:
        self.words: list[Word] = []
        self._frame = frame
        self._run: list[_Piece] = []
        self._glued = False
        self._base: Word | None = None

    def add_run(self, run: list[_Raw]) -> None:
        """Add the words of a stretch without spaces."""
        if len(run) == 1:
            self._add_whole(run[0])
            return
        for raw in run:
            piece = self._placed(raw)
            if self._run:
                self._part(self._run[-1], piece)
            self._run.append(piece)
        self._flush(glued=False)

    def _add_whole(self, raw: _Raw) -> None:
        """Add a word that one text object draws: most words are."""
        text, first, last, style, origin = raw
        x0, top, x1, bottom = self._frame.place_box(first)
        if last is not first:
            other = self._frame.place_box(last)
            x0, x1, top, bottom = min(x0, other[0]), max(x1, other[2]), min(top, other[1]), max(bottom, other[3])
        baseline = self._frame.place(*origin)[1]
        turned = style.angle != self._frame.rotation
        word = Word(
            _sign(text, style), x0, top, x1, bottom, baseline, style.size, style.bold, len(self.words), rotated=turned
        )
        self.words.append(word)
        self._base = word

    def _placed(self, raw: _Raw) -> _Piece:
        text, first, last, style, origin = raw
        starts = self._frame.place_box(first)
        ends = starts if last is first else self._frame.place_box(last)
        box = enclosing((Box(*starts), Box(*ends)))
        baseline = self._frame.place(*origin)[1]
        return _Piece(_sign(text, style), *box, baseline, style, starts[::2], ends[::2])

    def _part(self, last: _Piece, piece: _Piece) -> None:
        size = max(last.style.size, piece.style.size)
        gap = max(piece.starts[0] - last.ends[1], last.ends[0] - piece.starts[1])
        if piece.style.angle != last.style.angle:
            self._flush(glued=False)
        elif piece.style.angle != self._frame.rotation:
            return
        elif gap > _TORN_EM * size or abs(piece.baseline - last.baseline) > _LINE_CHANGE_EM * size:
            self._flush(glued=False)
        elif (
            min(last.style.size, piece.style.size) < _SMALLER * size
            or abs(piece.baseline - last.baseline) > _SHIFTED_EM * size
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
        text, x0, top, x1, bottom = run[0][:5]
        if len(run) > 1:
            x0, top = min(piece.x0 for piece in run), min(piece.y0 for piece in run)
            x1, bottom = max(piece.x1 for piece in run), max(piece.y1 for piece in run)
            text = mend_ligatures([(piece.text, piece.x0, piece.x1) for piece in run])
        baseline, shift = run[0].baseline, 0
        base = self._base
        if self._glued and base is not None and style.size < _SMALLER * base.size:
            lift = base.baseline - baseline
            if abs(lift) > 0.03 * base.size:
                shift, baseline = (1 if lift > 0 else -1), base.baseline
        turned = style.angle != self._frame.rotation
        order = len(self.words)
        return Word(text, x0, top, x1, bottom, baseline, style.size, style.bold, order, self._glued, shift, turned)


def _sign(text: str, style: _Style) -> str:
    if not style.symbol_font:
        return text
    bullets = {*layout_terms().symbol_font_bullets, UNREADABLE}
    return "".join("•" if char in bullets else char for char in text)


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
