"""The commands about rules as a policy officer meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import rules_runner

from coherence.frameworks import labels_text
from coherence.recommendation_patterns import load_patterns
from coherence.resources import rules_dir
from coherence.rulebook.catalogue import render_catalogue
from coherence.rulebook.coverage_page import render_coverage
from coherence.rulebook.page import rule_page
from coherence.rulebook.scaffold import FIRST_OWN_NUMBER
from coherence.ruleset import load_rules
from coherence.vocabulary import REPORT_LANGUAGES, SOURCE_LANGUAGES, term_list

if TYPE_CHECKING:
    from command_line import Run

ROOT = Path(__file__).parents[1]
INVALID = ROOT / "tests" / "rules_invalid"
KINDS = ("overlap", "synergy", "conflict", "gap", "quality")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return rules_runner(monkeypatch, capsys)


def test_check_tells_every_fault_of_every_file_in_order_and_how_many(run: Run) -> None:
    done = run("check", INVALID)
    assert (done.status, done.out) == (2, "")
    *faults, summary = done.err.replace(f"{INVALID}/", "").splitlines()
    told = [path.read_text(encoding="utf-8").splitlines()[1][2:] for path in INVALID.rglob("*.y*ml")]
    expected = sorted(each for each in told if each != "no fault")
    assert sorted(faults) == expected
    assert [each.split(":")[0] for each in faults] == sorted(each.split(":")[0] for each in faults)
    assert re.fullmatch(rf"{len(expected)} faults in {len(expected)} files; \d+ rules can be used\.", summary)


def test_show_answers_and_tells_what_could_not_be_read(run: Run) -> None:
    done = run("show", "OVL-001", "--rules", INVALID)
    assert done.status == 4
    assert "OVL-001" in done.out
    assert "BAD-001.yaml" in done.err


def test_check_takes_single_files_and_says_how_much_was_checked(run: Run) -> None:
    assert run("check", INVALID / "BAD-001.yaml").err.count("\n") == 2
    assert re.match(r"\d+ rules, \d+ examples: no faults\.", run("check").out)
    assert run("check", rules_dir()).status == 0


def test_a_failing_example_is_shown_with_the_value_of_each_condition(run: Run) -> None:
    done = run("test", INVALID / "BAD-032.yaml")
    assert done.status == 2
    assert re.search(r"fails +a\.area_ha is known\n +a\.area_ha = unknown", done.out)
    assert re.search(r"holds +pair\.shared_themes\n +pair\.shared_themes = \{agroforestry\}", done.out)
    assert "a  {instrument: NDC, themes: [agroforestry], count: 10}" in done.out
    assert done.out.endswith("1 rule, 2 examples: 1 failed.\n")


def test_failing_examples_are_told_to_programs_too(run: Run) -> None:
    passed, failed = sorted(json.loads(run("test", INVALID / "BAD-032.yaml", "--format", "json").out),
                            key=lambda each: not each["passed"])  # fmt: skip
    assert (passed["passed"], passed["candidates"]) == (True, [])
    assert [each["verdict"] for each in failed["candidates"][0]["conditions"]] == ["holds", "fails", "holds"]


def test_examples_of_chosen_rules_pass(run: Run) -> None:
    assert run("test", "GAP").out == run("test", rules_dir() / "gap").out
    assert run("test", "OVL-001").status == 0


@pytest.mark.parametrize("command", ["test", "show"])
def test_an_unknown_rule_is_told_with_the_likeliest_meaning(run: Run, command: str) -> None:
    done = run(command, "OLV-001")
    assert done.status == 2
    assert done.err == "OLV-001: no rule and no file of this name; did you mean 'OVL-001'?\n"


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_every_rule_can_be_read_in_every_report_language(language: str) -> None:
    patterns = load_patterns()
    for rule in load_rules().rules:
        page = rule_page(rule, language, patterns)  # type: ignore[arg-type]
        keys = [section.key for section in page.sections]
        assert {"looks_at", "fires_when", "severity", "explanation", "recommendation", "basis", "examples"} <= {*keys}
        assert all(entry.text or entry.code for section in page.sections for entry in section.entries)


def test_show_prints_conditions_reasons_and_examples(run: Run) -> None:
    spec = load_rules().rule("CFL-003").spec
    for language in REPORT_LANGUAGES:
        shown = run("show", "CFL-003", "--language", language).out
        flat = " ".join(shown.split())
        assert labels_text(spec.title, language) in flat
        assert all(each.if_ in shown for each in spec.where)
        assert all(labels_text(each.because, language) in flat for each in spec.where if each.because)
        assert labels_text(spec.explain, language) in flat


def test_show_gives_programs_the_rule_as_its_file_has_it(run: Run) -> None:
    (data,) = json.loads(run("show", "GAP-002", "--format", "json").out)
    assert data["file"] == "gap/GAP-002.yaml"
    assert data["rule"]["counterpart_in"] == ["LDN"]
    assert [each["if"] for each in data["rule"]["where"]] == [
        each["code"] for each in data["page"]["sections"]["fires_when"]
    ]


def test_list_can_be_narrowed_and_read_by_programs(run: Run) -> None:
    listed = json.loads(run("list", "--kind", "gap", "--format", "json").out)
    assert {each["kind"] for each in listed} == {"gap"}
    assert set(listed[0]) == {"id", "version", "kind", "scope", "status", "title"}


def test_the_catalogue_is_current() -> None:
    """Run ``coherence rules doc`` after changing a rule."""
    text = render_catalogue(load_rules().rules, load_patterns())
    assert (ROOT / "docs/reference/rules.md").read_text(encoding="utf-8") == text
    assert all(f"\n### {rule.id}\n" in text for rule in load_rules().rules)


def test_the_page_of_what_the_rules_cover_is_current() -> None:
    """Run ``coherence rules doc`` after changing a rule."""
    page = (ROOT / "docs/reference/coverage.md").read_text(encoding="utf-8")
    assert page == render_coverage(load_rules())


def test_doc_writes_once_and_tells_when_it_is_out_of_date(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rules.md"
    assert "not what the rules say now" in run("doc", file, "--check").err
    assert not file.exists()
    assert run("doc", file).status == 0
    assert run("doc", file, "--check").out.count("rules, current\n") == 2
    for page in (file, tmp_path / "coverage.md"):
        page.write_text("old", encoding="utf-8")
        done = run("doc", file, "--check")
        assert (done.status, str(page) in done.err) == (2, True)
        run("doc", file)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_rule_passes_the_check_at_once(run: Run, tmp_path: Path, kind: str) -> None:
    title = 'Two "plans": one field #1'
    made = [run("new", kind, title, "--dir", tmp_path / "mine") for _ in range(2)]
    assert [each.status for each in made] == [0, 0]
    paths = sorted((tmp_path / "mine" / kind).iterdir())
    assert [int(path.stem[-3:]) for path in paths] == [FIRST_OWN_NUMBER, FIRST_OWN_NUMBER + 1]
    assert made[0].out.startswith(str(paths[0]))
    checked = run("check", tmp_path / "mine")
    assert checked.status == 0, checked.err
    ruleset = load_rules([tmp_path / "mine"])
    assert {rule.spec.title.en for rule in ruleset.rules} == {title}
    assert "to fill in" in paths[0].read_text(encoding="utf-8")


def test_new_ids_pass_by_those_that_are_taken_whatever_their_state(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deprecated").mkdir()
    (tmp_path / "deprecated" / "GAP-930.yaml").write_text("faulty", encoding="utf-8")
    assert "GAP-931.yaml" in run("new", "gap", "Title", "--dir", tmp_path).out
    (tmp_path / "gap" / "GAP-999.yaml").write_text("faulty", encoding="utf-8")
    done = run("new", "gap", "Title", "--dir", tmp_path)
    assert (done.status, "are taken" in done.err) == (2, True)


def test_shipped_rules_stay_below_the_ids_of_packs() -> None:
    assert all(int(rule.id[-3:]) < FIRST_OWN_NUMBER for rule in load_rules().rules)


def test_no_text_around_rules_is_unused() -> None:
    package = ROOT / "coherence"
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (*package.glob("cli_*.py"), *package.glob("rulebook/*.py"))
    )
    named = set(re.findall(r"[\"']([a-z_]+)[\"']", source))
    put_together = ("scope_", "status_", "limit_", "group_")
    assert [key for key in term_list("rule_texts") if key not in named and not key.startswith(put_together)] == []


def test_texts_around_rules_stand_in_every_language_with_the_same_placeholders() -> None:
    for key, texts in term_list("rule_texts").items():
        assert set(texts) == set(SOURCE_LANGUAGES), key
        assert len({tuple(sorted(re.findall(r"\{\w+\}", text))) for text in texts.values()}) == 1, key
