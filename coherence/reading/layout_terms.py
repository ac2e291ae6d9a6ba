"""Marks of lists, words of captions and other signs of layout, from rules/vocabulary/layout.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from coherence.vocabulary import term_list

__all__ = ["LayoutTerms", "layout_terms"]


@dataclass(frozen=True, slots=True)
class LayoutTerms:
    """The terms, folded to lower case where case does not matter."""

    bullets: frozenset[str]
    symbol_font_bullets: frozenset[str]
    symbol_fonts: tuple[str, ...]
    captions: frozenset[str]
    divisions: tuple[frozenset[str], ...]
    exponent_units: frozenset[str]
    raised_letters: frozenset[str]


@cache
def layout_terms() -> LayoutTerms:
    """Return the terms; raises VocabularyError where the file is missing or faulty."""
    data = term_list("layout")
    return LayoutTerms(
        bullets=frozenset(data["bullets"]),
        symbol_font_bullets=frozenset(data["symbol_font_bullets"]),
        symbol_fonts=tuple(data["symbol_fonts"]),
        captions=frozenset(word for words in data["captions"].values() for word in words),
        divisions=tuple(frozenset(words) for words in data["divisions"]),
        exponent_units=frozenset(data["exponent_units"]),
        raised_letters=frozenset(data["raised_letters"]),
    )
