"""The words that decided each field of a commitment, as trace steps; a promise's steps add up to its confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.models import TraceStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.concepts import Concepts
    from coherence.extraction.context import Mention
    from coherence.extraction.fields import Horizon
    from coherence.extraction.weighing import Verdict
    from coherence.models import Baseline, Quantity

__all__ = ["baseline_step", "concept_steps", "horizon_steps", "modality_step", "quantity_steps", "verdict_steps"]

_SAYING = {
    "committed": ("future", "aim"), "achieved": ("past",), "negated": ("negated",), "considered": ("considered",),
    "planned": (),
}  # fmt: skip
"""Classes of cues that decide a modality."""


def verdict_steps(verdict: Verdict) -> Iterator[TraceStep]:
    """Yield where the weighing starts and each piece of evidence with its weight, the strongest first."""
    for piece, weight in verdict.weighed:
        yield TraceStep(field="promise", value=f"{weight:+.2f} {piece.name}", because=piece.words)
    yield TraceStep(field="promise", value=f"{verdict.bias:+.2f} start", because=f"scale: {verdict.scale}")


def quantity_steps(mention: Mention, quantity: Quantity) -> Iterator[TraceStep]:
    """Yield what was read and from which words; for a number alone in a cell also where its unit stands."""
    where = "; ".join((*mention.context.heads[:1], *mention.context.labels[:1])) if mention.bare else ""
    ends = [end for end in (quantity.value, quantity.low, quantity.high) if end is not None]
    value = " to ".join(f"{end:.15g}" for end in ends)
    yearly = " a year" if quantity.per_year else ""
    words = f"{quantity.text} ({where})" if where else quantity.text
    yield TraceStep(field="quantity", value=f"{value} {quantity.unit}{yearly}", because=words)
    if quantity.from_value is not None:
        yield TraceStep(field="quantity", value=f"from {quantity.from_value:.15g}", because=quantity.text)


def modality_step(mention: Mention, modality: str) -> TraceStep:
    """Return the modality and the word of the clause that decided it."""
    low, high = mention.clause
    classes = _SAYING[modality]
    words = next((c.words for cue in classes for c in mention.cues if c.cue == cue and low <= c.start < high), "")
    return TraceStep(field="modality", value=modality, because=words)


def concept_steps(concepts: Concepts) -> Iterator[TraceStep]:
    """Yield the words that decided themes, ecosystems, response to degradation, gender and indicator."""
    return (TraceStep(field=field, value=value, because=words) for field, value, words in concepts.because)


def horizon_steps(horizon: Horizon) -> Iterator[TraceStep]:
    """Yield start and target year with where they stand."""
    if horizon.start_year is not None:
        yield TraceStep(field="start_year", value=str(horizon.start_year), because=horizon.because)
    if horizon.target_year is not None:
        yield TraceStep(field="target_year", value=str(horizon.target_year), because=horizon.because)


def baseline_step(mention: Mention, baseline: Baseline) -> TraceStep:
    """Return what the change is measured against and the words that say so."""
    if baseline.kind == "bau":
        words = next((cue.words for cue in mention.cues if cue.cue == "bau"), "; ".join(mention.context.heads[:1]))
        return TraceStep(field="baseline", value="business as usual", because=words)
    text = mention.passage.text
    found = [y for y in mention.years if y.year == baseline.year]
    words = text[max(mention.start, found[0].start - 20) : found[0].end] if found else ""
    return TraceStep(field="baseline", value=str(baseline.year), because=words.strip())
