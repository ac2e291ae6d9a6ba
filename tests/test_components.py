"""The annotations as spaCy components."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from coherence.extraction.annotation import annotate
from coherence.extraction.components import pipeline

if TYPE_CHECKING:
    from coherence.vocabulary import Language

TEXTS: tuple[tuple[Language, str], ...] = (
    ("en", "Plant 300 ha of trees by 2031. Art. 4 of the law will be revised."),
    ("fr", "Reboiser 1 200 ha d'ici 2031. Le budget est de 3 millions d'euros."),
    ("zh", "到2031年造林300公顷。加强保护。"),
)


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_a_spacy_document_carries_the_annotations(language: Language, text: str) -> None:
    doc = pipeline(language)(text)
    found = annotate(text, language)
    assert found.quantities
    assert found.years
    for name, value in found._asdict().items():
        assert doc._.get(name) == value


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_sentences_of_the_spacy_document_are_the_splitters(language: Language, text: str) -> None:
    sentences = [sent.text.strip() for sent in pipeline(language)(text).sents]
    assert sentences == [text[start:end] for start, end in annotate(text, language).sentence_spans]
    assert len(sentences) == 2


def test_extraction_does_not_load_spacy() -> None:
    code = (
        "import sys, coherence.extraction.commitments, coherence.extraction.prose, coherence.extraction.tables;"
        "print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
