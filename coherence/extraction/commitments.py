"""Mentions → commitments: the verdict on each, and the fields of those that are promises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from coherence.extraction.attribution import attribution_of
from coherence.extraction.concepts import Concepts, find_concepts
from coherence.extraction.conditionality import conditionality_of
from coherence.extraction.cues import classes_of_heading, is_total, opening_of, says
from coherence.extraction.evidence import evidence_for
from coherence.extraction.fields import baseline_of, horizon_of, reference_year
from coherence.extraction.figure_roles import role_of
from coherence.extraction.official_targets import find_official_targets
from coherence.extraction.placement import Place, place_of, setting_of
from coherence.extraction.places import find_places, listed_places
from coherence.extraction.quotation import provenance_of, quotes_row
from coherence.extraction.row_statements import baseline_in_row, bodies_in_row, indicator_in_row
from coherence.extraction.theme_lexicon import find_words, theme_entries
from coherence.extraction.tracing import (
    baseline_step,
    concept_steps,
    horizon_steps,
    modality_step,
    quantity_steps,
    verdict_steps,
)
from coherence.extraction.weighing import Verdict, judge
from coherence.identifiers import content_id
from coherence.models import Baseline, Commitment, Document, OfficialLink, Quantity, TraceStep
from coherence.rejections import Rejection
from coherence.vocabulary import is_currency, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.extraction.context import Mention
    from coherence.extraction.fields import Defaults, Horizon

__all__ = ["Modality", "commitments_of", "rejections_of", "restated_in"]

Modality = Literal["committed", "planned", "considered", "achieved", "negated"]
_COMMA = re.compile(r"[,،，、]")
_SEMICOLON = re.compile(r"\s*[;；؛][\s,]*(?:(?:and|et|y|e|и)(?=[\s,]|\Z))?[\s,]*")
_FEWEST_LISTED = 3
"""Items between semicolons from which on a statement is a list."""
_FEWEST_WORDS = 4
"""An unquantified promise has at least this many words (four characters a word in Chinese)."""
_FEWEST_OF_ITEM = 3
"""Words of an item of a list of measures that names an action."""
_FEWEST_OF_ROW = 2
"""Words of the main cell of a row of a short plan."""


@dataclass(frozen=True, slots=True)
class _Judged:
    mention: Mention
    concepts: Concepts
    verdict: Verdict
    modality: Modality
    place: Place = field(default_factory=Place)


def commitments_of(
    document: Document, mentions: Iterable[Mention], defaults: Defaults, *, everything: bool
) -> Iterator[Commitment]:
    """Yield the commitments of a document's mentions, which come in document order.

    With ``everything``, statements of past achievement and negated ones are yielded too, marked as such.
    """
    for _, of_passage in groupby(mentions, key=lambda m: id(m.passage)):
        sentences = [list(group) for _, group in groupby(of_passage, key=lambda m: (m.start, m.end))]
        accepted = [j for group in sentences for j in _accepted(group, document, everything=everything)]
        in_table = [j.mention for j in accepted if j.mention.in_table and j.mention.quantity is not None]
        in_figures = any(map(_measures, in_table))
        in_words = any(j.mention.in_table and not quotes_row(j.mention) for j in accepted)
        for judged in accepted:
            # A row that promises in figures or sentences does not promise its label once more; the items of a list
            # are promises of their own, and the amount beside them is that of the programme.
            once_more = in_figures or (in_words and quotes_row(judged.mention))
            told = not once_more and (not in_table or _names_measure(judged.mention))
            if judged.mention.quantity is not None or judged.mention.listed or told:
                yield _commitment(document, judged, defaults)


def restated_in(document: Document, mentions: Iterable[Mention], defaults: Defaults) -> Iterator[Commitment]:
    """Yield the figures and aims that a document gives as those of another instrument, as ``restates`` tells.

    What the other one only reports is ``achieved``; what says nothing of a theme is left out.
    """
    sure: float = term_list("thresholds")["restated"]["confidence"]
    for mention in mentions:
        told = attribution_of(mention, document.instrument)
        if told is None:
            continue
        judged = _judge(mention, document)
        if not judged.concepts.themes:
            # "... plants 400 ha, whereas the strategy wants 900 ha": what the sentence is about is not said again.
            judged = replace(judged, concepts=find_concepts(mention.text, mention.language))
        if not judged.concepts.themes:
            continue
        wanted = told.planned or _wanted(judged, everything=False)
        modality: Modality = "planned" if wanted else "achieved"
        update = {"restates": told.instrument, "modality": modality, "confidence": sure}
        yield _commitment(document, judged, defaults).model_copy(update=update)


def _measures(mention: Mention) -> bool:
    """Tell whether the figure measures what is promised: what a measure costs leaves the measure to be told."""
    return mention.quantity is not None and not is_currency(mention.quantity.unit)


def _names_measure(mention: Mention) -> bool:
    """Tell whether a cell of a row of costs names what is done, not the sector or the total that is paid for."""
    return bool(find_words(mention.text, mention.language).actions) and not is_total(mention.text, mention.language)


def _accepted(sentence: list[Mention], document: Document, *, everything: bool) -> list[_Judged]:
    sentence = [mention for mention in sentence if attribution_of(mention, document.instrument) is None]
    if not sentence:
        return []
    accepted = [
        j for m in sentence if _may_promise(m, document) and _wanted(j := _judge(m, document), everything=everything)
    ]
    first = sentence[0]
    if len(accepted) == 1 and accepted[0].mention.quantity is None:
        return _items_of(accepted[0])
    if accepted or first.quantity is None or first.bare:
        return accepted
    extent = (first.start, first.end)
    whole = replace(first, quantity=None, focus=extent, clause=extent, earlier=())
    if not _may_promise(whole, document):
        return []
    judged = _judge(whole, document)
    return [judged] if _wanted(judged, everything=everything) else []


def _items_of(judged: _Judged) -> list[_Judged]:
    """Return the items of a statement that lists several between semicolons, where each names its own subject."""
    mention = judged.mention
    text = mention.passage.text
    stops = [m.span() for m in _SEMICOLON.finditer(text, mention.start, mention.end)]
    starts, ends = (mention.start, *(high for _, high in stops)), (*(low for low, _ in stops), mention.end)
    spans = [(low, high) for low, high in zip(starts, ends, strict=True) if text[low:high].strip()]
    if len(spans) < _FEWEST_LISTED or mention.in_table:
        return [judged]
    items = []
    for start, end in spans:
        part = replace(mention, start=start, end=end, clause=(start, end), focus=(start, end), next_start=None)
        concepts = find_concepts(part.text, part.language)
        if not concepts.themes or _words(part) < _FEWEST_OF_ITEM:
            return [judged]
        items.append(replace(judged, mention=part, concepts=concepts))
    return items


def _words(mention: Mention) -> float:
    return len(mention.text) / 4 if mention.language == "zh" else len(mention.text.split())


def _may_promise(mention: Mention, document: Document) -> bool:
    """Tell whether judging can end in a promise: without a figure a statement needs some words and an action or place.

    Judging takes most of extraction's time.
    """
    if mention.quantity is not None:
        return True
    words = _words(mention)
    if words < _FEWEST_OF_ROW:
        return False
    place = place_of(mention, setting_of(document))
    listed = bool(place.announced) and place.item
    acts = bool(find_words(mention.text, mention.language).actions)
    if words < _FEWEST_WORDS and not (
        (listed and acts and words >= _FEWEST_OF_ITEM) or (listed and place.dedicated and mention.in_table)
    ):
        return False
    return (acts or place.promising) and _modality(mention, place) != "achieved"


def _judge(mention: Mention, document: Document) -> _Judged:
    concepts = _with_money(_concepts(mention), mention)
    place = place_of(mention, setting_of(document)) if mention.quantity is None else None
    evidence = evidence_for(mention, concepts, reference_year(document), place)
    scale = "unquantified" if mention.quantity is None else "cell" if mention.bare else "prose"
    return _Judged(mention, concepts, judge(evidence, scale), _modality(mention, place), place or Place())


def _with_money(concepts: Concepts, mention: Mention) -> Concepts:
    """Return the concepts with the theme of money where the figure is an amount.

    It goes first where nothing else than broad themes is named, and last in a table, whose row says what is paid for.
    """
    if mention.quantity is None or not is_currency(mention.quantity.unit):
        return concepts
    entries = theme_entries()
    money = tuple(name for name, entry in entries.items() if entry.money)
    others = tuple(name for name in concepts.themes if name not in money)
    added = tuple(name for name in money if name not in concepts.themes)
    themes = concepts.themes + added
    if not mention.in_table and all(entries[name].broad for name in others):
        themes = money + others
    elif mention.in_table:
        themes = others + money
    because = tuple(("themes", name, mention.quantity.text) for name in added)
    mains = concepts.main_themes if themes[:1] == concepts.themes[:1] else themes[:1]
    return replace(concepts, themes=themes, main_themes=mains, because=concepts.because + because)


def _concepts(mention: Mention) -> Concepts:
    context = mention.context
    outermost_first = tuple(reversed(context.subject()))
    if mention.bare:
        around = (*outermost_first, *reversed(context.heads))
        named = find_concepts("; ".join(context.about), mention.language)
        told = context.about if named.themes else (*context.about, *context.listed)
        return find_concepts("; ".join(told), mention.language, around, leading=len(told[0]) if told else 0)
    item = _enumerated(mention)
    if item and (own := find_concepts(item, mention.language)).themes:
        return own
    if mention.quantity is None or mention.clause == (mention.start, mention.end):
        # A numbered item is not about what the item before it names.
        follows = mention.quantity is None and not mention.in_table and not opening_of(mention.text, mention.language)
        before = mention.passage.text[: mention.start] if follows else ""
        return find_concepts(mention.text, mention.language, (*outermost_first, *([before] if before else ())))
    return find_concepts(mention.clause_text, mention.language, (*outermost_first, mention.text))


def _acting(judged: _Judged) -> _Judged:
    """Return a statement of a table that names no action with that of its row."""
    mention, concepts = judged.mention, judged.concepts
    if concepts.action is not None or not mention.in_table:
        return judged
    row = find_concepts("; ".join(mention.context.about), mention.language)
    because = tuple(step for step in row.because if step[0] == "action")
    return replace(judged, concepts=replace(concepts, action=row.action, because=concepts.because + because))


def _enumerated(mention: Mention) -> str:
    """Return the figure's own item of an enumeration ("30,000 ha restored, 100,000 ha planted"), else nothing."""
    if mention.quantity is None or (not mention.earlier and mention.next_start is None):
        return ""
    offset = mention.focus[0] - mention.quantity.start
    low = max([mention.clause[0], *(q.end + offset for q in mention.earlier)])
    text = mention.passage.text
    if says(text[low : mention.focus[0]], mention.language, "restates"):
        # "5,000 ha of bare slopes, that is 40 % of them": one thing told twice.
        return ""
    closing = _COMMA.search(text, mention.focus[1], min(mention.next_start or mention.clause[1], mention.clause[1]))
    divided = _COMMA.search(text, low, mention.focus[0]) if mention.earlier else closing
    return text[low : closing.start() if closing else mention.clause[1]] if divided else ""


def _modality(mention: Mention, place: Place | None = None) -> Modality:
    classes = mention.cue_classes(clause=True)
    if "negated" in classes:
        return "negated"
    if "future" in classes:
        return "committed"
    dated = place is not None and place.promising and bool(place.deadline)
    if "past" in classes and "aim" not in classes and not dated:
        return "achieved"
    if "considered" in classes:
        return "considered"
    return "committed" if "aim" in classes else "planned"


def _wanted(judged: _Judged, *, everything: bool) -> bool:
    mention, verdict = judged.mention, judged.verdict
    if mention.quantity is None and not _is_measure(judged):
        return False
    if judged.modality in {"achieved", "negated"} and not verdict.accepted:
        return everything and bool(judged.concepts.themes) and (mention.quantity is not None)
    return verdict.accepted and (everything or judged.modality != "negated")


def _is_measure(judged: _Judged) -> bool:
    """Tell whether an unquantified statement says what will be done to what, or its place says that it promises."""
    names = {piece.name for piece, _ in judged.verdict.weighed}
    if names >= {"own_action", "own_theme"}:
        return True
    placed = bool(names & {"announced_item", "announced_text", "dedicated", "dedicated_text"})
    return placed and bool(names & {"own_theme", "lent_theme"})


def _commitment(document: Document, judged: _Judged, defaults: Defaults) -> Commitment:
    judged = _acting(judged)
    mention, concepts = judged.mention, judged.concepts
    horizon = horizon_of(mention, reference_year(document), defaults)
    conditionality, condition_trace = conditionality_of(mention, defaults.stances)
    quantities = _quantities(mention)
    provenance = provenance_of(document, mention)
    # An accepted statement in the past tense is a result the plan aims at ("se ha alcanzado … al 2030").
    modality: Modality = "committed" if judged.verdict.accepted and judged.modality == "achieved" else judged.modality
    baseline, told = _baseline(mention, document)
    place = (provenance.page, provenance.start, provenance.end, mention.focus)
    return Commitment(
        id=content_id("c", document.sha256, *place, _figure(quantities)),
        country=document.country, instrument=document.instrument, convention=document.convention,
        document=document.path, document_year=document.year, language=document.language, provenance=provenance,
        kind=_kind(mention, quantities, horizon, judged.place.announced), modality=modality,
        action=concepts.action, themes=concepts.themes, main_themes=concepts.main_themes,
        ecosystems=concepts.ecosystems, ldn_response=concepts.ldn_response, quantities=quantities,
        start_year=horizon.start_year, target_year=horizon.target_year, baseline=baseline,
        conditionality=conditionality, places=_places(mention, document.country),
        gender=concepts.gender, indicator=concepts.indicator or indicator_in_row(mention),
        bodies=bodies_in_row(mention) or concepts.bodies,
        official_links=_links(mention), confidence=judged.verdict.confidence,
        trace=(*_trace(judged, horizon), *told, *((condition_trace,) if condition_trace else ())),
    )  # fmt: skip


def _quantities(mention: Mention) -> tuple[Quantity, ...]:
    q = mention.quantity
    if q is None:
        return ()
    text = mention.passage.text[mention.focus[0] : mention.focus[1]]
    return (
        Quantity(
            value=q.value, low=q.low, high=q.high, from_value=q.from_value, unit=q.unit, of=q.of, per_year=q.per_year,
            qualifier=q.qualifier, role=role_of(mention), text=text,
        ),
    )  # fmt: skip


def _figure(quantities: tuple[Quantity, ...]) -> list[float | str | None]:
    return [part for q in quantities for part in (q.value, q.low, q.high, q.unit)]


def _kind(
    mention: Mention, quantities: tuple[Quantity, ...], horizon: Horizon, announced: str
) -> Literal["goal", "target", "measure", "instrument"]:
    if quantities:
        return "target" if horizon.target_year is not None else "measure"
    if horizon.because.startswith(("clause:", "sentence:")) and horizon.target_year is not None:
        return "target"
    if "aims" in classes_of_heading(announced, mention.language, "heading"):
        return "goal"
    classes = mention.cue_classes()
    if "instrument_words" in classes:
        return "instrument"
    return "goal" if "aim" in classes else "measure"


def _baseline(mention: Mention, document: Document) -> tuple[Baseline | None, tuple[TraceStep, ...]]:
    """Return what a change is measured against, by the words of the statement or else by a column of its row."""
    said = baseline_of(mention, reference_year(document))
    if said is not None:
        return said, (baseline_step(mention, said),)
    found = baseline_in_row(mention)
    if found is None:
        return None, ()
    value = str(found[0].year) if found[0].year is not None else found[1]
    return found[0], (TraceStep(field="baseline", value=value, because=f"column of baselines: {found[1]}"),)


def _places(mention: Mention, country: str | None) -> tuple[str, ...]:
    listed = [
        name
        for cell in mention.passage.cells
        if any("place" in classes_of_heading(head, mention.language, "head") for head in cell.heads)
        for name in listed_places(cell.text, mention.language)
    ]
    return tuple(dict.fromkeys([*find_places(mention.text, mention.language, country), *listed]))


def _links(mention: Mention) -> tuple[OfficialLink, ...]:
    found = {target: words for target, words, _, _ in find_official_targets(mention.text, mention.language)}
    return tuple(OfficialLink(target=target, made="stated", because=words) for target, words in sorted(found.items()))


def _trace(judged: _Judged, horizon: Horizon) -> Iterator[TraceStep]:
    mention = judged.mention
    for quantity in _quantities(mention):
        yield from quantity_steps(mention, quantity)
    yield from horizon_steps(horizon)
    yield modality_step(mention, judged.modality)
    yield from concept_steps(judged.concepts)
    yield from verdict_steps(judged.verdict)


def rejections_of(document: Document, mentions: Iterable[Mention]) -> Iterator[Rejection]:
    """Yield the figures that were weighed and not taken, in the order of the mentions."""
    for mention in mentions:
        if mention.quantity is None or _wanted(judged := _judge(mention, document), everything=False):
            continue
        verdict = judged.verdict
        (quantity,) = _quantities(mention)
        yield Rejection(
            document=document.path, provenance=provenance_of(document, mention), figure=quantity.text,
            quantity=quantity, reason="negated" if verdict.accepted else "weighed", confidence=verdict.confidence,
            threshold=verdict.threshold,
            trace=(
                *quantity_steps(mention, quantity), modality_step(mention, judged.modality),
                *concept_steps(judged.concepts), *verdict_steps(verdict),
            ),
        )  # fmt: skip
