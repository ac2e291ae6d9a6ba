"""Recommendations, clusters of commitments, and the moments of revision, as a report names them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from coherence.model_basics import Element, Frozen, Instrument, Severity

__all__ = ["Cluster", "ClusterElement", "ClusterFigure", "Effort", "LegalBasis", "Recommendation", "RevisionWindow"]

Effort = Literal["low", "medium", "high"]


class LegalBasis(Frozen):
    """A decision or official target that supports a rule; unverified ones are shown as such and never quoted."""

    id: str
    label: str
    source: str = ""
    verified: bool = False


class RevisionWindow(Frozen):
    """When an instrument is next revised or reported on."""

    id: str
    instrument: Instrument
    label: str
    """In the report's language."""
    closes: date | None = None
    """Last day, where one is known."""
    due: bool = False
    """Whether the revision waits for no date: the targets of the document have come to their end, or the moment has
    passed since it was written."""
    source: str = ""
    verified: bool = False
    """Whether the date was read in the source."""


class Recommendation(Frozen):
    """A harmonisation recommendation made from findings that ask for the same change."""

    id: str
    """Stable content hash."""
    pattern: str
    """Id of the recommendation in rules/recommendation (``REC-012``)."""
    rank: int
    priority: Severity
    """Highest severity of its findings."""
    effort: Effort = "medium"
    window: RevisionWindow | None = None
    """The first moment at which the change can be made."""
    urgency: int = 0
    """What ranks it: the weights of severity, kind, number of findings and window, by that of the effort."""
    reason: str = ""
    """Why it has this rank, in words of the report's language."""
    further: bool = False
    """Whether others stand before it in such number that it is shown in short."""
    title: str
    text: str
    instrument: Instrument | None = None
    """Where the change would be made."""
    addressees: tuple[str, ...] = ()
    draft: str | None = None
    """Draft wording for the receiving instrument, a line for each paragraph."""
    basis: tuple[LegalBasis, ...] = ()
    findings: tuple[str, ...] = ()
    """Fingerprints."""
    clusters: tuple[str, ...] = ()
    """Ids of the candidate integrated projects that it proposes."""


class ClusterFigure(Frozen):
    """What members of a cluster state in one unit: the smallest and the largest figure, never a sum."""

    unit: str
    per_year: bool = False
    low: float
    high: float
    commitments: tuple[str, ...]
    """Ids of the commitments that state them, the largest figure first."""


class ClusterElement(Frozen):
    """What was not found in the words of members of a cluster."""

    element: Element
    commitments: tuple[str, ...]
    """Ids of the members without it."""


class Cluster(Frozen):
    """Commitments of several instruments that reinforce one another: a candidate integrated project."""

    id: str
    """Stable content hash of its members."""
    rank: int
    name: str
    """From what the members share: themes, ecosystems, places."""
    instruments: tuple[Instrument, ...]
    members: tuple[str, ...]
    """Ids of commitments, the most connected first."""
    further_members: int = 0
    """Members beyond those listed."""
    themes: tuple[str, ...] = ()
    ecosystems: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    figures: tuple[ClusterFigure, ...] = ()
    objectives: tuple[LegalBasis, ...] = ()
    """Objectives of the conventions and official targets that the members serve."""
    missing: tuple[ClusterElement, ...] = ()
    """What a funder would ask for and was not found in the words of members."""
    findings: tuple[str, ...] = ()
    """Fingerprints of the findings that connect the members."""
    note: str = ""
    """Draft paragraph of a concept note, in the report's language."""
