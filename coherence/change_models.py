"""What changed between two assessments of one country, as ``coherence diff --format json`` writes it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, JsonValue

from coherence.model_basics import FindingKind, Frozen, Instrument, Severity
from coherence.models import Commitment, DocumentRecord, Finding
from coherence.vocabulary import Language

__all__ = [
    "AuditChanges", "Cause", "ChangedCommitment", "ChangedDocument", "ChangedFinding", "ChangedRule", "Changes",
    "CommitmentChanges", "Edition", "FieldChange", "FindingChanges", "MovedFinding", "Quoted",
]  # fmt: skip

Cause = Literal[
    "commitment_new", "commitment_gone", "commitment_changed", "rule_new", "rule_gone", "rule_changed", "set_aside",
    "counted_again", "documents_differ", "rules_differ", "elsewhere",
]  # fmt: skip
"""Why a finding came, went or changed: the nearest reason that the two reports show."""


class Edition(Frozen):
    """One of the two assessments: what it was made with, and how much it holds."""

    engine_version: str
    rules_hash: str
    language: Language
    as_of: date | None = None
    documents: int
    commitments: int
    findings: int
    set_aside: int


class ChangedDocument(Frozen):
    """A document that differs: ``before`` is None where it is new, ``after`` where it is gone."""

    before: DocumentRecord | None
    after: DocumentRecord | None


class ChangedRule(Frozen):
    """A rule that differs by version: ``before`` is None where it is new, ``after`` where it ran no longer."""

    rule: str
    before: str | None
    after: str | None


class FieldChange(Frozen):
    """A field with its value before and after, as report.json writes it."""

    field: str
    before: JsonValue
    after: JsonValue


class ChangedCommitment(Frozen):
    """One commitment told differently; both as they stand in their reports, without the trace."""

    before: Commitment
    after: Commitment
    fields: tuple[FieldChange, ...]


class CommitmentChanges(Frozen):
    """Commitments by what became of them, in the order of their documents; ``same`` counts the others."""

    new: tuple[Commitment, ...] = ()
    gone: tuple[Commitment, ...] = ()
    changed: tuple[ChangedCommitment, ...] = ()
    same: int = 0


class Quoted(Frozen):
    """What a finding rests on: a commitment by its id, with its place and its words."""

    id: str
    instrument: Instrument
    document: str
    page: int
    quote: str


class MovedFinding(Frozen):
    """A finding that only one of the two reports counts, and why."""

    finding: Finding
    quotes: tuple[Quoted, ...] = ()
    cause: Cause


class ChangedFinding(Frozen):
    """A finding of both reports; without ``fields`` it says the same of a commitment that is told differently."""

    before: Finding
    after: Finding
    quotes_before: tuple[Quoted, ...] = ()
    quotes_after: tuple[Quoted, ...] = ()
    fields: tuple[FieldChange, ...]
    cause: Cause


class FindingChanges(Frozen):
    """Findings by what became of them, the gravest first."""

    new: tuple[MovedFinding, ...] = ()
    gone: tuple[MovedFinding, ...] = ()
    changed: tuple[ChangedFinding, ...] = ()
    carried: tuple[ChangedFinding, ...] = ()
    """The same under another fingerprint, because a commitment is told differently: what a decision is to follow."""
    same: dict[FindingKind, int] = Field(default_factory=dict)
    """How many of each kind are the same to the fingerprint."""

    def graver(self) -> tuple[Severity, ...]:
        """Return the severity of every finding that is new or asks for more attention than before."""
        order = ("info", "low", "medium", "high")
        risen = (
            each.after.severity
            for each in self.changed
            if order.index(each.after.severity) > order.index(each.before.severity)
        )
        return (*(each.finding.severity for each in self.new), *risen)


class Changes(Frozen):
    """All that changed between two assessments of one country."""

    schema_version: str = "1"
    country: str
    country_name: str
    language: Language
    """Of the second report, in which texts are told."""
    before: Edition
    after: Edition
    documents: tuple[ChangedDocument, ...] = ()
    rules: tuple[ChangedRule, ...] = ()
    commitments: CommitmentChanges = CommitmentChanges()
    findings: FindingChanges = FindingChanges()


class AuditChanges(Frozen):
    """What changed between two audits: the changes of each dossier by its name, and dossiers that only one has."""

    schema_version: str = "1"
    dossiers: dict[str, Changes]
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
