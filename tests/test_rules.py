"""The shipped rules: without faults, true to their examples, worded in every language, pointed at what exists."""

from __future__ import annotations

import re

import pytest

from coherence import frameworks
from coherence.engine import check_examples
from coherence.fact_models import FACTS
from coherence.recommendation_patterns import load_patterns
from coherence.ruleset import load_rules
from coherence.vocabulary import SOURCE_LANGUAGES

RULES = load_rules()
BY_ID = {rule.id: rule for rule in RULES.rules}
PREFIX = {"overlap": "OVL", "synergy": "SYN", "conflict": "CFL", "gap": "GAP", "quality": "QLT"}
BLAME = re.compile(r"\b(fail(s|ed|ure)?|neglect\w*|wrong\w*|bad|poor(ly)?|violat\w*|contradict\w*)\b", re.IGNORECASE)
CONFLICTS = sorted(rule.id for rule in RULES.rules if rule.kind == "conflict")
PAIRS = sorted(rule.id for rule in RULES.rules if rule.spec.scope == "pair")
STANDS_FOR = {"area": "area_ha", "effect_reason": "effect", "interaction_reason": "interaction",
              "lever_reason": "lever_strength", "quantity": "value", "restates_name": "restates"}  # fmt: skip
"""Facts shown in words, and the fact that must be known for them."""
IMPLIED = {
    "pair.same_value": {"a.value", "b.value"},
    "pair.value_ratio": {"a.value", "b.value"},
    "pair.area_ratio": {"a.area_ha", "b.area_ha"},
    "pair.period_years": {"pair.period_area_ha", "a.area_ha", "b.area_ha"},
    "pair.years_apart": {"a.target_year", "b.target_year"},
    "a.unit": {"a.value"},
    "b.unit": {"b.value"},
    "b.amount": {"b.value"},
    "b.emission_tco2e": {"b.value"},
}
"""What is known when a condition that needs the first fact holds."""
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def told(rule_id: str, language: str) -> str:
    """Return the explanation of a rule, the words on each commitment of a group put in for all."""
    spec = BY_ID[rule_id].spec
    text: str = getattr(spec.explain, language)
    if spec.group is None:
        return text
    return text.replace("{group.items}", getattr(spec.group.item, language)).replace("{group.count}", "9")


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
    items = [spec.group.item] if spec.group else []
    for text in (spec.title, spec.explain, *items, *spec.falsepositives, *reasons):
        in_words = [getattr(text, language) for language in SOURCE_LANGUAGES]
        assert len(set(in_words)) == len(SOURCE_LANGUAGES)
        assert not BLAME.search(text.en)
    facts = {
        language: {name.replace("_name}", "}") for name in PLACEHOLDER.findall(getattr(spec.explain, language))}
        for language in SOURCE_LANGUAGES
    }
    assert facts["fr"] == facts["es"] == facts["en"]


def test_every_recommendation_is_asked_for_by_a_rule() -> None:
    patterns = load_patterns()
    asked = {rule.spec.recommend for rule in RULES.rules}
    # A whole is also asked for through its parts; some gather findings whatever these ask for, or answer clusters.
    asked |= {patterns[name].within for name in asked if name in patterns and patterns[name].within}
    asked |= {name for name, each in patterns.items() if each.gathers or each.clusters}
    assert asked == set(patterns)


def test_general_work_is_no_means_to_a_goal() -> None:
    helping = [rule for rule in RULES.rules if any('pair.lever_way == "helps"' in each.if_ for each in rule.spec.where)]
    assert helping
    for rule in helping:
        assert any("not (a.cross_cutting or b.cross_cutting)" in each.if_ for each in rule.spec.where), rule.id


@pytest.mark.parametrize("rule_id", PAIRS)
def test_a_finding_on_two_commitments_shows_the_words_of_both(rule_id: str) -> None:
    for language in SOURCE_LANGUAGES:
        assert {"{a.gist}", "{b.gist}"} <= set(PLACEHOLDER.findall(told(rule_id, language)))


@pytest.mark.parametrize("rule_id", PAIRS)
def test_no_explanation_has_an_empty_slot(rule_id: str) -> None:
    """A fact that may be unknown is shown only where a condition needs it."""
    rule = BY_ID[rule_id]
    needed = {f"{root}.{name}" for each in rule.where for root, name in each.expression.facts}
    needed |= {fact for each in needed & set(IMPLIED) for fact in IMPLIED[each]}
    for placeholder in PLACEHOLDER.findall(told(rule_id, "en")):
        root, name = placeholder.strip("{}").split(".")
        spec = FACTS[root][name]
        given = name == "instrument_name" or f"{root}.{STANDS_FOR.get(name, name)}" in needed
        assert given or not spec.nullable, placeholder


@pytest.mark.parametrize("rule_id", PAIRS)
def test_a_finding_on_two_commitments_claims_no_certainty(rule_id: str) -> None:
    rule = BY_ID[rule_id]
    assert all(value < 1 for value, _ in rule.confidences)
    assert re.search(r"\b(may|could|cannot|appears|should|misalignment|would)\b", rule.spec.explain.en)


def test_severities_and_confidences_spread() -> None:
    severities = {severity for rule_id in PAIRS for severity, _ in BY_ID[rule_id].severities}
    assert {"low", "medium", "high"} <= severities
    assert len({value for rule_id in PAIRS for value, _ in BY_ID[rule_id].confidences}) >= 6


@pytest.mark.parametrize("rule_id", CONFLICTS)
def test_a_conflict_states_when_it_arises_in_every_language_and_blames_nobody(rule_id: str) -> None:
    nature = BY_ID[rule_id].spec.conflict
    assert nature is not None
    texts = [getattr(nature.precondition, language) for language in SOURCE_LANGUAGES]
    assert len(set(texts)) == len(SOURCE_LANGUAGES)
    assert not any(text.endswith(".") or "{" in text for text in texts)
    assert not BLAME.search(nature.precondition.en)


def test_contradictions_and_tensions_are_both_looked_for() -> None:
    natures = [BY_ID[rule_id].spec.conflict for rule_id in CONFLICTS]
    assert {"contradiction", "tension"} == {each.type for each in natures if each}


PRESSURE_THEMES = {
    "dam": "hydropower",
    "irrigation": "irrigation",
    "biofuel": "bioenergy",
    "tree_plantation": "afforestation",
}
KEPT_THEMES = {
    "biodiversity": "species_conservation", "ecosystem": "ecosystem_services", "farmland": "sustainable_agriculture",
    "forest": "avoided_deforestation", "grassland": "rangeland_restoration", "natives": "invasive_species",
    "protected_area": "protected_areas", "wetland": "wetland_restoration",
}  # fmt: skip
"""The theme that stands for a stake in the interaction matrix, where one does."""


@pytest.mark.parametrize("rule_id", CONFLICTS)
def test_no_tension_speaks_against_the_interaction_matrix(rule_id: str) -> None:
    """What one commitment presses on and another keeps is nowhere said to do each other good."""
    conditions = " ".join(each.if_ for each in BY_ID[rule_id].spec.where)
    pressing = [
        theme
        for stake, theme in PRESSURE_THEMES.items()
        if re.search(rf'a\.pressures[^"]*"[^)]*\b{stake}"', conditions)
    ]
    kept = [theme for stake, theme in KEPT_THEMES.items() if re.search(rf'b\.keeps[^"]*"[^)]*\b{stake}"', conditions)]
    scores = [act.score for act in frameworks.interactions() if act.from_theme in pressing and act.to_theme in kept]
    assert all(score < 0 for score in scores)
    assert scores or not (pressing and kept)
