"""What the other columns of a target table state of the promise of their row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, row

from coherence.extraction import extract_commitments
from coherence.models import Baseline

if TYPE_CHECKING:
    from coherence.models import Commitment

HEADS = ("Target", "Indicator", "Baseline", "Year", "Institution")


def read(target: str, indicator: str, baseline: str, year: str, body: str) -> Commitment:
    cells = (target, indicator, baseline, year, body)
    told = row({(head,): text for head, text in zip(HEADS, cells, strict=True)}, "Land targets")
    (found,) = extract_commitments(document(told))
    return found


def test_the_columns_of_a_row_state_baseline_body_and_indicator() -> None:
    found = read(
        "Restore 6,400 ha of worn slopes", "Slopes restored, ha", "900 ha in 2016", "2031", "Upland Trust; ASALCO"
    )
    assert found.baseline == Baseline(year=2016, kind="base_year")
    assert found.bodies == ("Upland Trust", "ASALCO")
    assert found.indicator
    assert [step.because for step in found.trace if step.field == "baseline"] == ["column of baselines: 900 ha in 2016"]


def test_a_baseline_without_a_year_is_stated_all_the_same() -> None:
    found = read("Restore 6,400 ha of worn slopes", "Slopes restored, ha", "900 ha today", "2031", "Upland Trust")
    assert found.baseline == Baseline(year=None, kind="base_year")


@pytest.mark.parametrize("nothing", ["not stated", "Not stated.", "n/a", "—", "to be determined"])
def test_a_cell_that_says_so_states_nothing(nothing: str) -> None:
    found = read("Restore 6,400 ha of worn slopes", nothing, nothing, "2031", nothing)
    assert (found.baseline, found.bodies, found.indicator) == (None, (), False)


def test_words_that_compare_give_a_baseline_without_a_figure() -> None:
    (found,) = extract_commitments(
        document(row({("Target",): "Halt the loss of fertile land compared with 2017"}, "Land targets"))
    )
    assert found.baseline == Baseline(year=2017, kind="base_year")


def test_an_amount_of_money_has_no_baseline() -> None:
    told = row(
        {("Target",): "Restore the worn slopes", ("Budget",): "USD 4 million", ("Baseline",): "900 ha in 2016"},
        "Land targets",
    )
    found = extract_commitments(document(told))
    money = [each for each in found if each.quantities and each.quantities[0].unit == "USD"]
    assert [each.baseline for each in money] == [None]
