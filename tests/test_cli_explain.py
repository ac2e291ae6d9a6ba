"""Why a rule fired, why not, and what no rule covers: the questions of a reviewer, on the example dossier."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_line import rules_runner

from coherence import assess
from coherence.models import SuppressedFinding, Suppression
from coherence.reports import render_json

if TYPE_CHECKING:
    from command_line import Run

    from coherence.models import Report

GHANA = Path(__file__).parents[1] / "corpora" / "ghana"


@pytest.fixture(scope="module")
def report() -> Report:
    return assess(GHANA)


@pytest.fixture
def folder(tmp_path: Path, report: Report) -> Path:
    """Return a folder as ``assess`` leaves it."""
    (tmp_path / "out" / "ghana").mkdir(parents=True)
    (tmp_path / "out" / "ghana" / "report.json").write_text(render_json(report), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    monkeypatch.chdir(folder)
    return rules_runner(monkeypatch, capsys)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_finding_is_explained_by_the_conditions_that_made_it(run: Run, report: Report) -> None:
    quotes = {each.id: " ".join(each.quote.split()) for each in report.commitments}
    for finding in {each.rule: each for each in report.findings}.values():
        answers = json.loads(run("explain", finding.fingerprint, "--format", "json").out)
        told = [each for each in answers if each["finding"] == finding.fingerprint]
        assert any(each["fires"] for each in answers)
        first, *others = finding.commitments or ("",)
        pairs = [{first, other} for other in others] if len(others) > 1 else [set(finding.commitments)]
        assert [set(each["commitments"]) for each in told] == pairs
    pair = next(each for each in report.findings if len(each.commitments) == 2)
    shown = flat(run("explain", pair.fingerprint[:16]).out)
    assert all(quotes[each] in shown for each in pair.commitments)
    assert f"{pair.rule} fires." in shown


def test_a_pair_is_asked_about_in_any_order_and_by_the_beginning_of_ids(run: Run, report: Report) -> None:
    pair = next(each for each in report.findings if len(each.commitments) == 2)
    a, b = pair.commitments
    one, other = (run("explain", pair.rule, *names) for names in ((a, b), (b[2:], a[2:])))
    assert one.out == other.out
    assert pair.fingerprint in one.out
    assert one.err == "Asked about out/ghana/report.json\n"


def test_why_not_shows_the_nearest_first_and_only_what_is_missed(run: Run, report: Report) -> None:
    promise = next(each for each in report.commitments if each.instrument == "LDN" and not each.part_of)
    found = json.loads(run("why-not", "CFL-003", promise.id, "--most", "99", "--format", "json").out)
    missed = [sum(each["verdict"] != "holds" for each in answer["conditions"]) for answer in found]
    assert missed == sorted(missed)
    assert all(promise.id in each["commitments"] and not each["fires"] for each in found)
    shown = run("why-not", "CFL-003", promise.id, "--most", "2").out
    assert re.search(r"^Nearest misses, 2 of \d+$", shown, re.MULTILINE)
    assert "holds  " not in shown
    assert shown.count("CFL-003 does not fire: ") == 2


def test_an_absence_tells_which_counterpart_was_found(run: Run, report: Report) -> None:
    promises = [each for each in report.commitments if each.instrument == "LDN" and not each.part_of]
    told = next(
        answer
        for each in promises
        for answer in json.loads(run("explain", "GAP-001", each.id, "--format", "json").out)
        if answer["prevented_by"]
    )
    asked, other = told["commitments"][0], told["prevented_by"][0]
    quote = next(" ".join(each.quote.split()) for each in report.commitments if each.id == other)
    shown = flat(run("why-not", "GAP-001", asked, "--most", "9").out)
    assert "Counterpart found" in shown
    assert quote in shown
    assert f"{other} is a counterpart." in flat(run("explain", "GAP-001", asked, other).out)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("explain", "OVL-001", "c-"), "ids of the report begin so"),
        (("explain", "OVL-001", "c-zz", "c-"), "c-zz: no commitment of the report has this id"),
        (("explain", "OVL-0", "c-"), "rules begin so: OVL-001, OVL-002, "),
        (("explain", "OVL-001"), "a rule of scope pair looks at two commitments"),
        (("why-not", "OVL-001"), "a rule of scope pair looks at commitments"),
        (("explain", "XYZ-001"), "no rule and no file of this name"),
        (("explain", "GAP-007", "--in", "out"), "folder"),
    ],
)  # fmt: skip
def test_wrong_questions_are_told_with_what_next(run: Run, arguments: tuple[str, ...], expected: str) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert expected in done.err
    assert "Traceback" not in done.err


def test_a_part_of_a_measure_points_to_the_whole(run: Run, report: Report) -> None:
    part = next(each for each in report.commitments if each.part_of)
    done = run("explain", "QLT-001", part.id)
    assert (done.status, f"ask about {part.part_of}" in done.err) == (2, True)


def test_which_report_is_meant_is_never_guessed(run: Run, folder: Path) -> None:
    (folder / "out" / "other").mkdir()
    (folder / "out" / "other" / "report.json").write_text("{}", encoding="utf-8")
    assert "2 reports lie in out/" in run("why-not", "GAP-013").err
    assert "not a report of this version" in run("why-not", "GAP-013", "--in", "out/other").err
    assert run("why-not", "GAP-013", "--in", "out/ghana").status == 0


def test_a_report_made_with_other_rules_is_told(run: Run, folder: Path) -> None:
    assert run("new", "quality", "Title", "--dir", folder / "mine").status == 0
    done = run("explain", "QLT-900", "--rules", folder / "mine")
    assert "made with other rules" in done.err


def test_the_answer_speaks_the_language_asked_for(run: Run, report: Report) -> None:
    pair = next(each for each in report.findings if len(each.commitments) > 1)
    assert "se déclenche" in run("explain", pair.fingerprint, "--language", "fr").out
    assert "se activa" in run("explain", pair.fingerprint, "--language", "es").out


def test_a_finding_that_was_set_aside_is_explained_with_the_decision(run: Run, folder: Path, report: Report) -> None:
    finding = report.findings[0]
    decision = Suppression(where="dossier.yaml:9:5", rule=finding.rule, reason="One programme.", author="A. Mensah",
                           expires=date(2027, 12, 31))  # fmt: skip
    aside = report.model_copy(
        update={
            "findings": report.findings[1:],
            "suppressed": (SuppressedFinding(finding=finding, suppression=decision),),
        }
    )
    (folder / "out" / "ghana" / "report.json").write_text(render_json(aside), encoding="utf-8")
    shown = run("explain", finding.fingerprint).out
    assert "Set aside by A. Mensah until 2027-12-31 (dossier.yaml:9:5): One programme." in shown


def test_coverage_names_the_rules_that_never_fire(run: Run, report: Report) -> None:
    data = json.loads(run("coverage", "out/ghana", "--format", "json").out)
    fired = {each.rule for each in report.findings}
    assert {rule for rule, counts in data["findings"].items() if counts[0]} == fired
    assert set(data["silent"]) == set(data["findings"]) - fired
    occurring = {theme for each in report.commitments for theme in each.themes}
    assert {theme for each in data["uncovered"] for theme in each["themes"]} <= occurring


def test_coverage_without_dossiers_tells_what_no_rule_can_find(run: Run) -> None:
    shown = run("coverage").out
    assert "Never fired" not in shown
    assert re.search(r"gap +NDC with NBSAP +enablers: all themes", shown)


def test_a_finding_on_a_document_is_explained_on_that_document_alone(run: Run, folder: Path) -> None:
    (folder / "d").mkdir()
    entries = []
    for name, instrument in (("a", "NDC"), ("b", "NBSAP")):
        text = f"# Plan {name}\n\nWe will plant 500 ha of mangroves by 2030 in district {name}.\n"
        (folder / "d" / f"{name}.md").write_text(text, encoding="utf-8")
        entries.append(f"- {{file: {name}.md, instrument: {instrument}, year: 2025}}\n")
    text = f"country: GHA\nas_of: 2026-11-30\ndocuments:\n{''.join(entries)}"
    (folder / "d" / "dossier.yaml").write_text(text, encoding="utf-8")
    made = assess(folder / "d")
    found = [each for each in made.findings if each.rule == "GAP-008" or not each.commitments]
    decision = Suppression(where="dossier.yaml:9:5", rule="GAP-008", reason="Annex follows.", author="A. Mensah",
                           expires=date(2027, 12, 31))  # fmt: skip
    aside = tuple(SuppressedFinding(finding=each, suppression=decision) for each in found)
    place = folder / "out" / "ghana" / "report.json"
    place.write_text(render_json(made.model_copy(update={"findings": (), "suppressed": aside})), encoding="utf-8")
    assert len(found) > 1
    instruments = {each.path: each.instrument for each in made.documents}
    for finding in found:
        (answer,) = json.loads(run("explain", finding.fingerprint, "--format", "json").out)
        assert answer["finding"] == finding.fingerprint
        if answer["document"] and finding.missing:
            assert finding.missing.instrument == instruments[answer["document"]]
    assert "Set aside by A. Mensah" in run("explain", found[0].fingerprint).out


def test_one_commitment_twice_and_a_counterpart_that_is_not_looked_for_are_told(run: Run, report: Report) -> None:
    promise = next(each for each in report.commitments if each.instrument == "LDN" and not each.part_of)
    other = next(each for each in report.commitments if each.instrument == "LDN" and each.id != promise.id
                 and not each.part_of)  # fmt: skip
    twice = run("explain", "OVL-001", promise.id, promise.id)
    assert (twice.status, "the same commitment twice; name two different ones" in twice.err) == (2, True)
    elsewhere = run("explain", "GAP-001", promise.id, other.id)
    assert (elsewhere.status, "not in the LDN; name a commitment from there" in elsewhere.err) == (2, True)


def test_four_rules_are_listed_without_dots(run: Run, folder: Path) -> None:
    for number in range(4):
        assert run("new", "quality", f"T{number}", "--dir", folder / "mine").status == 0
    done = run("explain", "QLT-90", "--rules", folder / "mine")
    assert "4 rules begin so: QLT-900, QLT-901, QLT-902, QLT-903; name one of them" in done.err


def test_a_rule_that_is_turned_off_is_told_with_pack_and_reason(run: Run, folder: Path) -> None:
    (folder / "off").mkdir()
    text = "name: Dune group\nversion: 1.0.0\ndisable:\n- {rule: QLT-001, reason: Decided.}\n"
    (folder / "off" / "pack.yaml").write_text(text, encoding="utf-8")
    for question in (("show", "QLT-001"), ("why-not", "QLT-001"), ("test", "QLT-001")):
        done = run(*question, "--rules", folder / "off")
        assert "QLT-001: turned off by pack Dune group: Decided." in done.err
        assert done.status == 2


def test_a_finding_of_a_pack_that_was_not_given_names_the_pack(run: Run, folder: Path, report: Report) -> None:
    first = report.findings[0].model_copy(update={"rule": "OVL-990"})
    rule = report.rules[0].model_copy(update={"id": "OVL-990", "pack": "Dune group"})
    other = report.model_copy(update={"findings": (first,), "rules": (*report.rules, rule)})
    (folder / "out" / "ghana" / "report.json").write_text(render_json(other), encoding="utf-8")
    done = run("explain", first.fingerprint)
    assert "its rule OVL-990 stands in pack Dune group; add --rules with the folder of that pack" in done.err


def test_a_dossier_with_suppressions_can_be_asked_with_a_date(run: Run, folder: Path) -> None:
    (folder / "d").mkdir()
    (folder / "d" / "a.md").write_text("# NDC 2025\n\nWe will plant 500 ha of mangroves by 2030.\n", encoding="utf-8")
    (folder / "d" / "dossier.yaml").write_text(
        "country: GHA\ndocuments:\n- {file: a.md, instrument: NDC, year: 2025}\nsuppressions:\n"
        "- {rule: OVL-001, reason: r, author: A, expires: 2027-12-31}\n", encoding="utf-8",
    )  # fmt: skip
    refused = run("coverage", "d")
    assert (refused.status, "as 'as_of: 2026-11-30', or give --as-of" in refused.err) == (2, True)
    assert run("coverage", "d", "--as-of", "2026-11-30").status == 0
    assert run("why-not", "GAP-007", "--in", "d", "--as-of", "2026-11-30").status == 0
    wrong = run("coverage", "d", "--as-of", "30/11/2026")
    assert "'30/11/2026' is no date: write year, month and day, as 2026-11-30" in wrong.err


def test_a_wrong_choice_is_told_in_plain_words(run: Run, folder: Path) -> None:
    done = run("new", "foo", "x", "--dir", folder / "mine")
    assert (done.status, "Value error" in done.err, "'foo' is not one of" in done.err) == (2, False, True)
