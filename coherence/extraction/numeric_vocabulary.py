"""Number words, unit names and year cues, read from rules/vocabulary and compiled once per language.

A form in the vocabulary is matched on folded text (see numeric_folding): spaces stand for any white space, ``*``
for any ending of up to eight letters, ``2`` and ``3`` at the end of a unit may be raised. Longer forms win.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from coherence.errors import Fault, VocabularyError
from coherence.extraction.numeric_folding import fold_form
from coherence.vocabulary import term_list_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.vocabulary import Language

__all__ = ["LETTER", "Forms", "NumberWords", "cue_after", "cue_before", "form_pattern", "is_han", "number_words", "vocabulary_file", "whole_words"]

V = TypeVar("V")

LETTER = r"[^\W\d_]"
_HAN = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_RAISED = {"2": "[2²]", "3": "[3³]"}
_CARBON_DIOXIDE = "[cс][oо]\\s?[2²]"
"""Typists mix Latin and Cyrillic letters in CO2, and set the 2 apart."""


def form_pattern(form: str) -> str:
    """Return the regular expression of one vocabulary form, without its boundaries."""
    parts: list[str] = []
    # Arabic PDF text loses spaces, and an Arabic form is told apart without them.
    space = r"\s{0,3}" if _ARABIC.search(form) else r"\s{1,3}"
    for piece in re.split(r"(co2|CO2|\s+|\*|')", form):
        if not piece:
            continue
        if piece in {"co2", "CO2"}:
            parts.append(_CARBON_DIOXIDE if piece.islower() else _CARBON_DIOXIDE.upper().replace("\\S", "\\s"))
        elif piece.isspace():
            parts.append(space)
        elif piece == "*":
            parts.append(rf"{LETTER}{{0,8}}")
        elif piece == "'":
            parts.append(r"'\s?")
        else:
            escaped = re.escape(piece).replace(r"\-", r"\s?-{1,2}\s?")
            parts.append(escaped[:-1] + _RAISED[piece[-1]] if len(piece) > 1 and piece[-1] in _RAISED else escaped)
    return "".join(parts)


def is_han(character: str) -> bool:
    """True for Chinese characters, which need no spaces between words."""
    return _HAN.match(character) is not None


def _ends_in_letter(form: str) -> bool:
    last = form[-1]
    return (last.isalpha() or last == "*") and not is_han(last)


@dataclass(frozen=True, slots=True)
class Forms(Generic[V]):
    """Vocabulary forms with their values, matched at one place; the longest form wins."""

    pattern: re.Pattern[str]
    values: tuple[V, ...]

    def match(self, text: str, start: int) -> tuple[int, V] | None:
        """Return the end and the value of the form at ``start``, or None."""
        found = self.pattern.match(text, start)
        if found is None or found.lastindex is None:
            return None
        return found.end(), self.values[found.lastindex - 1]

    @staticmethod
    def compile(forms: Mapping[str, V], *, prefix: str = "") -> Forms[V]:
        """Compile forms; a form that ends in a letter ends before the next letter."""
        ordered = sorted(forms.items(), key=lambda item: (-len(item[0]), item[0]))
        parts = [f"({form_pattern(form)}){_boundary(form)}" for form, _ in ordered]
        pattern = re.compile(prefix + "(?:" + "|".join(parts) + ")") if parts else re.compile(r"(?!)")
        return Forms(pattern, tuple(value for _, value in ordered))


def _boundary(form: str) -> str:
    return rf"(?!{LETTER})" if _ends_in_letter(form) else ""


def cue_before(cues: Iterable[str], *, bridges: Iterable[str] = ()) -> re.Pattern[str]:
    """Compile cues that must end where the search ends, up to three bridging words apart."""
    parts = sorted({fold_form(cue).lower() for cue in cues}, key=lambda cue: (-len(cue), cue))
    if not parts:
        return re.compile(r"(?!)")
    body = "|".join((rf"(?<!{LETTER})" if _starts_in_letter(part) else "") + form_pattern(part) for part in parts)
    words = "|".join(form_pattern(fold_form(word).lower()) for word in sorted(bridges, key=lambda w: (-len(w), w)))
    gap = rf"(?:[\s:(]{{1,3}}(?:{words})(?=[\s:(']|\Z)){{0,3}}" if words else ""
    return re.compile(rf"(?P<cue>{body}){gap}[\s:(-]{{0,4}}\Z")


def _starts_in_letter(form: str) -> bool:
    return form[0].isalpha() and not is_han(form[0])


def cue_after(cues: Iterable[str]) -> re.Pattern[str]:
    """Compile cues that start where the match is tried, after up to three spaces or an opening bracket."""
    parts = sorted({fold_form(cue).lower() for cue in cues}, key=lambda cue: (-len(cue), cue))
    if not parts:
        return re.compile(r"(?!)")
    return re.compile(r"[\s,(]{0,3}(?:" + "|".join(form_pattern(part) + _boundary(part) for part in parts) + ")")


def whole_words(forms: Iterable[str], language: Language) -> re.Pattern[str]:
    """Compile forms that stand as whole words (in Chinese, anywhere)."""
    parts = sorted({fold_form(str(form)).lower() for form in forms}, key=lambda form: (-len(form), form))
    body = "|".join(form_pattern(part) for part in parts) or "(?!)"
    return re.compile(body if language == "zh" else rf"(?<!{LETTER})(?:{body})(?!{LETTER})")


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
    start: re.Pattern[str]
    joiner: re.Pattern[str]
    ordinal: re.Pattern[str]
    glued: re.Pattern[str]
    shares: Forms[float]
    share_start: re.Pattern[str]
    share_of: re.Pattern[str]
    multipliers: Forms[float]
    multiplier_start: re.Pattern[str]
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


def _starts(forms: Iterable[str], language: Language) -> re.Pattern[str]:
    """A quick search for places where a form may begin: words that share its first word."""
    if language == "zh":
        return re.compile("|".join(sorted({re.escape(fold_form(form)) for form in forms}, key=len, reverse=True)) or r"(?!)")
    heads = sorted({re.split(r"[\s'*-]", fold_form(form).lower())[0] for form in forms} - {""}, key=lambda w: (-len(w), w))
    clitic = "و?" if language == "ar" else ""
    return re.compile(rf"(?<![^\W_]){clitic}(?P<head>{'|'.join(map(re.escape, heads))})" if heads else r"(?!)")


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
        start=_starts([*atoms, *bare], language),
        joiner=re.compile(joined),
        ordinal=re.compile(rf"\s?(?:{'|'.join(map(re.escape, map(fold_form, data['no_ordinal']))) or '(?!)'})(?!{LETTER})"),
        glued=re.compile(rf"(?<!{LETTER})(?:{'|'.join(map(re.escape, map(fold_form, data['glued']))) or '(?!)'})\Z"),
        shares=Forms.compile(_folded(data["shares"])),
        share_start=_starts(data["shares"], language),
        share_of=cue_after(data["share_of"]),
        multipliers=Forms.compile(_folded(data["multipliers"])),
        multiplier_start=_starts(data["multipliers"], language),
        multiplier_noun=cue_after(data["multiplier_nouns"]),
        not_multiplied=cue_after(data["not_multiplied"]),
        infix=re.compile("|".join(map(re.escape, data.get("more_than_infix", []))) or r"(?!)"),
        parts=re.compile("|".join(map(re.escape, data.get("parts", []))) or r"(?!)"),
        zero_word=whole_words(data["zero_words"], language),
        lists=lists,
    )
