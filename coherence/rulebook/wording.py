"""Words around the texts of rules, from rules/vocabulary/rule_texts.yaml, and facts as they are written in examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coherence.translations import text_in
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coherence.vocabulary import Language

__all__ = ["facts_text", "say"]


def say(key: str, language: Language, **values: object) -> str:
    """Return a text with its placeholders filled; raises KeyError for an unknown key."""
    return text_in(term_list("rule_texts")[key], language).format(**values)


def facts_text(facts: Mapping[str, Any]) -> str:
    """Return facts of an example as its file writes them: ``{instrument: NDC, themes: [agroforestry]}``."""
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in facts.items()) + "}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, frozenset)):
        return "[" + ", ".join(str(each) for each in value) + "]"
    return "null" if value is None else str(value)
