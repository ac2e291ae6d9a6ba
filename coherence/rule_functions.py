"""The functions that conditions may call, declared once: their types check the rules, their descriptions document them.

A function of something that is not known is not known. A function that cannot answer (no common unit, a total of
zero) returns None: not known either.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from coherence.graph import theme_table
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.fact_models import FactKind

__all__ = ["FUNCTIONS", "Function", "Parameter", "including", "unit_names", "units"]

Words = Literal["theme or group", "unit", "place"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a function takes: the kinds it may have, and the words that a constant must be one of."""

    name: str
    kinds: tuple[FactKind, ...]
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """One declared function."""

    name: str
    parameters: tuple[Parameter, ...]
    kind: FactKind
    nullable: bool
    """Whether it may be unknown though all that it is given is known."""
    description: str
    compute: Callable[..., Any]

    @property
    def form(self) -> str:
        """How it is written: ``share(part, total)``."""
        return f"{self.name}({', '.join(each.name for each in self.parameters)})"


@cache
def including(theme: str) -> frozenset[str]:
    """Return the theme, all that include it, and their groups."""
    found = {theme}
    entry = theme_table().get(theme)
    if entry is not None:
        found |= {entry.group} - {""}
        for broader in entry.broader:
            found |= including(broader)
    return frozenset(found)


def _is_a(themes: str | frozenset[str], wanted: str) -> bool:
    return any(wanted in including(theme) for theme in ({themes} if isinstance(themes, str) else themes))


def _lies_in(places: frozenset[str], others: frozenset[str]) -> bool | None:
    return places <= others if places and others else None


def _years_shared(start: Decimal, end: Decimal, other_start: Decimal, other_end: Decimal) -> Decimal | None:
    if end < start or other_end < other_start:
        return None
    return max(min(end, other_end) - max(start, other_start) + 1, Decimal(0))


def _share(part: Decimal, total: Decimal) -> Decimal | None:
    return 100 * part / total if total > 0 and part >= 0 else None


@cache
def units() -> dict[str, tuple[str, Decimal]]:
    """Return, for each unit of rules/vocabulary/units.yaml, the canonical one and how many of it one is."""
    from coherence.extraction.unit_words import canonical_factor  # noqa: PLC0415 - pint is slow to import

    entries = term_list("units")["units"]
    given = {name: (str(entry["canonical"]), Decimal(repr(canonical_factor(name)))) for name, entry in entries.items()}
    return {unit: (unit, Decimal(1)) for unit, _ in given.values()} | given


def unit_names() -> frozenset[str]:
    """Return the names of all units."""
    entries = term_list("units")["units"]
    return frozenset(entries) | {str(entry["canonical"]) for entry in entries.values()}


def _convert(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    if unit == wanted:
        return value
    known = units()
    if unit not in known or wanted not in known or known[unit][0] != known[wanted][0]:
        return None
    return value * known[unit][1] / known[wanted][1]


def _numbers(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, ("number",)) for name in names)


FUNCTIONS: dict[str, Function] = {
    each.name: each
    for each in (
        Function(
            "is_a",
            (Parameter("themes", ("set", "text")), Parameter("theme", ("text",), "theme or group")),
            "truth",
            nullable=False,
            description="Whether any of the themes is this one, or one that it includes; also takes a theme group.",
            compute=_is_a,
        ),
        Function(
            "lies_in",
            (Parameter("places", ("set",), "place"), Parameter("others", ("set",), "place")),
            "truth",
            nullable=True,
            description="Whether all the places are among the others; unknown where either set is empty.",
            compute=_lies_in,
        ),
        Function(
            "years_shared",
            _numbers("start", "end", "other_start", "other_end"),
            "number",
            nullable=True,
            description="How many years both periods have, first and last included; 0 where they do not meet, unknown"
            " where a period ends before it starts.",
            compute=_years_shared,
        ),
        Function(
            "share",
            _numbers("part", "total"),
            "number",
            nullable=True,
            description="The part in percent of the total; unknown where the total is 0 or either is negative.",
            compute=_share,
        ),
        Function(
            "convert",
            (*_numbers("value"), *(Parameter(name, ("text",), "unit") for name in ("unit", "wanted"))),
            "number",
            nullable=True,
            description="A value in one unit, in another one (ids of rules/vocabulary/units.yaml); unknown where the"
            " two measure different things.",
            compute=_convert,
        ),
    )
}
"""Every function by its name."""
