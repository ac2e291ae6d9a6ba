"""What the quotes of two commitments say in common: words that few commitments of the dossier have, words at large."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from coherence.graph import theme_table
from coherence.quote_words import content_words, shared_wording, telling_words

if TYPE_CHECKING:
    from coherence.vocabulary import Language

__all__ = ["WORDS", "WORD_INPUTS"]

_Row = Mapping[str, Any]

WORD_INPUTS: dict[str, tuple[str, ...]] = {
    "shared_terms": ("language", "terms", "themes"),
    "shared_wording": ("language", "quote"),
    "shared_words": ("language", "quote"),
}
"""The facts of both commitments that each fact of words depends on."""


def _shared_terms(a: _Row, b: _Row) -> frozenset[str]:
    shared: frozenset[str] = a["terms"] & b["terms"]
    # That both say the name of a theme that they have in common adds nothing to it.
    for theme in a["themes"] & b["themes"] if shared else ():
        shared -= _words_of_name(theme, a["language"])
    return shared


def _shared_wording(a: _Row, b: _Row) -> Decimal | None:
    if a["language"] != b["language"]:
        return None
    share = shared_wording(a["quote"], b["quote"])
    return None if share is None else Decimal(repr(round(share, 2)))


def _shared_words(a: _Row, b: _Row) -> Decimal | None:
    language = a["language"]
    # Chinese has no word limits: what stands between two signs is no word.
    if language != b["language"] or language == "zh":
        return None
    return Decimal(len(telling_words(a["quote"], language) & telling_words(b["quote"], language)))


@cache
def _words_of_name(theme: str, language: Language) -> frozenset[str]:
    named = theme_table().get(theme)
    return content_words(named.label(language)) if named else frozenset()


WORDS: dict[str, Callable[[_Row, _Row], Any]] = {
    "shared_terms": _shared_terms,
    "shared_wording": _shared_wording,
    "shared_words": _shared_words,
}
"""How each fact of words is computed from the facts of a and b."""
