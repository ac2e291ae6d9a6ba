"""Ruling lines and filled rectangles of a PDF page, form objects included."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from coherence.reading.geometry import Box, Fill, Rule
from coherence.reading.pdf_library import address_of, bounds_of, count_segments, draw_mode, kind_of, page_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

    from coherence.reading.pdf_characters import PageFrame

__all__ = ["Drawings", "page_drawings"]

_THIN = 2.6
_SHORTEST = 4.0
_STRAIGHT = 0.7
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 4_000
_DEEPEST_FORM = 6
_LARGEST_SHARE = 0.85
_RECTANGLE_SEGMENTS = 5

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawings:
    """What is drawn on a page besides text."""

    across: list[Rule] = field(default_factory=list)
    """Horizontal rules."""
    down: list[Rule] = field(default_factory=list)
    """Vertical rules."""
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


class _Point(NamedTuple):
    x: float
    y: float


def page_drawings(page: pypdfium2.PdfPage, frame: PageFrame) -> Drawings:
    """Return rules, fills and pictures of a page in points from its top left corner."""
    drawings = Drawings()
    reader = _DrawingReader(frame, drawings)
    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    items = list(map(page_object, repeat(address_of(page.raw)), range(count)))
    for item, kind in zip(items, map(kind_of, items), strict=True):
        # Most objects of most pages are text, which is read elsewhere.
        if kind != pdfium.FPDF_PAGEOBJ_TEXT:
            reader.read(item, kind, _IDENTITY, 0)
    return drawings


class _DrawingReader:
    def __init__(self, frame: PageFrame, drawings: Drawings) -> None:
        self._frame = frame
        self._out = drawings
        width, height = frame.size
        self._page_area = width * height
        self._bounds, self._mode = (ctypes.c_float * 4)(), (ctypes.c_int * 2)()
        start, size = ctypes.addressof(self._bounds), ctypes.sizeof(ctypes.c_float)
        self._sides = tuple(range(start, start + 4 * size, size))
        self._fill_at = ctypes.addressof(self._mode)
        self._stroke_at = self._fill_at + ctypes.sizeof(ctypes.c_int)
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    def read(self, item: int, kind: int, matrix: _Matrix, depth: int) -> None:
        """Add what an object of a kind draws that stands in ``depth`` forms, their matrices multiplied."""
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            if (box := self._box(item, matrix)) is not None:
                self._out.pictures.append(box)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            form = _pointer(item)
            inner = _product(_matrix_of(form), matrix)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
                part = address_of(pdfium.FPDFFormObj_GetObject(form, index))
                self.read(part, kind_of(part), inner, depth + 1)

    def _path(self, item: int, matrix: _Matrix) -> None:
        draw_mode(item, self._fill_at, self._stroke_at)
        filled, stroked = self._mode
        if not filled and not stroked:
            return
        count = count_segments(item)
        if filled and count <= _RECTANGLE_SEGMENTS:
            if (box := self._box(item, matrix)) is not None:
                self._rectangle(item, box)
            return
        path = _pointer(item)
        whole = _product(_matrix_of(path), matrix)
        for points in _subpaths(path, min(count, _MOST_SEGMENTS)):
            placed = [_Point(*self._frame.place(*_apply(whole, point))) for point in points]
            if filled and (box := _as_rectangle(placed)):
                self._rectangle(item, box)
            elif stroked:
                self._stroke(placed)

    def _box(self, item: int, matrix: _Matrix) -> Box | None:
        if not bounds_of(item, *self._sides):
            return None
        left, bottom, right, top = self._bounds
        corners = (left, bottom), (right, top)
        if matrix is not _IDENTITY:
            corners = _apply(matrix, corners[0]), _apply(matrix, corners[1])
        one, other = self._frame.place(*corners[0]), self._frame.place(*corners[1])
        return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))

    def _rectangle(self, item: int, box: Box) -> None:
        if box.height <= _THIN:
            if box.width > _THIN:
                self._out.across.append(Rule((box.top + box.bottom) / 2, box.x0, box.x1))
        elif box.width <= _THIN:
            self._out.down.append(Rule((box.x0 + box.x1) / 2, box.top, box.bottom))
        elif box.width * box.height < _LARGEST_SHARE * self._page_area:
            red, green, blue, alpha = self._colour
            pdfium.FPDFPageObj_GetFillColor(_pointer(item), red, green, blue, alpha)
            self._out.fills.append(Fill(box, (red.value, green.value, blue.value)))

    def _stroke(self, points: list[_Point]) -> None:
        for one, other in pairwise(points):
            if abs(one.y - other.y) <= _STRAIGHT and abs(one.x - other.x) >= _SHORTEST:
                self._out.across.append(Rule(one.y, min(one.x, other.x), max(one.x, other.x)))
            elif abs(one.x - other.x) <= _STRAIGHT and abs(one.y - other.y) >= _SHORTEST:
                self._out.down.append(Rule(one.x, min(one.y, other.y), max(one.y, other.y)))


def _pointer(item: int) -> object:
    """Return an object's address as the library's own declarations take it."""
    return ctypes.cast(item, pdfium.FPDF_PAGEOBJECT)


def _subpaths(item: object, count: int) -> Iterator[list[tuple[float, float]]]:
    """Yield the corner points of each stretch of straight segments."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_LINETO and pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _as_rectangle(points: list[_Point]) -> Box | None:
    xs, ys = sorted(point.x for point in points), sorted(point.y for point in points)
    corners = all(
        min(point.x - xs[0], xs[-1] - point.x) < _STRAIGHT and min(point.y - ys[0], ys[-1] - point.y) < _STRAIGHT
        for point in points
    )
    return Box(xs[0], ys[0], xs[-1], ys[-1]) if corners and len(points) >= _RECTANGLE_SEGMENTS - 1 else None


def _matrix_of(item: object) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _apply(matrix: _Matrix, point: tuple[float, float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    if outer == _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
