"""What documents say of instruments that are not there yet, or over, as facts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coherence.fact_models import StatementFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.fact_models import DocumentFacts
    from coherence.graph import Graph

__all__ = ["statements_of"]


def statements_of(graph: Graph, documents: Iterable[DocumentFacts]) -> tuple[StatementFacts, ...]:
    """Return the statements of a graph's documents, by document and then in the order of the text."""
    documents = tuple(documents)
    return tuple(
        StatementFacts(
            instrument=said["instrument"],
            state=said["state"],
            own=said["instrument"] == each.instrument,
            newer=_has_newer(said["instrument"], each, documents),
            document=each.path,
            quote=said["quote"],
            page=said["page"],
        )
        for each in documents
        for said in json.loads(graph.nodes[f"document:{each.path}"].get("statements", "[]"))
    )


def _has_newer(instrument: str, speaker: DocumentFacts, documents: Iterable[DocumentFacts]) -> bool:
    return any(
        other.year is None or speaker.year is None or other.year >= speaker.year
        for other in documents
        if other.instrument == instrument and other.path != speaker.path
    )
