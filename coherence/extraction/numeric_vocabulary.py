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
    lacking = [Fault(marked.where(), f"key '{key}' is missing", "add it, empty if need be") for key in required if key not in data]
    if lacking:
        raise VocabularyError(*lacking)
    return data


_NUMBER_KEYS = (
    "style", "words", "weak", "joiners", "scales", "doubtful_scales", "bare_scales", "abbreviations", "shares",
    "share_of", "multipliers", "multiplier_nouns", "not_multiplied", "zero_words", "no_ordinal", "glued", "labels",
    "between", "between_and", "from", "to", "range_from", "origin", "raise", "cut", "at_least", "at_least_after",
    "up_to", "up_to_after", "approx", "approx_after", "spatial", "bridges",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How one language writes numbers, compiled."""

    language: Language
    decimal: str
    thousands: str
    atoms: Forms[float]
    scales: Forms[float]
    abbreviations: Forms[float]
    weak: frozenset[str]
    bare_scales: frozenset[str]
    doubtful_scales: frozenset[str]
    starts: dict[str, frozenset[str]]
    start: re.Pattern[str]
    label: CueBefore[bool]
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
    zero_word: re.Pattern[str]
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def han(self) -> bool:
        """True where words follow one another without spaces."""
        return self.language == "zh"


def _folded(forms: Mapping[str, float]) -> dict[str, float]:
    return {fold_form(str(form)).lower(): float(value) for form, value in forms.items()}


def _first_words(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(re.split(r"[\s'*-]", lower_form(form))[0] for form in forms) - {""}


@cache
def number_words(language: Language) -> NumberWords:
    """Return the compiled number vocabulary of a language; raises VocabularyError."""
    data = vocabulary_file(f"numbers/{language}", _NUMBER_KEYS)
    atoms, scales = _folded(data["words"]), _folded(data["scales"])
    bare = frozenset(fold_form(str(form)).lower() for form in data["bare_scales"])
    joiners = "|".join(re.escape(fold_form(joiner)) for joiner in data["joiners"]) or r"(?!)"
    gap = r"" if language == "zh" else r"(?:\s{1,3}|\s?-{1,2}\s?)"
    if language == "ar":
        joined = rf"\s{{1,3}}(?:{joiners})?\s?"
    else:
        joined = rf"{gap}(?:(?:{joiners}){gap})?"
    lists = {
        key: tuple(str(word) for word in data[key])
        for key in (*_NUMBER_KEYS[_NUMBER_KEYS.index("share_of") :], "doubtful_scales")
        if isinstance(data[key], list)
    }
    return NumberWords(
        language=language,
        decimal=data["style"]["decimal"],
        thousands=data["style"]["thousands"],
        atoms=Forms.compile(atoms),
        scales=Forms.compile(scales),
        abbreviations=Forms.compile({fold_form(str(key)): float(value) for key, value in data["abbreviations"].items()}),
        weak=frozenset(fold_form(str(form)).lower() for form in data["weak"]),
        bare_scales=bare,
        doubtful_scales=frozenset(fold_form(str(form)).lower() for form in data["doubtful_scales"]),
        starts={
            "number": _first_words([*atoms, *bare]),
            "share": _first_words(data["shares"]),
            "multiplier": _first_words(data["multipliers"]),
            "zero": _first_words(data["zero_words"]),
        },
        start=re.compile("[" + re.escape("".join(sorted({form[0] for form in [*atoms, *bare]}))) + "]"),
        label=CueBefore.compile(dict.fromkeys(data["labels"], True), han=language == "zh"),  # noqa: FBT003 a set
        joiner=re.compile(joined),
        ordinal=re.compile(rf"\s?(?:{'|'.join(map(re.escape, map(fold_form, data['no_ordinal']))) or '(?!)'})(?!{LETTER})"),
        glued=re.compile(rf"(?<!{LETTER})(?:{'|'.join(map(re.escape, map(fold_form, data['glued']))) or '(?!)'})\Z"),
        shares=Forms.compile(_folded(data["shares"])),
        share_of=cue_after(data["share_of"]),
        multipliers=Forms.compile(_folded(data["multipliers"])),
        multiplier_noun=cue_after(data["multiplier_nouns"]),
        not_multiplied=cue_after(data["not_multiplied"]),
        infix=re.compile("|".join(map(re.escape, data.get("more_than_infix", []))) or r"(?!)"),
        parts=re.compile("|".join(map(re.escape, data.get("parts", []))) or r"(?!)"),
        zero_word=whole_words(data["zero_words"], han=language == "zh"),
        lists=lists,
    )
