"""Which format a file is in, by its content: names mislead (a PDF saved as .docx, a web page saved as .xls)."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Literal

from coherence.errors import Location, ReadingError
from coherence.notices import Phrase, fault
from coherence.reading.encodings import decode

__all__ = ["FORMATS", "Format", "Sniffed", "sniff", "suffix_format"]

Format = Literal["pdf", "docx", "html", "markdown", "text", "xlsx", "xls", "ods", "csv"]

FORMATS: tuple[Format, ...] = ("pdf", "docx", "html", "markdown", "text", "xlsx", "xls", "ods", "csv")

_SUFFIXES: dict[str, Format] = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".xlsb": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv", ".tsv": "csv", ".tab": "csv",
}  # fmt: skip
_PDF_MARK_WITHIN = 1024
_HEAD_BYTES = 4096
_LARGEST_UNPACKED = 1_000_000_000
_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|h1|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(r"<(?:html|body)\b[^>]*>", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "kind.rtf"), (b"\x89PNG", "kind.png"), (b"\xff\xd8\xff", "kind.jpeg"), (b"GIF8", "kind.gif"),
    (b"II*\x00", "kind.tiff"), (b"MM\x00*", "kind.tiff"), (b"%!PS", "kind.postscript"), (b"Rar!", "kind.rar"),
    (b"7z\xbc\xaf", "kind.seven_zip"), (b"\x1f\x8b", "kind.gzip"), (b"MZ\x90", "kind.program"),
    (b"\x7fELF", "kind.program"), (b"SQLite format 3", "kind.database"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The format of a file by its content, and whether its name says another."""

    format: Format
    misnamed: bool


def suffix_format(name: str) -> Format | None:
    """Return the format that a file's name claims, or None when the name claims none that can be read."""
    return _SUFFIXES.get("." + name.rpartition(".")[2].casefold()) if "." in name else None


def sniff(data: bytes, name: str) -> Sniffed:
    """Return the format of a file's content; raises ReadingError for empty, encrypted, damaged and foreign files."""
    claimed = suffix_format(name)
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadingError(fault(Location(name), "file.empty"))
    found = _binary_format(data, name, claimed) or _text_format(data, name, claimed)
    return Sniffed(found, claimed is not None and claimed != found)


def _binary_format(data: bytes, name: str, claimed: Format | None) -> Format | None:
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zip_format(data, name)
    if data.startswith(_OLE):
        return _ole_format(data, name)
    for mark, kind in _FOREIGN:
        if data.startswith(mark):
            raise ReadingError(fault(Location(name), "file.foreign", kind=Phrase(kind)))
    if claimed in {"pdf", "docx", "xlsx", "xls", "ods"} and (b"\x00" in data[:_HEAD_BYTES] or claimed == "pdf"):
        raise ReadingError(fault(Location(name), "file.not_as_named", format=claimed.upper()))
    return None


def _zip_format(data: bytes, name: str) -> Format:
    place = Location(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            unpacked = sum(info.file_size for info in infos)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, OverflowError):
        raise ReadingError(fault(place, "file.damaged")) from None
    if unpacked > _LARGEST_UNPACKED:
        raise ReadingError(fault(place, "file.too_large", bytes=unpacked))
    if any(entry.startswith("word/") for entry in names):
        return "docx"
    if any(entry.startswith("xl/") for entry in names):
        return "xlsx"
    if "content.xml" in names:
        return _open_document_format(data, place)
    if any(entry.startswith("ppt/") for entry in names):
        raise ReadingError(fault(place, "file.foreign", kind=Phrase("kind.presentation")))
    raise ReadingError(fault(place, "file.zip_archive"))


def _open_document_format(data: bytes, place: Location) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = archive.read("mimetype") if "mimetype" in archive.namelist() else b""
            locked = b"encryption-data" in archive.read("META-INF/manifest.xml")
    except Exception:  # noqa: BLE001  # zlib, struct and zipfile each raise their own on damaged archives
        locked, kind = False, b"spreadsheet"
    if locked:
        raise ReadingError(fault(place, "file.password"))
    if b"spreadsheet" in kind:
        return "ods"
    raise ReadingError(fault(place, "file.open_document"))


def _ole_format(data: bytes, name: str) -> Format:
    if _stream(data, "EncryptedPackage") or _stream(data, "EncryptionInfo"):
        raise ReadingError(fault(Location(name), "file.password"))
    if _stream(data, "WordDocument"):
        raise ReadingError(fault(Location(name), "file.old_word"))
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return "xls"
    raise ReadingError(fault(Location(name), "file.unknown_office"))


def _stream(data: bytes, name: str) -> bool:
    """Tell whether an OLE container has an entry of this name (names stand in UTF-16 in its directory)."""
    return name.encode("utf-16-le") + b"\x00\x00" in data


def _text_format(data: bytes, name: str, claimed: Format | None) -> Format:
    text, _ = decode(data[:_HEAD_BYTES])
    odd = sum(ord(character) < 32 and character not in "\t\n\f\v" for character in text)  # noqa: PLR2004
    if odd > len(text) // 20 or text.count("\ufffd") > len(text) // 4:
        raise ReadingError(fault(Location(name), "file.unknown_format"))
    if _HTML.match(text) or (claimed in {"html", "xls", "docx"} and _HTML_INSIDE.search(text)):
        return "html"
    if claimed in {"markdown", "csv", "text", "html"}:
        return claimed
    return "text"
