"""The accounting in the reports: the section of the page, the command's forms, and words in every language."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from rich.console import Console
from sample_report import HOSTILE_QUOTE, LDN, commitment, hectares, sample_report

from coherence.accounting import account_for
from coherence.reports import print_accounting, render_accounting_csv, render_accounting_json, render_html
from coherence.vocabulary import REPORT_LANGUAGES, Language

if TYPE_CHECKING:
    from coherence.models import Report


def section(report: Report) -> str:
    page = render_html(report)
    start = page.index('<section id="accounting">')
    return page[start : page.index("</section>", start)]


def test_the_page_shows_both_ends_the_assumption_and_every_line_with_its_quote() -> None:
    report = sample_report()
    shown, (areas, *_) = section(report), report.accounting.accounts
    for line in areas.lines:
        assert f"{line.low:,.0f}" in shown
        assert line.commitment in shown
    assert "At least" in shown
    assert "At most" in shown


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_every_language_has_the_section(language: Language) -> None:
    shown = section(sample_report(language))
    assert "accounting." not in re.sub(r"<[^>]+>", "", shown), "a text's id stands in place of the text"


def test_a_report_without_areas_says_so() -> None:
    report = sample_report().model_copy(update={"accounting": account_for("GHA", ())})
    assert "No area in hectares" in section(report)
    console = Console(file=io.StringIO(), width=100)
    print_accounting(report, console)
    assert "No area in hectares" in console.file.getvalue()  # type: ignore[attr-defined]


def test_csv_has_a_row_for_each_line_and_no_cell_is_a_formula() -> None:
    hostile = commitment(LDN, 3, HOSTILE_QUOTE, quantities=(hectares(200_000),), target_year=2030)
    report = sample_report()
    commitments = (*report.commitments, hostile)
    report = report.model_copy(update={"commitments": commitments, "accounting": account_for("GHA", commitments)})
    rows = list(csv.DictReader(io.StringIO(render_accounting_csv(report))))
    lines = sum(len(account.lines) for account in report.accounting.accounts)
    assert len(rows) == lines + len(report.accounting.left_out)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]
    assert {row["page"] for row in rows} - {""}


def test_json_is_the_accounting_of_the_report() -> None:
    report = sample_report()
    assert json.loads(render_accounting_json(report)) == report.accounting.model_dump(mode="json")


@pytest.mark.parametrize("width", [80, 160])
def test_the_terminal_shows_the_land_and_both_ends(width: int) -> None:
    report, console = sample_report(), Console(file=io.StringIO(), width=width)
    print_accounting(report, console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Land asked for: at least" in shown
    assert ("assume" in shown) is (width == 160)
