"""Passages → commitments, in seven languages by one mechanism; what differs between languages stands in YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coherence.extraction.context import Mention
    from coherence.models import Commitment, Document
    from coherence.rejections import Rejection

__all__ = ["extract_commitments", "rejected_figures", "restated_figures"]

_RUNNING = frozenset({"paragraph", "list_item", "footnote"})
"""Kinds of passages of running text."""


def extract_commitments(document: Document, *, everything: bool = False) -> tuple[Commitment, ...]:
    """Return the commitments of a document in order of their places.

    With ``everything``, statements of past achievement and negated ones too (``modality`` tells).
    """
    # Vocabularies and their libraries are loaded only when a document is read.
    from coherence.extraction.commitments import commitments_of  # noqa: PLC0415
    from coherence.extraction.fields import document_defaults, reference_year  # noqa: PLC0415
    from coherence.extraction.parts import link_parts  # noqa: PLC0415
    from coherence.extraction.repeats import merge_repeats  # noqa: PLC0415

    mentions = _mentions(document)
    defaults = document_defaults(mentions, reference_year(document))
    found = merge_repeats(commitments_of(document, mentions, defaults, everything=everything))
    return tuple(sorted(link_parts(found), key=_place))


def restated_figures(document: Document) -> tuple[Commitment, ...]:
    """Return the figures that a document gives as those of another instrument, in order of their places.

    "The climate contribution foresees 2 million ha by 2030" is no promise of the plan in which it stands.
    """
    from coherence.extraction.attribution import names_another  # noqa: PLC0415
    from coherence.extraction.commitments import restated_in  # noqa: PLC0415
    from coherence.extraction.fields import NO_DEFAULTS  # noqa: PLC0415
    from coherence.extraction.prose import prose_mentions  # noqa: PLC0415

    telling = [
        p
        for p in document.passages
        if p.kind in _RUNNING and names_another(p.text, document.language, document.instrument)
    ]
    found = {c.id: c for c in restated_in(document, prose_mentions(telling, document.language), NO_DEFAULTS)}
    return tuple(sorted(found.values(), key=_place))


def _place(commitment: Commitment) -> tuple[int, int, int, str]:
    place = commitment.provenance
    return place.page, place.start, place.end, commitment.id


def rejected_figures(document: Document) -> tuple[Rejection, ...]:
    """Return the figures of a document that are no commitments, each with the reason, in order of their places.

    Numbers in tables of which nothing tells the unit are among them; in running text only figures with a unit are.
    """
    from coherence.extraction.commitments import rejections_of  # noqa: PLC0415
    from coherence.extraction.quotation import provenance_of_row  # noqa: PLC0415
    from coherence.extraction.tables import unmeasured_numbers  # noqa: PLC0415
    from coherence.rejections import Rejection  # noqa: PLC0415

    rows = [p for p in document.passages if p.kind == "table_row"]
    unmeasured = (
        Rejection(
            document=document.path, provenance=provenance_of_row(document, row, (start, end)),
            figure=row.text[start:end], reason="no_unit",
        )
        for row, start, end in unmeasured_numbers(rows, document.language)
    )  # fmt: skip
    found = [*rejections_of(document, _mentions(document)), *unmeasured]
    return tuple(sorted(found, key=lambda r: (r.provenance.page, r.provenance.start, r.provenance.end)))


def _mentions(document: Document) -> list[Mention]:
    from coherence.extraction.prose import prose_mentions  # noqa: PLC0415
    from coherence.extraction.tables import table_mentions  # noqa: PLC0415

    rows = [p for p in document.passages if p.kind == "table_row"]
    running = [p for p in document.passages if p.kind in _RUNNING]
    mentions = [*prose_mentions(running, document.language), *table_mentions(rows, document.language)]
    return sorted(mentions, key=lambda m: (m.passage.spans[0].page, m.passage.spans[0].start, m.start, m.focus))
