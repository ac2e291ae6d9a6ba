"""Text made plain for reading numbers and units, with the way back to the offsets of the text as given.

Digits of every script become ASCII, accents and combining marks fall away, spaces and dashes become one kind.
Offsets are characters, end-exclusive.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["FoldedText", "fold_form", "fold_text"]

_SINGLE: dict[str, str] = {
    "\t": "\t", "\n": "\n", "\r": "", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n",
    "ـ": "", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "٪": "%", "٫": "٫", "٬": "٬",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "“": '"', "”": '"',
    "−": "-", "~": "~", "～": "~", "〜": "~", "∼": "~", "≈": "≈", "º": "º", "ª": "ª",
    "½": "½", "¼": "¼", "¾": "¾", "⅓": "⅓", "⅔": "⅔", "⁄": "/", "∕": "/",
}  # fmt: skip
# Some PDF makers write a tab, a return and a no-break space between any two words; columns never hold a return.
_WORD_GAP = re.compile(r"[^\S\n]*\r(?!\n)[^\S\n]*")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


_BY_CATEGORY = {"Cf": "", "Mn": "", "Me": "", "Zs": " ", "Pd": "-"}


def _fold_character(character: str) -> str:
    if character in _SINGLE:
        return _SINGLE[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    # A raised figure after a number is a note mark, not a digit of it.
    if character in _SUPERSCRIPTS:
        return character
    plain = unicodedata.normalize("NFKD", character)
    return "".join(part for part in plain if unicodedata.category(part) != "Mn").replace("\u2044", "/") or character


class _Table(dict[int, str]):
    """Translation table that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``cased`` and ``lower`` are of one length; ``offsets`` leads each of their characters back to ``original``."""

    original: str
    cased: str
    lower: str
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in ``original`` of the folded stretch; it must not be empty."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def written(self, start: int, end: int) -> str:
        """Return the stretch as it stands in ``original``."""
        begin, finish = self.span(start, end)
        return self.original[begin:finish]


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=32)
def fold_text(text: str) -> FoldedText:
    """Return the folded text; a character may fold to none (direction marks) or several (ligatures)."""
    gaps = list(_WORD_GAP.finditer(text)) if "\r" in text else []
    if not gaps and all(len(_TABLE[ord(character)]) == 1 for character in set(text)):
        cased = text.translate(_TABLE)
        return FoldedText(text, cased, _lower(cased), None)
    pieces: list[str] = []
    offsets: list[int] = []
    begin = 0
    for gap in (*gaps, None):
        end = gap.start() if gap else len(text)
        pieces.append(text[begin:end].translate(_TABLE))
        offsets += [i for i in range(begin, end) for _ in _TABLE[ord(text[i])]]
        if gap:
            pieces.append(" ")
            offsets.append(gap.start())
            begin = gap.end()
    cased = "".join(pieces)
    return FoldedText(text, cased, _lower(cased), tuple(offsets))


def fold_form(form: str) -> str:
    """Fold a vocabulary form as the text is folded, case kept."""
    return form.translate(_TABLE)
