"""The JSON Schema of what reports write, generated from the models: graphs/schema/report.schema.json."""

from __future__ import annotations

import json
from typing import Any

from coherence.audit_models import AuditSummary
from coherence.change_models import AuditChanges, Changes
from coherence.models import Frozen, Report
from coherence.reports.jsonlines import CommitmentLine, FindingLine

__all__ = ["SCHEMAS", "render_schema"]

SCHEMAS: dict[str, type[Frozen]] = {
    "report.schema.json": Report,
    "commitment_line.schema.json": CommitmentLine,
    "finding_line.schema.json": FindingLine,
    "audit.schema.json": AuditSummary,
    "changes.schema.json": Changes,
    "audit_changes.schema.json": AuditChanges,
}
"""File name in graphs/schema, and the model it documents."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def render_schema(name: str) -> str:
    """Return the schema of that file name as JSON with sorted keys; raises KeyError."""
    schema: dict[str, Any] = SCHEMAS[name].model_json_schema(mode="serialization")
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
