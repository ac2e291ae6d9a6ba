"""The number vocabulary of a language, read from rules/vocabulary/numbers and compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from coherence.errors import Fault, VocabularyError
from coherence.extraction.numeric_folding import fold_form
from coherence.extraction.vocabulary_forms import LETTER, CueBefore, Forms, cue_after, lower_form, whole_words
from coherence.vocabulary import term_list_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.vocabulary import Language

__all__ = ["NumberWords", "number_words", "vocabulary_file"]


def vocabulary_file(name: str, required: tuple[str, ...]) -> dict[str, Any]:
    """Return a vocabulary file that has all ``required`` keys; raises VocabularyError naming each that lacks."""
    marked = term_list_marked(name)
    data = marked.data
    if not isinstance(data, dict):
        raise VocabularyError(Fault(marked.where(), "must be a mapping", "see the files of the other languages"))
    lacking = [
        Fault(marked.where(), f"key '{key}' is missing", "add it, empty if need be")
        for key in required
        if key not in data
    ]
    if lacking:
        raise VocabularyError(*lacking)
    return data


_NUMBER_KEYS = (
    "style", "words", "weak", "joiners", "scales", "doubtful_scales", "bare_scales", "abbreviations", "shares",
    "share_of", "multipliers", "multiplier_nouns", "not_multiplied", "zero_words", "no_ordinal", "glued", "labels",
    "between", "between_and", "from", "to", "range_from", "origin", "raise", "cut", "at_least", "at_least_after",
    "up_to", "up_to_after", "approx", "approx_after", "spatial", "bridges", "money_goes_on", "likelihood",
    "likelihood_after", "gradient", "gradient_after", "definite", "states",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How one language writes numbers, compiled."""

    language: Language
    decimal: str
    thousands: str
    also_thousands: str
    atoms: Forms[float]
    scales: Forms[float]
    abbreviations: Forms[float]
    weak: frozenset[str]
    bare_scales: frozenset[str]
    doubtful_scales: frozenset[str]
    starts: dict[str, frozenset[str]]
    first_words: frozenset[str]
    """All of ``starts``."""
    start: re.Pattern[str]
    label: CueBefore[bool]
    list_and: re.Pattern[str]
    joiner: re.Pattern[str]
    ordinal: re.Pattern[str]
    glued: re.Pattern[str]
    shares: Forms[float]
    share_of: re.Pattern[str]
    multipliers: Forms[float]
    multiplier_noun: re.Pattern[str]
    not_multiplied: re.Pattern[str]
    infix: re.Pattern[str]
    parts: re.Pattern[str]
    no_scale: re.Pattern[str]
    zero_word: re.Pattern[str]
    money_goes_on: re.Pattern[str]
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def scale(self, lower: str, start: int) -> tuple[int, float] | None:
        """Return the end and factor of the scale word at ``start``, unless a unit begins there (千瓦 is a kilowatt)."""
        return None if self.no_scale.match(lower, start) else self.scales.match(lower, start)

    @property
    def han(self) -> bool:
        """True where words follow one another without spaces."""
        return self.language == "zh"


def _folded(forms: Mapping[str, float]) -> dict[str, float]:
    return {fold_form(str(form)).lower(): float(value) for form, value in forms.items()}


def _first_words(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(re.split(r"[\s'*-]", lower_form(form))[0] for form in forms) - {""}


def _joiner(joiners: Iterable[str], language: Language) -> re.Pattern[str]:
    """What may stand between the words of one number."""
    words = "|".join(re.escape(lower_form(joiner)) for joiner in joiners) or r"(?!)"
    if language == "ar":
        return re.compile(rf"\s{{1,3}}(?:{words})?\s?")
    gap = r"" if language == "zh" else r"(?:\s{1,3}|\s?-{1,2}\s?)"
    return re.compile(rf"{gap}(?:(?:{words}){gap})?")


def _one_of(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, map(lower_form, forms))) or "(?!)"


def _starts(data: dict[str, Any]) -> dict[str, frozenset[str]]:
    """The first words of what may be a number, a share, a multiplier or a zero."""
    return {
        "number": _first_words([*map(str, data["words"]), *map(str, data["bare_scales"])]),
        "share": _first_words(data["shares"]),
        "multiplier": _first_words(data["multipliers"]),
        "zero": _first_words(data["zero_words"]),
    }


def _set(forms: Iterable[object]) -> frozenset[str]:
    return frozenset(lower_form(form) for form in forms)


@cache
def number_words(language: Language) -> NumberWords:
    """Return the compiled number vocabulary of a language; raises VocabularyError."""
    data = vocabulary_file(f"numbers/{language}", _NUMBER_KEYS)
    han = language == "zh"
    abbreviations = {fold_form(str(form)): float(value) for form, value in data["abbreviations"].items()}
    starts = _starts(data)
    return NumberWords(
        language=language,
        decimal=data["style"]["decimal"],
        thousands=data["style"]["thousands"],
        also_thousands=data["style"].get("also_thousands", ""),
        atoms=Forms.compile(_folded(data["words"])),
        scales=Forms.compile(_folded(data["scales"])),
        abbreviations=Forms.compile(abbreviations),
        weak=_set(data["weak"]),
        bare_scales=_set(data["bare_scales"]),
        doubtful_scales=_set(data["doubtful_scales"]),
        starts=starts,
        first_words=frozenset().union(*starts.values()),
        start=re.compile("[" + re.escape("".join(sorted({word[0] for word in starts["number"]}))) + "]"),
        label=CueBefore.compile(dict.fromkeys(data["labels"], True), han=han),
        list_and=re.compile(rf"\s{{0,2}}(?:[,،、]|{_one_of(data['between_and'])})\s{{0,2}}"),
        joiner=_joiner(data["joiners"], language),
        ordinal=re.compile(rf"(?:{_one_of(data['no_ordinal'])})(?!{LETTER})"),
        glued=re.compile(rf"(?<!{LETTER})(?:{_one_of(data['glued'])})\Z"),
        shares=Forms.compile(_folded(data["shares"])),
        share_of=cue_after(data["share_of"]),
        multipliers=Forms.compile(_folded(data["multipliers"])),
        multiplier_noun=cue_after(data["multiplier_nouns"]),
        not_multiplied=cue_after(data["not_multiplied"]),
        infix=re.compile(_one_of(data.get("more_than_infix", ()))),
        parts=re.compile(_one_of(data.get("parts", ()))),
        no_scale=re.compile(_one_of(data.get("no_scale", ()))),
        zero_word=whole_words(data["zero_words"], han=han),
        money_goes_on=re.compile(rf"\s?(?:[,;.)]\s|\Z)|{cue_after(data['money_goes_on']).pattern}"),
        lists={key: tuple(map(str, data[key])) for key in _NUMBER_KEYS if isinstance(data[key], list)},
    )
