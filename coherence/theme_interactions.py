"""The interaction matrix for one dossier: which themes on which two instruments commit act on each other, and how.

It says what is known of such aims in general, with the condition under which harm need not arise; which two
commitments meet is for the findings. Entries stand in ``rules/frameworks/interactions.yaml``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coherence.frameworks import interactions, labels_text
from coherence.graph import theme_table
from coherence.interaction_models import InteractionView, ThemeInteraction, ThemeOfPlans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.frameworks import Interaction
    from coherence.models import Commitment, Finding
    from coherence.vocabulary import Language

__all__ = ["interaction_view"]


def interaction_view(
    commitments: Sequence[Commitment], findings: Iterable[Finding], language: Language
) -> InteractionView | None:
    """Return the part of the matrix in which two instruments meet, or None where it is empty.

    A commitment counts by its main theme, parts of others not at all. Raises VocabularyError when the shipped data are
    faulty.
    """
    of_theme: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        if commitment.part_of is None and commitment.themes:
            of_theme[commitment.themes[0]].append(commitment)
    told = _told(findings, {each.id: each for each in commitments})
    found = tuple(
        _row(each, told, language)
        for each in sorted(interactions(), key=lambda each: (each.score, each.id, each.from_theme, each.to_theme))
        if each.score and _instruments_meet(of_theme, each)
    )
    if not found:
        return None
    met = {theme for each in found for theme in (each.from_theme, each.to_theme)}
    themes = tuple(
        ThemeOfPlans(
            theme=theme.id,
            label=theme.label(language),
            commitments=tuple(each.id for each in of_theme[theme.id]),
        )
        for theme in theme_table().values()
        if theme.id in met
    )
    return InteractionView(themes=themes, interactions=found)


def _instruments_meet(of_theme: Mapping[str, Sequence[Commitment]], act: Interaction) -> bool:
    """Return whether some commitment on one theme and some on the other belong to different instruments."""
    one = {each.instrument for each in of_theme.get(act.from_theme, ())}
    other = {each.instrument for each in of_theme.get(act.to_theme, ())}
    return bool(one and other) and len(one | other) > 1


def _told(
    findings: Iterable[Finding], known: Mapping[str, Commitment]
) -> dict[tuple[str, frozenset[str]], tuple[str, ...]]:
    """Return the fingerprints by kind and the main themes of two commitments of different instruments."""
    found: dict[tuple[str, frozenset[str]], dict[str, None]] = defaultdict(dict)
    for finding in findings:
        members = [known[name] for name in finding.commitments if name in known and known[name].themes]
        for index, one in enumerate(members):
            for other in members[index + 1 :]:
                if one.instrument != other.instrument:
                    themes = frozenset((one.themes[0], other.themes[0]))
                    found[finding.kind, themes][finding.fingerprint] = None
    return {key: tuple(names) for key, names in found.items()}


def _row(
    act: Interaction, told: Mapping[tuple[str, frozenset[str]], tuple[str, ...]], language: Language
) -> ThemeInteraction:
    kind = "synergy" if act.score > 0 else "conflict"
    return ThemeInteraction(
        **act.model_dump(exclude={"reason", "condition"}),
        reason=labels_text(act.reason, language),
        condition=labels_text(act.condition, language) if act.condition else None,
        findings=told.get((kind, frozenset((act.from_theme, act.to_theme))), ()),
    )
