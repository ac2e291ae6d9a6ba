"""Rule packs: a folder of rules with a name and a version, which adds, replaces and turns off rules.

The shipped rules are a pack too. A folder without pack.yaml is a pack by the folder's name, without a version.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import StringConstraints, ValidationError

from coherence.errors import CoherenceError, Fault, Location, RuleError
from coherence.form_faults import form_faults
from coherence.identifiers import canonical_json
from coherence.models import FileSpec
from coherence.resources import rules_dir
from coherence.rule_models import RULE_ID, VERSION, Text
from coherence.strict_yaml import Marked, load_marked, load_plain
from coherence.translations import read_catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coherence.rule_models import Rule
    from coherence.translations import Catalogue

__all__ = ["PACK", "RECOMMENDATIONS", "Pack", "PackSpec", "pack_catalogues", "read_pack"]

PACK = "pack.yaml"
RECOMMENDATIONS = "recommendation"
"""Folder of a pack's recommendations."""
_MANUAL = "docs/how-to/rule-packs.md"
_MOST_BYTES = 100_000
_MOST_VALUES = 5_000
_MOST_TRANSLATED_BYTES = 1_000_000
"""A pack may come from strangers: what no real one needs is turned away before it costs time."""


class TurnedOff(FileSpec):
    """A rule that is not to run, and why."""

    rule: Annotated[str, StringConstraints(pattern=RULE_ID)]
    reason: Text


class PackSpec(FileSpec):
    """A pack.yaml file."""

    name: Text
    """Name of the pack, as reports show it."""
    version: Annotated[str, StringConstraints(pattern=VERSION)]
    """major.minor.patch"""
    description: Text | None = None
    """What it is for."""
    disable: tuple[TurnedOff, ...] = ()
    """Rules that are not to run, each with its reason."""


@dataclass
class Pack:
    """A folder of rules as read: its rules by id, with the plain content of their files."""

    folder: Path
    spec: PackSpec | None = None
    marked: Marked | None = None
    rules: dict[str, Rule] = field(default_factory=dict)
    contents: dict[str, Any] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    """Ids that files of the folder bear, faulty ones included, and the file of each."""
    places: dict[str, Location] = field(default_factory=dict)
    """Where each rule states its version."""
    unusable: list[Path] = field(default_factory=list)
    """Files with faults: they count for the hash as they stand."""
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    """Its own translations by language; those of the shipped rules are read when a report needs them."""
    empty: bool = False
    """Whether it holds nothing at all, not even a fault."""

    @property
    def name(self) -> str:
        """Name of the pack, or of its folder."""
        return self.spec.name if self.spec else self.folder.resolve().name

    @cached_property
    def recommendations(self) -> dict[str, Any]:
        """Plain content of the recommendations by id, of those files that can be read."""
        read = [each for each in _recommendations(self.folder) if isinstance(each, dict)]
        return {str(each["id"]): each for each in read if "id" in each and "version" in each}

    @property
    def adds_nothing(self) -> bool:
        """Whether it has no rule and no recommendation and turns nothing off."""
        has_recommendation = next(iter(_recommendation_files(self.folder)), None) is not None
        return not (self.taken or has_recommendation or (self.spec and self.spec.disable))

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the canonical content of pack.yaml, the rules and the recommendations.

        Of a file that cannot be used, the bytes count.
        """
        spec = self.spec.model_dump(mode="json") if self.spec else None
        rules = [self.contents[name] for name in sorted(self.contents)]
        content = {"pack": spec, "rules": rules, "recommendations": list(_recommendations(self.folder))}
        if self.catalogues:
            content["translations"] = [
                [name, sorted(each.texts.items())] for name, each in sorted(self.catalogues.items())
            ]
        if self.unusable:
            content["unusable"] = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in self.unusable)
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def read_pack(folder: Path, faults: list[Fault]) -> Pack:
    """Return the pack of a folder, its rules not yet read; a faulty pack.yaml counts as none."""
    path, catalogues = folder / PACK, pack_catalogues(folder, faults)
    if not path.is_file():
        return Pack(folder, catalogues=catalogues)
    try:
        marked = load_marked(path, RuleError, most_bytes=_MOST_BYTES, most_values=_MOST_VALUES)
        spec = PackSpec.model_validate(marked.data)
        faults += _twice(spec, marked)
        return Pack(folder, spec, marked, catalogues=catalogues)
    except RuleError as problem:
        faults += problem.faults
    except ValidationError as problem:
        faults += form_faults(problem, marked, PackSpec, _MANUAL)
    return Pack(folder, unusable=[path], catalogues=catalogues)


def pack_catalogues(folder: Path, faults: list[Fault]) -> dict[str, Catalogue]:
    """Return the translations that a pack brings, by language; faulty files are left out, their faults added.

    Those of the shipped rules are not read here, but when a report in their language is written.
    """
    if folder.resolve() == rules_dir().resolve():
        return {}
    return read_catalogues(folder, _MOST_TRANSLATED_BYTES, faults)


def _twice(spec: PackSpec, marked: Marked) -> Iterator[Fault]:
    """Yield a fault for each rule that the pack turns off a second time."""
    seen: set[str] = set()
    for index, each in enumerate(spec.disable):
        if each.rule in seen:
            where = marked.where("disable", index, "rule")
            yield Fault(where, f"'{each.rule}' is turned off twice", "keep one entry, with the reason that holds")
        seen.add(each.rule)


def _recommendation_files(folder: Path) -> list[Path]:
    return sorted((folder / RECOMMENDATIONS).glob("*.yaml"))


def _recommendations(folder: Path) -> Iterator[Any]:
    for path in _recommendation_files(folder):
        try:
            yield load_plain(path)
        except CoherenceError:
            # Whoever loads the recommendations tells its faults.
            continue
