"""When instruments are next revised or reported on, from dated data: no clock, so the same dossier gives the same."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from coherence.errors import Fault, VocabularyError
from coherence.form_faults import form_faults
from coherence.frameworks import Texts, labels_text
from coherence.models import Frozen, Instrument, RevisionWindow
from coherence.recommendation_patterns import fill, recommending
from coherence.resources import rules_dir
from coherence.strict_yaml import load_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from coherence.models import Commitment, DocumentRecord
    from coherence.vocabulary import Language

__all__ = ["Calendar", "WindowTable", "load_windows", "reference_date"]

_MANUAL = "docs/reference/frameworks.md"
_DAYS_A_YEAR = 365.25


class _Nearness(Frozen):
    years: int = Field(ge=0)
    weight: int = Field(ge=1)


class _Weights(Frozen):
    due: int = Field(ge=1)
    within: tuple[_Nearness, ...]
    later: int = Field(ge=1)


class _Window(Frozen):
    id: str
    instrument: Instrument
    kind: Literal["revision", "report"]
    closes: date
    verified: bool
    source: str
    label: Texts


class WindowTable(Frozen):
    """``rules/frameworks/revision_windows.yaml``."""

    version: str
    weight: _Weights
    ended: Texts
    passed: Texts
    windows: tuple[_Window, ...]


def load_windows(path: Path) -> WindowTable:
    """Read the moments of revision; raises VocabularyError with every fault."""
    marked = load_marked(path, VocabularyError)
    try:
        table = WindowTable.model_validate(marked.data)
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, WindowTable, _MANUAL)) from None
    faults = [
        Fault(marked.where("windows", index), f"'{each.id}' is verified but names no source",
              "name the source or write verified: false")
        for index, each in enumerate(table.windows)
        if each.verified and not each.source
    ]  # fmt: skip
    if faults:
        raise VocabularyError(*faults)
    return table


@cache
def _shipped() -> WindowTable:
    return load_windows(rules_dir() / "frameworks" / "revision_windows.yaml")


def reference_date(as_of: date | None, documents: Iterable[DocumentRecord]) -> date | None:
    """Return the date from which windows are counted: as stated, else the end of the latest document's year."""
    years = [each.year for each in documents if each.year is not None]
    return as_of or (date(max(years), 12, 31) if years else None)


class Calendar:
    """The next moments of one dossier's instruments."""

    def __init__(
        self, documents: Sequence[DocumentRecord], commitments: Iterable[Commitment], as_of: date | None,
        language: Language, table: WindowTable | None = None,
    ) -> None:  # fmt: skip
        """Count from ``as_of``, or from the latest document where it is not stated."""
        self.today = reference_date(as_of, documents)
        self.stated = as_of is not None
        self._table = table or _shipped()
        self._language = language
        self._written: dict[Instrument, int] = {}
        for document in documents:
            if document.year is not None:
                self._written[document.instrument] = max(document.year, self._written.get(document.instrument, 0))
        self._horizons = _horizons(documents, commitments)

    def next_window(
        self, instruments: Iterable[Instrument], kind: Literal["revision", "report"] = "revision"
    ) -> RevisionWindow | None:
        """Return the first moment of any of the instruments; what is due goes first, what was read before the rest."""
        found = [each for each in (self._next(name, kind) for name in instruments) if each is not None]
        return min(found, key=_order, default=None)

    def weight(self, window: RevisionWindow | None) -> int:
        """Return what the nearness of a moment weighs."""
        weights = self._table.weight
        if window is None or self.today is None:
            return weights.later
        if window.due or window.closes is None:
            return weights.due
        years = (window.closes - self.today).days / _DAYS_A_YEAR
        return max((each.weight for each in weights.within if years <= each.years), default=weights.later)

    def _next(self, instrument: Instrument, kind: Literal["revision", "report"]) -> RevisionWindow | None:
        if self.today is None:
            return None
        ended = self._horizons.get(instrument)
        if kind == "revision" and ended is not None and ended < self.today.year:
            return self._due(instrument, ended)
        own = [each for each in self._table.windows if each.instrument == instrument and each.kind == kind]
        passed = [each for each in own if kind == "revision" and self._has_passed(each, self.today)]
        if passed:
            return self._named(max(passed, key=lambda each: (each.closes, each.id)), due=True)
        coming = [each for each in own if self._is_ahead(each, self.today)]
        return self._named(min(coming, key=lambda each: (each.closes, each.id))) if coming else None

    def _named(self, window: _Window, *, due: bool = False) -> RevisionWindow:
        label = labels_text(window.label, self._language)
        if due:
            values = {"label": label, "year": str(self._written[window.instrument])}
            label = fill(labels_text(self._table.passed, self._language), values)
        return RevisionWindow(
            id=window.id, instrument=window.instrument, label=label, closes=window.closes, due=due,
            source=window.source, verified=window.verified,
        )  # fmt: skip

    def _has_passed(self, window: _Window, today: date) -> bool:
        """Return whether the moment has passed since the document at hand was written."""
        written = self._written.get(window.instrument)
        return written is not None and written < window.closes.year and window.closes <= today

    def _is_ahead(self, window: _Window, today: date) -> bool:
        """Return whether the moment comes after today and after the document: a plan of 2025 answered that of 2025."""
        served = window.kind == "revision" and window.closes.year <= self._written.get(window.instrument, 0)
        return window.closes > today and not served

    def _due(self, instrument: Instrument, ended: int) -> RevisionWindow:
        phrase = labels_text(recommending().phrases[instrument].of, self._language)
        label = fill(labels_text(self._table.ended, self._language), {"of_instrument": phrase, "year": str(ended)})
        return RevisionWindow(id=f"{instrument}-ended", instrument=instrument, label=label, due=True)


def _order(window: RevisionWindow) -> tuple[bool, bool, int, bool, str]:
    """Order what is due before what comes; of what is due the dates that were read, then the latest."""
    day = window.closes.toordinal() if window.closes else 0
    if window.due:
        return False, window.closes is not None and not window.verified, -day, False, window.id
    return True, False, day, not window.verified, window.id


def _horizons(documents: Iterable[DocumentRecord], commitments: Iterable[Commitment]) -> Mapping[Instrument, int]:
    """Return the latest target year of each instrument, of its latest document."""
    latest: dict[Instrument, tuple[int, str]] = {}
    for document in documents:
        latest[document.instrument] = max(latest.get(document.instrument, (0, "")), (document.year or 0, document.path))
    horizons: dict[Instrument, int] = {}
    for each in commitments:
        if each.target_year is not None and latest.get(each.instrument, (0, ""))[1] == each.document:
            horizons[each.instrument] = max(each.target_year, horizons.get(each.instrument, 0))
    return horizons
