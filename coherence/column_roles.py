"""What a column of a target table holds, by the words of its head in the seven languages."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from coherence.identifiers import fold
from coherence.vocabulary import term_list

__all__ = ["column_role", "is_default_sheet_name"]

_BRACKETED = re.compile(r"[(（\[][^)）\]]*[)）\]]")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_MOST_WORDS = 7


@lru_cache(maxsize=4096)
def column_role(head: str) -> str | None:
    """Return the role of a head ("Target area (ha)" is ``area``), or None when no term of the list names it.

    A term counts when it is the whole head, or its first or last words when the head holds no figure.
    """
    text = _bare(head)
    exact, terms = _terms()
    if not text:
        return None
    if text in exact:
        return exact[text]
    if any(character.isdigit() for character in text) or len(text.split()) > _MOST_WORDS:
        return None
    found = [(len(term), role) for term, role in terms if _at_edge(term, text)]
    return max(found)[1] if found else None


def is_default_sheet_name(name: str) -> bool:
    """Tell whether a spreadsheet program gave the sheet its name ("Sheet1", "Feuil2")."""
    stem = fold(name).rstrip("0123456789 ")
    return stem in {fold(term) for term in term_list("table_heads")["default_sheet_names"]}


def _bare(text: str) -> str:
    folded = fold(text)
    return _EDGES.sub("", _BRACKETED.sub(" ", folded)).strip() or folded


def _at_edge(term: str, text: str) -> bool:
    if not term.isascii() and any("\u4e00" <= character <= "\u9fff" for character in term):
        return text.startswith(term) or text.endswith(term)
    return text.startswith(term + " ") or text.endswith(" " + term)


@cache
def _terms() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact: dict[str, str] = {}
    for role, languages in term_list("table_heads")["roles"].items():
        for terms in languages.values():
            for term in terms:
                exact.setdefault(_bare(term), role)
    return exact, tuple((term, role) for term, role in exact.items() if len(term) > 1)
