"""Constants that rules compare facts with: one that the fact can never have would never match, and nobody would notice.

A misspelt theme, a country by its name, a place in capitals, a confidence in percent.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from babel.numbers import list_currencies

from coherence import expectations
from coherence.countries import country_codes, suggest_country
from coherence.extraction.levers import lever_ids
from coherence.extraction.stakes import stake_ids
from coherence.extraction.ways import way_names
from coherence.extraction.works import work_table
from coherence.frameworks import all_ids, interactions
from coherence.graph import theme_table
from coherence.identifiers import fold
from coherence.levers import WAYS
from coherence.models import Baseline, Commitment, InstrumentState, Quantity
from coherence.official_elements import official_elements
from coherence.pair_works import APART, WORK_INPUTS
from coherence.rule_functions import FUNCTIONS, unit_names
from coherence.rule_syntax import Problem, nearest
from coherence.stake_facts import KEEPING, PRESSING
from coherence.vocabulary import LANGUAGES, per_language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.rule_expressions import Expression, Node
    from coherence.rule_functions import Parameter

__all__ = ["Unfit", "check_terms", "terms_of", "unfit"]

_COMPARING = frozenset({"eq", "ne", "in", "bwand", "bwor", "bwxor", "lt", "le", "gt", "ge"})
_FORM = "see docs/reference/rule-language.md"
_FOLDED = frozenset({"places", "bodies", "shared_places"})
_SHARE, _INTERACTION = (0, 1), (-3, 3)
_RANGES: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("confidence", "area_ratio", "value_ratio", "shared_wording"), _SHARE),
    **dict.fromkeys(("interaction", "effect", "lever_strength", "lever_back"), _INTERACTION),
}
_UNITS_WITHOUT_DEFINITION = frozenset({"count", "other"})


class Unfit(NamedTuple):
    """Why a fact can never have a value, and what to do."""

    what: str
    remedy: str


def terms_of(fact: str) -> frozenset[str] | None:
    """Return the values that a fact can have, or None where they are open."""
    return _terms().get(fact)


def unfit(fact: str, value: Any) -> Unfit | None:
    """Return why the fact can never have this value (or, of a set, this member); None where it can."""
    if isinstance(value, str):
        return _unfit_text(value, terms_of(fact), f"value of '{fact}'", folded=fact in _FOLDED)
    if fact in _RANGES and isinstance(value, int | float | Decimal):
        low, high = _RANGES[fact]
        if not low <= value <= high:
            share = " as a share of 1" if (low, high) == _SHARE else ""
            return Unfit(f"{value} is not a value of '{fact}'", f"write a number from {low} to {high}{share}")
    return None


def check_terms(expression: Expression) -> None:
    """Raise Problem for a constant that the fact it is compared with can never have."""
    for fact, constant in _comparisons(expression.node):
        for value in _values(constant):
            _raise(expression, value, unfit(fact.name, value))
    for parameter, constant in _arguments(expression.node):
        for value in _values(constant):
            if isinstance(value, str):
                allowed, folded = _words(parameter.words), parameter.words == "place"
                _raise(expression, value, _unfit_text(value, allowed, str(parameter.words), folded=folded))


def _raise(expression: Expression, value: str | Decimal, found: Unfit | None) -> None:
    if found is not None:
        raise Problem(max(expression.text.find(str(value)), 0), found.what, found.remedy)


def _unfit_text(text: str, allowed: frozenset[str] | None, what: str, *, folded: bool) -> Unfit | None:
    if folded and fold(text) != text:
        return Unfit(f"'{text}' is not a {what}: these are folded to lower case", f"write '{fold(text)}'")
    if allowed is None or text in allowed:
        return None
    return Unfit(f"'{text}' is not a {what}", _meant(text, allowed))


def _meant(text: str, allowed: frozenset[str]) -> str:
    """Return the remedy for a text that stands for none of the terms allowed."""
    if allowed == terms_of("country"):
        codes = suggest_country(text)
        return f"did you mean {' or '.join(codes)}?" if codes else "write a three-letter ISO 3166-1 code"
    canonical = _canonical_of(text) if "ha" in allowed else None
    if canonical is not None:
        return f"write '{canonical}', the unit that these amounts are given in"
    return nearest(text, allowed) or _FORM


def _canonical_of(text: str) -> str | None:
    """Return the canonical unit of a unit's id, or of its name in the definitions, in the plural too."""
    known: dict[str, str] = {each: str(entry["canonical"]) for each, entry in term_list("units")["units"].items()}
    named = {str(name): each for each, name in term_list("units")["canonical"].items()}
    return known.get(text) or named.get(text) or named.get(text.removesuffix("s"))


def _words(kind: str | None) -> frozenset[str] | None:
    if kind == "theme or group":
        return frozenset(theme_table()) | {each.group for each in theme_table().values()}
    return unit_names() if kind == "unit" else None


def _arguments(node: Node) -> Iterator[tuple[Parameter, Node]]:
    """Yield the constants given to functions, with what they are given for."""
    if node.op == "call":
        for parameter, part in zip(FUNCTIONS[node.name].parameters, node.parts, strict=True):
            if part.op == "constant":
                yield parameter, part
    for part in node.parts:
        yield from _arguments(part)


def _comparisons(node: Node) -> Iterator[tuple[Node, Node]]:
    if node.op in _COMPARING:
        for one, other in (node.parts, node.parts[::-1]):
            if one.op == "fact" and other.op == "constant":
                yield one, other
    for part in node.parts:
        yield from _comparisons(part)


def _values(constant: Node) -> list[str | Decimal]:
    """Return the texts and numbers of a constant, in order."""
    members = constant.value if isinstance(constant.value, frozenset) else {constant.value}
    return sorted((each for each in members if isinstance(each, str | Decimal)), key=str)


@cache
def _terms() -> dict[str, frozenset[str]]:
    themes = frozenset(theme_table())
    currencies = frozenset(list_currencies()) | frozenset(term_list("units")["currencies"])
    units = frozenset(term_list("units")["canonical"]) | _UNITS_WITHOUT_DEFINITION | currencies
    return {
        **dict.fromkeys(("unit", "units"), units),
        "currency": currencies,
        "country": frozenset(country_codes()),
        "status": frozenset(term_list("dossier")["statuses"]),
        **dict.fromkeys(("official_targets", "shared_targets"), all_ids()),
        "comparability": frozenset({"comparable", "units", "period", "base"}),
        "effect_mechanism": frozenset(each.mechanism for each in interactions()),
        **dict.fromkeys(("theme", "themes", "mains"), themes),
        **dict.fromkeys(("shared_themes", "shared_mains", "interaction_from", "interaction_to"), themes),
        **dict.fromkeys(("theme_groups", "shared_theme_groups"), frozenset(t.group for t in theme_table().values())),
        **_stake_terms(),
        **_lever_terms(),
        **dict.fromkeys(
            ("works", "restored", *(name for name in WORK_INPUTS if name.endswith("works"))), frozenset(work_table())
        ),
        "apart": APART,
        "way": way_names(),
        **dict.fromkeys(("ecosystems", "shared_ecosystems"), frozenset(term_list("ecosystems"))),
        **_instrument_terms(),
        **dict.fromkeys(("subject", "subjects"), frozenset(each.id for each in expectations.expectations().subjects)),
        "asked": frozenset(expectations.ELEMENTS),
        "phrases": frozenset(per_language("target_quality", "en")),
        **dict.fromkeys(("elements", "elements_missing"), frozenset(each.id for each in official_elements())),
        "language": frozenset(LANGUAGES),
        **{name: _choices(Commitment, name) for name in ("kind", "modality", "conditionality", "ldn_response")},
        "baseline_kind": _choices(Baseline, "kind") - {"none"},
        "qualifier": _choices(Quantity, "qualifier"),
    }


def _stake_terms() -> dict[str, frozenset[str]]:
    return {
        **dict.fromkeys(("pressures", "curbs", "curbed"), frozenset(stake_ids("pressures"))),
        **dict.fromkeys(("keeps", "pressed_on"), frozenset(stake_ids("keeps"))),
        "land_kept": frozenset(term_list("stakes")["land_kept"]),
        "pressing": frozenset(PRESSING),
        "keeping": frozenset(KEEPING),
    }


def _instrument_terms() -> dict[str, frozenset[str]]:
    instruments = frozenset(term_list("instruments"))
    conventions = frozenset(str(entry["convention"]) for entry in term_list("instruments").values())
    return {
        **dict.fromkeys(
            ("instrument", "instruments", "missing_instruments", "expected_in", "taken_up_in"), instruments
        ),
        "convention": conventions,
        "mentions": instruments | conventions,
        "state": frozenset(get_args(InstrumentState)),
    }


def _lever_terms() -> dict[str, frozenset[str]]:
    return {
        **dict.fromkeys(("levers", "lever"), frozenset(lever_ids("levers"))),
        **dict.fromkeys(("ends", "lever_end"), frozenset(lever_ids("ends"))),
        "lever_way": frozenset(WAYS),
    }


def _choices(model: type, field: str) -> frozenset[str]:
    """Return the texts of a field's Literal, through ``| None``."""
    annotation = get_type_hints(model)[field]
    parts = get_args(annotation)
    return frozenset(each for part in parts for each in (get_args(part) or (part,)) if isinstance(each, str))
