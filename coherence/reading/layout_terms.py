"""Marks of lists, words of captions and other signs of layout, from rules/vocabulary/layout.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    empty_values: frozenset[str]
    currency_signs: tuple[str, ...]
    symbol_font_codes: Mapping[int, str]
    """Signs by their code in the font, from 0."""
    bold_fonts: tuple[str, ...]
    right_to_left: frozenset[str]
    heading_nouns: frozenset[str]


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
        empty_values=frozenset(data["empty_values"]),
        currency_signs=tuple(sorted(data["currency_signs"], key=len, reverse=True)),
        symbol_font_codes=MappingProxyType({int(code, 16): sign for code, sign in data["symbol_font_codes"].items()}),
        bold_fonts=tuple(data["bold_fonts"]),
        right_to_left=frozenset(data["right_to_left"]),
        heading_nouns=frozenset(data["heading_nouns"]),
    )
