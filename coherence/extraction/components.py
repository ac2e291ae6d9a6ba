"""The spaCy pipeline: a blank language with the project's own components, no model weights.

Each component reads ``doc.text`` and stores what it found, with character offsets, on the doc:
``doc._.sentence_spans``, ``doc._.quantities``, ``doc._.years``, ``doc._.cues``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, cast

import spacy
from spacy.language import Language as SpacyLanguage
from spacy.tokens import Doc

from coherence.extraction.context import years_of
from coherence.extraction.cues import find_cues
from coherence.extraction.quantities import find_quantities
from coherence.extraction.segmentation import sentence_spans
from coherence.vocabulary import Language

__all__ = ["annotate", "pipeline"]

_FINDERS: dict[str, Callable[[str, Language], tuple[Any, ...]]] = {
    "quantities": find_quantities,
    "years": years_of,
    "cues": find_cues,
}
_LONGEST_TEXT = 2_000_000
"""Characters; spaCy's own limit guards statistical models, which are not used here."""

for _name in ("sentence_spans", *_FINDERS):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())


@SpacyLanguage.component("coherence_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set sentence starts at the splitter's boundaries."""
    spans = sentence_spans(doc.text, _language(doc))
    starts = {start for start, _ in spans}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    doc._.sentence_spans = spans
    return doc


@SpacyLanguage.component("coherence_mentions")
def find_mentions(doc: Doc) -> Doc:
    """Find quantities, years and cues."""
    for name, find in _FINDERS.items():
        doc._.set(name, find(doc.text, _language(doc)))
    return doc


@cache
def pipeline(language: Language) -> SpacyLanguage:
    """Return the pipeline of one language."""
    nlp = spacy.blank(language)
    nlp.max_length = _LONGEST_TEXT
    nlp.add_pipe("coherence_sentences")
    nlp.add_pipe("coherence_mentions")
    return nlp


def annotate(texts: Iterable[str], language: Language) -> Iterator[Doc]:
    """Run the pipeline over texts, in order."""
    yield from pipeline(language).pipe(texts)


def _language(doc: Doc) -> Language:
    return cast(Language, doc.lang_)
