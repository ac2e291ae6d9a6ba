"""The command that compares two assessments, or two audits: diff."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from coherence.cli_printing import SEVERITIES, Attention, ExitCode, OutputForm, ReportLanguage
from coherence.cli_sources import REPORT, parsed_report
from coherence.errors import CoherenceError, Fault, Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.change_models import AuditChanges, Changes
    from coherence.models import Severity

__all__ = ["diff"]

_AUDIT = "summary.json"


def diff(
    before: Annotated[
        Path, typer.Argument(metavar="BEFORE", exists=True, help="report.json, or the folder of a report or an audit.")
    ],
    after: Annotated[
        Path, typer.Argument(metavar="AFTER", exists=True, help="The same of the later assessment or audit.")
    ],
    *,
    form: Annotated[OutputForm, typer.Option("--format", help="Text to read, or JSON for programs.")] = "text",
    everything: Annotated[
        bool, typer.Option("--all", help="List also findings of low attention and for information.")
    ] = False,
    language: Annotated[
        ReportLanguage | None, typer.Option(help="Language of the text; default: that of the later report.")
    ] = None,
    fail_on: Annotated[
        Attention | None,
        typer.Option(help="Exit with 1 when a finding of this severity or above is new or risen."),
    ] = None,
) -> None:
    """Tell what changed between two assessments of a country, or two audits: commitments and findings, and why."""
    from coherence.reports import print_audit_changes, print_changes, render_changes_json  # noqa: PLC0415

    if all((side / _AUDIT).is_file() for side in (before, after)):
        found = _audits(before, after)
        graver = [each for changes in found.dossiers.values() for each in changes.findings.graver()]
        if form == "text":
            print_audit_changes(found, Console(), language or "en")
        else:
            sys.stdout.write(render_changes_json(found))
    else:
        changes = _reports(before, after)
        graver = list(changes.findings.graver())
        if form == "text":
            told = changes if language is None else changes.model_copy(update={"language": language})
            print_changes(told, Console(), everything=everything)
        else:
            sys.stdout.write(render_changes_json(changes))
    sys.stdout.flush()
    _end(graver, fail_on)


def _reports(before: Path, after: Path) -> Changes:
    from coherence.compare import compare_reports  # noqa: PLC0415  # slow imports wait until they are needed

    places = [side / REPORT if side.is_dir() else side for side in (before, after)]
    absent = [Fault(Location(str(each)), "there is no such report", "assess the dossier first") for each in places
              if not each.is_file()]  # fmt: skip
    if absent:
        raise CoherenceError(*absent)
    return compare_reports(*map(parsed_report, places))


def _audits(before: Path, after: Path) -> AuditChanges:
    """Compare the dossiers of which both audits have a report."""
    from coherence.change_models import AuditChanges  # noqa: PLC0415

    names = [{place.parent.name for place in side.glob(f"*/{REPORT}")} for side in (before, after)]
    both = sorted(names[0] & names[1])
    if not both:
        what = "the two audits have no report of one dossier in common"
        raise CoherenceError(Fault(Location(str(after)), what, "run both with --format json, over the same dossiers"))
    return AuditChanges(
        dossiers={name: _reports(before / name, after / name) for name in both},
        only_before=tuple(sorted(names[0] - names[1])),
        only_after=tuple(sorted(names[1] - names[0])),
    )


def _end(graver: Iterable[Severity], fail_on: Attention | None) -> None:
    if fail_on is not None and any(SEVERITIES.index(each) >= SEVERITIES.index(fail_on) for each in graver):
        raise typer.Exit(ExitCode.FINDINGS)
