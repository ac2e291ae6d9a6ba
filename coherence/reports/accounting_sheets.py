"""The sheets of the accounting: every total with the lines at each end, and every line with its commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.accounts import account_title, assumption, lines_of
from coherence.reports.commitment_sheets import full_quote, rows_of_commitments
from coherence.reports.sheet_model import (
    MIDDLE,
    NARROW,
    REFERENCE,
    WIDE,
    WIDEST,
    Amount,
    Column,
    Link,
    Row,
    Sheet,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coherence.accounting_models import Account, AccountRow, Total
    from coherence.reports.accounts import ShownLine
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["account_lines_sheet", "totals_sheet"]

_QUOTE = 3
"""Column of the quote."""


def totals_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per total: of every land type and response, of all instruments and of each."""
    keys = (
        ("measure_head", WIDE), ("group_head.any", MIDDLE), ("response.head", NARROW), ("instrument", NARROW),
        ("at_least", MIDDLE), ("at_most", MIDDLE), ("lines", NARROW), ("assumption", WIDE), ("low_of", WIDE),
        ("high_of", WIDE),
    )  # fmt: skip
    columns = tuple(Column(words.text(f"accounting.{key}"), width) for key, width in keys)
    rows = [
        row
        for account in view.report.accounting.accounts
        for entry in (account.whole, *(account.rows if account.measure != "money" else ()))
        for row in _total_rows(entry, account, view, words)
    ]
    return Sheet(words.text("workbook.totals"), columns, tuple(rows), frozen_columns=2)


def _total_rows(entry: AccountRow, account: Account, view: Digest, words: Wording) -> Iterator[Row]:
    head = (
        account_title(account, words),
        words.account_group(entry.group, account.measure),
        words.text(f"accounting.response.{entry.response or ('any' if entry.whole else 'unstated')}")
        if account.measure == "area"
        else "",
    )
    yield Row((*head, words.text("accounting.all_instruments"), *_total_values(entry.total, view, words)))
    if len(entry.instruments) > 1:
        for each in entry.instruments:
            name = words.text(f"acronym.{each.instrument}")
            yield Row((*head, name, *_total_values(each.total, view, words)))
    if entry.conditional and entry.unconditional:
        name = words.text("accounting.conditional")
        yield Row((*head, name, *_total_values(entry.conditional, view, words)))


def _total_values(total: Total, view: Digest, words: Wording) -> tuple[Value, ...]:
    return (
        Amount(total.low), Amount(total.high), total.lines, assumption(total, words),
        _named(total.low_of, view, words), _named(total.high_of, view, words),
    )  # fmt: skip


def _named(ids: tuple[str, ...], view: Digest, words: Wording) -> str:
    """Return instrument, page and id of commitments, one a line."""
    page = words.text("commitment.page")
    known = [view.commitments[name] for name in ids if name in view.commitments]
    return "\n".join(f"{words.text(f'acronym.{c.instrument}')}, {page} {c.provenance.page}: {c.id}" for c in known)


def account_lines_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per line of every account, and after them one per figure that is in no total."""
    keys = (
        ("accounting.measure_head", WIDE), ("document.instrument", NARROW), ("commitment.page", NARROW),
        ("commitment.quote", WIDEST), ("accounting.group_head.any", MIDDLE), ("accounting.response.head", NARROW),
        ("commitment.conditionality", MIDDLE), ("accounting.figure", MIDDLE), ("accounting.at_least", MIDDLE),
        ("accounting.at_most", MIDDLE), ("accounting.notes", WIDE), ("accounting.counted_head", MIDDLE),
        ("accounting.because_head", WIDE), ("accounting.beside", REFERENCE), ("commitment.id", REFERENCE),
    )  # fmt: skip
    columns = tuple(Column(words.text(key), width) for key, width in keys)
    places = rows_of_commitments(view)
    rows = [
        _line_row(each, account, places, words)
        for account in view.report.accounting.accounts
        for each in lines_of(account, view)
    ]
    rows += _left_out_rows(view, places, words)
    return Sheet(words.text("workbook.account_lines"), columns, tuple(rows), frozen_columns=2)


def _line_row(each: ShownLine, account: Account, places: Mapping[str, int], words: Wording) -> Row:
    line, commitment = each.line, each.commitment
    sheet = words.text("workbook.commitments")
    beside = Link(each.beside.id, sheet, places[each.beside.id]) if each.beside else ""
    values: tuple[Value, ...] = (
        account_title(account, words),
        words.text(f"acronym.{line.instrument}"),
        commitment.provenance.page,
        full_quote(commitment),
        words.account_group(line.group, account.measure),
        words.text(f"accounting.response.{line.response or 'unstated'}") if account.measure == "area" else "",
        words.text("conditionality.conditional") if line.conditional else "",
        line.text,
        Amount(line.low),
        Amount(line.high),
        "\n".join(words.text(f"accounting.note_on.{note}") for note in line.notes),
        words.text(f"accounting.counted.{line.counted}"),
        words.text(f"accounting.because.{line.because}"),
        beside,
        Link(commitment.id, sheet, places[commitment.id]),
    )
    return Row(values, ((_QUOTE, words.direction(commitment.language)),))


def _left_out_rows(view: Digest, places: Mapping[str, int], words: Wording) -> Iterator[Row]:
    sheet, title = words.text("workbook.commitments"), words.text("accounting.left_out.title")
    for left in view.report.accounting.left_out:
        commitment = view.commitments.get(left.commitment)
        if commitment is None:
            continue
        values: tuple[Value, ...] = (
            title, words.text(f"acronym.{commitment.instrument}"), commitment.provenance.page, full_quote(commitment),
            "", "", "", left.text, None, None, "", words.text("accounting.counted.never"),
            words.text(f"accounting.left_out.{left.because}"), "", Link(commitment.id, sheet, places[commitment.id]),
        )  # fmt: skip
        yield Row(values, ((_QUOTE, words.direction(commitment.language)),))
