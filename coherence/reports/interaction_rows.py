"""The interaction matrix of a report for its renderers: the table of themes, and what acts on what with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.reports.digest import INSTRUMENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.interaction_models import InteractionView, ThemeInteraction, ThemeOfPlans
    from coherence.models import Finding
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["ActingTheme", "MatrixRow", "MatrixTable", "acting_themes", "committed", "matrix_note", "matrix_table"]


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """Themes that act, in rows, on themes that are acted on, in columns."""

    columns: tuple[ThemeOfPlans, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A theme that acts, and how it acts on the theme of each column; None where nothing is known."""

    theme: ThemeOfPlans
    cells: tuple[ThemeInteraction | None, ...]


@dataclass(frozen=True, slots=True)
class ActingTheme:
    """What one entry of the matrix says of one acting theme."""

    theme: ThemeOfPlans
    acts_on: tuple[ThemeOfPlans, ...]
    entry: ThemeInteraction
    findings: tuple[Finding, ...]


def matrix_table(matrix: InteractionView) -> MatrixTable:
    """Return the matrix without the rows and columns that would be empty, in the order of its themes."""
    known = {(each.to_theme, each.from_theme): each for each in matrix.interactions if not each.directed}
    known |= {(each.from_theme, each.to_theme): each for each in matrix.interactions}
    acting, receiving = {start for start, _ in known}, {end for _, end in known}
    columns = tuple(each for each in matrix.themes if each.theme in receiving)
    rows = (
        MatrixRow(row, tuple(known.get((row.theme, column.theme)) for column in columns))
        for row in matrix.themes
        if row.theme in acting
    )
    return MatrixTable(columns, tuple(rows))


def acting_themes(view: Digest, *, harmful: bool) -> tuple[ActingTheme, ...]:
    """Return what acts on what, the strongest first; benefits from +2 on, as lesser ones are many and say little."""
    matrix = view.report.interactions
    if matrix is None:
        return ()
    themes = {each.theme: each for each in matrix.themes}
    found: dict[tuple[str, str], list[ThemeInteraction]] = {}
    for each in matrix.interactions:
        if each.score < 0 if harmful else each.score > 1:
            found.setdefault((each.id, each.from_theme), []).append(each)
    rows = (
        ActingTheme(
            theme=themes[several[0].from_theme],
            acts_on=tuple(themes[each.to_theme] for each in several),
            entry=several[0],
            findings=_findings(several, view),
        )
        for several in found.values()
    )
    return tuple(sorted(rows, key=lambda row: (-abs(row.entry.score), not row.findings)))


def _findings(entries: Sequence[ThemeInteraction], view: Digest) -> tuple[Finding, ...]:
    names = dict.fromkeys(name for each in entries for name in each.findings)
    return tuple(view.findings[name] for name in names if name in view.findings)


def committed(theme: ThemeOfPlans, view: Digest, words: Wording) -> str:
    """Return a theme with the number of commitments of each instrument: "Irrigation (NDC 2, NAP 1)"."""
    counts = Counter(view.commitments[name].instrument for name in theme.commitments if name in view.commitments)
    told = (f"{words.text(f'acronym.{name}')} {words.number(counts[name])}" for name in INSTRUMENTS if counts[name])
    return f"{theme.label} ({words.listed(told)})"


def matrix_note(matrix: InteractionView, words: Wording) -> str:
    """Return the note on the table, with how many of its judgements nobody has checked."""
    entries = {each.id: each.verified for each in matrix.interactions}
    open_ones = sum(not verified for verified in entries.values())
    told = words.text("interaction.unchecked", n=words.number(open_ones), all=words.number(len(entries)))
    return f"{words.text('interaction.note')} {told}"
