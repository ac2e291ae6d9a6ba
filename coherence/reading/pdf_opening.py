"""The plain text of a PDF's first pages: enough to tell what the document is, without laying out the whole of it."""

from __future__ import annotations

import pypdfium2

from coherence.errors import Location, ReadingError
from coherence.notices import fault
from coherence.reading.identity import Opening

__all__ = ["pdf_opening"]

_LONGEST_TITLE = 200


def pdf_opening(data: bytes, name: str, pages: int) -> Opening:
    """Return title and text of the first pages; raises ReadingError when the PDF cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise ReadingError(fault(Location(name), "pdf.damaged_or_protected")) from None
    try:
        texts = [_page_text(document, index) for index in range(min(pages, len(document)))]
        title = str(document.get_metadata_dict().get("Title", ""))[:_LONGEST_TITLE]
    finally:
        document.close()
    return Opening(title, "\n".join(texts))


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        text: str = document[index].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError:
        return ""
    return text.replace("\r\n", "\n").replace("\ufffe", "")
