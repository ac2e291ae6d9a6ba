"""The same promise said in several places of one document → one commitment with several provenances."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from coherence.extraction.context import FROM_DOCUMENT
from coherence.identifiers import fold
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import Commitment, Quantity

__all__ = ["merge_repeats"]

_STEM = 6
_EDGES = " .,;:•-–*"
"""Marks around a statement that make no difference to what it says."""
_LONG_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{4,}")
_HAN_PAIR = re.compile(r"(?=([\u3400-\u9fff]{2}))")
"""Two neighbouring Chinese characters, which stand for a word."""


def merge_repeats(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Merge repeats within each document; the first statement that is dated stands, the others are further places.

    Two quantified promises are one when unit, figure and rate agree, stated years and conditions do not contradict,
    and their words or themes meet; round figures recur, so they need more words in common. Unquantified ones are
    one when they say the same words. What only the repeat states (year, condition, baseline) is taken over. A
    table's figure that is one end of a range promised in words for the same year repeats the range.
    """
    kept: dict[tuple[object, ...], list[Commitment]] = defaultdict(list)
    order: list[tuple[tuple[object, ...], int]] = []
    for commitment in commitments:
        group = kept[_key(commitment)]
        index = next((i for i, earlier in enumerate(group) if _same(earlier, commitment)), None)
        if index is None:
            order.append((_key(commitment), len(group)))
            group.append(commitment)
        elif commitment.provenance != group[index].provenance:
            group[index] = _merged(*_fuller_first(group[index], commitment))
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
    return (commitment.document, figures or fold(commitment.quote).strip(_EDGES))


def _same(a: Commitment, b: Commitment) -> bool:
    if not a.quantities:
        return True
    if _contradict(a, b):
        return False
    if "\t" in a.quote and "\t" in b.quote:
        # Equal figures in two rows are two promises unless the rows say the same in words.
        return a.quote == b.quote or _same_words(a, b, "shared_words")
    by_theme = bool(set(a.themes[:1]) & set(b.themes) | set(b.themes[:1]) & set(a.themes))
    if _recurs(a.quantities[0]):
        return _same_though_round(a, b, by_theme=by_theme)
    # A share recurs for things that have little to do with each other: only the words tell.
    return (by_theme and a.quantities[0].unit != "percent") or _same_words(a, b, "shared_words")


def _contradict(a: Commitment, b: Commitment) -> bool:
    years = {c.target_year for c in (a, b) if _states(c, "target_year")} - {None}
    conditions = {c.conditionality for c in (a, b) if _states(c, "conditionality")} - {"unstated"}
    return len(years) > 1 or len(conditions) > 1


def _same_though_round(a: Commitment, b: Commitment, *, by_theme: bool) -> bool:
    if _same_but_for_its_object(a.quote, b.quote):
        return False
    in_row = "\t" in a.quote or "\t" in b.quote
    by_action = a.action is not None and a.action == b.action and a.themes[:1] == b.themes[:1]
    least = "shared_words" if by_action else "shared_words_of_common"
    return _same_words(a, b, least, fewest=1 if by_theme and not in_row else None)


def _states(commitment: Commitment, field: str) -> bool:
    """Tell whether the statement itself or what governs it says the field, not the document of all its promises."""
    return any(step.field == field and not step.because.startswith(FROM_DOCUMENT) for step in commitment.trace)


def _recurs(quantity: Quantity) -> bool:
    """Tell whether a figure is so round that unlike promises share it: 20 %, 5,000 ha."""
    if quantity.value is None:
        return False
    if quantity.unit == "percent":
        step: float = _thresholds()["common_percent_step"]
        return quantity.value % step == 0
    return len(f"{quantity.value:.12g}".replace(".", "").strip("0").split("e", maxsplit=1)[0]) == 1


def _thresholds() -> dict[str, float]:
    thresholds: dict[str, float] = term_list("thresholds")["repeats"]
    return thresholds


def _same_words(a: Commitment, b: Commitment, least: str, *, fewest: int | None = None) -> bool:
    """Tell whether two statements share the words that the threshold ``least`` asks for."""
    thresholds = _thresholds()
    words_a, words_b = (_words(fold(c.quote)) for c in (a, b))
    shared = words_a & words_b
    enough = thresholds["fewest_words"] if fewest is None else fewest
    return len(shared) >= max(enough, thresholds[least] * min(len(words_a), len(words_b)))


def _words(folded: str) -> set[str]:
    return {*(word[:_STEM] for word in _LONG_WORD.findall(folded)), *_HAN_PAIR.findall(folded)}


def _same_but_for_its_object(one: str, other: str) -> bool:
    """Tell whether two statements run alike and name two things: "20 % less energy in mills", "... in offices"."""
    words = [fold(text).split() for text in (one, other)]
    shorter = min(map(len, words))
    start = next((i for i, (a, b) in enumerate(zip(*words, strict=False)) if a != b), shorter)
    ends = zip(*(reversed(each) for each in words), strict=False)
    end = next((i for i, (a, b) in enumerate(ends) if a != b), shorter)
    named = [set(_LONG_WORD.findall(" ".join(each[start : len(each) - end]))) for each in words]
    return 2 * (start + end) >= shorter and all(named) and not named[0] & named[1]


def _fuller_first(first: Commitment, repeat: Commitment) -> tuple[Commitment, Commitment]:
    """Return the two in their order, or the repeat first if it alone dates the promise: its quote shows the year."""
    if _dates(repeat) and not _dates(first):
        return repeat.model_copy(update={"repeats": (first.provenance, *first.repeats)}), first
    return first, repeat


def _dates(commitment: Commitment) -> bool:
    return commitment.start_year is not None or _states(commitment, "target_year")


def _merged(first: Commitment, repeat: Commitment) -> Commitment:
    """Return the first statement with the place of the repeat, and with what only the repeat states."""
    places = dict.fromkeys((*first.repeats, repeat.provenance))
    update: dict[str, Any] = {"repeats": tuple(places)}
    trace = first.trace
    for field in ("target_year", "conditionality"):
        if _states(repeat, field) and not _states(first, field):
            update[field] = getattr(repeat, field)
            said = (step.model_copy(update={"because": f"repeat: {step.because}"}) for step in repeat.trace)
            trace = (*(s for s in trace if s.field != field), *(s for s in said if s.field == field))
    if "target_year" in update:
        update |= {"start_year": first.start_year or repeat.start_year, "kind": repeat.kind}
    if first.baseline is None:
        update["baseline"] = repeat.baseline
    return first.model_copy(update=update | {"trace": trace})
