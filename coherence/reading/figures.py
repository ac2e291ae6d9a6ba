"""Cells that hold a figure and no words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from coherence.reading.layout_terms import layout_terms

__all__ = ["is_figure"]


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Whether a text is nothing but a number or range with at most a short unit, or a sign for no value."""
    plain = text.strip()
    return plain.casefold() in layout_terms().empty_values or _pattern().fullmatch(plain) is not None


@cache
def _pattern() -> re.Pattern[str]:
    currencies = "|".join(re.escape(sign) for sign in layout_terms().currency_signs)
    number = r"\d[\d\s.,'’/%]*"
    return re.compile(
        rf"[-–+~<>≥≤(]*\s*(?:{currencies})?\s*{number}(?:\s*[-–]\s*{number})?\s*(?:%|[^\W\d]{{1,4}}\d?)?\)?\*?",
        re.IGNORECASE,
    )
