"""Entries of money, per currency: nothing is converted, because no rate is stated."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from coherence.accounting.entries import Entry, figures_of, stated_range
from coherence.accounting.terms import accounting_terms, threshold
from coherence.vocabulary import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.accounting_models import Same
    from coherence.models import Commitment

__all__ = ["money_entries", "money_same", "plan_totals"]

COST, OTHER = "cost", "other"
"""What money is for: the cost of a measure, or anything else."""


def money_entries(main: Commitment, parts: tuple[Commitment, ...]) -> Iterator[Entry]:
    """Yield the measure's amount in each currency and rate: a total, or an amount a year."""
    units = frozenset(q.unit for each in (main, *parts) for q in each.quantities if is_currency(q.unit))
    for unit in sorted(units):
        figures = tuple(figures_of(main, parts, frozenset({unit})))
        for per_year in (False, True):
            chosen = [figure for figure in figures if figure.quantity.per_year is per_year]
            if not chosen:
                continue
            largest = max(chosen, key=lambda each: (each.high, each.commitment.id))
            low, high, notes = stated_range(largest)
            yield Entry(
                main=main, figure=largest, measure="money", unit=unit, low=low, high=high,
                notes=notes if len(chosen) == 1 else (*notes, "largest"), group=_group(largest.commitment),
                basis="per_year" if per_year else "", values=frozenset(each.high for each in chosen),
            )  # fmt: skip


def _group(commitment: Commitment) -> str:
    return COST if commitment.part == "cost" else OTHER


def plan_totals(entries: Iterable[Entry]) -> frozenset[tuple[str, str]]:
    """Return pairs (plan, amount) of ids: the cost of a whole plan, and each amount of its document within it.

    The largest amount of a document is that cost if its words say so and it is no less than the costs of measures.
    """
    by_document: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_document[entry.main.document].append(entry)
    found: set[tuple[str, str]] = set()
    for stated in by_document.values():
        plan = max(stated, key=lambda entry: (entry.high, entry.id))
        others = [entry for entry in stated if entry.id != plan.id]
        costs = math.fsum(entry.high for entry in others if entry.group == COST)
        if plan.high >= costs and accounting_terms().says("whole_cost", plan.figure.commitment.quote):
            found.update((plan.id, entry.id) for entry in others)
    return frozenset(found)


def money_same(a: Entry, b: Entry) -> Same | None:
    """Return why two amounts of different documents never count both: one restates the other."""
    restated = a.main.document != b.main.document and a.themes & b.themes
    return "restated" if restated and abs(a.high - b.high) <= threshold("equal") * max(a.high, b.high) else None
