"""Conditions that a neighbouring sentence, row or item sets.

"This target can only be met with international support" speaks of the sentence before it; a sub-total of the
conditional projects of the rows above or below it; "with own effort" of the items that follow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from coherence.extraction.condition_words import condition_words, opens_with
from coherence.extraction.context import CONDITIONS, Mention, condition_step, cues_of
from coherence.extraction.cues import has_total
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coherence.models import TraceStep

__all__ = ["conditions_of_passages", "conditions_of_sentences", "tables_named"]

_LONGEST_DIVISION = 80
"""Characters of the opening words of an item that divides the items of a section ("2015-2030 with own effort")."""
_LONGEST_LABEL = 60
_LEAD_IN_ENDS = (":", "：")


def conditions_of_sentences(mentions: Sequence[Mention]) -> dict[tuple[int, int], TraceStep]:
    """Return the conditions that sentences of running text take from their neighbours, by (id of passage, start)."""
    sentences = [next(group) for _, group in groupby(mentions, key=lambda m: (id(m.passage), m.start))]
    sentences = [sentence for sentence in sentences if not sentence.in_table]
    found: dict[tuple[int, int], TraceStep] = {}
    for before, sentence in pairwise(sentences):
        own = sentence.cue_classes() & CONDITIONS
        takes_up = opens_with(sentence.text, "back_reference", sentence.language)
        near = before.passage.headings == sentence.passage.headings
        if not near or before.cue_classes() & CONDITIONS or len(own) != 1:
            continue
        value = next(iter(own))
        if takes_up:
            found[_key(before)] = condition_step(value, "next sentence", sentence.text)
        elif value == "conditional" and _adds_to(sentence, before):
            found[_key(before)] = condition_step("unconditional", "more only with support", sentence.text)
    for before, sentence in pairwise(sentences):
        if id(before.passage) != id(sentence.passage) or sentence.cue_classes() & CONDITIONS:
            continue
        if _key(sentence) not in found and opens_with(sentence.text, "back_reference", sentence.language):
            found |= {_key(sentence): said for said in [_own_or_taken(before, found)] if said is not None}
    return found | _respective_items(sentences)


def _key(mention: Mention) -> tuple[int, int]:
    return id(mention.passage), mention.start


def _own_or_taken(mention: Mention, taken: dict[tuple[int, int], TraceStep]) -> TraceStep | None:
    own = mention.cue_classes() & CONDITIONS
    if len(own) == 1:
        return condition_step(next(iter(own)), "sentence before", mention.text)
    return None if own else taken.get(_key(mention))


def _adds_to(sentence: Mention, before: Mention) -> bool:
    """Tell whether a sentence raises the figure of the one before: "a further 20 % subject to support"."""
    if "increment" not in condition_words(sentence.text, sentence.language):
        return False
    return (
        sentence.quantity is not None
        and before.quantity is not None
        and sentence.quantity.unit == before.quantity.unit in {"percent", "tCO2e"}
    )


def _respective_items(sentences: Iterable[Mention]) -> dict[tuple[int, int], TraceStep]:
    """Return the conditions of list items whose lead-in names one for each ("respectively, without and with aid")."""
    found: dict[tuple[int, int], TraceStep] = {}
    for (lead_in, _), group in groupby(sentences, key=lambda m: (m.context.lead_in, m.passage.headings)):
        items = list({id(m.passage): m for m in group if m.passage.kind == "list_item"}.values())
        if not lead_in or not items or "respectively" not in condition_words(lead_in, items[0].language):
            continue
        cues = [cue for cue in cues_of(lead_in, items[0].language) if cue.cue in CONDITIONS]
        if len(cues) == len(items) > 1:
            for item, cue in zip(items, cues, strict=True):
                found[_key(item)] = condition_step(cue.cue, "lead-in", lead_in)
    return found


def conditions_of_passages(mentions: Sequence[Mention]) -> dict[int, TraceStep]:
    """Return the conditions that rows take from sub-totals, items from divisions, tables from the text, by passage."""
    passages = [next(group) for _, group in groupby(mentions, key=lambda m: id(m.passage))]
    rows = [mention for mention in passages if mention.in_table]
    items = [mention for mention in passages if not mention.in_table]
    return {**_of_pointed_tables(mentions, rows), **_of_sub_totals(rows), **_of_divisions(items)}


def _of_sub_totals(rows: Iterable[Mention]) -> dict[int, TraceStep]:
    """A sub-total that names a condition speaks for the rows below where it opens the table, else for those above."""
    found: dict[int, TraceStep] = {}
    for _, group in groupby(rows, key=lambda m: m.passage.table):
        table = list(group)
        above: list[Mention] = []
        current: TraceStep | None = None
        for index, row in enumerate(table):
            value = _condition_of_total(row)
            if value is not None:
                said = condition_step(value, "sub-total", row.passage.cells[0].text)
                if index == 0 or current is not None:
                    current = said
                else:
                    found |= {id(each.passage): said for each in above}
                    above = []
            elif current is not None:
                found[id(row.passage)] = current
            else:
                above.append(row)
    return found


def _condition_of_total(row: Mention) -> str | None:
    label = next((cell.text for cell in row.passage.cells if cell.start < cell.end), "")
    said = {cue.cue for cue in cues_of(label, row.language)} & CONDITIONS
    return (
        next(iter(said)) if len(said) == 1 and len(label) <= _LONGEST_LABEL and has_total(label, row.language) else None
    )


def _of_divisions(items: Sequence[Mention]) -> dict[int, TraceStep]:
    """Items that open with a condition divide their section, where one of each condition does."""
    sections: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for item in items:
        sections[_section(item)].append(item)
    found: dict[int, TraceStep] = {}
    for section in sections.values():
        opening = {id(item.passage): said for item in section for said in [_division(item)] if said is not None}
        if {said.value for said in opening.values()} != CONDITIONS:
            continue
        current: TraceStep | None = None
        for item in section:
            current = opening.get(id(item.passage), current)
            found |= {id(item.passage): said for said in [current] if said is not None}
    return found


def _section(mention: Mention) -> tuple[str, ...]:
    return tuple(heading for heading in mention.passage.headings if not heading.rstrip().endswith(_LEAD_IN_ENDS))


def _division(mention: Mention) -> TraceStep | None:
    """Return the condition of an item that is a title, or opens with one."""
    if (
        mention.quantity is not None
        or mention.end - mention.start > _LONGEST_DIVISION
        or mention.text.endswith((";", ","))
    ):
        return None
    said = mention.cue_classes() & CONDITIONS
    return condition_step(next(iter(said)), "division", mention.text) if len(said) == 1 else None


def _of_pointed_tables(mentions: Iterable[Mention], rows: Iterable[Mention]) -> dict[int, TraceStep]:
    """A sentence that sets a condition and points to a table speaks for its rows; so does one that takes it up."""
    pointed: dict[str, TraceStep] = {}
    before: TraceStep | None = None
    for mention in (m for m in mentions if not m.in_table):
        own = mention.cue_classes() & CONDITIONS
        takes_up = opens_with(mention.text, "back_reference", mention.language)
        if len(own) == 1:
            before = condition_step(next(iter(own)), "text", mention.text)
        elif own or not takes_up:
            before = None
        if before is not None and condition_words(mention.text, mention.language) & {"measures", "back_reference"}:
            for number in tables_named(mention.text):
                pointed.setdefault(number, before)
    found: dict[int, TraceStep] = {}
    for row in rows:
        number = next(iter(tables_named(row.context.caption[:_LONGEST_LABEL])), "")
        if number in pointed:
            found[id(row.passage)] = pointed[number]
    return found


def tables_named(text: str) -> Iterator[str]:
    """Yield the numbers of the tables that a text names: "listed in Table 3"."""
    for match in _table_reference().finditer(text):
        yield match[1]


@cache
def _table_reference() -> re.Pattern[str]:
    words = {words[0] for words in term_list("layout")["captions"].values()}
    return re.compile(
        rf"(?i)(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})\s{{0,2}}(?:n[o°]\s?)?(\d{{1,2}})\b"
    )
