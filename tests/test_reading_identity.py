from __future__ import annotations

import pytest

from coherence.reading.identity import (
    Opening,
    convention_of,
    infer_country,
    infer_instrument,
    infer_title,
    infer_year,
)

NOTHING = Opening("", "")


@pytest.mark.parametrize(
    ("name", "instrument"),
    [
        ("ndc.pdf", "NDC"),
        ("GHA_Ghana_INDC_English.pdf", "NDC"),
        ("CPDN-2015.docx", "NDC"),
        ("PNA 2020.pdf", "NAP"),
        ("nbsap_v2.pdf", "NBSAP"),
        ("NDT/rapport.pdf", "LDN"),
        ("national-adaptation-plan.pdf", "NAP"),
        ("Стратегия.pdf", None),
        ("ndc-nap-alignment.pdf", None),
        ("report.pdf", None),
    ],
)
def test_instruments_by_file_name(name: str, instrument: str | None) -> None:
    assert infer_instrument(name, NOTHING).value == instrument


@pytest.mark.parametrize(
    ("title", "instrument"),
    [
        ("Contribution prévue déterminée au niveau national du pays", "NDC"),
        ("PLAN NACIONAL DE ADAPTACIÓN", "NAP"),
        ("Stratégie et plan d’action nationaux pour la biodiversité", "NBSAP"),
        ("Предполагаемый национально-определяемый вклад", "NDC"),
        ("Voluntary targets for land degradation neutrality", "LDN"),
        ("المساهمة المحددة وطنيا", "NDC"),
        ("国家适应气候变化战略2035", "NAP"),
        ("Estratégia nacional de biodiversidade", "NBSAP"),
    ],
)
def test_instruments_by_title(title: str, instrument: str) -> None:
    text = (
        title + "\n" + "Prose that also names the national adaptation plan and land degradation neutrality once. " * 2
    )
    found = infer_instrument("document.pdf", Opening(title, text))
    assert (found.value, found.because) == (instrument, "source.title")


def test_an_opening_that_names_several_is_ambiguous() -> None:
    text = "x" * 200 + " The nationally determined contribution and the national adaptation plan."
    found = infer_instrument("report.pdf", Opening("", text))
    assert found.value is None
    assert set(found.candidates) == {"NDC", "NAP"}


@pytest.mark.parametrize(
    ("name", "title", "text", "year"),
    [
        ("ndc_2021.pdf", "Plan 2016", "", 2021),
        ("ndc.pdf", "INDC", "INDC\nRepublic of X\nSeptember 2015\n", 2015),
        ("ndc.pdf", "CPDN", "CPDN\nSeptembre 2015\nHorizon 2030\n", 2015),
        ("nbsap.pdf", "Strategy and Action Plan 2016-2030", "", 2016),
        ("nbsap.pdf", "Stratégie à l'horizon 2030", "", None),
        ("nap.pdf", "Programme of Action (2007)", "", 2007),
        ("x.pdf", "国家自主贡献", "国家自主贡献\n2021年10月\n", 2021),
        (
            "x.pdf",
            "Plan",
            "Plan\n"
            + "In 2010 the country lost 2,000 ha of forest, and much more was lost in the years since then, as the map shows. "  # noqa: E501
            * 2,
            None,
        ),
        ("x.pdf", "Стратегия", "Стратегия\nг. Бишкек\n2016 год\n", 2016),
        ("plan.txt", "", "关于保护河流的意见各省：" + "为此提出如下意见。" * 20 + "水利部2019年3月5日印发", 2019),
        ("x.pdf", "Targets for 12.2015 ha", "", None),
        ("x.pdf", "Plan", "Plan\n(23/10/2016)\n", 2016),
        ("x.pdf", "Plan", "Plan\n2017-03-02\nHorizon 2040\n", 2017),
        ("x.pdf", "Plan", "Plan\nSection 3.10.2016.4\n", None),
        (
            "x.pdf",
            "Plan",
            "Ministry of the Environment of the Republic and its Agency for Climate Change " * 2 + "\nMay 2016",
            2016,
        ),
    ],
)
def test_years(name: str, title: str, text: str, year: int | None) -> None:
    assert infer_year(name, Opening(title, text)).value == year


def test_conventions() -> None:
    assert [convention_of(i) for i in ("NDC", "NAP", "NBSAP", "LDN", "OTHER")] == [
        "UNFCCC",
        "UNFCCC",
        "CBD",
        "UNCCD",
        "OTHER",
    ]


@pytest.mark.parametrize(
    ("title", "text", "country"),
    [
        ("Climate plan of Ghana", "Ghana, Togo and Benin. Togo, Benin and Togo.", "GHA"),
        ("Plan", "Le Niger restaurera. Le Niger et le Tchad.", "NER"),
        ("Plan", "Ghana and Togo.", None),
        ("Plan", "No country.", None),
    ],
)
def test_countries(title: str, text: str, country: str | None) -> None:
    assert infer_country(Opening(title, text + " prose" * 40)).value == country


def test_folders_far_above_do_not_count() -> None:
    assert infer_instrument("/data/ndc/reports/plan.pdf", NOTHING).value is None
    assert infer_instrument("/data/reports/NDC/plan.pdf", NOTHING).value == "NDC"
    assert infer_year("/data/2019/plan.pdf", NOTHING).value is None


@pytest.mark.parametrize(
    ("heading", "lines", "title"),
    [
        # A country's or a ministry's name gives way to the line that names the instrument.
        ("REPUBLIC OF RURITANIA", ["REPUBLIC OF RURITANIA", "Work - Peace", "Nationally Determined Contribution II"],
         "Nationally Determined Contribution II"),
        ("Ministère du climat", ["Ministère du climat", "Contribution déterminée au niveau national du", "Royaume"],
         "Contribution déterminée au niveau national du Royaume"),
        # What names the instrument already, in words or by its short name, stays.
        ("NDC of Ruritania", ["NDC of Ruritania", "Nationally Determined Contribution"], "NDC of Ruritania"),
        # Prose that speaks of the instrument is no title, nor is what stands below it.
        ("RURITANIA", ["RURITANIA", "The nationally determined contribution was prepared in 2021 " + "with all " * 20,
                       "Nationally Determined Contribution"], "RURITANIA"),
        ("", [], ""),
    ],
)  # fmt: skip
def test_titles(heading: str, lines: list[str], title: str) -> None:
    assert infer_title(heading, lines, "NDC") == title
