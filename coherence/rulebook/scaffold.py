"""A new rule file that is right from the start: it passes the check, and comments say what to fill in."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from coherence.errors import Fault, Location, RuleError
from coherence.resources import rules_dir

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coherence.models import FindingKind
    from coherence.rule_models import RuleSet

__all__ = ["FIRST_OWN_NUMBER", "new_pack", "new_rule", "next_id"]

FIRST_OWN_NUMBER = 900
"""Shipped rules stay below: a rule of a pack never meets one of a later release."""
_LAST_NUMBER = 999
_TEMPLATES = {"gap": "absence", "quality": "commitment"}
_SCORES = {"overlap": "2", "synergy": "1", "conflict": "-1"}
_NATURE = """\
conflict:  # to fill in: see the manual
  type: tension  # contradiction, or tension
  mechanism: resource_competition  # goal_conflict, resource_competition, delivery_friction; differing_statements
  manageability: [siting, safeguards]  # siting, sequencing, safeguards, clarification, political_choice
  precondition:
    en: "both need the same land"
    fr: "les deux ont besoin des mêmes terres"
    es: "ambos necesitan la misma tierra"
"""
_ID = re.compile(r"(?P<prefix>[A-Z]{3,8})-(?P<number>[0-9]{3})")


def next_id(kind: FindingKind, directory: Path, ruleset: RuleSet) -> str:
    """Return the next free id for a rule of the kind in a folder; ids of withdrawn and faulty files are taken too.

    Raises RuleError when all are taken.
    """
    prefix = _prefix(kind, ruleset)
    own = directory.resolve() != rules_dir().resolve()
    files_there = [path.stem for folder in (directory, rules_dir()) for path in folder.rglob("*.yaml")]
    names = (_ID.fullmatch(name) for name in (*files_there, *(rule.id for rule in ruleset.rules)))
    taken = {int(match["number"]) for match in names if match and match["prefix"] == prefix}
    first, last = (FIRST_OWN_NUMBER, _LAST_NUMBER) if own else (1, FIRST_OWN_NUMBER - 1)
    number = max((each for each in taken if first <= each <= last), default=first - 1) + 1
    if number > last:
        what = f"all ids from {prefix}-{first:03} to {prefix}-{last:03} are taken"
        raise RuleError(
            Fault(Location(str(directory)), what, "write the file by hand, with capital letters of your own")
        )
    return f"{prefix}-{number:03}"


def new_rule(kind: FindingKind, title: str, rule_id: str, ruleset: RuleSet) -> str:
    """Return the content of a new rule file that passes the check."""
    template = files("coherence.rulebook") / "templates" / f"{_TEMPLATES.get(kind, 'pair')}.yaml"
    return Template(template.read_text(encoding="utf-8")).substitute(
        id=rule_id, title=json.dumps(title, ensure_ascii=False), kind=kind, score=_SCORES.get(kind, ""),
        recommend=_recommendation(kind, ruleset), nature=_NATURE if kind == "conflict" else "",
    )  # fmt: skip


def new_pack(name: str) -> str:
    """Return the content of a new pack.yaml."""
    return f"name: {json.dumps(name, ensure_ascii=False)}\nversion: 0.1.0\n"


def _prefix(kind: FindingKind, ruleset: RuleSet) -> str:
    """Return the letters that most rules of the kind begin with."""
    return _most_common(rule.id.rsplit("-", 1)[0] for rule in ruleset.rules if rule.kind == kind) or kind[:3].upper()


def _recommendation(kind: FindingKind, ruleset: RuleSet) -> str:
    """Return the recommendation that most rules of the kind ask for."""
    asked = (rule.spec.recommend for rule in ruleset.rules if rule.kind == kind)
    return _most_common(each for each in asked if each is not None)


def _most_common(names: Iterable[str]) -> str:
    counts = Counter(names)
    return min(counts, key=lambda each: (-counts[each], each), default="")
