"""Entries of emissions that are avoided, reduced or bound, and which of them are shown apart or the same."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coherence.accounting.entries import Entry, Figure, figures_of, stated_range
from coherence.accounting.terms import accounting_terms
from coherence.accounting_models import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.accounting_models import Apart, NotCounted, Same
    from coherence.models import Commitment

__all__ = ["economy_totals", "emission_apart", "emission_entry", "emission_same"]

_TONNES = frozenset({"tCO2e"})
_WHOLE, _OTHER = "whole", "other"


def emission_entry(main: Commitment, parts: tuple[Commitment, ...]) -> Entry | LeftOut | None:
    """Return what the measure takes off emissions, in tCO2e, or why it is not counted, or None without a figure."""
    figures = tuple(figures_of(main, parts, _TONNES))
    if not figures:
        return None
    terms = accounting_terms()
    chosen = max(figures, key=lambda each: (each.commitment.target_year or 0, each.high, each.commitment.id))
    quote = chosen.commitment.quote
    wrong: NotCounted | None = (
        "per_head" if terms.says("per_head", quote) else "level" if not _reduces(chosen) else None
    )
    if wrong is not None:
        return LeftOut(commitment=main.id, text=chosen.quantity.text, because=wrong)
    low, high, notes = stated_range(chosen)
    return Entry(
        main=main, figure=chosen, measure="emission", unit="tCO2e", low=low, high=high,
        notes=notes if len(figures) == 1 else (*notes, "latest"), group=_sector(chosen.commitment, main),
        basis=f"{_against(main, chosen)}:{_timing(chosen)}", values=frozenset(each.high for each in figures),
    )  # fmt: skip


def _reduces(figure: Figure) -> bool:
    """Tell whether a figure is taken off emissions: by its words, or as the effect or the row of a measure.

    A level that emissions reach, or would reach without measures, must not be added to what is taken off.
    """
    commitment = figure.commitment
    return commitment.part == "effect" or "\t" in commitment.quote or accounting_terms().says("less", commitment.quote)


def _sector(*commitments: Commitment) -> str:
    sectors = accounting_terms().sector_of
    return next((sectors[theme] for each in commitments for theme in each.themes if theme in sectors), _OTHER)


def _against(main: Commitment, figure: Figure) -> str:
    baseline = figure.commitment.baseline or main.baseline
    return baseline.kind if baseline else "none"


def _timing(figure: Figure) -> str:
    if figure.quantity.per_year:
        return "per_year"
    return "period" if accounting_terms().says("cumulative", figure.commitment.quote) else "in_year"


def emission_apart(a: Entry, b: Entry) -> Apart | None:
    """Return why two figures are different emissions: sectors of which neither holds the other."""
    sectors = frozenset({a.group, b.group})
    meet = len(sectors) == 1 or sectors & {_WHOLE, _OTHER} or sectors in accounting_terms().sectors_that_meet
    return None if meet else "sector"


def economy_totals(entries: Iterable[Entry]) -> frozenset[tuple[str, str]]:
    """Return pairs (total, sector) of ids: the figure of a document for the whole economy, and those within it.

    It is the largest of the document. What is done without support does not hold what is done with it.
    """
    by_document: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_document[entry.main.document].append(entry)
    found: set[tuple[str, str]] = set()
    for stated in by_document.values():
        whole = max(stated, key=lambda entry: (entry.high, entry.group == _WHOLE, entry.id))
        if whole.group == _WHOLE:
            others = (each for each in stated if each.group != _WHOLE and (whole.conditional or not each.conditional))
            found.update((whole.id, each.id) for each in others)
    return frozenset(found)


def emission_same(a: Entry, b: Entry) -> Same | None:
    """Return why two figures never count both, or None.

    The whole economy holds every sector, and what is done with support holds what is done without, unless the
    document states their sum, which then is a figure of its own. Documents restate each other's figures.
    """
    if a.main.document != b.main.document:
        return "restated" if a.group == b.group and abs(a.high - b.high) <= 0.005 * max(a.high, b.high) else None
    if _WHOLE in {a.group, b.group}:
        return "sector_of_whole" if a.group != b.group else "one_economy"
    return "unconditional_within" if a.group == b.group and a.conditional != b.conditional else None
