"""The nested loop: each rule on each pair, by rule-engine itself, in the words of the reference of the tests."""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from coherence.pair_facts import interaction_table

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import reference_engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.fact_models import FactBase
    from coherence.rule_models import Rule


def run(rules: Sequence[Rule], bases: Sequence[FactBase]) -> tuple[dict[str, set[tuple[str, ...]]], float]:
    """Return what each rule matches, and the seconds it took."""
    start = perf_counter()
    found = {
        rule.id: {
            (*sorted(ids), instrument or "")
            for base in bases
            for ids, instrument in reference_engine.matches(rule, base, interaction_table())
        }
        for rule in rules
    }
    return found, perf_counter() - start
