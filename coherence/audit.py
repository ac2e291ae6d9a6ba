"""Many dossiers: each assessed in a process of its own and written when it is done, so that none costs another.

A dossier whose report is there and depends on the very same documents, rules, options and program is not assessed
again: a run that was broken off goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

from pydantic import ValidationError

from coherence.audit_models import AuditSummary, DossierAudit, LandRange
from coherence.audit_workers import Lost, in_processes
from coherence.batch import country_of
from coherence.dossier import Selection
from coherence.errors import CoherenceError, Fault, Location
from coherence.identifiers import canonical_json
from coherence.manifest import MANIFEST
from coherence.notices import notices_of
from coherence.pipeline import QUIET, Progress, assess_directory
from coherence.reading.sniff import suffix_format
from coherence.reports import FORMATS, OutputFolder, ReportFormat, write_reports_into
from coherence.resources import rules_dir
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from coherence.models import Notice, Report
    from coherence.vocabulary import Language

__all__ = ["RECORD", "AuditOptions", "Interrupted", "audit", "find_dossiers"]

RECORD = "audit.json"
"""What an audit writes beside the report of a dossier, and reads when it goes on."""
_MOST_STATED = 300
"""Characters of an unexpected error that a summary shows."""


class Interrupted(Exception):  # noqa: N818  # not a fault: the user broke the run off
    """The run was broken off; ``summary`` tells what was done."""

    def __init__(self, summary: AuditSummary) -> None:
        """Hold what was done."""
        super().__init__(summary)
        self.summary = summary


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """How every dossier is assessed, and in which formats its report is written."""

    language: Language | None = None
    rules: tuple[Path, ...] = ()
    as_of: date | None = None
    formats: tuple[ReportFormat, ...] = FORMATS


@dataclass(frozen=True, slots=True)
class _Dossier:
    """A dossier to assess: its name, its folder, and which files of it where the folder holds several countries'."""

    name: str
    folder: Path
    selection: Selection = field(default_factory=Selection)


@dataclass(frozen=True, slots=True)
class _Task:
    dossier: _Dossier
    out: Path
    options: AuditOptions
    inputs: str


def audit(
    directories: Sequence[Path], out: Path, options: AuditOptions | None = None, *, jobs: int = 1, again: bool = False,
    progress: Progress = QUIET,
) -> AuditSummary:  # fmt: skip
    """Assess every dossier in and below ``directories`` and write each report into ``out/NAME``.

    Reports that are there already and depend on the same are kept, unless ``again``. What goes wrong with a dossier
    stands in its record and touches no other. Raises CoherenceError where there is no dossier, and Interrupted, with
    what was done, on Ctrl-C.
    """
    options = options or AuditOptions()
    dossiers, unread = find_dossiers(directories, out)
    common = _common_inputs(options)
    tasks = [_Task(each, out / each.name, options, _inputs(each, common)) for each in dossiers]
    done = {} if again else _kept_of(tasks)
    left = [task for task in tasks if task.dossier.name not in done]
    step = in_processes(_assess, left, min(jobs, len(left)))
    broken_off = False
    try:
        progress("", len(done), len(tasks))
        for task, result in step:
            done[task.dossier.name] = _lost(task, result) if isinstance(result, Lost) else result
            progress(task.dossier.name, len(done), len(tasks))
    except KeyboardInterrupt:
        broken_off = True
    finally:
        step.close()
    if broken_off and not again:
        # A report may be whole although its process had no time left to say so.
        done |= _kept_of(task for task in left if task.dossier.name not in done)
    summary = AuditSummary(
        engine_version=version("coherence"), unread=unread,
        dossiers=tuple(done[each.name] for each in dossiers if each.name in done),
        waiting=tuple(each.name for each in dossiers if each.name not in done),
    )  # fmt: skip
    if broken_off:
        raise Interrupted(summary)
    return summary


def find_dossiers(
    directories: Sequence[Path], out: Path | None = None
) -> tuple[tuple[_Dossier, ...], tuple[Notice, ...]]:
    """Return the dossiers in folders, by name, and notices of files that belong to none; ``out`` is passed by.

    A folder with dossier.yaml is one. In any other folder every sub-folder is one, or a folder of such, and the
    documents that lie beside each other are put together by the country in their names. Raises CoherenceError where
    there is nothing to assess.
    """
    found: list[_Dossier] = []
    unread: list[Notice] = []
    for directory in directories:
        if not directory.is_dir():
            raise CoherenceError(Fault(Location(str(directory)), "there is no such folder", "check the path"))
        found += _within(directory, out.resolve() if out else None, unread)
    if not found:
        where = Location(str(directories[0]))
        remedy = "give a folder with one sub-folder per country, or documents named by country, as KEN_ndc.pdf"
        raise CoherenceError(Fault(where, "no dossier in this folder", remedy))
    times = Counter(each.name for each in found)
    twice = sorted(name for name, count in times.items() if count > 1)
    if twice:
        faults = (Fault(Location(name), "two dossiers have this name", "rename one of them") for name in twice)
        raise CoherenceError(*faults)
    return tuple(sorted(found, key=lambda each: each.name)), tuple(unread)


def _within(directory: Path, out: Path | None, unread: list[Notice]) -> Iterator[_Dossier]:
    if (directory / MANIFEST).is_file():
        yield _Dossier(directory.resolve().name, directory)
        return
    children = [each for each in sorted(directory.iterdir()) if not each.name.startswith((".", "~$", "__"))]
    for folder in (each for each in children if each.is_dir() and each.resolve() != out):
        if next(folder.glob(f"*/{MANIFEST}"), None) is not None:
            yield from _within(folder, out, unread)
        elif _holds_documents(folder):
            yield _Dossier(folder.name, folder)
    about = set(term_list("dossier")["not_documents"])
    files = [
        each for each in children if each.is_file() and suffix_format(each.name) and each.stem.casefold() not in about
    ]
    yield from _by_country(directory, files, unread)


def _by_country(directory: Path, files: Sequence[Path], unread: list[Notice]) -> Iterator[_Dossier]:
    """Put together the documents that lie beside each other, by the country in their names."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for file in files:
        country = country_of(file)
        if country is None:
            fault = Fault(Location(str(file)), "its name tells no country", "begin it with the code: KEN_ndc.pdf")
            unread.extend(notices_of([fault]))
        else:
            grouped[country].append(file.name)
    for country, names in sorted(grouped.items()):
        yield _Dossier(country, directory, Selection(tuple(names), country))


def _holds_documents(folder: Path) -> bool:
    return any(path.is_file() and suffix_format(path.name) is not None for path in folder.rglob("*"))


def _common_inputs(options: AuditOptions) -> str:
    """Return what all reports depend on: program, rules, options."""
    parts = [version("coherence"), str(options.language), str(options.as_of), *options.formats]
    for folder in (rules_dir(), *options.rules):
        parts += [_content(path, folder) for path in sorted(folder.rglob("*.yaml"))]
    return canonical_json(parts)


def _inputs(dossier: _Dossier, common: str) -> str:
    files: Iterable[Path] = sorted(path for path in dossier.folder.rglob("*") if path.is_file())
    if dossier.selection.files:
        files = (dossier.folder / name for name in dossier.selection.files)
    content = [_content(path, dossier.folder) for path in files]
    return hashlib.sha256(canonical_json([common, dossier.name, *content]).encode()).hexdigest()


def _content(path: Path, folder: Path) -> str:
    try:
        return f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    except OSError as problem:
        return f"{path.relative_to(folder).as_posix()} {problem.strerror}"


def _kept(task: _Task) -> DossierAudit | None:
    """Return the record of an earlier run if its report is that of the same input and whole."""
    try:
        record = DossierAudit.model_validate_json((task.out / RECORD).read_bytes())
    except (OSError, ValidationError):
        return None
    return record if record.inputs == task.inputs else None


def _kept_of(tasks: Iterable[_Task]) -> dict[str, DossierAudit]:
    return {task.dossier.name: kept for task in tasks if (kept := _kept(task)) is not None}


def _assess(task: _Task) -> DossierAudit:
    """Assess one dossier and write its report; never raises what a dossier can cause."""
    options = task.options
    try:
        report = assess_directory(
            task.dossier.folder, language=options.language, rules=options.rules, as_of=options.as_of,
            selection=task.dossier.selection,
        ).report  # fmt: skip
        record = record_of(task.dossier.name, report, task.inputs)
        with OutputFolder(task.out) as folder:
            write_reports_into(report, folder, options.formats)
            folder.write_text(RECORD, record.model_dump_json(indent=1) + "\n")
    except CoherenceError as problem:
        return DossierAudit(dossier=task.dossier.name, state="failed", problems=notices_of(problem.faults))
    except Exception as defect:  # noqa: BLE001  # one dossier's defect costs no other its report
        what = f"a defect of this program: {type(defect).__name__}: {defect}"[:_MOST_STATED]
        return _failed(task, what, "run 'coherence assess' on it with COHERENCE_DEBUG=1 and report what it says")
    return record


def _lost(task: _Task, lost: Lost) -> DossierAudit:
    what = f"the process that assessed it was ended by the system (status {lost.status})"
    return _failed(task, what, "run again with --jobs 1; if it happens again, look for a document of unusual size")


def _failed(task: _Task, what: str, remedy: str) -> DossierAudit:
    problem = Fault(Location(str(task.dossier.folder)), what, remedy)
    return DossierAudit(dossier=task.dossier.name, state="failed", problems=notices_of([problem]))


def record_of(name: str, report: Report, inputs: str = "") -> DossierAudit:
    """Return what the summary of an audit tells of a report."""
    known = {commitment.id for commitment in report.commitments}
    mains = [each for each in report.commitments if each.part_of not in known]
    land, quality = report.accounting.land, report.target_quality
    kinds, severities = Counter(f.kind for f in report.findings), Counter(f.severity for f in report.findings)
    return DossierAudit(
        dossier=name, state="complete" if report.complete else "partial",
        country=report.country, country_name=report.country_name,
        instruments=tuple(sorted({document.instrument for document in report.documents})),
        documents=len(report.documents), pages=sum(document.pages for document in report.documents),
        pages_without_text=sum(len(document.pages_without_text) for document in report.documents),
        commitments=len(mains), targets=sum(each.kind == "target" for each in mains),
        findings=dict(sorted(kinds.items())), severities=dict(sorted(severities.items())),
        contradictions=sum(f.conflict is not None and f.conflict.type == "contradiction" for f in report.findings),
        land=LandRange(low=land.demand.low, high=land.demand.high, country=land.land_area_ha, verdict=land.verdict)
        if land else None,
        criteria_met=round(sum(t.score for t in quality.targets) / len(quality.targets), 2)
        if quality and quality.targets else None,
        ldn_named_in=_naming(report), recommendations=len(report.recommendations),
        first_recommendation=report.recommendations[0].title if report.recommendations else "",
        rules=dict(sorted(Counter(f.rule for f in report.findings).items())),
        problems=tuple(each for each in (*report.left_out, *report.notices) if each.level != "info"), inputs=inputs,
    )  # fmt: skip


def _naming(report: Report) -> tuple[str, ...]:
    activities = report.programme.activities if report.programme else ()
    paths = {path for activity in activities for path in activity.named_in}
    return tuple(sorted({document.instrument for document in report.documents if document.path in paths}))
