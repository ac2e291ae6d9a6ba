"""Measuring extraction: which figure is which promise, what follows from it, and what annotations must hold."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from coherence.errors import CoherenceError
from coherence.evaluation import (
    Annotation,
    Evaluation,
    Score,
    annotated_documents,
    evaluate,
    print_evaluation,
    read_annotations,
    render_errors,
    render_evaluation,
)
from coherence.evaluation.matching import fields_right, judge, page_of, quotes_overlap, same_amount, words
from coherence.models import Baseline, Commitment, Page, Provenance, Quantity

CORPORA = Path(__file__).parents[1] / "corpora"
QUOTE = "restore 200 000 ha of degraded land by 2030"
AMOUNTS = st.sampled_from([1.0, 1.004, 2.0, 3.0])
SENTENCES = st.sampled_from([QUOTE, "plant trees", "trees of degraded land by 2030", "build dams in the north", ""])


def row(**fields: Any) -> Annotation:
    return Annotation.model_validate({"quote": QUOTE, "value": 200_000, "unit": "ha", **fields})


def quantity(value: float | None = 200_000, **fields: Any) -> Quantity:
    return Quantity.model_validate({"value": value, "unit": "ha", "text": "", **fields})


def commitment(quote: str = QUOTE, *quantities: Quantity, **fields: Any) -> Commitment:
    place = Provenance(document="plan.pdf", sha256="0" * 64, page=3, start=0, end=len(quote), quote=quote)
    values = {
        "id": "c", "country": "XKX", "instrument": "NDC", "convention": "UNFCCC", "document": "plan.pdf",
        "language": "en", "provenance": place, "kind": "target", "modality": "committed", "confidence": 0.9,
        "quantities": quantities or (quantity(),), **fields,
    }  # fmt: skip
    return Commitment.model_validate(values)


def verdicts(rows: list[Annotation], commitments: list[Commitment]) -> list[str]:
    return [judgement.verdict for judgement in judge(rows, commitments, ())]


@pytest.mark.parametrize(
    ("annotated", "extracted", "same"),
    [
        ({"value": 1000}, {"value": 1005}, True),
        ({"value": 1000}, {"value": 1006}, False),
        ({"value": -1000}, {"value": 1000}, False),
        ({"value": 0}, {"value": 0}, True),
        ({"value": 1000}, {"value": 1000, "unit": "count"}, False),
        ({"value": 1000}, {"value": None, "low": 1000, "high": 1000}, False),
        ({"value": None, "value_low": 7, "value_high": 22}, {"value": None, "low": 7, "high": 22}, True),
        ({"value": None, "value_low": 7, "value_high": 22}, {"value": None, "low": 7, "high": 23}, False),
        ({"value": None, "value_low": 7, "value_high": 22}, {"value": 22}, False),
    ],
)
def test_amounts_agree_in_unit_and_within_half_a_percent(
    annotated: dict[str, Any], extracted: dict[str, Any], same: bool
) -> None:
    assert same_amount(row(**annotated), quantity(**extracted)) is same


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("restore degraded land", "we will Restore DEGRADED pasture and much more", True),
        ("restore degraded dry land", "restore pasture", True),
        ("restore degraded dry land", "restore pasture north of here", False),
        ("resto-\nration of land", "restoration of pasture", True),
        ("恢复退化土地", "到2030年恢复土地十万亩", True),
        ("恢复退化土地", "保护生物多样性", False),
        ("استعادة الأراضي", "استعادة\u200f الأراضي المتدهورة", True),
        ("ﬁre", "fire", True),
        ("", "anything", False),
        ("–", "–", False),
    ],
)
def test_quotes_overlap_by_half_of_the_words_of_the_shorter(one: str, other: str, overlap: bool) -> None:
    assert quotes_overlap(one, other) is overlap
    assert quotes_overlap(other, one) is overlap


@given(st.text(), st.text())
def test_overlap_is_symmetric_and_holds_for_a_quote_with_itself(one: str, other: str) -> None:
    assert quotes_overlap(one, other) is quotes_overlap(other, one)
    assert quotes_overlap(one, one) is bool(words(one))


def test_a_promise_found_twice_is_right_once_and_repeated_once() -> None:
    assert verdicts([row()], [commitment(), commitment()]) == ["right", "repeated"]


def test_two_promises_of_one_figure_need_two_extracted_figures() -> None:
    assert verdicts([row(), row()], [commitment()]) == ["right", "missed"]
    assert verdicts([row(), row()], [commitment(), commitment()]) == ["right", "right"]


def test_a_quote_listed_as_repeat_counts_as_the_promise() -> None:
    elsewhere = "Table 4 rehabilitation 200 000"
    assert verdicts([row()], [commitment(elsewhere)]) == ["false", "missed"]
    assert verdicts([row(repeats=[elsewhere])], [commitment(elsewhere)]) == ["right"]
    assert verdicts([row(repeats=[elsewhere])], [commitment(), commitment(elsewhere)]) == ["right", "repeated"]


def test_a_figure_that_no_promise_has_is_false() -> None:
    figures = commitment(QUOTE, quantity(), quantity(5, unit="percent"))
    assert verdicts([row()], [figures]) == ["right", "false"]
    assert verdicts([], [figures]) == ["false", "false"]


@given(
    st.lists(st.builds(lambda value, quote: row(value=value, quote=quote or "x"), AMOUNTS, SENTENCES), max_size=6),
    st.lists(st.builds(lambda value, quote: commitment(quote, quantity(value)), AMOUNTS, SENTENCES), max_size=6),
)
def test_every_row_and_every_figure_is_judged_once(rows: list[Annotation], commitments: list[Commitment]) -> None:
    found = verdicts(rows, commitments)
    assert found.count("right") + found.count("missed") == len(rows)
    assert len(found) - found.count("missed") == len(commitments)


def test_fields_are_compared_where_the_annotation_speaks_of_them() -> None:
    annotated = row(target_year=2030, baseline_year=2010, themes=["land_restoration", "soil_carbon"], per_year=True)
    found = commitment(
        QUOTE, quantity(per_year=True), target_year=2030, baseline=Baseline(year=2015, kind="base_year"),
        themes=("soil_carbon",), conditionality="conditional",
    )  # fmt: skip
    assert dict(fields_right(annotated, found, found.quantities[0])) == {
        "target_year": True, "start_year": True, "baseline_year": False, "conditionality": False,
        "per_year": True, "themes": True,
    }  # fmt: skip
    assert dict(fields_right(row(ldn_response="avoid"), found, found.quantities[0]))["ldn_response"] is False


def test_scores_of_nothing_are_unknown_and_of_misses_zero() -> None:
    nothing = Score.of([])
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    missed = Score.of(["missed"])
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)
    mixed = Score.of(["right", "right", "right", "false", "missed", "missed", "repeated"])
    assert (mixed.precision, mixed.recall, mixed.f1) == (3 / 4, 3 / 5, 2 / 3)


def test_a_missed_promise_is_placed_on_the_page_that_holds_its_words() -> None:
    pages = [
        Page(number=1, text="degraded land"),
        Page(number=2, text="They will restore\n200 000 ha of degra-\nded land"),
    ]
    assert page_of("restore 200 000 ha of degraded land", pages) == 2
    assert page_of("will restore more degraded land", pages) == 2
    assert page_of("build many dams", pages) is None


def dossier(
    folder: Path, *lines: str, text: str = "The country will restore 5 000 ha of degraded land by 2030.\n"
) -> Path:
    (folder / "gold").mkdir(parents=True)
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    (folder / "gold" / "plan.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


LINE = '{"quote": "restore 5 000 ha of degraded land", "value": 5000, "unit": "ha", "target_year": 2030}'


def test_every_fault_of_every_annotation_file_is_told_with_its_line(tmp_path: Path) -> None:
    bad = (
        LINE, "", "{", '{"quote": "x", "value": 1, "unit": "hectare"}', '{"quote": "x", "unit": "ha"}',
        '{"quote": "x", "value": "1", "unit": "ha"}', '{"quote": "x", "value": 1, "unit": "ha", "yeer": 2030}',
        '{"quote": "x", "value": 1, "unit": "ha", "themes": ["reforestaton"]}',
        '{"quote": "x", "value_low": 1, "unit": "ha"}',
    )  # fmt: skip
    dossier(tmp_path / "a", *bad)
    dossier(tmp_path / "b", '{"value": 1, "unit": "ha"}')
    with pytest.raises(CoherenceError) as raised:
        annotated_documents([tmp_path])
    faults = raised.value.faults
    assert [(Path(each.location.path).parts[-3], each.location.line) for each in faults] == [
        ("a", 3), ("a", 4), ("a", 5), ("a", 6), ("a", 7), ("a", 8), ("a", 9), ("b", 1),
    ]  # fmt: skip
    assert "unknown unit 'hectare'; use ha, percent," in str(faults[1])
    assert "unknown theme 'reforestaton'; did you mean 'reforestation'?" in str(faults[5])
    assert "'yeer'" in str(faults[4])


def test_a_file_of_something_else_is_told_in_few_lines(tmp_path: Path) -> None:
    with pytest.raises(CoherenceError) as raised:
        annotated_documents([dossier(tmp_path / "a", *['{"quote": "x"}'] * 400)])
    assert len(raised.value.faults) == 51
    assert "350 further lines" in str(raised.value.faults[-1])


def test_an_empty_annotation_file_says_that_nothing_is_promised(tmp_path: Path) -> None:
    evaluation = evaluate([dossier(tmp_path / "a", text="The country will restore 5 000 ha by 2030.\n")])
    assert evaluation.total.false == 1
    assert evaluation.macro_f1 is None


def test_annotations_without_a_document_and_folders_without_annotations_are_faults(tmp_path: Path) -> None:
    (dossier(tmp_path / "a", LINE) / "plan.txt").unlink()
    (tmp_path / "empty").mkdir()
    with pytest.raises(CoherenceError) as raised:
        annotated_documents([tmp_path / "a", tmp_path / "empty", tmp_path / "absent"])
    assert [each.what for each in raised.value.faults] == [
        f"no document 'plan' to compare with in {tmp_path / 'a'}",
        "no folder 'gold' with annotations here or one level below",
        "there is no such folder",
    ]


def test_of_two_documents_with_one_name_the_rows_tell_which(tmp_path: Path) -> None:
    folder = dossier(tmp_path / "a", LINE)
    (folder / "plan.md").write_text("Another text.\n", encoding="utf-8")
    with pytest.raises(CoherenceError, match="several documents"):
        annotated_documents([folder])
    (folder / "gold" / "plan.jsonl").write_text('{"doc": "plan.md", ' + LINE[1:], encoding="utf-8")
    (found,) = annotated_documents([folder])
    assert found.entry.file == str(folder / "plan.md")


def test_a_document_that_cannot_be_read_is_named_and_its_promises_are_missed(tmp_path: Path) -> None:
    folder = dossier(tmp_path / "a", LINE)
    (folder / "gold" / "scan.jsonl").write_text(LINE, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 broken")
    evaluation = evaluate([folder])
    assert (evaluation.total.right, evaluation.total.missed) == (1, 1)
    assert evaluation.macro_f1 == 0.5
    assert [notice.where for notice in evaluation.notices] == [str(folder / "scan.pdf")]


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    return evaluate([CORPORA])


def test_the_example_dossiers_are_measured_as_a_whole(measured: Evaluation) -> None:
    annotations = sorted(CORPORA.glob("*/gold/*.jsonl"))
    assert len(measured.documents) == len(annotations)
    assert measured.total.right + measured.total.missed == sum(len(read_annotations(path)) for path in annotations)
    assert {each.language for each in measured.languages} == {"en", "es", "fr", "pt"}
    assert sum(each.score.right for each in measured.languages) == measured.total.right
    assert not measured.notices


def test_extraction_does_not_fall_behind_on_the_example_dossiers(measured: Evaluation) -> None:
    assert (measured.total.precision or 0) >= 0.85
    assert (measured.total.recall or 0) >= 0.85
    assert (measured.macro_f1 or 0) >= 0.85
    assert {field.field for field in measured.fields if (field.share or 0) < 0.75} == set()


def test_processes_and_order_of_folders_make_no_difference(measured: Evaluation) -> None:
    folders = sorted((path.parent for path in CORPORA.glob("*/gold")), reverse=True)
    assert evaluate([*folders, folders[0]], jobs=2) == measured


def test_every_error_is_written_with_its_place(measured: Evaluation) -> None:
    errors = [json.loads(line) for line in render_errors(measured).splitlines()]
    assert len(errors) == measured.total.false + measured.total.missed
    assert all(error["page"] and error["quote"] and Path(error["document"]).is_file() for error in errors)
    places = [(error["document"], error["page"]) for error in errors]
    assert places == sorted(places)


def test_scores_are_printed_for_people_and_for_programs(measured: Evaluation) -> None:
    shown = StringIO()
    print_evaluation(measured, Console(file=shown, width=80))
    lines = [line.split() for line in shown.getvalue().splitlines()]
    counts = [str(getattr(measured.total, name)) for name in ("right", "false", "missed")]
    assert ["all", str(len(measured.documents))] in [line[:2] for line in lines if line[-3:] == counts]
    assert {"en", "es", "fr"} <= {line[0] for line in lines if line}
    record = json.loads(render_evaluation(measured))
    assert record["total"]["right"] == measured.total.right
    assert "judgements" not in record["documents"][0]


def coherence(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coherence", "evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_prints_scores_writes_errors_and_tells_what_it_could_not_read(tmp_path: Path) -> None:
    folder = dossier(tmp_path / "a", LINE, LINE.replace("5000", "7000"))
    done = coherence(folder, "--errors", tmp_path / "errors.jsonl")
    assert done.returncode == 0, done.stderr
    assert "a/plan.txt" in done.stdout
    assert "target_year" in done.stdout
    (error,) = (json.loads(line) for line in (tmp_path / "errors.jsonl").read_text(encoding="utf-8").splitlines())
    assert (error["error"], error["page"], error["annotation"]["value"]) == ("missed", 1, 7000)
    (folder / "plan.txt").write_bytes(b"")
    partial = coherence(folder, "--format", "json")
    assert partial.returncode == 4
    assert json.loads(partial.stdout)["total"]["missed"] == 2
    assert "plan.txt" in partial.stderr
    shutil.rmtree(folder / "gold")
    wrong = coherence(folder)
    assert wrong.returncode == 2
    assert "gold/document.jsonl" in wrong.stderr
