"""What a report holds of the interaction matrix: which themes of the plans act on which others."""

from __future__ import annotations

from coherence.model_basics import Frozen, InteractionScore

__all__ = ["InteractionView", "ThemeInteraction", "ThemeOfPlans"]


class ThemeOfPlans(Frozen):
    """A theme that is the main one of some commitment."""

    theme: str
    label: str
    """In the report's language."""
    commitments: tuple[str, ...]
    """Ids of the commitments whose main theme it is, parts of others left out; in the order of the report."""


class ThemeInteraction(Frozen):
    """How aims on one theme act on aims on another one: what is known of the themes, not what the documents say."""

    id: str
    """Entry of rules/frameworks/interactions.yaml."""
    from_theme: str
    to_theme: str
    score: InteractionScore
    """Nilsson's scale: 3 indivisible, 2 reinforcing, 1 enabling, 0 consistent, -1 constraining, -2 counteracting,
    -3 cancelling."""
    directed: bool
    """False: each acts on the other."""
    mechanism: str
    reason: str
    condition: str | None = None
    """When a benefit holds, or what keeps a harm from arising; in the report's language, as the reason."""
    source: str
    verified: bool
    """False: the judgement has not been checked by a second person."""
    findings: tuple[str, ...] = ()
    """Fingerprints of the synergies, or where the score is below 0 the conflicts, told between commitments of both."""


class InteractionView(Frozen):
    """The interaction matrix as far as two instruments of the dossier meet in it."""

    themes: tuple[ThemeOfPlans, ...]
    """Those that occur in ``interactions``, in the order of the scheme of themes."""
    interactions: tuple[ThemeInteraction, ...]
    """The most harmful first."""
