"""Many documents: read and extracted in several processes, in an order that does not depend on them."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from coherence.countries import find_country
from coherence.dossier import load_dossier
from coherence.errors import CoherenceError, Fault, Location, ReadingError
from coherence.manifest import MANIFEST
from coherence.models import Commitment, DocumentRecord, ManifestEntry, Notice
from coherence.notices import notices_of
from coherence.pipeline import QUIET, Progress, document_record, extract_documents
from coherence.reading import read_document
from coherence.reading.sniff import suffix_format

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["extract_paths"]

_Task = tuple[str | None, ManifestEntry, bool]
_Extracted = tuple[DocumentRecord | None, tuple[Commitment, ...], tuple[Notice, ...]]


def extract_paths(
    paths: Sequence[Path], *, everything: bool = False, jobs: int = 1, progress: Progress = QUIET
) -> tuple[tuple[DocumentRecord, ...], tuple[Commitment, ...], tuple[Notice, ...]]:
    """Return the records, commitments and failures of documents and folders, by document path and place.

    A folder with a dossier.yaml gives the documents it lists; any other folder, all documents in and below it.
    Raises CoherenceError for paths that do not exist.
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise CoherenceError(
            *(Fault(Location(str(path)), "there is no such file or folder", "check the path") for path in missing)
        )
    left_out: list[Notice] = []
    tasks = sorted(
        {(country, entry, everything) for path in paths for country, entry in _entries(path, left_out)}, key=_order
    )
    results: list[_Extracted] = []
    if jobs == 1 or len(tasks) <= 1:
        for done, task in enumerate(tasks):
            progress(task[1].file, done, len(tasks))
            results.append(_extract(task))
    else:
        with ProcessPoolExecutor(max_workers=jobs) as pool:
            for done, result in enumerate(pool.map(_extract, tasks)):
                progress(tasks[done][1].file, done + 1, len(tasks))
                results.append(result)
    records = [record for record, _, _ in results if record is not None]
    commitments = [commitment for _, found, _ in results for commitment in found]
    return tuple(records), tuple(commitments), (*left_out, *(notice for _, _, notices in results for notice in notices))


def _order(task: _Task) -> str:
    return task[1].file


def _entries(path: Path, left_out: list[Notice]) -> Iterator[tuple[str | None, ManifestEntry]]:
    """Yield country and entry of each document; its name is the path as given."""
    if not path.is_dir():
        yield _country(path), ManifestEntry(file=str(path), path=str(path))
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


def _country(path: Path) -> str | None:
    words = path.stem.replace("_", " ").split()
    return next((code for word in (path.stem, *words[:1], path.parent.name) if (code := find_country(word))), None)


def _extract(task: _Task) -> _Extracted:
    country, entry, everything = task
    try:
        document = read_document(entry, country)
    except ReadingError as problem:
        return None, (), notices_of(problem.faults)
    commitments = extract_documents([document], everything=everything)
    return document_record(document, commitments), commitments, ()
