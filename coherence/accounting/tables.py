"""From entries to accounts: rows by land type and response, each with its range, and why every line counts or not."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any, get_args

from coherence.accounting_models import (
    Account,
    AccountLine,
    AccountRow,
    Apart,
    Because,
    Counted,
    InstrumentTotal,
    Response,
    Same,
    Total,
)
from coherence.bounds import Bounds, Item, bounds
from coherence.model_basics import Instrument

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.accounting.entries import Entry

__all__ = ["Relations", "account_of", "total_of"]

WHOLE = ""
"""Group of the row that holds everything."""
_ANY = "any"
_NOWHERE = frozenset({"several", "unstated", "other"})
_RESPONSES: tuple[Response | None, ...] = ("avoid", "reduce", "reverse", None)

ApartRule = Callable[["Entry", "Entry"], Apart | None]
SameRule = Callable[["Entry", "Entry"], Same | None]


@dataclass(frozen=True, slots=True)
class Relations:
    """Why two entries are apart, or the same, by their ids; no key where nothing shows it."""

    apart_by: Mapping[frozenset[str], Apart]
    same_by: Mapping[frozenset[str], Same]
    holds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What stands within a binding total: where the total counts, none of it does, even if it amounts to more."""
    _apart: Mapping[str, frozenset[str]] = field(init=False, repr=False)
    _same: Mapping[str, frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Keep both relations by id."""
        object.__setattr__(self, "_apart", _neighbours(self.apart_by))
        object.__setattr__(self, "_same", _neighbours(self.same_by))

    @classmethod
    def of(
        cls, entries: Sequence[Entry], apart: ApartRule, same: SameRule, sums: Iterable[tuple[str, str]] = (),
        why: Same = "stated_total", *, binding: bool = False,
    ) -> Relations:  # fmt: skip
        """Compare every two entries; ``sums`` are pairs of a total and what it holds, ``why`` the reason's id.

        A ``binding`` total counts even where what it holds amounts to more; of others the heavier side counts.
        """
        sums = frozenset(sums)
        pairs = [(a, b, frozenset({a.id, b.id})) for a, b in combinations(entries, 2)]
        found = {key: reason for a, b, key in pairs if (reason := same(a, b))}
        found |= {frozenset(pair): why for pair in sums}
        holds: dict[str, set[str]] = {}
        for total, held in sums if binding else ():
            holds.setdefault(total, set()).add(held)
        return cls(
            {key: why_apart for a, b, key in pairs if key not in found and (why_apart := apart(a, b))}, found,
            {total: frozenset(held) for total, held in holds.items()},
        )  # fmt: skip

    def apart(self, a: str, b: str) -> Apart | None:
        """Return why both count even at the minimum."""
        return self.apart_by.get(frozenset({a, b}))

    def same(self, a: str, b: str) -> Same | None:
        """Return why they never count both."""
        return self.same_by.get(frozenset({a, b}))

    def bounds(self, entries: Iterable[Entry]) -> Bounds:
        """Return the range of what entries amount to together."""
        items = [Item(entry.id, entry.low, entry.high) for entry in entries]
        same = dict(self._same)
        for item in items:
            for held in self.holds.get(item.id, ()):
                same[held] = same.get(held, frozenset()) | self.holds[item.id]
        return bounds(items, self._apart, same)


def _neighbours(pairs: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in (tuple(pair) for pair in pairs):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {name: frozenset(others) for name, others in found.items()}


def account_of(entries: Sequence[Entry], relations: Relations, *, whole: Callable[[Entry], bool]) -> Account:
    """Return the account of entries of one measure, unit and basis, of which ``whole`` tells those of its whole row."""
    entries = sorted(entries, key=lambda entry: entry.id)
    first, counted = entries[0], [entry for entry in entries if whole(entry)]
    by_group = {name: [each for each in entries if each.group == name] for name in sorted({e.group for e in entries})}
    all_of_it = _row(WHOLE, counted, relations)
    # Beside a binding total, what it holds may add up to more; no part is more than the whole.
    most = all_of_it.total.high if relations.holds else math.inf
    wholes = {name: _row(name, members, relations, most=most) for name, members in by_group.items()}
    rows = []
    # The largest first, what belongs nowhere last.
    for group in sorted(wholes, key=lambda name: (name in _NOWHERE, -wholes[name].total.high, name)):
        members = by_group[group]
        rows.append(wholes[group])
        responses = [name for name in _RESPONSES if any(entry.response == name for entry in members)]
        if len(responses) == 1:
            rows[-1] = rows[-1].model_copy(update={"response": responses[0]})
        elif first.measure == "area":
            rows += [
                _row(group, [entry for entry in members if entry.response == name], relations, name)
                for name in responses
            ]
    counted = sorted(counted, key=lambda entry: (-entry.high, entry.id))
    inside, outside = relations.bounds(counted), [entry for entry in entries if not whole(entry)]
    lines = (
        *(_line(entry, counted, inside, relations) for entry in counted),
        *(_line(entry, outside, relations.bounds(outside), relations) for entry in outside),
    )
    return Account(
        measure=first.measure, unit=first.unit, basis=first.basis, whole=all_of_it,
        rows=tuple(rows), lines=tuple(sorted(lines, key=lambda line: line.commitment)),
    )  # fmt: skip


def _row(
    group: str, entries: Sequence[Entry], relations: Relations, response: str | None = _ANY, *, most: float = math.inf
) -> AccountRow:
    conditional = [entry for entry in entries if entry.conditional]
    free = [entry for entry in entries if not entry.conditional]
    total = total_of(entries, relations, most)
    instruments = tuple(
        InstrumentTotal(
            instrument=name,
            total=total_of([each for each in entries if each.main.instrument == name], relations, total.high),
        )
        for name in get_args(Instrument)
        if any(each.main.instrument == name for each in entries)
    )
    values: dict[str, Any] = {"group": group, "whole": response == _ANY, "total": total}
    if response != _ANY:
        values["response"] = response
    for name, members in (("unconditional", free), ("conditional", conditional)):
        if members:
            values[name] = total_of(members, relations, total.high)
    return AccountRow(instruments=instruments, **values)


def total_of(entries: Sequence[Entry], relations: Relations, most: float = math.inf) -> Total:
    """Return the range of entries with the ids at each end, the upper end no more than ``most``."""
    found = relations.bounds(entries)
    return Total(
        low=found.low, high=min(found.high, most), low_of=found.low_of, high_of=found.high_of, lines=len(entries)
    )


def _line(entry: Entry, among: Sequence[Entry], found: Bounds, relations: Relations) -> AccountLine:
    counted, because, beside = _standing(entry, among, found, relations)
    return AccountLine.model_validate(
        {
            "commitment": entry.id, "figure": entry.figure.commitment.id, "instrument": entry.main.instrument,
            "conditional": entry.conditional, "group": entry.group, "response": entry.response, "low": entry.low,
            "high": entry.high, "text": entry.figure.quantity.text, "notes": entry.notes, "counted": counted,
            "because": because, "beside": beside,
        }
    )  # fmt: skip


def _standing(
    entry: Entry, among: Sequence[Entry], found: Bounds, relations: Relations
) -> tuple[Counted, Because, str | None]:
    """Return where a line counts, why, and beside which other line it is weighed; ``among``: the largest first."""
    others = [each for each in among if each.id != entry.id]
    if entry.id in found.low_of:
        least = set(found.low_of)
        reasons = {reason for each in others if each.id in least and (reason := relations.apart(entry.id, each.id))}
        return "both", min(reasons) if reasons else "largest" if others else "alone", None
    if entry.id in found.high_of:
        least = set(found.low_of)
        rivals = [each for each in others if each.id in least and not relations.apart(entry.id, each.id)]
        return "maximum", "may_be_within", _nearest(entry, rivals)
    most = set(found.high_of)
    rivals = [each for each in others if each.id in most and relations.same(entry.id, each.id)]
    beside = _nearest(entry, rivals)
    told = relations.same(entry.id, beside) if beside else None
    return "never", told or "may_be_within", beside


def _nearest(entry: Entry, rivals: Sequence[Entry]) -> str | None:
    """Return the largest of those on a theme of the entry, which says most, else the largest."""
    return next((each.id for each in rivals if each.themes & entry.themes), rivals[0].id if rivals else None)
