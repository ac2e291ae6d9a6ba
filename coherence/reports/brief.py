"""What a reader with one minute has to know of a report: a handful of lines that every renderer puts in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.reports.accounts import land_sentences
from coherence.reports.digest import SEVERITIES
from coherence.reports.target_table import quality_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.models import Finding, Recommendation
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["Essential", "essentials", "findings_counted"]

_PRESSING = ("high", "medium")
"""Gaps of less attention are many and light."""


@dataclass(frozen=True, slots=True)
class Essential:
    """One line: what it is about, what is to be said, and where the report says more."""

    label: str
    text: str
    finding: Finding | None = None
    recommendation: Recommendation | None = None
    of_land: bool = False
    """Whether the totals say more."""


def essentials(view: Digest, words: Wording) -> tuple[Essential, ...]:
    """Return the lines, those for which the report has nothing left out."""
    return (*_land(view, words), *_contradictions(view, words), *_unanswered(view, words), *_quality(view, words),
            *_first_step(view, words))  # fmt: skip


def findings_counted(view: Digest, words: Wording) -> str:
    """Return "598 findings (21 of high attention)"."""
    told = words.count("findings", len(view.report.findings))
    high = sum(finding.severity == "high" for finding in view.report.findings)
    return words.text("brief.of_which", all=told, high=words.number(high)) if high else told


def _land(view: Digest, words: Wording) -> Iterator[Essential]:
    land = view.report.accounting.land
    if land is None:
        return
    told = list(land_sentences(land, words)[:2])
    if land.demand.high > land.demand.low:
        told.insert(1, words.text("brief.twice", area=words.number(land.demand.high - land.demand.low)))
    yield Essential(words.text("brief.land"), " ".join(told), of_land=True)


def _contradictions(view: Digest, words: Wording) -> Iterator[Essential]:
    """Tell the gravest contradiction or, where none asks for attention, the gravest tension; low ones can wait."""
    pressing = [each for each in view.report.findings if each.conflict and each.severity in _PRESSING]
    for nature in ("contradiction", "tension"):
        found = [each for each in pressing if each.conflict and each.conflict.type == nature]
        if found:
            first = min(found, key=lambda each: (SEVERITIES.index(each.severity), -each.confidence, each.fingerprint))
            yield Essential(words.count(f"{nature}s", len(found)), first.explanation, finding=first)
            return


def _unanswered(view: Digest, words: Wording) -> Iterator[Essential]:
    alone = {
        name
        for each in view.report.findings
        if each.missing and each.missing.element == "counterpart" and each.severity in _PRESSING
        for name in each.commitments[:1]
    }
    if alone:
        told = words.text("brief.unanswered_text", commitments=words.count("commitments", len(alone)))
        yield Essential(words.text("brief.unanswered"), told)


def _quality(view: Digest, words: Wording) -> Iterator[Essential]:
    quality = view.report.target_quality
    if quality and quality.targets:
        yield Essential(words.text("quality.title"), quality_line(quality, words))


def _first_step(view: Digest, words: Wording) -> Iterator[Essential]:
    for first in view.report.recommendations[:1]:
        yield Essential(words.text("brief.first_step"), first.title, recommendation=first)
