"""Which lever serves which end, how strongly and why: rules/frameworks/levers.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol, get_args

from pydantic import Field, StringConstraints, ValidationError

from coherence.errors import Fault, VocabularyError
from coherence.extraction.levers import lever_ids, lever_roles
from coherence.frameworks import Text, Texts
from coherence.models import Frozen
from coherence.resources import rules_dir
from coherence.strict_yaml import load_marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "LEVER_FACTS", "LEVER_INPUTS", "WAYS", "LeverTable", "LeverUse", "Service", "lever_table", "load_lever_table",
]  # fmt: skip

_MANUAL = "see docs/reference/frameworks.md"
_STRONGEST = 3
Way = Literal["helps", "completes", "informs"]
WAYS: tuple[Way, ...] = get_args(Way)
"""How a lever serves an end: it is a means to it, keeps or adds what it restores or saves, or gives the data for it."""


class LeverUse(Frozen):
    """What one lever serves, and why."""

    id: Annotated[str, StringConstraints(pattern=r"LEV-[0-9]{3}")]
    lever: Text
    serves: dict[Annotated[int, Field(ge=1, le=_STRONGEST)], tuple[Text, ...]] = Field(min_length=1)
    """Ends by strength: 3 a direct and known means, 2 a known means, 1 a help."""
    crosses_land: bool = False
    """Whether it works at a distance, so that the land of lever and end need not be one."""
    named_land: bool = False
    """Whether both must be known to be about one land: where either leaves it open, nothing says that they meet."""
    way: Way = "helps"
    """How it serves: ``completes`` sets what is kept beside what is restored, ``informs`` gives data and forecasts."""
    verified: bool
    source: Text
    reason: Texts
    condition: Texts | None = None
    """When it holds."""


class _LeverFile(Frozen):
    version: Text
    land_classes: tuple[Text, ...] = Field(min_length=1)
    levers: tuple[LeverUse, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Service:
    """How one commitment serves another: by which lever, for which end, how strongly (1 to 3), and why."""

    lever: str
    end: str
    strength: int
    general: bool
    """Whether the lever says little of what is done."""
    mains: int
    """How many of lever and end are plainly meant: specific, by words of their own or the main theme, 0 to 2."""
    reasons: tuple[tuple[str, str], ...]
    way: Way


@dataclass(frozen=True)
class LeverTable:
    """Uses of levers by lever and end."""

    uses: Mapping[tuple[str, str], tuple[LeverUse, int]]
    land_classes: frozenset[str]
    """Ecosystems of which two that differ are different land."""
    file: tuple[LeverUse, ...] = ()
    """All uses as the file has them."""
    _memo: dict[tuple[Any, ...], Service | None] = field(default_factory=dict, repr=False)

    def service(self, means: Mapping[str, Any], end: Mapping[str, Any]) -> Service | None:
        """Return by which of its levers one commitment serves an end of another one best, or None where by none.

        What the main theme or words of its own name weighs as much as one step of strength.
        """
        key = tuple(row[name] for row, names in ((means, _OF_MEANS), (end, _OF_END)) for name in names)
        if key not in self._memo:
            found = (self._service(means, end, lever, aim) for lever in means["levers"] for aim in end["ends"])
            self._memo[key] = min((each for each in found if each is not None), key=_rank, default=None)
        return self._memo[key]

    def _service(self, means: Mapping[str, Any], end: Mapping[str, Any], lever: str, aim: str) -> Service | None:
        use, strength = self.uses.get((lever, aim), (None, 0))
        if use is None or not (use.crosses_land or self._one_land(use, means, end, aim)):
            return None
        mains = _is_main(lever, means) + _is_main(aim, end)
        reasons = tuple(sorted(use.reason.model_dump().items()))
        return Service(lever, aim, strength, lever_roles()[lever].general, mains, reasons, use.way)

    def _one_land(self, use: LeverUse, means: Mapping[str, Any], end: Mapping[str, Any], aim: str) -> bool:
        one, other = self._land(means, use.lever, "levers"), self._land(end, aim, "ends")
        return bool(one & other) or not (use.named_land or (one and other))

    def _land(self, row: Mapping[str, Any], role: str, kind: str) -> frozenset[str]:
        """Return the land classes that a role is about: named, else its own, else those of all roles beside it."""
        named, own = row["ecosystems"] & self.land_classes, lever_roles()[role].land & self.land_classes
        if own and not named & own:
            return own
        beside = frozenset(land for each in row[kind] for land in lever_roles()[each].land)
        return named or beside & self.land_classes


_OF_MEANS = ("levers", "theme", "ecosystems")
_OF_END = ("ends", "theme", "ecosystems")


def _is_main(role: str, row: Mapping[str, Any]) -> bool:
    entry = lever_roles()[role]
    return not entry.themes or row["theme"] in entry.themes or (role in row["levers"] and not entry.general)


def _rank(service: Service) -> tuple[int, int, str, str]:
    return (-service.strength - service.mains, -service.strength, service.lever, service.end)


def load_lever_table(path: Path) -> LeverTable:
    """Read a table of levers; raises VocabularyError with every fault of the file."""
    marked = load_marked(path, VocabularyError)
    try:
        content = _LeverFile.model_validate(marked.data)
    except ValidationError as problem:
        faults = [
            Fault(marked.where(*error["loc"]), f"{'.'.join(map(str, error['loc']))}: {error['msg']}", _MANUAL)
            for error in problem.errors()
        ]
        raise VocabularyError(*faults) from None
    known = {kind: frozenset(lever_ids(kind)) for kind in ("levers", "ends")}
    faults = []
    uses: dict[tuple[str, str], tuple[LeverUse, int]] = {}
    for index, use in enumerate(content.levers):
        named = [("levers", use.lever), *(("ends", end) for ends in use.serves.values() for end in ends)]
        faults += [
            Fault(marked.where("levers", index), f"unknown id '{name}'", f"use one of '{kind}' in the vocabulary")
            for kind, name in named
            if name not in known[kind]
        ]
        for strength, end in _pairs(use):
            if (use.lever, end) in uses:
                faults.append(
                    Fault(marked.where("levers", index), f"{use.lever} on {end} stands twice", "keep one of the two")
                )
            uses[use.lever, end] = (use, strength)
    if faults:
        raise VocabularyError(*sorted(faults))
    return LeverTable(uses, frozenset(content.land_classes), content.levers)


def _pairs(use: LeverUse) -> Iterator[tuple[int, str]]:
    yield from ((strength, end) for strength, ends in sorted(use.serves.items()) for end in ends)


@cache
def lever_table() -> LeverTable:
    """Return the table of rules/frameworks/levers.yaml; raises VocabularyError."""
    return load_lever_table(rules_dir() / "frameworks" / "levers.yaml")


class _Pair(Protocol):
    a: Mapping[str, Any]
    b: Mapping[str, Any]


def _of_service(value_of: Callable[[Service], Any]) -> Callable[[_Pair], Any]:
    def compute(pair: _Pair) -> Any:
        found = lever_table().service(pair.b, pair.a)
        return None if found is None else value_of(found)

    return compute


def _back(pair: _Pair) -> Decimal | None:
    found = lever_table().service(pair.a, pair.b)
    return None if found is None else Decimal(found.strength)


LEVER_FACTS: Mapping[str, Callable[[_Pair], Any]] = {
    "lever": _of_service(lambda found: found.lever),
    "lever_end": _of_service(lambda found: found.end),
    "lever_strength": _of_service(lambda found: Decimal(found.strength)),
    "lever_general": _of_service(lambda found: found.general),
    "lever_mains": _of_service(lambda found: Decimal(found.mains)),
    "lever_way": _of_service(lambda found: found.way),
    "lever_reason": _of_service(lambda found: found.reasons),
    "lever_back": _back,
}
"""The facts of a pair that tell how b serves a, and how a serves b."""
LEVER_INPUTS = ("ecosystems", "ends", "levers", "theme")
"""The facts of both commitments that these depend on."""
