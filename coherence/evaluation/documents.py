"""Annotated documents read, extracted and judged, in several processes where asked."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from coherence.errors import ReadingError
from coherence.evaluation.annotations import AnnotatedDocument, annotated_documents
from coherence.evaluation.matching import judge
from coherence.evaluation.scores import DocumentScore, Evaluation, Score, summarise
from coherence.notices import notices_of
from coherence.pipeline import QUIET, Progress, extract_documents
from coherence.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.models import Commitment, Document, Notice

__all__ = ["evaluate", "evaluate_documents"]

_Judged = tuple[DocumentScore, tuple["Notice", ...]]


def evaluate(directories: Sequence[str | Path], *, jobs: int = 1, progress: Progress = QUIET) -> Evaluation:
    """Measure extraction on the annotated documents of dossiers, or of folders that hold dossiers.

    ``gold/ndc.jsonl`` beside ``ndc.pdf`` lists the promises a person found in it; documents without such a file are
    not read. A figure is right where document and unit are the same, values agree within 0.5 % and half of the words
    of the shorter quote stand in the other. Raises CoherenceError with every fault of the annotations.
    """
    return evaluate_documents(annotated_documents(map(Path, directories)), jobs=jobs, progress=progress)


def evaluate_documents(
    documents: Sequence[AnnotatedDocument], *, jobs: int = 1, progress: Progress = QUIET
) -> Evaluation:
    """Measure extraction on these documents; of one that cannot be read, all promises are missed."""
    results: list[_Judged] = []
    if jobs == 1 or len(documents) <= 1:
        for done, document in enumerate(documents):
            progress(document.entry.file, done, len(documents))
            results.append(_judged(document))
    else:
        with ProcessPoolExecutor(max_workers=jobs) as pool:
            for done, result in enumerate(pool.map(_judged, documents)):
                progress(documents[done].entry.file, done + 1, len(documents))
                results.append(result)
    return summarise((score for score, _ in results), (each for _, notices in results for each in notices))


def _judged(annotated: AnnotatedDocument) -> _Judged:
    try:
        document = read_document(annotated.entry, annotated.country)
    except ReadingError as problem:
        return _score(annotated, None, ()), notices_of(problem.faults)
    return _score(annotated, document, extract_documents([document])), ()


def _score(annotated: AnnotatedDocument, document: Document | None, commitments: Sequence[Commitment]) -> DocumentScore:
    judgements = judge(annotated.rows, commitments, document.pages if document else ())
    return DocumentScore(
        document=annotated.entry.file, language=document.language if document else annotated.entry.language,
        score=Score.of(each.verdict for each in judgements), judgements=tuple(judgements),
    )  # fmt: skip
