"""The same rules as logic programs for clingo, where they need neither decimals nor words.

clingo has 32-bit whole numbers and no third truth value: each condition becomes two predicates, one for where it
holds and one for where it fails. What a condition says of one commitment alone is given to it as facts.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import clingo
import numpy as np

from coherence.engine.scopes import plan_of
from coherence.engine.table import UNKNOWN, FactTable
from coherence.engine.vectors import Conditions
from coherence.pair_facts import SHARED, interaction_table
from coherence.rule_expressions import Node, conjuncts, roots_in, swap_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.fact_models import FactBase
    from coherence.rule_models import Rule


class UnsupportedError(Exception):
    """A condition that clingo cannot express."""


class Program:
    """Pair rules over one set of dossiers."""

    def __init__(self, bases: Sequence[FactBase]) -> None:
        """Make the columns."""
        self.table = FactTable(bases, interaction_table())
        self.conditions = Conditions(self.table)

    def run(self, rule: Rule) -> tuple[Any, float]:
        """Return the matches of a pair rule as (a, b), and the seconds of grounding; raises UnsupportedError."""
        if rule.spec.scope != "pair":
            raise UnsupportedError(rule.spec.scope)
        text = _Text(self.table, self.conditions).program(rule)
        start = perf_counter()
        control = clingo.Control(["--warn=none"])
        control.add("base", [], text)
        control.ground([("base", [])])
        symbols = control.symbolic_atoms.by_signature("m", 2)
        found = np.array([[each.symbol.arguments[0].number, each.symbol.arguments[1].number] for each in symbols])
        seconds = perf_counter() - start
        return (found[:, 0], found[:, 1]) if len(found) else (found, found), seconds


class _Text:
    def __init__(self, table: FactTable, conditions: Conditions) -> None:
        self.table = table
        self.conditions = conditions
        self.lines: list[str] = []
        self.given: set[str] = set()
        self.made = 0

    def program(self, rule: Rule) -> str:
        plan = plan_of(rule)
        nodes = [part for each in rule.where for part in conjuncts(each.expression.node)]
        body = ["left(A)", "right(B)", "block(A,D)", "block(B,D)", "A != B"]
        for side, wanted in (("left", plan.filter_a), ("right", plan.filter_b)):
            passing = np.ones(len(self.table), dtype=bool)
            for node in wanted:
                passing &= self.conditions.of_rows(node).holds
            self._rows(side, passing)
        self._column("block", self.table.block)
        for number, join in enumerate(join for join in plan.joins if join.how == "equal"):
            body += [self._code(join.name_a, "A", f"K{number}"), self._code(join.name_b, "B", f"K{number}")]
        for number, join in enumerate(join for join in plan.joins if join.how == "meet"):
            body += [self._member(join.name_a, "A", f"M{number}"), self._member(join.name_b, "B", f"M{number}")]
        if rule.spec.within is None:
            body += [self._code("instrument", "A", "I"), self._code("instrument", "B", "J"), "I != J"]
        elif rule.spec.within != "dossier":
            body += [self._code(rule.spec.within, side, "W") for side in "AB"]
        self.lines.append(f"candidate(A,B) :- {', '.join(body)}.")
        parts = [self._holds(node) for node in nodes if not roots_in(node) <= {"a"} and not roots_in(node) <= {"b"}]
        self.lines.append(f"m(A,B) :- {', '.join(['candidate(A,B)', *parts])}.")
        return "\n".join(self.lines)

    def _rows(self, name: str, chosen: Any) -> None:
        self.lines += [f"{name}({row})." for row in np.flatnonzero(chosen).tolist()]

    def _column(self, name: str, codes: Any) -> None:
        if name not in self.given:
            self.given.add(name)
            self.lines += [f"{name}({row},{code})." for row, code in enumerate(codes.tolist()) if code != UNKNOWN]

    def _code(self, name: str, side: str, value: str) -> str:
        self._column(f"f_{name}", self.table.codes(name))
        return f"f_{name}({side},{value})"

    def _member(self, name: str, side: str, value: str) -> str:
        if f"s_{name}" not in self.given:
            self.given.add(f"s_{name}")
            members = self.table.members(name)
            pairs = zip(members.rows.tolist(), members.codes.tolist(), strict=True)
            self.lines += [f"s_{name}({row},{code})." for row, code in pairs]
        return f"s_{name}({side},{value})"

    def _new(self, *bodies: str) -> str:
        """Define a predicate over the candidates by its bodies."""
        self.made += 1
        name = f"p{self.made}(A,B)"
        self.lines += [f"{name} :- candidate(A,B), {body}." for body in bodies]
        return name

    def _holds(self, node: Node, *, fails: bool = False) -> str:
        if node.op == "not":
            return self._holds(node.parts[0], fails=not fails)
        if node.op in ("and", "or"):
            parts = [self._holds(part, fails=fails) for part in node.parts]
            together = (node.op == "and") is not fails
            return self._new(", ".join(parts)) if together else self._new(*parts)
        roots = roots_in(node)
        if roots <= {"a"} or roots <= {"b"}:
            return self._alone(node, "A" if "a" in roots else "B", fails=fails)
        if node.op in ("eq", "ne") and all(part.op == "fact" and part.kind == "text" for part in node.parts):
            sides = [self._code(part.name, part.root.upper(), f"X{index}") for index, part in enumerate(node.parts)]
            sign = "=" if (node.op == "eq") is not fails else "!="
            return self._new(f"{sides[0]}, {sides[1]}, X0 {sign} X1")
        return self._meeting(node, fails=fails)

    def _alone(self, node: Node, side: str, *, fails: bool) -> str:
        truth = self.conditions.of_rows(swap_roles(node) if side == "B" else node)
        self.made += 1
        name = f"q{self.made}"
        self._rows(name, truth.fails if fails else truth.holds)
        return f"{name}({side})" if (truth.fails if fails else truth.holds).any() else "#false"

    def _meeting(self, node: Node, *, fails: bool) -> str:
        if node.op == "is_empty":
            return self._meeting(node.parts[0], fails=not fails)
        if node.op == "fact" and node.root == "pair" and node.name in SHARED:
            own = SHARED[node.name]
            meets = self._new(f"{self._member(own, 'A', 'X')}, {self._member(own, 'B', 'X')}")
            return f"not {meets}" if fails else meets
        if node.op == "fact" and node.name == "places_known":
            known = self._new(f"{self._member('places', 'A', '_')}, {self._member('places', 'B', '_')}")
            return f"not {known}" if fails else known
        raise UnsupportedError(node.op)
