"""What a quantity in a text says. Offsets are characters, end-exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Qualifier", "QuantityKind", "QuantityMention"]

Qualifier = Literal["exact", "at_least", "up_to", "approx"]
QuantityKind = Literal["plain", "share", "multiplier", "zero", "temperature", "likelihood", "gradient"]


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number, or two of a range, with its unit; ``start`` and ``end`` cover just these.

    ``value``, or ``low`` and ``high``, count in the canonical ``unit`` (ha, percent, tCO2e, an ISO 4217 code, MW, GWh,
    count, m3, km, t, tC_per_ha); for ``other`` they are as written. ``from_value`` is where a change starts ("from
    13.8 to 14.7 million ha"). ``per`` is year, month, day, hour, capita, area, household, gdp or energy.
    """

    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    unit_text: str
    of: str | None = None
    per: str | None = None
    qualifier: Qualifier = "exact"
    from_value: float | None = None
    kind: QuantityKind = "plain"
    ambiguous: bool = False
    per_year: bool = False
    definite: bool = False
    """Whether words before it say that what is counted is there or was named before ("these two")."""
    stated: bool = False
    """Whether the verb right before it says what is ("covers 40 %")."""
