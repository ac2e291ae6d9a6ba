"""The same promise said in several places of one document → one commitment with several provenances."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from coherence.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import Commitment

__all__ = ["merge_repeats"]

_LEAST_SHARED_WORDS = 0.5
_FEWEST_SHARED = 3
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def merge_repeats(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Merge repeats within each document; the first statement stands, the others become its further places.

    Two quantified promises are one when unit, figure and rate agree, years and conditions do not contradict,
    and their words or themes meet; unquantified ones when they say the same words. A table's figure that is one
    end of a range promised in words for the same year repeats the range.
    """
    kept: dict[tuple[object, ...], list[Commitment]] = defaultdict(list)
    order: list[tuple[tuple[object, ...], int]] = []
    for commitment in commitments:
        group = kept[_key(commitment)]
        index = next((i for i, earlier in enumerate(group) if _same(earlier, commitment)), None)
        if index is None:
            order.append((_key(commitment), len(group)))
            group.append(commitment)
        elif (place := commitment.provenance) != group[index].provenance:
            earlier = group[index]
            group[index] = earlier.model_copy(update={"repeats": (*earlier.repeats, place)})
    return _ends_merged([kept[key][index] for key, index in order])


def _ends_merged(commitments: list[Commitment]) -> tuple[Commitment, ...]:
    """Merge the table figures that are ends of a stated range into it: its scenarios, one a row."""
    ranges: dict[tuple[object, ...], int] = {}
    for number, commitment in enumerate(commitments):
        for q in commitment.quantities:
            if q.low is not None and q.high is not None and "\t" not in commitment.quote:
                for end in (q.low, q.high):
                    ranges.setdefault((commitment.document, q.unit, end, q.per_year, commitment.target_year), number)
    gone: set[int] = set()
    for number, commitment in enumerate(commitments):
        if "\t" not in commitment.quote or commitment.target_year is None or not commitment.quantities:
            continue
        q = commitment.quantities[0]
        at = ranges.get((commitment.document, q.unit, q.value, q.per_year, commitment.target_year))
        if at is not None and set(commitment.themes[:1]) & set(commitments[at].themes):
            stated = commitments[at]
            repeats = dict.fromkeys((*stated.repeats, commitment.provenance, *commitment.repeats))
            commitments[at] = stated.model_copy(update={"repeats": tuple(repeats)})
            gone.add(number)
    return tuple(c for number, c in enumerate(commitments) if number not in gone)


def _key(commitment: Commitment) -> tuple[object, ...]:
    figures = tuple((q.unit, q.value, q.low, q.high, q.per_year) for q in commitment.quantities)
    return (commitment.document, figures or fold(commitment.quote))


def _same(a: Commitment, b: Commitment) -> bool:
    if not a.quantities:
        return True
    if a.target_year != b.target_year and a.target_year is not None and b.target_year is not None:
        return False
    if a.conditionality != b.conditionality and "unstated" not in {a.conditionality, b.conditionality}:
        return False
    if "\t" in a.quote and "\t" in b.quote:
        # Equal figures in two rows are two promises unless the rows say the same in words.
        return a.quote == b.quote or _same_words(a, b)
    # A round share recurs for things that have little to do with each other: only the words tell.
    by_theme = a.quantities[0].unit != "percent" and bool(
        set(a.themes[:1]) & set(b.themes) | set(b.themes[:1]) & set(a.themes)
    )
    return by_theme or _same_words(a, b)


def _same_words(a: Commitment, b: Commitment) -> bool:
    words_a, words_b = (set(_LONG_WORD.findall(fold(c.quote))) for c in (a, b))
    shared = words_a & words_b
    return len(shared) >= _FEWEST_SHARED and len(shared) >= _LEAST_SHARED_WORDS * min(len(words_a), len(words_b))
