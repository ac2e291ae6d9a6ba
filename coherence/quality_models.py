"""What a report holds of the quality of each target, criterion by criterion."""

from __future__ import annotations

from typing import Literal

from coherence.model_basics import Frozen

__all__ = ["CriterionVerdict", "QualityCriterion", "QualityView", "TargetQuality", "VerdictState"]

VerdictState = Literal["met", "not_found", "contrary", "not_judged"]
"""``not_found``: the text does not say. ``contrary``: the text says the opposite. ``not_judged``: it cannot be told."""


class QualityCriterion(Frozen):
    """One criterion, and what it asks of a target."""

    id: str
    label: str
    asks: str


class CriterionVerdict(Frozen):
    """How a target stands by one criterion, and why."""

    criterion: str
    state: VerdictState
    reason: str
    words: tuple[str, ...] = ()
    """Words of the document that decide, each once; empty where none do."""
    findings: tuple[str, ...] = ()
    """Fingerprints of the findings that decide."""


class TargetQuality(Frozen):
    """One target by all criteria."""

    commitment: str
    """Id of the commitment."""
    score: int
    """Number of criteria met, 0 to 7."""
    judged: int
    """Number of criteria that could be judged."""
    verdicts: tuple[CriterionVerdict, ...]
    """In the order of the criteria."""


class QualityView(Frozen):
    """The targets of a dossier by the criteria of a decision."""

    basis: str
    """Id of the decision in rules/frameworks."""
    criteria: tuple[QualityCriterion, ...]
    targets: tuple[TargetQuality, ...]
    """By document and place."""
