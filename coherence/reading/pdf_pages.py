"""A PDF as read, its pages without text layer recognised by tesseract where that is installed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.errors import Location, ReadingError
from coherence.notices import fault, notice
from coherence.reading.blocks import Reading
from coherence.reading.ocr import ocr_available, ocr_packages, page_recogniser
from coherence.reading.page_numbers import page_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coherence.models import Notice
    from coherence.reading.pdf import PdfReading
    from coherence.vocabulary import Language

__all__ = ["page_ranges", "read_pdf_pages"]


def read_pdf_pages(path: Path, name: str, language: Language | None) -> Reading:
    """Return the reading of a PDF; raises ReadingError when it cannot be opened or no page has text."""
    read = _read(path, name, language)
    recognised = [page.number for page in read.pages if page.ocr]
    notices = tuple(each.model_copy(update={"where": name}) for each in read.notices)
    notices += _notices(name, read.pages_without_text, recognised, language)
    if not read.passages:
        packages = ocr_packages(language)
        raise ReadingError(fault(Location(name), "pdf.scan", pages=len(read.pages), packages=packages))
    title = next((passage.text for passage in read.passages if passage.kind == "heading"), "")
    return Reading(read.pages, read.passages, notices, title)


def _read(path: Path, name: str, language: Language | None) -> PdfReading:
    from coherence.reading.pdf import read_pdf  # noqa: PLC0415  # the largest part of reading: only where there is a PDF

    try:
        return read_pdf(path, language, page_recogniser(language))
    except ReadingError as problem:
        raise ReadingError(
            *(replace(each, location=Location(name, each.location.page)) for each in problem.faults)
        ) from None
    except Exception as problem:  # a damaged PDF must not stop the other documents  # noqa: BLE001
        error = f"{type(problem).__name__}: {problem}"
        raise ReadingError(fault(Location(name), "pdf.damaged", error=error)) from None


def _notices(
    name: str, missed: Sequence[int], recognised: Sequence[int], language: Language | None
) -> tuple[Notice, ...]:
    notices = []
    if recognised:
        notices.append(notice("warning", name, "pdf.ocr_used", pages=page_ranges(recognised)))
    if missed and ocr_available(language):
        notices.append(notice("warning", name, "pdf.ocr_nothing", pages=page_ranges(missed)))
    elif missed:
        packages = ocr_packages(language)
        notices.append(notice("warning", name, "pdf.not_read", pages=page_ranges(missed), packages=packages))
    return tuple(notices)
