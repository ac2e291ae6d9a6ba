"""Rules over the facts of one dossier: findings in canonical order, whatever the order of the input."""

from __future__ import annotations

import decimal
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.engine.compilation import compile_condition
from coherence.engine.findings import FindingMaker, Match, content_key
from coherence.engine.matching import Matcher, holds_all
from coherence.engine.planning import plan_pairs
from coherence.engine.rows import Env, RowBase, row_base
from coherence.notices import notice
from coherence.pair_facts import InteractionTable, PairRow, Row, interaction_table
from coherence.rule_expressions import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coherence.fact_models import FactBase
    from coherence.models import Finding, Notice
    from coherence.rule_models import Rule, RuleSet
    from coherence.vocabulary import Language

__all__ = ["Evaluation", "Limits", "evaluate"]

_STRATA = {"overlap": 0, "synergy": 0, "conflict": 1, "gap": 2, "quality": 3}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the rules found, and what the user must know of their run."""

    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How far one rule may go; a rule that is cut short is named in a notice."""

    pairs: int = 5_000_000
    findings: int = 5_000


class _CutShortError(Exception):
    """A rule has looked at as many pairs as it may."""


def evaluate(
    ruleset: RuleSet,
    facts: FactBase,
    language: Language = "en",
    *,
    limits: Limits | None = None,
    interactions: InteractionTable | None = None,
) -> Evaluation:
    """Return all findings of the rules, by stratum (overlap and synergy, conflict, gap, quality), rule and content.

    A rule that fails becomes a notice of level error; the others run.
    """
    bounds = limits or Limits()
    table = interaction_table() if interactions is None else interactions
    rows = row_base(facts, table)
    findings: list[Finding] = []
    notices: list[Notice] = []
    # rule-engine computes in its own context: the caller's precision must not change a finding.
    with decimal.localcontext(decimal.Context()):
        for rule in sorted(ruleset.rules, key=lambda each: (_STRATA[each.spec.kind], each.id)):
            try:
                findings += _findings(rule, rows, language, bounds, notices)
            except (ArithmeticError, LookupError, TypeError, ValueError) as problem:
                error = f"{type(problem).__name__}: {problem}"
                notices.append(notice("error", rule.short_file, "rule.failed", rule=rule.id, error=error))
    return Evaluation(tuple(findings), tuple(notices))


def _findings(rule: Rule, rows: RowBase, language: Language, limits: Limits, notices: list[Notice]) -> list[Finding]:
    maker = FindingMaker(rule, language)
    matches = []
    try:
        for match in _SCOPES[rule.spec.scope](rule, rows, limits):
            matches.append(match)
            if len(matches) > limits.findings:
                matches.pop()
                notices.append(_cut_short(rule, "rule.too_many_findings", limits.findings))
                break
    except _CutShortError:
        notices.append(_cut_short(rule, "rule.too_many_pairs", limits.pairs))
    matches.sort(key=_match_key)
    return [maker.make(match) for match in _limited(rule, matches, maker, notices)]


def _cut_short(rule: Rule, message: str, limit: int) -> Notice:
    return notice("warning", rule.short_file, message, rule=rule.id, limit=limit)


def _match_key(match: Match) -> tuple[object, ...]:
    keys = tuple((*content_key(row), row["id"]) for row in match.commitments)
    return (keys, match.missing_instrument or "", match.subject)


def _limited(rule: Rule, matches: list[Match], maker: FindingMaker, notices: list[Notice]) -> list[Match]:
    """Keep, for each first commitment, the matches that the rule's limit allows: the surest ones."""
    limit = rule.spec.limit
    if limit is None:
        return matches
    counts: Counter[str] = Counter()
    kept = set()
    for index in sorted(range(len(matches)), key=lambda each: -maker.confidence(matches[each])):
        first = matches[index].commitments[0]["id"] if matches[index].commitments else ""
        counts[first] += 1
        if counts[first] <= limit:
            kept.add(index)
    if len(kept) < len(matches):
        hidden = len(matches) - len(kept)
        values = {"rule": rule.id, "hidden": hidden, "limit": limit}
        notices.append(notice("info", rule.short_file, "rule.findings_hidden", **values))
    return [match for index, match in enumerate(matches) if index in kept]


def _nodes(rule: Rule) -> list[Node]:
    return [condition.expression.node for condition in rule.where]


def _of_commitments(rule: Rule, rows: RowBase, _: Limits) -> Iterator[Match]:
    conditions = [compile_condition(node) for node in _nodes(rule)]
    for row in rows.commitments:
        env: Env = {"a": row, "doc": rows.by_path[row["document"]], "dossier": rows.dossier}
        if holds_all(conditions, env):
            yield Match(env, (row,))


def _fact(root: str, name: str) -> Node:
    return Node("fact", "text", root=root, name=name)


_WITHIN: dict[str | None, tuple[Node, ...]] = {
    None: (Node("ne", "truth", (_fact("a", "instrument"), _fact("b", "instrument"))),),
    "document": (Node("eq", "truth", (_fact("a", "document"), _fact("b", "document"))),),
    "instrument": (Node("eq", "truth", (_fact("a", "instrument"), _fact("b", "instrument"))),),
    "dossier": (),
}


def _of_pairs(rule: Rule, rows: RowBase, limits: Limits) -> Iterator[Match]:
    plan = plan_pairs([*_WITHIN[rule.spec.within], *_nodes(rule)])
    matcher = Matcher(plan, rows, {"dossier": rows.dossier})
    found: set[tuple[int, int]] = set()
    for position in matcher.left:
        found |= {(position, other) for other in matcher.partners(position, later=plan.symmetrical)}
        if matcher.looked_at > limits.pairs:
            break
    for one, other in sorted(found):
        exchangeable = plan.symmetrical or (other, one) in found
        if exchangeable and (other, one) in found and other < one:
            continue
        first, second = _in_roles(rows.commitments[one], rows.commitments[other], exchangeable=exchangeable)
        pair = PairRow(first, second, rows.interactions)
        yield Match({"a": first, "b": second, "pair": pair, "dossier": rows.dossier}, (first, second))
    if matcher.looked_at > limits.pairs:
        raise _CutShortError


def _in_roles(one: Row, other: Row, *, exchangeable: bool) -> tuple[Row, Row]:
    """Return the two as a and b: by content where either could be a, so that the report names each pair one way."""
    if exchangeable and (content_key(other), other["id"]) < (content_key(one), one["id"]):
        return other, one
    return one, other


def _of_absences(rule: Rule, rows: RowBase, limits: Limits) -> Iterator[Match]:
    conditions = [compile_condition(node) for node in _nodes(rule)]
    plan = plan_pairs([condition.expression.node for condition in rule.unless])
    present = rows.dossier["instruments"]
    looked_at = 0
    for instrument in (each for each in rule.spec.counterpart_in if each in present):
        missing = {"instrument": instrument}
        matcher = Matcher(plan, rows, {"dossier": rows.dossier, "missing": missing})
        wanted = frozenset(each for each in matcher.right if rows.commitments[each]["instrument"] == instrument)
        eligible = frozenset(matcher.left)
        for position, row in enumerate(rows.commitments):
            env: Env = {"a": row, "doc": rows.by_path[row["document"]], "dossier": rows.dossier, "missing": missing}
            if row["instrument"] == instrument or not holds_all(conditions, env):
                continue
            if position not in eligible or not any(True for _ in matcher.partners(position, wanted=wanted)):
                yield Match(env, (row,), missing_instrument=instrument)
        looked_at += matcher.looked_at
        if looked_at > limits.pairs:
            raise _CutShortError


def _of_dossier(rule: Rule, rows: RowBase, _: Limits) -> Iterator[Match]:
    conditions = [compile_condition(node) for node in _nodes(rule)]
    for env, instrument, subject in _dossier_views(rule, rows):
        if holds_all(conditions, env):
            yield Match(env, missing_instrument=instrument, subject=subject)


def _dossier_views(rule: Rule, rows: RowBase) -> Iterator[tuple[Env, str | None, str]]:
    if rule.spec.each == "document":
        for document in rows.documents:
            subject = f"{document['instrument']}/{document['title'] or document['path']}"
            yield {"doc": document, "dossier": rows.dossier}, None, subject
    elif rule.spec.each == "instrument":
        for instrument in sorted(rows.dossier["missing_instruments"]):
            yield {"missing": {"instrument": instrument}, "dossier": rows.dossier}, instrument, ""
    else:
        yield {"dossier": rows.dossier}, None, ""


_SCOPES: dict[str, Callable[[Rule, RowBase, Limits], Iterator[Match]]] = {
    "commitment": _of_commitments,
    "pair": _of_pairs,
    "absence": _of_absences,
    "dossier": _of_dossier,
}
