"""What is expected of commitments: which are targets, and which sister instruments should take up their subject.

All of it stands in ``rules/frameworks/expectations.yaml``; rules see it as facts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, get_args

from pydantic import AfterValidator, Field, StringConstraints, ValidationError, field_validator

from coherence import frameworks
from coherence.errors import Fault, VocabularyError
from coherence.extraction.ways import way_names
from coherence.models import Confidence, Frozen, Instrument
from coherence.resources import rules_dir
from coherence.strict_yaml import Marked, load_marked
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from coherence.vocabulary import Language

__all__ = [
    "ELEMENTS", "Asked", "Expectation", "Expectations", "Stated", "Subject", "TargetLike", "elements_asked",
    "expectations", "expected_at_most", "expected_by_effect", "expected_in", "load_expectations", "of_other_sector",
    "reason", "subject_label", "subjects_of", "target_like",
]  # fmt: skip

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Element = Literal["quantity", "deadline", "own_deadline", "baseline", "place", "indicator", "finance", "body", "gender"]
ELEMENTS: tuple[Element, ...] = get_args(Element)
"""What may be asked of a target; own_deadline: a year in its own words, heading or table, not that of the document."""
_REMEDY = "see the head of rules/frameworks/expectations.yaml"


def _known_theme(name: str) -> str:
    if name not in term_list("themes"):
        raise ValueError(f"unknown theme '{name}': use one of rules/vocabulary/themes.yaml")
    return name


Theme = Annotated[str, AfterValidator(_known_theme)]


class TargetLike(Frozen):
    """Commitments of which the elements of a target are asked."""

    instruments: tuple[Instrument, ...] = Field(min_length=1)
    kinds: tuple[Literal["target", "goal", "measure", "instrument"], ...] = Field(min_length=1)
    confidence: Confidence
    """Of the commitment, at least."""
    enablers: bool
    """Whether one that is only about finance, capacity, coordination and the like counts."""
    money: bool
    """Whether one whose first figure is an amount of money counts."""
    subjects: tuple[str, ...] = ()
    """Only commitments of these subjects."""
    area: bool = False
    """Only commitments that state an area."""
    short_plan: int | None = None
    """Only in documents of at most so many commitments."""


class Asked(Frozen):
    """Elements of a target, and the target-like commitments that they are asked of."""

    elements: tuple[Element, ...] = Field(min_length=1)
    instruments: tuple[Instrument, ...] = Field(min_length=1)
    subjects: tuple[str, ...] = ()
    """Only of commitments of these subjects."""
    kinds: tuple[Literal["target", "goal", "measure", "instrument"], ...] = ()
    """Only of commitments of these kinds."""
    ways: tuple[str, ...] = ()
    """Only of what is carried out in one of these ways (rules/vocabulary/ways.yaml)."""
    confidence: Confidence = 0.0
    """Of the commitment, at least."""
    measured: bool = False
    """Only of commitments that state an area or a share of land."""
    figures: bool = True
    """Whether one that states a figure counts."""
    enablers: bool = True
    """Whether one that is only about finance, capacity, coordination and the like counts."""

    def of(self, stated: Stated) -> bool:
        """Tell whether these elements are asked of a commitment that is a target or is like one."""
        return (
            stated.instrument in self.instruments
            and stated.confidence >= self.confidence
            and (not self.subjects or stated.subject in self.subjects)
            and (not self.kinds or stated.kind in self.kinds)
            and (not self.ways or stated.way in self.ways)
            and (not self.measured or stated.area_ha is not None or stated.share_percent is not None)
            and (self.figures or not stated.quantified)
            and (self.enablers or not stated.cross_cutting)
        )


class Expectation(Frozen):
    """Instruments that are expected to take up a subject, and why."""

    instruments: tuple[Instrument, ...] = Field(min_length=1)
    targets_only: bool = False
    """Only of commitments that state what is done and how much: the subject bears on them, but is none of their own."""
    basis: tuple[Text, ...] = Field(min_length=1)
    reason: frameworks.Texts

    @field_validator("basis")
    @classmethod
    def _check_basis(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(value) - frameworks.all_ids())
        if unknown:
            raise ValueError(f"unknown id '{unknown[0]}': use an id of rules/frameworks")
        return value


class Subject(Frozen):
    """What commitments of several conventions may be about."""

    id: Text
    label: frameworks.Texts
    themes: tuple[Theme, ...] = Field(min_length=1)
    expected: tuple[Expectation, ...] = Field(min_length=1)
    by_effect: bool = False
    """Whether what a measure means for land and rivers is expected elsewhere, not the measure."""


class Expectations(Frozen):
    """Everything that stands in the file."""

    framework: Literal["expectations"]
    version: Text
    target_like: tuple[TargetLike, ...] = Field(min_length=1)
    asked: tuple[Asked, ...] = Field(min_length=1)
    other_sectors: tuple[Theme, ...]
    subjects: tuple[Subject, ...] = Field(min_length=1)


class Stated(Protocol):
    """What a commitment states, as far as expectations go by it."""

    @property
    def instrument(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def confidence(self) -> float: ...  # noqa: D102
    @property
    def cross_cutting(self) -> bool: ...  # noqa: D102
    @property
    def quantified(self) -> bool: ...  # noqa: D102
    @property
    def works(self) -> frozenset[str]: ...  # noqa: D102
    @property
    def way(self) -> str: ...  # noqa: D102
    @property
    def money_first(self) -> bool: ...  # noqa: D102
    @property
    def subject(self) -> str | None: ...  # noqa: D102
    @property
    def area_ha(self) -> float | None: ...  # noqa: D102
    @property
    def share_percent(self) -> float | None: ...  # noqa: D102


def load_expectations(path: Path) -> Expectations:
    """Read the file; raises VocabularyError with every fault."""
    marked = load_marked(path, VocabularyError)
    faults: list[Fault] = []
    try:
        found = Expectations.model_validate(_renamed(marked.data))
    except ValidationError as problem:
        for error in problem.errors():
            name = ".".join(str(part) for part in error["loc"]) or "the file"
            faults.append(Fault(marked.where(*error["loc"]), f"{name}: {error['msg']}", _REMEDY))
        raise VocabularyError(*sorted(faults)) from None
    faults += [*_twice(found, marked), *_no_subjects(found, marked), *_no_ways(found, marked)]
    if faults:
        raise VocabularyError(*sorted(faults))
    return found


@cache
def expectations() -> Expectations:
    """Return the shipped expectations; raises VocabularyError."""
    return load_expectations(rules_dir() / "frameworks" / "expectations.yaml")


def target_like(stated: Stated, *, commitments: int) -> bool:
    """Tell whether the elements of a target are asked of a commitment of a document with so many commitments."""
    return any(
        stated.instrument in row.instruments
        and stated.kind in row.kinds
        and stated.confidence >= row.confidence
        and (row.enablers or not stated.cross_cutting)
        and (row.money or not stated.money_first)
        and (not row.subjects or stated.subject in row.subjects)
        and (not row.area or stated.area_ha is not None)
        and (row.short_plan is None or commitments <= row.short_plan)
        for row in expectations().target_like
    )


def elements_asked(stated: Stated) -> frozenset[Element]:
    """Return the elements that are asked of a commitment that is a target or is like one."""
    return frozenset(element for row in expectations().asked if row.of(stated) for element in row.elements)


def of_other_sector(themes: Iterable[str]) -> bool:
    """Tell whether a commitment of these themes is a measure of a sector that plans for land leave to others."""
    return any(theme in expectations().other_sectors for theme in themes)


def expected_by_effect(subject: str | None) -> bool:
    """Tell whether sister instruments are to deal with what a measure on a subject means for land and rivers."""
    return any(each.by_effect for each in expectations().subjects if each.id == subject)


def subjects_of(themes: Iterable[str]) -> tuple[str, ...]:
    """Return the subjects of themes, each once, in the order of the themes."""
    found = (_by_theme().get(theme) for theme in themes)
    return tuple(dict.fromkeys(subject for subject in found if subject is not None))


def expected_in(stated: Stated) -> frozenset[str]:
    """Return the instruments that are expected to take up a commitment on a subject."""
    target = bool(stated.works) and (stated.kind == "target" or stated.quantified) and not stated.money_first
    return frozenset(
        instrument
        for (subject, instrument), each in _by_place().items()
        if subject == stated.subject and (target or not each.targets_only)
    )


def expected_at_most(subject: str | None) -> frozenset[str]:
    """Return the instruments that are expected to take up a commitment on a subject, if it states the most it may."""
    return frozenset(instrument for known, instrument in _by_place() if known == subject)


def reason(subject: str | None, instrument: str, language: Language) -> str:
    """Return why an instrument is expected to take up a subject; empty where it is not."""
    found = _by_place().get((subject or "", instrument))
    return frameworks.labels_text(found.reason, language) if found else ""


def subject_label(subject: str, language: Language) -> str:
    """Return a subject's name in a report language; the id where there is no such subject."""
    labels = {each.id: each.label for each in expectations().subjects}
    return frameworks.labels_text(labels[subject], language) if subject in labels else subject


@cache
def _by_theme() -> dict[str, str]:
    return {theme: subject.id for subject in expectations().subjects for theme in subject.themes}


@cache
def _by_place() -> dict[tuple[str, str], Expectation]:
    return {
        (subject.id, instrument): each
        for subject in expectations().subjects
        for each in subject.expected
        for instrument in each.instruments
    }


def _renamed(data: object) -> object:
    """Rename ``in`` to the model's field: it is no name in Python."""
    if isinstance(data, dict):
        return {"instruments" if key == "in" else key: _renamed(value) for key, value in data.items()}
    return [_renamed(each) for each in data] if isinstance(data, list) else data


def _twice(found: Expectations, marked: Marked) -> Iterator[Fault]:
    """Yield a fault for a theme of two subjects, a subject told twice, an instrument expected twice."""
    seen: set[tuple[str, ...]] = set()
    for number, subject in enumerate(found.subjects):
        told: list[tuple[str, ...]] = [("subject", subject.id), *(("theme", theme) for theme in subject.themes)]
        told += [("instrument", subject.id, name) for each in subject.expected for name in each.instruments]
        for key in told:
            if key in seen:
                yield Fault(marked.where("subjects", number), f"{key[0]} '{key[-1]}' stands twice", "keep one of them")
            seen.add(key)


def _no_subjects(found: Expectations, marked: Marked) -> Iterator[Fault]:
    """Yield a fault for a row on targets that names a subject which is none of the file."""
    known = {each.id for each in found.subjects}
    named = [("target_like", number, row.subjects) for number, row in enumerate(found.target_like)]
    named += [("asked", number, row.subjects) for number, row in enumerate(found.asked)]
    for key, number, subjects in named:
        for subject in sorted(set(subjects) - known):
            where = marked.where(key, number, "subjects")
            yield Fault(where, f"unknown subject '{subject}'", "use the id of one of the subjects below")


def _no_ways(found: Expectations, marked: Marked) -> Iterator[Fault]:
    """Yield a fault for a row on elements that names a way which the vocabulary does not know."""
    for number, row in enumerate(found.asked):
        for way in sorted(set(row.ways) - way_names()):
            yield Fault(
                marked.where("asked", number, "ways"), f"unknown way '{way}'", "use one of rules/vocabulary/ways.yaml"
            )
