"""The sheets of commitments as plain rows: all of them, and those of which something was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.sheet_model import MIDDLE, NARROW, REFERENCE, WIDE, WIDEST, Column, Link, Row, Sheet, Value

if TYPE_CHECKING:
    from coherence.models import Commitment
    from coherence.reports.digest import Digest
    from coherence.reports.groups import CommitmentRow, CommitmentTable
    from coherence.reports.wording import Wording

__all__ = ["commitments_sheet", "full_quote", "rows_of_commitments", "together_sheet"]

_MARK = "○"
_QUOTE = 3
"""Column of the quote in the sheets of what was not found."""


def rows_of_commitments(view: Digest) -> dict[str, int]:
    """Return the row of every commitment in its sheet, by id; rows count from 0, the headings being row 0."""
    return {commitment.id: row for row, commitment in enumerate(view.together(), start=1)}


def commitments_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per commitment, in the order of the documents, every main one followed by its parts."""
    suggests = any(commitment.suggested_themes for commitment in view.report.commitments)
    # Only where something is suggested have suggestions a column.
    suggested = (("suggested_themes", WIDE),) if suggests else ()
    keys = (
        ("page", NARROW), ("part", NARROW), ("kind", NARROW), ("quote", WIDEST), ("figures", WIDE),
        ("start_year", NARROW), ("target_year", NARROW), ("baseline", MIDDLE), ("conditionality", MIDDLE),
        ("modality", MIDDLE), ("themes", WIDE), *suggested,
        ("places", MIDDLE), ("bodies", MIDDLE), ("findings", NARROW),
        ("id", REFERENCE), ("part_of", REFERENCE),
    )  # fmt: skip
    columns = (
        Column(words.text("document.instrument"), NARROW),
        Column(words.text("document.one"), WIDE),
        *(Column(words.text(f"commitment.{key}"), width) for key, width in keys),
        Column(words.text("finding.confidence"), NARROW),
    )
    quote_column = [column.heading for column in columns].index(words.text("commitment.quote"))
    places = rows_of_commitments(view)
    rows = tuple(
        Row(
            _commitment_values(commitment, view, words, places, suggests=suggests),
            ((quote_column, words.direction(commitment.language)),),
        )
        for commitment in view.together()
    )
    return Sheet(words.text("workbook.commitments"), columns, rows, frozen_columns=2)


def full_quote(commitment: Commitment) -> str:
    """Return the quote with its continuations on further pages."""
    parts = (f"[{span.page}] {span.text}" for span in commitment.provenance.continued)
    # A cell shows no tabs, and the cells of a table row would run into one another.
    return "\n".join((commitment.quote, *parts)).replace("\t", " | ")


def _commitment_values(
    commitment: Commitment, view: Digest, words: Wording, places: dict[str, int], *, suggests: bool
) -> tuple[Value, ...]:
    main = commitment.part_of if commitment.part_of in places else None
    return (
        words.text(f"acronym.{commitment.instrument}"),
        _title(commitment, view),
        commitment.provenance.page,
        words.text(f"part.{commitment.part}") if commitment.part else "",
        words.text(f"commitment_kind.{commitment.kind}"),
        full_quote(commitment),
        "\n".join(words.quantity(quantity) for quantity in commitment.quantities),
        commitment.start_year,
        commitment.target_year,
        words.baseline(commitment.baseline),
        words.text(f"conditionality.{commitment.conditionality}"),
        words.text(f"modality.{commitment.modality}"),
        words.listed(words.theme(theme) for theme in commitment.themes),
        *([_suggestions(commitment, words)] if suggests else ()),
        words.listed(commitment.places),
        words.listed(commitment.bodies),
        len(view.findings_of.get(commitment.id, ())),
        commitment.id,
        Link(main, words.text("workbook.commitments"), places[main]) if main else "",
        commitment.confidence,
    )


def _suggestions(commitment: Commitment, words: Wording) -> str:
    return "\n".join(
        words.text("commitment.suggestion", theme=words.theme(each.theme), similarity=words.confidence(each.similarity))
        for each in commitment.suggested_themes
    )


def _title(commitment: Commitment, view: Digest) -> str:
    document = view.documents.get(commitment.document)
    return (document.title if document else "") or commitment.document


def together_sheet(table: CommitmentTable, view: Digest, words: Wording) -> Sheet:
    """Return one row per commitment and one column per element or instrument, with a mark where it was not found."""
    counterparts = table.name == "counterparts"
    heads = [words.text(f"acronym.{name}" if counterparts else f"element_head.{name}") for name in table.columns]
    columns = (
        Column(words.text("document.instrument"), NARROW),
        Column(words.text("document.one"), WIDE),
        Column(words.text("commitment.page"), NARROW),
        Column(words.text("commitment.quote"), WIDEST),
        *(Column(head, NARROW) for head in heads),
        Column(words.text("workbook.findings"), NARROW),
        Column(words.text("commitment.id"), REFERENCE),
    )
    places = rows_of_commitments(view)
    found = {finding.fingerprint: row for row, finding in enumerate(view.report.findings, start=1)}
    findings, commitments = words.text("workbook.findings"), words.text("workbook.commitments")

    def filled(row: CommitmentRow) -> Row:
        own = row.commitment
        first = {name: cell[0].fingerprint for name, cell in row.cells.items()}
        marks = (Link(_MARK, findings, found[first[name]]) if name in first else "" for name in table.columns)
        values: tuple[Value, ...] = (
            words.text(f"acronym.{own.instrument}"),
            _title(own, view),
            own.provenance.page,
            full_quote(own),
            *marks,
            len(row.findings),
            Link(own.id, commitments, places[own.id]),
        )
        return Row(values, ((_QUOTE, words.direction(own.language)),))

    return Sheet(words.text(f"workbook.{table.name}"), columns, tuple(map(filled, table.rows)), frozen_columns=1)
