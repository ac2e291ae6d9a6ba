"""One number and what measures it: the unit after it, the currency before it, the noun that it counts.

All offsets here are those of the folded text, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coherence.extraction.number_words import scale_at
from coherence.extraction.numeric_vocabulary import number_words
from coherence.extraction.unit_words import UnitMeaning, unit_words

if TYPE_CHECKING:
    from coherence.extraction.number_forms import NumberMention
    from coherence.extraction.numeric_folding import FoldedText
    from coherence.extraction.numeric_vocabulary import NumberWords
    from coherence.extraction.unit_words import UnitMatch, UnitWords
    from coherence.vocabulary import Language

__all__ = ["COUNT", "PERCENT", "Measured", "Reader", "is_money", "looks_like_year"]

PERCENT = UnitMeaning("percent", 1.0, "percent")
COUNT = UnitMeaning("count", 1.0, "count")
OTHER = UnitMeaning("other", 1.0, "other")
_NOTE_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GAP = re.compile(rf"[{_NOTE_MARKS}]{{0,3}}(?:\s?\([^()0-9]{{1,30}}\))?[ -]{{0,2}}\n?[ -]{{0,2}}")
_WORD = re.compile(r"[^\W\d_]{1,30}(?:['-][^\W\d_]{1,30}){0,3}")
_SPACE = re.compile(r" {1,2}\n?|\n ?")
_PERCENT_BEFORE = re.compile(r"(?<![0-9])(?<![0-9] )%\s?\Z")
_LEAST_DOUBTFUL_AMOUNT = 10_000
_MOST_WORDS_BETWEEN = 3
_MOST_HAN_BETWEEN = 8
_CONTEXT = 80
_LARGEST_SHARE = 1000
_FIRST_YEAR, _LAST_YEAR = 1990, 2060
_ROUND_YEAR = 2000
"""A round figure as often as a year."""
_PRICE_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_CURRENCY_CODE_LENGTH = 3
_TIMES = frozenset({"year", "month", "day", "hour"})


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its measure, if any; ``start`` and ``end`` cover both, ``unit`` is where the measure stands."""

    start: int
    end: int
    number: NumberMention
    meaning: UnitMeaning | None = None
    unit: tuple[int, int] | None = None
    per: str | None = None
    of: str | None = None

    @property
    def amount(self) -> float:
        """The value in the canonical unit."""
        return self.number.value * (self.meaning.factor if self.meaning else 1.0)


def is_money(unit: str) -> bool:
    """True for ISO 4217 codes."""
    return len(unit) == _CURRENCY_CODE_LENGTH and unit.isupper()


def looks_like_year(number: NumberMention) -> bool:
    """True for four plain digits of the years that plans speak of."""
    plain = number.end - number.start == 4 and number.scale == 1.0  # noqa: PLR2004
    return plain and _FIRST_YEAR <= number.value <= _LAST_YEAR and number.value.is_integer()


class Reader:
    """Reads what measures the numbers of one folded text."""

    def __init__(self, folded: FoldedText, language: Language) -> None:
        self.folded, self.lower, self.language = folded, folded.lower, language
        self.words: NumberWords = number_words(language)
        self.units: UnitWords = unit_words(language)

    def measure(self, number: NumberMention) -> Measured | None:
        """Return the number with its measure; None for a share or zero of nothing."""
        bare = Measured(number.start, number.end, number)
        if number.kind == "share":
            return self._share(bare)
        if number.kind == "multiplier":
            return replace(bare, meaning=OTHER)
        if number.kind == "zero_word":
            return self._zero(bare)
        return self._after(bare) or self._before(bare) or self._counted(bare) or bare

    def _share(self, bare: Measured) -> Measured | None:
        number = bare.number
        scaled = replace(number, value=round(number.value * 100, 6), kind="share")
        figure = not self.folded.cased[number.start].isalpha()
        if figure and self.words.lists["share_of"] and not self.words.share_of.match(self.lower, number.end):
            return None
        return replace(bare, number=scaled, meaning=PERCENT, of=self._noun_of(number.end))

    def _zero(self, bare: Measured) -> Measured:
        after = self.units.zero_after.match(self.lower, bare.end)
        before = self.units.zero_before.search(self.lower, max(0, bare.start - 40), bare.start)
        found = after or before
        unit = "other"
        if found is not None:
            for place in range(found.start(), found.end()):
                hit = self.units.zero_heads.match(self.lower, place)
                if hit is not None:
                    unit = hit[1]
                    break
        return replace(bare, meaning=UnitMeaning(unit, 1.0, unit))

    def _after(self, bare: Measured) -> Measured | None:
        unit = self.unit_after(bare.number)
        if unit is None:
            return None
        if is_money(unit.meaning.unit) and self._belongs_to_next(bare, unit):
            return None
        if self.doubtful(unit.meaning, self.folded.cased[unit.start : unit.end], bare.number.value):
            return None
        meaning = self._in_context(unit)
        if meaning.unit == "percent" and looks_like_year(bare.number):
            return None  # "2000-2030 in %": the scale of a chart
        number = self._last_column(_plausible(bare.number, meaning), meaning)
        scale = scale_at(self.lower, unit.end, self.words) if is_money(meaning.unit) and number.scale == 1.0 else None
        if scale is not None:  # "15 US$ million"
            number = replace(number, value=number.value * scale[1], scale=scale[1])
            return Measured(number.start, scale[0], number, meaning, (unit.start, unit.end), unit.per)
        of = self._noun_of(unit.end) if meaning.unit == "percent" else None
        return Measured(number.start, unit.end, number, meaning, (unit.start, unit.end), unit.per, of)

    def _last_column(self, number: NumberMention, meaning: UnitMeaning) -> NumberMention:
        """Part columns that a space seems to join: no share is of thousands ("106 300 %" is 106 and 300 %)."""
        gap = self.lower.rfind(" ", number.start, number.end)
        if meaning.unit != "percent" or number.value <= _LARGEST_SHARE or number.scale != 1.0 or gap < 0:
            return number
        last = self.lower[gap + 1 : number.end].replace(",", ".")
        return replace(number, value=float(last), start=gap + 1, ambiguous=True) if last.isdigit() else number

    def unit_after(self, number: NumberMention) -> UnitMatch | None:
        """Return the unit that follows a number, with "of" between where the language writes it."""
        gap = _GAP.match(self.lower, number.end)
        place = gap.end() if gap else number.end
        unit = self.units.unit_at(self.folded, place)
        if unit is None and (of := self.units.of.match(self.lower, place)):
            unit = self.units.unit_at(self.folded, of.end())
        if unit is not None and unit.meaning.key == "m" and place > number.end + 2:
            return None
        return unit

    def _belongs_to_next(self, bare: Measured, unit: UnitMatch) -> bool:
        """True where a currency stands before the next number: "in 5 districts US$ 3 million"."""
        rest = self.folded.cased[unit.end : unit.end + 6].lstrip(" ")
        return (
            rest[:1].isdigit()
            and not _PRICE_YEAR.match(rest)
            and self.units.money_before(self.folded, bare.start) is None
        )

    def doubtful(self, meaning: UnitMeaning, written: str, value: float) -> bool:
        """True for codes that are also words of the field (COP, ALL) beside a small number."""
        return written in self.units.doubtful and value < _LEAST_DOUBTFUL_AMOUNT and is_money(meaning.unit)

    def _in_context(self, unit: UnitMatch) -> UnitMeaning:
        """Resolve units that depend on what is spoken of: masses in a sentence on emissions, t/ha of carbon."""
        meaning = unit.meaning
        around = slice(max(0, unit.start - _CONTEXT), unit.end + _CONTEXT // 2)
        if meaning.key in self.units.carbon_alone and self.units.carbon_words.search(self.lower[around]):
            return UnitMeaning("tC_per_ha", 1.0, "tc_per_ha")
        if meaning.unit == "t":
            alone = meaning.key in self.units.emissions_alone and self.units.emission_words.search(self.lower[around])
            if alone or (meaning.key == "t" and self._of_emissions(unit)):
                meaning = UnitMeaning("tCO2e", meaning.factor, meaning.key)
        return _rated(meaning, unit.per)

    def _of_emissions(self, unit: UnitMatch) -> bool:
        before = self.lower[max(0, unit.start - _CONTEXT) : unit.start]
        clause = re.split(r"[.;:!?]\s|\n\n", before)[-1]
        return bool(self.units.emission_words.search(clause)) and not self.units.of.match(self.lower, unit.end)

    def _before(self, bare: Measured) -> Measured | None:
        money = self.units.money_before(self.folded, bare.start)
        if money is not None:
            start, meaning = money
            written = self.folded.cased[start : bare.start].strip()
            if self.doubtful(meaning, written, bare.number.value) or self._is_price_year(bare):
                return None
            rate = self.units.rate_at(self.folded, bare.end)
            end, per = rate or (bare.end, None)
            return Measured(start, end, bare.number, _rated(meaning, per), (start, bare.start), per)
        percent = (
            _PERCENT_BEFORE.search(self.lower, max(0, bare.start - 4), bare.start) if self.language == "ar" else None
        )
        if percent is None:
            return None
        return Measured(percent.start(), bare.end, bare.number, PERCENT, (percent.start(), percent.start() + 1))

    def _is_price_year(self, bare: Measured) -> bool:
        """True in "million $2005": dollars of that year."""
        glued = bare.start > 0 and not self.lower[bare.start - 1].isspace()
        raw = replace(bare.number, value=bare.number.value / bare.number.scale, scale=1.0, end=bare.start + 4)
        plain = self.lower[bare.start : bare.start + 4].isdigit()
        return glued and plain and looks_like_year(raw) and raw.value != _ROUND_YEAR

    def _counted(self, bare: Measured) -> Measured | None:
        number = bare.number
        if number.labelled or (looks_like_year(number) and number.value != _ROUND_YEAR):
            return None
        gap = _GAP.match(self.lower, number.end)
        place = gap.end() if gap else number.end
        if (
            place == number.end
            and not self.words.han
            and self.lower[place : place + 1].isalpha()
            and self.language != "en"
        ):
            return None
        if self.lower[number.end - 1].isalpha() and (of := self.units.of.match(self.lower, place)):
            place = of.end()
        noun = self._noun(place) or (self._han_noun_before(number.start, place) if self.words.han else None)
        if noun is None:
            return None
        number = _plausible(number, COUNT)
        if not number.value.is_integer():
            # Only an index counts in fractions of units.
            whole = Measured(bare.start, noun[0], number, OTHER, (noun[2], noun[0]), None, noun[1])
            return whole if noun[1] == "units" else None
        rate = self.units.rate_at(self.folded, noun[0])
        meaning, per = _rated(COUNT, rate[1] if rate else None), rate[1] if rate else None
        return Measured(bare.start, noun[0], number, meaning, (noun[2], noun[0]), per, noun[1])

    def _noun(self, place: int) -> tuple[int, str, int] | None:
        """Return end, id and start of the noun at ``place`` or a few adjectives later."""
        if self.words.han:
            return self._han_noun(place)
        for _ in range(_MOST_WORDS_BETWEEN + 1):
            word = _WORD.match(self.lower, place)
            if word is None:
                return None
            hit = self.units.nouns.match(self.lower, place)
            if hit is not None:
                return self._last_noun(hit, place)
            space = _SPACE.match(self.lower, word.end())
            if word.group() in self.units.stops or space is None:
                return None
            place = space.end()
        return None

    def _last_noun(self, hit: tuple[int, str], start: int) -> tuple[int, str, int]:
        """In English the last noun of a chain counts: "household biogas digesters"."""
        end, of = hit
        for _ in range(_MOST_WORDS_BETWEEN if self.language == "en" else 0):
            space = _SPACE.match(self.lower, end)
            following = self.units.nouns.match(self.lower, space.end()) if space else None
            if following is None:
                break
            end, of = following
        return end, of, start

    def _han_noun(self, place: int) -> tuple[int, str, int] | None:
        direct = self.units.nouns.match(self.lower, place)
        if direct is not None:
            return direct[0], direct[1], place
        counter = self.units.counters.match(self.lower, place)
        if counter is None:
            return None
        for shift in range(_MOST_HAN_BETWEEN):
            hit = self.units.nouns.match(self.lower, counter[0] + shift)
            if hit is not None:
                return hit[0], hit[1], counter[0] + shift
            if not self.lower[counter[0] + shift : counter[0] + shift + 1].isalpha():
                return None
        return None

    def _han_noun_before(self, start: int, place: int) -> tuple[int, str, int] | None:
        """Return the noun before a number and its measure word: "nature reserves, 48 of them"."""
        counter = self.units.counters.match(self.lower, place)
        if counter is None or self.lower[counter[0] : counter[0] + 1].isalpha():
            return None
        for shift in range(_MOST_HAN_BETWEEN, 0, -1):
            hit = self.units.nouns.match(self.lower, max(0, start - shift))
            if hit is not None and hit[0] == start:
                return counter[0], hit[1], place
        return None

    def _noun_of(self, end: int) -> str | None:
        """Return the noun of "40 % of rural households"."""
        of = self.words.share_of.match(self.lower, end)
        place = of.end() if of else end
        gap = _SPACE.match(self.lower, place)
        place = gap.end() if gap else place
        noun = self._noun(place)
        return noun[1] if noun else None


def _rated(meaning: UnitMeaning, per: str | None) -> UnitMeaning:
    """Amounts per time keep their unit; other rates (per capita, per hectare) are no amounts of it."""
    return meaning if per is None or per in _TIMES else OTHER


def _plausible(number: NumberMention, meaning: UnitMeaning) -> NumberMention:
    """Settle a number with two readings by its measure: nothing is counted in fractions, no share is of thousands."""
    other = number.alternative
    if other is None or not number.ambiguous:
        return number
    fractional = meaning.unit == "count" and not number.value.is_integer() and other.is_integer()
    immense = meaning.unit == "percent" and number.value > _LARGEST_SHARE >= other
    if fractional or immense:
        return replace(number, value=other, alternative=number.value, ambiguous=False)
    return number
