"""The files of a folder of rules: where rules are looked for, and what stands where nobody looks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from coherence.errors import Fault, Location, RuleError
from coherence.models import FindingKind
from coherence.resources import rules_dir
from coherence.rule_packs import PACK, RECOMMENDATIONS
from coherence.strict_yaml import load_marked
from coherence.translations import TRANSLATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DEPRECATED", "KINDS", "MOST_BYTES", "MOST_VALUES", "RULE_FOLDERS", "rule_files"]

KINDS: tuple[str, ...] = get_args(FindingKind)
DEPRECATED = "deprecated"
RULE_FOLDERS = (*KINDS, DEPRECATED)
MOST_BYTES = 100_000
MOST_VALUES = 2_000
_MOST_FILES = 2_000
"""Rules may come from strangers: what no real rule needs is turned away before it costs time."""
_SHIPPED_ONLY = ("frameworks", "vocabulary")
"""Folders of the shipped rules that hold no rules, and that no other pack can have."""


def rule_files(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    """Yield the rule files of a folder, or the one file that is named instead of a folder.

    Files that stand where no rule is looked for are faults.
    """
    if folder.is_file():
        yield folder
        return
    paths = [path for name in (*RULE_FOLDERS, ".") for path in sorted((folder / name).glob("*.y*ml"))]
    if len(paths) > _MOST_FILES:
        what = f"the folder holds {len(paths):,} rule files, more than {_MOST_FILES:,}; none was read"
        faults.append(Fault(Location(str(folder)), what, "give folders with fewer rules"))
        return
    faults += _stray_files(folder)
    for path in paths:
        if path.name == PACK:
            continue
        if path.suffix == ".yaml":
            yield path
        else:
            faults.append(Fault(Location(str(path)), "rule files end in .yaml", f"rename it to {path.stem}.yaml"))


def _stray_files(folder: Path) -> Iterator[Fault]:
    """Yield a fault for each YAML file in a folder where nothing is looked for, and for each pack within the pack."""
    found = 0
    for place, folders, files in os.walk(folder):
        at = Path(place)
        within = at.relative_to(folder).parts
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_shipped(at / name))
        if within and PACK in files:
            yield Fault(Location(str(at)), "a pack within the pack: none of its files is read", f"give --rules {at}")
            folders.clear()
        elif within and within not in {(name,) for name in (*RULE_FOLDERS, RECOMMENDATIONS, TRANSLATIONS)}:
            stray = sorted(name for name in files if name.endswith((".yaml", ".yml")))
            yield from (_stray(at / name, folder) for name in stray[: _MOST_FILES - found])
            found += len(stray)
        elif within == (RECOMMENDATIONS,):
            for path in (at / name for name in sorted(files) if name.endswith(".yml")):
                what = "files of recommendations end in .yaml"
                yield Fault(Location(str(path)), what, f"rename it to {path.stem}.yaml")
        if found >= _MOST_FILES:
            return


def _is_shipped(folder: Path) -> bool:
    return folder.name in _SHIPPED_ONLY and folder.parent.resolve() == rules_dir().resolve()


def _stray(path: Path, folder: Path) -> Fault:
    """Return the fault of a file that nobody reads, with the folder where it belongs."""
    try:
        data = load_marked(path, RuleError, most_bytes=MOST_BYTES, most_values=MOST_VALUES).data
    except RuleError:
        data = None
    fields = data if isinstance(data, dict) else {}
    inside = folder.name or str(folder)
    if str(fields.get("id", "")).startswith("REC-"):
        target = RECOMMENDATIONS
    elif fields.get("status") == DEPRECATED:
        target = DEPRECATED
    else:
        target = next((kind for kind in KINDS if kind == fields.get("kind")), "")
    where = path.parent.relative_to(folder).as_posix()
    remedy = f"move it to {inside}/{target}/" if target else f"move it to the folder of its kind: {', '.join(KINDS)}"
    return Fault(Location(str(path)), f"no rules are read from {where}/", remedy)
