"""The command that writes a dossier.yaml from what a folder's documents show: dossier."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from coherence.cli_printing import CountryFolder, ExitCode, complain, print_notices, progress_bar
from coherence.errors import CoherenceError, Fault, Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.models import Document, Dossier

__all__ = ["dossier"]


def dossier(
    directory: CountryFolder,
    *,
    save: Annotated[bool, typer.Option("--save", help="Write it into the folder instead of printing it.")] = False,
) -> None:
    """Print a dossier.yaml for a folder without one, or save it: what was inferred of each document, to correct."""
    from coherence.dossier import Selection, load_dossier, read_dossier  # noqa: PLC0415  # slow imports wait
    from coherence.manifest import MANIFEST  # noqa: PLC0415

    manifest = directory / MANIFEST
    # A shell empties the file of "coherence dossier DIR > DIR/dossier.yaml" before this program runs.
    if manifest.is_file() and manifest.read_bytes().strip():
        raise CoherenceError(Fault(Location(str(manifest)), "it is there already", "edit this file"))
    with progress_bar() as progress:
        found = load_dossier(directory, Selection(afresh=True))
        documents, left_out = read_dossier(found, progress)
    text = _text(found, documents)
    if save:
        manifest.write_text(text, encoding="utf-8", newline="\n")
        complain(f"{manifest}: written; correct it before you assess the dossier")
    else:
        sys.stdout.write(text)
        sys.stdout.flush()
    print_notices(left_out)
    if left_out:
        raise typer.Exit(ExitCode.PARTIAL)


def _text(found: Dossier, documents: tuple[Document, ...]) -> str:
    """Return the file; what the documents do not tell, and what only a person can decide, stands as comments."""
    from coherence.manifest import yaml_text  # noqa: PLC0415

    lines = [
        "# What the documents show: correct it, and keep it as dossier.yaml beside them.",
        f"country: {found.country}",
        "# as_of: 2026-11-30  # the date of your assessment: the next moments of revision are counted from it",
        "documents:",
    ]
    for document in documents:
        lines += [f"  - file: {yaml_text(document.path)}", f"    instrument: {document.instrument}"]
        lines += [f"    title: {yaml_text(' '.join(document.title.split()))}"] if document.title else []
        lines.append(f"    year: {document.year}" if document.year else "    # year: 2020  # not found: fill in")
        lines.append(f"    language: {document.language}")
    return "\n".join([*lines, *_undecided(found)]) + "\n"


def _undecided(found: Dossier) -> Iterator[str]:
    """Yield commented entries of the documents that nobody but a person can place."""
    from coherence.dossier_inference import SAME_VERSION, UNCLEAR  # noqa: PLC0415
    from coherence.manifest import yaml_text  # noqa: PLC0415
    from coherence.reading.identity import instrument_choices  # noqa: PLC0415

    for each in found.left_out:
        told = dict(each.values)
        if each.message == SAME_VERSION:
            same = f"it may be the same {told['instrument']} as {told['other']}, in another language or version"
            yield f"  # Not listed: {same}. List the one that holds."
        elif each.message == UNCLEAR:
            yield f"  # Not listed: {each.what.removeprefix('left out: ')}. State it."
        else:
            continue
        yield f"  # - file: {yaml_text(each.where)}"
        yield f"  #   instrument: {told.get('instrument') or ' or '.join(instrument_choices())}"
