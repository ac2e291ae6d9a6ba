"""Lines justified by spreading their letters ("r e d u c t i o n") become words again.

The text layer of such a line has a space after every letter; only the width of the gaps tells letters from words.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.reading.geometry import Word

__all__ = ["without_letter_spacing"]

_FEWEST_LETTERS = 6
"""So many single letters in a row are no initials and no list of variables."""
_LONGEST_PIECE = 3
"""Kerned letters may stand together in a spread word."""
_WIDER = 1.8
"""A gap between words is wider than one between letters by at least this factor."""


def without_letter_spacing(row: Sequence[Word]) -> list[Word]:
    """Return the words of one visual row, spread letters joined; other rows come back as they are."""
    if sum(len(word.text) == 1 and word.text.isalpha() for word in row) < _FEWEST_LETTERS:
        return list(row)
    ordered = sorted(row, key=lambda word: (word.x0, word.order))
    spread = _spread(ordered)
    gaps = [b.x0 - a.x1 for index, (a, b) in enumerate(pairwise(ordered)) if index in spread and index + 1 in spread]
    if len(gaps) < _FEWEST_LETTERS - 1:
        return list(row)
    widest = _WIDER * max(median(gaps), 0.0)
    joined: list[Word] = []
    for index, word in enumerate(ordered):
        near = joined and {index - 1, index} <= spread and word.x0 - ordered[index - 1].x1 <= widest
        if near:
            joined[-1] = _joined(joined[-1], word)
        else:
            joined.append(word)
    return joined


def _spread(ordered: Sequence[Word]) -> set[int]:
    """Return the places of words in runs of short lettered pieces."""
    found: set[int] = set()
    run: list[int] = []
    for index, word in enumerate([*ordered, None]):
        if word is not None and len(word.text) <= _LONGEST_PIECE and any(c.isalpha() for c in word.text):
            run.append(index)
            continue
        if sum(len(ordered[place].text) == 1 for place in run) >= _FEWEST_LETTERS:
            found.update(run)
        run = []
    return found


def _joined(first: Word, second: Word) -> Word:
    return first._replace(
        text=first.text + second.text,
        top=min(first.top, second.top),
        x1=second.x1,
        bottom=max(first.bottom, second.bottom),
        order=second.order,
    )
