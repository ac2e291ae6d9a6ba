"""Boxes, words and lines on a page. Points of 1/72 inch; x grows rightwards, y grows downwards from the page's top."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Box", "Fill", "Line", "Rule", "Word", "enclosing"]


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Centre of the rectangle."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in the box."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def grown(self, margin: float) -> Box:
        """Return the box with ``margin`` points added on each side."""
        return Box(self.x0 - margin, self.top - margin, self.x1 + margin, self.bottom + margin)


class Word(NamedTuple):
    """Characters that stand together in one style. ``shift`` is +1 for superscript, -1 for subscript."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    order: int
    glued: bool = False
    """Whether it follows the previous word of the page without a space."""
    shift: int = 0
    rotated: bool = False

    @property
    def box(self) -> Box:
        """The rectangle of the word."""
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def middle(self) -> tuple[float, float]:
        """Centre of the word."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class Line(NamedTuple):
    """Words on one baseline in reading order."""

    words: tuple[Word, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool

    @property
    def box(self) -> Box:
        """The rectangle of the line."""
        return Box(self.x0, self.top, self.x1, self.bottom)


class Rule(NamedTuple):
    """A horizontal or vertical ruling line: ``at`` is its y or x, ``start`` to ``end`` its extent."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """A filled rectangle with its colour."""

    box: Box
    colour: tuple[int, int, int]


def enclosing(boxes: Iterable[tuple[float, float, float, float]]) -> Box:
    """Return the smallest box around all ``boxes`` (at least one)."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
