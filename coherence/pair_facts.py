"""The facts of two commitments together, computed when a rule first asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from coherence import frameworks
from coherence.levers import LEVER_FACTS, LEVER_INPUTS
from coherence.pair_stakes import STAKE_INPUTS, STAKES
from coherence.pair_words import WORD_INPUTS, WORDS
from coherence.pair_works import WORK_INPUTS, WORKS

__all__ = [
    "PAIR_INPUTS",
    "SAME_FROM",
    "SHARED",
    "Interaction",
    "InteractionTable",
    "PairRow",
    "Row",
    "interaction_table",
]

Row = Mapping[str, Any]
"""Facts by name, as conditions see them: text, number, truth value, frozenset of texts, or None (unknown)."""

SAME_FROM = 1 - 0.005
"""Ratio from which two values count as the same."""
SHARED = {
    "shared_themes": "themes",
    "shared_mains": "mains",
    "shared_theme_groups": "theme_groups",
    "shared_ecosystems": "ecosystems",
    "shared_places": "places",
    "shared_targets": "official_targets",
}
"""Facts of a pair that hold what both have, and the fact of each that they are drawn from."""
PAIR_INPUTS: dict[str, tuple[str, ...]] = {
    **{name: (own,) for name, own in SHARED.items()},
    **WORK_INPUTS,
    **STAKE_INPUTS,
    **WORD_INPUTS,
    "places_known": ("places",),
    "years_apart": ("target_year",),
    "area_ratio": ("area_ha", "area_per_year"),
    "same_unit": ("unit",),
    "value_ratio": ("unit", "per_year", "value"),
    "same_value": ("unit", "per_year", "value"),
    "same_document": ("country", "document"),
    "same_instrument": ("instrument",),
    "interaction": ("themes",),
    "interaction_from": ("themes",),
    "interaction_to": ("themes",),
    "effect": ("theme",),
    "effect_mechanism": ("theme",),
    **dict.fromkeys(LEVER_FACTS, LEVER_INPUTS),
    "period_years": ("area_ha", "area_per_year", "start_year", "target_year"),
    "period_area_ha": ("area_ha", "area_per_year", "start_year", "target_year"),
    "comparability": (
        "area_ha",
        "area_per_year",
        "start_year",
        "target_year",
        "value",
        "unit",
        "per_year",
        "of",
        "baseline_year",
        "baseline_kind",
    ),
}
"""The facts of both commitments that a pair's fact depends on: nothing else may change it."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """How progress on one theme acts on another, on Nilsson's scale from -3 (cancelling) to 3 (indivisible)."""

    source: str
    target: str
    score: int
    reasons: tuple[tuple[str, str], ...] = ()
    directed: bool = False
    mechanism: str | None = None


@dataclass(frozen=True)
class InteractionTable:
    """Interactions by ordered pair of themes, both orders unless directed."""

    by_themes: Mapping[tuple[str, str], Interaction]
    partners: Mapping[str, frozenset[str]] = field(repr=False)
    """Themes that a theme has any interaction with, in either role."""
    _memo: dict[tuple[frozenset[str], frozenset[str]], Interaction | None] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, interactions: Iterable[Interaction]) -> InteractionTable:
        """Return the table; where a pair of themes is given more than once, the strongest holds."""
        table: dict[tuple[str, str], Interaction] = {}
        for each in interactions:
            keys = (
                [(each.source, each.target)]
                if each.directed
                else [(each.source, each.target), (each.target, each.source)]
            )
            for key in keys:
                if key not in table or _rank(each) < _rank(table[key]):
                    table[key] = each
        partners: dict[str, set[str]] = {}
        for one, other in table:
            partners.setdefault(one, set()).add(other)
            partners.setdefault(other, set()).add(one)
        return cls(table, {theme: frozenset(others) for theme, others in partners.items()})

    def strongest(self, themes_a: frozenset[str], themes_b: frozenset[str]) -> Interaction | None:
        """Return the interaction of highest absolute score between any theme of a and any of b, or None.

        Of equal strength the negative one goes first: a conflict overlooked costs more than one checked in vain.
        """
        key = (themes_a, themes_b)
        if key not in self._memo:
            found = (self.by_themes.get((a, b)) for a in themes_a for b in themes_b)
            self._memo[key] = min((each for each in found if each is not None), key=_rank, default=None)
        return self._memo[key]


def _rank(interaction: Interaction) -> tuple[int, int, str, str]:
    return (-abs(interaction.score), interaction.score, interaction.source, interaction.target)


@cache
def interaction_table() -> InteractionTable:
    """Return the table of rules/frameworks/interactions.yaml; raises VocabularyError."""
    return InteractionTable.of(
        (
            Interaction(
                source=each.from_theme,
                target=each.to_theme,
                score=each.score,
                reasons=tuple(sorted(each.reason.model_dump().items())),
                directed=each.directed,
                mechanism=each.mechanism,
            )
            for each in frameworks.interactions()
        ),
    )


class PairRow(dict[str, Any]):
    """Facts of a pair by name; a fact is computed at its first reading."""

    __slots__ = ("a", "b", "interactions")

    def __init__(self, a: Row, b: Row, interactions: InteractionTable) -> None:
        """Hold the two commitments' rows; computes nothing."""
        self.a = a
        self.b = b
        self.interactions = interactions

    def __missing__(self, name: str) -> Any:
        """Compute and keep one fact; raises KeyError for a name that is not declared."""
        value = self[name] = _COMPUTED[name](self)
        return value


def _shared(name: str) -> Callable[[PairRow], frozenset[str]]:
    return lambda pair: pair.a[name] & pair.b[name]


def _of_both(compute: Callable[[Row, Row], Any]) -> Callable[[PairRow], Any]:
    return lambda pair: compute(pair.a, pair.b)


def _same(name: str) -> Callable[[PairRow], bool]:
    return lambda pair: bool(pair.a[name] == pair.b[name])


def _ratio(one: Any, other: Any) -> Any:
    """Return smaller over larger, 0 to 1; None if either is unknown or the two have no ratio."""
    if one is None or other is None:
        return None
    if one == other:
        return type(one)(1)
    low, high = min(one, other), max(one, other)
    return low / high if low >= 0 else None


def _same_unit(pair: PairRow) -> bool | None:
    one, other = pair.a["unit"], pair.b["unit"]
    return None if one is None or other is None else bool(one == other)


def _value_ratio(pair: PairRow) -> Any:
    # What may remain of a loss is no amount of what is done.
    alike = pair.a["remains"] == pair.b["remains"]
    comparable = pair["same_unit"] and pair.a["per_year"] == pair.b["per_year"] and alike
    return _ratio(pair.a["value"], pair.b["value"]) if comparable else None


def _area_ratio(pair: PairRow) -> Any:
    # Hectares a year and hectares in all are different quantities.
    comparable = pair.a["area_per_year"] == pair.b["area_per_year"] and pair.a["area_remains"] == pair.b["area_remains"]
    return _ratio(pair.a["area_ha"], pair.b["area_ha"]) if comparable else None


def _same_value(pair: PairRow) -> bool | None:
    ratio = pair["value_ratio"]
    if ratio is not None:
        return bool(ratio >= SAME_FROM)
    return None if pair["same_unit"] is None else False


def _years_apart(pair: PairRow) -> Any:
    one, other = pair.a["target_year"], pair.b["target_year"]
    return None if one is None or other is None else abs(one - other)


def _interaction(attribute: str) -> Callable[[PairRow], Any]:
    def compute(pair: PairRow) -> Any:
        found = pair.interactions.strongest(pair.a["themes"], pair.b["themes"])
        return None if found is None else getattr(found, attribute)

    return compute


def _score(pair: PairRow) -> Decimal | None:
    found = pair.interactions.strongest(pair.a["themes"], pair.b["themes"])
    return None if found is None else Decimal(found.score)


def _effect(pair: PairRow) -> Interaction | None:
    return pair.interactions.by_themes.get((pair.b["theme"], pair.a["theme"]))


def _of_effect(attribute: str) -> Callable[[PairRow], Any]:
    def compute(pair: PairRow) -> Any:
        found = _effect(pair)
        return None if found is None else getattr(found, attribute)

    return compute


def _effect_score(pair: PairRow) -> Decimal | None:
    found = _effect(pair)
    return None if found is None else Decimal(found.score)


def _yearly_side(pair: PairRow) -> Row | None:
    """Return the commitment with the yearly area where the other one states a total."""
    one, other = pair.a, pair.b
    if one["area_ha"] is None or other["area_ha"] is None or one["area_per_year"] == other["area_per_year"]:
        return None
    return one if one["area_per_year"] else other


def _period_years(pair: PairRow) -> Any:
    yearly = _yearly_side(pair)
    if yearly is None or yearly["start_year"] is None or yearly["target_year"] is None:
        return None
    years = yearly["target_year"] - yearly["start_year"]
    return years if years > 0 else None


def _period_area(pair: PairRow) -> Any:
    yearly, years = _yearly_side(pair), pair["period_years"]
    return None if yearly is None or years is None else yearly["area_ha"] * years


def _comparability(pair: PairRow) -> str | None:
    """Return whether the two figures can be compared, or why not; None where one states no figure."""
    one, other = pair.a, pair.b
    if one["value"] is None or other["value"] is None:
        return None
    if one["area_ha"] is not None and other["area_ha"] is not None:
        same = one["area_per_year"] == other["area_per_year"] or pair["period_area_ha"] is not None
        return "comparable" if same else "period"
    if one["unit"] != other["unit"]:
        return "units"
    if one["per_year"] != other["per_year"]:
        return "period"
    of_one_whole = all(one[name] == other[name] for name in ("of", "baseline_year", "baseline_kind"))
    return "comparable" if one["unit"] != "percent" or of_one_whole else "base"


_COMPUTED: dict[str, Callable[[PairRow], Any]] = {
    **{name: _shared(own) for name, own in SHARED.items()},
    **{name: _of_both(compute) for name, compute in {**WORKS, **STAKES, **WORDS}.items()},
    "places_known": lambda pair: bool(pair.a["places"] and pair.b["places"]),
    "years_apart": _years_apart,
    "area_ratio": _area_ratio,
    "same_unit": _same_unit,
    "value_ratio": _value_ratio,
    "same_value": _same_value,
    # Two countries may have a file of the same name.
    "same_document": lambda pair: bool(
        pair.a["document"] == pair.b["document"] and pair.a["country"] == pair.b["country"]
    ),
    "same_instrument": _same("instrument"),
    "interaction": _score,
    "interaction_from": _interaction("source"),
    "interaction_to": _interaction("target"),
    "interaction_reason": _interaction("reasons"),
    "effect": _effect_score,
    "effect_mechanism": _of_effect("mechanism"),
    "effect_reason": _of_effect("reasons"),
    **LEVER_FACTS,
    "period_years": _period_years,
    "period_area_ha": _period_area,
    "comparability": _comparability,
}
