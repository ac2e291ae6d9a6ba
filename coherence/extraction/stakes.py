"""What a promise brings about that may press on land, water or nature, and what it keeps: rules set these apart.

The vocabulary is rules/vocabulary/stakes. A word alone names a stake ("dam"), unless all that is done with it takes it
back ("phase out pesticides"); some need an action that brings them about, others are an action on an object.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from coherence.errors import Fault, VocabularyError
from coherence.extraction.lexicon import TermHit, TermIndex
from coherence.extraction.pairing import neighbours, pair_actions
from coherence.extraction.theme_lexicon import Combination, action_classes, find_words
from coherence.vocabulary import per_language, term_list, term_list_marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.vocabulary import Language

__all__ = ["Stakes", "find_stakes", "stake_ids"]

_NEGATIVE = "_negative"
_SOFT = "soft"
_MARKS = ("large", "small", "principle", "effect")


@dataclass(frozen=True, slots=True)
class Stakes:
    """Ids of rules/vocabulary/stakes.yaml that a text names, in the vocabulary's order."""

    pressures: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    """Lists of other words that stand beside them: ``large``, ``small``, ``principle``, ``effect``, ``soft``."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One stake: classes of actions that it needs, or that take it back, and its combinations."""

    id: str
    needs: frozenset[str]
    against: frozenset[str]
    combinations: tuple[Combination, ...]
    takes_back: bool
    """Whether words are taken back by actions that do not promote them: so it is with pressures."""


@cache
def stake_ids(kind: str) -> tuple[str, ...]:
    """Return the ids of ``pressures`` or of ``keeps``, in the vocabulary's order; raises VocabularyError."""
    return tuple(term_list("stakes")[kind])


@lru_cache(maxsize=4096)
def find_stakes(text: str, language: Language) -> Stakes:
    """Return what a statement presses on and what it keeps."""
    hits = find_words(text, language)
    named, taken, marks = _named(text, language)
    acted_on = {
        (pair.object.start, pair.object.end, action_classes()[pair.action.id][0])
        for pair in pair_actions(text, replace(hits, objects=named), language)
    }
    found = {
        hit.id for hit in named if _stands(hit, {name for s, e, name in acted_on if (s, e) == (hit.start, hit.end)})
    }
    pairs = {(pair.object.id, action_classes()[pair.action.id][0]) for pair in pair_actions(text, hits, language)}
    beside = {(one.id, other.id) for one, other in neighbours(hits.objects)}
    found |= {entry.id for entry in _entries().values() if entry.id not in taken and _combined(entry, pairs, beside)}
    pressures, keeps = (tuple(name for name in stake_ids(kind) if name in found) for kind in ("pressures", "keeps"))
    return Stakes(pressures, () if _SOFT in marks else keeps, marks)


def _stands(hit: TermHit, classes: set[str]) -> bool:
    """Tell whether the words name the stake, given the classes of the actions on them."""
    entry = _entries()[hit.id]
    if entry.needs and not classes & entry.needs:
        return False
    if not entry.takes_back:
        return True
    taken_back = bool(classes & _classes("taking_back")) and not classes & _classes("promoting")
    return not taken_back and not classes & entry.against


def _combined(entry: _Entry, pairs: set[tuple[str, str]], beside: set[tuple[str, str]]) -> bool:
    return any(
        any(thing in item.objects and action in item.actions for thing, action in pairs)
        or any(one in item.objects and other in item.others for one, other in beside)
        for item in entry.combinations
    )


def _named(text: str, language: Language) -> tuple[tuple[TermHit, ...], set[str], frozenset[str]]:
    """Return the words of stakes in a text in order, the stakes taken back, and which lists of other words stand there.

    A negative label takes back all of its stake: "drip kits for the irrigation of 20 ha" saves water.
    """
    hits = _index(language).find_all(text)
    taken = {hit.id.removesuffix(_NEGATIVE) for hit in hits if hit.id.endswith(_NEGATIVE)}
    kept = [hit for hit in hits if not hit.id.endswith(_NEGATIVE) and hit.id not in taken]
    other = {_SOFT, *_MARKS}
    marks = frozenset(hit.id for hit in kept if hit.id in other)
    return tuple(hit for hit in kept if hit.id not in other), taken, marks


@cache
def _classes(kind: str) -> frozenset[str]:
    return frozenset(term_list("stakes")[kind])


@cache
def _entries() -> dict[str, _Entry]:
    data = term_list("stakes")
    return {
        name: _entry(name, entry, takes_back=kind == "pressures")
        for kind in ("pressures", "keeps")
        for name, entry in data[kind].items()
    }


def _entry(name: str, data: dict[str, Any], *, takes_back: bool) -> _Entry:
    return _Entry(
        id=name,
        needs=frozenset(data.get("needs", ())),
        against=frozenset(data.get("against", ())),
        combinations=tuple(
            Combination(frozenset(item["objects"]), frozenset(item.get("actions", ())), frozenset(item.get("with", ())))
            for item in data.get("combinations", ())
        ),
        takes_back=takes_back,
    )


@cache
def _index(language: Language) -> TermIndex:
    marked = term_list_marked(f"stakes/{language}")
    faults = [
        Fault(marked.where(key), f"unknown id '{key}'", "use an id of stakes, or one with _negative")
        for key in marked.data
        if key.removesuffix(_NEGATIVE) not in {*_entries(), _SOFT, *_MARKS}
    ]
    if faults:
        raise VocabularyError(*faults)
    return TermIndex(_terms(language), language)


def _terms(language: Language) -> Iterator[tuple[str, str]]:
    for name, labels in per_language("stakes", language).items():
        yield from ((name, label) for label in labels)
