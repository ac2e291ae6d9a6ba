"""Whether the digits of a page's text layer can be relied on.

A font's table of characters may give several digits the same character: the page shows 2030 and its text says 0202.
What one font draws for one character has one shape; where it has several, the text tells other numbers than the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from coherence.reading.glyph_text import UNREADABLE
from coherence.reading.pdf_shapes import ShapeReader

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import pypdfium2

    from coherence.reading.pdf_shapes import Shape

__all__ = ["unsound_digit_fonts", "without_digits_of"]

_DIGIT = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]")
_MOST_DIGITS = 60
_SAME_SHAPE_EM = 0.02
_LEAST_SIGNS = 2


def unsound_digit_fonts(text_page: pypdfium2.PdfTextPage, text: str) -> frozenset[str]:
    """Return the names of the fonts that draw digits in more than one shape each, where two digits or more have them.

    ``text`` has one sign per character of the page; its first 60 digits are looked at.
    """
    shapes: dict[tuple[int | None, str], list[Shape]] = defaultdict(list)
    names: dict[int | None, str] = {}
    reader = ShapeReader(text_page.raw)
    for count, match in enumerate(_DIGIT.finditer(text)):
        if count >= _MOST_DIGITS:
            break
        index = match.start()
        if (shape := reader.shape(index)) is None:
            continue
        font = reader.font(index)
        if font not in names:
            names[font] = reader.font_name(index)
        known = shapes[font, match.group()]
        if not any(_alike(shape, other) for other in known):
            known.append(shape)
    mixed = [font for (font, _), known in shapes.items() if len(known) > 1]
    return frozenset(names[font] for font in mixed) if len(mixed) >= _LEAST_SIGNS else frozenset()


def _alike(one: Shape, other: Shape) -> bool:
    return abs(one.width - other.width) < _SAME_SHAPE_EM and abs(one.height - other.height) < _SAME_SHAPE_EM


def without_digits_of(text_page: pypdfium2.PdfTextPage, text: str, fonts: AbstractSet[str]) -> str:
    """Return ``text`` with U+FFFD for each digit that one of ``fonts`` draws: no number rather than a wrong one."""
    reader = ShapeReader(text_page.raw)
    wrong = {match.start() for match in _DIGIT.finditer(text) if reader.font_name(match.start()) in fonts}
    return "".join(UNREADABLE if index in wrong else sign for index, sign in enumerate(text)) if wrong else text
