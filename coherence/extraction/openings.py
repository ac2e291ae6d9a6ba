"""What a statement opens with, and which words of the past tell of its object only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coherence.extraction.cues import opening_of, subordinate_words
from coherence.extraction.theme_lexicon import find_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.extraction.cues import CueHit
    from coherence.vocabulary import Language

__all__ = ["ARTICLE", "cues_of_promise", "leading_action"]

_LEADING = 12
"""Characters within which a statement that opens with its verb or verbal noun has it."""
ARTICLE = 4
"""Characters of an article before the action that an item opens with."""
_TOPIC = re.compile(r"[^.:：;!?()\d]{3,40}[:：]\s*")
"""The topic of a measure before it."""
_COMMA = re.compile(r"[,،，]")
_PROMISES = frozenset({"future"})


def leading_action(text: str, language: Language, within: int = _LEADING) -> str:
    """Return the action that a statement opens with, ``within`` so many characters, "" for none.

    Its topic may stand before: "Energy: replace ...".
    """
    begin = opening_of(text, language)
    topic = _TOPIC.match(text, begin)
    actions = find_words(text, language).actions
    for place in (begin, topic.end()) if topic else (begin,):
        opening = next((hit for hit in actions if hit.start >= place), None)
        if opening and opening.start - place <= within:
            return text[opening.start : opening.end]
    return ""


def cues_of_promise(
    text: str, start: int, end: int, cues: Sequence[CueHit], language: Language, *, figure: int | None
) -> tuple[CueHit, ...]:
    """Return the cues of the sentence ``text[start:end]`` without those of the past in a clause about its object.

    "Breed from varieties that were lost elsewhere", "intends to plant beyond the area which was agreed": what is
    promised is said before. A ``figure`` at this offset is promised by a word of intention only, and one that stands
    behind the word of the past is of the past.
    """
    if not any(cue.cue == "past" for cue in cues):
        return tuple(cues)
    sentence = text[start:end]
    promised = [cue.end - start for cue in cues if cue.cue in _PROMISES]
    if figure is None and leading_action(sentence, language):
        promised.append(0)
    apart = set(_of_object(sentence, start, cues, min(promised, default=end), language))
    return tuple(cue for cue in cues if cue not in apart or (figure is not None and figure > cue.start))


def _of_object(sentence: str, start: int, cues: Sequence[CueHit], opened: int, language: Language) -> Iterator[CueHit]:
    openings = [at for at in subordinate_words(sentence, language) if at > opened]
    for cue in cues:
        at = cue.start - start
        nearest = max((opening for opening in openings if opening < at), default=None)
        # A comma may end the clause.
        if cue.cue == "past" and nearest is not None and not _COMMA.search(sentence, nearest, at):
            yield cue
