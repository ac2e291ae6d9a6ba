"""Rule files: found, read, checked. A faulty file never keeps the others from running."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from coherence import frameworks
from coherence.errors import CoherenceError, Fault, Location, RuleError
from coherence.expectations import expectations
from coherence.form_faults import form_faults
from coherence.identifiers import canonical_json
from coherence.levers import lever_table
from coherence.models import DisabledRule, LegalBasis, PackRecord, ReplacedRule, RuleRecord
from coherence.resources import rules_dir
from coherence.rule_checks import Known, check_rule, condition_faults
from coherence.rule_files import DEPRECATED, KINDS, MOST_BYTES, MOST_VALUES, RULE_FOLDERS, rule_files
from coherence.rule_models import Rule, RuleSet, RuleSpec
from coherence.rule_packs import RECOMMENDATIONS, Pack, read_pack
from coherence.rule_syntax import nearest
from coherence.strict_yaml import Marked, load_marked, load_plain
from coherence.translations import filled_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from coherence.vocabulary import Language

__all__ = ["Rule", "RuleSet", "legal_basis", "load_rules", "rule_record"]

_MANUAL = "docs/reference/rule-language.md"
_TAKEN = "give this rule another id: they are never reused, and `coherence rules new` takes the next free one"


def load_rules(directories: Sequence[Path] | None = None) -> RuleSet:
    """Return the rules of the folders, by default the shipped ones.

    A later rule of higher version replaces an earlier one of its id. Faults are collected, never raised: the caller
    decides. Deprecated rules and those that a pack.yaml turns off do not run.
    """
    folders = (rules_dir(),) if directories is None else tuple(directories)
    known = Known(_basis_ids(), _recommendation_ids(folders))
    faults: list[Fault] = []
    packs: dict[Path, Pack] = {}
    for folder in folders:
        if folder.resolve() not in packs:
            packs[folder.resolve()] = _read(folder, known, faults)
    merged = _Merged(faults)
    for pack in packs.values():
        merged.add(pack)
    active = [rule for _, rule in sorted(merged.rules.items()) if merged.runs(rule)]
    content = {"rules": [merged.contents[rule.id] for rule in active], **_tables()}
    digest = hashlib.sha256(canonical_json(content).encode()).hexdigest()
    empty = tuple(str(pack.folder) for pack in packs.values() if pack.empty)
    return RuleSet(tuple(active), tuple(sorted(faults)), digest, merged.records(packs.values()), empty)


def _read(folder: Path, known: Known, faults: list[Fault]) -> Pack:
    """Return the pack of a folder with its rules; adds every fault to ``faults``."""
    found: list[Fault] = []
    if not folder.exists():
        found.append(Fault(Location(str(folder)), "there is no such folder of rules", "check the path"))
    pack = read_pack(folder, found)
    for path in rule_files(folder, found):
        _load_rule(path, known, pack, found)
    pack.empty = pack.adds_nothing and not found
    faults += found
    return pack


@dataclass
class _Merged:
    """The rules of packs, one put upon the other."""

    faults: list[Fault]
    rules: dict[str, Rule] = field(default_factory=dict)
    contents: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Path] = field(default_factory=dict)
    """Folder of the pack of each rule."""
    taken: set[str] = field(default_factory=set)
    recommendations: dict[str, tuple[Any, str]] = field(default_factory=dict)
    """Plain content of each recommendation and the name of its pack."""
    replaced: dict[Path, list[ReplacedRule]] = field(default_factory=dict)
    disabled: dict[Path, list[DisabledRule]] = field(default_factory=dict)

    def add(self, pack: Pack) -> None:
        """Add the rules of a pack, replace those of its ids, and note those that it turns off."""
        self.taken |= set(pack.taken)
        replaced = self.replaced.setdefault(pack.folder, [])
        for name, rule in sorted(pack.rules.items()):
            former = self.rules.get(name)
            if former is not None and self.contents[name] == pack.contents[name]:
                continue
            if former is not None and rule.status == DEPRECATED and former.status != DEPRECATED:
                self.faults.append(_not_withdrawn(rule, former))
                continue
            if former is not None and _numbers(rule.version) <= _numbers(former.version):
                self.faults.append(_not_raised(rule, former, pack.places[name]))
                continue
            if former is not None:
                replaced.append(ReplacedRule(rule=name, version=rule.version, former_version=former.version,
                                             former_pack=former.pack))  # fmt: skip
            self.rules[name], self.contents[name] = replace(rule, pack=pack.name), pack.contents[name]
            self.origins[name] = pack.folder
        replaced += self._recommendations_replaced(pack)
        self.disabled[pack.folder] = list(self._turned_off(pack))

    def _recommendations_replaced(self, pack: Pack) -> Iterator[ReplacedRule]:
        """Yield the recommendations that give way to those of the pack; whoever loads them tells their faults."""
        for name, content in sorted(pack.recommendations.items()):
            former, owner = self.recommendations.get(name, (content, pack.name))
            if former != content and _is_later(content["version"], former["version"]):
                yield ReplacedRule(rule=name, version=content["version"], former_version=former["version"],
                                   former_pack=owner)  # fmt: skip
            if former == content or _is_later(content["version"], former["version"]):
                self.recommendations[name] = (content, owner if former == content else pack.name)

    def _turned_off(self, pack: Pack) -> Iterator[DisabledRule]:
        entries = pack.spec.disable if pack.spec else ()
        for index, each in enumerate(entries):
            if each.rule in {former.rule for former in entries[:index]}:
                continue
            if each.rule in self.taken:
                yield DisabledRule(rule=each.rule, reason=each.reason)
            elif pack.marked:
                remedy = nearest(each.rule, self.taken) or "see `coherence rules list`"
                where = pack.marked.where("disable", index, "rule")
                self.faults.append(Fault(where, f"unknown rule '{each.rule}'", remedy))

    def is_off(self, rule_id: str) -> bool:
        """Return whether a pack turns the rule off."""
        return any(each.rule == rule_id for entries in self.disabled.values() for each in entries)

    def runs(self, rule: Rule) -> bool:
        """Return whether the rule is neither withdrawn nor turned off."""
        return rule.status != DEPRECATED and not self.is_off(rule.id)

    def records(self, packs: Iterable[Pack]) -> tuple[PackRecord, ...]:
        """Return the packs as a report names them."""
        running = Counter(self.origins[rule.id] for rule in self.rules.values() if self.runs(rule))
        return tuple(
            PackRecord(name=pack.name, version=pack.spec.version if pack.spec else None, hash=pack.hash,
                       rules=running[pack.folder],
                       replaces=tuple(each for each in self.replaced[pack.folder] if not self.is_off(each.rule)),
                       disables=tuple(self.disabled[pack.folder]))
            for pack in packs
        )  # fmt: skip


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _is_later(version: Any, former: Any) -> bool:
    """Return whether both are versions and the first is the later one."""
    try:
        return _numbers(version) > _numbers(former)
    except (AttributeError, ValueError):
        return False


def _not_raised(rule: Rule, former: Rule, where: Location) -> Fault:
    what = f"version {rule.version} of {rule.id} cannot replace version {former.version} of pack {former.pack}"
    return Fault(where, what, f"raise it above {former.version}, or give the rule an id of its own")


def _not_withdrawn(rule: Rule, former: Rule) -> Fault:
    what = f"a pack cannot withdraw {rule.id} of pack {former.pack}"
    return Fault(Location(rule.file), what, "remove this file; turn the rule off in pack.yaml, with a reason")


def rule_record(rule: Rule, language: Language) -> RuleRecord:
    """Return a rule as the report names it, its file relative to the folder of rules."""
    spec = rule.spec
    title = frameworks.labels_text(spec.title, language)
    return RuleRecord(
        id=spec.id, version=spec.version, title=title, kind=spec.kind, file=rule.short_file, pack=rule.pack
    )


def legal_basis(rule: Rule, language: Language) -> tuple[LegalBasis, ...]:
    """Return the decisions and targets that support a rule."""
    return tuple(frameworks.legal_basis(each, language) for each in rule.spec.basis)


def _tables() -> dict[str, Any]:
    """Return the interactions between themes, the levers and the expectations, on which what rules find may rest."""
    try:
        return {
            "interactions": [each.model_dump(mode="json") for each in frameworks.interactions()],
            "levers": [each.model_dump(mode="json") for each in lever_table().file],
            "expectations": expectations().model_dump(mode="json"),
        }
    except CoherenceError:
        return {"interactions": []}


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
        for path in sorted((folder / RECOMMENDATIONS).glob("*.yaml"))
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


def _load_rule(path: Path, known: Known, pack: Pack, faults: list[Fault]) -> None:
    """Add the rule of a file to its pack, or its faults to the others."""
    try:
        marked = load_marked(path, RuleError, most_bytes=MOST_BYTES, most_values=MOST_VALUES)
    except RuleError as problem:
        faults.extend(problem.faults)
        pack.unusable.append(path)
        return
    spec = _validated(marked, pack, faults)
    if spec is None:
        pack.unusable.append(path)
        if isinstance(marked.data, dict):
            faults.extend(condition_faults(marked))
        return
    misplaced = _check_place(spec, marked, pack.taken)
    rule, found = check_rule(spec, marked, known)
    faults.extend((*misplaced, *found))
    if rule is not None and not misplaced:
        pack.rules[rule.id], pack.contents[rule.id] = rule, marked.data
        pack.places[rule.id] = marked.where("version")
    else:
        pack.unusable.append(path)


def _validated(marked: Marked, pack: Pack, faults: list[Fault]) -> RuleSpec | None:
    if not isinstance(marked.data, dict):
        faults.append(Fault(marked.where(), "a rule is a mapping", "begin with id:"))
        return None
    try:
        return RuleSpec.model_validate(filled_in(marked.data, pack.catalogues))
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
    if folder in KINDS and folder != spec.kind:
        faults.append(
            Fault(marked.where("kind"), f"kind '{spec.kind}' in folder {folder}/", f"move it to {spec.kind}/")
        )
    if (folder == DEPRECATED) is not (spec.status == DEPRECATED) and folder in RULE_FOLDERS:
        remedy = "deprecated rules, and they alone, stand in deprecated/"
        faults.append(Fault(marked.where("status"), f"status '{spec.status}' in folder {folder}/", remedy))
    if spec.id in seen:
        faults.append(Fault(marked.where("id"), f"id '{spec.id}' is taken by {seen[spec.id]}", _TAKEN))
    seen.setdefault(spec.id, str(path))
    return faults
