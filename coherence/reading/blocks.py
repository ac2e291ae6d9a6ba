"""What format readers hand over: blocks in reading order, and tables as grids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from coherence.models import Notice, Page, Passage

__all__ = ["Block", "BlockKind", "Grid", "GridCell", "Reading", "flat_text", "one_line"]

BlockKind = Literal["heading", "paragraph", "list_item", "footnote", "table", "page"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document. ``level`` is the heading level from 1, or the depth of a list item from 1."""

    kind: BlockKind
    text: str = ""
    level: int = 1
    marker: str = ""
    """Bullet or number of a list item: written on the page, no part of the passage."""
    locator: str = ""
    grid: Grid | None = None
    continues: bool = False
    """Whether a paragraph runs on from the last one of the page before."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table, at its upper left corner; rows and columns count from 0."""

    row: int
    column: int
    blocks: tuple[Block, ...]
    row_span: int = 1
    column_span: int = 1
    head: bool = False
    """Whether the format or the typography marks it as a head."""

    @property
    def text(self) -> str:
        """The cell's text: its blocks on lines of their own."""
        return "\n".join(flat_text(block) for block in self.blocks if flat_text(block))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``head_rows`` is None where the format does not say how many rows are heads."""

    cells: tuple[GridCell, ...]
    caption: str = ""
    head_rows: int | None = None
    locators: tuple[str, ...] = ()
    """One for each row, where rows have names of their own (``row 7`` of a sheet)."""

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read, before it is known which instrument it is. Passages refer to pages by number."""

    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    notices: tuple[Notice, ...] = ()
    title: str = ""


def one_line(text: str) -> str:
    """Return the text on one line: runs of white space (no-break spaces too) are one space, soft hyphens are gone."""
    return " ".join(text.replace("\u00ad", "").replace("\x00", "").split())


def flat_text(block: Block) -> str:
    """Return a block's text as it stands inside a table cell; a nested table row by row."""
    if block.grid is None:
        return block.marker + block.text if block.kind == "list_item" else block.text
    rows: dict[int, list[str]] = {}
    for cell in block.grid.cells:
        if cell.text:
            rows.setdefault(cell.row, []).append(cell.text)
    return "\n".join("\t".join(rows[row]) for row in sorted(rows))
