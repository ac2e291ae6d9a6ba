"""The interaction matrix of a dossier: whose themes meet in it, what stands behind a cell, what readers see."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document as WordDocument
from openpyxl import load_workbook
from sample_facts import commitment
from selectolax.lexbor import LexborHTMLParser

import coherence
from coherence import frameworks
from coherence.models import Commitment, Finding, Report
from coherence.reports import render_docx, render_html, render_workbook
from coherence.reports.digest import digest
from coherence.reports.interaction_rows import acting_themes, matrix_table
from coherence.theme_interactions import interaction_view
from coherence.vocabulary import REPORT_LANGUAGES, Language

if TYPE_CHECKING:
    from coherence.interaction_models import InteractionView


@pytest.fixture(scope="module")
def report() -> Report:
    return coherence.assess("corpora/ghana")


def of(instrument: str, *themes: str) -> Commitment:
    return commitment(instrument, f"{instrument} on {themes}", themes=themes)


def view_of(*commitments: Commitment, findings: tuple[Finding, ...] = ()) -> InteractionView | None:
    return interaction_view(commitments, findings, "en")


def told(kind: str, *commitments: Commitment) -> Finding:
    score = 2 if kind == "synergy" else -1
    return Finding(
        fingerprint=f"finding-{kind}", rule="SYN-901" if kind == "synergy" else "CFL-901", rule_version="1.0.0",
        kind=kind, severity="low", score=score, confidence=0.5, dossier="XXX",
        commitments=tuple(each.id for each in commitments),
        title="A finding", explanation="Two commitments meet.",
    )  # fmt: skip


def test_two_instruments_must_meet() -> None:
    dam, wetland = of("NDC", "hydropower"), of("NBSAP", "wetland_restoration")
    assert view_of(dam, of("NDC", "wetland_restoration")) is None
    found = view_of(dam, wetland)
    assert found is not None
    harm = next(each for each in found.interactions if each.score < 0)
    assert (harm.from_theme, harm.to_theme, harm.condition is not None) == ("hydropower", "wetland_restoration", True)
    assert {each.theme: each.commitments for each in found.themes} == {
        "hydropower": (dam.id,), "wetland_restoration": (wetland.id,),
    }  # fmt: skip


def test_a_commitment_counts_by_its_main_theme_and_a_part_not_at_all() -> None:
    beside = of("NBSAP", "coordination", "wetland_restoration")
    part = of("NBSAP", "wetland_restoration").model_copy(update={"part_of": beside.id, "part": "cost"})
    found = view_of(of("NDC", "hydropower"), beside, part)
    assert found is None or all(each.to_theme != "wetland_restoration" for each in found.interactions)


def test_findings_stand_behind_the_cell_of_their_sign() -> None:
    dam, wetland, fire = of("NDC", "hydropower"), of("NBSAP", "wetland_restoration"), of("LDN", "forest_fire_control")
    found = view_of(dam, wetland, fire, findings=(told("conflict", wetland, dam), told("synergy", wetland, dam)))
    assert found is not None
    cells = {(each.from_theme, each.to_theme): each for each in found.interactions}
    assert cells["hydropower", "wetland_restoration"].findings == ("finding-conflict",)
    assert cells["wetland_restoration", "hydropower"].findings == ("finding-synergy",)
    assert [key for key, each in cells.items() if each.findings and "forest_fire_control" in key] == []


def test_the_most_harmful_stand_first_and_every_theme_is_named_once(report: Report) -> None:
    matrix = report.interactions
    assert matrix is not None
    scores = [each.score for each in matrix.interactions]
    assert scores == sorted(scores)
    assert scores[0] < 0
    named = [each.theme for each in matrix.themes]
    met = {theme for each in matrix.interactions for theme in (each.from_theme, each.to_theme)}
    assert (len(named), set(named)) == (len(met), met)
    known = {each.id for each in report.commitments}
    assert all(each.commitments and known.issuperset(each.commitments) for each in matrix.themes)


def test_the_table_shows_each_direction_once(report: Report) -> None:
    matrix = report.interactions
    assert matrix is not None
    table = matrix_table(matrix)
    shown = {
        (row.theme.theme, column.theme): act.score
        for row in table.rows for column, act in zip(table.columns, row.cells, strict=True) if act
    }  # fmt: skip
    expected: dict[tuple[str, str], int] = {}
    for each in matrix.interactions:
        expected[each.from_theme, each.to_theme] = each.score
        if not each.directed:
            expected.setdefault((each.to_theme, each.from_theme), each.score)
    assert shown == expected
    assert all(any(row.cells) for row in table.rows)
    assert all(any(row.cells[index] for row in table.rows) for index in range(len(table.columns)))


def test_what_one_entry_says_of_one_theme_is_one_row() -> None:
    dam = of("NDC", "hydropower")
    entry = next(each for each in frameworks.interactions() if each.from_theme == "hydropower" and each.score < 0)
    ends = [each.to_theme for each in frameworks.interactions() if each.id == entry.id]
    found = view_of(dam, *(of("NBSAP", end) for end in ends))
    sample = coherence.assess("corpora/ghana").model_copy(update={"interactions": found})
    rows = [row for row in acting_themes(digest(sample), harmful=True) if row.entry.id == entry.id]
    assert [{theme.theme for theme in row.acts_on} for row in rows] == [set(ends)]


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_readers_see_the_matrix_in_every_language(language: Language) -> None:
    report = coherence.assess("corpora/ghana", language=language)
    matrix = report.interactions
    assert matrix is not None
    harm = matrix.interactions[0]
    page = LexborHTMLParser(render_html(report))
    section = page.css_first("#interactions")
    assert section is not None
    assert page.css_first('nav a[href="#interactions"]') is not None
    cells = section.css("table.themes td[class]")
    assert len(cells) == sum(len([act for act in row.cells if act]) for row in matrix_table(matrix).rows)
    reasons = [cell.attributes["title"] or "" for cell in cells]
    assert harm.reason.split()[0] in " ".join(reasons)
    sheets = load_workbook(BytesIO(render_workbook(report)), read_only=True)
    assert any(sheet.max_row == len(matrix.interactions) + 1 for sheet in sheets.worksheets)
    words = "".join(WordDocument(BytesIO(render_docx(report))).element.body.itertext())
    assert harm.condition is not None
    assert harm.condition.split()[0] in words


def test_a_report_of_one_instrument_has_no_such_section(report: Report) -> None:
    alone = report.model_copy(update={"interactions": None})
    assert 'id="interactions"' not in render_html(alone)
