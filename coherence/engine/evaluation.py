"""Rules over the facts of dossiers: findings in canonical order, whatever the order of the input."""

from __future__ import annotations

import decimal
from dataclasses import dataclass, field, replace
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from coherence.engine.findings import FindingMaker, Match, content_key
from coherence.engine.matching import Budget, Cut
from coherence.engine.scopes import Search, matches_of
from coherence.engine.selection import selected
from coherence.engine.table import FactTable
from coherence.notices import notice
from coherence.pair_facts import InteractionTable, interaction_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.fact_models import FactBase
    from coherence.models import Finding, Notice
    from coherence.rule_models import Rule, RuleSet
    from coherence.vocabulary import Language

__all__ = ["Evaluation", "Evaluations", "Limits", "evaluate", "evaluate_all"]

_STRATA = {"overlap": 0, "conflict": 1, "synergy": 2, "gap": 3, "quality": 4}
_TENSION = "tension"
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules found, and what the user must know of their run."""

    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What the rules found in each of several dossiers, and what rules with ``across`` found between them."""

    each: tuple[Evaluation, ...]
    """In the order of the dossiers."""
    across: Evaluation


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one rule may go in one dossier; a rule that is cut short is named in a notice.

    A limit on time would make the findings depend on the machine: by default there is none, and the others bound
    the time.
    """

    pairs: int = 5_000_000
    """Candidate pairs looked at."""
    findings: int = 5_000
    megabytes: float = 1_000
    """Memory for candidates and their index, estimated before it is taken."""
    seconds: float | None = None


@dataclass(slots=True)
class _Found:
    """Findings and notices of one dossier, in the order of the rules."""

    findings: list[Finding] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def evaluation(self) -> Evaluation:
        return Evaluation(tuple(self.findings), tuple(self.notices))


def evaluate(
    ruleset: RuleSet,
    facts: FactBase,
    language: Language = "en",
    *,
    limits: Limits | None = None,
    interactions: InteractionTable | None = None,
) -> Evaluation:
    """Return all findings of the rules, by stratum (overlap, conflict, synergy, gap, quality), rule and content.

    A rule that fails becomes a notice of level error; the others run. Rules with ``across`` compare dossiers:
    ``evaluate_all`` runs them.
    """
    return evaluate_all(ruleset, [facts], language, limits=limits, interactions=interactions).each[0]


def evaluate_all(
    ruleset: RuleSet,
    dossiers: Sequence[FactBase],
    language: Language = "en",
    *,
    limits: Limits | None = None,
    interactions: InteractionTable | None = None,
) -> Evaluations:
    """Return the findings in each dossier, the same as ``evaluate`` gives, and those across dossiers; in one pass."""
    table = interaction_table() if interactions is None else interactions
    # In one order of their own, so that what a limit keeps does not hang on that of the input.
    order = sorted(range(len(dossiers)), key=lambda each: _content(dossiers[each]))
    run = _Run(FactTable([dossiers[each] for each in order], table), language, limits or Limits())
    # rule-engine computes in its own context: the caller's precision must not change a finding.
    with decimal.localcontext(decimal.Context()):
        for rule in sorted(ruleset.rules, key=_turn):
            run.apply(rule)
    found = dict(zip(order, run.found, strict=True))
    return Evaluations(tuple(found[each].evaluation() for each in range(len(dossiers))), run.across.evaluation())


def _content(base: FactBase) -> tuple[str, list[str]]:
    return base.dossier.country, sorted(each.id for each in base.commitments)


class _Run:
    """One pass of rules over dossiers."""

    def __init__(self, table: FactTable, language: Language, limits: Limits) -> None:
        self.table = table
        self.language = language
        self.limits = limits
        self.found = [_Found() for _ in table.bases]
        self.across = _Found()
        self._tables: dict[tuple[int | None, bool], FactTable] = {(None, False): table}

    def apply(self, rule: Rule) -> None:
        """Run one rule over all dossiers at once, or, where it fails or is cut short, over each alone.

        So what is found in a dossier never depends on the others.
        """
        maker = FindingMaker(rule, self.language)
        if rule.spec.across:
            if len(self.found) > 1:
                self._apply(rule, maker, self.table, {0: self.across})
            return
        table = self._table_of(None, restated=rule.spec.restated)
        if not self._apply(rule, maker, table, dict(enumerate(self.found)), last=len(self.found) == 1):
            for number, found in enumerate(self.found):
                self._apply(rule, maker, self._table_of(number, restated=rule.spec.restated), {0: found})

    def _table_of(self, number: int | None, *, restated: bool) -> FactTable:
        """Return the table of one dossier or of all; with what documents restate, where a rule asks for it."""
        key = (number, restated)
        if key not in self._tables:
            bases = self.table.bases if number is None else (self.table.bases[number],)
            if restated:
                bases = tuple(replace(base, commitments=base.commitments + base.restated) for base in bases)
            self._tables[key] = FactTable(bases, self.table.interactions)
        return self._tables[key]

    def _apply(
        self, rule: Rule, maker: FindingMaker, table: FactTable, into: dict[int, _Found], *, last: bool = True
    ) -> bool:
        """Run the rule; unless it is the ``last`` try, keep nothing of a run that fails or is cut short."""
        search = Search(table, _budget(self.limits), self.limits.findings, Cut())
        try:
            matches: dict[int, list[Match]] = {}
            for block, match in matches_of(rule, search):
                matches.setdefault(block, []).append(match)
            if search.cut and not last:
                return False
            made = {
                number: self._made(rule, maker, _untold(rule, matches.get(number, []), found), search.cut)
                for number, found in into.items()
            }
        except (ArithmeticError, LookupError, TypeError, ValueError) as problem:
            error = f"{type(problem).__name__}: {problem}"
            failed = _Found(notices=[notice("error", rule.short_file, "rule.failed", rule=rule.id, error=error)])
            made = dict.fromkeys(into, failed)
            if not last:
                return False
        for number, found in into.items():
            found.findings += made[number].findings
            found.notices += made[number].notices
        return True

    def _made(self, rule: Rule, maker: FindingMaker, matches: list[Match], cut: Cut) -> _Found:
        found = _Found()
        limits = self.limits
        if len(matches) > limits.findings:
            del matches[limits.findings :]
            found.notices.append(_cut_short(rule, "rule.too_many_findings", limits.findings))
        for happened, message, limit in (
            (cut.pairs, "rule.too_many_pairs", limits.pairs),
            (cut.memory, "rule.too_much_memory", limits.megabytes),
            (cut.seconds, "rule.too_long", limits.seconds),
        ):
            if happened:
                found.notices.append(_cut_short(rule, message, limit))
        matches.sort(key=_match_key)
        maker.start()
        found.findings += [maker.make(match) for match in selected(rule, matches, maker, found.notices)]
        return found


def _turn(rule: Rule) -> tuple[int, bool, str]:
    """Return when a rule runs: by stratum and id, those that yield to others after these."""
    return _STRATA[rule.spec.kind], rule.spec.yields, rule.id


def _untold(rule: Rule, matches: list[Match], found: _Found) -> list[Match]:
    """Return the matches of pairs that no finding before which the rule steps back tells already."""
    told = {
        frozenset((each.commitments[0], other))
        for each in found.findings
        if _steps_back(rule, each)
        for other in each.commitments[1:]
    }
    return (
        [each for each in matches if frozenset(row["id"] for row in each.commitments) not in told] if told else matches
    )


def _steps_back(rule: Rule, finding: Finding) -> bool:
    """Tell whether a rule leaves the pairs of a finding to it.

    Two commitments that pull against each other are not told to serve each other as well: what helps stands behind
    what has to be settled first. What may be one thing told twice does not serve itself either: rules of synergies that
    yield do so to overlaps too. Differing figures or dates of one aim leave open whether it serves another.
    """
    if rule.kind == "synergy" and finding.conflict is not None and finding.conflict.type == _TENSION:
        return True
    yielding = {rule.kind, "overlap"} if rule.kind == "synergy" else {rule.kind}
    return rule.spec.yields and finding.kind in yielding


def _budget(limits: Limits) -> Budget:
    until = inf if limits.seconds is None else perf_counter() + limits.seconds
    return Budget(limits.pairs, limits.megabytes * _MEGABYTE, until)


def _cut_short(rule: Rule, message: str, limit: float | None) -> Notice:
    return notice("warning", rule.short_file, message, rule=rule.id, limit=limit)


def _match_key(match: Match) -> tuple[object, ...]:
    keys = tuple((*content_key(row), row["id"]) for row in match.commitments)
    return (keys, match.missing_instrument or "", match.subject)
