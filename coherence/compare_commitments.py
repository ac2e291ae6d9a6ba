"""The commitments of two assessments put side by side: the same, told differently, new, gone."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coherence.change_models import ChangedCommitment, CommitmentChanges, FieldChange
from coherence.identifiers import fold
from coherence.quote_words import content_words
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.models import Commitment

__all__ = ["Matched", "match_commitments"]

_COMPARED = ("quantities", "start_year", "target_year", "baseline", "kind", "modality", "conditionality", "main_themes",
             "places")  # fmt: skip
"""Fields of which a reader asks what changed; page, trace and confidence change with every edition."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of the commitments, and the id that each one of the first report has in the second."""

    changes: CommitmentChanges
    now: dict[str, str]

    @property
    def new(self) -> set[str]:
        """Ids of commitments that only the second report has."""
        return {each.id for each in self.changes.new}

    @property
    def gone(self) -> set[str]:
        """Ids of commitments that only the first report has."""
        return {each.id for each in self.changes.gone}

    @property
    def changed(self) -> set[str]:
        """Ids, of both reports, of commitments that are told differently."""
        return {each.id for pair in self.changes.changed for each in (pair.before, pair.after)}


def match_commitments(before: Sequence[Commitment], after: Sequence[Commitment]) -> Matched:
    """Match commitments by instrument, words and figure; of the rest, those of like words are one, told differently.

    Pages, files and the order of documents do not matter.
    """
    pairs, left, right = _equal(before, after)
    alike = _alike(left, right)
    pairs += alike
    matched = {one.id for one, _ in alike}, {other.id for _, other in alike}
    changed = [
        ChangedCommitment(before=_bare(one), after=_bare(other), fields=fields)
        for one, other in sorted(pairs, key=lambda pair: _place(pair[1]))
        if (fields := _fields(one, other))
    ]
    changes = CommitmentChanges(
        new=tuple(_bare(each) for each in sorted(right, key=_place) if each.id not in matched[1]),
        gone=tuple(_bare(each) for each in sorted(left, key=_place) if each.id not in matched[0]),
        changed=tuple(changed),
        same=len(pairs) - len(changed),
    )
    return Matched(changes, {one.id: other.id for one, other in pairs})


def _equal(
    before: Iterable[Commitment], after: Iterable[Commitment]
) -> tuple[list[tuple[Commitment, Commitment]], list[Commitment], list[Commitment]]:
    """Return the pairs of equal words and figure, and what is left of each side."""
    waiting: dict[tuple[Any, ...], list[Commitment]] = defaultdict(list)
    for each in sorted(after, key=_place, reverse=True):
        waiting[_key(each)].append(each)
    pairs, left = [], []
    for each in sorted(before, key=_place):
        found = waiting[_key(each)]
        if found:
            pairs.append((each, found.pop()))
        else:
            left.append(each)
    return pairs, left, [each for found in waiting.values() for each in found]


def _key(commitment: Commitment) -> tuple[Any, ...]:
    figures = tuple((q.value, q.low, q.high, q.unit, q.per_year) for q in commitment.quantities)
    return commitment.instrument, fold(commitment.quote), figures


def _alike(left: Sequence[Commitment], right: Sequence[Commitment]) -> list[tuple[Commitment, Commitment]]:
    """Return pairs of like words, the likest first, each commitment in one pair."""
    by_instrument: dict[str, list[Commitment]] = defaultdict(list)
    for each in right:
        by_instrument[each.instrument].append(each)
    scored = [
        (likeness, one, other)
        for one in left
        for other in by_instrument[one.instrument]
        if (likeness := _likeness(one, other)) > 0
    ]
    scored.sort(key=lambda each: (-each[0], _place(each[1]), _place(each[2])))
    taken: set[tuple[str, str]] = set()
    pairs = []
    for _, one, other in scored:
        if ("before", one.id) not in taken and ("after", other.id) not in taken:
            taken |= {("before", one.id), ("after", other.id)}
            pairs.append((one, other))
    return pairs


def _likeness(one: Commitment, other: Commitment) -> float:
    """Return the share of words that two statements have in common, zero where it is too small to be one statement.

    Statements that differ by numbers alone are one whatever their length; a unit in common decides between equals.
    """
    least: dict[str, float] = term_list("thresholds")["comparing"]
    units = [each.quantities[0].unit if each.quantities else None for each in (one, other)]
    ahead = least["same_unit"] if units[0] == units[1] else 0.0
    if _DIGITS.sub("#", fold(one.quote)) == _DIGITS.sub("#", fold(other.quote)):
        return 1 + ahead
    words, others = content_words(one.quote), content_words(other.quote)
    if min(len(words), len(others)) < least["fewest_words"]:
        return 0.0
    share = 2 * len(words & others) / (len(words) + len(others))
    on_theme = bool(set(one.themes[:1]) & set(other.themes[:1]))
    return share + ahead if share >= least["on_one_theme" if on_theme else "on_any_theme"] else 0.0


def _fields(one: Commitment, other: Commitment) -> tuple[FieldChange, ...]:
    found = []
    if fold(one.quote) != fold(other.quote):
        found.append(FieldChange(field="quote", before=one.quote, after=other.quote))
    told = [each.model_dump(mode="json", include=set(_COMPARED)) for each in (one, other)]
    for side in told:
        # How a figure is written is a matter of the quote.
        side["quantities"] = [{k: v for k, v in each.items() if k not in {"text", "of"}} for each in side["quantities"]]
    found += [
        FieldChange(field=name, before=told[0][name], after=told[1][name])
        for name in _COMPARED
        if told[0][name] != told[1][name]
    ]
    return tuple(found)


def _bare(commitment: Commitment) -> Commitment:
    """Return the commitment without its trace, which the report itself holds."""
    return commitment.model_copy(update={"trace": ()})


def _place(commitment: Commitment) -> tuple[str, int, int, str]:
    return commitment.document, commitment.provenance.page, commitment.provenance.start, commitment.id
