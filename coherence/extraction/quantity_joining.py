"""Numbers that belong together: ranges, changes from one value to another, lists that share one unit.

All offsets here are those of the folded text, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coherence.extraction.quantity_cues import cues
from coherence.extraction.quantity_reading import looks_like_year

if TYPE_CHECKING:
    from coherence.extraction.numeric_folding import FoldedText
    from coherence.extraction.quantity_reading import Measured, Reader

__all__ = ["Joined", "join"]

_DASH = re.compile(r"(?:[-~]{1,2}\s?|\s[-~]{1,2}\s)\Z")
"""A dash after a space and before a figure is a minus: "28 -24%"."""
_DASH_LEFT = re.compile(r"\s?[-~]{1,2}\s?\Z")
_TIMES = re.compile(r"\s?[x×*]\s?\Z")
_TOLERANCE = re.compile(r"\s?(?:±|\+ ?/ ?-)\s?\Z")
_LONGEST_LINK = 30
_CUE_REACH = 60
_VERB_REACH = 140
_CHANGE_REACH = 110
_SENTENCE_END = re.compile(r"[.!?;。！？；]\s|[。！？；\t]|\n\n")
_STATEMENT_END = re.compile(r"[.!?]\s|[。！？\t]|\n\n")
_FARTHEST_SCALES = 100.0
_RANGE, _CHANGE = "range", "change"


@dataclass(frozen=True, slots=True)
class Joined:
    """One quantity: ``last`` alone, or a range from ``first`` to ``last``; ``origin`` is where a change starts."""

    last: Measured
    first: Measured | None = None
    origin: float | None = None
    begins: int | None = None

    @property
    def is_range(self) -> bool:
        """True for two ends."""
        return self.first is not None

    @property
    def start(self) -> int:
        """Where the quantity begins."""
        return (
            min(self.last.start, self.first.start if self.first else self.last.start)
            if self.begins is None
            else self.begins
        )

    @property
    def end(self) -> int:
        """Where the quantity ends."""
        return self.last.end

    @property
    def bounds(self) -> tuple[float, float]:
        """The lower and the upper end in the canonical unit."""
        ends = (self.first.amount if self.first else self.last.amount, self.last.amount)
        return min(ends), max(ends)


def join(measured: list[Measured], folded: FoldedText, reader: Reader) -> list[Joined]:
    """Join the measured numbers of a text; those that end up without a measure are left out."""
    return _Joiner(measured, folded, reader).run()


class _Joiner:
    def __init__(self, measured: list[Measured], folded: FoldedText, reader: Reader) -> None:
        self.items = list(measured)
        self.lower, self.reader = folded.lower, reader
        self.cues = cues(reader.language)

    def run(self) -> list[Joined]:
        self._multiply()
        self._leave_out_tolerances()
        self._share_units()
        self._carry_emissions()
        joined = self._pairs()
        return self._origins([item for item in joined if item.last.meaning is not None])

    def _multiply(self) -> None:
        """Read "20 x 250 kW" as one amount."""
        for index in range(len(self.items) - 2, -1, -1):
            first, second = self.items[index], self.items[index + 1]
            if (
                first.meaning is None
                and second.meaning is not None
                and not looks_like_year(first.number)
                and _TIMES.match(self.lower[first.end : second.start])
            ):
                number = replace(second.number, value=first.number.value * second.number.value)
                self.items[index : index + 2] = [replace(second, start=first.start, number=number)]

    def _leave_out_tolerances(self) -> None:
        """Give the unit of "40 ± 5 kt" to the amount: how sure it is makes no figure of its own."""
        for index in range(len(self.items) - 2, -1, -1):
            first, second = self.items[index], self.items[index + 1]
            if second.meaning is None or looks_like_year(first.number):
                continue
            if not _TOLERANCE.match(self.lower[first.end : second.start]):
                continue
            number, scale = first.number, second.number.scale
            if first.meaning is None and number.scale == 1.0:
                number = replace(number, value=number.value * scale, scale=scale)
            shared = replace(second, start=first.start, number=number)
            self.items[index : index + 2] = [shared if first.meaning is None else first]

    def _share_units(self) -> None:
        """Give the unit of the last number of a list or range to those before: "12, 15 and 20 %"."""
        for index in range(len(self.items) - 2, -1, -1):
            first, second = self.items[index], self.items[index + 1]
            if first.meaning is not None or second.meaning is None or not self._can_share(first, second):
                continue
            number = first.number
            scale = second.number.scale
            if number.scale == 1.0 and scale > 1.0 and number.value * scale <= second.number.value * _FARTHEST_SCALES:
                number = replace(number, value=number.value * scale, scale=scale)
            self.items[index] = replace(
                first, number=number, meaning=second.meaning, unit=second.unit, per=second.per, of=second.of
            )
        for index in range(1, len(self.items)):
            self._pass_on_prefix(index)

    def _carry_emissions(self) -> None:
        """Tonnes that go on with a list of emissions are emissions: "emissions of 1.7 tonnes by 2030; 1.2 by 2050"."""
        emissions: Measured | None = None
        for index, item in enumerate(self.items):
            if item.meaning is None:
                continue
            if emissions is not None and item.meaning.unit == "t" and self._goes_on(emissions, item):
                self.items[index] = replace(item, meaning=emissions.meaning)
            last = self.items[index]
            alone = last.meaning is not None and (last.meaning.unit, last.meaning.key) == ("tCO2e", "t")
            emissions = last if alone else None

    def _goes_on(self, first: Measured, second: Measured) -> bool:
        between = self.lower[first.end : second.start]
        of_something = self.reader.units.of.match(self.lower, second.end)
        return len(between) <= _CHANGE_REACH and not _STATEMENT_END.search(between) and of_something is None

    def _pass_on_prefix(self, index: int) -> None:
        """Give the sign before the first end of a range to the second: "US$ 5 to 10 million"."""
        first, second = self.items[index - 1], self.items[index]
        if first.meaning is None or first.unit is None or first.unit[0] >= first.number.start:
            return
        if second.meaning is not None and second.meaning != first.meaning:
            return
        link = self.lower[first.end : second.start]
        if not (self._is_dash(link) or self.cues.to_between.match(link) or self.cues.between_and.match(link)):
            return
        number, scale = first.number, second.number.scale
        if number.scale == 1.0 and scale > 1.0 and number.value * scale <= second.number.value * _FARTHEST_SCALES:
            number = replace(number, value=number.value * scale, scale=scale)
        if not looks_like_year(second.number):
            self.items[index - 1] = replace(first, number=number)
            self.items[index] = replace(second, meaning=first.meaning)

    def _can_share(self, first: Measured, second: Measured) -> bool:
        if first.number.kind != "plain" or first.number.labelled or looks_like_year(first.number):
            return False
        if second.unit is not None and second.unit[0] < second.number.start:
            return False
        link = self.lower[first.end : second.start]
        if len(link) > _LONGEST_LINK or second.number.kind not in {"plain", "multiplier"}:
            return False
        if self._is_range_link(link) or second.number.kind == "multiplier":
            return self._is_range_link(link)
        counted = second.meaning is not None and second.meaning.unit == "count"
        return bool(self.cues.list_and.match(link)) and (not counted or self._is_between(first))

    def _is_range_link(self, link: str) -> bool:
        return self._is_dash(link) or self.cues.to_between.match(link) is not None

    def _is_dash(self, link: str) -> bool:
        dash = _DASH_LEFT if self.reader.language == "ar" else _DASH
        return dash.match(link) is not None and "\n" not in link

    def _is_between(self, first: Measured) -> bool:
        return self.cues.between.search(self.lower, max(0, first.start - _CUE_REACH), first.start) is not None

    def _pairs(self) -> list[Joined]:
        found: list[Joined] = []
        index = 0
        while index < len(self.items):
            first = self.items[index]
            second = self.items[index + 1] if index + 1 < len(self.items) else None
            relation = self._relation(first, second) if second is not None else None
            if second is None or relation is None:
                found.append(Joined(first))
                index += 1
                continue
            if relation == _RANGE:
                found.append(Joined(second, first))
            else:
                found.append(Joined(second, origin=first.amount, begins=first.start))
            index += 2
        return found

    def _relation(self, first: Measured, second: Measured) -> str | None:
        """Return whether two neighbours with one unit are a range or a change."""
        if first.meaning is None or second.meaning is None or first.meaning.unit != second.meaning.unit:
            return None
        kinds = {first.number.kind, second.number.kind}
        if kinds not in ({"plain"}, {"plain", "multiplier"}) or looks_like_year(second.number):
            return None
        link = self.lower[first.end : second.start]
        if len(link) > _LONGEST_LINK:
            return None
        if self._is_dash(link) or (self._is_between(first) and self.cues.between_and.match(link)):
            return _RANGE
        return self._direction(first, second) if self.cues.to_between.match(link) else None

    def _direction(self, first: Measured, second: Measured) -> str:
        """Tell "from 30 to 20 %" from "10 to 15 %": falling values, repeated units and verbs of change decide."""
        begin = max(0, first.start - _CUE_REACH)
        if self.cues.range_from.search(self.lower, begin, first.start):
            return _RANGE
        if second.amount < first.amount:
            return _CHANGE
        led = self.cues.from_.search(self.lower, begin, first.start) is not None
        if not led:
            return _RANGE
        clause = self._clause_before(first.start)
        if self._last_verb(clause) == "cut":
            return _RANGE  # what is cut cannot grow: the two are the ends of the cut
        repeated = first.unit is not None and first.unit[1] <= second.start and first.unit[0] >= first.start
        if self._last_verb(clause) == "raise":
            return (
                _CHANGE
                if repeated or second.meaning is None or second.meaning.unit != "percent" or self._strong_from(first)
                else _RANGE
            )
        return _CHANGE if self._strong_from(first) else _RANGE

    def _strong_from(self, first: Measured) -> bool:
        """True where "from" has no other use before numbers: English."""
        return self.reader.language in {"en", "zh"} and first.meaning is not None

    def _clause_before(self, start: int) -> str:
        before = self.lower[max(0, start - _VERB_REACH) : start]
        return _SENTENCE_END.split(before)[-1]

    def _last_verb(self, clause: str) -> str | None:
        up = max((found.start() for found in self.cues.change_up.finditer(clause)), default=-1)
        down = max((found.start() for found in self.cues.change_down.finditer(clause)), default=-1)
        if up == down:
            return None
        return "raise" if up > down else "cut"

    def _origins(self, joined: list[Joined]) -> list[Joined]:
        """Fold starting values that stand apart into the quantity that they start: "from 33 % in 2010 to 70 %"."""
        kept: list[Joined] = []
        index = 0
        while index < len(joined):
            item = joined[index]
            later = joined[index + 1] if index + 1 < len(joined) else None
            if later is not None and self._starts_change(item, later):
                kept.append(replace(later, origin=item.last.amount))
                index += 2
                continue
            if kept and self._looks_back(kept[-1], item):
                kept[-1] = replace(kept[-1], origin=item.last.amount)
            else:
                kept.append(item)
            index += 1
        return kept

    def _same_measure(self, one: Joined, other: Joined) -> bool:
        if one.is_range or other.is_range or one.last.meaning is None or other.last.meaning is None:
            return False
        if one.last.meaning.unit != other.last.meaning.unit or {one.last.number.kind, other.last.number.kind} != {
            "plain"
        }:
            return False
        between = self.lower[one.end : other.start]
        return len(between) <= _CHANGE_REACH and not _SENTENCE_END.search(between)

    def _starts_change(self, item: Joined, later: Joined) -> bool:
        if not self._same_measure(item, later) or item.origin is not None or later.origin is not None:
            return False
        if not self.cues.from_.search(self.lower, max(0, item.start - _CUE_REACH), item.start):
            return False
        begin = max(item.end, later.start - _CUE_REACH)
        goal = self.cues.to_before.search(self.lower, begin, later.start)
        origin = self.cues.origin.search(self.lower, begin, later.start)
        # "to" may be the end of "respecto a".
        if goal is None or (origin is not None and origin[0] < goal[0] and goal[1] <= origin[1]):
            return False
        clause = self._clause_before(item.start)
        return self._strong_from(item.last) or self._last_verb(clause) is not None

    def _looks_back(self, previous: Joined, item: Joined) -> bool:
        if not self._same_measure(previous, item) or previous.origin is not None or item.origin is not None:
            return False
        return self.cues.origin.search(self.lower, max(previous.end, item.start - _CUE_REACH), item.start) is not None
