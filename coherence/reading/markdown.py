"""Markdown to blocks: CommonMark with pipe tables; emphasis marks and link addresses leave no trace on the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from coherence.reading.blocks import Block, BlockKind, Grid, GridCell, Reading, one_line
from coherence.reading.html import html_blocks
from coherence.reading.sections import assemble
from coherence.reading.text_lines import BOLD_LEVEL, is_bold_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

__all__ = ["read_markdown"]


def read_markdown(text: str) -> Reading:
    """Return the reading of a Markdown text; passages are located by line ("line 40")."""
    front, body, skipped = _front_matter(text)
    reader = _Reader(skipped)
    reader.read(_parser().parse(body))
    return assemble(reader.blocks, title=front)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])


def _front_matter(text: str) -> tuple[str, str, int]:
    """Return the title of a YAML front matter, the text after it and the number of lines it took."""
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in (line.strip() for line in lines[1:60]):
        return "", text, 0
    end = next(number for number, line in enumerate(lines[1:60], 1) if line.strip() == "---")
    title = next((line.partition(":")[2] for line in lines[1:end] if line.casefold().startswith("title:")), "")
    return title.strip().strip("\"'"), "\n".join(lines[end + 1 :]), end + 1


@dataclass(slots=True)
class _Reader:
    """Follows the tokens of the parser and collects blocks."""

    skipped: int
    blocks: list[Block] = field(default_factory=list)
    _lists: list[list[int | None]] = field(default_factory=list)
    _heading: int = 0
    _item_open: bool = False
    _cells: list[GridCell] | None = None
    _row: int = -1
    _column: int = 0
    _line: int = 0
    _head_rows: int = 0

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.map:
                self._line = token.map[0] + 1 + self.skipped
            self._follow(token)

    def _follow(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            self._heading = int(token.tag[1])
        elif kind == "heading_close":
            self._heading = 0
        elif kind in {"bullet_list_open", "ordered_list_open"}:
            start = token.attrGet("start")
            self._lists.append([(int(start) if start is not None else 1) if kind.startswith("ordered") else None])
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif kind == "list_item_open":
            self._item_open = True
        elif kind in {"fence", "code_block"}:
            for line in token.content.splitlines():
                self._add(Block("paragraph", one_line(line), locator=self._locator()))
        elif kind == "html_block":
            self.blocks.extend(html_blocks(token.content))
        elif kind == "inline":
            self._inline(token)
        else:
            self._table(kind)

    def _table(self, kind: str) -> None:
        if kind == "table_open":
            self._cells, self._row, self._head_rows = [], -1, 0
        elif kind == "tr_open":
            self._row, self._column = self._row + 1, 0
        elif kind == "thead_close":
            self._head_rows = self._row + 1
        elif kind in {"th_close", "td_close"}:
            self._column += 1
        elif kind == "table_close" and self._cells is not None:
            self.blocks.append(Block("table", grid=Grid(tuple(self._cells), head_rows=self._head_rows)))
            self._cells = None

    def _inline(self, token: Token) -> None:
        lines = _plain_lines(token)
        if self._cells is not None:
            blocks = tuple(Block("paragraph", line) for line in lines if line)
            self._cells.append(GridCell(self._row, self._column, blocks))
        elif self._heading:
            self._add(Block("heading", " ".join(lines), self._heading, locator=self._locator()))
        elif self._item_open and self._lists:
            counter = self._lists[-1]
            marker = f"{counter[0]}. " if counter[0] is not None else "• "
            counter[0] = counter[0] + 1 if counter[0] is not None else None
            self._add(Block("list_item", " ".join(lines), len(self._lists), marker, self._locator()))
            self._item_open = False
        elif not self._lists and is_bold_heading(lines) and _is_strong(token):
            self._add(Block("heading", lines[0], BOLD_LEVEL, locator=self._locator()))
        else:
            for line in lines:
                # A further paragraph of a list item stays under the list's lead-in.
                kind: BlockKind = "list_item" if self._lists else "paragraph"
                self._add(Block(kind, line, max(len(self._lists), 1), locator=self._locator()))

    def _add(self, block: Block) -> None:
        if block.text:
            self.blocks.append(block)

    def _locator(self) -> str:
        return f"line {self._line}"


def _is_strong(token: Token) -> bool:
    """Tell whether all text of an inline token stands between marks of strong emphasis."""
    depth = 0
    for child in token.children or ():
        depth += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        if child.content.strip() and not depth:
            return False
    return True


def _plain_lines(token: Token) -> list[str]:
    """Return the text of an inline token without its marks: soft breaks are spaces, hard breaks end a line."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and child.content.casefold().startswith("<br")):
            parts.append("\n")
        elif child.type in {"text", "code_inline"}:
            parts.append(child.content)
    return [one_line(line) for line in "".join(parts).split("\n")]
