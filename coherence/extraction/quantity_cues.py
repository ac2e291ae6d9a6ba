"""Words around quantities: qualifiers, ranges, directions of change; compiled once per language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.numeric_folding import fold_form
from coherence.extraction.numeric_vocabulary import LETTER, cue_after, cue_before, form_pattern, number_words

if TYPE_CHECKING:
    from coherence.extraction.quantity_mentions import Qualifier
    from coherence.vocabulary import Language

__all__ = ["Cues", "cues"]

_REACH = 60
_QUALIFIERS: tuple[Qualifier, ...] = ("at_least", "up_to", "approx")


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue patterns of one language."""

    before: dict[Qualifier, re.Pattern[str]]
    after: dict[Qualifier, re.Pattern[str]]
    spatial: frozenset[str]
    between: re.Pattern[str]
    between_and: re.Pattern[str]
    from_: re.Pattern[str]
    to_between: re.Pattern[str]
    to_before: re.Pattern[str]
    range_from: re.Pattern[str]
    origin: re.Pattern[str]
    change_up: re.Pattern[str]
    change_down: re.Pattern[str]
    list_and: re.Pattern[str]
    infix: re.Pattern[str]

    def qualifier(self, lower: str, start: int, end: int, *, extent: bool) -> Qualifier:
        """Return the qualifier of the quantity at ``start``..``end``; ``extent`` says that it is an area or length."""
        found: tuple[int, Qualifier] | None = None
        for name, pattern in self.before.items():
            hit = pattern.search(lower, max(0, start - _REACH), start)
            if hit is None or (extent and hit["cue"] in self.spatial):
                continue
            if found is None or hit.start() < found[0]:
                found = hit.start(), name
        if found is not None:
            return found[1]
        if self.infix.search(lower, start, end):
            return "at_least"
        return next((name for name, pattern in self.after.items() if pattern.match(lower, end)), "exact")


def _exactly(forms: tuple[str, ...], bridges: tuple[str, ...] = ()) -> re.Pattern[str]:
    parts = sorted({fold_form(form).lower() for form in forms}, key=lambda form: (-len(form), form))
    body = "|".join(form_pattern(part) for part in parts) or "(?!)"
    extra = "|".join(form_pattern(fold_form(word).lower()) for word in sorted(bridges, key=lambda w: (-len(w), w))) or "(?!)"
    return re.compile(rf"[\s,(]{{0,3}}(?:{body})\s{{0,2}}(?:(?:{extra})\s{{1,2}})?\Z")


def _anywhere(forms: tuple[str, ...], language: Language) -> re.Pattern[str]:
    body = "|".join(form_pattern(fold_form(form).lower()) for form in forms) or "(?!)"
    return re.compile(body if language == "zh" else rf"(?<!{LETTER})(?:ال|و|ب|ل)?(?:{body})(?!{LETTER})")


@cache
def cues(language: Language) -> Cues:
    """Return the cue patterns of a language; raises VocabularyError."""
    lists = number_words(language).lists
    bridges = lists["bridges"]
    approximate = lists["approx"]
    return Cues(
        before={name: cue_before(lists[name], bridges=bridges) for name in _QUALIFIERS},
        after={name: cue_after(lists[f"{name}_after"]) for name in _QUALIFIERS},
        spatial=frozenset(fold_form(word).lower() for word in lists["spatial"]),
        between=cue_before(lists["between"], bridges=approximate),
        between_and=_exactly(lists["between_and"]),
        from_=cue_before(lists["from"], bridges=(*approximate, *bridges)),
        to_between=_exactly(lists["to"], (*approximate, *bridges)),
        to_before=cue_before(lists["to"], bridges=(*approximate, *bridges)),
        range_from=cue_before(lists["range_from"], bridges=approximate),
        origin=cue_before(lists["origin"], bridges=bridges),
        change_up=_anywhere(lists["raise"], language),
        change_down=_anywhere(lists["cut"], language),
        list_and=_exactly((*lists["between_and"], ",", ", and", "، و", "、")),
        infix=number_words(language).infix,
    )
