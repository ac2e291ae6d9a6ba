"""Rule packs: what they add, replace and turn off, and that the report tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_ruleset import RULE, written

from coherence.resources import rules_dir
from coherence.rule_packs import PACK
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.errors import Fault


def pack(folder: Path, text: str = "", *rules: str) -> Path:
    folder.mkdir()
    if text:
        (folder / PACK).write_text(text, encoding="utf-8")
    for rule in rules:
        written(folder, rule, f"{rule.split()[1]}.yaml")
    return folder


def told(fault: Fault, folder: Path) -> str:
    return str(fault).removeprefix(f"{folder}/")


FIRST = "name: First\nversion: 1.0.0\n"
OTHER = RULE.replace("OVL-900", "OVL-901")


def test_the_shipped_rules_are_a_pack_with_a_version() -> None:
    (shipped,) = load_rules().packs
    assert (shipped.name, shipped.rules) == ("coherence", len(load_rules().rules))
    assert shipped.version
    assert shipped.hash != load_rules().hash


def test_a_folder_without_pack_yaml_goes_by_its_name(tmp_path: Path) -> None:
    (found,) = load_rules([pack(tmp_path / "mine", "", RULE)]).packs
    assert (found.name, found.version, found.rules) == ("mine", None, 1)


def test_a_later_pack_adds_and_replaces_and_says_so(tmp_path: Path) -> None:
    first = pack(tmp_path / "1", FIRST, RULE, OTHER)
    second = pack(tmp_path / "2", "name: Second\nversion: 3.1.0\n", RULE.replace("1.2.0", "1.10.0"))
    ruleset = load_rules([first, second])
    assert ruleset.faults == ()
    assert {rule.id: (rule.version, rule.pack) for rule in ruleset.rules} == {
        "OVL-900": ("1.10.0", "Second"),
        "OVL-901": ("1.2.0", "First"),
    }
    (new,) = ruleset.packs[1].replaces
    assert (new.rule, new.version, new.former_version, new.former_pack) == ("OVL-900", "1.10.0", "1.2.0", "First")
    assert [each.rules for each in ruleset.packs] == [1, 1]


@pytest.mark.parametrize("version", ["1.2.0", "1.1.9"])
def test_a_replacement_must_raise_the_version(tmp_path: Path, version: str) -> None:
    first = pack(tmp_path / "1", FIRST, RULE)
    second = pack(tmp_path / "2", "", RULE.replace("1.2.0", version).replace("medium", "low"))
    ruleset = load_rules([first, second])
    (fault,) = ruleset.faults
    assert told(fault, second) == (
        f"OVL-900.yaml:2:10: version {version} of OVL-900 cannot replace version 1.2.0 of pack First; "
        "raise it above 1.2.0, or give the rule an id of its own"
    )
    assert ruleset.rule("OVL-900").severities == (("medium", None),)


def test_the_same_rule_twice_is_no_replacement(tmp_path: Path) -> None:
    first, second = pack(tmp_path / "1", FIRST, RULE), pack(tmp_path / "2", "name: B\nversion: 1.0.0\n", RULE + "# x\n")
    ruleset = load_rules([first, second, first])
    assert (ruleset.faults, ruleset.packs[1].replaces) == ((), ())
    assert [each.name for each in ruleset.packs] == ["First", "B"]


def test_a_pack_turns_rules_off_with_a_reason(tmp_path: Path) -> None:
    first = pack(tmp_path / "1", FIRST, RULE, OTHER)
    text = "name: B\nversion: 1.0.0\ndisable:\n  - {rule: OVL-901, reason: Decided by the working group.}\n"
    second = pack(tmp_path / "2", text, RULE.replace("1.2.0", "2.0.0"))
    ruleset = load_rules([first, second])
    assert [rule.id for rule in ruleset.rules] == ["OVL-900"]
    (off,) = ruleset.packs[1].disables
    assert (off.rule, off.reason) == ("OVL-901", "Decided by the working group.")
    assert ruleset.hash != load_rules([first]).hash


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: A\n", "pack.yaml:1:1: 'version' is missing; add 'version'"),
        (
            FIRST + "disabel: []\n",
            "pack.yaml:3:1: unknown key 'disabel'; did you mean 'disable'?",
        ),
        (
            FIRST + "disable:\n- {rule: OVL-9OO, reason: x}\n",
            "pack.yaml:4:10: rule 'OVL-9OO' does not have the right form; write the id of a rule, as OVL-001",
        ),
        (
            FIRST + "disable:\n- {rule: OVL-909, reason: x}\n",
            "pack.yaml:4:10: unknown rule 'OVL-909'; did you mean 'OVL-900'?",
        ),
        (FIRST + "disable:\n- {rule: OVL-900}\n", "pack.yaml:4:3: 'reason' is missing in 'disable'; add 'reason'"),
        (
            "name: {\n",
            "pack.yaml:2:1: not valid YAML: did not find expected node content; correct this line or the one above it",
        ),
    ],
)
def test_faults_of_a_pack_are_told_and_its_rules_still_run(tmp_path: Path, text: str, expected: str) -> None:
    folder = pack(tmp_path / "mine", text, RULE)
    ruleset = load_rules([folder])
    assert [told(fault, folder) for fault in ruleset.faults] == [expected]
    assert [rule.id for rule in ruleset.rules] == ["OVL-900"]


def test_a_pack_yaml_of_endless_length_ends_in_a_message(tmp_path: Path) -> None:
    folder = pack(tmp_path / "mine", FIRST + f"description: {'x' * 200_000}\n", RULE)
    (fault,) = load_rules([folder]).faults
    assert told(fault, folder) == "pack.yaml: file is larger than 100,000 bytes; split it into several files"


def test_the_hash_of_a_pack_is_of_content_not_of_layout_and_covers_recommendations(tmp_path: Path) -> None:
    first, second = pack(tmp_path / "1", FIRST, RULE), pack(tmp_path / "2", FIRST + "# x\n", RULE)
    assert load_rules([first]).packs[0].hash == load_rules([second]).packs[0].hash
    (second / "recommendation").mkdir()
    shipped = (rules_dir() / "recommendation" / "REC-001.yaml").read_text(encoding="utf-8")
    (second / "recommendation" / "REC-901.yaml").write_text(shipped.replace("REC-001", "REC-901"), encoding="utf-8")
    assert load_rules([first]).packs[0].hash != load_rules([second]).packs[0].hash
