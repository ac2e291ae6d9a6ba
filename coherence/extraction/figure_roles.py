"""What a figure is to its measure: an amount done, what may remain of a loss, what is left to do, or a part.

"Cut the loss to 300 ha a year" promises no 300 hectares of work. Words stand in rules/vocabulary/figure_roles, those of
reducing and of levels in rules/vocabulary/numbers.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.cues import says
from coherence.extraction.lexicon import TermIndex
from coherence.extraction.numeric_folding import fold_text
from coherence.extraction.numeric_vocabulary import number_words
from coherence.extraction.quantity_cues import cues
from coherence.extraction.vocabulary_forms import CueBefore, lower_form
from coherence.vocabulary import per_language

if TYPE_CHECKING:
    from coherence.extraction.context import Mention
    from coherence.extraction.quantities import QuantityMention
    from coherence.model_basics import FigureRole
    from coherence.vocabulary import Language

__all__ = ["role_of"]

_LED, _LED_HAN = 90, 25
"""Characters between a verb of reducing and the level that it leads to."""
_BEFORE = 40
"""Characters before a figure in which the word that leads to it stands."""
_AROUND = 60
"""Characters about a figure in which what is lost is named."""
_STOPS = ";.；。；\t"


def role_of(mention: Mention) -> FigureRole:
    """Return what the figure of a mention is; ``amount`` where nothing says otherwise."""
    if mention.quantity is None:
        return "amount"
    before = _before(mention, mention.focus[0])
    if _remains(mention, mention.quantity, before):
        return "remains"
    roles: tuple[FigureRole, ...] = ("part", "rest")
    folded = fold_text(before[-_BEFORE:]).lower
    for role in roles:
        if _leading(role, mention.language).search(folded, 0, len(folded)) is not None:
            return role
    return "amount"


def _before(mention: Mention, end: int) -> str:
    """Return the words of the sentence before a place of the passage."""
    return mention.passage.text[mention.start : end]


def _remains(mention: Mention, quantity: QuantityMention, before: str) -> bool:
    """Tell whether the figure is what may remain: a falling level, the most that may be lost, or one told anew."""
    if _falls(quantity) or _is_level(before, mention.language):
        return True
    low, high = mention.focus
    around = mention.passage.text[max(mention.start, low - _AROUND) : min(mention.end, high + _AROUND)]
    if quantity.qualifier == "up_to" and _index("loss", mention.language).find(around):
        return True
    offset = low - quantity.start
    for other in mention.earlier[-1:]:
        between = mention.passage.text[other.end + offset : low]
        if says(between, mention.language, "restates") and len(between) <= _BEFORE:
            return _falls(other) or _is_level(_before(mention, other.start + offset), mention.language)
    return False


def _falls(quantity: QuantityMention) -> bool:
    value = quantity.high if quantity.value is None else quantity.value
    return quantity.from_value is not None and value is not None and value < quantity.from_value


def _is_level(before: str, language: Language) -> bool:
    """Tell whether a verb of reducing leads to the figure behind these words with one such as "to"."""
    words = cues(language)
    folded = fold_text(before).lower
    to = words.to_before.search(folded, max(0, len(folded) - _BEFORE), len(folded))
    if to is None or folded[to[0] : to[1]] in _no_level(language):
        return False
    if _leading("no_level", language).search(folded, max(0, to[0] - _BEFORE), to[0]) is not None:
        return False
    led = before[-(_LED_HAN if language == "zh" else _LED) :]
    led = led[max(led.rfind(stop) for stop in _STOPS) + 1 :]
    down = _index("down", language).find(led)
    if not down or _index("reckoned", language).find(led[down[-1].end :]):
        return False
    return words.change_up.search(fold_text(led[down[-1].end :]).lower) is None


@cache
def _no_level(language: Language) -> frozenset[str]:
    return frozenset(lower_form(word) for word in per_language("figure_roles", language)["no_level"])


@cache
def _leading(group: str, language: Language) -> CueBefore[bool]:
    lists = number_words(language).lists
    bridges = [*lists["approx"], *lists["bridges"], *lists["at_least"], *lists["up_to"]]
    forms = dict.fromkeys(per_language("figure_roles", language)[group], True)
    return CueBefore.compile(forms, bridges=bridges, han=language == "zh")


@cache
def _index(group: str, language: Language) -> TermIndex:
    return TermIndex(((group, label) for label in per_language("figure_roles", language)[group]), language)
