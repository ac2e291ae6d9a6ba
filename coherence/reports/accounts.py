"""The accounts of a report in words, for every renderer: titles, what the ends assume, lines with their commitments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coherence.accounting_models import Account, AccountLine, LandCheck, LeftOut, Total
    from coherence.models import Commitment, Finding
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["ShownLine", "account_title", "assumption", "land_sentences", "left_out_groups", "lines_of", "unit_text"]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the commitment that states its figure, the line it is weighed beside, and the overlaps of the two."""

    line: AccountLine
    commitment: Commitment
    beside: Commitment | None
    overlaps: tuple[Finding, ...]


def account_title(account: Account, words: Wording) -> str:
    """Return "Areas (ha)" or "Money (USD, per year)"."""
    notes = [
        unit_text(account, words),
        *(words.text(f"accounting.basis.{name}") for name in account.basis.split(":") if name),
    ]
    return f"{words.text(f'accounting.measure.{account.measure}')} ({', '.join(notes)})"


def unit_text(account: Account, words: Wording) -> str:
    """Return the unit as the report writes it."""
    return words.unit(account.unit)


def assumption(total: Total, words: Wording) -> str:
    """Return what each end of a range takes for granted."""
    if total.lines == 1:
        return words.text("accounting.assumed.one")
    counts = {"least": len(total.low_of), "most": len(total.high_of), "lines": total.lines}
    key = "exact" if counts["least"] == counts["most"] == counts["lines"] else "nested"
    return words.text(f"accounting.assumed.{key}", **{name: words.number(value) for name, value in counts.items()})


def land_sentences(land: LandCheck, words: Wording) -> tuple[str, ...]:
    """Return the demand beside the land, what follows, and where the country's figure comes from."""
    numbers = {"low": land.demand.low, "high": land.demand.high, "area": land.land_area_ha}
    return (
        words.text("accounting.land", **{name: words.number(value) for name, value in numbers.items()}),
        words.text(f"accounting.verdict.{land.verdict}"),
        words.text("accounting.land_source", source=land.source, year=land.year),
        *([words.text("accounting.total_area")] if land.total_area else []),
    )


def lines_of(account: Account, view: Digest) -> tuple[ShownLine, ...]:
    """Return the lines of an account whose commitments the report holds, the largest first."""
    ordered = sorted(account.lines, key=lambda line: (-line.high, line.commitment))
    concerned = {line.commitment for line in account.lines}
    return tuple(
        ShownLine(
            line=line,
            commitment=view.commitments[line.figure],
            beside=view.commitments.get(line.beside) if line.beside else None,
            overlaps=_overlaps(line, concerned, view),
        )
        for line in ordered
        if line.figure in view.commitments
    )


def _overlaps(line: AccountLine, concerned: set[str], view: Digest) -> tuple[Finding, ...]:
    found = view.findings_of.get(line.commitment, ())
    return tuple(
        finding
        for finding in found
        if finding.kind == "overlap" and len(concerned.intersection(finding.commitments)) > 1
    )


def left_out_groups(view: Digest) -> Mapping[str, Sequence[tuple[LeftOut, Commitment]]]:
    """Return the figures that are in no total by the id of the reason."""
    groups: dict[str, list[tuple[LeftOut, Commitment]]] = {}
    for each in view.report.accounting.left_out:
        if each.commitment in view.commitments:
            groups.setdefault(each.because, []).append((each, view.commitments[each.commitment]))
    return groups
