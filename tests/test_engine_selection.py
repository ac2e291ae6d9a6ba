"""Which findings a rule keeps, and which it tells together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from sample_facts import commitment, facts_of
from test_engine import RULE

from coherence.engine import evaluate
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coherence.engine import Evaluation
    from coherence.fact_models import FactBase
    from coherence.rule_models import RuleSet

FORESTS = ("avoided_deforestation",)
ITEM = {"en": "“{b.gist}”", "fr": "« {b.gist} »", "es": "«{b.gist}»"}
GROUPED = {
    "explain": dict.fromkeys(("en", "fr", "es"), "{a.gist}: {group.items} of {group.count}"),
    "group": {"most": 2, "item": ITEM},
}


@pytest.fixture
def rules(tmp_path: Path) -> Callable[[dict[str, Any]], RuleSet]:
    """Return a loader of one rule: goals of the LDN targets with whatever else names forest."""

    def load(change: dict[str, Any]) -> RuleSet:
        content = RULE | {"where": ["pair.shared_themes", 'a.instrument == "LDN"']} | change
        content["examples"] = [
            {"fires": True, "a": {"instrument": "LDN", "themes": ["waste"]}, "b": {"themes": ["waste"]}},
            {"fires": False},
        ]
        (tmp_path / "OVL-900.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return load_rules([tmp_path])

    return load


def measures(instrument: str, number: int, **facts: Any) -> list[Any]:
    return [
        commitment(instrument, f"{instrument} measure {n}", themes=FORESTS, confidence=0.5 + n / 20, **facts)
        for n in range(number)
    ]


GOAL = commitment("LDN", "Keep all forest", themes=FORESTS)


def pairs(facts: FactBase, result: Evaluation) -> list[tuple[str, ...]]:
    quotes = {each.id: each.quote for each in facts.commitments}
    return sorted(tuple(quotes[each] for each in finding.commitments) for finding in result.findings)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (1, 1),
        ({"first": 3}, 3),
        ({"instrument": 2}, 4),
        ({"dossier": 3, "instrument": 2}, 3),
        ({"alike": 1}, 2),
        ({"subject": 5}, 5),
    ],
)
def test_every_number_of_a_limit_is_met(rules: Any, limit: Any, expected: int) -> None:
    facts = facts_of(GOAL, *measures("NDC", 4), *measures("NAP", 4))
    result = evaluate(rules({"limit": limit}), facts)
    assert len(result.findings) == expected
    assert [f"beyond its limit: {8 - expected}" in each.what for each in result.notices] == [True]


def test_one_subject_of_an_instrument_does_not_crowd_out_another(rules: Any) -> None:
    wet = commitment("LDN", "Keep the marsh wet", themes=(*FORESTS, "wetland_restoration"))
    marsh = commitment("LDN", "Keep the marsh and its forest", themes=("wetland_restoration", *FORESTS))
    facts = facts_of(GOAL, wet, marsh, *measures("NDC", 3))
    told = pairs(facts, evaluate(rules({"limit": {"subject": 2}}), facts))
    assert len(told) == 4
    assert sum(first == "Keep the marsh and its forest" for first, *_ in told) == 2


def test_what_is_less_sure_than_the_rule_asks_is_not_told(rules: Any) -> None:
    facts = facts_of(GOAL, *measures("NDC", 8))
    everything = evaluate(rules({}), facts).findings
    middle = sorted(each.confidence for each in everything)[4]
    result = evaluate(rules({"limit": {"confidence": middle}}), facts)
    assert len(everything) == 8
    assert [each for each in everything if each.confidence >= middle] == list(result.findings)
    assert not result.notices


def test_a_second_commitment_is_told_as_often_as_the_limit_says(rules: Any) -> None:
    goals = [commitment("LDN", f"Goal {n}", themes=FORESTS) for n in range(3)]
    result = evaluate(rules({"limit": {"second": 2}}), facts_of(*goals, *measures("NDC", 2)))
    assert len(result.findings) == 4


def test_a_limit_may_go_by_what_the_rule_is_sure_of_alone(rules: Any) -> None:
    near = commitment("NDC", "Oak wood", themes=(*FORESTS, "soil_carbon"), confidence=0.6)
    far = commitment("NDC", "Pine wood", themes=FORESTS, page=2, confidence=0.9)
    facts = facts_of(GOAL, near, far)
    change = {
        "confidence": [{"value": 0.8, "when": 'b.themes has "soil_carbon"'}, {"value": 0.6}],
        "limit": {"first": 1},
    }
    assert pairs(facts, evaluate(rules(change), facts)) == [("Keep all forest", "Pine wood")]
    change |= {"limit": {"first": 1, "surest": "rule"}}
    assert pairs(facts, evaluate(rules(change), facts)) == [("Keep all forest", "Oak wood")]


def test_one_finding_tells_all_that_serves_a_goal_the_surest_first(rules: Any) -> None:
    facts = facts_of(GOAL, *measures("NDC", 3), *measures("NAP", 1))
    result = evaluate(rules(GROUPED), facts)
    assert pairs(facts, result) == [
        ("Keep all forest", "NAP measure 0"),
        ("Keep all forest", "NDC measure 2", "NDC measure 1"),
    ]
    told = next(each for each in result.findings if len(each.commitments) == 3)
    assert told.explanation == "Keep all forest: “NDC measure 2”; “NDC measure 1” of 3"
    # 0.8 of the rule, 0.55 of the less sure measure.
    assert told.confidence == pytest.approx(0.44)


def test_items_with_one_reason_stand_side_by_side_and_the_reason_once(rules: Any) -> None:
    because = dict.fromkeys(("en", "fr", "es"), "{group.alike} (by {b.target_year})")
    change = GROUPED | {"group": {"most": 9, "item": ITEM, "because": because}}
    years = (2030, 2035, 2030)
    named = [
        commitment("NDC", f"Plan {n}", themes=FORESTS, confidence=0.9 - n / 10, target_year=year)
        for n, year in enumerate(years)
    ]
    (told,) = evaluate(rules(change), facts_of(GOAL, *named)).findings
    assert told.explanation == "Keep all forest: “Plan 0”, “Plan 2” (by 2030); “Plan 1” (by 2035) of 3"


def test_a_group_below_the_least_number_is_not_told(rules: Any) -> None:
    change = GROUPED | {"group": {"by": "commitment", "least": 4, "most": 9, "item": ITEM}}
    facts = facts_of(GOAL, *measures("NDC", 3), *measures("NAP", 1))
    assert [len(each) for each in pairs(facts, evaluate(rules(change), facts))] == [5]
    fewer = facts_of(GOAL, *measures("NDC", 3))
    assert evaluate(rules(change), fewer).findings == ()


def test_every_pair_of_a_group_shows_the_values_it_rests_on(rules: Any) -> None:
    seen = evaluate(rules(GROUPED | {"where": ['a.instrument == "LDN"', "b.confidence >= 0.5"]}),
                    facts_of(GOAL, *measures("NDC", 2))).findings[0].conditions  # fmt: skip
    assert [each.values for each in seen if "b.confidence" in each.condition] == [
        (("b.confidence", "0.55"), ("b.confidence", "0.5"))
    ]


@pytest.mark.parametrize("order", [(0.6, 0.7), (0.7, 0.6)])
def test_the_fingerprint_of_a_group_does_not_hang_on_which_is_surest(rules: Any, order: tuple[float, float]) -> None:
    both = [
        commitment("NDC", f"Plan {n}", themes=FORESTS, confidence=sure) for n, sure in zip("xy", order, strict=True)
    ]
    found = evaluate(rules(GROUPED), facts_of(GOAL, *both)).findings
    same = [commitment("NDC", f"Plan {n}", themes=FORESTS, confidence=0.9) for n in "xy"]
    assert found[0].fingerprint == evaluate(rules(GROUPED), facts_of(GOAL, *same)).findings[0].fingerprint


def test_what_speaks_for_a_finding_counts_one_by_one(rules: Any) -> None:
    change = {
        "confidence": [
            {"add": 0.2, "when": 'b.instrument == "NDC"'},
            {"add": -0.1, "when": "b.confidence < 0.8"},
            {"value": 0.9, "when": "a.quantified and b.quantified"},
            {"value": 0.5},
        ]
    }
    sure, unsure = (commitment("NDC", text, themes=FORESTS, confidence=c) for text, c in (("x", 1.0), ("y", 0.5)))
    goal = commitment("LDN", "Keep all forest", themes=FORESTS, confidence=1.0)
    found = evaluate(rules(change), facts_of(goal, sure, unsure)).findings
    assert sorted(each.confidence for each in found) == pytest.approx([0.6 * 0.5, 0.7])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"confidence": [{"add": 0.1, "when": "a.quantified"}]}, "no confidence to add to"),
        ({"confidence": [{"add": 0.1}, {"value": 0.5}]}, "needs a 'when'"),
        ({"confidence": [{"add": 0.1, "value": 0.5}]}, "either 'value' or 'add'"),
        ({"limit": {"each": 3}}, "each"),
        ({"limit": 0}, "the smallest is 1"),
        ({"limit": {"confidence": 2}}, "the largest is 1"),
        (GROUPED | {"group": {"item": ITEM | {"en": "{b.gits}"}}}, "unknown fact 'gits'"),
        (GROUPED | {"group": {"item": ITEM, "because": ITEM | {"en": "{group.like}"}}}, "'{group.like}'"),
        ({"explain": dict.fromkeys(("en", "fr", "es"), "{group.items}")}, "unknown placeholder '{group.items}'"),
    ],
)
def test_a_fault_in_these_is_told(rules: Any, change: dict[str, Any], told: str) -> None:
    faults = [str(each) for each in rules(change).faults]
    assert any(told in each for each in faults), faults


def test_a_general_rule_on_synergies_is_silent_on_what_may_be_counted_twice(rules: Any, tmp_path: Path) -> None:
    twice = commitment("NDC", "Plan x", themes=FORESTS)
    other = commitment("NDC", "Plan y", themes=FORESTS)
    rules({"where": ["pair.shared_themes", 'a.instrument == "LDN"'], "group": {"most": 1, "item": ITEM},
           "explain": dict.fromkeys(("en", "fr", "es"), "{group.items}")})  # fmt: skip
    general = yaml.safe_load((tmp_path / "OVL-900.yaml").read_text(encoding="utf-8"))
    general |= {"id": "SYN-900", "kind": "synergy", "yields": True}
    general |= {"explain": dict.fromkeys(("en", "fr", "es"), "{a.gist}, {b.gist}"), "group": {"item": ITEM}}
    (tmp_path / "SYN-900.yaml").write_text(yaml.safe_dump(general, allow_unicode=True), encoding="utf-8")
    facts = facts_of(GOAL, twice, other)
    result = evaluate(load_rules([tmp_path]), facts)
    assert [(each.kind, len(each.commitments)) for each in result.findings] == [("overlap", 2), ("synergy", 2)]
    assert len({each for found in result.findings for each in found.commitments}) == 3
