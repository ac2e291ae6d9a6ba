"""The facts drawn from the quantities of a commitment and of its parts (JSON of ``models.Quantity``)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coherence.vocabulary import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.graph import Graph

__all__ = ["figures", "measured_facts", "upper"]


def measured_facts(graph: Graph, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a commitment's quantities; ``data`` are the attributes of its node ``name``.

    Where it gives no area itself, that of another facet of the measure is its own ("20 forests, on 900 ha").
    """
    own = json.loads(data.get("quantities", "[]"))
    told = _quantity_facts(own)
    if any(each["unit"] == "ha" for each in own):
        return told
    facets = [each for each in _of_parts(graph, name, "facet") if each["unit"] == "ha"]
    return told | {fact: value for fact, value in _quantity_facts(facets).items() if fact.startswith("area")}


def figures(graph: Graph, name: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the quantities of a measure: those of its main commitment and of its parts."""
    return [*json.loads(data.get("quantities", "[]")), *_of_parts(graph, name)]


def _quantity_facts(quantities: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the facts drawn from a commitment's quantities."""
    numbers = [each for each in quantities if upper(each) is not None]
    if not numbers:
        return {}
    first = numbers[0]
    areas = [each for each in numbers if each["unit"] == "ha"]
    area = _largest([each for each in areas if not each["per_year"]] or areas)
    money = _largest([each for each in numbers if is_currency(each["unit"])])
    return {
        "units": frozenset(each["unit"] for each in numbers),
        "quantified": True,
        "value": upper(first),
        "unit": first["unit"],
        "of": first["of"],
        "per_year": first["per_year"],
        "qualifier": first["qualifier"],
        "figure_role": first.get("role", "amount"),
        "remains": first.get("role") == "remains",
        "start_value": first.get("from_value"),
        "quantity": first["text"],
        "area_ha": upper(area),
        "area_low_ha": _low(area),
        "area_high_ha": upper(area),
        "area_per_year": bool(area and area["per_year"]),
        "area_remains": bool(area and area.get("role") == "remains"),
        "area": area["text"] if area else None,
        "share_percent": upper(_largest_of(numbers, "percent")),
        "emission_tco2e": upper(_largest_of(numbers, "tCO2e")),
        "count": upper(_largest_of(numbers, "count")),
        "amount": upper(money),
        "currency": money["unit"] if money else None,
        "money_first": is_currency(first["unit"]),
    }


def upper(quantity: Mapping[str, Any] | None) -> float | None:
    """Return the value of a quantity, the upper end of a range; None where there is none."""
    if quantity is None:
        return None
    high: float | None = quantity["high"] if quantity["value"] is None else quantity["value"]
    return high


def _of_parts(graph: Graph, name: str, kind: str | None = None) -> list[dict[str, Any]]:
    parts = [
        part
        for part, _, edge in graph.in_edges(name, data=True)
        if edge["type"] == "part_of" and kind in (None, edge.get("part"))
    ]
    return [quantity for part in parts for quantity in json.loads(graph.nodes[part].get("quantities", "[]"))]


def _largest_of(quantities: Iterable[Mapping[str, Any]], unit: str) -> Mapping[str, Any] | None:
    return _largest([each for each in quantities if each["unit"] == unit])


def _largest(quantities: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return max(quantities, key=lambda each: upper(each) or 0.0, default=None)


def _low(quantity: Mapping[str, Any] | None) -> float | None:
    if quantity is None:
        return None
    low = quantity["low"] if quantity["value"] is None else quantity["value"]
    return upper(quantity) if low is None else low
