"""The next moment of revision follows from dates in data, in documents and in the dossier, never from a clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_recommend import commitment

from coherence.errors import VocabularyError
from coherence.models import DocumentRecord
from coherence.resources import rules_dir
from coherence.revision_windows import Calendar, load_windows, reference_date
from coherence.vocabulary import SOURCE_LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = rules_dir() / "frameworks" / "revision_windows.yaml"


def plan(instrument: str, year: int | None) -> DocumentRecord:
    conventions = {"NDC": "UNFCCC", "NAP": "UNFCCC", "NBSAP": "CBD", "LDN": "UNCCD"}
    return DocumentRecord.model_validate({
        "path": f"dossier/{instrument.lower()}.pdf", "sha256": "0" * 64, "format": "pdf", "instrument": instrument,
        "convention": conventions[instrument], "title": instrument, "language": "en", "pages": 1, "year": year,
    })  # fmt: skip


def calendar(as_of: date | None, *documents: DocumentRecord, target_year: int | None = None, **more: Any) -> Calendar:
    stated = [
        commitment(f"c{number}", each.instrument, "5 ha", target_year=target_year)
        for number, each in enumerate(documents)
    ]
    return Calendar(documents, stated, as_of, more.pop("language", "en"), **more)


def test_windows_are_counted_from_the_stated_date_or_the_end_of_the_latest_document() -> None:
    assert reference_date(date(2026, 11, 30), [plan("NDC", 2030)]) == date(2026, 11, 30)
    assert reference_date(None, [plan("NDC", 2015), plan("LDN", 2021)]) == date(2021, 12, 31)
    assert reference_date(None, [plan("NDC", None)]) is None


def test_the_next_window_comes_after_the_date_and_after_the_document() -> None:
    found = calendar(date(2025, 3, 1), plan("NDC", 2021), target_year=2030).next_window(["NDC"])
    assert found is not None
    assert (found.id, found.closes, found.verified) == ("NDC-2025", date(2025, 12, 31), True)
    answered = calendar(date(2025, 3, 1), plan("NDC", 2025), target_year=2035).next_window(["NDC"])
    assert answered is not None
    assert answered.id == "NDC-2030"


def test_a_plan_whose_targets_have_ended_is_due_before_any_date() -> None:
    ended = calendar(date(2026, 1, 1), plan("NBSAP", 2014), plan("NDC", 2021), target_year=2020, language="fr")
    found = ended.next_window(["NDC", "NBSAP"])
    assert found is not None
    assert found.due
    assert found.closes is None
    assert "s'achèvent en 2020" in found.label


@pytest.mark.parametrize(("as_of", "reports"), [(date(2026, 3, 1), "CBD-NR-8"), (date(2026, 1, 1), "CBD-NR-7")])
def test_reports_have_moments_of_their_own(as_of: date, reports: str) -> None:
    found = calendar(as_of, plan("NBSAP", 2025), target_year=2030).next_window(["NBSAP"], "report")
    assert found is not None
    assert found.id == reports


def test_without_any_year_no_moment_is_known_and_it_weighs_least() -> None:
    unknown = calendar(None, plan("NDC", None))
    assert unknown.next_window(["NDC"]) is None
    assert unknown.weight(None) == load_windows(SHIPPED).weight.later


@given(days=st.integers(0, 4000), later=st.integers(0, 2000))
def test_a_moment_never_weighs_less_as_it_draws_nearer(days: int, later: int) -> None:
    start = date(2020, 1, 2)
    closes = start + timedelta(days=days + later)
    window = load_windows(SHIPPED).windows[0]
    table = load_windows(SHIPPED).model_copy(update={"windows": (window.model_copy(update={"closes": closes}),)})
    weights = []
    for today in (start, start + timedelta(days=later)):
        dated = calendar(today, plan("NDC", 2015), table=table)
        weights.append(dated.weight(dated.next_window(["NDC"])))
    if days:
        assert weights[0] <= weights[1]


def test_shipped_windows_have_labels_and_a_source_where_verified() -> None:
    for window in load_windows(SHIPPED).windows:
        assert all(getattr(window.label, language) for language in SOURCE_LANGUAGES)
        assert window.source or not window.verified


def test_faults_are_told_with_their_places(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new, told in (
        ("closes: 2020-12-31", "closes: soon", "'closes' must be a date"),
        ("    kind: revision", "    kind: revisoin", "did you mean 'revision'?"),
        (
            'source: "unfccc.int, page on NDCs: by 2020 and every five years thereafter"',
            'source: ""',
            "names no source",
        ),
    ):
        path = tmp_path / "windows.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(VocabularyError) as problem:
            load_windows(path)
        assert told in str(problem.value)
        assert "windows.yaml:" in str(problem.value)


def test_a_moment_that_has_passed_since_the_document_is_due_and_names_its_year() -> None:
    found = calendar(date(2026, 2, 1), plan("NDC", 2021), target_year=2030).next_window(["NDC"])
    assert found is not None
    assert (found.id, found.due, found.label) == (
        "NDC-2025", True, "NDC due in 2025; the document at hand is of 2021"
    )  # fmt: skip
    reports = calendar(date(2026, 3, 1), plan("NBSAP", 2024), target_year=2030).next_window(["NBSAP"], "report")
    assert reports is not None
    assert not reports.due


def test_of_moments_on_one_day_the_one_that_was_read_is_named() -> None:
    found = calendar(date(2027, 1, 1), plan("NDC", 2025), plan("LDN", 2026), target_year=2035).next_window(
        ["LDN", "NDC"]
    )
    assert found is not None
    assert found.id == "NDC-2030"


def test_of_what_is_due_a_date_that_was_read_goes_before_one_that_is_believed() -> None:
    found = calendar(date(2026, 2, 1), plan("NBSAP", 2016), plan("NDC", 2021), target_year=2030).next_window(
        ["NBSAP", "NDC"]
    )
    assert found is not None
    assert (found.id, found.verified) == ("NDC-2025", True)
