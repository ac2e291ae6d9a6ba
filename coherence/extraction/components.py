"""The annotations of extraction as a component of spaCy pipelines, for programs that work with spaCy documents.

Extraction itself needs neither tokens nor documents: see docs/decisions/0006-annotations-without-spacy.md.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import spacy
from spacy.language import Language as SpacyLanguage
from spacy.tokens import Doc

from coherence.extraction.annotation import Annotated, annotate

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.vocabulary import Language

__all__ = ["pipeline"]

_TOKENIZERS: dict[Language, str] = {"zh": "zh"}
"""spaCy's tokenizer where words have no spaces; the multi-language one serves all others: French alone takes
seconds to load for exceptions that annotations over characters do not need."""
_LONGEST_TEXT = 2_000_000
"""Characters; spaCy's own limit guards statistical models, which are not used here."""

for _name in Annotated._fields:
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())


@SpacyLanguage.factory("coherence_annotations", default_config={"language": "en"})
def annotator(nlp: SpacyLanguage, name: str, language: Language) -> Callable[[Doc], Doc]:
    """Return the component that sets sentence starts and the extension attributes of a document."""
    del nlp, name  # spaCy passes them to every factory

    def annotated(doc: Doc) -> Doc:
        found = annotate(doc.text, language)
        starts = {start for start, _ in found.sentence_spans}
        for token in doc:
            token.is_sent_start = token.i == 0 or token.idx in starts
        for attribute, value in found._asdict().items():
            doc._.set(attribute, value)
        return doc

    return annotated


@cache
def pipeline(language: Language) -> SpacyLanguage:
    """Return a blank pipeline of one language whose documents carry the annotations.

    ``doc._.sentence_spans``, ``doc._.quantities``, ``doc._.years`` and ``doc._.cues`` hold what
    coherence.extraction.annotation.annotate finds, ``doc.sents`` the sentences.
    """
    nlp = spacy.blank(_TOKENIZERS.get(language, "xx"))
    nlp.max_length = _LONGEST_TEXT
    nlp.add_pipe("coherence_annotations", config={"language": language})
    return nlp
