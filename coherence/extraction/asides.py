"""What a document tells beside its promises: effects of the measures, methods, harm that is feared, forms, bodies.

The sections in which it stands and the words that tell it are in rules/vocabulary/cues, the weights in decision.yaml.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.bodies import find_bodies
from coherence.extraction.context import cues_of
from coherence.extraction.cues import (
    announces_effects,
    announces_method,
    classes_of_heading,
    effect_told,
    fills_field,
    harm_told,
    lists_sectors,
    names_field,
    opening_of,
    points_ahead,
)
from coherence.extraction.openings import leading_action
from coherence.extraction.theme_lexicon import find_words
from coherence.extraction.weighing import Evidence
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.context import Mention

__all__ = ["asides_of", "caption_words"]

_AHEAD = frozenset({"future", "aim"})
_FORWARD = frozenset({"future", "aim", "need", "conditional", "considered"})
"""Classes of cues with which a sentence before a list looks ahead."""
_OPENING = 2
"""Characters (a quotation mark) before the action with which the answer in a form begins."""
_ARTICLE = 6
"""Characters of an article before the name of a body."""
_PAUSE = re.compile(r"[,;:،؛，、：；]")
_SUBJECT = 24
"""Characters of a subject before the action in its name: "The full implementation of"."""
_FEWEST_LETTERS = 4
"""Letters of a word that says something; articles and most prepositions have fewer."""
_WORD = re.compile(r"[^\W\d_]+")
_MOSTLY = 0.6
"""Share of a statement's characters from which on it is a name and no more."""


@cache
def caption_words() -> frozenset[str]:
    """Return the words that open a caption (Table, Figure), in all languages, lower case."""
    return frozenset(word.casefold() for words in term_list("layout")["captions"].values() for word in words)


def asides_of(mention: Mention) -> Iterator[Evidence]:
    """Yield the signs that a statement stands or speaks beside the promises."""
    yield from _below(mention)
    if (harm := _harm(mention)) is not None:
        yield harm
    if mention.quantity is not None:
        return
    text, language = mention.text, mention.language
    if field := _field(mention):
        yield Evidence("fills_field", field)
    if name := _is_body(mention):
        yield Evidence("names_body", name)
    if _only_names(mention):
        yield Evidence("names_things", text)
    if words := _tells_effect(mention):
        yield Evidence("tells_effect", words)
    if words := _done(mention):
        yield Evidence("below_past", words)
    if words := points_ahead(text, language):
        yield Evidence("points_ahead", words)
    if reference := _reference().search(text):
        yield Evidence("refers_to_table", reference[0].strip())


def _field(mention: Mention) -> str:
    """Return the name of the field of a form that a statement fills in, by its label, its row or the heading above.

    "Financing: mobilise funds abroad" goes on with an action.
    """
    text, language = mention.text, mention.language
    actions = find_words(text, language).actions
    for begin in dict.fromkeys((0, opening_of(text, language))):
        name, length = fills_field(text[begin:], language)
        if name:
            acts = any(0 <= hit.start - begin - length <= _OPENING for hit in actions)
            return "" if acts else name
    labels = mention.context.labels[:1] if mention.in_table else mention.context.headings[:1]
    return next((label for label in labels if names_field(label, language)), "")


def _below(mention: Mention) -> Iterator[Evidence]:
    """Yield what the nearest heading or sentence before the list says that sets apart what stands below."""
    context, language = mention.context, mention.language
    if head := next((h for h in context.heads if "effects" in classes_of_heading(h, language, "heading")), ""):
        yield Evidence("below_effects", head)
        return
    if words := announces_effects(context.lead_in, language):
        yield Evidence("below_effects", words)
        return
    if words := announces_method(context.lead_in, language):
        yield Evidence("below_method", words)
        return
    if mention.quantity is None and (words := lists_sectors(context.lead_in, language)):
        yield Evidence("below_sectors", words)
    for text in (context.lead_in, *context.bands, context.caption, *(context.headings[:-1] or context.headings)):
        classes = classes_of_heading(text, language, "heading")
        if aside := sorted(classes & {"effects", "method"}):
            yield Evidence(f"below_{aside[0]}", text)
        elif "reference" in classes and not classes & {"promises", "target"}:
            yield Evidence("below_reference", text)
            return
        if classes & {"effects", "method", "promises", "target"}:
            return


def _harm(mention: Mention) -> Evidence | None:
    """Return the harm that a statement tells of, unless it says what is done about it.

    "Droughts will last longer" is harm; "Prevent a decline in yields" names the action first, "After a decline in
    yields, wells will be dug" promises behind a pause.
    """
    start, end = (mention.start, mention.end) if mention.quantity is None else mention.clause
    text = mention.passage.text[start:end]
    found = harm_told(text, mention.language)
    if found is None:
        return None
    label = max(text.rfind(colon, 0, found[0]) for colon in ":：")
    acts = any(label < hit.end <= found[0] for hit in find_words(text, mention.language).actions)
    promises = any(
        cue.cue in _AHEAD and cue.start - start >= found[1] and _PAUSE.search(text, found[1], cue.start - start)
        for cue in mention.cues
    )
    aims = any(cue.cue == "aim" and start <= cue.start < start + found[0] for cue in mention.cues)
    return None if acts or promises or aims else Evidence("harm", text[slice(*found)])


def _done(mention: Mention) -> str:
    """Return the word by which the sentence before a list tells that its items are done, "" where any promises.

    A law in force is an instrument all the same.
    """
    announced = cues_of(mention.context.lead_in, mention.language)
    if {cue.cue for cue in announced} & _FORWARD or mention.cue_classes() & (_AHEAD | {"instrument_words"}):
        return ""
    return next((cue.words for cue in announced if cue.cue == "past"), "")


def _is_body(mention: Mention) -> str:
    """Return the name of a body of which a statement consists, "" where it says more."""
    text = mention.text.rstrip(" .;,")
    bodies = find_words(text, mention.language).bodies
    if not bodies or bodies[0].start > _ARTICLE or mention.cue_classes() & _AHEAD:
        return ""
    name = next(iter(find_bodies(text, mention.language)), "")
    return name if len(name) >= _MOSTLY * len(text) else ""


def _only_names(mention: Mention) -> bool:
    """Tell whether a statement is made of names of land, water, species, sectors or places, and of no other word.

    "Springs and forests of Mount Oku" under "Priorities" says what matters, not what is done there.
    """
    text, language = mention.text, mention.language
    if language == "zh" or mention.years or mention.cue_classes():
        return False
    hits = find_words(text, language)
    if hits.actions or not hits.nested_objects:
        return False
    named = [(hit.start, hit.end) for hit in hits.nested_objects]
    return not any(
        len(word[0]) >= _FEWEST_LETTERS
        and not (word.start() > 0 and word[0][0].isupper())
        and not any(low <= word.start() and word.end() <= high for low, high in named)
        for word in _WORD.finditer(text)
    )


def _tells_effect(mention: Mention) -> str:
    """Return the verb by which a statement that opens with a measure tells what it brings about, "" for none.

    "The planting of belts will reduce dust" gives the reason for a measure; "The planting of belts will begin" does
    not.
    """
    text, language = mention.text, mention.language
    opening = leading_action(text, language, _SUBJECT)
    start, end = effect_told(text, language) if opening else (0, 0)
    return text[start:end] if text.find(opening) + len(opening) <= start else ""


@cache
def _reference() -> re.Pattern[str]:
    """Return what matches the words by which a statement ends on the table that tells more: "(Table 4)"."""
    words = "|".join(sorted(map(re.escape, caption_words()), key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{words})\s?[.:]?\s?\d{{1,2}}[^().;]{{0,20}}\)?[\s.;]*\Z", re.IGNORECASE)
