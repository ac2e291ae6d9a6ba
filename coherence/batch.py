"""Many documents: read and extracted in several processes, in an order that does not depend on them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from coherence.dossier import ManifestEntry, entries_of, read_entry
from coherence.errors import ReadingError
from coherence.models import Commitment, DocumentRecord, Notice
from coherence.pipeline import QUIET, Progress, document_record, extract_documents

__all__ = ["extract_paths"]

_Extracted = tuple[DocumentRecord | None, tuple[Commitment, ...], tuple[Notice, ...]]


def extract_paths(
    paths: Sequence[Path], *, everything: bool = False, jobs: int = 1, progress: Progress = QUIET
) -> tuple[tuple[DocumentRecord, ...], tuple[Commitment, ...], tuple[Notice, ...]]:
    """Return the records, commitments and failures of documents and folders, by document path and place."""
    entries = entries_of(paths)
    tasks = [(country, entry, everything) for country, entry in entries]
    results: list[_Extracted] = []
    if jobs == 1 or len(tasks) == 1:
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
    return tuple(records), tuple(commitments), tuple(notice for _, _, notices in results for notice in notices)


def _extract(task: tuple[str | None, ManifestEntry, bool]) -> _Extracted:
    country, entry, everything = task
    try:
        document = read_entry(entry, country)
    except ReadingError as problem:
        return None, (), tuple(Notice(level="error", where=str(f.location), what=f.what, remedy=f.remedy) for f in problem.faults)
    commitments = extract_documents([document], everything=everything)
    return document_record(document, commitments), commitments, ()
