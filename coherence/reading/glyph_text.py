"""What a character code of a PDF stands for in running text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from coherence.reading.layout_terms import layout_terms

__all__ = ["SOFT_HYPHEN", "UNREADABLE", "readable"]

SOFT_HYPHEN = "\u00ad"
"""Stands for every hyphen that only a line end made: the library writes U+0002 or U+FFFE, others U+00AD."""

UNREADABLE = "\ufffd"
_LINE_END_HYPHENS = {0x02, 0xFFFE, 0xAD}
_SYMBOL_AREA = range(0xF000, 0xF100)
_BIDI_CONTROLS = {0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF}
_PRESENTATION_FORMS = (range(0xFB00, 0xFE00), range(0xFE70, 0xFEFF), range(0xFF01, 0xFF5F), range(0xF900, 0xFB00))


@lru_cache(maxsize=8192)
def readable(code: int) -> str:  # noqa: PLR0911 - one return for each kind of code
    """Return the text of a code: "" for nothing, " " for any white space, U+FFFD for a code without meaning.

    Signs of symbol fonts (U+F0xx) come out as the sign they usually draw, else as a bullet. Ligatures and Arabic
    presentation forms are resolved (NFKC).
    """
    if code in _LINE_END_HYPHENS:
        return SOFT_HYPHEN
    if code in _BIDI_CONTROLS or code == 0:
        return ""
    if code in _SYMBOL_AREA:
        return layout_terms().symbol_font_codes.get(code - _SYMBOL_AREA.start, "•")
    char = chr(code)
    category = unicodedata.category(char)
    if char.isspace() or category in {"Zs", "Zl", "Zp"}:
        return " "
    if category in {"Cc", "Co", "Cn", "Cs"}:
        return UNREADABLE
    if any(code in area for area in _PRESENTATION_FORMS):
        return unicodedata.normalize("NFKC", char).strip()
    return char
