"""YAML read safely and strictly: no duplicate keys, no YAML 1.1 booleans, no aliases, every value with its place.

PyYAML's CSafeLoader lets the last of two equal keys win and reads ``NO`` (the ISO code of Norway) as False;
both would corrupt rules silently, so scalars are resolved here by the YAML 1.2 core schema.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from coherence.errors import CoherenceError, Fault, Location

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["KeyPath", "Marked", "load_marked", "load_plain"]

KeyPath = tuple[str | int, ...]
"""The way to a value: mapping keys and sequence indices from the root."""

_LARGEST_FILE_BYTES = 2_000_000
_MOST_VALUES = 500_000
_DEEPEST = 40
_SAFE_DEPTH = 2_000
_MOST_DIGITS = 300
_SHOWN = 40
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "binary", "merge", "value", "seq", "map")
)
"""What a parser gives values without a tag, and harmless tags that say the same."""
_REMEDY = "correct this line or the one above it"
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Marked:
    """A parsed file: ``data`` in plain types, and where each value stands."""

    path: Path
    data: Any
    places: dict[KeyPath, Location] = field(repr=False)

    def where(self, *key_path: str | int) -> Location:
        """Return the place of the value at ``key_path``, or of its nearest existing ancestor."""
        while key_path and key_path not in self.places:
            key_path = key_path[:-1]
        return self.places.get(key_path, Location(str(self.path), line=1, column=1))


def load_plain(path: Path) -> Any:
    """Return the file's content in plain types; raises CoherenceError with every fault."""
    return load_marked(path).data


def load_marked(
    path: Path, error: type[CoherenceError] = CoherenceError, *, most_bytes: int = _LARGEST_FILE_BYTES,
    most_values: int = _MOST_VALUES,
) -> Marked:  # fmt: skip
    """Parse one YAML file with places; raises ``error`` that lists all faults of the file."""
    try:
        if path.stat().st_size > most_bytes:
            size = f"file is larger than {most_bytes:,} bytes"
            raise error(Fault(Location(str(path)), size, "split it into several files"))
        text = path.read_text(encoding="utf-8")
        deep = _first_too_deep(path, text)
        if deep is not None:
            raise error(deep)
        root = yaml.compose(text, Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as problem:
        raise error(Fault(Location(str(path)), f"cannot be read ({problem})", "save it as UTF-8 text")) from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = Location(str(path), line=mark.line + 1, column=mark.column + 1) if mark else Location(str(path))
        raise error(Fault(place, f"not valid YAML: {problem.problem or problem.context}", _REMEDY)) from None
    except (yaml.YAMLError, RecursionError) as problem:
        raise error(Fault(Location(str(path)), f"not valid YAML: {problem}", "correct the file")) from None
    reader = _Reader(path, most_values)
    data = reader.read(root)
    if reader.faults:
        raise error(*reader.faults)
    return Marked(path, data, reader.places)


def _first_too_deep(path: Path, text: str) -> Fault | None:
    """Return the fault of a file nested so deep that composing it would overflow the stack of the C parser.

    The parser's events are counted, which takes no stack; and only where so many brackets or hyphens stand in the
    file that they could nest so deep.
    """
    if text.count("[") + text.count("{") + text.count("- ") + text.count("? ") <= _SAFE_DEPTH:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            mark = event.start_mark
            place = Location(str(path), line=mark.line + 1, column=mark.column + 1) if mark else Location(str(path))
            return Fault(place, f"nested deeper than {_DEEPEST} levels", "flatten it")
    return None


class _TooManyValuesError(Exception):
    """There is no use in reading on; the fault has been told."""


class _Reader:
    """Turns composed nodes into plain values, collecting places and faults."""

    def __init__(self, path: Path, most_values: int) -> None:
        self.path = path
        self.most_values = most_values
        self.places: dict[KeyPath, Location] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()
        self._values = 0

    def read(self, root: yaml.Node | None) -> Any:
        """Return the whole as plain values."""
        try:
            return None if root is None else self.value(root, ())
        except _TooManyValuesError:
            return None

    def value(self, node: yaml.Node, key_path: KeyPath) -> Any:
        place = Location(str(self.path), line=node.start_mark.line + 1, column=node.start_mark.column + 1)
        self.places[key_path] = place
        problem = self._too_much(node, key_path)
        if problem is not None:
            self.faults.append(Fault(place, *problem))
            return None
        # An alias composes to the very node it names: nested aliases grow without bound.
        if id(node) in self._seen:
            self.faults.append(Fault(place, "YAML aliases are not allowed", "write the value out"))
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*key_path, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, key_path)

    def _too_much(self, node: yaml.Node, key_path: KeyPath) -> tuple[str, str] | None:
        """Return what is wrong with a value whatever it holds, and what to do, or None."""
        if len(key_path) > _DEEPEST:
            return f"nested deeper than {_DEEPEST} levels", "flatten it"
        self._values += 1
        if self._values > self.most_values:
            what = f"the file has more than {self.most_values:,} values"
            self.faults.append(Fault(self.places[key_path], what, "split it into several files"))
            raise _TooManyValuesError
        if node.tag not in _TAGS:
            return f"YAML tags are not allowed ({node.tag[:_SHOWN]})", "remove the word that begins with !"
        return None

    def _mapping(self, node: yaml.Node, key_path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            mark = key_node.start_mark
            place = Location(str(self.path), line=mark.line + 1, column=mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(place, "a key must be plain text", "quote it"))
                continue
            key = str(key_node.value)
            if key in result:
                self.faults.append(Fault(place, f"key '{key}' stands twice", "remove one of the two"))
                continue
            result[key] = self.value(value_node, (*key_path, key))
            self.places[(*key_path, key, "")] = place
        return result

    def _scalar(self, node: yaml.ScalarNode, place: Location) -> str | int | float | bool | None:
        text = str(node.value)
        # The C parser gives plain scalars the style "", the Python parser None.
        if node.style or node.tag.endswith(":binary"):
            return text
        if text in {"", "~", "null"}:
            return None
        # YAML 1.2 has no other booleans: an unquoted NO (Norway) or on is text.
        if text in {"true", "false"}:
            return text == "true"
        if not _FLOAT.fullmatch(text):
            return text
        # A number beyond what floats hold has no use here, and Python refuses to read thousands of digits.
        if len(text) > _MOST_DIGITS or not math.isfinite(float(text)):
            self.faults.append(Fault(place, f"the number {text[:_SHOWN]}... is too large", "correct it"))
            return None
        return int(text) if _INT.fullmatch(text) else float(text)
