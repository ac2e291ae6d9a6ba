"""Words around quantities: qualifiers, ranges, directions of change; compiled once per language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.numeric_vocabulary import number_words
from coherence.extraction.vocabulary_forms import LETTER, CueBefore, any_of, cue_after, lower_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.extraction.quantity_mentions import Qualifier
    from coherence.vocabulary import Language

__all__ = ["Cues", "cues"]

_REACH = 60
_QUALIFIERS: tuple[Qualifier, ...] = ("at_least", "up_to", "approx")


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue patterns of one language."""

    before: CueBefore[Qualifier]
    after: dict[Qualifier, re.Pattern[str]]
    spatial: frozenset[str]
    between: CueBefore[bool]
    between_and: re.Pattern[str]
    from_: CueBefore[bool]
    to_between: re.Pattern[str]
    to_before: CueBefore[bool]
    range_from: CueBefore[bool]
    origin: CueBefore[bool]
    change_up: re.Pattern[str]
    change_down: re.Pattern[str]
    list_and: re.Pattern[str]
    definite: CueBefore[bool]
    states: CueBefore[bool]
    infix: re.Pattern[str]
    likelihood: CueBefore[bool]
    likelihood_after: re.Pattern[str]
    gradient: CueBefore[bool]
    gradient_after: re.Pattern[str]

    def qualifier(self, lower: str, start: int, end: int, *, extent: bool) -> Qualifier:
        """Return the qualifier of the quantity at ``start``..``end``; ``extent`` says that it is an area or length."""
        begin = max(0, start - _REACH)
        while (found := self.before.search(lower, begin, start)) is not None:
            if not (extent and lower[found[0] : found[1]] in self.spatial):
                return found[2]
            begin = found[1]
        if self.infix.search(lower, start, end):
            return "at_least"
        return next((name for name, pattern in self.after.items() if pattern.match(lower, end)), "exact")


def _exactly(forms: Iterable[str], bridges: Iterable[str] = ()) -> re.Pattern[str]:
    return re.compile(rf"[\s,(]{{0,3}}(?:{any_of(forms, bounded=False)})\s{{0,2}}(?:(?:{any_of(bridges)})\s{{1,2}})?\Z")


def _anywhere(forms: Iterable[str], language: Language) -> re.Pattern[str]:
    body = any_of(forms)
    return re.compile(body if language == "zh" else rf"(?<!{LETTER})(?:ال|و|ب|ل)?(?:{body})")


@cache
def cues(language: Language) -> Cues:
    """Return the cue patterns of a language; raises VocabularyError."""
    lists = number_words(language).lists
    bridges, approximate = lists["bridges"], lists["approx"]
    han = language == "zh"

    def before(key: str, *between: str) -> CueBefore[bool]:
        return CueBefore.compile(dict.fromkeys(lists[key], True), bridges=between, han=han)

    qualifiers: dict[str, Qualifier] = {form: name for name in reversed(_QUALIFIERS) for form in lists[name]}
    return Cues(
        before=CueBefore.compile(qualifiers, bridges=bridges, han=han),
        after={name: cue_after(lists[f"{name}_after"]) for name in _QUALIFIERS},
        spatial=frozenset(lower_form(word) for word in lists["spatial"]),
        between=before("between", *approximate),
        between_and=_exactly(lists["between_and"]),
        from_=before("from", *approximate, *bridges),
        to_between=_exactly(lists["to"], (*approximate, *bridges)),
        # A bound may stand between: from about a quarter to less than 8 %.
        to_before=before("to", *approximate, *bridges, *lists["up_to"], *lists["at_least"]),
        range_from=before("range_from", *approximate),
        origin=before("origin", *bridges),
        change_up=_anywhere(lists["raise"], language),
        change_down=_anywhere(lists["cut"], language),
        list_and=_exactly((*lists["between_and"], ",", ", and", "، و", "、")),
        definite=before("definite"),
        states=before("states", *approximate, *bridges),
        infix=number_words(language).infix,
        likelihood=before("likelihood", *approximate, *bridges),
        likelihood_after=cue_after(lists["likelihood_after"]),
        gradient=before("gradient", *approximate, *bridges, *lists["at_least"], *lists["up_to"]),
        gradient_after=cue_after(lists["gradient_after"]),
    )
