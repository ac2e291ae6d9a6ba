"""Running heads and feet: rows that stand at the same height on many pages, digits ignored."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from coherence.reading.lines import visual_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.reading.geometry import Box, Word

__all__ = ["without_running_heads"]

_ZONE_SHARE = 0.14
_DEEPEST_SHARE = 0.2
"""Of a page's height: how far in its first or last row may still be a running head or foot."""
_BAND_POINTS = 6.0
_LEAST_SHARE = 0.34
_LEAST_PAGES = 3
_FEW_PAGES = 4
_TELLING_LETTERS = 12
_DIGITS = re.compile(r"[\d٠-٩]+|\b[ivxlc]{1,6}\b", re.IGNORECASE)
_NUMBER_ONLY = re.compile(r"[\W_]*#[\W_]*")

_Key = tuple[bool, int, str]


def without_running_heads(
    pages: Sequence[list[Word]], heights: Sequence[float], tables: Sequence[Sequence[Box]]
) -> list[list[Word]]:
    """Return each page's words without running heads, feet and page numbers.

    ``tables`` holds the ruled areas of each page: a repeated table head inside one is no running head.
    """
    rows = [_outer_rows(words, height, ruled) for words, height, ruled in zip(pages, heights, tables, strict=True)]
    seen: Counter[_Key] = Counter()
    for page in rows:
        seen.update({key for key, _ in page})
    repeated = _repeated(seen, len([page for page in pages if page]))
    kept = []
    for words, page in zip(pages, rows, strict=True):
        dropped = {id(word) for key, row in page if key in repeated for word in row}
        kept.append([word for word in words if id(word) not in dropped])
    return kept


def _repeated(seen: Counter[_Key], pages: int) -> set[_Key]:
    near: dict[_Key, int] = defaultdict(int)
    for (at_top, band, text), count in seen.items():
        for offset in (-1, 0, 1):
            near[at_top, band + offset, text] += count
    least = max(_LEAST_PAGES, _LEAST_SHARE * pages)
    repeated = set()
    for key in seen:
        number = _NUMBER_ONLY.fullmatch(key[2]) is not None
        if near[key] >= (2 if number or (pages <= _FEW_PAGES and "#" in key[2]) else least):
            repeated.add(key)
    return repeated


def _outer_rows(words: list[Word], height: float, tables: Sequence[Box]) -> list[tuple[_Key, list[Word]]]:
    zone = _ZONE_SHARE * height
    outer = [word for word in words if word.bottom < zone or word.top > height - zone]
    found = []
    for row in [*visual_rows(outer), *_outermost(words, zone, height)]:
        x, y = row[0].middle
        if len(row) == 1 and any(_beside(row[0], other) for other in outer):
            continue
        if any(box.holds(x, y) and box.height > zone for box in tables):
            continue
        text = _DIGITS.sub("#", "".join(word.text for word in sorted(row, key=lambda word: word.x0)))
        at_top = y < height / 2
        distance = y if at_top else height - y
        told_by_words = sum(char.isalpha() for char in text) >= _TELLING_LETTERS
        found.append(((at_top, 0 if told_by_words else round(distance / _BAND_POINTS), text.casefold()), row))
    return found


def _outermost(words: Sequence[Word], zone: float, height: float) -> Iterator[list[Word]]:
    """Yield the first and last row of a page with wide margins: a head may stand below the usual zone."""
    deepest = _DEEPEST_SHARE * height
    if words and zone <= (first := min(word.bottom for word in words)) < deepest:
        yield [word for word in words if word.top < first]
    if words and height - deepest < (last := max(word.top for word in words)) <= height - zone:
        yield [word for word in words if word.bottom > last]


def _beside(mark: Word, other: Word) -> bool:
    """Whether a lone word is the raised mark in front of another."""
    if other is mark or other.size <= mark.size or other.baseline <= mark.baseline:
        return False
    return other.top < mark.bottom and 0 <= other.x0 - mark.x1 + 1 < 2 * other.size
