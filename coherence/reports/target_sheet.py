"""The sheet of the quality of targets as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.commitment_sheets import full_quote, rows_of_commitments
from coherence.reports.sheet_model import MIDDLE, NARROW, REFERENCE, WIDE, WIDEST, Column, Link, Row, Sheet, Value
from coherence.reports.target_table import QualityRow, quality_rows, verdict_text

if TYPE_CHECKING:
    from coherence.quality_models import QualityView
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["targets_sheet"]

_QUOTE = 3
"""Column of the quote."""


def targets_sheet(quality: QualityView, view: Digest, words: Wording) -> Sheet:
    """Return one row per target: where it stands, its words, every criterion, the score and why."""
    columns = (
        Column(words.text("document.instrument"), NARROW),
        Column(words.text("document.one"), WIDE),
        Column(words.text("commitment.page"), NARROW),
        Column(words.text("commitment.quote"), WIDEST),
        *(Column(each.label, MIDDLE) for each in quality.criteria),
        Column(words.text("quality.score", most=len(quality.criteria)), NARROW),
        Column(words.text("quality.judged"), NARROW),
        Column(words.text("quality.why"), WIDEST),
        Column(words.text("commitment.id"), REFERENCE),
    )
    places = rows_of_commitments(view)
    labels = {each.id: each.label for each in quality.criteria}
    rows = tuple(_row(each, view, words, places, labels) for each in quality_rows(view))
    return Sheet(words.text("workbook.targets"), columns, rows, frozen_columns=1)


def _row(row: QualityRow, view: Digest, words: Wording, places: dict[str, int], labels: dict[str, str]) -> Row:
    own, quality = row.commitment, row.quality
    document = view.documents.get(own.document)
    why = (words.labelled(labels[each.criterion], verdict_text(each, words)) for each in quality.verdicts)
    values: tuple[Value, ...] = (
        words.text(f"acronym.{own.instrument}"),
        (document.title if document else "") or own.document,
        own.provenance.page,
        full_quote(own),
        *(words.text(f"quality.{each.state}") for each in quality.verdicts),
        quality.score,
        quality.judged,
        "\n".join(why),
        Link(own.id, words.text("workbook.commitments"), places[own.id]),
    )
    return Row(values, ((_QUOTE, words.direction(own.language)),))
