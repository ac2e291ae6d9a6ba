"""Rules, packs of rules and reviewers' decisions, as a report names them."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from coherence.model_basics import (
    ConflictManageability,
    ConflictMechanism,
    ConflictType,
    FindingKind,
    Frozen,
    Instrument,
)

__all__ = ["ConflictNature", "DisabledRule", "PackRecord", "ReplacedRule", "RuleRecord", "Suppression"]


class RuleRecord(Frozen):
    """A rule as a report names it."""

    id: str
    version: str
    title: str
    kind: FindingKind
    file: str
    pack: str = ""
    """Name of the pack it comes from."""


class ConflictNature(Frozen):
    """What kind of conflict a rule finds, how it comes about and what can be done about it."""

    type: ConflictType
    """contradiction: two values, dates or paces for one thing; tension: two aims that may pull against each other."""
    mechanism: ConflictMechanism
    manageability: tuple[ConflictManageability, ...] = Field(min_length=1)
    """What can keep the two apart, the most likely first."""
    precondition: str
    """When the conflict arises, in the report's language."""


class ReplacedRule(Frozen):
    """A rule or recommendation of an earlier pack whose place a later version takes."""

    rule: str
    """Its id."""
    version: str
    former_version: str
    former_pack: str


class DisabledRule(Frozen):
    """A rule that a pack turns off, and why."""

    rule: str
    reason: str


class PackRecord(Frozen):
    """A folder of rules as a report names it; the shipped rules are the first."""

    name: str
    version: str | None = None
    """None where the folder has no pack.yaml."""
    hash: str
    """SHA-256 over the canonical content of pack.yaml, rules and recommendations."""
    rules: int
    """Rules of the pack that ran."""
    replaces: tuple[ReplacedRule, ...] = ()
    disables: tuple[DisabledRule, ...] = ()


class Suppression(Frozen):
    """A reviewer's decision in dossier.yaml to set a finding aside, or those of a rule on some commitments."""

    where: str
    """Place of the entry: ``dossier.yaml:12:5``."""
    finding: str | None = None
    rule: str | None = None
    quote: str | None = None
    instrument: Instrument | None = None
    reason: str
    author: str
    expires: date
    """Last day on which it holds."""
