"""The command line: arguments, printing and exit codes; everything else is the library's."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console

import coherence.cli_explain  # noqa: F401  # adds its commands to those about rules
from coherence.cli_account import account
from coherence.cli_audit import audit
from coherence.cli_diff import diff
from coherence.cli_dossier import dossier
from coherence.cli_printing import (
    SEVERITIES,
    AsOf,
    CountryFolder,
    ExitCode,
    FailOn,
    ReportLanguage,
    RuleFolders,
    complain,
    json_text,
    print_notices,
    progress_bar,
)  # fmt: skip
from coherence.cli_rules import rules_app
from coherence.errors import CoherenceError, Fault, Location

if TYPE_CHECKING:
    from coherence.models import Report
    from coherence.pipeline import Assessment

__all__ = ["ExitCode", "app", "main"]

SuggestThemes = Annotated[
    bool,
    typer.Option(
        "--suggest-themes",
        help="Suggest themes where none is found, marked as such; needs pip install 'coherence\\[semantic]'.",
    ),
]

app = typer.Typer(
    name="coherence", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
app.add_typer(rules_app, name="rules")


def _print_version(asked: bool) -> None:  # typer passes the option's value
    if asked:
        sys.stdout.write(f"coherence {version('coherence')}\n")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version_asked: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Find overlaps, synergies, conflicts and gaps between a country's commitments under the Rio conventions."""


@app.command()
def assess(
    directory: CountryFolder,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", metavar="OUT", help="Folder for the report; replaced as a whole when the report is complete."
        ),
    ],
    *,
    language: Annotated[
        ReportLanguage | None, typer.Option(help="Language of the report; default: that of the documents.")
    ] = None,
    rules: RuleFolders = None,
    as_of: AsOf = None,
    suggest_themes: SuggestThemes = False,
    fail_on: FailOn = None,
) -> None:
    """Assess a country's documents and write report.json, report.html, report.xlsx, report.docx and the graph."""
    from coherence.pipeline import assess_directory  # noqa: PLC0415  # slow imports wait until they are needed

    with progress_bar() as progress:
        assessment = assess_directory(
            directory, language=language, rules=rules or (), as_of=as_of, suggest_themes=suggest_themes,
            progress=progress,
        )  # fmt: skip
    _write(assessment, out)
    _end(assessment.report, fail_on)


def _write(assessment: Assessment, out: Path) -> None:
    from coherence.graph import to_node_link, write_graphml  # noqa: PLC0415  # slow imports wait until they are needed
    from coherence.reports import OutputFolder, print_summary, write_reports_into  # noqa: PLC0415

    with OutputFolder(out) as folder:
        write_reports_into(assessment.report, folder)
        folder.write_text("graph.json", json_text(to_node_link(assessment.graph)))
        write_graphml(assessment.graph, folder.path("graph.graphml"))
    print_summary(assessment.report, Console(), out)


def _end(report: Report, fail_on: FailOn) -> None:
    """Print what went wrong, and exit with the status that the report calls for."""
    print_notices([n for n in (*report.left_out, *report.notices) if n.level != "info"])
    if not report.complete:
        raise typer.Exit(ExitCode.PARTIAL)
    if fail_on is not None and any(SEVERITIES.index(f.severity) >= SEVERITIES.index(fail_on) for f in report.findings):
        raise typer.Exit(ExitCode.FINDINGS)


app.command()(account)
app.command()(audit)
app.command()(diff)
app.command()(dossier)


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Documents and folders.")],
    *,
    form: Annotated[
        Literal["jsonl", "text"], typer.Option("--format", help="JSON Lines, one commitment a line; or text to read.")
    ] = "jsonl",
    everything: Annotated[
        bool, typer.Option("--all", help="Also past achievements and negated statements, marked as such.")
    ] = False,
    trace: Annotated[
        bool, typer.Option("--trace", help="Also which words decided each field, and why other figures were not taken.")
    ] = False,
    suggest_themes: SuggestThemes = False,
    jobs: Annotated[int, typer.Option(min=1, help="Documents read at the same time.")] = os.cpu_count() or 1,
) -> None:
    """Write the commitments of documents to standard output."""
    from coherence.batch import Extracted, extract_paths, trace_paths  # noqa: PLC0415
    from coherence.reports import render_commitments_jsonl, render_trace, render_traced_jsonl  # noqa: PLC0415

    asked: dict[str, Any] = {"everything": everything, "suggest_themes": suggest_themes, "jobs": jobs}
    with progress_bar() as progress:
        if trace:
            found = trace_paths(paths, progress=progress, **asked)
        else:
            records, commitments, left_out = extract_paths(paths, progress=progress, **asked)
            found = Extracted(records, commitments, (), left_out)
    if form == "text":
        sys.stdout.write(render_trace(found.commitments, found.rejections, steps=trace))
    elif trace:
        sys.stdout.write(render_traced_jsonl(found.commitments, found.rejections, found.records))
    else:
        sys.stdout.write(render_commitments_jsonl(found.commitments, found.records))
    sys.stdout.flush()
    print_notices(found.left_out)
    if found.left_out:
        raise typer.Exit(ExitCode.PARTIAL)


@app.command()
def evaluate(
    directories: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="DIR",
            help="Dossiers with a folder gold of annotations, or folders of such dossiers; default: the shipped ones.",
        ),
    ] = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="Tables, or JSON for programs.")] = "text",
    errors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="File for every missed and every false figure with its place, as JSON Lines."
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Documents read at the same time.")] = os.cpu_count() or 1,
) -> None:
    """Measure extraction against annotated documents: precision, recall, F1 and how often each field is right."""
    from coherence.evaluation import evaluate as measure  # noqa: PLC0415
    from coherence.evaluation import print_evaluation, render_errors, render_evaluation  # noqa: PLC0415
    from coherence.reports import write_file  # noqa: PLC0415
    from coherence.resources import corpora_dir  # noqa: PLC0415

    with progress_bar() as progress:
        evaluation = measure(directories or [corpora_dir()], jobs=jobs, progress=progress)
    if form == "json":
        sys.stdout.write(render_evaluation(evaluation))
    else:
        print_evaluation(evaluation, Console())
    if errors is not None:
        write_file(errors, render_errors(evaluation).encode())
    print_notices(evaluation.notices)
    if evaluation.notices:
        raise typer.Exit(ExitCode.PARTIAL)


@app.command()
def graph(
    directory: CountryFolder,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="File to write: .graphml, or .json for node-link JSON.")
    ],
    as_of: AsOf = None,
) -> None:
    """Write the graph of a country's commitments and findings."""
    from coherence.graph import to_node_link, write_graphml  # noqa: PLC0415
    from coherence.pipeline import assess_directory  # noqa: PLC0415
    from coherence.reports import OutputFolder  # noqa: PLC0415

    if out.suffix not in {".graphml", ".json"}:
        raise CoherenceError(Fault(Location(str(out)), "not a graph format", "let the name end in .graphml or .json"))
    with progress_bar() as progress:
        assessment = assess_directory(directory, as_of=as_of, progress=progress)
    with OutputFolder(out.parent) as folder:
        if out.suffix == ".graphml":
            write_graphml(assessment.graph, folder.path(out.name))
        else:
            folder.write_text(out.name, json_text(to_node_link(assessment.graph)))
    _end(assessment.report, None)


def main() -> None:
    """Run the command line; a user sees messages, never a traceback (COHERENCE_DEBUG=1 shows it)."""
    try:
        status = app(standalone_mode=False) or ExitCode.DONE
    except CoherenceError as problem:
        complain(str(problem))
        status = ExitCode.WRONG_USE
    except (typer.Abort, KeyboardInterrupt):
        status = ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = ExitCode.DONE
    except Exception as defect:  # noqa: BLE001  # a user never sees a traceback
        status = _unexpected(defect)
    # Typer turns Ctrl-C into this status and says nothing.
    if status == ExitCode.INTERRUPTED:
        complain("Interrupted; what was not finished was not written.")
    sys.exit(status)


def _unexpected(defect: Exception) -> int:
    show = getattr(defect, "format_message", None)
    if callable(show):
        told = str(show()).replace("Value error, ", "").rstrip(".")
        complain(f"{told}; see coherence --help")
        return ExitCode.WRONG_USE
    if isinstance(defect, OSError):
        what = f"{defect.filename or 'file'}: {defect.strerror or defect}"
        complain(f"{what}; check that the place exists, is writable and has room")
        return ExitCode.WRONG_USE
    if os.environ.get("COHERENCE_DEBUG"):
        raise defect
    complain(
        f"A defect of this program: {type(defect).__name__}: {defect}\n"
        "Nothing was written. Run again with COHERENCE_DEBUG=1 for the details that a bug report needs."
    )
    return ExitCode.DEFECT
