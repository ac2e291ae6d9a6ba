"""A PDF as read, its pages without text layer recognised by tesseract where that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.errors import Fault, Location, ReadingError
from coherence.models import Notice
from coherence.reading.blocks import Reading
from coherence.reading.ocr import ocr_available, ocr_remedy, page_recogniser
from coherence.reading.page_numbers import page_ranges

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coherence.reading.pdf import PdfReading
    from coherence.vocabulary import Language

__all__ = ["page_ranges", "read_pdf_pages"]


def read_pdf_pages(path: Path, name: str, language: Language | None) -> Reading:
    """Return the reading of a PDF; raises ReadingError when it cannot be opened or no page has text."""
    read = _read(path, name, language)
    recognised = [page.number for page in read.pages if page.ocr]
    notices = tuple(notice.model_copy(update={"where": name}) for notice in read.notices)
    notices += _notices(name, read.pages_without_text, recognised, language)
    if not read.passages:
        what = f"none of its {len(read.pages)} page(s) has text: it is a scan"
        raise ReadingError(Fault(Location(name), what, ocr_remedy(language)))
    title = next((passage.text for passage in read.passages if passage.kind == "heading"), "")
    return Reading(read.pages, read.passages, notices, title)


def _read(path: Path, name: str, language: Language | None) -> PdfReading:
    from coherence.reading.pdf import read_pdf  # noqa: PLC0415  # the largest part of reading: only where there is a PDF

    try:
        return read_pdf(path, language, page_recogniser(language))
    except ReadingError as problem:
        raise ReadingError(
            *(Fault(Location(name, fault.location.page), fault.what, fault.remedy) for fault in problem.faults)
        ) from None
    except Exception as problem:  # a damaged PDF must not stop the other documents  # noqa: BLE001
        what = f"the PDF is damaged ({type(problem).__name__}: {problem})"
        raise ReadingError(
            Fault(Location(name), what, "open it, print it to a new PDF, and put that in the dossier")
        ) from None


def _notices(
    name: str, missed: Sequence[int], recognised: Sequence[int], language: Language | None
) -> tuple[Notice, ...]:
    notices = []
    if recognised:
        what = f"page(s) {page_ranges(recognised)} have no text layer and were read by optical character recognition"
        remedy = "compare quotes from these pages with the page image before using them"
        notices.append(Notice(level="warning", where=name, what=what, remedy=remedy))
    if missed and ocr_available(language):
        what = f"no text was found on page(s) {page_ranges(missed)}: blank, pictures, or an unreadable scan"
        notices.append(Notice(level="warning", where=name, what=what, remedy="look at these pages by eye"))
    elif missed:
        what = f"page(s) {page_ranges(missed)} have no text layer and were not read"
        notices.append(Notice(level="warning", where=name, what=what, remedy=ocr_remedy(language)))
    return tuple(notices)
