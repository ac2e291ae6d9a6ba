"""The shapes in which a PDF page draws its characters, whatever its text layer calls them."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

__all__ = ["Shape", "ShapeReader"]


class Shape(NamedTuple):
    """Width and height of a character's ink in em."""

    width: float
    height: float


class ShapeReader:
    """Looks up the shapes of one page's characters; ``handle`` is the text page of the PDF library."""

    def __init__(self, handle: object) -> None:
        self._handle = handle
        self._matrix = pdfium.FS_MATRIX()
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._edges = tuple(ctypes.byref(side) for side in self._sides)

    def shape(self, index: int) -> Shape | None:
        """Return the shape of an upright character; None for a turned one or one without ink."""
        ink = self.ink(index)
        matrix, handle = self._matrix, self._handle
        pdfium.FPDFText_GetMatrix(handle, index, matrix)
        size = pdfium.FPDFText_GetFontSize(handle, index)
        across, up = size * abs(matrix.a), size * abs(matrix.d)
        if ink is None or matrix.b or matrix.c or not across or not up:
            return None
        return Shape(ink.width / across, ink.height / up)

    def ink(self, index: int) -> Shape | None:
        """Return width and height of a character's ink in points, or None where it has none."""
        if not pdfium.FPDFText_GetCharBox(self._handle, index, *self._edges):
            return None
        left, right, bottom, top = (side.value for side in self._sides)
        return Shape(right - left, top - bottom)

    def font(self, index: int) -> int | None:
        """Return the address of a character's font, the same for one font of a page."""
        font = pdfium.FPDFTextObj_GetFont(pdfium.FPDFText_GetTextObject(self._handle, index))
        return ctypes.cast(font, ctypes.c_void_p).value

    def font_name(self, index: int) -> str:
        """Return the name of a character's font, the same on all pages."""
        flags, buffer = ctypes.c_int(), ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self._handle, index, buffer, 128, flags)
        return buffer.value.decode("utf-8", "replace")
