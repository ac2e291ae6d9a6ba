"""Facts as conditions read them one by one: mappings by name, numbers as exact decimals."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from coherence.pair_facts import InteractionTable, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coherence.fact_models import FactBase, StatementFacts

__all__ = ["Env", "RowBase", "row_base", "row_of", "statement_envs"]

Env = dict[str, Row]
"""The rows in view, by the name that conditions reach them through (a, b, pair, doc, said, dossier, missing)."""


@dataclass(frozen=True, slots=True)
class RowBase:
    """One dossier's rows, in the order of its FactBase."""

    commitments: tuple[Row, ...]
    documents: tuple[Row, ...]
    by_path: dict[str, Row]
    dossier: Row
    interactions: InteractionTable


def row_base(facts: FactBase, interactions: InteractionTable) -> RowBase:
    """Return the rows of all facts."""
    documents = tuple(row_of(each) for each in facts.documents)
    return RowBase(
        commitments=tuple(row_of(each) for each in facts.commitments),
        documents=documents,
        by_path={row["path"]: row for row in documents},
        dossier=row_of(facts.dossier),
        interactions=interactions,
    )


def statement_envs(statements: Iterable[StatementFacts], documents: Mapping[str, Row], dossier: Row) -> Iterator[Env]:
    """Yield the rows in view of a condition on a statement: itself, its instrument as missing, document, dossier."""
    for each in statements:
        said = row_of(each)
        missing = {"instrument": each.instrument}
        yield {"said": said, "missing": missing, "doc": documents[each.document], "dossier": dossier}


def row_of(record: Any) -> Row:
    """Return a record's facts by name; numbers become the decimals that their shortest text spells."""
    return {name: _plain(getattr(record, name)) for name in _names(record.__class__)}


@cache
def _names(model: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(model))


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return Decimal(value) if isinstance(value, int) else Decimal(repr(value))
