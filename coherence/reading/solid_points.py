"""Chinese text set solid: official plans often come as one line in which numbered headings and points run together.

Numbers in the official order (一、 then （一） then 1. then （1）) part it again. A point's heading is known where the
next number follows it at once, where it ends in a noun that headings end in (rules/vocabulary/layout.yaml), or where a
full stop closes it after a few words. The parts are verbatim and together the whole text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from coherence.reading.layout_terms import layout_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SolidPart", "solid_parts"]

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_MARKERS = (
    rf"第{_HAN_NUMBER}[章编篇]",
    rf"{_HAN_NUMBER}、",
    rf"（{_HAN_NUMBER}）",
    r"[0-9]{1,2}[.．、](?=[\u4e00-\u9fff])",
    r"（[0-9]{1,2}）",
)
_MARKER = re.compile("|".join(f"({marker})" for marker in _MARKERS))
_ENDED = re.compile(r"[。！？；：]\Z")
_SENTENCE_MARK = re.compile(r"[。！？；：;]")
_CLAUSE_MARK = re.compile(r"[。！？；，：,;“”《》]")
_LONGEST_HEADING = 40
_LONGEST_RUN_IN = 28
"""Characters of a first sentence that is the point's heading."""


class SolidPart(NamedTuple):
    """A stretch of the text: a heading with its level (1 is the outermost), or a paragraph (level 0)."""

    text: str
    level: int


def solid_parts(text: str) -> tuple[SolidPart, ...]:
    """Return the headings and paragraphs of a text set solid, in order; one paragraph where no number parts it."""
    cuts = _point_starts(text)
    parts: list[SolidPart] = []
    for index, (start, level) in enumerate(cuts):
        end = cuts[index + 1][0] if index + 1 < len(cuts) else len(text)
        point = text[start:end]
        cut = _heading_end(point, level) if level else 0
        parts += [SolidPart(point[:cut], level)] if cut else []
        parts += [SolidPart(point[cut:], 0)] if point[cut:].strip() else []
    # A paragraph may be empty: a soft hyphen alone leaves no text.
    return tuple(parts) or (SolidPart(text, 0),)


def _point_starts(text: str) -> list[tuple[int, int]]:
    """Return where the points begin, with their levels; the first entry is the text's beginning."""
    found = [(match.start(), match.lastindex or 0) for match in _numbers(text)]
    return found if found and found[0][0] == 0 else [(0, 0), *found]


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers that begin a point: at the beginning, after a sentence, or after a heading of a few words."""
    last: re.Match[str] | None = None
    for match in _MARKER.finditer(text):
        before = text[: match.start()]
        below = last is not None and (match.lastindex or 0) > (last.lastindex or 0)
        heading = text[last.end() : match.start()] if last is not None else ""
        after_heading = below and 0 < len(heading) <= _LONGEST_HEADING and not _SENTENCE_MARK.search(heading)
        if not before or _ENDED.search(before) or after_heading:
            last = match
            yield match


def _heading_end(point: str, level: int) -> int:
    """Return where the heading of a point ends; 0 where none is told apart from what follows it."""
    marker = _MARKER.match(point)
    begin = marker.end() if marker else 0
    mark = _CLAUSE_MARK.search(point, begin)
    if _SENTENCE_MARK.search(point, begin) is None or mark is None:
        return len(point) if len(point) - begin <= _LONGEST_HEADING else 0
    noun = _heading_nouns().match(point, begin)
    if noun is not None and noun.end() <= mark.start():
        return noun.end() + point.startswith("。", noun.end())
    run_in = mark.group() == "。" and mark.start() - begin <= _LONGEST_RUN_IN
    return mark.end() if run_in and level > 1 and mark.end() < len(point) else 0


@cache
def _heading_nouns() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, layout_terms().heading_nouns), key=lambda noun: (-len(noun), noun)))
    return re.compile(rf"[\u4e00-\u9fff]{{0,{_LONGEST_HEADING}}}?(?:{nouns})")
