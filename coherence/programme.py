"""The checklist of the LDN target setting programme: which of its activities the documents show evidence of.

Activities stand in ``rules/frameworks/programme.yaml``, words in ``rules/vocabulary/programme``. Evidence is a sentence
that names what the activity is about, never more: whether it is done is for the country to say.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from coherence.amounts import listed
from coherence.errors import VocabularyError
from coherence.extraction.lexicon import TermIndex
from coherence.extraction.segmentation import sentence_spans
from coherence.form_faults import form_faults
from coherence.frameworks import Labels, labels_text
from coherence.model_basics import Frozen
from coherence.programme_models import ActivityEvidence, ProgrammeActivity, ProgrammeView
from coherence.resources import rules_dir
from coherence.strict_yaml import load_marked
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.models import Cluster, Document, DocumentRecord
    from coherence.vocabulary import Language

__all__ = ["programme_view"]

_FILE = "frameworks/programme.yaml"
_MANUAL = "docs/reference/frameworks.md"
_MOST_SHOWN = 3
"""Sentences shown as evidence of one activity."""
_LONGEST_SENTENCE = 600
"""Characters; a longer stretch is a table or a page without stops, in which words meet by chance."""
_NEUTRALITY = "LDN"


class _Evidence(Frozen):
    words: tuple[str, ...] = Field(min_length=1)


class _Activity(Frozen):
    id: str = Field(pattern=r"^TSP-[0-9]{2}$")
    label: Labels
    done: int = Field(ge=0)
    under_way: int = Field(ge=0)
    not_started: int = Field(ge=0)
    mentions: bool = False
    """A plan of another convention that names the LDN targets is evidence."""
    evidence: tuple[_Evidence, ...] = Field(min_length=1)
    supplied: Labels | None = None
    """What an assessment gives the activity, whatever the documents say."""
    projects: Labels | None = None
    """What it gives where it proposes candidate integrated projects: ``{projects}`` stands for their names."""


class _Programme(Frozen):
    version: str
    source: str
    verified: bool
    as_of: str
    countries: tuple[str, ...]
    activities: tuple[_Activity, ...] = Field(min_length=1)


def programme_view(
    country: str,
    documents: Sequence[Document],
    records: Sequence[DocumentRecord],
    language: Language,
    clusters: Sequence[Cluster] = (),
) -> ProgrammeView:
    """Return the checklist for a country: per activity the sentences that are evidence, and what this report supplies.

    ``records`` tell which instruments each document names. Raises VocabularyError when the shipped data are faulty.
    """
    programme = _programme()
    named = {record.path for record in records if _NEUTRALITY in record.mentions and record.instrument != _NEUTRALITY}
    activities = tuple(
        ProgrammeActivity(
            id=each.id,
            label=labels_text(each.label, language),
            countries_done=each.done,
            countries_under_way=each.under_way,
            countries_not_started=each.not_started,
            evidence=tuple(_evidence(each, documents))[:_MOST_SHOWN],
            named_in=tuple(sorted(named)) if each.mentions else (),
            supplied=_supplied(each, clusters, language),
        )
        for each in programme.activities
    )
    return ProgrammeView(
        takes_part=country in programme.countries,
        countries=len(programme.countries),
        as_of=programme.as_of,
        source=programme.source,
        activities=activities,
    )


def _supplied(activity: _Activity, clusters: Sequence[Cluster], language: Language) -> str | None:
    """Return what this report gives an activity; candidate projects by their names."""
    if activity.projects and clusters:
        names = listed((each.name for each in clusters), language, "semicolon")
        return labels_text(activity.projects, language).replace("{projects}", names)
    return labels_text(activity.supplied, language) if activity.supplied else None


@cache
def _programme() -> _Programme:
    marked = load_marked(rules_dir() / _FILE, VocabularyError)
    try:
        return _Programme.model_validate(marked.data)
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, _Programme, _MANUAL)) from None


def _evidence(activity: _Activity, documents: Sequence[Document]) -> Iterator[ActivityEvidence]:
    for document in sorted(documents, key=lambda each: each.path):
        for page in document.pages:
            for start, end in _telling(page.text, document.language):
                sentence = page.text[start:end]
                # In the LDN document itself, the targets are those of neutrality.
                given = {"neutrality"} if document.instrument == _NEUTRALITY else set()
                groups = given | {hit.id for hit in _index(document.language).find_all(sentence)}
                if any(set(each.words) <= groups for each in activity.evidence):
                    yield ActivityEvidence(
                        document=document.path, page=page.number, start=start, end=end, quote=sentence
                    )


def _telling(text: str, language: Language) -> Iterator[tuple[int, int]]:
    for start, end in sentence_spans(text, language):
        if end - start <= _LONGEST_SENTENCE:
            yield start, end


@cache
def _index(language: Language) -> TermIndex:
    groups = per_language("programme", language)
    return TermIndex(((group, label) for group, labels in groups.items() for label in labels), language)
