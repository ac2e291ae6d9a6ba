"""What to talk about first and what cannot be compared, in the words that all renderers show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.models import AgendaItem, Comparison, Finding, FindingKind, Recommendation
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["MOST_AGENDA", "AgendaEntry", "agenda_entries", "meeting_of", "reasons_of", "same_people"]

MOST_AGENDA = 6
"""Subjects that fill one page with what to begin with; the others are named."""
_MOST_ADVICE = 3
_MOST_PAIRS = 3
"""Meetings of instruments named for a subject; the findings list them all."""


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One subject with what a page shows of it."""

    item: AgendaItem
    subject: str
    """Its name."""
    pairs: tuple[str, ...]
    """Instruments that meet with their findings by kind, those with the most first: "NDC ↔ LDN: 2 gaps"."""
    lead: Finding
    """The finding to begin with."""
    advice: tuple[Recommendation, ...]
    """The recommendations that take it up, the first ones."""

    @property
    def first_pairs(self) -> tuple[str, ...]:
        """The first meetings, as many as a page can hold."""
        return (*self.pairs[:_MOST_PAIRS], *(["…"] if len(self.pairs) > _MOST_PAIRS else []))


def agenda_entries(view: Digest, words: Wording) -> tuple[AgendaEntry, ...]:
    """Return the agenda of a report in words; items whose findings are not in the report are passed over."""
    names = {each.id: each.label for each in view.report.subjects}
    entries = []
    for item in view.report.agenda:
        found = [view.findings[name] for name in item.findings if name in view.findings]
        if found:
            subject = names.get(item.subject, item.subject)
            advice = view.recommendations_of.get(found[0].fingerprint, ())[:_MOST_ADVICE]
            entries.append(AgendaEntry(item, subject, _pairs(found, view, words), found[0], advice))
    return tuple(entries)


def _pairs(findings: Iterable[Finding], view: Digest, words: Wording) -> tuple[str, ...]:
    counts: dict[str, Counter[FindingKind]] = {}
    for finding in findings:
        pair = meeting_of(view.instruments_of(finding), words)
        counts.setdefault(pair, Counter())[finding.kind] += 1
    # Gaps are many and light: they do not decide which pair is named first.
    ranked = sorted(counts.items(), key=lambda each: (each[1]["gap"] - each[1].total(), -each[1].total(), each[0]))
    return tuple(words.labelled(pair, words.kinds(found)) for pair, found in ranked)


def same_people(entries: Sequence[AgendaEntry]) -> tuple[str, ...]:
    """Return who is at the table where it is the same people for each of several subjects, else nobody."""
    told = {entry.item.addressees for entry in entries}
    return told.pop() if len(told) == 1 < len(entries) else ()


def meeting_of(instruments: Iterable[str], words: Wording) -> str:
    """Return instruments that meet: "NDC ↔ LDN"."""
    return " ↔ ".join(words.text(f"acronym.{name}") for name in instruments)


def reasons_of(comparison: Comparison, words: Wording) -> tuple[str, ...]:
    """Return why pairs cannot be compared, each reason with their number."""
    return tuple(
        words.labelled(words.text(f"comparison.reason.{name}"), words.number(number))
        for name, number in comparison.reasons
    )
