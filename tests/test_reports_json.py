"""report.json, the JSON Lines and their schemas."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sample_report import LDN, NBSAP, NDC, sample_report

from coherence.audit import record_of
from coherence.audit_models import AuditSummary
from coherence.change_models import AuditChanges
from coherence.compare import compare_reports
from coherence.models import Report
from coherence.reports import (
    parse_report,
    render_changes_json,
    render_commitments_jsonl,
    render_findings_jsonl,
    render_html,
    render_json,
    render_workbook,
)
from coherence.reports.audit_text import render_audit_json
from coherence.reports.schema import SCHEMAS, render_schema

SCHEMA_DIR = Path(__file__).parent.parent / "graphs" / "schema"
FINDING_KEYS = {
    "fingerprint", "rule", "rule_version", "dossier", "kind", "severity", "score", "confidence", "commitments",
    "missing", "explanation", "recommendation",
}  # fmt: skip
COMMITMENT_KEYS = {
    "id", "country", "instrument", "convention", "document", "quote", "page", "start", "end", "kind", "modality",
    "action", "themes", "quantities", "target_year", "start_year", "baseline", "conditionality", "ldn_response",
    "places", "confidence",
}  # fmt: skip


def lines(text: str) -> list[dict[str, Any]]:
    assert text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def shuffled(report: Report, seed: int) -> Report:
    """Return the report with every list in another order, made of new objects."""
    random = Random(seed)  # noqa: S311 - order, not secrecy
    parts = ("documents", "commitments", "findings", "rules", "recommendations", "notices", "left_out", "suppressed")
    mixed = {name: tuple(random.sample(getattr(report, name), len(getattr(report, name)))) for name in parts}
    return Report.model_validate_json(report.model_copy(update=mixed).model_dump_json())


def test_json_reads_back_as_the_same_report() -> None:
    text = render_json(sample_report())
    assert render_json(parse_report(text)) == text
    assert set(parse_report(text).commitments) == set(sample_report().commitments)


def test_json_is_canonical() -> None:
    text = render_json(sample_report())
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert "استعادة" in text


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=0))
def test_every_format_has_the_same_bytes_whatever_the_order_of_input(seed: int) -> None:
    report = sample_report()
    other = shuffled(report, seed)
    assert render_json(other) == render_json(report)
    assert render_html(other) == render_html(report)
    assert render_workbook(other) == render_workbook(report)
    assert render_findings_jsonl(other) == render_findings_jsonl(report)
    assert render_commitments_jsonl(other.commitments, other.documents) == render_commitments_jsonl(
        report.commitments, report.documents
    )


def test_findings_carry_the_keys_of_the_contract_sorted_by_fingerprint() -> None:
    found = lines(render_findings_jsonl(sample_report()))
    assert len(found) == 8
    assert all(set(line) >= FINDING_KEYS for line in found)
    assert [line["fingerprint"] for line in found] == sorted(line["fingerprint"] for line in found)
    overlap = next(line for line in found if line["rule"] == "OVL-001" and line["severity"] == "high")
    assert [(entry["document"], entry["page"]) for entry in overlap["commitments"]] == [(NDC, 12), (LDN, 3)]
    assert overlap["relation"] == "nested"
    assert sum("relation" in line for line in found) == 1
    assert set(overlap["commitments"][0]) == {"id", "document", "instrument", "page", "quote"}
    gap = next(line for line in found if line["rule"] == "GAP-001")
    assert gap["missing"] == {"instrument": "NBSAP", "element": "counterpart"}


def test_commitments_carry_the_keys_of_the_contract_in_document_order() -> None:
    report = sample_report()
    found = lines(render_commitments_jsonl(report.commitments, report.documents))
    assert all(set(line) >= COMMITMENT_KEYS for line in found)
    places = [(line["document"]["path"], line["page"], line["start"]) for line in found]
    assert places == sorted(places)
    first = found[0]
    assert first["document"] == {
        "path": NDC, "sha256": "a" * 64, "title": "Contribution déterminée au niveau national <révisée>",
        "language": "fr", "year": 2021,
    }  # fmt: skip
    assert first["quantities"][0] == {
        "value": 200000.0, "low": None, "high": None, "from_value": None, "unit": "ha", "of": "degraded land",
        "per_year": False,
        "qualifier": "exact", "text": "200000 ha",
    }  # fmt: skip
    assert {line["document"]["path"] for line in found} == {NDC, LDN, NBSAP}


def test_findings_set_aside_are_in_no_line_and_keep_their_reason_in_the_report() -> None:
    report = sample_report()
    aside = {entry.finding.fingerprint for entry in report.suppressed}
    assert aside
    assert aside.isdisjoint(line["fingerprint"] for line in lines(render_findings_jsonl(report)))
    data = json.loads(render_json(report))
    assert data["as_of"] == "2026-11-30"
    assert {entry["finding"]["fingerprint"]: entry["suppression"]["reason"] for entry in data["suppressed"]} == {
        entry.finding.fingerprint: entry.suppression.reason for entry in report.suppressed
    }


def test_nothing_found_gives_an_empty_file() -> None:
    empty = sample_report().model_copy(update={"findings": (), "commitments": ()})
    assert render_findings_jsonl(empty) == ""
    assert render_commitments_jsonl((), ()) == ""


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_committed_schemas_are_those_of_the_models(name: str) -> None:
    assert (SCHEMA_DIR / name).read_text(encoding="utf-8") == render_schema(name)


def test_what_is_written_fits_the_schemas() -> None:
    report = sample_report()
    changes = compare_reports(report.model_copy(update={"findings": report.findings[1:], "documents": ()}), report)
    audit = AuditSummary(engine_version="1", dossiers=(record_of("GHA", report),), waiting=("KEN",))
    written = {
        "report.schema.json": [json.loads(render_json(report))],
        "finding_line.schema.json": lines(render_findings_jsonl(report)),
        "commitment_line.schema.json": lines(render_commitments_jsonl(report.commitments, report.documents)),
        "audit.schema.json": [json.loads(render_audit_json(audit))],
        "changes.schema.json": [json.loads(render_changes_json(changes))],
        "audit_changes.schema.json": [json.loads(render_changes_json(AuditChanges(dossiers={"GHA": changes})))],
    }
    assert set(written) == set(SCHEMAS)
    for name, instances in written.items():
        validator = Draft202012Validator(json.loads(render_schema(name)))
        assert [error.message for instance in instances for error in validator.iter_errors(instance)] == []


def test_schema_refuses_an_unknown_key() -> None:
    data = json.loads(render_json(sample_report())) | {"surprise": 1}
    assert list(Draft202012Validator(json.loads(render_schema("report.schema.json"))).iter_errors(data))
