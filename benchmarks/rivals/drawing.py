"""Many commitments that look like real ones: drawn from those of dossiers, with other figures, years and places."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from coherence.dossier import country_name, load_dossier, read_dossier
from coherence.fact_models import CommitmentFacts, DocumentFacts, FactBase
from coherence.facts import build_facts, document_facts, dossier_facts
from coherence.graph import build_graph
from coherence.manifest import MANIFEST
from coherence.pipeline import document_record, extract_documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CHANGED = 0.5
_FIGURES = ("value", "area_ha", "area_low_ha", "area_high_ha", "amount", "emission_tco2e", "count")
_YEARS = ("start_year", "target_year", "baseline_year")


def real_commitments(folder: Path) -> tuple[CommitmentFacts, ...]:
    """Return the commitments of all dossiers in a folder, as rules see them."""
    found: list[CommitmentFacts] = []
    for path in sorted(folder.iterdir()):
        if not (path / MANIFEST).is_file():
            continue
        dossier = load_dossier(path)
        documents, _ = read_dossier(dossier)
        commitments = extract_documents(documents)
        records = tuple(document_record(each, commitments) for each in documents)
        name = country_name(dossier.country, "en")
        found += build_facts(build_graph(dossier.country, name, records, commitments)).commitments
    return tuple(found)


def drawn(real: Sequence[CommitmentFacts], size: int, dossiers: int, seed: int = 1) -> list[FactBase]:
    """Return dossiers of equal size with ``size`` commitments in all; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    places = sorted({place for each in real for place in each.places})
    each_size = [size // dossiers + (number < size % dossiers) for number in range(dossiers)]
    return [_dossier(real, f"X{number:04}", count, places, chance) for number, count in enumerate(each_size)]


def _dossier(
    real: Sequence[CommitmentFacts], country: str, size: int, places: list[str], chance: random.Random
) -> FactBase:
    made = tuple(_changed(chance.choice(real), country, number, places, chance) for number in range(size))
    stated: dict[str, list[CommitmentFacts]] = {}
    for each in made:
        stated.setdefault(each.document, []).append(each)
    documents = tuple(
        document_facts(DocumentFacts(path=path, title=path, instrument=own[0].instrument), own)
        for path, own in sorted(stated.items())
    )
    return FactBase(made, documents, dossier_facts(country, country, documents, made))


def _changed(
    real: CommitmentFacts, country: str, number: int, places: list[str], chance: random.Random
) -> CommitmentFacts:
    """Return a commitment with, half of the times, other figures; likewise other years and other places."""
    changes = {"id": f"{country}-{number:06}", "country": country, "document": f"{real.instrument}.pdf"}
    new = replace(real, **changes)
    if chance.random() < _CHANGED:
        factor = 10 ** chance.uniform(-1, 1)
        figures = {name: getattr(real, name) for name in _FIGURES}
        new = replace(new, **{name: float(f"{value * factor:.3g}") for name, value in figures.items() if value})
    if chance.random() < _CHANGED:
        shift = chance.randint(-5, 5)
        years = {name: getattr(real, name) for name in _YEARS}
        new = replace(new, **{name: value + shift for name, value in years.items() if value})
    if real.places and chance.random() < _CHANGED:
        new = replace(new, places=frozenset(chance.sample(places, min(len(real.places), len(places)))))
    return new
