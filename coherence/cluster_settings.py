"""What counts when commitments are put together as integrated projects: ``rules/frameworks/clustering.yaml``."""

from __future__ import annotations

from functools import cache

from pydantic import Field, ValidationError

from coherence.errors import VocabularyError
from coherence.form_faults import form_faults
from coherence.frameworks import Texts
from coherence.models import Convention, Element, FindingKind, Frozen
from coherence.resources import rules_dir
from coherence.strict_yaml import load_marked

__all__ = ["ClusterTexts", "Clustering", "clustering"]

_MANUAL = "docs/reference/frameworks.md"


class ClusterTexts(Frozen):
    """Words that clusters are described with."""

    within: Texts
    range: Texts
    single: Texts
    figures: Texts
    serves: Texts
    asks: Texts
    joins: Texts
    prepared: Texts


class Clustering(Frozen):
    """``rules/frameworks/clustering.yaml``."""

    version: str
    kinds: dict[FindingKind, int]
    left_out_groups: tuple[str, ...]
    resolution: float = Field(gt=0)
    seed: int
    least_weight: float = Field(ge=0)
    fewest_members: int = Field(ge=2)
    fewest_instruments: int = Field(ge=2)
    unrelated_share: float = Field(ge=0, le=1)
    most: int = Field(ge=1)
    most_members: int = Field(ge=2)
    most_objectives: int = Field(ge=1)
    asked_by_funders: tuple[Element, ...]
    objectives: dict[Convention, tuple[str, ...]]
    responses: dict[str, str]
    texts: ClusterTexts


@cache
def clustering() -> Clustering:
    """Return how clusters are made; raises VocabularyError."""
    marked = load_marked(rules_dir() / "frameworks" / "clustering.yaml", VocabularyError)
    try:
        return Clustering.model_validate(marked.data)
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, Clustering, _MANUAL)) from None
