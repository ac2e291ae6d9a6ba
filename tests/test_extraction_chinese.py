"""Chinese plans: what their wording promises, what it only reports. Every sentence is made up for the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments

if TYPE_CHECKING:
    from coherence.models import Commitment, Passage


def read(*passages: Passage) -> tuple[Commitment, ...]:
    found = extract_commitments(document(*passages, language="zh", year=2021))
    return tuple(c for c in found if c.quantities)


@pytest.mark.parametrize(
    ("text", "value", "unit", "year", "baseline"),
    [
        ("到2030年，单位国内生产总值二氧化碳排放比2005年下降65%以上。", 65, "percent", 2030, 2005),
        ("力争到2030年风电、太阳能发电总装机容量达到12亿千瓦以上。", 1_200_000, "MW", 2030, None),
        ("到２０２５年，畜禽粪污综合利用率达到８０％以上。", 80, "percent", 2025, None),
        ("“十四五”期间，治理沙化土地1.5亿亩。", 10_000_000, "ha", 2025, None),
        ("到2035年，以国家公园为主体的自然保护地占陆域国土面积的18%以上。", 18, "percent", 2035, None),
        ("全国用水总量控制在6400亿立方米以内。", 640_000_000_000, "m3", None, None),
        ("到2030年实现土地退化零增长，退化土地修复面积不少于2000万公顷。", 20_000_000, "ha", 2030, None),
        ("到2025年，完成历史遗留矿山生态修复面积300万亩以上。", 200_000, "ha", 2025, None),
        ("新建国家级自然保护区20处。", 20, "count", None, None),
        ("国家重点保护野生动植物物种保护率提高到75%。", 75, "percent", None, None),
        ("重点保护江豚、鲟鱼等12种珍稀水生动物及其栖息地。", 12, "count", None, None),
    ],
)
def test_promises(text: str, value: float, unit: str, year: int | None, baseline: int | None) -> None:
    (found,) = read(paragraph(text))
    (quantity,) = found.quantities
    assert (quantity.value, quantity.unit, found.target_year) == (pytest.approx(value), unit, year)
    assert (found.baseline.year if found.baseline else None) == baseline


@pytest.mark.parametrize(
    "text",
    [
        "截至2020年底，全国森林面积达2.2亿公顷，森林覆盖率23.04%。",
        "2020年单位国内生产总值二氧化碳排放比2005年下降48.4%。",
        "目前，全省已建立自然保护地近300处，约占国土面积的18%。",
        "“十三五”期间，完成营造林63万公顷，退化草原改良150万公顷。",
        "据统计，该流域分布有鱼类424种，其中特有种183种。",
        "我国现有荒漠化土地257万平方公里，占国土面积的26.8%。",
        "近年来，湿地面积减少了8.8%。",
        "力争2030年前二氧化碳排放达到峰值，努力争取2060年前实现碳中和。",
    ],
)
def test_reports_and_aims_without_a_figure_hold_no_promised_figure(text: str) -> None:
    assert read(paragraph(text)) == ()


def test_a_condition_before_the_noun_it_governs() -> None:
    text = "在获得国际资金和技术支持的前提下，到2030年温室气体排放较照常情景减少25%。"
    (found,) = read(paragraph(text))
    assert found.conditionality == "conditional"
    assert found.baseline is not None
    assert found.baseline.kind == "bau"


def test_regions_with_the_means_are_no_condition() -> None:
    (found,) = read(paragraph("到2025年，支持有条件的地区新建污水处理厂30座。"))
    assert found.conditionality == "unstated"


def test_every_year_may_stand_behind_other_figures() -> None:
    (found,) = read(paragraph("2021年至2025年，每年安排造林任务不低于3600万亩。"))
    assert found.quantities[0].per_year
    assert (found.start_year, found.target_year) == (2021, 2025)


def test_binding_and_expected_figures_of_a_table_of_indicators() -> None:
    def indicator(label: str, now: str, later: str, kind: str) -> Passage:
        return row({("指标",): label, ("2020年",): now, ("2025年",): later, ("属性",): kind}, "二、主要目标")

    found = read(
        paragraph("到2025年，全省森林覆盖率达到43%以上。", "二、主要目标"),
        indicator("森林覆盖率（%）", "41.6", "43", "约束性"),
        indicator("湿地保护率（%）", "50.1", "56", "预期性"),
        indicator("新增水土流失治理面积（万公顷）", "—", "45", "预期性"),
    )
    assert [(c.quantities[0].value, c.quantities[0].unit, c.target_year) for c in found] == [
        (43, "percent", 2025), (56, "percent", 2025), (450_000, "ha", 2025),
    ]  # fmt: skip
    assert len(found[0].repeats) == 1
