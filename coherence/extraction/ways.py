"""How a commitment is carried out: by work on the ground, or by teaching, research, observation, payment or rules.

Two commitments that name one work and differ in this count nothing twice: who trains foresters plants no trees. The
vocabulary is rules/vocabulary/ways.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.pairing import pair_actions
from coherence.extraction.theme_lexicon import NEGATIVE, checked_index, find_words
from coherence.vocabulary import per_language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.extraction.lexicon import TermHit, TermIndex
    from coherence.vocabulary import Language

__all__ = ["FIELD", "count_words", "find_way", "opening", "standing", "way_names"]

FIELD = "field"
"""The way of what is done on the ground."""
_AND = "and"
_OPENING = 4
"""Words (in Chinese: pairs of characters) that may stand before one that opens a quote: "Carry out a survey of"."""
_LABEL = 4
"""Words of a label that may stand, with a colon, before the opening: "Water sector: monitoring of"."""
_MARKS = (",", ";", "/", "|", "،", "、", "，")
"""Marks that join a further action to the one before."""
_COLONS = (":", "：")


@cache
def way_names() -> frozenset[str]:
    """Return the ways that a commitment may be carried out in, work on the ground among them."""
    return frozenset({FIELD, *term_list("ways")})


def find_way(text: str, language: Language, theme: str | None = None) -> str:
    """Return how a commitment is carried out, by the words that open its quote, else by its main theme."""
    hit = opening(text, language, standing(_index(language).find_all(text)))
    return hit.id if hit else _by_theme().get(theme or "", FIELD)


def opening(text: str, language: Language, hits: Sequence[TermHit]) -> TermHit | None:
    """Return the first of the hits if it opens the text and no other action goes with it ("survey and restore")."""
    hits = [hit for hit in hits if hit.id != _AND]
    before = text[_after_label(text, language) : hits[0].start] if hits else ""
    if not hits or count_words(before, language) > _OPENING or _joins(before.split()[-1:], language):
        return None
    acts = {pair.action.start for pair in pair_actions(text, find_words(text, language), language)}
    acts -= {hit.start for hit in hits}
    return None if any(_joined(text, language, hit.end, start) for hit in hits for start in acts) else hits[0]


def standing(hits: Iterable[TermHit]) -> list[TermHit]:
    """Return the hits, but for words that others take back ("loss of forest cover")."""
    hits = tuple(hits)
    taken_back = [(hit.id.removesuffix(NEGATIVE), hit) for hit in hits if hit.id.endswith(NEGATIVE)]
    return [
        hit
        for hit in hits
        if not hit.id.endswith(NEGATIVE)
        and not any(hit.id == name and back.start <= hit.start and hit.end <= back.end for name, back in taken_back)
    ]


def count_words(text: str, language: Language) -> int:
    """Return the number of words; two Chinese characters stand for one."""
    return len(text) // 2 if language == "zh" else sum(any(map(str.isalpha, word)) for word in text.split())


def _after_label(text: str, language: Language) -> int:
    ends = [place for place in map(text.find, _COLONS) if place >= 0]
    first = min(ends, default=0)
    return first + 1 if ends and count_words(text[:first], language) <= _LABEL else 0


def _joined(text: str, language: Language, end: int, start: int) -> bool:
    """Tell whether nothing but a joining word, or no word at all, stands between two places."""
    between = text[end:start].strip()
    return end <= start and (between in _MARKS or _joins([between.strip("".join(_MARKS))], language))


def _joins(words: Sequence[str], language: Language) -> bool:
    return any(word.casefold() in per_language("ways", language)[_AND] for word in words)


@cache
def _by_theme() -> dict[str, str]:
    return {theme: way for way, data in term_list("ways").items() for theme in (data or {}).get("themes", ())}


@cache
def _index(language: Language) -> TermIndex:
    return checked_index("ways", language, {*term_list("ways"), _AND})
