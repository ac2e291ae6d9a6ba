"""What two commitments do, compared.

The same work, a work within the other, kinds of land that exclude each other, and whether one takes the other up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from coherence.extraction.ways import FIELD
from coherence.extraction.works import work_table
from coherence.extraction.zones import zones_exclude
from coherence.identifiers import fold
from coherence.pair_stakes import STAKE_INPUTS, STAKES
from coherence.vocabulary import term_list

__all__ = ["APART", "WORKS", "WORK_INPUTS", "takes_up"]

_Row = Mapping[str, Any]
_Ids = frozenset[str]

_curbed = STAKES["curbed"]
_WORKS = ("themes", "works")
_LAND = ("ecosystems", "zones", *_WORKS)
APART = frozenset({"way", "land", "place", "aim"})
"""What may set two commitments of one work apart: how it is carried out, kinds of land, places, an opposite aim."""
WORK_INPUTS: dict[str, tuple[str, ...]] = {
    "same_works": _WORKS,
    "precise_works": _WORKS,
    "within_works": _WORKS,
    "within_precise_works": _WORKS,
    "linked_works": _WORKS,
    "lands_apart": _LAND,
    "zones_apart": ("zones",),
    "apart": ("places", "quote", "way", *STAKE_INPUTS["curbed"], *_LAND),
    "restored": ("keeps", "mains", "theme", *_LAND),
    "counterpart": ("theme", "subject", "subjects", "quantified", "money_first", *_LAND),
}
"""The facts of both commitments that each fact of works depends on."""


def _same(a: _Row, b: _Row) -> _Ids:
    return frozenset(name for name in a["works"] & b["works"] if _of_one_kind(name, a, b))


def _precise(a: _Row, b: _Row) -> _Ids:
    return frozenset(name for name in _same(a, b) if not work_table()[name].wide)


def _within(a: _Row, b: _Row) -> _Ids:
    """Return the works of a that a work of b may be part of; where a tells by which parts it is done, by those only."""
    wholes = a["works"] & _wholes(b["works"]) - b["works"]
    return frozenset(name for name in wholes if _of_one_kind(name, a, b) and not _told_in_parts(name, a["works"]))


@cache
def _told_in_parts(whole: str, works: _Ids) -> bool:
    return any(whole in work_table()[name].within for name in works)


def _of_one_kind(name: str, a: _Row, b: _Row) -> bool:
    """Tell whether neither names a theme that makes the work one of its own, or both name it."""
    of_its_own = work_table()[name].separate
    return bool(of_its_own & a["themes"] == of_its_own & b["themes"])


def _within_precise(a: _Row, b: _Row) -> _Ids:
    return frozenset(name for name in _within(a, b) if not work_table()[name].wide)


def _linked(a: _Row, b: _Row) -> _Ids:
    same = _precise(a, b) or _same(a, b)
    return same - _wholes(same) or same or _within(a, b) | _parts(a, b)


def _parts(a: _Row, b: _Row) -> _Ids:
    """Return the works of b that may be counted as part of one of a."""
    wholes = _within(a, b)
    return frozenset(name for name in b["works"] if work_table()[name].within & wholes)


def _apart(a: _Row, b: _Row) -> _Ids:
    found = {
        "way": a["way"] != b["way"] and not {a["way"], b["way"]} - {FIELD} <= _own_ways(a, b),
        "land": _lands_apart(a, b),
        "place": _places_apart(a, b),
        "aim": bool(_curbed(a, b) or _curbed(b, a)),
    }
    return frozenset(name for name, holds in found.items() if holds)


def _own_ways(a: _Row, b: _Row) -> _Ids:
    """Return the ways in which the works that both have in common are carried out anyway."""
    return frozenset().union(*(work_table()[name].ways for name in _in_question(a, b)))


def _places_apart(a: _Row, b: _Row) -> bool:
    """Tell whether both name places, none in common: neither as places nor in each other's words."""
    if not (a["places"] and b["places"]) or a["places"] & b["places"]:
        return False
    said = fold(a["quote"]), fold(b["quote"])
    return not any(place in said[1] for place in a["places"]) and not any(place in said[0] for place in b["places"])


def _lands_apart(a: _Row, b: _Row) -> bool:
    one = _land(a["ecosystems"], _in_question(a, b) or a["works"])
    other = _land(b["ecosystems"], _in_question(b, a) or b["works"])
    return bool(one and other and not one & other) or _zones_apart(a, b)


def _zones_apart(a: _Row, b: _Row) -> bool:
    return zones_exclude(a["zones"], b["zones"])


def takes_up(a: _Row, b: _Row) -> bool:
    """Return whether b may be the counterpart of a: it does its work, or is what its words ask for, on the same land.

    An amount of money takes nothing up: what it pays for is told elsewhere.
    """
    return (
        bool(a["subjects"] & b["subjects"])
        and not b["money_first"]
        and bool(not a["ecosystems"] or not b["ecosystems"] or a["ecosystems"] & b["ecosystems"])
        and _answers(a, b)
        and not _lands_apart(a, b)
    )


def _answers(a: _Row, b: _Row) -> bool:
    """Tell whether b names a's main theme and does its work, or does one of its works that is no wide field.

    Where no work of a is known, its theme decides. What a says in general words, without a figure and without a work
    that tells more than a wide field, is answered by whatever is on its subject.
    """
    if a["theme"] in b["themes"] and (not a["works"] or _same(a, b)):
        return True
    if a["subject"] in b["subjects"] and not a["quantified"] and all(work_table()[name].wide for name in a["works"]):
        return True
    return bool(_precise(a, b))


def _in_question(a: _Row, b: _Row) -> _Ids:
    """Return the works of a that b does too, or that are a whole or a part of one of b."""
    return _same(a, b) | _within(a, b) | _parts(b, a)


def _restored(a: _Row, b: _Row) -> _Ids:
    """Return the works of planting or restoring land that both do; a part and its whole have areas of their own."""
    one_end = a["theme"] in b["mains"] and b["theme"] in a["mains"]
    if _lands_apart(a, b) or not (one_end or a["keeps"] & b["keeps"]):
        return frozenset()
    return _precise(a, b) & frozenset(term_list("stakes")["restoring"])


@cache
def _wholes(works: _Ids) -> _Ids:
    return frozenset().union(*(work_table()[name].within for name in works))


@cache
def _land(ecosystems: _Ids, works: _Ids) -> _Ids:
    """Return the kinds of land cover that a commitment acts on: those named and those of the works in question."""
    named = (ecosystems | frozenset().union(*(work_table()[name].land for name in works))) & _covers().keys()
    return frozenset().union(*(_covers()[name] for name in named))


@cache
def _covers() -> dict[str, _Ids]:
    """Return kinds of land that exclude each other, each with those it also is (mangrove is forest and wetland)."""
    ecosystems = term_list("ecosystems")
    return {name: frozenset({name, *data.get("also", ())}) for name, data in ecosystems.items() if data.get("cover")}


WORKS: dict[str, Callable[[_Row, _Row], Any]] = {
    "same_works": _same,
    "precise_works": _precise,
    "within_works": _within,
    "within_precise_works": _within_precise,
    "linked_works": _linked,
    "lands_apart": _lands_apart,
    "zones_apart": _zones_apart,
    "apart": _apart,
    "restored": _restored,
    "counterpart": takes_up,
}
"""How each fact of works is computed from the facts of a and b."""
