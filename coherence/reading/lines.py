"""Words become lines, lines become running text."""

from __future__ import annotations

import re
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING

from coherence.reading.geometry import Line, Word, enclosing
from coherence.reading.glyph_text import SOFT_HYPHEN
from coherence.reading.layout_terms import layout_terms
from coherence.reading.letter_spacing import without_letter_spacing
from coherence.reading.rtl import is_tight, joins, logical_text, reading_order, with_ascending_ranges, without_noise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["WORD_BREAK", "join_lines", "line_of", "lines_of", "segments_of", "visual_rows"]

WORD_BREAK = "\u200d"
"""At the end of a line: its last word goes on in the next one."""

_SAME_LINE_EM = 0.42
_RAISED_EM = 0.12
_SMALLER = 0.86
_MARK = re.compile(r"[0-9]{1,3}(?:[,;][0-9]{1,3})*|[*†‡]{1,3}|[ivx]{1,4}|[a-h]")
_DIGITS = re.compile(r"[\d.,%–-]+")
_HYPHEN_RUN = re.compile(f"[-‐]*{SOFT_HYPHEN}[-‐{SOFT_HYPHEN}]*")
_FIGURES_GAP_EM = 0.75
_DEGREE_SIGNS = frozenset("0oо")
_CLOSING = ".,;:!?)]»”%"
_HYPHENS = (SOFT_HYPHEN, "-", "‐")
_FROM_LEFT, _FROM_ABOVE, _BY_X0 = attrgetter("x0", "order"), attrgetter("baseline", "x0"), attrgetter("x0")


def visual_rows(words: Iterable[Word]) -> list[list[Word]]:
    """Group words by baseline, top to bottom; raised and lowered words join the line that they stand beside."""
    rows: list[list[Word]] = []
    levels: list[tuple[float, float]] = []
    small: list[Word] = []
    ordered = sorted(words, key=_FROM_ABOVE)
    typical = _dominant_size(ordered)
    for word in ordered:
        if word.size < _SMALLER * typical and not word.rotated:
            small.append(word)
            continue
        if rows and abs(word.baseline - levels[-1][0]) <= _SAME_LINE_EM * min(word.size, levels[-1][1]):
            rows[-1].append(word)
        else:
            rows.append([word])
            levels.append((word.baseline, word.size))
    for word in small:
        _place_small(word, rows, levels)
    order = sorted(range(len(rows)), key=lambda index: levels[index][0])
    return [without_letter_spacing(rows[index]) for index in order]


def _place_small(word: Word, rows: list[list[Word]], levels: list[tuple[float, float]]) -> None:
    best, best_distance = -1, 0.0
    for index in range(len(rows) - 1, -1, -1):
        baseline, size = levels[index]
        lift = baseline - word.baseline
        reach = 0.62 * size if word.size < _SMALLER * size else _SAME_LINE_EM * min(size, word.size)
        if -0.4 * size <= lift <= reach:
            beside = min((max(word.x0 - other.x1, other.x0 - word.x1) for other in rows[index]), default=99.0)
            if (abs(lift) <= _SAME_LINE_EM * word.size or beside < size) and (best < 0 or abs(lift) < best_distance):
                best, best_distance = index, abs(lift)
    if best >= 0:
        rows[best].append(word)
    else:
        rows.append([word])
        levels.append((word.baseline, word.size))


def _dominant_size(words: Sequence[Word]) -> float:
    if len({word.size for word in words}) == 1:
        return words[0].size
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def segments_of(row: Sequence[Word], gap_em: float = 1.6) -> list[list[Word]]:
    """Split the words of one visual row at wide gaps, left to right; a list mark stays with what follows it."""
    segments: list[list[Word]] = []
    for word in sorted(row, key=_BY_X0):
        last = segments[-1][-1] if segments else word
        figures = _DIGITS.fullmatch(last.text) and _DIGITS.fullmatch(word.text)
        widest = (_FIGURES_GAP_EM if figures else gap_em) * max(word.size, last.size)
        if segments and word.x0 - last.x1 <= widest:
            segments[-1].append(word)
        else:
            segments.append([word])
    return segments


def lines_of(words: Iterable[Word], *, rtl: bool = False) -> list[Line]:
    """Return the lines of a column of text."""
    return [line for row in visual_rows(words) if (line := line_of(row, rtl=rtl))]


def line_of(row: Sequence[Word], *, rtl: bool = False) -> Line | None:
    """Return one line without its footnote marks, or None where nothing else stands in it."""
    ordered = reading_order(row) if rtl else sorted(row, key=_FROM_LEFT)
    size = _dominant_size(ordered)
    baselines = Counter(word.baseline for word in ordered if word.size == size)
    baseline = baselines.most_common(1)[0][0]
    kept: list[Word] = []
    text, dropped = "", False
    tight = rtl and is_tight(ordered)
    for found in ordered:
        word = found if found.size >= _SMALLER * size else _with_shift(found, size, baseline)
        if word.shift > 0 and word.text in _DEGREE_SIGNS and text[-1:].isdigit():
            word = word._replace(text="°")
        elif word.shift > 0 and kept and _is_footnote_mark(word.text, text):
            dropped = True
            continue
        piece = logical_text(without_noise(word.text)) if rtl else without_noise(word.text)
        if not piece:
            continue
        glued = (word.glued and kept and kept[-1].order + 1 == word.order) or (
            rtl and kept and joins(kept[-1], word, tight=tight)
        )
        closes = dropped and piece[0] in _CLOSING
        text += piece if glued or closes or not text else " " + piece
        kept.append(word)
        dropped = False
    if not kept:
        return None
    # The sides are the second to the fifth field of a word.
    box = enclosing(word[1:5] for word in kept)
    bold = sum([len(word.text) for word in kept if word.bold]) > 0.8 * sum([len(word.text) for word in kept])
    text = with_ascending_ranges(_spaced(text)) if rtl else _spaced(text)
    return Line(tuple(kept), text, *box, baseline, size, bold)


def _with_shift(word: Word, size: float, baseline: float) -> Word:
    if word.shift or word.rotated:
        return word
    lift = baseline - word.baseline
    if lift > _RAISED_EM * size:
        return word._replace(shift=1, baseline=baseline)
    return word._replace(shift=-1, baseline=baseline) if lift < -0.03 * size else word


def _is_footnote_mark(mark: str, before: str) -> bool:
    if not _MARK.fullmatch(mark.strip("(), ")):
        return False
    terms = layout_terms()
    if mark in terms.raised_letters:
        return False
    last = re.split(r"[\s/(×x*]", before.rstrip())[-1]
    return not (mark in {"2", "3"} and last.lstrip("0123456789.,-") in terms.exponent_units) and last != "10"


def _spaced(text: str) -> str:
    return " ".join(text.split())


def join_lines(lines: Sequence[Line], vocabulary: Counter[str]) -> str:
    """Return the running text of a paragraph; words hyphenated at line ends are mended.

    A hyphen stays where the document writes the word with it elsewhere, or where both halves are words of the
    document and the joined form is not.
    """
    text = ""
    for line in lines:
        piece = line.text
        if not text:
            text = piece
        elif text.endswith(WORD_BREAK):
            text = text[:-1] + piece
        elif text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalnum():
            text = _mended(text, piece, vocabulary)
        else:
            text = f"{text} {piece}"
    return _settled(text)


def _mended(text: str, piece: str, vocabulary: Counter[str]) -> str:
    head, tail = text[:-1], piece
    left = re.split(r"[\W_]", head)[-1].casefold()
    right = re.split(r"[\W_]", tail)[0].casefold()
    if not tail[:1].isalpha() or not left.isalpha():
        return f"{head}-{tail}"
    if tail[:1].isupper() and not left.isupper() and not (left and head[-1].isupper()):
        return f"{head}-{tail}"
    if vocabulary[left + right]:
        return head + tail
    if vocabulary[f"{left}-{right}"] or (vocabulary[left] and vocabulary[right]):
        return f"{head}-{tail}"
    return head + tail


def _settled(text: str) -> str:
    return _HYPHEN_RUN.sub("-", text).replace(SOFT_HYPHEN, "-") if SOFT_HYPHEN in text else text
