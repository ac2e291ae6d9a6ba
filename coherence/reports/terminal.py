"""The summary that a person sees in the terminal when an assessment ends."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from coherence.reports.accounts import land_sentences
from coherence.reports.digest import KINDS, SEVERITIES, Digest, digest
from coherence.reports.target_table import quality_line
from coherence.reports.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from coherence.models import Report

__all__ = ["plain", "print_summary"]

_TOP = 5
_HASH_SHOWN = 12


def print_summary(report: Report, console: Console, where: Path | None = None) -> None:
    """Print the documents, the counts, the first recommendations and where the report lies."""
    view, words = digest(report), Wording(report.language)
    console.print(Text(words.text("page.title", country=plain(report.country_name)), style="bold"))
    console.print(_documents(view, words))
    for line in _left_out(view, words):
        console.print(line)
    console.print(_counts(view, words))
    if report.accounting.land:
        for sentence in land_sentences(report.accounting.land, words)[:2]:
            console.print(Text(sentence), soft_wrap=True)
    if (quality := view.report.target_quality) and (told := quality_line(quality, words)):
        console.print(Text(words.labelled(words.text("quality.title"), told)))
    if report.suppressed:
        console.print(Text(words.count("suppressed", len(report.suppressed))))
    if report.recommendations:
        console.print(_recommendations(view, words))
    if report.clusters:
        names = words.apart(plain(cluster.name) for cluster in report.clusters)
        console.print(Text(words.labelled(words.count("clusters", len(report.clusters)), names)))
    for pack in report.packs:
        named, short = plain(words.pack_name(pack)), pack.hash[:_HASH_SHOWN]
        console.print(Text(words.labelled(words.text("pack.name"), f"{named} ({short})")), soft_wrap=True)
    if where is not None:
        console.print(Text(words.text("terminal.written", path=where)), soft_wrap=True)


def plain(text: str) -> str:
    """Remove control characters: a document's title must not steer the terminal."""
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cf"} else char for char in text)


def _table(title: str) -> Table:
    return Table(title=Text(title, style="bold"), title_justify="left", show_edge=False, pad_edge=False)


def _documents(view: Digest, words: Wording) -> Table:
    table = _table(words.text("snapshot.documents"))
    table.add_column(words.text("document.instrument"), no_wrap=True)
    table.add_column(words.text("document.heading"), overflow="fold")
    table.add_column(words.text("document.year"), justify="right")
    table.add_column(words.text("document.language"))
    table.add_column(words.text("document.pages"), justify="right")
    table.add_column(words.text("document.commitments"), justify="right")
    mains = Counter(commitment.document for commitment in view.mains)
    for document in view.report.documents:
        table.add_row(
            words.text(f"acronym.{document.instrument}"),
            Text(plain(document.title or document.path)),
            str(document.year) if document.year is not None else words.text("document.no_year"),
            words.language_name(document.language),
            words.number(document.pages),
            words.number(mains[document.path]),
        )
    return table


def _left_out(view: Digest, words: Wording) -> list[Text]:
    """Say that something is missing; what it is, the notices tell."""
    lines = []
    if view.missing_instruments:
        names = words.list_of(words.text(f"acronym.{name}") for name in view.missing_instruments)
        lines.append(Text(words.text("snapshot.missing_instruments", names=names)))
    if not view.report.complete:
        lines.append(Text(words.text("snapshot.incomplete", what=words.incomplete(view.report))))
    if told := words.turned_off(view.report):
        lines.append(Text(plain(told)))
    return lines


def _counts(view: Digest, words: Wording) -> Table:
    table = _table(words.text("terminal.kinds"))
    table.add_column(words.text("finding.kind"))
    for severity in SEVERITIES:
        table.add_column(words.text(f"severity.{severity}"), justify="right")
    table.add_column(words.text("terminal.total"), justify="right")
    counts = view.counts()
    for kind in KINDS:
        numbers = [counts[kind, severity] for severity in SEVERITIES]
        table.add_row(words.text(f"kinds.{kind}"), *(words.number(number) for number in (*numbers, sum(numbers))))
    return table


def _recommendations(view: Digest, words: Wording) -> Table:
    table = _table(words.text("snapshot.top"))
    table.add_column("", justify="right")
    table.add_column(words.text("finding.severity"))
    table.add_column(words.text("recommendation.title"), overflow="fold")
    table.add_column(words.text("recommendation.addressees"), overflow="fold")
    for recommendation in view.report.recommendations[:_TOP]:
        table.add_row(
            str(recommendation.rank),
            words.text(f"severity.{recommendation.priority}"),
            Text(plain(recommendation.title)),
            Text(plain(words.listed(recommendation.addressees))),
        )
    return table
