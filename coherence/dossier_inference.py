"""A folder without dossier.yaml: its country, and the instrument and year of each document, with the reasons.

What stays ambiguous is never guessed: all of it is one DossierError whose remedy is the dossier.yaml to write.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.countries import country_name, find_country
from coherence.errors import DossierError, Fault, Location, ReadingError
from coherence.manifest import MANIFEST
from coherence.models import ManifestEntry, Notice
from coherence.reading import read_opening
from coherence.reading.identity import (
    Inferred,
    Opening,
    infer_country,
    infer_instrument,
    infer_year,
    instrument_choices,
)
from coherence.reading.sniff import suffix_format
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coherence.models import Instrument

__all__ = ["infer_manifest"]

_CLEAR = 2.0
_DEEPEST_FOLDER = 4
_MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document of the folder and what was inferred of it."""

    file: str
    path: Path
    opening: Opening
    instrument: Inferred[Instrument]
    year: Inferred[int]


def infer_manifest(directory: Path) -> tuple[str, tuple[ManifestEntry, ...], tuple[Notice, ...], tuple[Notice, ...]]:
    """Return country, entries, notices and notices of files left out; raises DossierError with all ambiguities."""
    files, skipped = _documents(directory)
    candidates: list[_Candidate] = []
    left_out: list[Notice] = []
    for file in files:
        try:
            candidates.append(_candidate(directory, file))
        except ReadingError as problem:
            left_out.extend(
                Notice(level="error", where=str(f.location), what=f.what, remedy=f.remedy) for f in problem.faults
            )
    if not candidates:
        return "", (), (), tuple(left_out)
    country = _country(directory, candidates)
    faults = _faults(directory, country, candidates)
    if faults:
        faults.append(_settling_fault(directory, country, candidates))
        raise DossierError(*faults)
    entries = tuple(
        ManifestEntry(file=c.file, path=str(c.path), instrument=c.instrument.value, year=c.year.value)
        for c in candidates
    )
    notices = (_country_notice(directory, country), *(notice for c in candidates for notice in _notices(c)), *skipped)
    return country.value or "", entries, notices, tuple(left_out)


def _documents(directory: Path) -> tuple[list[str], list[Notice]]:
    """Return the documents of the folder and its subfolders, by relative path in order, and notices of other files."""
    terms = term_list("dossier")
    endings, names = set(terms["not_document_endings"]), set(terms["not_documents"])
    files: list[str] = []
    skipped: list[Notice] = []
    for path in sorted(directory.rglob("*"), key=lambda path: path.relative_to(directory).as_posix()):
        relative = path.relative_to(directory)
        hidden = any(part.startswith((".", "~$", "__")) for part in relative.parts)
        if not path.is_file() or hidden or relative.as_posix() == MANIFEST or len(relative.parts) > _DEEPEST_FOLDER:
            continue
        stem, ending = path.stem.casefold(), path.suffix.casefold().lstrip(".")
        if stem in names or (ending in endings and suffix_format(path.name) is None):
            what = (
                "left aside: no document of the dossier by its name"
                if stem in names
                else f"left aside: .{ending} is no document"
            )
            remedy = f"list it in {MANIFEST} if it is one" if stem in names else ""
            skipped.append(Notice(level="info", where=relative.as_posix(), what=what, remedy=remedy))
        else:
            files.append(relative.as_posix())
    return files, skipped


def _candidate(directory: Path, file: str) -> _Candidate:
    path = directory / file
    opening = read_opening(path, file)
    return _Candidate(file, path, opening, infer_instrument(file, opening), infer_year(file, opening))


def _country(directory: Path, candidates: Sequence[_Candidate]) -> Inferred[str]:
    """Infer the country from the folder's name, the files' names, else what most documents name most."""
    named = find_country(directory.resolve().name)
    if named:
        return Inferred(named, "the folder's name", (named,))
    from_names = {code for c in candidates if (code := find_country(c.path.stem))}
    if len(from_names) == 1:
        return Inferred(next(iter(from_names)), "the files' names", tuple(from_names))
    votes = Counter(code for c in candidates if (code := infer_country(c.opening).value))
    if not votes:
        return Inferred(None, "neither names nor first pages name one", tuple(sorted(from_names)))
    ranked = sorted(votes, key=lambda code: (-votes[code], code))
    if len(ranked) == 1 or votes[ranked[0]] >= _CLEAR * votes[ranked[1]]:
        return Inferred(ranked[0], "the first pages, where it is named most", (ranked[0],))
    return Inferred(None, "the documents name several", tuple(ranked[:_MOST_CHOICES]))


def _faults(directory: Path, country: Inferred[str], candidates: Sequence[_Candidate]) -> list[Fault]:
    faults: list[Fault] = []
    if country.value is None:
        what = f"the country is not clear: {country.because}"
        faults.append(Fault(Location(str(directory)), what, _choices("country", country.candidates)))
    for candidate in candidates:
        if candidate.instrument.value is None:
            what = f"the instrument of '{candidate.file}' is not clear: {candidate.instrument.because}"
            choices = candidate.instrument.candidates or instrument_choices()
            faults.append(Fault(Location(str(candidate.path)), what, _choices("instrument", choices)))
    return faults + _same_version(candidates)


def _choices(key: str, choices: Sequence[str]) -> str:
    return f"add '{key}: {' or '.join(choices)}' to {MANIFEST}" if choices else f"add '{key}: ' to {MANIFEST}"


def _same_version(candidates: Sequence[_Candidate]) -> list[Fault]:
    """Fault documents of one instrument and year: which one holds cannot be told."""
    seen: dict[tuple[Instrument, int | None], _Candidate] = {}
    faults = []
    for candidate in candidates:
        instrument = candidate.instrument.value
        if instrument is None or instrument == "OTHER":
            continue
        first = seen.setdefault((instrument, candidate.year.value), candidate)
        if first is not candidate:
            when = f"of {candidate.year.value}" if candidate.year.value else "without a year"
            what = f"'{first.file}' and '{candidate.file}' are both {instrument} {when}"
            remedy = f"give them 'year:' or 'status: superseded' in {MANIFEST}, or remove one"
            faults.append(Fault(Location(str(candidate.path)), what, remedy))
    return faults


def _settling_fault(directory: Path, country: Inferred[str], candidates: Sequence[_Candidate]) -> Fault:
    """Return the fault whose remedy is the whole manifest to write, with the choices that are left."""
    lines = [f"country: {_choice(country)}", "documents:"]
    for candidate in candidates:
        lines.extend((f"- file: {_quoted(candidate.file)}", f"  instrument: {_choice(candidate.instrument)}"))
        if candidate.year.value is not None:
            lines.append(f"  year: {candidate.year.value}")
    remedy = "create it with these lines, choosing where a comment gives a choice:\n" + "\n".join(lines)
    return Fault(Location(str(directory / MANIFEST)), "there is no such file to settle this", remedy)


def _choice(inferred: Inferred[str] | Inferred[Instrument]) -> str:
    if inferred.value is not None:
        return str(inferred.value)
    choices = [str(choice) for choice in inferred.candidates]
    return (
        f"{choices[0]}  # or {', '.join(choices[1:])}"
        if len(choices) > 1
        else f"{choices[0] if choices else ''}  # fill in"
    )


def _quoted(text: str) -> str:
    plain = (
        text.isascii() and all(character.isalnum() or character in "._/-" for character in text) and text[0].isalpha()
    )
    return text if plain else json.dumps(text, ensure_ascii=False)


def _country_notice(directory: Path, country: Inferred[str]) -> Notice:
    code = country.value or ""
    what = f"country {code} ({country_name(code, 'en')}) inferred from {country.because}"
    return Notice(
        level="info", where=str(directory), what=what, remedy=f"to fix it add 'country: {code}' to {MANIFEST}"
    )


def _notices(candidate: _Candidate) -> list[Notice]:
    """Say what was inferred of a document."""
    found = [("instrument", candidate.instrument.value, candidate.instrument.because)]
    notices = []
    for key, value, because in (*found, ("year", candidate.year.value, candidate.year.because)):
        if value is None:
            what, remedy = f"no {key} found: {because}", f"add '{key}: ' to its entry in {MANIFEST}"
        else:
            what, remedy = (
                f"{key} {value} inferred from {because}",
                f"to fix it add '{key}: {value}' (or another) to {MANIFEST}",
            )
        notices.append(Notice(level="info", where=candidate.file, what=what, remedy=remedy))
    return notices
