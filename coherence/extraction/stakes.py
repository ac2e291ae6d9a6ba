"""What a promise brings about that may press on land, water or nature, and what it keeps: rules set these apart.

The vocabulary is rules/vocabulary/stakes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.roles import LEADING, Scheme, named_roles, role_ids
from coherence.extraction.theme_lexicon import find_words
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from coherence.vocabulary import Language

__all__ = ["STAKES", "Stakes", "find_stakes", "is_soft", "stake_ids"]

_SOFT = "soft"
_STILL = "still"
_TAKEN = "taken"
STAKES = Scheme(
    "stakes",
    ("pressures", "keeps"),
    retractable=frozenset({"pressures"}),
    marks=LEADING | {_SOFT, "large", "small", "principle", "effect"},
)


@dataclass(frozen=True, slots=True)
class Stakes:
    """Ids of rules/vocabulary/stakes.yaml that a text names, in the vocabulary's order."""

    pressures: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    curbs: tuple[str, ...] = ()
    """Pressures that it reduces, limits or ends."""
    marks: frozenset[str] = frozenset()
    """Lists of other words that stand beside them: ``large``, ``small``, ``principle``, ``effect``, ``soft``; ``still``
    where no word of an action stands, ``taken`` where words take a stake back."""


def stake_ids(kind: str) -> tuple[str, ...]:
    """Return the ids of ``pressures`` or of ``keeps``, in the vocabulary's order; raises VocabularyError."""
    return role_ids(STAKES, kind)


@lru_cache(maxsize=4096)
def find_stakes(text: str, language: Language) -> Stakes:
    """Return what a statement presses on and what it keeps."""
    found, marks, curbed, taken = named_roles(STAKES, text, language)
    marks |= {_TAKEN} if taken else set()
    if not find_words(text, language).actions:
        marks |= {_STILL}
    told, ended = _meant(found), _meant(curbed)
    pressures, curbs = (
        _of_known_kind(tuple(name for name in stake_ids("pressures") if name in ids)) for ids in (told, ended - told)
    )
    keeps = tuple(name for name in stake_ids("keeps") if name in found)
    return Stakes(pressures, () if _SOFT in marks else keeps, curbs, marks)


def _meant(ids: frozenset[str]) -> frozenset[str]:
    """Return ids with, in place of a group of words with conditions of its own, the pressure that it stands for."""
    entries = term_list(STAKES.name)["pressures"]
    return frozenset(entries.get(name, {}).get("stands_for", name) for name in ids)


def _of_known_kind(pressures: tuple[str, ...]) -> tuple[str, ...]:
    """Return pressures without the kinds of one that is not among them: what takes it back takes them back."""
    entries = term_list(STAKES.name)["pressures"]
    return tuple(name for name in pressures if entries[name].get("kind_of", name) in pressures)


def is_soft(text: str, language: Language) -> bool:
    """Tell whether words of what is only known, taught, agreed or counted stand in a text."""
    return _SOFT in named_roles(STAKES, text, language).marks
