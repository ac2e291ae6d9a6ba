"""The layout of one page: paragraphs and tables in reading order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coherence.reading.alignment import stretches_of
from coherence.reading.geometry import enclosing
from coherence.reading.grids import Grid, GridCell
from coherence.reading.lines import lines_of
from coherence.reading.paragraphs import Paragraph, paragraphs_of, split_marker
from coherence.reading.table_cells import PageTable, aligned_table, assign_words, renumbered, ruled_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.reading.geometry import Word

__all__ = ["Element", "PageContext", "page_elements"]

Element = Paragraph | PageTable

_LONGEST_BAND_CHARS = 170
_MOST_BAND_LINES = 3
_PROSE_CHARS = 75
_PROSE_LINES = 4
_FORM_COLUMNS = 2
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the layout of a page depends on besides its words."""

    number: int
    vocabulary: Counter[str]
    """Words of the whole document in lower case with their counts."""
    rtl: bool = False


def page_elements(words: Sequence[Word], grids: Sequence[Grid], context: PageContext) -> list[Element]:
    """Return the paragraphs and tables of a page or cell in reading order."""
    elements: list[Element] = []
    rest = list(words)
    outer = [grid for grid in grids if not any(_within(grid, other) for other in grids if other is not grid)]
    for grid in sorted(outer, key=lambda grid: (grid.box.top, grid.box.x0)):
        area, top = grid.box.grown(1), grid.box.top
        before, inside, after = [], [], []
        for word in rest:
            x, y = word.middle
            held = area.holds(x, y)
            if y < top:
                before.append(word)
            if held:
                inside.append(word)
            elif y >= top:
                after.append(word)
        rest = after
        elements.extend(_flow(before, context))
        inner = [other for other in grids if other is not grid and _within(other, grid)]
        elements.extend(_grid_elements(grid, inside, inner, context))
    elements.extend(_flow(rest, context))
    return elements


def _within(inner: Grid, outer: Grid) -> bool:
    x, y = (inner.box.x0 + inner.box.x1) / 2, (inner.box.top + inner.box.bottom) / 2
    return outer.box.holds(x, y) and outer.box.width * outer.box.height > inner.box.width * inner.box.height


def _flow(words: Sequence[Word], context: PageContext) -> list[Element]:
    """Lay out words that stand in no ruled cell."""
    elements: list[Element] = []
    if not words:
        return elements
    for stretch in stretches_of(words):
        if stretch.table is not None:
            elements.append(aligned_table(stretch.table, context.number, context.vocabulary, rtl=context.rtl))
            continue
        for column in reversed(stretch.columns) if context.rtl else stretch.columns:
            lines = lines_of(column, rtl=context.rtl)
            elements.extend(paragraphs_of(lines, page=context.number, vocabulary=context.vocabulary, rtl=context.rtl))
    return elements


def _grid_elements(grid: Grid, words: Sequence[Word], inner: Sequence[Grid], context: PageContext) -> list[Element]:
    filled = {cell: found for cell, found in assign_words(grid.cells, words).items() if found}
    if not filled:
        return []
    if framed := _framed_grids(grid, filled):
        held = {cell for cells in framed.values() for cell in cells}
        bare = replace(grid, cells=tuple(cell for cell in grid.cells if cell not in held))
        return _grid_elements(bare, words, [*map(_grid_of, framed.values()), *inner], context)
    elements: list[Element] = []
    # Beside an empty column of labels goes on what stands beside the last label of the page before.
    title: str | None = "" if _lacks_labels(grid, filled, rtl=context.rtl) else None
    for chunk in _chunks(grid, filled):
        cells = {cell: filled.get(cell, []) for cell in chunk}
        made = [
            replace(element, box=element.box._replace(x0=grid.box.x0, x1=grid.box.x1))
            if isinstance(element, PageTable) and element.ruled and len(element.cells) == len(chunk)
            else element
            for element in _chunk_elements(cells, inner, context)
        ]
        stands = [cell for cell in chunk if cell in filled]
        if len(stands) == 1 and len(filled) > 1 and not _is_prose(filled[stands[0]]):
            made = _as_label(made)
            title = " ".join(element.text for element in made if isinstance(element, Paragraph)) or None
            elements.extend(made)
        else:
            elements.extend(replace(element, label=title) if element.label is None else element for element in made)
    return elements


def _lacks_labels(grid: Grid, filled: Iterable[GridCell], *, rtl: bool) -> bool:
    """Whether the first column of a grid is empty."""
    if rtl:
        return max(cell.column_end for cell in filled) < grid.columns
    return min(cell.column for cell in filled) > 0


def _framed_grids(grid: Grid, filled: dict[GridCell, list[Word]]) -> dict[GridCell, list[GridCell]]:
    """Return the cells that hold text round a table, as where its last rule is the frame's too, with that table's."""
    framed: dict[GridCell, list[GridCell]] = {}
    for cell in sorted(grid.cells, key=lambda cell: -cell.box.width * cell.box.height):
        within = [other for other in filled if other is not cell and _frames(cell, other)]
        if cell in filled and within and not any(_frames(frame, cell) for frame in framed):
            framed[cell] = within
    return framed


def _grid_of(cells: Sequence[GridCell]) -> Grid:
    """Return some cells of a grid as a grid of its own, its columns counted from 0."""
    first = min(cell.column for cell in cells)
    shifted = [replace(cell, column=cell.column - first, column_end=cell.column_end - first) for cell in cells]
    rows = max(cell.row_end for cell in cells)
    return Grid(enclosing(cell.box for cell in cells), rows, max(c.column_end for c in shifted), tuple(shifted))


def _frames(cell: GridCell, other: GridCell) -> bool:
    return (
        cell.row <= other.row and other.row_end <= cell.row_end
        and cell.column <= other.column and other.column_end <= cell.column_end
    )  # fmt: skip


def _chunks(grid: Grid, filled: dict[GridCell, list[Word]]) -> list[list[GridCell]]:
    """Cut a grid at cells of prose that span its width."""
    first = min(cell.column for cell in filled)
    last = max(cell.column_end for cell in filled)
    chunks: list[list[GridCell]] = [[]]
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.column_end <= first or cell.column >= last:
            continue
        spans = cell.column <= first and cell.column_end >= last
        if spans and _is_prose(filled.get(cell, ())):
            chunks.extend([[cell], []])
        elif spans and chunks[-1] and _laid_out_otherwise(chunks[-1], _section(grid, cell), filled):
            chunks.append([cell])
        else:
            chunks[-1].append(cell)
    return [chunk for chunk in chunks if any(cell in filled for cell in chunk)]


def _section(grid: Grid, band: GridCell) -> list[GridCell]:
    """Return the cells below a band up to the next one."""
    below = [cell for cell in grid.cells if cell.row >= band.row_end]
    ends = [cell.row for cell in below if cell.column <= band.column and cell.column_end >= band.column_end]
    return [cell for cell in below if cell.row < min(ends, default=grid.rows)]


def _laid_out_otherwise(above: list[GridCell], below: list[GridCell], filled: dict[GridCell, list[Word]]) -> bool:
    """Whether two stretches of a grid have other numbers of cells side by side, empty ones counted and not."""
    held_above, held_below = ([cell for cell in cells if cell in filled] for cells in (above, below))
    if {cell.column for cell in above} == {cell.column for cell in below} and held_above and len(above) > 1:
        return False
    return _most_cells(held_above) != _most_cells(held_below)


def _most_cells(cells: Iterable[GridCell]) -> int:
    """Return how many cells stand side by side at most; two and more than two are told apart only."""
    rows = Counter(cell.row for cell in cells)
    return min(max(rows.values(), default=0), 3)


def _is_prose(words: Sequence[Word]) -> bool:
    characters = sum(len(word.text) + 1 for word in words)
    return characters > _LONGEST_BAND_CHARS or len(lines_of(words) if words else ()) > _MOST_BAND_LINES


def _chunk_elements(cells: dict[GridCell, list[Word]], inner: Sequence[Grid], context: PageContext) -> list[Element]:
    starts = {cell.column for cell in cells if cells[cell]}
    if len(starts) == 1:
        return [element for cell in _down(cells) for element in _cell_elements(cell, cells[cell], inner, context)]
    if len(starts) == _FORM_COLUMNS and (rows := _form_rows(cells, inner)) and not _lists_beside_lists(cells, rows):
        return _form_elements(cells, rows, inner, context)
    return _table_elements(cells, context)


def _down(cells: Iterable[GridCell]) -> list[GridCell]:
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _cell_elements(cell: GridCell, words: Sequence[Word], inner: Sequence[Grid], context: PageContext) -> list[Element]:
    held = [grid for grid in inner if cell.box.holds((grid.box.x0 + grid.box.x1) / 2, grid.box.top + 1)]
    return page_elements(words, held, context)


def _form_rows(cells: dict[GridCell, list[Word]], inner: Sequence[Grid]) -> set[int]:
    """Return the rows of a two-column grid in which a label stands beside prose."""
    left = min(cell.column for cell in cells if cells[cell])
    rows: set[int] = set()
    for cell, words in cells.items():
        if cell.column == left or not words:
            continue
        characters = sum(len(word.text) + 1 for word in words)
        holds_grid = any(cell.box.holds(*_middle(grid)) for grid in inner)
        if characters > _PROSE_CHARS or holds_grid or len(lines_of(words)) >= _PROSE_LINES:
            rows.update(range(cell.row, cell.row_end))
    return rows


def _lists_beside_lists(cells: dict[GridCell, list[Word]], rows: set[int]) -> bool:
    """Whether most rows of prose have a list in either column: a table of two columns, no labels beside values."""
    left = min(cell.column for cell in cells if cells[cell])
    beside = [cell for cell in cells if cells[cell] and cell.column == left and cell.row in rows]
    listed = [cell for cell in beside if any(_is_item(line.text) for line in lines_of(cells[cell])[1:])]
    return len(listed) > _MOSTLY * len(beside)


def _is_item(line: str) -> bool:
    marker, _ = split_marker(line)
    return bool(marker) and not marker[-1:].isalnum()


def _middle(grid: Grid) -> tuple[float, float]:
    return (grid.box.x0 + grid.box.x1) / 2, (grid.box.top + grid.box.bottom) / 2


def _form_elements(
    cells: dict[GridCell, list[Word]], rows: set[int], inner: Sequence[Grid], context: PageContext
) -> list[Element]:
    elements: list[Element] = []
    table: dict[GridCell, list[Word]] = {}
    label, head = "", _form_head(cells, rows, context)
    left = min(cell.column for cell in cells if cells[cell])
    for cell in _ordered_for(context, cells):
        if cell.row not in rows and not _heads_form(cell, cells, rows):
            table[cell] = cells[cell]
            continue
        elements.extend(_table_elements(table, context, form=True))
        table = {}
        made = _cell_elements(cell, cells[cell], inner, context)
        if cell.row not in rows:
            elements.extend(made)
        elif (cell.column == left) != context.rtl:
            made = _as_label(made)
            label = " ".join(element.text for element in made if isinstance(element, Paragraph))
            elements.extend(made)
        else:
            elements.extend(element if element.label else replace(element, label=label, head=head) for element in made)
    elements.extend(_table_elements(table, context, form=True))
    return elements


def _form_head(cells: dict[GridCell, list[Word]], rows: set[int], context: PageContext) -> str:
    """Return the head over the values of a form, "" for none: the first row is set in bold, other values are not."""
    filled = [cell for cell in _down(cells) if cells[cell]]
    first = [cell for cell in filled if cell.row == filled[0].row]
    if first[0].row in rows or len(first) != _FORM_COLUMNS or not all(_is_bold(cells[cell]) for cell in first):
        return ""
    value = first[0] if context.rtl else first[-1]
    below = [cell for cell in filled if cell.row > value.row and cell.column == value.column]
    plain = [cell for cell in below if not _is_bold(cells[cell])]
    return " ".join(line.text for line in lines_of(cells[value], rtl=context.rtl)) if plain == below else ""


def _is_bold(words: Sequence[Word]) -> bool:
    return all(word.bold for word in words)


def _heads_form(cell: GridCell, cells: Iterable[GridCell], rows: set[int]) -> bool:
    """Whether a cell stands alone over all columns of the row of a form below it: it says what that row is for."""
    return cell.row_end in rows and all(other is cell or other.row != cell.row for other in cells)


def _ordered_for(context: PageContext, cells: Iterable[GridCell]) -> list[GridCell]:
    sign = -1 if context.rtl else 1
    return sorted(cells, key=lambda cell: (cell.row, sign * cell.column))


def _as_label(elements: list[Element]) -> list[Element]:
    """Make one label of the paragraphs of a form's label cell."""
    paragraphs = [element for element in elements if isinstance(element, Paragraph)]
    if len(paragraphs) != len(elements) or not paragraphs:
        return elements
    text = " ".join(paragraph.text for paragraph in paragraphs)
    box = enclosing(paragraph.box for paragraph in paragraphs)
    return [replace(paragraphs[0], text=text, marker="", box=box, role="label")]


def _table_elements(cells: dict[GridCell, list[Word]], context: PageContext, *, form: bool = False) -> list[Element]:
    if not any(cells.values()):
        return []
    numbered = renumbered(list(cells))
    words = dict(zip(numbered, cells.values(), strict=True))
    return [ruled_table(words, context.number, context.vocabulary, rtl=context.rtl, form=form)]
