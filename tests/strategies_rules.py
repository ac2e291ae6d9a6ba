"""Random facts, and random conditions over them written as a rule author would write them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from coherence.fact_models import CommitmentFacts
from coherence.pair_facts import Interaction, InteractionTable

THEMES = ("agroforestry", "land_restoration", "renewable_energy", "protected_areas")
INTERACTIONS = InteractionTable.of(
    [
        Interaction("agroforestry", "land_restoration", 2),
        Interaction("renewable_energy", "protected_areas", -2, directed=True),
        Interaction("land_restoration", "land_restoration", 1),
    ]
)

_NUMBERS = {
    "area_ha": (0.5, 10.0, 100.0),
    "target_year": (2025, 2030),
    "value": (0.0, 10.0, 10.02),
    "start_year": (2020, 2030),
}
_TEXTS = {
    "instrument": ("NDC", "NBSAP", "LDN"),
    "unit": ("ha", "percent"),
    "theme": THEMES,
    "conditionality": ("conditional",),
}
_SETS = {"themes": THEMES, "places": ("north", "south"), "units": ("ha", "percent")}
_TRUTHS = ("quantified", "gender")
_NEVER_UNKNOWN = {"instrument", "conditionality"}
_PAIR_NUMBERS = ("years_apart", "area_ratio", "value_ratio", "interaction")
_PAIR_SETS = ("shared_themes", "shared_places")
_PAIR_TRUTHS = ("places_known", "same_unit", "same_value", "same_document", "same_instrument")


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
    facts["quote"] = draw(st.sampled_from(("Restore land.", "Plant trees.", "Save water.")))
    return CommitmentFacts(**facts)


@st.composite
def dossiers(draw: st.DrawFn, *, unknown: bool = True) -> tuple[CommitmentFacts, ...]:
    drawn = draw(st.lists(commitments(unknown=unknown), max_size=9))
    return tuple(replace(each, id=f"c{number}") for number, each in enumerate(drawn))


def _number(facts: tuple[str, ...]) -> st.SearchStrategy[str]:
    fact = st.sampled_from(facts)
    constant = st.sampled_from(("0", "0.5", "2030", "10"))
    sums = st.builds(lambda one, sign, other: f"({one} {sign} {other})", fact, st.sampled_from("+-*/"), fact)
    return st.one_of(fact, constant, sums)


def _facts(roots: tuple[str, ...], names: Any, pair: tuple[str, ...]) -> tuple[str, ...]:
    own = tuple(f"{root}.{name}" for root in roots if root != "pair" for name in names)
    return own + (tuple(f"pair.{name}" for name in pair) if "pair" in roots else ())


def _quoted(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(names).map(lambda name: f'"{name}"')


def _comparisons(roots: tuple[str, ...]) -> st.SearchStrategy[str]:
    numbers = _number(_facts(roots, _NUMBERS, _PAIR_NUMBERS))
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
    return st.one_of(st.builds(lambda one, sign, other: f"{one} {sign} {other}", numbers, sign, numbers), *texts)


def _set_conditions(roots: tuple[str, ...]) -> st.SearchStrategy[str]:
    found = []
    for name, values in _SETS.items():
        pair = tuple(each for each in _PAIR_SETS if each.endswith(name))
        fact = st.sampled_from(_facts(roots, (name,), pair))
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
    return st.one_of(*found)


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
    truths = st.sampled_from(_facts(roots, _TRUTHS, _PAIR_TRUTHS))
    kinds = [_comparisons(roots), _set_conditions(roots), truths]
    simple = st.one_of(*kinds, _of_knowledge(roots)) if of_knowledge else st.one_of(*kinds)
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.builds(lambda one, word, two: f"({one}) {word} ({two})", inner, st.sampled_from(("and", "or")), inner),
            inner.map(lambda one: f"not ({one})"),
        ),
        max_leaves=4,
    )
