"""Numbers in running text, in seven languages: digits in every style, number words, scale words, shares.

Offsets are characters of the text as given, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.number_forms import (
    DIGITS,
    FIRST_DIGIT,
    NumberMention,
    Reading,
    StyleEvidence,
    read_digits,
    style_evidence,
)
from coherence.extraction.number_words import continued_at, read_other, read_parts, read_words, scale_at, word_starts
from coherence.extraction.numeric_folding import FoldedText, fold_text
from coherence.extraction.numeric_vocabulary import number_words
from coherence.extraction.unit_words import unit_words

if TYPE_CHECKING:
    from coherence.extraction.numeric_vocabulary import NumberWords
    from coherence.extraction.unit_words import UnitWords
    from coherence.vocabulary import Language

__all__ = ["NumberMention", "find_numbers", "scan_numbers"]

_LABEL_REACH = 24
_YEAR_BEFORE = re.compile(r"(?<![0-9.,])(?:19|20)([0-9]{2})[-–/]\Z")
_YEAR_REACH = 6
_ASCII_WORD = re.compile(r"[A-Za-z]{1,20}\Z")
_REFERENCE_REACH = 16
_REFERENCE = re.compile(r"\[[0-9, -]{1,24}\]")
_LONE_POINT = re.compile(r"(?:^|[\s(\[$€£])\.\Z")
_REPEATED = re.compile(r"\s?\(\s?([0-9][0-9 .,]{0,12})\s?\)")


def find_numbers(text: str, language: Language) -> tuple[NumberMention, ...]:
    """Return the numbers of ``text`` in order; dates, section numbers and ordinals are none."""
    folded = fold_text(text)
    found = []
    for mention in scan_numbers(folded, language):
        start, end = folded.span(mention.start, mention.end)
        found.append(replace(mention, start=start, end=end, text=text[start:end]))
    return tuple(found)


@lru_cache(maxsize=32)
def scan_numbers(folded: FoldedText, language: Language) -> tuple[NumberMention, ...]:
    """Return the numbers of a folded text, with offsets in the folded text."""
    scanner = _Scanner(folded, language)
    found = sorted([*scanner.digits(), *scanner.spelled()], key=lambda mention: (mention.start, -mention.end))
    kept: list[NumberMention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            continue
        if kept and _says_again(folded, kept[-1], mention):
            kept[-1] = replace(kept[-1], end=mention.end + 1)
            continue
        kept.append(mention)
    return tuple(kept)


def _says_again(folded: FoldedText, word: NumberMention, figure: NumberMention) -> bool:
    """True for the figure in "six (6)"."""
    again = _REPEATED.match(folded.lower, word.end)
    return again is not None and again.start(1) == figure.start and word.value == figure.value


class _Scanner:
    """One pass over a folded text for one language."""

    def __init__(self, folded: FoldedText, language: Language) -> None:
        self.folded, self.cased, self.lower = folded, folded.cased, folded.lower
        self.words: NumberWords = number_words(language)
        self.units: UnitWords = unit_words(language)
        self.evidence: StyleEvidence | None = None

    def digits(self) -> list[NumberMention]:
        found: list[NumberMention] = []
        end = 0
        for first in FIRST_DIGIT.finditer(self.cased):
            match = DIGITS.match(self.cased, first.start()) if first.start() >= end else None
            if match is None:
                continue
            end = match.end()
            if not self._stands_free(match.start()):
                continue
            mention = self._with_scale(match)
            if mention is not None:
                mention = self._below_one(mention, match)
                found.append(self._labelled_too(mention, found[-1]) if found else mention)
        return found

    def _below_one(self, mention: NumberMention, match: re.Match[str]) -> NumberMention:
        """Read ".60" as 0.6: the point stands free before it and nothing but digits after."""
        if match.lastgroup != "integer" or not _LONE_POINT.search(self.cased, max(0, mention.start - 2), mention.start):
            return mention
        value = float(f"0.{match.group()}") * mention.scale
        return replace(mention, start=mention.start - 1, value=value)

    def _labelled_too(self, mention: NumberMention, last: NumberMention) -> NumberMention:
        """Label the second number of "articles 12 and 14" as the first is."""
        joined = last.labelled and mention.scale == 1.0 and last.end < mention.start
        if joined and self.words.list_and.fullmatch(self.lower, last.end, mention.start):
            return replace(mention, labelled=True)
        return mention

    def spelled(self) -> list[NumberMention]:
        found: list[NumberMention] = []
        end = 0
        for start, kind in word_starts(self.lower, self.words):
            if kind != "number":
                other = read_other(self.lower, start, kind, self.words, self.units)
                found += [other] if other else []
            elif start >= end:
                mention = self._words(start)
                if mention is not None:
                    end = mention.end
                    found.append(mention)
        return found

    def _words(self, start: int) -> NumberMention | None:
        mention = read_words(self.lower, start, self.words)
        if mention is not None:
            return read_parts(self.lower, mention, self.words) or self._times(mention)
        single = self.words.atoms.match(self.lower, start)
        return read_parts(self.lower, NumberMention(start, *single, ""), self.words) if single else None

    def _stands_free(self, start: int) -> bool:
        """False within a word or formula (CO2, PM2.5, COVID-19), unless a preposition or currency is glued on."""
        before = self.cased[start - 1] if start else " "
        if before == "-" and start > 1:
            return not (self.cased[start - 2].isascii() and self.cased[start - 2].isalpha())
        if self._in_reference(start) or (before == "%" and self.words.language != "ar"):
            return False
        if not (before.isascii() and (before.isalpha() or before == "_")):
            return True
        if self.units.money_before(self.folded, start):
            return True
        word = _ASCII_WORD.search(self.lower, max(0, start - 20), start)
        return word is not None and self.words.glued.search(self.lower, word.start(), start) is not None

    def _in_reference(self, start: int) -> bool:
        """True within note references: "[12]", "[3, 4]"."""
        opened = self.cased.rfind("[", max(0, start - _REFERENCE_REACH), start)
        return opened >= 0 and _REFERENCE.match(self.cased, opened) is not None

    def _with_scale(self, match: re.Match[str]) -> NumberMention | None:
        scale = scale_at(self.lower, match.end(), self.words) or self._abbreviation(match.start(), match.end())
        if self.evidence is None:
            self.evidence = style_evidence(self.cased)
        reading = read_digits(match, self.words, self.evidence, scaled=scale is not None)
        if reading is None or (scale is None and self._is_code(match.end())):
            return None
        end, factor, doubtful = scale or (match.end(), 1.0, False)
        if scale is not None and reading.kind == "plain":
            further = continued_at(self.lower, end, reading.value * factor, factor, self.words)
            if further is not None:
                return NumberMention(match.start(), further[0], further[1], "", scale=factor)
        labelled = scale is None and (self._is_labelled(match.start()) or self._ends_years(match))
        return self._times(_mention(match.start(), end, reading, factor, doubtful=doubtful, labelled=labelled))

    def _times(self, mention: NumberMention) -> NumberMention:
        """Turn "three times" into a multiplier."""
        noun = self.words.multiplier_noun.match(self.lower, mention.end) if mention.kind == "plain" else None
        return replace(mention, end=noun.end(), kind="multiplier") if noun else mention

    def _is_code(self, end: int) -> bool:
        """True for ordinals and codes: a Latin letter follows that is no unit ("21st", "4A")."""
        if self.words.ordinal.match(self.lower, end):
            return True
        after = self.cased[end] if end < len(self.cased) else " "
        if not (after.isascii() and after.isalpha()):
            return False
        return self.units.unit_at(self.folded, end) is None and self.units.nouns.match(self.lower, end) is None

    def _is_labelled(self, start: int) -> bool:
        return self.words.label.search(self.lower, max(0, start - _LABEL_REACH), start) is not None

    def _ends_years(self, match: re.Match[str]) -> bool:
        """True for the second year of "2025-26"."""
        first = _YEAR_BEFORE.search(self.lower, max(0, match.start() - _YEAR_REACH), match.start())
        return first is not None and len(match.group()) == len(first.group(1)) and first.group(1) < match.group()

    def _abbreviation(self, start: int, end: int) -> tuple[int, float, bool] | None:
        """A short scale (M, bn, k), read only beside money or before a unit."""
        place = end + 1 if self.cased[end : end + 1] == " " else end
        hit = self.words.abbreviations.match(self.cased, place)
        if hit is None:
            return None
        after, factor = hit
        gap = re.compile(r"\s{0,2}").match(self.cased, after)
        following = gap.end() if gap else after
        of = self.units.of.match(self.lower, after)
        unit = self.units.unit_at(self.folded, of.end() if of else following)
        if unit is None and self.units.money_before(self.folded, start) is None:
            return None
        small = after - place == 1 and self.cased[place].islower()
        if (
            small
            and unit is not None
            and not _is_money(unit.meaning.unit)
            and not self.units.money_before(self.folded, start)
        ):
            return None
        return after, factor, False


def _is_money(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()  # noqa: PLR2004 ISO 4217


def _mention(start: int, end: int, reading: Reading, factor: float, *, doubtful: bool, labelled: bool) -> NumberMention:
    alternative = None if reading.alternative is None else reading.alternative * factor
    ambiguous = reading.ambiguous or doubtful
    return NumberMention(start, end, reading.value * factor, "", reading.kind, ambiguous, alternative, labelled, factor)
