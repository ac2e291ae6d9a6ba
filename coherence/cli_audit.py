"""The command that assesses many dossiers: audit."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console

from coherence.cli_printing import (
    SEVERITIES,
    AsOf,
    ExitCode,
    FailOn,
    ReportLanguage,
    RuleFolders,
    complain,
    print_notices,
    progress_bar,
)  # fmt: skip

if TYPE_CHECKING:
    from coherence.audit import AuditOptions
    from coherence.audit_models import AuditSummary
    from coherence.reports import ReportFormat

__all__ = ["audit"]

_FORMATS = ("json", "html", "xlsx", "docx", "jsonl", "sarif")
_USUAL = _FORMATS[:4]


def _read_format(text: str) -> str:
    """Return the name of a format; raises what the command line tells as wrong use."""
    if text not in _FORMATS:
        raise typer.BadParameter(f"'{text}' is no format: choose from {', '.join(_FORMATS)}")
    return text


def audit(
    directories: Annotated[
        list[Path],
        typer.Argument(metavar="DIR", help="Folders of dossiers, or of documents with the country in their names."),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="OUT", help="Folder for the summary and a folder with each report.")
    ],
    *,
    jobs: Annotated[int, typer.Option(min=1, help="Dossiers assessed at the same time.")] = 1,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            parser=_read_format,
            metavar="FORMAT",
            help="Format of reports: json, html, xlsx, docx, jsonl, sarif; may be repeated; default: the first four.",
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Assess also what an earlier run has done.")] = False,
    language: Annotated[
        ReportLanguage | None, typer.Option(help="Language of the reports; default: that of each dossier.")
    ] = None,
    rules: RuleFolders = None,
    as_of: AsOf = None,
    fail_on: FailOn = None,
) -> None:
    """Assess many dossiers, each on its own, and write a summary; a run that was broken off goes on where it was."""
    from coherence.audit import AuditOptions  # noqa: PLC0415  # slow imports wait until they are needed

    asked = cast("tuple[ReportFormat, ...]", tuple(formats or _USUAL))
    options = AuditOptions(language, tuple(rules or ()), as_of, asked)
    _end(_run(directories, out, options, jobs=jobs, again=again), fail_on)


def _run(directories: list[Path], out: Path, options: AuditOptions, *, jobs: int, again: bool) -> AuditSummary:
    from coherence.audit import Interrupted  # noqa: PLC0415
    from coherence.audit import audit as run  # noqa: PLC0415

    try:
        with progress_bar() as progress:
            summary = run(directories, out, options, jobs=jobs, again=again, progress=progress)
    except Interrupted as broken_off:
        summary = broken_off.summary
        _write(summary, out)
        done = len(summary.dossiers)
        complain(f"{done} of {done + len(summary.waiting)} dossiers are done; the same command goes on there.")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    _write(summary, out)
    return summary


def _write(summary: AuditSummary, out: Path) -> None:
    from coherence.reports import (  # noqa: PLC0415
        OutputFolder,
        print_audit,
        render_audit_csv,
        render_audit_json,
        render_rules_csv,
    )

    with OutputFolder(out) as folder:
        # The mark at the beginning tells spreadsheets that the letters are Unicode.
        folder.write_text("summary.csv", "\ufeff" + render_audit_csv(summary))
        folder.write_text("rules.csv", "\ufeff" + render_rules_csv(summary))
        folder.write_text("summary.json", render_audit_json(summary))
    print_audit(summary, Console())
    Console(soft_wrap=True).print(f"The summary lies in {out / 'summary.csv'}", markup=False, highlight=False)


def _end(summary: AuditSummary, fail_on: FailOn) -> None:
    print_notices(summary.unread)
    for each in summary.dossiers:
        print_notices(
            notice.model_copy(update={"where": f"{each.dossier}: {notice.where}"}) for notice in each.problems
        )
    if summary.unread or any(each.state != "complete" for each in summary.dossiers):
        raise typer.Exit(ExitCode.PARTIAL)
    if fail_on is not None:
        severe = SEVERITIES[SEVERITIES.index(fail_on) :]
        if any(each.severities.get(name) for each in summary.dossiers for name in severe):
            raise typer.Exit(ExitCode.FINDINGS)
