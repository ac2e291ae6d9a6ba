"""How a fact is declared: a field with a description, of a kind that its annotation says."""

from __future__ import annotations

import types
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

__all__ = ["FactKind", "FactSpec", "fact", "specs_of"]

FactKind = Literal["text", "number", "truth", "set"]


def fact(description: str, default: Any = None, *, shown_only: bool = False) -> Any:
    """Declare a fact; ``shown_only``: it may stand in explanations, not in conditions."""
    return field(default=default, metadata={"description": description, "shown_only": shown_only})


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One declared fact."""

    name: str
    kind: FactKind
    nullable: bool
    description: str
    shown_only: bool
    """Whether it may stand in explanations only, not in conditions."""


def specs_of(model: type[Any]) -> dict[str, FactSpec]:
    """Return the facts that a model declares, by name."""
    hints = get_type_hints(model)
    return {
        each.name: FactSpec(
            each.name, *_kind(hints[each.name]), each.metadata["description"], each.metadata["shown_only"]
        )
        for each in fields(model)
    }


def _kind(annotation: Any) -> tuple[FactKind, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        inner = next(part for part in get_args(annotation) if part is not type(None))
        return _kind(inner)[0], True
    kinds: dict[Any, FactKind] = {str: "text", int: "number", float: "number", bool: "truth"}
    return kinds.get(annotation, "set"), False
