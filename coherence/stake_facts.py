"""How much a promise presses on land, water or nature, and how closely it says what it keeps.

The words and figures stand in rules/vocabulary/stakes. The one says whether a site, a scale or only an intention is
named; the other whether an area, a kind of land or nature at large is meant: a tension is told only where both bear it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from coherence.extraction.theme_lexicon import action_classes
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KEEPING", "PRESSING", "stake_facts"]

_NEAR = ("bounded", "kind")
PRESSING: tuple[Literal["large", "definite", "open", "small"], ...] = ("large", "definite", "open", "small")
"""large: much land or water, by figure or word; definite: a figure or site; open: neither; small: said to be small."""
KEEPING: tuple[Literal["bounded", "kind", "general", "principle"], ...] = ("bounded", "kind", "general", "principle")
"""bounded: an area, share, site or a stop of conversion; kind: of land, water or species; general: nature at large;
principle: an approach, vision or aim of the whole plan."""


def stake_facts(facts: Mapping[str, Any], marks: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return ``pressures``, ``keeps``, ``pressing``, ``keeping`` and ``land_kept`` for the other facts of a commitment.

    ``marks`` are the words found in the quote: ``large``, ``small``, ``principle``, ``effect``, ``soft``, ``still``
    where no word of an action stands there, and ``taken`` where words take a stake back.
    """
    keeps = _kinds_kept(facts)
    facts = {**facts, "pressures": _brought(facts, marks)}
    keeping = _keeping(facts, keeps, marks) if keeps and _acts(facts, "keeping") and _says(facts, marks) else None
    return {
        "pressures": facts["pressures"],
        "keeps": keeps,
        "pressing": _pressing(facts, marks) if facts.get("pressures") and _presses(facts, marks) else None,
        "keeping": keeping,
        "land_kept": _land_kept(facts, keeps) if keeping in _NEAR else frozenset(),
    }


def _brought(facts: Mapping[str, Any], marks: frozenset[str]) -> frozenset[str]:
    """Return what a promise brings about: by its words, or by its theme where it is a bare figure under a heading."""
    told: frozenset[str] = frozenset(facts.get("pressures") or ())
    if told or facts.get("keeps") or facts.get("curbs") or "still" not in marks or "taken" in marks:
        return told
    return frozenset(
        name
        for name, entry in term_list("stakes")["pressures"].items()
        if "theme" in entry and entry["theme"] == facts.get("theme") and facts.get("unit") in entry["units"]
    )


def _kinds_kept(facts: Mapping[str, Any]) -> frozenset[str]:
    """Return what is kept, with the kinds of land that a stop of conversion concerns ("their conversion will end")."""
    keeps: frozenset[str] = frozenset(facts.get("keeps") or ())
    if "no_conversion" not in keeps:
        return keeps
    named = {*(facts.get("ecosystems") or ()), facts.get("theme")}
    return keeps | {kind for kind, by in _scheme()["converted"].items() if named & set(by)}


def _land_kept(facts: Mapping[str, Any], keeps: frozenset[str]) -> frozenset[str]:
    """Return the kinds of land that a promise keeps free; none where its main theme is a use of land."""
    theme = facts.get("theme")
    if theme in term_list("stakes")["land_used"]:
        return frozenset()
    return frozenset(
        name
        for name, entry in term_list("stakes")["land_kept"].items()
        if keeps & set(entry["keeps"])
        and not keeps & set(entry.get("without", ()))
        and theme not in entry.get("other_themes", ())
        and theme in entry.get("themes", (theme,))
        and (not entry.get("area") or facts.get("area_ha") is not None)
    )


def _acts(facts: Mapping[str, Any], role: str) -> bool:
    """Tell whether a promise acts on land or water itself, beyond introducing, training and surveying."""
    action = (facts.get("action") or "").partition(" ")[0]
    kind = action_classes()[action][0] if action in action_classes() else None
    return (
        not facts.get("lead_in")
        and not facts.get("cross_cutting")
        and kind not in _scheme()["idle"][role]
        and facts.get("theme") not in _scheme()["idle"]["themes"]
    )


def _presses(facts: Mapping[str, Any], marks: frozenset[str]) -> bool:
    """Tell whether a promise brings the pressure itself: no effect of another deed, no study, no label with a cost."""
    if "effect" in marks or not _acts(facts, "pressing"):
        return False
    least = _scheme()["label_words"]["cost" if facts.get("money_first") else "pressing"]
    told = facts.get("words", least) >= least and (facts.get("money_first") or not _is_list(facts, marks, "pressing"))
    measured = facts.get("unit") in _scheme()["sizeless_units"]
    return _definite(facts) or ((told or measured) and "soft" not in marks)


def _says(facts: Mapping[str, Any], marks: frozenset[str]) -> bool:
    """Tell whether what is kept is said in a sentence, or measured otherwise than by money."""
    if facts.get("money_first"):
        return False
    least = _scheme()["label_words"]["keeping"]
    return bool(facts.get("quantified")) or (facts.get("words", 0) >= least and not _is_list(facts, marks, "keeping"))


def _is_list(facts: Mapping[str, Any], marks: frozenset[str], role: str) -> bool:
    """Tell whether a quote only names things in few words: no word of an action stands there."""
    least = _scheme()["still_words"][role]
    return "still" in marks and facts.get("words", least) < least


def _pressing(facts: Mapping[str, Any], marks: frozenset[str]) -> str:
    served = "small" in marks and facts.get("unit") == "count"
    if "large" in marks or (_reaches(facts, "large_from") and not served):
        return "large"
    if "small" in marks or (_definite(facts) and _measured(facts) and not _reaches(facts, "small_below")):
        return "small"
    return "definite" if _definite(facts) else "open"


def _definite(facts: Mapping[str, Any]) -> bool:
    """Tell whether a site is named, or a figure of the work itself: no cost and no emission."""
    sizeless = facts.get("money_first") or facts.get("unit") in _scheme()["sizeless_units"]
    return bool(facts.get("places")) or bool(facts.get("quantified") and not sizeless)


def _measured(facts: Mapping[str, Any]) -> bool:
    """Tell whether the first figure has a unit of which it is known what is little."""
    return facts.get("unit") in _scheme()["small_below"] and not facts.get("area_per_year")


def _reaches(facts: Mapping[str, Any], threshold: str) -> bool:
    least = _scheme()[threshold]
    area = facts.get("area_ha") or 0
    name = "ha_per_year" if facts.get("area_per_year") else "ha"
    if name in least and area >= least[name]:
        return True
    unit = facts.get("unit")
    return unit in least and unit != "ha" and (facts.get("value") or 0) >= least[unit]


def _keeping(facts: Mapping[str, Any], keeps: frozenset[str], marks: frozenset[str]) -> str:
    if marks & {"principle", "effect"}:
        return "principle"
    named = keeps & frozenset(_scheme()["kinds_of_land"])
    general = not named and bool(keeps & frozenset(_scheme()["general"]))
    sited = facts.get("area_ha") is not None or bool(facts.get("places")) or "no_conversion" in keeps
    if sited or (not general and facts.get("unit") in _scheme()["bounding_units"]):
        return "bounded"
    return "general" if general else "kind"


@cache
def _scheme() -> dict[str, Any]:
    scheme: dict[str, Any] = term_list("stakes")["extent"]
    return scheme
