"""In which zone of a country a commitment acts: at the coast, in the sea, on slopes, in plains, in the dry interior.

Two commitments whose zones exclude each other meet on no hectare. The vocabulary is rules/vocabulary/zones.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.theme_lexicon import checked_index
from coherence.extraction.ways import standing
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.extraction.lexicon import TermIndex
    from coherence.vocabulary import Language

__all__ = ["find_zones", "zones_exclude"]


def find_zones(text: str, language: Language, works: Iterable[str] = ()) -> frozenset[str]:
    """Return the zones that a quote names, and those in which alone one of its works is done."""
    works = frozenset(works)
    named = {hit.id for hit in standing(_index(language).find_all(text))}
    return frozenset(named | {name for name, data in _zones().items() if works.intersection(data.get("works", ()))})


@cache
def zones_exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether both name zones, and each zone of one lies elsewhere than each of the other."""
    return bool(one and other) and all(frozenset({here, there}) in _excluding() for here in one for there in other)


@cache
def _zones() -> dict[str, dict[str, dict[str, str]]]:
    return {name: data or {} for name, data in term_list("zones").items()}


@cache
def _excluding() -> frozenset[frozenset[str]]:
    return frozenset(frozenset({name, other}) for name, data in _zones().items() for other in data.get("excludes", ()))


@cache
def _index(language: Language) -> TermIndex:
    return checked_index("zones", language, _zones().keys())
