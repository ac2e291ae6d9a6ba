"""Hectares, emissions and money of a dossier as ranges, never as one sum, each line traced to its commitments.

The same hectares may be promised under several conventions, so adding them up counts some twice, and leaving some out
hides others. Every total is therefore a range (coherence.bounds): at least what the documents show to be apart, at most
all that they do not show to be the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coherence.accounting.areas import area_apart, area_entry, area_same, at_sea, stated_totals
from coherence.accounting.emissions import economy_totals, emission_apart, emission_entry, emission_same
from coherence.accounting.entries import Entry, measures
from coherence.accounting.land import land_check
from coherence.accounting.money import money_entries, money_same, plan_totals
from coherence.accounting.tables import Relations, account_of
from coherence.accounting_models import Accounting, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.accounting_models import Account
    from coherence.models import Commitment

__all__ = ["account_for"]


def account_for(country: str, commitments: Iterable[Commitment]) -> Accounting:
    """Return the accounts of one country's commitments; their order makes no difference. Raises VocabularyError."""
    entries, left_out = _entries(tuple(commitments))
    by_unit: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_unit[entry.measure, entry.unit, entry.basis].append(entry)
    accounts = tuple(_account(by_unit[key]) for key in sorted(by_unit, key=_order))
    area = next((account for account in accounts if account.measure == "area"), None)
    return Accounting(
        accounts=accounts,
        left_out=tuple(sorted(left_out, key=lambda each: (each.because, each.commitment))),
        land=land_check(country, area.whole.total) if area else None,
    )


def _order(key: tuple[str, str, str]) -> tuple[int, str, str]:
    measure, unit, basis = key
    return ("area", "emission", "money").index(measure), unit, basis


def _entries(commitments: tuple[Commitment, ...]) -> tuple[list[Entry], list[LeftOut]]:
    found: list[Entry | LeftOut] = []
    for main, parts in measures(commitments):
        stated = (area_entry(main, parts), emission_entry(main, parts), *money_entries(main, parts))
        found += [each for each in stated if each is not None]
    entries = [each for each in found if isinstance(each, Entry)]
    return entries, [each for each in found if isinstance(each, LeftOut)]


def _account(entries: Sequence[Entry]) -> Account:
    measure = entries[0].measure
    return account_of(
        entries, _relations(entries), whole=lambda entry: measure != "area" or not at_sea(entry)
    )  # fmt: skip


def _relations(entries: Sequence[Entry]) -> Relations:
    measure = entries[0].measure
    if measure == "area":
        return Relations.of(entries, area_apart, area_same, stated_totals(entries), "stated_total")
    if measure == "emission":
        sums = economy_totals(entries)
        return Relations.of(entries, emission_apart, emission_same, sums, "sector_of_whole", binding=True)
    return Relations.of(entries, lambda _a, _b: None, money_same, plan_totals(entries), "cost_of_plan", binding=True)
