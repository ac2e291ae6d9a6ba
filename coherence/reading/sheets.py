"""Workbooks and CSV files to blocks: one page for each sheet, each row of a target table a passage under its heads."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from coherence.column_roles import is_default_sheet_name
from coherence.errors import Location, ReadingError
from coherence.notices import fault, notice
from coherence.reading.blocks import Block, GridCell, Reading, one_line
from coherence.reading.encodings import decode
from coherence.reading.sections import assemble
from coherence.reading.sheet_formats import CellFormats, cell_formats
from coherence.reading.sheet_tables import SheetRow, sheet_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import Notice

__all__ = ["read_csv", "read_workbook"]

_MOST_CELLS = 4_000_000
_DELIMITERS = (";", ",", "\t", "|")
_SNIFFED_LINES = 200
_SIGNIFICANT_DIGITS = 12
_SMALLEST_PLAIN = 1e-9
_LARGEST_PLAIN = 1e15
_MOST_MERGED_ROWS = 10_000
_MOST_MERGED_COLUMNS = 1_000


def read_workbook(data: bytes, name: str) -> Reading:
    """Return the reading of an XLSX, XLSM, XLSB, XLS or ODS file; raises ReadingError when it is damaged or locked."""
    formats = cell_formats(data)
    if formats.cells > _MOST_CELLS:
        raise ReadingError(fault(Location(name), "file.workbook_too_large", cells=formats.cells))
    try:
        return _read(CalamineWorkbook.from_filelike(io.BytesIO(data)), formats, name)
    except BaseException as problem:  # calamine panics (no Exception) on some damaged files
        if isinstance(problem, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        locked = "password" in type(problem).__name__.casefold() or "password" in str(problem).casefold()
        message = "file.password" if locked else "file.workbook_damaged"
        raise ReadingError(fault(Location(name), message)) from None


def _read(workbook: Any, formats: CellFormats, name: str) -> Reading:
    blocks: list[Block] = []
    notices: list[Notice] = []
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            notices.append(notice("info", name, "document.hidden_sheet", sheet=sheet.name))
            continue
        rows = _rows(workbook.get_sheet_by_index(index), formats, index)
        if rows:
            named = () if is_default_sheet_name(sheet.name) else (Block("heading", one_line(sheet.name), 1),)
            blocks.extend((Block("page", one_line(sheet.name)), *named, *sheet_blocks(rows)))
    return assemble(blocks, notices=tuple(notices))


def _rows(sheet: Any, formats: CellFormats, index: int) -> list[SheetRow]:
    values = sheet.to_python(skip_empty_area=False)
    merged = _merged(sheet)
    covered = {
        (r, c)
        for (top, left), (down, across) in merged.items()
        for r in range(top, top + down)
        for c in range(left, left + across)
    }
    rows = []
    for number, row in enumerate(values):
        cells = []
        for column, value in enumerate(row):
            place = (number, column)
            if place in covered and place not in merged:
                continue
            text = formats.shown(index, number, column, value) or cell_text(value)
            down, across = merged.get(place, (1, 1))
            cells.append(GridCell(number, column, _cell_blocks(text), min(down, len(values) - number), across))
        rows.append(SheetRow(number, tuple(cells)))
    return rows


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return upper left corners of merged ranges with the rows and columns they take."""
    try:
        ranges = sheet.merged_cell_ranges or ()
    except Exception:  # ODS has none; a damaged list of ranges is no loss of text  # noqa: BLE001
        return {}
    return {
        (top, left): (bottom - top + 1, min(right - left + 1, _MOST_MERGED_COLUMNS))
        for (top, left), (bottom, right) in ranges
        if bottom - top < _MOST_MERGED_ROWS
    }


def _cell_blocks(text: str) -> tuple[Block, ...]:
    return tuple(Block("paragraph", line) for line in map(one_line, text.split("\n")) if line)


def cell_text(value: Any) -> str:
    """Return a cell's value as a person sees it: 2030 for 2030.0, dates in ISO form."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_PLAIN else _plain_number(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)


def _plain_number(value: float) -> str:
    """Return the number without the noise of binary fractions, and without an exponent where it is of human size."""
    text = f"{value:.{_SIGNIFICANT_DIGITS}g}"
    human = _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN
    return format(Decimal(text), "f") if human else text


def read_csv(data: bytes, name: str) -> Reading:
    """Return the reading of a CSV or TSV file of any delimiter and encoding; raises ReadingError when it is damaged."""
    text, _ = decode(data)
    first, _, rest = text.partition("\n")
    given = first.strip().casefold()
    if given.startswith("sep=") and len(given) == len("sep=;"):
        records = _records(rest, given[-1], name)
    else:
        records = _records(text, _delimiter(text), name)
    rows = [
        SheetRow(number, tuple(GridCell(number, column, _cell_blocks(value)) for column, value in enumerate(record)))
        for number, record in enumerate(records)
    ]
    return assemble(sheet_blocks(rows))


def _records(text: str, delimiter: str, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter))
    except csv.Error as problem:
        raise ReadingError(fault(Location(name), "file.csv_damaged", error=problem)) from None


def _delimiter(text: str) -> str:
    """Return the delimiter that splits most lines into the same number of cells, two at least."""
    lines = [line for line in text.split("\n", _SNIFFED_LINES)[:_SNIFFED_LINES] if line.strip()]
    return max(_DELIMITERS, key=lambda delimiter: (_regularity(lines, delimiter), -_DELIMITERS.index(delimiter)))


def _regularity(lines: Iterable[str], delimiter: str) -> float:
    try:
        counts = Counter(len(record) for record in csv.reader(lines, delimiter=delimiter) if record)
    except csv.Error:
        return 0.0
    columns, rows = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if columns < 2:  # noqa: PLR2004
        return 0.0
    return rows / counts.total() + min(columns, 20) / 100
