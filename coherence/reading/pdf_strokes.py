"""Strokes that stretch Arabic words, which a page's text layer takes for letters.

Justified lines draw a flat stroke (tatweel) between letters that join. Some producers' fonts give it the character of
a letter, so that the text holds letters that nobody sees.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coherence.reading.pdf_shapes import ShapeReader

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["with_plain_strokes"]

_TATWEEL = "ـ"
_LETTER = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe80-\ufefc]")
_FLAT = 0.75
"""Height over width: no letter is flatter in points, so that few are looked at closely."""
_STROKE_EM = 0.12
"""Letters rise above the line or hang below it by more than this."""


def with_plain_strokes(text_page: pypdfium2.PdfTextPage, text: str) -> str:
    """Return ``text`` with a tatweel for each Arabic letter that is drawn as a flat stroke; one sign per character."""
    reader = ShapeReader(text_page.raw)
    strokes = {match.start() for match in _LETTER.finditer(text) if _is_stroke(reader, match.start())}
    return "".join(_TATWEEL if index in strokes else sign for index, sign in enumerate(text)) if strokes else text


def _is_stroke(reader: ShapeReader, index: int) -> bool:
    ink = reader.ink(index)
    if ink is None or not 0 < ink.height < _FLAT * ink.width:
        return False
    shape = reader.shape(index)
    return shape is not None and shape.height < _STROKE_EM
