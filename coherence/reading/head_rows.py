"""Which rows at the top of a table are titles and which are heads.

A head row is known from the markup, from the words in it (rules/vocabulary/table_heads.yaml), or from its looks: texts,
and years with or without a unit, above rows that hold something else. Rows and columns count from 0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coherence.column_roles import column_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.reading.blocks import Grid, GridCell

    Rows = dict[int, list[GridCell]]

__all__ = ["cells_by_row", "head_rows", "is_column_number", "is_marked_head", "is_named_head"]

_SEARCHED_ROWS = 12
_LONGEST_HEAD = 80
_LONGEST_PLAIN_HEAD = 60
_LONGEST_MARKED_HEAD = 120
_LONGEST_UNIT = 24
_FEWEST = 2
_MOST_HEAD_ROWS = 4
_HALF = 0.5
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[ .,'’\u00a0\u202f]\d+)*")
_BRACKETED = re.compile(r"[(（\[][^)）\]]*[)）\]]")
_YEARS = r"(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?"
_YEAR = re.compile(_YEARS)
# A year in so many words: alone, before a mark or bracket, or behind a word; "2030 ha" may be an area.
_YEAR_HEAD = re.compile(rf"(?<![\d.,/]){_YEARS}(?=\s*(?:$|[(（\[,;:\n年г–-]))")
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2})[)\].]?")


def cells_by_row(grid: Grid) -> Rows:
    """Return the cells that start in each row, from the left."""
    rows: Rows = {number: [] for number in range(grid.rows)}
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        rows[cell.row].append(cell)
    return rows


def head_rows(grid: Grid, rows: Rows) -> tuple[int, int]:
    """Return how many rows are titles above the table, and how many below them are heads."""
    limit = min(_SEARCHED_ROWS, grid.rows - 1)
    if grid.head_rows is not None:
        titles = _title_rows(rows, min(grid.head_rows, limit), grid.columns)
        marked = min(grid.head_rows, grid.rows - 1) - titles
        return titles, max(marked, _merged_depth(rows, titles, grid) if marked > 0 else 0)
    titles = _title_rows(rows, limit, grid.columns)
    plain = _head_depth(rows, titles, grid) if titles < limit and _looks_like_heads(titles, rows, grid) else 0
    for number in range(limit):
        known = is_named_head(rows[number]) or is_marked_head(rows[number])
        if known and titles < number < titles + plain:
            break
        if known and (number <= titles or _stands_above_data(number, rows)):
            return number, _head_depth(rows, number, grid)
    return (titles, plain) if plain else (0, 0)


def is_named_head(cells: Sequence[GridCell]) -> bool:
    """Tell whether the words of a row name what columns of target tables hold."""
    filled = [cell.text for cell in cells if cell.text]
    if len(filled) < _FEWEST or any(len(text) > _LONGEST_HEAD for text in filled):
        return False
    roles = sum(column_role(text) is not None for text in filled)
    return roles >= _FEWEST and roles + sum(map(_is_year, filled)) >= _HALF * len(filled)


def is_marked_head(cells: Sequence[GridCell]) -> bool:
    """Tell whether the format or the typography marks all cells of a row as heads."""
    filled = [cell for cell in cells if cell.text]
    return len(filled) > 1 and all(cell.head and len(cell.text) <= _LONGEST_MARKED_HEAD for cell in filled)


def is_column_number(text: str) -> bool:
    """Tell whether a text is the number of a column ("(3)"), as a row below the heads may give them."""
    return _COLUMN_NUMBER.fullmatch(text.strip()) is not None


def _title_rows(rows: Rows, limit: int, columns: int) -> int:
    """Return how many rows at the top hold one text over the whole width, or nothing."""
    for number in range(limit):
        filled = [cell for cell in rows[number] if cell.text]
        if len(filled) > 1 or (filled and filled[0].column_span < columns and len(rows[number]) < columns):
            return number
    return 0


def _stands_above_data(number: int, rows: Rows) -> bool:
    """Tell whether a row fills more columns than each row above it, which then only introduce the table."""
    width = sum(bool(cell.text) for cell in rows[number])
    return all(sum(bool(cell.text) for cell in rows[above]) < width for above in range(number))


def _looks_like_heads(number: int, rows: Rows, grid: Grid) -> bool:
    """Tell whether a row looks like heads: short texts and years, all different, unlike what stands below them."""
    heads = [cell for cell in rows[number] if cell.text]
    texts = [cell.text for cell in heads]
    if len(set(texts)) < len(texts) or len(texts) < _FEWEST:
        return False
    if any(len(text) > _LONGEST_PLAIN_HEAD or _is_figure(text) for text in texts):
        return False
    below = number + _head_depth(rows, number, grid)
    if _columns_without_head(rows, number, below) > 1:
        return False
    body = [cell for cell in grid.cells if cell.row >= below and cell.text]
    if any(_DIGIT.search(cell.text) and not _differs_below(cell, body) for cell in heads):
        return False
    return (
        _longer(body, texts)
        or any(_DIGIT.search(cell.text) for cell in body)
        or any(_has_marks_below(cell, body) for cell in heads)
    )


def _columns_without_head(rows: Rows, first: int, end: int) -> int:
    """Return how many columns have an empty cell in the first head row and no head below it."""
    headed = {cell.column for number in range(first, end) for cell in rows[number] if cell.text}
    return sum(cell.column not in headed for cell in rows[first])


def _has_marks_below(head: GridCell, body: Sequence[GridCell]) -> bool:
    """Tell whether a head stands above nothing but ticks and crosses."""
    below = [cell.text for cell in body if cell.column == head.column]
    return len(head.text) > 1 and bool(below) and all(len(text) == 1 for text in below)


def _differs_below(head: GridCell, body: Sequence[GridCell]) -> bool:
    """Tell whether most texts below a head with figures have another form: "2030" above "75 000", not above "2035"."""
    below = [cell.text for cell in body if head.column <= cell.column < head.column + head.column_span]
    alike = sum(_form(text) == _form(head.text) for text in below)
    return bool(below) and alike < _HALF * len(below)


def _form(text: str) -> str:
    """Return a text with "Y" for its years and "#" for its other numbers."""
    return " ".join(_NUMBER.sub("#", _YEAR_HEAD.sub("Y", text)).casefold().split())


def _longer(body: Sequence[GridCell], heads: Sequence[str]) -> bool:
    lengths = [len(cell.text) for cell in body]
    return bool(lengths) and sum(lengths) / len(lengths) > sum(map(len, heads)) / len(heads)


def _is_figure(text: str) -> bool:
    """Tell whether a text is a quantity: it starts with a number that is no year, brackets aside."""
    plain = _BRACKETED.sub(" ", text).strip().lstrip("<>≥≤±~+-–$€£ ") or text.strip()
    number = _NUMBER.match(plain)
    return number is not None and not _is_year(number.group())


def _head_depth(rows: Rows, first: int, grid: Grid) -> int:
    """Return how many rows the heads take: merged heads have their parts below them, units and years may follow."""
    last = first + _merged_depth(rows, first, grid)
    marked = last
    while marked < len(rows) - 1 and is_marked_head(rows[marked]):
        marked += 1
    if marked - first < _MOST_HEAD_ROWS:
        last = marked
    while last < len(rows) - 1 and last - first < _MOST_HEAD_ROWS and _goes_with_heads(last, rows, grid):
        last += 1
    return max(min(last, len(rows) - 1) - first, 1)


def _merged_depth(rows: Rows, first: int, grid: Grid) -> int:
    """Return how many rows heads take that are merged down, or merged across above their parts."""
    row, last = first, first + 1
    while row < last < len(rows) and last - first < _MOST_HEAD_ROWS:
        last = max([last, *(cell.row + cell.row_span for cell in rows[row])])
        if row + 1 == last and _spans_parts(rows, row, grid):
            last += 1
        row += 1
    return min(last, len(rows) - 1) - first


def _spans_parts(rows: Rows, row: int, grid: Grid) -> bool:
    spanning = [cell for cell in rows[row] if 1 < cell.column_span < grid.columns and cell.text]
    if row + 1 not in rows or not spanning:
        return False
    parts = [cell for cell in rows[row + 1] if cell.text]
    return bool(parts) and any(
        cell.column <= part.column < cell.column + cell.column_span and part.column_span < cell.column_span
        for cell in spanning
        for part in parts
    )


def _goes_with_heads(number: int, rows: Rows, grid: Grid) -> bool:
    """Tell whether a row below heads adds to them: the numbers of the columns, or units and years above figures."""
    filled = [cell for cell in rows[number] if cell.text]
    if len(filled) < _FEWEST:
        return False
    numbers = [found.group(1) for cell in filled if (found := _COLUMN_NUMBER.fullmatch(cell.text.strip()))]
    if len(numbers) == len(filled) == grid.columns:
        return len(numbers) > _FEWEST and [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    labelled = any(cell.column == 0 for cell in filled)
    if labelled or any(len(cell.text) > _LONGEST_UNIT or _is_figure(cell.text) for cell in filled):
        return False
    body = [cell for cell in grid.cells if cell.row > number and cell.text]
    return all(_has_figures_below(cell, body) and _form(cell.text) not in _forms_below(cell, body) for cell in filled)


def _forms_below(head: GridCell, body: Sequence[GridCell]) -> set[str]:
    return {_form(cell.text) for cell in body if cell.column == head.column}


def _has_figures_below(head: GridCell, body: Sequence[GridCell]) -> bool:
    below = [cell.text for cell in body if cell.column == head.column]
    return sum(_DIGIT.search(text) is not None for text in below) > _HALF * len(below)


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text.strip()) is not None
