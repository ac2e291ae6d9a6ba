"""Why a rule fires or not: the answer agrees with the engine on every candidate, and names each condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_rules import INTERACTIONS, conditions, dossiers
from test_engine import ABSENCE, QUALITY, RULE

from coherence.engine import Inquiry, evaluate, nearest_misses
from coherence.engine.examples import example_commitment
from coherence.fact_models import CommitmentFacts, DocumentFacts, FactBase
from coherence.facts import document_facts, dossier_facts
from coherence.rule_checks import Known, check_rule, explain_roots
from coherence.rule_models import Rule, RuleSet, RuleSpec
from coherence.strict_yaml import Marked

if TYPE_CHECKING:
    from collections.abc import Iterable


def rule(**changes: Any) -> Rule:
    from pathlib import Path  # noqa: PLC0415

    silent = {"explain": dict.fromkeys(("en", "fr", "es"), "-")}
    data = {key: value for key, value in (RULE | changes | silent).items() if value is not None}
    found, faults = check_rule(RuleSpec.model_validate(data), Marked(Path("rule.yaml"), data, {}), Known())
    assert found is not None, faults
    return found


def facts_of(commitments: Iterable[CommitmentFacts]) -> FactBase:
    stated = tuple(commitments)
    plain = {each.document: DocumentFacts(path=each.document, instrument=each.instrument) for each in stated}
    documents = tuple(
        document_facts(plain[path], [each for each in stated if each.document == path]) for path in sorted(plain)
    )
    return FactBase(stated, documents, dossier_facts("XXX", "Country", documents, stated))


def fired(asked: Rule, facts: FactBase) -> set[tuple[Any, ...]]:
    found = evaluate(RuleSet((asked,), (), ""), facts, interactions=INTERACTIONS)
    assert not [each for each in found.notices if each.level == "error"]
    return {(frozenset(each.commitments), each.missing.instrument if each.missing else None) for each in found.findings}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(conditions(), min_size=1, max_size=3),
    dossiers(),
    st.sampled_from((None, "document", "instrument", "dossier")),
)
def test_on_pairs_the_answer_is_the_engines(
    where: list[str], stated: tuple[CommitmentFacts, ...], within: str | None
) -> None:
    asked, facts = rule(where=where, within=within), facts_of(stated)
    found = Inquiry(facts, INTERACTIONS).candidates(asked)
    assert {frozenset(each.commitments) for each in found if each.fires} == {pair for pair, _ in fired(asked, facts)}


@settings(max_examples=60, deadline=None)
@given(st.lists(conditions(("a",)), min_size=1, max_size=2), st.lists(conditions(), min_size=1, max_size=2), dossiers())
def test_on_absences_the_answer_is_the_engines(
    where: list[str], unless: list[str], stated: tuple[CommitmentFacts, ...]
) -> None:
    asked, facts = rule(**(ABSENCE | {"where": where, "unless": unless})), facts_of(stated)
    found = Inquiry(facts, INTERACTIONS).candidates(asked)
    assert {(frozenset(each.commitments), each.instrument) for each in found if each.fires} == fired(asked, facts)


@settings(max_examples=40, deadline=None)
@given(st.lists(conditions(("a",)), min_size=1, max_size=3), dossiers())
def test_on_single_commitments_the_answer_is_the_engines(where: list[str], stated: tuple[CommitmentFacts, ...]) -> None:
    asked, facts = rule(**(QUALITY | {"where": where})), facts_of(stated)
    found = Inquiry(facts, INTERACTIONS).candidates(asked)
    assert {frozenset(each.commitments) for each in found if each.fires} == {pair for pair, _ in fired(asked, facts)}


@pytest.mark.parametrize("each", [None, "document", "instrument"])
@given(stated=dossiers())
@settings(max_examples=25, deadline=None)
def test_on_dossiers_the_answer_is_the_engines(each: str | None, stated: tuple[CommitmentFacts, ...]) -> None:
    root = {None: "dossier.commitments > 3", "document": "doc.commitments > 1", "instrument": "dossier.documents > 1"}
    changes = QUALITY | {"scope": "dossier", "each": each, "where": [root[each]]}
    changes["explain"] = dict.fromkeys(("en", "fr", "es"), "-")
    asked, facts = rule(**changes), facts_of(stated)
    assert explain_roots(asked.spec)
    found = [one for one in Inquiry(facts, INTERACTIONS).candidates(asked) if one.fires]
    assert len(found) == len(evaluate(RuleSet((asked,), (), ""), facts).findings)


LDN = example_commitment({"instrument": "LDN", "themes": ["agroforestry"], "area_ha": 10}, "ldn")
NDC = example_commitment({"instrument": "NDC", "themes": ["agroforestry"]}, "ndc")
OTHER = example_commitment({"instrument": "NDC", "themes": ["waste"], "area_ha": 1}, "other")


def test_every_condition_has_its_verdict_and_values_none_is_skipped() -> None:
    asked = rule(where=["a.area_ha > 5", "b.area_ha > 5", "pair.shared_themes", "a.gender"])
    (found,) = Inquiry(facts_of([LDN, NDC])).candidates(asked, LDN.id, NDC.id)
    assert found.commitments == (LDN.id, NDC.id)
    assert [each.holds for each in found.verdicts] == [True, True, None, True, False]
    assert [each.part for each in found.verdicts] == ["scope", *["where"] * 4]
    assert dict(found.verdicts[2].values) == {"b.area_ha": "unknown"}
    assert (found.held, len(found.missed), found.fires) == (3, 2, False)


def test_the_nearest_misses_come_first_and_what_is_not_known_goes_before_what_fails() -> None:
    asked = rule(where=["pair.shared_themes", "b.area_ha > 5", 'a.instrument == "LDN"'])
    found = nearest_misses(Inquiry(facts_of([LDN, NDC, OTHER])).candidates(asked, LDN.id))
    assert [each.commitments[1] for each in found] == [NDC.id, OTHER.id]


def test_an_absence_names_the_counterparts_that_prevent_it() -> None:
    inquiry = Inquiry(facts_of([LDN, NDC, OTHER]))
    ndc, nbsap = inquiry.candidates(rule(**ABSENCE), LDN.id)
    assert (ndc.instrument, ndc.prevented_by, ndc.fires) == ("NDC", (NDC.id,), False)
    assert not ndc.missed
    assert nbsap.missed[0].condition.expression.text == 'dossier.instruments has "NBSAP"'
    asked, _ = inquiry.candidates(rule(**ABSENCE), LDN.id, OTHER.id)
    assert [each.holds for each in asked.counterpart] == [False]


def test_an_id_that_rules_do_not_see_is_an_error() -> None:
    with pytest.raises(KeyError):
        Inquiry(facts_of([LDN])).candidates(rule(), "nowhere")
