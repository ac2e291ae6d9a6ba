"""What a document says of instruments that are not there yet, or whose period is over, its own among them.

Words stand in rules/vocabulary/instrument_state, names of instruments in rules/vocabulary/mentions.yaml. A sentence
says that an instrument is awaited where a word of it and the instrument's name stand near each other in one sentence,
and that the document's own is, where the word stands near the name of a successor. A plan whose successor is awaited
is over: that need not be said again.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.lexicon import TermIndex
from coherence.extraction.official_targets import instruments_named
from coherence.extraction.quotation import provenance_of_stretch
from coherence.extraction.segmentation import sentence_spans
from coherence.model_basics import RIO_INSTRUMENTS
from coherence.models import InstrumentStatement
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.lexicon import TermHit
    from coherence.models import Document, InstrumentState
    from coherence.vocabulary import Language

__all__ = ["instrument_statements"]

_NEAR, _NEAR_HAN = 60, 15
"""Characters between the words that say one thing of an instrument."""
_RIGHT_BEFORE = 5
"""Characters between a word such as "en préparation" and the name after it: "en préparation du plan"."""


def instrument_statements(document: Document) -> tuple[InstrumentStatement, ...]:
    """Return what the text says of instruments that are awaited or over, in order; each instrument and state once."""
    found: dict[tuple[str, str], InstrumentStatement] = {}
    for passage in document.passages:
        if passage.kind == "heading" or not _index(document.language).find(passage.text):
            continue
        for start, end in sentence_spans(passage.text, document.language):
            for instrument, state in _said(passage.text[start:end], document):
                if (instrument, state) not in found:
                    place = provenance_of_stretch(document, passage, (start, end))
                    found[instrument, state] = InstrumentStatement(instrument=instrument, state=state, place=place)
    return tuple(
        each
        for (instrument, state), each in found.items()
        if state == "awaited" or (instrument, "awaited") not in found
    )


def _said(sentence: str, document: Document) -> Iterator[tuple[str, InstrumentState]]:
    """Yield the instruments that a sentence speaks of, and what it says of them."""
    language, own = document.language, document.instrument
    hits = _index(language).find(sentence)
    awaited, ended, successors, plans = (
        [hit for hit in hits if hit.id in groups]
        for groups in (("awaited", "awaiting"), ("ended",), ("successor",), ("plan",))
    )
    for name in instruments_named(sentence, language) if awaited else ():
        # A contribution that speaks of its own preparation is the one at hand.
        if name.id in RIO_INSTRUMENTS and not name.id == own == "NDC" and _awaited(name, awaited, sentence, language):
            yield name.id, "awaited"
    if any(_awaited(one, awaited, sentence, language) for one in successors):
        yield own, "awaited"
    if any(_near(one, cue, sentence, language) for one in plans for cue in ended):
        yield own, "ended"


def _awaited(name: TermHit, cues: list[TermHit], sentence: str, language: Language) -> bool:
    return any(
        _near(name, cue, sentence, language)
        and (cue.id == "awaiting" or cue.start > name.start or name.start - cue.end <= _RIGHT_BEFORE)
        for cue in cues
    )


def _near(one: TermHit, other: TermHit, sentence: str, language: Language) -> bool:
    first, second = sorted((one, other), key=lambda hit: (hit.start, hit.end))
    between = sentence[first.end : second.start]
    return len(between) <= (_NEAR_HAN if language == "zh" else _NEAR) and ";" not in between


@cache
def _index(language: Language) -> TermIndex:
    groups = per_language("instrument_state", language)
    return TermIndex(((group, label) for group, labels in groups.items() for label in labels), language)
