"""What a rule file may hold, and a rule as it runs. docs/reference/rule-language.md describes the form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StrictBool, StringConstraints, field_validator, model_validator

from coherence.frameworks import Texts
from coherence.model_basics import ConflictManageability, ConflictMechanism, ConflictType
from coherence.models import (
    Confidence,
    Element,
    FileSpec,
    FindingKind,
    Instrument,
    InteractionScore,
    PackRecord,
    Relation,
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
Count = Annotated[int, Field(ge=1)]
_STRONGEST = 3
_SCORES_OF_PAIR = ("interaction", "lever_strength")


class ConditionSpec(FileSpec):
    """One condition; ``because`` is shown to readers in place of the expression."""

    if_: Text = Field(alias="if")
    """An expression of the rule language: a.area_ha >= 1000."""
    because: Texts | None = None
    """The same in words, for readers of the report."""


class SeverityCase(FileSpec):
    """A severity, and when it holds; the last case stands without ``when``."""

    severity: Severity
    when: Text | None = None


class ConfidenceCase(FileSpec):
    """A confidence, or what is added to it, and when it holds; the last value stands without ``when``."""

    value: Confidence | None = None
    """The first value whose condition holds is taken."""
    add: Annotated[float, Field(ge=-1, le=1)] | None = None
    """Added to that value, or taken off it, wherever its condition holds; the sum stays between 0 and 1."""
    when: Text | None = None

    @model_validator(mode="after")
    def _check_one(self) -> ConfidenceCase:
        if (self.value is None) is (self.add is None):
            raise ValueError("give either 'value' or 'add'")
        return self


class RelationCase(FileSpec):
    """How two commitments that overlap stand, and when; the last case stands without ``when``."""

    value: Relation
    when: Text | None = None


class LimitSpec(FileSpec):
    """How many findings a rule keeps in a dossier, the surest ones first; every number given must be met."""

    first: Count | None = None
    """For each first commitment."""
    instrument: Count | None = None
    """For each first commitment and instrument of the second."""
    alike: Count | None = None
    """For each first commitment, and instrument and main theme of the second."""
    second: Count | None = None
    """For each second commitment."""
    statement: Count | None = None
    """For each two sentences or table rows; with it, first and second count sentences and rows too."""
    subject: Count | None = None
    """For each subject of the first commitment, or its main theme, and instrument where something is missing."""
    dossier: Count | None = None
    """In all."""
    confidence: Confidence | None = None
    """Least confidence of a finding."""
    surest: Literal["finding", "rule"] = "finding"
    """What decides which are surest: the confidence of the finding, or the rule's own, however sure the reading was."""


class GroupSpec(FileSpec):
    """Pairs with the same first commitment told in one finding."""

    by: Literal["instrument", "commitment"] = "instrument"
    """One finding for each first commitment and instrument of the second, or for each first commitment."""
    least: Annotated[int, Field(ge=1)] = 1
    """Second commitments from which there is a finding."""
    most: Annotated[int, Field(ge=1)] = 5
    """Second commitments that a finding names, the surest ones; ``{group.count}`` tells how many there are."""
    item: Texts
    """How each of them is told; ``{group.items}`` in the explanation stands for all."""
    because: Texts | None = None
    """What items have in common, told once; ``{group.alike}`` stands for the items for which the rest is the same."""


class MissingSpec(FileSpec):
    """What a gap or quality rule did not find."""

    element: Element


class ConflictSpec(FileSpec):
    """What kind of conflict the rule finds, how it comes about and what can be done about it."""

    type: ConflictType
    """contradiction: two values, dates or paces for one thing; tension: two aims that may pull against each other."""
    mechanism: ConflictMechanism
    """goal_conflict, resource_competition or delivery_friction; differing_statements for contradictions."""
    manageability: tuple[ConflictManageability, ...] = Field(min_length=1)
    """What can keep the two apart, one or several, the most likely first."""
    precondition: Texts
    """When the conflict arises, as the end of "Arises where ..."."""

    @field_validator("manageability", mode="before")
    @classmethod
    def _spell_out_manageability(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value


class Example(FileSpec):
    """A small case: facts that differ from a default commitment, and whether the rule fires on it."""

    fires: StrictBool
    """Whether the rule fires on it."""
    note: str = ""
    """What the example shows."""
    a: Facts = Field(default_factory=dict)
    """Facts of the first commitment."""
    b: Facts = Field(default_factory=dict)
    """Facts of the second commitment."""
    others: tuple[Facts, ...] = ()
    """Further commitments: the counterparts of an absence rule."""
    doc: Facts = Field(default_factory=dict)
    """Facts of the first document."""
    said: Facts = Field(default_factory=dict)
    """Facts of a statement of the first document."""
    dossier: Facts = Field(default_factory=dict)
    """Facts of the dossier."""
    severity: Severity | None = None
    """Severity of the finding, to be checked."""
    score: InteractionScore | None = None
    """Score of the finding, to be checked."""
    relation: Relation | None = None
    """Relation of the finding, to be checked."""
    missing: Instrument | None = None
    """Instrument in which something is missing, to be checked."""


class RuleSpec(FileSpec):
    """A rule file."""

    id: Annotated[str, StringConstraints(pattern=RULE_ID)]
    """Capital letters, a hyphen, three digits; permanent, and the name of the file. From 900: rules of your own."""
    version: Annotated[str, StringConstraints(pattern=VERSION)]
    """major.minor.patch; a changed meaning raises the first number."""
    title: Texts
    """What the rule says, in a few words."""
    status: Literal["experimental", "stable", "deprecated"]
    """Deprecated rules, and they alone, stand in deprecated/ and do not run."""
    kind: FindingKind
    """What its findings are; the name of the folder."""
    severity: tuple[SeverityCase, ...] = Field(min_length=1)
    """One severity, or cases with when; the last one without."""
    scope: Scope
    """What the rule looks at: each commitment, two of them, one without a counterpart, or the dossier."""
    within: Within | None = None
    """Which pairs: of one document, of one instrument, or any two; without it, of different instruments."""
    across: StrictBool = False
    """Pairs of commitments of two dossiers."""
    restated: StrictBool = False
    """Pairs: also figures that one document gives as those of another instrument (`a.restates`, `b.restates`)."""
    where: tuple[ConditionSpec, ...] = ()
    """Conditions that must all hold."""
    unless: tuple[ConditionSpec, ...] = ()
    """What a commitment b must fulfil to be the counterpart that an absence rule looks for."""
    counterpart_in: tuple[Instrument, ...] = ()
    """Instruments in which an absence rule looks for a counterpart."""
    each: Literal["document", "instrument", "statement"] | None = None
    """Dossier rules: once for each document, for each instrument without a document, or for each statement of a
    document that an instrument is not there yet, or over."""
    score: InteractionScore | Literal["interaction", "lever_strength"] | None = None
    """Interaction from -3 (cancelling) to 3 (indivisible); interaction takes that of the themes,
    lever_strength how strongly the second commitment serves the first."""
    confidence: tuple[ConfidenceCase, ...] = Field(min_length=1)
    """0 to 1, or cases with when; the last one without."""
    relation: tuple[RelationCase, ...] = ()
    """Overlaps: how the two stand, or cases with when; the last one without."""
    explain: Texts
    """One sentence with placeholders: {a.quantity}."""
    conflict: ConflictSpec | None = None
    """Conflict rules: its type, mechanism, manageability and precondition."""
    missing: MissingSpec | None = None
    """Gap and quality rules: what was not found."""
    recommend: Text | None = None
    """Id of a recommendation."""
    basis: tuple[Text, ...] = ()
    """Ids of decisions and official targets in rules/frameworks."""
    falsepositives: tuple[Texts, ...] = ()
    """When the rule may be wrong; shown with every finding."""
    references: tuple[Text, ...] = ()
    """Where the thought comes from."""
    limit: LimitSpec | None = None
    """Findings kept, the surest ones; a plain number is for each first commitment."""
    group: GroupSpec | None = None
    """Rules of pairs: those with the same first commitment in one finding."""
    yields: StrictBool = False
    """A general rule: silent where another rule of its kind, or for synergies an overlap, tells of the two already."""
    examples: tuple[Example, ...] = ()
    """At least one that fires and one that does not."""

    @field_validator("score", mode="before")
    @classmethod
    def _check_score(cls, value: Any) -> Any:
        if value in (None, *_SCORES_OF_PAIR) or (
            isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _STRONGEST
        ):
            return value
        words = ", ".join(_SCORES_OF_PAIR)
        raise ValueError(f"{value!r} is no score: give a whole number from -3 to 3, or one of the words {words}")

    @field_validator("where", "unless", mode="before")
    @classmethod
    def _spell_out_conditions(cls, value: Any) -> Any:
        return [{"if": each} if isinstance(each, str) else each for each in value] if isinstance(value, list) else value

    @field_validator("severity", mode="before")
    @classmethod
    def _spell_out_severity(cls, value: Any) -> Any:
        return [{"severity": value}] if isinstance(value, str) else value

    @field_validator("limit", mode="before")
    @classmethod
    def _spell_out_limit(cls, value: Any) -> Any:
        return {"first": value} if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("confidence", mode="before")
    @classmethod
    def _spell_out_confidence(cls, value: Any) -> Any:
        # A text is no number, which is what its writer should read, rather than that a list is wanted.
        return [{"value": value}] if isinstance(value, (int, float, str)) else value

    @field_validator("relation", mode="before")
    @classmethod
    def _spell_out_relation(cls, value: Any) -> Any:
        return [{"value": value}] if isinstance(value, str) else value


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
    additions: tuple[tuple[float, Node | None], ...] = ()
    """What is added to the confidence, and when."""
    relations: tuple[tuple[Relation, Node | None], ...] = ()
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
    empty: tuple[str, ...] = ()
    """Folders that were named and hold nothing for a pack."""

    def rule(self, rule_id: str) -> Rule:
        """Return one rule; raises KeyError."""
        return {each.id: each for each in self.rules}[rule_id]
