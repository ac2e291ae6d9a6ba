"""Lines of one column become paragraphs and list items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from coherence.reading.geometry import Box, Line, enclosing
from coherence.reading.layout_terms import layout_terms
from coherence.reading.lines import join_lines

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

__all__ = ["Paragraph", "paragraphs_of", "plain_paragraphs", "split_marker"]

_ENUMERATOR = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-zA-Zа-яё]|[ivxIVX]{1,5}|[\u0621-\u064a])[.)](?:\s|$))"
    r"|(?:(?:\d{1,2}|[ivxIVX]{1,5}|[\u0660-\u0669]{1,2})\s?[-–)]\s)|(?:[（(][一二三四五六七八九十\d]{1,3}[)）])|(?:[一二三四五六七八九十]{1,3}、)"
)
_AMBIGUOUS = "-–—‒―−₋⁻˗*"
"""Marks of items that may also stand in running text or before a figure."""
_TIGHT_DASH = re.compile(r"[-–—−](?=[^\W\d_]{3})")
"""A dash before a word without a space, with a capital: "-Wells for herders"."""
_TERMINAL = re.compile(r"[.!?:;…。！？：；؟؛][\"”»’')\]]*$")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}")
_TIGHT_PITCH_EM = 0.7
_SAME_ROW_EM = 0.3
_SAME_EDGE = 4.0
_SAME_CENTRE = 8.0
_PLAIN_SIZE = 10.0
_PITCH_FACTOR = 1.32
_WIDE_PITCH_EM = 2.1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text with its look. ``marker`` is the bullet or enumerator that it starts with, "" for none."""

    text: str
    marker: str
    box: Box
    indent: float
    """x at which the text after the marker starts, from the reader's side."""
    size: float
    bold: bool
    lines: int
    page: int
    role: str = ""
    """"label" for the left cell of a form, "footnote", "contents", "figure" in a chart, or "" for the rest."""
    label: str | None = None
    """Label of the form's row that it stands in; "" where that goes on from the page before."""
    head: str = ""
    """Head over the values of that form."""


def split_marker(text: str) -> tuple[str, str]:
    """Return a line's list mark ("" for none) and the rest."""
    terms = layout_terms()
    first, _, rest = text.partition(" ")
    if first in terms.bullets and (rest or len(text) == 1):
        return first, rest
    if text[:1] in terms.bullets and text[:1] not in _AMBIGUOUS and len(text) > 1 and text[1].isalpha():
        return text[:1], text[1:]
    if _TIGHT_DASH.match(text) and text[1].isupper() and text[2].islower():
        return text[:1], text[1:]
    match = _ENUMERATOR.match(text)
    if match and (rest := text[match.end() :].strip()) and not rest[0].isdigit():
        return match.group().strip(), rest
    return "", text


def paragraphs_of(
    lines: Sequence[Line], *, page: int, vocabulary: Counter[str], rtl: bool = False, right_edge: float | None = None
) -> list[Paragraph]:
    """Group the lines of one column, top to bottom, into paragraphs."""
    if not lines:
        return []
    pitch = _usual_pitch(lines)
    edges = (min(line.x0 for line in lines), right_edge or max(line.x1 for line in lines))
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _starts_new(groups[-1], line, pitch, edges, rtl=rtl):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, edges, page, vocabulary, rtl=rtl) for group in groups]


def _usual_pitch(lines: Sequence[Line]) -> float:
    """Return the median distance of baselines in em, wide gaps between paragraphs left out."""
    steps = [(below.baseline - above.baseline) / max(above.size, below.size, 1.0) for above, below in pairwise(lines)]
    close = [step for step in steps if _TIGHT_PITCH_EM < step < _WIDE_PITCH_EM]
    return median(close) if close else 1.25


def _starts_new(group: list[Line], line: Line, pitch: float, edges: tuple[float, float], *, rtl: bool) -> bool:
    last = group[-1]
    em = max(last.size, line.size, 1.0)
    step = (line.baseline - last.baseline) / em
    if step > max(_PITCH_FACTOR * pitch, 1.3) or step < _SAME_ROW_EM:
        return True
    if abs(last.size - line.size) > 0.08 * em + 0.3 or last.bold != _starts_bold(line, bold=last.bold):
        return True
    marker, _ = split_marker(line.text)
    if marker and _may_start_item(marker, group, line):
        return True
    if _LEADERS.search(last.text):
        return True
    return _broken_off(group, line, edges, em, rtl=rtl)


def _starts_bold(line: Line, *, bold: bool) -> bool:
    if bold and not line.bold:
        return all(word.bold for word in line.words[: max(1, len(line.words) // 3)])
    return line.bold and len(line.words[0].text) < len(line.text)


def _may_start_item(marker: str, group: list[Line], line: Line) -> bool:
    """A dash or figure at a line's start is a list mark, unless the sentence just happens to break there."""
    last = group[-1]
    if marker not in _AMBIGUOUS and not marker[:1].isalnum() and not marker.startswith("("):
        return True
    own, _ = split_marker(group[0].text)
    if own and abs(line.x0 - group[0].x0) < _SAME_EDGE:
        return True
    return bool(_TERMINAL.search(last.text)) or last.x1 < line.x1 - 3 * line.size or line.x0 > last.x0 + line.size


def _broken_off(group: list[Line], line: Line, edges: tuple[float, float], em: float, *, rtl: bool) -> bool:
    """Whether the last line ends although the next word would still have fitted, or the new line is set in."""
    last = group[-1]
    first_word = line.words[-1 if rtl and line.words[0].x0 < line.words[-1].x0 else 0]
    room = (last.x0 - edges[0]) if rtl else (edges[1] - last.x1)
    ended = bool(_TERMINAL.search(last.text))
    continues = line.text[:1].islower() or last.text.endswith((",", "-"))
    if room > (first_word.x1 - first_word.x0) + 1.2 * em and not (continues and not ended):
        return ended or room > 6 * em or not _centred(last, line)
    inset = (last.x1 - line.x1) if rtl else (line.x0 - last.x0)
    if ended and inset > 0.9 * em and len(group) > 1:
        return True
    item, _ = split_marker(group[0].text)
    start = (line.x1 - group[0].x1) if rtl else (group[0].x0 - line.x0)
    return bool(item) and start > 0.8 * em and not continues


def _centred(one: Line, other: Line) -> bool:
    return abs((one.x0 + one.x1) - (other.x0 + other.x1)) < _SAME_CENTRE and abs(one.x0 - other.x0) > _SAME_EDGE


def _paragraph(
    group: list[Line], edges: tuple[float, float], page: int, vocabulary: Counter[str], *, rtl: bool
) -> Paragraph:
    text = join_lines(group, vocabulary)
    marker, rest = split_marker(text)
    if not rest:
        marker = ""
    box = enclosing(line.box for line in group)
    first = group[0].words
    start = first[1] if marker and len(first) > 1 else first[0]
    letters = sum(len(line.text) for line in group)
    bold = sum(len(line.text) for line in group if line.bold) > 0.8 * letters
    size = max(group, key=lambda line: len(line.text)).size
    role = "contents" if _LEADERS.search(text) else ""
    indent = edges[1] - start.x1 if rtl else start.x0
    return Paragraph(text, marker, box, indent, size, bold, len(group), page, role)


def plain_paragraphs(texts: Sequence[str], page: int, vocabulary: Counter[str]) -> list[Paragraph]:
    """Return the paragraphs of one block of lines without places on the page, as recognised from a picture."""
    size = _PLAIN_SIZE
    groups: list[list[Line]] = []
    for number, text in enumerate(texts):
        y = number * 1.2 * size
        line = Line((), text, 0.0, y, 0.5 * size * len(text), y + size, y + size, size, bold=False)
        if groups and not split_marker(text)[0]:
            groups[-1].append(line)
        else:
            groups.append([line])
    made = []
    for group in groups:
        text = join_lines(group, vocabulary)
        marker, rest = split_marker(text)
        box = enclosing(line.box for line in group)
        made.append(Paragraph(text, marker if rest else "", box, 0.0, size, bold=False, lines=len(group), page=page))
    return made
