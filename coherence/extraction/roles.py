"""Words that say which part a promise plays towards others: shared by the vocabularies of stakes and of levers.

A word alone names a role ("dam"), unless what is done with it takes it back ("phase out pesticides"); some need an
action that brings them about, others are an action on an object.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from coherence.extraction.pairing import neighbours, pair_actions
from coherence.extraction.theme_lexicon import NEGATIVE, action_classes, checked_index, combinations_of, find_words
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.extraction.lexicon import TermHit, TermIndex
    from coherence.extraction.pairing import Pair
    from coherence.extraction.theme_lexicon import Combination
    from coherence.vocabulary import Language

__all__ = ["LEADING", "Named", "Role", "Scheme", "named_roles", "role_ids", "roles"]

_SPARED, _MEANS, _ENDED, _ORIGIN, _BARRED = "spared", "means", "ended", "origin", "barred"
_BRINGS, _SITE = "brings", "site"
LEADING = frozenset({_SPARED, _MEANS, _ENDED, _ORIGIN, _BARRED, _BRINGS, _SITE})
"""Lists of words that tell how a word of a scheme beside them is meant."""
_NEAR, _NEAREST = 3, 30
"""Words and characters that may stand between such a word and what it leads to."""
_ENDED_NEAR, _ENDED_NEAREST = 8, 60
"""The same for words that end something: they hold for all of a list ("no new ranch, fence or scheme")."""
_NESTED = 1
"""Words that may stand between an action and the one that it limits ("halt the expansion of ...")."""
_STOPS = frozenset(".;:()\t\n")
_ITEM = re.compile(r"[;:•\t\n]|,\s")
"""What parts the items of a list; a comma within a number does not."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A vocabulary of roles: ``rules/vocabulary/<name>.yaml`` with its kinds, words beside it per language."""

    name: str
    kinds: tuple[str, ...]
    retractable: frozenset[str] = frozenset()
    """Kinds whose words are taken back by actions that do not promote them: a ban of pesticides brings none."""
    marks: frozenset[str] = frozenset()
    """Lists of words beside the roles, that say how they are meant."""


@dataclass(frozen=True, slots=True)
class Role:
    """One entry of a scheme: classes of actions that it needs, or that take it back, and its combinations."""

    id: str
    needs: frozenset[str]
    against: frozenset[str]
    brought_by: frozenset[str]
    combinations: tuple[Combination, ...]
    retractable: bool
    themes: frozenset[str]
    """Themes that stand for it."""
    land: frozenset[str]
    """Ecosystems that it is about by itself."""
    general: bool
    """Whether it says little of what is done: better farming, sound land."""
    yields_to: frozenset[str]
    """More telling roles: beside one that words of the promise name, the theme does not stand for this one."""
    unless: frozenset[str]
    """Roles whose words take this one back: loss to new fields is stopped by other means than loss to the axe."""
    soft: bool
    """Whether it is itself knowledge, money or a plan, which words of what is only known or agreed do not take back."""
    nearby: bool
    """Whether words that take it back do so in their item of a list only ("reforestation, natural regeneration")."""
    stands_for: str
    """The role that it is a group of words of, with conditions of its own; else empty."""
    sited: bool
    """Whether words of a site before it make it the place of something else ("on 50 ha of tea")."""
    source: bool
    """Whether something is drawn from it: "power from hydro" names it, as "away from hydro" does not."""


@cache
def role_ids(scheme: Scheme, kind: str) -> tuple[str, ...]:
    """Return the ids of one kind, in the vocabulary's order; raises VocabularyError."""
    return tuple(term_list(scheme.name)[kind])


@cache
def roles(scheme: Scheme) -> dict[str, Role]:
    """Return all entries by id, kind after kind; raises VocabularyError. Do not modify the result."""
    data = term_list(scheme.name)
    return {
        name: _role(name, entry, retractable=kind in scheme.retractable)
        for kind in scheme.kinds
        for name, entry in data[kind].items()
    }


class _Clause(NamedTuple):
    """The actions and things of a text, and which acts on which word of the scheme."""

    paired: tuple[Pair, ...]
    actions: tuple[TermHit, ...]
    things: tuple[TermHit, ...]


class Named(NamedTuple):
    """What the words of a text say by a scheme."""

    ids: frozenset[str]
    marks: frozenset[str]
    """Lists of words that stand beside the roles."""
    curbed: frozenset[str]
    """Retractable roles that it reduces, limits or ends."""
    taken: frozenset[str]
    """Roles that its words take back as a whole, whatever else names them: air quality is no matter of water."""


def named_roles(scheme: Scheme, text: str, language: Language) -> Named:
    """Return the ids that the words of a text name, the marks that stand there, and the ids of what it curbs."""
    hits = find_words(text, language)
    words = _words(scheme, text, language)
    clause = _Clause(pair_actions(text, replace(hits, objects=words.named), language), hits.actions, hits.objects)
    found = {
        hit.id
        for hit in words.named
        if not words.takes_back(text, hit, roles(scheme)[hit.id])
        and _stands(scheme, text, hit, words, _classes_on(scheme, text, hit, clause))
        and not (roles(scheme)[hit.id].retractable and _kept_off(scheme, text, hit, words))
    }
    pairs = {False: pair_actions(text, hits, language)}
    pairs[True] = tuple(
        p
        for p in pairs[False]
        if not any(words.before(text, h, name) for h in (p.action, p.object) for name in (_SPARED, _ORIGIN))
    )
    acts = {spared: {(p.object.id, action_classes()[p.action.id][0]) for p in kept} for spared, kept in pairs.items()}
    beside = {(one.id, other.id) for one, other in neighbours(hits.objects)}
    for role in roles(scheme).values():
        if role.id not in words.taken and _combined(role, acts[role.retractable], beside):
            found.add(role.id)
    curbed = {hit.id for hit in words.named if _curbs(scheme, text, hit, words, clause)}
    return Named(frozenset(found), words.marks, frozenset(curbed - found), words.taken)


def _kept_off(scheme: Scheme, text: str, hit: TermHit, words: _Words) -> bool:
    """Tell whether words beside a hit keep it off or end it: "against", "no new", "will cease"."""
    if any(words.before(text, hit, name) for name in (_SPARED, _ENDED)) or words.after(text, hit):
        return True
    entry = roles(scheme)[hit.id]
    return (words.before(text, hit, _ORIGIN) and not entry.source) or (entry.sited and words.before(text, hit, _SITE))


def _actions_on(scheme: Scheme, text: str, hit: TermHit, clause: _Clause) -> list[TermHit]:
    """Return the actions that act on a hit; one that limits another ("halt the expansion of") stands in its stead."""
    acting = [p.action for p in clause.paired if (p.object.start, p.object.end) == (hit.start, hit.end)]
    limiting = [each for each in clause.actions if action_classes()[each.id][0] in _classes(scheme, "curbing")]
    told: list[TermHit] = []
    for action in acting:
        brings = action_classes()[action.id][0] in _classes(scheme, "bringing")
        limits = [each for each in limiting if brings and _limits(text, each, action)]
        told += limits or [action]
    return told


def _limits(text: str, limiting: TermHit, action: TermHit) -> bool:
    """Tell whether an action stands right before another one, in its clause."""
    gap = text[limiting.end : action.start] if limiting.end <= action.start else ","
    return len(gap.split()) <= _NESTED and not set(gap) & (_STOPS | {","})


def _classes_on(scheme: Scheme, text: str, hit: TermHit, clause: _Clause) -> set[str]:
    """Return the classes of the actions that act on a hit."""
    return {action_classes()[action.id][0] for action in _actions_on(scheme, text, hit, clause)}


def _curbs(scheme: Scheme, text: str, hit: TermHit, words: _Words, clause: _Clause) -> bool:
    """Tell whether a text reduces, limits or ends what a hit names, and not another thing that stands nearer."""
    if not roles(scheme)[hit.id].retractable or words.before(text, hit, _SPARED):
        return False
    if words.before(text, hit, _ENDED) or words.after(text, hit):
        return True
    acting = _actions_on(scheme, text, hit, clause)
    classes = {action_classes()[action.id][0] for action in acting}
    return not classes & _classes(scheme, "bringing") and any(
        action_classes()[action.id][0] in _classes(scheme, "curbing")
        and not any(_nearer(text, action, hit, thing) for thing in clause.things)
        for action in acting
    )


def _nearer(text: str, action: TermHit, hit: TermHit, thing: TermHit) -> bool:
    """Tell whether another thing stands nearer to an action: before the hit, or right behind a verb that follows it."""
    if action.end <= hit.start:
        return action.end <= thing.start and thing.end <= hit.start
    return action.end <= thing.start and not text[action.end : thing.start].strip()


def _combined(role: Role, acts: set[tuple[str, str]], beside: set[tuple[str, str]]) -> bool:
    """Tell whether a combination of the role holds, and no action on its objects takes it back."""
    held = [each for each in role.combinations if each.holds(acts, beside)]
    return any(not acts & {(thing, kind) for thing in each.objects for kind in role.against} for each in held)


def _stands(scheme: Scheme, text: str, hit: TermHit, words: _Words, classes: set[str]) -> bool:
    """Tell whether the words name the role, given the classes of the actions on them; means are used, not acted on."""
    entry = roles(scheme)[hit.id]
    if entry.retractable and words.before(text, hit, _MEANS):
        return True
    if entry.needs and not classes & entry.needs and not words.before(text, hit, _BRINGS):
        return False
    if classes & entry.against and not (entry.retractable and classes & _classes(scheme, "bringing") - entry.against):
        return False
    if not entry.retractable or not classes & _classes(scheme, "taking_back"):
        return True
    return bool(classes & (_classes(scheme, "promoting") | entry.brought_by))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text that a scheme knows."""

    named: tuple[TermHit, ...]
    """Words of roles, also of those taken back."""
    taken: frozenset[str]
    """Roles that a negative label takes back as a whole: "drip kits for the irrigation of 20 ha" saves water."""
    marks: frozenset[str]
    leading: tuple[TermHit, ...]
    """Words that tell how what stands beside them is meant: kept off, a place ("protect from", "catchments of"), a
    means, or ended."""

    negatives: tuple[TermHit, ...]
    """Words that take others back."""

    def takes_back(self, text: str, hit: TermHit, role: Role) -> bool:
        """Tell whether a negative label takes a hit back: any of the text, or one in its item of a list."""
        names = {hit.id, role.stands_for} & self.taken
        if not names or not role.nearby:
            return bool(names)
        against = (each for each in self.negatives if each.id.removesuffix(NEGATIVE) in names)
        return not all(_ITEM.search(text[min(each.end, hit.end) : max(each.start, hit.start)]) for each in against)

    def before(self, text: str, hit: TermHit, name: str) -> bool:
        """Tell whether words of one list, ``spared`` or ``means``, stand shortly before a hit, in its clause."""
        gaps = (text[each.end : hit.start] for each in self.leading if each.id == name and each.start < hit.start)
        far = name in {_ENDED, _BRINGS}
        most, longest = (_ENDED_NEAR, _ENDED_NEAREST) if far else (_NEAR, _NEAREST)
        return any(
            len(gap) <= longest
            and len(gap.split()) <= most
            and not set(gap) & _STOPS
            and (far or ", " not in f"{gap} ")
            for gap in gaps
        )

    def after(self, text: str, hit: TermHit) -> bool:
        """Tell whether words that end what stands before them follow shortly after a hit ("burning will cease")."""
        gaps = (text[hit.end : each.start] for each in self.leading if each.id == _BARRED and hit.end <= each.start)
        stops = _STOPS | {","}
        return any(len(gap) <= _NEAREST and len(gap.split()) <= _NEAR and not set(gap) & stops for gap in gaps)


def _words(scheme: Scheme, text: str, language: Language) -> _Words:
    """Return the words of a text that the scheme knows, in order."""
    hits = _uncovered(scheme, _index(scheme, language).find_all(text))
    taken = frozenset(hit.id.removesuffix(NEGATIVE) for hit in hits if hit.id.endswith(NEGATIVE))
    told = [hit for hit in hits if not hit.id.endswith(NEGATIVE)]
    kept = [hit for hit in told if hit.id not in taken]
    return _Words(
        named=tuple(hit for hit in told if hit.id not in scheme.marks),
        taken=taken,
        marks=frozenset(hit.id for hit in kept if hit.id in scheme.marks),
        negatives=tuple(hit for hit in hits if hit.id.endswith(NEGATIVE)),
        leading=_longest(hit for hit in kept if hit.id in LEADING),
    )


def _longest(hits: Iterable[TermHit]) -> tuple[TermHit, ...]:
    """Return the hits but for those within a longer one ("without" in "without any new")."""
    found = tuple(hits)
    return tuple(
        hit
        for hit in found
        if not any(e.start <= hit.start and hit.end <= e.end and e.end - e.start > hit.end - hit.start for e in found)
    )


def _uncovered(scheme: Scheme, hits: tuple[TermHit, ...]) -> tuple[TermHit, ...]:
    """Return the hits but for those that are a part of what a longer one names.

    Words that take a role back do not do so within words of that role, and what is kept is not named within what takes
    its place ("in place of local varieties").
    """
    whole = [hit for hit in hits if hit.id in roles(scheme) and roles(scheme)[hit.id].retractable]

    def covered(hit: TermHit) -> bool:
        kept = hit.id in roles(scheme) and not roles(scheme)[hit.id].retractable
        return any(
            each.start <= hit.start and hit.end <= each.end and each.end - each.start > hit.end - hit.start
            for each in whole
            if kept or hit.id == each.id + NEGATIVE
        )

    return tuple(hit for hit in hits if not covered(hit))


@cache
def _classes(scheme: Scheme, kind: str) -> frozenset[str]:
    return frozenset(term_list(scheme.name).get(kind, ()))


def _role(name: str, data: dict[str, Any], *, retractable: bool) -> Role:
    return Role(
        id=name,
        needs=frozenset(data.get("needs", ())),
        against=frozenset(data.get("against", ())),
        brought_by=frozenset(data.get("brought_by", ())),
        combinations=combinations_of(data),
        retractable=retractable,
        themes=frozenset(data.get("themes", ())),
        land=frozenset(data.get("land", ())),
        general=bool(data.get("general")),
        yields_to=frozenset(data.get("yields_to", ())),
        unless=frozenset(data.get("unless", ())),
        soft=bool(data.get("soft")),
        stands_for=data.get("stands_for", ""),
        sited=bool(data.get("sited")),
        source=bool(data.get("source")),
        nearby=bool(data.get("nearby")),
    )


@cache
def _index(scheme: Scheme, language: Language) -> TermIndex:
    return checked_index(scheme.name, language, roles(scheme).keys() | scheme.marks)
