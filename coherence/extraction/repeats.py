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
    and their words or themes meet; unquantified ones when they say the same words.
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
    return tuple(kept[key][index] for key, index in order)


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
