"""The command line: arguments, printing and exit codes; everything else is the library's."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path  # noqa: TC003  # typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from coherence.errors import CoherenceError, Fault, Location, RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coherence.models import Notice

__all__ = ["ExitCode", "app", "main"]

ReportLanguage = Literal["en", "fr", "es"]
FailOn = Literal["info", "low", "medium", "high"]
_SEVERITIES: tuple[FailOn, ...] = ("info", "low", "medium", "high")
_QUIET_SECONDS = 2.0
"""A progress bar appears for what takes longer."""

app = typer.Typer(
    name="coherence", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Find overlaps, synergies, conflicts and gaps between a country's commitments under the Rio conventions.",
)  # fmt: skip
rules_app = typer.Typer(no_args_is_help=True, help="Check and list rules.")
app.add_typer(rules_app, name="rules")


class ExitCode(IntEnum):
    """What the exit status tells."""

    DONE = 0
    FINDINGS = 1
    WRONG_USE = 2
    DEFECT = 3
    PARTIAL = 4
    INTERRUPTED = 130


@app.command()
def assess(
    directory: Annotated[Path, typer.Argument(help="Folder of one country's documents, with or without dossier.yaml.")],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="Folder for the report; replaced as a whole when the report is complete."),
    ],
    language: Annotated[
        ReportLanguage | None, typer.Option(help="Language of the report; default: that of the documents.")
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option("--rules", exists=True, file_okay=False, help="Folder of further rules; may be repeated."),
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="Exit with 1 when there are findings of this severity or above.")
    ] = None,
) -> None:
    """Assess a country's documents and write report.json, report.html, report.xlsx and the graph."""
    from coherence.graph import to_node_link, write_graphml  # noqa: PLC0415  # slow imports wait until they are needed
    from coherence.pipeline import assess_directory  # noqa: PLC0415
    from coherence.reports import OutputFolder, print_summary, write_reports_into  # noqa: PLC0415

    with _progress() as progress:
        assessment = assess_directory(directory, language=language, rules=rules or (), progress=progress)
    report = assessment.report
    with OutputFolder(out) as folder:
        write_reports_into(report, folder)
        folder.write_text("graph.json", _json(to_node_link(assessment.graph)))
        write_graphml(assessment.graph, folder.path("graph.graphml"))
    print_summary(report, Console(), out)
    _print_notices([n for n in (*report.left_out, *report.notices) if n.level != "info"])
    if not report.complete:
        raise typer.Exit(ExitCode.PARTIAL)
    if fail_on is not None and any(
        _SEVERITIES.index(f.severity) >= _SEVERITIES.index(fail_on) for f in report.findings
    ):
        raise typer.Exit(ExitCode.FINDINGS)


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Documents and folders.")],
    form: Annotated[Literal["jsonl"], typer.Option("--format", help="JSON Lines, one commitment a line.")] = "jsonl",
    everything: Annotated[
        bool, typer.Option("--all", help="Also past achievements and negated statements, marked as such.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Documents read at the same time.")] = os.cpu_count() or 1,
) -> None:
    """Write the commitments of documents to standard output."""
    from coherence.batch import extract_paths  # noqa: PLC0415
    from coherence.reports import render_commitments_jsonl  # noqa: PLC0415

    del form  # one format so far; the option states the contract
    with _progress() as progress:
        records, commitments, left_out = extract_paths(paths, everything=everything, jobs=jobs, progress=progress)
    sys.stdout.write(render_commitments_jsonl(commitments, records))
    sys.stdout.flush()
    _print_notices(left_out)
    if left_out:
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
        Path | None, typer.Option(help="File for every missed and every false figure with its place, as JSON Lines.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Documents read at the same time.")] = os.cpu_count() or 1,
) -> None:
    """Measure extraction against annotated documents: precision, recall, F1 and how often each field is right."""
    from coherence.evaluation import evaluate as measure  # noqa: PLC0415
    from coherence.evaluation import print_evaluation, render_errors, render_evaluation  # noqa: PLC0415
    from coherence.reports import write_file  # noqa: PLC0415
    from coherence.resources import corpora_dir  # noqa: PLC0415

    with _progress() as progress:
        evaluation = measure(directories or [corpora_dir()], jobs=jobs, progress=progress)
    if form == "json":
        sys.stdout.write(render_evaluation(evaluation))
    else:
        print_evaluation(evaluation, Console())
    if errors is not None:
        write_file(errors, render_errors(evaluation).encode())
    _print_notices(evaluation.notices)
    if evaluation.notices:
        raise typer.Exit(ExitCode.PARTIAL)


@app.command()
def graph(
    directory: Annotated[Path, typer.Argument(help="Folder of one country's documents.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .graphml, or .json for node-link JSON.")],
) -> None:
    """Write the graph of a country's commitments and findings."""
    from coherence.graph import to_node_link, write_graphml  # noqa: PLC0415
    from coherence.pipeline import assess_directory  # noqa: PLC0415
    from coherence.reports import OutputFolder  # noqa: PLC0415

    if out.suffix not in {".graphml", ".json"}:
        raise CoherenceError(Fault(Location(str(out)), "not a graph format", "let the name end in .graphml or .json"))
    with _progress() as progress:
        assessment = assess_directory(directory, progress=progress)
    with OutputFolder(out.parent) as folder:
        if out.suffix == ".graphml":
            write_graphml(assessment.graph, folder.path(out.name))
        else:
            folder.write_text(out.name, _json(to_node_link(assessment.graph)))
    report = assessment.report
    _print_notices([n for n in (*report.left_out, *report.notices) if n.level != "info"])
    if not report.complete:
        raise typer.Exit(ExitCode.PARTIAL)


@rules_app.command("check")
def rules_check(
    directories: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, file_okay=False, help="Folders of rules; default: the shipped rules."),
    ] = None,
) -> None:
    """Check rule files and run their examples; every fault of every file is shown."""
    from coherence.engine import check_examples  # noqa: PLC0415
    from coherence.resources import rules_dir  # noqa: PLC0415
    from coherence.ruleset import load_rules  # noqa: PLC0415

    ruleset = load_rules((rules_dir(), *(directories or ())))
    faults = (*ruleset.faults, *check_examples(ruleset))
    if faults:
        raise RuleError(*faults)
    examples = sum(len(rule.spec.examples) for rule in ruleset.rules)
    Console().print(f"{len(ruleset.rules)} rules, {examples} examples: no faults. Rules hash {ruleset.hash}")


@rules_app.command("list")
def rules_list(
    directories: Annotated[
        list[Path] | None, typer.Argument(exists=True, file_okay=False, help="Folders of further rules.")
    ] = None,
    language: Annotated[ReportLanguage, typer.Option(help="Language of the titles.")] = "en",
) -> None:
    """List the rules: id, version, kind, severity, scope, title."""
    from rich.table import Table  # noqa: PLC0415

    from coherence.resources import rules_dir  # noqa: PLC0415
    from coherence.ruleset import load_rules, rule_record  # noqa: PLC0415

    ruleset = load_rules((rules_dir(), *(directories or ())))
    table = Table("id", "version", "kind", "scope", "status", "title", box=None, pad_edge=False)
    for rule in ruleset.rules:
        spec = rule.spec
        table.add_row(spec.id, spec.version, spec.kind, spec.scope, spec.status, rule_record(rule, language).title)
    Console().print(table)
    if ruleset.faults:
        raise RuleError(*ruleset.faults)


def main() -> None:
    """Run the command line; a user sees messages, never a traceback (COHERENCE_DEBUG=1 shows it)."""
    try:
        status = app(standalone_mode=False) or ExitCode.DONE
    except CoherenceError as problem:
        _complain(str(problem))
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
        _complain("Interrupted; nothing was written.")
    sys.exit(status)


def _unexpected(defect: Exception) -> int:
    show = getattr(defect, "format_message", None)
    if callable(show):
        _complain(f"{show()}; see coherence --help")
        return ExitCode.WRONG_USE
    if isinstance(defect, OSError):
        what = f"{defect.filename or 'file'}: {defect.strerror or defect}"
        _complain(f"{what}; check that the place exists, is writable and has room")
        return ExitCode.WRONG_USE
    if os.environ.get("COHERENCE_DEBUG"):
        raise defect
    _complain(
        f"A defect of this program: {type(defect).__name__}: {defect}\n"
        "Nothing was written. Run again with COHERENCE_DEBUG=1 for the details that a bug report needs."
    )
    return ExitCode.DEFECT


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _complain(message: str) -> None:
    Console(stderr=True, soft_wrap=True).print(message, markup=False, highlight=False)


def _print_notices(notices: list[Notice] | tuple[Notice, ...]) -> None:
    from coherence.notices import in_language  # noqa: PLC0415

    # The report speaks the documents' language; the command line speaks English.
    for notice in (in_language(each, "en") for each in notices):
        _complain(f"{notice.where}: {notice.what}" + (f"; {notice.remedy}" if notice.remedy else ""))


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a callback that draws a bar once the work lasts longer than two seconds; silent when not a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("", total=None)

    def step(what: str, done: int, total: int) -> None:
        bar.update(task, description=what, completed=done, total=total)
        elapsed = bar.tasks[0].elapsed or 0.0
        if not bar.live.is_started and elapsed > _QUIET_SECONDS:
            bar.start()

    try:
        yield step
    finally:
        bar.stop()
