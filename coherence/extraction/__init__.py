"""Passages → commitments, in seven languages by one mechanism; what differs between languages stands in YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coherence.models import Commitment, Document

__all__ = ["extract_commitments"]


def extract_commitments(document: Document, *, everything: bool = False) -> tuple[Commitment, ...]:
    """Return the commitments of a document in order of their places.

    With ``everything``, statements of past achievement and negated ones too (``modality`` tells).
    """
    # Vocabularies and their libraries are loaded only when a document is read.
    from coherence.extraction.commitments import commitments_of  # noqa: PLC0415
    from coherence.extraction.fields import document_defaults, reference_year  # noqa: PLC0415
    from coherence.extraction.parts import link_parts  # noqa: PLC0415
    from coherence.extraction.prose import prose_mentions  # noqa: PLC0415
    from coherence.extraction.repeats import merge_repeats  # noqa: PLC0415
    from coherence.extraction.tables import table_mentions  # noqa: PLC0415

    rows = [p for p in document.passages if p.kind == "table_row"]
    running = [p for p in document.passages if p.kind in {"paragraph", "list_item", "footnote"}]
    mentions = [*prose_mentions(running, document.language), *table_mentions(rows, document.language)]
    mentions.sort(key=lambda m: (m.passage.spans[0].page, m.passage.spans[0].start, m.start, m.focus))
    defaults = document_defaults(mentions, reference_year(document))
    found = merge_repeats(commitments_of(document, mentions, defaults, everything=everything))
    return tuple(
        sorted(link_parts(found), key=lambda c: (c.provenance.page, c.provenance.start, c.provenance.end, c.id))
    )
