"""Which action of a sentence acts on which object: "restore degraded land and protect mangroves" has two pairs.

Offsets are characters, end-exclusive. Everything looks only as far as a clause reaches, so that long texts take
linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.extraction.lexicon import TermHit
    from coherence.extraction.theme_lexicon import LexiconHits
    from coherence.vocabulary import Language

__all__ = ["CLAUSE_REACH", "Pair", "clause_ends", "is_passive", "neighbours", "pair_actions"]

CLAUSE_REACH = 90
"""Characters between an action and its object at most."""

_CLAUSE_REACH_HAN = 30
_AND = 6
_ADVERB = 14
"""Characters of an adverb between an auxiliary and its verb: "will be fully restored"."""
_AUXILIARY = 10
"""Characters of an auxiliary at most."""
_LONGEST_TERM = 80
_CLAUSE_END = re.compile(r"[.;!?؛؟]\s+|[。；！？]")


@dataclass(frozen=True, slots=True)
class Pair:
    """An action with the object that it acts on; ``start`` and ``end`` span both."""

    action: TermHit
    object: TermHit
    direct: bool = True
    """Whether it is the first thing that the action can act on; others may only stand near."""

    @property
    def start(self) -> int:
        """Where the first of the two begins."""
        return min(self.action.start, self.object.start)

    @property
    def end(self) -> int:
        """Where the second of the two ends."""
        return max(self.action.end, self.object.end)


def pair_actions(text: str, hits: LexiconHits, language: Language) -> tuple[Pair, ...]:
    """Return each action with its objects: right before it ("forest restoration"), else after it, else before it.

    In the passive voice the object stands before ("soils will be protected on the slopes of rivers"). An action right
    before another shares its objects ("restore and maintain wetlands"). The last action comes first.
    """
    reach = _CLAUSE_REACH_HAN if language == "zh" else CLAUSE_REACH
    ends = clause_ends(text)
    starts = [thing.start for thing in hits.objects]
    # A verb inside the name of a thing ("declining productivity", "planted forests") is no action.
    actions = [
        a for a in hits.actions if not any(o.start < a.end and a.start < o.end for o in _around(a, hits, starts))
    ]
    pairs: list[Pair] = []
    shared: tuple[TermHit, ...] = ()
    after = len(text)
    for number in range(len(actions) - 1, -1, -1):
        action = actions[number]
        first = _first_of_chain(actions, number)
        floor = max(actions[first - 1].end if first else 0, action.start - reach, _last_before(ends, action.start))
        ceiling = min(after, action.end + reach, _first_from(ends, action.end, len(text)))
        behind = [
            o
            for o in hits.objects[bisect_left(starts, floor) : bisect_left(starts, action.start)]
            if o.end <= action.start
        ]
        ahead = hits.objects[bisect_left(starts, action.end) : bisect_left(starts, ceiling)]
        if not ahead and after - action.end <= _AND:
            ahead = shared
        things = _acted_on(action, behind, ahead, passive=is_passive(text, actions[first], hits, language))
        pairs += [Pair(action, o, direct=o is things[0]) for o in things]
        shared, after = ahead, action.start
    return tuple(pairs)


def neighbours(things: Sequence[TermHit]) -> Iterator[tuple[TermHit, TermHit]]:
    """Yield every two objects, in both orders, that stand no further apart than a clause reaches."""
    for number, one in enumerate(things):
        for other in things[number + 1 : number + 1 + CLAUSE_REACH]:
            if other.start - one.end > CLAUSE_REACH:
                break
            yield one, other
            yield other, one


def _first_of_chain(actions: Sequence[TermHit], number: int) -> int:
    """Return the first of the actions that lead up to one with no word but "and" between: "is managed and restored"."""
    while number and actions[number].start - actions[number - 1].end <= _AND:
        number -= 1
    return number


def _acted_on(action: TermHit, behind: Sequence[TermHit], ahead: Sequence[TermHit], *, passive: bool) -> list[TermHit]:
    """Return what an action acts on, first of all and else, of the things before and after it."""
    adjacent = [thing for thing in behind if action.start - thing.end <= 1]
    if adjacent:
        return [*adjacent, *ahead[:1]]
    follows = bool(ahead) and ahead[0].start - action.end <= 1
    return [*behind, *ahead] if passive and behind and not follows else [*(ahead or behind)]


def is_passive(text: str, action: TermHit, hits: LexiconHits, language: Language) -> bool:
    """Tell whether an action is told in the passive voice ("is fully restored"): "the aim is to restore" is not."""
    first = bisect_left(hits.features, action.start - _ADVERB - _AUXILIARY, key=lambda hit: hit.start)
    near = hits.features[first : bisect_left(hits.features, action.start, key=lambda hit: hit.start)]
    before = [hit.end for hit in near if hit.id == "passive" and 0 <= action.start - hit.end <= _ADVERB]
    if not before:
        return False
    grammar = term_list("grammar")[language]
    between = text[before[-1] : action.start].casefold().split()
    verb = text[action.start : action.end].casefold()
    return not (
        set(between[-1:]) & set(grammar["infinitive_before"]) or verb.endswith(tuple(grammar["infinitive_endings"]))
    )


def _around(action: TermHit, hits: LexiconHits, starts: list[int]) -> tuple[TermHit, ...]:
    return hits.objects[bisect_left(starts, action.start - _LONGEST_TERM) : bisect_left(starts, action.end)]


def _last_before(ends: list[int], at: int) -> int:
    index = bisect_left(ends, at)
    return ends[index - 1] if index else 0


def _first_from(ends: list[int], at: int, otherwise: int) -> int:
    index = bisect_right(ends, at - 1)
    return ends[index] if index < len(ends) else otherwise


def clause_ends(text: str) -> list[int]:
    """Return where clauses end: not after an abbreviation ("sq. km"), which goes on with a small letter or a digit."""
    return [
        match.start()
        for match in _CLAUSE_END.finditer(text)
        if not (match.end() < len(text) and (text[match.end()].islower() or text[match.end()].isdigit()))
    ]
