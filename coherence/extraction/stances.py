"""What a document says once of the condition of many promises: of all, of a part, of a table, of the rows below."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coherence.extraction.condition_words import Component, component_of, condition_words
from coherence.extraction.conditions_nearby import conditions_of_passages, conditions_of_sentences, tables_named
from coherence.extraction.context import CONDITIONS, FROM_DOCUMENT, Mention, condition_step, cues_of
from coherence.extraction.segmentation import clause_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coherence.models import TraceStep

__all__ = ["Stances", "stances_of"]

_LONGEST_DIVISION = 80
"""Characters of a list item that divides a document as a heading does ("2015-2030, own effort")."""
_LONGEST_LABEL = 40
"""Characters of a row's label that keeps promises of different conditions apart."""

Scope = Component | None
"""The part that a stance holds for; None for the whole document."""


@dataclass(frozen=True, slots=True)
class Stances:
    """Conditions said once for many, each with the words that say so.

    ``sentences`` by (id of the passage, start of the sentence), ``passages`` by id of the passage.
    """

    parts: Mapping[Scope, TraceStep] = field(default_factory=dict)
    sentences: Mapping[tuple[int, int], TraceStep] = field(default_factory=dict)
    passages: Mapping[int, TraceStep] = field(default_factory=dict)

    def of_part(self, mention: Mention) -> TraceStep | None:
        """Return what is said of the part that the mention stands in, else of the whole."""
        component = component_of(mention.text, mention.context, mention.language)
        return (self.parts.get(component) if component else None) or self.parts.get(None)


def stances_of(mentions: Sequence[Mention]) -> Stances:
    """Return the conditions that a document sets for more than one sentence; mentions come in document order."""
    return Stances(_stances_of_parts(mentions), conditions_of_sentences(mentions), conditions_of_passages(mentions))


def _stances_of_parts(mentions: Sequence[Mention]) -> dict[Scope, TraceStep]:
    """Return the condition of each part; none where several are set or headings keep promises of both kinds apart."""
    found: dict[Scope, dict[str, TraceStep]] = defaultdict(dict)
    for mention in mentions:
        for scope, value in _set_by(mention):
            found[scope].setdefault(value, condition_step(value, FROM_DOCUMENT.rstrip(": "), mention.text))
    apart = _kept_apart(mentions)
    return {
        scope: next(iter(said.values()))
        for scope, said in found.items()
        if len(said) == 1 and not apart[scope] - set(said)
    }


def _set_by(mention: Mention) -> Iterator[tuple[Scope, str]]:
    """Yield (part, condition) that a sentence sets: it names the measures of a part as a whole, and a condition."""
    if (mention.in_table and not _names_the_contribution(mention)) or any(tables_named(mention.text)):
        return
    breaks = tuple(cue.start for cue in mention.cues if cue.cue == "terminator")
    for low, high in clause_spans(mention.passage.text, mention.start, mention.end, breaks):
        said = {cue.cue for cue in mention.cues if low <= cue.start < high} & CONDITIONS
        words = condition_words(mention.passage.text[low:high], mention.language)
        value = next(iter(said), "")
        if len(said) == 1 and ("condition" in words or ("demand" in words and value == "conditional")):
            yield from ((scope, value) for scope in _scopes(words, mention))


def _names_the_contribution(mention: Mention) -> bool:
    """Tell whether a row says what kind of contribution it is: "Type of contribution | Conditional on support"."""
    return any("whole" in condition_words(label, mention.language) for label in mention.context.labels[:1])


def _scopes(words: frozenset[str], mention: Mention) -> tuple[Scope, ...]:
    if mention.in_table:
        return (component_of("", mention.context, mention.language),)
    parts = words & {"adaptation", "mitigation"}
    if "whole" in words or len(parts) > 1:
        return (None,)
    if "adaptation" in parts:
        return ("adaptation",)
    if "mitigation" in parts:
        return ("mitigation",)
    # "The actions are subject to support" speaks of the part it names, or under whose heading it stands.
    if "measures" in words and len(words & {"heading_adaptation", "heading_mitigation"}) > 1:
        return (None,)
    component = component_of(mention.text, mention.context, mention.language)
    return (component,) if component and {"measures", "condition"} <= words else ()


def _kept_apart(mentions: Iterable[Mention]) -> dict[Scope, set[str]]:
    """Return the conditions by which headings, column heads, labels and short items divide each part, and the whole."""
    apart: dict[Scope, set[str]] = defaultdict(set)
    for mention in mentions:
        context = mention.context
        texts = [*context.headings, *context.heads, *context.bands]
        texts += [label for label in context.labels if len(label) <= _LONGEST_LABEL]
        said = {cue.cue for text in texts for cue in cues_of(text, mention.language)}
        if mention.passage.kind == "list_item" and len(mention.text) <= _LONGEST_DIVISION:
            said |= mention.cue_classes()
        if said & CONDITIONS:
            for scope in (None, component_of(mention.text, context, mention.language)):
                apart[scope] |= said & CONDITIONS
    return apart
