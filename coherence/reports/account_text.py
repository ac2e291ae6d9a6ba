"""The accounting of a report by itself: tables for the terminal, JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from coherence.reports.accounts import account_title, assumption, land_sentences, lines_of
from coherence.reports.csv_cells import csv_cell
from coherence.reports.digest import digest
from coherence.reports.wording import Wording

if TYPE_CHECKING:
    from rich.console import Console

    from coherence.accounting_models import Account
    from coherence.models import Report

__all__ = ["print_accounting", "render_accounting_csv", "render_accounting_json"]

_WIDE = 110
"""Columns of the terminal from which the assumption behind the ends is printed too."""
_NAME = 11
"""Columns that the name of a row has at least, so that no word is parted."""
_COLUMNS = (
    "measure", "unit", "basis", "group", "response", "conditional", "low", "high", "counted", "because", "beside",
    "notes", "instrument", "document", "page", "figure", "quote", "commitment",
)  # fmt: skip


def print_accounting(report: Report, console: Console) -> None:
    """Print the demand for land beside the land, and a table for every unit and basis."""
    words = Wording(report.language)
    if report.accounting.land is None:
        console.print(Text(words.text("accounting.nothing")))
    else:
        for line in land_sentences(report.accounting.land, words):
            console.print(Text(line), soft_wrap=True)
    for account in report.accounting.accounts:
        console.print(_table(account, words, wide=console.width >= _WIDE))


def _table(account: Account, words: Wording, *, wide: bool) -> Table:
    title = Text(account_title(account, words), style="bold")
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    table.add_column(words.text(f"accounting.group_head.{account.measure}"), overflow="fold", min_width=_NAME)
    by_response = account.measure == "area"
    if by_response:
        table.add_column(words.text("accounting.response.head"))
    for key in ("at_least", "at_most", "conditional"):
        table.add_column(words.text(f"accounting.{key}"), justify="right", no_wrap=True)
    table.add_column(
        words.text("accounting.assumption" if wide else "accounting.lines"), overflow="fold", no_wrap=not wide
    )
    for row in (account.whole, *(account.rows if account.measure != "money" else ())):
        response = row.response or ("any" if row.whole else "unstated")
        table.add_row(
            words.account_group(row.group, account.measure) if row.whole else "",
            *([words.text(f"accounting.response.{response}")] if by_response else []),
            words.number(row.total.low),
            words.number(row.total.high),
            # The two ends of a range stand one below the other, so that the table fits and no number is parted.
            words.span(row.conditional.low, row.conditional.high).replace(" – ", " –\n") if row.conditional else "",
            assumption(row.total, words) if wide else words.number(row.total.lines),
        )
    return table


def render_accounting_json(report: Report) -> str:
    """Return the accounting as it stands in report.json, with sorted keys and one final newline."""
    data = report.accounting.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def render_accounting_csv(report: Report) -> str:
    """Return one row per line of every account, then one per figure in no total; ids as in report.json.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    view = digest(report)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for account in report.accounting.accounts:
        for each in lines_of(account, view):
            line = each.line
            known = line.model_dump(include={"group", "response", "conditional", "low", "high", "counted", "because",
                                             "beside", "instrument", "commitment"})  # fmt: skip
            writer.writerow(
                {key: csv_cell(value) for key, value in known.items()}
                | {"measure": account.measure, "unit": account.unit, "basis": account.basis,
                   "notes": " ".join(line.notes), "figure": csv_cell(line.text),
                   "quote": csv_cell(each.commitment.quote), "document": csv_cell(each.commitment.document),
                   "page": each.commitment.provenance.page}
            )  # fmt: skip
    for left in report.accounting.left_out:
        if (commitment := view.commitments.get(left.commitment)) is not None:
            writer.writerow(
                {"counted": "never", "because": left.because, "instrument": commitment.instrument,
                 "document": csv_cell(commitment.document), "page": commitment.provenance.page,
                 "figure": csv_cell(left.text), "quote": csv_cell(commitment.quote), "commitment": left.commitment}
            )  # fmt: skip
    return stream.getvalue()
