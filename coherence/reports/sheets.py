"""The sheets of the workbook as plain rows; the workbook module gives them their looks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coherence.reports.accounting_sheets import account_lines_sheet, totals_sheet
from coherence.reports.brief import essentials
from coherence.reports.cluster_sheet import clusters_sheet
from coherence.reports.commitment_sheets import commitments_sheet, together_sheet
from coherence.reports.digest import KINDS, SEVERITIES
from coherence.reports.finding_sheets import findings_sheet, recommendations_sheet, suppressed_sheet
from coherence.reports.groups import grouped
from coherence.reports.interaction_sheet import interactions_sheet
from coherence.reports.meeting_sheets import agenda_sheet, comparisons_sheet
from coherence.reports.programme_sheet import programme_sheet
from coherence.reports.sheet_model import MIDDLE, NARROW, WIDE, WIDEST, Column, Link, Row, Sheet, Value
from coherence.reports.target_sheet import targets_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.models import Notice
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["sheets_of"]

_NOTES = (("elements", "elements_note"), ("counterparts", "counterparts"))
"""Sheets whose marks have to be explained, and by which text."""


def sheets_of(view: Digest, words: Wording) -> tuple[Sheet, ...]:
    """Return the sheets in order; that of findings set aside only where there are any."""
    tables = grouped(view)
    following = (
        *([agenda_sheet(view, words)] if view.report.agenda else []),
        findings_sheet(view, words),
        *([suppressed_sheet(view, words)] if view.report.suppressed else []),
        recommendations_sheet(view, words),
        *([clusters_sheet(view, words)] if view.report.clusters else []),
        totals_sheet(view, words),
        account_lines_sheet(view, words),
        *([comparisons_sheet(view, words)] if view.report.comparisons else []),
        together_sheet(tables.elements, view, words),
        together_sheet(tables.counterparts, view, words),
        *([targets_sheet(view.report.target_quality, view, words)] if view.report.target_quality else []),
        *([interactions_sheet(view.report.interactions, view, words)] if view.report.interactions else []),
        *([programme_sheet(view.report.programme, view, words)] if view.report.programme else []),
        commitments_sheet(view, words),
        _documents(view, words),
        _rules(view, words),
        _packs(view, words),
        _notices(view, words),
    )
    return _summary(following, view, words), *following


def _summary(following: Sequence[Sheet], view: Digest, words: Wording) -> Sheet:
    """Return what was read and found, and the way to every other sheet."""
    report, counts = view.report, view.counts()
    missing = words.list_of(words.text(f"acronym.{name}") for name in view.missing_instruments)
    complete = words.text("page.holds" if report.complete else "page.fails")
    rows: list[tuple[Value, ...]] = [
        (words.text("workbook.country"), report.country_name),
        (words.text("workbook.complete"), complete),
        *([(words.text("workbook.turned_off"), off)] if (off := words.turned_off(report)) else []),
        (words.text("appendix.engine"), report.engine_version),
        *((words.text("pack.name"), words.pack_name(pack)) for pack in report.packs),
        (words.text("appendix.rules_hash"), report.rules_hash),
        *([(words.text("appendix.as_of"), report.as_of.isoformat())] if report.as_of else []),
        (words.text("guide.title"), words.text("guide.caution")),
        *((each.label, each.text) for each in essentials(view, words)),
    ]
    if missing:
        rows.append((words.text("snapshot.left_out"), words.text("snapshot.missing_instruments", names=missing)))
    by_kind = {kind: [counts[kind, severity] for severity in SEVERITIES] for kind in KINDS}
    rows += [(words.text(f"kinds.{kind}"), sum(numbers), *numbers) for kind, numbers in by_kind.items()]
    rows += [
        (words.text("workbook.commitments"), len(view.mains)),
        (words.text("workbook.parts"), len(report.commitments) - len(view.mains)),
    ]
    notes = {words.text(f"workbook.{name}"): words.text(f"grouped.{key}") for name, key in _NOTES}
    rows += [(Link(sheet.name, sheet.name, 0), notes.get(sheet.name, len(sheet.rows))) for sheet in following]
    attention = words.text("finding.severity")
    columns = (
        Column(words.text("workbook.item"), WIDE),
        Column(words.text("workbook.value"), WIDEST),
        *(Column(words.labelled(attention, words.text(f"severity.{severity}")), MIDDLE) for severity in SEVERITIES),
    )
    filled = (Row((*row, *([None] * (len(columns) - len(row))))) for row in rows)
    return Sheet(words.text("workbook.summary"), columns, tuple(filled), filtered=False)


def _documents(view: Digest, words: Wording) -> Sheet:
    keys = (
        ("instrument", NARROW), ("convention", NARROW), ("heading", WIDE), ("year", NARROW), ("language", MIDDLE),
        ("pages", NARROW), ("commitments", NARROW), ("remarks", WIDE), ("mentions", MIDDLE), ("status", MIDDLE),
        ("source", WIDE), ("format", NARROW), ("file", WIDE), ("sha256", WIDEST),
    )  # fmt: skip
    columns = tuple(Column(words.text(f"document.{key}"), width) for key, width in keys)
    latest = view.latest()
    mains = Counter(commitment.document for commitment in view.mains)
    rows = []
    for document in view.report.documents:
        remarks = [
            words.text("document.latest") if document.path in latest else "",
            words.text("document.without_text", pages=words.pages(document.pages_without_text))
            if document.pages_without_text
            else "",
            words.text("document.ocr", pages=words.pages(document.pages_ocr)) if document.pages_ocr else "",
        ]
        row: tuple[Value, ...] = (
            words.text(f"acronym.{document.instrument}"),
            words.text(f"acronym.{document.convention}"),
            document.title,
            document.year if document.year is not None else words.text("document.no_year"),
            words.language_name(document.language),
            document.pages,
            mains[document.path],
            "\n".join(remark for remark in remarks if remark),
            words.listed(words.text(f"acronym.{name}") for name in document.mentions),
            document.status,
            document.source,
            document.format,
            document.path,
            document.sha256,
        )
        rows.append(Row(row))
    return Sheet(words.text("workbook.documents"), columns, tuple(rows), frozen_columns=1)


def _rules(view: Digest, words: Wording) -> Sheet:
    columns = (
        Column(words.text("finding.rule"), NARROW),
        Column(words.text("finding.version"), NARROW),
        Column(words.text("finding.kind")),
        Column(words.text("finding.heading"), WIDEST),
        Column(words.text("appendix.fired"), NARROW),
        Column(words.text("pack.name"), MIDDLE),
        Column(words.text("appendix.file"), WIDE),
    )
    fired = [(finding.rule, finding.rule_version) for finding in view.report.findings]
    rows = tuple(
        Row(
            (
                rule.id,
                rule.version,
                words.text(f"kind.{rule.kind}"),
                rule.title,
                fired.count((rule.id, rule.version)),
                rule.pack,
                rule.file,
            )
        )
        for rule in view.report.rules
    )
    return Sheet(words.text("workbook.rules"), columns, rows, frozen_columns=1)


def _packs(view: Digest, words: Wording) -> Sheet:
    columns = (
        Column(words.text("pack.name"), MIDDLE),
        Column(words.text("finding.version"), NARROW),
        Column(words.text("pack.rules"), NARROW),
        Column(words.text("pack.replaces"), WIDE),
        Column(words.text("pack.disables"), WIDE),
        Column(words.text("pack.hash"), WIDEST),
    )
    rows = tuple(
        Row(
            (
                pack.name,
                pack.version or words.text("pack.no_version"),
                pack.rules,
                "\n".join(words.text("pack.replaced", **each.model_dump()) for each in pack.replaces),
                "\n".join(words.labelled(each.rule, each.reason) for each in pack.disables),
                pack.hash,
            )
        )
        for pack in view.report.packs
    )
    return Sheet(words.text("workbook.packs"), columns, rows, frozen_columns=1)


def _notices(view: Digest, words: Wording) -> Sheet:
    columns = (
        Column(words.text("notice.level")),
        Column(words.text("notice.where"), WIDE),
        Column(words.text("notice.what"), WIDEST),
        Column(words.text("notice.remedy"), WIDEST),
    )

    def row(level: str, notice: Notice) -> Row:
        return Row((words.text(f"notice.{level}"), notice.where, notice.what, notice.remedy))

    own = tuple(notice for document in view.report.documents for notice in document.notices)
    seen = dict.fromkeys((*view.report.notices, *own))
    rows = (
        *(row("left_out", notice) for notice in view.report.left_out),
        *(row(notice.level, notice) for notice in seen),
    )
    return Sheet(words.text("workbook.notices"), columns, rows)
