"""The engine finds exactly what a nested loop over rule-engine itself finds, on generated rules and facts.

Each case is one rule over one dossier, every pair of it included: some 1,600 of them, and with
`HYPOTHESIS_PROFILE=nightly` twenty times as many.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import reference_engine
from hypothesis import given, reject
from hypothesis import strategies as st
from strategies_rules import INTERACTIONS, cases, conditions, dossiers, fact_base

from coherence.engine import evaluate, evaluate_all, matching, vectors
from coherence.fact_models import CommitmentFacts
from coherence.rule_expressions import parse_expression
from coherence.rule_models import Condition, Rule, RuleSet, RuleSpec
from coherence.rule_syntax import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.fact_models import FactBase

Commitments = tuple[CommitmentFacts, ...]
_TEXTS = {"en": "-", "fr": "-", "es": "-"}
_ROOTS = {
    "commitment": ("a", "doc", "dossier"),
    "pair": ("a", "b", "pair", "dossier"),
    "absence": ("a", "doc", "missing", "dossier"),
    "dossier": ("dossier",),
}


@pytest.fixture(scope="module", autouse=True)
def _no_index_is_too_small() -> Iterator[None]:
    """Have indexes and arrays used on a few commitments too, where looking at each pair would do."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(matching, "_ENOUGH", 0)
        patched.setattr(vectors, "_FEW", 0)
        yield


_UNLESS = ("a", "b", "pair", "missing", "dossier")
_KINDS = {"commitment": "quality", "pair": "overlap", "absence": "gap", "dossier": "gap"}


def _conditions(texts: list[str], roots: tuple[str, ...]) -> tuple[Condition, ...]:
    try:
        return tuple(Condition(parse_expression(text, roots)) for text in texts)
    except Problem:
        reject()  # constants that divide by zero are a fault of the rule


def rule_of(scope: str, where: list[str], unless: list[str] = [], **more: Any) -> Rule:  # noqa: B006 - never changed
    pair = scope == "pair"
    spec = {"id": "AAA-001", "version": "1.0.0", "title": _TEXTS, "status": "stable", "kind": _KINDS[scope],
            "severity": "low", "scope": scope, "where": where, "unless": unless, "confidence": 1.0, "explain": _TEXTS,
            "score": 1 if pair else None, "missing": None if pair else {"element": "counterpart"}} | more  # fmt: skip
    roots = ("doc", "dossier") if more.get("each") == "document" else _ROOTS[scope]
    return Rule(RuleSpec.model_validate(spec), "overlap/AAA-001.yaml", _conditions(where, roots),
                _conditions(unless, _UNLESS), (("low", None),), ((1.0, None),))  # fmt: skip


def by_engine(rule: Rule, base: FactBase) -> list[tuple[tuple[str, ...], str | None]]:
    found = evaluate(RuleSet((rule,), (), ""), base, interactions=INTERACTIONS)
    assert [each.what for each in found.notices] == []
    return sorted(
        (each.commitments, each.missing.instrument if each.missing and rule.unless else None) for each in found.findings
    )  # fmt: skip


def by_nested_loop(rule: Rule, base: FactBase) -> list[tuple[tuple[str, ...], str | None]]:
    return sorted(reference_engine.matches(rule, base, INTERACTIONS))


@cases(400)
@given(dossiers(), st.lists(conditions(), min_size=1, max_size=4), st.sampled_from((None, "document", "dossier")))
def test_pairs(commitments: Commitments, where: list[str], within: str | None) -> None:
    rule, base = rule_of("pair", where, within=within), fact_base(commitments)
    expected = {ids for ids, _ in by_nested_loop(rule, base)}
    found = [ids for ids, _ in by_engine(rule, base)]
    # What matches in both orders is told once, in either.
    assert {frozenset(ids) for ids in found} == {frozenset(ids) for ids in expected}
    assert len({frozenset(ids) for ids in found}) == len(found)
    assert set(found) <= expected


@cases(200)
@given(dossiers(), st.lists(conditions(("a", "doc", "dossier")), min_size=1, max_size=3))
def test_commitments(commitments: Commitments, where: list[str]) -> None:
    rule, base = rule_of("commitment", where), fact_base(commitments)
    assert by_engine(rule, base) == by_nested_loop(rule, base)


@cases(200)
@given(
    dossiers(),
    st.lists(conditions(("a", "doc", "dossier", "missing")), max_size=2),
    st.lists(conditions(_UNLESS), min_size=1, max_size=3),
)
def test_absences(commitments: Commitments, where: list[str], unless: list[str]) -> None:
    rule = rule_of("absence", where, unless, counterpart_in=["NDC", "LDN", "NAP"])
    base = fact_base(commitments)
    assert by_engine(rule, base) == by_nested_loop(rule, base)


@cases(200)
@given(dossiers(), st.lists(conditions(("dossier",)), min_size=1, max_size=2), st.booleans())
def test_dossiers(commitments: Commitments, where: list[str], each_document: bool) -> None:
    rule = rule_of("dossier", where, **({"each": "document"} if each_document else {}))
    base = fact_base(commitments)
    assert by_engine(rule, base) == by_nested_loop(rule, base)


JOINING = (
    "a.unit == b.unit",
    "a.theme == b.theme",
    "a.themes & b.themes",
    "a.theme in b.themes",
    "b.theme in a.themes",
    "pair.shared_themes",
    "pair.shared_themes.length >= 1",
    'pair.shared_themes has "agroforestry"',
    "pair.shared_themes has a.theme",
    'pair.shared_themes & {"agroforestry", "protected_areas"}',
    "not pair.shared_places.is_empty",
    "pair.same_value",
    "pair.value_ratio > 0.5",
    "pair.value_ratio >= 0.995",
    "pair.area_ratio >= 0.1",
    "pair.area_ratio == 0.1",
    "pair.interaction < 0",
    "pair.interaction >= 1",
    "pair.effect >= 1",
    "pair.years_apart == 0",
    "pair.years_apart < 6",
    "pair.years_apart <= 5",
    "not pair.area_ratio < 0.5",
    "pair.same_document",
    "pair.shared_wording >= 0.5",
    "a.area_ha <= b.area_ha",
    "a.area_ha > b.value",
    "a.start_year < b.target_year",
    "a.target_year + 5 == b.target_year",
    "a.target_year == b.start_year",
    "b.value == a.area_ha",
    "a.theme == b.of",
    "is_a(a.themes, b.theme)",
    "is_a(b.theme, a.theme)",
    "lies_in(a.places, b.places)",
    "years_shared(a.start_year, a.target_year, b.start_year, b.target_year) >= 5",
)


@cases(400)
@given(dossiers(), st.lists(st.sampled_from(JOINING), min_size=1, max_size=4), conditions())
def test_what_becomes_an_index_drops_no_match(commitments: Commitments, joining: list[str], other: str) -> None:
    rule, base = rule_of("pair", [*joining, other], within="dossier"), fact_base(commitments)
    expected = {frozenset(ids) for ids, _ in by_nested_loop(rule, base)}
    assert {frozenset(ids) for ids, _ in by_engine(rule, base)} == expected


@cases(200)
@given(dossiers(), st.lists(st.sampled_from(JOINING), min_size=1, max_size=3))
def test_what_becomes_an_index_hides_no_absence(commitments: Commitments, joining: list[str]) -> None:
    rule = rule_of("absence", ["a.confidence > 0"], joining, counterpart_in=["NDC", "LDN"])
    base = fact_base(commitments)
    assert by_engine(rule, base) == by_nested_loop(rule, base)


@cases(100)
@given(st.lists(dossiers(), min_size=2, max_size=4), st.lists(conditions(), min_size=1, max_size=3), conditions(("a",)))
def test_dossiers_together_find_what_each_finds_alone(drawn: list[Commitments], where: list[str], alone: str) -> None:
    absence = rule_of("absence", [alone], ["pair.shared_themes"], counterpart_in=["NDC", "LDN"])
    rules = RuleSet((rule_of("pair", where), rule_of("commitment", [alone]), absence), (), "")
    bases = [fact_base(each, country) for each, country in zip(drawn, ("AAA", "BBB", "CCC", "AAA"), strict=False)]
    together = evaluate_all(rules, bases, interactions=INTERACTIONS)
    assert list(together.each) == [evaluate(rules, base, interactions=INTERACTIONS) for base in bases]


_SIGNS = {"==": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@pytest.mark.parametrize("sign", sorted(_SIGNS))
@pytest.mark.parametrize("constant", ["1000.00000000000000000001", "999.99999999999999999999", "1000.0"])
def test_a_constant_with_more_digits_than_a_float_holds_is_what_is_written(sign: str, constant: str) -> None:
    areas = {"NDC": 1000.0, "LDN": 999.0}
    base = fact_base(tuple(CommitmentFacts(id=each, document=f"{each}.pdf", instrument=each, area_ha=area)
                           for each, area in areas.items()))  # fmt: skip
    rule = rule_of("commitment", [f"a.area_ha {sign} {constant}"])
    exact = {each for each, area in areas.items() if _SIGNS[sign](Decimal(repr(area)), Decimal(constant))}
    assert {ids[0] for ids, _ in by_engine(rule, base)} == exact
