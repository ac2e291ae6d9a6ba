"""The concepts that commitments are about: themes with their groups and broader themes, as the vocabulary has them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from coherence.vocabulary import Language, term_list

__all__ = ["Theme", "label_of", "theme_table"]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of rules/vocabulary/themes.yaml."""

    id: str
    group: str = ""
    land: bool = False
    broader: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, language: Language) -> str:
        """Return the name in the language, else in English, else the id in words."""
        return label_of(self.id, dict(self.labels), language)


def label_of(term: str, labels: dict[str, str], language: str) -> str:
    """Return a term's label in the language, else in English, else its id with spaces."""
    return labels.get(language) or labels.get("en") or term.replace("_", " ")


@cache
def theme_table() -> dict[str, Theme]:
    """Return the themes by id, in the vocabulary's order; raises VocabularyError. Do not modify the result."""
    data = term_list("themes")
    entries = data.items() if isinstance(data, dict) else ((entry["id"], entry) for entry in data)
    return {str(name): _theme(str(name), entry or {}) for name, entry in entries}


def _theme(name: str, entry: dict[str, Any]) -> Theme:
    broader = entry.get("broader") or ()
    return Theme(
        id=name,
        group=str(entry.get("group") or ""),
        land=bool(entry.get("land")),
        broader=(broader,) if isinstance(broader, str) else tuple(broader),
        labels=tuple(sorted((entry.get("label") or {}).items())),
    )
