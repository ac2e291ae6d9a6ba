"""Which paragraphs are headings, footnotes or captions, and how headings nest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coherence.reading.layout_terms import layout_terms
from coherence.reading.paragraphs import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.reading.layout import Element

__all__ = ["HeadingStack", "body_size", "is_caption", "is_heading", "with_footnotes"]

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4}?)(?:\.0)?(?:\.?\s+\D|\.[^\W\d_])")
"""A heading's number; "2.0" numbers a chapter as "2" does."""
_LONGEST_HEADING_CHARS = 180
_MOST_HEADING_LINES = 4
_LARGER_EM = 1.06
_TURNED_EM = 2.5
_SHORTEST_CAPITALS = 5
_SAME_SIZE = 0.4
_SMALLER_EM = 0.94
_FOOTNOTE_START = re.compile(r"(?:\d{1,3}(?=\s*[^\W\d]|\s+\D)|[*†‡]{1,3}|[ivx]{1,4})\s*\S")
"""A mark and the note; "2025:" and "10% less" open no note."""


def body_size(elements: Iterable[Element]) -> float:
    """Return the font size of most running text, in points."""
    sizes: Counter[float] = Counter()
    for element in elements:
        if isinstance(element, Paragraph):
            sizes[element.size] += len(element.text) * (1 if element.lines == 1 else 3)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def with_footnotes(elements: Sequence[Element], body: float, page_height: float) -> list[Element]:
    """Mark the small paragraphs at the foot of a page, from the first that starts with a mark."""
    marked = list(elements)
    start = len(marked)
    while start > 0:
        element = marked[start - 1]
        small = isinstance(element, Paragraph) and element.size <= _SMALLER_EM * body and not element.role
        if not small or element.box.top < 0.3 * page_height:
            break
        start -= 1
    while start < len(marked):
        element = marked[start]
        if isinstance(element, Paragraph) and _FOOTNOTE_START.match(element.text):
            break
        start += 1
    for index in range(start, len(marked)):
        element = marked[index]
        if isinstance(element, Paragraph):
            marked[index] = replace(element, role="footnote")
    return marked


def is_caption(paragraph: Paragraph) -> bool:
    """Whether a paragraph names a table or figure: "Table 3: ..."."""
    words = re.split(r"[\s.:]+", paragraph.text.casefold(), maxsplit=2)
    if len(words) == 1 or paragraph.lines > _MOST_HEADING_LINES:
        return False
    first = words[0]
    numbered = re.match(r"[#n]?[°º]?\s*[\divxa-h٠-٩]", words[1]) is not None
    return (first in layout_terms().captions and numbered) or any(
        first.startswith(word) and first[len(word) : len(word) + 1].isdigit() for word in layout_terms().captions
    )


def is_heading(paragraph: Paragraph, body: float) -> bool:  # noqa: PLR0911 - one return for each sign
    """Whether a paragraph looks like a heading against running text of ``body`` points."""
    text = paragraph.text
    if paragraph.role == "label":
        return True
    if paragraph.role or len(text) > _LONGEST_HEADING_CHARS or paragraph.lines > _MOST_HEADING_LINES:
        return False
    turned = paragraph.lines == 1 and paragraph.box.height > _TURNED_EM * paragraph.size
    if turned or not any(char.isalpha() for char in text) or is_caption(paragraph):
        return False
    larger = paragraph.size >= _LARGER_EM * body
    if text.endswith((".", ";", ",")) and not (larger and paragraph.bold and paragraph.lines == 1):
        return False
    if paragraph.marker and not paragraph.marker[:1].isalnum() and not paragraph.marker.startswith("("):
        return False
    if larger or (paragraph.bold and paragraph.size >= _SMALLER_EM * body):
        return True
    return _is_capitals(text) and not paragraph.marker and len(text) > _SHORTEST_CAPITALS


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= _SHORTEST_CAPITALS and all(char.isupper() for char in letters)


def _depth(text: str) -> int | None:
    """Return the level that a heading's number or division word tells, from 0; None for neither."""
    words = text.casefold().split()
    for depth, division in enumerate(layout_terms().divisions):
        if words and (words[0] in division) and len(words) > 1 and re.match(r"[\divxa-h#一-龥]", words[1]):
            return 1 if depth else 0
    if match := _NUMBERED.match(text):
        return 1 + match.group(1).count(".")
    return None


_Open = tuple[float, bool, int | None, str]
"""Size, weight, level by its number and text of a heading."""


@dataclass(slots=True)
class HeadingStack:
    """The headings that govern the text at one point of the document."""

    _open: list[_Open] = field(default_factory=list)
    _inside: list[_Open] | None = None
    """Headings within the cell of a form, None outside forms."""
    _caption: str = ""
    """Caption of the form that the text stands in."""
    _head: str = ""
    """Head over the values of that form."""
    _label: str = ""

    def enter(self, paragraph: Paragraph) -> None:
        """Open a section; sections of the same or a lower rank end. A heading in a form's cell governs that cell."""
        if paragraph.role == "label":
            return
        heading = (paragraph.size, paragraph.bold, _depth(paragraph.text), paragraph.text)
        self._enter(self._open if self._inside is None else self._inside, heading)

    def _enter(self, sections: list[_Open], heading: _Open) -> None:
        while sections and not self._contains(sections[-1], heading):
            sections.pop()
        sections.append(heading)

    @staticmethod
    def _contains(outer: _Open, inner: _Open) -> bool:
        size, bold, outer_depth, _ = outer
        inner_size, inner_bold, depth, _ = inner
        if outer_depth is not None and depth is not None:
            return outer_depth < depth
        if abs(size - inner_size) > _SAME_SIZE:
            return size > inner_size
        if outer_depth is not None and depth is None:
            return bold >= inner_bold
        return bold and not inner_bold

    def begin_row(self, caption: str) -> None:
        """Begin the row of a form at its label; ``caption`` stands before the form."""
        if self._inside is None:
            self._caption = caption
        self._inside, self._label = [], ""

    def stand_beside(self, label: str | None, head: str = "") -> None:
        """Set the label of the form's row that the text stands in; None outside forms, "" for the label before.

        ``head`` stands over the values of the form; where the form goes on overleaf it may have none.
        """
        if label is None:
            # A box may end at the foot of a page while the chapter that stands in it goes on.
            for heading in self._inside or ():
                self._enter(self._open, heading)
            self._inside, self._caption, self._head, self._label = None, "", "", ""
            return
        self._inside = self._inside or []
        self._label, self._head = label or self._label, head or self._head

    @property
    def texts(self) -> tuple[str, ...]:
        """The headings, outermost first."""
        over = (self._caption, self._head, self._label) if self._label else ()
        return tuple(filter(None, (*_texts(self._open), *over, *_texts(self._inside or ()))))


def _texts(headings: Iterable[_Open]) -> tuple[str, ...]:
    return tuple(text for *_, text in headings)
