"""One dossier as rules see it, for questions: its commitments found by the beginning of an id, and described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.engine import Inquiry
from coherence.errors import CoherenceError, Fault, Location
from coherence.facts import build_facts
from coherence.graph import build_graph
from coherence.reports.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.engine import Candidate
    from coherence.models import Commitment, Finding, Report, Suppression
    from coherence.vocabulary import Language

__all__ = ["Case"]

_SHOWN_IDS = 4


class Case:
    """A report, its facts, and what rules make of them."""

    def __init__(self, report: Report) -> None:
        """Build the facts of the report's commitments, as the assessment did."""
        self.report = report
        graph = build_graph(report.country, report.country_name, report.documents, report.commitments)
        self.facts = build_facts(graph, report.accounting.land)
        self.inquiry = Inquiry(self.facts)
        self._commitments = {each.id: each for each in report.commitments}
        self._findings = (*report.findings, *(each.finding for each in report.suppressed))
        self._aside = {each.finding.fingerprint: each.suppression for each in report.suppressed}

    def commitment(self, name: str) -> str:
        """Return the id that begins with ``name``, its letter left out or not; raises CoherenceError."""
        found = _beginning_with(name, self._commitments)
        if len(found) != 1:
            raise CoherenceError(_not_one(name, "commitment", found, "report.html and commitments.jsonl show the ids"))
        main = self._commitments[found[0]].part_of
        if found[0] not in self.inquiry.ids:
            what = f"commitment {found[0]} is a part of {main}: rules see the whole only"
            raise CoherenceError(Fault(Location(name), what, f"ask about {main}"))
        return found[0]

    def finding(self, name: str) -> Finding | None:
        """Return the finding whose fingerprint begins with ``name``, or None; raises CoherenceError for several."""
        by_name = {each.fingerprint: each for each in self._findings}
        found = _beginning_with(name, by_name)
        if len(found) > 1:
            raise CoherenceError(_not_one(name, "finding", found, "give more of its reference"))
        return by_name[found[0]] if found else None

    def findings_on(self, candidates: Sequence[Candidate]) -> tuple[Finding | None, ...]:
        """Return the report's finding on each candidate of a rule; None where it does not fire or has none."""
        by_name = {each.fingerprint: each for each in self._findings}
        named = self.inquiry.fingerprints(candidates)
        return tuple(
            (self._finding_on(each) if each.fires else None) if each.commitments else by_name.get(name or "")
            for each, name in zip(candidates, named, strict=True)
        )

    def _finding_on(self, candidate: Candidate) -> Finding | None:
        rule, wanted, instrument = candidate.rule, set(candidate.commitments), candidate.instrument
        for each in self._findings:
            missing = each.missing.instrument if each.missing and instrument else instrument
            if each.rule == rule and missing == instrument and wanted in _told_of(each):
                return each
        return None

    def instrument(self, name: str) -> str:
        """Return the instrument in which a commitment stands."""
        return self._commitments[name].instrument

    def suppression_of(self, finding: Finding) -> Suppression | None:
        """Return the decision by which a finding was set aside."""
        return self._aside.get(finding.fingerprint)

    def describe(self, name: str, language: Language) -> list[str]:
        """Return where a commitment stands, and its quote."""
        found: Commitment = self._commitments[name]
        words = Wording(language)
        place = found.provenance
        page = f"{words.text('commitment.page').lower()} {place.page}"
        locator = f", {words.locator(place.locator)}" if place.locator else ""
        return [
            f"{name} · {found.instrument} · {found.document}, {page}{locator}",
            f"“{' '.join(found.quote.split())}”",
        ]


def _told_of(finding: Finding) -> list[set[str]]:
    """Return the commitments that a finding tells of together: of a group, the first one with each of the others."""
    first, *others = finding.commitments or ("",)
    return [{first, other} for other in others] if len(others) > 1 else [set(finding.commitments)]


def _beginning_with(name: str, known: Iterable[str]) -> list[str]:
    wanted = name.casefold()
    return sorted(
        each for each in known if wanted and (each.startswith(wanted) or each.split("-")[-1].startswith(wanted))
    )


def _not_one(name: str, what: str, found: list[str], otherwise: str) -> Fault:
    if not found:
        return Fault(Location(name), f"no {what} of the report has this id", otherwise)
    shown = ", ".join(found[:_SHOWN_IDS]) + (", ..." if len(found) > _SHOWN_IDS else "")
    return Fault(Location(name), f"{len(found)} ids of the report begin so: {shown}", "give more of the id")
