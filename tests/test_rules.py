"""The shipped rules: without faults, true to their examples, worded in every language, pointed at what exists."""

from __future__ import annotations

import re

import pytest

from coherence import frameworks
from coherence.engine import check_examples
from coherence.recommendation_patterns import load_patterns
from coherence.ruleset import load_rules
from coherence.vocabulary import REPORT_LANGUAGES

RULES = load_rules()
BY_ID = {rule.id: rule for rule in RULES.rules}
PREFIX = {"overlap": "OVL", "synergy": "SYN", "conflict": "CFL", "gap": "GAP", "quality": "QLT"}
BLAME = re.compile(r"\b(fail(s|ed|ure)?|neglect\w*|wrong\w*|bad|poor(ly)?|violat\w*|contradict\w*)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def test_all_shipped_rules_load() -> None:
    assert RULES.faults == ()
    assert {rule.spec.kind for rule in RULES.rules} == set(PREFIX)


def test_every_example_goes_as_its_rule_says() -> None:
    assert [str(fault) for fault in check_examples(RULES)] == []


@pytest.mark.parametrize("rule_id", sorted(BY_ID))
def test_a_rule_can_be_defended(rule_id: str) -> None:
    spec = BY_ID[rule_id].spec
    assert spec.id.startswith(PREFIX[spec.kind])
    assert spec.basis
    assert set(spec.basis) <= frameworks.all_ids()
    assert any(frameworks.entry(each).verified for each in spec.basis), "an unverified basis alone cannot be quoted"
    assert spec.falsepositives
    assert spec.recommend in load_patterns()


@pytest.mark.parametrize("rule_id", sorted(BY_ID))
def test_a_rule_speaks_every_report_language_and_blames_nobody(rule_id: str) -> None:
    spec = BY_ID[rule_id].spec
    reasons = [each.because for each in spec.where if each.because]
    for text in (spec.title, spec.explain, *spec.falsepositives, *reasons):
        in_words = [getattr(text, language) for language in REPORT_LANGUAGES]
        assert len(set(in_words)) == len(REPORT_LANGUAGES)
        assert not BLAME.search(text.en)
    facts = {
        language: {name.replace("_name}", "}") for name in PLACEHOLDER.findall(getattr(spec.explain, language))}
        for language in REPORT_LANGUAGES
    }
    assert facts["fr"] == facts["es"] == facts["en"]


def test_every_recommendation_is_asked_for_by_a_rule() -> None:
    assert {rule.spec.recommend for rule in RULES.rules} == set(load_patterns())


def test_cross_cutting_commitments_pair_only_with_their_like() -> None:
    magnets = [rule.id for rule in RULES.rules if rule.spec.kind == "synergy" and rule.spec.score == "interaction"]
    assert magnets
    for rule_id in magnets:
        conditions = [each.if_ for each in BY_ID[rule_id].spec.where]
        assert {"not a.cross_cutting", "not b.cross_cutting"} <= set(conditions)
