"""Controlled terms of the project, read from rules/vocabulary.

Every list of terms is a YAML file; languages that read documents stand one file per language in a folder
named after the list (``rules/vocabulary/numbers/fr.yaml``).
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args

from coherence.errors import Fault, Location, VocabularyError
from coherence.resources import rules_dir
from coherence.strict_yaml import Marked, load_marked

__all__ = [
    "LANGUAGES", "REPORT_LANGUAGES", "SOURCE_LANGUAGES", "TRANSLATED_LANGUAGES", "Language", "is_currency",
    "per_language", "term_list", "term_list_marked",
]  # fmt: skip

Language = Literal["en", "fr", "es", "pt", "ar", "ru", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""Languages of the documents that can be read."""

_CURRENCY_LETTERS = 3

SOURCE_LANGUAGES: tuple[Language, ...] = ("en", "fr", "es")
"""Languages in which rules and other texts of the project are written, side by side."""
TRANSLATED_LANGUAGES: tuple[Language, ...] = ("ar", "ru", "zh")
"""Languages into which those texts are translated, in the catalogues of rules/translations."""
REPORT_LANGUAGES: tuple[Language, ...] = (*SOURCE_LANGUAGES, *TRANSLATED_LANGUAGES)
"""Languages that reports are written in: those of the United Nations."""


def is_currency(unit: str) -> bool:
    """Tell whether a canonical unit is a currency: three capital letters of ISO 4217."""
    return len(unit) == _CURRENCY_LETTERS and unit.isalpha() and unit.isupper()


@cache
def term_list_marked(name: str) -> Marked:
    """Return ``rules/vocabulary/<name>.yaml`` with places; raises VocabularyError."""
    path = rules_dir() / "vocabulary" / f"{name}.yaml"
    if not path.is_file():
        raise VocabularyError(
            Fault(Location(str(path)), "this vocabulary file is missing", "restore it from the release")
        )
    return load_marked(path, VocabularyError)


def term_list(name: str) -> Any:
    """Return ``rules/vocabulary/<name>.yaml`` in plain types; raises VocabularyError. Do not modify the result."""
    return term_list_marked(name).data


def per_language(name: str, language: Language) -> Any:
    """Return one language's file of a list: ``rules/vocabulary/<name>/<language>.yaml``."""
    return term_list(f"{name}/{language}")
