"""Cue words: what makes a statement a promise, a memory, a forecast or a condition (after ConText).

The lists stand in rules/vocabulary/cues, one file per language; a class is a list of words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from coherence.extraction.condition_words import complements_support, means_support
from coherence.extraction.lexicon import TermIndex
from coherence.vocabulary import Language, per_language

__all__ = [
    "APART",
    "CueHit",
    "announces_effects",
    "announces_method",
    "classes_of_heading",
    "effect_told",
    "fills_field",
    "find_cues",
    "harm_told",
    "has_total",
    "is_total",
    "lists_sectors",
    "name_at_end",
    "named_item",
    "names_field",
    "names_means",
    "narrative_words",
    "opening_of",
    "points_ahead",
    "says",
    "speaks_of_text",
    "subordinate_words",
    "tells_state",
]

APART = (
    "heading_target",
    "heading_background",
    "heading_promises",
    "heading_reference",
    "heading_aims",
    "heading_effects",
    "heading_elsewhere",
    "heading_harm",
    "heading_method",
    "heading_neutral",
    "heading_remedy",
    "item_names",
    "lead_in_effects",
    "lead_in_means",
    "lead_in_method",
    "lead_in_sectors",
    "head_promises",
    "head_target",
    "head_background",
    "head_rate",
    "head_object",
    "head_place",
    "total_row",
    "company",
    "restates",
    "states_amount",
    "statement_opening",
    "statement_description",
    "statement_effect",
    "statement_ahead",
    "statement_duty",
    "statement_field",
    "statement_harm",
    "statement_later",
    "statement_subordinate",
    "statement_state",
    "statement_text",
)
"""Classes with an index of their own, apart from the cues of a sentence."""

_ACTED_ON = frozenset({"heading_harm", "heading_remedy"})
_ASIDE = frozenset({"effects", "method"})
"""Classes of headings below which no promise stands."""
_LONGEST_HEADING = 200
_LEAD_IN_END = 60
"""Characters before the colon of a sentence that introduces a list in which it says what its items are."""
_COLONS = (":", "：")
_PAUSE = re.compile(r"[,;:،؛，：；()]|\s[–—-]\s")
_REMEDY_REACH = 60
"""Characters between "adapt to" and the harm that it is done about."""
_LONGEST_LABEL = 40
_ENUMERATOR = re.compile(
    r"\W{0,3}(?:\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)]|\d{1,2}\.\d{1,2}\.?|[A-ZА-Я]{1,3}[-.]?\d{1,2}(?:\.\d{1,2})?[.:)])"
    r"\s+(?=[^\W\d_])|[A-ZА-Я]-?\d{1,2}\s+(?=[A-ZÀ-ÖØ-ÞА-Я])"
)
"""What numbers an item: "(a) ", "iv) ", "3.7 ", "T-4: ", "B5 "."""
_LABEL = re.compile(r"[^.:：;!?()]{4,60}[:：]\s*")
"""A label in the same paragraph as what it announces: "Flagship actions of the forest sector: ..."."""
_LABEL_NUMBER = re.compile(
    r"(?:\s+[^\W\d_]+){0,2}\s+(?:n[°ºo]\.?\s*|№\s*)?"
    r"(?:[A-Za-z]{0,2}[-. ]?\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4}|[A-ZА-Яأ-ي])\s?[:.–—-](?!\s*\d)(?=\s|\Z)\s*"
)
"""What numbers an item behind the word for it: " 12: ", " III. ", " stratégique B : "."""
_OPENS_NAME = re.compile(r"(?:\A|[.!?;:。؛؟])\s*(?:[^\W\d_]+\s+){0,2}\Z")
"""What stands before the word for an item in its name: "... are kept. National "."""
_LABELLED = 30
"""Characters of a heading ("Strategic objective ...") before the word that its number follows."""
_FIELD_SHARE = 0.6
"""Share of the characters of a heading that names of fields take up where it names one."""
_COLON = re.compile(r"\s?[:：;；]")
_ENDING = 14
"""Characters ("suivants :") between the last noun of a sentence before a list and its end."""
_OPENING = 2
"""Characters (a bullet, a quotation mark) that may stand before the word for a total."""


class CueHit(NamedTuple):
    """A cue in a text; ``text[start:end] == words``."""

    start: int
    end: int
    cue: str
    words: str


def find_cues(text: str, language: Language) -> tuple[CueHit, ...]:
    """Return the cues of running text in order; of overlapping ones the longest stands.

    A condition that is denied ("not contingent on international support") is none; one that is no condition of
    support ("subject to approval by Parliament") is left out.
    """
    found = []
    for hit in dict.fromkeys((h.start, h.end, h.id, h.label) for h in _text_index(language).find(text)):
        start, end, cue, label = hit
        if cue == "conditional":
            meant = means_support(text, start, end, label, language)
            if meant is None:
                continue
            cue = "conditional" if meant else "unconditional"
        elif cue == "unconditional" and complements_support(text, start, end, language):
            continue
        found.append(CueHit(start, end, cue, text[start:end]))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def classes_of_heading(text: str, language: Language, kind: str) -> frozenset[str]:
    """Return what a heading (``kind="heading"``) or column head (``kind="head"``) says of what stands below it.

    Of: ``target``, ``background``, ``conditional``, ``unconditional``, ``bau``, ``need``; for columns also ``rate``: a
    cost per head or hectare, which is no promise of its own, ``place``: the column lists places, ``object``: it lists
    the land or resource that each row acts on. ``promises`` is said by narrower words than ``target``: each item below
    is an objective or a measure (``aims``: an objective);
    ``elsewhere``: what stands below tells of other documents or of how to read this one; ``effects`` and ``method``:
    what stands below is brought about by the measures or tells how was reckoned and what hinders. Of a sentence that
    introduces a list the words before its colon say what follows: "Existing work goes on; new measures are these:".
    """
    whole = _classes(text[:_LONGEST_HEADING], language, kind)
    if kind == "heading" and (label := _numbered(text, language, _LABELLED)):
        # "Objective III. Pressures": what an objective is about is no background.
        return (whole - {"background", "elsewhere", "reference"}) | _classes(label, language, kind)
    if kind == "heading" and text.rstrip().endswith(_COLONS) and not whole & _ASIDE:
        near = _classes(_tail(text), language, kind)
        if "promises" in near and not near & {"background", *_ASIDE}:
            return (whole - {"background"}) | near
    return whole


def _tail(text: str) -> str:
    """Return the last words of a text."""
    tail = text[-_LEAD_IN_END:]
    return tail if len(tail) == len(text) else tail.partition(" ")[2] or tail


def _classes(text: str, language: Language, kind: str) -> frozenset[str]:
    names = tuple(name for name in APART if name.startswith(f"{kind}_") and name not in _ACTED_ON)
    hits = _own_index(language, names).find(text)
    remedied = _remedied(text, language) if kind == "heading" else ()
    found = {
        hit.id.removeprefix(f"{kind}_") for hit in hits if not any(low <= hit.start < high for low, high in remedied)
    }
    found.discard("neutral")
    if found & _ASIDE:
        # The first noun is the one that stands below: "Benefits of the measures", but "Measures and their benefits".
        aside = min(hit.start for hit in hits if hit.id.removeprefix("heading_") in _ASIDE)
        promised = any(hit.id == "heading_promises" and hit.start < aside for hit in hits)
        found -= _ASIDE if promised else {"promises", "aims", "target"}
    found |= {"background"} if "effects" in found else set()
    found |= {h.id for h in _text_index(language).find(text) if h.id in {"conditional", "unconditional", "bau", "need"}}
    return frozenset(found)


def _remedied(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Return where a heading names harm that is acted on: "Reduce vulnerability" tells no background.

    Harm at the end of a sentence before a list is what its items are: "To remedy these causes:".
    """
    last = len(text) - _ENDING if text.rstrip().endswith(_COLONS) else len(text)
    hits = _own_index(language, ("heading_harm", "heading_remedy")).find(text)
    remedies = [hit for hit in hits if hit.id == "heading_remedy"]
    return tuple(
        (harm.start, harm.end)
        for harm in hits
        if harm.id == "heading_harm"
        and harm.end <= last
        and any(_governs(text[r.end : harm.start]) for r in remedies if r.end <= harm.start)
    )


def _governs(between: str) -> bool:
    return len(between) <= _REMEDY_REACH and not _PAUSE.search(between)


@lru_cache(maxsize=4096)
def is_total(label: str, language: Language) -> bool:
    """Tell whether a row label opens with a word for a total."""
    return any(hit.start <= _OPENING for hit in _own_index(language, ("total_row",)).find(label[:_LONGEST_HEADING]))


def has_total(label: str, language: Language) -> bool:
    """Tell whether a row label has a word for a total anywhere."""
    return bool(_own_index(language, ("total_row",)).find(label[:_LONGEST_HEADING]))


@lru_cache(maxsize=4096)
def says(text: str, language: Language, what: Literal["restates", "states_amount", "company"]) -> bool:
    """Tell whether words between a figure and something else say how they hang together.

    ``restates``: told anew (", that is, 7 Mt"); ``states_amount``: an amount ("is estimated at"); ``company``: others
    join in ("with the support of").
    """
    return bool(_own_index(language, (what,)).find(text))


@lru_cache(maxsize=4096)
def announces_effects(lead_in: str, language: Language) -> str:
    """Return the words by which the sentence before a list announces effects ("the following benefits"), or ""."""
    return next((lead_in[h.start : h.end] for h in _own_index(language, ("lead_in_effects",)).find(lead_in)), "")


@lru_cache(maxsize=4096)
def announces_method(lead_in: str, language: Language) -> str:
    """Return the words with which the sentence before a list opens that tells how was reckoned, or ""."""
    hits = _own_index(language, ("lead_in_method",)).find(lead_in[:_LONGEST_LABEL])
    return next((lead_in[h.start : h.end] for h in hits if h.start <= _OPENING), "")


@lru_cache(maxsize=4096)
def lists_sectors(lead_in: str, language: Language) -> str:
    """Return the words by which a sentence before a list ends on a mere list of sectors or gases, or ""."""
    hits = _own_index(language, ("lead_in_sectors",)).find(lead_in)
    return next((lead_in[h.start : h.end] for h in hits if len(lead_in) - h.end <= _ENDING), "")


@lru_cache(maxsize=4096)
def names_means(lead_in: str, language: Language) -> str:
    """Return the words by which an item goes over from a measure to its means ("Protect springs through:"), or ""."""
    hits = _own_index(language, ("lead_in_means",)).find(lead_in)
    return next((lead_in[h.start : h.end] for h in hits if lead_in[h.end :].strip() in _COLONS), "")


@lru_cache(maxsize=4096)
def fills_field(statement: str, language: Language) -> tuple[str, int]:
    """Return the field that a statement fills in ("Base year: ...") and where its answer begins, or ("", 0).

    The name may say more: "Sectors of the contribution: ...".
    """
    hits = _own_index(language, ("statement_field",)).find(statement[:_LONGEST_LABEL])
    field = next((h for h in hits if h.start <= _OPENING), None)
    label = (_COLON.match(statement, field.end) or _LABEL.match(statement)) if field else None
    return (statement[: label.end()].rstrip(" :："), label.end()) if label else ("", 0)


@lru_cache(maxsize=4096)
def names_field(label: str, language: Language) -> bool:
    """Tell whether a heading or the label of a row is the name of a field: "4. Base year", "Scope and coverage".

    A bare "Sectors" is none: measures stand below it, sector by sector.
    """
    name = label[opening_of(label, language) :].strip(" .:：")
    if not any(map(str.isspace, name)) and lists_sectors(name, language):
        return False
    hits = _own_index(language, ("statement_field",)).find(name[:_LONGEST_HEADING])
    covered = sum(h.end - h.start for h in hits)
    return bool(hits) and hits[0].start <= _OPENING and covered >= _FIELD_SHARE * len(name)


@lru_cache(maxsize=4096)
def points_ahead(statement: str, language: Language) -> str:
    """Return the words by which a statement points to what follows it ("the following actions"), or "".

    Behind a colon the statement itself tells what follows.
    """
    hits = _own_index(language, ("statement_ahead", "statement_later")).find(statement)
    ahead = next((h for h in hits if h.id == "statement_ahead"), None)
    if ahead is None or any(colon in statement[ahead.end :] for colon in ":："):
        return ""
    return statement[ahead.start : ahead.end]


@lru_cache(maxsize=4096)
def harm_told(text: str, language: Language) -> tuple[int, int] | None:
    """Return where a text first tells of something feared ("decline in yields"), as (start, end), or None."""
    hit = next(iter(_own_index(language, ("statement_harm",)).find(text)), None)
    return (hit.start, hit.end) if hit else None


@lru_cache(maxsize=4096)
def effect_told(text: str, language: Language) -> tuple[int, int]:
    """Return where a main clause has a verb of effect ("will reduce"), as (start, end), or 0, 0; none in brackets."""
    hits = _own_index(language, ("statement_effect", "statement_subordinate")).find(text.partition("(")[0])
    first = next(iter(hits), None)
    return (first.start, first.end) if first and first.id == "statement_effect" else (0, 0)


@lru_cache(maxsize=4096)
def named_item(text: str, language: Language) -> str:
    """Return the name by which a text announces itself ("Strategy 12: ", "Key actions in forestry: "), or nothing."""
    index = _own_index(language, ("heading_promises", "head_promises"))
    label = _LABEL.match(text)
    if label and label.end() < len(text) and index.find(label[0]) and not narrative_words(label[0], language)[1]:
        return label[0]
    return _numbered(text, language, _OPENING)


@lru_cache(maxsize=4096)
def name_at_end(text: str, language: Language) -> str:
    """Return the numbered name of an item with which a text ends ("... Target 9. "), or nothing."""
    for hit in _own_index(language, ("heading_promises", "head_promises")).find(text):
        number = _LABEL_NUMBER.match(text, hit.end)
        if number and number.end() == len(text) and _OPENS_NAME.search(text[: hit.start]):
            return text[hit.start :]
    return ""


def _numbered(text: str, language: Language, reach: int) -> str:
    """Return the numbered name of an item with which a text begins, within so many characters, or ""."""
    # A numbered programme is an item; as a heading it may tell of what runs already.
    names = ("heading_promises", "head_promises", *(("item_names",) if reach == _OPENING else ()))
    index = _own_index(language, names)
    for hit in index.find(text[:_LONGEST_LABEL]):
        if hit.start <= reach and (number := _LABEL_NUMBER.match(text, hit.end)):
            return text[: number.end()]
    return ""


def opening_of(text: str, language: Language) -> int:
    """Return where the words of a statement begin, behind the number or name of an item."""
    if name := named_item(text, language):
        return len(name)
    number = _ENUMERATOR.match(text)
    return number.end() if number else 0


@lru_cache(maxsize=4096)
def narrative_words(sentence: str, language: Language) -> tuple[str, str]:
    """Return the word by which a sentence points back to what was said, and the first by which it describes; or ""."""
    opening = next((h for h in _own_index(language, ("statement_opening",)).find(sentence[:_LONGEST_HEADING])), None)
    points_back = sentence[opening.start : opening.end] if opening and opening.start <= _OPENING else ""
    hits = _own_index(language, ("statement_description", "statement_duty", "statement_subordinate")).find(sentence)
    # What a subordinate clause describes is not the statement.
    main = takewhile(lambda h: h.id != "statement_subordinate" or h.start <= _OPENING, hits)
    describes = next((sentence[h.start : h.end] for h in main if h.id == "statement_description"), "")
    return points_back, describes


def subordinate_words(sentence: str, language: Language) -> tuple[int, ...]:
    """Return where words that open a subordinate clause stand in a sentence, as characters of it."""
    return tuple(hit.start for hit in _own_index(language, ("statement_subordinate",)).find(sentence))


@lru_cache(maxsize=4096)
def tells_state(words: str, language: Language) -> bool:
    """Tell whether words of description say in which state something is ("are"), not what it contains or needs."""
    return any(h.start == 0 and h.end == len(words) for h in _own_index(language, ("statement_state",)).find(words))


@lru_cache(maxsize=4096)
def speaks_of_text(sentence: str, language: Language) -> str:
    """Return the words by which a sentence speaks of the document itself ("this summary", "not quantified"), or ""."""
    return next((sentence[h.start : h.end] for h in _own_index(language, ("statement_text",)).find(sentence)), "")


@cache
def _text_index(language: Language) -> TermIndex:
    lists = per_language("cues", language)
    return TermIndex(
        ((name, label) for name, labels in lists.items() if name not in APART for label in labels), language
    )


@cache
def _own_index(language: Language, names: tuple[str, ...]) -> TermIndex:
    lists = per_language("cues", language)
    return TermIndex(((name, label) for name in names for label in lists[name]), language)
