"""Functions of the PDF library that are called for each character or object of a page, by addresses.

The library's own declarations make a pointer object for each argument and result, which takes longer than the call.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

__all__ = [
    "address_of",
    "bounds_of",
    "character_box",
    "character_matrix",
    "character_origin",
    "count_segments",
    "draw_mode",
    "font_of",
    "font_size",
    "kind_of",
    "page_object",
    "text_object",
]


def address_of(handle: object) -> int:
    """Return the address that a handle of pypdfium2 points to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # any pointer can be cast


def _function(name: str, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(address_of(getattr(pdfium, name)))


_ADDRESS, _INDEX = ctypes.c_void_p, ctypes.c_int
text_object = _function("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _INDEX)
"""Text page, index → the object that draws a character, or None."""
character_box = _function("FPDFText_GetLooseCharBox", _INDEX, _ADDRESS, _INDEX, _ADDRESS)
"""Text page, index, FS_RECTF to fill."""
character_origin = _function("FPDFText_GetCharOrigin", _INDEX, _ADDRESS, _INDEX, _ADDRESS, _ADDRESS)
"""Text page, index, double x and double y to fill."""
character_matrix = _function("FPDFText_GetMatrix", _INDEX, _ADDRESS, _INDEX, _ADDRESS)
"""Text page, index, FS_MATRIX to fill."""
font_size = _function("FPDFText_GetFontSize", ctypes.c_double, _ADDRESS, _INDEX)
"""Text page, index → size before the matrix."""
font_of = _function("FPDFTextObj_GetFont", _ADDRESS, _ADDRESS)
"""Text object → font."""
page_object = _function("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INDEX)
"""Page, index → object."""
bounds_of = _function("FPDFPageObj_GetBounds", _INDEX, *[_ADDRESS] * 5)
"""Object, float left, bottom, right and top to fill → whether it has bounds."""
draw_mode = _function("FPDFPath_GetDrawMode", _INDEX, *[_ADDRESS] * 3)
"""Path, int fill mode and int stroke to fill."""
count_segments = _function("FPDFPath_CountSegments", _INDEX, _ADDRESS)
"""Path → number of its segments."""
kind_of = _function("FPDFPageObj_GetType", _INDEX, _ADDRESS)
"""Object → FPDF_PAGEOBJ_…"""
