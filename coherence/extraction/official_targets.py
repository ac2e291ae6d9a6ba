"""Official targets that a text states ("KMGBF target 2", "ODD 15.3", "Bonn Challenge"), and instruments it names.

Names stand in rules/frameworks/official_references.yaml, rules/vocabulary/mentions.yaml and instruments.yaml.
A number alone ("Target 2") is never a reference: plans number their own targets.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from coherence.errors import VocabularyError
from coherence.extraction.lexicon import TermHit, TermIndex
from coherence.resources import rules_dir
from coherence.strict_yaml import load_marked
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.vocabulary import Language

__all__ = ["OfficialReference", "find_official_targets", "instruments_named", "mentions"]

OfficialReference = tuple[str, str, int, int]
"""Id of the target, the words, and their start and end: characters, end-exclusive."""

_BETWEEN = 45
_OBJECTIVE_SERIES = "UNCCD-SO"
_NUMBER = r"\d{1,2}(?:\.(?:\d{1,2}|[a-d])(?![^\W\d_]))?(?:\.\d{1,2}(?!\d))?"
_NUMBERS = re.compile(
    rf"\s*(?:n[o°]\.?\s*|№\s*|#\s*)?({_NUMBER}(?:\s*(?:,|/|&|and|et|y|e|и|و|和|、|to|à|a)\s*{_NUMBER})*)(?![\d%A-Za-z])"
)
_LIST_BREAK = re.compile(r"[,،、;:!?؛。；]|\.\s|\d")
_BREAK = re.compile(r"[;:!?؛。；]|\.\s|\d")


def find_official_targets(text: str, language: Language) -> tuple[OfficialReference, ...]:
    """Return the official targets that a text refers to by name, in order: ``(id, words, start, end)``."""
    found: dict[str, OfficialReference] = {}
    for name in _index(language).find(text):
        kind, _, prefix = name.id.partition(":")
        if kind == "single":
            found.setdefault(prefix, (prefix, text[name.start : name.end], name.start, name.end))
            continue
        for target, start, end in _numbered(text, name, prefix, language):
            found.setdefault(target, (target, " ".join(text[start:end].split()), start, end))
    return tuple(sorted(found.values(), key=lambda item: (item[2], item[3], item[0])))


@lru_cache(maxsize=4096)
def mentions(text: str, language: Language) -> frozenset[str]:
    """Return the instruments (NDC, NAP, NBSAP, LDN) and conventions (UNFCCC, CBD, UNCCD) that a text names."""
    return frozenset(hit.id for hit in _mentions_index(language).find(text))


def instruments_named(text: str, language: Language) -> tuple[TermHit, ...]:
    """Return where a text names instruments and conventions, in order; the ids are those of ``mentions``."""
    return _mentions_index(language).find(text)


def _numbered(text: str, name: TermHit, prefix: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield the targets numbered after the name of their framework, or else before it."""
    words = _words_index(language, "objective" if prefix == _OBJECTIVE_SERIES else "target")
    reach = text[name.end : name.end + _BETWEEN]
    starts = [name.end + hit.end for hit in words.find(reach) if not _LIST_BREAK.search(reach[: hit.start])]
    if prefix != _OBJECTIVE_SERIES:
        starts.append(name.end)
    for start in starts:
        if direct := _NUMBERS.match(text, start):
            yield from ((target, name.start, direct.end()) for target in _targets(direct[1], prefix))
            return
    floor = max(0, name.start - 2 * _BETWEEN)
    before = text[floor : name.start]
    for hit in reversed(words.find(before)):
        numbers = _NUMBERS.match(text, floor + hit.end)
        if numbers and numbers.end() <= name.start and not _BREAK.search(text[numbers.end() : name.start]):
            yield from ((target, floor + hit.start, name.end) for target in _targets(numbers[1], prefix))
            return


def _targets(numbers: str, prefix: str) -> Iterator[str]:
    series = next(item for item in _references()["series"] if item["prefix"] == prefix)
    for number in re.findall(_NUMBER, numbers):
        first, *rest = number.split(".")
        if not 1 <= int(first) <= series["last"] or (rest and series["numbers"] == "plain"):
            continue
        yield prefix + ".".join([str(int(first)), *rest])


@cache
def _references() -> dict[str, Any]:
    data: dict[str, Any] = load_marked(rules_dir() / "frameworks" / "official_references.yaml", VocabularyError).data
    return data


@cache
def _index(language: Language) -> TermIndex:
    data = _references()
    entries = [(f"series:{item['prefix']}", label) for item in data["series"] for label in item["names"][language]]
    entries += [(f"single:{name}", label) for name, labels in data["single"].items() for label in labels[language]]
    return TermIndex(entries, language)


@cache
def _words_index(language: Language, kind: str) -> TermIndex:
    return TermIndex(((kind, label) for label in _references()["words"][kind][language]), language)


@cache
def _mentions_index(language: Language) -> TermIndex:
    entries = [(name, label) for name, labels in term_list("mentions").items() for label in labels[language]]
    titles = term_list("instruments").items()
    entries += [(name, title) for name, data in titles for title in data["titles"].get(language) or ()]
    return TermIndex(entries, language)
