"""Figures of a document that were not taken for promises, and why: for those who ask why something is missing."""

from __future__ import annotations

from typing import Literal

from coherence.models import Confidence, Frozen, Provenance, Quantity, TraceStep

__all__ = ["Rejection", "RejectionReason"]

RejectionReason = Literal["weighed", "negated", "no_unit"]
"""weighed: more speaks against a promise than for one; negated: the text denies it; no_unit: a number in a table of
which neither head, unit column, label nor caption says what it counts."""


class Rejection(Frozen):
    """A figure that is no commitment. ``quantity`` is None where no unit was found."""

    document: str
    """Path of the document as given."""
    provenance: Provenance
    figure: str
    """As written."""
    quantity: Quantity | None = None
    reason: RejectionReason
    confidence: Confidence | None = None
    """What the evidence comes to; a figure is taken from ``threshold`` on. Both None where there was no weighing."""
    threshold: float | None = None
    trace: tuple[TraceStep, ...] = ()
