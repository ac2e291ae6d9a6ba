"""The land of countries, and whether commitments ask for more of it than there is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from coherence.accounting_models import LandCheck
from coherence.countries import country_codes
from coherence.errors import Fault, VocabularyError
from coherence.model_basics import Frozen
from coherence.resources import rules_dir
from coherence.strict_yaml import load_marked

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.accounting_models import Total

__all__ = ["LandTable", "land_check", "land_table", "load_land_table"]

_HECTARES_IN_KM2 = 100.0


class LandTable(Frozen):
    """rules/frameworks/land_area.yaml: square kilometres by ISO 3166-1 alpha-3 code."""

    source: str = Field(min_length=1)
    year: int
    verified: bool
    land_km2: dict[str, float]
    total_km2: dict[str, float] = Field(default_factory=dict)
    """Countries of which the source gives the area with inland water only."""


@cache
def land_table() -> LandTable:
    """Return the shipped table; raises VocabularyError."""
    return load_land_table(rules_dir() / "frameworks" / "land_area.yaml")


def load_land_table(path: Path) -> LandTable:
    """Read a table; raises VocabularyError with every fault."""
    marked = load_marked(path, VocabularyError)
    try:
        table = LandTable.model_validate(marked.data)
    except ValidationError as problem:
        raise VocabularyError(
            *(
                Fault(marked.where(*error["loc"]), f"{'.'.join(map(str, error['loc']))}: {error['msg']}",
                      "see docs/reference/accounting.md")
                for error in problem.errors()
            )
        ) from None  # fmt: skip
    faults = []
    for key, areas in (("land_km2", table.land_km2), ("total_km2", table.total_km2)):
        for code, area in areas.items():
            if code not in country_codes():
                faults.append(Fault(marked.where(key, code), f"'{code}' is no country", "use ISO 3166-1 alpha-3 codes"))
            if not area > 0:
                faults.append(Fault(marked.where(key, code), f"'{code}' has no area", "give square kilometres"))
    if faults:
        raise VocabularyError(*faults)
    return table


def land_check(country: str, demand: Total) -> LandCheck | None:
    """Return the demand for land beside the country's land, or None where its area is not known."""
    table = land_table()
    total_area = country not in table.land_km2
    area = table.total_km2.get(country) if total_area else table.land_km2[country]
    if area is None:
        return None
    hectares = area * _HECTARES_IN_KM2
    return LandCheck(
        demand=demand, land_area_ha=hectares, total_area=total_area, source=table.source, year=table.year,
        verified=table.verified,
        verdict="exceeded" if demand.low > hectares else "may_exceed" if demand.high > hectares else "within",
    )  # fmt: skip
