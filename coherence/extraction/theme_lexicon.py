"""The words of themes, objects, actions and features in one index per language, checked as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

from coherence.errors import Fault, VocabularyError
from coherence.extraction.lexicon import TermHit, TermIndex
from coherence.vocabulary import per_language, term_list, term_list_marked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from coherence.vocabulary import Language

__all__ = [
    "NEGATIVE",
    "Combination",
    "LdnResponse",
    "LexiconHits",
    "ThemeEntry",
    "action_classes",
    "checked_index",
    "combinations_of",
    "combinations_with",
    "find_words",
    "light_actions",
    "theme_entries",
]

NEGATIVE = "_negative"
"""Behind an id: words that take back the words of the id."""
LdnResponse = Literal["avoid", "reduce", "reverse"]
_BODY = "body"
_NO_ACTION = "action_negative"
"""Names that hold a word of action ("land use")."""
_COUNTRY = "country_names"
"""Names of countries that hold a word of a thing ("Marshall Islands", "Côte d'Ivoire")."""
_NO_OBJECT = "object_negative"
"""Words that hold the name of a thing and speak of none ("localities at risk")."""


@dataclass(frozen=True, slots=True)
class Combination:
    """An object that means something beside an action of one of the classes, or beside another object."""

    objects: frozenset[str]
    actions: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def holds(self, acts: Iterable[tuple[str, str]], beside: Iterable[tuple[str, str]]) -> bool:
        """Tell whether it is among actions on objects, (object, class of action), or among objects (one, other)."""
        return any(thing in self.objects and action in self.actions for thing, action in acts) or any(
            one in self.objects and other in self.others for one, other in beside
        )


def combinations_of(data: Mapping[str, Any]) -> tuple[Combination, ...]:
    """Return the combinations of an entry of a vocabulary."""
    return tuple(
        Combination(frozenset(item["objects"]), frozenset(item.get("actions", ())), frozenset(item.get("with", ())))
        for item in data.get("combinations") or ()
    )


def checked_index(name: str, language: Language, known: Collection[str]) -> TermIndex:
    """Return the index of ``<name>/<language>.yaml``, words by id; raises VocabularyError for ids that are not known.

    An id with ``_negative`` behind it holds words that take back those of the id.
    """
    marked = term_list_marked(f"{name}/{language}")
    faults = [
        Fault(marked.where(key), f"unknown id '{key}'", f"use an id of {name}, or one with {NEGATIVE}")
        for key in marked.data
        if key.removesuffix(NEGATIVE) not in known
    ]
    if faults:
        raise VocabularyError(*faults)
    words = per_language(name, language)
    return TermIndex(((term, label) for term, labels in words.items() for label in labels), language)


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """One theme of rules/vocabulary/themes.yaml as extraction needs it."""

    id: str
    land: bool
    broad: bool
    leads: bool
    whole: bool
    money: bool
    group: str
    broader: str | None
    action: str
    object: str
    """What its promises act on, for the verb that a statement names; empty where the verb says all."""
    ldn_response: LdnResponse | None
    combinations: tuple[Combination, ...]
    alone: frozenset[str]


@dataclass(frozen=True, slots=True)
class LexiconHits:
    """What stands in a text: of each kind the leftmost-longest hits, in order; ``id`` without its kind."""

    themes: tuple[TermHit, ...]
    objects: tuple[TermHit, ...]
    nested_objects: tuple[TermHit, ...]
    """All objects, those inside longer ones too: "degraded rangeland" is rangeland."""
    actions: tuple[TermHit, ...]
    features: tuple[TermHit, ...]
    bodies: tuple[TermHit, ...]
    """What the names of responsible bodies begin with ("ministry of")."""


@cache
def theme_entries() -> dict[str, ThemeEntry]:
    """Return the themes by id, in the vocabulary's order; raises VocabularyError. Do not modify the result."""
    return {name: _entry(name, data) for name, data in term_list("themes").items()}


@cache
def action_classes() -> dict[str, tuple[str, bool]]:
    """Return for each action its class and whether it is weak. Do not modify the result."""
    return {name: (data["class"], bool(data.get("weak"))) for name, data in term_list("actions").items()}


@cache
def combinations_with(object_id: str, action_class: str) -> tuple[tuple[ThemeEntry, Combination], ...]:
    """Return the themes that an action of a class on a thing means, each with the combination that says so."""
    return tuple(
        (entry, item)
        for entry in theme_entries().values()
        for item in entry.combinations
        if object_id in item.objects and action_class in item.actions
    )


@cache
def light_actions() -> frozenset[str]:
    """Return the actions that set going what another action behind them names ("promote the restoration of")."""
    return frozenset(name for name, data in term_list("actions").items() if data.get("light"))


@lru_cache(maxsize=4096)
def find_words(text: str, language: Language) -> LexiconHits:
    """Return the words of the vocabulary that stand in a text. Offsets are characters, end-exclusive."""
    by_kind: dict[str, list[TermHit]] = {"theme": [], "not": [], "object": [], "action": [], "feature": [], "body": []}
    for hit in _index(language).find_all(text):
        kind, _, name = hit.id.partition(":")
        by_kind[kind].append(TermHit(hit.start, hit.end, name, hit.label))
    for country in [hit for hit in by_kind["feature"] if hit.id == _COUNTRY]:
        for kind in ("theme", "object"):
            by_kind[kind] = [hit for hit in by_kind[kind] if not country.start <= hit.start < country.end]
    names = [hit for hit in by_kind["feature"] if hit.id == _NO_ACTION]
    idioms = [hit for hit in by_kind["feature"] if hit.id == _NO_OBJECT]
    things = [hit for hit in by_kind["object"] if not any(n.start <= hit.start and hit.end <= n.end for n in idioms)]
    return LexiconHits(
        themes=_longest(_not_negated(by_kind["theme"], by_kind["not"])),
        objects=_longest(things),
        nested_objects=tuple(things),
        actions=_longest(hit for hit in by_kind["action"] if not any(n.start <= hit.start < n.end for n in names)),
        features=tuple(by_kind["feature"]),
        bodies=_longest(by_kind["body"]),
    )


@cache
def _index(language: Language) -> TermIndex:
    return TermIndex(_terms(language), language)


def _terms(language: Language) -> Iterator[tuple[str, str]]:
    known = {"themes": theme_entries().keys(), "objects": _object_ids(), "actions": action_classes().keys()}
    faults: list[Fault] = []
    for name, ids in known.items():
        marked = term_list_marked(f"{name}/{language}")
        faults += [
            Fault(marked.where(key), f"unknown id '{key}'", f"use an id of {name}")
            for key in marked.data
            if key not in ids
        ]
    if faults:
        raise VocabularyError(*faults)
    for theme, words in per_language("themes", language).items():
        yield f"theme:{theme}", words["preferred"]
        yield from ((f"theme:{theme}", label) for label in words.get("alternative") or ())
        yield from ((f"not:{theme}", label) for label in words.get("negative") or ())
    for kind, name in (("object", "objects"), ("action", "actions"), ("feature", "features")):
        for term, labels in per_language(name, language).items():
            if term == _BODY:
                yield from (("body:", label) for label in labels)
            # What continues a body's name ("of", "the") is in every sentence, and only looked for behind its beginning.
            elif not term.startswith(_BODY):
                yield from ((f"{kind}:{term}", label) for label in labels)


@cache
def _object_ids() -> frozenset[str]:
    return frozenset(per_language("objects", "en"))


def _entry(name: str, data: dict[str, Any]) -> ThemeEntry:
    return ThemeEntry(
        id=name,
        land=bool(data["land"]),
        broad=bool(data.get("broad")),
        leads=bool(data.get("leads")),
        whole=bool(data.get("whole")),
        money=bool(data.get("money")),
        group=data["group"],
        broader=data.get("broader"),
        action=data["action"],
        object=data["object"],
        ldn_response=cast("LdnResponse | None", data.get("ldn_response")),
        combinations=combinations_of(data),
        alone=frozenset(data.get("alone") or ()),
    )


def _not_negated(hits: list[TermHit], negatives: list[TermHit]) -> Iterable[TermHit]:
    """Leave out the hits that a negative label of the same theme covers."""
    if not negatives:
        return hits
    covered: dict[str, set[int]] = {}
    for negative in negatives:
        covered.setdefault(negative.id, set()).update(range(negative.start, negative.end))
    nothing: set[int] = set()
    return [hit for hit in hits if not {hit.start, hit.end - 1} <= covered.get(hit.id, nothing)]


def _longest(hits: Iterable[TermHit]) -> tuple[TermHit, ...]:
    """Keep the leftmost-longest hits; equal spans of several ids all stay."""
    kept: list[TermHit] = []
    for hit in hits:
        last = kept[-1] if kept else None
        if last is None or hit.start >= last.end or (hit.start, hit.end) == (last.start, last.end):
            kept.append(hit)
    return tuple(kept)
