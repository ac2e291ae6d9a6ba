"""Rule files: every fault told with its place and remedy; good rules survive bad ones; later folders win."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coherence.engine import check_examples, evaluate
from coherence.fact_models import FACTS, DossierFacts, FactBase
from coherence.resources import rules_dir
from coherence.rule_functions import FUNCTIONS
from coherence.ruleset import load_rules, rule_record
from coherence.strict_yaml import load_plain

if TYPE_CHECKING:
    from coherence.errors import Fault

INVALID = Path(__file__).parent / "rules_invalid"
MANUAL = Path(__file__).parents[1] / "docs" / "reference" / "rule-language.md"

RULE = """\
id: OVL-900
version: 1.2.0
title: {en: Two areas, fr: Deux surfaces, es: Dos superficies}
status: stable
kind: overlap
severity: medium
scope: pair
where:
  - a.area_ha is known
  - pair.shared_themes
score: 2
confidence: 0.8
explain: {en: "{a.quantity}", fr: "{a.quantity}", es: "{a.quantity}"}
examples:
  - fires: true
    a: {instrument: NDC, themes: [agroforestry], area_ha: 10}
    b: {instrument: LDN, themes: [agroforestry]}
  - {fires: false, a: {instrument: NDC}, b: {instrument: LDN}}
"""


def written(folder: Path, text: str = RULE, name: str = "overlap/OVL-900.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_only_overlaps_say_how_the_two_stand(tmp_path: Path) -> None:
    text = RULE.replace("kind: overlap", "kind: synergy").replace("score: 2", "score: 2\nrelation: nested")
    faults = load_rules((written(tmp_path, text, "synergy/OVL-900.yaml"),)).faults
    assert [fault.what for fault in faults] == ["rules of kind synergy have no relation"]


def test_only_rules_over_pairs_yield(tmp_path: Path) -> None:
    quality = {"kind: overlap": "kind: quality", "scope: pair": "scope: commitment", "  - pair.shared_themes\n": "",
               "score: 2": "missing: {element: place}\nyields: true"}  # fmt: skip
    text = RULE
    for old, new in quality.items():
        text = text.replace(old, new)
    text = text.replace("OVL-900", "QLT-900").split("examples:")[0] + (
        "examples:\n  - {fires: true, a: {area_ha: 10}}\n  - {fires: false}\n"
    )
    faults = load_rules((written(tmp_path, text, "quality/QLT-900.yaml"),)).faults
    assert [fault.what for fault in faults] == ["'yields' has no meaning in scope commitment"]


def test_the_last_relation_goes_without_a_condition(tmp_path: Path) -> None:
    text = RULE.replace("score: 2", "score: 2\nrelation: [{value: nested, when: a.gender}]")
    faults = load_rules((written(tmp_path, text),)).faults
    assert [fault.what for fault in faults] == ["the last relation must stand without 'when'"]


def without_folder(fault: Fault) -> str:
    return str(fault).replace(f"{INVALID}/", "")


@pytest.fixture(scope="module")
def faults_of_invalid() -> dict[str, list[str]]:
    """Return what is told of each file of rules_invalid, examples included."""
    ruleset = load_rules([INVALID])
    told: dict[str, list[str]] = {}
    for fault in (*ruleset.faults, *check_examples(ruleset)):
        told.setdefault(fault.location.path, []).append(without_folder(fault))
    return told


@pytest.mark.parametrize("path", sorted(INVALID.rglob("*.y*ml")), ids=lambda path: path.stem)
def test_each_fault_is_told_with_place_and_remedy(path: Path, faults_of_invalid: dict[str, list[str]]) -> None:
    """The second line of each file says what is told of it."""
    expected = path.read_text(encoding="utf-8").splitlines()[1].removeprefix("# ")
    assert faults_of_invalid.get(str(path), ["no fault"]) == [expected]


def test_one_faulty_file_for_each_kind_of_fault(faults_of_invalid: dict[str, list[str]]) -> None:
    assert len(faults_of_invalid) >= 50
    headings = [path.read_text(encoding="utf-8").splitlines()[0] for path in INVALID.rglob("*.y*ml")]
    assert len(set(headings)) == len(headings)
    # Two rules are without fault but for an example that does not go as they say.
    assert {rule.id for rule in load_rules([INVALID]).rules} == {"BAD-032", "BAD-033"}


def test_all_faults_of_one_file_are_told_at_once(tmp_path: Path) -> None:
    text = (
        RULE.replace("a.area_ha is known", "a.area is known")
        .replace("score: 2", "score: -2")
        .replace("{a.quantity}", "{a.q}")
    )
    faults = load_rules([written(tmp_path, text)]).faults
    assert [fault.location.line for fault in faults] == [9, 11, 13, 13, 13]


def test_a_faulty_rule_keeps_no_other_from_running(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, RULE.replace("OVL-900", "OVL-901").replace("score: 2", "score: 9"), "overlap/OVL-901.yaml")
    ruleset = load_rules([tmp_path])
    assert [rule.id for rule in ruleset.rules] == ["OVL-900"]
    assert len(ruleset.faults) == 1


def test_a_place_within_a_folded_or_quoted_condition_is_exact(tmp_path: Path) -> None:
    text = RULE.replace("  - a.area_ha is known", '  - "a.gender and a.wrong"\n  - >-\n    a.gender and a.wrong')
    faults = load_rules([written(tmp_path, text)]).faults
    assert [(fault.location.line, fault.location.column) for fault in faults] == [(9, 21), (11, 20)]


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("conflict/OVL-900.yaml", RULE, "kind 'overlap' in folder conflict/"),
        ("deprecated/OVL-900.yaml", RULE, "status 'stable' in folder deprecated/"),
        ("overlap/OVL-900.yaml", RULE.replace("stable", "deprecated"), "status 'deprecated' in folder overlap/"),
        ("overlap/OVL-902.yaml", RULE, "id 'OVL-900' in file OVL-902.yaml"),
        ("overlap/OVL-900.yml", RULE, "rule files end in .yaml"),
        ("overlap/OVL-900.yaml", "- just\n- a list\n", "a rule is a mapping"),
        ("overlap/OVL-900.yaml", "", "a rule is a mapping"),
        ("overlap/OVL-900.yaml", "id: [", "not valid YAML"),
    ],
)
def test_a_rule_stands_where_its_content_says(tmp_path: Path, name: str, text: str, what: str) -> None:
    ruleset = load_rules([written(tmp_path, text, name)])
    assert ruleset.rules == ()
    assert what in ruleset.faults[0].what


def test_an_id_is_never_used_twice_in_one_folder(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, RULE.replace("stable", "deprecated"), "deprecated/OVL-900.yaml")
    assert "is taken by" in load_rules([tmp_path]).faults[0].what


def test_a_later_folder_replaces_a_rule_and_changes_the_hash(tmp_path: Path) -> None:
    first, second = written(tmp_path / "1"), written(tmp_path / "2", RULE.replace("1.2.0", "2.0.0"))
    assert [rule.version for rule in load_rules([first, second]).rules] == ["2.0.0"]
    assert load_rules([first, second]).hash == load_rules([second]).hash != load_rules([first]).hash


def test_the_hash_is_of_content_not_of_layout(tmp_path: Path) -> None:
    plain = written(tmp_path / "1")
    moved = written(
        tmp_path / "2", "# a remark\n" + RULE.replace("version: 1.2.0\n", "") + "version: '1.2.0'\n", "OVL-900.yaml"
    )
    assert load_rules([plain]).hash == load_rules([moved]).hash


def test_deprecated_rules_do_not_run(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, RULE.replace("OVL-900", "OVL-901").replace("stable", "deprecated"), "deprecated/OVL-901.yaml")
    assert [rule.id for rule in load_rules([tmp_path]).rules] == ["OVL-900"]


def test_a_rule_names_itself_in_the_language_of_the_report(tmp_path: Path) -> None:
    record = rule_record(load_rules([written(tmp_path)]).rule("OVL-900"), "fr")
    assert record.title == "Deux surfaces"
    assert record.file == "overlap/OVL-900.yaml"


def test_rules_can_be_loaded_from_a_copy_of_the_shipped_folder(tmp_path: Path) -> None:
    shutil.copytree(rules_dir(), tmp_path / "rules")
    assert load_rules([tmp_path / "rules"]).hash == load_rules().hash


def test_the_manual_lists_every_fact_with_its_description() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    for root, specs in FACTS.items():
        for spec in specs.values():
            if root != "b" and not spec.shown_only:
                kind = f"{spec.kind}, may be unknown" if spec.nullable else spec.kind
                assert f"| `{root}.{spec.name}` | {kind} | {spec.description} |" in text
            if root != "b" and spec.shown_only:
                assert f"`{root}.{spec.name}`" in text


def test_the_manual_lists_every_function() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    for each in FUNCTIONS.values():
        kind = f"{each.kind}, may be unknown" if each.nullable else each.kind
        assert f"| `{each.form}` | {kind} | {each.description} |" in text
    table = text.split("| function | gives | meaning |")[1].split("\n\n")[0]
    assert len(table.splitlines()) == 2 + len(FUNCTIONS)


def test_the_rule_of_the_manual_has_no_fault_and_passes_its_examples(tmp_path: Path) -> None:
    shown = re.search(r"```yaml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    ruleset = load_rules([written(tmp_path, shown.group(1))])
    assert (ruleset.faults, check_examples(ruleset)) == ((), ())
    assert len(ruleset.rules) == 1


VALUES = (
    "null",
    "true",
    "3",
    "-1.5",
    "[]",
    "{}",
    "[1, {a: 2}]",
    "{if: 3}",
    "text",
    '"{"',
    "2030-01-01",
    "[[[[]]]]",
    "{en: 1}",
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_file_whatever_it_holds_stops_the_loading(data: st.DataObject) -> None:
    lines = RULE.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(("value", "drop", "double", "insert")))
        key = lines[index].split(":")[0]
        replaced = {
            "value": [f"{key}: {data.draw(st.sampled_from(VALUES))}"],
            "drop": [],
            "double": [lines[index]] * 2,
            "insert": [lines[index] + data.draw(st.text(max_size=5))],
        }
        lines[index : index + 1] = replaced[change]
        lines = lines or [""]
    with tempfile.TemporaryDirectory() as folder:
        good = RULE.replace("OVL-900", "OVL-901")
        written(Path(folder), good, "overlap/OVL-901.yaml")
        ruleset = load_rules([written(Path(folder), "\n".join(lines))])
        assert "OVL-901" in {rule.id for rule in ruleset.rules}
        assert {rule.id for rule in ruleset.rules} == {"OVL-900", "OVL-901"} or ruleset.faults
        evaluate(ruleset, FactBase((), (), DossierFacts()))
        check_examples(ruleset)


def test_numbers_truth_values_and_country_codes_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text("[1, 0.5, true, null, NO, on, '1', \"true\"]", encoding="utf-8")
    assert load_plain(path) == [1, 0.5, True, None, "NO", "on", "1", "true"]


def test_five_faults_of_one_file_are_told_at_once_those_of_conditions_among_them(tmp_path: Path) -> None:
    (tmp_path / "overlap").mkdir()
    lines = (
        "id: OVL-900", "version: 1.0", "kind: overlapp", "scope: pair", "severty: high", "where:",
        '  - a.instrment == "LDN"', '  - {if: a.area_ha > "x"}',
    )  # fmt: skip
    (tmp_path / "overlap" / "OVL-900.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = [str(fault) for fault in load_rules([tmp_path]).faults]
    for place, words in (
        (":2:", "version"),
        (":3:", "overlap"),
        (":5:", "severity"),
        (":7:", "instrument"),
        (":8:", "text"),
    ):
        assert any(place in each and words in each for each in told), (place, told)
