"""Right-to-left scripts: letters that share one glyph, order of words, noise that fonts leave between words."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.reading.geometry import Word

__all__ = [
    "is_rtl_text",
    "is_tight",
    "joins",
    "logical_text",
    "mend_ligatures",
    "reading_order",
    "with_ascending_ranges",
    "without_noise",
]

_TATWEEL = "ـ"
_SHADDA = "\u0651"
_MARKS = "".join(map(chr, range(0x64B, 0x660)))
_JOINED_EM = 0.1
_FEW_PAIRS = 3
_WHOLE_LETTERS = 3.5
_MIRRORED = str.maketrans("()[]{}«»<>", ")(][}{»«><")
_SIGN_FIRST = re.compile(r"([%٪.،,:/]+)([\d\ufffd][\d\ufffd.,٫٬/–-]*)(.*)", re.DOTALL)
_SAME_BOX = 0.05
_FIRST_DIGITS = re.compile(r"\d{1,3}")
_DIGIT_GROUP = re.compile(r"\d{3}")
_GROUP_GAP_EM = 0.45
_FIGURE = r"\d+(?:[.,٫]\d+)?"
_RANGE = re.compile(rf"(?<![\w.,٫/–-])({_FIGURE})(\s?[-–]\s?)({_FIGURE})(\s?[%٪]?)(?![\w/–-]|[.,٫]\d)")
_PLAIN_DIGITS = str.maketrans({**{chr(0x660 + n): str(n) for n in range(10)}, ",": ".", "٫": "."})
_RTL = frozenset({"R", "AL"})


def mend_ligatures(glyphs: Sequence[tuple[str, float, float]]) -> str:
    """Join (text, x0, x1) of a word's characters, putting letters that share one ligature's box into their order.

    The PDF library takes the letters of a ligature in visual order, hence reversed in logical order.
    """
    texts: list[str] = []
    start = 0
    while start < len(glyphs):
        end = start + 1
        while end < len(glyphs) and _share_box(glyphs[start], glyphs[end]):
            end += 1
        shared = [text for text, _, _ in glyphs[start:end]]
        texts.extend(reversed(shared) if sum(map(_is_letter, shared)) > 1 else shared)
        start = end
    return "".join(texts)


def _share_box(one: tuple[str, float, float], other: tuple[str, float, float]) -> bool:
    return one[2] - one[1] > _SAME_BOX and abs(one[1] - other[1]) < _SAME_BOX and abs(one[2] - other[2]) < _SAME_BOX


def _is_letter(text: str) -> bool:
    return all(unicodedata.bidirectional(char) in _RTL for char in text)


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
    """Remove stretching strokes, and marks that stand on no letter or double another of their kind."""
    if text.isascii() or not any("\u0600" <= char <= "\u06ff" for char in text):
        return text
    kept: list[str] = []
    marks: set[bool] = set()
    for char in text:
        if char == _TATWEEL:
            continue
        if unicodedata.combining(char):
            doubling = char == _SHADDA
            if doubling in marks or not (kept and (marks or kept[-1].isalpha())):
                continue
            marks.add(doubling)
        else:
            marks.clear()
        kept.append(char)
    return "".join(kept)


def reading_order(words: Iterable[Word]) -> list[Word]:
    """Order the words of one line for a right-to-left reader; stretches of left-to-right words keep their order."""
    ordered: list[Word] = []
    stretch: list[Word] = []
    for word in sorted(words, key=lambda word: (-word.x1, word.order)):
        if is_rtl_text(word.text):
            ordered.extend(_in_order(stretch))
            stretch = []
            ordered.append(word)
        else:
            stretch.append(word)
    return [*ordered, *_in_order(stretch)]


def _in_order(stretch: list[Word]) -> list[Word]:
    """Order words without right-to-left letters that stand together, given right to left.

    Foreign words turn the stretch around; numbers alone follow each other right to left, but the groups of digits of
    one number do not. Signs at the ends belong to the sentence around.
    """
    held = [index for index, word in enumerate(stretch) if any(char.isalnum() for char in word.text)]
    if not held:
        return stretch
    first, end = held[0], held[-1] + 1
    core = stretch[first:end]
    if any(char.isalpha() for word in core for char in word.text):
        return [*stretch[:first], *reversed(core), *stretch[end:]]
    groups: list[list[Word]] = []
    for word in core:
        goes_on = groups and _DIGIT_GROUP.fullmatch(groups[-1][-1].text) and _FIRST_DIGITS.fullmatch(word.text)
        if goes_on and _near(word, groups[-1][-1]):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [*stretch[:first], *(word for group in groups for word in reversed(group)), *stretch[end:]]


def _near(left: Word, right: Word) -> bool:
    return 0 <= right.x0 - left.x1 < _GROUP_GAP_EM * right.size or right.x0 < left.x1


def joins(before: Word, after: Word, *, tight: bool) -> bool:
    """Whether two pieces of a right-to-left line are one word that a mark drawn apart has torn.

    In a ``tight`` line, whose words touch each other, only a mark at the tear tells so.
    """
    marked = before.text[-1:] in _MARKS or after.text[:1] in _MARKS
    return (marked or not tight) and _touch(before, after)


def is_tight(ordered: Sequence[Word]) -> bool:
    """Whether most neighbouring words of a line in reading order touch each other, and are long enough to be whole."""
    pairs = list(pairwise(ordered))
    whole = sum(len(word.text) for word in ordered) > _WHOLE_LETTERS * len(ordered)
    return whole and len(pairs) > _FEW_PAIRS and sum(_touch(one, other) for one, other in pairs) > 0.5 * len(pairs)


def _touch(before: Word, after: Word) -> bool:
    if before.x0 - after.x1 >= _JOINED_EM * after.size:
        return False
    if not (before.text.rstrip(_MARKS)[-1:].isalpha() and after.text.lstrip(_MARKS)[:1].isalpha()):
        return False
    return is_rtl_text(before.text) and is_rtl_text(after.text)


def logical_text(text: str) -> str:
    """Put a word that comes in visual order into logical order: mirrored brackets, signs set before their number."""
    text = text.translate(_MIRRORED)
    match = _SIGN_FIRST.fullmatch(text)
    if match is None:
        return text
    sign, number, rest = match.groups()
    return f"{number}{sign} {rest}" if rest[:1].isalpha() else f"{number}{sign}{rest}"


def with_ascending_ranges(text: str) -> str:
    """Turn ranges that were read from the left, "2030-2020", into the order in which the sentence says them."""
    return _RANGE.sub(_ascending, text)


def _ascending(match: re.Match[str]) -> str:
    one, dash, other, sign = match.groups()
    try:
        falls = float(one.translate(_PLAIN_DIGITS)) > float(other.translate(_PLAIN_DIGITS))
    except ValueError:
        return match.group()
    return f"{other}{dash}{one}{sign}" if falls else match.group()
