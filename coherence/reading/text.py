"""Plain text to blocks: hard-wrapped lines become paragraphs; headings, lists and tables are known by their looks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from coherence.reading.blocks import Block, Reading, one_line
from coherence.reading.sections import assemble
from coherence.reading.solid_points import SolidPart, solid_parts
from coherence.reading.text_lines import (
    Line,
    is_heading_text,
    is_prose_end,
    item_marker,
    join_lines,
    number_depth,
    underline_level,
    wrap_width,
)
from coherence.reading.text_tables import table_run

__all__ = ["read_text"]

_FEWEST_PAGES = 3
_PLAIN_HEADING_LEVEL = 6
_ROOM = 8
_LOWER_START = re.compile(r"[^\W\d_A-ZА-Я]")


def read_text(text: str) -> Reading:
    """Return the reading of a plain text; form feeds end pages, passages are located by line ("line 40")."""
    pages = _pages(text)
    width = wrap_width(line for page in pages for line in page)
    hyphenated = frozenset(re.findall(r"[^\W\d_]+-[^\W\d_]+", text.casefold()))
    blocks: list[Block] = []
    for number, lines in enumerate(pages):
        found = _PageReader(lines, width, hyphenated, first=number == 0).read()
        if number:
            blocks.append(Block("page"))
            found = _continued(blocks, found)
        blocks.extend(found)
    return assemble(blocks)


def _pages(text: str) -> list[list[Line]]:
    """Return the lines of each page, without the lines that head or foot most pages."""
    pages, number = [], 0
    for page in text.split("\f"):
        lines = [Line(number + offset, raw) for offset, raw in enumerate(page.split("\n"), 1)]
        number += len(lines) - 1
        pages.append(lines)
    running = _running_lines(pages)
    return [[line for line in lines if _faceless(line.text) not in running] for lines in pages]


def _running_lines(pages: list[list[Line]]) -> set[str]:
    if len(pages) < _FEWEST_PAGES:
        return set()
    edges: Counter[str] = Counter()
    for lines in pages:
        filled = [line.text for line in lines if line.text]
        edges.update({_faceless(text) for text in (*filled[:1], *filled[-1:])})
    return {text for text, count in edges.items() if count >= _FEWEST_PAGES and 2 * count >= len(pages)}


def _faceless(text: str) -> str:
    return re.sub(r"\d+", "#", one_line(text))


def _continued(before: list[Block], found: list[Block]) -> list[Block]:
    """Mark the first paragraph of a page as running on when the last one of the page before has no end."""
    last = next((block for block in reversed(before) if block.kind != "page"), None)
    if last is None or not found or last.kind not in {"paragraph", "list_item"} or found[0].kind != "paragraph":
        return found
    if is_prose_end(last.text) or not _LOWER_START.match(found[0].text):
        return found
    return [replace(found[0], continues=True), *found[1:]]


def _solid_block(part: SolidPart) -> Block:
    return Block("heading", part.text, part.level + 1) if part.level else Block("paragraph", part.text)


@dataclass(slots=True)
class _PageReader:
    """Reads the lines of one page from top to bottom."""

    lines: list[Line]
    width: int | None
    """Where lines were wrapped, in characters; None where each line is a paragraph of its own."""
    hyphenated: frozenset[str]
    first: bool
    blocks: list[Block] = field(default_factory=list)
    _at: int = 0
    _indents: list[int] = field(default_factory=list)

    def read(self) -> list[Block]:
        while self._at < len(self.lines):
            line = self.lines[self._at]
            if not line.text or underline_level(line.text):
                self._at += 1
            elif not (self._underlined() or self._table() or self._heading() or self._item()):
                self._paragraph()
        return self.blocks

    def _line(self, offset: int) -> Line:
        place = self._at + offset
        return self.lines[place] if 0 <= place < len(self.lines) else Line(0, "")

    def _add(self, block: Block, taken: int) -> bool:
        line = self._line(0)
        self.blocks.append(replace(block, locator=f"line {line.number}"))
        self._at += taken
        if block.kind != "list_item":
            self._indents.clear()
        return True

    def _underlined(self) -> bool:
        line, below = self._line(0), self._line(1).text
        level = underline_level(below)
        if not level or len(below) * 2 < len(line.text) or "\t" in line.text:
            return False
        return self._add(Block("heading", one_line(line.text), level), 2)

    def _table(self) -> bool:
        grid, taken = table_run(self.lines, self._at)
        return grid is not None and self._add(Block("table", grid=grid), taken)

    def _heading(self) -> bool:
        """Take a line that stands alone and looks like a heading."""
        line = self._line(0)
        if self._line(-1).text or self._line(1).text or not is_heading_text(line.text):
            return False
        depth = number_depth(line.text)
        if depth and not self._has_sibling(depth):
            return self._add(Block("heading", one_line(line.text), depth + 1), 1)
        if depth or item_marker(line.text):
            return False
        if self.first and not self.blocks:
            return self._add(Block("heading", one_line(line.text), 1), 1)
        if not self._next_filled().text:
            return False
        level = 2 if line.text.isupper() and len(line.text) > _ROOM else _PLAIN_HEADING_LEVEL
        return self._add(Block("heading", one_line(line.text), level), 1)

    def _next_filled(self) -> Line:
        places = range(self._at + 1, len(self.lines))
        return next((self.lines[place] for place in places if self.lines[place].text), Line(0, ""))

    def _has_sibling(self, depth: int) -> bool:
        """Tell whether the next text is the next line of a numbered list."""
        following = self._next_filled().text
        return number_depth(following) == depth and not is_heading_text(following)

    def _item(self) -> bool:
        line = self._line(0)
        marker = item_marker(line.text)
        if not marker or not self._starts_item(marker):
            return False
        end = self._at + 1
        while end < len(self.lines) and self._goes_on(end, line.indent):
            end += 1
        taken = self.lines[self._at : end]
        text = join_lines([taken[0].text[len(marker) :], *(part.text for part in taken[1:])], self.hyphenated)
        return self._add(Block("list_item", text, self._depth(line.indent), marker), end - self._at)

    def _starts_item(self, marker: str) -> bool:
        """Tell whether a marker starts an item: a number may also stand at the start of a wrapped line."""
        before = self._line(-1)
        if not before.text or not marker[0].isalnum() or self._indents:
            return True
        return is_prose_end(before.text) or not self._wrapped(before, self._line(0))

    def _depth(self, indent: int) -> int:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return len(self._indents)

    def _goes_on(self, place: int, indent: int) -> bool:
        line, before = self.lines[place], self.lines[place - 1]
        if not line.text or item_marker(line.text) or underline_level(line.text) or "\t" in line.text:
            return False
        return line.indent > indent or self._wrapped(before, line)

    def _paragraph(self) -> None:
        """Take a paragraph; one that was set solid is parted where a Chinese number starts a point."""
        end = self._at + 1
        while end < len(self.lines) and self._paragraph_goes_on(end):
            end += 1
        text = join_lines([line.text for line in self.lines[self._at : end]], self.hyphenated)
        first, *others = (_solid_block(part) for part in solid_parts(text))
        self._add(first, end - self._at)
        self.blocks.extend(replace(block, locator=self.blocks[-1].locator) for block in others)

    def _paragraph_goes_on(self, place: int) -> bool:
        line, before = self.lines[place], self.lines[place - 1]
        below = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        if not line.text or underline_level(line.text) or underline_level(below) or table_run(self.lines, place)[0]:
            return False
        marker = item_marker(line.text)
        if marker and (not marker[0].isalnum() or is_prose_end(before.text) or not self._wrapped(before, line)):
            return False
        return self._wrapped(before, line)

    def _wrapped(self, before: Line, line: Line) -> bool:
        """Tell whether a line runs on: its next word had no room, or a word or sentence is cut."""
        if self.width is None:
            return False
        word = line.text.split(maxsplit=1)[0] if line.text.isascii() or " " in line.text else line.text[:1]
        if len(before.raw.rstrip()) + 1 + len(word) > self.width - _ROOM:
            return True
        return bool(_LOWER_START.match(line.text)) and not is_prose_end(before.text)
