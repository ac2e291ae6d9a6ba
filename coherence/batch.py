"""Many documents: read and extracted in several processes, in an order that does not depend on them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coherence.countries import find_country
from coherence.dossier import load_dossier
from coherence.errors import CoherenceError, Fault, Location, ReadingError
from coherence.extraction import rejected_figures
from coherence.manifest import MANIFEST
from coherence.models import Commitment, DocumentRecord, ManifestEntry, Notice
from coherence.notices import notices_of
from coherence.pipeline import QUIET, Progress, document_record, extract_documents
from coherence.reading import read_document
from coherence.reading.sniff import suffix_format
from coherence.suggestions import load_encoder, with_suggested_themes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coherence.rejections import Rejection

__all__ = ["Extracted", "country_of", "extract_paths", "trace_paths"]


class _Task(NamedTuple):
    country: str | None
    entry: ManifestEntry
    everything: bool
    trace: bool


@dataclass(frozen=True, slots=True)
class Extracted:
    """What documents gave: their records, commitments, figures that were not taken, and documents not read."""

    records: tuple[DocumentRecord, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    left_out: tuple[Notice, ...] = ()


def extract_paths(
    paths: Sequence[Path], *, everything: bool = False, suggest_themes: bool = False, jobs: int = 1,
    progress: Progress = QUIET,
) -> tuple[tuple[DocumentRecord, ...], tuple[Commitment, ...], tuple[Notice, ...]]:  # fmt: skip
    """Return the records, commitments and failures of documents and folders, by document path and place.

    A folder with a dossier.yaml gives the documents it lists; any other folder, all documents in and below it.
    Raises ReadingError for paths that do not exist, and CoherenceError where suggestions are asked for and their extra
    is not installed.
    """
    found = _extract_all(paths, progress, everything=everything, trace=False, suggest_themes=suggest_themes, jobs=jobs)
    return found.records, found.commitments, found.left_out


def trace_paths(
    paths: Sequence[Path], *, everything: bool = False, suggest_themes: bool = False, jobs: int = 1,
    progress: Progress = QUIET,
) -> Extracted:  # fmt: skip
    """Return what extract_paths returns, and the figures that were not taken, each with the reason."""
    return _extract_all(paths, progress, everything=everything, trace=True, suggest_themes=suggest_themes, jobs=jobs)


def _extract_all(
    paths: Sequence[Path], progress: Progress, *, everything: bool, trace: bool, suggest_themes: bool, jobs: int
) -> Extracted:
    if suggest_themes:
        load_encoder()  # what is not installed is said before anything is read
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise ReadingError(
            *(Fault(Location(str(path)), "there is no such file or folder", "check the path") for path in missing)
        )
    left_out: list[Notice] = []
    tasks = sorted(
        {_Task(country, entry, everything, trace) for path in paths for country, entry in _entries(path, left_out)},
        key=lambda task: task.entry.file,
    )
    results: list[Extracted] = []
    if jobs == 1 or len(tasks) <= 1:
        for done, task in enumerate(tasks):
            progress(task.entry.file, done, len(tasks))
            results.append(_extract(task))
    else:
        with ProcessPoolExecutor(max_workers=jobs) as pool:
            for done, result in enumerate(pool.map(_extract, tasks)):
                progress(tasks[done].entry.file, done + 1, len(tasks))
                results.append(result)
    commitments = tuple(commitment for each in results for commitment in each.commitments)
    return Extracted(
        records=tuple(record for each in results for record in each.records),
        commitments=with_suggested_themes(commitments) if suggest_themes else commitments,
        rejections=tuple(rejection for each in results for rejection in each.rejections),
        left_out=(*left_out, *(notice for each in results for notice in each.left_out)),
    )


def _entries(path: Path, left_out: list[Notice]) -> Iterator[tuple[str | None, ManifestEntry]]:
    """Yield country and entry of each document; its name is the path as given."""
    if not path.is_dir():
        yield country_of(path) or find_country(path.parent.name), ManifestEntry(file=str(path), path=str(path))
    elif (path / MANIFEST).is_file():
        try:
            dossier = load_dossier(path)
        except CoherenceError as problem:
            left_out.extend(notices_of(problem.faults))
            return
        left_out.extend(each.model_copy(update={"where": str(path / each.where)}) for each in dossier.left_out)
        for entry in dossier.entries:
            yield dossier.country, entry.model_copy(update={"file": entry.path})
    else:
        for child in sorted(path.iterdir()):
            if child.is_dir() or (suffix_format(child.name) is not None and not child.name.startswith(".")):
                yield from _entries(child, left_out)


def country_of(path: Path) -> str | None:
    """Return the country that a file's name tells, as a whole or by its first word."""
    words = path.stem.replace("_", " ").split()
    return next((code for word in (path.stem, *words[:1]) if (code := find_country(word))), None)


def _extract(task: _Task) -> Extracted:
    try:
        document = read_document(task.entry, task.country)
    except ReadingError as problem:
        return Extracted(left_out=notices_of(problem.faults))
    commitments = extract_documents([document], everything=task.everything)
    rejections = rejected_figures(document) if task.trace else ()
    return Extracted((document_record(document, commitments),), commitments, rejections)
