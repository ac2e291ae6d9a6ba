"""findings.jsonl and commitments.jsonl: one JSON object a line, for scripts; the models are the lines' schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from coherence.identifiers import canonical_json
from coherence.models import (
    Baseline,
    Commitment,
    Confidence,
    ConflictNature,
    Convention,
    Document,
    DocumentRecord,
    Evidence,
    Finding,
    FindingKind,
    Frozen,
    Instrument,
    InteractionScore,
    Missing,
    Provenance,
    Quantity,
    Relation,
    Report,
    Severity,
    Span,
    ThemeSuggestion,
    TraceStep,
)
from coherence.rejections import Rejection, RejectionReason
from coherence.vocabulary import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CommitmentLine", "FindingLine", "render_commitments_jsonl", "render_findings_jsonl", "render_traced_jsonl"]


class DocumentLine(Frozen):
    """The document of a commitment."""

    path: str
    sha256: str
    title: str
    language: Language
    year: int | None


class CommitmentLine(Frozen):
    """One line of commitments.jsonl; offsets are characters of the page's text, end-exclusive."""

    id: str
    country: str | None
    instrument: Instrument
    convention: Convention
    document: DocumentLine
    quote: str
    page: int
    start: int
    end: int
    continued: tuple[Span, ...]
    repeats: tuple[Provenance, ...]
    kind: str
    modality: str
    action: str | None
    themes: tuple[str, ...]
    suggested_themes: tuple[ThemeSuggestion, ...] = Field(default=(), exclude_if=lambda found: not found)
    ecosystems: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    start_year: int | None
    target_year: int | None
    baseline: Baseline | None
    conditionality: str
    ldn_response: str | None
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    gender: bool
    indicator: bool
    part_of: str | None
    part: str | None
    confidence: Confidence


class TracedCommitmentLine(CommitmentLine):
    """One line of `coherence extract --trace`: a commitment with the words that decided its fields."""

    trace: tuple[TraceStep, ...]


class RejectionLine(Frozen):
    """One line of `coherence extract --trace` for a figure that was not taken; it has no ``quantities``."""

    document: DocumentLine
    quote: str
    page: int
    start: int
    end: int
    rejected: RejectionReason
    figure: str
    quantity: Quantity | None
    confidence: Confidence | None
    threshold: float | None
    trace: tuple[TraceStep, ...]


class FindingCommitment(Frozen):
    """A commitment that a finding concerns, or a sentence that it rests on."""

    id: str | None
    """Of the commitment; null of a sentence that is none: what a document says of an instrument."""
    document: str
    instrument: Instrument
    page: int
    quote: str


class FindingLine(Frozen):
    """One line of findings.jsonl."""

    fingerprint: str
    rule: str
    rule_version: str
    dossier: str
    kind: FindingKind
    severity: Severity
    score: InteractionScore | None
    conflict: ConflictNature | None = Field(default=None, exclude_if=lambda nature: nature is None)
    confidence: Confidence
    commitments: tuple[FindingCommitment, ...]
    missing: Missing | None
    relation: Relation | None = Field(default=None, exclude_if=lambda relation: relation is None)
    title: str
    explanation: str
    recommendation: str | None


def render_findings_jsonl(report: Report) -> str:
    """Return one line per finding, sorted by fingerprint; empty text where there is none."""
    commitments = {commitment.id: commitment for commitment in report.commitments}
    findings = sorted(report.findings, key=lambda finding: finding.fingerprint)
    instruments = {document.path: document.instrument for document in report.documents}
    return _lines(_finding_line(finding, commitments, instruments) for finding in findings)


def render_commitments_jsonl(commitments: Iterable[Commitment], documents: Iterable[DocumentRecord | Document]) -> str:
    """Return one line per commitment, sorted by document path, page and start; empty text where there is none."""
    by_path = {document.path: document for document in documents}
    lines = [_commitment_line(commitment, by_path.get(commitment.document)) for commitment in commitments]
    lines.sort(key=lambda line: (line.document.path, line.page, line.start, line.end, line.id))
    return _lines(lines)


def render_traced_jsonl(
    commitments: Iterable[Commitment], rejections: Iterable[Rejection], documents: Iterable[DocumentRecord | Document]
) -> str:
    """Return one line per commitment with its trace and one per figure not taken, sorted as commitments are."""
    by_path = {document.path: document for document in documents}
    lines: list[TracedCommitmentLine | RejectionLine] = []
    for commitment in commitments:
        line = _commitment_line(commitment, by_path.get(commitment.document))
        fields = {name: getattr(line, name) for name in CommitmentLine.model_fields}
        lines.append(TracedCommitmentLine(**fields, trace=commitment.trace))
    lines += [_rejection_line(rejection, by_path[rejection.document]) for rejection in rejections]
    lines.sort(key=lambda line: (line.document.path, line.page, line.start, line.end))
    return _lines(lines)


def _rejection_line(rejection: Rejection, document: DocumentRecord | Document) -> RejectionLine:
    place = rejection.provenance
    return RejectionLine(
        document=DocumentLine(**{name: getattr(document, name) for name in DocumentLine.model_fields}),
        quote=place.quote, page=place.page, start=place.start, end=place.end, rejected=rejection.reason,
        figure=rejection.figure, quantity=rejection.quantity, confidence=rejection.confidence,
        threshold=rejection.threshold, trace=rejection.trace,
    )  # fmt: skip


def _lines(lines: Iterable[Frozen]) -> str:
    return "".join(f"{canonical_json(line.model_dump(mode='json'))}\n" for line in lines)


def _finding_line(
    finding: Finding, commitments: dict[str, Commitment], instruments: dict[str, Instrument]
) -> FindingLine:
    concerned = [commitments[name] for name in finding.commitments if name in commitments]
    sides: list[tuple[str | None, Instrument, Provenance | Evidence]] = [
        *((each.id, each.instrument, each.provenance) for each in concerned),
        *((None, instruments[said.document], said) for said in finding.evidence),
    ]
    return FindingLine(
        commitments=tuple(
            FindingCommitment(id=name, document=at.document, instrument=instrument, page=at.page, quote=at.quote)
            for name, instrument, at in sides
        ),
        **{name: getattr(finding, name) for name in FindingLine.model_fields if name != "commitments"},
    )


def _commitment_line(commitment: Commitment, document: DocumentRecord | Document | None) -> CommitmentLine:
    place = commitment.provenance
    own = {"document", "quote", "page", "start", "end", "continued"}
    return CommitmentLine(
        document=DocumentLine(
            path=commitment.document,
            sha256=place.sha256,
            title=document.title if document else "",
            language=document.language if document else commitment.language,
            year=document.year if document else commitment.document_year,
        ),
        quote=place.quote,
        page=place.page,
        start=place.start,
        end=place.end,
        continued=place.continued,
        **{name: getattr(commitment, name) for name in CommitmentLine.model_fields if name not in own},
    )
