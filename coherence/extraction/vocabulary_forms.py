"""Vocabulary forms compiled for matching at one place, after a place and before a place in folded text.

``*`` in a form stands for any ending of up to eight letters, spaces for any white space, ``2`` and ``3`` at the end
of a unit may be raised. Longer forms win. A form is tried only where the text begins as it does, so that the cost of
a look-up hardly grows with the vocabulary. Offsets are characters, end-exclusive.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeVar

from coherence.extraction.numeric_folding import fold_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["LETTER", "CueBefore", "Forms", "any_of", "cue_after", "form_pattern", "is_han", "lower_form", "whole_words"]

V = TypeVar("V")

LETTER = r"[^\W\d_]"
_HAN = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_RAISED = {"2": "[2²]", "3": "[3³]"}
_CARBON_DIOXIDE = {"co2": "[cс][oо]\\s?[2²]", "CO2": "[CС][OО]\\s?[2²]"}
"""Typists mix Latin and Cyrillic letters in CO2, and set the 2 apart."""
_TWINS = {"c": "с", "C": "С"}
_PLAIN_START = 2
_CUE_STARTS = re.compile(rf"(?<!{LETTER}){LETTER}|[<>≥≤~≈]")
# In Arabic the conjunctions و ف and the prepositions ب ل ك are written as one word with what they lead.
_ARABIC_CUE_STARTS = re.compile(
    rf"(?<!{LETTER}){LETTER}|(?<=(?<!{LETTER})[وفبلك]){LETTER}|(?<=(?<!{LETTER})[وف][بلك]){LETTER}|[<>≥≤~≈]"
)
_HAN_CUE_STARTS = re.compile(r"\S")


def form_pattern(form: str) -> str:
    """Return the regular expression of one folded form, without its boundaries."""
    # Arabic PDF text loses spaces, and an Arabic form is told apart without them.
    space = r"\s{0,3}" if _ARABIC.search(form) else r"\s{1,3}"
    parts: list[str] = []
    for piece in re.split(r"(co2|CO2|\s+|\*|')", form):
        if not piece:
            continue
        if piece in _CARBON_DIOXIDE:
            parts.append(_CARBON_DIOXIDE[piece])
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


def lower_form(form: object) -> str:
    """Fold a vocabulary form as text is folded, in lower case."""
    return fold_form(str(form)).lower()


def is_han(character: str) -> bool:
    """True for Chinese characters, which need no spaces between words."""
    return _HAN.match(character) is not None


def _boundary(form: str) -> str:
    last = form[-1]
    return rf"(?!{LETTER})" if (last.isalpha() or last == "*") and not is_han(last) else ""


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(set(forms), key=lambda form: (-len(form), form))


def any_of(forms: Iterable[object], *, bounded: bool = True) -> str:
    """Return an alternation of forms, folded to lower case; ``(?!)`` where there are none."""
    folded = _longest_first(lower_form(form) for form in forms)
    return "|".join(form_pattern(form) + (_boundary(form) if bounded else "") for form in folded) or "(?!)"


def whole_words(forms: Iterable[object], *, han: bool) -> re.Pattern[str]:
    """Compile forms that stand as whole words (in Chinese, anywhere)."""
    body = any_of(forms)
    return re.compile(body if han else rf"(?<!{LETTER})(?:{body})")


def cue_after(forms: Iterable[object]) -> re.Pattern[str]:
    """Compile cues that start where the match is tried, after up to three spaces or an opening bracket."""
    return re.compile(rf"[\s,(]{{0,3}}(?:{any_of(forms)})")


def _first_characters(form: str) -> tuple[str, ...]:
    """The beginnings under which a form is looked up: two characters where both are plain, else one."""
    start = form[:_PLAIN_START]
    if len(start) == _PLAIN_START and start.isalnum() and form[:3] not in _CARBON_DIOXIDE and start[1] not in _RAISED:
        return (start,)
    return (form[0], _TWINS[form[0]]) if form[:3] in _CARBON_DIOXIDE else (form[0],)


@dataclass(frozen=True, slots=True)
class Forms(Generic[V]):
    """Vocabulary forms with their values, matched at one place; the longest form wins."""

    by_start: dict[str, tuple[str, tuple[V, ...]]]
    """Pattern of the forms that begin with these characters, and the value of each; compiled when a text has them."""

    def match(self, text: str, start: int) -> tuple[int, V] | None:
        """Return the end and the value of the form at ``start``, or None."""
        found = self.by_start.get(text[start : start + 2]) or self.by_start.get(text[start : start + 1])
        if found is None:
            return None
        hit = _compiled(found[0]).match(text, start)
        return None if hit is None or hit.lastindex is None else (hit.end(), found[1][hit.lastindex - 1])

    @staticmethod
    def compile(forms: Mapping[str, V], *, bounded: bool = True) -> Forms[V]:
        """Index forms; if ``bounded``, one that ends in a letter ends before the next letter."""
        grouped: dict[str, list[str]] = defaultdict(list)
        for form in _longest_first(forms):
            for start in _first_characters(form):
                grouped[start].append(form)
        by_start = {}
        for start, members in grouped.items():
            all_members = _longest_first([*members, *(grouped.get(start[0], ()) if len(start) > 1 else ())])
            parts = [f"({form_pattern(form)}){_boundary(form) if bounded else ''}" for form in all_members]
            by_start[start] = "|".join(parts), tuple(forms[form] for form in all_members)
        return Forms(by_start)


@cache  # of hundreds of beginnings a text has few, and compiling all takes longer than reading a document with them
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class CueBefore(Generic[V]):
    """Cues that end just before a place, up to three bridging words apart."""

    forms: Forms[V]
    gap: re.Pattern[str]
    starts: re.Pattern[str]

    def search(self, text: str, begin: int, end: int) -> tuple[int, int, V] | None:
        """Return start, end and value of the cue that starts first and leads up to ``end``, or None."""
        for found in self.starts.finditer(text, begin, end):
            hit = self.forms.match(text, found.start())
            if hit is not None and hit[0] <= end and self.gap.fullmatch(text, hit[0], end):
                return found.start(), hit[0], hit[1]
        return None

    @staticmethod
    def compile(cues: Mapping[str, V], *, bridges: Iterable[object] = (), han: bool = False) -> CueBefore[V]:
        """Compile cues given with their values."""
        words = any_of(bridges)
        gap = rf"(?:[\s:(]{{0,3}}(?:{words})(?=[\s:('-]|\Z)){{0,3}}[\s:(-]{{0,4}}"
        folded = {lower_form(cue): value for cue, value in cues.items()}
        arabic = any(_ARABIC.match(form) for form in folded)
        starts = _HAN_CUE_STARTS if han else _ARABIC_CUE_STARTS if arabic else _CUE_STARTS
        return CueBefore(Forms.compile(folded), re.compile(gap), starts)
