"""Which other instrument a statement speaks for: "The adaptation plan foresees 400 ha", "selon la contribution".

Such a statement is no promise of the document in which it stands. Words stand in rules/vocabulary/restatement, names
of instruments in rules/vocabulary/mentions.yaml.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coherence.extraction.lexicon import TermIndex
from coherence.extraction.official_targets import instruments_named
from coherence.model_basics import RIO_INSTRUMENTS
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.context import Mention
    from coherence.extraction.lexicon import TermHit
    from coherence.model_basics import Instrument
    from coherence.vocabulary import Language

__all__ = ["Attribution", "attribution_of", "names_another"]

_NEAR, _NEAR_HAN = 45, 12
"""Characters between the name of an instrument and the verb behind it ("the strategy, revised in 2015, foresees")."""
_RIGHT_BEFORE = 8
"""Characters (an article) between a word such as "according to" and the name behind it."""
_OPENING = 30
"""Characters of a sentence within which it opens with the name."""
_PAUSES = frozenset(";:.；：。؛")


class Attribution(NamedTuple):
    """What a sentence says of another instrument, ``start`` to ``end``: characters of it, end-exclusive."""

    instrument: Instrument
    planned: bool
    """Whether it wants or plans what is told, and not only reports it."""
    start: int
    """Where the words begin from which on the other one speaks."""
    everywhere: bool
    """Whether what stands before these words is told of it too ("60 ha are lost, according to the plan")."""
    opens: bool
    """Whether the sentence opens with its name."""


def attribution_of(mention: Mention, own: Instrument) -> Attribution | None:
    """Return the other instrument that a mention outside tables speaks for, None where the document speaks itself."""
    if mention.in_table:
        return None
    focus = mention.focus[0] - mention.start
    low, high = (place - mention.start for place in mention.clause)
    for found in _attributions(mention.text, mention.language, own):
        within = low <= found.start < high
        if mention.quantity is None:
            if found.opens and found.planned:
                return found
        elif within and (found.everywhere or focus >= found.start):
            return found
    return None


def names_another(text: str, language: Language, own: Instrument) -> bool:
    """Tell whether a text names an instrument other than the document's own."""
    return any(name.id != own for name in _names(text, language))


@lru_cache(maxsize=4096)
def _attributions(sentence: str, language: Language, own: Instrument) -> tuple[Attribution, ...]:
    """Return what a sentence tells of other instruments, in order."""
    names = _names(sentence, language)
    if not any(name.id != own for name in names):
        return ()
    hits = _index(language).find(sentence)
    return tuple(
        found
        for name in names
        if name.id != own and (found := _told_of(name, sentence, hits, language, names)) is not None
    )


def _told_of(
    name: TermHit, sentence: str, hits: tuple[TermHit, ...], language: Language, names: tuple[TermHit, ...]
) -> Attribution | None:
    """Return what the words around a name say that its instrument tells, or None."""
    instrument = next(each for each in RIO_INSTRUMENTS if each == name.id)
    leading = [hit for hit in hits if hit.end <= name.start and _right_before(sentence[hit.end : name.start])]
    opens = name.start <= _OPENING
    if any(hit.id == "aligned" for hit in leading):
        return None
    if any(hit.id == "according" for hit in leading):
        return Attribution(instrument, planned=False, start=leading[-1].start, everywhere=True, opens=opens)
    verbs = (hit for hit in hits if hit.id in {"sets", "reports"} and hit.start >= name.end)
    verb = next(verbs, None)
    if verb is None or not _reaches(sentence[name.end : verb.start], language):
        return None
    if any(name.end <= other.start < verb.start for other in names):
        return None
    return Attribution(instrument, planned=verb.id == "sets", start=verb.start, everywhere=False, opens=opens)


def _right_before(between: str) -> bool:
    return len(between) <= _RIGHT_BEFORE and not set(between) & _PAUSES


def _reaches(between: str, language: Language) -> bool:
    return len(between) <= (_NEAR_HAN if language == "zh" else _NEAR) and not set(between) & _PAUSES


def _names(sentence: str, language: Language) -> tuple[TermHit, ...]:
    """Return where a sentence names one of the four instruments, also as only sister documents call it."""
    found = [hit for hit in instruments_named(sentence, language) if hit.id in RIO_INSTRUMENTS]
    found += _called(found, _own_names(language).find(sentence))
    return tuple(sorted(found))


def _called(named: list[TermHit], called: tuple[TermHit, ...]) -> Iterator[TermHit]:
    for hit in called:
        if not any(hit.start < other.end and other.start < hit.end for other in named):
            yield hit


@cache
def _index(language: Language) -> TermIndex:
    groups = per_language("restatement", language)
    return TermIndex(
        ((group, label) for group, labels in groups.items() if group not in RIO_INSTRUMENTS for label in labels),
        language,
    )


@cache
def _own_names(language: Language) -> TermIndex:
    groups = per_language("restatement", language)
    return TermIndex(((name, label) for name in RIO_INSTRUMENTS for label in groups[name]), language)
