"""The command that writes a dossier.yaml from what a folder's documents show: dossier."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from coherence.cli_printing import CountryFolder, ExitCode, print_notices, progress_bar
from coherence.errors import CoherenceError, Fault, Location

if TYPE_CHECKING:
    from coherence.models import Document, Dossier

__all__ = ["dossier"]


def dossier(directory: CountryFolder) -> None:
    """Print a dossier.yaml for a folder without one: what was inferred of each document, to correct and save."""
    from coherence.dossier import Selection, load_dossier, read_dossier  # noqa: PLC0415  # slow imports wait
    from coherence.manifest import MANIFEST  # noqa: PLC0415

    if (directory / MANIFEST).is_file():
        raise CoherenceError(Fault(Location(str(directory / MANIFEST)), "it is there already", "edit this file"))
    with progress_bar() as progress:
        found = load_dossier(directory, Selection())
        documents, left_out = read_dossier(found, progress)
    sys.stdout.write(_text(found, documents))
    sys.stdout.flush()
    print_notices(left_out)
    if left_out:
        raise typer.Exit(ExitCode.PARTIAL)


def _text(found: Dossier, documents: tuple[Document, ...]) -> str:
    """Return the file, the year of each document that tells none left to fill in."""
    from coherence.manifest import yaml_text  # noqa: PLC0415

    lines = [
        "# What the documents show: correct it, and save it as dossier.yaml beside them.",
        f"country: {found.country}",
        "documents:",
    ]
    for document in documents:
        lines += [f"  - file: {yaml_text(document.path)}", f"    instrument: {document.instrument}"]
        lines += [f"    title: {yaml_text(' '.join(document.title.split()))}"] if document.title else []
        lines.append(f"    year: {document.year}" if document.year else "    # year: 2020  # not found: fill in")
        lines.append(f"    language: {document.language}")
    return "\n".join(lines) + "\n"
