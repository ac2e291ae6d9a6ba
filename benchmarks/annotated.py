"""The annotated documents that a benchmark measures on: the project's own, or those of a folder beside the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coherence.countries import find_country
from coherence.evaluation import AnnotatedDocument, annotated_documents, read_annotations
from coherence.manifest import MANIFEST, load_manifest
from coherence.models import ManifestEntry
from coherence.resources import corpora_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["own_documents", "shared_documents"]


def own_documents() -> tuple[AnnotatedDocument, ...]:
    """Return the documents of the example dossiers."""
    return annotated_documents([corpora_dir()])


def shared_documents(shared: Path) -> tuple[AnnotatedDocument, ...]:
    """Return the documents of ``shared/corpora`` that ``shared/gold/dev`` annotates.

    ``GHA_LDN.jsonl`` annotates the document ldn of the dossier GHA; other files are named after their document.
    """
    corpora = shared / "corpora"
    entries: dict[str, tuple[str | None, ManifestEntry]] = dict(_plain(corpora / "text", "CHN*"))
    entries |= dict(_plain(corpora / "ndc", "*.pdf"))
    for folder in sorted((corpora / "dossiers").iterdir()):
        entries |= dict(_listed(folder)) if (folder / MANIFEST).is_file() else {}
    annotations = sorted((shared / "gold" / "dev").glob("*.jsonl"))
    return tuple(
        AnnotatedDocument(entry, country, read_annotations(path))
        for path in annotations
        for country, entry in [entries[path.stem.casefold()]]
    )


def _plain(folder: Path, pattern: str) -> Iterator[tuple[str, tuple[str | None, ManifestEntry]]]:
    for path in sorted(folder.glob(pattern)):
        entry = ManifestEntry(file=str(path), path=str(path))
        yield path.stem.casefold(), (find_country(path.stem.split("_")[0]), entry)


def _listed(folder: Path) -> Iterator[tuple[str, tuple[str | None, ManifestEntry]]]:
    manifest = load_manifest(folder)
    for entry in manifest.entries:
        name = f"{folder.name}_{Path(entry.file).stem}".casefold()
        yield name, (manifest.country, entry.model_copy(update={"file": entry.path}))
