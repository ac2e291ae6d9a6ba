"""Rule files: found, read, checked. A faulty file never keeps the others from running."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, get_args

from pydantic import ValidationError

from coherence import frameworks
from coherence.errors import CoherenceError, Fault, Location, RuleError
from coherence.form_faults import form_faults
from coherence.identifiers import canonical_json
from coherence.models import FindingKind, LegalBasis, RuleRecord
from coherence.resources import rules_dir
from coherence.rule_checks import Known, check_rule, condition_faults
from coherence.rule_models import Rule, RuleSet, RuleSpec
from coherence.rule_syntax import nearest
from coherence.strict_yaml import Marked, load_marked, load_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coherence.vocabulary import Language

__all__ = ["Rule", "RuleSet", "legal_basis", "load_rules", "rule_record"]

_KINDS: tuple[str, ...] = get_args(FindingKind)
_MANUAL = "docs/reference/rule-language.md"
_TAKEN = "give this rule another id: they are never reused, and `coherence rules new` takes the next free one"
_FOLDERS = (*_KINDS, "deprecated")


def load_rules(directories: Sequence[Path] | None = None, *, disable: Sequence[str] = ()) -> RuleSet:
    """Return the rules of the folders, by default the shipped ones; a later rule replaces an earlier one of its id.

    Faults are collected, never raised: the caller decides. Rules named in ``disable`` and deprecated ones do not run.
    """
    folders = (rules_dir(),) if directories is None else tuple(directories)
    known = Known(_basis_ids(), _recommendation_ids(folders))
    rules: dict[str, Rule] = {}
    contents: dict[str, Any] = {}
    faults: list[Fault] = []
    taken: set[str] = set()
    for folder in folders:
        seen: dict[str, str] = {}
        for path in _rule_files(folder, faults):
            rule, data = _load_rule(path, known, seen, faults)
            if rule is not None:
                rules[rule.id], contents[rule.id] = rule, data
        taken |= set(seen)
    faults += _unknown_disabled(disable, {*rules, *taken})
    active = [rule for name, rule in sorted(rules.items()) if name not in disable and rule.spec.status != "deprecated"]
    content = {"rules": [contents[rule.id] for rule in active], "interactions": _interactions()}
    digest = hashlib.sha256(canonical_json(content).encode()).hexdigest()
    return RuleSet(tuple(active), tuple(sorted(faults)), digest, tuple(sorted(set(disable) & set(rules))))


def rule_record(rule: Rule, language: Language) -> RuleRecord:
    """Return a rule as the report names it, its file relative to the folder of rules."""
    spec = rule.spec
    title = frameworks.labels_text(spec.title, language)
    return RuleRecord(id=spec.id, version=spec.version, title=title, kind=spec.kind, file=rule.short_file)


def legal_basis(rule: Rule, language: Language) -> tuple[LegalBasis, ...]:
    """Return the decisions and targets that support a rule."""
    return tuple(frameworks.legal_basis(each, language) for each in rule.spec.basis)


def _interactions() -> list[dict[str, Any]]:
    """Return the interactions between themes, on which the scores of rules may rest."""
    try:
        return [each.model_dump(mode="json") for each in frameworks.interactions()]
    except CoherenceError:
        return []


def _basis_ids() -> frozenset[str] | None:
    try:
        return frameworks.all_ids()
    except CoherenceError:
        # Faults of the frameworks are told by whoever loads them; they are no faults of the rules.
        return None


def _recommendation_ids(folders: Sequence[Path]) -> frozenset[str] | None:
    """Return the ids of recommendations, or None where there is no folder of them."""
    files = [
        path
        for folder in dict.fromkeys((rules_dir(), *folders))
        for path in sorted((folder / "recommendation").glob("*.yaml"))
    ]
    found: set[str] = set()
    for path in files:
        try:
            data = load_plain(path)
        except CoherenceError:
            continue
        entries = data if isinstance(data, list) else [data]
        found |= {str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry}
    return frozenset(found) if files else None


def _rule_files(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    """Yield the rule files of a folder, or the one file that is named instead of a folder."""
    if folder.is_file():
        yield folder
        return
    for name in (*_FOLDERS, "."):
        for path in sorted((folder / name).glob("*.y*ml")):
            if path.suffix == ".yaml":
                yield path
            else:
                faults.append(Fault(Location(str(path)), "rule files end in .yaml", f"rename it to {path.stem}.yaml"))


def _load_rule(path: Path, known: Known, seen: dict[str, str], faults: list[Fault]) -> tuple[Rule | None, Any]:
    try:
        marked = load_marked(path, RuleError)
    except RuleError as problem:
        faults.extend(problem.faults)
        return None, None
    spec = _validated(marked, faults)
    if spec is None:
        if isinstance(marked.data, dict):
            faults.extend(condition_faults(marked))
        return None, None
    place = _check_place(spec, marked, seen)
    rule, found = check_rule(spec, marked, known)
    faults.extend((*place, *found))
    return (None if place else rule), marked.data


def _validated(marked: Marked, faults: list[Fault]) -> RuleSpec | None:
    if not isinstance(marked.data, dict):
        faults.append(Fault(marked.where(), "a rule is a mapping", "begin with id:"))
        return None
    try:
        return RuleSpec.model_validate(marked.data)
    except ValidationError as problem:
        faults.extend(form_faults(problem, marked, RuleSpec, _MANUAL))
        return None


def _check_place(spec: RuleSpec, marked: Marked, seen: dict[str, str]) -> list[Fault]:
    """Check that the rule stands in the file and folder that its id, kind and status ask for."""
    faults = []
    path = marked.path
    if path.stem != spec.id:
        faults.append(Fault(marked.where("id"), f"id '{spec.id}' in file {path.name}", f"name the file {spec.id}.yaml"))
    folder = path.parent.name
    if folder in _KINDS and folder != spec.kind:
        faults.append(
            Fault(marked.where("kind"), f"kind '{spec.kind}' in folder {folder}/", f"move it to {spec.kind}/")
        )
    if (folder == "deprecated") is not (spec.status == "deprecated") and folder in _FOLDERS:
        remedy = "deprecated rules, and they alone, stand in deprecated/"
        faults.append(Fault(marked.where("status"), f"status '{spec.status}' in folder {folder}/", remedy))
    if spec.id in seen:
        faults.append(Fault(marked.where("id"), f"id '{spec.id}' is taken by {seen[spec.id]}", _TAKEN))
    seen.setdefault(spec.id, str(path))
    return faults


def _unknown_disabled(disable: Sequence[str], rules: set[str]) -> list[Fault]:
    return [
        Fault(Location("disable"), f"unknown rule '{name}'", nearest(name, rules) or "list the rules to see their ids")
        for name in disable
        if name not in rules
    ]
