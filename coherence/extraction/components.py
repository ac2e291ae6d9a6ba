"""The spaCy pipeline: a blank language with the project's own components, no model weights.

Each component reads ``doc.text`` and stores what it found, with character offsets, on the doc:
``doc._.sentence_spans``, ``doc._.quantities``, ``doc._.years``, ``doc._.cues``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import spacy
from spacy.language import Language as SpacyLanguage
from spacy.tokens import Doc

from coherence.extraction.context import years_of
from coherence.extraction.cues import find_cues
from coherence.extraction.quantities import find_quantities
from coherence.extraction.segmentation import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coherence.vocabulary import Language

__all__ = ["annotate", "pipeline"]

_FINDERS: dict[str, Callable[[str, Language], tuple[Any, ...]]] = {
    "quantities": find_quantities,
    "years": years_of,
    "cues": find_cues,
}
_TOKENIZERS: dict[Language, str] = {"zh": "zh"}
"""spaCy's tokenizer where words have no spaces; the multi-language one serves all others: French alone takes
seconds to load for exceptions that components over characters do not need."""
_LONGEST_TEXT = 2_000_000
"""Characters; spaCy's own limit guards statistical models, which are not used here."""

for _name in ("sentence_spans", *_FINDERS):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())


@SpacyLanguage.factory("coherence_sentences", default_config={"language": "en"})
def sentence_marker(nlp: SpacyLanguage, name: str, language: Language) -> Callable[[Doc], Doc]:
    """Return the component that sets sentence starts at the splitter's boundaries."""
    del nlp, name  # spaCy passes them to every factory

    def mark(doc: Doc) -> Doc:
        spans = sentence_spans(doc.text, language)
        starts = {start for start, _ in spans}
        for token in doc:
            token.is_sent_start = token.i == 0 or token.idx in starts
        doc._.sentence_spans = spans
        return doc

    return mark


@SpacyLanguage.factory("coherence_mentions", default_config={"language": "en"})
def mention_finder(nlp: SpacyLanguage, name: str, language: Language) -> Callable[[Doc], Doc]:
    """Return the component that finds quantities, years and cues."""
    del nlp, name

    def find(doc: Doc) -> Doc:
        for attribute, finder in _FINDERS.items():
            doc._.set(attribute, finder(doc.text, language))
        return doc

    return find


@cache
def pipeline(language: Language) -> SpacyLanguage:
    """Return the pipeline of one language."""
    nlp = spacy.blank(_TOKENIZERS.get(language, "xx"))
    nlp.max_length = _LONGEST_TEXT
    for component in ("coherence_sentences", "coherence_mentions"):
        nlp.add_pipe(component, config={"language": language})
    return nlp


def annotate(texts: Iterable[str], language: Language) -> Iterator[Doc]:
    """Run the pipeline over texts, in order."""
    yield from pipeline(language).pipe(texts)
