"""report.xlsx: the report as sheets to sort, filter and review. Every text is text, never a formula or a link out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from coherence.reports.digest import Digest, digest
from coherence.reports.sheet_model import DECISIONS, Amount, Direction, Link, Row, Sheet
from coherence.reports.sheets import sheets_of
from coherence.reports.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from coherence.models import Report

__all__ = ["render_workbook", "write_workbook"]

_CELL_LIMIT = 32_767
"""Characters that a cell can hold; longer texts would be dropped without a word."""
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, because bytes depend on the report only
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LINE_POINTS = 15.0
_MOST_LINES = 12
_PAPER_CHARACTERS = 250
_A3, _A4 = 8, 9
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = 1, 2
_BLUE = "#1F4E79"


def write_workbook(report: Report, path: Path) -> None:
    """Write the workbook to a file; raises OSError."""
    path.write_bytes(render_workbook(report))


def render_workbook(report: Report) -> bytes:
    """Return the workbook's bytes, equal for equal reports."""
    view, words = digest(report), Wording(report.language)
    stream = BytesIO()
    book = Workbook(stream, _OPTIONS)
    book.set_properties({"title": words.text("page.title", country=report.country_name), "created": _CREATED})
    formats = _formats(book, rtl=words.direction(words.language) == "rtl")
    sheets = sheets_of(view, words)
    places = [book.add_worksheet(sheet.name) for sheet in sheets]
    for sheet, place in zip(sheets, places, strict=True):
        if formats.rtl:
            place.right_to_left()
        _fill(place, sheet, formats)
        if sheet.decision_column is not None and sheet.rows:
            _offer_decisions(place, sheet, words)
        _set_up_print(place, sheet, view)
    book.close()
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Formats:
    rtl: bool
    head: Any
    text: Any
    quotes: dict[Direction, Any]
    integer: Any
    decimal: Any
    amount: Any
    link: Any


def _formats(book: Workbook, *, rtl: bool) -> _Formats:
    # A cell without a reading order takes that of its first letter, which may be a Latin acronym.
    ordered = {"reading_order": _RIGHT_TO_LEFT, "align": "right"} if rtl else {}
    body = {"text_wrap": True, "valign": "top", **ordered}
    return _Formats(
        rtl=rtl,
        head=book.add_format({**body, "bold": True, "bg_color": _BLUE, "font_color": "#FFFFFF", "border": 1}),
        text=book.add_format(body),
        quotes={
            "ltr": book.add_format({**body, "reading_order": _LEFT_TO_RIGHT, "align": "left"} if rtl else body),
            "rtl": book.add_format({**body, "reading_order": _RIGHT_TO_LEFT, "align": "right"}),
        },
        integer=book.add_format({"valign": "top", "num_format": "0"}),
        decimal=book.add_format({"valign": "top", "num_format": "0.00"}),
        amount=book.add_format({"valign": "top", "num_format": "#,##0"}),
        link=book.add_format({**body, "font_color": "#0B5394", "underline": 1}),
    )


def _fill(place: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for number, column in enumerate(sheet.columns):
        place.set_column(number, number, column.width)
        place.write_string(0, number, column.heading, formats.head)
    place.set_row(0, 2 * _LINE_POINTS)
    place.freeze_panes(1, sheet.frozen_columns)
    if sheet.rows and sheet.filtered:
        place.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    for line, row in enumerate(sheet.rows, start=1):
        place.set_row(line, _height(row, sheet))
        _write_row(place, line, row, formats)


def _height(row: Row, sheet: Sheet) -> float:
    """Return a row's height in points: not every program fits rows to wrapped text by itself."""
    lines = 1
    for value, column in zip(row.values, sheet.columns, strict=True):
        text = value.text if isinstance(value, Link) else value if isinstance(value, str) else ""
        lines = max(lines, sum(len(part) // column.width + 1 for part in text.split("\n")))
    return _LINE_POINTS * min(lines, _MOST_LINES)


def _write_row(place: Worksheet, line: int, row: Row, formats: _Formats) -> None:
    quotes = dict(row.quotes)
    for number, value in enumerate(row.values):
        if isinstance(value, Link):
            target = f"internal:'{value.sheet}'!A{value.row + 1}"
            place.write_url(line, number, target, formats.link, _cell_text(value.text))
        elif isinstance(value, Amount):
            place.write_number(
                line, number, value.value, formats.amount if value.value.is_integer() else formats.decimal
            )
        elif isinstance(value, int):
            place.write_number(line, number, value, formats.integer)
        elif isinstance(value, float):
            place.write_number(line, number, value, formats.decimal)
        elif value:
            own = formats.quotes[quotes[number]] if number in quotes else formats.text
            place.write_string(line, number, _cell_text(value), own)
        else:
            place.write_blank(line, number, None, formats.text)


def _cell_text(text: str) -> str:
    """Return text that a cell can hold: no control characters, cut with an ellipsis at the limit."""
    text = _CONTROL.sub(" ", text)
    # The limit counts UTF-16 units, so a character outside the basic plane counts twice.
    if len(text.encode("utf-16-le")) // 2 <= _CELL_LIMIT:
        return text
    return text.encode("utf-16-le")[: 2 * (_CELL_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"


def _offer_decisions(place: Worksheet, sheet: Sheet, words: Wording) -> None:
    column = sheet.decision_column
    place.data_validation(
        1,
        column,
        len(sheet.rows),
        column,
        {
            "validate": "list",
            "source": [words.text(f"decision.{name}") for name in DECISIONS],
            "input_title": words.text("workbook.decision"),
            "input_message": words.text("workbook.decision_hint"),
        },
    )


def _set_up_print(place: Worksheet, sheet: Sheet, view: Digest) -> None:
    place.set_landscape()
    wide = sum(column.width for column in sheet.columns) > _PAPER_CHARACTERS
    place.set_paper(_A3 if wide else _A4)
    place.fit_to_pages(2 if wide else 1, 0)
    place.repeat_rows(0)
    # In headers and footers an ampersand starts a code.
    country = view.report.country_name.replace("&", "&&")
    place.set_footer(f"&L{country} · {sheet.name}&R&P/&N")
