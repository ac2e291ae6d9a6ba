"""Horizon and baseline of a mention, each with the words that decided it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coherence.extraction.context import FROM_DOCUMENT, Mention, cues_of, years_of
from coherence.extraction.cues import opening_of
from coherence.extraction.segmentation import sentence_spans
from coherence.extraction.stances import Stances, stances_of
from coherence.extraction.timeframes import Timeframes, timeframe_of, timeframes_of
from coherence.models import Baseline
from coherence.vocabulary import is_currency, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.extraction.years import YearMention
    from coherence.models import Document

__all__ = [
    "NO_DEFAULTS",
    "Defaults",
    "Horizon",
    "baseline_of",
    "document_defaults",
    "horizon_of",
    "origin_years",
    "reference_year",
]

_UNITS_WITH_SCENARIO = frozenset({"percent", "tCO2e", "other"})
_FEWEST_IN_TURN = 2
"""Years ahead in a sentence from which on they may go in turn with its figures."""
_OPENING = 24
"""Characters within which a target that opens with its deadline has the year ("À l'horizon de l'année 2030, ...")."""
_PROMISING = frozenset({"future", "aim"})
"""Cues of the statements whose years count for the horizon of the document: climate models look further ahead."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """Start and end of a promise."""

    start_year: int | None = None
    target_year: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a document says of all its promises, for those of which nothing nearer does."""

    horizon: Horizon
    stances: Stances
    timeframes: Timeframes
    title: str = ""
    """The heading under which the whole document stands, "" for none: its years are those of the document."""


NO_DEFAULTS = Defaults(Horizon(), stances_of(()), timeframes_of((), None, None))
"""For statements that are not the document's own promises."""


def document_defaults(mentions: Sequence[Mention], document_year: int | None) -> Defaults:
    """Return the horizon that a document sets as a whole, and the conditions it sets for many promises."""
    horizon = document_horizon(mentions, document_year)
    timeframes = timeframes_of(mentions, document_year, horizon.target_year)
    return Defaults(horizon, stances_of(mentions), timeframes, _title(mentions))


def _title(mentions: Iterable[Mention]) -> str:
    """Return the outermost heading where nearly all statements stand below one and the same."""
    outermost = Counter(mention.context.headings[-1] for mention in mentions if mention.context.headings)
    if not outermost:
        return ""
    heading, count = min(outermost.items(), key=lambda item: (-item[1], item[0]))
    least: float = term_list("thresholds")["title"]["least_share"]
    return heading if count >= least * outermost.total() else ""


def document_horizon(mentions: Iterable[Mention], document_year: int | None) -> Horizon:
    """Return the year that most of the document's dated statements aim at; none when they disagree."""
    counts: Counter[int] = Counter()
    for mention in mentions:
        if mention.quantity is None and not mention.cue_classes() & _PROMISING:
            continue
        counts.update(
            latest
            for year in mention.years
            if year.role in {"target", "period"} and (latest := year.end_year or year.year) > (document_year or 0)
        )
    if not counts:
        return Horizon()
    year, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    agreement = term_list("thresholds")["horizon"]
    if count < max(agreement["least_share"] * counts.total(), agreement["fewest"]):
        return Horizon()
    return Horizon(None, year, f"{FROM_DOCUMENT}{count} of {counts.total()} dated statements")


def reference_year(document: Document) -> int | None:
    """Return the year before which nothing is promised: the document's, else that of the first of its instrument."""
    if document.year is not None:
        return document.year
    since: int | None = term_list("instruments")[document.instrument].get("since")
    return since


def horizon_of(mention: Mention, document_year: int | None, defaults: Defaults) -> Horizon:
    """Return start and target year: from the clause, the column head, the sentence, what governs it, the document."""
    found = _horizon_nearby(mention, document_year, defaults.title)
    frame = timeframe_of(mention, defaults.timeframes)
    if found.target_year is None:
        whole = defaults.horizon
        target, because = (
            (frame.end, f"{FROM_DOCUMENT}{frame.because[:80]}") if frame else (whole.target_year, whole.because)
        )
        found = Horizon(found.start_year, target, because)
    if found.start_year is None and found.target_year is not None:
        governing = _governing_start(mention, found.target_year)
        start = governing if governing is not None else frame.start if frame else None
        found = replace(found, start_year=start if (start or found.target_year) < found.target_year else None)
    return found


def _governing_start(mention: Mention, target_year: int) -> int | None:
    """Return the start of the nearest governing period that ends with the target: "2016-2035" in a column head."""
    for _, text in mention.context.inwards_out():
        for year in years_of(text, mention.language):
            if year.end_year == target_year and year.role != "baseline":
                return year.year
    return None


def _horizon_nearby(mention: Mention, document_year: int | None, title: str) -> Horizon:
    low, high = mention.clause
    own = _in_turn(mention, document_year)
    within = [own] if own is not None else [y for y in mention.years if low <= y.start < high]
    around = [y for y in mention.years if y not in within]
    start = _start(within) or _start(around)
    if mention.bare and mention.head_year is not None and mention.head_year > (document_year or mention.head_year - 1):
        # The year of its column dates a figure, the period of its row the measure.
        begun = start if (start or mention.head_year) < mention.head_year else None
        return Horizon(begun, mention.head_year, f"column head: {mention.head_year}")
    groups: tuple[tuple[str, list[YearMention]], ...] = (("clause", within), ("", []), ("sentence", around))
    for where, years in groups:
        if not where and mention.head_year is not None:
            return Horizon(start, mention.head_year, f"column head: {mention.head_year}")
        year = _nearest_target(years, mention.focus, document_year)
        if year is not None:
            latest = year.end_year or year.year
            return Horizon(
                start if start != latest else None, latest, f"{where}: {mention.passage.text[year.start : year.end]}"
            )
    if (before := _year_before(mention, document_year)) is not None:
        return before
    row = [("row label", label) for label in mention.context.labels[: None if mention.bare else 1]]
    for where, text in (*row, *mention.context.inwards_out()):
        governing = years_of(text, mention.language)
        # A bare year in a heading dates what the heading names ("Agreement 2015"), not the promises below it.
        dated = [y for y in governing if where != "heading" or y.role in {"target", "period"}]
        year = _nearest_target(dated, (0, 0), document_year)
        if year is not None:
            source = FROM_DOCUMENT if where == "heading" and text == title else f"{where}: "
            return Horizon(start or _start(governing), year.end_year or year.year, f"{source}{text[:80]}")
    return Horizon(start)


def _year_before(mention: Mention, document_year: int | None) -> Horizon | None:
    """Return the deadline with which a target opens: "By 2030 wetlands are kept. Their fish recover." sets it for both.

    One in the midst of a sentence is that sentence's own.
    """
    if mention.quantity is not None or mention.in_table:
        return None
    text = mention.passage.text
    for low, high in reversed(sentence_spans(text[: mention.start], mention.language)):
        opening = opening_of(text[low:high], mention.language)
        for year in years_of(text[low:high], mention.language):
            ahead = year.end_year is None and year.role in {"target", "plain"} and year.year > (document_year or 0)
            if ahead and year.start - opening <= _OPENING:
                return Horizon(
                    target_year=year.year, because=f"sentence before: {text[low + year.start : low + year.end]}"
                )
    return None


def _in_turn(mention: Mention, document_year: int | None) -> YearMention | None:
    """Return the year of the figure where each has one: "4% and 7% in 2025 and 2030", "4% in 2025 and 7% in 2030"."""
    ahead = [y for y in mention.years if y.end_year is None and y.role != "baseline" and y.year > (document_year or 0)]
    if len(ahead) == mention.figures > 1:
        return ahead[len(mention.earlier)]
    if len(ahead) < _FEWEST_IN_TURN or not mention.earlier or mention.quantity is None:
        return None
    # The first figure stands before the first year, so that each year closes what is said of its figures.
    offset = mention.focus[0] - mention.quantity.start
    opens = mention.earlier[0].start + offset < ahead[0].start and mention.start <= ahead[0].start
    return next((year for year in ahead if year.start >= mention.focus[1]), None) if opens else None


def _start(years: Iterable[YearMention]) -> int | None:
    for year in years:
        if year.role == "start":
            return year.year
        if year.role == "period" and year.end_year is not None:
            return year.year
    return None


def _nearest_target(
    years: Iterable[YearMention], focus: tuple[int, int], document_year: int | None
) -> YearMention | None:
    """Return the target year nearest to the number: said to be one, else a bare year after the document's own."""

    def ahead(year: YearMention) -> bool:
        return document_year is not None and (year.end_year or year.year) > document_year

    said = [y for y in years if y.role == "target" or (y.role == "period" and (document_year is None or ahead(y)))]
    bare = [y for y in years if y.role in {"plain", "past"} and ahead(y)]
    for group in (said, bare):
        if group:
            return min(group, key=lambda y: (_distance(y, focus), y.start))
    return None


def _distance(year: YearMention, focus: tuple[int, int]) -> int:
    # A year that follows the number belongs to it more often than one as far before it.
    return year.start - focus[1] if year.start >= focus[1] else 2 * (focus[0] - year.end)


def baseline_of(mention: Mention, document_year: int | None) -> Baseline | None:
    """Return what a change is measured against, if the sentence says so; the year of a starting value is one."""
    if mention.quantity is None:
        # "No net loss compared with 2015": the words alone compare.
        against = [year.year for year in mention.years if year.role == "baseline"]
        return Baseline(year=against[0], kind="base_year") if against else None
    if is_currency(mention.quantity.unit):
        return None
    heads = {cue.cue for head in mention.context.heads for cue in cues_of(head, mention.language)}
    if "bau" in mention.cue_classes() | heads and mention.quantity.unit in _UNITS_WITH_SCENARIO:
        return Baseline(year=None, kind="bau")
    years = [y for y in mention.years if y.role == "baseline"] or origin_years(mention, document_year)
    if years:
        return Baseline(year=min(years, key=lambda y: _distance(y, mention.focus)).year, kind="base_year")
    governing = (y for _, text in mention.context.inwards_out() for y in years_of(text, mention.language))
    inherited = next((y.year for y in governing if y.role == "baseline"), None)
    return Baseline(year=inherited, kind="base_year") if inherited is not None else None


def origin_years(mention: Mention, document_year: int | None) -> list[YearMention]:
    """Return the years of the values where the change starts: "from 33 % in 2010 to 70 %", and its further steps."""
    quantity = mention.quantity
    if quantity is None or document_year is None:
        return []
    steps = (quantity, *(q for q in mention.earlier if q.unit == quantity.unit))
    if all(q.from_value is None for q in steps):
        return []
    plain = (y for y in mention.years if y.role in {"plain", "past", "start"} and y.end_year is None)
    return [y for y in plain if y.year <= document_year]
