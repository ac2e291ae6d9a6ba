"""A country's folder to the documents to read: by its dossier.yaml, or by what names and first pages say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coherence.countries import country_name, find_country
from coherence.dossier_inference import Selection, infer_manifest
from coherence.errors import DossierError, Fault, Location, ReadingError
from coherence.manifest import MANIFEST, Manifest, load_manifest
from coherence.models import Document, Dossier, ManifestEntry, Notice
from coherence.notices import notice, notices_of
from coherence.reading import read_document
from coherence.vocabulary import REPORT_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Selection", "country_name", "find_country", "load_dossier", "read_dossier"]

_SUPERSEDED = "superseded"


def load_dossier(directory: Path, selection: Selection | None = None) -> Dossier:
    """Return the documents of a folder, not yet read, sorted by file name.

    With dossier.yaml only what it lists; without it every document in the folder, its country, instruments and years
    inferred and said in notices; ``selection`` narrows what is inferred, and leaves out what is not clear.
    Raises DossierError with every fault and the lines of dossier.yaml that settle it.
    """
    directory = Path(directory)
    if not directory.is_dir():
        what = "there is no such folder" if not directory.exists() else "this is a file, not a folder"
        raise DossierError(Fault(Location(str(directory)), what, "give the folder that holds a country's documents"))
    listed = (directory / MANIFEST).is_file() and not (selection and (selection.files or selection.afresh))
    manifest = load_manifest(directory) if listed else None
    country, entries, notices, left_out = _listed(manifest) if manifest else infer_manifest(directory, selection)
    if not entries:
        faults = [Fault(Location(str(directory / each.where)), each.what, each.remedy) for each in left_out]
        remedy = "put PDF, DOCX, HTML, TXT, MD, XLSX or CSV files there"
        nothing = Fault(Location(str(directory)), "the folder holds no document to read", remedy)
        raise DossierError(*(faults or [nothing]))
    entries, versions = _versions(tuple(sorted(entries, key=lambda entry: entry.file)))
    return Dossier(
        country=country, country_name=country_name(country, REPORT_LANGUAGES[0]), directory=str(directory),
        entries=entries, notices=(*notices, *versions), left_out=left_out,
        as_of=manifest.as_of if manifest else None, suppressions=manifest.suppressions if manifest else (),
    )  # fmt: skip


def read_dossier(
    dossier: Dossier, progress: Callable[[str, int, int], None] | None = None
) -> tuple[tuple[Document, ...], tuple[Notice, ...]]:
    """Return the documents read and notices of those left out; one bad file never stops the others.

    Superseded versions are not read: the dossier's notices name them. ``progress`` is called with a file's name, the
    number of files done and the number of all.
    """
    entries = [entry for entry in dossier.entries if entry.status != _SUPERSEDED]
    documents: list[Document] = []
    left_out = list(dossier.left_out)
    for done, entry in enumerate(entries):
        if progress is not None:
            progress(entry.file, done, len(entries))
        try:
            documents.append(read_document(entry, dossier.country, dossier.country_name))
        except ReadingError as problem:
            left_out.extend(notices_of(problem.faults))
    if progress is not None:
        progress("", len(entries), len(entries))
    return tuple(documents), tuple(left_out)


def _listed(manifest: Manifest) -> tuple[str, tuple[ManifestEntry, ...], tuple[Notice, ...], tuple[Notice, ...]]:
    """Return country, entries, notices and files left out by the manifest."""
    return manifest.country, manifest.entries, (), notices_of(_within(manifest.absent))


def _within(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Name the manifest by its place in the folder: a report is the same wherever the folder lies."""
    return (replace(fault, location=replace(fault.location, path=MANIFEST)) for fault in faults)


def _versions(entries: Sequence[ManifestEntry]) -> tuple[tuple[ManifestEntry, ...], tuple[Notice, ...]]:
    """Mark older versions of an instrument as superseded where nothing says what they are."""
    latest: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for entry in entries:
        if entry.instrument not in {None, "OTHER"} and entry.year is not None and entry.status is None:
            latest[str(entry.instrument)] = max(latest.get(str(entry.instrument), 0), entry.year)
            counts[str(entry.instrument)] += 1
    marked: list[ManifestEntry] = []
    notices: list[Notice] = []
    for entry in entries:
        instrument = str(entry.instrument)
        if entry.status is None and entry.year is not None and counts[instrument] > 1:
            status = "current" if entry.year == latest[instrument] else _SUPERSEDED
            notices.append(_version_notice(entry, status, latest[instrument]))
            marked.append(entry.model_copy(update={"status": status}))
        else:
            if entry.status == _SUPERSEDED:
                notices.append(notice("info", entry.file, "dossier.superseded_as_told"))
            marked.append(entry)
    return tuple(marked), tuple(notices)


def _version_notice(entry: ManifestEntry, status: str, latest: int) -> Notice:
    version = {"instrument": entry.instrument, "year": entry.year}
    if status == _SUPERSEDED:
        return notice("info", entry.file, "dossier.version_superseded", latest=latest, **version)
    return notice("info", entry.file, "dossier.version_current", **version)
