"""The lines in front of a report: what a reader with one minute has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_report import sample_report

from coherence import assess
from coherence.reports.brief import essentials, findings_counted
from coherence.reports.digest import digest
from coherence.reports.docx_report import render_docx
from coherence.reports.html_report import render_html
from coherence.reports.sheets import sheets_of
from coherence.reports.wording import Wording
from coherence.resources import corpora_dir
from coherence.vocabulary import REPORT_LANGUAGES, Language

if TYPE_CHECKING:
    from coherence.models import Report


@pytest.fixture(scope="module")
def ghana() -> Report:
    return assess(corpora_dir() / "ghana")


def lines(report: Report, language: Language = "en") -> dict[str, str]:
    words = Wording(language)
    return {each.label: each.text for each in essentials(digest(report), words)}


def test_the_span_of_the_areas_is_what_may_be_counted_twice(ghana: Report) -> None:
    land = ghana.accounting.land
    assert land is not None
    span = f"{round(land.demand.high - land.demand.low):,}"
    assert f"The {span} ha between the two may be the same land counted twice." in lines(ghana)["Hectares"]
    demand = land.demand.model_copy(update={"low": land.demand.high})
    accounting = ghana.accounting.model_copy(update={"land": land.model_copy(update={"demand": demand})})
    assert "between the two" not in lines(ghana.model_copy(update={"accounting": accounting}))["Hectares"]


def test_the_first_step_is_the_first_recommendation(ghana: Report) -> None:
    assert lines(ghana)["First step"] == ghana.recommendations[0].title
    assert "First step" not in lines(ghana.model_copy(update={"recommendations": ()}))


def test_commitments_without_counterpart_are_counted_once(ghana: Report) -> None:
    alone = {
        each.commitments[0]
        for each in ghana.findings
        if each.missing and each.missing.element == "counterpart" and each.severity in {"high", "medium"}
    }
    assert lines(ghana)["Not taken up"].startswith(f"{len(alone)} commitment")


def test_the_gravest_contradiction_is_the_one_that_is_told() -> None:
    report = sample_report()
    conflicts = [each for each in report.findings if each.conflict and each.conflict.type == "contradiction"]
    told = [each for each in essentials(digest(report), Wording("en")) if each.finding]
    assert [each.finding.fingerprint for each in told if each.finding] == [c.fingerprint for c in conflicts[:1]]


def test_a_contradiction_of_low_attention_gives_way_to_a_tension_that_presses() -> None:
    report = sample_report()
    one = next(each for each in report.findings if each.conflict and each.conflict.type == "contradiction")
    assert one.conflict is not None
    low = one.model_copy(update={"severity": "low"})
    nature = one.conflict.model_copy(update={"type": "tension"})
    tense = one.model_copy(update={"fingerprint": "finding-t", "severity": "medium", "conflict": nature})
    others = tuple(each for each in report.findings if not each.conflict)
    told = essentials(digest(report.model_copy(update={"findings": (*others, low, tense)})), Wording("en"))
    assert [(each.label, each.finding) for each in told if each.finding] == [("1 tension to check", tense)]
    told = essentials(digest(report.model_copy(update={"findings": (*others, low)})), Wording("en"))
    assert not any(each.finding for each in told)


def test_findings_of_high_attention_are_told_apart() -> None:
    report = sample_report()
    high = sum(each.severity == "high" for each in report.findings)
    assert high
    assert f"({high} of high attention)" in findings_counted(digest(report), Wording("en"))
    without = report.model_copy(update={"findings": tuple(f for f in report.findings if f.severity != "high")})
    assert "(" not in findings_counted(digest(without), Wording("en"))


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_every_language_has_the_lines_in_every_form(ghana: Report, language: Language) -> None:
    spoken = ghana.model_copy(update={"language": language})
    found = lines(spoken, language)
    assert len(found) >= 4
    assert Wording(language).text("brief.title") in render_html(spoken)
    assert render_docx(spoken)
    (summary, *_) = sheets_of(digest(spoken), Wording(language))
    assert set(found.items()) <= {tuple(row.values[:2]) for row in summary.rows}
