"""Cells of CSV files: names of files and quotes come from anywhere, and no spreadsheet may make a formula of them."""

from __future__ import annotations

__all__ = ["csv_cell"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_cell(value: object) -> object:
    """Return the value; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
