"""When a promise begins: said in its sentence, by what governs it, or once as the time frame of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments

if TYPE_CHECKING:
    from coherence.models import Document, Passage
    from coherence.vocabulary import Language


def starts(made: Document) -> dict[float | None, tuple[int | None, int | None]]:
    found = [c for c in extract_commitments(made) if c.quantities]
    return {c.quantities[0].value: (c.start_year, c.target_year) for c in found}


PLANTING = paragraph("The country will plant trees on 5,000 ha by 2031.", "2. Measures")


@pytest.mark.parametrize(
    "said",
    [
        row({("",): "Time frame", (" ",): "2022-2031"}, "1. Facts"),
        row({("",): "Time frame", (" ",): "1 January 2022 to 31 December 2031"}, "1. Facts"),
        paragraph("2022-2031", "1. Facts", "Period of implementation"),
        paragraph("The commitment period runs from 2022 to 2031.", "1. Facts"),
        paragraph("All measures will be implemented in the period 2022-2031.", "1. Facts"),
    ],
)
def test_a_stated_time_frame_begins_and_ends_every_promise(said: Passage) -> None:
    undated = paragraph("The country will dig 70 wells.", "2. Measures")
    dated = paragraph("The country will fence 40 ha of dunes by 2031.", "2. Measures")
    found = starts(document(said, PLANTING, dated, undated))
    assert found[5_000] == found[70] == (2022, 2031)


@pytest.mark.parametrize(
    "said",
    [
        row({("",): "Time frame", (" ",): "1990-2015"}, "1. Facts"),
        row({("",): "Time frame", (" ",): "First year: 2022. Review: 2025. Last year: 2031"}, "1. Facts"),
        paragraph("The water programme was implemented in the period 2022-2031.", "1. Facts"),
        paragraph("The coastal programme will be implemented in the period 2022-2026.", "1. Facts"),
    ],
)
def test_other_periods_are_no_time_frame(said: Passage) -> None:
    assert starts(document(said, PLANTING))[5_000] == (None, 2031)


def test_two_time_frames_are_none() -> None:
    said = [row({("",): "Time frame", (" ",): f"{year}-2031"}, "1. Facts") for year in (2021, 2024)]
    assert starts(document(*said, PLANTING))[5_000] == (None, 2031)


def test_the_time_frame_of_a_part_is_not_that_of_another() -> None:
    made = document(
        row({("",): "Time frame", (" ",): "2022-2031"}, "1. Mitigation"),
        paragraph("The country will install 300 MW of solar power by 2031.", "1. Mitigation"),
        paragraph("The country will plant trees on 5,000 ha by 2031.", "2. Adaptation"),
    )
    assert starts(made) == {300: (2022, 2031), 5_000: (None, 2031)}


def test_a_promise_that_ends_before_the_time_frame_begins_does_not_begin_with_it() -> None:
    made = document(
        row({("",): "Time frame", (" ",): "2022-2031"}, "1. Facts"),
        paragraph("The country will dig 70 wells by 2021.", "2. Measures"),
    )
    assert starts(made)[70] == (None, 2021)


def test_a_period_in_the_column_head_tells_both_ends() -> None:
    cells = {("Measure",): "Restore degraded land", ("Target 2022-2031 (ha)",): "900"}
    assert starts(document(row(cells, "4. Planned measures"))) == {900: (2022, 2031)}


@pytest.mark.parametrize(
    ("language", "label", "text"),
    [
        ("fr", "Période de mise en œuvre", "Le pays restaurera 900 ha de terres dégradées d'ici 2031."),
        ("es", "Período de implementación", "El país restaurará 900 ha de tierras degradadas al 2031."),
        ("pt", "Prazo", "Até 2031, o país restaurará 900 ha de terras degradadas."),
        ("ru", "Временные рамки", "К 2031 году страна восстановит 900 га деградированных земель."),
        ("ar", "الإطار الزمني", "تعتزم الدولة استعادة 900 هكتار من الأراضي المتدهورة بحلول عام 2031."),
        ("zh", "时间框架", "到2031年，将恢复退化土地900公顷。"),
    ],
)
def test_time_frames_of_each_language(language: Language, label: str, text: str) -> None:
    made = document(row({("",): label, (" ",): "2022-2031"}), paragraph(text), language=language)
    assert starts(made)[900] == (2022, 2031)


def year_of(made: Document) -> dict[str, tuple[int | None, bool]]:
    return {c.quote: (c.target_year, c.year_of_document) for c in extract_commitments(made)}


def test_the_year_of_the_title_is_that_of_the_document_and_the_year_of_a_section_is_not() -> None:
    title = "National Plan of the Coast, 2021-2028"
    under = [
        paragraph("Protect the mangroves of the eastern lagoons.", title, "Objectives", kind="list_item"),
        paragraph("Restore the reefs before the old harbour.", title, "Measures until 2025", kind="list_item"),
    ]
    found = year_of(document(*under, instrument="NBSAP", convention="CBD"))
    assert found == {
        "Protect the mangroves of the eastern lagoons.": (2028, True),
        "Restore the reefs before the old harbour.": (2025, False),
    }


def test_a_heading_above_one_part_only_is_no_title() -> None:
    part = paragraph(
        "Protect the mangroves of the eastern lagoons.", "Part 1: 2021-2028", "Objectives", kind="list_item"
    )
    other = paragraph("Restore the reefs before the old harbour.", "Part 2: 2023-2035", "Objectives", kind="list_item")
    found = year_of(document(part, other, instrument="NBSAP", convention="CBD"))
    assert found == {part.text: (2028, False), other.text: (2035, False)}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("By 2031 the wetlands of the delta are restored. Fishing in them will be managed by the villages.", 2031),
        ("The wetlands of the delta are restored by 2031. Fishing in the lakes will be managed by the villages.", None),
        ("By 2031 the delta is restored. By 2035 it will be protected. Fishing will be managed by the villages.", 2035),
    ],
)
def test_a_deadline_governs_what_follows_where_a_target_opens_with_it(text: str, year: int | None) -> None:
    found = year_of(document(paragraph(text, "Plan", "National targets"), instrument="NBSAP", convention="CBD"))
    assert next(years for quote, (years, _) in found.items() if quote.startswith("Fishing")) == year


def test_each_figure_takes_the_year_that_closes_what_is_said_of_it() -> None:
    text = (
        "Reduce emissions by 6% (that is 412 kt CO2e of avoided emissions) by 2030 and by 27% (2,190 kt CO2e) by the "
        "horizon of 2050."
    )
    found = starts(document(paragraph(text, "2. Measures"), instrument="NDC", convention="UNFCCC"))
    assert {value: years[1] for value, years in found.items()} == {6: 2030, 412_000: 2030, 27: 2050, 2_190_000: 2050}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In the post-2025 period the country will continue to restore its mangroves."),
        ("fr", "Après 2025 le pays continuera à restaurer ses mangroves."),
        ("es", "En el período posterior a 2025 se restaurarán los manglares del país."),
    ],
)
def test_what_comes_after_a_year_is_not_due_by_it(language: Language, text: str) -> None:
    found = extract_commitments(document(paragraph(text, "2. Measures"), language=language))
    assert [(c.start_year, c.target_year) for c in found] == [(2025, None)]
