"""The period in which a document says that its contribution, or a part of it, is carried out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.condition_words import component_of, condition_words
from coherence.extraction.context import years_of
from coherence.extraction.lexicon import TermIndex
from coherence.vocabulary import per_language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.extraction.condition_words import Component
    from coherence.extraction.context import Mention
    from coherence.vocabulary import Language

__all__ = ["Timeframe", "Timeframes", "timeframe_of", "timeframes_of"]

_LONGEST_LABEL = 80
_LONGEST_ANSWER = 160
"""Characters of a cell or paragraph that answers "Time frame" with two dates."""
_LONGEST_STRETCH = 32
"""Characters between the two years of a period written with days and months."""
_OPENING = 40
"""Characters at the head of a sentence in which it names the time frame: "The period of implementation is ..."."""


@dataclass(frozen=True, slots=True)
class Timeframe:
    """Years in which a contribution is carried out, and the words that say so."""

    start: int
    end: int
    because: str = ""


Timeframes = dict["Component | None", Timeframe]
"""By the part it holds for; None for the whole document."""


def timeframes_of(mentions: Iterable[Mention], document_year: int | None, horizon: int | None) -> Timeframes:
    """Return the time frame of each part: as a label or heading names it, else as sentences tell it.

    A sentence may speak of one programme; it is heard only where its period ends with the document's ``horizon``.
    """
    begun_before: int = term_list("thresholds")["timeframe"]["begun_before"]
    earliest = (document_year or 0) - begun_before
    named: dict[Component | None, list[Timeframe]] = defaultdict(list)
    told: dict[Component | None, list[Timeframe]] = defaultdict(list)
    for mention in mentions:
        frames = [frame for frame in _named(mention) if frame.start >= earliest and frame.end > (document_year or 0)]
        if frames:
            named[component_of("", mention.context, mention.language)] += frames
        told[None] += [
            frame for frame in _told(mention) if frame.start >= (document_year or 0) and frame.end == horizon
        ]
    found: Timeframes = {}
    for source in (named, told):
        for scope, frames in source.items():
            if len({(frame.start, frame.end) for frame in frames}) == 1:
                found.setdefault(scope, frames[0])
    return found


def timeframe_of(mention: Mention, timeframes: Timeframes) -> Timeframe | None:
    """Return the time frame of the part that a mention stands in, else of the whole."""
    component = component_of(mention.text, mention.context, mention.language)
    return (timeframes.get(component) if component else None) or timeframes.get(None)


def _named(mention: Mention) -> Iterator[Timeframe]:
    """Yield the period of "Time frame | 2021-2030", of a paragraph so headed, of "The commitment period is ..."."""
    language = mention.language
    if mention.in_table:
        cells = [cell.text for cell in mention.passage.cells if cell.text.strip()]
        label, answer = (cells[0], " ".join(cells[1:])) if len(cells) > 1 else ("", "")
    else:
        label, answer = (mention.context.headings or ("",))[0], mention.text
        if _names_timeframe(mention.text[:_OPENING], language):
            label = mention.text[:_OPENING]
    if len(label) <= _LONGEST_LABEL and len(answer) <= _LONGEST_ANSWER and _names_timeframe(label, language):
        yield from _period_of(answer, language)


def _told(mention: Mention) -> Iterator[Timeframe]:
    """Yield the period of "the programme of actions will be implemented in the period 2021-2030"."""
    classes, words = mention.cue_classes(), _words(mention.text, mention.language)
    if mention.in_table or ("past" in classes and "future" not in classes) or "carried_out" not in words:
        return
    if not condition_words(mention.text, mention.language) & {"whole", "measures"}:
        return
    for year in mention.years:
        if year.role == "period" and year.end_year is not None:
            yield Timeframe(year.year, year.end_year, mention.text)


def _period_of(text: str, language: Language) -> Iterator[Timeframe]:
    years = years_of(text, language)
    period = next((year for year in years if year.end_year is not None), None)
    if period is not None and period.end_year is not None:
        yield Timeframe(period.year, period.end_year, text)
    elif len(years) > 1 and years[0].year < years[1].year and _is_stretch(text[years[0].end : years[1].start]):
        yield Timeframe(years[0].year, years[1].year, text)


def _is_stretch(between: str) -> bool:
    """Tell whether two dates are the ends of a period: "1 January 2021 to 31 December 2030"."""
    return len(between) <= _LONGEST_STRETCH and not any(mark in between for mark in ":;")


def _names_timeframe(text: str, language: Language) -> bool:
    return "timeframe" in _words(text, language)


@lru_cache(maxsize=4096)
def _words(text: str, language: Language) -> frozenset[str]:
    return frozenset(hit.id for hit in _index(language).find_all(text))


@cache
def _index(language: Language) -> TermIndex:
    lists = per_language("years", language)
    return TermIndex(((name, label) for name in ("timeframe", "carried_out") for label in lists[name]), language)
