"""Sentences and clauses as character spans.

spaCy's sentencizer splits at "Art. 4" and glues "2030. تبلغ"; statistical models do not exist for all
seven languages, so the splitter is rules with abbreviations from rules/vocabulary/segmentation.yaml.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from coherence.vocabulary import Language, term_list

__all__ = ["clause_spans", "lists_items", "sentence_spans"]

_CLOSERS = "\"'”’»)]）】』」"
_STOP = re.compile(r"[.!?。！？؟…]+[\"'”’»)\]）】』」]*")
_CLAUSE_BREAK = re.compile(r"[;；؛]|(?<!\d)\s[–—-]\s|\s[–—-]\s(?!\d)")
"""A dash between two figures ("12.5 - 14 %") is a range."""
_LAST_WORD = re.compile(r"[^\s(\[«“'’]+$")
_ITEM_DASH = re.compile(r"(?:(?<=\s)|^)[-–](?=[^\W\d_][^\W\d_])")
"""A dash that opens an item of a list run on in a cell: "-To build ... -To train ..."."""
_SPACED_DASH = re.compile(r"(?:(?<=[^\W\d_]\s)|(?<=[).,;]\s)|^)[-–−]\s+(?=[^\W\d_])")
"""A dash before a word with a capital, in a list run on: "- Wells for herders - Fodder banks"."""
_ITEM_NUMBER = re.compile(r"(?<!\S)(\d{1,2})\.(\d{1,2})\.?\s+(?=[^\W\d_])")
"""A number of an item in a list run on: "4.1 Dig wells. 4.2 Store fodder"."""
_ITEM_MARK = re.compile(r"(?<![^\s;,])(?:\(([a-h]|\d{1,2})\)|([a-h]|\d{1,2})[.)])\s*(?=[^\W\d_])")
"""A letter or whole number of an item in a list run on: "(a) Dig wells (b) Store fodder", "1.Dig wells; 2.Store"."""
_FEWEST_MARKED = 3
_FEWEST_ITEMS = 2
_AFTER_FIGURE = re.compile(r"\d\s*(?:[^\W\d_]{3,5}\.?\s*){0,2}$")
"""A figure, with its scale or a further unit: "5 тыс. ", "12 млн т "."""
_LIST_NUMBER = re.compile(r"\s*(?:\d{1,3}|[ivxIVX]{1,4}|[a-zA-Z])(?:\.\d{1,3})*")


def sentence_spans(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Return the sentences of ``text``, items of lists among them, as (start, end) without surrounding white space."""
    spans, start = [], 0
    stops = [(m.start(), m.end(), m) for m in _STOP.finditer(text)]
    for low, high, stop in sorted([*stops, *((*mark, None) for mark in _item_marks(text))], key=lambda mark: mark[:2]):
        if stop is None or _ends_sentence(text, start, stop, language):
            spans.append((start, low if stop is None else high))
            start = high
    spans.append((start, len(text)))
    return tuple(trimmed for span in spans if (trimmed := _trim(text, *span)) is not None)


def lists_items(text: str) -> bool:
    """Tell whether a text is a list of several items that runs on in one paragraph or cell."""
    return len(_item_marks(text)) >= _FEWEST_ITEMS


def _item_marks(text: str) -> list[tuple[int, int]]:
    """Return start and end of the marks before the items of a list that runs on in one paragraph or cell."""
    marks = [mark.span() for mark in _item_mark().finditer(text)]
    close = [mark.span() for mark in _ITEM_DASH.finditer(text)]
    spaced = [mark.span() for mark in _SPACED_DASH.finditer(text) if text[mark.end()].isupper()]
    for dashes in (close, spaced):
        marks += dashes if len(dashes) >= _FEWEST_ITEMS else ()
    # A number belongs to its item and stays with it.
    return marks + [(start, start) for start in (*_numbered_items(text), *_marked_items(text))]


def _numbered_items(text: str) -> list[int]:
    """Return where items numbered in turn begin: 4.1, 4.2, 4.3; the first one opens the text or a sentence of it."""
    found: list[int] = []
    run: list[tuple[int, int, int]] = []
    for mark in _ITEM_NUMBER.finditer(text):
        if not text[mark.end()].isupper():
            continue
        item = (int(mark[1]), int(mark[2]), mark.start())
        if run and (run[-1][0], run[-1][1] + 1) == item[:2]:
            run.append(item)
            found += [each[2] for each in run[-2:]]
        else:
            before = text[: item[2]].rstrip()
            run = [item] if not before or before[-1] in ".:;" else []
    return sorted(set(found))


def _marked_items(text: str) -> list[int]:
    """Return where items begin that bear letters or whole numbers in turn, with capitals behind: three or more."""
    runs: list[list[tuple[int, int]]] = []
    for mark in _ITEM_MARK.finditer(text):
        sign = mark[1] or mark[2]
        order = int(sign) if sign.isdecimal() else -ord(sign)
        if not text[mark.end()].isupper():
            continue
        if runs and abs(order) == abs(runs[-1][-1][0]) + 1 and (order < 0) == (runs[-1][-1][0] < 0):
            runs[-1].append((order, mark.start()))
        else:
            runs.append([(order, mark.start())])
    return [start for run in runs if len(run) >= _FEWEST_MARKED for _, start in run]


def clause_spans(text: str, start: int, end: int, breaks: tuple[int, ...] = ()) -> tuple[tuple[int, int], ...]:
    """Return the clauses of ``text[start:end]``: parts between semicolons, dashes and the offsets ``breaks``.

    ``breaks`` are where a word such as "but" or "whereas" opens a clause of its own.
    """
    cuts = sorted(
        {start, end, *(b for b in breaks if start < b < end)}
        | {m.end() for m in _CLAUSE_BREAK.finditer(text, start, end)}
    )
    return tuple(trimmed for low, high in itertools.pairwise(cuts) if (trimmed := _trim(text, low, high)) is not None)


@cache
def _item_mark() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)[{re.escape(''.join(term_list('segmentation')['item_marks']))}](?=\s)")


@cache
def _abbreviations(language: Language) -> frozenset[str]:
    return frozenset(term_list("segmentation")["abbreviations"][language])


@cache
def _closing(language: Language) -> frozenset[str]:
    return frozenset(term_list("segmentation")["closing"][language])


def _ends_sentence(text: str, start: int, stop: re.Match[str], language: Language) -> bool:
    mark = stop.group()
    if not mark.startswith((".", "…")) or mark.rstrip(_CLOSERS)[-1] in "!?。！？؟":
        return True
    following = text[stop.end() : stop.end() + 3]
    if following and not following[0].isspace():
        # "2030.Le" is a lost space; "4.5", "e.g." and "u.s.a" are not ends.
        return (
            following[0].isupper()
            and text[stop.start() - 1 : stop.start()].islower()
            and len(following) > 1
            and following[1].islower()
        )
    upcoming = following.strip()
    if not upcoming:
        return True
    before = text[start : stop.start()].rstrip().rstrip(_CLOSERS)
    word = _LAST_WORD.search(before)
    if word is None or _LIST_NUMBER.fullmatch(before):
        return False
    last = word.group().casefold().strip(_CLOSERS)
    if last in _abbreviations(language) or (len(last) == 1 and last.isalpha()):
        # An abbreviation may close a sentence all the same: "… 2030 г. Стоимость …", but not "5 млн долл. США".
        opens = upcoming[0].isupper() and not text[stop.end() :].lstrip()[1:2].isupper()
        return opens and last in _closing(language) and _AFTER_FIGURE.search(before[: word.start()]) is not None
    return not upcoming[0].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
