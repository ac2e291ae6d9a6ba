"""From commitments to entries: one measure of one document with what it amounts to by itself, in one unit.

A measure is a main commitment with its milestones, costs, effects and further figures: however many figures tell of
it, it is one entry, and the largest figure stands for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coherence.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coherence.accounting_models import Measure, Note, Response
    from coherence.models import Commitment, Quantity

__all__ = ["Entry", "Figure", "figures_of", "measures", "stated_range"]

_UNCERTAIN = frozenset({"considered"})
_NOT_PROMISED = frozenset({"achieved", "negated"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity and the commitment that states it."""

    commitment: Commitment
    quantity: Quantity

    @property
    def high(self) -> float:
        """Its upper end in the canonical unit."""
        return _ends(self.quantity)[1]


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure with what it amounts to: ``low`` and ``high`` in ``unit``."""

    main: Commitment
    figure: Figure
    measure: Measure
    unit: str
    low: float
    high: float
    notes: tuple[Note, ...]
    group: str
    basis: str = ""
    covers: frozenset[str] = frozenset()
    values: frozenset[float] = frozenset()
    """Every figure of the measure in the unit, its own included."""

    themes: frozenset[str] = field(init=False)
    """Themes of the measure and of its figure."""
    places: frozenset[str] = field(init=False)
    """Places of the measure and of its figure, folded."""

    def __post_init__(self) -> None:
        """Gather what is compared with every other entry."""
        told = (self.main, self.figure.commitment)
        object.__setattr__(self, "themes", frozenset(theme for each in told for theme in each.themes))
        object.__setattr__(self, "places", frozenset(fold(place) for each in told for place in each.places))

    @property
    def id(self) -> str:
        """The main commitment's id."""
        return self.main.id

    @property
    def response(self) -> Response | None:
        """The response to land degradation."""
        return self.figure.commitment.ldn_response or self.main.ldn_response

    @property
    def conditional(self) -> bool:
        """Whether the measure hangs on support."""
        return "conditional" in {self.main.conditionality, self.figure.commitment.conditionality}


def measures(commitments: Iterable[Commitment]) -> tuple[tuple[Commitment, tuple[Commitment, ...]], ...]:
    """Return main commitments, each with its parts; of promises only. A part without its main stands for itself."""
    promised = {each.id: each for each in commitments if each.modality not in _NOT_PROMISED}
    parts: dict[str, list[Commitment]] = defaultdict(list)
    for each in sorted(promised.values(), key=lambda one: one.id):
        main = _main_of(each, promised)
        if main != each.id:
            parts[main].append(each)
    inner = {part.id for found in parts.values() for part in found}
    return tuple((promised[name], tuple(parts[name])) for name in sorted(promised) if name not in inner)


def _main_of(commitment: Commitment, known: Mapping[str, Commitment]) -> str:
    """Return the id of the main commitment; the smallest of those that are parts of one another."""
    seen = [commitment.id]
    while (above := known[seen[-1]].part_of) is not None and above in known:
        if above in seen:
            return min(seen[seen.index(above) :])
        seen.append(above)
    return seen[-1]


def figures_of(main: Commitment, parts: Iterable[Commitment], units: frozenset[str]) -> Iterator[Figure]:
    """Yield the quantities in these units that have a value, the main commitment's first."""
    for commitment in (main, *parts):
        for quantity in commitment.quantities:
            if quantity.unit in units and _ends(quantity)[1] > 0:
                yield Figure(commitment, quantity)


def stated_range(figure: Figure) -> tuple[float, float, tuple[Note, ...]]:
    """Return the least and the most that a figure promises, and notes on how it was read.

    "From 2 to 5" promises at least the change of 3 and at most the level of 5; a fall "from 5 to 2" is 3. "Up to 5"
    sets no floor, nor does what is only considered.
    """
    quantity = figure.quantity
    notes: list[Note] = []
    low, high = _ends(quantity)
    if quantity.from_value is not None and quantity.from_value != high:
        start = quantity.from_value
        low, high = (high - start, high) if start < high else (start - high, start - high)
        notes.append("change")
    if quantity.qualifier == "up_to":
        low = 0.0
        notes.append("up_to")
    if figure.commitment.modality in _UNCERTAIN:
        low = 0.0
        notes.append("considered")
    return low, high, tuple(notes)


def _ends(quantity: Quantity) -> tuple[float, float]:
    if quantity.value is not None:
        return quantity.value, quantity.value
    known = [end for end in (quantity.low, quantity.high) if end is not None]
    return (min(known), max(known)) if known else (0.0, 0.0)
