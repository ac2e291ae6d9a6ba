"""The sheets of findings and recommendations as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.models import Evidence
from coherence.reports.commitment_sheets import full_quote, rows_of_commitments
from coherence.reports.sheet_model import NARROW, REFERENCE, WIDE, WIDEST, Column, Link, Row, Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.models import Commitment, Finding, LegalBasis, Recommendation
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["findings_sheet", "recommendations_sheet", "suppressed_sheet"]


def findings_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per finding, with the two quotes and empty columns for reviewers."""
    columns = (
        Column(words.text("finding.reference"), REFERENCE),
        Column(words.text("finding.kind")),
        Column(words.text("finding.severity"), NARROW),
        Column(words.text("finding.heading"), WIDE),
        Column(words.text("finding.explanation"), WIDEST),
        *_quote_columns("A", words),
        *_quote_columns("B", words),
        Column(words.text("workbook.decision")),
        Column(words.text("workbook.comment"), WIDE),
        Column(words.text("workbook.reviewer")),
        Column(words.text("finding.check"), WIDEST),
        Column(words.text("finding.further"), WIDE),
        Column(words.text("finding.not_found"), WIDE),
        Column(words.text("finding.score")),
        Column(words.text("finding.relation"), WIDE),
        *_nature_columns(words),
        Column(words.text("finding.confidence"), NARROW),
        Column(words.text("recommendation.basis"), WIDE),
        Column(words.text("finding.recommendation"), WIDE),
        Column(words.text("finding.rule"), NARROW),
        Column(words.text("finding.version"), NARROW),
    )
    # Whoever decides has the quotes just before the decision.
    decision = [column.heading for column in columns].index(words.text("workbook.decision"))
    places = rows_of_commitments(view)
    rows = tuple(_finding_row(finding, view, words, places) for finding in view.report.findings)
    return Sheet(words.text("workbook.findings"), columns, rows, frozen_columns=1, decision_column=decision)


def _quote_columns(letter: str, words: Wording) -> tuple[Column, ...]:
    def of(key: str) -> str:
        return words.text(f"finding.{key}_of", letter=letter)

    return (
        Column(of("instrument"), NARROW),
        Column(of("document"), WIDE),
        Column(of("page"), NARROW),
        Column(words.text("finding.quote", letter=letter), WIDEST),
        Column(of("commitment"), REFERENCE),
    )


def suppressed_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per finding that was set aside, with who decided so and why."""
    columns = (
        Column(words.text("finding.reference"), REFERENCE),
        Column(words.text("finding.kind")),
        Column(words.text("finding.heading"), WIDE),
        Column(words.text("finding.explanation"), WIDEST),
        Column(words.text("suppressed.reason"), WIDE),
        Column(words.text("suppressed.author")),
        Column(words.text("suppressed.expires")),
        Column(words.text("suppressed.where")),
        Column(words.text("finding.rule"), NARROW),
        Column(words.text("finding.version"), NARROW),
    )
    rows = tuple(
        Row(
            (
                entry.finding.fingerprint,
                words.text(f"kind.{entry.finding.kind}"),
                entry.finding.title,
                entry.finding.explanation,
                entry.suppression.reason,
                entry.suppression.author,
                entry.suppression.expires.isoformat(),
                entry.suppression.where,
                entry.finding.rule,
                entry.finding.rule_version,
            )
        )
        for entry in view.report.suppressed
    )
    return Sheet(words.text("workbook.suppressed"), columns, rows, frozen_columns=1)


def _rows_by_id(ids: Iterable[str]) -> dict[str, int]:
    return {name: row for row, name in enumerate(ids, start=1)}


def _finding_row(finding: Finding, view: Digest, words: Wording, places: dict[str, int]) -> Row:
    concerned = view.commitments_of(finding)
    head: tuple[Value, ...] = (
        finding.fingerprint,
        words.text(f"kind.{finding.kind}"),
        words.text(f"severity.{finding.severity}"),
        finding.title,
        finding.explanation,
    )
    pair = _sides(finding, concerned)
    values: tuple[Value, ...] = (
        *head,
        *(value for each in pair for value in _quoted(each, view, words, places)),
        "", "", "",
        "\n".join(finding.falsepositives),
        "\n".join(_short(commitment, words) for commitment in concerned[2:]),
        _not_found(finding, words),
        words.score(finding.score) if finding.score is not None else "",
        words.text(f"relation.{finding.relation}") if finding.relation else "",
        *_nature(finding, words),
        finding.confidence,
        _basis(finding.basis, words, full=False),
        _recommended(finding, view, words),
        finding.rule,
        finding.rule_version,
    )  # fmt: skip
    quote_columns = (len(head) + 3, len(head) + 8)
    directions = (
        (column, words.direction(view.documents[each.document].language))
        for column, each in zip(quote_columns, pair, strict=True)
        if each is not None and each.document in view.documents
    )
    return Row(values, tuple(directions))


def _sides(finding: Finding, concerned: Sequence[Commitment]) -> list[Commitment | Evidence | None]:
    """Return the two sides of a finding: commitments, then sentences that speak for another instrument."""
    told = (each for each in finding.evidence if each.instrument is not None)
    sides: list[Commitment | Evidence | None] = [*concerned[:2], *told, None, None]
    return sides[:2]


def _not_found(finding: Finding, words: Wording) -> str:
    missing = finding.missing
    if missing is None:
        return ""
    element = words.text(f"element.{missing.element}")
    if missing.instrument is None:
        return element
    return words.labelled(words.text(f"acronym.{missing.instrument}"), element)


def _nature_columns(words: Wording) -> tuple[Column, ...]:
    return (
        Column(words.text("conflict.type_label")),
        Column(words.text("conflict.precondition_label"), WIDE),
        Column(words.text("conflict.mechanism_label")),
        Column(words.text("conflict.manageability_label"), WIDE),
    )


def _nature(finding: Finding, words: Wording) -> tuple[Value, ...]:
    nature = finding.conflict
    if nature is None:
        return "", "", "", ""
    return (
        words.text(f"conflict.type.{nature.type}"),
        nature.precondition,
        words.text(f"conflict.mechanism.{nature.mechanism}"),
        words.manageability(nature),
    )


def _quoted(
    side: Commitment | Evidence | None, view: Digest, words: Wording, places: dict[str, int]
) -> tuple[Value, ...]:
    """Return where one side of a finding stands, its words, and a link where it is a commitment."""
    if side is None:
        return "", "", "", "", ""
    document = view.documents.get(side.document)
    named = words.text(f"acronym.{side.instrument}"), (document.title if document else "") or side.document
    if isinstance(side, Evidence):
        return *named, side.page, side.quote, ""
    link = Link(side.id, words.text("workbook.commitments"), places[side.id])
    return *named, side.provenance.page, full_quote(side), link


def _short(commitment: Commitment, words: Wording) -> str:
    instrument = words.text(f"acronym.{commitment.instrument}")
    page = words.text("commitment.on_page", page=commitment.provenance.page)
    return words.labelled(f"{instrument}, {page}", full_quote(commitment))


def _basis(basis: Sequence[LegalBasis], words: Wording, *, full: bool) -> str:
    marks = {True: words.text("basis.verified"), False: words.text("basis.unverified")}
    return "\n".join(f"{_named(entry, words, full=full)} ({marks[entry.verified]})" for entry in basis)


def _named(entry: LegalBasis, words: Wording, *, full: bool) -> str:
    name = words.basis_name(entry.id)
    return words.labelled(name, entry.label) if name and full else name or entry.label


def _moment(item: Recommendation, words: Wording) -> str:
    if item.window is None:
        return ""
    closes = item.window.closes
    # A label that names the year says all there is to the end of that year.
    dated = closes is not None and str(closes.year) not in item.window.label
    return words.listed([item.window.label, *([words.date(closes)] if closes and dated else [])])


def _recommended(finding: Finding, view: Digest, words: Wording) -> Value:
    found = view.recommendations_of.get(finding.fingerprint, ())
    if not found:
        return finding.recommendation or ""
    places = _rows_by_id(recommendation.id for recommendation in view.report.recommendations)
    text = words.apart(f"{recommendation.rank}. {recommendation.title}" for recommendation in found)
    return Link(text, words.text("workbook.recommendations"), places[found[0].id])


def recommendations_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per recommendation."""
    name, findings = words.text("workbook.recommendations"), words.text("workbook.findings")
    columns = (
        Column(words.text("recommendation.rank"), NARROW),
        Column(words.text("finding.severity"), NARROW),
        Column(words.text("finding.heading"), WIDE),
        Column(words.text("recommendation.text"), WIDEST),
        Column(words.text("recommendation.instrument")),
        Column(words.text("recommendation.addressees"), WIDE),
        Column(words.text("recommendation.draft"), WIDEST),
        Column(words.text("recommendation.window"), WIDE),
        Column(words.text("recommendation.reason"), WIDE),
        Column(words.text("recommendation.basis"), WIDE),
        Column(words.text("recommendation.findings"), WIDE),
        Column(words.text("recommendation.pattern")),
        Column(words.text("finding.reference"), REFERENCE),
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
            _moment(item, words),
            item.reason,
            _basis(item.basis, words, full=True),
            Link("\n".join(known), findings, places[known[0]]) if known else "",
            item.pattern,
            item.id,
        )
        rows.append(Row(row))
    return Sheet(name, columns, tuple(rows), frozen_columns=1)
