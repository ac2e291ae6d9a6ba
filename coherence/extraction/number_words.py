"""Numbers written in words ("quarante millions", "двести тысяч", "三千万"), shares and multipliers.

All functions work on folded lower-case text and its offsets, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coherence.extraction.number_forms import NumberMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.numeric_vocabulary import NumberWords
    from coherence.extraction.unit_words import UnitWords

__all__ = ["continued_at", "read_other", "read_parts", "read_words", "scale_at", "word_starts"]

_HALF = 0.5
_THOUSAND = 1000.0
_MOST_SCALES = 3
_MOST_WORDS = 16
_ZERO_REACH = 40
_SCALE_GAP = re.compile(r"\s{0,2}-?\s?")
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"([0-9]{1,3})(?![0-9]|[.,/][0-9]|\s?%)")
_AND = frozenset("و")
"""Arabic writes "and" as the first letter of the next word."""
_YEAR_AFTER = re.compile(r"\s(?:19|20)[0-9]{2}(?![0-9])")
"""Half of a year is a time, not a share."""
_NEGATED_WORD = re.compile("[第]\\Z")


def word_starts(lower: str, words: NumberWords) -> Iterator[tuple[int, str]]:
    """Yield the places where a number word, share, multiplier or zero may begin, and which of these it may be."""
    if words.han:
        yield from ((found.start(), "number") for found in words.start.finditer(lower))
        for kind, forms in words.starts.items():
            if kind != "number":
                yield from (
                    (found.start(), kind) for form in sorted(forms) for found in re.finditer(re.escape(form), lower)
                )
        return
    joined = words.language == "ar"
    if not joined and words.first_words.isdisjoint(_WORD.findall(lower)):
        return
    for found in _WORD.finditer(lower):
        word, start = found.group(), found.start()
        for kind, firsts in words.starts.items():
            if word in firsts:
                yield start, kind
            elif joined and word[0] in _AND and word[1:] in firsts:
                yield start + 1, kind


def scale_at(lower: str, end: int, words: NumberWords) -> tuple[int, float, bool] | None:
    """Return the end, factor and doubtfulness of the scale words after a number that ends at ``end``."""
    factor, doubtful, place = 1.0, False, end
    for _ in range(_MOST_SCALES):
        gap = _SCALE_GAP.match(lower, place)
        start = gap.end() if gap else place
        infix = words.infix.match(lower, start)
        hit = words.scale(lower, infix.end() if infix else start)
        if hit is None:
            break
        doubtful = doubtful or lower[start : hit[0]] in words.doubtful_scales
        place, factor = hit[0], factor * hit[1]
    return None if place == end else (place, factor, doubtful)


def continued_at(lower: str, end: int, value: float, factor: float, words: NumberWords) -> tuple[int, float] | None:
    """Return the end and value of a number in figures that goes on after its scale word, which ends at ``end``.

    So do "2 millones 500 mil", "20 mil 564 millones" and "3 milhões e meio".
    """
    joiner = None if words.han else words.joiner.match(lower, end)
    if joiner is None:
        return None
    half = words.atoms.match(lower, joiner.end())
    if half is not None and half[1] == _HALF:
        return half[0], value + _HALF * factor
    figure = _FIGURE.match(lower, joiner.end())
    if figure is None:
        return None
    amount = float(figure[1])
    stop, scale, _ = scale_at(lower, figure.end(), words) or (figure.end(), 1.0, False)
    thousands = factor == _THOUSAND and joiner.group().isspace()
    if scale > factor and thousands:
        return stop, (value + amount) * scale
    smaller = scale > 1.0 or (thousands and len(figure[1]) == 3)  # noqa: PLR2004 "20 mil 564"
    return (stop, value + amount * scale) if smaller and amount * scale < factor else None


@dataclass(slots=True)
class _Sum:
    """A number in the making: finished parts, the figure that waits for a scale, and the words read."""

    parts: list[float] = field(default_factory=list)
    waiting: float | None = None
    last: float = 0.0
    unit: float = 1.0
    words: int = 0

    def add(self, value: float, *, joined_tens: bool) -> bool:
        """Take a figure; False where it cannot continue the number ("five twenty")."""
        if value == _HALF and self.parts and self.waiting is None:
            self.parts[-1] += _HALF * self.unit
            return True
        if self.waiting is None:
            if self.parts and value >= self.parts[-1]:
                return False
            self.waiting = self.last = value
            return True
        smaller = value < self.last and self.last % 10 == 0 and (self.last > value * 1.05)
        units_first = joined_tens and self.last < 20 and value in {20, 30, 40, 50, 60, 70, 80, 90}  # noqa: PLR2004
        hundreds_first = joined_tens and self.last % 100 == 0 and value < 100  # noqa: PLR2004
        if not (smaller or units_first or hundreds_first):
            return False
        self.waiting, self.last = self.waiting + value, value
        return True

    def scale(self, factor: float) -> None:
        """Multiply what is smaller than the scale: "one billion five hundred thousand"."""
        gathered = self.waiting or 0.0
        while self.parts and self.parts[-1] < factor:
            gathered += self.parts.pop()
        self.parts.append((gathered or 1.0) * factor)
        self.waiting, self.last, self.unit = None, 0.0, factor

    @property
    def value(self) -> float:
        return sum(self.parts) + (self.waiting or 0.0)


def read_words(lower: str, start: int, words: NumberWords) -> NumberMention | None:
    """Read the number words that begin at ``start``; None where there are none, or only an article or pronoun."""
    if words.han and _NEGATED_WORD.search(lower, max(0, start - 1), start):
        return None
    total, end, place, doubtful = _Sum(), start, start, False
    joined_tens = words.language == "ar"
    for _ in range(_MOST_WORDS):
        atom, scale = words.atoms.match(lower, place), words.scale(lower, place)
        longer = scale is not None and (atom is None or scale[0] > atom[0])
        if scale is not None and longer:
            if not total.words and lower[place : scale[0]] not in words.bare_scales:
                break
            doubtful = doubtful or lower[place : scale[0]] in words.doubtful_scales
            total.scale(scale[1])
            end = scale[0]
        elif atom is not None:
            if words.han and total.waiting is not None:
                return None
            if not total.add(atom[1], joined_tens=joined_tens):
                break
            end = atom[0]
        else:
            break
        total.words += 1
        joiner = words.joiner.match(lower, end)
        if joiner is None:
            break
        place = joiner.end()
    if not total.words or (total.words == 1 and _is_weak(lower, start, end, words)):
        return None
    return NumberMention(start, end, total.value, "", ambiguous=doubtful)


def _is_weak(lower: str, start: int, end: int, words: NumberWords) -> bool:
    """True for what is an article, a pronoun or, in "(mil ha)", the scale of a column."""
    written = lower[start:end]
    opens = lower[max(0, start - 1) : start] == "("
    return (
        (opens and written in words.bare_scales)
        or written in words.weak
        or words.zero_word.fullmatch(written) is not None
    )


def read_parts(lower: str, mention: NumberMention, words: NumberWords) -> NumberMention | None:
    """Read "denominator 分之 numerator" whose denominator is ``mention``."""
    between = words.parts.match(lower, mention.end)
    if between is None or not mention.value:
        return None
    figure = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?").match(lower, between.end())
    if figure is not None:
        upper, end = float(figure.group()), figure.end()
    else:
        spelled = read_words(lower, between.end(), words)
        single = words.atoms.match(lower, between.end())
        if spelled is not None:
            upper, end = spelled.value, spelled.end
        elif single is not None:
            end, upper = single
        else:
            return None
    return NumberMention(mention.start, end, upper / mention.value, "", kind="share")


def read_other(lower: str, start: int, kind: str, words: NumberWords, units: UnitWords) -> NumberMention | None:
    """Read a share ("half of" is 0.5), a multiplier ("double" is 2) or "zero" of what can fall to none."""
    if kind in {"share", "multiplier"}:
        hit = (words.shares if kind == "share" else words.multipliers).match(lower, start)
        if hit is None or words.not_multiplied.match(lower, hit[0]) or _YEAR_AFTER.match(lower, hit[0]):
            return None
        return NumberMention(start, hit[0], hit[1], "", kind=kind)
    zero = words.zero_word.match(lower, start)
    if zero is None:
        return None
    before = units.zero_before.search(lower, max(0, start - _ZERO_REACH), start)
    if before is None and units.zero_after.match(lower, zero.end()) is None:
        return None
    return NumberMention(start, zero.end(), 0.0, "", kind="zero_word")
