"""What a sheet of the workbook is: columns, rows and cells in plain types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "DECISIONS",
    "MIDDLE",
    "NARROW",
    "REFERENCE",
    "WIDE",
    "WIDEST",
    "Amount",
    "Column",
    "Direction",
    "Link",
    "Row",
    "Sheet",
    "Value",
]

DECISIONS = ("confirmed", "adapted", "discuss", "dismissed")
"""What a reviewer may decide on a finding."""

NARROW, MIDDLE, REFERENCE, WIDE, WIDEST = 10, 18, 27, 36, 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in characters."""

    heading: str
    width: int = MIDDLE


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a row of a sheet; rows count from 0, the headings being row 0."""

    text: str
    sheet: str
    row: int


Direction = Literal["ltr", "rtl"]
"""From left to right, or from right to left."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell of a large number, written with separators of thousands."""

    value: float


Value = str | int | float | Amount | Link | None


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row, and by number the columns of quotes with the direction they are written in."""

    values: tuple[Value, ...]
    quotes: tuple[tuple[int, Direction], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; reviewers choose from ``DECISIONS`` in ``decision_column``; ``filtered``: can be narrowed."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    frozen_columns: int = 0
    decision_column: int | None = None
    filtered: bool = True
