"""A hostile rule pack ends in a clear message; it takes neither the machine nor the assessment with it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import packs
import pytest

from coherence.engine import Evaluation, Limits, evaluate
from coherence.errors import RuleError
from coherence.fact_models import CommitmentFacts, DossierFacts, FactBase
from coherence.recommendation_patterns import load_patterns
from coherence.ruleset import load_rules

_MESSAGES: dict[str, str] = json.loads(Path(packs.__file__).with_name("messages.json").read_text(encoding="utf-8"))
_ALLOWED_SECONDS = 120
"""For all packs together, on a busy machine; each takes a small part of a second."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Load all packs in a process of its own: a crash or a hang there is seen here."""
    command = [sys.executable, packs.__file__, str(tmp_path_factory.mktemp("packs"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_ALLOWED_SECONDS, check=False)
    assert done.returncode == 0, f"after {done.stdout.splitlines()[-1:]}: {done.stderr[-500:]}"
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("name", packs.PACKS)
def test_a_hostile_pack_ends_in_a_clear_message(told: dict[str, list[str]], name: str) -> None:
    expected = _MESSAGES[name]
    assert told[name], "the pack was taken for a good one"
    assert any(expected in fault for fault in told[name]), told[name][:3]
    assert all("OVL-900.yaml" in fault and len(fault) < 1_000 for fault in told[name])


def test_thousands_of_rules_are_not_read(told: dict[str, list[str]]) -> None:
    (fault,) = told["thousands of rules"]
    expected = "the folder holds 2,500 rule files, more than 2,000; none was read; give folders with fewer rules"
    assert fault.endswith(expected)


def evaluated(tmp_path: Path, condition: str, *promises: CommitmentFacts, **changes: Any) -> Evaluation:
    (tmp_path / "OVL-900.yaml").write_text(packs.rule(where=[condition], **changes), encoding="utf-8")
    ruleset = load_rules([tmp_path])
    assert [each.what for each in ruleset.faults] == []
    given = tuple(replace(each, id=f"c{n}", document=f"{each.instrument}.pdf") for n, each in enumerate(promises))
    return evaluate(ruleset, FactBase(given, (), DossierFacts()), limits=Limits(findings=10))


def test_a_pattern_that_hangs_others_is_matched_in_time(tmp_path: Path) -> None:
    text = "a" * 100_000 + "b"
    one = CommitmentFacts(instrument="NDC", action=text)
    condition = 'a.action =~~ "^(a|aa)+$" or b.action =~~ "^(a|a?)+$"'
    found = evaluated(tmp_path, condition, one, replace(one, instrument="LDN"))
    assert (found.findings, found.notices) == ((), ())


def test_a_division_by_zero_among_facts_never_matches(tmp_path: Path) -> None:
    zero = CommitmentFacts(instrument="NDC", value=0.0, area_ha=1.0)
    found = evaluated(
        tmp_path, "a.area_ha / b.value > 0 or a.value % b.value > 0", zero, replace(zero, instrument="LDN")
    )
    assert (found.findings, found.notices) == ((), ())


def test_numbers_beyond_floats_are_compared_exactly(tmp_path: Path) -> None:
    large = CommitmentFacts(instrument="NDC", value=1e300)
    condition = "a.value * a.value * b.value > a.value * a.value and a.value * b.value == b.value * a.value"
    assert len(evaluated(tmp_path, condition, large, replace(large, instrument="LDN")).findings) == 1


def test_gigantic_sets_of_facts_are_joined(tmp_path: Path) -> None:
    places = frozenset(f"p{n}" for n in range(100_000))
    promises = [CommitmentFacts(instrument=each, places=places) for each in ("NDC", "LDN", "NAP")]
    text = dict.fromkeys(("en", "fr", "es"), "x")
    found = evaluated(tmp_path, "pair.shared_places", *promises, explain=text)
    assert len(found.findings) == 3


def test_a_rule_that_would_find_without_end_is_cut_short_and_named(tmp_path: Path) -> None:
    promises = [CommitmentFacts(instrument=("NDC", "LDN")[n % 2]) for n in range(400)]
    found = evaluated(tmp_path, "a.confidence > 0", *promises)
    assert len(found.findings) == 10
    assert [each.message for each in found.notices] == ["rule.too_many_findings"]


def test_what_a_rule_shows_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    hostile = CommitmentFacts(instrument="NDC", themes=frozenset({"waste"}), quantity="{b.__class__} {{7*7}} %s ${x}")
    found = evaluated(tmp_path, "a.quantified or pair.shared_themes", hostile, replace(hostile, instrument="LDN"))
    assert found.findings[0].explanation == "{b.__class__} {{7*7}} %s ${x}"


def test_a_recommendation_cannot_reach_objects(tmp_path: Path) -> None:
    (tmp_path / "recommendation").mkdir()
    shipped = Path(packs.__file__).parents[2] / "rules" / "recommendation" / "REC-001.yaml"
    text = shipped.read_text(encoding="utf-8")
    assert "{" in text
    (tmp_path / "recommendation" / "REC-001.yaml").write_text(text.replace("{", "{__class__.", 1), encoding="utf-8")
    with pytest.raises(RuleError, match="__class__"):
        load_patterns([tmp_path])
