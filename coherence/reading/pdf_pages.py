"""A PDF as read, its pages without text layer recognised by tesseract where that is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.errors import Fault, Location, ReadingError
from coherence.models import Notice, Page, Passage
from coherence.reading.blocks import Reading
from coherence.reading.ocr import ocr_available, ocr_remedy, recognise_pages
from coherence.reading.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from coherence.vocabulary import Language

__all__ = ["page_ranges", "read_pdf_pages"]

_LEAST_TEXT = 20


def read_pdf_pages(path: Path, name: str, language: Language | None) -> Reading:
    """Return the reading of a PDF; raises ReadingError when it cannot be opened or no page has text."""
    from coherence.reading.pdf import read_pdf  # noqa: PLC0415  # the largest part of reading: only where there is a PDF

    try:
        read = read_pdf(path, language)
    except ReadingError as problem:
        raise ReadingError(
            *(Fault(Location(name, fault.location.page), fault.what, fault.remedy) for fault in problem.faults)
        ) from None
    except Exception as problem:  # a damaged PDF must not stop the other documents  # noqa: BLE001
        what = f"the PDF is damaged ({type(problem).__name__}: {problem})"
        raise ReadingError(
            Fault(Location(name), what, "open it, print it to a new PDF, and put that in the dossier")
        ) from None
    without = read.pages_without_text
    notices = tuple(
        n.model_copy(update={"where": name}) for n in read.notices if not _tells_of_missing_text(n, without)
    )
    recognised = _recognised(path, without, language)
    pages = tuple(recognised[page.number][0] if page.number in recognised else page for page in read.pages)
    added = [passage for page, passages in recognised.values() for passage in passages]
    passages = tuple(sorted((*read.passages, *added), key=_place)) if added else read.passages
    notices += _notices(name, without, sorted(recognised), language)
    if not passages:
        what = f"none of its {len(pages)} page(s) has text: it is a scan"
        raise ReadingError(Fault(Location(name), what, ocr_remedy(language)))
    title = next((passage.text for passage in passages if passage.kind == "heading"), "")
    return Reading(pages, passages, notices, title)


def _tells_of_missing_text(notice: Notice, pages: Sequence[int]) -> bool:
    """Tell whether the notice names the pages without text: said again below, when it is known what became of them."""
    return bool(pages) and notice.what.startswith("no text on page")


def _recognised(
    path: Path, pages: Sequence[int], language: Language | None
) -> dict[int, tuple[Page, tuple[Passage, ...]]]:
    if not pages or not ocr_available(language):
        return {}
    found = {}
    for number, text in recognise_pages(path, pages, language):
        reading = read_text(text or "")
        if not reading.pages or len(reading.pages[0].text) < _LEAST_TEXT:
            continue
        page = Page(number=number, text=reading.pages[0].text, ocr=True)
        found[number] = (page, tuple(_moved(passage, number) for passage in reading.passages))
    return found


def _moved(passage: Passage, number: int) -> Passage:
    spans = tuple(span.model_copy(update={"page": number}) for span in passage.spans)
    return passage.model_copy(update={"spans": spans, "locator": "", "table": None})


def _place(passage: Passage) -> tuple[int, int]:
    return passage.spans[0].page, passage.spans[0].start


def _notices(
    name: str, without: Sequence[int], recognised: Sequence[int], language: Language | None
) -> tuple[Notice, ...]:
    notices = []
    if recognised:
        what = f"page(s) {page_ranges(recognised)} have no text layer and were read by optical character recognition"
        remedy = "compare quotes from these pages with the page image before using them"
        notices.append(Notice(level="warning", where=name, what=what, remedy=remedy))
    missed = [number for number in without if number not in recognised]
    if missed and ocr_available(language):
        what = f"no text was found on page(s) {page_ranges(missed)}: blank, pictures, or an unreadable scan"
        notices.append(Notice(level="warning", where=name, what=what, remedy="look at these pages by eye"))
    elif missed:
        what = f"page(s) {page_ranges(missed)} have no text layer and were not read"
        notices.append(Notice(level="warning", where=name, what=what, remedy=ocr_remedy(language)))
    return tuple(notices)


def page_ranges(pages: Iterable[int]) -> str:
    """Return page numbers as people write them: "2, 5–7"."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
