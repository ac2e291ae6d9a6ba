"""What all commands share: exit codes, messages on standard error, progress bars."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coherence.models import Notice

__all__ = [
    "SEVERITIES",
    "AsOf",
    "Attention",
    "CountryFolder",
    "ExitCode",
    "FailOn",
    "OutputForm",
    "ReportLanguage",
    "RuleFolders",
    "complain",
    "json_text",
    "print_lines",
    "print_notices",
    "progress_bar",
]


def read_day(text: str) -> date:
    """Return a date written year-month-day; raises what the command line tells as wrong use."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no date: write year, month and day, as 2026-11-30") from None


AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=read_day, metavar="DATE",
        help="Date of the assessment, as 2026-11-30: suppressions end by it, next moments of revision count from it.",
    ),
]  # fmt: skip
CountryFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder of one country's documents, with or without dossier.yaml.")
]
RuleFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="DIR", exists=True, file_okay=False, help="Folder of further rules; may be repeated."
    ),
]
ReportLanguage = Literal["en", "fr", "es", "ar", "ru", "zh"]
OutputForm = Literal["text", "json"]
Attention = Literal["info", "low", "medium", "high"]
SEVERITIES: tuple[Attention, ...] = ("info", "low", "medium", "high")
FailOn = Annotated[
    Attention | None, typer.Option(help="Exit with 1 when there are findings of this severity or above.")
]
_QUIET_SECONDS = 2.0
"""A progress bar appears for what takes longer."""


class ExitCode(IntEnum):
    """What the exit status tells."""

    DONE = 0
    FINDINGS = 1
    WRONG_USE = 2
    DEFECT = 3
    PARTIAL = 4
    INTERRUPTED = 130


def complain(message: str) -> None:
    """Write a message to standard error, its lines unbroken."""
    Console(stderr=True, soft_wrap=True).print(message, markup=False, highlight=False)


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output as they are."""
    console = Console(soft_wrap=True)
    for line in lines:
        console.print(line, markup=False, highlight=False, emoji=False)


def print_notices(notices: Iterable[Notice]) -> None:
    """Write notices to standard error in English: the report speaks the documents' language."""
    from coherence.notices import in_language  # noqa: PLC0415  # slow imports wait until they are needed

    for notice in (in_language(each, "en") for each in notices):
        complain(f"{notice.where}: {notice.what}" + (f"; {notice.remedy}" if notice.remedy else ""))


def json_text(data: object) -> str:
    """Return JSON for people and programs: sorted keys, one entry a line, one final newline."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
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
