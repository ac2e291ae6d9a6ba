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
    """Return the pressures of a that b reduces, limits or ends, unless the two name different kinds of it."""
    found: _Ids = (a["pressures"] & b["curbs"]) - a["curbs"] - b["pressures"] - _marked("uncurbed") - _marked("kind_of")
    return frozenset(name for name in found if not _other_kinds(name, a, b))


def _other_kinds(name: str, a: _Row, b: _Row) -> bool:
    """Tell whether a brings another kind of a pressure than b curbs: fertiliser and pesticides, pines and acacias."""
    pressures = term_list("stakes")["pressures"]
    kinds = frozenset(kind for kind, entry in pressures.items() if entry.get("kind_of") == name)
    if pressures[name].get("same_kind") and (not kinds or kinds & b["curbs"]):
        return not a["terms"] & b["terms"]
    brought, curbed = kinds & a["pressures"], kinds & b["curbs"]
    return bool(brought and curbed and not brought & curbed)


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
