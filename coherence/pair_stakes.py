"""What of one promise presses on another, compared: what the one brings about and the other reduces, ends or keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from coherence.vocabulary import term_list

__all__ = ["STAKES", "STAKE_INPUTS"]

_Row = Mapping[str, Any]
_Ids = frozenset[str]

STAKE_INPUTS: dict[str, tuple[str, ...]] = {
    "curbed": ("curbs", "pressures", "terms"),
    "pressed_on": ("keeps", "pressures"),
    "coast_apart": ("ecosystems", "places"),
}
"""The facts of both commitments that each fact of stakes depends on."""


def _curbed(a: _Row, b: _Row) -> _Ids:
    """Return the pressures of a that b reduces, limits or ends; of species only where both name the same."""
    found: _Ids = (a["pressures"] & b["curbs"]) - a["curbs"] - b["pressures"]
    if found and not a["terms"] & b["terms"]:
        found -= _marked("same_kind")
    return found - _marked("uncurbed")


def _pressed_on(a: _Row, b: _Row) -> _Ids:
    """Return what one keeps and the other presses on, unless the other keeps it as well."""
    found: _Ids = frozenset()
    for one, other in ((a, b), (b, a)):
        found |= (_pressed_by(one["pressures"]) & other["keeps"]) - one["keeps"]
    return found


def _pressed_by(pressures: _Ids) -> _Ids:
    entries = term_list("stakes")["pressures"]
    return frozenset(kept for name in pressures for kept in entries[name].get("presses_on", ()))


def _coast_apart(a: _Row, b: _Row) -> bool:
    """Tell whether b keeps land at the coast or in the sea, and a neither names any nor a place of b."""
    return bool(b["ecosystems"] & _coasts()) and not a["ecosystems"] & _coasts() and not a["places"] & b["places"]


@cache
def _coasts() -> _Ids:
    return frozenset(name for name, entry in term_list("ecosystems").items() if entry.get("coast"))


@cache
def _marked(mark: str) -> _Ids:
    return frozenset(name for name, entry in term_list("stakes")["pressures"].items() if entry.get(mark))


STAKES: dict[str, Callable[[_Row, _Row], Any]] = {
    "curbed": _curbed,
    "pressed_on": _pressed_on,
    "coast_apart": _coast_apart,
}
"""The facts by name, each computed from the two rows."""
