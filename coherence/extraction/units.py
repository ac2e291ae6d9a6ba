"""What the head of a column, a caption or a unit column says about the bare numbers below it.

Offsets are characters, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.extraction.numeric_folding import fold_text
from coherence.extraction.quantity_mentions import QuantityMention
from coherence.extraction.unit_words import UnitMeaning, canonical_factor, unit_words

if TYPE_CHECKING:
    from coherence.extraction.number_forms import NumberMention
    from coherence.extraction.numeric_folding import FoldedText
    from coherence.extraction.unit_words import UnitWords
    from coherence.vocabulary import Language

__all__ = ["HeadUnit", "apply_head_unit", "canonical_factor", "scale_alone", "unit_of_head"]

_BRACKETED = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_WORD_START = re.compile(r"(?<![^\W_])(?=[^\s()\[\],;:/.'-])")
_HAN_START = re.compile(r"(?=\S)")
_IN_COMPOUND = re.compile(r"[^\W\d_]-\Z")
_LONGEST_HEAD = 400
_LONGEST_GAS = 16
_WEAK = frozenset({"m", "t", "mt", "gt", "kt", "tg", "gg", "liter", "watt", "acre"})
"""Symbols so short that only a bracket, a comma or the end of the head makes units of them."""


@dataclass(frozen=True, slots=True)
class HeadUnit:
    """The unit of a column: canonical id, the factor that its numbers take, and what they count."""

    unit: str
    factor: float
    per_year: bool = False
    of: str | None = None
    per: str | None = None
    text: str = ""


def unit_of_head(text: str, language: Language) -> HeadUnit | None:
    """Return the unit that a table head, caption or unit cell names, or None.

    Units in brackets win over those in the open, later ones over earlier ones, and any unit over a counted noun.
    """
    folded = fold_text(text[:_LONGEST_HEAD])
    return _Head(folded, unit_words(language)).read()


def scale_alone(text: str, language: Language) -> float:
    """Return the scale that a cell of units holds and nothing else ("million"), 1 for none."""
    folded = fold_text(text.strip())
    hit = unit_words(language).head_scales.match(folded.lower, 0) if folded.lower else None
    return hit[1] if hit is not None and hit[0] == len(folded.lower) else 1.0


def apply_head_unit(number: NumberMention, head: HeadUnit) -> QuantityMention:
    """Return the number as a quantity in the head's canonical unit; offsets stay those of the number."""
    factor = head.factor / number.scale if _already_scaled(number, head) else head.factor
    value = float(f"{number.value * factor:.12g}")
    return QuantityMention(
        start=number.start, end=number.end, text=number.text, value=value, low=None, high=None, unit=head.unit,
        unit_text=head.text, of=head.of, per=head.per or ("year" if head.per_year else None), per_year=head.per_year,
        ambiguous=number.ambiguous,
    )  # fmt: skip


def _already_scaled(number: NumberMention, head: HeadUnit) -> bool:
    """True where the cell repeats the scale of its head ("5 million" under "million USD")."""
    return number.scale > 1.0 and head.factor == number.scale


class _Head:
    def __init__(self, folded: FoldedText, units: UnitWords) -> None:
        self.folded, self.lower, self.units = folded, folded.lower, units
        self.starts = [found.start() for found in self._start_pattern().finditer(self.lower)]
        self.brackets = [found.span(1) for found in _BRACKETED.finditer(self.lower)]

    def _start_pattern(self) -> re.Pattern[str]:
        return _HAN_START if self.units.language == "zh" else _WORD_START

    def read(self) -> HeadUnit | None:
        found = self._unit()
        of = self._noun()
        yearly = bool(self.units.year_words.search(self.lower) or self.units.year_adjectives.search(self.lower))
        if found is not None:
            start, end, meaning, per = found
            scale, scale_start = self._scale(end, start)
            begin = min(start, scale_start if scale_start is not None else start)
            written = self.folded.written(begin, end) if begin < end else ""
            rate = per not in {None, "year", "month", "day", "hour"}
            unit = "other" if rate and meaning.unit != "tC_per_ha" else meaning.unit
            factor = scale if unit == "other" else meaning.factor * scale
            return HeadUnit(unit, factor, per == "year" or (per is None and yearly), of, per, written)
        if of is not None or self.units.head_counts.search(self.lower):
            return self._count(of, yearly=yearly)
        return None

    def _count(self, of: str | None, *, yearly: bool) -> HeadUnit | None:
        counted = self.units.head_counts.search(self.lower)
        if counted is None and len(self.lower.split()) > 3:  # noqa: PLR2004 a heading that merely mentions things
            return None
        scale, _ = self._scale(None, None)
        return HeadUnit("count", scale, yearly, of, "year" if yearly else None, self.folded.original.strip())

    def _unit(self) -> tuple[int, int, UnitMeaning, str | None] | None:
        best: tuple[tuple[bool, bool, int], int, int, UnitMeaning, str | None] | None = None
        taken = 0
        for start in self._unit_starts():
            if start < taken:
                continue
            unit = self.units.unit_at(self.folded, start)
            if unit is None or not self._credible(start, unit.end, unit.meaning):
                continue
            taken = unit.end
            inside = any(low <= start < high for low, high in self.brackets)
            rank = (inside, unit.meaning.key not in _WEAK, start)
            if best is None or rank > best[0]:
                best = rank, start, unit.end, unit.meaning, unit.per
        return best[1:] if best else None

    def _unit_starts(self) -> list[int]:
        symbols = [place for place, c in enumerate(self.lower) if c in "%$€£¥₽₹₵₦"]
        return sorted({*self.starts, *symbols})

    def _credible(self, start: int, end: int, meaning: UnitMeaning) -> bool:
        """Short symbols and doubtful codes are units only where they stand apart."""
        written = self.folded.cased[start:end]
        if meaning.key not in _WEAK and written not in self.units.doubtful and len(written) > 1:
            return True
        if not written[:1].isalpha():
            return True
        if written in self.units.doubtful and _IN_COMPOUND.search(self.lower, max(0, start - 2), start):
            return False  # the end of a name joined by a hyphen
        before, after = self.lower[:start].rstrip(" "), self.lower[end:].lstrip(" ")
        opened = not before or before[-1] in "([,:;-/\n" or self._scale_ends(start) or self._after_gas(before)
        return opened and (not after or after[0] in ")],:;/\n-")

    def _after_gas(self, before: str) -> bool:
        """True where the gas stands before the mass: "CO2 Gg"."""
        tail = before[-_LONGEST_GAS:]
        return any(found.end() == len(tail) for found in self.units.emission_words.finditer(tail))

    def _scale_ends(self, end: int) -> bool:
        return any(
            hit is not None and hit[0] <= end <= hit[0] + 2
            for place in self.starts
            if place < end
            for hit in (self.units.head_scales.match(self.lower, place),)
        )

    def _scale(self, unit_end: int | None, unit_start: int | None) -> tuple[float, int | None]:
        """Return the scale word of the head ("million", "000") nearest to the unit, and where it stands."""
        hits: list[tuple[int, float, int]] = []
        for place in self.starts:
            hit = self.units.head_scales.match(self.lower, place)
            if hit is None or (unit_start is not None and unit_end is not None and unit_start <= place < unit_end):
                continue
            if not self._scale_applies(place, hit[0], unit_start, unit_end):
                continue
            distance = abs(place - unit_start) if unit_start is not None else place
            hits.append((distance, hit[1], place))
        return (min(hits)[1], min(hits)[2]) if hits else (1.0, None)

    def _scale_applies(self, start: int, end: int, unit_start: int | None, unit_end: int | None) -> bool:
        """One-letter scales (M, k) only beside the unit; words anywhere in the head."""
        if end - start > 2:  # noqa: PLR2004 a word
            return True
        if unit_start is None or unit_end is None:
            return False
        return 0 <= unit_start - end <= 2 or 0 <= start - unit_end <= 2  # noqa: PLR2004 side by side

    def _noun(self) -> str | None:
        for start in self.starts:
            hit = self.units.nouns.match(self.lower, start)
            if hit is not None:
                return hit[1]
        return None
