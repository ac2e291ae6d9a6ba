"""Rules over dossiers: each scope, each pair once, stable fingerprints, the same findings in any order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from sample_facts import commitment, document, facts_of, quantity
from strategies_rules import INTERACTIONS, conditions, dossiers, fact_base

from coherence.engine import Evaluation, Limits, check_examples, evaluate, run_examples
from coherence.fact_models import FactBase
from coherence.facts import build_facts
from coherence.graph import build_graph
from coherence.pair_facts import PairRow
from coherence.rule_models import RuleSet
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.models import Commitment, Finding

RULE: dict[str, Any] = {
    "id": "OVL-900",
    "version": "1.0.0",
    "status": "stable",
    "kind": "overlap",
    "severity": "medium",
    "scope": "pair",
    "title": {"en": "Title", "fr": "Titre", "es": "Título"},
    "where": ["pair.shared_themes"],
    "score": 2,
    "confidence": 0.8,
    "explain": {
        "en": "{a.quantity}, {b.quantity}",
        "fr": "{a.quantity}, {b.quantity}",
        "es": "{a.quantity}, {b.quantity}",
    },
    "examples": [
        {
            "fires": True,
            "a": {"instrument": "NDC", "themes": ["waste"]},
            "b": {"instrument": "LDN", "themes": ["waste"]},
        },
        {"fires": False},
    ],
}
GAP = {
    "kind": "gap",
    "score": None,
    "id": "GAP-900",
    "missing": {"element": "counterpart"},
    "explain": dict.fromkeys(("en", "fr", "es"), "-"),
}
ABSENCE = GAP | {
    "scope": "absence",
    "where": ['a.instrument == "LDN"'],
    "unless": ["pair.shared_themes"],
    "counterpart_in": ["NDC", "NBSAP"],
}
QUALITY = GAP | {
    "id": "QLT-900",
    "kind": "quality",
    "scope": "commitment",
    "where": ["a.target_year is unknown"],
    "missing": {"element": "deadline"},
    "explain": dict.fromkeys(("en", "fr", "es"), "{a.quote}"),
}
TENSION = {
    "type": "tension",
    "mechanism": "resource_competition",
    "manageability": ["siting", "safeguards"],
    "precondition": {"en": "both need water", "fr": "les deux demandent de l'eau", "es": "ambos requieren agua"},
}
CONFLICT = {"id": "CFL-900", "kind": "conflict", "score": -1, "conflict": TENSION}
Rules = Callable[..., RuleSet]


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """Return a loader of rules given as changes to a small one."""

    def load(*changes: dict[str, Any]) -> RuleSet:
        for number, change in enumerate(changes):
            content = {
                "id": f"OVL-90{number}",
                **{key: value for key, value in (RULE | change).items() if value is not None},
            }
            content["id"] = change.get("id", f"OVL-90{number}")
            (tmp_path / f"{content['id']}.yaml").write_text(
                yaml.safe_dump(content, allow_unicode=True), encoding="utf-8"
            )
        ruleset = load_rules([tmp_path])
        assert [str(fault) for fault in ruleset.faults] == []
        return ruleset

    return load


def by_text(facts: FactBase, findings: tuple[Finding, ...]) -> set[tuple[str, ...]]:
    quotes = {each.id: each.quote for each in facts.commitments}
    return {tuple(quotes[each] for each in finding.commitments) for finding in findings}


def run(rules: RuleSet, facts: FactBase) -> Evaluation:
    return evaluate(rules, facts, interactions=INTERACTIONS)


WASTE: dict[str, Any] = {"themes": ("waste",)}


def test_a_commitment_rule_looks_at_each(rules: Rules) -> None:
    facts = facts_of(commitment("NDC", "With year", target_year=2030), commitment("NDC", "Without"))
    found = run(rules(QUALITY), facts).findings
    assert by_text(facts, found) == {("Without",)}
    assert found[0].missing is not None
    assert (found[0].missing.instrument, found[0].missing.element, found[0].score) == ("NDC", "deadline", None)
    assert found[0].explanation == "Without"


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (None, {("LDN 1", "NDC 1"), ("LDN 1", "NDC 2"), ("LDN 1", "NDC 3")}),
        ("document", {("NDC 1", "NDC 2")}),
        ("instrument", {("NDC 1", "NDC 2"), ("NDC 1", "NDC 3"), ("NDC 2", "NDC 3")}),
        (
            "dossier",
            {
                ("LDN 1", "NDC 1"),
                ("LDN 1", "NDC 2"),
                ("LDN 1", "NDC 3"),
                ("NDC 1", "NDC 2"),
                ("NDC 1", "NDC 3"),
                ("NDC 2", "NDC 3"),
            },
        ),
    ],
)
def test_pairs_are_made_within_what_the_rule_says(
    rules: Rules, within: str | None, expected: set[tuple[str, str]]
) -> None:
    facts = facts_of(
        commitment("NDC", "NDC 1", **WASTE),
        commitment("NDC", "NDC 2", **WASTE),
        commitment("NDC", "NDC 3", path="ndc-annex.pdf", **WASTE),
        commitment("LDN", "LDN 1", **WASTE),
        commitment("LDN", "LDN 2", themes=("health",)),
    )
    examples = [{"fires": True, "a": {"themes": ["waste"]}, "b": {"themes": ["waste"]}}, {"fires": False}]
    ruleset = rules({"within": within} | ({"examples": examples} if within else {}))
    assert by_text(facts, run(ruleset, facts).findings) == expected
    assert check_examples(ruleset) == ()


def test_roles_are_kept_where_the_rule_distinguishes_them(rules: Rules) -> None:
    facts = facts_of(
        commitment("NDC", "More", quantities=(quantity(9.0),)), commitment("LDN", "Less", quantities=(quantity(3.0),))
    )
    found = run(rules({"where": ["a.area_ha > b.area_ha"]}), facts).findings
    assert by_text(facts, found) == {("More", "Less")}
    assert found[0].explanation == "9.0 ha, 3.0 ha"


def test_a_rule_that_matches_both_ways_round_reports_once(rules: Rules) -> None:
    facts = facts_of(
        commitment("NDC", "One", quantities=(quantity(3.0),)), commitment("LDN", "Other", quantities=(quantity(3.0),))
    )
    assert by_text(facts, run(rules({"where": ["a.area_ha >= b.area_ha"]}), facts).findings) == {("Other", "One")}


def test_absence_is_told_for_each_instrument_present(rules: Rules) -> None:
    facts = facts_of(
        commitment("LDN", "Waste", **WASTE),
        commitment("LDN", "Health", themes=("health",)),
        commitment("NDC", "Waste in the NDC", **WASTE),
        documents=(document("NBSAP"),),
    )
    ruleset = rules(
        ABSENCE
        | {
            "examples": [
                {
                    "fires": True,
                    "a": {"instrument": "LDN", "themes": ["waste"]},
                    "others": [{"instrument": "NDC"}],
                    "missing": "NDC",
                },
                {
                    "fires": False,
                    "a": {"instrument": "LDN", "themes": ["waste"]},
                    "others": [{"instrument": "NDC", "themes": ["waste"]}],
                },
            ]
        }
    )
    found = run(ruleset, facts).findings
    quotes = {each.id: each.quote for each in facts.commitments}
    told = {(quotes[each.commitments[0]], each.missing.instrument) for each in found if each.missing}
    assert told == {("Waste", "NBSAP"), ("Health", "NBSAP"), ("Health", "NDC")}
    assert all(condition.holds for each in found for condition in each.conditions)
    assert "No commitment of NBSAP" in {each.conditions[-1].condition[:22] for each in found}
    assert check_examples(ruleset) == ()


def test_dossier_rules_look_at_documents_missing_instruments_or_once(rules: Rules) -> None:
    facts = facts_of(documents=(document("NDC", mentions=("UNCCD",)), document("LDN")))
    base = GAP | {"scope": "dossier", "where": None}
    fires = [{"fires": True}, {"fires": False, "dossier": {"commitments": 5}}]
    by_document = {
        "each": "document",
        "where": ["doc.mentions.is_empty"],
        "id": "GAP-901",
        "examples": [{"fires": True, "doc": {"instrument": "NDC"}}, {"fires": False, "doc": {"mentions": ["CBD"]}}],
    }
    by_instrument = {
        "each": "instrument",
        "id": "GAP-902",
        "explain": dict.fromkeys(("en", "fr", "es"), "{missing.instrument_name}"),
        "examples": [{"fires": True}, {"fires": False, "dossier": {"missing_instruments": []}}],
    }
    ruleset = rules(
        base | by_document,
        base | by_instrument,
        base | {"where": ["dossier.commitments == 0"], "id": "GAP-903", "examples": fires},
    )
    found = run(ruleset, facts).findings
    told = [(each.rule, each.missing.instrument) for each in found if each.missing]
    assert told == [("GAP-901", "LDN"), ("GAP-902", "NAP"), ("GAP-902", "NBSAP"), ("GAP-903", None)]
    assert found[1].explanation == "National Adaptation Plan"
    assert len({each.fingerprint for each in found}) == 4
    assert check_examples(ruleset) == ()


def test_cases_of_severity_and_confidence_are_tried_in_order(rules: Rules) -> None:
    change = {
        "severity": [
            {"severity": "high", "when": "pair.area_ratio > 0.9"},
            {"severity": "low", "when": "a.gender"},
            {"severity": "info"},
        ],
        "confidence": [{"value": 0.5, "when": "pair.area_ratio > 0.9"}, {"value": 1.0}],
    }
    same = facts_of(
        *(commitment(i, i, quantities=(quantity(5.0),), confidence=c, **WASTE) for i, c in (("NDC", 0.6), ("LDN", 0.9)))
    )
    unknown = facts_of(commitment("NDC", "x", **WASTE), commitment("LDN", "y", **WASTE))
    ruleset = rules(change)
    first, second = run(ruleset, same).findings[0], run(ruleset, unknown).findings[0]
    assert (first.severity, first.confidence) == ("high", 0.3)
    assert (second.severity, second.confidence) == ("info", 0.9)


def test_a_general_rule_is_silent_on_a_pair_that_another_told(rules: Rules) -> None:
    pair = [
        commitment(i, f"{i} burns nothing", quantities=(quantity(a),), **WASTE) for i, a in (("NDC", 9.0), ("LDN", 9.0))
    ]
    other = commitment("NAP", "Bins", **WASTE)
    specific = {"id": "OVL-903", "where": ["pair.area_ratio > 0.9"]}
    general = rules({"yields": True}, specific)
    found = run(general, facts_of(*pair, other)).findings
    assert [each.rule for each in found] == ["OVL-903", "OVL-900", "OVL-900"]
    told = {frozenset(each.commitments) for each in found}
    assert len(told) == 3
    assert len(run(rules({}, specific), facts_of(*pair, other)).findings) == 4


@pytest.mark.parametrize(("nature", "told"), [("tension", ["CFL-900"]), ("contradiction", ["CFL-900", "SYN-900"])])
def test_a_pair_in_tension_is_not_told_to_serve_each_other_too(rules: Rules, nature: str, told: list[str]) -> None:
    conflict = {
        "type": nature,
        "mechanism": "goal_conflict" if nature == "tension" else "differing_statements",
        "manageability": "clarification",
        "precondition": dict.fromkeys(("en", "fr", "es"), "-"),
    }
    ruleset = rules(
        {"id": "SYN-900", "kind": "synergy"}, {"id": "CFL-900", "kind": "conflict", "conflict": conflict, "score": -1}
    )
    found = run(ruleset, facts_of(commitment("NDC", "Burn", **WASTE), commitment("LDN", "Bury", **WASTE))).findings
    assert [each.rule for each in found] == told


def test_how_an_overlap_stands_is_told_by_the_first_case_that_holds(rules: Rules) -> None:
    ruleset = rules({"relation": [{"value": "nested", "when": "pair.area_ratio < 0.5"}, {"value": "unknown"}]})
    whole, part, none = (
        commitment(i, i, quantities=() if area is None else (quantity(area),), **WASTE)
        for i, area in (("NDC", 9.0), ("LDN", 1.0), ("NAP", None))
    )
    assert [each.relation for each in run(ruleset, facts_of(whole, part)).findings] == ["nested"]
    assert [each.relation for each in run(ruleset, facts_of(whole, none)).findings] == ["unknown"]
    silent = run(rules({}), facts_of(whole, part)).findings[0]
    assert silent.relation is None
    assert "relation" not in silent.model_dump()


def test_the_score_can_be_the_interaction_of_the_themes(rules: Rules) -> None:
    facts = facts_of(
        commitment("NDC", "Power", themes=("renewable_energy",)),
        commitment("NBSAP", "Park", themes=("protected_areas",)),
    )
    examples = [
        {
            "fires": True,
            "a": {"instrument": "NDC", "themes": ["bioenergy"]},
            "b": {"instrument": "LDN", "themes": ["bioenergy"]},
        },
        {"fires": False},
    ]
    change = {
        "kind": "conflict",
        "conflict": TENSION,
        "id": "CFL-900",
        "score": "interaction",
        "where": ["pair.interaction < 0"],
        "examples": examples,
    }
    found = run(rules(change), facts).findings
    assert [each.score for each in found] == [-2]
    assert by_text(facts, found) == {("Power", "Park")}


def test_every_condition_shows_what_it_saw_and_why(rules: Rules) -> None:
    because = {"en": "both name waste", "fr": "les deux nomment les déchets", "es": "ambos nombran los residuos"}
    facts = facts_of(commitment("NDC", "x", **WASTE), commitment("LDN", "y", target_year=2030, **WASTE))
    ruleset = rules(
        {
            "where": [
                {"if": "pair.shared_themes", "because": because},
                "a.target_year is known or b.target_year is unknown",
            ]
        }
    )
    finding = run(ruleset, facts).findings[0]
    shown = {each.condition: dict(each.values) for each in finding.conditions}
    assert shown["both name waste"] == {"pair.shared_themes": "{waste}"}
    assert {*shown["a.target_year is known or b.target_year is unknown"].values()} == {"2030", "unknown"}
    french = evaluate(ruleset, facts, "fr").findings[0]
    assert french.conditions[0].condition == "les deux nomment les déchets"
    assert french.fingerprint == finding.fingerprint


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "land restoration; 2030; 88,286; not stated; none"),
        ("fr", "restauration des terres; 2030; 88\N{NARROW NO-BREAK SPACE}286; non précisé; aucun"),
        ("es", "restauración de tierras; 2030; 88.286; sin precisar; ninguno"),
    ],
)
def test_explanations_speak_the_language_of_the_report(rules: Rules, language: Any, expected: str) -> None:
    text = "{pair.shared_themes}; {a.target_year}; {a.area_ha}; {b.theme}; {pair.shared_places}"
    shared: dict[str, Any] = {"themes": ("land_restoration",), "target_year": 2030, "quantities": (quantity(88_286.0),)}
    facts = facts_of(commitment("LDN", "x", **shared), commitment("NDC", "y", **shared))
    changed = FactBase(tuple(replace(each, theme=None) for each in facts.commitments), facts.documents, facts.dossier)
    found = evaluate(rules({"explain": dict.fromkeys(("en", "fr", "es"), text)}), changed, language).findings
    assert found[0].explanation == expected


@pytest.mark.parametrize(
    ("written", "unit", "told"),
    [
        ("480 000", "ha", "480 000 ha"),
        ("480 000 hectares", "ha", "480 000 hectares"),
        ("20", "percent", "20 %"),
        ("20%", "percent", "20%"),
        ("$ 5", "USD", "$ 5"),
        ("350", "count", "350"),
    ],
)
def test_a_figure_without_its_unit_is_told_with_it(rules: Rules, written: str, unit: str, told: str) -> None:
    figure = {**quantity(5.0), "text": written, "unit": unit}
    facts = facts_of(*(commitment(name, name, quantities=(figure,), **WASTE) for name in ("LDN", "NDC")))
    ruleset = rules({"explain": dict.fromkeys(("en", "fr", "es"), "{a.quantity}")})
    assert evaluate(ruleset, facts, "en").findings[0].explanation == told


@pytest.mark.parametrize(("language", "names"), [("en", "NAP, NBSAP"), ("fr", "PNA, SPANB"), ("es", "PNAD, EPANB")])
def test_instruments_before_quotes_go_by_their_short_names(rules: Rules, language: Any, names: str) -> None:
    facts = facts_of(commitment("NAP", "x", **WASTE), commitment("NBSAP", "y", **WASTE))
    text = "{a.instrument_name}, {b.instrument_name}"
    found = evaluate(rules({"explain": dict.fromkeys(("en", "fr", "es"), text)}), facts, language).findings
    assert sorted(found[0].explanation.split(", ")) == sorted(names.split(", "))


def test_text_of_a_document_is_never_read_as_a_placeholder(rules: Rules) -> None:
    hostile = quantity(1.0) | {"text": "{dossier.country} {a.__class__} %s"}
    facts = facts_of(commitment("LDN", "x", quantities=(hostile,), **WASTE), commitment("NDC", "y", **WASTE))
    found = run(rules({}), facts).findings
    assert found[0].explanation == "{dossier.country} {a.__class__} %s, not stated"


def moved(each: Commitment, page: int) -> Commitment:
    """Return the same promise on another page, with the new id that this gives."""
    place = each.provenance.model_copy(update={"page": page, "start": 7, "end": 7 + len(each.quote)})
    return each.model_copy(update={"provenance": place, "id": f"moved-{page}-{each.id[::-1]}"})


def test_fingerprints_survive_new_pages_and_new_order(rules: Rules) -> None:
    promises = [commitment(i, f"Promise {n} of {i}", **WASTE) for i in ("NDC", "LDN", "NBSAP") for n in range(3)]
    ruleset = rules({})
    before = [each.fingerprint for each in run(ruleset, facts_of(*promises)).findings]
    after = [
        each.fingerprint
        for each in run(ruleset, facts_of(*(moved(each, 9 - n) for n, each in enumerate(promises)))).findings
    ]
    assert after == before
    assert len(set(before)) == 27


def test_the_same_words_twice_are_two_findings(rules: Rules) -> None:
    facts = facts_of(
        commitment("NDC", "Plant trees", **WASTE),
        commitment("NDC", "Plant  trees", page=2, **WASTE),
        commitment("LDN", "x", **WASTE),
    )
    found = run(rules({}), facts).findings
    assert len({each.fingerprint for each in found}) == len(found) == 2


def test_the_order_of_the_input_changes_nothing(rules: Rules) -> None:
    rng = random.Random(7)  # noqa: S311 - reproducible, not secret
    promises = [
        commitment(
            rng.choice(("NDC", "LDN", "NBSAP")), f"Promise {n}", themes=(rng.choice(("waste", "health", "transport")),)
        )
        for n in range(30)
    ]
    documents = [document(each) for each in ("NDC", "LDN", "NBSAP")]
    ruleset = rules({}, ABSENCE | {"id": "GAP-901"}, {"where": ["a.themes != b.themes"], "limit": 2, "id": "OVL-902"})
    expected = evaluate(ruleset, build_facts(build_graph("XXX", "X", documents, promises)))
    rng.shuffle(promises)
    rng.shuffle(documents)
    assert evaluate(ruleset, build_facts(build_graph("XXX", "X", documents, promises))) == expected


@pytest.mark.parametrize("limits", [Limits(findings=5), Limits(pairs=40), Limits(megabytes=0.005), Limits()])
def test_what_a_limit_keeps_does_not_hang_on_the_order_of_the_input(rules: Rules, limits: Limits) -> None:
    rng = random.Random(11)  # noqa: S311 - reproducible, not secret
    themes = ("waste", "health", "transport")
    facts = facts_of(*(
        commitment(rng.choice(("NDC", "LDN", "NBSAP")), f"Promise {n}", themes=tuple(rng.sample(themes, 2)),
                   document=f"{rng.choice('1234567')}.pdf")
        for n in range(60)
    ))  # fmt: skip
    each_document = {"scope": "dossier", "where": None, "each": "document"}
    ruleset = rules(
        {}, {"where": ["a.theme != b.theme"]}, ABSENCE | {"unless": ["a.theme == b.theme and b.quantified"]}, QUALITY,
        QUALITY | each_document | {"id": "QLT-901", "explain": dict.fromkeys(("en", "fr", "es"), "{doc.path}")},
    )  # fmt: skip
    expected = evaluate(ruleset, facts, limits=limits)
    assert bool(expected.notices) is (limits != Limits())
    for _ in range(5):
        shuffled = (tuple(rng.sample(each, len(each))) for each in (facts.commitments, facts.documents))
        assert evaluate(ruleset, FactBase(*shuffled, facts.dossier), limits=limits) == expected


@settings(max_examples=60, deadline=None)
@given(dossiers(), conditions())
def test_each_pair_is_found_if_and_only_if_it_matches_one_way_round(commitments: Any, condition: str) -> None:
    from coherence.engine.compilation import compile_condition  # noqa: PLC0415
    from coherence.engine.rows import row_of  # noqa: PLC0415
    from coherence.rule_expressions import parse_expression  # noqa: PLC0415
    from coherence.rule_models import Condition, Rule, RuleSpec  # noqa: PLC0415

    expression = parse_expression(condition, ("a", "b", "pair"))
    spec = RuleSpec.model_validate(RULE | {"where": [condition]})
    rule = Rule(spec, "rule.yaml", (Condition(expression),), (), (("medium", None),), ((0.8, None),))
    found = evaluate(RuleSet((rule,), (), ""), fact_base(commitments), interactions=INTERACTIONS).findings
    holds = compile_condition(expression.node)
    rows = {each.id: row_of(each) for each in commitments}
    matching = {
        frozenset((a["id"], b["id"]))
        for a in rows.values()
        for b in rows.values()
        if a["instrument"] != b["instrument"] and holds({"a": a, "b": b, "pair": PairRow(a, b, INTERACTIONS)}) is True
    }
    assert {frozenset(each.commitments) for each in found} == matching
    assert len(found) == len(matching)
    assert len({each.fingerprint for each in found}) == len(found)
    for each in found:
        a, b = (rows[name] for name in each.commitments)
        assert holds({"a": a, "b": b, "pair": PairRow(a, b, INTERACTIONS)}) is True


def test_a_rule_that_fails_is_told_and_the_others_run(rules: Rules) -> None:
    facts = facts_of(commitment("NDC", "x", **WASTE), commitment("LDN", "y", **WASTE))
    incomplete = FactBase(facts.commitments, (), facts.dossier)  # a commitment rule asks for the document
    ruleset = rules({}, QUALITY)
    result = run(ruleset, incomplete)
    assert [each.rule for each in result.findings] == ["OVL-900"]
    assert [(each.level, QUALITY["id"] in each.what) for each in result.notices] == [("error", True)]


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        (Limits(pairs=3), "3 pairs"),
        (Limits(findings=3), "3 findings"),
        (Limits(megabytes=0.001), "MB"),
    ],
)
def test_a_rule_cut_short_is_told(rules: Rules, limits: Limits, word: str) -> None:
    promises = [commitment(i, f"{i} {n}", **WASTE) for i in ("NDC", "LDN") for n in range(4)]
    result = evaluate(rules({}), facts_of(*promises), limits=limits)
    assert [(each.level, word in each.what) for each in result.notices] == [("warning", True)]
    assert 0 < len(result.findings) < 16


def test_a_rule_that_takes_too_long_is_told(rules: Rules) -> None:
    promises = [commitment(i, f"{i} {n}", **WASTE) for i in ("NDC", "LDN") for n in range(4)]
    facts = facts_of(*promises, documents=(document("NBSAP"),))
    result = evaluate(rules({}, ABSENCE | {"where": ["a.themes"]}), facts, limits=Limits(seconds=0))
    # An absence is not told unless all was looked at.
    assert result.findings == ()
    assert ["stopped after 0 seconds" in each.what for each in result.notices] == [True, True]


def test_a_limit_keeps_the_surest_for_each_commitment(rules: Rules) -> None:
    promises = [commitment("LDN", f"LDN {n}", confidence=0.5 + n / 10, **WASTE) for n in range(4)]
    facts = facts_of(commitment("NBSAP", "Only", **WASTE), *promises)
    change = {
        "limit": 2,
        "where": ["pair.shared_themes", 'a.instrument == "NBSAP"'],
        "examples": [
            {"fires": True, "a": {"instrument": "NBSAP", "themes": ["waste"]}, "b": {"themes": ["waste"]}},
            {"fires": False},
        ],
    }
    result = run(rules(change), facts)
    assert by_text(facts, result.findings) == {("Only", "LDN 2"), ("Only", "LDN 3")}
    assert "beyond its limit: 2" in result.notices[0].what


def test_a_limit_for_the_second_commitment_keeps_the_surest(rules: Rules) -> None:
    many = [commitment("NDC", f"Dam {n}", confidence=0.5 + n / 10, **WASTE) for n in range(4)]
    facts = facts_of(*many, commitment("LDN", "Goal", **WASTE))
    only = {"where": ['a.instrument == "NDC"', 'b.instrument == "LDN"', "pair.shared_themes"]}
    found = run(rules(only | {"limit": {"second": 2}}), facts)
    assert by_text(facts, found.findings) == {("Dam 2", "Goal"), ("Dam 3", "Goal")}
    assert len(found.notices) == 1


def test_a_sentence_with_several_figures_is_told_once(rules: Rules) -> None:
    facts = facts_of(
        commitment("NDC", "120 plants and 30 pits", confidence=0.6, **WASTE),
        commitment("NDC", "Another sentence", **WASTE),
        commitment("LDN", "Goal", **WASTE),
    )
    told = {"120 plants and 30 pits": "one", "Another sentence": "two", "Goal": "three"}
    facts = replace(facts, commitments=tuple(replace(each, statement=told[each.quote]) for each in facts.commitments))
    twin = next(each for each in facts.commitments if each.statement == "one")
    facts = replace(facts, commitments=(*facts.commitments, replace(twin, id=f"{twin.id}-2", confidence=0.9)))
    assert len(run(rules({}), facts).findings) == 3
    found = run(rules({"limit": {"statement": 1}}), facts)
    assert {frozenset(each) for each in by_text(facts, found.findings)} == {
        frozenset(("120 plants and 30 pits", "Goal")),
        frozenset(("Another sentence", "Goal")),
    }
    assert f"{twin.id}-2" in {name for each in found.findings for name in each.commitments}
    assert len(found.notices) == 1


def test_a_conflict_says_what_kind_of_conflict_it_is_in_the_report_language(rules: Rules) -> None:
    facts = facts_of(commitment("NDC", "x", **WASTE), commitment("LDN", "y", **WASTE))
    ruleset = rules(CONFLICT)
    (nature,) = (each.conflict for each in evaluate(ruleset, facts, "es").findings)
    assert nature is not None
    assert (nature.type, nature.mechanism) == ("tension", "resource_competition")
    assert nature.manageability == ("siting", "safeguards")
    assert nature.precondition == "ambos requieren agua"
    overlap = run(rules({}), facts).findings[0]
    assert overlap.kind == "overlap"
    assert overlap.conflict is None
    assert "conflict" not in overlap.model_dump()


def test_one_way_to_handle_a_conflict_needs_no_list(rules: Rules) -> None:
    facts = facts_of(commitment("NDC", "x", **WASTE), commitment("LDN", "y", **WASTE))
    finding = run(rules(CONFLICT | {"conflict": TENSION | {"manageability": "sequencing"}}), facts).findings[0]
    assert finding.conflict is not None
    assert finding.conflict.manageability == ("sequencing",)


def test_strata_come_in_order(rules: Rules) -> None:
    facts = facts_of(commitment("NDC", "x", **WASTE), commitment("LDN", "y", **WASTE), documents=(document("NBSAP"),))
    ruleset = rules({}, ABSENCE | {"id": "AAA-900"}, CONFLICT)
    assert [each.kind for each in run(ruleset, facts).findings] == ["overlap", "conflict", "gap"]


def test_an_example_that_goes_wrong_is_told(rules: Rules) -> None:
    examples = [
        {"fires": True},
        {
            "fires": False,
            "a": {"instrument": "NDC", "themes": ["waste"]},
            "b": {"instrument": "LDN", "themes": ["waste"]},
        },
        {
            "fires": True,
            "a": {"instrument": "NDC", "themes": ["waste"]},
            "b": {"instrument": "LDN", "themes": ["waste"]},
            "score": 3,
        },
    ]
    results = run_examples(rules({"examples": examples}))
    assert [each.what for each in results] == [
        "expected a finding, got none",
        "expected no finding, got 1",
        "expected score 3, got 2",
    ]
    assert len(check_examples(rules({"examples": examples}))) == 3


def test_an_empty_dossier_has_no_findings(rules: Rules) -> None:
    assert run(rules({}, ABSENCE), facts_of()) == Evaluation((), ())


def test_places_are_shown_as_written(rules: Rules) -> None:
    shared = {"themes": ("waste",), "places": ("Upper  East", "Volta")}
    facts = facts_of(
        commitment("LDN", "x", **shared), commitment("NDC", "y", themes=("waste",), places=("upper east",))
    )
    text = "{pair.shared_places} / {a.places}"
    found = run(rules({"explain": dict.fromkeys(("en", "fr", "es"), text)}), facts).findings
    assert found[0].explanation == "Upper East / Upper East, Volta"


def test_notices_name_the_rule_the_same_wherever_it_is_installed(rules: Rules, tmp_path: Path) -> None:
    promises = [commitment(i, f"{i} {n}", **WASTE) for i in ("NDC", "LDN") for n in range(2)]
    result = evaluate(rules({}), facts_of(*promises), limits=Limits(findings=1))
    assert [each.where for each in result.notices] == [f"{tmp_path.name}/OVL-900.yaml"]
