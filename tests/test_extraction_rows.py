"""What the figures of a table row are about, and which numbers of a row are none of its promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coherence.extraction import extract_commitments
from tests.sample_passages import document, paragraph, row

if TYPE_CHECKING:
    from coherence.models import Commitment, Passage

SECTOR, MEASURE, AREA = ("Sector",), ("Measures",), ("Target by 2030",)
OWN, SUPPORTED = ("Effort", "Unconditional"), ("Effort", "Conditional")
COST = ("Cost (million USD)",)


def split(measure: str, area: str, own: str, supported: str, sector: str = "Forest sector") -> Passage:
    return row({SECTOR: sector, MEASURE: measure, AREA: area, OWN: own, SUPPORTED: supported}, "Planned measures")


def promises(*rows: Passage) -> tuple[Commitment, ...]:
    return extract_commitments(document(*rows, instrument="NDC", convention="UNFCCC"))


def test_the_split_of_an_effort_is_no_target() -> None:
    made = promises(
        split("Restore degraded savanna woodland", "41,000 ha", "12.5%", "87.5%"),
        split("Protect the river banks", "6,200 ha", "30%", "70 %"),
    )
    assert {(q.value, q.unit) for c in made for q in c.quantities} == {(41_000, "ha"), (6_200, "ha")}


def test_shares_that_do_not_add_up_are_targets() -> None:
    heads = ("Emission reduction by 2030", "Unconditional"), ("Emission reduction by 2030", "Conditional")
    made = promises(
        row({SECTOR: "Energy", heads[0]: "8%", heads[1]: "21%"}, "Mitigation targets"),
        row({SECTOR: "Waste", heads[0]: "5%", heads[1]: "17%"}, "Mitigation targets"),
    )
    assert {q.value for c in made for q in c.quantities} == {8, 21, 5, 17}


def test_a_row_is_about_its_measure_not_about_the_sector_that_rows_share() -> None:
    made = promises(
        split("Restore degraded forest", "41,000 ha", "10%", "90%", "Agriculture"),
        split("Install solar panels", "6,200 panels", "30%", "70%", "Agriculture"),
    )
    assert {c.quantities[0].value: c.themes[0] for c in made if c.quantities} == {
        41_000: "forest_restoration",
        6_200: "renewable_energy",
    }


def test_a_measure_told_with_its_cost_alone_is_a_commitment_and_the_cost_a_part_of_it() -> None:
    made = promises(row({MEASURE: "Restore grazing lands", COST: "12.5"}, "Planned measures"))
    measure = next(c for c in made if not c.quantities)
    (cost,) = (c for c in made if c.quantities)
    assert measure.themes[0] == "rangeland_restoration"
    assert (cost.part_of, cost.part) == (measure.id, "cost")
    assert cost.quantities[0].unit == "USD"


@pytest.mark.parametrize("label", ["Total for planted forests", "Agriculture sector"])
def test_a_total_or_a_sector_that_is_paid_for_is_no_measure(label: str) -> None:
    made = promises(row({MEASURE: label, COST: "12.5"}, "Planned measures"))
    assert all(c.quantities for c in made)


def test_a_figure_told_anew_is_of_the_same_thing() -> None:
    text = "By 2031 the state will restore 8,400 ha of degraded land, that is 35 % of these soils."
    area, share = promises(paragraph(text, "Targets"))
    assert area.themes[0] == share.themes[0] == "land_restoration"
    assert (share.part_of, share.part) == (area.id, "facet")


@pytest.mark.parametrize("head", ["Priority", "Rank", "Phase"])
def test_a_number_that_puts_rows_in_an_order_measures_nothing(head: str) -> None:
    rows = (
        row({("Action",): "Conserve soil on 7,000 ha", (head,): "2", ("Indicator",): "ha treated"}, "Selected actions"),
        row({("Action",): "Reforest the upper basin", (head,): "1", ("Indicator",): "ha planted"}, "Selected actions"),
    )
    assert {(q.value, q.unit) for c in promises(*rows) for q in c.quantities} == {(7_000, "ha")}


def test_a_year_in_the_label_of_a_row_is_that_of_its_figures() -> None:
    rows = (
        row({("Target",): "Conditional target (2025)", ("Emission reduction",): "14%"}, "Mitigation targets"),
        row({("Target",): "Conditional target (2035)", ("Emission reduction",): "31%"}, "Mitigation targets"),
    )
    assert {(c.quantities[0].value, c.target_year) for c in promises(*rows)} == {(14, 2025), (31, 2035)}
