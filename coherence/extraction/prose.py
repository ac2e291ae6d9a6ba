"""Paragraphs, list items and footnotes → mentions to judge."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.extraction.annotation import annotate
from coherence.extraction.context import Context, Mention
from coherence.extraction.openings import cues_of_promise
from coherence.extraction.segmentation import clause_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.extraction.annotation import Annotated
    from coherence.extraction.cues import CueHit
    from coherence.extraction.quantities import QuantityMention
    from coherence.extraction.years import YearMention
    from coherence.models import Passage
    from coherence.vocabulary import Language

__all__ = ["prose_mentions", "sentence_mentions"]

_LEADER = re.compile(r"\.{6,}|(?:\. ){6,}|…{3,}")
"""Dots that lead to a page number: a table of contents promises nothing."""
_LEAD_IN_ENDS = (":", "：")


def prose_mentions(passages: Iterable[Passage], language: Language) -> Iterator[Mention]:
    """Yield one mention for each quantity, and one for each sentence that has none."""
    for passage in passages:
        if not _LEADER.search(passage.text):
            found = annotate(passage.text, language)
            yield from sentence_mentions(passage, found, language, context_of(passage), offset=0)


def context_of(passage: Passage) -> Context:
    """Return the governing texts of a passage outside tables."""
    headings = passage.headings
    lead_in = headings[-1] if headings and headings[-1].rstrip().endswith(_LEAD_IN_ENDS) else ""
    return Context(lead_in=lead_in, headings=tuple(reversed(headings[:-1] if lead_in else headings)))


def sentence_mentions(
    passage: Passage, found: Annotated, language: Language, context: Context, *, offset: int, in_table: bool = False
) -> Iterator[Mention]:
    """Yield the mentions of a text that stands at ``offset`` in the passage's text, with its annotations."""
    cues = tuple(_moved_cue(cue, offset) for cue in found.cues)
    years = tuple(_moved_year(year, offset) for year in found.years)
    for low, high in found.sentence_spans:
        start, end = low + offset, high + offset
        inside = _telling([q for q in found.quantities if low <= q.start < high])
        own_cues = tuple(cue for cue in cues if start <= cue.start < end)
        own_years = tuple(year for year in years if start <= year.start < end)
        clauses = clause_spans(passage.text, start, end, tuple(c.start for c in own_cues if c.cue == "terminator"))
        for index, quantity in enumerate(inside or [None]):
            focus = (start, end) if quantity is None else (quantity.start + offset, quantity.end + offset)
            clause = next(((a, b) for a, b in clauses if a <= focus[0] < b), (start, end)) if quantity else (start, end)
            following = inside[index + 1 : index + 2]
            figure = focus[0] if quantity else None
            telling = cues_of_promise(passage.text, start, end, own_cues, language, figure=figure)
            yield Mention(
                passage, language, start, end, clause, quantity, focus, telling, own_years, context,
                in_table=in_table, earlier=tuple(inside[:index]),
                next_start=following[0].start + offset if following else None, figures=len(inside),
            )  # fmt: skip


def _telling(quantities: list[QuantityMention]) -> list[QuantityMention]:
    """Leave out what another figure of the sentence says better: "double … to 20 %", "4,000 km2 (400,000 ha)".

    Temperatures and probabilities measure no promise of a country.
    """
    quantities = [q for q in quantities if q.kind not in {"temperature", "likelihood", "gradient"}]
    figures = [q for q in quantities if q.kind not in {"multiplier", "zero"}]
    seen: set[tuple[object, ...]] = set()
    kept = []
    for quantity in figures or quantities:
        figure = (quantity.unit, quantity.value, quantity.low, quantity.high)
        if figure not in seen:
            kept.append(quantity)
        seen.add(figure)
    return kept


def _moved_cue(cue: CueHit, offset: int) -> CueHit:
    return cue._replace(start=cue.start + offset, end=cue.end + offset) if offset else cue


def _moved_year(year: YearMention, offset: int) -> YearMention:
    return replace(year, start=year.start + offset, end=year.end + offset) if offset else year
