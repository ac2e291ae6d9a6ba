"""Which headings are parts of others by their numbers and labels: "2.1" of "2.", "Target 1" of "2. Targets"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coherence.column_roles import column_role
from coherence.identifiers import fold

__all__ = ["is_part_of"]

_BARE = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]|[IVX]{1,5})(?:[.)]\s*|(?<=\d)\s+)(?=[^\W\d]|[«“\"'(])")
_LABELLED = re.compile(
    r"(?P<label>[^\W\d_]+(?:[ -][^\W\d_]+){0,3}?)\s*(?:[Nn][.°ºo]{1,2}\s*)?"
    r"(?P<number>(?:[A-Z]?\d{1,2}|[A-Z]\.\d{1,2})(?:\.\d{1,2}){0,3}(?!\d|,\d|\s*%)(?=$|\W)"
    r"|(?:[A-Z]|[IVX]{1,5})(?=\s*[.:)–—-]|$))"
)
_LABEL_ROLES = frozenset(["target", "theme", "indicator"])


@dataclass(frozen=True, slots=True)
class _Numbering:
    """The number of a heading and the word before it, folded; both empty where there is none."""

    label: str = ""
    number: str = ""


def is_part_of(inner: str, outer: str) -> bool:
    """Tell whether the heading ``inner`` stands below ``outer`` although both are set alike.

    Its number goes on from the other's, or it is one of the items ("Target 1") that a chapter holds.
    """
    part, whole = _numbering(inner), _numbering(outer)
    if not part.number:
        return False
    if whole.number and part.number.startswith(f"{whole.number}."):
        return True
    return bool(part.label) and not whole.label and (bool(whole.number) or _names(part.label, outer))


@lru_cache(maxsize=1024)
def _numbering(heading: str) -> _Numbering:
    bare = _BARE.match(heading)
    if bare:
        return _Numbering("", bare.group(1))
    found = _LABELLED.match(heading)
    if found is None or column_role(found.group("label")) not in _LABEL_ROLES:
        return _Numbering()
    return _Numbering(fold(found.group("label")).split()[-1], found.group("number"))


def _names(label: str, heading: str) -> bool:
    """Tell whether a heading names what the label counts, as a rule in the plural."""
    return any(word.startswith(label) for word in re.findall(r"[^\W\d_]+", fold(heading)))
