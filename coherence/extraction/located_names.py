"""Names that only a small word shows to be places: "à Rufisque", "en Casamance", "the terraces of the Uluguru".

In a sentence a word with a capital that follows "in", "along" or "near" is a name, and mostly that of a place. What
else is written so stands in rules/vocabulary/places: bodies, plans and agreements before the small word
(``not_holders``), words that are no names (``not_names``), towns after which agreements are called
(``not_located``). The words by which themes, works and the like are read are words of the language, and no names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from coherence.extraction.lexicon import fold_word
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.vocabulary import Language

__all__ = ["located_names"]

_WORD = re.compile(r"[^\W\d_][\w\-‐‑]*|['’]|\S")
_ELIDED = re.compile(r"\b([dlDL]|[qQ]u)['’](?=[^\W\d_])")
_FOLDERS = ("actions", "cues", "features", "objects", "official_elements", "programme", "stakes", "themes", "works")
"""Folders of the vocabulary whose words are no names."""
_MOST_BEFORE = 2
"""Words of which a small word consists at most: "along the"."""
_MOST_CAPITALS = 0.6
"""Share of capitals among the longer words, but the first, beyond which a text is a title: they tell nothing there."""
_LONGER = 4
_FEWEST_LONGER = 3


def located_names(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Yield where names stand in ``text``, the end exclusive: the first after a small word, and those joined to it.

    Nothing in languages without such words in their vocabulary, and nothing in an English title: no other language
    writes titles with capitals.
    """
    within, joins = _folded("within", language), _folded("joins", language)
    if not within or (language == "en" and _is_title(text)):
        return
    words = list(_WORD.finditer(_ELIDED.sub(r"\1 ", text)))
    following = -1
    for index in range(1, len(words)):
        if index < following or not _is_name(words[index][0], language):
            continue
        if not _is_located(words, index, within, language):
            continue
        while True:
            last = _last_of_name(words, index, language)
            if last + 1 < len(words) and words[last + 1][0][:1].isupper():
                following = last + 1
                break  # part of a longer name that is no place: "Central African Republic"
            # "La Unión" in a list: the article is of the name where it has a capital too.
            first = index - 1 if words[index - 1][0][:1].isupper() and words[index - 1][0][1:].islower() else index
            yield words[first].start(), words[last].end()
            following = last + 1
            index = _past_join(words, following, joins, within, language)  # noqa: PLW2901  # the next of a list
            if index < 0:
                break


def _is_located(words: list[re.Match[str]], index: int, within: frozenset[str], language: Language) -> bool:
    """Tell whether a small word stands before the name, and no body or plan before that."""
    for length in range(min(_MOST_BEFORE, index), 0, -1):
        small = [fold_word(word[0]) for word in words[index - length : index]]
        if " ".join(small) in within:
            holder = words[index - length - 1][0] if index > length else ""
            # "Ministère de l'Agriculture": what belongs to a name is no place of its own.
            of_body = holder[:1].isupper() and index - length - 1 > 0 and small[0] in _folded("links", language)
            return not of_body and fold_word(holder) not in _folded("not_holders", language)
    return False


def _is_name(word: str, language: Language) -> bool:
    acronym = sum(character.isupper() for character in word) > 1 and "-" not in word
    if not word[:1].isupper() or len(word) == 1 or acronym or any(character.isdigit() for character in word):
        return False
    folded = fold_word(word)
    if folded in _folded("quarters", language):
        return True
    return folded not in _folded("not_names", language) and not any(
        part in _common(language) or part.startswith(_prefixes(language)) for part in re.split("[-‐‑]", folded)
    ) and not _plain(folded).startswith(_countries(language))  # fmt: skip


def _last_of_name(words: list[re.Match[str]], index: int, language: Language) -> int:
    """Return the last word of a name that goes on: "Langue de Barbarie", "San Miguel"."""
    links, last = _folded("links", language), index
    for place in range(index + 1, len(words)):
        word = words[place][0]
        if word[:1].isupper() and len(word) > 1 and fold_word(word) not in _folded("not_names", language):
            last = place
        elif fold_word(word) not in links or place - last > 1:
            break
    return last


def _past_join(
    words: list[re.Match[str]], index: int, joins: frozenset[str], within: frozenset[str], language: Language
) -> int:
    """Return where a further name of a list begins, behind a comma or a word like "and"; -1 where none does."""
    if index >= len(words) or (words[index][0] != "," and fold_word(words[index][0]) not in joins):
        return -1
    place = index + 1
    while place < len(words) and place - index <= 1 + _MOST_BEFORE:
        if _is_name(words[place][0], language):
            return place
        # "La" of "La Unión"; the name itself is what follows.
        small = fold_word(words[place][0])
        if small not in joins | _folded("links", language) and not any(small in each.split() for each in within):
            return -1
        place += 1
    return -1


def _is_title(text: str) -> bool:
    longer = [word for word in re.findall(r"[^\W\d_]+", text)[1:] if len(word) >= _LONGER]
    return len(longer) >= _FEWEST_LONGER and sum(w[0].isupper() for w in longer) > _MOST_CAPITALS * len(longer)


@cache
def _folded(key: str, language: Language) -> frozenset[str]:
    given = per_language("places", language).get(key) or ()
    return frozenset(" ".join(fold_word(word) for word in str(item).split()) for item in given)


@cache
def _common(language: Language) -> frozenset[str]:
    """Return words of the language that a text may write with a capital: those of the vocabulary, months and days."""
    locale = Locale.parse(language)
    dates = (name for names in (locale.months, locale.days) for name in names["format"]["wide"].values())
    return frozenset(fold_word(word) for word in (*_terms(language), *dates) if not word.endswith("*"))


@cache
def _prefixes(language: Language) -> tuple[str, ...]:
    """Return what words of the vocabulary begin with."""
    stems = {fold_word(word.rstrip("*")) for word in _terms(language) if word.endswith("*")}
    return tuple(sorted(stem for stem in stems if len(stem) >= _LONGER))


@cache
def _countries(language: Language) -> tuple[str, ...]:
    """Return names of countries, with which the names of their peoples begin, without accents."""
    names = (str(name).split(" (")[0] for name in Locale.parse(language).territories.values())
    folded = {_plain(fold_word(name)) for name in names if " " not in name}
    return tuple(sorted(name for name in folded if len(name) > _LONGER))


def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


@cache
def _terms(language: Language) -> frozenset[str]:
    found = (word for folder in _FOLDERS for word in _words_in(per_language(folder, language)))
    return frozenset(word for term in found for word in re.findall(r"[^\W\d_][\w\-‐‑]*\*?", term))


def _words_in(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _words_in(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _words_in(value)
