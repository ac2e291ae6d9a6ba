"""What an evaluation says: of every figure whether it is right, and the shares that follow from that."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING, Literal, Self, get_args

from coherence.evaluation.annotations import Annotation  # pydantic resolves it at run time
from coherence.models import Confidence, Frozen, Notice, Quantity
from coherence.vocabulary import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "FIELDS", "DocumentScore", "Evaluation", "FieldName", "FieldShare", "Judgement", "LanguageScore", "Score",
    "Verdict", "summarise",
]  # fmt: skip

FieldName = Literal[
    "target_year", "start_year", "baseline_year", "conditionality", "ldn_response", "per_year", "themes"
]
FIELDS: tuple[FieldName, ...] = get_args(FieldName)
Verdict = Literal["right", "repeated", "false", "missed"]


class Judgement(Frozen):
    """One extracted figure, or one annotated promise that was missed, with its place."""

    verdict: Verdict
    page: int | None
    """Of a missed promise: the page that holds its quote, None where no page does."""
    quote: str
    quantity: Quantity
    commitment: str | None = None
    """Id of the commitment; None for a missed promise."""
    confidence: Confidence | None = None
    annotation: Annotation | None = None
    """The annotated promise that the figure was taken for, or that was missed."""
    fields: tuple[tuple[FieldName, bool], ...] = ()
    """Of a right figure: the fields that the annotation speaks of, and whether each agrees."""


class Score(Frozen):
    """Counts of figures and the shares made of them; a share of nothing is None. Repeats count neither way."""

    right: int
    false: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Self:
        """Count verdicts."""
        listed = list(verdicts)
        right, false, missed = (listed.count(each) for each in ("right", "false", "missed"))
        return cls(
            right=right, false=false, missed=missed, precision=_share(right, right + false),
            recall=_share(right, right + missed), f1=_share(2 * right, 2 * right + false + missed),
        )  # fmt: skip


class DocumentScore(Frozen):
    """One document: its score and every judgement."""

    document: str
    """Path as given."""
    language: Language | None
    """None where the document could not be read and nothing says its language."""
    score: Score
    judgements: tuple[Judgement, ...]


class LanguageScore(Frozen):
    """The documents of one language together."""

    language: Language | None
    documents: int
    score: Score


class FieldShare(Frozen):
    """How often a field is right among the right figures whose annotation speaks of it."""

    field: FieldName
    right: int
    of: int
    share: float | None


class Evaluation(Frozen):
    """Extraction measured against annotations."""

    documents: tuple[DocumentScore, ...]
    languages: tuple[LanguageScore, ...]
    total: Score
    """Over all figures of all documents (micro average)."""
    macro_f1: float | None
    """Mean F1 of the documents that have annotated promises, so that long documents do not outweigh short ones."""
    fields: tuple[FieldShare, ...]
    notices: tuple[Notice, ...] = ()
    """Documents that could not be read; all their promises count as missed."""


def summarise(documents: Iterable[DocumentScore], notices: Iterable[Notice] = ()) -> Evaluation:
    """Return the evaluation of documents, by path."""
    documents = tuple(sorted(documents, key=lambda document: document.document))
    scores = [document.score for document in documents]
    macro = [score.f1 for score in scores if score.right + score.missed and score.f1 is not None]
    return Evaluation(
        documents=documents, languages=_languages(documents), total=_joined(documents),
        macro_f1=fmean(macro) if macro else None, fields=_fields(documents), notices=tuple(notices),
    )  # fmt: skip


def _joined(documents: Iterable[DocumentScore]) -> Score:
    return Score.of(judgement.verdict for document in documents for judgement in document.judgements)


def _languages(documents: Iterable[DocumentScore]) -> tuple[LanguageScore, ...]:
    grouped: dict[Language | None, list[DocumentScore]] = defaultdict(list)
    for document in documents:
        grouped[document.language].append(document)
    return tuple(
        LanguageScore(language=language, documents=len(grouped[language]), score=_joined(grouped[language]))
        for language in sorted(grouped, key=lambda code: code or "")
    )


def _fields(documents: Iterable[DocumentScore]) -> tuple[FieldShare, ...]:
    answers: dict[FieldName, list[bool]] = {name: [] for name in FIELDS}
    for document in documents:
        for name, right in (each for judgement in document.judgements for each in judgement.fields):
            answers[name].append(right)
    return tuple(
        FieldShare(field=name, right=sum(given), of=len(given), share=_share(sum(given), len(given)))
        for name, given in answers.items()
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
