"""Random facts, and random conditions over them written as a rule author would write them."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st

from coherence.fact_models import FACTS, CommitmentFacts, DocumentFacts, FactBase
from coherence.facts import document_facts, dossier_facts
from coherence.pair_facts import Interaction, InteractionTable
from coherence.rule_terms import unfit

if TYPE_CHECKING:
    from collections.abc import Callable

THEMES = ("agroforestry", "land_restoration", "renewable_energy", "protected_areas", "afforestation", "reforestation")
INTERACTIONS = InteractionTable.of(
    [
        Interaction("agroforestry", "land_restoration", 2),
        Interaction("renewable_energy", "protected_areas", -2, directed=True),
        Interaction("land_restoration", "land_restoration", 1),
    ]
)

_NIGHTLY = 20


def cases(number: int) -> Callable[[Any], Any]:
    """Return settings for that many cases; twenty times as many with HYPOTHESIS_PROFILE=nightly."""
    factor = _NIGHTLY if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 1
    return settings(max_examples=number * factor, deadline=None)


# Numbers that floats and decimals treat differently, and numbers at the border of what rules ask for.
_NUMBERS = {
    "area_ha": (0.5, 10.0, 100.0, 0.1, 0.3, 1e-7, 123456789.123),
    "target_year": (2025, 2030, 2035),
    "value": (0.0, 10.0, 10.02, 199.0, 200.0, -10.0, 0.1, 1e22),
    "start_year": (2020, 2030),
}
_TEXTS = {
    "instrument": ("NDC", "NBSAP", "LDN"),
    "unit": ("ha", "percent"),
    "theme": THEMES,
    "conditionality": ("conditional", "unstated"),
    "action": ("restore land", "plant trees", ""),
    "of": ("ha", "trees", "land_restoration"),
}
_SETS = {"themes": THEMES, "places": ("north", "south"), "units": ("ha", "percent")}
_TRUTHS = ("quantified", "gender", "area_per_year", "per_year")
_NEVER_UNKNOWN = {"instrument", "conditionality"}
_PAIR_NUMBERS = (
    "years_apart", "area_ratio", "value_ratio", "interaction", "effect", "period_years", "period_area_ha",
    "shared_wording",
)  # fmt: skip
_PAIR_SETS = ("shared_themes", "shared_places")
_PAIR_TRUTHS = ("places_known", "same_unit", "same_value", "same_document", "same_instrument")


_QUOTES = (
    "Restore land.",
    "Plant trees.",
    "Restore degraded pasture around villages with herders before drought returns",
    "Restore degraded forest around villages with farmers before drought returns",
)


@st.composite
def commitments(draw: st.DrawFn, *, unknown: bool = True) -> CommitmentFacts:
    facts: dict[str, Any] = {}
    for name, values in (_NUMBERS | _TEXTS).items():
        may_be_unknown = unknown and name not in _NEVER_UNKNOWN
        facts[name] = draw(st.sampled_from((None, *values) if may_be_unknown else values))
    for name, values in _SETS.items():
        facts[name] = frozenset(draw(st.sets(st.sampled_from(values))))
    for name in _TRUTHS:
        facts[name] = draw(st.booleans())
    facts["document"] = facts["instrument"] + draw(st.sampled_from("12")) + ".pdf"
    facts["quote"] = draw(st.sampled_from(_QUOTES))
    return CommitmentFacts(**facts)


@st.composite
def dossiers(draw: st.DrawFn, *, unknown: bool = True) -> tuple[CommitmentFacts, ...]:
    drawn = draw(st.lists(commitments(unknown=unknown), max_size=9))
    return tuple(replace(each, id=f"c{number}") for number, each in enumerate(drawn))


def fact_base(commitments: tuple[CommitmentFacts, ...], country: str = "XXX") -> FactBase:
    """Return the dossier of these commitments, with a document more that states none."""
    paths = {each.document: each.instrument for each in commitments} | {"NAP1.pdf": "NAP"}
    documents = tuple(
        document_facts(DocumentFacts(path=path, title=path, instrument=instrument),
                       [each for each in commitments if each.document == path])
        for path, instrument in sorted(paths.items())
    )  # fmt: skip
    return FactBase(commitments, documents, dossier_facts(country, country, documents, commitments))


_CONSTANTS = (
    "0", "0.1", "0.3", "0.5", "0.995", "1", "5", "2030", "10", "0.30000000000000000001",
    # More digits than a float holds: their floats are whole, they are not.
    "10.00000000000000000001", "9.99999999999999999999", "2029.99999999999999999999", "0.00000000000000000001",
    "10000000000000000000001",
)  # fmt: skip


def _number(facts: tuple[str, ...]) -> st.SearchStrategy[str]:
    constant = st.sampled_from(_CONSTANTS)
    if not facts:
        return constant
    fact = st.sampled_from(facts)
    sums = st.recursive(
        st.one_of(fact, constant),
        lambda inner: st.one_of(
            st.builds(lambda one, sign, other: f"({one} {sign} {other})", inner, st.sampled_from("+-*"), inner),
            # A division of constants by zero is a fault when the rule is read.
            st.builds(lambda one, sign, by: f"({one} {sign} {by})", inner, st.sampled_from(("/", "//", "%")), fact),
            inner.map(lambda one: f"(-{one})"),
        ),
        max_leaves=3,
    )
    return st.one_of(fact, constant, sums)


def _facts(roots: tuple[str, ...], names: Any, pair: tuple[str, ...]) -> tuple[str, ...]:
    own = tuple(
        f"{root}.{name}" for root in roots if root != "pair" for name in names
        if name in FACTS[root] and FACTS[root][name].kind == FACTS["a"][name].kind
    )  # fmt: skip
    return own + (tuple(f"pair.{name}" for name in pair) if "pair" in roots else ())


def _quoted(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(names).map(lambda name: f'"{name}"')


def _comparisons(roots: tuple[str, ...]) -> st.SearchStrategy[str]:
    counts = tuple(
        f"{root}.{name}" for root in roots for name in ("commitments", "documents", "with_place") if name in FACTS[root]
    )
    numbers = _number(_facts(roots, _NUMBERS, _PAIR_NUMBERS) + counts)
    sign = st.sampled_from(("==", "!=", "<", "<=", ">", ">="))
    texts = [
        st.builds(
            lambda one, sign, other: f"{one} {sign} {other}",
            st.sampled_from(_facts(roots, (name,), ()) or ('"x"',)),
            st.sampled_from(("==", "!=")),
            st.one_of(st.sampled_from(_facts(roots, (name,), ()) or ('"x"',)), _quoted(values)),
        )
        for name, values in _TEXTS.items()
    ]
    actions = _facts(roots, ("action",), ())
    if actions:
        pattern = st.sampled_from(("land$", "^r", "tree|land", "re(store|forest)", "e+"))
        sign_ = st.sampled_from(("=~", "=~~", "!~", "!~~"))
        build = st.builds(lambda one, sign, text: f'{one} {sign} "{text}"', st.sampled_from(actions), sign_, pattern)
        texts.append(build)
    sides = st.tuples(numbers, numbers).filter(_possible)
    return st.one_of(st.builds(lambda pair, sign: f"{pair[0]} {sign} {pair[1]}", sides, sign), *texts)


def _possible(sides: tuple[str, str]) -> bool:
    """A number beyond the range of the fact that it is compared with is a fault when the rule is read."""
    return not any(
        one.startswith(("a.", "b.", "pair.")) and other in _CONSTANTS and unfit(one.split(".")[-1], Decimal(other))
        for one, other in (sides, sides[::-1])
    )


def _set_conditions(roots: tuple[str, ...]) -> st.SearchStrategy[str]:
    found = []
    for name, values in _SETS.items():
        pair = tuple(each for each in _PAIR_SETS if each.endswith(name))
        facts = _facts(roots, (name,), pair)
        if not facts:
            continue
        fact = st.sampled_from(facts)
        literal = st.sets(st.sampled_from(values), min_size=1).map(
            lambda s: "{" + ", ".join(f'"{x}"' for x in sorted(s)) + "}"
        )
        other = st.one_of(fact, literal)
        found += [
            st.builds(lambda one, two: f"{one} & {two}", fact, other),
            st.builds(lambda one, sign, two: f"({one} {sign} {two}).length >= 1", fact, st.sampled_from("&|^"), other),
            st.builds(
                lambda one, sign, n: f"{one}.length {sign} {n}",
                fact,
                st.sampled_from((">=", "==", "<", ">")),
                st.integers(0, 2),
            ),
            st.builds(lambda one, sign, two: f"{one} {sign} {two}", fact, st.sampled_from(("==", "!=")), other),
            st.builds(lambda one, member: f"{one} has {member}", fact, _quoted(values)),
            st.builds(lambda one: f"{one}.is_empty", fact),
            fact,
        ]
    themes = _facts(roots, ("theme",), ())
    if themes:
        found.append(
            st.builds(
                lambda one, verb, two: f"{one} {verb} {two}",
                st.sampled_from(themes),
                st.sampled_from(("in", "not in")),
                st.sampled_from(_facts(roots, ("themes",), ("shared_themes",))),
            )
        )
    return st.one_of(*found)  # never empty: every root but missing has sets


def _calls(roots: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Return conditions that call functions."""
    themes = st.sampled_from(_facts(roots, ("themes", "theme"), ("shared_themes",)))
    wanted = st.one_of(st.sampled_from(_facts(roots, ("theme",), ())), st.sampled_from(_INCLUDING))
    places = st.sampled_from(_facts(roots, ("places",), ("shared_places",)))
    numbers = st.sampled_from((*_facts(roots, ("area_ha", "value", "start_year", "target_year"), ()), "2030", "0"))
    units = st.sampled_from((*_facts(roots, ("unit",), ()), '"km2"', '"ha"', '"mw"'))
    sign = st.sampled_from(("<", ">=", "=="))
    bound = st.sampled_from(("0", "1", "6", "50", "100", "0.1"))
    return st.one_of(
        st.builds(lambda one, two: f"is_a({one}, {two})", themes, wanted),
        st.builds(lambda one, two: f"lies_in({one}, {two})", places, places),
        st.builds(lambda a, b, c, d, s, n: f"years_shared({a}, {b}, {c}, {d}) {s} {n}", *[numbers] * 4, sign, bound),
        st.builds(lambda a, b, s, n: f"share({a}, {b}) {s} {n}", numbers, numbers, sign, bound),
        st.builds(lambda a, u, w, s, n: f"convert({a}, {u}, {w}) {s} {n}", numbers, units, units, sign, bound),
        st.builds(lambda a, u, w: f"convert({a}, {u}, {w}) is unknown", numbers, units, units),
    )


_INCLUDING = ('"reforestation"', '"land_and_forest"', '"agroforestry"')


def _of_knowledge(roots: tuple[str, ...]) -> st.SearchStrategy[str]:
    facts = _facts(roots, ("area_ha", "unit", "target_year"), _PAIR_NUMBERS)
    numbers = _facts(roots, _NUMBERS, _PAIR_NUMBERS)
    return st.one_of(
        st.builds(
            lambda fact, what: f"{fact} is {what}",
            st.sampled_from(facts),
            st.sampled_from(("known", "unknown", "not known")),
        ),
        st.builds(
            lambda fact, sign: f"({fact} ?? 10) {sign} 10", st.sampled_from(numbers), st.sampled_from(("==", "<", ">="))
        ),
    )


def conditions(roots: tuple[str, ...] = ("a", "b", "pair"), *, of_knowledge: bool = True) -> st.SearchStrategy[str]:
    """Return conditions over the roots; ``of_knowledge``: also on whether a fact is known."""
    kinds = [_comparisons(roots), _set_conditions(roots)]
    truths = _facts(roots, _TRUTHS, _PAIR_TRUTHS)
    if truths:
        kinds.append(st.sampled_from(truths))
    if truths and of_knowledge:
        kinds += [_of_knowledge(roots), _calls(roots)]
    simple = st.one_of(*kinds)
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.builds(lambda one, word, two: f"({one}) {word} ({two})", inner, st.sampled_from(("and", "or")), inner),
            inner.map(lambda one: f"not ({one})"),
        ),
        max_leaves=4,
    )
