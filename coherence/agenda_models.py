"""What a report says first: what findings are about, what to talk about and with whom, and what cannot be compared."""

from __future__ import annotations

from typing import Literal

from coherence.model_basics import Frozen, Instrument, Severity

__all__ = ["AgendaItem", "Comparison", "ComparisonReason", "SubjectRecord"]

ComparisonReason = Literal["figure", "units", "period", "base", "year"]
"""Why two commitments on one subject cannot be set against each other: one states no figure; other units; a yearly
figure against one in all; shares of other wholes or baselines; the figures could be compared, but one has no year."""


class SubjectRecord(Frozen):
    """A subject, in words, and the commitments that are first of all about it."""

    id: str
    label: str
    commitments: tuple[str, ...]
    """Ids, sorted."""


class AgendaItem(Frozen):
    """One subject that those who answer for several instruments have to talk about."""

    rank: int
    subject: str
    """Id of the subject."""
    instruments: tuple[Instrument, ...]
    priority: Severity
    """The highest severity among its findings."""
    addressees: tuple[str, ...] = ()
    """Those who answer for the instruments, in words."""
    findings: tuple[str, ...]
    """Fingerprints; the one to begin with stands first."""


class Comparison(Frozen):
    """What of two instruments could be compared: pairs of commitments whose main theme is the same."""

    instruments: tuple[Instrument, Instrument]
    pairs: int
    """All of them."""
    compared: int
    """Those with figures in one unit, for one period and against one base, both with a year."""
    reasons: tuple[tuple[ComparisonReason, int], ...]
    """Why the others cannot be compared, each pair under the first reason that holds; the most frequent first."""
    uncompared: tuple[str, ...]
    """Ids of commitments with a figure that could be compared with none of the other instrument, sorted."""
