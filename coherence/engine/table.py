"""Facts in columns: the commitments of one or more dossiers, one array for each fact, built when first asked for.

Positions are row numbers, from 0, over the dossiers one after another. Equal values have equal codes, also across
columns of one kind; the code of what is not known is -1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from coherence.engine.rows import row_of
from coherence.fact_models import FACTS
from coherence.rule_functions import including

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from coherence.engine.rows import Env
    from coherence.fact_models import CommitmentFacts, FactBase
    from coherence.pair_facts import InteractionTable, Row

__all__ = ["INCLUDING", "UNKNOWN", "Codes", "FactTable", "Mask", "Members", "Numbers", "Positions"]

Positions: TypeAlias = npt.NDArray[np.intp]
Codes: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[np.float64]

UNKNOWN = -1
INCLUDING = "including "
"""Before the name of a fact that holds themes: a column of these themes and of all that include them."""
_EXACT_BELOW = 2.0**52
_BITS = 64
_MOST_WORDS = 16_000_000
"""Words of all rows of one column: more would take more than 128 MB."""


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a column of sets, one entry for each row and member, in the order of the rows."""

    rows: Positions
    codes: Codes
    """Codes of the members, as of texts."""


class FactTable:
    """Commitments of dossiers by position, and by fact."""

    def __init__(self, bases: Sequence[FactBase], interactions: InteractionTable) -> None:
        """Hold the facts of the dossiers; columns and rows are made when first asked for."""
        self.bases = tuple(bases)
        self.interactions = interactions
        # By id, so that what a limit keeps does not hang on the order of the input.
        self.records: tuple[CommitmentFacts, ...] = tuple(
            chain.from_iterable(sorted(base.commitments, key=lambda each: each.id) for base in bases)
        )
        sizes = [len(base.commitments) for base in bases]
        self.block: Codes = np.repeat(np.arange(len(bases), dtype=np.int64), sizes)
        """Number of the dossier of each row."""
        self._text_codes: dict[str, int] = {}
        self._value_codes: dict[str, dict[Any, int]] = {"text": self._text_codes, "number": {}, "set": {}}
        self._kept: dict[Hashable, Any] = {}
        self._rows: dict[int, Row] = {}
        self._dossiers = tuple(row_of(base.dossier) for base in bases)
        self._documents = tuple({each.path: row_of(each) for each in base.documents} for base in bases)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.records)

    def keep(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what was made under ``key`` before, or make it: rules share columns, joins and conditions."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def row(self, position: int) -> Row:
        """Return one commitment's facts by name, numbers as decimals."""
        if position not in self._rows:
            self._rows[position] = row_of(self.records[position])
        return self._rows[position]

    def dossier(self, block: int) -> Row:
        """Return the facts of a dossier."""
        return self._dossiers[block]

    def documents(self, block: int) -> tuple[Row, ...]:
        """Return the facts of a dossier's documents, by path."""
        return tuple(row for _, row in sorted(self._documents[block].items()))

    def env(self, position: int) -> Env:
        """Return the rows in view of a condition on one commitment: itself, its document and its dossier."""
        block = int(self.block[position])
        document = self._documents[block][self.records[position].document]
        return {"a": self.row(position), "doc": document, "dossier": self._dossiers[block]}

    def codes(self, name: str) -> Codes:
        """Return the codes of a fact."""
        return self.keep(("codes", name), lambda: self._codes(name))  # type: ignore[no-any-return]

    def dense(self, name: str) -> tuple[Codes, int]:
        """Return codes from 0 without gaps, the unknown among them, and how many there are."""

        def make() -> tuple[Codes, int]:
            values, inverse = np.unique(self.codes(name), return_inverse=True)
            return inverse.astype(np.int64), len(values)

        return self.keep(("dense", name), make)  # type: ignore[no-any-return]

    def numbers(self, name: str) -> Numbers:
        """Return the values of a numeric fact; 0 where it is not known."""

        def make() -> Numbers:
            values = (getattr(record, name) for record in self.records)
            found = np.fromiter((np.nan if each is None else float(each) for each in values), float, len(self))
            return np.where(np.isnan(found), 0.0, found)

        return self.keep(("numbers", name), make)  # type: ignore[no-any-return]

    def is_exact(self, name: str) -> bool:
        """Return whether no whole number of the fact is too large for a float, so that their order is kept."""

        def make() -> bool:
            values = (getattr(record, name) for record in self.records)
            return all(not isinstance(each, int) or abs(each) < _EXACT_BELOW for each in values)

        return self.keep(("exact", name), make)  # type: ignore[no-any-return]

    def members(self, name: str) -> Members:
        """Return the members of a fact's sets; a text counts as a set of itself."""
        return self.keep(("members", name), lambda: self._members(name))  # type: ignore[no-any-return]

    def bits(self, name: str, *, across: bool) -> npt.NDArray[np.uint64] | None:
        """Return one bit for each member of the fact's sets, in words of 64: shape (rows, words); None if too many.

        Each dossier has its own numbering, so that the names of one country cost the others nothing; unless the
        bits of rows of different dossiers are to be compared (``across``).
        """

        def make() -> npt.NDArray[np.uint64] | None:
            members = self.members(name)
            blocks = np.zeros_like(members.codes) if across else self.block[members.rows]
            size = int(members.codes.max(initial=0)) + 1
            keys, number = np.unique(blocks * size + members.codes, return_inverse=True)
            place = number - np.searchsorted(keys // size, blocks)
            words = int(place.max(initial=0)) // _BITS + 1
            if len(self) * words > _MOST_WORDS:
                return None
            found = np.zeros((len(self), words), dtype=np.uint64)
            np.bitwise_or.at(found, (members.rows, place // _BITS), np.uint64(1) << (place % _BITS).astype(np.uint64))
            return found

        return self.keep(("bits", name, across), make)  # type: ignore[no-any-return]

    def text_code(self, text: str) -> int:
        """Return the code of a text; a new one for a text that no row has."""
        return self._text_codes.setdefault(text, len(self._text_codes))

    def _codes(self, name: str) -> Codes:
        kind = FACTS["a"][name].kind if name in FACTS["a"] else "text"
        values = [getattr(record, name) for record in self.records]
        if kind == "truth":
            return np.array([UNKNOWN if each is None else int(each) for each in values], dtype=np.int64)
        known_codes = self._value_codes[kind]
        found = (UNKNOWN if each is None else known_codes.setdefault(each, len(known_codes)) for each in values)
        return np.fromiter(found, np.int64, len(values))

    def _members(self, name: str) -> Members:
        if name.startswith(INCLUDING):
            return self._including(self.members(name.removeprefix(INCLUDING)))
        if FACTS["a"][name].kind != "set":
            codes = self.codes(name)
            known = np.flatnonzero(codes != UNKNOWN)
            return Members(known, codes[known])
        sizes = [len(getattr(record, name)) for record in self.records]
        texts = chain.from_iterable(sorted(getattr(record, name)) for record in self.records)
        codes = np.fromiter((self.text_code(each) for each in texts), np.int64, sum(sizes))
        return Members(np.repeat(np.arange(len(self), dtype=np.intp), sizes), codes)

    def _including(self, themes: Members) -> Members:
        texts = list(self._text_codes)
        wider = {
            code: [self.text_code(each) for each in sorted(including(texts[code]))]
            for code in set(themes.codes.tolist())
        }
        found = [wider[code] for code in themes.codes.tolist()]
        codes = np.array([each for some in found for each in some], dtype=np.int64)
        return Members(np.repeat(themes.rows, [len(each) for each in found]), codes)
