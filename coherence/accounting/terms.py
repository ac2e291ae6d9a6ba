"""What the accounting goes by: rules/vocabulary/accounting.yaml, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from coherence.vocabulary import LANGUAGES, per_language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["AccountingTerms", "Cue", "accounting_terms", "place_level", "threshold"]

Cue = Literal["in_addition", "per_head", "cumulative", "less", "whole_plan", "total_row", "whole_cost"]


@dataclass(frozen=True, slots=True)
class AccountingTerms:
    """Covers of ecosystems, sectors of themes, and cues in the words of documents."""

    covers: Mapping[str, frozenset[str]]
    sea: frozenset[str]
    becomes: Mapping[str, str]
    mixed: frozenset[str]
    land_of_theme: Mapping[str, str]
    sector_of: Mapping[str, str]
    sectors_that_meet: frozenset[frozenset[str]]
    cues: Mapping[str, tuple[str, ...]]

    def covers_of(self, ecosystems: Iterable[str], themes: Iterable[str]) -> frozenset[str]:
        """Return the classes of cover that the land may have; none where it may have any."""
        themes = tuple(themes)
        found = frozenset(cover for name in ecosystems for cover in self.covers.get(name, ()))
        if not found or self.mixed & set(themes):
            return frozenset()
        return found | {self.becomes[theme] for theme in themes if theme in self.becomes}

    def says(self, cue: Cue, text: str) -> bool:
        """Tell whether a text has one of the words of a cue."""
        plain = text.casefold()
        return any(word in plain for word in self.cues[cue])

    def begins_with(self, cue: Cue, text: str) -> bool:
        """Tell whether a text begins with one of the words of a cue."""
        return text.strip().casefold().startswith(self.cues[cue])


@cache
def accounting_terms() -> AccountingTerms:
    """Return the terms; raises VocabularyError."""
    data = term_list("accounting")
    return AccountingTerms(
        covers={name: frozenset(classes) for name, classes in data["covers"].items()},
        sea=frozenset(data["sea"]),
        becomes=data["becomes"],
        mixed=frozenset(data["mixed"]),
        land_of_theme=data["land_of_theme"],
        sector_of={theme: sector for sector, themes in data["sectors"].items() for theme in themes},
        sectors_that_meet=frozenset(frozenset(pair) for pair in data["sectors_that_meet"]),
        cues={name: tuple(word.casefold() for word in words) for name, words in data["cues"].items()},
    )


@cache
def place_level(place: str) -> str:
    """Return what sort of place a name is: the word that makes it a feature ("Lake"), or "" for a unit of government.

    Only places of one sort are compared: a district may lie in a river basin.
    """
    words = place.split()
    return next((word for word in (*words[:1], *words[-1:]) if word.casefold() in _feature_words()), "")


@cache
def _feature_words() -> frozenset[str]:
    cues = [
        cue
        for language in LANGUAGES
        for side in ("before", "after")
        for cue in per_language("places", language).get(side, {}).get("feature", ())
    ]
    return frozenset(cue.split()[end].casefold() for cue in cues for end in (0, -1))


def threshold(name: str) -> float:
    """Return a number by which figures are compared, from ``accounting`` in rules/vocabulary/thresholds.yaml."""
    found: float = term_list("thresholds")["accounting"][name]
    return found
