"""What a document is when nobody says so: its instrument, year and country, from its name and its first pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from babel import Locale

from coherence.countries import count_countries
from coherence.vocabulary import LANGUAGES, term_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.models import Convention, Instrument

T = TypeVar("T")

__all__ = [
    "Inferred",
    "Opening",
    "convention_of",
    "infer_country",
    "infer_instrument",
    "infer_title",
    "infer_year",
    "instrument_choices",
]

_TITLE_WEIGHT = 12
_FIRST_WEIGHT = 4
_FIRST_CHARACTERS = 1_500
_OPENING_CHARACTERS = 12_000
_CLEAR = 1.6
_CLEAR_COUNTRY = 2.0
_MOST_COUNTRIES = 3
_TOPIC_WEIGHT = 8
_TOP_CHARACTERS = 500
_PROSE_LINE = 140
_SENTENCE_END = re.compile(r"[^\W\d]{2,}\.(?:\s|$)|[。，؟?!]|[,;]\s")
"""What long lines of prose have and long lines of a title page lack."""
_DATED_LINE = 60
_FIRST_YEAR = 1992
_LAST_YEAR = 2049
_NAME_PARTS = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<![\d./-])(?:\d{1,2}([./-])\d{1,2}\1((?:19|20)\d\d)|((?:19|20)\d\d)-\d{2}-\d{2})(?!\.?\d)")
"""A date in figures: 19/11/2015, 28.09.2015, 2015-09-28."""
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d/])(?!\s*(?:%|ha\b|km|mm\b|m[23]?\b))")
_RANGE_END = re.compile(r"(?:19|20)\d\d\s*[-–—/]\s*$|(?:19|20)\d\d\s+(?:to|à|au|a|al|по|до|至|إلى)\s+$")
_NAME_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a document: its title where the format names one, and the text of its first pages."""

    title: str
    text: str

    @property
    def top(self) -> str:
        """The title and what stands around it: the lines before the first of prose or of a table."""
        lines = [self.title]
        for line in self.text[:_TOP_CHARACTERS].split("\n"):
            if "\t" in line or (len(line) > _PROSE_LINE and _SENTENCE_END.search(line)):
                break
            lines.append(line)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Inferred(Generic[T]):
    """What was inferred and why; ``value`` is None where nothing or more than one thing was found."""

    value: T | None
    because: str
    """Id of a phrase in the vocabulary of notices: a source where there is a value, else a reason."""
    candidates: tuple[T, ...] = ()


def convention_of(instrument: Instrument) -> Convention:
    """Return the convention an instrument belongs to."""
    convention: Convention = term_list("instruments")[instrument]["convention"]
    return convention


def infer_instrument(file_name: str, opening: Opening) -> Inferred[Instrument]:
    """Return the instrument that a file's name, else its title, else its first pages name."""
    named = _named_instruments(file_name)
    if len(named) == 1:
        return Inferred(named[0], "source.file_name", tuple(named))
    in_title = _ranked(_title_scores(opening))
    if len(in_title) == 1:
        return Inferred(in_title[0], "source.title", (in_title[0],))
    overall = _ranked(_title_scores(opening) + _text_scores(opening))
    if len(overall) == 1:
        return Inferred(overall[0], "source.first_pages", (overall[0],))
    because = "reason.several_named" if overall else "reason.neither_names_one"
    return Inferred(None, because, overall or tuple(named))


def _ranked(scores: Counter[Instrument]) -> tuple[Instrument, ...]:
    """Return the instruments that no other clearly outscores, highest first."""
    ranked = sorted(scores, key=lambda instrument: (-scores[instrument], instrument))
    return tuple(instrument for instrument in ranked if scores[instrument] * _CLEAR > scores[ranked[0]])


def instrument_choices() -> tuple[Instrument, ...]:
    """Return the ids of all instruments."""
    return tuple(term_list("instruments"))


def infer_year(file_name: str, opening: Opening) -> Inferred[int]:
    """Return the year in the file's own name, else the latest near the top: one with a month, then the title's.

    A Chinese plan says when it was issued at its end, where the text may be set solid.
    """
    years = sorted(
        {int(found) for found in _NAME_YEAR.findall(PurePosixPath(file_name).stem) if _plausible(int(found))}
    )
    if len(years) == 1:
        return Inferred(years[0], "source.file_name", tuple(years))
    top = opening.top
    dated = [year for year, start in _years(top) if _has_month(top, start)]
    dated += [year for found in _DAY.finditer(top) if _plausible(year := int(found[2] or found[3]))]
    dated = dated or [int(year) for year in _issue_dates().findall(opening.text) if _plausible(int(year))]
    if dated:
        return Inferred(max(dated), "source.date", tuple(sorted(set(dated))))
    for text, because in ((opening.title, "source.title"), (_dated_lines(top), "source.top")):
        found = [year for year, start in _years(text) if not _is_to_come(text, start)]
        if found:
            return Inferred(max(found), because, tuple(sorted(set(found))))
    return Inferred(None, "reason.no_year")


def infer_title(first_heading: str, lines: Sequence[str], instrument: Instrument) -> str:
    """Return the first heading or, where that is a country's or a ministry's name, the line that names the instrument.

    ``lines``: the first passages, of which those after the first of prose are no part of a title page. A title that
    ends in a small word ("... OF THE") goes on in the next line.
    """
    if _names(first_heading, instrument):
        return first_heading
    for place, line in enumerate(lines):
        if len(line) > _PROSE_LINE or "\t" in line:
            break
        if any(phrase in _plain(line) for phrase in _titles(instrument)):
            unfinished = line.split()[-1].casefold() in term_list("dossier")["unfinished_title_words"]
            following = lines[place + 1] if unfinished and place + 1 < len(lines) else ""
            return f"{line} {following}".strip()
    return first_heading


def _names(line: str, instrument: Instrument) -> bool:
    plain = _plain(line)
    return _short_name(instrument).search(line) is not None or any(phrase in plain for phrase in _titles(instrument))


def infer_country(opening: Opening) -> Inferred[str]:
    """Return the alpha-3 code of the country that the title names, else of the one the first pages name most."""
    top = count_countries([opening.top])
    if len(top) == 1:
        return Inferred(next(iter(top)), "source.title", tuple(top))
    counts = count_countries([opening.text]) + top
    ranked = sorted(counts, key=lambda code: (-counts[code], code))
    if not ranked:
        return Inferred(None, "reason.none_named")
    if len(ranked) == 1 or counts[ranked[0]] >= _CLEAR_COUNTRY * counts[ranked[1]]:
        return Inferred(ranked[0], "source.first_pages", (ranked[0],))
    return Inferred(None, "reason.several_named", tuple(ranked[:_MOST_COUNTRIES]))


def _dated_lines(top: str) -> str:
    """Return the short lines that end in a year, as title pages have them."""
    return "\n".join(line for line in top.split("\n") if len(line) <= _DATED_LINE and _year_at_end().search(line))


def _is_to_come(text: str, start: int) -> bool:
    return _RANGE_END.search(text[:start]) is not None or _is_horizon(text, start)


def _plausible(year: int) -> bool:
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _years(text: str) -> Iterator[tuple[int, int]]:
    for found in _YEAR.finditer(text):
        if _plausible(int(found.group())):
            yield int(found.group()), found.start()


def _has_month(text: str, start: int) -> bool:
    before = re.split(r"\d", text[max(0, start - 24) : start])[-1].casefold()
    words = re.findall(r"[^\W\d_]+", before)
    after = text[start + 4 : start + 10].casefold().strip()
    return bool(set(words) & _months()) or bool(re.match(r"年\s*\d{1,2}\s*月", after))


def _is_horizon(text: str, start: int) -> bool:
    """Tell whether a year is one to come: words such as "by" or "horizon" stand before it."""
    before = " ".join(re.findall(r"[^\W\d_]+", text[max(0, start - 30) : start].casefold())[-3:])
    return any(before == cue or before.endswith(" " + cue) for cue in _horizon_cues())


@cache
def _months() -> frozenset[str]:
    months: set[str] = set()
    for language in LANGUAGES:
        for form in ("format", "stand-alone"):
            wide: Any = Locale(language).months[form]["wide"]
            months.update(name.casefold() for name in wide.values())
    return frozenset(month for month in months if not month[0].isdigit())


@cache
def _year_at_end() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for names in term_list("dossier")["year_words"].values() for word in names)
    return re.compile(rf"(?:19|20)\d\d\s?(?:{words})?\s*[)）]?\.?\s*$")


@cache
def _issue_dates() -> re.Pattern[str]:
    words = "|".join(map(re.escape, term_list("dossier")["issue_words"]["zh"]))
    return re.compile(rf"((?:19|20)\d\d)年\d{{1,2}}月\d{{1,2}}日(?:{words})")


@cache
def _horizon_cues() -> frozenset[str]:
    cues = term_list("dossier")["horizon_cues"]
    return frozenset(cue.casefold() for words in cues.values() for cue in words)


def _named_instruments(file_name: str) -> list[Instrument]:
    """Return the instruments whose short names stand as words in a file's name or, failing that, in its folder's."""
    path = PurePosixPath(file_name.replace("\\", "/"))
    for part in (path.stem, path.parent.name):
        words = set(_NAME_PARTS.findall(_plain(part)))
        spaced = f" {' '.join(_NAME_PARTS.findall(_plain(part)))} "
        found = [
            instrument
            for instrument, entry in term_list("instruments").items()
            if words & {_plain(term) for term in entry["names"]}
            or any(f" {' '.join(_NAME_PARTS.findall(title))} " in spaced for title in _titles(instrument))
        ]
        if found:
            return found
    return []


def _title_scores(opening: Opening) -> Counter[Instrument]:
    """Return how strongly the title and what stands around it name each instrument."""
    title = _plain(opening.top)
    scores: Counter[Instrument] = Counter()
    for instrument in instrument_choices():
        scores[instrument] += _TITLE_WEIGHT * any(phrase in title for phrase in _titles(instrument))
        scores[instrument] += _TITLE_WEIGHT * bool(_short_name(instrument).search(opening.top))
        scores[instrument] += _TOPIC_WEIGHT * any(topic in title for topic in _topics(instrument))
    return +scores


def _text_scores(opening: Opening) -> Counter[Instrument]:
    """Return how often the first pages name each instrument, near the top counting more."""
    text = _plain(opening.text[:_OPENING_CHARACTERS])
    scores: Counter[Instrument] = Counter()
    for instrument in instrument_choices():
        for phrase in _titles(instrument):
            first = text.count(phrase, 0, _FIRST_CHARACTERS)
            scores[instrument] += _FIRST_WEIGHT * first + text.count(phrase) - first
        scores[instrument] += len(_short_name(instrument).findall(opening.text[:_OPENING_CHARACTERS]))
    return +scores


@cache
def _short_name(instrument: Instrument) -> re.Pattern[str]:
    names = [re.escape(str(name).upper()) for name in term_list("instruments")[instrument]["names"]]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(names)})s?(?![^\W_])") if names else re.compile(r"(?!)")


@cache
def _topics(instrument: Instrument) -> tuple[str, ...]:
    topics: dict[str, list[str]] = term_list("instruments")[instrument].get("topics", {})
    return tuple(dict.fromkeys(_plain(topic) for words in topics.values() for topic in words))


@cache
def _titles(instrument: Instrument) -> tuple[str, ...]:
    titles: dict[str, list[str]] = term_list("instruments")[instrument]["titles"]
    return tuple(dict.fromkeys(_plain(title) for names in titles.values() for title in names))


def _plain(text: str) -> str:
    """Return the text without accents, case and typographic apostrophes and hyphens, on one line."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    bare = "".join(
        character for character in decomposed if not unicodedata.combining(character) and character != "\u0640"
    )
    return " ".join(bare.casefold().split())


_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "\u00ad": None})
