"""Quantities in running text: numbers with their units, ranges, changes, qualifiers; seven languages.

Numbers that only identify (years, articles, sections, dates, references) are no quantities.
Offsets are characters of the text as given, end-exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.extraction.numbers import scan_numbers
from coherence.extraction.numeric_folding import fold_text
from coherence.extraction.quantity_cues import cues
from coherence.extraction.quantity_joining import Joined, join
from coherence.extraction.quantity_mentions import Qualifier, QuantityKind, QuantityMention
from coherence.extraction.quantity_reading import Measured, Reader, is_money

if TYPE_CHECKING:
    from coherence.extraction.numeric_folding import FoldedText
    from coherence.vocabulary import Language

__all__ = ["Qualifier", "QuantityKind", "QuantityMention", "find_quantities"]

_EXTENTS = frozenset({"ha", "km", "m3"})
_LEAST_LENT_SCALE = 1e6
"""An amount without a currency says "million" at least; smaller numbers count something."""
_SENTENCE_END = re.compile(r"[.!?]\s")
_WORDS_REACH = 48
_YEARLY_REACH = 90
_YEARLY_BEFORE = 64
_YEARLY_LOOKAHEAD = 8
_ADJECTIVE_REACH = 24
_CLAUSE_ENDS = frozenset(".;:!?。；！？\t")
_KINDS: dict[str, QuantityKind] = {"plain": "plain", "share": "share", "multiplier": "multiplier", "zero_word": "zero"}


def find_quantities(text: str, language: Language) -> tuple[QuantityMention, ...]:
    """Return the quantities of ``text`` in order, in canonical units; a number without a measure is none."""
    folded = fold_text(text)
    numbers = scan_numbers(folded, language)
    if not numbers:
        return ()
    reader = Reader(folded, language)
    found = (reader.measure(number) for number in numbers)
    measured = _with_lent_currency([item for item in found if item is not None], reader)
    joined = join(measured, folded, reader)
    starts = sorted(item.start for item in measured)
    mentions: list[QuantityMention] = []
    for item in joined:
        mention = _mention(item, folded, reader, starts)
        listed = bool(mentions) and mentions[-1].kind == "likelihood" and _joins(mentions[-1], mention, text, reader)
        if mention.unit == "percent" and (listed or _is_likelihood(item, folded, reader)):
            mention = replace(mention, kind="likelihood")
        elif mention.unit == "percent" and _is_gradient(item, folded, reader):
            mention = replace(mention, kind="gradient")
        mentions.append(mention)
    return tuple(mentions)


def _is_likelihood(item: Joined, folded: FoldedText, reader: Reader) -> bool:
    """True for how sure something is: "with a probability of 66 %", "a 66 % chance"."""
    words = cues(reader.language)
    before = words.likelihood.search(folded.lower, max(0, item.start - _WORDS_REACH), item.start)
    return before is not None or words.likelihood_after.match(folded.lower, item.end) is not None


def _is_gradient(item: Joined, folded: FoldedText, reader: Reader) -> bool:
    """True for how steep land is: "on slopes of 16 to 40 %", "a 12 % slope"."""
    words = cues(reader.language)
    before = words.gradient.search(folded.lower, max(0, item.start - _WORDS_REACH), item.start)
    return before is not None or words.gradient_after.match(folded.lower, item.end) is not None


def _joins(first: QuantityMention, second: QuantityMention, text: str, reader: Reader) -> bool:
    between = fold_text(text[first.end : second.start]).lower
    return first.unit == second.unit and cues(reader.language).list_and.match(between) is not None


def _with_lent_currency(measured: list[Measured], reader: Reader) -> list[Measured]:
    """Give amounts without a measure the currency named before: "USD 45 million, of which 35 million are ..."."""
    lender: Measured | None = None
    result = []
    for item in measured:
        lent = item
        if item.meaning is None and lender is not None and item.number.scale >= _LEAST_LENT_SCALE:
            between = reader.lower[lender.end : item.start]
            if not _SENTENCE_END.search(between) and reader.words.money_goes_on.match(reader.lower, item.end):
                lent = replace(item, meaning=lender.meaning)
        if lent.meaning is not None and is_money(lent.meaning.unit):
            lender = lent
        result.append(lent)
    return result


def _mention(item: Joined, folded: FoldedText, reader: Reader, starts: list[int]) -> QuantityMention:
    last = item.last
    meaning = last.meaning
    if meaning is None:
        raise ValueError("a quantity needs a measure")
    start, end = folded.span(item.start, item.end)
    low, high = item.bounds
    index = bisect_left(starts, item.end)
    following = starts[index] if index < len(starts) else len(folded.lower)
    per = last.per or ("year" if _is_yearly(folded.lower, item, following, reader) else None)
    words = cues(reader.language)
    return QuantityMention(
        start=start,
        end=end,
        text=folded.original[start:end],
        value=None if item.is_range else _round(last.amount),
        low=_round(low) if item.is_range else None,
        high=_round(high) if item.is_range else None,
        unit=meaning.unit,
        unit_text=folded.written(*last.unit) if last.unit and last.unit[0] < last.unit[1] else "",
        of=last.of,
        per=per,
        per_year=per == "year",
        qualifier=words.qualifier(folded.lower, item.start, item.end, extent=meaning.unit in _EXTENTS),
        from_value=None if item.origin is None else _round(item.origin),
        kind="temperature" if meaning.key == "celsius" else _KINDS[last.number.kind],
        definite=words.definite.search(folded.lower, max(0, item.start - _WORDS_REACH), item.start) is not None,
        stated=words.states.search(folded.lower, max(0, item.start - _WORDS_REACH), item.start) is not None,
        ambiguous=last.number.ambiguous or (item.first is not None and item.first.number.ambiguous),
    )


def _round(value: float) -> float:
    """Drop the noise of binary fractions: 12 significant digits are more than any plan states."""
    return float(f"{value:.12g}")


def _is_yearly(lower: str, item: Joined, following: int, reader: Reader) -> bool:
    """True where "annually" stands in the rest of the clause, or just before the quantity."""
    stop = min(following, item.end + _YEARLY_REACH)
    for place in range(item.end, stop):
        if lower[place] in _CLAUSE_ENDS:
            stop = place
            break
    pattern = reader.units.year_words
    # Searched beyond ``stop``, for what follows tells "al año 2030" from "al año".
    for words, end in ((pattern, stop), (reader.units.year_adjectives, min(stop, item.end + _ADJECTIVE_REACH))):
        after = words.search(lower, item.end, end + _YEARLY_LOOKAHEAD)
        if after is not None and after.end() <= end:
            return True
    begin = max(0, item.start - _YEARLY_BEFORE)
    before = lower[begin : item.start]
    cut = max((before.rfind(mark) for mark in _CLAUSE_ENDS), default=-1) + 1
    found = pattern.search(lower, begin + cut, item.start)
    return found is not None and not any(c.isdigit() for c in lower[found.end() : item.start])
