"""Findings set aside in dossier.yaml: found again, told with reason and author, and ended by a stated date."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_report import sample_report

from coherence import DossierError, Report, assess
from coherence.manifest import load_manifest
from coherence.models import Suppression
from coherence.reports import render_findings_jsonl, render_html, render_json
from coherence.suppressions import set_aside

GHANA = Path(__file__).parents[1] / "corpora" / "ghana"
TODAY, LATER, EARLIER = date(2026, 11, 30), date(2027, 12, 31), date(2026, 11, 29)
REPORT = sample_report()
COMMITMENTS = {each.id: each for each in REPORT.commitments}


def suppression(**fields: Any) -> Suppression:
    values = {"where": "dossier.yaml:4:5", "reason": "r", "author": "A. Uthor", "expires": LATER, **fields}
    return Suppression.model_validate(values)


def aside(*suppressions: Suppression) -> set[str]:
    standing, found, _ = set_aside(REPORT.findings, suppressions, TODAY, COMMITMENTS)
    assert {*standing, *(each.finding for each in found)} == set(REPORT.findings)
    assert len(standing) + len(found) == len(REPORT.findings)
    return {each.finding.fingerprint for each in found}


def fingerprints(rule: str) -> list[str]:
    return [each.fingerprint for each in REPORT.findings if each.rule == rule]


def test_a_finding_is_set_aside_by_its_reference_or_how_it_begins() -> None:
    finding = REPORT.findings[0].model_copy(update={"fingerprint": "finding-0123456789abcdef"})
    for name in ("finding-0123456789abcdef", "finding-01234567", "01234567"):
        standing, found, _ = set_aside([finding], [suppression(finding=name)], TODAY, {})
        assert (standing, [each.finding for each in found]) == ((), [finding])
    assert set_aside([finding], [suppression(finding="finding-01234568")], TODAY, {})[1] == ()


def test_findings_of_a_rule_are_set_aside_where_quote_and_instrument_fit() -> None:
    assert aside(suppression(rule="OVL-001")) == set(fingerprints("OVL-001"))
    assert aside(suppression(rule="OVL-001", quote="RESTAURER 200 000  ha")) == set(fingerprints("OVL-001"))
    assert aside(suppression(rule="OVL-001", quote="200 000 ha</b>")) == {fingerprints("OVL-001")[0]}
    assert aside(suppression(rule="OVL-001", quote="restaurer", instrument="NDC")) == set(fingerprints("OVL-001"))
    assert aside(suppression(rule="OVL-001", quote="restaurer", instrument="LDN")) == set()
    assert aside(suppression(rule="OVL-001", instrument="NBSAP")) == {fingerprints("OVL-001")[1]}
    assert aside(suppression(rule="GAP-002", instrument="NAP")) == set(fingerprints("GAP-002"))
    assert aside(suppression(rule="GAP-002", quote="anything")) == set()


def test_it_holds_through_its_last_day_and_then_ends_with_a_notice() -> None:
    assert aside(suppression(rule="OVL-001", expires=TODAY))
    standing, found, notices = set_aside(
        REPORT.findings, [suppression(rule="OVL-001", expires=EARLIER)], TODAY, COMMITMENTS
    )
    assert (len(standing), found) == (len(REPORT.findings), ())
    assert notices[0].what == (
        "the suppression of OVL-001 by A. Uthor ended on 2026-11-29; "
        "the assessment is of 2026-11-30, so its findings count"
    )
    assert (notices[0].level, notices[0].where) == ("warning", "dossier.yaml:4:5")


def test_one_that_meets_no_finding_is_told() -> None:
    _, _, notices = set_aside(REPORT.findings, [suppression(rule="OVL-999")], TODAY, COMMITMENTS)
    assert notices[0].what == "the suppression of OVL-999 by A. Uthor meets no finding"


def test_the_first_that_has_not_ended_holds_and_the_others_are_met_too() -> None:
    entries = [suppression(rule="OVL-001", expires=EARLIER), suppression(rule="OVL-001", reason="second"),
               suppression(rule="OVL-001", reason="third")]  # fmt: skip
    _, found, notices = set_aside(REPORT.findings, entries, TODAY, COMMITMENTS)
    assert {each.suppression.reason for each in found} == {"second"}
    assert notices == (), "no finding of the ended one counts"


def test_without_a_date_nothing_is_decided() -> None:
    with pytest.raises(ValueError, match="date"):
        set_aside(REPORT.findings, [suppression(rule="OVL-001")], None, COMMITMENTS)
    assert set_aside(REPORT.findings, [], None, COMMITMENTS)[0] == REPORT.findings


@given(st.lists(st.sampled_from(("OVL-001", "GAP-001", "GAP-002", "XXX-001")), max_size=4), st.dates())
def test_every_finding_either_stands_or_is_set_aside_whatever_the_date(rules: list[str], day: date) -> None:
    standing, found, _ = set_aside(REPORT.findings, [suppression(rule=each) for each in rules], day, COMMITMENTS)
    assert sorted((*standing, *(each.finding for each in found)), key=repr) == sorted(REPORT.findings, key=repr)
    assert bool(found) is (day <= LATER and bool({"OVL-001", "GAP-001", "GAP-002"} & set(rules)))


def manifest(folder: Path, entry: str) -> Path:
    (folder / "a.txt").write_text("Text.", encoding="utf-8")
    text = f"country: GHA\ndocuments:\n  - file: a.txt\nas_of: 2026-11-30\nsuppressions:\n  - {entry}\n"
    (folder / "dossier.yaml").write_text(text, encoding="utf-8")
    return folder


GOOD = "{rule: OVL-001, reason: r, author: a, expires: 2027-12-31}"


def test_the_manifest_gives_date_and_suppressions_with_their_place(tmp_path: Path) -> None:
    found = load_manifest(manifest(tmp_path, GOOD))
    assert found.as_of == TODAY
    assert found.suppressions == (
        Suppression(where="dossier.yaml:6:5", rule="OVL-001", reason="r", author="a", expires=LATER),
    )


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (GOOD.replace("reason: r, ", ""), "6:5: 'reason' is missing; add 'reason'"),
        (GOOD.replace("author: a, ", ""), "6:5: 'author' is missing; add 'author'"),
        (GOOD.replace(", expires: 2027-12-31", ""), "6:5: 'expires' is missing; add 'expires'"),
        (GOOD.replace("2027-12-31", "soon"), "'expires' must be a date, not 'soon'; write year, month and day"),
        (GOOD.replace("reason", "raeson"), "unknown key 'raeson'; did you mean 'reason'?"),
        (GOOD.replace("rule: OVL-001", "finding: abc"), "6:15: finding 'abc' does not have the right form"),
        (GOOD.replace("rule: OVL-001, ", ""), "6:5: name either a finding by its reference, or a rule"),
        (
            GOOD.replace("rule:", "finding: finding-01234567, rule:"),
            "6:5: name either a finding by its reference, or a rule",
        ),
        (
            GOOD.replace("rule: OVL-001", "finding: finding-01234567, quote: x"),
            "6:5: quote and instrument narrow a rule",
        ),
        (GOOD.replace("OVL-001", "OVL-001, instrument: LND"), "6:33: unknown instrument 'LND'; did you mean 'LDN'?"),
        ("just text", "6:5: keys are needed here, not 'just text'; write for instance finding: ..., rule: ..."),
    ],
)
def test_every_fault_of_a_suppression_is_told(tmp_path: Path, entry: str, expected: str) -> None:
    with pytest.raises(DossierError) as raised:
        load_manifest(manifest(tmp_path, entry))
    assert expected in str(raised.value)


@pytest.fixture(scope="module")
def plain() -> Report:
    return assess(GHANA)


def test_an_assessment_tells_what_was_set_aside_and_counts_it_nowhere(tmp_path: Path, plain: Report) -> None:
    folder = Path(shutil.copytree(GHANA, tmp_path / "ghana"))
    chosen = plain.findings[0]
    with (folder / "dossier.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f"\nsuppressions:\n  - finding: {chosen.fingerprint}\n    reason: The two are one programme.\n"
            "    author: A. Mensah\n    expires: 2027-12-31\n"
        )
    with pytest.raises(DossierError, match="the date of this assessment is not stated"):
        assess(folder)
    report = assess(folder, as_of=TODAY)
    (entry,) = report.suppressed
    assert entry.finding == chosen
    assert set(report.findings) == set(plain.findings) - {chosen}
    assert all(chosen.fingerprint not in each.findings for each in report.recommendations)
    assert chosen.fingerprint not in render_findings_jsonl(report)
    page = render_html(report)
    assert "The two are one programme." in page
    assert "A. Mensah" in page
    assert render_json(assess(folder, as_of=TODAY)) == render_json(report)
    ended = assess(folder, as_of=date(2028, 1, 1))
    assert (ended.findings, ended.suppressed) == (plain.findings, ())
    assert any("ended on 2027-12-31" in each.what for each in ended.notices)


def test_one_that_ended_and_meets_nothing_is_told_as_meeting_nothing() -> None:
    (told,) = set_aside(REPORT.findings, [suppression(rule="OVL-999", expires=EARLIER)], TODAY, COMMITMENTS)[2]
    assert told.message == "suppression.unmatched"
