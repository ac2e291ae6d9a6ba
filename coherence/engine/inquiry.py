"""Why a rule fires on some commitments and not on others: the value of each condition, one candidate at a time.

A candidate is what a rule looks at once: a commitment, two commitments in their roles, a commitment and an instrument
in which nothing may be found, a document or the dossier. Conditions are evaluated apart from each other and none is
skipped, so that a reader sees all that stand in the way and not only the first.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from coherence.engine.compilation import Compiled, compile_condition
from coherence.engine.explanation import value_as_text
from coherence.engine.findings import document_subject, numbered_id
from coherence.engine.rows import Env, row_of, statement_envs
from coherence.pair_facts import InteractionTable, PairRow, Row, interaction_table
from coherence.rule_expressions import parse_expression
from coherence.rule_models import Condition, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coherence.fact_models import FactBase
    from coherence.rule_expressions import Node

__all__ = ["Candidate", "Inquiry", "Verdict", "nearest_misses"]

Part = Literal["scope", "where", "unless"]
_WITHIN = {
    None: "a.instrument != b.instrument",
    "document": "a.document == b.document",
    "instrument": "a.instrument == b.instrument",
}
"""What the scope itself asks of two commitments, by the rule's ``within``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One condition on one candidate; ``holds`` is None where it hangs on a fact that is not known."""

    part: Part
    condition: Condition
    holds: bool | None
    values: tuple[tuple[str, str], ...]
    """Names of the facts read, with their values as text."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule's verdicts on one candidate; ``commitments`` are ids in the order a, b."""

    rule: str
    commitments: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    instrument: str = ""
    """Absence rules: where a counterpart is looked for. Dossier rules: the instrument that has no document."""
    document: str = ""
    """Dossier rules on each document: its path."""
    prevented_by: tuple[str, ...] = ()
    """Absence rules: ids of the counterparts that were found, so that nothing is missing."""
    counterpart: tuple[Verdict, ...] = ()
    """Absence rules asked about one counterpart: whether it fulfils what the rule looks for."""

    @property
    def fires(self) -> bool:
        """Whether every condition holds and no counterpart prevents it."""
        return not self.prevented_by and all(each.holds is True for each in self.verdicts)

    @property
    def held(self) -> int:
        """How many conditions hold."""
        return sum(each.holds is True for each in self.verdicts)

    @property
    def missed(self) -> tuple[Verdict, ...]:
        """The conditions that fail or are not known, in the order of the rule."""
        return tuple(each for each in self.verdicts if each.holds is not True)


def nearest_misses(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates on which the rule does not fire: those with the fewest conditions missed first.

    Of equal ones, those go first that miss by what is not known, then those with fewer counterparts in the way.
    """
    return sorted((each for each in candidates if not each.fires), key=_distance)


def _distance(candidate: Candidate) -> tuple[int, int, int, tuple[str, ...], str]:
    failed = sum(each.holds is False for each in candidate.missed)
    return len(candidate.missed), failed, len(candidate.prevented_by), candidate.commitments, candidate.instrument


class Inquiry:
    """Candidates of rules over the facts of one dossier."""

    def __init__(self, facts: FactBase, interactions: InteractionTable | None = None) -> None:
        """Take the facts; ``interactions`` between themes are the shipped ones by default."""
        self._interactions = interaction_table() if interactions is None else interactions
        self._commitments: dict[str, Row] = {each.id: row_of(each) for each in facts.commitments}
        self._restated: dict[str, Row] = {each.id: row_of(each) for each in facts.restated}
        self._documents: dict[str, Row] = {each.path: row_of(each) for each in facts.documents}
        self._dossier: Row = row_of(facts.dossier)
        self._statements = facts.statements

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the commitments that rules see."""
        return tuple(self._commitments)

    def candidates(self, rule: Rule, a: str | None = None, b: str | None = None) -> tuple[Candidate, ...]:
        """Return the candidates of a rule: all, those with commitment ``a``, or that of ``a`` and ``b``.

        Two commitments are tried in both roles, the nearer to firing first, and once where the roles make no
        difference. Raises KeyError for an id that rules do not see.
        """
        # Rules compute in this context: the caller's precision must not change a verdict.
        with decimal.localcontext(decimal.Context()):
            if rule.spec.across:
                # Such a rule compares commitments of different dossiers; this is one.
                return ()
            if rule.spec.scope == "dossier":
                return tuple(self._of_dossier(rule))
            firsts = tuple(self._commitments.values()) if a is None else (self._commitments[a],)
            if rule.spec.scope == "commitment":
                return tuple(self._of_commitment(rule, row) for row in firsts)
            others = tuple(self._commitments.values()) if b is None else (self._commitments[b],)
            if rule.spec.restated and b is None:
                others += tuple(self._restated.values())
            if rule.spec.scope == "absence":
                return tuple(found for row in firsts for found in self._of_absence(rule, row, others, named=bool(b)))
            pairs = ((row, other) for row in firsts for other in others if row["id"] != other["id"])
            return tuple(self._in_roles(rule, row, other) for row, other in pairs)

    def _of_commitment(self, rule: Rule, row: Row) -> Candidate:
        return Candidate(rule.id, (row["id"],), _verdicts("where", rule.where, self._env(row)))

    def _env(self, row: Row) -> Env:
        return {"a": row, "doc": self._documents[row["document"]], "dossier": self._dossier}

    def _in_roles(self, rule: Rule, one: Row, other: Row) -> Candidate:
        """Return the better of the two roles: a rule fires on a pair where it holds either way round."""
        return min(self._of_pair(rule, one, other), self._of_pair(rule, other, one), key=_rank)

    def _of_pair(self, rule: Rule, a: Row, b: Row) -> Candidate:
        env: Env = {"a": a, "b": b, "pair": PairRow(a, b, self._interactions), "dossier": self._dossier}
        stated = {each.expression.text for each in rule.where}
        scope = [each for each in _within(rule.spec.within) if each.expression.text not in stated]
        verdicts = (*_verdicts("scope", scope, env), *_verdicts("where", rule.where, env))
        return Candidate(rule.id, (a["id"], b["id"]), verdicts)

    def _of_absence(self, rule: Rule, row: Row, others: Sequence[Row], *, named: bool) -> Iterator[Candidate]:
        present = self._dossier["instruments"]
        for instrument in rule.spec.counterpart_in:
            env: Env = {**self._env(row), "missing": {"instrument": instrument}}
            scope = (
                _stated("scope", f'dossier.instruments has "{instrument}"', env),
                _stated("scope", "a.instrument != missing.instrument", env),
            )
            verdicts = (*scope, *_verdicts("where", rule.where, env))
            found = [each for each in self._commitments.values() if self._fulfils(rule, env, each)]
            counterpart: tuple[Verdict, ...] = ()
            if named and others[0]["instrument"] == instrument:
                counterpart = _verdicts("unless", rule.unless, self._facing(env, others[0]))
            reachable = instrument in present and row["instrument"] != instrument
            prevented = tuple(each["id"] for each in found) if reachable else ()
            yield Candidate(rule.id, (row["id"],), verdicts, instrument, "", prevented, counterpart)

    def _facing(self, env: Env, other: Row) -> Env:
        return {**env, "b": other, "pair": PairRow(env["a"], other, self._interactions)}

    def _fulfils(self, rule: Rule, env: Env, other: Row) -> bool:
        if other["instrument"] != env["missing"]["instrument"] or other["id"] == env["a"]["id"]:
            return False
        return all(each.holds is True for each in _verdicts("unless", rule.unless, self._facing(env, other)))

    def fingerprints(self, candidates: Iterable[Candidate]) -> tuple[str | None, ...]:
        """Return the fingerprint of the finding on each candidate of a dossier rule that fires, else None."""
        seen: dict[str, int] = {}
        names: list[str | None] = []
        for each in candidates:
            if each.commitments or not each.fires:
                names.append(None)
                continue
            subject = document_subject(self._documents[each.document]) if each.document else ""
            parts = [each.rule, self._dossier["country"], [], each.instrument, subject]
            names.append(numbered_id(seen, parts))
        return tuple(names)

    def _of_dossier(self, rule: Rule) -> Iterator[Candidate]:
        if rule.spec.each == "document":
            for document in self._documents.values():
                env: Env = {"doc": document, "dossier": self._dossier}
                yield Candidate(rule.id, (), _verdicts("where", rule.where, env), document=document["path"])
        elif rule.spec.each == "instrument":
            for instrument in sorted(self._dossier["missing_instruments"]):
                env = {"missing": {"instrument": instrument}, "dossier": self._dossier}
                yield Candidate(rule.id, (), _verdicts("where", rule.where, env), instrument)
        elif rule.spec.each == "statement":
            for env in statement_envs(self._statements, self._documents, self._dossier):
                said, verdicts = env["said"], _verdicts("where", rule.where, env)
                yield Candidate(rule.id, (), verdicts, said["instrument"], document=said["document"])
        else:
            yield Candidate(rule.id, (), _verdicts("where", rule.where, {"dossier": self._dossier}))


def _rank(candidate: Candidate) -> tuple[int, int]:
    return len(candidate.missed), sum(each.holds is False for each in candidate.missed)


def _within(within: str | None) -> tuple[Condition, ...]:
    text = _WITHIN.get(within)
    return () if text is None else (_condition(text),)


@cache
def _condition(text: str) -> Condition:
    return Condition(parse_expression(text, ("a", "b", "dossier", "missing")))


@lru_cache(maxsize=4096)
def _compiled(node: Node) -> Compiled:
    return compile_condition(node)


def _stated(part: Part, text: str, env: Env) -> Verdict:
    return _verdicts(part, (_condition(text),), env)[0]


def _verdicts(part: Part, conditions: Iterable[Condition], env: Env) -> tuple[Verdict, ...]:
    found = []
    for condition in conditions:
        expression = condition.expression
        holds = _compiled(expression.node)(env)
        values = tuple((f"{root}.{name}", value_as_text(env[root][name])) for root, name in expression.facts)
        found.append(Verdict(part, condition, holds, values))
    return tuple(found)
