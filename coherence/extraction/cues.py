"""Cue words: what makes a statement a promise, a memory, a forecast or a condition (after ConText).

The lists stand in rules/vocabulary/cues, one file per language; a class is a list of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from coherence.extraction.lexicon import TermIndex
from coherence.vocabulary import Language, per_language

__all__ = ["HEADING_CLASSES", "CueHit", "classes_of_heading", "find_cues", "is_total"]

HEADING_CLASSES = (
    "heading_target",
    "heading_background",
    "head_target",
    "head_background",
    "total_row",
)
"""Classes that are looked for in headings and table heads, never in running text."""

_LONGEST_HEADING = 200
_OPENING = 2
"""Characters (a bullet, a quotation mark) that may stand before the word for a total."""


@dataclass(frozen=True, slots=True, order=True)
class CueHit:
    """A cue in a text; ``text[start:end] == words``."""

    start: int
    end: int
    cue: str
    words: str


def find_cues(text: str, language: Language) -> tuple[CueHit, ...]:
    """Return the cues of running text in order; of overlapping ones the longest stands."""
    return tuple(CueHit(h.start, h.end, h.id, text[h.start : h.end]) for h in _text_index(language).find(text))


@lru_cache(maxsize=4096)
def classes_of_heading(text: str, language: Language, kind: str) -> frozenset[str]:
    """Return what a heading (``kind="heading"``) or column head (``kind="head"``) says of what stands below it.

    Of: ``target``, ``background``, ``conditional``, ``unconditional``, ``bau``, ``need``.
    """
    text = text[:_LONGEST_HEADING]
    found = {h.id.removeprefix(f"{kind}_") for h in _head_index(language, kind).find(text)}
    found |= {h.id for h in _text_index(language).find(text) if h.id in {"conditional", "unconditional", "bau", "need"}}
    return frozenset(found)


@lru_cache(maxsize=4096)
def is_total(label: str, language: Language) -> bool:
    """Tell whether a row label opens with a word for a total."""
    return any(hit.id == "total_row" and hit.start <= _OPENING for hit in _total_index(language).find(label[:60]))


@cache
def _text_index(language: Language) -> TermIndex:
    lists = per_language("cues", language)
    return TermIndex(
        ((name, label) for name, labels in lists.items() if name not in HEADING_CLASSES for label in labels), language
    )


@cache
def _head_index(language: Language, kind: str) -> TermIndex:
    lists = per_language("cues", language)
    names = (f"{kind}_target", f"{kind}_background")
    return TermIndex(((name, label) for name in names for label in lists[name]), language)


@cache
def _total_index(language: Language) -> TermIndex:
    return TermIndex((("total_row", label) for label in per_language("cues", language)["total_row"]), language)
