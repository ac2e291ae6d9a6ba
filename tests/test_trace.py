"""Why a figure was taken and another was not: the trace adds up, and no figure is lost without a reason."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_passages import document, paragraph, row
from typer.testing import CliRunner

from coherence.cli import app
from coherence.extraction import extract_commitments, rejected_figures
from coherence.extraction.annotation import annotate
from coherence.reports import render_trace
from coherence.reports.trace_text import evidence_in_words
from coherence.vocabulary import term_list

STATEMENTS = (
    "The region will replant 35,000 ha of burnt forest by 2032.",
    "In 2011, 12,000 ha of forest burnt.",
    "The coast has 14 lighthouses and 80 km of dunes.",
    "Emissions shall fall by 17% below 2010 levels, subject to international support.",
    "The plan does not commit the country to a cut of 25%.",
    "World prices rose by 3%.",
)


def test_all_evidence_has_words() -> None:
    names = {name for scale in term_list("decision").values() for name in scale["weights"]}
    without = [name for name in sorted(names) if evidence_in_words(name) == name]
    assert not without, "say in rules/vocabulary/evidence.yaml what they are"


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(STATEMENTS), min_size=1, unique=True))
def test_weights_add_up_to_the_confidence(statements: list[str]) -> None:
    made = document(*(paragraph(text, "2. Targets") for text in statements))
    for found in (*extract_commitments(made), *rejected_figures(made)):
        weights = [float(step.value.split()[0]) for step in found.trace if step.field == "promise"]
        assert found.confidence == pytest.approx(1 / (1 + math.exp(-sum(weights))), abs=1e-3)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(STATEMENTS), min_size=1, unique=True))
def test_each_figure_is_taken_or_rejected(statements: list[str]) -> None:
    made = document(*(paragraph(text, "2. Targets") for text in statements))
    read = sorted(q.text for text in statements for q in annotate(text, "en").quantities)
    taken = [q.text for c in extract_commitments(made) for q in c.quantities]
    assert sorted([*taken, *(r.figure for r in rejected_figures(made))]) == read


def test_fields_name_the_words_that_decided_them() -> None:
    text = "With donor support, losses will be cut by 18% by 2031, compared with 2012."
    (found,) = extract_commitments(document(paragraph(text, "2. Targets")))
    steps = {step.field: (step.value, step.because) for step in found.trace if step.field != "promise"}
    assert steps["quantity"] == ("18 percent", "18%")
    assert steps["target_year"] == ("2031", "clause: 2031")
    assert steps["modality"] == ("committed", "will")
    assert steps["baseline"][0] == "2012"
    assert steps["conditionality"][0] == "conditional"


def test_a_number_without_unit_in_a_table_is_told_apart_from_one_that_was_weighed() -> None:
    made = document(
        row({("Item",): "Wells", ("Remarks",): "417"}), row({("Item",): "Forest", ("In 2009 (ha)",): "700"})
    )
    assert [(r.figure, r.reason) for r in rejected_figures(made)] == [("417", "no_unit"), ("700", "weighed")]


def test_text_shows_quote_words_and_reason_and_nothing_that_steers_the_terminal() -> None:
    made = document(
        paragraph("By 2032, 40 ha \x1b[31mwill be\x1b[0m replanted.", "2. Targets"), paragraph(STATEMENTS[1])
    )
    text = render_trace(extract_commitments(made), rejected_figures(made), steps=True)
    assert "\x1b" not in text
    assert "a year ahead in the clause" in text
    assert "Not taken: more speaks against a promise than for one" in text
    assert text == render_trace(extract_commitments(made), rejected_figures(made), steps=True)


def test_the_command_writes_both_formats(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("plan") / "ndc.md"
    file.write_text("# Targets\n\n" + "\n\n".join(STATEMENTS), encoding="utf-8")
    lines = CliRunner().invoke(app, ["extract", str(file), "--trace", "--jobs", "1"]).stdout.splitlines()
    records = [json.loads(line) for line in lines]
    assert {"trace", "quantities"} <= set(records[0])
    rejected = [record for record in records if "rejected" in record]
    assert rejected
    assert all("quantities" not in record and record["trace"] for record in rejected)
    plain = CliRunner().invoke(app, ["extract", str(file), "--format", "text", "--jobs", "1"]).stdout
    assert "35,000 ha" in plain
    assert "Not taken" not in plain
