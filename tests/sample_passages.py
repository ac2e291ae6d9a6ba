"""Documents made of passages, for tests of extraction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coherence.models import Cell, Document, Page, Passage, Span

if TYPE_CHECKING:
    from coherence.vocabulary import Language


def document(*passages: Passage, language: Language = "en", year: int | None = 2020, **fields: Any) -> Document:
    """Return a one-page document whose passages stand one a line."""
    lines, placed, start = [], [], 0
    for passage in passages:
        text = passage.text
        span = Span(page=1, start=start, end=start + len(text), text=text)
        placed.append(passage.model_copy(update={"spans": (span,)}))
        lines.append(text)
        start += len(text) + 1
    base: dict[str, Any] = {
        "path": "ldn.txt", "sha256": "0" * 64, "format": "text", "country": "GHA", "instrument": "LDN",
        "convention": "UNCCD", "title": "Targets",
    }  # fmt: skip
    return Document(
        **{**base, **fields},
        language=language,
        year=year,
        pages=(Page(number=1, text="\n".join(lines)),),
        passages=tuple(placed),
    )


def paragraph(text: str, *headings: str, kind: str = "paragraph") -> Passage:
    """Return a passage of running text below headings, outermost first."""
    span = Span(page=1, start=0, end=len(text), text=text)
    return Passage(kind=kind, spans=(span,), headings=headings)  # type: ignore[arg-type]


def row(cells: dict[tuple[str, ...], str], *headings: str, table: int = 0, **fields: Any) -> Passage:
    """Return a table row; ``cells`` maps column heads, outermost first, to the cell's text."""
    text, made = "", []
    for column, (heads, content) in enumerate(cells.items()):
        text += "\t" if text else ""
        made.append(Cell(column=column, text=content, start=len(text), end=len(text) + len(content), heads=heads))
        text += content
    span = Span(page=1, start=0, end=len(text), text=text)
    return Passage(kind="table_row", spans=(span,), headings=headings, cells=tuple(made), table=table, **fields)
