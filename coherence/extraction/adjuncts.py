"""What a statement says by the way: means, purpose, cause, company, examples, what stands in brackets.

"Restore wetlands through planting, to protect birds" acts on wetlands; planting and birds stand aside. The words that
open an aside stand in rules/vocabulary/features. Offsets are characters, end-exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coherence.extraction.pairing import clause_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.theme_lexicon import LexiconHits

__all__ = ["Asides", "find_asides"]

_FIGURE_NEAR = 20
"""Characters behind a word such as "by" within which a figure shows that it opens no aside ("by 2030", "by 20 %")."""
_OPENING = 4
"""Characters (a bullet, an article) before the first word of a clause that opens it."""
_NEXT = 2
_DIGIT = re.compile(r"\d")
_PAUSE = re.compile(r"[,，、،;；]")
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{3,400})[)）\]]")


class _Aside(NamedTuple):
    word: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asides:
    """The asides and brackets of one text, in order."""

    asides: tuple[_Aside, ...]
    brackets: tuple[tuple[int, int], ...]

    def hold(self, place: int, behind: int = 0) -> bool:
        """Tell whether a place stands in an aside, of which the word begins at ``behind`` or later."""
        index = bisect_right(self.asides, place, key=lambda aside: aside.start) - 1
        # A later aside of a clause lies within the earlier one, so that the last one tells.
        return index >= 0 and place < self.asides[index].end and self.asides[index].word >= behind

    def bracket(self, place: int) -> bool:
        """Tell whether a place stands in brackets."""
        index = bisect_right(self.brackets, place, key=lambda bracket: bracket[0]) - 1
        return index >= 0 and place < self.brackets[index][1]


def find_asides(text: str, hits: LexiconHits) -> Asides:
    """Return the asides of a text. One that opens a clause reaches to the first comma, a later one to its end."""
    return Asides(tuple(sorted(_asides(text, hits))), tuple(found.span(1) for found in _BRACKETS.finditer(text)))


def _asides(text: str, hits: LexiconHits) -> Iterator[_Aside]:
    numbers = [match.start() for match in _DIGIT.finditer(text)]
    actions = [action.start for action in hits.actions]
    ends = clause_ends(text)
    for hit in hits.features:
        if hit.id not in {"aside", "aside_before_action"} or _any_from(numbers, hit.end, hit.end + _FIGURE_NEAR):
            continue
        if hit.id == "aside_before_action" and not _any_from(actions, hit.end, hit.end + _NEXT):
            continue
        index = bisect_left(ends, hit.start)
        opens = hit.start - (ends[index - 1] if index else 0) <= _OPENING
        end = ends[index] if index < len(ends) else len(text)
        # In Chinese the means stand before what is done, up to the comma.
        pause = _PAUSE.search(text, hit.end, end) if opens or "\u3400" <= text[hit.start] <= "\u9fff" else None
        yield _Aside(hit.start, hit.end, pause.start() if pause else end)


def _any_from(places: list[int], low: int, high: int) -> bool:
    index = bisect_left(places, low)
    return index < len(places) and places[index] <= high
