"""The targets of a report by the criteria of their quality: rows to show, and what they come to per instrument."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coherence.models import Commitment, Instrument
    from coherence.quality_models import CriterionVerdict, QualityView, TargetQuality
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["QualityRow", "QualitySummary", "quality_line", "quality_rows", "quality_summaries", "verdict_text"]

_ORDER: tuple[Instrument, ...] = ("LDN", "NBSAP", "NAP", "NDC", "OTHER")
"""The decision is about LDN targets: these come first."""


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One target with its verdicts."""

    commitment: Commitment
    quality: TargetQuality


@dataclass(frozen=True, slots=True)
class QualitySummary:
    """The targets of one instrument together."""

    instrument: Instrument
    targets: int
    score: float
    """Criteria met by a target on average, 0 to 7."""
    met: Mapping[str, int]
    """Targets that meet a criterion, by its id."""
    judged: Mapping[str, int]
    """Targets that could be judged by a criterion, by its id."""


def quality_rows(view: Digest) -> tuple[QualityRow, ...]:
    """Return the targets by instrument, those of a document in its order; none where quality was not assessed."""
    if view.report.target_quality is None:
        return ()
    known = view.commitments
    rows = [QualityRow(known[each.commitment], each) for each in view.report.target_quality.targets
            if each.commitment in known]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: _ORDER.index(row.commitment.instrument)))


def quality_summaries(rows: Sequence[QualityRow]) -> tuple[QualitySummary, ...]:
    """Return what the targets come to, one entry for each instrument that has any."""
    by_instrument: dict[Instrument, list[TargetQuality]] = defaultdict(list)
    for row in rows:
        by_instrument[row.commitment.instrument].append(row.quality)
    return tuple(_summary(name, by_instrument[name]) for name in _ORDER if by_instrument[name])


def _summary(instrument: Instrument, targets: Sequence[TargetQuality]) -> QualitySummary:
    met: dict[str, int] = defaultdict(int)
    judged: dict[str, int] = defaultdict(int)
    for target in targets:
        for verdict in target.verdicts:
            met[verdict.criterion] += verdict.state == "met"
            judged[verdict.criterion] += verdict.state != "not_judged"
    return QualitySummary(instrument, len(targets), sum(each.score for each in targets) / len(targets), met, judged)


def verdict_text(verdict: CriterionVerdict, words: Wording) -> str:
    """Return state, reason and the deciding words: "met: states a figure (“5,000 ha”)"."""
    told = words.labelled(words.text(f"quality.{verdict.state}"), verdict.reason)
    quoted = "; ".join(f"“{each}”" for each in verdict.words)
    return f"{told} ({quoted})" if quoted else told


def quality_line(quality: QualityView, words: Wording) -> str:
    """Return how many targets there are, how many criteria they meet on average, and which is met least often."""
    targets = quality.targets
    if not targets:
        return ""
    met = {each.id: 0 for each in quality.criteria}
    for target in targets:
        for verdict in target.verdicts:
            met[verdict.criterion] += verdict.state == "met"
    least = min(quality.criteria, key=lambda each: met[each.id])
    return words.text(
        "quality.line",
        targets=words.count("targets", len(targets)),
        score=words.number(round(sum(each.score for each in targets) / len(targets), 1)),
        most=len(quality.criteria),
        least=least.label.lower(),
        met=met[least.id],
        all=len(targets),
    )
