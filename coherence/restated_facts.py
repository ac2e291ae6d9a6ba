"""Figures that one document gives as those of another instrument, held against what that instrument says itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.pair_facts import SAME_FROM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.fact_models import CommitmentFacts

__all__ = ["borne_out"]


def borne_out(
    restated: Iterable[CommitmentFacts], commitments: Iterable[CommitmentFacts]
) -> tuple[CommitmentFacts, ...]:
    """Return the restated figures with ``found_there``: whether the instrument that they are given for has them."""
    stated: dict[str, list[CommitmentFacts]] = defaultdict(list)
    for each in commitments:
        stated[each.instrument].append(each)
    return tuple(replace(each, found_there=_found(each, stated[each.restates or ""])) for each in restated)


def _found(told: CommitmentFacts, stated: Sequence[CommitmentFacts]) -> str:
    if told.value is None:
        return "nothing"
    alike = [each for each in stated if each.themes & told.themes or each.keeps & told.keeps]
    same = [each for each in alike if _same_figure(each, told)]
    if not same:
        comparable = any(each.unit == told.unit or _shares(each, told) for each in alike)
        return "other" if comparable else "nothing"
    years = {each.target_year for each in same}
    return "whole" if told.target_year is None or years & {None, told.target_year} else "figure"


def _same_figure(one: CommitmentFacts, other: CommitmentFacts) -> bool:
    """Tell whether two state one figure; of a sentence on the share of forest the share may not be the first one."""
    if one.unit == other.unit and _equal(one.value, other.value):
        return True
    return _shares(one, other) and _equal(one.statement_share, other.statement_share)


def _shares(one: CommitmentFacts, other: CommitmentFacts) -> bool:
    return all("forest_share" in each.keeps and each.statement_share is not None for each in (one, other))


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return one == other or (min(one, other) > 0 and min(one, other) >= SAME_FROM * max(one, other))
