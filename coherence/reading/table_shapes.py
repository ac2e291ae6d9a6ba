"""Tables of formats that mark them (DOCX, HTML, Markdown, sheets): bands, merged cells, forms, rows under their heads.

Rows and columns count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from coherence.column_roles import column_role
from coherence.reading.blocks import Block, Grid, GridCell, flat_text
from coherence.reading.head_rows import cells_by_row, head_rows, is_column_number, is_marked_head, is_named_head

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Row", "RowCell", "TableShape", "form_blocks", "table_rows", "table_shape", "transposed"]

_LONGEST_LABEL = 120
_PROSE = 160
_MOST_FORM_COLUMNS = 3
_FEWEST = 2
_LONG_COLUMN = 30
_HEADED_COLUMN = 3
_HALF = 0.5
_MOST_LABELS = 0.6


@dataclass(frozen=True, slots=True)
class TableShape:
    """What the rows of a table are: titles above it, heads, and whether it is a form of labels and prose."""

    title_rows: int = 0
    head_rows: int = 0
    form: bool = False
    layout: bool = False
    """Whether the table only places blocks on the page: its cells are read one after the other."""
    caption: str = ""

    @property
    def first_row(self) -> int:
        """The first row below titles and heads."""
        return self.title_rows + self.head_rows


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell as one row sees it; ``own`` is False where it is merged down from a row above."""

    column: int
    text: str
    own: bool
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table in reading order."""

    number: int
    cells: tuple[RowCell, ...]
    head: bool = False
    bands: tuple[str, ...] = ()


def table_shape(grid: Grid) -> TableShape:
    """Return which rows of the table are titles and heads, and whether the table is a form."""
    filled = _filled_columns(grid)
    if len(filled) <= 1 or any(_is_column_of_text(cell) for cell in grid.cells):
        return TableShape(form=True, layout=True)
    rows = cells_by_row(grid)
    titles, heads = head_rows(grid, rows)
    caption = " ".join(cell.text for row in range(titles) for cell in rows[row] if cell.text)
    shape = TableShape(titles, heads, caption=caption)
    return replace(shape, form=True) if _is_form(grid, shape, filled) else shape


def table_rows(grid: Grid, shape: TableShape) -> Iterator[Row]:
    """Yield the rows with the heads of their columns and the bands they stand under."""
    rows = cells_by_row(grid)
    covering = _covering_cells(grid)
    heads = _column_heads(grid, shape)
    # Heads printed again after a page break are known by their words or type: looks alone do not tell them from data.
    above = [rows[row] for row in range(shape.title_rows, shape.first_row)]
    head_texts = {_texts(cells) for cells in above if is_named_head(cells) or is_marked_head(cells)}
    bands: tuple[str, ...] = ()
    after_band = False
    columns = grid.columns
    for number in range(grid.rows):
        seen = covering[number]
        if number < shape.first_row or _texts(rows[number]) in head_texts:
            plain = tuple(RowCell(cell.column, cell.text, cell.row == number) for cell in seen)
            yield Row(number, plain, head=number >= shape.title_rows)
            continue
        cells = tuple(RowCell(c.column, c.text, c.row == number, heads.get(c.column, ())) for c in seen)
        band = _band(rows[number], seen, columns)
        if band:
            outer = bands if after_band else bands[:-1]
            yield Row(number, cells, bands=outer)
            bands = (*outer[-1:], band)
        else:
            yield Row(number, cells, bands=bands)
        after_band = bool(band)


def form_blocks(grid: Grid, shape: TableShape, level: int) -> Iterator[Block]:
    """Yield a form's cells as blocks: the label as heading of ``level``, the prose of the last column below it."""
    rows = cells_by_row(grid)
    last = max(_filled_columns(grid), default=0)
    for number in range(grid.rows):
        filled = [cell for cell in rows[number] if cell.text]
        labels = [cell for cell in filled if cell.column < last]
        if shape.layout or (filled and not labels):
            yield from (_below(block, level - 1) for cell in filled for block in cell.blocks)
        elif number < shape.first_row:
            yield Block("paragraph", "\t".join(cell.text.replace("\n", " ") for cell in filled))
        elif labels:
            yield Block("heading", " ".join(cell.text for cell in labels).replace("\n", " "), level)
            yield from (_below(block, level) for cell in filled if cell.column >= last for block in cell.blocks)


def transposed(grid: Grid) -> Grid:
    """Return a table whose heads stand in its first column turned about, so that each record is one row."""
    if grid.head_rows or grid.locators or min(grid.rows, grid.columns) < _FEWEST or grid.columns > grid.rows:
        return grid
    if any(cell.row_span + cell.column_span > _FEWEST or len(cell.text) > _PROSE for cell in grid.cells):
        return grid
    roles = [role for cell in grid.cells if cell.column == 0 and (role := column_role(cell.text))]
    top = [role for cell in grid.cells if cell.row == 0 and (role := column_role(cell.text))]
    if len(set(roles)) < _FEWEST or len(roles) < _MOST_LABELS * grid.rows or len(top) > 1:
        return grid
    cells = sorted((replace(c, row=c.column, column=c.row) for c in grid.cells), key=lambda c: (c.row, c.column))
    return replace(grid, cells=tuple(cells), head_rows=1)


def _below(block: Block, level: int) -> Block:
    return replace(block, level=level + block.level) if block.kind == "heading" else block


def _texts(cells: list[GridCell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells)


def _covering_cells(grid: Grid) -> dict[int, list[GridCell]]:
    """Return for each row the cells seen in it, those merged down from above included."""
    rows: dict[int, list[GridCell]] = {number: [] for number in range(grid.rows)}
    for cell in sorted(grid.cells, key=lambda cell: cell.column):
        for number in range(cell.row, cell.row + cell.row_span):
            rows[number].append(cell)
    return rows


def _filled_columns(grid: Grid) -> list[int]:
    return sorted({cell.column for cell in grid.cells if cell.text})


def _column_heads(grid: Grid, shape: TableShape) -> dict[int, tuple[str, ...]]:
    heads: dict[int, list[str]] = {}
    above = [cell for cell in grid.cells if shape.title_rows <= cell.row < shape.first_row and cell.text]
    for cell in sorted(above, key=lambda cell: (cell.row, cell.column)):
        text = cell.text.replace("\n", " ")
        if is_column_number(text):
            continue
        for column in range(cell.column, cell.column + max(cell.column_span, _reach(cell, above))):
            if text not in heads.setdefault(column, []):
                heads[column].append(text)
    return {column: tuple(texts) for column, texts in heads.items()}


def _reach(head: GridCell, heads: list[GridCell]) -> int:
    """Return over how many columns a head stands: sheets leave the cells beside it empty, with its parts below."""
    parts = {cell.column for cell in heads if cell.row == head.row + 1}
    others = {cell.column for cell in heads if cell.row == head.row}
    reach = 1
    while {head.column, head.column + reach} <= parts and head.column + reach not in others:
        reach += 1
    return reach


def _band(own: list[GridCell], seen: list[GridCell], columns: int) -> str:
    """Return the text of a row that names a section of the table, else an empty text."""
    filled = [cell for cell in own if cell.text]
    merged_down = any(cell.text for cell in seen if all(cell is not other for other in own))
    if len(filled) != 1 or merged_down or len(filled[0].text) > _LONGEST_LABEL:
        return ""
    full = filled[0].column_span >= columns
    alone = filled[0].column == 0 and columns > _FEWEST and not filled[0].text.isdigit()
    return filled[0].text.replace("\n", " ") if full or alone else ""


def _is_column_of_text(cell: GridCell) -> bool:
    """Tell whether a cell holds a stretch of document with its own headings, as cells that place columns do."""
    headed = sum(block.kind == "heading" for block in cell.blocks)
    return len(cell.blocks) >= _LONG_COLUMN or (headed > 0 and len(cell.blocks) - headed >= _HEADED_COLUMN)


def _is_form(grid: Grid, shape: TableShape, filled: list[int]) -> bool:
    """Tell whether short labels stand beside prose that is to be read as paragraphs."""
    if grid.locators or len(filled) > _MOST_FORM_COLUMNS:
        return False
    body = [cell for cell in grid.cells if cell.row >= shape.first_row and cell.text]
    prose = [cell for cell in body if cell.column == filled[-1]]
    if not prose or any(len(cell.text) > _LONGEST_LABEL for cell in body if cell.column < filled[-1]):
        return False
    if len(filled) > _FEWEST and median(len(cell.text) for cell in prose) < _FEWEST * _PROSE:
        return False
    long = sum(len(cell.text) >= _PROSE or sum(bool(flat_text(b)) for b in cell.blocks) > _FEWEST for cell in prose)
    return long >= _HALF * len(prose)
