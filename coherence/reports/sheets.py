"""The sheets of the workbook as plain rows; the workbook module gives them their looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coherence.models import Commitment, Finding, LegalBasis, Notice
from coherence.reports.digest import KINDS, SEVERITIES, Digest
from coherence.reports.wording import Wording

__all__ = ["DECISIONS", "Column", "Link", "Row", "Sheet", "sheets_of"]

DECISIONS = ("confirmed", "adapted", "discuss", "dismissed")
"""What a reviewer may decide on a finding."""

_NARROW, _MIDDLE, _WIDE, _WIDEST = 10, 18, 36, 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in characters."""

    heading: str
    width: int = _MIDDLE


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a row of a sheet; rows count from 0, the headings being row 0."""

    text: str
    sheet: str
    row: int


Value = str | int | float | Link | None


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row, and the numbers of the columns written from right to left."""

    values: tuple[Value, ...]
    right_to_left: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; ``decision_column`` is where reviewers choose from ``DECISIONS``."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    frozen_columns: int = 0
    decision_column: int | None = None


def sheets_of(view: Digest, words: Wording) -> tuple[Sheet, ...]:
    """Return the seven sheets in order."""
    return (
        _summary(view, words),
        _findings(view, words),
        _recommendations(view, words),
        _commitments(view, words),
        _documents(view, words),
        _rules(view, words),
        _notices(view, words),
    )


def _summary(view: Digest, words: Wording) -> Sheet:
    report, counts = view.report, view.counts()
    missing = words.list_of(words.text(f"acronym.{name}") for name in view.missing_instruments)
    complete = words.text("page.holds" if report.complete else "page.fails")
    rows: list[tuple[Value, ...]] = [
        (words.text("workbook.country"), report.country_name),
        (words.text("workbook.complete"), complete),
        (words.text("appendix.engine"), report.engine_version),
        (words.text("appendix.rules_hash"), report.rules_hash),
        (words.text("guide.title"), words.text("guide.caution")),
    ]
    if missing:
        rows.append((words.text("snapshot.left_out"), words.text("snapshot.missing_instruments", names=missing)))
    totals = (
        ("documents", len(report.documents)),
        ("findings", len(report.findings)),
        ("recommendations", len(report.recommendations)),
        ("commitments", len(report.commitments)),
        ("rules", len(report.rules)),
        ("notices", len(report.notices) + len(report.left_out)),
    )
    for key, number in totals:
        name = words.text(f"workbook.{key}")
        rows.append((Link(name, name, 0), number))
    for kind in KINDS:
        for severity in SEVERITIES:
            label = f"{words.text(f'kinds.{kind}')} · {words.text('finding.severity')}: {words.text(f'severity.{severity}')}"
            rows.append((label, counts[kind, severity]))
    columns = (Column(words.text("workbook.item"), _WIDE), Column(words.text("workbook.value"), _WIDEST))
    return Sheet(words.text("workbook.summary"), columns, tuple(Row(row) for row in rows))


def _findings(view: Digest, words: Wording) -> Sheet:
    def of(key: str, letter: str) -> str:
        return words.text(f"finding.{key}_of", letter=letter)

    quotes = [
        (Column(of("instrument", letter), _NARROW), Column(of("document", letter), _WIDE), Column(of("page", letter), _NARROW),
         Column(words.text("finding.quote", letter=letter), _WIDEST), Column(of("commitment", letter), _MIDDLE))
        for letter in "AB"
    ]  # fmt: skip
    columns = (
        Column(words.text("finding.reference"), _MIDDLE),
        Column(words.text("finding.kind")),
        Column(words.text("finding.severity"), _NARROW),
        Column(words.text("finding.heading"), _WIDE),
        Column(words.text("finding.explanation"), _WIDEST),
        *quotes[0],
        *quotes[1],
        Column(words.text("finding.further"), _WIDE),
        Column(words.text("finding.not_found"), _WIDE),
        Column(words.text("finding.score")),
        Column(words.text("finding.confidence"), _NARROW),
        Column(words.text("finding.check"), _WIDE),
        Column(words.text("recommendation.basis"), _WIDE),
        Column(words.text("finding.recommendation"), _WIDE),
        Column(words.text("finding.rule"), _NARROW),
        Column(words.text("finding.version"), _NARROW),
        Column(words.text("workbook.decision")),
        Column(words.text("workbook.comment"), _WIDE),
        Column(words.text("workbook.reviewer")),
    )
    places = _rows_by_id(commitment.id for commitment in view.report.commitments)
    rows = tuple(_finding_row(finding, view, words, places) for finding in view.report.findings)
    return Sheet(words.text("workbook.findings"), columns, rows, frozen_columns=1, decision_column=len(columns) - 3)


def _rows_by_id(ids: Iterable[str]) -> dict[str, int]:
    return {name: row for row, name in enumerate(ids, start=1)}


def _finding_row(finding: Finding, view: Digest, words: Wording, places: dict[str, int]) -> Row:
    concerned = view.commitments_of(finding)
    missing = finding.missing
    not_found = ""
    if missing is not None:
        not_found = words.text(f"element.{missing.element}")
        if missing.instrument is not None:
            not_found = f"{words.text(f'acronym.{missing.instrument}')}: {not_found}"
    head: tuple[Value, ...] = (
        finding.fingerprint,
        words.text(f"kind.{finding.kind}"),
        words.text(f"severity.{finding.severity}"),
        finding.title,
        finding.explanation,
    )
    pair = [*concerned[:2], None, None][:2]
    values: tuple[Value, ...] = (
        *head,
        *(value for commitment in pair for value in _quoted(commitment, view, words, places)),
        "\n".join(_short(commitment, words) for commitment in concerned[2:]),
        not_found,
        words.score(finding.score) if finding.score is not None else "",
        finding.confidence,
        "\n".join(finding.falsepositives),
        _basis(finding.basis, words),
        _recommended(finding, view, words),
        finding.rule,
        finding.rule_version,
        "", "", "",
    )  # fmt: skip
    quote_columns = (len(head) + 3, len(head) + 8)
    leftward = {
        column
        for column, commitment in zip(quote_columns, pair, strict=True)
        if commitment is not None and words.direction(commitment.language) == "rtl"
    }
    return Row(values, frozenset(leftward))


def _quoted(commitment: Commitment | None, view: Digest, words: Wording, places: dict[str, int]) -> tuple[Value, ...]:
    if commitment is None:
        return "", "", "", "", ""
    document = view.documents.get(commitment.document)
    return (
        words.text(f"acronym.{commitment.instrument}"),
        (document.title if document else "") or commitment.document,
        commitment.provenance.page,
        _full_quote(commitment),
        Link(commitment.id, words.text("workbook.commitments"), places[commitment.id]),
    )


def _full_quote(commitment: Commitment) -> str:
    parts = (f"[{span.page}] {span.text}" for span in commitment.provenance.continued)
    return "\n".join((commitment.quote, *parts))


def _short(commitment: Commitment, words: Wording) -> str:
    place = f"{words.text(f'acronym.{commitment.instrument}')}, {words.text('commitment.page')} {commitment.provenance.page}"
    return f"{place}: {commitment.quote}"


def _basis(basis: Sequence[LegalBasis], words: Wording) -> str:
    marks = {True: words.text("basis.verified"), False: words.text("basis.unverified")}
    return "\n".join(f"{entry.label} ({marks[entry.verified]})" for entry in basis)


def _recommended(finding: Finding, view: Digest, words: Wording) -> Value:
    found = view.recommendations_of.get(finding.fingerprint, ())
    if not found:
        return finding.recommendation or ""
    places = _rows_by_id(recommendation.id for recommendation in view.report.recommendations)
    text = "; ".join(f"{recommendation.rank}. {recommendation.title}" for recommendation in found)
    return Link(text, words.text("workbook.recommendations"), places[found[0].id])


def _recommendations(view: Digest, words: Wording) -> Sheet:
    name, findings = words.text("workbook.recommendations"), words.text("workbook.findings")
    columns = (
        Column(words.text("recommendation.rank"), _NARROW),
        Column(words.text("recommendation.priority"), _NARROW),
        Column(words.text("finding.heading"), _WIDE),
        Column(words.text("recommendation.text"), _WIDEST),
        Column(words.text("recommendation.instrument")),
        Column(words.text("recommendation.addressees"), _WIDE),
        Column(words.text("recommendation.draft"), _WIDEST),
        Column(words.text("recommendation.basis"), _WIDE),
        Column(words.text("recommendation.findings"), _WIDE),
        Column(words.text("recommendation.pattern")),
        Column(words.text("finding.reference")),
    )
    places = _rows_by_id(finding.fingerprint for finding in view.report.findings)
    rows = []
    for item in view.report.recommendations:
        known = [fingerprint for fingerprint in item.findings if fingerprint in places]
        row: tuple[Value, ...] = (
            item.rank,
            words.text(f"severity.{item.priority}"),
            item.title,
            item.text,
            words.text(f"acronym.{item.instrument}") if item.instrument else "",
            "\n".join(item.addressees),
            item.draft,
            _basis(item.basis, words),
            Link("\n".join(known), findings, places[known[0]]) if known else "",
            item.pattern,
            item.id,
        )
        rows.append(Row(row))
    return Sheet(name, columns, tuple(rows), frozen_columns=1)


def _commitments(view: Digest, words: Wording) -> Sheet:
    keys = (
        ("id", _MIDDLE), ("kind", _NARROW), ("page", _NARROW), ("quote", _WIDEST), ("figures", _WIDE), ("start_year", _NARROW),
        ("target_year", _NARROW), ("baseline", _MIDDLE), ("conditionality", _MIDDLE), ("modality", _MIDDLE),
        ("themes", _WIDE), ("places", _MIDDLE), ("bodies", _MIDDLE), ("findings", _NARROW),
    )  # fmt: skip
    columns = (
        Column(words.text("document.instrument"), _NARROW),
        Column(words.text("document.one"), _WIDE),
        *(Column(words.text(f"commitment.{key}"), width) for key, width in keys),
        Column(words.text("finding.confidence"), _NARROW),
    )
    quote_column = [column.heading for column in columns].index(words.text("commitment.quote"))
    rows = tuple(
        Row(
            _commitment_values(commitment, view, words),
            frozenset({quote_column} if words.direction(commitment.language) == "rtl" else ()),
        )
        for commitment in view.report.commitments
    )
    return Sheet(words.text("workbook.commitments"), columns, rows, frozen_columns=2)


def _commitment_values(commitment: Commitment, view: Digest, words: Wording) -> tuple[Value, ...]:
    document = view.documents.get(commitment.document)
    return (
        words.text(f"acronym.{commitment.instrument}"),
        (document.title if document else "") or commitment.document,
        commitment.id,
        words.text(f"commitment_kind.{commitment.kind}"),
        commitment.provenance.page,
        _full_quote(commitment),
        "\n".join(words.quantity(quantity) for quantity in commitment.quantities),
        commitment.start_year,
        commitment.target_year,
        words.baseline(commitment.baseline),
        words.text(f"conditionality.{commitment.conditionality}"),
        words.text(f"modality.{commitment.modality}"),
        ", ".join(words.theme(theme) for theme in commitment.themes),
        ", ".join(commitment.places),
        ", ".join(commitment.bodies),
        len(view.findings_of.get(commitment.id, ())),
        commitment.confidence,
    )


def _documents(view: Digest, words: Wording) -> Sheet:
    keys = (
        ("instrument", _NARROW), ("convention", _NARROW), ("heading", _WIDE), ("year", _NARROW), ("language", _MIDDLE),
        ("pages", _NARROW), ("commitments", _NARROW), ("remarks", _WIDE), ("mentions", _MIDDLE), ("status", _MIDDLE),
        ("source", _WIDE), ("format", _NARROW), ("file", _WIDE), ("sha256", _WIDEST),
    )  # fmt: skip
    columns = tuple(Column(words.text(f"document.{key}"), width) for key, width in keys)
    latest = view.latest()
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
            document.commitments,
            "\n".join(remark for remark in remarks if remark),
            ", ".join(document.mentions),
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
        Column(words.text("finding.rule"), _NARROW),
        Column(words.text("finding.version"), _NARROW),
        Column(words.text("finding.kind")),
        Column(words.text("finding.heading"), _WIDEST),
        Column(words.text("appendix.fired"), _NARROW),
        Column(words.text("appendix.file"), _WIDE),
    )
    fired = [(finding.rule, finding.rule_version) for finding in view.report.findings]
    rows = tuple(
        Row((rule.id, rule.version, words.text(f"kind.{rule.kind}"), rule.title, fired.count((rule.id, rule.version)), rule.file))
        for rule in view.report.rules
    )
    return Sheet(words.text("workbook.rules"), columns, rows, frozen_columns=1)


def _notices(view: Digest, words: Wording) -> Sheet:
    columns = (
        Column(words.text("notice.level")),
        Column(words.text("notice.where"), _WIDE),
        Column(words.text("notice.what"), _WIDEST),
        Column(words.text("notice.remedy"), _WIDEST),
    )

    def row(level: str, notice: Notice) -> Row:
        return Row((words.text(f"notice.{level}"), notice.where, notice.what, notice.remedy))

    own = tuple(notice for document in view.report.documents for notice in document.notices)
    seen = dict.fromkeys((*view.report.notices, *own))
    rows = (*(row("left_out", notice) for notice in view.report.left_out), *(row(notice.level, notice) for notice in seen))
    return Sheet(words.text("workbook.notices"), columns, rows)
