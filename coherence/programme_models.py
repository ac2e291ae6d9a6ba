"""What a report holds of the checklist of the LDN target setting programme."""

from __future__ import annotations

from coherence.model_basics import Frozen

__all__ = ["ActivityEvidence", "ProgrammeActivity", "ProgrammeView"]


class ActivityEvidence(Frozen):
    """A sentence of a document that speaks of an activity; ``page.text[start:end] == quote``."""

    document: str
    page: int
    start: int
    end: int
    quote: str


class ProgrammeActivity(Frozen):
    """An activity of the LDN target setting programme, and what the documents show of it."""

    id: str
    label: str
    countries_done: int
    countries_under_way: int
    countries_not_started: int
    evidence: tuple[ActivityEvidence, ...] = ()
    """The first sentences that speak of it; empty where none was found."""
    named_in: tuple[str, ...] = ()
    """Paths of the plans of other conventions that name the LDN targets, where that is evidence."""
    supplied: str | None = None
    """What this report gives the activity, whatever the documents say."""


class ProgrammeView(Frozen):
    """The checklist of the second phase of the LDN target setting programme for one country."""

    takes_part: bool
    """Whether the country is one of those of the second phase."""
    countries: int
    as_of: str
    """Date of the counts of countries, ISO 8601."""
    source: str
    activities: tuple[ProgrammeActivity, ...]
