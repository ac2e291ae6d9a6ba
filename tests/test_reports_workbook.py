"""report.xlsx: read back with another library."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from sample_report import ARABIC_QUOTE, HOSTILE_QUOTE, sample_report

from coherence.reports import render_workbook, write_workbook
from coherence.reports.wording import Wording
from coherence.vocabulary import REPORT_LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(BytesIO(render_workbook(sample_report())))


def column(book: Workbook, sheet: str, heading: str) -> list[object]:
    rows = list(book[sheet].iter_rows(values_only=True))
    return [row[rows[0].index(heading)] for row in rows[1:]]


def test_the_sheets_and_their_rows(book: Workbook) -> None:
    assert book.sheetnames == [
        "Summary", "To talk about first", "Findings", "Set aside", "Recommendations", "Projects", "Totals",
        "Lines of the totals", "Not comparable",
        "Not found per commitment", "Counterparts", "Commitments", "Documents", "Rules", "Rule packs", "Notices",
    ]  # fmt: skip
    assert [book[name].max_row - 1 for name in book.sheetnames[1:]] == [1, 8, 2, 2, 1, 10, 5, 1, 1, 1, 6, 3, 7, 2, 4]


def test_a_project_stands_with_members_figures_and_what_is_missing(book: Workbook) -> None:
    assert column(book, "Projects", "Project") == ["=Restoration <together>"]
    (members,) = column(book, "Projects", "Commitments")
    assert str(members).endswith("and 3 more, less connected")
    assert column(book, "Projects", "Figures") == ["1,000 ha to 200,000 ha, stated singly\n50 ha a year"]
    assert column(book, "Projects", "Still asked for by funders") == ["finance (1)"]


def test_what_to_talk_about_first_names_those_who_meet_and_leads_to_the_finding(book: Workbook) -> None:
    (lead,) = column(book, "To talk about first", "Begin with")
    assert str(lead).startswith("The same area may be counted twice. Potential overlap")
    (pairs,) = column(book, "To talk about first", "Instruments")
    assert str(pairs).splitlines()[0] == "NDC ↔ LDN: 1 possible overlap"
    assert column(book, "Not comparable", "Why the others cannot be compared") == [
        "figures in different units: 2\nthe figures match in kind, but one has no year: 1"
    ]


def test_headings_are_frozen_and_filtered(book: Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref == (None if sheet.title == "Summary" else sheet.dimensions)


def test_packs_and_findings_set_aside_are_told_with_version_and_reason(book: Workbook) -> None:
    assert column(book, "Rule packs", "Version") == ["1.0.0", "without version"]
    assert column(book, "Rule packs", "Replaces")[1] == "OVL-001 0.9.0 of coherence by 1.0.0"
    assert column(book, "Set aside", "Reason") == ["In preparation", "=Counted <once>"]
    assert column(book, "Set aside", "Holds until") == ["2027-12-31"] * 2
    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert (summary["Findings"], summary["Set aside"], summary["Date of the assessment"]) == (8, 2, "2026-11-30")


def test_no_cell_is_a_formula_or_leads_outside(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None or (cell.hyperlink.target is None and cell.hyperlink.location)
    assert HOSTILE_QUOTE in column(book, "Commitments", "Quote")
    assert "=1+1 Name a date" in column(book, "Recommendations", "Title")
    assert "@Add a year." in column(book, "Recommendations", "Text")


def test_both_quotes_stand_in_a_findings_row_with_pages(book: Workbook) -> None:
    pairs = zip(column(book, "Findings", "Page A"), column(book, "Findings", "Page B"), strict=True)
    assert (12, 3) in pairs
    assert ARABIC_QUOTE in column(book, "Findings", "Quote B")
    cells = [cell for row in book["Findings"].iter_rows() for cell in row if cell.value == ARABIC_QUOTE]
    assert all(cell.alignment.readingOrder == 2 for cell in cells)


def test_a_conflicts_row_says_type_precondition_mechanism_and_manageability(book: Workbook) -> None:
    kinds = column(book, "Findings", "Kind")
    row = kinds.index("Potential misalignment")
    labels = ("Type of misalignment", "Arises where", "How it comes about", "Can be handled by")
    assert [column(book, "Findings", label)[row] for label in labels] == [
        "contradiction to clear up", "Both mean <one> area", "one thing is stated differently",
        "one value or an explanation of both",
    ]  # fmt: skip
    others = [value for index, value in enumerate(column(book, "Findings", labels[0])) if index != row]
    assert not any(others)


def test_links_lead_to_the_row_they_name(book: Workbook) -> None:
    links = [
        cell
        for row in book["Findings"].iter_rows()
        for cell in row
        if cell.hyperlink and "Commitments" in cell.hyperlink.location
    ]
    assert links
    for cell in links:
        line = int(cell.hyperlink.location.rsplit("!A", maxsplit=1)[1])
        assert cell.value in {value.value for value in book["Commitments"][line]}


def test_parts_follow_their_main_commitment_and_lead_to_it() -> None:
    report = sample_report()
    main = report.commitments[0]
    part = main.model_copy(update={"id": "c-cost", "part_of": main.id, "part": "cost"})
    book = load_workbook(
        BytesIO(render_workbook(report.model_copy(update={"commitments": (part, *report.commitments)})))
    )
    ids = column(book, "Commitments", "Id")
    assert ids.index("c-cost") == ids.index(main.id) + 1
    assert column(book, "Commitments", "Part")[ids.index("c-cost")] == "cost"
    assert column(book, "Commitments", "Part of")[ids.index("c-cost")] == main.id


def test_what_was_not_found_stands_per_commitment_with_links_to_the_findings(book: Workbook) -> None:
    assert column(book, "Not found per commitment", "Date") == ["○"]
    assert column(book, "Counterparts", "NBSAP") == ["○"]
    (mark,) = (cell for row in book["Counterparts"].iter_rows() for cell in row if cell.value == "○")
    line = int(mark.hyperlink.location.rsplit("!A", maxsplit=1)[1])
    assert "Gap" in {cell.value for cell in book["Findings"][line]}


def test_reviewers_have_empty_columns_and_a_list(book: Workbook) -> None:
    sheet = book["Findings"]
    headings = [cell.value for cell in sheet[1]]
    place = headings.index("Decision")
    assert headings[place - 2 : place + 4] == [
        "Quote B", "Commitment B", "Decision", "Comment", "Reviewer", "What to check",
    ]  # fmt: skip
    empty = headings[place : place + 3]
    assert all(value is None for heading in empty for value in column(book, "Findings", str(heading)))
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"confirmed,confirmed with changes,to discuss,set aside"'
    assert str(validation.sqref) == f"{sheet.cell(2, place + 1).coordinate}:{sheet.cell(9, place + 1).coordinate}"


def test_the_summary_leads_to_every_sheet_and_explains_its_marks(book: Workbook) -> None:
    leads = {
        row[0].value: (row[0].hyperlink.location, row[1].value)
        for row in book["Summary"].iter_rows()
        if row[0].hyperlink is not None
    }
    assert list(leads) == book.sheetnames[1:]
    assert all(place == f"'{name}'!A1" for name, (place, _) in leads.items())
    assert leads["Findings"][1] == book["Findings"].max_row - 1
    assert str(leads["Not found per commitment"][1]).startswith("○ not found")


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_the_workbook_speaks_its_language_and_headings_are_distinct(language: str) -> None:
    for sheet in load_workbook(BytesIO(render_workbook(sample_report(language)))):
        headings = [cell.value for cell in sheet[1]]
        assert len(set(headings)) == len(headings)


def test_an_arabic_workbook_runs_from_right_to_left_and_its_quotes_as_their_documents_do() -> None:
    book = load_workbook(BytesIO(render_workbook(sample_report("ar"))))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    sheet = book[Wording("ar").text("workbook.commitments")]
    headings = [cell.value for cell in sheet[1]]
    quotes = [row[headings.index(Wording("ar").text("commitment.quote"))] for row in sheet.iter_rows(min_row=2)]
    orders = {cell.alignment.readingOrder for cell in quotes}
    assert orders == {1, 2}
    assert {cell.alignment.readingOrder for sheet in book for cell in sheet[1]} == {2}
    plain = load_workbook(BytesIO(render_workbook(sample_report("ru"))))
    assert not any(sheet.sheet_view.rightToLeft for sheet in plain)


def test_text_longer_than_a_cell_is_cut_visibly() -> None:
    report = sample_report()
    long = report.findings[0].model_copy(update={"explanation": "😀" * 30_000})
    book = load_workbook(BytesIO(render_workbook(report.model_copy(update={"findings": (long,)}))))
    (text,) = column(book, "Findings", "Explanation")
    assert isinstance(text, str)
    assert text.endswith("😀…")
    assert len(text.encode("utf-16-le")) // 2 <= 32_767


def test_control_characters_do_not_break_the_file() -> None:
    report = sample_report()
    odd = report.findings[0].model_copy(update={"explanation": "a\x00b\x1bc\ufffed"})
    book = load_workbook(BytesIO(render_workbook(report.model_copy(update={"findings": (odd,)}))))
    assert column(book, "Findings", "Explanation") == ["a b c d"]


def test_equal_reports_are_equal_bytes_without_a_clock(tmp_path: Path) -> None:
    write_workbook(sample_report(), tmp_path / "one.xlsx")
    write_workbook(sample_report(), tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert set(re.findall(rb"20\d\d-\d\d-\d\d", archive.read("docProps/core.xml"))) == {b"2000-01-01"}
