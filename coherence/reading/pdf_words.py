"""Words of a PDF page: characters that stand together in one style."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from coherence.reading.geometry import Word, enclosing
from coherence.reading.glyph_text import UNREADABLE
from coherence.reading.layout_terms import layout_terms
from coherence.reading.pdf_characters import Characters
from coherence.reading.rtl import mend_ligatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2

    from coherence.reading.pdf_characters import PageFrame, RawBox, RawPiece, Style

__all__ = ["page_words", "share_unreadable"]

_SMALLER = 0.86
_SHIFTED_EM = 0.07
_TORN_EM = 1.0
_LINE_CHANGE_EM = 0.5
_MOST_OF_THE_PAGE = 0.6


def page_words(text_page: pypdfium2.PdfTextPage, frame: PageFrame, text: str) -> tuple[list[Word], PageFrame]:
    """Return the words of a page in the file's order, and the frame in which most of the text stands upright.

    ``text`` holds the page's characters (see page_characters).
    """
    characters = Characters(text_page)
    runs = characters.runs(text)
    if characters.angles - {frame.rotation} and (turn := _most_common_angle(runs)) is not None:
        frame = frame._replace(rotation=turn)
    builder = _WordBuilder(frame)
    for run in runs:
        builder.add_run(run)
    width, height = frame.size
    inside = [w for w in builder.words if 0 <= w.x0 + w.x1 <= 2 * width and 0 <= w.top + w.bottom <= 2 * height]
    return (_phrases_of_turned_words(inside) if any(word.rotated for word in inside) else inside), frame


def _most_common_angle(runs: Sequence[Sequence[RawPiece]]) -> int | None:
    """Return the angle of more than 60 % of the characters, if any."""
    angles: Counter[int] = Counter()
    for run in runs:
        for text, _, _, style, _ in run:
            angles[style.angle] += len(text)
    turn, count = angles.most_common(1)[0]
    return turn if count > _MOST_OF_THE_PAGE * angles.total() else None


class _Piece(NamedTuple):
    """Neighbouring characters of one text object, placed on the page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    baseline: float
    style: Style
    starts: tuple[float, float]
    """x0 and x1 of its first character."""
    ends: tuple[float, float]
    """x0 and x1 of its last character."""


class _WordBuilder:
    """Collects pieces into words; a word ends at a space, a jump or a change of style."""

    def __init__(self, frame: PageFrame) -> None:
        self.words: list[Word] = []
        self._frame = frame
        self._run: list[_Piece] = []
        self._glued = False
        self._base: Word | None = None

    def add_run(self, run: list[RawPiece]) -> None:
        """Add the words of a stretch without spaces."""
        if len(run) == 1:
            self._add_whole(run[0])
            return
        for raw in run:
            piece = self._placed(raw)
            if self._run:
                self._part(self._run[-1], piece)
            self._run.append(piece)
        self._flush(glued=False)

    def _add_whole(self, raw: RawPiece) -> None:
        """Add a word that one text object draws: most words are."""
        text, first, last, style, origin = raw
        x0, top, x1, bottom = self._frame.place_box(_enclosing(first, last))
        baseline = self._frame.place(*origin)[1]
        turned = style.angle != self._frame.rotation
        word = Word(
            _sign(text, style) if style.symbol_font else text,
            x0,
            top,
            x1,
            bottom,
            baseline,
            style.size,
            style.bold,
            len(self.words),
            rotated=turned,
        )
        self.words.append(word)
        self._base = word

    def _placed(self, raw: RawPiece) -> _Piece:
        text, first, last, style, origin = raw
        starts = self._frame.place_box(first)
        ends = starts if first == last else self._frame.place_box(last)
        x0, x1 = min(starts[0], ends[0]), max(starts[2], ends[2])
        top, bottom = min(starts[1], ends[1]), max(starts[3], ends[3])
        baseline = self._frame.place(*origin)[1]
        return _Piece(_sign(text, style), x0, top, x1, bottom, baseline, style, starts[::2], ends[::2])

    def _part(self, last: _Piece, piece: _Piece) -> None:
        size = max(last.style.size, piece.style.size)
        gap = max(piece.starts[0] - last.ends[1], last.ends[0] - piece.starts[1])
        if piece.style.angle != last.style.angle:
            self._flush(glued=False)
        elif piece.style.angle != self._frame.rotation:
            return
        elif gap > _TORN_EM * size or abs(piece.baseline - last.baseline) > _LINE_CHANGE_EM * size:
            self._flush(glued=False)
        elif (
            min(last.style.size, piece.style.size) < _SMALLER * size
            or abs(piece.baseline - last.baseline) > _SHIFTED_EM * size
        ):
            self._flush(glued=True)

    def _flush(self, *, glued: bool) -> None:
        if self._run:
            word = self._word()
            self.words.append(word)
            if not word.shift:
                self._base = word
            self._run = []
            self._glued = glued
        elif not glued:
            self._glued = False

    def _word(self) -> Word:
        run, style = self._run, self._run[0].style
        text, x0, top, x1, bottom = run[0][:5]
        if len(run) > 1:
            x0, top = min(piece.x0 for piece in run), min(piece.y0 for piece in run)
            x1, bottom = max(piece.x1 for piece in run), max(piece.y1 for piece in run)
            text = mend_ligatures([(piece.text, piece.x0, piece.x1) for piece in run])
        baseline, shift = run[0].baseline, 0
        base = self._base
        if self._glued and base is not None and style.size < _SMALLER * base.size:
            lift = base.baseline - baseline
            if abs(lift) > 0.03 * base.size:
                shift, baseline = (1 if lift > 0 else -1), base.baseline
        turned = style.angle != self._frame.rotation
        order = len(self.words)
        return Word(text, x0, top, x1, bottom, baseline, style.size, style.bold, order, self._glued, shift, turned)


def _enclosing(one: RawBox, other: RawBox) -> RawBox:
    if one == other:
        return one
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _sign(text: str, style: Style) -> str:
    if not style.symbol_font:
        return text
    bullets = {*layout_terms().symbol_font_bullets, UNREADABLE}
    return "".join("•" if char in bullets else char for char in text)


def _phrases_of_turned_words(words: list[Word]) -> list[Word]:
    """Join neighbouring words that are turned against the page into one word each: they share no line with others."""
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        if last and word.rotated and last.rotated and _near(last, word):
            box = enclosing((last.box, word.box))
            joined[-1] = last._replace(text=f"{last.text} {word.text}", baseline=box.bottom, **box._asdict())
        else:
            joined.append(word._replace(baseline=word.bottom) if word.rotated else word)
    return joined


def _near(one: Word, other: Word) -> bool:
    reach = 1.5 * one.size
    box = one.box.grown(reach)
    return box.x0 <= other.x1 and other.x0 <= box.x1 and box.top <= other.bottom and other.top <= box.bottom


def share_unreadable(words: list[Word]) -> float:
    """Return the share of characters without meaning, 0 to 1."""
    total = sum(len(word.text) for word in words)
    return sum(word.text.count(UNREADABLE) for word in words) / total if total else 0.0
