"""Russian plans: what their wording promises, what it only reports. Every sentence is made up for the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments

if TYPE_CHECKING:
    from coherence.models import Commitment


def read(text: str, *headings: str, kind: str = "paragraph") -> tuple[Commitment, ...]:
    found = extract_commitments(document(paragraph(text, *headings, kind=kind), language="ru"))
    return tuple(c for c in found if c.quantities)


@pytest.mark.parametrize(
    ("text", "value", "unit", "year", "baseline"),
    [
        ("Выбросы парниковых газов сократятся не менее чем на 35 процентов от уровня 1990 года к 2030 году.",
         35, "percent", 2030, 1990),
        ("Энергоемкость ВВП сократится на 24 процента к 2030 году по отношению к показателям 2012 года.",
         24, "percent", 2030, 2012),
        ("К 2035 году эмиссии не превысят 80% эмиссий 1990 года.", 80, "percent", 2035, 1990),
        ("До 2030 года планируется провести лесоразведение на площади 150 тыс. га осушенного дна моря.",
         150_000, "ha", 2030, None),
        ("К 2030 г. восстановить 1,2 млн. га деградированных пастбищ путем подсева трав.", 1_200_000, "ha", 2030, None),
        ("Внедрить капельное орошение на площади не менее 200 тысяч гектаров в период 2021–2026 гг.",
         200_000, "ha", 2026, None),
        ("Потери воды в оросительных каналах сократить с 35 % до 20 % к 2030 году.", 20, "percent", 2030, None),
        ("Численность снежного барса планируется увеличить до 180 особей к 2030 году.", 180, "count", 2030, None),
        ("Создать 120 км защитных лесных полос вдоль полей.", 120, "km", None, None),
        ("Поглощение углерода лесами будет увеличено на 2,5 млн т CO2-экв. в год к 2030 г.",
         2_500_000, "tCO2e", 2030, None),
        ("Стоимость мероприятий оценивается в 12,5 млн долл. США.", 12_500_000, "USD", None, None),
        ("Рекультивировать до 2027 года 3,4 тыс. гектаров земель, нарушенных горными работами.",
         3400, "ha", 2027, None),
    ],
)  # fmt: skip
def test_promises(text: str, value: float, unit: str, year: int | None, baseline: int | None) -> None:
    (found,) = read(text)
    (quantity,) = found.quantities
    assert (quantity.value, quantity.unit, found.target_year) == (value, unit, year)
    assert (found.baseline.year if found.baseline else None) == baseline


@pytest.mark.parametrize(
    "text",
    [
        "В 2012 году площадь лесов составила 1 116 тыс. га.",
        "По состоянию на 1 января 2020 года лесной фонд занимает 9,5 млн га.",
        "В 2016 году высажено 3,2 млн саженцев на площади 1,1 тыс. га.",
        "За период с 2010 по 2015 год было посажено 12 млн деревьев.",
        "Деградации подвержено около 70% пастбищ.",
        "К 2050 году сток рек может сократиться на 20-40 %.",
        "Климатические модели прогнозируют рост температуры на 2,5 °С к 2050 году.",
        "Выбросы парниковых газов в 2010 году составили 13,0 млн тонн СО2-экв., что на 55 % ниже уровня 1990 года.",
    ],
)
def test_reports_and_forecasts_are_no_promises(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("За счет средств государственного бюджета будет очищено 500 км каналов.", "unconditional"),
        ("При получении внешней помощи будет очищено 900 км каналов.", "conditional"),
        ("Условная цель: к 2030 году сократить выбросы на 25 %.", "conditional"),
        ("К 2030 году сэкономить 2 млн т условного топлива.", "unstated"),
    ],
)
def test_conditions(text: str, condition: str) -> None:
    (found,) = read(text, "Меры по адаптации")
    assert found.conditionality == condition


def test_probabilities_and_temperatures_are_no_promises() -> None:
    text = "К 2050 году выбросы не превысят 1,5 т СО2/чел. ради цели «ниже 2 °С» с вероятностью 66% и 50%."
    (found,) = read(text, "Долгосрочная цель")
    assert (found.quantities[0].value, found.quantities[0].unit) == (1.5, "other")


def test_what_is_done_every_year_may_open_the_sentence() -> None:
    (found,) = read("Ежегодно планируется обучать методам охраны почв 600 фермеров.")
    assert found.quantities[0].per_year


def test_each_sentence_keeps_its_own_condition() -> None:
    text = (
        "В 2035 г. страна снизит выбросы на 9,5 - 11 % ниже сценария «как обычно». "
        "При международной поддержке снижение составит 20 - 24 %."
    )
    found = read(text, "Вклад по смягчению")
    assert [(c.quantities[0].low, c.conditionality) for c in found] == [(9.5, "unstated"), (20, "conditional")]
    assert found[0].target_year == 2035


def test_years_as_column_heads_below_a_heading_that_says_what_is_cut() -> None:
    heading = "Снижение выбросов парниковых газов, % от базового сценария"
    rows = [
        row({("",): label, ("2025",): first, ("2035",): second}, heading)
        for label, first, second in (("Собственные усилия", "4,2", "9,1"), ("При внешней помощи", "7,3", "15,6"))
    ]
    found = extract_commitments(document(*rows, language="ru"))
    assert {(c.quantities[0].value, c.target_year, c.conditionality) for c in found} == {
        (4.2, 2025, "unconditional"), (9.1, 2035, "unconditional"), (7.3, 2025, "conditional"),
        (15.6, 2035, "conditional"),
    }  # fmt: skip
