"""docs/reference/coverage.md: which rules look at which two instruments and which family of themes, by kind."""

from __future__ import annotations

from functools import cache
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from coherence.errors import VocabularyError
from coherence.form_faults import form_faults
from coherence.models import FindingKind, Frozen, Instrument
from coherence.resources import rules_dir
from coherence.rulebook.coverage import COVERED_KINDS, covering_rules, rio_instruments, theme_families
from coherence.strict_yaml import load_marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.rule_models import RuleSet
    from coherence.rulebook.coverage import Cell

__all__ = ["render_coverage", "unexplained"]

_FILE = "frameworks/coverage.yaml"
_MANUAL = "docs/reference/frameworks.md"
_HEAD = """\
# What the rules cover

Generated from the rule files by `coherence rules doc`; do not edit. A rule covers a theme of an instrument with another
instrument where its conditions leave it open to fire on a commitment of that theme in the one and a commitment of any
theme in the other. A row stands for both directions, except for gaps: there the first instrument has the commitment,
and nothing is found in the second. A cell gives the number of rules and their ids, then the themes that none of them
watches. A letter points to the reason, below, why a theme is left out on purpose.
"""


class Exclusion(Frozen):
    """Themes that no rule is expected to watch between instruments, and why."""

    letter: str = Field(pattern=r"^[a-z]$")
    kinds: tuple[FindingKind, ...] = Field(min_length=1)
    instruments: tuple[Instrument, ...] = Field(min_length=1)
    """That have the commitment; for kinds other than gap, either of the two."""
    others: tuple[Instrument, ...] = Field(min_length=1)
    """That it is compared with."""
    themes: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)


class _Exclusions(Frozen):
    version: str
    left_out: tuple[Exclusion, ...]


def render_coverage(ruleset: RuleSet) -> str:
    """Return the page in Markdown: for each kind a table of instrument pairs by theme families."""
    covering = covering_rules(ruleset)
    parts = [_HEAD]
    families = theme_families()
    head = "| instruments | " + " | ".join(name.replace("_", " ") for name in families) + " |\n"
    for kind in COVERED_KINDS:
        parts.append(f"\n## {kind.capitalize()}\n\n{head}|{'---|' * (len(families) + 1)}\n")
        for one, other in _rows(kind):
            cells = [_cell(covering, kind, (one, other), themes) for themes in families.values()]
            arrow = "→" if kind == "gap" else "–"
            parts.append(f"| {one} {arrow} {other} | {' | '.join(cells)} |\n")
    parts.append("\n## Left out on purpose\n\n")
    parts += [f"- **{each.letter}** {', '.join(each.themes)}: {each.reason}\n" for each in _exclusions()]
    return "".join(parts)


def unexplained(ruleset: RuleSet) -> tuple[Cell, ...]:
    """Return what neither a rule covers nor a reason leaves out: (kind, instrument, other, theme), in order."""
    covering = covering_rules(ruleset)
    missing = [
        (kind, one, other, theme)
        for kind in COVERED_KINDS
        for one, other in _rows(kind)
        for themes in theme_families().values()
        for theme in themes
        if not _watching(covering, kind, (one, other), theme) and not _reasons(kind, (one, other), theme)
    ]
    return tuple(missing)


def _rows(kind: FindingKind) -> Iterator[tuple[str, str]]:
    return (permutations if kind == "gap" else combinations)(rio_instruments(), 2)


def _watching(covering: dict[Cell, tuple[str, ...]], kind: FindingKind, pair: Sequence[str], theme: str) -> set[str]:
    directions = [tuple(pair)] if kind == "gap" else [tuple(pair), tuple(reversed(pair))]
    return {rule for one, other in directions for rule in covering.get((kind, one, other, theme), ())}


def _reasons(kind: FindingKind, pair: Sequence[str], theme: str) -> list[Exclusion]:
    directions = [tuple(pair)] if kind == "gap" else [tuple(pair), tuple(reversed(pair))]
    return [
        each
        for each in _exclusions()
        if kind in each.kinds
        and theme in each.themes
        and any(one in each.instruments and other in each.others for one, other in directions)
    ]


def _cell(covering: dict[Cell, tuple[str, ...]], kind: FindingKind, pair: Sequence[str], themes: Sequence[str]) -> str:
    rules = sorted({rule for theme in themes for rule in _watching(covering, kind, pair, theme)})
    unwatched = [theme for theme in themes if not _watching(covering, kind, pair, theme)]
    told = f"{len(rules)}: {_short(rules)}" if rules else "none"
    if unwatched:
        letters = {theme: "".join(sorted({each.letter for each in _reasons(kind, pair, theme)})) for theme in unwatched}
        told += "; without " + ", ".join(
            f"{theme} ({letters[theme]})" if letters[theme] else theme for theme in unwatched
        )
    return told


def _short(rules: Sequence[str]) -> str:
    """Return ids in order with the letters said once and neighbours joined: ``OVL 001-004 007``."""
    told: list[str] = []
    letters, last, first = "", -1, -1
    for rule in rules:
        name, number = rule.rsplit("-", 1)
        if name != letters:
            told.append(name)
            letters, last = name, -1
        if int(number) == last + 1 and last >= 0:
            told[-1] = f"{first:03d}-{number}"
        else:
            told.append(number)
            first = int(number)
        last = int(number)
    return " ".join(told)


@cache
def _exclusions() -> tuple[Exclusion, ...]:
    """Return what stands in rules/frameworks/coverage.yaml; raises VocabularyError with all its faults."""
    marked = load_marked(rules_dir() / _FILE, VocabularyError)
    try:
        return _Exclusions.model_validate(marked.data).left_out
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, _Exclusions, _MANUAL)) from None
