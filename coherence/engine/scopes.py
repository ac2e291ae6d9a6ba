"""What a rule matches in each scope: single commitments, pairs, absences, the dossier.

Matches come by dossier (its number in the table) and, within a dossier, in the order of the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coherence.engine.compilation import compile_condition
from coherence.engine.findings import Match, content_key, document_subject
from coherence.engine.matching import Budget, Cut, Matcher
from coherence.engine.planning import PairPlan, plan_pairs
from coherence.engine.rows import statement_envs
from coherence.engine.vectors import Conditions
from coherence.pair_facts import PairRow, Row
from coherence.rule_expressions import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from coherence.engine.rows import Env
    from coherence.engine.table import FactTable, Mask, Positions
    from coherence.rule_models import Condition, Rule

__all__ = ["Search", "alone_in", "matched_pairs", "matches_of", "plan_of"]


@dataclass(slots=True)
class Search:
    """One rule's search in one table: how far it may go, and what cut it short."""

    table: FactTable
    budget: Budget
    findings: int
    """Matches wanted of each dossier, at most; one more shows that there are more."""
    cut: Cut


def matches_of(rule: Rule, search: Search) -> Iterator[tuple[int, Match]]:
    """Yield the rule's matches, each with the number of its dossier."""
    return _SCOPES[rule.spec.scope](rule, search)


def matched_pairs(rule: Rule, search: Search) -> tuple[Positions, Positions, Mask]:
    """Return the pairs that a pair rule matches, each once, and whether their roles may be exchanged."""
    plan = plan_of(rule)
    matcher = Matcher(plan, search.table, budget=search.budget, across=rule.spec.across)
    a, b = matcher.pairs()
    search.cut = matcher.cut
    if plan.symmetrical:
        return a, b, np.ones(len(a), dtype=bool)
    size = len(search.table)
    both_ways = np.isin(b.astype(np.int64) * size + a, a.astype(np.int64) * size + b)
    once = ~both_ways | (a < b)
    return a[once], b[once], both_ways[once]


def _nodes(conditions: Iterable[Condition]) -> tuple[Node, ...]:
    return tuple(condition.expression.node for condition in conditions)


def _fact(root: str, name: str) -> Node:
    return Node("fact", "text", root=root, name=name)


def _of_both(sign: str, name: str) -> Node:
    return Node(sign, "truth", (_fact("a", name), _fact("b", name)))


_WITHIN: dict[str | None, tuple[Node, ...]] = {
    None: (_of_both("ne", "instrument"),),
    "document": (_of_both("eq", "document"),),
    "instrument": (_of_both("eq", "instrument"),),
    "dossier": (),
}


def plan_of(rule: Rule) -> PairPlan:
    """Return the plan of a pair rule."""
    return plan_pairs((*(() if rule.spec.across else _WITHIN[rule.spec.within]), *_nodes(rule.where)))


def _of_commitments(rule: Rule, search: Search) -> Iterator[tuple[int, Match]]:
    table = search.table
    for position in _first(_holding(rule, Conditions(table)), search):
        env = table.env(position)
        yield int(table.block[position]), Match(env, (env["a"],))


def _holding(rule: Rule, conditions: Conditions) -> Mask:
    """Return which rows fulfil all conditions of the rule on ``a``."""
    holding = np.ones(len(conditions.table), dtype=bool)
    for node in _nodes(rule.where):
        holding &= conditions.of_rows(node).holds
    return holding


def _first(chosen: Mask, search: Search) -> Iterable[int]:
    """Return the positions chosen, of each dossier at most one more than it may have findings."""
    positions = np.flatnonzero(chosen)
    kept: list[int] = positions[_early(search.table.block[positions], search.findings)].tolist()
    return kept


def _early(blocks: Positions, most: int) -> Mask:
    """Return which entries are among the first ``most`` + 1 of their block; blocks ascend."""
    return np.arange(len(blocks)) - np.searchsorted(blocks, blocks) <= most


def _of_pairs(rule: Rule, search: Search) -> Iterator[tuple[int, Match]]:
    table = search.table
    a, b, exchangeable = matched_pairs(rule, search)
    blocks = np.zeros_like(table.block[a]) if rule.spec.across else table.block[a]
    kept = _early(blocks, search.findings)
    for block, one, other, either in zip(*(each[kept].tolist() for each in (blocks, a, b, exchangeable)), strict=True):
        first, second = _in_roles(table.row(one), table.row(other), exchangeable=either)
        own, others = (table.dossier(int(table.block[each])) for each in (one, other))
        if first is not table.row(one):
            own, others = others, own
        env: Env = {"a": first, "b": second, "pair": PairRow(first, second, table.interactions), "dossier": own}
        yield block, Match(env, (first, second), other_dossier=others["country"] if rule.spec.across else None)


def _in_roles(one: Row, other: Row, *, exchangeable: bool) -> tuple[Row, Row]:
    """Return the two as a and b: by content where either could be a, so that the report names each pair one way."""
    if exchangeable and (content_key(other), other["id"]) < (content_key(one), one["id"]):
        return other, one
    return one, other


def alone_in(rule: Rule, instrument: str, search: Search) -> Mask:
    """Return the rows that an absence rule concerns and that have no counterpart in the instrument."""
    table = search.table
    missing = {"instrument": instrument}
    present = np.array([instrument in table.dossier(block)["instruments"] for block in range(len(table.bases))])
    own = table.codes("instrument") == table.text_code(instrument)
    concerned = _holding(rule, Conditions(table, missing)) & ~own
    if len(table):
        concerned &= present[table.block]
    matcher = Matcher(plan_pairs(_nodes(rule.unless)), table, missing, budget=search.budget)
    matcher.left &= concerned
    matcher.right &= own
    alone: Mask = concerned & ~matcher.with_partner()
    # Without having looked at all, an absence cannot be told.
    if matcher.cut.seconds:
        alone[:] = False
    for cut in (matcher.cut.pairs, matcher.cut.memory):
        alone &= ~np.isin(table.block, list(cut))
    search.cut = search.cut.joined(matcher.cut)
    return alone


def _of_absences(rule: Rule, search: Search) -> Iterator[tuple[int, Match]]:
    table = search.table
    for instrument in rule.spec.counterpart_in:
        for position in _first(alone_in(rule, instrument, search), search):
            env: Env = {**table.env(position), "missing": {"instrument": instrument}}
            yield int(table.block[position]), Match(env, (env["a"],), missing_instrument=instrument)


def _of_dossier(rule: Rule, search: Search) -> Iterator[tuple[int, Match]]:
    conditions = [compile_condition(node) for node in _nodes(rule.where)]
    for block in range(len(search.table.bases)):
        for match in _views(rule, search.table, block):
            if all(condition(match.env) is True for condition in conditions):
                yield block, match


def _views(rule: Rule, table: FactTable, block: int) -> Iterator[Match]:
    dossier = table.dossier(block)
    if rule.spec.each == "document":
        for document in table.documents(block):
            yield Match({"doc": document, "dossier": dossier}, subject=document_subject(document))
    elif rule.spec.each == "instrument":
        for instrument in sorted(dossier["missing_instruments"]):
            env: Env = {"missing": {"instrument": instrument}, "dossier": dossier}
            yield Match(env, missing_instrument=instrument)
    elif rule.spec.each == "statement":
        documents = {document["path"]: document for document in table.documents(block)}
        for env in statement_envs(table.bases[block].statements, documents, dossier):
            subject, instrument = document_subject(env["doc"]), env["said"]["instrument"]
            yield Match(env, missing_instrument=instrument, subject=subject)
    else:
        yield Match({"dossier": dossier})


_SCOPES: dict[str, Callable[[Rule, Search], Iterator[tuple[int, Match]]]] = {
    "commitment": _of_commitments,
    "pair": _of_pairs,
    "absence": _of_absences,
    "dossier": _of_dossier,
}
