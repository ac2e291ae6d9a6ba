"""Labels of charts: figures of axes and legends, scattered over the page, that are no running text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.reading.headings import is_caption, is_heading
from coherence.reading.paragraphs import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.reading.layout import Element

__all__ = ["with_figure_labels"]

_FIGURES_ONLY = re.compile(r"[\W_]*\d[\d\W_]*")
_LONGEST_LABEL_CHARS = 48
_LEAST_FIGURES = 4
_LEAST_SHARE = 0.4
_FEW_WORDS = 7


def with_figure_labels(elements: Sequence[Element], body: float) -> list[Element]:
    """Mark the paragraphs of runs of short pieces, most of them bare figures, with the role "figure".

    They stay in the page's text and make no passages. ``body`` is the font size of running text, in points.
    """
    marked = list(elements)
    start = 0
    while start < len(marked):
        end = start
        while end < len(marked) and _is_short(marked[end]):
            end += 1
        first, last = _trimmed(marked[start:end], body)
        figures = sum(_is_figure(element) for element in marked[start + first : start + last])
        if figures >= _LEAST_FIGURES and figures >= _LEAST_SHARE * (last - first):
            for index in range(start + first, start + last):
                element = marked[index]
                if isinstance(element, Paragraph):
                    marked[index] = replace(element, role="figure")
        start = max(end, start + 1)
    return marked


def _is_short(element: Element) -> bool:
    if not isinstance(element, Paragraph) or element.role or element.label is not None:
        return False
    plain = len(element.text) <= _LONGEST_LABEL_CHARS and len(element.text.split()) <= _FEW_WORDS
    return plain and not is_caption(element) and not (element.marker and not _is_figure(element))


def _is_figure(element: Element) -> bool:
    return isinstance(element, Paragraph) and _FIGURES_ONLY.fullmatch(element.text) is not None


def _trimmed(run: Sequence[Element], body: float) -> tuple[int, int]:
    """Return the stretch of a run from its first figure to its last label that is no heading of what follows."""
    figures = [index for index, element in enumerate(run) if _is_figure(element)]
    if not figures:
        return 0, 0
    last = len(run)
    while last - 1 > figures[-1] and isinstance(element := run[last - 1], Paragraph) and is_heading(element, body):
        last -= 1
    return figures[0], last
