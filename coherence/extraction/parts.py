"""One measure told in several figures: its milestones, its cost, its effect on emissions belong to one main figure.

A table row "restore land | ha | 2020: 5,000 | 2030: 15,000 | cost 3 million" is five figures and one measure:
rules compare the measure, reports show every figure.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from coherence.vocabulary import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.models import Commitment

__all__ = ["link_parts"]

Part = Literal["milestone", "cost", "effect", "facet"]
Rows = dict[tuple[str, int], tuple[tuple[int, int], ...]]
"""By document and page the stretches of table rows: start and end in the page's text."""


def link_parts(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Return the commitments with ``part_of`` and ``part`` set on those that tell more of another one."""
    commitments = tuple(commitments)
    rows = _rows(commitments)
    groups: dict[tuple[object, ...], list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        if commitment.quantities:
            groups[_group(commitment, rows)].append(commitment)
    part = _costs(commitments, rows)
    for members in groups.values():
        group = [c for c in members if c.id not in part]
        if not group:
            continue
        main = min(group, key=lambda c: _rank(c, group))
        part.update({c.id: (main.id, _part(c, main)) for c in group if c.id != main.id})
    return tuple(
        commitment.model_copy(update=dict(zip(("part_of", "part"), part[commitment.id], strict=True)))
        if commitment.id in part
        else commitment
        for commitment in commitments
    )


def _costs(commitments: Iterable[Commitment], rows: Rows) -> dict[str, tuple[str, Part]]:
    """Return the amounts of table rows that tell a measure without another figure: what it costs, on any condition."""
    measures: dict[tuple[object, ...], str] = {}
    amounts: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for commitment in commitments:
        row = _row(commitment, rows)
        if row and not commitment.quantities:
            measures.setdefault(row, commitment.id)
        elif row and is_currency(commitment.quantities[0].unit):
            amounts[row].append(commitment.id)
    return {each: (measures[row], "cost") for row, ids in amounts.items() if row in measures for each in ids}


def _rows(commitments: Iterable[Commitment]) -> Rows:
    """Return by document and page the stretches of table rows that are quoted whole."""
    rows: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
    for place in (commitment.provenance for commitment in commitments):
        if "\t" in place.quote:
            rows[place.document, place.page].add((place.start, place.end))
    return {page: tuple(sorted(stretches)) for page, stretches in rows.items()}


def _row(commitment: Commitment, rows: Rows) -> tuple[object, ...]:
    """Return the table row that a commitment stands in, () for none."""
    place = commitment.provenance
    around = [s for s in rows.get((place.document, place.page), ()) if s[0] <= place.start and place.end <= s[1]]
    return (place.document, place.page, *around[0]) if around else ()


def _group(commitment: Commitment, rows: Rows) -> tuple[object, ...]:
    place = commitment.provenance
    # One sentence may hold two measures ("plant 5,000 ha and train 300 farmers"); a row is one measure.
    if row := _row(commitment, rows):
        return (*row, commitment.conditionality, None)
    return (place.document, place.page, place.start, place.end, commitment.conditionality, commitment.themes[:1])


def _rank(commitment: Commitment, group: Sequence[Commitment]) -> tuple[object, ...]:
    unit = commitment.quantities[0].unit
    share = unit == "percent" and any(c.quantities[0].unit == "ha" for c in group)
    return (is_currency(unit), unit == "tCO2e", share, -(commitment.target_year or 0), group.index(commitment))


def _part(commitment: Commitment, main: Commitment) -> Part:
    unit, main_unit = commitment.quantities[0].unit, main.quantities[0].unit
    if is_currency(unit) and not is_currency(main_unit):
        return "cost"
    if unit == main_unit and commitment.target_year != main.target_year:
        return "milestone"
    return "effect" if unit == "tCO2e" else "facet"
