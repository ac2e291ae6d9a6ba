"""What a promise does that is known to help something else (levers), and what it wants to come about (ends).

The vocabulary is rules/vocabulary/levers; which lever serves which end stands in rules/frameworks/levers.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.concepts import find_concepts
from coherence.extraction.roles import Scheme, named_roles, role_ids, roles
from coherence.extraction.stakes import is_soft
from coherence.extraction.theme_lexicon import find_words

if TYPE_CHECKING:
    from coherence.extraction.roles import Named, Role
    from coherence.vocabulary import Language

__all__ = ["LEVERS", "Levers", "find_levers", "lever_ids", "lever_roles"]

LEVERS = Scheme("levers", ("levers", "ends"))


@dataclass(frozen=True, slots=True)
class Levers:
    """Ids of rules/vocabulary/levers.yaml that a promise names, in the vocabulary's order."""

    levers: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def lever_ids(kind: str) -> tuple[str, ...]:
    """Return the ids of ``levers`` or of ``ends``, in the vocabulary's order; raises VocabularyError."""
    return role_ids(LEVERS, kind)


def lever_roles() -> dict[str, Role]:
    """Return levers and ends by id; raises VocabularyError. Do not modify the result."""
    return roles(LEVERS)


@lru_cache(maxsize=4096)
def find_levers(text: str, language: Language, themes: tuple[str, ...] = (), *, aim: bool = True) -> Levers:
    """Return the levers and ends of a promise; ``themes`` are those that it acts on, the main one first.

    ``aim`` tells whether it is an aim by its kind; a measure has an end only where its words say so.

    What words name beside these themes says where or for whom, and a theme that only the headings above name is not
    what this promise does: both must meet. What is only to be known, taught or agreed is no end yet, and a lever by its
    words and main theme only.
    """
    concepts = frozenset(find_concepts(text, language).themes)
    main = frozenset(themes[:1])
    named = named_roles(LEVERS, text, language)
    soft = is_soft(text, language)
    # A promise aims at what it is mainly about; the measures that it names on the way are all levers.
    levers = _found("levers", named, concepts & (main if soft else frozenset(themes)))
    if not find_words(text, language).actions:
        levers = tuple(lever for lever in levers if not lever_roles()[lever].general)
    ends = _found("ends", named, concepts & main if aim else frozenset())
    return Levers(levers, tuple(end for end in ends if not soft or lever_roles()[end].soft))


def _found(kind: str, named: Named, themes: frozenset[str]) -> tuple[str, ...]:
    """Return the ids of one kind that words name or that themes stand for, which are themes of its own words."""
    entries = lever_roles()
    return tuple(
        name
        for name in lever_ids(kind)
        if name not in named.taken
        and not entries[name].unless & named.ids
        and (name in named.ids or (entries[name].themes & themes and not entries[name].yields_to & named.ids))
    )
