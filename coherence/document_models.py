"""Documents as read and dossiers to read; offsets are characters, end-exclusive."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from coherence.model_basics import Convention, Frozen, Instrument, Notice, PassageKind
from coherence.rule_records import Suppression
from coherence.vocabulary import Language

__all__ = ["Cell", "Document", "Dossier", "ManifestEntry", "Page", "Passage", "Span"]


class Page(Frozen):
    """One page (PDF), sheet (workbook) or whole text (formats without pages); numbers from 1."""

    number: int = Field(ge=1)
    text: str
    label: str = ""
    """Name of the sheet, or the page number printed on the page, where there is one."""
    ocr: bool = False


class Span(Frozen):
    """A stretch of one page's text: ``page.text[start:end] == text``."""

    page: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Cell(Frozen):
    """One cell of a table row; ``start`` and ``end`` count within the passage's text.

    A cell merged over several rows appears in each of them: in its first row with its offsets, in the others with
    start == end.
    """

    column: int
    text: str
    start: int
    end: int
    heads: tuple[str, ...] = ()
    """Heads of the column, outermost first ("Cost", "2030")."""


class Passage(Frozen):
    """The unit that extraction reads: a heading, paragraph, list item, table row or footnote.

    ``spans`` is one stretch, or several where the passage runs over a page break; the passage's text joins
    them with one space. A table row's text is its cells joined by tabs.
    """

    kind: PassageKind
    spans: tuple[Span, ...] = Field(min_length=1)
    headings: tuple[str, ...] = ()
    """Headings that govern the passage, outermost first; for a list item its lead-in sentence comes last."""
    locator: str = ""
    """Where there are no pages: ``paragraph 12``, ``line 40``, ``row 3``."""
    cells: tuple[Cell, ...] = ()
    table: int | None = None
    """Number of the table in the document, from 0."""
    caption: str = ""
    """Caption of the table."""
    bands: tuple[str, ...] = ()
    """Section bands of the table above this row ("Domestic sources"), outermost first."""

    @property
    def text(self) -> str:
        """The passage's text; offsets of cells and mentions count in it."""
        return self.spans[0].text if len(self.spans) == 1 else " ".join(span.text for span in self.spans)

    def locate(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the stretches of page text that ``text[start:end]`` covers, each verbatim."""
        found, offset = [], 0
        for span in self.spans:
            low, high = max(start - offset, 0), min(end - offset, len(span.text))
            if low < high:
                begin = span.start + low
                found.append(Span(page=span.page, start=begin, end=span.start + high, text=span.text[low:high]))
            offset += len(span.text) + 1
        return tuple(found)


class Document(Frozen):
    """A document as read: what it is, its pages and the passages on them."""

    path: str
    sha256: str
    format: str
    country: str | None
    instrument: Instrument
    convention: Convention
    title: str
    language: Language
    year: int | None = None
    status: str | None = None
    source: str | None = None
    pages: tuple[Page, ...] = ()
    passages: tuple[Passage, ...] = ()
    notices: tuple[Notice, ...] = ()


class ManifestEntry(Frozen):
    """One document of a dossier to read; what the manifest leaves open is inferred when it is read."""

    file: str
    path: str
    """Path to open."""
    instrument: Instrument | None = None
    title: str | None = None
    year: int | None = None
    language: Language | None = None
    status: str | None = None
    source: str | None = None


class Dossier(Frozen):
    """The documents of one country, not yet read."""

    country: str
    """ISO 3166-1 alpha-3."""
    country_name: str
    directory: str
    entries: tuple[ManifestEntry, ...]
    as_of: date | None = None
    """Date of the assessment, by which suppressions end."""
    suppressions: tuple[Suppression, ...] = ()
    notices: tuple[Notice, ...] = ()
    left_out: tuple[Notice, ...] = ()
