"""What a statement's place says of it: an item under "National targets", a dated sentence of a list of targets.

A plan's targets often carry no verb of intention ("Reliable water for villages", "By 2030 wetlands are kept"): what
makes them promises is where they stand. The words of headings stand in rules/vocabulary/cues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.extraction.cues import (
    classes_of_heading,
    name_at_end,
    named_item,
    narrative_words,
    speaks_of_text,
    tells_state,
)
from coherence.extraction.openings import ARTICLE, leading_action
from coherence.extraction.weighing import Evidence
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coherence.extraction.concepts import Concepts
    from coherence.extraction.context import Mention
    from coherence.models import Cell, Document

__all__ = ["Place", "Setting", "announced_in_row", "place_of", "setting_of", "weigh_place"]

_AHEAD = frozenset({"future", "aim"})
_NO_PROMISE = frozenset({"background", "place", "object"})
"""What the head of a column says that holds no promises."""
_DEDICATED = "short plan or list of targets"
_LONGEST_NAME = 40
"""Characters of the name of an item before the item."""
_FEWEST_LETTERS = 8
"""Letters of a cell that may hold a promise (half as many in Chinese); a number of a target or "yes" has fewer."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document as a whole lends its statements.

    ``year`` is that before which nothing is promised; ``dedicated`` tells a short document that is a plan or a list
    of targets, in which nearly every item is one.
    """

    year: int | None = None
    plan: bool = False
    dedicated: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What the surroundings of one statement without a figure say; each text is empty where they say nothing.

    ``announced`` are the words that announce objectives or measures, ``deadline`` the year ahead that the statement
    sets, ``elsewhere`` those by which a heading turns to other documents, ``about_text`` those by which the statement
    speaks of the document itself. ``plan`` tells a plan or list of targets, ``dedicated`` a short one, ``numbered``
    that the statement bears the number of a target or measure.
    """

    announced: str = ""
    item: bool = False
    dedicated: bool = False
    plan: bool = False
    deadline: str = ""
    elsewhere: str = ""
    about_text: str = ""
    numbered: bool = False

    @property
    def promising(self) -> bool:
        """Whether the place, not the words of the statement alone, may make it a promise."""
        return bool(self.announced) or self.dedicated


def setting_of(document: Document) -> Setting:
    """Return what a document lends its statements."""
    instrument = term_list("instruments")[document.instrument]
    since: int | None = instrument.get("since")
    year = document.year if document.year is not None else since
    plan = bool(instrument.get("plan"))
    return Setting(year, plan, plan and _is_short(document))


def _is_short(document: Document) -> bool:
    limits = term_list("thresholds")["dedicated_document"]
    left: int = limits["han_characters" if document.language == "zh" else "characters"]
    for passage in document.passages:
        left -= len(passage.text)
        if left < 0:
            return False
    return True


def place_of(mention: Mention, setting: Setting) -> Place:
    """Return what the place of a statement says of it."""
    heading, classes = _governing(mention, titled=setting.dedicated)
    elsewhere = heading if classes & {"elsewhere", "background"} else ""
    about = speaks_of_text(mention.text, mention.language) if setting.plan else ""
    if elsewhere or _is_label(mention) or (mention.in_table and not _is_main_cell(mention)):
        return Place(elsewhere=heading if "elsewhere" in classes else "", about_text=about)
    name = named_item(mention.text, mention.language) or _name_before(mention)
    numbered = bool(name) and any(map(str.isdigit, name))
    name = name or (_announcing_head(mention) if mention.in_table else "")
    if name:
        heading, classes = name, frozenset({"promises"})
    item = mention.passage.kind == "list_item" or mention.in_table or bool(name)
    # Below the measures of a contribution sentences tell of much else; in a plan they tell of its measures.
    announced = heading if "promises" in classes and (item or setting.plan) else ""
    # "The sea level rises until 2100" sets no deadline; "All wetlands are kept until 2100" does.
    sets = bool(announced) or item or "future" in mention.cue_classes() or _tells_state(mention)
    deadline = _deadline(mention, setting) if sets else ""
    # A sentence whose figures are no promises describes, unless it stands among objectives or sets a year.
    telling = bool(announced) or not (mention.in_table or (mention.figures and not deadline))
    return Place(
        announced, item, setting.dedicated and telling, setting.plan, deadline, numbered=numbered,
        about_text="" if mention.cue_classes() & {"future"} else about,
    )  # fmt: skip


def _name_before(mention: Mention) -> str:
    """Return the numbered name that stands before a statement as a sentence of its own: "Target 9. Wells are dug"."""
    before = mention.passage.text[: mention.start]
    return name_at_end(before[-_LONGEST_NAME:], mention.language)


def _tells_state(mention: Mention) -> bool:
    _, described = narrative_words(mention.text, mention.language)
    return bool(described) and tells_state(described, mention.language)


def _governing(mention: Mention, *, titled: bool) -> tuple[str, frozenset[str]]:
    """Return the nearest governing text that tells whether it announces promises, and what it says.

    The title of a document speaks for the items of its lists only, and only where the document is ``titled`` so.
    """
    context = mention.context
    sections = context.headings[:-1] or context.headings
    by_title = titled and mention.passage.kind == "list_item"
    for text in (context.lead_in, *context.bands, context.caption, *(context.headings if by_title else sections)):
        telling = {"promises", "background"} if text is context.lead_in else {"promises", "background", "elsewhere"}
        found = classes_of_heading(text, mention.language, "heading") & telling
        if found:
            return text, found
    return "", frozenset()


def _is_label(mention: Mention) -> bool:
    """Tell whether a sentence is the name of what follows it in its passage: "2.4 Pollution. By 2022 ..."."""
    follows = mention.passage.text[mention.end :].strip()
    words = len(mention.text) / 2 if mention.language == "zh" else len(mention.text.split())
    fewest: int = term_list("thresholds")["label_words"]
    return (
        not mention.in_table
        and mention.start == 0
        and bool(follows)
        and words <= fewest
        and not mention.cue_classes() & _AHEAD
        and not mention.years
    )


def _is_main_cell(mention: Mention) -> bool:
    """Tell whether the cell holds what its row promises: the column of targets, else the longest text of the row."""
    fewest = _FEWEST_LETTERS // 2 if mention.language == "zh" else _FEWEST_LETTERS
    cells = [cell for cell in mention.passage.cells if sum(map(str.isalpha, cell.text)) >= fewest]
    own = next((cell for cell in cells if cell.start <= mention.start < cell.end), None)
    if own is None:
        return False
    if any(_announces(cell, mention) for cell in cells):
        return _announces(own, mention)
    return own is max(cells, key=lambda cell: len(cell.text)) and not _classes(own, mention) & _NO_PROMISE


def _announcing_head(mention: Mention) -> str:
    """Return the head of the cell's column where it announces targets or measures, and nothing of the past."""
    own = next((cell for cell in mention.passage.cells if cell.start <= mention.start < cell.end), None)
    told = own is not None and _announces(own, mention) and "background" not in _classes(own, mention)
    return " ".join(own.heads) if own is not None and told else ""


def announced_in_row(mention: Mention) -> str:
    """Return the head of the column that holds what a figure's row promises, "" for none.

    The figure stands in a column of its own ("Value", "Amount"), which says neither what it is nor of the past.
    """
    cells = mention.passage.cells
    own = next((cell for cell in cells if cell.start <= mention.focus[0] < cell.end), None)
    if own is None or not own.heads or _classes(own, mention):
        return ""
    return next((" ".join(c.heads) for c in cells if c is not own and c.text and _announces(c, mention)), "")


def _announces(cell: Cell, mention: Mention) -> bool:
    return "promises" in _classes(cell, mention)


def _classes(cell: Cell, mention: Mention) -> frozenset[str]:
    return frozenset().union(*(classes_of_heading(head, mention.language, "head") for head in cell.heads))


def _deadline(mention: Mention, setting: Setting) -> str:
    """Return the words of a year ahead that the statement itself sets, "" for none."""
    for year in mention.years:
        ahead = (year.end_year or year.year) > (setting.year or 0)
        # The year of a row stands in a cell of its own.
        own = mention.in_table or mention.start <= year.start < mention.end
        if ahead and own and year.role in {"target", "period", "plain"}:
            return mention.passage.text[year.start : year.end]
    return ""


def weigh_place(found: dict[str, Evidence], mention: Mention, concepts: Concepts, place: Place) -> None:
    """Add what the place of a statement says, and take back what its words say only of statements elsewhere."""
    signs = {
        "announced_item": place.announced if place.item else "",
        "announced_text": "" if place.item else place.announced,
        "dedicated" if place.announced or place.item else "dedicated_text": _DEDICATED if place.dedicated else "",
        "deadline": place.deadline,
        "instrument_told": next((c.words for c in mention.cues if c.cue == "instrument_words" and place.dedicated), ""),
        "elsewhere": place.elsewhere,
        "about_text": place.about_text,
    }
    # "Promote new breeds" below "Livestock: measures", not "Period of planting".
    opens = place.announced and place.item and leading_action(mention.text, mention.language, ARTICLE)
    lent = (place.promising and place.plan) or opens
    if lent and "own_theme" not in found and concepts.themes:
        signs["lent_theme"] = concepts.themes[0]
    found.update((name, Evidence(name, words)) for name, words in signs.items() if words)
    if "past_clause" in found and "future_clause" in found:
        # "Pastures that were cleared will be restored": the past is of what the promise is about.
        found["past_beside_future"] = found.pop("past_clause")._replace(name="past_beside_future")
    for name in _taken_back(found, mention, place):
        found.pop(name, None)


def _acts_on(found: dict[str, Evidence], mention: Mention) -> bool:
    """Tell whether a statement promises or opens with an action other than that of an impact ("rise in sea level")."""
    impacts = [cue.words.casefold() for cue in mention.cues if cue.cue == "impact"]
    words = (found[name].words.casefold() for name in ("promised_action", "leading_action") if name in found)
    return any(all(word not in impact for impact in impacts) for word in words)


def _goes_on(found: dict[str, Evidence], mention: Mention) -> bool:
    """Tell whether a sentence describes what the promise before it holds: "They include the reserve of Tindi"."""
    described = found.get("describes")
    return (
        "points_back" in found
        and described is not None
        and not tells_state(described.words, mention.language)
        and not mention.in_table
        and mention.start > 0
        and not mention.cue_classes() & _AHEAD
    )


def _taken_back(found: dict[str, Evidence], mention: Mention, place: Place) -> Iterator[str]:
    """Yield the signs against a promise that do not count where the statement stands.

    "By 2030 all wetlands are kept": below an objective or under a deadline the state told is the one to be reached.
    """
    if place.item or _acts_on(found, mention):
        # "Prevent economic losses" names an impact to prevent it.
        yield "impact_clause"
    if "leading_item" in found:
        # "Seasonal forecasts for herders", "Training in climate models": what projects is what the measure provides.
        yield "projection_clause"
    if "below_past" in found:
        yield "announced_item"
    if not place.promising:
        return
    if place.deadline:
        yield "past_clause"
    if _goes_on(found, mention):
        return
    announced = bool(place.announced) and (place.dedicated or place.numbered)
    listed = announced and place.item
    if listed or (place.dedicated and (place.deadline or "future_clause" in found)):
        yield "points_back"
    described = found.get("describes")
    if described and (
        listed
        or (place.dedicated and place.deadline)
        or ((place.deadline or announced) and tells_state(described.words, mention.language))
    ):
        yield "describes"
