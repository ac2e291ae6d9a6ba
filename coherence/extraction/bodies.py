"""Responsible bodies named in a text: ministries, agencies and commissions, as written."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.theme_lexicon import find_words
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from coherence.vocabulary import Language

__all__ = ["find_bodies"]

_MOST_BODIES = 3
_LONGEST_NAME = 110
_NAME_WORD = re.compile(r"(?:[,\s]+|['’])?(?:[^\W\d_]+['’])?[^\W\d_][\w\-‐‑]*")
_CASED_NAMES: frozenset[str] = frozenset({"en", "fr", "es", "pt"})
_UNCASED_WORDS = {"ru": 5, "ar": 4, "zh": 0}
_STOP = re.compile(r"[.;:()\[\]\n\t،؛]|\s[-–—]\s")


@lru_cache(maxsize=4096)
def find_bodies(text: str, language: Language) -> tuple[str, ...]:
    """Return the names of responsible bodies in order, at most three, white space made single."""
    found: list[str] = []
    hits = find_words(text, language).bodies
    for number, hit in enumerate(hits):
        ceiling = hits[number + 1].start if number + 1 < len(hits) else len(text)
        name = _name(text, hit.start, hit.end, ceiling, language)
        if name and name not in found:
            found.append(name)
        if len(found) == _MOST_BODIES:
            break
    return tuple(found)


def _name(text: str, start: int, end: int, ceiling: int, language: Language) -> str:
    stop = _STOP.search(text, end, end + _LONGEST_NAME)
    limit = min(stop.start() if stop else len(text), start + _LONGEST_NAME, ceiling)
    if language in _CASED_NAMES:
        last = _through_capitals(text, end, limit, language)
        cue_is_name = any(word[:1].isupper() for word in text[start:end].split())
        if last == end and not (cue_is_name and _complete(text[start:end], language)):
            return ""
        return " ".join(text[start:last].split()) if cue_is_name or last > end else ""
    last = _through_words(text, end, limit, language)
    return " ".join(text[start:last].rstrip(" ,").split())


def _through_words(text: str, end: int, limit: int, language: Language) -> int:
    """Return where a name ends in a script without capitals in names: after a few words, or at the cue itself."""
    opening = _words(language, "body_continues")
    last = end
    for number, match in enumerate(re.finditer(r"\S+", text[end:limit])):
        refused = match[0] in _words(language, "body_links") if number == 0 else not match[0].startswith(tuple(opening))
        if number == _UNCASED_WORDS[language] or (refused and (number == 0 or opening)):
            break
        last = end + match.end()
    return last


def _through_capitals(text: str, end: int, limit: int, language: Language) -> int:
    """Return where the name ends: after the last capitalised word that small connecting words lead to."""
    links, tails, last, at = _words(language, "body_links"), _words(language, "body_tails"), end, end
    while match := _NAME_WORD.match(text, at, limit):
        word = match[0].lstrip(", \n\t'’")
        core = word.replace("’", "'").rpartition("'")[2]
        if "," in match[0] and word.casefold() in _words(language, "body_articles"):
            break
        if core[:1].isupper() or (word.casefold() in tails and last == at):
            last = match.end()
        elif word.casefold() not in links:
            break
        at = match.end()
    return last


def _complete(cue: str, language: Language) -> bool:
    return cue.rsplit(maxsplit=1)[-1].casefold() not in _words(language, "body_links")


@cache
def _words(language: Language, key: str) -> frozenset[str]:
    return frozenset(per_language("features", language).get(key) or ())
