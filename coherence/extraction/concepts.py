"""What a promise is about: themes, ecosystems, response to land degradation, action, gender, indicator and bodies.

Every value comes with the words that decided it. The vocabulary is rules/vocabulary (themes, objects, actions,
features); a word alone rarely means a theme: "forest" means restoration, protection or planting by its verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.bodies import find_bodies
from coherence.extraction.official_targets import mentions
from coherence.extraction.pairing import Pair, neighbours, pair_actions
from coherence.extraction.theme_lexicon import (
    Combination,
    LdnResponse,
    LexiconHits,
    ThemeEntry,
    action_classes,
    find_words,
    theme_entries,
)
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coherence.extraction.lexicon import TermHit
    from coherence.vocabulary import Language

__all__ = ["Concepts", "find_concepts", "names_indicator"]

_MOST_THEMES = 4
_MOST_SPECIFIC = 3
_FROM_CONTEXT = 3
_NEAR_NUMBER = 45
_NAMED_BY_THEME = frozenset({"LDN"})
"""Land degradation neutrality is an instrument and a theme."""
_DEGRADED = frozenset({"degraded_land", "degraded_forest"})
_BETTERING = frozenset({"restore", "plant", "increase", "improve"})
_WORDS_THAT_COUNT = 3
_FIRM = 1.0
"""Evidence below this is an object without its verb: the heading above it says more."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a text is about. ``because`` holds (field, value, words that decided)."""

    themes: tuple[str, ...] = ()
    ecosystems: tuple[str, ...] = ()
    ldn_response: LdnResponse | None = None
    action: str | None = None
    gender: bool = False
    indicator: bool = False
    bodies: tuple[str, ...] = ()
    because: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Why a theme was found: where, how strongly, and by which pair if by one."""

    theme: str
    start: int
    end: int
    score: float
    pair: Pair | None = None
    words: str = field(default="", compare=False)
    lent: bool = False
    """Whether a heading has it, not the text itself."""


def find_concepts(text: str, language: Language, context: Sequence[str] = ()) -> Concepts:
    """Return what one sentence or table row is about.

    ``context`` are the headings, table bands and row heads above it, outermost first; they speak only where the
    text itself names no theme of its own. At most four themes, the most specific first.
    """
    bodies = find_bodies(text, language)
    hits = _words_of(text, bodies, language)
    pairs = pair_actions(text, hits, language)
    evidence = _ranked(_themes_of_text(text, hits, pairs))
    found, lender = _with_context(_worded(text, evidence), context, language)
    found = _of_its_sector(found, hits)
    themes = tuple(item.theme for item in found)
    response, response_words = _ldn_response((text, lender), themes, pairs, language)
    ecosystems = tuple(_ecosystems(hits))
    action = _action(found, pairs, hits)
    because = [("themes", item.theme, item.words) for item in found]
    because += [("ecosystems", name, text[hit.start : hit.end]) for name, hit in ecosystems]
    if response:
        because.append(("ldn_response", response, response_words))
    flags = {name: _feature(text, hits, name) for name in ("gender", "indicator")}
    because += [(name, "true", words) for name, words in flags.items() if words]
    return Concepts(
        themes=themes,
        ecosystems=tuple(name for name, _ in ecosystems),
        ldn_response=response,
        action=action,
        gender=bool(flags["gender"]),
        indicator=bool(flags["indicator"]),
        bodies=bodies,
        because=tuple(because),
    )


@lru_cache(maxsize=4096)
def names_indicator(text: str, language: Language) -> bool:
    """Tell whether a text, such as a column head, names an indicator."""
    return bool(_feature(text, _words_of(text, find_bodies(text, language), language), "indicator"))


def _words_of(text: str, bodies: tuple[str, ...], language: Language) -> LexiconHits:
    """Return the words of the vocabulary outside the names of bodies: a ministry of environment says who acts."""
    return find_words(_blanked(text, bodies), language)


def _blanked(text: str, names: tuple[str, ...]) -> str:
    """Return the text with the names in it replaced by as many spaces, so that offsets hold."""
    for name in names:
        written = re.compile(r"\s+".join(map(re.escape, name.split())))
        text = written.sub(lambda found: " " * len(found[0]), text)
    return text


def _themes_of_text(text: str, hits: LexiconHits, pairs: tuple[Pair, ...]) -> list[_Evidence]:
    numbers = [match.start() for match in _DIGIT.finditer(text)]
    found = [_by_label(hit, numbers) for hit in hits.themes]
    found += _by_combination(pairs, hits, numbers)
    if not any(not theme_entries()[item.theme].broad for item in found):
        found += _by_object_alone(hits)
    return found


def _of_its_sector(found: tuple[_Evidence, ...], hits: LexiconHits) -> tuple[_Evidence, ...]:
    """Leave out the theme of the whole economy where the text speaks of one sector's share in it."""
    entries = theme_entries()
    sectors = {entries[item.theme].group for item in found if not entries[item.theme].broad and item.score >= _FIRM}
    if not sectors or any(hit.id == "whole" for hit in hits.features):
        return found
    return tuple(item for item in found if not (entries[item.theme].whole and entries[item.theme].group in sectors))


def _by_label(hit: TermHit, numbers: list[int]) -> _Evidence:
    words = min(len(hit.label.split()), _WORDS_THAT_COUNT)
    return _Evidence(hit.id, hit.start, hit.end, 2 + 0.5 * (words - 1) + _nearness(hit.start, hit.end, numbers))


def _by_combination(pairs: tuple[Pair, ...], hits: LexiconHits, numbers: list[int]) -> Iterator[_Evidence]:
    classes = action_classes()
    for pair in pairs:
        for entry, _ in _combinations_with(pair.object.id, classes[pair.action.id][0]):
            yield _Evidence(entry.id, pair.start, pair.end, 2.25 + _nearness(pair.start, pair.end, numbers), pair)
    for one, other in neighbours(hits.objects):
        for entry, combination in _combinations_beside(one.id):
            if other.id in combination.others:
                start, end = min(one.start, other.start), max(one.end, other.end)
                yield _Evidence(entry.id, start, end, 2 + _nearness(start, end, numbers))


def _by_object_alone(hits: LexiconHits) -> Iterator[_Evidence]:
    for hit in hits.objects:
        yield from (
            _Evidence(entry.id, hit.start, hit.end, _FIRM / 2)
            for entry in theme_entries().values()
            if hit.id in entry.alone
        )


@cache
def _combinations_with(object_id: str, action_class: str) -> tuple[tuple[ThemeEntry, Combination], ...]:
    return tuple(
        (entry, item)
        for entry in theme_entries().values()
        for item in entry.combinations
        if object_id in item.objects and action_class in item.actions
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
    """Return 0.5 beside a number: a table row or a list of aims names several themes, the number belongs to one."""
    index = bisect_left(numbers, start - _NEAR_NUMBER)
    return 0.5 if index < len(numbers) and numbers[index] <= end + _NEAR_NUMBER else 0.0


def _ranked(evidence: Iterable[_Evidence]) -> tuple[_Evidence, ...]:
    """Return the best evidence of each theme, specific themes before broad ones, capped."""
    best: dict[str, _Evidence] = {}
    times: dict[str, int] = {}
    for item in evidence:
        times[item.theme] = times.get(item.theme, 0) + 1
        if item.theme not in best or (item.score, -item.start) > (best[item.theme].score, -best[item.theme].start):
            best[item.theme] = item

    def rank(item: _Evidence) -> tuple[bool, float, int]:
        again = 0.25 * min(times[item.theme] - 1, 2)
        return theme_entries()[item.theme].broad, -(item.score + again), item.start

    ordered = sorted(best.values(), key=rank)
    broad = [item for item in ordered if theme_entries()[item.theme].broad]
    specific = [item for item in ordered if not theme_entries()[item.theme].broad]
    return tuple((specific[: _MOST_SPECIFIC if broad else _MOST_THEMES] + broad)[:_MOST_THEMES])


def _with_context(
    own: tuple[_Evidence, ...], context: Sequence[str], language: Language
) -> tuple[tuple[_Evidence, ...], str]:
    """Return the text's themes with those that a heading lends where the text has none or only an object; and it."""
    specific = [item for item in own if not theme_entries()[item.theme].broad]
    if any(item.score >= _FIRM for item in specific):
        return own, ""
    lent, lender = _themes_of_context(context, language)
    lent = tuple(replace(item, pair=None, lent=True) for item in lent)
    broad = [item for item in own if theme_entries()[item.theme].broad]
    # A bare object ranks after the heading that says what is done with it.
    ordered = [*lent, *specific, *broad] if specific else [*broad, *lent]
    first: dict[str, _Evidence] = {}
    for item in ordered:
        first.setdefault(item.theme, item)
    return tuple(first.values())[:_MOST_THEMES], lender


def _themes_of_context(context: Sequence[str], language: Language) -> tuple[tuple[_Evidence, ...], str]:
    """Return the themes of the nearest heading that has a specific one, or else of the nearest that has any; and it."""
    fallback: tuple[tuple[_Evidence, ...], str] = ((), "")
    for heading in reversed(context):
        # The title of a plan names every sentence's plan, not what the sentence is about.
        if mentions(heading, language) - _NAMED_BY_THEME:
            continue
        found = _themes_of_heading(heading, language)
        if any(not theme_entries()[item.theme].broad for item in found):
            return found[:_FROM_CONTEXT], heading
        fallback = fallback if fallback[0] else (found[:_FROM_CONTEXT], heading)
    return fallback


@lru_cache(maxsize=4096)
def _themes_of_heading(heading: str, language: Language) -> tuple[_Evidence, ...]:
    hits = _words_of(heading, find_bodies(heading, language), language)
    return _worded(heading, _ranked(_themes_of_text(heading, hits, pair_actions(heading, hits, language))))


def _worded(text: str, found: tuple[_Evidence, ...]) -> tuple[_Evidence, ...]:
    return tuple(replace(item, words=" ".join(text[item.start : item.end].split())) for item in found)


def _action(found: tuple[_Evidence, ...], pairs: tuple[Pair, ...], hits: LexiconHits) -> str | None:
    """Return "verb object" of the pair that decided the first theme or fits it, else the theme's own action.

    A text without a verb takes no action from a heading: it describes.
    """
    classes = action_classes()
    strong = [pair for pair in pairs if not classes[pair.action.id][1]]
    if not found:
        return _named((strong or pairs)[0]) if pairs else None
    first = found[0]
    if first.pair:
        return _named(first.pair)
    for pair in pairs:
        if any(entry.id == first.theme for entry, _ in _combinations_with(pair.object.id, classes[pair.action.id][0])):
            return _named(pair)
    if first.lent and not any(not classes[hit.id][1] for hit in hits.actions):
        return None
    return theme_entries()[first.theme].action


def _named(pair: Pair) -> str:
    return f"{pair.action.id} {pair.object.id}".replace("_", " ")


def _ldn_response(
    texts: tuple[str, ...], themes: tuple[str, ...], pairs: tuple[Pair, ...], language: Language
) -> tuple[LdnResponse | None, str]:
    """Return the response to land degradation and the words that say so: the text's, else what a theme implies.

    ``texts`` are the text itself and the heading that lent it a theme.
    """
    entries = [theme_entries()[theme] for theme in themes]
    if not any(entry.land for entry in entries):
        return None, ""
    names: tuple[LdnResponse, ...] = ("avoid", "reduce", "reverse")
    for text in filter(None, texts):
        for hit in find_words(text, language).features:
            for name in names:
                if hit.id == f"ldn_{name}":
                    return name, " ".join(text[hit.start : hit.end].split())
    for pair in pairs:
        # What makes degraded land better reverses degradation, whatever the theme usually does.
        if pair.object.id in _DEGRADED and action_classes()[pair.action.id][0] in _BETTERING:
            return "reverse", " ".join(texts[0][pair.start : pair.end].split())
    return next(((e.ldn_response, e.id) for e in entries if e.land and e.ldn_response), (None, ""))


def _ecosystems(hits: LexiconHits) -> Iterator[tuple[str, TermHit]]:
    """Yield each ecosystem named, with its first words."""
    seen: set[str] = set()
    for hit in hits.nested_objects:
        for name in _ecosystems_of(hit.id):
            if name not in seen:
                seen.add(name)
                yield name, hit


@cache
def _ecosystems_of(object_id: str) -> tuple[str, ...]:
    return tuple(name for name, data in term_list("ecosystems").items() if object_id in data["objects"])


def _feature(text: str, hits: LexiconHits, name: str) -> str:
    """Return the words that show a feature, or nothing."""
    against = {at for hit in hits.features if hit.id == f"{name}_negative" for at in range(hit.start, hit.end)}
    hit = next((hit for hit in hits.features if hit.id == name and hit.start not in against), None)
    return " ".join(text[hit.start : hit.end].split()) if hit else ""
