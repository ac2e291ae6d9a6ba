"""What official guidance asks a document to state, and which of it the words of a text show.

Elements stand in ``rules/frameworks/official_elements.yaml``, words in ``rules/vocabulary/official_elements``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from coherence import frameworks
from coherence.errors import Fault, VocabularyError
from coherence.extraction.lexicon import TermIndex
from coherence.form_faults import form_faults
from coherence.models import FileSpec, Instrument
from coherence.resources import rules_dir
from coherence.strict_yaml import load_marked
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coherence.vocabulary import Language

__all__ = [
    "OfficialElement", "contents_missing", "element_label", "elements_asked", "elements_named", "load_elements",
    "official_elements",
]  # fmt: skip

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
_MANUAL = "docs/reference/frameworks.md"


class OfficialElement(FileSpec):
    """Something that guidance asks the documents of some instruments to state."""

    id: Text
    entry: Text
    """Id of the entry of rules/frameworks that asks it."""
    instruments: tuple[Instrument, ...] = Field(min_length=1)
    link: bool = False
    """Whether it ties a document to others, and is no content of its own."""
    label: frameworks.Texts


class _File(FileSpec):
    framework: Literal["official_elements"]
    version: Text
    elements: tuple[OfficialElement, ...] = Field(min_length=1)


def load_elements(path: Path) -> tuple[OfficialElement, ...]:
    """Read a file of elements; raises VocabularyError with every fault and its place."""
    marked = load_marked(path, VocabularyError)
    try:
        found = _File.model_validate(marked.data).elements
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, _File, _MANUAL)) from None
    faults = [
        Fault(marked.where("elements", number, "entry"), f"unknown id '{each.entry}'", "use an id of rules/frameworks")
        for number, each in enumerate(found)
        if each.entry not in frameworks.all_ids()
    ]
    if faults:
        raise VocabularyError(*faults)
    return found


@cache
def official_elements() -> tuple[OfficialElement, ...]:
    """Return the shipped elements in the order of the file; raises VocabularyError."""
    return load_elements(rules_dir() / "frameworks" / "official_elements.yaml")


def elements_asked(instrument: str) -> tuple[str, ...]:
    """Return the elements that a document of an instrument is asked to state, in the order of the file."""
    return tuple(each.id for each in official_elements() if instrument in each.instruments)


def contents_missing(instrument: str, named: Iterable[str]) -> frozenset[str]:
    """Return the contents that a document of an instrument is asked to state and that are not among those named."""
    asked = {each.id for each in official_elements() if instrument in each.instruments and not each.link}
    return frozenset(asked - set(named))


def elements_named(text: str, language: Language, instrument: str) -> tuple[str, ...]:
    """Return the elements asked of an instrument of which the text holds a word, in the order of the file."""
    held = {hit.id for hit in _index(language).find_all(text)}
    return tuple(each for each in elements_asked(instrument) if each in held)


def element_label(element: str, language: Language) -> str:
    """Return the name of an element in a report language; the id where there is no such element."""
    labels = {each.id: each.label for each in official_elements()}
    return frameworks.labels_text(labels[element], language) if element in labels else element


@cache
def _index(language: Language) -> TermIndex:
    groups = per_language("official_elements", language)
    return TermIndex(((group, label) for group, labels in groups.items() for label in labels), language)
