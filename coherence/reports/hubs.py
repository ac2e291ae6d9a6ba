"""Findings between commitments by the one they have in common: its words stand once, the others below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from coherence.model_basics import ConflictMechanism
from coherence.reports.digest import SEVERITIES, RuleGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import Commitment, Finding, FindingKind
    from coherence.reports.digest import Digest

__all__ = ["Hub", "HubGroup", "Mechanism", "Meeting", "by_mechanism", "by_rule", "goals"]

_MECHANISMS: tuple[ConflictMechanism, ...] = get_args(ConflictMechanism)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One finding, and what it says the common commitment meets."""

    finding: Finding
    others: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Hub:
    """A commitment with all that it meets, the most pressing first; None for findings without a known commitment."""

    commitment: Commitment | None
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True)
class HubGroup:
    """The findings of one rule, with what is the same for all of them."""

    group: RuleGroup
    hubs: tuple[Hub, ...]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """The conflicts that come about in one way."""

    mechanism: ConflictMechanism | None
    groups: tuple[HubGroup, ...]
    findings: int


def by_rule(view: Digest, kind: FindingKind, apart: frozenset[str] = frozenset()) -> tuple[HubGroup, ...]:
    """Return the findings of a kind by rule, and below by the commitment that most of the rule's findings share."""
    groups = (HubGroup(group, _hubs(group.findings, view)) for group in view.rule_groups(kind, apart))
    return tuple(sorted(groups, key=lambda each: _pressing(each.group.findings)))


def by_mechanism(view: Digest) -> tuple[Mechanism, ...]:
    """Return the conflicts by how they come about, and below by rule."""
    found: dict[ConflictMechanism | None, list[HubGroup]] = defaultdict(list)
    for each in by_rule(view, "conflict"):
        nature = each.group.conflict
        found[nature.mechanism if nature else None].append(each)
    return tuple(
        Mechanism(name, tuple(found[name]), sum(len(each.group.findings) for each in found[name]))
        for name in (*_MECHANISMS, None)
        if found[name]
    )


def goals(view: Digest) -> tuple[Hub, ...]:
    """Return the synergies by the goal that they serve: the first commitment of each."""
    return _hubs((each for each in view.report.findings if each.kind == "synergy"), view, first=True)


def _hubs(findings: Iterable[Finding], view: Digest, *, first: bool = False) -> tuple[Hub, ...]:
    found: dict[str, list[Meeting]] = defaultdict(list)
    findings = tuple(findings)
    known = {each.fingerprint: view.commitments_of(each) for each in findings}
    times = Counter(each.id for concerned in known.values() for each in concerned)
    for finding in findings:
        concerned = known[finding.fingerprint]
        common = concerned[0] if first and concerned else max(concerned, key=lambda each: times[each.id], default=None)
        name = common.id if common else ""
        others = tuple(each for each in concerned if each.id != name)
        found[name].append(Meeting(finding, others))
    hubs = (
        Hub(view.commitments.get(name), tuple(sorted(meetings, key=lambda each: _order(each.finding))))
        for name, meetings in found.items()
    )
    return tuple(sorted(hubs, key=lambda each: (*_pressing(one.finding for one in each.meetings), _place(each))))


def _place(hub: Hub) -> tuple[str, int, int]:
    commitment = hub.commitment
    return (commitment.document, commitment.provenance.page, commitment.provenance.start) if commitment else ("", 0, 0)


def _order(finding: Finding) -> tuple[int, float, str]:
    return SEVERITIES.index(finding.severity), -finding.confidence, finding.fingerprint


def _pressing(findings: Iterable[Finding]) -> tuple[int, int]:
    """Return what puts the gravest first, then the most frequent."""
    places = [SEVERITIES.index(each.severity) for each in findings]
    return min(places), -len(places)
