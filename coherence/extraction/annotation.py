"""What stands in one text: its sentences, quantities, years and cues, as characters of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coherence.extraction.context import years_of
from coherence.extraction.cues import CueHit, find_cues
from coherence.extraction.quantities import QuantityMention, find_quantities
from coherence.extraction.segmentation import sentence_spans

if TYPE_CHECKING:
    from coherence.extraction.years import YearMention
    from coherence.vocabulary import Language

__all__ = ["Annotated", "annotate"]


class Annotated(NamedTuple):
    """The annotations of a text, each kind in order. Offsets are characters, end-exclusive."""

    sentence_spans: tuple[tuple[int, int], ...]
    quantities: tuple[QuantityMention, ...]
    years: tuple[YearMention, ...]
    cues: tuple[CueHit, ...]


def annotate(text: str, language: Language) -> Annotated:
    """Return the annotations of a text."""
    return Annotated(
        sentence_spans(text, language), find_quantities(text, language), years_of(text, language),
        find_cues(text, language),
    )  # fmt: skip
