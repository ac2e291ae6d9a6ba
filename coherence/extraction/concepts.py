"""What a promise is about: themes, ecosystems, response to land degradation, action, gender, indicator and bodies.

Every value comes with the words that decided it. The vocabulary is rules/vocabulary (themes, objects, actions,
features); a word alone rarely means a theme: "forest" means restoration, protection or planting by its verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.adjuncts import find_asides
from coherence.extraction.bodies import find_bodies
from coherence.extraction.governing import Governing, find_governing
from coherence.extraction.official_targets import mentions
from coherence.extraction.pairing import Pair, pair_actions
from coherence.extraction.theme_evidence import (
    FIRM,
    MOST_THEMES,
    Evidence,
    main_themes,
    ranked,
    themes_of_text,
)
from coherence.extraction.theme_lexicon import (
    LdnResponse,
    LexiconHits,
    action_classes,
    combinations_with,
    find_words,
    theme_entries,
)
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.extraction.lexicon import TermHit
    from coherence.vocabulary import Language

__all__ = ["Concepts", "find_concepts", "names_indicator"]

_FROM_CONTEXT = 3
_NAMED_BY_THEME = frozenset({"LDN"})
"""Land degradation neutrality is an instrument and a theme."""
_DEGRADED = frozenset({"degraded_land", "degraded_forest"})
_BETTERING = frozenset({"restore", "plant", "increase", "improve"})


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a text is about. ``because`` holds (field, value, words that decided)."""

    themes: tuple[str, ...] = ()
    main_themes: tuple[str, ...] = ()
    """Those of what the text acts on, not of what it names by the way."""
    ecosystems: tuple[str, ...] = ()
    ldn_response: LdnResponse | None = None
    action: str | None = None
    gender: bool = False
    indicator: bool = False
    bodies: tuple[str, ...] = ()
    because: tuple[tuple[str, str, str], ...] = ()


def find_concepts(text: str, language: Language, context: Sequence[str] = (), leading: int = 0) -> Concepts:
    """Return what one sentence or table row is about.

    ``context`` are the headings, table bands and row heads above it, outermost first; they speak only where the
    text itself names no theme of its own. ``leading`` are the characters of the text's most telling part, 0 for none
    in particular. At most four themes, what the text acts on first.
    """
    bodies = find_bodies(text, language)
    hits = _words_of(text, bodies, language)
    pairs = pair_actions(text, hits, language)
    asides = find_asides(text, hits)
    governing = find_governing(text, hits, asides, language)
    evidence = ranked(themes_of_text(text, hits, pairs, leading, governing))
    found, lender = _with_context(_worded(text, evidence), context, language)
    found = _of_its_sector(found, hits)
    themes = tuple(item.theme for item in found)
    response, response_words = _ldn_response((text, lender), themes, pairs, language)
    ecosystems = tuple(_ecosystems(hits))
    action = _action(found, pairs, hits, governing)
    because = [("themes", item.theme, item.words) for item in found]
    because += [("ecosystems", name, text[hit.start : hit.end]) for name, hit in ecosystems]
    if response:
        because.append(("ldn_response", response, response_words))
    if action and governing is not None:
        because.append(("action", action, " ".join(text[slice(*governing.told)].split())))
    flags = {name: _feature(text, hits, name) for name in ("gender", "indicator")}
    because += [(name, "true", words) for name, words in flags.items() if words]
    return Concepts(
        themes=themes,
        main_themes=main_themes(found),
        ecosystems=tuple(name for name, _ in ecosystems),
        ldn_response=response,
        action=action,
        gender=bool(flags["gender"]),
        indicator=bool(flags["indicator"]),
        bodies=bodies,
        because=tuple(because),
    )


@lru_cache(maxsize=4096)
def names_indicator(text: str, language: Language) -> bool:
    """Tell whether a text, such as a column head, names an indicator."""
    return bool(_feature(text, _words_of(text, find_bodies(text, language), language), "indicator"))


def _words_of(text: str, bodies: tuple[str, ...], language: Language) -> LexiconHits:
    """Return the words of the vocabulary outside the names of bodies: a ministry of environment says who acts."""
    return find_words(_blanked(text, bodies), language)


def _blanked(text: str, names: tuple[str, ...]) -> str:
    """Return the text with the names in it replaced by as many spaces, so that offsets hold."""
    for name in names:
        written = re.compile(r"\s+".join(map(re.escape, name.split())))
        text = written.sub(lambda found: " " * len(found[0]), text)
    return text


def _of_its_sector(found: tuple[Evidence, ...], hits: LexiconHits) -> tuple[Evidence, ...]:
    """Leave out the theme of the whole economy where the text speaks of one sector's share in it."""
    entries = theme_entries()
    sectors = {entries[item.theme].group for item in found if not entries[item.theme].broad and item.score >= FIRM}
    if not sectors or any(hit.id == "whole" for hit in hits.features):
        return found
    return tuple(item for item in found if not (entries[item.theme].whole and entries[item.theme].group in sectors))


def _with_context(
    own: tuple[Evidence, ...], context: Sequence[str], language: Language
) -> tuple[tuple[Evidence, ...], str]:
    """Return the text's themes with those that a heading lends where the text has none or only an object; and it."""
    specific = [item for item in own if not theme_entries()[item.theme].broad]
    if any(item.score >= FIRM for item in specific) or (specific and own[0].leads):
        return own, ""
    lent, lender = _themes_of_context(context, language)
    lent = tuple(replace(item, pair=None, lent=True) for item in lent)
    broad = [item for item in own if theme_entries()[item.theme].broad]
    # A bare object ranks after the heading that says what is done with it.
    ordered = [*lent, *specific, *broad] if specific else [*broad, *lent]
    first: dict[str, Evidence] = {}
    for item in ordered:
        first.setdefault(item.theme, item)
    return tuple(first.values())[:MOST_THEMES], lender


def _themes_of_context(context: Sequence[str], language: Language) -> tuple[tuple[Evidence, ...], str]:
    """Return the themes of the nearest heading that has a specific one, or else of the nearest that has any; and it."""
    fallback: tuple[tuple[Evidence, ...], str] = ((), "")
    for heading in reversed(context):
        # The title of a plan names every sentence's plan, not what the sentence is about.
        if mentions(heading, language) - _NAMED_BY_THEME:
            continue
        found = _themes_of_heading(heading, language)
        if any(not theme_entries()[item.theme].broad for item in found):
            return found[:_FROM_CONTEXT], heading
        fallback = fallback if fallback[0] else (found[:_FROM_CONTEXT], heading)
    return fallback


@lru_cache(maxsize=4096)
def _themes_of_heading(heading: str, language: Language) -> tuple[Evidence, ...]:
    hits = _words_of(heading, find_bodies(heading, language), language)
    return _worded(heading, ranked(themes_of_text(heading, hits, pair_actions(heading, hits, language))))


def _worded(text: str, found: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(replace(item, words=" ".join(text[item.start : item.end].split())) for item in found)


def _action(
    found: tuple[Evidence, ...], pairs: tuple[Pair, ...], hits: LexiconHits, governing: Governing | None
) -> str | None:
    """Return "verb object" of what governs the text, else the first theme's own action.

    A text without a verb takes no action from a heading: it describes.
    """
    classes = action_classes()
    if found and found[0].lent and found[0].pair is None and not _paired(found[0].theme, pairs):
        if not any(not classes[hit.id][1] for hit in hits.actions):
            return None
    elif not found and not pairs:
        return None
    if governing is not None and (found or governing.name):
        return governing.name or governing.name_with(found[0].theme)
    return (
        theme_entries()[found[0].theme].action
        if found
        else f"{pairs[0].action.id} {pairs[0].object.id}".replace("_", " ")
    )


def _paired(theme: str, pairs: tuple[Pair, ...]) -> bool:
    """Tell whether an action on a thing in the text means a theme."""
    classes = action_classes()
    return any(
        entry.id == theme
        for pair in pairs
        for entry, _ in combinations_with(pair.object.id, classes[pair.action.id][0])
    )


def _ldn_response(
    texts: tuple[str, ...], themes: tuple[str, ...], pairs: tuple[Pair, ...], language: Language
) -> tuple[LdnResponse | None, str]:
    """Return the response to land degradation and the words that say so: the text's, else what a theme implies.

    ``texts`` are the text itself and the heading that lent it a theme.
    """
    entries = [theme_entries()[theme] for theme in themes]
    if not any(entry.land for entry in entries):
        return None, ""
    names: tuple[LdnResponse, ...] = ("avoid", "reduce", "reverse")
    for text in filter(None, texts):
        for hit in find_words(text, language).features:
            for name in names:
                if hit.id == f"ldn_{name}":
                    return name, " ".join(text[hit.start : hit.end].split())
    for pair in pairs:
        # What makes degraded land better reverses degradation, whatever the theme usually does.
        if pair.object.id in _DEGRADED and action_classes()[pair.action.id][0] in _BETTERING:
            return "reverse", " ".join(texts[0][pair.start : pair.end].split())
    return next(((e.ldn_response, e.id) for e in entries if e.land and e.ldn_response), (None, ""))


def _ecosystems(hits: LexiconHits) -> Iterator[tuple[str, TermHit]]:
    """Yield each ecosystem named, with its first words."""
    seen: set[str] = set()
    for hit in hits.nested_objects:
        for name in _ecosystems_of(hit.id):
            if name not in seen:
                seen.add(name)
                yield name, hit


@cache
def _ecosystems_of(object_id: str) -> tuple[str, ...]:
    return tuple(name for name, data in term_list("ecosystems").items() if object_id in data["objects"])


def _feature(text: str, hits: LexiconHits, name: str) -> str:
    """Return the words that show a feature, or nothing."""
    against = {at for hit in hits.features if hit.id == f"{name}_negative" for at in range(hit.start, hit.end)}
    hit = next((hit for hit in hits.features if hit.id == name and hit.start not in against), None)
    return " ".join(text[hit.start : hit.end].split()) if hit else ""
