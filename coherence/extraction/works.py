"""What a commitment does to land, water or nature, or against a risk: overlaps are told between equal or nested works.

The vocabulary is rules/vocabulary/works. A work is named by the quote itself (words, words close together, or an object
with an action), else by the themes of the commitment.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from coherence.extraction.pairing import clause_ends, neighbours, pair_actions
from coherence.extraction.theme_lexicon import NEGATIVE, action_classes, checked_index, combinations_of, find_words
from coherence.extraction.ways import count_words, opening, standing
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.extraction.lexicon import TermHit, TermIndex
    from coherence.extraction.theme_lexicon import Combination
    from coherence.vocabulary import Language

__all__ = ["Work", "find_works", "work_table"]


@dataclass(frozen=True, slots=True)
class Together:
    """Groups of words that name a work where they stand close together, in any order, or beside an action."""

    words: tuple[str, ...]
    actions: frozenset[str] = frozenset()
    """Classes of actions, of which one must stand there too; none are asked for where it is empty."""


@dataclass(frozen=True, slots=True)
class Work:
    """One work of rules/vocabulary/works.yaml."""

    id: str
    themes: frozenset[str]
    combinations: tuple[Combination, ...]
    together: tuple[Together, ...]
    land: frozenset[str]
    """Kinds of land on which it is counted, where the text names none."""
    within: frozenset[str]
    """Works as part of which it may be counted."""
    instead_of: frozenset[str]
    separate: frozenset[str]
    """Themes each of which makes it a work of its own."""
    ways: frozenset[str]
    """Ways in which it is carried out anyway."""
    wide: bool
    by_name: bool
    site: bool
    """Whether its words also tell where something else is done."""


_PURPOSE = "purpose"
_INFINITIVE = "infinitive"
_STUDY = "study"
_WHERE = "where"
_CELLS = "\t"
_SEMICOLONS = ";；؛"
_APART = 6
"""Words (in Chinese: pairs of characters) that may stand between two that name a work together."""
_BEFORE_SITE = 3
"""Words (in Chinese: pairs of characters) that may stand between a word of place and the land that it places."""
_STOPS = frozenset(",;:.،؛，；。")
_FEWEST_WORDS = 4
"""Before a purpose: fewer are a label that says nothing of what is done ("Programme in order to")."""


@cache
def work_table() -> dict[str, Work]:
    """Return the works by id, in the vocabulary's order; raises VocabularyError. Do not modify the result."""
    return {name: _work(name, data or {}) for name, data in term_list("works").items()}


def find_works(text: str, language: Language, themes: Iterable[str] = ()) -> frozenset[str]:
    """Return what a commitment mainly does, by its quote and its themes, the most specific theme first.

    This is what the quote names before it says what for, and the work of the first theme that has one, unless the quote
    names that one as its purpose only or the work must be named. What is only studied or mapped is not done.
    """
    if opening(text, language, [hit for hit in _index(language).find_all(text) if hit.id == _STUDY]):
        return frozenset()
    themes = tuple(themes)
    cells, mains = _cells(text, language), frozenset(themes)
    named = frozenset().union(*(_named(cell, language, mains) for cell in cells))
    done = frozenset().union(*(_named(_before_purpose(cell, language, mains), language, mains) for cell in cells))
    named, done = named - _replaced(named), done - _replaced(done)
    # Beside what the quote names, only the main theme tells more: the other ones say where, or of what land.
    told = (_of_theme(theme) - _replaced(named) for theme in (themes[:1] if done else themes))
    by_theme = next((found for found in told if found), frozenset())
    return done | {name for name in by_theme - (named - done) if not work_table()[name].by_name}


@cache
def _of_theme(theme: str) -> frozenset[str]:
    return frozenset(work.id for work in work_table().values() if theme in work.themes)


def _cells(text: str, language: Language) -> tuple[str, ...]:
    """Return the cells of a row that tell what is done: up to the figures behind the first that names a work.

    Baselines, bodies and what it yields stand behind; of prose, all is one cell.
    """
    cells = text.split(_CELLS)
    first = next((number for number, cell in enumerate(cells) if _precise(_named(cell, language))), None)
    if first is None or not cells[1:]:
        return (text,)
    figures = (number for number in range(first + 1, len(cells)) if any(map(str.isdigit, cells[number])))
    return tuple(cells[: next(figures, len(cells))])


def _precise(works: Iterable[str]) -> bool:
    return any(not work_table()[name].wide for name in works)


@lru_cache(maxsize=4096)
def _named(text: str, language: Language, mains: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the works that words, or actions on objects, name; a theme's own words name its works.

    A wide work is named so only by a theme of what the commitment acts on (``mains``): water and danger are all about.
    """
    hits = find_words(text, language)
    by_theme = [
        hit._replace(id=name)
        for hit in hits.themes
        for name in _of_theme(hit.id)
        if hit.id in mains or not work_table()[name].wide
    ]
    words = _index(language).find_all(text)
    found = standing([*words, *by_theme])
    named = _not_sites(text, language, found)
    named |= _by_objects(text, language, words)
    named |= _by_neighbours(text, language, found)
    return frozenset(named - _replaced(named))


def _not_sites(text: str, language: Language, found: Sequence[TermHit]) -> set[str]:
    """Return the works of the hits, without land that only tells where ("mulch on irrigated fields")."""
    works = [hit for hit in found if hit.id in work_table()]
    ends = [hit.end for hit in found if hit.id == _WHERE]

    def told_where(hit: TermHit) -> bool:
        behind = (text[end : hit.start] for end in ends if end <= hit.start)
        return any(count_words(words, language) <= _BEFORE_SITE and not set(words) & _STOPS for words in behind)

    done = {hit.id for hit in works if not (work_table()[hit.id].site and told_where(hit))}
    return done or {hit.id for hit in works}


def _replaced(named: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(work_table()[name].instead_of for name in named))


def _by_objects(text: str, language: Language, words: Sequence[TermHit]) -> set[str]:
    """Return the works that objects name with an action or beside others, where no words take the object back."""
    hits = find_words(text, language)
    pairs = [(p.object, (p.object.id, action_classes()[p.action.id][0])) for p in pair_actions(text, hits, language)]
    beside = [(one, (one.id, other.id)) for one, other in neighbours(hits.nested_objects)]

    def names(work: Work) -> bool:
        back = [hit for hit in words if hit.id == work.id + NEGATIVE]

        def left(of: Sequence[tuple[TermHit, tuple[str, str]]]) -> set[tuple[str, str]]:
            return {each for thing, each in of if not any(b.start <= thing.start and thing.end <= b.end for b in back)}

        return any(each.holds(left(pairs), left(beside)) for each in work.combinations)

    return {work.id for work in work_table().values() if work.combinations and names(work)}


def _by_neighbours(text: str, language: Language, found: Sequence[TermHit]) -> set[str]:
    """Return the works of which all groups of words, and an action where one is asked for, stand close together."""
    places: dict[str, list[tuple[int, int]]] = {}
    for hit in found:
        places.setdefault(hit.id, []).append((hit.start, hit.end))
    acts: dict[str, list[tuple[int, int]]] = {}
    for hit in find_words(text, language).actions:
        acts.setdefault(action_classes()[hit.id][0], []).append((hit.start, hit.end))
    ends = clause_ends(text)

    def meets(each: Together) -> bool:
        groups = [places.get(name, []) for name in each.words]
        if each.actions:
            groups.append([place for name in sorted(each.actions) for place in acts.get(name, [])])
        return all(groups) and any(_chained(text, language, ends, one, groups[1:]) for one in groups[0])

    return {work.id for work in work_table().values() if any(map(meets, work.together))}


def _chained(
    text: str,
    language: Language,
    ends: Sequence[int],
    one: tuple[int, int],
    others: Sequence[Sequence[tuple[int, int]]],
) -> bool:
    """Tell whether each of the other groups has a place near the first one, in the same clause."""
    return all(any(_near(text, language, ends, one, other) for other in group) for group in others)


def _near(text: str, language: Language, ends: Sequence[int], one: tuple[int, int], other: tuple[int, int]) -> bool:
    first, second = sorted((one, other))
    between = text[first[1] : second[0]]
    return (
        first[1] <= second[0]
        and not any(first[1] <= end < second[0] for end in ends)
        and count_words(between, language) <= _APART
    )


def _before_purpose(text: str, language: Language, mains: frozenset[str]) -> str:
    """Return what stands before the words of purpose, and what follows in the next clause ("so that ...; ...").

    An infinitive tells a purpose only behind what names a work: "use mulch to hold the soil", not "plans to plant".
    """
    hits = standing(_index(language).find_all(text))
    acts = {hit.start for hit in find_words(text, language).actions}

    def opens(hit: TermHit) -> bool:
        if hit.id == _PURPOSE:
            return True
        verb = {hit.end, hit.end + 1} & acts or " " in hit.label
        return bool(hit.id == _INFINITIVE and verb) and _precise(_named(text[: hit.start], language, mains))

    first = next((hit for hit in hits if opens(hit)), None)
    if first is None:
        return text
    ends = sorted({*clause_ends(text), *(place for place, sign in enumerate(text) if sign in _SEMICOLONS)})
    head = text[: first.start] + next((text[end:] for end in ends if end > first.start), "")
    label = first.id == _PURPOSE and len(head.split()) < _FEWEST_WORDS and language != "zh"
    return text if label else head


def _work(name: str, data: dict[str, Any]) -> Work:
    return Work(
        id=name,
        themes=frozenset(data.get("themes", ())),
        combinations=combinations_of(data),
        together=tuple(
            Together(tuple(item["words"]), frozenset(item.get("actions", ()))) for item in data.get("together") or ()
        ),
        land=frozenset(data.get("land", ())),
        within=frozenset(data.get("within", ())),
        instead_of=frozenset(data.get("instead_of", ())),
        separate=frozenset(data.get("separate", ())),
        ways=frozenset(data.get("ways", ())),
        wide=bool(data.get("wide")),
        by_name=bool(data.get("wide") or data.get("by_name")),
        site=bool(data.get("site")),
    )


@cache
def _index(language: Language) -> TermIndex:
    groups = {name for work in work_table().values() for each in work.together for name in each.words}
    return checked_index("works", language, work_table().keys() | groups | {_PURPOSE, _INFINITIVE, _STUDY, _WHERE})
