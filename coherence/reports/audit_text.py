"""The summary of an audit of many dossiers: a table for the terminal, CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from coherence.reports.csv_cells import csv_cell
from coherence.reports.digest import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from coherence.audit_models import AuditSummary, DossierAudit

__all__ = ["SUMMARY_FILES", "print_audit", "render_audit_csv", "render_audit_json", "render_rules_csv"]

SUMMARY_FILES = ("summary.csv", "rules.csv", "summary.json")
_HEADS = {"overlap": "Overlaps", "synergy": "Synergies", "conflict": "Conflicts", "gap": "Gaps", "quality": "Points"}
_COLUMNS = (
    "dossier", "country", "country_name", "state", "instruments", "documents", "pages", "pages_without_text",
    "commitments", "targets", *(f"{kind}_findings" for kind in KINDS), "contradictions", "high", "medium", "low",
    "land_low_ha", "land_high_ha", "land_country_ha", "land_verdict", "criteria_met", "ldn_named_in", "recommendations",
    "first_recommendation", "problems",
)  # fmt: skip


def render_audit_json(summary: AuditSummary) -> str:
    """Return the summary as JSON with sorted keys."""
    return json.dumps(summary.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def render_audit_csv(summary: AuditSummary) -> str:
    """Return one row for each dossier, those not reached included, with the state ``waiting``."""
    by_name = {each.dossier: _row(each) for each in summary.dossiers}
    by_name |= {name: [name, "", "", "waiting", *[""] * (len(_COLUMNS) - 4)] for name in summary.waiting}
    return _csv(_COLUMNS, [by_name[name] for name in sorted(by_name)])


def render_rules_csv(summary: AuditSummary) -> str:
    """Return one row for each rule that found something: in how many dossiers, and how often in each."""
    found = Counter[str]()
    for each in summary.dossiers:
        found.update(each.rules)
    names = [each.dossier for each in summary.dossiers if each.state != "failed"]
    by_name = {each.dossier: each.rules for each in summary.dossiers}
    rows: list[list[object]] = []
    for rule, findings in sorted(found.items()):
        counts = [by_name[name].get(rule, 0) for name in names]
        rows.append([rule, findings, sum(count > 0 for count in counts), *counts])
    return _csv(("rule", "findings", "dossiers", *names), rows)


def _csv(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([csv_cell(head) for head in heads])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return stream.getvalue()


def _row(each: DossierAudit) -> list[object]:
    land = each.land
    return [
        each.dossier, each.country, each.country_name, each.state, " ".join(each.instruments), each.documents,
        each.pages, each.pages_without_text, each.commitments, each.targets,
        *(each.findings.get(kind, 0) for kind in KINDS), each.contradictions,
        *(each.severities.get(name, 0) for name in ("high", "medium", "low")),
        *((round(land.low), round(land.high), round(land.country), land.verdict) if land else ("", "", "", "")),
        "" if each.criteria_met is None else each.criteria_met, " ".join(each.ldn_named_in), each.recommendations,
        each.first_recommendation, " | ".join(f"{n.where}: {n.what}" for n in each.problems),
    ]  # fmt: skip


def print_audit(summary: AuditSummary, console: Console) -> None:
    """Print one line for each dossier, then how many are complete, partial, failed and not reached."""
    # Eight columns have room beside each other in a terminal of 80 only without lines between them.
    table = Table(show_edge=False, pad_edge=False, box=SIMPLE_HEAD, padding=(0, 1), collapse_padding=True)
    table.add_column("Dossier", overflow="fold")
    table.add_column("State", no_wrap=True)
    for head in ("Commitments", *(_HEADS[kind] for kind in KINDS)):
        table.add_column(head, justify="right")
    for each in summary.dossiers:
        counts = [each.commitments, *(each.findings.get(kind, 0) for kind in KINDS)]
        table.add_row(Text(each.dossier), each.state, *("" if each.state == "failed" else str(n) for n in counts))
    console.print(table)
    states = Counter(each.state for each in summary.dossiers)
    told = [f"{states[state]} {state}" for state in ("complete", "partial", "failed") if states[state]]
    if summary.waiting:
        told.append(f"{len(summary.waiting)} not reached")
    console.print(Text(", ".join(told)), soft_wrap=True)
