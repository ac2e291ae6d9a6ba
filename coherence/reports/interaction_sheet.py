"""The sheet of the interaction matrix as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.interaction_rows import committed
from coherence.reports.sheet_model import MIDDLE, NARROW, WIDE, WIDEST, Column, Row, Sheet

if TYPE_CHECKING:
    from coherence.interaction_models import InteractionView
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["interactions_sheet"]


def interactions_sheet(matrix: InteractionView, view: Digest, words: Wording) -> Sheet:
    """Return one row for each two themes, the most harmful first."""
    columns = (
        Column(words.text("interaction.acting"), WIDE),
        Column(words.text("finding.score"), NARROW),
        Column(words.text("interaction.receiving"), WIDE),
        Column(words.text("interaction.mutual"), NARROW),
        Column(words.text("interaction.reason"), WIDEST),
        Column(words.text("interaction.either"), WIDEST),
        Column(words.text("workbook.findings"), MIDDLE),
        Column(words.text("interaction.entry"), NARROW),
        Column(words.text("interaction.checked"), MIDDLE),
    )
    themes = {each.theme: committed(each, view, words) for each in matrix.themes}
    rows = tuple(
        Row(
            (
                themes[each.from_theme], each.score, themes[each.to_theme],
                words.text("page.fails" if each.directed else "page.holds"), each.reason, each.condition,
                "\n".join(each.findings), each.id,
                words.text("basis.verified" if each.verified else "basis.unverified"),
            )
        )
        for each in matrix.interactions
    )  # fmt: skip
    return Sheet(words.text("workbook.interactions"), columns, rows, frozen_columns=1)
