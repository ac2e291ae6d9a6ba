"""On which condition a promise stands: said in its sentence, near it, by what governs it, or once for many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coherence.extraction.condition_words import condition_words
from coherence.extraction.context import CONDITIONS, Mention, condition_step, cues_of
from coherence.vocabulary import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.cues import CueHit
    from coherence.extraction.stances import Stances
    from coherence.models import TraceStep

__all__ = ["conditionality_of"]

_PAUSE = re.compile(r"[,;)،؛，；）]")
_COMMA = 30
"""Characters that a comma between a condition and a figure counts for."""
_LONGEST_STATUS = 40
"""Characters of a cell that says no more than on which condition its row stands ("Conditional")."""


def conditionality_of(mention: Mention, stances: Stances) -> tuple[str, TraceStep | None]:
    """Return unconditional, conditional or unstated, and the words that say so; the nearest words decide."""
    said = _said_in_sentence(mention) or stances.sentences.get((id(mention.passage), mention.start))
    found = said or next(_governing(mention, stances), None)
    if found is None and not _is_total_need(mention):
        found = stances.of_part(mention)
    return (found.value if found else "unstated"), found


def _is_total_need(mention: Mention) -> bool:
    """Tell whether running text says what all would cost: only the measures, not their cost, hang on support."""
    quantity = mention.quantity
    return quantity is not None and is_currency(quantity.unit) and not mention.in_table


def _said_in_sentence(mention: Mention) -> TraceStep | None:
    cues = [cue for cue in mention.cues if cue.cue in CONDITIONS and not _is_of_part(cue, mention)]
    respective = _respective(mention, cues)
    if respective is not None:
        return condition_step(respective.cue, "sentence", respective.words)
    low, high = mention.clause
    for where, group in (("clause", [c for c in cues if low <= c.start < high]), ("sentence", cues)):
        if group:
            cue = min(group, key=lambda c: (_distance(c, mention), c.start))
            return condition_step(cue.cue, where, cue.words)
    return None


def _is_of_part(cue: CueHit, mention: Mention) -> bool:
    """Tell whether a condition is that of a part of the figure: "5 million, of which 2 from own means"."""
    between = mention.passage.text[mention.focus[1] : max(cue.start, mention.focus[1])]
    return mention.quantity is not None and "of_which" in condition_words(between, mention.language)


def _beside_support(head: str, mention: Mention) -> bool:
    """Tell whether a column is what the country bears itself: "Government" beside "External support"."""
    others = (cues_of(other, mention.language) for other in mention.context.table_heads if other != head)
    return "own" in condition_words(head, mention.language) and any(
        cue.cue == "conditional" for cues in others for cue in cues
    )


def _distance(cue: CueHit, mention: Mention) -> int:
    """Return the characters between a cue and the figure; a comma between them weighs as much as many."""
    low, high = sorted((*mention.focus, cue.start, cue.end))[1:3]
    return high - low + _COMMA * len(_PAUSE.findall(mention.passage.text, low, high))


def _respective(mention: Mention, cues: list[CueHit]) -> CueHit | None:
    """Return the figure's own condition where a sentence names one for each: "without and with support 5 and 10 %"."""
    paired = mention.figures == len(cues) > 1 and "respectively" in condition_words(mention.text, mention.language)
    return cues[len(mention.earlier)] if paired else None


def _governing(mention: Mention, stances: Stances) -> Iterator[TraceStep]:
    context = mention.context
    row = [("row", label) for label in context.labels if len(label) <= _LONGEST_STATUS]
    nearby = stances.passages.get(id(mention.passage))
    for where, text in (*row, *context.inwards_out()):
        if nearby is not None and where in {"caption", "lead-in", "heading"}:
            yield nearby
        found = {cue.cue: cue.words for cue in cues_of(text, mention.language) if cue.cue in CONDITIONS}
        if len(found) == 1:
            value, words = next(iter(found.items()))
            yield condition_step(value, where, words)
        elif where == "column head" and _beside_support(text, mention):
            yield condition_step("unconditional", where, text)
    if nearby is not None:
        yield nearby
