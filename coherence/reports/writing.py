"""Writing an output folder so that a reader sees the old files or the new ones, never half of one.

New files are written to a hidden folder beside their place and moved in by renaming. Files of the folder that
the writer does not know are never touched: the user may have put a review there.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, Self, get_args

from coherence.errors import CoherenceError, Fault, Location
from coherence.reports.canonical import render_json
from coherence.reports.docx_report import render_docx
from coherence.reports.html_report import render_html
from coherence.reports.jsonlines import render_commitments_jsonl, render_findings_jsonl
from coherence.reports.sarif import render_sarif
from coherence.reports.workbook import render_workbook

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import TracebackType

    from coherence.models import Report

__all__ = ["FORMATS", "OutputFolder", "ReportFormat", "write_file", "write_reports", "write_reports_into"]

ReportFormat = Literal["json", "html", "xlsx", "docx", "jsonl", "sarif"]
FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)

_FILES: dict[ReportFormat, tuple[str, ...]] = {
    "json": ("report.json",),
    "html": ("report.html",),
    "xlsx": ("report.xlsx",),
    "docx": ("report.docx",),
    "jsonl": ("findings.jsonl", "commitments.jsonl"),
    "sarif": ("findings.sarif",),
}
_REMEDY = "close programs that have it open, or choose another folder"
REPORT_FILES: tuple[str, ...] = tuple(name for names in _FILES.values() for name in names)
"""Every file that ``write_reports_into`` may write."""

_HIDDEN = ".coherence-partial-"
_LEFT_AFTER_SECONDS = 86_400


class OutputFolder:
    """A folder that receives all its new files at once when the ``with`` block ends well, and none otherwise.

    ``replaces`` names files of earlier runs that are removed where this run does not write them again, so that no
    stale report stands beside a new one. Raises CoherenceError where the folder cannot be written.
    """

    def __init__(self, path: Path, replaces: Collection[str] = ()) -> None:
        """Name the folder; nothing is touched before the block begins."""
        self._target = path
        self._replaces = set(replaces)
        self._names: list[str] = []
        self._staging = path
        self._new_parents: list[Path] = []

    def __enter__(self) -> Self:
        """Make the hidden folder, on the same file system as the target."""
        home = self._target if self._target.is_dir() else self._target.parent
        self._new_parents = [folder for folder in (home, *home.parents) if not folder.exists()]
        self._staging = home / f"{_HIDDEN}{secrets.token_hex(6)}"
        try:
            self._staging.mkdir(parents=True)
            _clear_leftovers(home)
        except OSError as problem:
            raise _cannot_write(self._target, problem) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Move the files into place, or leave nothing."""
        try:
            if error is None:
                self._commit()
        except OSError as problem:
            raise _cannot_write(Path(problem.filename or self._target), problem) from None
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)
            for folder in self._new_parents:
                # Only folders that this run made and left empty can go: after success they hold the target.
                with contextlib.suppress(OSError):
                    folder.rmdir()

    def replace(self, names: Collection[str]) -> None:
        """Name further files of earlier runs to remove."""
        self._replaces.update(names)

    def path(self, name: str) -> Path:
        """Return where to write the file ``name`` (``graph/nodes.csv``) until the block ends."""
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or not parts.parts:
            raise ValueError(f"not a name inside the output folder: {name!r}")
        place = self._staging.joinpath(*parts.parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        if name not in self._names:
            self._names.append(name)
        return place

    def write_bytes(self, name: str, data: bytes) -> None:
        """Add a file."""
        try:
            self.path(name).write_bytes(data)
        except OSError as problem:
            raise _cannot_write(self._target / name, problem) from None

    def write_text(self, name: str, text: str) -> None:
        """Add a file of UTF-8 text, line ends as given."""
        self.write_bytes(name, text.encode("utf-8"))

    def _commit(self) -> None:
        written = [name for name in self._names if (self._staging / name).is_file()]
        for name in written:
            _flush(self._staging / name)
        if self._target.is_dir():
            self._exchange(written)
        else:
            self._staging.rename(self._target)

    def _exchange(self, written: Sequence[str]) -> None:
        """Move old files out and new ones in; put the old ones back where one of the moves fails."""
        old_home = self._staging / ".old"
        outgoing = [name for name in (*written, *sorted(self._replaces)) if (self._target / name).is_file()]
        moved_out: list[str] = []
        moved_in: list[str] = []
        try:
            for name in dict.fromkeys(outgoing):
                _move(self._target / name, old_home / name)
                moved_out.append(name)
            for name in written:
                _move(self._staging / name, self._target / name)
                moved_in.append(name)
        except BaseException:
            for name in moved_in:
                (self._target / name).unlink(missing_ok=True)
            for name in moved_out:
                _move(old_home / name, self._target / name)
            raise


def write_file(path: Path, data: bytes) -> None:
    """Write one file so that it is whole or not there; raises CoherenceError."""
    with OutputFolder(path.parent) as folder:
        folder.write_bytes(path.name, data)


def write_reports_into(
    report: Report, folder: OutputFolder, formats: Collection[ReportFormat] = FORMATS
) -> tuple[str, ...]:
    """Add the report in the formats asked for to a folder being written; return the names of the files."""
    folder.replace(REPORT_FILES)
    wanted = [form for form in FORMATS if form in formats]
    if "json" in wanted:
        folder.write_text("report.json", render_json(report))
    if "html" in wanted:
        folder.write_text("report.html", render_html(report))
    if "xlsx" in wanted:
        folder.write_bytes("report.xlsx", render_workbook(report))
    if "docx" in wanted:
        folder.write_bytes("report.docx", render_docx(report))
    if "jsonl" in wanted:
        folder.write_text("findings.jsonl", render_findings_jsonl(report))
        folder.write_text("commitments.jsonl", render_commitments_jsonl(report.commitments, report.documents))
    if "sarif" in wanted:
        folder.write_text("findings.sarif", render_sarif(report))
    return tuple(name for form in wanted for name in _FILES[form])


def write_reports(report: Report, out: Path, formats: Collection[ReportFormat] = FORMATS) -> tuple[Path, ...]:
    """Write the report into the folder ``out`` in the formats asked for; return the paths of the files.

    Reports of an earlier run in formats not asked for now are removed. Raises CoherenceError.
    """
    with OutputFolder(out) as folder:
        names = write_reports_into(report, folder, formats)
    return tuple(out / name for name in names)


def _clear_leftovers(home: Path) -> None:
    """Remove hidden folders that killed runs left behind, old enough that no run can still be at work in them."""
    for folder in home.glob(f"{_HIDDEN}*"):
        if time.time() - folder.stat().st_mtime > _LEFT_AFTER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _move(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    source.replace(place)


def _flush(path: Path) -> None:
    """Bring a file's content to the disk before its name appears, so that a power cut leaves no empty file."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _cannot_write(path: Path, problem: OSError) -> CoherenceError:
    what = f"cannot be written ({problem.strerror or problem})"
    return CoherenceError(Fault(Location(str(path)), what, _REMEDY))
