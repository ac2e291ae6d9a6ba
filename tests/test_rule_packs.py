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


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("dunes/OVL-900.yaml", "no rules are read from dunes/; move it to mine/overlap/"),
        ("Overlap/OVL-900.yaml", "no rules are read from Overlap/; move it to mine/overlap/"),
        ("overlap/north/OVL-900.yaml", "no rules are read from overlap/north/; move it to mine/overlap/"),
        ("frameworks/OVL-900.yaml", "no rules are read from frameworks/; move it to mine/overlap/"),
    ],
)
def test_a_rule_where_nobody_looks_is_told_with_the_place_to_move_it_to(
    tmp_path: Path, place: str, expected: str
) -> None:
    folder = written(pack(tmp_path / "mine", FIRST, OTHER), RULE, place)
    ruleset = load_rules([folder])
    assert [told(fault, folder) for fault in ruleset.faults] == [f"{place}: {expected}"]
    assert [rule.id for rule in ruleset.rules] == ["OVL-901"]


def test_a_file_that_tells_no_kind_is_to_go_to_the_folder_of_its_kind_and_hidden_folders_are_let_be(
    tmp_path: Path,
) -> None:
    folder = written(written(pack(tmp_path / "mine", FIRST, OTHER), "a: [", "x/y/z.yml"), "a: 1", ".github/ci.yaml")
    (fault,) = load_rules([folder]).faults
    assert fault.remedy == "move it to the folder of its kind: overlap, synergy, conflict, gap, quality"


def test_a_pack_within_a_pack_is_told_once_as_a_folder_to_name(tmp_path: Path) -> None:
    inner = pack(tmp_path / "packs", "") / "north"
    pack(inner, FIRST, RULE, OTHER)
    (fault,) = load_rules([tmp_path / "packs"]).faults
    assert str(fault) == f"{inner}: a pack within the pack: none of its files is read; give --rules {inner}"


def test_a_folder_that_holds_nothing_is_told_and_one_that_only_turns_off_is_not(tmp_path: Path) -> None:
    text = FIRST + "disable:\n- {rule: OVL-900, reason: Decided.}\n"
    first, off, empty = pack(tmp_path / "1", FIRST, RULE), pack(tmp_path / "2", text), pack(tmp_path / "3", FIRST)
    ruleset = load_rules([first, off, empty])
    assert (ruleset.faults, ruleset.empty) == ((), (str(empty),))


def test_a_pack_withdraws_no_rule_of_another(tmp_path: Path) -> None:
    first, second = pack(tmp_path / "1", FIRST, RULE), pack(tmp_path / "2", "")
    withdrawn = RULE.replace("1.2.0", "2.0.0").replace("experimental", "deprecated").replace("stable", "deprecated")
    written(second, withdrawn, "deprecated/OVL-900.yaml")
    ruleset = load_rules([first, second])
    (fault,) = ruleset.faults
    assert told(fault, second) == (
        "deprecated/OVL-900.yaml: a pack cannot withdraw OVL-900 of pack First; "
        "remove this file; turn the rule off in pack.yaml, with a reason"
    )
    assert [rule.version for rule in ruleset.rules] == ["1.2.0"]
    assert ruleset.packs[1].replaces == ()


def test_a_rule_that_another_pack_turns_off_is_not_told_as_replaced(tmp_path: Path) -> None:
    first = pack(tmp_path / "1", FIRST, RULE)
    second = pack(tmp_path / "2", "", RULE.replace("1.2.0", "2.0.0"))
    third = pack(tmp_path / "3", FIRST + "disable:\n- {rule: OVL-900, reason: Decided.}\n")
    ruleset = load_rules([first, second, third])
    assert [(each.replaces, len(each.disables)) for each in ruleset.packs] == [((), 0), ((), 0), ((), 1)]


def test_a_rule_turned_off_twice_is_a_fault(tmp_path: Path) -> None:
    text = FIRST + "disable:\n- {rule: OVL-900, reason: x}\n- {rule: OVL-900, reason: y}\n"
    folder = pack(tmp_path / "mine", text, RULE)
    ruleset = load_rules([folder])
    assert [told(fault, folder) for fault in ruleset.faults] == [
        "pack.yaml:5:10: 'OVL-900' is turned off twice; keep one entry, with the reason that holds"
    ]
    assert [each.reason for each in ruleset.packs[0].disables] == ["x"]


def test_two_packs_without_a_usable_rule_stay_two_and_their_hashes_differ(tmp_path: Path) -> None:
    first, second = pack(tmp_path / "1", "", "id: OVL-900\n"), pack(tmp_path / "2", "", "id: OVL-901\n")
    packs = load_rules([first, second, first]).packs
    assert [each.name for each in packs] == ["1", "2"]
    assert packs[0].hash != packs[1].hash


@pytest.mark.parametrize(("version", "listed"), [("99.0.0", ["REC-001"]), ("0.0.1", []), ("soon", [])])
def test_a_replaced_recommendation_is_listed_with_the_pack(tmp_path: Path, version: str, listed: list[str]) -> None:
    text = (rules_dir() / "recommendation" / "REC-001.yaml").read_text(encoding="utf-8")
    former = text.split("version: ")[1].split()[0]
    own = pack(tmp_path / "1", FIRST) / "recommendation"
    own.mkdir()
    (own / "REC-001.yaml").write_text(text.replace(f"version: {former}", f"version: {version}", 1), encoding="utf-8")
    replaced = load_rules([rules_dir(), tmp_path / "1"]).packs[1].replaces
    assert [each.rule for each in replaced] == listed
    assert [(each.former_version, each.former_pack) for each in replaced] == [(former, "coherence")] * len(listed)
