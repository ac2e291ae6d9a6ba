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
from coherence.rule_models import RULE_ID, VERSION, Text
from coherence.strict_yaml import Marked, load_marked, load_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coherence.rule_models import Rule

__all__ = ["PACK", "Pack", "PackSpec", "read_pack"]

PACK = "pack.yaml"
_MANUAL = "docs/how-to/rule-packs.md"
_MOST_BYTES = 100_000
_MOST_VALUES = 5_000
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

    @property
    def name(self) -> str:
        """Name of the pack, or of its folder."""
        return self.spec.name if self.spec else self.folder.resolve().name

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the canonical content of pack.yaml, the rules and the recommendations."""
        spec = self.spec.model_dump(mode="json") if self.spec else None
        rules = [self.contents[name] for name in sorted(self.contents)]
        content = {"pack": spec, "rules": rules, "recommendations": list(_recommendations(self.folder))}
        return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def read_pack(folder: Path, faults: list[Fault]) -> Pack:
    """Return the pack of a folder, its rules not yet read; a faulty pack.yaml counts as none."""
    path = folder / PACK
    if not path.is_file():
        return Pack(folder)
    try:
        marked = load_marked(path, RuleError, most_bytes=_MOST_BYTES, most_values=_MOST_VALUES)
        return Pack(folder, PackSpec.model_validate(marked.data), marked)
    except RuleError as problem:
        faults += problem.faults
    except ValidationError as problem:
        faults += form_faults(problem, marked, PackSpec, _MANUAL)
    return Pack(folder)


def _recommendations(folder: Path) -> Iterator[Any]:
    for path in sorted((folder / "recommendation").glob("*.yaml")):
        try:
            yield load_plain(path)
        except CoherenceError:
            # Whoever loads the recommendations tells its faults.
            continue
