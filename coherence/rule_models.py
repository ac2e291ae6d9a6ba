"""What a rule file may hold, and a rule as it runs. docs/reference/rule-language.md describes the form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StrictBool, StringConstraints, field_validator

from coherence.frameworks import Texts
from coherence.models import (
    Confidence,
    Element,
    FindingKind,
    Frozen,
    Instrument,
    InteractionScore,
    PackRecord,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coherence.errors import Fault, Location
    from coherence.rule_expressions import Expression, Node

__all__ = ["RULE_ID", "VERSION", "Condition", "Example", "Rule", "RuleSet", "RuleSpec", "Scope", "Within"]

Scope = Literal["commitment", "pair", "absence", "dossier"]
Within = Literal["document", "instrument", "dossier"]
RULE_ID = r"^[A-Z]{3,8}-[0-9]{3}$"
VERSION = r"^[0-9]+\.[0-9]+\.[0-9]+$"
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Facts = dict[str, Any]
_STRONGEST = 3


class ConditionSpec(Frozen):
    """One condition; ``because`` is shown to readers in place of the expression."""

    if_: Text = Field(alias="if")
    because: Texts | None = None


class SeverityCase(Frozen):
    """A severity, and when it holds; the last case stands without ``when``."""

    severity: Severity
    when: Text | None = None


class ConfidenceCase(Frozen):
    """A confidence, and when it holds; the last case stands without ``when``."""

    value: Confidence
    when: Text | None = None


class MissingSpec(Frozen):
    """What a gap or quality rule did not find."""

    element: Element


class Example(Frozen):
    """A small case: facts that differ from a default commitment, and whether the rule fires on it."""

    fires: StrictBool
    note: str = ""
    a: Facts = Field(default_factory=dict)
    b: Facts = Field(default_factory=dict)
    others: tuple[Facts, ...] = ()
    doc: Facts = Field(default_factory=dict)
    dossier: Facts = Field(default_factory=dict)
    severity: Severity | None = None
    score: InteractionScore | None = None
    missing: Instrument | None = None


class RuleSpec(Frozen):
    """A rule file."""

    id: Annotated[str, StringConstraints(pattern=RULE_ID)]
    version: Annotated[str, StringConstraints(pattern=VERSION)]
    title: Texts
    status: Literal["experimental", "stable", "deprecated"]
    kind: FindingKind
    severity: tuple[SeverityCase, ...] = Field(min_length=1)
    scope: Scope
    within: Within | None = None
    across: bool = False
    where: tuple[ConditionSpec, ...] = ()
    unless: tuple[ConditionSpec, ...] = ()
    counterpart_in: tuple[Instrument, ...] = ()
    each: Literal["document", "instrument"] | None = None
    score: InteractionScore | Literal["interaction"] | None = None
    confidence: tuple[ConfidenceCase, ...] = Field(min_length=1)
    explain: Texts
    missing: MissingSpec | None = None
    recommend: Text | None = None
    basis: tuple[Text, ...] = ()
    falsepositives: tuple[Texts, ...] = ()
    references: tuple[Text, ...] = ()
    limit: Annotated[int, Field(ge=1)] | None = None
    examples: tuple[Example, ...] = ()

    @field_validator("score", mode="before")
    @classmethod
    def _check_score(cls, value: Any) -> Any:
        if value in (None, "interaction") or (
            isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _STRONGEST
        ):
            return value
        raise ValueError(f"{value!r} is no score: give a whole number from -3 to 3, or the word interaction")

    @field_validator("where", "unless", mode="before")
    @classmethod
    def _spell_out_conditions(cls, value: Any) -> Any:
        return [{"if": each} if isinstance(each, str) else each for each in value] if isinstance(value, list) else value

    @field_validator("severity", mode="before")
    @classmethod
    def _spell_out_severity(cls, value: Any) -> Any:
        return [{"severity": value}] if isinstance(value, str) else value

    @field_validator("confidence", mode="before")
    @classmethod
    def _spell_out_confidence(cls, value: Any) -> Any:
        return [{"value": value}] if isinstance(value, (int, float)) else value


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition with what readers are shown."""

    expression: Expression
    because: Texts | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule without faults, ready to run."""

    spec: RuleSpec
    file: str
    where: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    severities: tuple[tuple[Severity, Node | None], ...]
    confidences: tuple[tuple[float, Node | None], ...]
    example_places: tuple[Location, ...] = ()
    """Where each example stands in the file."""
    pack: str = ""
    """Name of the pack it comes from."""

    @property
    def id(self) -> str:
        """The rule's permanent id."""
        return self.spec.id

    @property
    def short_file(self) -> str:
        """Folder and name of its file, the same wherever the rules are installed."""
        return "/".join(PurePath(self.file).parts[-2:])

    @property
    def version(self) -> str:
        """Version of the rule's meaning."""
        return self.spec.version

    @property
    def kind(self) -> FindingKind:
        """What its findings are."""
        return self.spec.kind

    @property
    def scope(self) -> Scope:
        """What it looks at."""
        return self.spec.scope

    @property
    def status(self) -> str:
        """``experimental``, ``stable`` or ``deprecated``."""
        return self.spec.status

    @property
    def examples(self) -> tuple[Example, ...]:
        """Its own examples."""
        return self.spec.examples

    @property
    def title(self) -> Mapping[str, str]:
        """Title by report language."""
        return self.spec.title.model_dump()


@dataclass(frozen=True)
class RuleSet:
    """All rules without faults, sorted by id, and the faults of the others."""

    rules: tuple[Rule, ...]
    faults: tuple[Fault, ...]
    """What is wrong with the files that could not be used, in order of their places."""
    hash: str
    """SHA-256 over the canonical content of the rules and of the interactions between themes."""
    packs: tuple[PackRecord, ...] = ()
    """In the order of their folders, with what each replaces and turns off."""

    def rule(self, rule_id: str) -> Rule:
        """Return one rule; raises KeyError."""
        return {each.id: each for each in self.rules}[rule_id]
