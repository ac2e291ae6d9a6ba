"""The command that prints the accounting of a dossier: account."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer
from rich.console import Console

from coherence.cli_printing import AsOf, CountryFolder, ExitCode, ReportLanguage, print_notices, progress_bar

__all__ = ["account"]


def account(
    directory: CountryFolder,
    *,
    form: Annotated[
        Literal["table", "json", "csv"],
        typer.Option("--format", help="Tables of totals; JSON of everything; or CSV, one row per line of a total."),
    ] = "table",
    language: Annotated[
        ReportLanguage | None, typer.Option(help="Language of the tables; default: that of the documents.")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Total a country's hectares, emissions and money as ranges, each line traced to its commitment."""
    from coherence.pipeline import assess_directory  # noqa: PLC0415  # slow imports wait until they are needed
    from coherence.reports import (  # noqa: PLC0415
        print_accounting,
        render_accounting_csv,
        render_accounting_json,
    )

    with progress_bar() as progress:
        report = assess_directory(directory, language=language, as_of=as_of, progress=progress).report
    if form == "table":
        print_accounting(report, Console())
    else:
        sys.stdout.write(render_accounting_json(report) if form == "json" else render_accounting_csv(report))
        sys.stdout.flush()
    print_notices([n for n in (*report.left_out, *report.notices) if n.level != "info"])
    if not report.complete:
        raise typer.Exit(ExitCode.PARTIAL)
