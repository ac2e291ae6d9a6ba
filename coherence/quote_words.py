"""Quotes as readers and rules meet them: shortened without losing the figure, and compared word by word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "content_words",
    "distinctive_words",
    "own_words",
    "row_label",
    "shared_wording",
    "shortened",
    "telling_words",
    "unnumbered",
]

_SHOWN = 120
_HEAD = 50
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER_OF_ITEM = re.compile(r"(?:\d+(?:\.\d+)+|\d+[.)])\s*(?=[^\W\d_]{4})")
_STEM = 6
_FEWEST_WORDS = 5
_ENOUGH_WORDS = (3, 2)
"""Words of four letters and more in the cell that names the measure of a row; the fewer only where none has more."""


def shortened(quote: str, figure: str | None = None) -> str:
    """Return at most about 120 characters of a quote, cut between words; the figure stays in where it occurs.

    Of a table row the cell that names the measure is shown, and the figure's own cell behind a bar.
    """
    if "\t" in quote:
        quote = _row_in_short(quote.split("\t"), figure)
    text = " ".join(quote.split()).rstrip(" .;,:")
    if len(text) <= _SHOWN:
        return text
    written = " ".join((figure or "").split())
    at = text.find(written)
    if not written or at < 0 or at + len(written) <= _SHOWN:
        return f"{_cut(text, _SHOWN)} \u2026"
    head, start = _cut(text, _HEAD), max(at - 20, 0)
    around = text[text.rfind(" ", 0, start + 1) + 1 : at + len(written)]
    rest = text[at + len(written) :]
    return f"{head} \u2026 {around}{_cut(rest, _SHOWN - _HEAD) if rest else ''}" + (
        " \u2026" if len(rest) > _SHOWN - _HEAD else ""
    )


def row_label(quote: str) -> str:
    """Return the cell of a table row that names the measure, on one line."""
    return " ".join(_label(quote.split("\t")).split()).rstrip(" .;,:")


def unnumbered(quote: str, figures: Iterable[str] = ()) -> str:
    """Return a quote without the number of its item ("3.1 Promote", "2) Restore"), which means nothing elsewhere.

    A number that a small letter follows may be a figure ("3.1 million ha") and stays, as does one that a figure of
    the commitment, as written, begins with.
    """
    number = _NUMBER_OF_ITEM.match(quote)
    if number is None or not quote[number.end()].isupper():
        return quote
    written = number.group().strip(" .)")
    return quote if any(figure.startswith(written) for figure in figures) else quote[number.end() :]


def _label(cells: list[str]) -> str:
    """Return the first cell with words enough to say what is done: before it a row may name its sector or number."""
    for fewest in _ENOUGH_WORDS:
        telling = [cell for cell in cells if len(_WORD.findall(cell)) >= fewest]
        if telling:
            return telling[0]
    return max(cells, key=len)


def _row_in_short(cells: list[str], figure: str | None) -> str:
    label = _label(cells)
    return label if not figure or figure in label else f"{label} | {figure}"


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    space = text.rfind(" ", 0, length + 1)
    return text[: space if space > length // 2 else length].rstrip(" .;,:")


@lru_cache(maxsize=8192)
def content_words(quote: str) -> frozenset[str]:
    """Return the beginnings of the words of four letters and more, without accents: inflected forms count as one."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", quote.casefold()) if not unicodedata.combining(each))
    return frozenset(word[:_STEM] for word in _WORD.findall(plain))


@lru_cache(maxsize=8192)
def telling_words(quote: str, language: str) -> frozenset[str]:
    """Return the content words of a quote but for those that stand in any sentence or any plan."""
    return content_words(quote) - _function_words(language)


@lru_cache(maxsize=8192)
def own_words(quote: str, language: str) -> frozenset[str] | None:
    """Return the telling words of a quote but for those of aims, fields and means in general.

    None in a language of which these are not known (words of Chinese are not told apart).
    """
    general = _general_words(language)
    return telling_words(quote, language) - general if general else None


def shared_wording(one: str, other: str) -> float | None:
    """Return the share of the words of the shorter quote that the other has too; None under five words."""
    words, others = sorted((content_words(one), content_words(other)), key=len)
    return None if len(words) < _FEWEST_WORDS else len(words & others) / len(words)


def distinctive_words(quotes: Sequence[tuple[str, str]]) -> tuple[frozenset[str], ...]:
    """Return, for each (language, quote), the content words that few of the quotes in its language have.

    What most promises of a dossier say (climate, national, with, shall) tells nothing about what one of them is about.
    """
    thresholds = term_list("thresholds")["wording"]
    stated = Counter(language for language, _ in quotes)
    having = Counter((language, word) for language, quote in quotes for word in content_words(quote))
    most = {
        language: max(thresholds["few_quotes"], thresholds["few_share"] * number) for language, number in stated.items()
    }
    return tuple(
        frozenset(
            word
            for word in content_words(quote) - _function_words(language)
            if having[language, word] <= most[language]
        )
        for language, quote in quotes
    )


@cache
def _function_words(language: str) -> frozenset[str]:
    return content_words(" ".join(term_list("function_words").get(language, ())))


@cache
def _general_words(language: str) -> frozenset[str]:
    return content_words(" ".join(term_list("general_words").get(language, ())))
