"""Whether the digits of a page's text layer can be relied on.

A font's table of characters may give several digits the same character: the page shows 2030 and its text says 0202.
What one font draws for one character has one shape; where it has several, the text tells other numbers than the page.
"""

from __future__ import annotations

import ctypes
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["has_unsound_digits"]

_DIGIT = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]")
_MOST_DIGITS = 60
_SAME_SHAPE_EM = 0.02
_LEAST_SIGNS = 2

_Shape = tuple[float, float]


def has_unsound_digits(text_page: pypdfium2.PdfTextPage, text: str) -> bool:
    """Tell whether two digits or more are drawn in more than one shape each; ``text`` has one sign per character.

    The first 60 digits of the page are looked at.
    """
    shapes: dict[tuple[int | None, str], list[_Shape]] = defaultdict(list)
    reader = _ShapeReader(text_page.raw)
    for count, match in enumerate(_DIGIT.finditer(text)):
        if count >= _MOST_DIGITS:
            break
        if (found := reader.shape(match.start())) is None:
            continue
        font, shape = found
        known = shapes[font, match.group()]
        if not any(_alike(shape, other) for other in known):
            known.append(shape)
    return sum(len(known) > 1 for known in shapes.values()) >= _LEAST_SIGNS


def _alike(one: _Shape, other: _Shape) -> bool:
    return abs(one[0] - other[0]) < _SAME_SHAPE_EM and abs(one[1] - other[1]) < _SAME_SHAPE_EM


class _ShapeReader:
    def __init__(self, handle: object) -> None:
        self._handle = handle
        self._matrix = pdfium.FS_MATRIX()
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._edges = tuple(ctypes.byref(side) for side in self._sides)

    def shape(self, index: int) -> tuple[int | None, _Shape] | None:
        """Return the font of an upright character, and the width and height of its ink in em."""
        matrix, handle = self._matrix, self._handle
        pdfium.FPDFText_GetMatrix(handle, index, matrix)
        size = pdfium.FPDFText_GetFontSize(handle, index)
        across, up = size * abs(matrix.a), size * abs(matrix.d)
        if matrix.b or matrix.c or not across or not up:
            return None
        if not pdfium.FPDFText_GetCharBox(handle, index, *self._edges):
            return None
        left, right, bottom, top = (side.value for side in self._sides)
        font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(handle, index))
        return ctypes.cast(font, ctypes.c_void_p).value, ((right - left) / across, (top - bottom) / up)
