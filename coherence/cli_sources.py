"""Reports that commands ask about: a report.json, a folder that holds one, or a dossier to assess now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.cli_printing import progress_bar
from coherence.errors import CoherenceError, Fault, Location

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from coherence.models import Report

__all__ = ["REPORT", "parsed_report", "report_of"]

REPORT = "report.json"


def report_of(source: Path, rules: Sequence[Path], as_of: date | None) -> Report:
    """Return the report of a file or folder, or assess the dossier in the folder."""
    from coherence.pipeline import assess_directory  # noqa: PLC0415  # slow imports wait until they are needed

    path = source / REPORT if source.is_dir() else source
    if path.is_file():
        return parsed_report(path)
    with progress_bar() as progress:
        return assess_directory(source, rules=rules, as_of=as_of, progress=progress).report


def parsed_report(path: Path) -> Report:
    """Return the report of a file; raises CoherenceError where it is none of this version."""
    from pydantic import ValidationError  # noqa: PLC0415

    from coherence.reports import parse_report  # noqa: PLC0415

    try:
        return parse_report(path.read_text(encoding="utf-8"))
    except (ValidationError, UnicodeDecodeError):
        what = "not a report of this version of the program"
        raise CoherenceError(Fault(Location(str(path)), what, "assess the dossier again")) from None
