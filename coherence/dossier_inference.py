"""A folder without dossier.yaml: its country, and the instrument and year of each document, with the reasons.

What stays ambiguous is never guessed: all of it is one DossierError whose remedy is the dossier.yaml to write.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.countries import find_country
from coherence.errors import DossierError, Fault, Location, ReadingError
from coherence.manifest import MANIFEST, yaml_text
from coherence.models import ManifestEntry
from coherence.notices import Phrase, country_phrase, notice, notices_of
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

    from coherence.models import Instrument, Notice

__all__ = ["SAME_VERSION", "UNCLEAR", "Selection", "infer_manifest"]

SAME_VERSION = "dossier.same_version"
UNCLEAR = "dossier.instrument_unclear"
"""Messages on documents that are left out until somebody decides."""
_CLEAR = 2.0
_DEEPEST_FOLDER = 4
_MOST_CHOICES = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents of a folder are meant, all of them where none is named, and the country where it is known.

    ``afresh``: infer even where a dossier.yaml stands.
    """

    files: tuple[str, ...] = ()
    country: str | None = None
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document of the folder and what was inferred of it."""

    file: str
    path: Path
    opening: Opening
    instrument: Inferred[Instrument]
    year: Inferred[int]


def infer_manifest(
    directory: Path, selection: Selection | None = None
) -> tuple[str, tuple[ManifestEntry, ...], tuple[Notice, ...], tuple[Notice, ...]]:
    """Return country, entries, notices and notices of files left out; raises DossierError with all ambiguities.

    With a selection nobody is there to answer: documents whose instrument is not clear are left out and named, and so
    is the second of two that could be the same version. Only a country that is not clear is a DossierError then.
    """
    files, skipped = _documents(directory)
    if selection is not None and selection.files:
        files = [file for file in files if file in selection.files]
    candidates: list[_Candidate] = []
    left_out: list[Notice] = []
    for file in files:
        try:
            candidates.append(_candidate(directory, file))
        except ReadingError as problem:
            left_out.extend(notices_of(problem.faults))
    if not candidates:
        return "", (), (), tuple(left_out)
    country = _country(directory, candidates)
    if selection is not None:
        country = Inferred(selection.country, "source.file_names", ()) if selection.country else country
        candidates, undecided = _decided(candidates)
        left_out.extend(undecided)
        if not candidates:
            return "", (), (), tuple(left_out)
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
            skipped.append(
                notice("info", relative.as_posix(), "dossier.no_document_by_name")
                if stem in names
                else notice("info", relative.as_posix(), "dossier.no_document_by_ending", ending=ending)
            )
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
        return Inferred(named, "source.folder_name", (named,))
    from_names = {code for c in candidates if (code := find_country(c.path.stem))}
    if len(from_names) == 1:
        return Inferred(next(iter(from_names)), "source.file_names", tuple(from_names))
    votes = Counter(code for c in candidates if (code := infer_country(c.opening).value))
    if not votes:
        return Inferred(None, "reason.documents_name_none", tuple(sorted(from_names)))
    ranked = sorted(votes, key=lambda code: (-votes[code], code))
    if len(ranked) == 1 or votes[ranked[0]] >= _CLEAR * votes[ranked[1]]:
        return Inferred(ranked[0], "source.most_named", (ranked[0],))
    return Inferred(None, "reason.documents_name_several", tuple(ranked[:_MOST_CHOICES]))


def _faults(directory: Path, country: Inferred[str], candidates: Sequence[_Candidate]) -> list[Fault]:
    faults: list[Fault] = []
    if country.value is None:
        what = f"the country is not clear: {Phrase(country.because)}"
        faults.append(Fault(Location(str(directory)), what, _choices("country", country.candidates)))
    for candidate in candidates:
        if candidate.instrument.value is None:
            what = f"the instrument of '{candidate.file}' is not clear: {Phrase(candidate.instrument.because)}"
            choices = candidate.instrument.candidates or instrument_choices()
            faults.append(Fault(Location(str(candidate.path)), what, _choices("instrument", choices)))
    return faults + _same_version(candidates)


def _decided(candidates: Sequence[_Candidate]) -> tuple[list[_Candidate], list[Notice]]:
    """Return the candidates that leave no question open, and why each of the others is left out.

    Of two that may be one document the one that calls itself no translation is kept, then the larger file.
    """
    kept: list[_Candidate] = []
    undecided: list[Notice] = []
    first: dict[tuple[Instrument, int | None], _Candidate] = {}
    for candidate in sorted(candidates, key=_standing):
        instrument, year = candidate.instrument.value, candidate.year.value
        if instrument is None:
            reason = Phrase(candidate.instrument.because)
            undecided.append(notice("error", candidate.file, UNCLEAR, reason=reason))
        elif instrument != "OTHER" and first.setdefault((instrument, year), candidate) is not candidate:
            other = first[instrument, year].file
            undecided.append(notice("error", candidate.file, SAME_VERSION, instrument=instrument, other=other))
        else:
            kept.append(candidate)
    return sorted(kept, key=candidates.index), undecided


def _standing(candidate: _Candidate) -> tuple[bool, int, str]:
    """Return what ranks documents that may be one: originals, then large ones (an addendum is smaller), then names."""
    words = set(term_list("dossier")["translation_words"])
    translated = not words.isdisjoint(re.findall(r"[^\W\d_]+", candidate.path.stem.casefold()))
    return translated, -candidate.path.stat().st_size, candidate.file


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
    _, undecided = _decided(candidates)
    others = {each.where: dict(each.values)["other"] for each in undecided if each.message == SAME_VERSION}
    for candidate in candidates:
        lines.extend((f"- file: {yaml_text(candidate.file)}", f"  instrument: {_choice(candidate.instrument)}"))
        if candidate.year.value is not None:
            lines.append(f"  year: {candidate.year.value}")
        if candidate.file in others:
            lines.append(f"  status: superseded  # or that of {others[candidate.file]}: one of the two is read")
    remedy = (
        f"let 'coherence dossier \"{directory}\" --save' write it, "
        "or create it with these lines, choosing where a comment gives a choice:\n" + "\n".join(lines)
    )
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


def _country_notice(directory: Path, country: Inferred[str]) -> Notice:
    code = country.value or ""
    return notice(
        "info", directory.resolve().name, "dossier.country_inferred",
        country=code, name=country_phrase(code), source=Phrase(country.because),
    )  # fmt: skip


def _notices(candidate: _Candidate) -> list[Notice]:
    """Say what was inferred of a document."""
    instrument, year = candidate.instrument, candidate.year
    said = [
        notice(
            "info", candidate.file, "document.instrument_inferred",
            instrument=instrument.value, source=Phrase(instrument.because),
        )
    ]  # fmt: skip
    if year.value is None:
        said.append(notice("info", candidate.file, "document.year_missing", reason=Phrase(year.because)))
    else:
        source = Phrase(year.because)
        said.append(notice("info", candidate.file, "document.year_inferred", year=year.value, source=source))
    return said
