"""Rule packs that no friend would send, each with one rule file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.errors import Fault

_WASTE = {"themes": ["waste"]}
_RULE: dict[str, Any] = {
    "id": "OVL-900", "version": "1.0.0", "title": {"en": "Two", "fr": "Deux", "es": "Dos"}, "status": "stable",
    "kind": "overlap", "severity": "low", "scope": "pair", "where": ["pair.shared_themes"], "score": 1,
    "confidence": 0.5, "explain": {"en": "{a.quantity}", "fr": "{a.quantity}", "es": "{a.quantity}"},
    "examples": [
        {"fires": True, "a": _WASTE | {"instrument": "NDC"}, "b": _WASTE | {"instrument": "LDN"}},
        {"fires": False},
    ],
}  # fmt: skip


def rule(**changes: Any) -> str:
    return json.dumps(_RULE | changes, indent=0)


def where(condition: str) -> str:
    return rule(where=[condition])


def raw(old: str, new: str) -> str:
    text = rule()
    assert old in text
    return text.replace(old, new)


_LAUGHS = "a: &a [lol, lol]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

PACKS: dict[str, str] = {
    "nested aliases": _LAUGHS,
    "10 MB string": where(f'a.action == "{"x" * 10_000_000}"'),
    "long condition": where(f'a.action == "{"x" * 50_000}"'),
    "deep brackets": where("(" * 190 + "a.gender" + ")" * 190),
    "deep negation": where("not " * 300 + "a.gender"),
    "many signs": where("a.area_ha > " + "-" * 1_000 + "1"),
    "nested calls": where("share(" * 40 + "1" + ", 1)" * 40 + " > 1"),
    "catastrophic pattern with look-ahead": where('a.action =~~ "(?=(a+)+$)"'),
    "exploding repetition": where('a.action =~~ "((a{900}){900}){900}"'),
    "class of a row": where('a.__class__ == "x"'),
    "class of a fact": where('a.themes.__class__ == "x"'),
    "class of a text": where('"x".__class__ == "x"'),
    "call of a class": where("a.themes.__class__.__mro__(1)"),
    "builtin": where('$re_groups("x")'),
    "comprehension": where("[x for x in a.themes]"),
    "class in a template": rule(explain=dict.fromkeys(("en", "fr", "es"), "{a.__class__.__mro__}")),
    "format in a template": rule(explain=dict.fromkeys(("en", "fr", "es"), "{a.quantity:>99999999}")),
    "long template": rule(explain=dict.fromkeys(("en", "fr", "es"), "{a.quantity}" * 900)),
    "division by zero": where("1 / 0 > 1"),
    "modulo zero": where("1 % 0 > 1"),
    "power": where("9**9**9 > 1"),
    "shift": where("1 << 999999999 > 1"),
    "huge exponent": where("a.area_ha > 1e999"),
    "huge number": raw('"confidence": 0.5', '"confidence": 1e999'),
    "thousands of digits": raw('"score": 1', f'"score": {"9" * 5_000}'),
    "huge number in an example": raw('"fires": false', '"fires": false, "a": {"area_ha": 1e999}'),
    "gigantic set": where("a.theme in {" + ", ".join(f'"t{n}"' for n in range(9_000)) + "}"),
    "gigantic set in an example": raw(
        '"fires": false', f'"fires": false, "a": {{"places": {json.dumps(["x"] * 9_000)}}}'
    ),
    "thousands of keys": "".join(f"k{n}: 1\n" for n in range(9_000)),
    "thousands of conditions": rule(where=["a.gender"] * 5_000),
    "deep brackets in YAML": "a: " + "[" * 90_000,
    "deep braces in YAML": "a: " + "{a: " * 20_000,
    "deep lists in YAML": "a:\n " + "- " * 45_000,
    "deep keys in YAML": "? " * 45_000,
    "deep indentation in YAML": "\n".join(" " * n + "a:" for n in range(300)),
    "object in YAML": raw('"score": 1', '"score": !!python/object/apply:os.system ["true"]'),
    "include in YAML": raw('"score": 1', '"score": !include OVL-900.yaml'),
    "include of itself": raw('"score": 1', '"include": ["OVL-900.yaml"], "score": 1'),
    "key twice": raw('"score": 1', '"score": 1, "score": 2'),
    "YAML 1.1 boolean": raw('"fires": false', '"fires": no'),
    "null bytes": "id: \x00\x00",
    "binary": "\x80\x81\x00",
}
"""By what is hostile: the text of the rule file. What is said of each stands in messages.json."""


def run(folder: Path) -> None:
    """Load every pack and print one line for each: its name and the faults told."""
    from coherence.ruleset import load_rules  # noqa: PLC0415 - imported in the process that is watched

    for number, (name, text) in enumerate(PACKS.items()):
        pack = folder / str(number)
        pack.mkdir()
        (pack / "OVL-900.yaml").write_bytes(text.encode("latin-1") if name == "binary" else text.encode())
        _tell(name, load_rules([pack]).faults)
    many = folder / "many"
    many.mkdir()
    for number in range(2_500):
        (many / f"OVL-{number}.yaml").write_text("id: x\n", encoding="utf-8")
    _tell("thousands of rules", load_rules([many]).faults)


def _tell(name: str, faults: Iterable[Fault]) -> None:
    sys.stdout.write(json.dumps([name, [str(each) for each in faults]]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run(Path(sys.argv[1]))
