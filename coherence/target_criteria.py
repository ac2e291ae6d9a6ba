"""The criteria of a target's quality as ``rules/frameworks/target_quality.yaml`` states them, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from coherence import frameworks
from coherence.errors import Fault, VocabularyError
from coherence.form_faults import form_faults
from coherence.models import Convention, FileSpec
from coherence.quality_models import VerdictState
from coherence.resources import rules_dir
from coherence.rule_expressions import Expression, parse_expression
from coherence.rule_syntax import Problem
from coherence.rule_terms import check_terms
from coherence.strict_yaml import Marked, load_marked
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["ROOTS", "SHOWN_FIELDS", "Case", "Criteria", "Criterion", "criteria", "load_criteria"]

ROOTS = ("a", "doc", "dossier", "found")
"""Names through which conditions read facts."""
SHOWN_FIELDS = frozenset({
    "themes", "ecosystems", "places", "bodies", "quantities", "target_year", "gender", "named", "official",
    "overlap", "synergy", "conflict",
})  # fmt: skip
"""What a case may show besides the words of a group."""
_GROUP = "words "
_MANUAL = "docs/reference/frameworks.md"


class _CaseSpec(FileSpec):
    """A state of a criterion, when it holds, and why."""

    state: VerdictState
    if_: str | None = Field(default=None, alias="if")
    because: frameworks.Texts
    shows: tuple[str, ...] = ()


class _CriterionSpec(FileSpec):
    """One criterion with its cases, the last one without a condition."""

    id: str = Field(pattern=r"^[a-z_]+$")
    label: frameworks.Texts
    asks: frameworks.Texts
    cases: tuple[_CaseSpec, ...] = Field(min_length=1)


class _File(FileSpec):
    framework: Literal["target_quality"]
    version: str
    basis: str
    series: dict[str, Convention]
    criteria: tuple[_CriterionSpec, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Case:
    """A case ready to be asked; without a condition it always holds."""

    state: VerdictState
    condition: Expression | None
    because: frameworks.Texts
    shows: tuple[str, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups of the vocabulary whose words it shows."""
        return tuple(each.removeprefix(_GROUP) for each in self.shows if each.startswith(_GROUP))


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; the first case that holds decides."""

    id: str
    label: frameworks.Texts
    asks: frameworks.Texts
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """All criteria, and the decision that sets them."""

    basis: str
    series: Mapping[str, Convention]
    """Convention of an official target by the beginning of its id."""
    criteria: tuple[Criterion, ...]


@cache
def criteria() -> Criteria:
    """Return the shipped criteria; raises VocabularyError."""
    return load_criteria(rules_dir() / "frameworks" / "target_quality.yaml")


def load_criteria(path: Path) -> Criteria:
    """Read a file of criteria; raises VocabularyError with every fault and its place."""
    marked = load_marked(path, VocabularyError)
    try:
        spec = _File.model_validate(marked.data)
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, _File, _MANUAL)) from None
    faults: list[Fault] = []
    if spec.basis not in frameworks.all_ids():
        faults.append(Fault(marked.where("basis"), f"unknown id '{spec.basis}'", "use an id of rules/frameworks"))
    found = tuple(_criterion(index, each, marked, faults) for index, each in enumerate(spec.criteria))
    if faults:
        raise VocabularyError(*sorted(faults))
    return Criteria(spec.basis, spec.series, found)


def _criterion(index: int, spec: _CriterionSpec, marked: Marked, faults: list[Fault]) -> Criterion:
    last = len(spec.cases) - 1
    cases = []
    for number, case in enumerate(spec.cases):
        place = ("criteria", index, "cases", number)
        if (case.if_ is None) is not (number == last):
            what, remedy = "the last case, and it alone, stands without 'if'", "add a condition, or a last case without"
            faults.append(Fault(marked.where(*place), what, remedy))
        known = SHOWN_FIELDS | {f"{_GROUP}{group}" for group in per_language("target_quality", "en")}
        for entry, shown in enumerate(case.shows):
            if shown not in known:
                faults.append(Fault(marked.where(*place, "shows", entry), f"'{shown}' cannot be shown",
                                    "use one of: " + ", ".join(sorted(known))))  # fmt: skip
        cases.append(Case(case.state, _condition(case.if_, marked, (*place, "if"), faults), case.because, case.shows))
    return Criterion(spec.id, spec.label, spec.asks, tuple(cases))


def _condition(
    text: str | None, marked: Marked, place: tuple[str | int, ...], faults: list[Fault]
) -> Expression | None:
    if text is None:
        return None
    try:
        expression = parse_expression(text, ROOTS)
        check_terms(expression)
    except Problem as problem:
        faults.append(Fault(marked.where(*place), problem.what, problem.remedy))
        return None
    return expression
