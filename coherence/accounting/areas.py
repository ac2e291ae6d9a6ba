"""Entries of area, and which of them are shown apart or the same."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.accounting.entries import Entry, Figure, figures_of, stated_range
from coherence.accounting.terms import accounting_terms, place_level, threshold
from coherence.accounting_models import LeftOut
from coherence.quote_words import content_words
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.accounting_models import Apart, Same
    from coherence.models import Commitment

__all__ = ["SEVERAL", "UNSTATED", "area_apart", "area_entry", "area_same", "at_sea", "stated_totals"]

SEVERAL, UNSTATED = "several", "unstated"
"""Groups of areas that name several land types, or none."""

_HECTARES = frozenset({"ha"})
_EXACT = 1e-6
"""Share by which equal numbers may differ through their arithmetic."""


def area_entry(main: Commitment, parts: tuple[Commitment, ...]) -> Entry | LeftOut | None:
    """Return the measure's area, or why it has none that can be added, or None where it states no area."""
    stated = tuple(figures_of(main, parts, _HECTARES))
    figures = tuple(figure for figure in stated if not _remains(figure))
    if not figures:
        if stated:
            return LeftOut(commitment=main.id, text=stated[0].quantity.text, because="remains")
        return _share(main, parts)
    totals = [_entry(main, figure, figures) for figure in figures if not figure.quantity.per_year]
    yearly = [_over_years(main, figure, figures) for figure in figures if figure.quantity.per_year]
    over_years = [entry for entry in yearly if entry is not None]
    if not totals and not over_years:
        return LeftOut(commitment=main.id, text=figures[0].quantity.text, because="per_year")
    # Milestones on the way are passed by the last one: the largest stands for the measure. A total that is stated
    # goes before one that is reckoned from years, unless it is a milestone on the way to it.
    total, reckoned = _largest(totals, main), _largest(over_years, main)
    chosen = total if reckoned is None or (total is not None and total.high >= reckoned.low) else reckoned
    assert chosen is not None  # noqa: S101 - one of the lists holds an entry
    return chosen if len(figures) == 1 else replace(chosen, notes=(*chosen.notes, "largest"))


def _remains(figure: Figure) -> bool:
    """Tell whether a figure is what may remain of a loss; with its start, what the loss falls by counts."""
    return figure.quantity.role == "remains" and figure.quantity.from_value is None


def _largest(entries: Iterable[Entry], main: Commitment) -> Entry | None:
    """Return the entry of the largest figure; one that only rounds the main figure gives way to it."""
    ordered = sorted(entries, key=lambda each: (-each.high, each.figure.commitment.id))
    own = next((each for each in ordered if each.figure.commitment.id == main.id), None)
    if own is not None and ordered[0].high <= own.high * (1 + threshold("rounding")):
        return own
    return ordered[0] if ordered else None


def _over_years(main: Commitment, figure: Figure, figures: tuple[Figure, ...]) -> Entry | None:
    """Return a yearly area times the years that the document states for it; None without both years."""
    start = figure.commitment.start_year or main.start_year
    end = figure.commitment.target_year or main.target_year
    if start is None or end is None or end < start:
        return None
    entry = _entry(main, figure, figures)
    # "2020-2030" may or may not count the first year.
    ends = (entry.low * max(end - start, 1), entry.high * (end - start + 1))
    return replace(entry, low=ends[0], high=ends[1], notes=(*entry.notes, "years"))


def _share(main: Commitment, parts: tuple[Commitment, ...]) -> LeftOut | None:
    shares = [figure for figure in figures_of(main, parts, frozenset({"percent"})) if _on_land(figure.commitment)]
    if not shares:
        return None
    return LeftOut(commitment=main.id, text=shares[0].quantity.text, because="share")


def _on_land(commitment: Commitment) -> bool:
    return bool(commitment.themes) and bool(term_list("themes")[commitment.themes[0]].get("land"))


def _entry(main: Commitment, figure: Figure, figures: Iterable[Figure]) -> Entry:
    low, high, notes = stated_range(figure)
    ecosystems = tuple(dict.fromkeys((*main.ecosystems, *figure.commitment.ecosystems)))
    themes = {*main.themes, *figure.commitment.themes}
    return Entry(
        main=main, figure=figure, measure="area", unit="ha", low=low, high=high, notes=notes,
        group=_group(ecosystems, (*main.themes, *figure.commitment.themes)),
        covers=accounting_terms().covers_of(ecosystems, sorted(themes)),
        values=frozenset(each.high for each in figures),
    )  # fmt: skip


def _group(ecosystems: tuple[str, ...], themes: tuple[str, ...]) -> str:
    """Return the land type: what may lie under any cover counts only where no other is named."""
    terms = accounting_terms()
    covered = [name for name in ecosystems if name in terms.covers] or list(ecosystems)
    if not covered:
        return terms.land_of_theme.get(themes[0], UNSTATED) if themes else UNSTATED
    return covered[0] if len(covered) == 1 else SEVERAL


def at_sea(entry: Entry) -> bool:
    """Tell whether an area needs no land."""
    return entry.group in accounting_terms().sea


def area_apart(a: Entry, b: Entry) -> Apart | None:
    """Return the id of the reason why two areas are different land, or None where nothing shows it."""
    if a.covers and b.covers and not a.covers & b.covers:
        return "land_type"
    if a.main.document != b.main.document:
        return None
    if _different_places(a, b):
        return "place"
    return "in_addition" if _in_addition(a, b) else None


def _different_places(a: Entry, b: Entry) -> bool:
    """Tell whether all places of both are of one sort and differ; a name within the other may be a part of it."""
    levels = {place_level(place) for place in a.places | b.places}
    met = any(one in other or other in one for one in a.places for other in b.places)
    return bool(a.places and b.places) and len(levels) == 1 and not met


def _in_addition(a: Entry, b: Entry) -> bool:
    later = max(a, b, key=_position)
    return bool(a.themes & b.themes) and accounting_terms().says("in_addition", later.figure.commitment.quote)


def _position(entry: Entry) -> tuple[int, int, str]:
    place = entry.figure.commitment.provenance
    return place.page, place.start, entry.id


def area_same(a: Entry, b: Entry) -> Same | None:
    """Return the id of the reason why two areas never count both, or None.

    A figure that is not round is one wherever it is repeated, a round one across documents with a theme in common.
    Within a document, a measure may be listed again, and a condition on support may extend a figure that is promised
    without ("double the 10,000 ha"). Repeats of one wording are one commitment already.
    """
    if area_apart(a, b):
        return None
    one_document = a.main.document == b.main.document
    if _telling(a.high) and abs(a.high - b.high) <= _EXACT * a.high:
        return "told_again" if one_document else "restated"
    if not a.themes & b.themes:
        return None
    if one_document:
        return _within_document(a, b)
    return "restated" if _equal(a.high, b.high) else None


def _within_document(a: Entry, b: Entry) -> Same | None:
    if _told_again(a, b):
        return "told_again"
    if a.conditional == b.conditional:
        return None
    smaller, larger = sorted((a, b), key=lambda entry: (entry.figure.high, entry.id))
    return "extended" if smaller.figure.high in larger.values and len(larger.values) > 1 else None


def _telling(value: float) -> bool:
    """Tell whether a figure is not round: 304,500 recurs for one thing, 300,000 for many."""
    return len(f"{value:.0f}".rstrip("0")) >= threshold("digits")


def _told_again(a: Entry, b: Entry) -> bool:
    """Tell whether two tables have a row of the same name: the list of projects in an annex names measures again."""
    rows = [entry.figure.commitment for entry in (a, b)]
    if rows[0].provenance.page == rows[1].provenance.page or not all("\t" in row.quote for row in rows):
        return False
    one, other = (content_words(row.quote.split("\t")[0]) for row in rows)
    return one == other and len(one) >= threshold("name_words")


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= threshold("equal") * max(one, other)


def stated_totals(entries: Iterable[Entry]) -> frozenset[tuple[str, str]]:
    """Return pairs (total, addend) of ids within documents: figures that are the sum of others, by number or by word.

    By number: of three or more that follow one another, each with a theme of the total. By word: the largest of a
    document, if it is said to be that of the whole plan and those on the same condition come to about as much.
    """
    found: set[tuple[str, str]] = set()
    by_document: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.main.document, *_position(each))):
        by_document.setdefault(entry.main.document, []).append(entry)
    for stated in by_document.values():
        for total in stated:
            rows = [entry for entry in stated if entry.id != total.id]
            addends = _addends(total, rows) or _with_and_without_support(total, rows)
            found.update((total.id, row.id) for row in addends)
        sums = {total for total, _ in found}
        found.update(_of_whole_plan(stated, sums))
    return frozenset(found)


def _of_whole_plan(stated: list[Entry], sums: set[str]) -> Iterator[tuple[str, str]]:
    whole = max(stated, key=lambda entry: (entry.high, entry.id))
    others = [each for each in stated if each.id != whole.id and each.conditional == whole.conditional]
    single = [each.high for each in others if each.id not in sums]
    about = 1 - threshold("about") <= math.fsum(single) / whole.high <= 1 + threshold("about")
    if len(single) >= threshold("addends") and about and _says_whole(whole.figure.commitment.quote):
        yield from ((whole.id, each.id) for each in others)


def _says_whole(quote: str) -> bool:
    terms = accounting_terms()
    return terms.says("whole_plan", quote) or ("\t" in quote and terms.begins_with("total_row", quote))


def _with_and_without_support(total: Entry, rows: list[Entry]) -> list[Entry]:
    """Return what is promised with support and what without, where the two make up the total."""
    rows = [row for row in rows if row.themes & total.themes]
    for alone in (row for row in rows if not row.conditional):
        for row in rows:
            if row.conditional and abs(alone.high + row.high - total.high) <= _EXACT * total.high:
                return [alone, row]
    return []


def _addends(total: Entry, rows: list[Entry]) -> list[Entry]:
    for start in range(len(rows)):
        run: list[Entry] = []
        for row in rows[start:]:
            if not row.themes & total.themes:
                break
            run.append(row)
            amount = math.fsum(each.high for each in run)
            if len(run) >= threshold("addends") and abs(amount - total.high) <= _EXACT * amount:
                return run
            if amount > total.high:
                break
    return []
