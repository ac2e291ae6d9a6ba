"""What a commitment does to land, water or nature, or against a risk: overlaps are told between equal or nested works.

The vocabulary is rules/vocabulary/works. A work is named by the quote itself (words, or an object with an action), else
by the themes of the commitment.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from coherence.extraction.pairing import neighbours, pair_actions
from coherence.extraction.theme_lexicon import NEGATIVE, action_classes, checked_index, combinations_of, find_words
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.extraction.lexicon import TermIndex
    from coherence.extraction.theme_lexicon import Combination
    from coherence.vocabulary import Language

__all__ = ["Work", "find_works", "work_table"]


@dataclass(frozen=True, slots=True)
class Work:
    """One work of rules/vocabulary/works.yaml."""

    id: str
    themes: frozenset[str]
    combinations: tuple[Combination, ...]
    land: frozenset[str]
    """Kinds of land on which it is counted, where the text names none."""
    within: frozenset[str]
    """Works as part of which it may be counted."""
    instead_of: frozenset[str]
    wide: bool
    by_name: bool


_PURPOSE = "purpose"
_STUDY = "study"
_OPENING = 2
"""Words (in Chinese: pairs of characters) that may stand before the word of a study: "Carry out a survey of"."""
_BESIDE = 1
"""Words between that of a study and an action that goes with it ("and")."""
_FEWEST_WORDS = 4
"""Before a purpose: fewer are a label that says nothing of what is done ("Programme in order to")."""


@cache
def work_table() -> dict[str, Work]:
    """Return the works by id, in the vocabulary's order; raises VocabularyError. Do not modify the result."""
    return {name: _work(name, data or {}) for name, data in term_list("works").items()}


def find_works(text: str, language: Language, themes: Iterable[str] = ()) -> frozenset[str]:
    """Return what a commitment mainly does, by its quote and its themes, the most specific theme first.

    This is what the quote names before it says what for, and the work of the first theme that has one, unless the quote
    names that one as its purpose only or the work must be named. What is only studied or mapped is not done.
    """
    if _only_studies(text, language):
        return frozenset()
    named, done = _named(text, language), _named(_before_purpose(text, language), language)
    told = (_of_theme(theme) - _replaced(named) for theme in themes)
    by_theme = next((found for found in told if found), frozenset())
    return done | {name for name in by_theme - (named - done) if not work_table()[name].by_name}


@cache
def _of_theme(theme: str) -> frozenset[str]:
    return frozenset(work.id for work in work_table().values() if theme in work.themes)


@lru_cache(maxsize=4096)
def _named(text: str, language: Language) -> frozenset[str]:
    """Return the works that words, or actions on objects, name; a theme's own words name its works."""
    hits = find_words(text, language)
    pairs = {(pair.object.id, action_classes()[pair.action.id][0]) for pair in pair_actions(text, hits, language)}
    beside = {(one.id, other.id) for one, other in neighbours(hits.nested_objects)}
    named = _by_words(text, language)
    named |= {work.id for work in work_table().values() if any(c.holds(pairs, beside) for c in work.combinations)}
    named |= {name for hit in hits.themes for name in _of_theme(hit.id)}
    return frozenset(named - _replaced(named))


def _only_studies(text: str, language: Language) -> bool:
    """Tell whether a quote opens with words of study and no other action stands beside them ("survey and restore")."""
    studies = [hit for hit in _index(language).find_all(text) if hit.id == _STUDY]
    if not studies or _words(text[: studies[0].start], language) > _OPENING:
        return False
    acts = {pair.action.start for pair in pair_actions(text, find_words(text, language), language)}
    acts -= {hit.start for hit in studies}
    return not any(
        hit.end <= start and _words(text[hit.end : start], language) <= _BESIDE for hit in studies for start in acts
    )


def _words(text: str, language: Language) -> int:
    return len(text) // 2 if language == "zh" else sum(any(map(str.isalpha, word)) for word in text.split())


def _replaced(named: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(work_table()[name].instead_of for name in named))


def _by_words(text: str, language: Language) -> set[str]:
    found = [hit for hit in _index(language).find_all(text) if hit.id not in {_PURPOSE, _STUDY}]
    taken_back = [(hit.id.removesuffix(NEGATIVE), hit) for hit in found if hit.id.endswith(NEGATIVE)]
    return {
        hit.id
        for hit in found
        if not hit.id.endswith(NEGATIVE)
        and not any(hit.id == name and other.start <= hit.start and hit.end <= other.end for name, other in taken_back)
    }


def _before_purpose(text: str, language: Language) -> str:
    head = text[: next((hit.start for hit in _index(language).find_all(text) if hit.id == _PURPOSE), len(text))]
    return text if len(head.split()) < _FEWEST_WORDS and language != "zh" else head


def _work(name: str, data: dict[str, Any]) -> Work:
    return Work(
        id=name,
        themes=frozenset(data.get("themes", ())),
        combinations=combinations_of(data),
        land=frozenset(data.get("land", ())),
        within=frozenset(data.get("within", ())),
        instead_of=frozenset(data.get("instead_of", ())),
        wide=bool(data.get("wide")),
        by_name=bool(data.get("wide") or data.get("by_name")),
    )


@cache
def _index(language: Language) -> TermIndex:
    return checked_index("works", language, work_table().keys() | {_PURPOSE, _STUDY})
