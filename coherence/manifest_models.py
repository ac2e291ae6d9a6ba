"""What dossier.yaml may hold; its reader, ``manifest``, tells faults in words of its own."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from coherence.models import FileSpec, Instrument
from coherence.suppressions import SuppressionSpec
from coherence.vocabulary import Language

__all__ = ["EARLIEST_YEAR", "LATEST_YEAR", "DocumentSpec", "ManifestSpec"]

EARLIEST_YEAR = 1970
LATEST_YEAR = 2100
Line = str | int | float


class DocumentSpec(FileSpec):
    """One document of a dossier; what is left out is inferred, and the report says so."""

    file: str
    """Name of the file in this folder."""
    instrument: Instrument | None = None
    """The convention follows from it: NDC and NAP belong to the UNFCCC, NBSAP to the CBD, LDN to the UNCCD."""
    title: Line | None = None
    """Title as the report shows it."""
    year: Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)] | None = None
    """Year of publication."""
    language: Language | None = None
    """Language of the text; recognised where it is left out."""
    status: str | None = None
    """A superseded document is left out of the assessment."""
    version: Line | None = None
    """Tells two documents of one instrument and year apart."""
    source: Line | None = None
    """Where the file comes from, so that others can find it."""
    notes: Line | None = None
    """For yourself; not read."""


class ManifestSpec(FileSpec):
    """A dossier.yaml file: the documents of one country."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """ISO 3166-1 alpha-3 code, as GHA for Ghana."""
    documents: Annotated[tuple[DocumentSpec, ...], Field(min_length=1)]
    """Only the files listed are read."""
    as_of: date | None = None
    """Date of the assessment, by which suppressions end."""
    suppressions: tuple[SuppressionSpec, ...] = ()
    """Findings set aside, each with reason, author and expiry."""
    name: Line | None = None
    """For yourself; not read."""
    notes: Line | None = None
    """For yourself; not read."""
