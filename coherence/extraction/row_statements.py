"""What the other columns of a target table state of the promise of their row: baseline, responsible bodies, indicator.

A column is known by the words of its head (rules/vocabulary/table_heads.yaml), whatever stands in its cells: an
institution in a column of institutions need not call itself a ministry. A cell that says "not stated" states nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coherence.column_roles import column_role
from coherence.extraction.concepts import names_indicator
from coherence.extraction.context import years_of
from coherence.identifiers import fold
from coherence.models import Baseline
from coherence.vocabulary import is_currency, term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.context import Mention

__all__ = ["baseline_in_row", "bodies_in_row", "indicator_in_row"]

_MOST_BODIES = 3
_LONGEST_NAME = 110
_BETWEEN_NAMES = re.compile(r"\s*[,;/\n،؛、；，]\s*")
_EDGES = " .\t\n"


def bodies_in_row(mention: Mention) -> tuple[str, ...]:
    """Return the names in the columns of responsible bodies as written, at most three."""
    names = (name.strip(_EDGES) for text in _stated(mention, "ministry") for name in _BETWEEN_NAMES.split(text))
    wanted = (name for name in names if len(name) <= _LONGEST_NAME and any(map(str.isalpha, name)))
    return tuple(dict.fromkeys(wanted))[:_MOST_BODIES]


def baseline_in_row(mention: Mention) -> tuple[Baseline, str] | None:
    """Return the baseline that a column of the row states, with its year where it names one, and the words of its cell.

    An amount of money has none: what it pays for has.
    """
    text = next(_stated(mention, "baseline"), None)
    if text is None or (mention.quantity is not None and is_currency(mention.quantity.unit)):
        return None
    years = (year.end_year or year.year for year in years_of(text, mention.language))
    return Baseline(year=max(years, default=None), kind="base_year"), text


def indicator_in_row(mention: Mention) -> bool:
    """Tell whether a column of indicators states one of the row."""
    return mention.in_table and any(
        any(names_indicator(head, mention.language) for head in cell.heads) and not _blank(cell.text)
        for cell in mention.passage.cells
    )


def _stated(mention: Mention, role: str) -> Iterator[str]:
    """Yield what the cells of the row state in the columns of a role."""
    if not mention.in_table:
        return
    for cell in mention.passage.cells:
        if cell.heads and column_role(cell.heads[-1]) == role and not _blank(cell.text):
            yield cell.text


def _blank(text: str) -> bool:
    return fold(text).strip(_EDGES) in _blanks() or not any(map(str.isalnum, text))


@cache
def _blanks() -> frozenset[str]:
    return frozenset(fold(term) for terms in term_list("table_heads")["blank"].values() for term in terms)
