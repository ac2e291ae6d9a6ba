"""What all models share: their base, the words of closed fields, and notices."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["FROM_DOCUMENT", "RIO_INSTRUMENTS", "Confidence", "ConflictManageability", "ConflictMechanism",
           "ConflictType", "Convention", "Element", "FigureRole", "FileSpec", "FindingKind", "Frozen", "Instrument",
           "InteractionScore", "Notice", "PassageKind", "Relation", "Severity"]  # fmt: skip

Instrument = Literal["NDC", "NAP", "NBSAP", "LDN", "OTHER"]
RIO_INSTRUMENTS: tuple[Instrument, ...] = ("NDC", "NAP", "NBSAP", "LDN")
"""Those of the three Rio conventions."""
Convention = Literal["UNFCCC", "CBD", "UNCCD", "OTHER"]
Confidence = Annotated[float, Field(ge=0, le=1)]
FindingKind = Literal["overlap", "synergy", "conflict", "gap", "quality"]
ConflictType = Literal["contradiction", "tension"]
ConflictMechanism = Literal["goal_conflict", "resource_competition", "delivery_friction", "differing_statements"]
ConflictManageability = Literal["siting", "sequencing", "safeguards", "clarification", "political_choice"]
Severity = Literal["info", "low", "medium", "high"]
Relation = Literal["restated", "nested", "additive", "different_figures", "unknown"]
"""How two commitments that overlap stand to each other."""
InteractionScore = Annotated[int, Field(ge=-3, le=3)]
Element = Literal[
    "quantity", "deadline", "baseline", "place", "indicator", "finance", "body", "gender",
    "counterpart", "instrument", "link", "information",
]  # fmt: skip
FigureRole = Literal["amount", "remains", "rest", "part"]
"""What a figure is to its measure: done in all, what may remain of a loss, what is left to do, or a part of another."""
FROM_DOCUMENT = "document: "
"""What a trace begins with where a field holds what the document says of all it promises."""
PassageKind = Literal["heading", "paragraph", "list_item", "table_row", "footnote"]


class Frozen(BaseModel):
    """Base of all models: immutable and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileSpec(Frozen):
    """Base of what people write in YAML files; the texts under its fields are shown by editors."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Notice(Frozen):
    """Something the user must know about the input: a page without text, a file left out, an inference."""

    level: Literal["info", "warning", "error"]
    where: str
    what: str
    remedy: str = ""
    message: str = ""
    """Id of the text in the vocabulary of notices, by which it can be said in another language."""
    values: tuple[tuple[str, str], ...] = ()
    """Names and values of what the text was filled in with; "@" marks ids of phrases."""
