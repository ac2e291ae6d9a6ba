"""What a statement mainly does to what: the verb that governs it, and the thing that this verb acts on.

"Promote the restoration of wetlands to protect birds" restores wetlands: a verb that only sets going (light) leaves it
to the next one, and what is said by the way does not govern. Offsets are characters, end-exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.cues import opening_of
from coherence.extraction.pairing import CLAUSE_REACH, clause_ends, is_passive
from coherence.extraction.theme_lexicon import action_classes, combinations_with, light_actions, theme_entries
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.extraction.adjuncts import Asides
    from coherence.extraction.lexicon import TermHit
    from coherence.extraction.theme_lexicon import LexiconHits
    from coherence.vocabulary import Language

    _Thing = tuple[TermHit, bool]

__all__ = ["Governing", "find_governing", "verbs_of"]

_ARTICLE = 6
"""Characters (an article, a dash) before the action that a statement opens with."""
_LIGHT_REACH = 45
"""Characters between a light verb and the action that it sets going."""
_JOINED = 6
"""Characters between two verbs that share their object ("restore and maintain wetlands")."""
_JOINT = 24
"""Characters before an action in which "and" and an article stand."""
_LESSENING = frozenset({"reduce", "prevent", "control", "limit"})
"""Classes of actions on what is unwanted."""


@dataclass(frozen=True, slots=True)
class Governing:
    """The governing action and what it acts on: a thing of the vocabulary, or the words of a theme."""

    action: TermHit
    thing: TermHit | None = None
    theme: TermHit | None = None
    means: bool = False
    """Whether ``theme`` is the name of the action itself ("reforestation")."""
    spans: tuple[tuple[int, int], ...] = ()
    """From the action, or its subject in the passive, to the next action or the end of the clause; then the same of the
    actions that the statement sets beside it ("plant trees and protect springs")."""
    starts: frozenset[int] = frozenset()
    """Where these actions begin."""

    @property
    def told(self) -> tuple[int, int]:
        """Where the action and what it acts on stand, from the first to the last word of the two."""
        hits = [hit for hit in (self.action, self.thing, self.theme) if hit is not None]
        return min(hit.start for hit in hits), max(hit.end for hit in hits)

    @property
    def name(self) -> str | None:
        """The action as "verb object" in the ids of the vocabulary; None where no object is named."""
        if self.thing is not None:
            return f"{self.action.id} {self.thing.id}".replace("_", " ")
        if self.theme is None:
            return None
        return theme_entries()[self.theme.id].action if self.means else self.name_with(self.theme.id)

    def name_with(self, theme: str) -> str:
        """Return the verb with what promises of a theme act on: "establish" with "renewable energy".

        Where the theme is about lessening and the verb is not ("build" with "erosion"), the theme's own action stands.
        """
        entry, classes = theme_entries()[theme], action_classes()
        kind, weak = classes[self.action.id]
        unlike = _kind_of(entry.action) in _LESSENING and kind not in _LESSENING
        return entry.action if weak or unlike or not entry.object else f"{self.action.id} {entry.object}"

    def governs(self, start: int, end: int) -> bool:
        """Tell whether the words at a place tell what the actions do, or to what."""
        return any(low < end and start < high for low, high in self.spans)


def find_governing(text: str, hits: LexiconHits, asides: Asides, language: Language) -> Governing | None:
    """Return what governs a statement, None where it names no action.

    Where all actions are told by the way, as in "the plan is to restore", the first of these governs.
    """
    actions = _main_actions(hits, asides) or _main_actions(hits, None)
    if not actions:
        return None
    things = sorted(
        (*((hit, False) for hit in hits.objects), *((hit, True) for hit in hits.themes)),
        key=lambda thing: (thing[0].start, -thing[0].end),
    )
    return _Clause(text, hits, asides, language, actions, tuple(things), clause_ends(text)).governing()


def verbs_of(hits: LexiconHits) -> tuple[TermHit, ...]:
    """Return the actions that are no part of the name of a thing ("converted forest") and no word of degree."""
    starts = [thing.start for thing in hits.objects]
    nouns = {hit.start for hit in hits.features if hit.id == "no_verb"}

    def is_verb(hit: TermHit) -> bool:
        index = bisect_left(starts, hit.end) - 1
        return hit.start not in nouns and (index < 0 or hits.objects[index].end <= hit.start)

    return tuple(filter(is_verb, hits.actions))


def _main_actions(hits: LexiconHits, asides: Asides | None) -> tuple[TermHit, ...]:
    """Return the verbs that do not stand aside, one for each place, without the weak.

    Weak ones are returned where there are no others. Of the meanings of one word the first of the vocabulary counts.
    """
    order = list(action_classes())
    at: dict[int, TermHit] = {}
    for hit in verbs_of(hits):
        if asides is not None and (asides.hold(hit.start) or asides.bracket(hit.start)):
            continue
        if hit.start not in at or order.index(hit.id) < order.index(at[hit.start].id):
            at[hit.start] = hit
    return tuple(hit for hit in at.values() if not action_classes()[hit.id][1]) or tuple(at.values())


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of one statement among which the governing action and its object are looked for.

    ``things`` are objects and, told by True, words of themes, in order; of two that begin alike the longer goes first.
    """

    text: str
    hits: LexiconHits
    asides: Asides
    language: Language
    actions: tuple[TermHit, ...]
    things: tuple[_Thing, ...]
    ends: list[int]

    def governing(self) -> Governing:
        number = self._first()
        while number + 1 < len(self.actions) and self._only_sets_going(number):
            number += 1
        joined = [n for n in range(number + 1, len(self.actions)) if self._is_joined(self.actions[n].start)]
        beside = (span for n in joined for span in self._with_thing(n).spans)
        first = self._with_thing(number)
        starts = frozenset(self.actions[n].start for n in (number, *joined))
        return replace(first, spans=(*first.spans, *beside), starts=starts)

    def _first(self) -> int:
        """Return which action governs: that which opens the statement, else the verb in the passive, else the first."""
        if self.actions[0].start - opening_of(self.text, self.language) <= _ARTICLE:
            return 0
        for number, action in enumerate(self.actions):
            if action.id not in light_actions() and is_passive(self.text, action, self.hits, self.language):
                return number
        return 0

    def _only_sets_going(self, number: int) -> bool:
        """Tell whether a light verb stands right before an action that it sets going."""
        action, following = self.actions[number], self.actions[number + 1]
        if action.id not in light_actions() or following.start - action.end > _LIGHT_REACH:
            return False
        ended = self._end_from(action.end, len(self.text)) < following.start
        return not ended and not self._between(action.end, following.start)

    def _is_joined(self, start: int) -> bool:
        """Tell whether an action opens a clause or stands behind "and" or a pause, an article at most between."""
        index = bisect_left(self.ends, start)
        opened = self.ends[index - 1] + 1 if index else 0
        before = self.text[max(0, start - _JOINT) : start]
        return start - opened <= _ARTICLE or _joining(self.language).search(before) is not None

    def _end_from(self, at: int, otherwise: int) -> int:
        index = bisect_left(self.ends, at)
        return self.ends[index] if index < len(self.ends) else otherwise

    def _between(self, low: int, high: int) -> list[_Thing]:
        """Return the things that stand between two places."""
        first = bisect_left(self.things, low, key=_start)
        last = bisect_left(self.things, high, key=_start)
        return [thing for thing in self.things[first:last] if thing[0].end <= high]

    def _reach(self, number: int) -> tuple[int, int]:
        """Return how far an action reaches: to the ends of its clause, and no further than the next action.

        It reaches over an action that is itself what is acted on ("cut the use of fuelwood").
        """
        action = self.actions[number]
        index = bisect_right(self.ends, action.start)
        low = max(0, action.start - CLAUSE_REACH, self.ends[index - 1] if index else 0)
        high = min(action.end + CLAUSE_REACH, self._end_from(action.end, len(self.text)))
        for following in self.actions[number + 1 :]:
            gap = following.start - action.end
            acted_on = gap <= _LIGHT_REACH and not self._is_joined(following.start)
            if gap > _JOINED and (not acted_on or self._between(action.end, following.start)):
                return low, min(high, following.start)
        return low, high

    def _with_thing(self, number: int) -> Governing:
        action = self.actions[number]
        low, high = self._reach(number)
        found, span = self._acted_on(action, low, high)
        around = self._between(action.start - CLAUSE_REACH, action.end + CLAUSE_REACH)
        own = next((t for t, theme in around if theme and t.start <= action.start and action.end <= t.end), None)
        if own is not None:
            span = min(span[0], own.start), max(span[1], own.end)
            within = next((thing for thing in self._between(own.start, own.end) if not thing[1]), None)
            if within is None and (found is None or (own.end == action.end and _is_all(own))):
                return Governing(action, theme=own, means=True, spans=(span,))
            found = within or found
        if found is None:
            return Governing(action, spans=(span,))
        thing, is_theme = self._lessened(action, found)
        if is_theme:
            return Governing(action, theme=thing, spans=(span,))
        return Governing(action, thing=thing, spans=(span,))

    def _lessened(self, action: TermHit, found: _Thing) -> _Thing:
        """Return the thing in the words of a theme that is meant where it is lessened: "cut the use of firewood"."""
        theme, is_theme = found
        if not is_theme or action_classes()[action.id][0] not in _LESSENING:
            return found
        if _kind_of(theme_entries()[theme.id].action) in _LESSENING:
            return found
        kind, inside = action_classes()[action.id][0], self._between(theme.start, theme.end)
        return next((thing for thing in inside if not thing[1] and _is_acted_on(thing[0].id, kind)), found)

    def _acted_on(self, action: TermHit, low: int, high: int) -> tuple[_Thing | None, tuple[int, int]]:
        """Return what the action acts on, and the stretch that tells of it.

        It is what stands right before the action, in the passive the subject, else what follows it.
        """
        before = self._between(low, action.start)
        if before and action.start - before[-1][0].end <= 1:
            return before[-1], (before[-1][0].start, high)
        after = [t for t in self._between(action.end, high) if not self.asides.hold(t[0].start, action.end)]
        if before and (not after or is_passive(self.text, action, self.hits, self.language)):
            return _fitting(action, before), (before[0][0].start, high)
        return _fitting(action, after), (action.start, high)


def _kind_of(action: str) -> str:
    """Return the class of the verb of an action, the verb where it has none."""
    verb = action.partition(" ")[0]
    return action_classes()[verb][0] if verb in action_classes() else verb


def _start(thing: _Thing) -> int:
    return thing[0].start


def _is_all(theme: TermHit) -> bool:
    """Tell whether the action of a theme says all of what its word says ("reforestation"), unlike "monitoring"."""
    entry = theme_entries()[theme.id]
    return entry.object in entry.action


def _fitting(action: TermHit, things: Sequence[_Thing]) -> _Thing | None:
    """Return the first thing that actions of this class are known to act on, else the first: not "use people"."""
    kind = action_classes()[action.id][0]
    for thing in things:
        hit, is_theme = thing
        if not theme_entries()[hit.id].broad if is_theme else _is_acted_on(hit.id, kind):
            return thing
    return things[0] if things else None


@cache
def _joining(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in term_list("grammar")[language]["joins"])
    bounded = f"(?:{words})" if language in {"zh", "ar"} else rf"(?<!\w)(?:{words})(?!\w)"
    return re.compile(rf"(?:[,;:،؛，、；：/]|{bounded})\s*(?:\w{{1,3}}['’ ]\s*){{0,2}}\Z", re.IGNORECASE)


@cache
def _is_acted_on(object_id: str, action_class: str) -> bool:
    return bool(combinations_with(object_id, action_class))
