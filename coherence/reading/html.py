"""HTML to blocks: headings, paragraphs, lists and tables; scripts, styles, menus and hidden parts are dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from coherence.reading.blocks import Block, Grid, GridCell, Reading, one_line
from coherence.reading.encodings import decode
from coherence.reading.sections import assemble
from coherence.reading.table_shapes import transposed
from coherence.reading.text_lines import BOLD_LEVEL, is_bold_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

__all__ = ["html_blocks", "read_html"]

_DROPPED = frozenset([
    "script", "style", "nav", "noscript", "template", "svg", "math", "head", "form", "button", "select", "input",
    "textarea", "iframe", "object", "canvas", "audio", "video",
])  # fmt: skip
_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "hr", "html", "legend", "main", "p", "pre",
    "section", "summary", "ul", "ol", "menu",
])  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(["ul", "ol", "menu"])
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_DEEPEST_TABLE = 4
_WIDEST_SPAN = 60
_MOST_CELLS = 200_000


def read_html(data: bytes) -> Reading:
    """Return the reading of a web page; its encoding is that of the byte order mark, UTF-8, or the declared one."""
    found = _DECLARED.search(data[:_HEAD_BYTES]) or _XML_DECLARED.search(data[:_HEAD_BYTES])
    text, _ = decode(data, found.group(1).decode("ascii") if found else None)
    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    heading = tree.css_first("h1")
    name = (heading and one_line(heading.text())) or (title and one_line(title.text())) or ""
    return assemble(_blocks(tree), title=name)


def html_blocks(text: str) -> list[Block]:
    """Return the blocks of a stretch of HTML."""
    return _blocks(LexborHTMLParser(text))


def _blocks(tree: LexborHTMLParser) -> list[Block]:
    if tree.body is None:
        return []
    return _Walker().walk(tree.body)


@dataclass(slots=True)
class _Walker:
    """Walks the tree without recursion, as web pages may be nested thousands deep; only tables start a new walk."""

    depth: int = 0
    blocks: list[Block] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)
    _lists: list[int | None] = field(default_factory=list)
    _heading: int = 0
    _marker: str | None = None
    _bold: bool = False
    _preformatted: int = 0

    def walk(self, root: LexborNode) -> list[Block]:
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node.tag or "")
            elif node.is_text_node:
                text = node.text_content or ""
                # Lines of the source are no lines of the page, except in preformatted text.
                self._buffer.append(text if self._preformatted else text.replace("\n", " "))
            elif node is root or not _is_dropped(node):
                self._enter(node, node.tag or "", stack)
        self._flush()
        return self.blocks

    def _enter(self, node: LexborNode, tag: str, stack: list[tuple[LexborNode, bool]]) -> None:
        if tag == "table" and self.depth < _DEEPEST_TABLE:
            self._flush()
            grid = _grid(node, self.depth)
            if grid.cells:
                self.blocks.append(Block("table", grid=grid))
            return
        if tag == "br":
            self._buffer.append("\n")
            return
        if tag in _HEADINGS or tag in _BLOCKS or tag == "li" or tag in {"tr", "caption"}:
            self._flush()
        self._open(node, tag)
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))

    def _open(self, node: LexborNode, tag: str) -> None:
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag == "p":
            self._bold = not self.depth and not self._lists and _is_bold(node)
        elif tag in _LISTS:
            self._lists.append(_start(node) if tag == "ol" else None)
        elif tag == "li":
            self._marker = self._next_marker()
        elif tag == "pre":
            self._preformatted += 1
        elif tag in {"td", "th"}:
            self._buffer.append(" ")

    def _leave(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _BLOCKS or tag == "li":
            self._flush()
        if tag in _HEADINGS:
            self._heading = 0
        elif tag == "p":
            self._bold = False
        elif tag == "pre":
            self._preformatted -= 1
        elif tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._marker = None

    def _next_marker(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "• "
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}. "

    def _flush(self) -> None:
        text, self._buffer = "".join(self._buffer), []
        if self._heading:
            if one_line(text):
                self.blocks.append(Block("heading", one_line(text), self._heading))
            return
        lines = [line for line in map(one_line, text.replace("\xa0", " ").split("\n")) if line]
        if self._bold and is_bold_heading(lines):
            self.blocks.append(Block("heading", lines[0], BOLD_LEVEL))
            return
        for plain in lines:
            if self._marker is not None:
                self.blocks.append(Block("list_item", plain, max(len(self._lists), 1), self._marker))
                self._marker = None
            else:
                # A further paragraph of a list item stays under the list's lead-in.
                self.blocks.append(Block("list_item" if self._lists else "paragraph", plain, max(len(self._lists), 1)))


def _is_dropped(node: LexborNode) -> bool:
    if (node.tag or "") in _DROPPED or (node.tag or "").startswith("-"):
        return True
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").casefold()
    return (
        "hidden" in attributes or attributes.get("role") == "navigation" or attributes.get("aria-hidden") == "true"
        or "display:none" in style or "visibility:hidden" in style
    )  # fmt: skip


def _is_bold(node: LexborNode) -> bool:
    """Tell whether all text of a paragraph stands in bold type."""
    stack = list(node.iter(include_text=True))
    while stack:
        child = stack.pop()
        if child.is_text_node:
            if (child.text_content or "").strip():
                return False
        elif child.tag not in {"b", "strong"}:
            stack.extend(child.iter(include_text=True))
    return True


def _start(node: LexborNode) -> int:
    start = node.attributes.get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1  # noqa: PLR2004


def _rows(table: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield the table's own rows, and whether each stands in its head."""
    for part in table.iter():
        if part.tag == "tr":
            yield part, False
        elif part.tag in {"thead", "tbody", "tfoot"}:
            yield from ((row, part.tag == "thead") for row in part.iter() if row.tag == "tr")


def _grid(table: LexborNode, depth: int) -> Grid:
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    head_rows = number = 0
    for row, in_head in _rows(table):
        column = 0
        for node in row.iter():
            if node.tag not in {"td", "th"} or len(taken) > _MOST_CELLS:
                continue
            while (number, column) in taken:
                column += 1
            down, across = _span(node, "rowspan"), _span(node, "colspan")
            taken.update((number + r, column + c) for r in range(down) for c in range(across))
            blocks = tuple(_Walker(depth + 1).walk(node))
            cells.append(GridCell(number, column, blocks, down, across, node.tag == "th"))
            column += across
        if in_head:
            head_rows = number + 1
        number += 1
    cells = [_clipped(cell, number) for cell in cells]
    caption = next((one_line(part.text()) for part in table.iter() if part.tag == "caption"), "")
    return transposed(Grid(tuple(cells), caption, head_rows or None))


def _clipped(cell: GridCell, rows: int) -> GridCell:
    """Return the cell ending with the table: rowspan may say more rows than there are."""
    down = min(cell.row_span, rows - cell.row)
    return GridCell(cell.row, cell.column, cell.blocks, down, cell.column_span, cell.head)


def _span(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return min(max(int(value), 1), _WIDEST_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1  # noqa: PLR2004
