"""Right-to-left scripts: letters that share one glyph, order of words, noise that fonts leave between words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.reading.geometry import Word

__all__ = ["is_rtl_text", "joins", "logical_text", "mend_lam_alef", "reading_order", "without_noise"]

_LAM = "ل"
_ALEFS = frozenset("اأإآٱ")
_TATWEEL = "ـ"
_JOINED_EM = 0.1
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_SIGN_FIRST = re.compile(r"([%٪.،,:/]+)([\d٠-٩][\d٠-٩.,٫٬]*)(.*)", re.DOTALL)
_SAME_BOX = 0.05
_RTL = frozenset({"R", "AL"})
_NUMBER_PARTS = frozenset({"EN", "AN", "ES", "ET", "CS"})


def mend_lam_alef(glyphs: Sequence[tuple[str, float, float]]) -> str:
    """Join (text, x0, x1) of a word's characters, putting lam before alef where both share one ligature's box.

    The PDF library takes the two letters of the ligature in visual order, hence swapped in logical order.
    """
    texts = [text for text, _, _ in glyphs]
    for index in range(len(glyphs) - 1):
        (one, one_x0, one_x1), (two, two_x0, two_x1) = glyphs[index], glyphs[index + 1]
        if one in _ALEFS and two == _LAM and abs(one_x0 - two_x0) < _SAME_BOX and abs(one_x1 - two_x1) < _SAME_BOX:
            texts[index], texts[index + 1] = two, one
    return "".join(texts)


def is_rtl_text(text: str) -> bool:
    """Whether right-to-left letters outnumber left-to-right ones."""
    balance = 0
    for char in text:
        if char > "\u0590":
            balance += unicodedata.bidirectional(char) in _RTL
            continue
        balance -= char.isalpha()
    return balance > 0


def without_noise(text: str) -> str:
    """Remove stretching strokes, and combining marks that stand on no letter."""
    if not any("\u0600" <= char <= "\u06ff" for char in text):
        return text
    kept: list[str] = []
    for char in text:
        if char == _TATWEEL:
            continue
        if unicodedata.combining(char) and not (kept and kept[-1].isalpha()):
            continue
        kept.append(char)
    return "".join(kept)


def reading_order(words: Iterable[Word]) -> list[Word]:
    """Order the words of one line for a right-to-left reader; stretches of left-to-right words keep their order."""
    ordered: list[Word] = []
    stretch: list[Word] = []
    for word in sorted(words, key=lambda word: (-word.x1, word.order)):
        if is_rtl_text(word.text):
            ordered.extend(reversed(stretch))
            stretch = []
            ordered.append(word)
        elif _is_left_to_right(word.text):
            stretch.append(word)
        else:
            stretch.append(word) if stretch else ordered.append(word)
    ordered.extend(reversed(stretch))
    return ordered


def _is_left_to_right(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in _NUMBER_PARTS or char.isalpha() for char in text)


def joins(before: Word, after: Word) -> bool:
    """Whether two pieces of a right-to-left line are one word that a mark drawn apart has torn."""
    if not (before.text[-1:].isalpha() and after.text[:1].isalpha()):
        return False
    if not (is_rtl_text(before.text) and is_rtl_text(after.text)):
        return False
    return before.x0 - after.x1 < _JOINED_EM * after.size


def logical_text(text: str) -> str:
    """Put a word that comes in visual order into logical order: mirrored brackets, signs set before their number."""
    text = text.translate(_MIRRORED)
    match = _SIGN_FIRST.fullmatch(text)
    if match is None:
        return text
    sign, number, rest = match.groups()
    return f"{number}{sign} {rest}" if rest[:1].isalpha() else f"{number}{sign}{rest}"
