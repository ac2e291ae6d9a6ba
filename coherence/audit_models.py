"""What an audit of many dossiers holds of each: counts, ranges and problems, as written to summary.json."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from coherence.model_basics import FindingKind, Frozen, Instrument, Notice, Severity

__all__ = ["AuditSummary", "DossierAudit", "DossierState", "LandRange"]

DossierState = Literal["complete", "partial", "failed"]
"""``partial``: something could not be read or run, the rest was assessed. ``failed``: there is no report."""


class LandRange(Frozen):
    """The land that the commitments of a dossier ask for beside the land there is, in hectares."""

    low: float
    high: float
    country: float
    verdict: Literal["exceeded", "may_exceed", "within"]


class DossierAudit(Frozen):
    """One dossier of an audit; counts are of the report that lies in the folder of this name."""

    dossier: str
    """Name of the dossier and of the folder with its report."""
    state: DossierState
    country: str = ""
    """ISO 3166-1 alpha-3 code; empty where the dossier failed before it was known."""
    country_name: str = ""
    instruments: tuple[Instrument, ...] = ()
    """Those of the documents that were read, each once."""
    documents: int = 0
    pages: int = 0
    pages_without_text: int = 0
    commitments: int = 0
    """Without milestones, costs and effects of other commitments."""
    targets: int = 0
    findings: dict[FindingKind, int] = Field(default_factory=dict)
    rules: dict[str, int] = Field(default_factory=dict)
    """Findings per rule."""
    contradictions: int = 0
    """Conflicts in which one thing has two values or two deadlines."""
    severities: dict[Severity, int] = Field(default_factory=dict)
    land: LandRange | None = None
    criteria_met: float | None = None
    """Criteria of decision 3/COP.16 that a target meets on average, 0 to 7."""
    ldn_named_in: tuple[str, ...] = ()
    """Plans of the other conventions that name the LDN targets."""
    recommendations: int = 0
    first_recommendation: str = ""
    problems: tuple[Notice, ...] = ()
    inputs: str = ""
    """SHA-256 of all that the report depends on: documents, rules, options, program; empty where there is no report."""


class AuditSummary(Frozen):
    """All dossiers of an audit, by name."""

    schema_version: str = "1"
    engine_version: str
    dossiers: tuple[DossierAudit, ...]
    unread: tuple[Notice, ...] = ()
    """Files that belong to no dossier."""
    waiting: tuple[str, ...] = ()
    """Dossiers that the run did not come to before it was broken off."""
