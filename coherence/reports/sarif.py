"""findings.sarif: the findings in the format of code-review tools, SARIF 2.1.0 (OASIS, 2020).

Rules carry their help; results their fingerprint, the places of the quotes and, where a reviewer set them aside,
SARIF's own form of that decision. Offsets count in characters of the page's text as it was read, because a PDF has no
text of its own to count in; the page stands beside them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from coherence.reports.canonical import canonical_order
from coherence.reports.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.models import (
        Commitment,
        DocumentRecord,
        Finding,
        LegalBasis,
        Notice,
        PackRecord,
        Provenance,
        Report,
        RuleRecord,
        Severity,
        SuppressedFinding,
        Suppression,
    )

__all__ = ["render_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "DOSSIER"
_FINGERPRINT = "coherence/v1"
_LEVELS: dict[Severity, str] = {"high": "error", "medium": "warning", "low": "note", "info": "note"}
_NOTICE_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_LINE = re.compile(r"line (\d+)")

Node = dict[str, Any]


def render_sarif(report: Report) -> str:
    """Return the findings, those set aside included, as one SARIF log with one run; the same report, the same text."""
    report = canonical_order(report)
    found = _results_of(report)
    rules = _rules(report, [finding for finding, _ in found])
    numbers = {rule["id"]: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(report, rules), "extensions": [_extension(pack) for pack in report.packs]},
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(document) for document in report.documents],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder of the dossier"}}},
        "automationDetails": {"id": f"coherence/{report.country}/"},
        "columnKind": "unicodeCodePoints",
        "language": report.language,
        "results": _Results(report, numbers).of(found),
        "properties": {"country": report.country, "rulesHash": report.rules_hash,
                       **({"asOf": report.as_of.isoformat()} if report.as_of else {})},
    }  # fmt: skip
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def _results_of(report: Report) -> list[tuple[Finding, Suppression | None]]:
    standing: list[tuple[Finding, Suppression | None]] = [(finding, None) for finding in report.findings]
    aside: Iterable[SuppressedFinding] = report.suppressed
    return [*standing, *((entry.finding, entry.suppression) for entry in aside)]


def _driver(report: Report, rules: Sequence[Node]) -> Node:
    return {
        "name": "coherence",
        "version": report.engine_version,
        "language": report.language,
        "rules": list(rules),
    }


def _extension(pack: PackRecord) -> Node:
    version = {"version": pack.version} if pack.version else {}
    return {"name": pack.name, **version, "properties": {"hash": pack.hash, "rules": pack.rules}}


def _rules(report: Report, findings: Sequence[Finding]) -> list[Node]:
    """Return the rules that found something, with the help that their findings carry."""
    words = Wording(report.language)
    records = {record.id: record for record in report.rules}
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.rule, finding)
    return [_rule(finding, records.get(name), words) for name, finding in sorted(first.items())]


def _rule(finding: Finding, record: RuleRecord | None, words: Wording) -> Node:
    title = record.title if record else finding.title
    checks = [f"- {each}" for each in finding.falsepositives]
    basis = [f"- {_basis(each, words)}" for each in finding.basis]
    parts = [title]
    parts += words.conflict_lines(finding.conflict) if finding.conflict else []
    parts += [words.text("finding.check"), *checks] if checks else []
    parts += [words.text("recommendation.basis"), *basis] if basis else []
    tags = [finding.kind, *([finding.conflict.type] if finding.conflict else [])]
    properties: Node = {"tags": tags, "version": finding.rule_version}
    if record and record.pack:
        properties["pack"] = record.pack
    return {
        "id": finding.rule,
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{words.text(f'kind.{finding.kind}')}: {title}"},
        "help": {"text": "\n".join(parts), "markdown": "\n".join(parts)},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": properties,
    }


def _basis(entry: LegalBasis, words: Wording) -> str:
    checked = words.text("basis.verified" if entry.verified else "basis.unverified")
    return f"{words.basis_name(entry.id) or entry.id}: {entry.label} ({checked})"


def _invocation(report: Report) -> Node:
    told = [*(("error", notice) for notice in report.left_out), *((each.level, each) for each in report.notices)]
    return {
        "executionSuccessful": report.complete,
        "toolExecutionNotifications": [_notification(level, notice) for level, notice in told],
    }


def _notification(level: str, notice: Notice) -> Node:
    remedy = f"; {notice.remedy}" if notice.remedy else ""
    return {"level": _NOTICE_LEVELS[level], "message": {"text": f"{notice.where}: {notice.what}{remedy}"}}


def _artifact(document: DocumentRecord) -> Node:
    about = {"title": document.title, "instrument": document.instrument, "pages": document.pages}
    return {
        "location": _address(document.path),
        "hashes": {"sha-256": document.sha256},
        "properties": {**about, "language": document.language},
    }


def _address(path: str) -> Node:
    """Return a document's address: relative to the dossier, or whole where its path is."""
    plain = path.replace("\\", "/")
    if plain.startswith("/"):
        return {"uri": f"file://{quote(plain)}"}
    return {"uri": quote(plain), "uriBaseId": _BASE}


class _Results:
    """Makes results that refer to the rules and documents of the run by their numbers."""

    def __init__(self, report: Report, rules: Mapping[str, int]) -> None:
        self._rules = rules
        self._commitments = {each.id: each for each in report.commitments}
        self._documents = {each.path: index for index, each in enumerate(report.documents)}
        self._paths = {each.instrument: each.path for each in reversed(report.documents)}

    def of(self, found: Iterable[tuple[Finding, Suppression | None]]) -> list[Node]:
        return [self._result(finding, suppression) for finding, suppression in found]

    def _result(self, finding: Finding, suppression: Suppression | None) -> Node:
        concerned = [self._commitments[name] for name in finding.commitments if name in self._commitments]
        places = [self._location(number, each) for number, each in enumerate(concerned)] or self._whole(finding)
        return {
            "ruleId": finding.rule,
            "ruleIndex": self._rules[finding.rule],
            "kind": "fail",
            "level": _LEVELS[finding.severity],
            "message": {"text": f"{finding.title}. {finding.explanation}"},
            "locations": places[:1],
            "relatedLocations": places[1:],
            "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
            # An empty list says that nobody set the result aside; without it, nothing would be said.
            "suppressions": [] if suppression is None else [_suppression(suppression)],
            "properties": _properties(finding),
        }

    def _location(self, number: int, commitment: Commitment) -> Node:
        place = commitment.provenance
        address = _address(place.document)
        if place.document in self._documents:
            address["index"] = self._documents[place.document]
        return {
            "id": number,
            "physicalLocation": {"artifactLocation": address, "region": _region(place)},
            "message": {"text": place.quote},
            "properties": {"commitment": commitment.id, "page": place.page, "instrument": commitment.instrument},
        }

    def _whole(self, finding: Finding) -> list[Node]:
        """Return the document that a finding without commitments is about, where there is one."""
        path = self._paths.get(finding.missing.instrument) if finding.missing and finding.missing.instrument else None
        if path is None:
            return []
        address = {**_address(path), "index": self._documents[path]}
        return [{"id": 0, "physicalLocation": {"artifactLocation": address}}]


def _region(place: Provenance) -> Node:
    line = _LINE.fullmatch(place.locator)
    return {
        "charOffset": place.start,
        "charLength": place.end - place.start,
        "snippet": {"text": place.quote},
        **({"startLine": int(line[1])} if line else {}),
    }


def _suppression(suppression: Suppression) -> Node:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": suppression.reason,
        "properties": {
            "author": suppression.author,
            "expires": suppression.expires.isoformat(),
            "statedIn": suppression.where,
        },
    }


def _properties(finding: Finding) -> Node:
    missing = finding.missing
    nature = finding.conflict
    given: Node = {
        "kind": finding.kind,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "score": finding.score,
        "conflictType": nature.type if nature else None,
        "conflictMechanism": nature.mechanism if nature else None,
        "conflictManageability": list(nature.manageability) if nature else None,
        "conflictPrecondition": nature.precondition if nature else None,
        "missingInstrument": missing.instrument if missing else None,
        "missingElement": missing.element if missing else None,
        "relation": finding.relation,
        "recommendation": finding.recommendation,
    }
    return {key: value for key, value in given.items() if value is not None}
