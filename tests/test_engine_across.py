"""Rules that compare dossiers: pairs of two countries only, each once, both named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from strategies_rules import INTERACTIONS, fact_base

from coherence.engine import Limits, check_examples, evaluate, evaluate_all
from coherence.fact_models import CommitmentFacts
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.fact_models import FactBase
    from coherence.rule_models import RuleSet

LAKE = {"instrument": "LDN", "places": ["lake"]}
TEXTS = {"en": "Same lake", "fr": "Même lac", "es": "Mismo lago"}
EXPLAIN = dict.fromkeys(TEXTS, "{a.country}, {b.country}")
RULE: dict[str, Any] = {
    "id": "SYN-900", "version": "1.0.0", "title": TEXTS, "status": "experimental", "kind": "synergy", "severity": "low",
    "scope": "pair", "across": True, "where": ["pair.shared_places", "a.instrument == b.instrument"], "score": 1,
    "confidence": 0.5, "explain": EXPLAIN,
    "examples": [
        {"fires": True, "a": LAKE, "b": LAKE},
        {"fires": False, "a": LAKE, "b": {"instrument": "LDN"}},
        {"fires": False, "a": LAKE, "b": LAKE | {"instrument": "NDC"}},
    ],
}  # fmt: skip


def ruleset(tmp_path: Path, **changes: Any) -> RuleSet:
    (tmp_path / "SYN-900.yaml").write_text(json.dumps(RULE | changes), encoding="utf-8")
    return load_rules([tmp_path])


def dossier(country: str, *quotes: str, **facts: Any) -> FactBase:
    given = {"instrument": "LDN", "places": frozenset({"lake"}), "document": "ldn.pdf"} | facts
    made = (CommitmentFacts(id=f"{country}-{each}", quote=each, country=country, **given) for each in quotes)
    return fact_base(tuple(made), country)


def test_pairs_are_made_of_two_dossiers_each_once(tmp_path: Path) -> None:
    rules = ruleset(tmp_path)
    assert (rules.faults, check_examples(rules)) == ((), ())
    bases = [dossier("TCD", "One", "Two"), dossier("NER", "Three"), dossier("NGA", "Far", places=frozenset({"delta"}))]
    result = evaluate_all(rules, bases, interactions=INTERACTIONS)
    assert [each.findings for each in result.each] == [(), (), ()]
    assert [each.commitments for each in result.across.findings] == [("TCD-One", "NER-Three"), ("NER-Three", "TCD-Two")]
    assert [(each.dossier, each.other_dossier) for each in result.across.findings] == [("TCD", "NER"), ("NER", "TCD")]
    assert result.across.findings[0].explanation == "TCD, NER"
    assert len({each.fingerprint for each in result.across.findings}) == 2


def test_the_order_of_the_dossiers_changes_nothing(tmp_path: Path) -> None:
    rules = ruleset(tmp_path)
    bases = [dossier("TCD", "One", "Two"), dossier("NER", "Three"), dossier("NGA", "Four")]
    for limits, count in ((Limits(), 5), (Limits(findings=2), 2), (Limits(pairs=6), None)):
        forth, back = (
            evaluate_all(rules, each, interactions=INTERACTIONS, limits=limits) for each in (bases, bases[::-1])
        )
        assert count is None or len(forth.across.findings) == count
        assert forth.across == back.across
        assert forth.each == back.each[::-1]


def test_files_of_the_same_name_are_two_documents(tmp_path: Path) -> None:
    rules = ruleset(tmp_path, where=["pair.shared_places", "not pair.same_document"])
    result = evaluate_all(rules, [dossier("TCD", "One"), dossier("NER", "Two")], interactions=INTERACTIONS)
    assert len(result.across.findings) == 1


def test_one_dossier_alone_is_compared_with_nothing(tmp_path: Path) -> None:
    assert evaluate(ruleset(tmp_path), dossier("TCD", "One", "Two")).findings == ()


def test_a_finding_in_one_dossier_names_no_other(tmp_path: Path) -> None:
    examples = [
        {"fires": True, "a": LAKE, "b": LAKE | {"instrument": "NDC"}},
        {"fires": False},
    ]
    rules = ruleset(tmp_path, across=False, where=["pair.shared_places"], examples=examples)
    promises = tuple(
        CommitmentFacts(id=each, instrument=each, places=frozenset({"lake"}), document=each) for each in ("LDN", "NDC")
    )
    (finding,) = evaluate(rules, fact_base(promises)).findings
    assert finding.other_dossier is None
    assert "other_dossier" not in finding.model_dump_json()


def test_what_a_rule_across_dossiers_cannot_say_is_told(tmp_path: Path) -> None:
    faults = ruleset(tmp_path, within="instrument", where=["dossier.commitments > 3"]).faults
    told = [each.what for each in faults]
    assert "'within' has no meaning with 'across'" in told
    assert "'dossier' is not available in this scope" in told
    whats = [each.what for each in ruleset(tmp_path, scope="commitment").faults]
    assert "'across' has no meaning in scope commitment" in whats
