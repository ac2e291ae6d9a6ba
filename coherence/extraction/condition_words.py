"""The words by which a condition said once reaches other promises.

They stand in rules/vocabulary/conditions, one file per language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from coherence.extraction.lexicon import TermIndex
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from coherence.extraction.context import Context
    from coherence.vocabulary import Language

__all__ = [
    "COMPONENTS",
    "Component",
    "complements_support",
    "component_of",
    "condition_words",
    "means_support",
    "opens_with",
]

Component = Literal["adaptation", "mitigation"]
COMPONENTS: tuple[Component, ...] = ("adaptation", "mitigation")
_SENTENCE_END = re.compile(r"[.;。؛](?=\s|$)")
_DENIAL_REACH = 60
"""Characters before a condition in which a word denies it."""
_SUPPORT_REACH = 200
"""Characters after "subject to" in which it must say of which support."""
_OPENING = 24
"""Characters that may stand before the words that take up the sentence before ("However, this target …")."""


@lru_cache(maxsize=4096)
def condition_words(text: str, language: Language) -> frozenset[str]:
    """Return the classes of rules/vocabulary/conditions that a text has words of."""
    return frozenset(hit.id for hit in _index(language).find_all(text))


@lru_cache(maxsize=4096)
def opens_with(text: str, name: str, language: Language) -> bool:
    """Tell whether a sentence opens with a word of one class, but for a short word or two before it."""
    return any(hit.id == name and hit.start <= _OPENING for hit in _index(language).find_all(text[: 4 * _OPENING]))


def means_support(text: str, start: int, end: int, label: str, language: Language) -> bool | None:
    """Tell what a conditional cue at ``start`` to ``end`` comes to: True a condition of support, False one denied.

    None where it is a condition of something else.
    """
    before = _index(language).find_all(_SENTENCE_END.split(text[max(0, start - _DENIAL_REACH) : start])[-1])
    if any(hit.id == "denial" for hit in before):
        return False
    if label not in _needing_support(language):
        return True
    after = _SENTENCE_END.split(text[end : end + _SUPPORT_REACH])[0]
    return True if "support" in condition_words(after, language) else None


def complements_support(text: str, start: int, end: int, language: Language) -> bool:
    """Tell whether own means are only named beside the support that all hangs on.

    "Contingent upon international support to complement domestic efforts" is one condition.
    """
    if "own" not in condition_words(text[start:end], language):
        return False
    before = _SENTENCE_END.split(text[max(0, start - _SUPPORT_REACH) : start])[-1]
    hanging = [hit for hit in _index(language).find(before) if hit.id == "needs_support"]
    return bool(hanging) and "support" in condition_words(before[hanging[-1].end :], language)


def component_of(text: str, context: Context, language: Language) -> Component | None:
    """Return the part of the contribution that a statement belongs to: the one it names, else that it stands under."""
    for governing in (text, *context.bands, context.caption, context.lead_in, *context.headings):
        words = condition_words(governing, language) if governing else frozenset()
        named = [component for component in COMPONENTS if words & {component, f"heading_{component}"}]
        if len(named) == 1:
            return named[0]
    return None


@cache
def _needing_support(language: Language) -> frozenset[str]:
    return frozenset(per_language("conditions", language)["needs_support"])


@cache
def _index(language: Language) -> TermIndex:
    lists = per_language("conditions", language)
    return TermIndex(((name, label) for name, labels in lists.items() for label in labels), language)
