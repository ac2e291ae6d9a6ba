"""Which commitments on one theme can be compared between two instruments, and why the others cannot."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, get_args

from coherence.agenda_models import Comparison, ComparisonReason
from coherence.engine.rows import row_of
from coherence.model_basics import Instrument
from coherence.pair_facts import PairRow, interaction_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.fact_models import FactBase
    from coherence.pair_facts import Row

__all__ = ["comparisons"]

_COMPARABLE = "comparable"
_INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)
_REASONS: tuple[ComparisonReason, ...] = get_args(ComparisonReason)


def comparisons(facts: FactBase) -> tuple[Comparison, ...]:
    """Return for each two instruments how many pairs on the same main theme can be compared, and why the others cannot.

    What cannot be compared is neither equal nor different: no rule on equal or different values sees it. Two
    instruments without a common theme have no entry.
    """
    by_instrument: dict[str, list[Row]] = defaultdict(list)
    for each in facts.commitments:
        if each.theme is not None:
            by_instrument[each.instrument].append(row_of(each))
    present = [name for name in _INSTRUMENTS if name in by_instrument]
    found = (
        _comparison((first, second), by_instrument[first], by_instrument[second])
        for first, second in combinations(present, 2)
    )
    return tuple(each for each in found if each is not None)


def _comparison(
    instruments: tuple[Instrument, Instrument], ours: Iterable[Row], theirs: Iterable[Row]
) -> Comparison | None:
    by_theme: dict[str, list[Row]] = defaultdict(list)
    for each in theirs:
        by_theme[each["theme"]].append(each)
    reasons: Counter[str] = Counter()
    figured, met = set(), set()
    for one in ours:
        for other in by_theme.get(one["theme"], ()):
            reason = _reason(one, other)
            reasons[reason] += 1
            figured |= {each["id"] for each in (one, other) if each["value"] is not None}
            met |= {one["id"], other["id"]} if reason == _COMPARABLE else set()
    if not reasons:
        return None
    told = sorted((name for name in _REASONS if reasons[name]), key=lambda name: -reasons[name])
    return Comparison(
        instruments=instruments,
        pairs=reasons.total(),
        compared=reasons[_COMPARABLE],
        reasons=tuple((name, reasons[name]) for name in told),
        uncompared=tuple(sorted(figured - met)),
    )


def _reason(one: Row, other: Row) -> str:
    """Return why two commitments cannot be compared, or that they can."""
    found = PairRow(one, other, interaction_table())["comparability"]
    if found is None:
        return "figure"
    if found == _COMPARABLE and None in (one["target_year"], other["target_year"]):
        return "year"
    return str(found)
