"""What the rules can find at all, and what they did find: rules that never fire, and themes that no rule watches.

Two instruments and a theme are covered for a kind of finding if the conditions of a rule leave it open to fire
on a commitment of that theme in the one and a commitment of any theme in the other, whatever else the two may state.
For gaps the one has the commitment, and nothing is found in the other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any

from coherence import expectations
from coherence.engine import OpenRow, can_hold, evaluate_all
from coherence.facts import theme_facts
from coherence.graph import theme_table
from coherence.pair_facts import PairRow, interaction_table
from coherence.rule_expressions import Node, facts_in
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coherence.fact_models import FactBase
    from coherence.models import FindingKind
    from coherence.rule_models import Rule, RuleSet

__all__ = [
    "COVERED_KINDS",
    "Cell",
    "Coverage",
    "Uncovered",
    "covering_rules",
    "measure_coverage",
    "rio_instruments",
    "theme_families",
]

COVERED_KINDS: tuple[FindingKind, ...] = ("overlap", "synergy", "conflict", "gap")
_OTHER = "OTHER"
_OF_INSTRUMENTS = frozenset({"instrument", "convention", "same_instrument"})
Cell = tuple[str, str, str, str]
"""Kind, instrument, other instrument, theme."""


@dataclass(frozen=True, slots=True, order=True)
class Uncovered:
    """Themes of one instrument that no rule compares with another instrument for a kind of finding."""

    kind: str
    instrument: str
    other: str
    family: str
    themes: tuple[str, ...]
    """The themes of the family that are not covered, in the order of the vocabulary."""
    whole: bool
    """Whether these are all of the family."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Findings of each rule by dossier, in the order of the dossiers, and what no rule covers."""

    dossiers: tuple[str, ...]
    findings: dict[str, tuple[int, ...]]
    across: dict[str, int]
    """Findings between dossiers, of the rules that compare several."""
    uncovered: tuple[Uncovered, ...]
    """Where dossiers were given: of what occurs in them."""

    @property
    def silent(self) -> tuple[str, ...]:
        """The ids of the rules that found nothing in any dossier."""
        return tuple(rule for rule, counts in self.findings.items() if not any(counts) and rule not in self.across)


def measure_coverage(ruleset: RuleSet, dossiers: Sequence[tuple[str, FactBase]]) -> Coverage:
    """Run the rules on the facts of dossiers, and find what no rule covers."""
    run = evaluate_all(ruleset, [facts for _, facts in dossiers])
    found = [Counter(each.rule for each in evaluation.findings) for evaluation in run.each]
    findings = {rule.id: tuple(counts[rule.id] for counts in found) for rule in ruleset.rules}
    across = Counter(each.rule for each in run.across.findings)
    covered = covering_rules(ruleset)
    occurring = {cell for _, facts in dossiers for cell in _occurring(facts)}
    uncovered = []
    for kind in COVERED_KINDS:
        for one, other in permutations(rio_instruments(), 2):
            for family, themes in theme_families().items():
                asked = [each for each in themes if not dossiers or (one, other, each) in occurring]
                left = tuple(each for each in asked if (kind, one, other, each) not in covered)
                if left:
                    uncovered.append(Uncovered(kind, one, other, family, left, len(left) == len(themes)))
    return Coverage(tuple(name for name, _ in dossiers), findings, dict(sorted(across.items())), tuple(uncovered))


def covering_rules(ruleset: RuleSet) -> dict[Cell, tuple[str, ...]]:
    """Return the ids of the rules that may fire, by kind, instrument, other instrument and theme; in order of ids."""
    found: dict[Cell, dict[str, None]] = {}
    for rule in sorted(ruleset.rules, key=lambda each: each.id):
        for cell in _covered(rule):
            found.setdefault(cell, {})[rule.id] = None
    return {cell: tuple(rules) for cell, rules in found.items()}


def rio_instruments() -> tuple[str, ...]:
    """Return the instruments of the Rio conventions, in the order of the vocabulary."""
    return tuple(name for name in term_list("instruments") if name != _OTHER)


def theme_families() -> dict[str, list[str]]:
    """Return the themes of each family, in the order of the vocabulary."""
    families: dict[str, list[str]] = {}
    for theme in theme_table().values():
        families.setdefault(theme.group, []).append(theme.id)
    return families


def _occurring(facts: FactBase) -> Iterator[tuple[str, str, str]]:
    """Yield the instruments and themes of which a dossier has commitments, with each other instrument present."""
    stated = {(each.instrument, theme) for each in facts.commitments for theme in each.themes}
    for instrument, theme in stated:
        for other in facts.dossier.instruments - {instrument}:
            yield instrument, other, theme


def _covered(rule: Rule) -> Iterator[Cell]:
    if rule.scope == "absence":
        yield from _covered_by_absence(rule)
    elif rule.scope == "pair" and rule.spec.within in (None, "dossier") and not rule.spec.across:
        yield from _covered_by_pair(rule)


def _covered_by_absence(rule: Rule) -> Iterator[Cell]:
    conditions = [each.expression.node for each in rule.where]
    for one, other in permutations(rio_instruments(), 2):
        if other in rule.spec.counterpart_in:
            missing = {"instrument": other}
            for theme in theme_table():
                if can_hold(conditions, _env(missing=missing, a=_row(one, theme))):
                    yield rule.kind, one, other, theme


def _covered_by_pair(rule: Rule) -> Iterator[Cell]:
    sides = _Sides.of(rule)
    agreeing = _agreeing(sides)
    for one, other in permutations(rio_instruments(), 2):
        firsts = {theme for theme in theme_table() if can_hold(sides.a, _env(a=_row(one, theme)))}
        seconds = {theme for theme in theme_table() if can_hold(sides.b, _env(b=_row(other, theme)))}
        seen: set[tuple[str, str]] = set()
        for first, second in agreeing:
            if first not in firsts or second not in seconds or {("a", first), ("b", second)} <= seen:
                continue
            if _fit(sides.of_instruments, _row(one, first), _row(other, second)):
                seen |= {("a", first), ("b", second)}
                # Whichever side has the theme: a rule takes two commitments in the roles in which they fit.
                yield rule.kind, one, other, first
                yield rule.kind, other, one, second


def _agreeing(sides: _Sides) -> list[tuple[str, str]]:
    """Return the pairs of themes that the conditions on both sides allow, whatever the instruments."""
    rows = {theme: OpenRow(_themed(theme)) for theme in theme_table()}
    first = [theme for theme in rows if can_hold(sides.a, _env(a=rows[theme]))]
    second = [theme for theme in rows if can_hold(sides.b, _env(b=rows[theme]))]
    return [(one, other) for one in first for other in second if _fit(sides.both, rows[one], rows[other])]


def _fit(conditions: Iterable[Node], a: OpenRow, b: OpenRow) -> bool:
    return can_hold(conditions, {**_env(a=a, b=b), "pair": PairRow(a, b, interaction_table())})


@dataclass(frozen=True, slots=True)
class _Sides:
    """Conditions by what they read: a alone, b alone, both."""

    a: tuple[Node, ...]
    b: tuple[Node, ...]
    both: tuple[Node, ...]
    of_instruments: tuple[Node, ...]
    """Those of both that read which instruments the two stand in."""

    @classmethod
    def of(cls, rule: Rule) -> _Sides:
        sides: dict[str, list[Node]] = {"a": [], "b": [], "both": []}
        for condition in rule.where:
            roots = condition.expression.roots & {"a", "b", "pair"}
            sides["a" if roots == {"a"} else "b" if roots == {"b"} else "both"].append(condition.expression.node)
        asking = tuple(node for node in sides["both"] if any(each.name in _OF_INSTRUMENTS for each in facts_in(node)))
        return cls(tuple(sides["a"]), tuple(sides["b"]), tuple(sides["both"]), asking)


@cache
def _row(instrument: str, theme: str) -> OpenRow:
    convention = str(term_list("instruments")[instrument]["convention"])
    return OpenRow(instrument=instrument, convention=convention, **_themed(theme))


def _themed(theme: str) -> dict[str, Any]:
    entry = theme_table()[theme]
    facts = theme_facts([(theme, entry.group, entry.land)])
    # Where a theme is expected goes by what else is stated; where it never is, no rule can miss it.
    return {**facts, "expected_in": expectations.expected_at_most(facts["subject"])}


def _env(**rows: Any) -> dict[str, Any]:
    return {"doc": OpenRow(), "dossier": OpenRow(), **rows}
