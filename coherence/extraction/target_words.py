"""Words that tell of the quality of a target: plans it is part of, the whole territory, none left (target_quality)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.lexicon import TermIndex
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from coherence.extraction.lexicon import TermHit
    from coherence.vocabulary import Language

__all__ = ["find_target_words"]


def find_target_words(text: str, language: Language) -> tuple[TermHit, ...]:
    """Return the words of rules/vocabulary/target_quality in a text; ``id`` of a hit is their group."""
    return tuple(_index(language).find_all(text))


@cache
def _index(language: Language) -> TermIndex:
    groups = per_language("target_quality", language)
    return TermIndex(((group, label) for group, labels in groups.items() for label in labels), language)
