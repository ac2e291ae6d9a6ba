"""Why a text is about a theme: a verb with its object, a word of the theme, two things named together; in what order.

What the statement acts on comes before what it names by the way. The weights stand in rules/vocabulary/thresholds.yaml.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.adjuncts import find_asides
from coherence.extraction.pairing import CLAUSE_REACH, Pair, neighbours
from coherence.extraction.theme_lexicon import (
    Combination,
    LexiconHits,
    ThemeEntry,
    action_classes,
    combinations_with,
    theme_entries,
)
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coherence.extraction.governing import Governing
    from coherence.extraction.lexicon import TermHit

__all__ = ["FIRM", "MOST_THEMES", "Evidence", "main_themes", "ranked", "themes_of_text"]

FIRM = 1.0
"""Evidence below this is an object without its verb: the heading above it says more."""
MOST_THEMES = 4
_MOST_SPECIFIC = 3
_NEAR_NUMBER = 45
_BESIDE_NUMBER = 20
_WORDS_THAT_COUNT = 3
_TIMES_THAT_COUNT = 3
_OPENING = 60
"""Characters of a statement within which a broad theme that leads it stands."""
_LONGEST_PAIR = 2 * CLAUSE_REACH
_STEP = 0.01
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|[.,  ]\d)")
"""A number of four digits that reads as a year: the figure of a promise stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a theme was found: where, how strongly, and by which pair if by one."""

    theme: str
    start: int
    end: int
    score: float
    pair: Pair | None = None
    words: str = field(default="", compare=False)
    by_word: bool = False
    """Whether a word of the theme stands there."""
    aside: bool = False
    leads: bool = False
    """Whether a broad theme opens the statement: what follows says of what."""
    lent: bool = False
    """Whether a heading has it, not the text itself."""


def themes_of_text(
    text: str, hits: LexiconHits, pairs: tuple[Pair, ...], leading: int = 0, governing: Governing | None = None
) -> list[Evidence]:
    """Return all evidence of themes in a text; ``leading`` is where its most telling part ends, 0 for no such part."""
    years = {place for match in _YEAR.finditer(text) for place in range(*match.span())}
    numbers = [match.start() for match in _DIGIT.finditer(text) if match.start() not in years]
    found = [*_by_words(hits, pairs, numbers, governing), *_by_combination(pairs, hits, numbers)]
    if not any(not theme_entries()[item.theme].broad for item in found):
        found += _by_object_alone(hits)
    return _weighed(text, found, hits, leading, governing)


def _weighed(
    text: str, found: list[Evidence], hits: LexiconHits, leading: int, governing: Governing | None
) -> list[Evidence]:
    """Return the evidence with less weight for what stands aside, more for what stands in the leading part."""
    asides, weights = find_asides(text, hits), _weights()
    first = min((item.end for item in found if item.score >= FIRM), default=0)
    weighed = []
    for item in found:
        if item.score < FIRM:
            weighed.append(item)
            continue
        acts = item.pair is not None and not asides.hold(item.pair.action.start)
        place, behind = (item.pair.object.start, item.pair.action.end) if acts and item.pair else (item.start, 0)
        aside, bracketed = asides.hold(place, behind), asides.bracket(place)
        score = item.score - weights["aside"] * aside - weights["brackets"] * bracketed
        score += weights["leading"] * (item.start < leading)
        score += 0 if governing is None else _governed(item, governing)
        leads = theme_entries()[item.theme].leads and item.end == first <= _OPENING and not aside
        weighed.append(replace(item, score=max(score, FIRM), aside=aside or bracketed, leads=leads))
    return weighed


def _governed(item: Evidence, governing: Governing) -> float:
    """Return more for a theme that rests on what the governing verb acts on, a little less for verbs set beside it."""
    low, high = governing.spans[0]
    if item.pair is not None:
        first, beside = item.pair.action.start == governing.action.start, item.pair.action.start in governing.starts
    else:
        first, beside = low < item.end and item.start < high, governing.governs(item.start, item.end)
        first, beside = first and item.by_word, beside and item.by_word
    return _weights()["governed" if first else "beside_governed"] if beside else 0


def _by_words(
    hits: LexiconHits, pairs: tuple[Pair, ...], numbers: list[int], governing: Governing | None
) -> Iterator[Evidence]:
    """Yield what the words of themes say: more where they are, or hold, the thing that a verb acts on.

    A verb inside a name ("water supply") acts on nothing, unless it governs the statement.
    """
    weights = _weights()
    ordered = sorted(pairs, key=lambda pair: pair.start)
    starts = [pair.start for pair in ordered]
    for hit in hits.themes:
        words = min(len(hit.label.split()), _WORDS_THAT_COUNT)
        score = weights["word"] + weights["more_words"] * (words - 1)
        around = ordered[bisect_left(starts, hit.start - _LONGEST_PAIR) : bisect_left(starts, hit.end)]
        around = [pair for pair in around if pair.direct and not _only_named(pair, hit, governing)]
        if any(hit.start <= pair.object.start and pair.object.end <= hit.end for pair in around):
            score = max(score, weights["pair"]) + weights["acted_on"]
        elif (governing is not None and governing.theme == hit) or any(
            pair.start <= hit.start < pair.end or pair.start < hit.end <= pair.end for pair in around
        ):
            score += weights["acted_on"]
        score += _nearness(hit.start, hit.end, numbers)
        yield Evidence(hit.id, hit.start, hit.end, score, by_word=True)


def _only_named(pair: Pair, name: TermHit, governing: Governing | None) -> bool:
    """Tell whether an action only belongs to a name of which it is no governing verb."""
    inside = name.start <= pair.action.start < name.end
    return inside and governing is not None and pair.action.start not in governing.starts


def _by_combination(pairs: tuple[Pair, ...], hits: LexiconHits, numbers: list[int]) -> Iterator[Evidence]:
    classes, weights = action_classes(), _weights()
    narrower, named = _narrower(hits), _parts_of_names(hits)
    things = sorted({*(hit.start for hit in hits.objects), *(hit.start for hit in hits.themes)})
    for pair in pairs:
        place = (pair.object.start, pair.object.end)
        if place in named:
            continue
        score = weights["pair"] + _nearness(pair.start, pair.end, numbers)
        score -= 0 if _is_next(pair, things) else weights["further"]
        for number, name in enumerate((pair.object.id, *narrower.get(place, ()))):
            for entry, _ in combinations_with(name, classes[pair.action.id][0]):
                yield Evidence(entry.id, pair.start, pair.end, score + weights["narrower"] * (number > 0), pair)
    for one, other in neighbours(hits.objects):
        for entry, combination in _combinations_beside(one.id):
            if other.id in combination.others:
                start, end = min(one.start, other.start), max(one.end, other.end)
                yield Evidence(entry.id, start, end, weights["together"] + _nearness(start, end, numbers))


def _parts_of_names(hits: LexiconHits) -> frozenset[tuple[int, int]]:
    """Return the places of things that are a part of a theme's name: wood in "wood energy", soil in "soil carbon"."""
    found = ((thing, _around(thing, hits.themes)) for thing in hits.objects)
    return frozenset(
        (thing.start, thing.end)
        for thing, name in found
        if name is not None and name.end - name.start > thing.end - thing.start
    )


def _narrower(hits: LexiconHits) -> dict[tuple[int, int], list[str]]:
    """Return by the place of a state of land which land is in it: rangeland in "degraded rangeland"."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for part in hits.nested_objects:
        whole = _around(part, hits.objects)
        if whole is not None and whole.id in _states() and whole.end - whole.start > part.end - part.start:
            found[whole.start, whole.end].append(part.id)
    return found


def _around(part: TermHit, wholes: Sequence[TermHit]) -> TermHit | None:
    """Return which of the hits, in order and apart from each other, holds a hit."""
    index = bisect_right(wholes, part.start, key=lambda hit: hit.start) - 1
    return wholes[index] if index >= 0 and part.end <= wholes[index].end else None


def _is_next(pair: Pair, things: list[int]) -> bool:
    """Tell whether a pair's object is what the verb acts on, no other thing standing between the two."""
    if not pair.direct:
        return False
    index = bisect_left(things, pair.action.end)
    return pair.object.start < pair.action.end or index >= len(things) or things[index] >= pair.object.start


def _by_object_alone(hits: LexiconHits) -> Iterator[Evidence]:
    for hit in hits.objects:
        yield from (
            Evidence(entry.id, hit.start, hit.end, FIRM / 2)
            for entry in theme_entries().values()
            if hit.id in entry.alone
        )


@cache
def _combinations_beside(object_id: str) -> tuple[tuple[ThemeEntry, Combination], ...]:
    return tuple(
        (entry, item)
        for entry in theme_entries().values()
        for item in entry.combinations
        if object_id in item.objects and item.others
    )


def _nearness(start: int, end: int, numbers: list[int]) -> float:
    """Return more beside a number: a table row or a list of aims names several themes, the number belongs to one."""
    near, beside = (
        (index := bisect_left(numbers, start - reach)) < len(numbers) and numbers[index] <= end + reach
        for reach in (_NEAR_NUMBER, _BESIDE_NUMBER)
    )
    return _weights()["near_number"] * near + _weights()["beside_number"] * beside


@cache
def _states() -> frozenset[str]:
    return frozenset(term_list("thresholds")["states_of_land"])


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = term_list("thresholds")["theme_evidence"]
    return weights


def ranked(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the best evidence of each theme, specific themes before broad ones that do not lead, capped."""
    best, places = _best(evidence)

    def rank(item: Evidence) -> tuple[bool, bool, float, int]:
        again = min(max(len(places[item.theme]), 1), _TIMES_THAT_COUNT) - 1
        score = item.score + _weights()["again"] * again
        return theme_entries()[item.theme].broad and not item.leads, not item.leads, -score, item.start

    ordered = sorted(best.values(), key=rank)
    broad = [item for item in ordered if rank(item)[0]]
    specific = [item for item in ordered if not rank(item)[0]]
    return tuple((specific[: _MOST_SPECIFIC if broad else MOST_THEMES] + broad)[:MOST_THEMES])


def _best(evidence: Iterable[Evidence]) -> tuple[dict[str, Evidence], dict[str, set[int]]]:
    """Return the best evidence of each theme, and where it is named elsewhere than aside.

    A theme that is named by a word of its own stands before the wider one: hydropower before renewable energy.
    """
    best: dict[str, Evidence] = {}
    places: dict[str, set[int]] = defaultdict(set)
    for item in evidence:
        if not item.aside:
            places[item.theme].add(item.end)
        if item.theme not in best or (item.score, -item.start) > (best[item.theme].score, -best[item.theme].start):
            best[item.theme] = item
    for item in tuple(best.values()):
        wider = best.get(theme_entries()[item.theme].broader or "")
        if wider is not None and item.by_word and not item.aside and item.score <= wider.score:
            best[item.theme] = replace(item, score=wider.score + _STEP)
            places[item.theme] |= places[wider.theme]
    return best, places


def main_themes(found: Sequence[Evidence]) -> tuple[str, ...]:
    """Return the themes of what a statement acts on alike: the first, and those of as much weight beside it.

    "Restore wetlands and dunes by planting, to protect birds" has those of wetlands and dunes. A broad theme is one
    only where the first is.
    """
    if not found:
        return ()
    first, *others = found
    entries, least = theme_entries(), max(FIRM, found[0].score - _weights()["alike"])
    alike = (
        item.theme
        for item in others
        if not item.aside
        and item.score >= least
        and item.lent == first.lent
        and (entries[first.theme].broad or not entries[item.theme].broad)
    )
    return (first.theme, *alike)
