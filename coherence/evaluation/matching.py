"""Which extracted figure is which annotated promise, and which of its fields are right."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from coherence.evaluation.scores import FIELDS, FieldName, Judgement
from coherence.models import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.evaluation.annotations import Annotation
    from coherence.models import Commitment, Page

__all__ = ["judge", "page_of", "quotes_overlap", "same_amount", "words"]

_TOLERANCE = 0.005
"""Share of the larger of two values: annotators round, and so do conversions of units."""
_SHARED_WORDS = 0.5
_HYPHEN_AT_LINE_END = re.compile(r"-\s*\n\s*")
# Chinese is written without spaces: every character counts as a word.
_WORD = re.compile(r"[\u4e00-\u9fff]|\d+|(?:(?![\u4e00-\u9fff])[^\W\d_])+")

_Prediction = tuple["Commitment", Quantity]


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Return the words and numbers of a text, folded; words divided at a line's end are joined."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return frozenset(_WORD.findall(_HYPHEN_AT_LINE_END.sub("", text).lower()))


def quotes_overlap(one: str, other: str) -> bool:
    """Tell whether at least half of the words of the shorter quote stand in the other."""
    fewer, more = sorted((words(one), words(other)), key=len)
    return bool(fewer) and len(fewer & more) >= _SHARED_WORDS * len(fewer)


def same_amount(row: Annotation, quantity: Quantity) -> bool:
    """Tell whether unit and value agree within 0.5 %; of ranges, both ends."""
    if row.unit != quantity.unit:
        return False
    if row.value is not None:
        return _close(row.value, quantity.value)
    return _close(row.value_low, quantity.low) and _close(row.value_high, quantity.high)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other))


def judge(rows: Sequence[Annotation], commitments: Iterable[Commitment], pages: Sequence[Page]) -> list[Judgement]:
    """Return a judgement on every extracted figure and every annotated promise of one document.

    Rows take, in their order, the first fitting figure that is still free; each is taken once. A further figure that
    fits a row already taken repeats it. Figures come in the order of ``commitments``, then the missed rows in theirs.
    """
    predictions = [(commitment, quantity) for commitment in commitments for quantity in commitment.quantities]
    taken: dict[int, Annotation] = {}
    missed: list[Annotation] = []
    for row in rows:
        free = (at for at, each in enumerate(predictions) if at not in taken and _fits(row, each))
        first = next(free, None)
        if first is None:
            missed.append(row)
        else:
            taken[first] = row
    found = tuple(taken.values())
    figures = [_judgement(each, taken.get(at), found) for at, each in enumerate(predictions)]
    return [*figures, *(_missed(row, pages) for row in missed)]


def _fits(row: Annotation, prediction: _Prediction) -> bool:
    commitment, quantity = prediction
    quotes = (row.quote, *row.repeats)
    return same_amount(row, quantity) and any(quotes_overlap(quote, commitment.quote) for quote in quotes)


def _judgement(prediction: _Prediction, row: Annotation | None, found: Sequence[Annotation]) -> Judgement:
    commitment, quantity = prediction
    if row is not None:
        verdict, fields = "right", fields_right(row, commitment, quantity)
    else:
        verdict, fields = "repeated" if any(_fits(each, prediction) for each in found) else "false", ()
    place = commitment.provenance
    return Judgement(
        verdict=verdict, page=place.page, quote=place.quote, quantity=quantity, commitment=commitment.id,
        confidence=commitment.confidence, annotation=row, fields=fields,
    )  # fmt: skip


def fields_right(row: Annotation, commitment: Commitment, quantity: Quantity) -> tuple[tuple[FieldName, bool], ...]:
    """Tell of each field whether extraction agrees with the annotation; unannotated LDN responses are left out."""
    baseline = commitment.baseline.year if commitment.baseline else None
    right: dict[FieldName, bool] = {
        "target_year": row.target_year == commitment.target_year,
        "start_year": row.start_year == commitment.start_year,
        "baseline_year": row.baseline_year == baseline,
        "conditionality": row.conditionality == commitment.conditionality,
        "per_year": row.per_year == quantity.per_year,
        "themes": bool(set(row.themes) & set(commitment.themes)),
    }
    if row.ldn_response is not None:
        right["ldn_response"] = row.ldn_response == commitment.ldn_response
    return tuple((name, right[name]) for name in FIELDS if name in right)


def _missed(row: Annotation, pages: Sequence[Page]) -> Judgement:
    quantity = Quantity(
        value=row.value, low=row.value_low, high=row.value_high, unit=row.unit, of=row.unit_of,
        per_year=row.per_year, qualifier=row.qualifier, text="",
    )  # fmt: skip
    return Judgement(
        verdict="missed", page=page_of(row.quote, pages), quote=row.quote, quantity=quantity, annotation=row
    )


def page_of(quote: str, pages: Sequence[Page]) -> int | None:
    """Return the page that holds the quote, or else most of its words; None where no page holds half of them."""
    written = _folded(quote)
    verbatim = next((page.number for page in pages if written in _folded(page.text)), None)
    if verbatim is not None or not words(quote):
        return verbatim
    shared = {page.number: len(words(quote) & words(page.text)) for page in pages}
    best = max(shared, key=lambda number: (shared[number], -number), default=None)
    return best if best is not None and shared[best] >= _SHARED_WORDS * len(words(quote)) else None


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", _HYPHEN_AT_LINE_END.sub("", text)).lower()))
