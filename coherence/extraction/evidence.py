"""What speaks for and against a mention being a promise.

Each piece of evidence is named and keeps the words behind it, so that the verdict can be traced.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coherence.extraction.asides import asides_of, caption_words
from coherence.extraction.concepts import find_concepts
from coherence.extraction.context import Mention, cues_of
from coherence.extraction.cues import (
    CueHit,
    classes_of_heading,
    is_total,
    names_means,
    narrative_words,
    says,
)
from coherence.extraction.fields import origin_years
from coherence.extraction.governing import verbs_of
from coherence.extraction.openings import ARTICLE, leading_action
from coherence.extraction.placement import announced_in_row, weigh_place
from coherence.extraction.theme_lexicon import action_classes, find_words
from coherence.extraction.weighing import Evidence
from coherence.vocabulary import is_currency, term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.concepts import Concepts
    from coherence.extraction.placement import Place

__all__ = ["evidence_for"]

_PERCENT = frozenset("%٪％")
_NEAR = 60
"""Characters before a number in which a baseline cue governs it."""
_ADJACENT = 12
"""Characters between "instead of" and the share it replaces; "below the 1990 level by 15 %" has more."""
_COMMAS = (",", "،", "，")
_BRACKET_REACH = 3
_NEXT = 25
"""Characters between "will" and the action that it promises."""
_ANNOUNCING = frozenset({"future_in_lead_in", "aim_in_lead_in", "lead_in_target"})
"""Evidence that lies in the sentence before a list."""
_FORWARD = frozenset({"future", "aim", "need", "conditional"})
"""Classes of cues that look ahead."""
_AHEAD = frozenset({"future", "aim", "considered", "conditional", "unconditional", "task"})
"""Classes of cues with which a sentence does more than describe."""
_CAPTION_OPENING = 12
"""Characters within which a caption has its word and, in twice as many, its number."""


@cache
def _plan_parts() -> frozenset[str]:
    return frozenset(term_list("units")["plan_parts"])


def evidence_for(
    mention: Mention, concepts: Concepts, document_year: int | None, place: Place | None = None
) -> tuple[Evidence, ...]:
    """Return all evidence of a mention, each name at most once; ``place`` is that of a statement without a figure."""
    found: dict[str, Evidence] = {}
    sources = [
        _from_cues(mention),
        _from_years(mention, document_year),
        _from_context(mention),
        asides_of(mention),
        _from_form(mention, concepts),
    ]
    if mention.in_table:
        sources.append(_from_table(mention, document_year))
    for source in sources:
        for piece in source:
            found.setdefault(piece.name, piece)
    if found.keys() & {"leading_item", "leading_action"}:
        # "The following sectors: Reduce losses of power lines" tells the measures, sector by sector.
        found.pop("below_sectors", None)
    if place is not None:
        weigh_place(found, mention, concepts, place)
    if "only_past" in found and not found.keys() & {"future_year_clause", "future_year_sentence"}:
        # What a list is announced as does not make a promise of an item that tells what was done.
        return tuple(piece for name, piece in found.items() if name not in _ANNOUNCING)
    return tuple(found.values())


def _from_cues(mention: Mention) -> Iterator[Evidence]:
    low, high = mention.clause
    cues = _telling_cues(mention)
    for cue in cues:
        yield Evidence(f"{cue.cue}_clause" if low <= cue.start < high else f"{cue.cue}_sentence", cue.words)
    if mention.quantity is None:
        return
    before = [cue for cue in _cues_before(mention) if cue in cues]
    if before:
        nearest = max(before, key=lambda cue: cue.end)
        yield Evidence(f"nearest_{nearest.cue}", nearest.words)
    inside = {cue.cue for cue in mention.cues if low <= cue.start < high}
    if "past" in inside and not inside & _FORWARD:
        yield Evidence("only_past", next(cue.words for cue in mention.cues if cue.cue == "past"))
    if _needs_money(mention):
        yield Evidence("needs_money", next(cue.words for cue in mention.cues if cue.cue == "need"))
    against = _governing_baseline(mention)
    if against is not None and (mention.quantity.unit != "percent" or mention.focus[0] - against.end <= _ADJACENT):
        yield Evidence("measured_against", against.words)


def _needs_money(mention: Mention) -> bool:
    inside = mention.cue_classes(clause=True)
    amount = mention.quantity is not None and is_currency(mention.quantity.unit)
    return amount and "need" in inside and "past" not in inside


def _telling_cues(mention: Mention) -> list[CueHit]:
    """Return the cues but for what gives an amount, and those of others with whom the country will do it.

    "The cost of planting is estimated at USD 3 million" tells a need, "A cut in losses, estimated at 200 t" the amount
    of a measure; "will invest USD 3 million with the European Union" speaks of the country.
    """
    needed = _needs_money(mention)
    future = any(cue.cue == "future" for cue in _cues_before(mention))

    def tells(cue: CueHit) -> bool:
        if cue.cue == "background" and says(cue.words, mention.language, "states_amount"):
            return not needed and not _in_apposition(cue, mention)
        return not (cue.cue == "other_actor" and future and _helps(cue, mention))

    return [cue for cue in mention.cues if tells(cue)]


def _in_apposition(cue: CueHit, mention: Mention) -> bool:
    """Tell whether words that give an amount stand behind a comma, beside a measure that opens the statement."""
    before = mention.passage.text[mention.start : cue.start].rstrip()
    measure = before.endswith(_COMMAS) and cue.end <= mention.focus[0]
    return measure and bool(leading_action(before, mention.language))


def _helps(cue: CueHit, mention: Mention) -> bool:
    """Tell whether others are named behind the figure as those with whom it is reached."""
    low = mention.focus[1]
    return cue.start >= low and says(mention.passage.text[low : cue.start], mention.language, "company")


def _cues_before(mention: Mention) -> list[CueHit]:
    return [cue for cue in mention.cues if mention.clause[0] <= cue.start < mention.focus[0]]


def _governing_baseline(mention: Mention) -> CueHit | None:
    """Return the cue that makes the figure the value compared with: it stands between the last figure and this one."""
    offset = mention.focus[0] - mention.quantity.start if mention.quantity else 0
    last = max((q.end + offset for q in mention.earlier), default=mention.clause[0])
    found = [
        c
        for c in _cues_before(mention)
        if c.cue in {"baseline", "bau"} and c.start >= last and mention.focus[0] - c.end <= _NEAR
    ]
    if not found or says(mention.passage.text[found[-1].end : mention.focus[0]], mention.language, "restates"):
        return None
    return found[-1]


def _from_years(mention: Mention, document_year: int | None) -> Iterator[Evidence]:
    low, high = mention.clause
    origins = origin_years(mention, document_year)
    for year in mention.years:
        where = "clause" if low <= year.start < high else "sentence"
        latest = year.end_year or year.year
        ahead = document_year is not None and latest > document_year
        if year.role == "baseline" or year in origins:
            yield Evidence(f"baseline_year_{where}", str(latest))
        elif year.role == "past":
            yield Evidence(f"past_year_{where}", str(latest))
        elif ahead or (document_year is None and year.role in {"target", "period"}):
            yield Evidence(f"future_year_{where}", str(latest))
        elif document_year is not None:
            yield Evidence(f"past_year_{where}", str(latest))


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
    if mention.passage.kind in {"list_item", "footnote"}:
        yield Evidence(mention.passage.kind, mention.passage.kind.replace("_", " "))
    if mention.text.rstrip().endswith((":", "：")) and not _tells_its_means(mention):
        yield Evidence("introduces", mention.text[-_NEAR:])
    if _is_caption(mention.passage.text):
        yield Evidence("caption", mention.passage.text[:_NEAR])


def _tells_its_means(mention: Mention) -> bool:
    """Tell whether an item is a measure whose means follow ("Protect the springs through:")."""
    item = mention.passage.kind == "list_item" and bool(leading_action(mention.text, mention.language))
    return item and bool(names_means(mention.text, mention.language))


def _is_caption(text: str) -> bool:
    opening = text[:_CAPTION_OPENING].casefold().split()
    return (
        bool(opening)
        and opening[0].strip(".:") in caption_words()
        and any(c.isdigit() for c in text[: 2 * _CAPTION_OPENING])
    )


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
    if not mention.bare and (opening := leading_action(mention.text, mention.language)):
        yield Evidence("leading_action", opening)
    before = mention.passage.text[max(mention.start, mention.focus[0] - _BRACKET_REACH) : mention.focus[0]]
    inside = mention.cue_classes(clause=True)
    signs = {
        f"unit_{'money' if is_currency(quantity.unit) else quantity.unit}": True,
        "from_to": quantity.from_value is not None and not inside & {"projection", "growth"},
        "per_year": quantity.per_year,
        f"qualifier_{quantity.qualifier}": quantity.qualifier != "exact",
        f"kind_{quantity.kind}": quantity.kind != "plain",
        "parenthesised": "(" in before or "（" in before,
        "share_of_money": quantity.unit == "percent" and any(is_currency(q.unit) for q in mention.earlier),
        "not_first": bool(mention.earlier),
        "definite": quantity.definite and quantity.unit == "count",
        "states_what_is": quantity.stated
        and not inside & {"future", "aim"}
        and not any(cue.cue == "background" and _in_apposition(cue, mention) for cue in mention.cues),
        "counts_plan_parts": quantity.unit == "count" and quantity.of in _plan_parts(),
        "unit_again": any(q.unit == quantity.unit for q in mention.earlier),
    }
    if mention.bare and any(cell.text.strip() in _PERCENT for cell in mention.passage.cells):
        # A share is told as such by a cell of units: it is the row's figure, not its part of a whole.
        signs.pop("unit_percent", None)
    yield from (Evidence(name, quantity.text) for name, holds in signs.items() if holds)
    yield from _reduction_against(mention)
    yield from _describes(mention)


def _describes(mention: Mention) -> Iterator[Evidence]:
    """Yield the word by which a clause with a figure tells what is, where nothing around it looks ahead."""
    amount = mention.quantity is not None and is_currency(mention.quantity.unit)
    if amount or mention.in_table or mention.passage.kind == "list_item":
        return
    ahead = mention.cue_classes() | {cue.cue for cue in cues_of(mention.context.lead_in, mention.language)}
    if ahead & _AHEAD or any(year.role in {"target", "period"} for year in mention.years):
        return
    # What follows a colon is listed, not said by the verb before it.
    text, (low, high) = mention.passage.text, mention.clause
    low = max(low, *(text.rfind(colon, low, mention.focus[0]) + 1 for colon in ":："))
    _, words = narrative_words(text[low:high], mention.language)
    if words:
        yield Evidence("describes", words)


def _reduction_against(mention: Mention) -> Iterator[Evidence]:
    """Yield a cut in emissions told against a base year or a scenario: the form of a mitigation target."""
    if mention.quantity is None or mention.quantity.unit not in {"percent", "tCO2e"}:
        return
    low, high = mention.clause
    if mention.quantity.unit != "percent" and _governing_baseline(mention) is not None:
        return
    against = [c.words for c in mention.cues if c.cue in {"baseline", "bau"} and low <= c.start < high]
    against += [str(year.year) for year in mention.years if year.role == "baseline" and low <= year.start < high]
    words = find_words(mention.clause_text, mention.language)
    reduces = next((hit for hit in words.actions if action_classes()[hit.id][0] == "reduce"), None)
    if against and reduces is not None and any(hit.id == "emissions" for hit in words.nested_objects):
        yield Evidence("reduction_against", against[0])


def _from_words(mention: Mention, concepts: Concepts) -> Iterator[Evidence]:
    """Tell whether the statement itself, not what stands around it, names an action and a theme."""
    actions = verbs_of(find_words(mention.text, mention.language))
    if actions:
        yield Evidence("own_action", mention.text[actions[0].start : actions[0].end])
    points_back, describes = narrative_words(mention.text, mention.language)
    # "This will reduce losses" does not open with its action: it tells the effect of what was said before.
    opening = "" if points_back else leading_action(mention.text, mention.language)
    if opening and actions:
        # A bullet that opens with its action is the usual form of a measure; other bullets list causes or impacts.
        listed = mention.listed and bool(leading_action(mention.text, mention.language, ARTICLE))
        item = mention.passage.kind == "list_item" or listed
        yield Evidence("leading_item" if item else "leading_action", opening)
    promises = [cue.end - mention.start for cue in mention.cues if cue.cue in {"future", "aim"}]
    promised = next((a for a in actions if any(0 <= a.start - end <= _NEXT for end in promises)), None)
    if promised is not None:
        yield Evidence("promised_action", mention.text[promised.start : promised.end])
    # "It is planned to dig wells" points back to nothing.
    if points_back and not any(cue.cue == "future" and cue.start == mention.start for cue in mention.cues):
        yield Evidence("points_back", points_back)
    if describes:
        yield Evidence("describes", describes)
    own = next((words for field, _, words in concepts.because if field == "themes" and words in mention.text), "")
    if own:
        yield Evidence("own_theme", own)


def _from_table(mention: Mention, document_year: int | None) -> Iterator[Evidence]:
    context, language = mention.context, mention.language
    yield Evidence("table", "table row")
    if not context.heads:
        yield Evidence("no_head", "column without head")
    if mention.head_year is not None and document_year is not None:
        tense = "future" if mention.head_year > document_year else "past"
        yield Evidence(f"head_year_{tense}", str(mention.head_year))
    if context.labels and is_total(context.labels[0], language):
        yield Evidence("total_row", context.labels[0])
    said = {"target", "background"}
    if (governing := _governing_action(mention)) is not None:
        yield governing
    if mention.bare and (announced := announced_in_row(mention)):
        yield Evidence("announced_row", announced)
    yield from _classified("head", context.heads, mention, "head", None)
    yield from _classified("table", context.table_heads, mention, "head", {*said, "need"})
    yield from _classified("label", context.labels[:1], mention, "head", said)
    if context.labels and "bau" in classes_of_heading(context.labels[0], language, "head"):
        yield Evidence("label_bau", context.labels[0])
    if context.caption and "background" in classes_of_heading(context.caption, language, "heading"):
        yield Evidence("caption_background", context.caption)
    yield from _classified("band", context.bands, mention, "heading", said)


def _governing_action(mention: Mention) -> Evidence | None:
    """Return what the nearest band, caption or heading says is done, year by year: "Reduction of emissions, %"."""
    context = mention.context
    if mention.head_year is None:
        return None
    text = next(filter(None, (*context.bands, context.caption, *context.headings[:1])), "")
    action = find_concepts(text, mention.language).action if text else None
    return None if action is None else Evidence("governing_action", action)


def _classified(
    name: str, texts: tuple[str, ...], mention: Mention, kind: str, wanted: set[str] | None
) -> Iterator[Evidence]:
    for text in texts:
        classes = classes_of_heading(text, mention.language, kind)
        yield from (
            Evidence(f"{name}_{each}", text) for each in sorted(classes if wanted is None else classes & wanted)
        )
