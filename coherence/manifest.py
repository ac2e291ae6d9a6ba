"""dossier.yaml read strictly: every fault at once, each with line, column and what may have been meant."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from coherence.countries import country_codes, suggest_country
from coherence.errors import DossierError, Fault
from coherence.manifest_models import EARLIEST_YEAR, LATEST_YEAR, DocumentSpec, ManifestSpec
from coherence.models import ManifestEntry
from coherence.notices import fault
from coherence.reading.identity import instrument_choices
from coherence.strict_yaml import Marked, load_marked
from coherence.suppressions import read_suppressions
from coherence.vocabulary import LANGUAGES, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.models import Suppression

__all__ = ["MANIFEST", "Manifest", "load_manifest", "yaml_text"]

MANIFEST = "dossier.yaml"
_KEYS = tuple(ManifestSpec.model_fields)
_DOCUMENT_KEYS = tuple(DocumentSpec.model_fields)
_TEXTS = ("title", "source", "notes", "version")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What dossier.yaml says. ``absent`` holds a fault for every listed file that is not there."""

    country: str
    entries: tuple[ManifestEntry, ...]
    absent: tuple[Fault, ...] = ()
    as_of: date | None = None
    suppressions: tuple[Suppression, ...] = ()


def load_manifest(directory: Path) -> Manifest:
    """Read ``directory/dossier.yaml``; raises DossierError with all faults. Absent files alone are no error."""
    marked = load_marked(directory / MANIFEST, DossierError)
    checker = _Checker(marked, directory)
    manifest = checker.manifest()
    if checker.faults:
        raise DossierError(*sorted((*checker.faults, *manifest.absent), key=_place))
    return manifest


def _place(fault: Fault) -> tuple[int, int, str]:
    return fault.location.line or 0, fault.location.column or 0, fault.what


@dataclass(slots=True)
class _Checker:
    """Checks a parsed manifest and collects faults."""

    marked: Marked
    directory: Path
    faults: list[Fault] = field(default_factory=list)
    absent: list[Fault] = field(default_factory=list)

    def manifest(self) -> Manifest:
        data = self.marked.data
        if not isinstance(data, dict):
            self._fault((), "the manifest holds no keys", "begin with 'country:' and 'documents:'")
            return Manifest("", ())
        self._unknown_keys(data, _KEYS, ())
        country = self._country(data)
        listed = data.get("documents")
        if not isinstance(listed, list) or not listed:
            self._fault(("documents",), "no documents are listed", "list each one as '- file: name.pdf'")
            return Manifest(country, ())
        entries = [self._entry(item, index) for index, item in enumerate(listed)]
        self._told_apart(listed, entries)
        kept = tuple(entry for entry in entries if entry is not None and Path(entry.path).is_file())
        return Manifest(country, kept, tuple(self.absent), self._as_of(data.get("as_of")), self._suppressions(data))

    def _as_of(self, value: Any) -> date | None:
        try:
            return None if value is None else date.fromisoformat(str(value))
        except ValueError:
            self._fault(("as_of",), f"'{value}' is no date", "write year, month and day, as 2026-11-30")
            return None

    def _suppressions(self, data: dict[str, Any]) -> tuple[Suppression, ...]:
        listed = data.get("suppressions")
        if listed is not None and not isinstance(listed, list):
            self._fault(
                ("suppressions",), "suppressions are not a list", "begin each one with '- finding:' or '- rule:'"
            )
            return ()
        return read_suppressions(self.marked, self.faults) if listed else ()

    def _fault(self, key_path: Sequence[str | int], what: str, remedy: str) -> None:
        self.faults.append(Fault(self.marked.where(*key_path), what, remedy))

    def _unknown_keys(self, data: dict[str, Any], known: Iterable[str], key_path: tuple[str | int, ...]) -> None:
        for key in data:
            if key not in known:
                remedy = _did_you_mean(key, known) or f"known keys: {', '.join(known)}"
                self._fault((*key_path, key, ""), f"unknown key '{key}'", remedy)

    def _country(self, data: dict[str, Any]) -> str:
        value = data.get("country")
        if isinstance(value, str) and value in country_codes():
            return value
        if value is None:
            self._fault(("country",), "the country is missing", "add 'country: ' with its three-letter ISO 3166-1 code")
            return ""
        meant = suggest_country(str(value))
        remedy = (
            f"did you mean {' or '.join(meant)}?"
            if meant
            else "write its three-letter ISO 3166-1 code, as GHA for Ghana"
        )
        self._fault(("country",), f"unknown country code '{value}'", remedy)
        return ""

    def _entry(self, item: Any, index: int) -> ManifestEntry | None:
        here: tuple[str | int, ...] = ("documents", index)
        if not isinstance(item, dict):
            self._fault(here, "a document must have keys", "write it as '- file: name.pdf'")
            return None
        self._unknown_keys(item, _DOCUMENT_KEYS, here)
        for key in _TEXTS:
            if item.get(key) is not None and not isinstance(item[key], str | int | float):
                self._fault((*here, key), f"{key} must be text", "write it on one line, in quotes if it holds a colon")
        path = self._file(item.get("file"), here)
        fields = {
            "instrument": self._choice(item, "instrument", instrument_choices(), here),
            "language": self._choice(item, "language", LANGUAGES, here),
            "status": self._choice(item, "status", term_list("dossier")["statuses"], here),
            "year": self._year(item.get("year"), here),
        }
        if path is None:
            return None
        texts = {key: str(item[key]) for key in ("title", "source") if item.get(key) is not None}
        return ManifestEntry(file=str(item["file"]), path=str(path), **texts, **fields)

    def _file(self, value: Any, here: tuple[str | int, ...]) -> Path | None:
        if not isinstance(value, str) or not value.strip():
            self._fault((*here, "file"), "the file is missing", "add 'file: ' with its name in this folder")
            return None
        name = PurePosixPath(value.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
            self._fault((*here, "file"), f"'{value}' lies outside the dossier", "copy it into this folder")
            return None
        path = self.directory / name
        if not path.is_file():
            known = sorted(
                entry.name for entry in self.directory.iterdir() if entry.is_file() and entry.name != MANIFEST
            )
            place = self.marked.where(*here, "file")
            similar = _nearest(value, known)
            self.absent.append(
                fault(place, "dossier.file_absent_similar", file=value, similar=similar)
                if similar
                else fault(place, "dossier.file_absent", file=value)
            )
        return path

    def _choice(
        self, item: dict[str, Any], key: str, choices: Sequence[str], here: tuple[str | int, ...]
    ) -> str | None:
        value = item.get(key)
        if value is None or value in choices:
            return value
        remedy = _instrument_alias(str(value)) if key == "instrument" else ""
        remedy = remedy or _did_you_mean(str(value), choices) or f"one of: {', '.join(choices)}"
        self._fault((*here, key), f"unknown {key} '{value}'", remedy)
        return None

    def _year(self, value: Any, here: tuple[str | int, ...]) -> int | None:
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and EARLIEST_YEAR <= value <= LATEST_YEAR:
            return value
        remedy = f"write a year from {EARLIEST_YEAR} to {LATEST_YEAR}, or leave it out"
        self._fault((*here, "year"), f"'{value}' is no year", remedy)
        return None

    def _told_apart(self, listed: list[Any], entries: list[ManifestEntry | None]) -> None:
        """Fault files listed twice, and documents of one instrument that nothing tells apart."""
        files: dict[str, int] = {}
        seen: dict[tuple[Any, ...], int] = {}
        for index, entry in enumerate(entries):
            if entry is None:
                continue
            here = ("documents", index, "file")
            if files.setdefault(entry.file, index) != index:
                self._fault(here, f"'{entry.file}' is listed twice", "remove one of the two")
                continue
            mark = (entry.instrument, entry.year, entry.status, str(listed[index].get("version")))
            if entry.instrument in {None, "OTHER"}:
                continue
            first = seen.setdefault(mark, index)
            if first != index:
                other = entries[first]
                both = f"'{other.file if other else ''}' and '{entry.file}'"
                what = f"two documents are {entry.instrument} of the same year: {both}"
                remedy = "give each its year, or one 'status: superseded' or 'status: draft', or each a 'version:'"
                self._fault(here, what, remedy)


def _did_you_mean(value: str, choices: Iterable[str]) -> str:
    found = _nearest(value, choices)
    return f"did you mean '{found}'?" if found else ""


def _nearest(value: str, choices: Iterable[str]) -> str:
    by_folded = {choice.casefold(): choice for choice in choices}
    found = difflib.get_close_matches(value.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def _instrument_alias(value: str) -> str:
    for instrument, entry in term_list("instruments").items():
        if value.casefold() in {str(name).casefold() for name in entry["names"]}:
            return f"did you mean '{instrument}'?"
    return ""


def yaml_text(text: str) -> str:
    """Return a text as it may stand in dossier.yaml on one line: quoted, unless it is plain."""
    plain = text.isascii() and text[:1].isalpha() and all(char.isalnum() or char in "._/-" for char in text)
    return text if plain else json.dumps(text, ensure_ascii=False)
