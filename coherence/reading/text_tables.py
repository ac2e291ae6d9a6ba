"""Tables of plain text: cells parted by tabs, by bars, or by columns of spaces."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from coherence.reading.blocks import Block, Grid, GridCell, one_line
from coherence.reading.table_shapes import transposed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.reading.text_lines import Line

__all__ = ["table_run"]

_FEWEST_ROWS = 2
_FEWEST_ALIGNED_ROWS = 3
_PROBED_ROWS = 8
_GAP = re.compile(r"(?<=\S)(?: {2,})(?=\S)")
_RULE = re.compile(r"[|+:\s=-]*")
_ALIGNED_SHARE = 0.8


def table_run(lines: Sequence[Line], start: int) -> tuple[Grid | None, int]:
    """Return the table that starts with ``lines[start]`` and how many lines it takes, or (None, 0)."""
    first = lines[start].text
    if "\t" in first:
        return _parted(lines, start, "\t")
    if first.count("|") > 1 or (first.startswith("+-") and start + 1 < len(lines) and "|" in lines[start + 1].text):
        return _parted(lines, start, "|")
    return _aligned(lines, start) if _GAP.search(first) else (None, 0)


def _parted(lines: Sequence[Line], start: int, mark: str) -> tuple[Grid | None, int]:
    rows: list[list[str]] = []
    head_rows = taken = 0
    for place in range(start, len(lines)):
        line = lines[place]
        rule = mark == "|" and line.text[:1] in {"|", "+", "-"} and _RULE.fullmatch(line.text)
        if not rule and mark not in line.text:
            break
        taken += 1
        if rule:
            head_rows = head_rows or (1 if len(rows) == 1 else 0)
        else:
            rows.append((line.raw.strip(" ") if mark == "\t" else line.text.strip("|")).split(mark))
    if len(rows) < _FEWEST_ROWS:
        return None, 0
    return _grid(rows, head_rows or None), taken


def _aligned(lines: Sequence[Line], start: int) -> tuple[Grid | None, int]:
    """Find lines whose columns start at the same places, by the first lines and then to the last that fits."""
    run: list[list[tuple[int, str]]] = []
    columns: list[int] = []
    for place in range(start, len(lines)):
        cells = _cells(lines[place])
        if len(cells) < _FEWEST_ROWS or (columns and cells[0][0] not in columns):
            break
        run.append(cells)
        # Justified prose has gaps as well: whether they align shows in a few lines.
        if len(run) == _PROBED_ROWS:
            columns = _columns(run)
            if not columns:
                return None, 0
    columns = _columns(run)
    if not columns:
        return None, 0
    rows = []
    for cells in run:
        row = [""] * len(columns)
        for offset, text in cells:
            nearest = max((number for number, column in enumerate(columns) if column <= offset), default=0)
            row[nearest] = f"{row[nearest]} {text}".strip()
        rows.append(row)
    return _grid(rows, None), len(run)


def _columns(run: list[list[tuple[int, str]]]) -> list[int]:
    """Return where the columns of aligned lines start, or nothing where most lines do not align."""
    starts = Counter(start for cells in run for start, _ in cells)
    columns = sorted(start for start, count in starts.items() if count >= _ALIGNED_SHARE * len(run))
    fitting = sum(all(start in columns for start, _ in cells) for cells in run)
    aligned = len(run) >= _FEWEST_ALIGNED_ROWS and len(columns) >= _FEWEST_ROWS
    return columns if aligned and fitting >= _ALIGNED_SHARE * len(run) else []


def _cells(line: Line) -> list[tuple[int, str]]:
    if not line.text:
        return []
    raw = line.raw.expandtabs().rstrip()
    offset, cells = line.indent, []
    for part in _GAP.split(raw.lstrip()):
        start = raw.index(part, offset)
        cells.append((start, part))
        offset = start + len(part)
    return cells


def _grid(rows: list[list[str]], head_rows: int | None) -> Grid:
    cells = tuple(
        GridCell(row, column, (Block("paragraph", one_line(text)),))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return transposed(Grid(cells, head_rows=head_rows))
