"""How the cells of an XLSX file are shown: percent signs and units that stand in the number format, not in the value.

A cell that shows "30%" holds 0.3, one that shows "1,500 ha" may hold 1500; the reader of values loses both.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped, unused-ignore]  # no stubs

__all__ = ["CellFormats", "cell_formats"]

_PERCENT_BUILT_IN = {"9": "0%", "10": "0.00%"}
_LARGEST_PART = 200_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|([€£¥$])")
_DATE_PARTS = re.compile(r"[ymdhs]", re.IGNORECASE)
_COLOUR_OR_GENERAL = re.compile(r"\[[^\]]*\]|General", re.IGNORECASE)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TABLE, _TEXT, _OFFICE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "text", "office")
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Number formats by sheet, row and column (all from 0), and the number of cells the widest sheet spans."""

    codes: dict[tuple[int, int, int], str] = field(default_factory=dict)
    cells: int = 0
    texts: dict[tuple[int, int, int], str] = field(default_factory=dict)
    """What cells show, for formats that store it (ODS)."""

    def shown(self, sheet: int, row: int, column: int, value: Any) -> str:
        """Return a number with the percent sign or unit of its format, or an empty text where it has neither."""
        if (sheet, row, column) in self.texts:
            return self.texts[sheet, row, column]
        code = self.codes.get((sheet, row, column))
        if code is None or isinstance(value, bool) or not isinstance(value, int | float):
            return ""
        section = code.split(";")[0]
        bare = _LITERAL.sub("", section)
        scaled = float(value) * 100 if "%" in bare else float(value)
        number = f"{scaled:.10g}" if abs(scaled) < 10**10 else f"{scaled:.0f}"
        before, after = _literals(section)
        gap = " " if before[-1:].isalpha() else ""
        return f"{before}{gap}{number}{after}{'%' if '%' in bare else ''}".strip()


def cell_formats(data: bytes) -> CellFormats:
    """Return the formats that change what a number means; none for files other than XLSX or where they are damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                return CellFormats(texts=_open_document_texts(archive))
            if "xl/workbook.xml" not in names:
                return CellFormats()
            styles = _styles(archive) if "xl/styles.xml" in names else {}
            codes: dict[tuple[int, int, int], str] = {}
            cells = 0
            for index, part in enumerate(_sheet_parts(archive)):
                if part in names:
                    cells = max(cells, _sheet(archive, part, index, styles, codes))
            return CellFormats(codes, cells)
    except Exception:  # the values are read by calamine, which reports damage itself  # noqa: BLE001
        return CellFormats()


def _open_document_texts(archive: zipfile.ZipFile) -> dict[tuple[int, int, int], str]:
    """Return the text that percent and currency cells of an ODS file show."""
    shown: dict[tuple[int, int, int], str] = {}
    for sheet, table in enumerate(_parse(archive, "content.xml").iter(f"{_TABLE}table")):
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            column = 0
            for cell in line:
                text = " ".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p"))
                if text and cell.get(f"{_OFFICE}value-type") in {"percentage", "currency"}:
                    shown[sheet, row, column] = text
                column += _repeats(cell, "columns")
            row += _repeats(line, "rows")
    return shown


def _repeats(element: Any, what: str) -> int:
    repeated = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(repeated) if repeated.isascii() and repeated.isdigit() else 1


def _literals(section: str) -> tuple[str, str]:
    """Return the literal text of a format before and after its digits."""
    digits = re.search(r"[0#?]", _LITERAL.sub(lambda found: "\x00" * len(found.group()), section))
    at = digits.start() if digits else 0
    parts: tuple[list[str], list[str]] = ([], [])
    for found in _LITERAL.finditer(section):
        parts[found.start() > at].append(next(group for group in found.groups() if group is not None))
    return "".join(parts[0]), "".join(parts[1])


def _styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return cell style index to format code, only for codes with a percent sign or a unit."""
    root = _parse(archive, "xl/styles.xml")
    codes = dict(_PERCENT_BUILT_IN)
    for entry in root.iter(f"{_MAIN}numFmt"):
        code = entry.get("formatCode") or ""
        plain = _LITERAL.sub("", code)
        literal = "".join(_literals(code.split(";")[0])).strip(" -()")
        dated = _DATE_PARTS.search(_COLOUR_OR_GENERAL.sub("", plain))
        if "%" in plain or (literal and not dated):
            codes[entry.get("numFmtId") or ""] = code
    table = root.find(f"{_MAIN}cellXfs")
    if table is None:
        return {}
    used = ((str(index), style.get("numFmtId") or "") for index, style in enumerate(table))
    return {index: codes[number] for index, number in used if number in codes}


def _sheet_parts(archive: zipfile.ZipFile) -> list[str]:
    """Return the parts of the sheets in the order of the workbook."""
    relations = {
        relation.get("Id"): relation.get("Target") or "" for relation in _parse(archive, "xl/_rels/workbook.xml.rels")
    }
    parts = []
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = relations.get(sheet.get(_RELATION), "")
        parts.append(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return parts


def _sheet(
    archive: zipfile.ZipFile, part: str, index: int, styles: dict[str, str], codes: dict[tuple[int, int, int], str]
) -> int:
    """Note the formats of one sheet's cells and return how many cells its used range spans."""
    rows: list[int] = []
    columns: list[int] = []
    with archive.open(part) as stream:
        for _, cell in etree.iterparse(
            stream, tag=f"{_MAIN}c", resolve_entities=False, no_network=True, huge_tree=False
        ):
            found = _REFERENCE.fullmatch(cell.get("r") or "")
            if found:
                row, column = int(found.group(2)) - 1, _column(found.group(1))
                rows.append(row)
                columns.append(column)
                if cell.get("s") in styles:
                    codes[index, row, column] = styles[cell.get("s")]
            cell.clear()
    return (max(rows) + 1) * (max(columns) + 1) if rows else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _parse(archive: zipfile.ZipFile, part: str) -> Any:
    if archive.getinfo(part).file_size > _LARGEST_PART:
        raise ValueError(part)
    return etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))
