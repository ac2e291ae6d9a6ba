"""The library of recommendations: read from YAML, checked, with placeholders from a closed list."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from coherence import frameworks
from coherence.errors import Fault, RuleError, VocabularyError
from coherence.form_faults import form_faults
from coherence.frameworks import Labels, Texts
from coherence.models import Effort, Element, FindingKind, Frozen, Instrument, Severity
from coherence.resources import rules_dir
from coherence.rule_packs import pack_catalogues
from coherence.strict_yaml import Marked, load_marked
from coherence.translations import filled_in
from coherence.vocabulary import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from coherence.translations import Catalogue

__all__ = [
    "PLACEHOLDERS",
    "FocalPoint",
    "InstrumentPhrases",
    "Pattern",
    "Recommending",
    "fill",
    "load_patterns",
    "recommending",
]

PLACEHOLDERS: Mapping[str, str] = {
    "instrument": "Short names of the instruments where the change is made.",
    "the_instrument": "The same with article, within a sentence.",
    "of_instrument": 'The same after "of".',
    "in_instrument": 'The same after "in".',
    "of_targets": 'The same after "targets".',
    "instruments": "Short names of the instruments concerned.",
    "in_instruments": 'The same after "in".',
    "count": "Number of findings merged.",
    "figures": "Figures of the commitments with their target year, instrument and page, the largest areas first.",
    "commitments": "The commitments with instrument and page: their quotes, shortened; in a draft what they promise.",
    "own": "The same of the commitments that stand in the receiving instruments.",
    "sisters": "The same of the commitments that stand in other instruments.",
    "pairs": "Pairs of commitments that findings name, by figure where both state one, else by quote.",
    "to_complete": "Each commitment with brackets for what was not found in its words, a line each.",
    "elements": "What was not found in the text, with the number of findings of each.",
    "kinds": "Kinds of the findings with their numbers.",
    "themes": "Themes that the commitments share, or all their themes.",
    "land_type": "A bracket for the land type, with the ecosystems that the receiving instruments name.",
    "regions": "A bracket for the regions, with the places that the commitments name.",
    "years": "Target years of the commitments.",
    "explanations": "Explanations of the findings.",
    "projects": "Names of the candidate integrated projects.",
}
"""What the texts of a recommendation may refer to, and nothing else."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MANUAL = "docs/reference/frameworks.md"
_FROM_FINDING = ("a", "b", "other", "missing")
_ROLES = ("receiving", "concerned")


class Pattern(Frozen):
    """A recommendation before it is filled: ``rules/recommendation/REC-nnn.yaml``."""

    id: Annotated[str, StringConstraints(pattern=r"^REC-[0-9]{3}$")]
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: Texts
    text: Texts
    draft: Texts | None = None
    """Wording for the receiving instrument."""
    instrument: Instrument | Literal["a", "b", "other", "missing", "none"]
    """Where the change is made: fixed, of the first (a) or second (b) commitment, of whichever of the two stands first
    in ``receiving_order`` (other), where something is missing, or in no instrument (none)."""
    addressees: tuple[str, ...] = Field(min_length=1)
    basis: tuple[str, ...] = Field(min_length=1)
    effort: Effort
    group_by: Literal["rule", "instrument", "theme", "dossier"]
    """What keeps findings apart: the receiving instrument, alone or with their rule or theme; nothing (dossier)."""
    within: str | None = None
    """Recommendation that it becomes a part of where findings ask for several parts of it."""
    speaks_for_all: bool = False
    """Whether its own texts stand for those of its parts, which are else a paragraph each."""
    programme: bool = False
    """Whether the programme for LDN targets names it: it weighs more."""
    moment: Literal["revision", "report"] = "revision"
    """Whether it waits for the next revision of the instrument, or for the next report on it."""
    recognises: Instrument | None = None
    """Instrument whose commitments fill ``sisters``, even where no finding names one of them."""
    gathers: tuple[FindingKind, ...] = ()
    """Findings of these kinds between two instruments also support the recommendation."""
    clusters: bool = False
    """Whether the candidate integrated projects ask for it."""


class FocalPoint(Frozen):
    """Someone who can act, and the instruments they answer for."""

    id: str
    instruments: tuple[Instrument, ...]
    label: Labels


class InstrumentPhrases(Frozen):
    """An instrument within a sentence."""

    model_config = ConfigDict(populate_by_name=True)

    the: Texts
    of: Texts
    inside: Texts = Field(alias="in")
    of_targets: Texts


class Recommending(Frozen):
    """``rules/frameworks/recommending.yaml``."""

    version: str
    receiving_order: tuple[Instrument, ...]
    severity_weight: dict[Severity, int]
    kind_weight: dict[FindingKind, int]
    effort_weight: dict[Effort, int]
    programme_weight: int = Field(ge=1)
    gathering_divisor: int = Field(ge=1)
    in_full: int = Field(ge=1)
    focal_points: tuple[FocalPoint, ...]
    phrases: dict[Instrument, InstrumentPhrases]
    completing: dict[Element, Texts]
    cannot_end: dict[Language, tuple[str, ...]]
    """Words by document language with which no sentence ends."""
    words: dict[str, Texts]
    reasons: dict[str, Texts]
    efforts: dict[Effort, Texts]

    def focal_points_of(self, instruments: Iterable[Instrument]) -> list[str]:
        """Return the ids of the focal points that answer for any of the instruments, in the file's order."""
        wanted = set(instruments)
        return [each.id for each in self.focal_points if wanted & set(each.instruments)]

    def label_of(self, focal_point: str) -> Labels:
        """Return the label of a focal point; raises KeyError."""
        return {each.id: each.label for each in self.focal_points}[focal_point]


@cache
def recommending() -> Recommending:
    """Return how recommendations are made; raises VocabularyError."""
    marked = load_marked(rules_dir() / "frameworks" / "recommending.yaml", VocabularyError)
    try:
        found = Recommending.model_validate(marked.data)
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, Recommending, _MANUAL)) from None
    faults = [
        Fault(marked.where(name), f"'{name}' has no entry for {level}", "add it")
        for name, kind, given in (
            ("severity_weight", Severity, set(found.severity_weight)),
            ("kind_weight", FindingKind, set(found.kind_weight)),
            ("effort_weight", Effort, set(found.effort_weight)),
            ("phrases", Instrument, set(found.phrases)),
            ("efforts", Effort, set(found.efforts)),
        )
        for level in get_args(kind)
        if level not in given
    ]  # fmt: skip
    if faults:
        raise VocabularyError(*faults)
    return found


def load_patterns(directories: Sequence[Path] = ()) -> dict[str, Pattern]:
    """Return the shipped recommendations, then those of ``directories``/recommendation, by id.

    A later one replaces an earlier one of its id, by a higher version. Raises RuleError with every fault of every file.
    """
    return dict(_shipped_patterns()) if not directories else _read((rules_dir(), *directories))


@cache
def _shipped_patterns() -> dict[str, Pattern]:
    return _read((rules_dir(),))


def fill(template: str, values: Mapping[str, str]) -> str:
    """Replace ``{name}`` by its value, in one pass: braces in values stay what they are."""
    return _PLACEHOLDER.sub(lambda match: values[match.group(1)], template)


def _read(folders: Iterable[Path]) -> dict[str, Pattern]:
    found: dict[str, Pattern] = {}
    places: dict[str, Path] = {}
    faults: list[Fault] = []
    for folder in folders:
        catalogues = pack_catalogues(folder, [])
        for path in sorted((folder / "recommendation").glob("*.yaml")):
            pattern = _read_one(path, catalogues, faults)
            former = found.get(pattern.id) if pattern is not None else None
            if pattern is not None and former not in (None, pattern) and _numbers(pattern) <= _numbers(former):
                faults.append(_not_raised(pattern, former, path))
            elif pattern is not None:
                found[pattern.id] = pattern
                places[pattern.id] = path
    faults += _part_faults(found, places)
    if faults:
        raise RuleError(*sorted(faults))
    return found


def _part_faults(found: Mapping[str, Pattern], places: Mapping[str, Path]) -> list[Fault]:
    """Return a fault for each part of a recommendation that does not exist, is itself a part, or is grouped apart."""
    faults = []
    for pattern in found.values():
        whole = found.get(pattern.within) if pattern.within else None
        if pattern.within and (whole is None or whole.within or whole.group_by != pattern.group_by):
            where = load_marked(places[pattern.id], RuleError).where("within")
            what = f"'{pattern.within}' cannot have parts that are grouped by {pattern.group_by}"
            remedy = "name a recommendation that exists, is no part itself and has the same group_by"
            faults.append(Fault(where, what, remedy))
    return faults


def _numbers(pattern: Pattern) -> tuple[int, ...]:
    return tuple(int(part) for part in pattern.version.split("."))


def _not_raised(pattern: Pattern, former: Pattern, path: Path) -> Fault:
    what = f"version {pattern.version} of {pattern.id} cannot replace version {former.version}"
    return Fault(load_marked(path, RuleError).where("version"), what, "raise the version, or give it an id of its own")


def _read_one(path: Path, catalogues: Mapping[str, Catalogue], faults: list[Fault]) -> Pattern | None:
    try:
        marked = load_marked(path, RuleError)
        pattern = Pattern.model_validate(filled_in(marked.data, catalogues))
    except RuleError as problem:
        faults.extend(problem.faults)
        return None
    except ValidationError as problem:
        faults.extend(form_faults(problem, marked, Pattern, _MANUAL))
        return None
    before = len(faults)
    faults.extend(_check(pattern, marked))
    return pattern if len(faults) == before else None


def _check(pattern: Pattern, marked: Marked) -> list[Fault]:
    faults = []
    if marked.path.stem != pattern.id:
        faults.append(
            Fault(marked.where("id"), f"id '{pattern.id}' in {marked.path.name}", f"name it {pattern.id}.yaml")
        )
    known = {each.id for each in recommending().focal_points} | set(_ROLES)
    for index, name in enumerate(pattern.addressees):
        if name not in known:
            remedy = "use an id of rules/frameworks/recommending.yaml, receiving or concerned"
            faults.append(Fault(marked.where("addressees", index), f"unknown addressee '{name}'", remedy))
    for index, name in enumerate(pattern.basis):
        if name not in frameworks.all_ids():
            faults.append(
                Fault(marked.where("basis", index), f"unknown basis '{name}'", "use an id of rules/frameworks")
            )
    return faults + _unknown_placeholders(pattern, marked)


def _unknown_placeholders(pattern: Pattern, marked: Marked) -> list[Fault]:
    faults = []
    remedy = "use " + ", ".join(PLACEHOLDERS)
    for key in ("title", "text", "draft"):
        texts: Texts | None = getattr(pattern, key)
        for language, text in texts.model_dump(exclude_none=True).items() if texts else ():
            unknown = [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
            if set("{}") & set(_PLACEHOLDER.sub("", text)):
                faults.append(Fault(marked.where(key, language), "a brace stands alone", "remove it"))
            faults += [
                Fault(marked.where(key, language), f"unknown placeholder '{{{name}}}'", remedy) for name in unknown
            ]
    return faults
