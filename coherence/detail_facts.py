"""How closely a commitment says what is done: a figure, a site, things of its own, or words of any plan only.

"Strengthen the resilience of ecosystems" can be neither counted nor sited; what two instruments have of it in common is
an aim, no work. The words that any plan uses stand in rules/vocabulary/function_words.yaml and general_words.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from coherence.quote_words import own_words
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DETAILS", "Detail", "detail_of"]

Detail = Literal["measured", "sited", "told", "named", "general"]
DETAILS: tuple[Detail, ...] = ("measured", "sited", "told", "named", "general")
"""measured: a figure other than money; sited: a place; told: things of its own; named: one; general: none."""


def detail_of(facts: Mapping[str, Any]) -> Detail:
    """Return how closely a commitment with these facts says what is done; told where its words cannot be told apart."""
    if facts.get("quantified") and not facts.get("money_first"):
        return "measured"
    if facts.get("places"):
        return "sited"
    words = own_words(facts["quote"], facts.get("language", "en"))
    if words is None or len(words) >= term_list("thresholds")["told_words"]:
        return "told"
    return "named" if words else "general"
