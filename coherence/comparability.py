"""Which figures on one theme cannot be compared, counted for each two instruments."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from coherence.engine.rows import row_of
from coherence.notices import notice
from coherence.pair_facts import PairRow, interaction_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.fact_models import FactBase
    from coherence.models import Notice

__all__ = ["not_comparable"]

_COMPARABLE = "comparable"
_REASONS = ("units", "period", "base")


def not_comparable(facts: FactBase) -> Iterator[Notice]:
    """Yield a notice for each two instruments of which figures on the same main theme cannot be compared.

    Such figures are neither equal nor different: no rule on equal or different values sees them, and the reader is
    told how many there are and why.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    stated = [row_of(each) for each in facts.commitments if each.quantified and each.theme is not None]
    for one, other in combinations(stated, 2):
        if one["instrument"] == other["instrument"] or one["theme"] != other["theme"]:
            continue
        found = PairRow(one, other, interaction_table())["comparability"]
        if found is not None and found != _COMPARABLE:
            first, second = sorted((one["instrument"], other["instrument"]))
            counts.setdefault((first, second), Counter())[found] += 1
    for (first, second), reasons in sorted(counts.items()):
        values = {reason: reasons[reason] for reason in _REASONS}
        yield notice("info", f"{first}, {second}", "figures.not_comparable", count=reasons.total(), **values)
