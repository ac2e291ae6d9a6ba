"""Findings → agenda: which subject has to be talked about first, between which instruments, and with whom.

Findings between instruments are put together by what their commitments are about (the subjects of
``rules/frameworks/expectations.yaml``, else the main theme) and ranked by the weights of recommendations
(``rules/frameworks/recommending.yaml``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence import expectations
from coherence.agenda_models import AgendaItem, SubjectRecord
from coherence.frameworks import labels_text
from coherence.graph import theme_table
from coherence.recommendation_patterns import Recommending, recommending

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.models import Commitment, Finding, Instrument
    from coherence.vocabulary import Language

__all__ = ["agenda_of", "subjects_of"]


@dataclass(frozen=True, slots=True)
class _Told:
    """A finding, the instruments it concerns, and what it may be filed under."""

    finding: Finding
    instruments: tuple[Instrument, ...]
    subjects: tuple[str, ...]


def subjects_of(commitments: Iterable[Commitment], language: Language) -> tuple[SubjectRecord, ...]:
    """Return what commitments are about, each under one subject; those without a theme are under none."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in commitments:
        subject = _subject(each)
        if subject:
            found[subject].append(each.id)
    return tuple(
        SubjectRecord(id=name, label=_label(name, language), commitments=tuple(sorted(found[name])))
        for name in sorted(found)
    )


def agenda_of(
    findings: Sequence[Finding],
    commitments: Mapping[str, Commitment],
    language: Language,
    how: Recommending | None = None,
) -> tuple[AgendaItem, ...]:
    """Return what to talk about, the most pressing first; the order of the input makes no difference.

    A finding stands under one item: that of the subject which most findings have. Findings within one instrument, on
    single commitments (quality), on documents as a whole and on commitments without a theme are no item. Raises
    VocabularyError when the shipped data are faulty.
    """
    how = how or recommending()
    told = []
    for finding in sorted(findings, key=lambda each: each.fingerprint):
        concerned = [commitments[name] for name in finding.commitments if name in commitments]
        instruments = _instruments(finding, concerned, how)
        if concerned and finding.kind != "quality" and len(instruments) > 1:
            told.append(_Told(finding, instruments, _subjects(finding, concerned)))
    items = sorted(_by_subject(told).items(), key=lambda each: (-_urgency(each[1], how), each[0]))
    return tuple(_item(rank, subject, found, how, language) for rank, (subject, found) in enumerate(items, 1))


def _item(rank: int, subject: str, found: Sequence[_Told], how: Recommending, language: Language) -> AgendaItem:
    # Who has a counterpart to look for is asked only where there is nothing to settle with others.
    meeting = [each for each in found if each.finding.kind != "gap"] or found
    instruments = tuple(name for name in how.receiving_order if any(name in each.instruments for each in meeting))
    return AgendaItem(
        rank=rank,
        subject=subject,
        instruments=instruments,
        priority=max((each.finding.severity for each in found), key=lambda level: how.severity_weight[level]),
        addressees=tuple(labels_text(how.label_of(name), language) for name in how.focal_points_of(instruments)),
        findings=tuple(each.finding.fingerprint for each in sorted(found, key=lambda each: _first(each.finding, how))),
    )


def _subjects(finding: Finding, concerned: Sequence[Commitment]) -> tuple[str, ...]:
    """Return what a finding may be filed under: of measures that serve one goal, the goal decides."""
    deciding = concerned[:1] if finding.kind == "synergy" else concerned
    return tuple(filter(None, dict.fromkeys(map(_subject, deciding))))


def _subject(commitment: Commitment) -> str:
    """Return the id of what a commitment is first of all about, as rules see it: a subject, else its main theme."""
    found = expectations.subjects_of(commitment.themes) or commitment.themes[:1]
    return found[0] if found else ""


def _label(subject: str, language: Language) -> str:
    themes = theme_table()
    if subject in themes:
        return themes[subject].label(language)
    label = expectations.subject_label(subject, language)
    return label[:1].upper() + label[1:]


def _instruments(finding: Finding, concerned: Iterable[Commitment], how: Recommending) -> tuple[Instrument, ...]:
    named = {each.instrument for each in concerned}
    named |= {said.instrument for said in finding.evidence if said.instrument is not None}
    if finding.missing is not None and finding.missing.instrument is not None:
        named.add(finding.missing.instrument)
    return tuple(name for name in how.receiving_order if name in named)


def _by_subject(told: Iterable[_Told]) -> dict[str, list[_Told]]:
    """Return findings by the subject that most of them share, so that one talk settles as many as it can.

    A subject that several conventions share goes before a theme that belongs to none of these.
    """
    told = tuple(each for each in told if each.subjects)
    times = Counter(subject for each in told for subject in each.subjects)
    found: dict[str, list[_Told]] = defaultdict(list)
    for each in told:
        best = max(each.subjects, key=lambda subject: (subject not in theme_table(), times[subject], subject))
        found[best].append(each)
    return found


def _urgency(told: Sequence[_Told], how: Recommending) -> int:
    """Return the weight of the gravest finding, times their number counted in doublings."""
    return max(_weight(each.finding, how) for each in told) * len(told).bit_length()


def _weight(finding: Finding, how: Recommending) -> int:
    return how.severity_weight[finding.severity] * how.kind_weight[finding.kind]


def _first(finding: Finding, how: Recommending) -> tuple[bool, int, float, str]:
    """Return what puts the gravest and then the surest finding first: what is said in both before what is in one."""
    return finding.kind == "gap", -_weight(finding, how), -finding.confidence, finding.fingerprint
