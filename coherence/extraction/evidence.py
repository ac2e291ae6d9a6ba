"""What speaks for and against a mention being a promise, and the verdict.

Each piece of evidence is named, its weight stands in rules/vocabulary/decision.yaml; the weighted sum on the
logistic scale is the confidence. The words behind each piece are kept, so that the verdict can be traced.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from coherence.extraction.concepts import Concepts
from coherence.extraction.context import Mention, cues_of
from coherence.extraction.cues import CueHit, classes_of_heading, is_total
from coherence.extraction.theme_lexicon import find_words
from coherence.vocabulary import term_list

__all__ = ["Evidence", "Verdict", "evidence_for", "judge"]

_NEAR = 60
"""Characters before a number in which a baseline cue governs it."""
_CURRENCY_LENGTH = 3
_LEADING = 12
"""Characters within which a statement that opens with its verb or verbal noun has it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence and the words it rests on."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probability that a mention is a promise, and what decided, strongest first."""

    confidence: float
    weighed: tuple[tuple[Evidence, float], ...]
    accepted: bool


def judge(evidence: tuple[Evidence, ...], scale: str) -> Verdict:
    """Weigh evidence on a scale of rules/vocabulary/decision.yaml: ``prose``, ``cell`` or ``unquantified``."""
    weights, bias, threshold = _scale(scale)
    weighed = [(piece, weights[piece.name]) for piece in evidence if weights.get(piece.name)]
    total = bias + sum(weight for _, weight in weighed)
    confidence = round(1 / (1 + math.exp(-total)), 3)
    weighed.sort(key=lambda pair: (-abs(pair[1]), pair[0].name))
    return Verdict(confidence, tuple(weighed), confidence >= threshold)


@cache
def _caption_words() -> frozenset[str]:
    """Return the words that open a caption (Table, Figure), in all languages, lower case."""
    return frozenset(word.casefold() for words in term_list("layout")["captions"].values() for word in words)


@cache
def _scale(name: str) -> tuple[dict[str, float], float, float]:
    data = term_list("decision")[name]
    return data["weights"], data["bias"], data["threshold"]


def evidence_for(mention: Mention, concepts: Concepts, document_year: int | None) -> tuple[Evidence, ...]:
    """Return all evidence of a mention, each name at most once."""
    found: dict[str, Evidence] = {}
    sources = [_from_cues(mention), _from_years(mention, document_year), _from_context(mention), _from_form(mention, concepts)]
    if mention.in_table:
        sources.append(_from_table(mention, document_year))
    for source in sources:
        for piece in source:
            found.setdefault(piece.name, piece)
    return tuple(found.values())


def _from_cues(mention: Mention) -> Iterator[Evidence]:
    low, high = mention.clause
    for cue in mention.cues:
        yield Evidence(f"{cue.cue}_clause" if low <= cue.start < high else f"{cue.cue}_sentence", cue.words)
    if mention.quantity is None:
        return
    before = [cue for cue in mention.cues if low <= cue.start < mention.focus[0]]
    if before:
        nearest = max(before, key=lambda cue: cue.end)
        yield Evidence(f"nearest_{nearest.cue}", nearest.words)
    if mention.quantity.unit != "percent" and (cue := _governing_baseline(mention, before)) is not None:
        yield Evidence("measured_against", cue.words)


def _governing_baseline(mention: Mention, before: list[CueHit]) -> CueHit | None:
    """Return the cue that makes the figure the value compared with: it stands between the last figure and this one."""
    offset = mention.focus[0] - mention.quantity.start if mention.quantity else 0
    last = max((q.end + offset for q in mention.earlier), default=mention.clause[0])
    found = [c for c in before if c.cue in {"baseline", "bau"} and c.start >= last and mention.focus[0] - c.end <= _NEAR]
    return found[-1] if found else None


def _from_years(mention: Mention, document_year: int | None) -> Iterator[Evidence]:
    low, high = mention.clause
    for year in mention.years:
        where = "clause" if low <= year.start < high else "sentence"
        words = str(year.end_year or year.year)
        latest = year.end_year or year.year
        if year.role in {"target", "period"} and (document_year is None or latest > document_year):
            yield Evidence(f"future_year_{where}", words)
        elif year.role == "plain" and document_year is not None and latest > document_year:
            yield Evidence(f"future_year_{where}", words)
        elif year.role == "baseline":
            yield Evidence(f"baseline_year_{where}", words)
        elif document_year is not None and latest <= document_year:
            yield Evidence(f"past_year_{where}", words)


def _from_context(mention: Mention) -> Iterator[Evidence]:
    for name in sorted(mention.heading_classes()):
        yield Evidence(f"heading_{name}", " > ".join(mention.context.headings[:2]))
    for where, text in (("lead_in", mention.context.lead_in), ("heading", (mention.context.headings or ("",))[0])):
        for cue in cues_of(text, mention.language) if text else ():
            yield Evidence(f"{cue.cue}_in_{where}", cue.words)
    if mention.context.lead_in:
        for name in sorted(classes_of_heading(mention.context.lead_in, mention.language, "heading")):
            yield Evidence(f"lead_in_{name}", mention.context.lead_in)
    condition = next((words for _, words in mention.context.inwards_out() if _says_condition(words, mention)), "")
    if condition:
        yield Evidence("condition_governs", condition)
    if mention.passage.kind == "list_item":
        yield Evidence("list_item", "list item")
    opening = mention.passage.text[:_LEADING].casefold().split()
    if opening and opening[0].strip(".:") in _caption_words() and any(c.isdigit() for c in mention.passage.text[: 2 * _LEADING]):
        yield Evidence("caption", mention.passage.text[:40])
    if mention.passage.kind == "footnote":
        yield Evidence("footnote", "footnote")


def _says_condition(text: str, mention: Mention) -> bool:
    return any(cue.cue in {"conditional", "unconditional"} for cue in cues_of(text, mention.language))


def _from_form(mention: Mention, concepts: Concepts) -> Iterator[Evidence]:
    if concepts.action is not None:
        yield Evidence("action", concepts.action)
    if concepts.themes:
        yield Evidence("theme", concepts.themes[0])
    quantity = mention.quantity
    if quantity is None:
        yield from _from_words(mention, concepts)
        return
    unit = "money" if _is_money(quantity.unit) else quantity.unit
    yield Evidence(f"unit_{unit}", quantity.text)
    if quantity.from_value is not None:
        yield Evidence("from_to", quantity.text)
    if quantity.per_year:
        yield Evidence("per_year", quantity.text)
    if quantity.qualifier != "exact":
        yield Evidence(f"qualifier_{quantity.qualifier}", quantity.text)
    head = mention.passage.text[max(mention.start, mention.focus[0] - 3) : mention.focus[0]]
    if "(" in head or "（" in head:
        yield Evidence("parenthesised", quantity.text)
    if quantity.unit == "percent" and any(_is_money(q.unit) for q in mention.earlier):
        yield Evidence("share_of_money", quantity.text)
    if quantity.kind != "plain":
        yield Evidence(f"kind_{quantity.kind}", quantity.text)
    if mention.earlier:
        yield Evidence("not_first", quantity.text)
    if any(q.unit == quantity.unit for q in mention.earlier):
        yield Evidence("unit_again", quantity.text)


def _from_words(mention: Mention, concepts: Concepts) -> Iterator[Evidence]:
    """Tell whether the statement itself, not what stands around it, names an action and a theme."""
    actions = find_words(mention.text, mention.language).actions
    if actions:
        yield Evidence("own_action", mention.text[actions[0].start : actions[0].end])
        if actions[0].start <= _LEADING:
            yield Evidence("leading_action", mention.text[actions[0].start : actions[0].end])
    own = next((words for field, _, words in concepts.because if field == "themes" and words in mention.text), "")
    if own:
        yield Evidence("own_theme", own)


def _is_money(unit: str) -> bool:
    return len(unit) == _CURRENCY_LENGTH and unit.isalpha() and unit.isupper()


def _from_table(mention: Mention, document_year: int | None) -> Iterator[Evidence]:
    context, language = mention.context, mention.language
    yield Evidence("table", "table row")
    for head in context.heads:
        classes = classes_of_heading(head, language, "head")
        for name in sorted(classes):
            yield Evidence(f"head_{name}", head)
    for head in context.table_heads:
        for name in sorted(classes_of_heading(head, language, "head") & {"target", "background", "need"}):
            yield Evidence(f"table_{name}", head)
    if mention.head_year is not None and document_year is not None:
        yield Evidence("head_year_future" if mention.head_year > document_year else "head_year_past", str(mention.head_year))
    if not context.heads:
        yield Evidence("no_head", "column without head")
    for label in context.labels[:1]:
        if is_total(label, language):
            yield Evidence("total_row", label)
        for name in sorted(classes_of_heading(label, language, "head") & {"target", "background"}):
            yield Evidence(f"label_{name}", label)
    for band in context.bands:
        for name in sorted(classes_of_heading(band, language, "heading") & {"target", "background"}):
            yield Evidence(f"band_{name}", band)
