"""report.json: the whole report in one canonical form, so that equal reports are equal bytes."""

from __future__ import annotations

import json
from typing import get_args

from coherence.models import Commitment, Finding, Notice, Recommendation, Report, Severity

__all__ = ["canonical_order", "parse_report", "render_json"]

_SEVERITIES: tuple[str, ...] = get_args(Severity)


def render_json(report: Report) -> str:
    """Return the report as JSON: sorted keys, entries in canonical order, unescaped Unicode, one final newline."""
    data = canonical_order(report).model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def parse_report(text: str) -> Report:
    """Return the report that ``render_json`` wrote; raises pydantic.ValidationError."""
    return Report.model_validate_json(text)


def canonical_order(report: Report) -> Report:
    """Return the report with its entries ordered by content, whatever order they came in."""
    return report.model_copy(
        update={
            "documents": tuple(sorted(report.documents, key=lambda document: document.path)),
            "left_out": tuple(sorted(report.left_out, key=_notice_key)),
            "notices": tuple(sorted(report.notices, key=_notice_key)),
            "commitments": tuple(sorted(report.commitments, key=_commitment_key)),
            "rules": tuple(sorted(report.rules, key=lambda rule: (rule.id, rule.version))),
            "findings": tuple(sorted(report.findings, key=_finding_key)),
            "suppressed": tuple(sorted(report.suppressed, key=lambda each: _finding_key(each.finding))),
            "clusters": tuple(sorted(report.clusters, key=lambda cluster: (cluster.rank, cluster.id))),
            "recommendations": tuple(sorted(report.recommendations, key=_recommendation_key)),
        }
    )


def _notice_key(notice: Notice) -> tuple[str, ...]:
    return notice.where, notice.level, notice.what, notice.remedy


def _commitment_key(commitment: Commitment) -> tuple[str, int, int, int, str]:
    place = commitment.provenance
    return commitment.document, place.page, place.start, place.end, commitment.id


def _finding_key(finding: Finding) -> tuple[str, int, float, str]:
    """Order by rule, then the most pressing and the surest first."""
    return finding.rule, -_SEVERITIES.index(finding.severity), -finding.confidence, finding.fingerprint


def _recommendation_key(recommendation: Recommendation) -> tuple[int, str]:
    return recommendation.rank, recommendation.id
