"""Table rows → mentions to judge.

A cell's promise takes its action from the row's label, its unit from the cell, the column head, the unit
column, the label or the caption (in this order), and its year and conditionality from the column head.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.annotation import annotate
from coherence.extraction.context import Context, Mention, cues_of, years_of
from coherence.extraction.cues import classes_of_heading, has_total
from coherence.extraction.numbers import NumberMention, find_numbers
from coherence.extraction.numeric_vocabulary import number_words
from coherence.extraction.prose import sentence_mentions
from coherence.extraction.quantities import find_quantities
from coherence.extraction.quantity_cues import cues
from coherence.extraction.segmentation import lists_items
from coherence.extraction.table_columns import numbering_columns, orders_rows, split_columns
from coherence.extraction.units import HeadUnit, apply_head_unit, scale_alone, unit_of_head
from coherence.extraction.vocabulary_forms import lower_form
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.extraction.quantity_mentions import Qualifier
    from coherence.extraction.years import YearMention
    from coherence.models import Cell, Passage
    from coherence.vocabulary import Language

__all__ = ["table_mentions", "unmeasured_numbers"]

_LONGEST_LABEL = 160
_LONGEST_MEASURE = 400
"""Characters of a cell below a head such as "Measures" that still tells what the figures of its row are about."""
_LONGEST_UNIT = 24
_LEAST_NUMBER_SHARE = 0.6
"""A cell holds a bare number when the number takes up this share of its characters."""
_MOST_QUALIFYING_WORDS = 3
_SCALE = re.compile(r"1?0{2,}")
_PRICE_YEARS = range(1980, 2051)
_PERCENT_LABEL = ("% ", "%(", "(%)")
"""A label that opens so gives the unit of its row: "% of the baseline"."""
_ZERO_SHARE = re.compile(r"[-–]?0+(?:[.,]0+)?\s?[%٪]")
_LETTER = re.compile(r"[^\W\d_]{2}")

_NOTED = re.compile(r"([0-9][0-9 .,']{0,14})\s{1,2}\([^()]{0,12}%\)\W{0,3}")
"""A number with its share or change in brackets: "2 300 (-20%)*"."""


@dataclass(frozen=True, slots=True)
class _Row:
    passage: Passage
    language: Language
    table_heads: tuple[str, ...]
    grouping: frozenset[tuple[int, str]] = frozenset()
    """Column and text of the cells that several rows of the table share: a sector, a programme."""

    def labels(self, cell: Cell) -> tuple[str, ...]:
        """Return the other short worded cells of the row that hold no list, from the left."""
        others = (c.text for c in self.passage.cells if c.column != cell.column)
        return tuple(
            text for text in others if _LETTER.search(text) and len(text) <= _LONGEST_LABEL and not lists_items(text)
        )

    def listed(self, cell: Cell) -> tuple[str, ...]:
        """Return the other cells of the row that hold a list of items."""
        others = (c.text for c in self.passage.cells if c.column != cell.column)
        return tuple(text for text in others if len(text) <= _LONGEST_MEASURE and lists_items(text))

    def about(self, cell: Cell) -> tuple[str, ...]:
        """Return the cells of the row that tell what a figure of it is about, the most telling first.

        The column of measures or targets goes before the others, what several rows share after them. What a column of
        co-benefits names is not what the row does.
        """
        others = [c for c in self.passage.cells if c.column != cell.column and _LETTER.search(c.text)]
        worded = [c for c in others if not lists_items(c.text)]
        announced = {c.column: "promises" in self._told(c) for c in worded}
        kept = [c for c in worded if len(c.text) <= (_LONGEST_MEASURE if announced[c.column] else _LONGEST_LABEL)]
        own = [c for c in kept if announced[c.column] or "background" not in self._told(c)]
        ordered = sorted(own or kept, key=lambda c: ((c.column, c.text) in self.grouping, not announced[c.column]))
        return tuple(c.text for c in ordered)

    def _told(self, cell: Cell) -> frozenset[str]:
        """Return what the heads of a cell say of it."""
        return frozenset().union(*(classes_of_heading(head, self.language, "head") for head in cell.heads))

    def context(self, cell: Cell) -> Context:
        p = self.passage
        return Context(
            heads=tuple(reversed(cell.heads)), labels=self.labels(cell), about=self.about(cell),
            listed=self.listed(cell), bands=tuple(reversed(p.bands)), caption=p.caption,
            headings=tuple(reversed(p.headings)), table_heads=self.table_heads,
        )  # fmt: skip

    def years(self) -> tuple[YearMention, ...]:
        """Return the years of cells that hold nothing else ("2030", "2017-2026")."""
        found = []
        for cell in self.passage.cells:
            mentions = years_of(cell.text, self.language) if len(cell.text) <= _LONGEST_UNIT else ()
            if mentions and cell.start < cell.end and _is_year_cell(cell, mentions, self.language):
                found += [replace(y, start=y.start + cell.start, end=y.end + cell.start) for y in mentions]
        return tuple(found)


def table_mentions(passages: Iterable[Passage], language: Language) -> Iterator[Mention]:
    """Yield the mentions of all table rows: one for each number cell and each sentence of a worded cell."""
    for row, own in _rows(passages, language):
        years = row.years()
        for cell, number in own:
            if number is not None:
                yield from _number_mention(row, cell, number, years)
                continue
            if _ZERO_SHARE.fullmatch(cell.text.strip()):
                continue
            if noted := _NOTED.fullmatch(cell.text):
                plain = cell.model_copy(update={"text": noted.group(1), "end": cell.start + noted.end(1)})
                if (number := _bare(plain, language)) is not None:
                    yield from _number_mention(row, plain, number, years)
            context = row.context(cell)
            found, listed = annotate(cell.text, language), lists_items(cell.text)
            for mention in sentence_mentions(row.passage, found, language, context, offset=cell.start, in_table=True):
                years_told = mention.years or years
                yield replace(mention, years=years_told, head_year=_head_year(cell, language), listed=listed)


def unmeasured_numbers(passages: Iterable[Passage], language: Language) -> Iterator[tuple[Passage, int, int]]:
    """Yield passage, start and end (in its text) of the numbers in table cells of which nothing tells the unit."""
    for row, own in _rows(passages, language):
        for cell, number in own:
            if number is not None and _unit(row, cell) is None:
                yield row.passage, cell.start + number.start, cell.start + number.end


def _rows(
    passages: Iterable[Passage], language: Language
) -> Iterator[tuple[_Row, list[tuple[Cell, NumberMention | None]]]]:
    """Yield the rows with their filled cells, each with its number if it holds nothing else.

    Left out are the numbers of rows, zeros (a zero is an empty cell in figures), and the shares in which a row's effort
    is split into its own and what depends on support.
    """
    passages = tuple(passages)
    heads: dict[int | None, dict[str, None]] = defaultdict(dict)
    grouping: dict[int | None, Counter[tuple[int, str]]] = defaultdict(Counter)
    for passage in passages:
        grouping[passage.table].update((cell.column, cell.text) for cell in passage.cells)
        heads[passage.table].update(dict.fromkeys(head for cell in passage.cells for head in cell.heads))
    cells = [[(cell, _bare(cell, language)) for cell in p.cells if cell.start < cell.end] for p in passages]
    numbering = numbering_columns(passages, cells)
    splits = split_columns(passages, language)
    for passage, own in zip(passages, cells, strict=True):
        telling = [
            (cell, number)
            for cell, number in own
            if (passage.table, cell.column) not in splits
            and (number is None or (number.value != 0 and (passage.table, cell.column) not in numbering))
            and not (number is not None and orders_rows(cell, language))
        ]
        shared = frozenset(place for place, rows in grouping[passage.table].items() if rows > 1)
        yield _Row(passage, language, tuple(heads[passage.table]), shared), telling


def _bare(cell: Cell, language: Language) -> NumberMention | None:
    """Return the number of a cell that holds nothing else, but for its sign, unit symbols or a word like "at least"."""
    text = cell.text
    if not any(c.isdigit() for c in text) or _is_year_cell(cell, years_of(text, language), language):
        return None
    numbers = find_numbers(text, language)
    if len(numbers) != 1 or numbers[0].ambiguous or find_quantities(text, language):
        return None
    covered = sum(not c.isspace() for c in numbers[0].text)
    if covered >= _LEAST_NUMBER_SHARE * sum(not c.isspace() for c in text):
        return numbers[0]
    words = len((text[: numbers[0].start] + " " + text[numbers[0].end :]).split())
    return numbers[0] if words <= _MOST_QUALIFYING_WORDS and _qualifier(text, numbers[0], language) != "exact" else None


def _qualifier(text: str, number: NumberMention, language: Language) -> Qualifier:
    return cues(language).qualifier(text.lower(), number.start, number.end, extent=False)


def _is_year_cell(cell: Cell, years: tuple[YearMention, ...], language: Language) -> bool:
    if years and cell.heads and cell.heads[-1].strip().casefold() in _year_heads(language):
        return True
    if any(_unit_of(head, language) is not None for head in cell.heads):
        return False
    covered = sum(y.end - y.start for y in years)
    return bool(years) and covered >= _LEAST_NUMBER_SHARE * len(cell.text.strip())


def _number_mention(row: _Row, cell: Cell, number: NumberMention, years: tuple[YearMention, ...]) -> Iterator[Mention]:
    unit = _unit(row, cell)
    if unit is None:
        return
    quantity = replace(apply_head_unit(number, unit), qualifier=_qualifier(cell.text, number, row.language))
    context, passage = row.context(cell), row.passage
    focus = (cell.start + number.start, cell.start + number.end)
    extent = (0, len(passage.text))
    found = tuple(
        cue._replace(start=other.start + cue.start, end=other.start + cue.end)
        for other in passage.cells
        if other.start < other.end and other.column != cell.column
        for cue in cues_of(other.text, row.language)
    )
    yield Mention(
        passage, row.language, *extent, extent, quantity, focus, found, years, context,
        in_table=True, bare=True, head_year=_head_year(cell, row.language),
    )  # fmt: skip


def _unit(row: _Row, cell: Cell) -> HeadUnit | None:
    """Return the unit of a bare number, with the scale that another cell may give: "Trees planted | million | 3"."""
    unit = _named_unit(row, cell)
    if unit is None or unit.factor != 1:
        return unit
    worded = (c.text for c in row.passage.cells if c.column != cell.column and not any(map(str.isdecimal, c.text)))
    scales = (scale_alone(text, row.language) for text in worded)
    return replace(unit, factor=next((scale for scale in scales if scale != 1), 1.0))


def _named_unit(row: _Row, cell: Cell) -> HeadUnit | None:
    """Return the unit of a bare number: of its column, of the row's unit cell, of band, caption, heading or label."""
    language = row.language
    heads = [unit for head in reversed(cell.heads) if (unit := _unit_of(head, language)) is not None]
    labels = [c for c in row.passage.cells if c.column != cell.column and _may_tell_unit(c.text, language)]
    short = [
        unit
        for c in labels
        if (len(c.text) <= _LONGEST_UNIT or c.text.startswith(_PERCENT_LABEL))
        and (unit := _unit_of(c.text, language)) is not None
    ]
    governing = (*reversed(row.passage.bands), row.passage.caption, *reversed(row.passage.headings))
    around = [unit for text in governing if text and (unit := _unit_of(text, language)) is not None]
    # What stands around the table speaks for columns that do not say themselves what their numbers are, and of
    # what is counted a label tells only then.
    silent = all(_says_nothing(head, language) for head in cell.heads)
    measured = [unit for unit in (*heads, *short, *(around if silent else ())) if unit.unit != "count"]
    if not measured and not heads and silent:
        short += [unit for c in labels if (unit := _unit_of(c.text, language)) is not None]
        return next(iter(short), None)
    return next(iter((*measured, *heads)), None)


def _may_tell_unit(label: str, language: Language) -> bool:
    """Tell whether a label's unit ("km2") may be its row's: it holds no figure, and a gas with what is meant by it.

    "Emissions (kt CO2)" alone heads an inventory; "Emissions with support (kt CO2)" says which path.
    """
    if label.startswith(_PERCENT_LABEL) or not any(c.isdecimal() for c in label):
        return True
    if find_numbers(label, language):
        return False
    unit = _unit_of(label, language)
    return bool(cues_of(label, language)) or (unit is not None and unit.unit != "tCO2e")


@lru_cache(maxsize=4096)
def _unit_of(text: str, language: Language) -> HeadUnit | None:
    """Return the unit that a text names; units of figures within it ("add 40%") are not the column's."""
    for quantity in reversed(find_quantities(text, language)):
        if _SCALE.fullmatch("".join(c for c in quantity.text if c.isdigit())):
            continue  # "(000 ha)", "1 000 t": a scale
        if (quantity.value or 0) in _PRICE_YEARS and quantity.unit not in {"percent", "ha"}:
            continue  # "million $2005": prices of a year
        if lower_form(quantity.text.split()[0]) in number_words(language).bare_scales:
            continue  # "مليون دولار": a scale word that needs no figure where it counts one
        text = text[: quantity.start] + " " * (quantity.end - quantity.start) + text[quantity.end :]
    return unit_of_head(text, language)


def _says_nothing(head: str, language: Language) -> bool:
    said = bool(years_of(head, language)) or "target" in classes_of_heading(head, language, "head")
    return said or has_total(head, language) or head.strip().casefold() in _year_heads(language)


@cache
def _year_heads(language: Language) -> frozenset[str]:
    """Return the heads of columns or groups of columns for years ("Year", "Horizon")."""
    return frozenset(term_list("table_heads")["roles"]["year"][language])


def _head_year(cell: Cell, language: Language) -> int | None:
    """Return the year that the column stands for."""
    for head in reversed(cell.heads):
        for year in years_of(head, language):
            if year.role != "baseline":
                return year.end_year or year.year
    return None
