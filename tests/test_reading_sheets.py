from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from strategies_reading import check_offsets, ods_bytes, xlsx_bytes

from coherence.column_roles import column_role, is_default_sheet_name
from coherence.errors import ReadingError
from coherence.reading.sheets import cell_text, read_csv, read_workbook

if TYPE_CHECKING:
    from coherence.models import Passage
    from coherence.reading.blocks import Reading


def _rows(reading: Reading) -> list[Passage]:
    check_offsets(reading)
    return [passage for passage in reading.passages if passage.kind == "table_row"]


@pytest.mark.parametrize(
    "heads",
    [
        ["No.", "Target", "Baseline", "Year", "Area"], ["N°", "Cible", "Référence", "Échéance", "Superficie"],
        ["N.º", "Meta", "Línea base", "Año", "Superficie"], ["N.º", "Meta", "Linha de base", "Ano", "Área"],
        ["رقم", "الهدف", "خط الأساس", "السنة", "المساحة"], ["№", "Цель", "Базовый уровень", "Срок", "Площадь, га"],
        ["序号", "目标", "基线", "年份", "面积"],
    ],
)  # fmt: skip
def test_heads_in_seven_languages_below_a_title(heads: list[str]) -> None:
    assert [column_role(head) for head in heads] == ["number", "target", "baseline", "year", "area"]
    reading = read_workbook(xlsx_bytes([["A title of the table"], [], [*heads], [1, "x", "none", 2030, 5]]), "t.xlsx")
    (row,) = _rows(reading)
    assert [cell.heads for cell in row.cells] == [(head,) for head in heads]
    assert row.text == "1\tx\tnone\t2030\t5"
    assert row.headings == ("Targets", "A title of the table")
    assert row.locator == "row 4"


@pytest.mark.parametrize("head", ["Restore the land of the whole country by the year", "Target 1", "2030", "", "…"])
def test_data_are_no_heads(head: str) -> None:
    assert column_role(head) is None


def test_each_sheet_is_a_page_and_prose_is_prose() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        first, second, third = (workbook.add_worksheet(name) for name in ("Goals", "Sheet2", "Secret"))
        first.write_row(0, 0, ["Target", "Year"])
        first.write_row(1, 0, ["5 ha", 2030])
        second.write_column(0, 0, ["Context", "The country is dry.", "It has 5 regions."])
        third.write(0, 0, "hidden")
        third.hide()
    reading = read_workbook(stream.getvalue(), "t.xlsx")
    check_offsets(reading)
    assert [(page.number, page.label) for page in reading.pages] == [(1, "Goals"), (2, "Sheet2")]
    assert [(p.kind, p.text, p.headings) for p in reading.passages if p.spans[0].page == 2] == [
        ("heading", "Context", ()), ("paragraph", "The country is dry.", ("Context",)),
        ("paragraph", "It has 5 regions.", ("Context",)),
    ]  # fmt: skip
    assert "Secret" in reading.notices[0].what
    assert is_default_sheet_name("Feuil3")


def test_cells_are_shown_as_a_person_sees_them() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet("Goals")
        sheet.write_row(0, 0, ["Target", "Share", "Area", "Cost", "Date", "Year", "Index"])
        sheet.write(1, 0, "Restore")
        for column, (value, code) in enumerate(
            (
                (0.3, "0%"),
                (1500.5, '#,##0.0" ha"'),
                (1e6, "[$USD-409] #,##0"),
                (dt.date(2030, 12, 31), "d mmm yyyy"),
                (2030.0, "0"),
            ),
            1,
        ):
            sheet.write(1, column, value, workbook.add_format({"num_format": code}))
        sheet.write(1, 6, 0.1 + 0.2)
    (row,) = _rows(read_workbook(stream.getvalue(), "t.xlsx"))
    assert row.text == "Restore\t30%\t1500.5 ha\tUSD 1000000\t2030-12-31\t2030\t0.3"


def test_merged_cells_stand_in_each_row() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet("Goals")
        sheet.write_row(0, 0, ["Sector", "Target", "Year"])
        sheet.merge_range("A2:A3", "Forest")
        sheet.write_row(1, 1, ["plant", 2030])
        sheet.write_row(2, 1, ["protect", 2035])
    rows = _rows(read_workbook(stream.getvalue(), "t.xlsx"))
    assert [row.text for row in rows] == ["Forest\tplant\t2030", "protect\t2035"]
    assert rows[1].cells[0].text == "Forest"
    assert rows[1].cells[0].start == rows[1].cells[0].end


def test_two_tables_of_one_sheet_and_a_note() -> None:
    note = "Source: the ministry, which has asked us to write this long note below the table of the second part."
    rows = [["Target", "Year"], ["5 ha", 2030], [], ["Second part"], ["Measure", "Cost"], ["dig", 7], [], [note]]
    reading = read_workbook(xlsx_bytes(rows), "t.xlsx")
    found = _rows(reading)
    assert [[cell.heads for cell in row.cells] for row in found] == [
        [("Target",), ("Year",)],
        [("Measure",), ("Cost",)],
    ]
    assert found[1].headings == ("Targets", "Second part")
    assert reading.passages[-1].text == note


def test_open_document_sheets() -> None:
    (row,) = _rows(read_workbook(ods_bytes(), "t.ods"))
    assert row.text == "5 ha\t2030\t30 %"


def test_a_stray_cell_far_away_is_refused() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write("A1", "a")
        sheet.write("XFD1048576", "b")
    with pytest.raises(ReadingError, match="too many"):
        read_workbook(stream.getvalue(), "t.xlsx")


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ("N°;Cible;Année\n1;5,16 ha, vite;2030\n".encode("cp1252"), "1\t5,16 ha, vite\t2030"),
        (b'No,Target,Year\n1,"plant ""oak"", fast",2030\n', '1\tplant "oak", fast\t2030'),
        (b"No\tTarget\tYear\n1\tplant, then; wait\t2030\n", "1\tplant, then; wait\t2030"),
        (b"sep=|\nNo|Target|Year\n1|a;b|2030\n", "1\ta;b\t2030"),
        ("№;Цель;Срок\n1;леса;2030\n".encode("cp1251"), "1\tлеса\t2030"),
    ],
)
def test_csv_of_any_dialect(data: bytes, texts: str) -> None:
    (row,) = _rows(read_csv(data, "t.csv"))
    assert row.text == texts
    assert row.cells[2].heads[0] in {"Année", "Year", "Срок"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2030.0, "2030"),
        (0.1 + 0.2, "0.3"),
        (dt.datetime(2030, 1, 2), "2030-01-02"),  # noqa: DTZ001
        (None, ""),
        (True, "TRUE"),
        (1e-3, "0.001"),
    ],
)
def test_values(value: object, text: str) -> None:
    assert cell_text(value) == text


@given(st.floats(-1e12, 1e12))
def test_numbers_keep_their_value(value: float) -> None:
    assert float(cell_text(value)) == pytest.approx(value, rel=1e-9, abs=1e-9)
