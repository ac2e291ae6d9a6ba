"""Quantities in the words and numbers of a report's language, as reports and recommendations write them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from babel.numbers import format_decimal

from coherence.translations import text_in
from coherence.vocabulary import Language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import Quantity

__all__ = ["listed", "number_text", "quantity_text"]

_SPOKEN_UNITS = frozenset({"count", "other"})
"""Units that say nothing without the words around the number ("75 000 ménages")."""


def listed(names: Iterable[str], language: Language, by: Literal["comma", "semicolon"] = "comma") -> str:
    """Return "a, b, c" with the comma, or the semicolon, of the language."""
    texts = term_list("report_texts")
    return text_in(texts["page"][by], language, f"page.{by}").join(names)


def number_text(value: float, language: Language) -> str:
    """Return a number as the language writes it, all digits that matter."""
    if not math.isfinite(value):
        return str(value)
    return str(format_decimal(value, format="#,##0.########", locale=language))


def quantity_text(quantity: Quantity, language: Language) -> str:
    """Return a quantity in its canonical unit: "at least 200,000 ha a year".

    Counted things and quantities without a value are given as the document writes them.
    """
    if quantity.unit in _SPOKEN_UNITS and quantity.text:
        return " ".join(quantity.text.split())
    if quantity.low is not None and quantity.high is not None:
        bounds = {"low": number_text(quantity.low, language), "high": number_text(quantity.high, language)}
        amount = _text("quantity", "range", language).format(**bounds)
    elif quantity.value is not None:
        amount = number_text(quantity.value, language)
    else:
        return quantity.text
    unit = _text("unit", quantity.unit, language)
    words = " ".join(part for part in (amount, unit) if part)
    if quantity.per_year:
        words = _text("quantity", "per_year", language).format(quantity=words)
    return _text("qualifier", quantity.qualifier, language).format(quantity=words)


def _text(group: str, name: str, language: Language) -> str:
    """Return a text of reports, or its own name where the vocabulary has none: most units are international."""
    texts = term_list("report_texts")[group].get(name)
    return text_in(texts, language, f"{group}.{name}") if texts else name
