"""Two assessments of one country → what is new, gone and changed, each finding with the nearest reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from coherence.change_models import (
    ChangedDocument,
    ChangedFinding,
    ChangedRule,
    Changes,
    Edition,
    FieldChange,
    FindingChanges,
    MovedFinding,
    Quoted,
)
from coherence.compare_commitments import Matched, match_commitments
from coherence.errors import CoherenceError, Fault, Location
from coherence.model_basics import FindingKind, Instrument, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.change_models import Cause
    from coherence.models import DocumentRecord, Finding, Report

__all__ = ["compare_reports"]

_SEVERITIES = get_args(Severity)
_KINDS = get_args(FindingKind)
_INSTRUMENTS = get_args(Instrument)
_MANY = 2
"""Commitments of a finding on a pair; one with more tells several matches together."""


def compare_reports(before: Report, after: Report) -> Changes:
    """Return what changed from one assessment of a country to another; raises CoherenceError for two countries.

    Findings are the same by their fingerprint, or where their rule is and their commitments have each other's place.
    """
    if before.country != after.country:
        what = f"a report on {before.country} and one on {after.country} cannot be compared"
        raise CoherenceError(Fault(Location(after.country), what, "name two assessments of one country"))
    documents, rules = _documents(before.documents, after.documents), _rules(before, after)
    commitments = match_commitments(before.commitments, after.commitments)
    comparison = _Comparison(before, after, commitments, {each.rule: each for each in rules}, bool(documents))
    return Changes(
        country=after.country, country_name=after.country_name, language=after.language, before=_edition(before),
        after=_edition(after), documents=documents, rules=rules, commitments=commitments.changes,
        findings=comparison.findings(),
    )  # fmt: skip


def _edition(report: Report) -> Edition:
    return Edition(
        engine_version=report.engine_version, rules_hash=report.rules_hash, language=report.language,
        as_of=report.as_of, documents=len(report.documents), commitments=len(report.commitments),
        findings=len(report.findings), set_aside=len(report.suppressed),
    )  # fmt: skip


def _documents(before: Sequence[DocumentRecord], after: Sequence[DocumentRecord]) -> tuple[ChangedDocument, ...]:
    """Return the documents of other content: those of one instrument are paired, of several by file, then by year."""
    known = {each.sha256 for each in before} & {each.sha256 for each in after}
    found: list[ChangedDocument] = []
    for instrument in _INSTRUMENTS:
        old, new = (
            sorted(
                (each for each in side if each.instrument == instrument and each.sha256 not in known),
                key=lambda each: (each.year or 0, each.path),
            )
            for side in (before, after)
        )
        for each in [each for each in old if any(each.path == other.path for other in new)]:
            same = next(other for other in new if other.path == each.path)
            found.append(ChangedDocument(before=each, after=same))
            old.remove(each)
            new.remove(same)
        while old or new:
            found.append(ChangedDocument(before=old.pop(0) if old else None, after=new.pop(0) if new else None))
    return tuple(found)


def _rules(before: Report, after: Report) -> tuple[ChangedRule, ...]:
    old, new = ({rule.id: rule.version for rule in report.rules} for report in (before, after))
    return tuple(
        ChangedRule(rule=name, before=old.get(name), after=new.get(name))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Findings of two reports, and what is known to have changed beneath them."""

    before: Report
    after: Report
    commitments: Matched
    rules: dict[str, ChangedRule]
    documents_differ: bool

    def findings(self) -> FindingChanges:
        """Return what became of the findings."""
        pairs, left, right = self._paired()
        told = [self._told(one, other) for one, other in sorted(pairs, key=lambda pair: _gravest(pair[1]))]
        moved = [each for each in told if each.before.fingerprint != each.after.fingerprint and not each.fields]
        changed = [each for each in told if each.fields]
        same = Counter(each.after.kind for each in told)
        same.subtract(each.after.kind for each in (*moved, *changed))
        return FindingChanges(
            new=tuple(
                MovedFinding(finding=each, quotes=_quotes(each, self.after), cause=self._cause_of_new(each))
                for each in sorted(right, key=_gravest)
            ),
            gone=tuple(
                MovedFinding(finding=each, quotes=_quotes(each, self.before), cause=self._cause_of_gone(each))
                for each in sorted(left, key=_gravest)
            ),
            changed=tuple(changed),
            carried=tuple(moved),
            same={kind: same[kind] for kind in _KINDS if same[kind]},
        )

    def _told(self, one: Finding, other: Finding) -> ChangedFinding:
        return ChangedFinding(
            before=one, after=other, quotes_before=_quotes(one, self.before), quotes_after=_quotes(other, self.after),
            fields=self._fields(one, other), cause=self._cause(other, (one, other)),
        )  # fmt: skip

    def _paired(self) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
        """Return the findings of both, and those of one report only."""
        by_name = {each.fingerprint: each for each in self.after.findings}
        pairs = [(each, by_name[each.fingerprint]) for each in self.before.findings if each.fingerprint in by_name]
        same = {one.fingerprint for one, _ in pairs}
        # What was set aside, or counts again, is the same finding under another decision.
        aside = {each.finding.fingerprint for report in (self.before, self.after) for each in report.suppressed}
        left = [each for each in self.before.findings if each.fingerprint not in same]
        waiting: dict[tuple[object, ...], list[Finding]] = defaultdict(list)
        for each in sorted(self.after.findings, key=_gravest, reverse=True):
            if each.fingerprint not in same | aside:
                waiting[_about(each, each.commitments)].append(each)
        for one in sorted((each for each in left if each.fingerprint not in aside), key=_gravest):
            for candidates in [waiting[_about(one, self._now(one))], self._overlapping(one, waiting)]:
                if candidates:
                    other = candidates[-1]
                    waiting[_about(other, other.commitments)].remove(other)
                    pairs.append((one, other))
                    break
        paired = {one.fingerprint for one, _ in pairs}, {other.fingerprint for _, other in pairs}
        return (
            pairs,
            [each for each in left if each.fingerprint not in paired[0]],
            [each for each in self.after.findings if each.fingerprint not in paired[1]],
        )

    def _now(self, finding: Finding) -> tuple[str, ...]:
        return tuple(self.commitments.now.get(name, name) for name in finding.commitments)

    def _overlapping(self, one: Finding, waiting: dict[tuple[object, ...], list[Finding]]) -> list[Finding]:
        """Return the findings that tell several matches of the same first commitment, one of them in common."""
        first, *others = self._now(one) or ("",)
        return [
            each
            for found in waiting.values()
            for each in found
            if max(len(one.commitments), len(each.commitments)) > _MANY
            and (each.rule, each.missing, each.commitments[:1]) == (one.rule, one.missing, (first,))
            and not set(others).isdisjoint(each.commitments[1:])
        ]

    def _fields(self, one: Finding, other: Finding) -> tuple[FieldChange, ...]:
        """Return what the finding says differently; a confidence that only differs behind two decimals is the same."""
        told: dict[str, tuple[str | float | None, str | float | None]] = {
            "severity": (one.severity, other.severity),
            "score": (one.score, other.score),
            "relation": (one.relation, other.relation),
            "conflict": (_nature(one), _nature(other)),
            "confidence": (round(one.confidence, 2), round(other.confidence, 2)),
        }
        found = [FieldChange(field=name, before=old, after=new) for name, (old, new) in told.items() if old != new]
        if set(self._now(one)) != set(other.commitments):
            found.append(FieldChange(field="commitments", before=list(self._now(one)), after=list(other.commitments)))
        return tuple(found)

    def _cause_of_new(self, finding: Finding) -> Cause:
        if finding.fingerprint in {each.finding.fingerprint for each in self.before.suppressed}:
            return "counted_again"
        if (rule := self.rules.get(finding.rule)) and rule.before is None:
            return "rule_new"
        return self._cause(finding, (finding,))

    def _cause_of_gone(self, finding: Finding) -> Cause:
        if finding.fingerprint in {each.finding.fingerprint for each in self.after.suppressed}:
            return "set_aside"
        if (rule := self.rules.get(finding.rule)) and rule.after is None:
            return "rule_gone"
        return self._cause(finding, (finding,))

    def _cause(self, finding: Finding, sides: Iterable[Finding]) -> Cause:
        """Return the nearest reason: its commitments, its rule, then what else the reports were made from."""
        concerned = {name for side in sides for name in side.commitments}
        if not concerned.isdisjoint(self.commitments.new):
            return "commitment_new"
        if not concerned.isdisjoint(self.commitments.gone):
            return "commitment_gone"
        if not concerned.isdisjoint(self.commitments.changed):
            return "commitment_changed"
        if finding.rule in self.rules:
            return "rule_changed"
        if self.documents_differ:
            return "documents_differ"
        made = [(each.rules_hash, each.engine_version, each.packs) for each in (self.before, self.after)]
        return "rules_differ" if made[0] != made[1] else "elsewhere"


def _nature(finding: Finding) -> str | None:
    return finding.conflict.type if finding.conflict else None


def _quotes(finding: Finding, report: Report) -> tuple[Quoted, ...]:
    known = {each.id: each for each in report.commitments if each.id in finding.commitments}
    return tuple(
        Quoted(
            id=each.id,
            instrument=each.instrument,
            document=each.document,
            page=each.provenance.page,
            quote=each.quote,
        )
        for name in finding.commitments
        if (each := known.get(name)) is not None
    )


def _about(finding: Finding, commitments: Sequence[str]) -> tuple[object, ...]:
    """Return what a finding is about, whatever its fingerprint."""
    first, others = commitments[:1], frozenset(commitments[1:])
    return finding.rule, finding.missing, first, others


def _gravest(finding: Finding) -> tuple[int, int, float, str]:
    return (
        -_SEVERITIES.index(finding.severity), _KINDS.index(finding.kind), -finding.confidence, finding.fingerprint,
    )  # fmt: skip
