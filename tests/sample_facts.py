"""Commitments and documents for tests, as few words as possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coherence.facts import build_facts
from coherence.graph import build_graph
from coherence.identifiers import content_id
from coherence.models import Commitment, DocumentRecord

if TYPE_CHECKING:
    from coherence.fact_models import FactBase

CONVENTION = {"NDC": "UNFCCC", "NAP": "UNFCCC", "NBSAP": "CBD", "LDN": "UNCCD", "OTHER": "OTHER"}


def quantity(value: float | None, unit: str = "ha", **fields: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, "text": f"{value} {unit}", **fields}


def commitment(instrument: str, quote: str, *, page: int = 1, path: str = "", **fields: Any) -> Commitment:
    path = path or f"{instrument}.pdf"
    place = {"document": path, "sha256": "0" * 64, "page": page, "start": 0, "end": len(quote), "quote": quote}
    values = {
        "id": content_id("c", path, page, quote, fields.get("quantities", [])),
        "country": "XXX",
        "instrument": instrument,
        "convention": CONVENTION[instrument],
        "document": path,
        "language": "en",
        "provenance": place,
        "kind": "target",
        "modality": "committed",
        "confidence": 0.9,
        **fields,
    }
    return Commitment.model_validate(values)


def document(instrument: str, *, path: str = "", **fields: Any) -> DocumentRecord:
    path = path or f"{instrument}.pdf"
    values = {
        "path": path,
        "sha256": "0" * 64,
        "format": "pdf",
        "instrument": instrument,
        "convention": CONVENTION[instrument],
        "title": f"{instrument} of the country",
        "language": "en",
        "pages": 10,
        **fields,
    }
    return DocumentRecord.model_validate(values)


def facts_of(*commitments: Commitment, documents: tuple[DocumentRecord, ...] = ()) -> FactBase:
    stated = {each.document: document(each.instrument, path=each.document) for each in commitments}
    records = stated | {each.path: each for each in documents}
    return build_facts(build_graph("XXX", "Example", tuple(records.values()), commitments))


def dossier() -> tuple[tuple[DocumentRecord, ...], tuple[Commitment, ...]]:
    """Return a dossier that has every kind of node and edge."""
    return (
        (
            document("NDC", year=2021, mentions=("UNCCD", "NBSAP")),
            document("LDN", status="submitted"),
            document("NBSAP"),
        ),
        (
            commitment(
                "NDC",
                "Restore 200 km2 of degraded land in the North by 2030",
                page=12,
                themes=("land_restoration", "finance"),
                ecosystems=("dryland",),
                quantities=(quantity(20_000), quantity(None, "USD", low=1e6, high=2e6)),
                target_year=2030,
                baseline={"year": 2010, "kind": "base_year"},
                conditionality="conditional",
                places=("North", "Volta  Basin"),
                bodies=("Ministry of Environment",),
                gender=True,
                official_links=({"target": "KMGBF-T2", "made": "rule", "because": "themes"},),
            ),
            commitment(
                "LDN",
                "Restore 20 000 ha by 2030",
                themes=("land_restoration",),
                quantities=(quantity(20_000),),
                target_year=2030,
                ldn_response="reverse",
                places=("north",),
                document_year=2018,
            ),
            commitment(
                "NBSAP",
                "Plant trees on farms",
                themes=("agroforestry", "afforestation"),
                kind="measure",
                action="plant trees",
            ),
        ),
    )
