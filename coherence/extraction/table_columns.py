"""Columns of a table whose numbers are no figures of promises: they number the rows, or split the effort of each."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from coherence.extraction.cues import classes_of_heading
from coherence.extraction.numbers import find_numbers
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.extraction.number_forms import NumberMention
    from coherence.models import Cell, Passage
    from coherence.vocabulary import Language

__all__ = ["numbering_columns", "orders_rows", "split_columns"]

Column = tuple[int | None, int]
"""A table and a column of it."""

_FEWEST_NUMBERED = 3
_FEWEST_SPLIT = 2
"""Rows of a table whose shares add up to the whole, from which on two columns split the effort."""
_MOST_ODD = 0.2
"""Share of the rows that may not add up: misprints, rounding."""
_WHOLE = 100
_ROUNDING = 1
_SHARE = re.compile(r"\s*[\d.,\s]+[%٪％]?\s*")


def numbering_columns(
    passages: Iterable[Passage], cells: Iterable[Iterable[tuple[Cell, NumberMention | None]]]
) -> frozenset[Column]:
    """Return the columns that number the rows: 1, 2, 3 ..."""
    columns: dict[Column, list[float]] = defaultdict(list)
    for passage, row in zip(passages, cells, strict=True):
        for cell, number in row:
            if number is not None:
                columns[passage.table, cell.column].append(number.value)
    return frozenset(
        place
        for place, values in columns.items()
        if len(values) >= _FEWEST_NUMBERED and all(b - a in {0, 1} for a, b in pairwise(values)) and values[0] in {0, 1}
        and values[-1] > values[0]
    )  # fmt: skip


def orders_rows(cell: Cell, language: Language) -> bool:
    """Tell whether a cell stands in a column whose numbers put the rows in an order: "Priority", "Phase"."""
    return bool(cell.heads) and cell.heads[-1].strip(" .:").casefold() in _order_heads(language)


@cache
def _order_heads(language: Language) -> frozenset[str]:
    return frozenset(term_list("table_heads")["order"][language])


def split_columns(passages: Iterable[Passage], language: Language) -> frozenset[Column]:
    """Return the columns that say which part of a measure is own effort and which depends on support.

    They are headed "unconditional" and "conditional", and row for row their shares add up to 100 %: how a measure is
    paid for, not what it is to reach.
    """
    whole: dict[tuple[Column, Column], int] = defaultdict(int)
    rows: dict[tuple[Column, Column], int] = defaultdict(int)
    for passage in passages:
        shares = [(cell, share) for cell in passage.cells if (share := _share(cell, language)) is not None]
        of = {name: [(c, s) for c, s in shares if name in _conditions(c, language)] for name in _CONDITIONS}
        for (own, own_share), (other, other_share) in product(of["unconditional"], of["conditional"]):
            pair = (passage.table, own.column), (passage.table, other.column)
            rows[pair] += 1
            whole[pair] += abs(own_share + other_share - _WHOLE) <= _ROUNDING
    return frozenset(
        column
        for pair, count in rows.items()
        if whole[pair] >= _FEWEST_SPLIT and count - whole[pair] <= _MOST_ODD * count
        for column in pair
    )


_CONDITIONS = ("unconditional", "conditional")


def _conditions(cell: Cell, language: Language) -> frozenset[str]:
    """Return the conditions that the heads of a cell name; one that names both tells none."""
    found = frozenset().union(*(classes_of_heading(head, language, "head") for head in cell.heads))
    named = found & set(_CONDITIONS)
    return named if len(named) == 1 else frozenset()


def _share(cell: Cell, language: Language) -> float | None:
    """Return the number of a cell that holds nothing else but a sign of percent."""
    if not _SHARE.fullmatch(cell.text):
        return None
    numbers = find_numbers(cell.text, language)
    return numbers[0].value if len(numbers) == 1 and numbers[0].value is not None else None
