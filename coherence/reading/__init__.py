"""Files to Documents of pages and passages. Offsets are characters, end-exclusive.

The format is known by a file's content, its instrument, year and language by the manifest or else by what it says.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from coherence.errors import Location, ReadingError
from coherence.models import Document
from coherence.notices import Phrase, fault, notice
from coherence.reading.blocks import Reading
from coherence.reading.encodings import decode
from coherence.reading.identity import (
    Opening,
    convention_of,
    infer_country,
    infer_instrument,
    infer_title,
    infer_year,
)
from coherence.reading.language import document_language
from coherence.reading.sniff import Format, Sniffed, sniff

if TYPE_CHECKING:
    from coherence.models import Instrument, ManifestEntry, Notice
    from coherence.vocabulary import Language

__all__ = ["Reading", "read_document", "read_file", "read_opening"]

_SURE = 0.75
_OPENING_PAGES = 3
_OPENING_CHARACTERS = 12_000
_TITLE_PASSAGES = 8


def read_document(entry: ManifestEntry, country: str | None, country_name: str | None = None) -> Document:
    """Read one document of a dossier, of any format; raises ReadingError when it cannot be read.

    What the entry leaves open (instrument, year, language, title) is inferred and said in a notice.
    """
    path = Path(entry.path)
    data = _bytes(path, entry.file)
    sniffed = sniff(data, entry.file)
    reading = read_file(path, data, sniffed.format, entry.file, entry.language)
    opening = _opening(reading)
    notices = [*_format_notices(entry.file, sniffed), *reading.notices]
    instrument, inferred = _instrument(entry, opening)
    notices.extend(inferred)
    year, dated = _year(entry, opening)
    notices.extend(dated)
    country, placed = _country(entry, country, opening)
    notices.extend(placed)
    language, recognised = _language(entry, reading)
    notices.extend(recognised)
    title = entry.title or _title(reading, instrument) or _fallback_title(path, country_name)
    return Document(
        path=entry.file, sha256=hashlib.sha256(data).hexdigest(), format=sniffed.format, country=country,
        instrument=instrument, convention=convention_of(instrument), title=title, language=language,
        year=year, status=entry.status, source=entry.source, pages=reading.pages, passages=reading.passages,
        notices=tuple(notices),
    )  # fmt: skip


def read_file(path: Path, data: bytes, format_: Format, name: str, language: Language | None = None) -> Reading:
    """Return the reading of a file of a known format; raises ReadingError where it is damaged or holds no text."""
    try:
        reading = _by_format(path, data, format_, name, language)
    except ReadingError:
        raise
    except Exception as problem:  # one file must not stop the others, whatever it holds
        error = f"{type(problem).__name__}: {problem}"
        raise ReadingError(fault(Location(name), "file.unforeseen", error=error)) from problem
    if not reading.passages:
        raise ReadingError(fault(Location(name), "file.no_text"))
    return reading


def read_opening(path: Path, name: str) -> Opening:
    """Return title and first pages of a file, enough to tell what it is; raises ReadingError."""
    data = _bytes(path, name)
    sniffed = sniff(data, name)
    if sniffed.format == "pdf":
        from coherence.reading.pdf_opening import pdf_opening  # noqa: PLC0415  # only where there is a PDF

        return pdf_opening(data, name, pages=_OPENING_PAGES)
    return _opening(read_file(path, data, sniffed.format, name))


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ReadingError(fault(Location(name), "file.cannot_open", reason=reason)) from None


# Format libraries are imported when a file needs them: starting the command line stays quick.
def _by_format(path: Path, data: bytes, format_: Format, name: str, language: Language | None) -> Reading:
    if format_ == "pdf":
        from coherence.reading.pdf_pages import read_pdf_pages  # noqa: PLC0415

        return read_pdf_pages(path, name, language)
    if format_ == "docx":
        from coherence.reading.docx import read_docx  # noqa: PLC0415

        return read_docx(data, name)
    if format_ == "html":
        from coherence.reading.html import read_html  # noqa: PLC0415

        return read_html(data)
    if format_ == "markdown":
        from coherence.reading.markdown import read_markdown  # noqa: PLC0415

        return read_markdown(decode(data)[0])
    if format_ == "text":
        from coherence.reading.text import read_text  # noqa: PLC0415

        return read_text(decode(data)[0])
    from coherence.reading.sheets import read_csv, read_workbook  # noqa: PLC0415

    return read_csv(data, name) if format_ == "csv" else read_workbook(data, name)


def _format_notices(name: str, sniffed: Sniffed) -> list[Notice]:
    if not sniffed.misnamed:
        return []
    ending = _ENDINGS.get(sniffed.format, sniffed.format)
    return [notice("warning", name, "document.misnamed", format=sniffed.format.upper(), ending=ending)]


_ENDINGS = {"markdown": "md", "text": "txt"}


def _opening(reading: Reading) -> Opening:
    first = "\n".join(page.text for page in reading.pages[:_OPENING_PAGES])
    return Opening(reading.title, first[:_OPENING_CHARACTERS])


def _instrument(entry: ManifestEntry, opening: Opening) -> tuple[Instrument, list[Notice]]:
    if entry.instrument is not None:
        return entry.instrument, []
    found = infer_instrument(entry.file, opening)
    because = Phrase(found.because)
    if found.value is None:
        taken = notice("warning", entry.file, "document.instrument_taken", instrument="OTHER", reason=because)
        return "OTHER", [taken]
    inferred = notice("info", entry.file, "document.instrument_inferred", instrument=found.value, source=because)
    return found.value, [inferred]


def _language(entry: ManifestEntry, reading: Reading) -> tuple[Language, list[Notice]]:
    # Where the language is stated none is recognised: loading the model of languages takes longer than to read a page.
    if entry.language is not None:
        return entry.language, []
    guess = document_language(passage.text for passage in reading.passages)
    unsure = notice("warning", entry.file, "document.language_unsure", language=guess.language)
    return guess.language, [] if guess.confidence >= _SURE else [unsure]


def _country(entry: ManifestEntry, country: str | None, opening: Opening) -> tuple[str | None, list[Notice]]:
    if country is not None:
        return country, []
    found = infer_country(opening)
    if found.value is None:
        return None, []
    source = Phrase(found.because)
    return found.value, [notice("info", entry.file, "document.country_inferred", country=found.value, source=source)]


def _year(entry: ManifestEntry, opening: Opening) -> tuple[int | None, list[Notice]]:
    if entry.year is not None or entry.instrument is not None:
        return entry.year, []
    found = infer_year(entry.file, opening)
    if found.value is None:
        return None, []
    source = Phrase(found.because)
    return found.value, [notice("info", entry.file, "document.year_inferred", year=found.value, source=source)]


def _title(reading: Reading, instrument: Instrument) -> str:
    return infer_title(reading.title, [passage.text for passage in reading.passages[:_TITLE_PASSAGES]], instrument)


def _fallback_title(path: Path, country_name: str | None) -> str:
    stem = path.stem.replace("_", " ").replace("-", " ").strip()
    return f"{country_name}: {stem}" if country_name else stem
