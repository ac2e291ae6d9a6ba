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


def link_parts(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Return the commitments with ``part_of`` and ``part`` set on those that tell more of another one."""
    commitments = tuple(commitments)
    rows = _rows(commitments)
    groups: dict[tuple[object, ...], list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        if commitment.quantities:
            groups[_group(commitment, rows)].append(commitment)
    part: dict[str, tuple[str, Part]] = {}
    for group in groups.values():
        main = min(group, key=lambda c: _rank(c, group))
        part.update({c.id: (main.id, _part(c, main)) for c in group if c.id != main.id})
    return tuple(
        commitment.model_copy(update=dict(zip(("part_of", "part"), part[commitment.id], strict=True)))
        if commitment.id in part
        else commitment
        for commitment in commitments
    )


def _rows(commitments: Iterable[Commitment]) -> dict[tuple[str, int], tuple[tuple[int, int], ...]]:
    """Return by document and page the stretches of table rows that are quoted whole."""
    rows: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
    for place in (commitment.provenance for commitment in commitments):
        if "\t" in place.quote:
            rows[place.document, place.page].add((place.start, place.end))
    return {page: tuple(sorted(stretches)) for page, stretches in rows.items()}


def _group(commitment: Commitment, rows: dict[tuple[str, int], tuple[tuple[int, int], ...]]) -> tuple[object, ...]:
    place = commitment.provenance
    around = [s for s in rows.get((place.document, place.page), ()) if s[0] <= place.start and place.end <= s[1]]
    # One sentence may hold two measures ("plant 5,000 ha and train 300 farmers"); a row is one measure.
    theme = None if around else commitment.themes[:1]
    stretch = around[0] if around else (place.start, place.end)
    return (place.document, place.page, *stretch, commitment.conditionality, theme)


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
