"""The sheet of the programme's checklist as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.sheet_model import MIDDLE, NARROW, WIDE, WIDEST, Column, Row, Sheet

if TYPE_CHECKING:
    from coherence.programme_models import ProgrammeActivity, ProgrammeView
    from coherence.reports.digest import Digest
    from coherence.reports.sheet_model import Value
    from coherence.reports.wording import Wording

__all__ = ["programme_sheet"]


def programme_sheet(programme: ProgrammeView, view: Digest, words: Wording) -> Sheet:
    """Return one row for each sentence that is evidence of an activity, and one for an activity without any."""
    columns = (
        Column(words.text("programme.activity"), WIDE),
        Column(words.text("programme.shown"), MIDDLE),
        Column(words.text("document.heading"), WIDE),
        Column(words.text("commitment.page"), NARROW),
        Column(words.text("commitment.quote"), WIDEST),
        Column(words.text("programme.supplied"), WIDEST),
        Column(words.text("programme.countries", date=programme.as_of), WIDE),
    )
    rows = (row for activity in programme.activities for row in _rows(activity, view, words))
    return Sheet(words.text("workbook.programme"), columns, tuple(rows), frozen_columns=1)


def _rows(activity: ProgrammeActivity, view: Digest, words: Wording) -> list[Row]:
    told = words.text("programme.evidence" if activity.evidence or activity.named_in else "programme.none")
    counts = f"{activity.countries_done} / {activity.countries_under_way} / {activity.countries_not_started}"
    found: list[tuple[Value, Value, Value]] = [
        (view.documents[each.document].title or each.document, each.page, each.quote) for each in activity.evidence
    ]
    found += [(view.documents[path].title or path, None, None) for path in activity.named_in]
    return [Row((activity.label, told, *where, activity.supplied, counts)) for where in found or [(None, None, None)]]
