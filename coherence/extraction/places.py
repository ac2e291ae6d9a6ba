"""Named places below the level of the country: a name beside a cue ("Province of X", "X River", "régions de X et Y").

Precision comes first: a word without a cue or a small word such as "in" before it, a country, a continent or a world
region is never a place here. Where a script has capitals a name must have one; Arabic names are the word after the
cue, Chinese names end with the cue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale

from coherence.extraction.lexicon import TermIndex, fold_word
from coherence.extraction.located_names import located_names
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.vocabulary import Language

__all__ = ["find_places", "listed_places"]

_MOST_PLACES = 12
_LONGEST_LIST = 8
_WORDS_IN_NAME = 4
_HAN_NAME = 4
_LIST_REACH = 160
_SPACES = 8
_SHORTEST_NAME = 2
_LONGEST_ACRONYM = 4
_WORD = re.compile(r"[^\W\d_][\w\-‐‑’'`]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPACE = re.compile(r"[ \u00a0]*\n?[ \u00a0]*['’]?")
_COMMA = re.compile(r"\s*[,،;]\s*|\s+")
_ELISION = re.compile(r"^(?:[dlDL]|qu)['’]")


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues of one language as rules/vocabulary/places has them, words folded."""

    links: frozenset[str]
    joins: frozenset[str]
    not_names: frozenset[str]
    never: frozenset[str]
    not_located: frozenset[str]
    adjective_endings: tuple[str, ...]


def find_places(text: str, language: Language, country: str | None = None) -> tuple[str, ...]:
    """Return the names of sub-national places in order of mention, each once, at most twelve.

    An administrative unit is given by its name alone, a river, park or the like with its cue ("Lake X").
    ``country`` (ISO 3166-1 alpha-3) is never among them, nor any other country.
    """
    del country  # Every country's name is left out, so it makes no difference which one the text is about.
    found = list(_han_places(text) if language == "zh" else _cued_places(text, language))
    found += _located_places(text, language, found)
    names: dict[str, None] = {}
    reached = -1
    for _, end, name in sorted(found, key=lambda item: (item[0], -item[1])):
        if end > reached:
            names.setdefault(name)
            reached = end
    return tuple(names)[:_MOST_PLACES]


def listed_places(text: str, language: Language) -> tuple[str, ...]:
    """Return the names of a list that stands in a column of places ("North; Lake basin; Coast"), at most twelve."""
    cues = _cues(language)
    joins = "|".join(rf"\s{re.escape(join)}\s" for join in sorted(cues.joins))
    parts = re.split(rf"[;,/•·،、]|\n{'|' + joins if joins else ''}", text)
    names: dict[str, None] = {}
    for name in map(_plain, parts):
        words = [fold_word(_ELISION.sub("", word)) for word in name.split()]
        named = bool(words) and len(words) <= _WORDS_IN_NAME and (name[:1].isupper() or not name.isascii())
        if named and not cues.not_names & set(words) and not _is_excluded(name, cues, language):
            names.setdefault(name)
    return tuple(names)[:_MOST_PLACES]


def _cued_places(text: str, language: Language) -> Iterator[tuple[int, int, str]]:
    cues = _cues(language)
    for hit in _index(language).find_all(text):
        side, _, kind = hit.id.partition(":")
        if side == "before":
            names = _names_after(text, hit.end, cues, language, several=kind == "several")
        else:
            names = _names_before(text, hit.start, cues, several=kind == "several")
            if text[hit.start].islower():
                names = (span for span in names if not _opens_sentence(text, *span))
        for start, end in names:
            name = _plain(text[start:end])
            if _is_excluded(name, cues, language) and kind != "feature":
                continue
            if kind == "feature":
                if fold_word(name.split()[0]) in cues.never or len(name) < _SHORTEST_NAME:
                    continue
                start, end = min(hit.start, start), max(hit.end, end)  # noqa: PLW2901 - the cue belongs to the name
                name = _plain(text[start:end])
            yield start, end, name


def _located_places(text: str, language: Language, cued: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield names after a small word such as "in" that no cue has told already."""
    cues = _cues(language)
    for start, end in located_names(text, language):
        name = _plain(text[start:end])
        taken = any(first < end and start < last for first, last, _ in cued)
        if not taken and not _is_excluded(name, cues, language) and fold_word(name) not in cues.not_located:
            yield start, end, name


def _names_after(text: str, at: int, cues: _Cues, language: Language, *, several: bool) -> Iterator[tuple[int, int]]:
    """Yield the name that follows a cue, or each of a list of names."""
    for _ in range(_LONGEST_LIST if several else 1):
        span = _name_from(text, at, cues) if language != "ar" else _arabic_name(text, at, cues)
        if span is None:
            return
        yield span
        at = _past_join(text, span[1], cues)
        if at == span[1]:
            return


def _name_from(text: str, at: int, cues: _Cues) -> tuple[int, int] | None:
    """Return the stretch of capitalised words, small linking words inside, that begins at most two words on."""
    first = last = -1
    words = 0
    for match in _words_from(text, at):
        word = match[0].rstrip("'’`-")
        core = _ELISION.sub("", word)
        if core[:1].isupper() and fold_word(core) not in cues.not_names:
            elided = len(word) - len(core)
            first = match.start() + elided if first < 0 else first
            last = match.start() + len(word)
            words += 1
            if words == _WORDS_IN_NAME:
                break
        elif fold_word(word) not in cues.links:
            break
    return (first, last) if first >= 0 else None


def _words_from(text: str, at: int) -> Iterator[re.Match[str]]:
    """Yield the words from a place on that nothing but single spaces and line breaks part."""
    while (gap := _SPACE.match(text, at)) and (match := _WORD.match(text, gap.end())):
        yield match
        at = match.end()


def _past_join(text: str, at: int, cues: _Cues) -> int:
    """Return the place after a comma or a word like "and", or the same place."""
    comma = _COMMA.match(text, at)
    if comma is None:
        return at
    word = _WORD.match(text, comma.end())
    if word is not None and fold_word(word[0]) in cues.joins:
        return word.end()
    return comma.end() if comma[0].strip() else at


def _arabic_name(text: str, at: int, cues: _Cues) -> tuple[int, int] | None:
    match = re.compile(r"\s+([^\W\d_]+)").match(text, at)
    if match is None:
        return None
    word = fold_word(match[1])
    if word in cues.not_names or word in cues.never or word.endswith(cues.adjective_endings) or len(word) <= 2:  # noqa: PLR2004 - no name has two letters
        return None
    return match.span(1)


def _names_before(text: str, at: int, cues: _Cues, *, several: bool) -> Iterator[tuple[int, int]]:
    """Yield the name that a cue follows, or each of a list of names, the nearest first."""
    words = list(_WORD.finditer(text, max(0, at - _LIST_REACH), at))
    end = at
    for _ in range(_LONGEST_LIST if several else 1):
        run: list[re.Match[str]] = []
        while words and not text[words[-1].end() : end].strip() and len(run) < _WORDS_IN_NAME:
            word = words[-1]
            if not word[0][:1].isupper() or fold_word(word[0]) in cues.not_names:
                break
            run.insert(0, words.pop())
            end = word.start()
        if not run:
            return
        yield run[0].start(), run[-1].end()
        if words and fold_word(words[-1][0]) in cues.joins and not text[words[-1].end() : end].strip():
            end = words.pop().start()
        elif words and text[words[-1].end() : end].strip() == ",":
            end = words[-1].end()
        else:
            return


def _opens_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether one word has its capital only from opening the sentence ("Inland valley")."""
    before = text[max(0, start - _SPACES) : start].rstrip()
    return " " not in text[start:end] and (not before or before[-1] in ".;:!?•-–")


def _is_excluded(name: str, cues: _Cues, language: Language) -> bool:
    if len(name) < _SHORTEST_NAME or (name.isupper() and len(name) <= _LONGEST_ACRONYM):
        return True
    folded = " ".join(fold_word(word) for word in name.split())
    return folded in cues.never or folded in _territories(language)


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" ,'’-")


@cache
def _territories(language: Language) -> frozenset[str]:
    """Return the names of all countries and parts of the world in the language, folded."""
    names = Locale.parse(language).territories.values()
    return frozenset(" ".join(fold_word(word) for word in str(name).split()) for name in names)


@cache
def _cues(language: Language) -> _Cues:
    data: dict[str, Any] = per_language("places", language)

    def folded(key: str) -> frozenset[str]:
        return frozenset(" ".join(fold_word(word) for word in str(item).split()) for item in data.get(key) or ())

    endings = tuple(fold_word(ending) for ending in data.get("adjective_endings") or ())
    return _Cues(folded("links"), folded("joins"), folded("not_names"), folded("never"), folded("not_located"),
                 endings)  # fmt: skip


@cache
def _index(language: Language) -> TermIndex:
    data = per_language("places", language)
    entries = [
        (f"{side}:{kind}", label)
        for side in ("before", "after")
        for kind, labels in data[side].items()
        for label in labels
    ]
    return TermIndex(entries, language)


def _han_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield names that need no cue, and short stretches before a suffix, cut at characters that no name has."""
    data = per_language("places", "zh")
    names, suffixes = _han_indexes()
    taken: list[tuple[int, int]] = []
    cut = frozenset(data["not_in_names"])
    hits = suffixes.find(text)
    followed = {hit.start for hit in hits}
    for hit in hits:
        if hit.end in followed:
            continue
        start = hit.start
        while (
            start > 0 and hit.start - start < _HAN_NAME and _HAN.match(text[start - 1]) and text[start - 1] not in cut
        ):
            start -= 1
        bounded = start == 0 or not _HAN.match(text[start - 1]) or text[start - 1] in cut
        if bounded and hit.start - start >= 2:  # noqa: PLR2004 - one character before a suffix is seldom a name
            taken.append((start, hit.end))
            yield start, hit.end, text[start : hit.end]
    for hit in names.find(text):
        if not any(start < hit.end and hit.start < end for start, end in taken):
            yield hit.start, hit.end, text[hit.start : hit.end]


@cache
def _han_indexes() -> tuple[TermIndex, TermIndex]:
    data = per_language("places", "zh")
    names = TermIndex((("name", name) for name in data["names"]), "zh")
    return names, TermIndex((("suffix", suffix) for suffix in data["suffixes"]), "zh")
