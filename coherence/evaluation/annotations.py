"""Annotation files: the quantified promises that a person found in a document, one JSON object a line."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, ValidationError, model_validator

from coherence.dossier import load_dossier
from coherence.errors import CoherenceError, DossierError, Fault, Location
from coherence.extraction.theme_lexicon import theme_entries
from coherence.manifest import MANIFEST
from coherence.models import Frozen, ManifestEntry
from coherence.reading.sniff import suffix_format
from coherence.vocabulary import is_currency, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FOLDER", "AnnotatedDocument", "Annotation", "annotated_documents", "read_annotations"]

FOLDER = "gold"
"""Folder beside the documents of a dossier; ``gold/ndc.jsonl`` annotates ``ndc.pdf``."""

_WITHOUT_DEFINITION = ("count", "other")
_REMEDY = "docs/evaluation.md describes the keys"
_MOST_FAULTS = 50
"""Of one file: more of them say that it holds something else."""


class Annotation(Frozen):
    """One quantified promise of a document, as a person read it: ``value``, or both ends of a range."""

    doc: str = ""
    """File name of the document."""
    quote: str = Field(min_length=1)
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    unit: str
    """Canonical unit; the value is given in it."""
    unit_of: str | None = None
    per_year: bool = False
    qualifier: Literal["exact", "at_least", "up_to", "approx"] = "exact"
    action: str | None = None
    themes: tuple[str, ...] = ()
    target_year: int | None = None
    start_year: int | None = None
    baseline_year: int | None = None
    baseline_kind: Literal["base_year", "bau", "none"] = "none"
    conditionality: Literal["unconditional", "conditional", "unstated"] = "unstated"
    ldn_response: Literal["avoid", "reduce", "reverse"] | None = None
    place: str | None = None
    repeats: tuple[str, ...] = ()
    """Quotes of other places of the document that say the same."""
    note: str | None = None

    @model_validator(mode="after")
    def _check_amount(self) -> Self:
        ends = (self.value_low, self.value_high).count(None)
        if ends == 1 or (ends != 0) == (self.value is None):
            raise ValueError("give either value, or both value_low and value_high")
        return self

    @model_validator(mode="after")
    def _check_terms(self) -> Self:
        units = (*term_list("units")["canonical"], *_WITHOUT_DEFINITION)
        if self.unit not in units and not is_currency(self.unit):
            raise ValueError(f"unknown unit '{self.unit}'; use {', '.join(units)} or a currency code such as USD")
        for theme in self.themes:
            if theme not in theme_entries():
                raise ValueError(f"unknown theme '{theme}'{_nearest(theme, theme_entries())}")
        return self


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document to read and what a person found in it."""

    entry: ManifestEntry
    country: str | None
    """ISO 3166-1 alpha-3, where it is known before reading."""
    rows: tuple[Annotation, ...]


def annotated_documents(directories: Iterable[Path]) -> tuple[AnnotatedDocument, ...]:
    """Return the annotated documents of dossiers and of folders of dossiers, by path.

    Raises CoherenceError with every fault of every annotation file, and for annotations without a document.
    """
    found: dict[str, AnnotatedDocument] = {}
    faults: list[Fault] = []
    for directory in directories:
        dossiers = _dossiers(directory)
        if not dossiers:
            faults.append(_nothing_annotated(directory))
        for dossier in dossiers:
            try:
                found |= {document.entry.path: document for document in _of_dossier(dossier)}
            except CoherenceError as problem:
                faults += problem.faults
    if faults:
        raise CoherenceError(*faults)
    return tuple(found[path] for path in sorted(found))


def read_annotations(path: Path) -> tuple[Annotation, ...]:
    """Return the rows of one annotation file; an empty file says that the document promises no figure.

    Raises CoherenceError with the line of every fault.
    """
    rows: list[Annotation] = []
    faults: list[Fault] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise CoherenceError(Fault(Location(str(path)), "this is not UTF-8 text", "save it as UTF-8")) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            rows.append(Annotation.model_validate_json(line, strict=True))
        except ValidationError as problem:
            faults.append(Fault(Location(str(path), line=number), _told(problem), _REMEDY))
    if len(faults) > _MOST_FAULTS:
        further = f"{len(faults) - _MOST_FAULTS} further lines of this file are faulty"
        faults[_MOST_FAULTS:] = [Fault(Location(str(path)), further, "is it a file of annotations?")]
    if faults:
        raise CoherenceError(*faults)
    return tuple(rows)


def _told(problem: ValidationError) -> str:
    """Return every fault of a line as one sentence."""
    told = []
    for error in problem.errors(include_url=False, include_context=False, include_input=False):
        key = ".".join(str(part) for part in error["loc"])
        what = error["msg"].removeprefix("Value error, ")
        told.append(f"key '{key}': {what}" if key else what)
    return "; ".join(told)


def _dossiers(directory: Path) -> list[Path]:
    """Return the folder itself where it holds annotations, else those of its folders that do."""
    if (directory / FOLDER).is_dir():
        return [directory]
    return [child for child in sorted(directory.iterdir()) if (child / FOLDER).is_dir()] if directory.is_dir() else []


def _nothing_annotated(directory: Path) -> Fault:
    if not directory.is_dir():
        return Fault(Location(str(directory)), "there is no such folder", "check the path")
    remedy = f"write what document.pdf promises into {FOLDER}/document.jsonl beside it; see docs/evaluation.md"
    return Fault(Location(str(directory)), f"no folder '{FOLDER}' with annotations here or one level below", remedy)


def _of_dossier(directory: Path) -> list[AnnotatedDocument]:
    country, entries = _entries(directory)
    documents: list[AnnotatedDocument] = []
    faults: list[Fault] = []
    for annotation in sorted((directory / FOLDER).glob("*.jsonl")):
        try:
            same_stem = [entry for entry in entries if Path(entry.path).stem == annotation.stem]
            if not same_stem:
                raise _without_document(annotation)
            rows = read_annotations(annotation)
            documents.append(AnnotatedDocument(_document_of(annotation, rows, same_stem), country, rows))
        except CoherenceError as problem:
            faults += problem.faults
    if faults:
        raise CoherenceError(*faults)
    return documents


def _entries(directory: Path) -> tuple[str | None, list[ManifestEntry]]:
    """Return the documents by what dossier.yaml says of them, or by their names where there is none."""
    if (directory / MANIFEST).is_file():
        dossier = load_dossier(directory)
        return dossier.country, [entry.model_copy(update={"file": entry.path}) for entry in dossier.entries]
    files = [path for path in sorted(directory.iterdir()) if path.is_file() and suffix_format(path.name) is not None]
    return None, [ManifestEntry(file=str(path), path=str(path)) for path in files]


def _document_of(annotation: Path, rows: Sequence[Annotation], same_stem: Sequence[ManifestEntry]) -> ManifestEntry:
    """Return the document of an annotation file; of several with its stem, the one that the rows name."""
    named = {Path(row.doc).name for row in rows}
    candidates = same_stem if len(same_stem) == 1 else [each for each in same_stem if Path(each.path).name in named]
    if len(candidates) == 1:
        return candidates[0]
    what = f"several documents are called '{annotation.stem}'"
    remedy = "give the file name of one of them under the key doc of every row"
    raise DossierError(Fault(Location(str(annotation)), what, remedy))


def _without_document(annotation: Path) -> DossierError:
    what = f"no document '{annotation.stem}' to compare with in {annotation.parent.parent}"
    remedy = f"name the file after its document; where there is a {MANIFEST}, the document must stand in it"
    return DossierError(Fault(Location(str(annotation)), what, remedy))


def _nearest(value: str, choices: Iterable[str]) -> str:
    found = difflib.get_close_matches(value, list(choices), n=1, cutoff=0.5)
    return f"; did you mean '{found[0]}'?" if found else ""
