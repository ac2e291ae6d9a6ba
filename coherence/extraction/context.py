"""What stands around a statement and governs it: headings, lead-in, caption, bands, column heads, row labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from coherence.extraction.cues import CueHit, classes_of_heading, find_cues
from coherence.extraction.years import YearMention, find_years
from coherence.model_basics import FROM_DOCUMENT
from coherence.models import TraceStep

if TYPE_CHECKING:
    from coherence.extraction.quantities import QuantityMention
    from coherence.models import Passage
    from coherence.vocabulary import Language

__all__ = ["CONDITIONS", "FROM_DOCUMENT", "Context", "Mention", "condition_step", "cues_of", "years_of"]

CONDITIONS = frozenset({"conditional", "unconditional"})
"""Cue classes that say on which condition a promise stands."""


@dataclass(frozen=True, slots=True)
class Context:
    """Governing texts of a statement, each list innermost first."""

    lead_in: str = ""
    heads: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Other short cells of the row, the row's label first; lists are kept apart."""
    about: tuple[str, ...] = ()
    """Cells of the row that tell what its figures are about, the most telling first."""
    listed: tuple[str, ...] = ()
    """Other cells of the row that hold a list: what a programme consists of, not its name."""
    bands: tuple[str, ...] = ()
    caption: str = ""
    headings: tuple[str, ...] = ()
    table_heads: tuple[str, ...] = ()
    """Heads of all columns of the table."""

    def inwards_out(self) -> tuple[tuple[str, str], ...]:
        """Return (where, text) of all governing texts, nearest first."""
        named = [("column head", head) for head in self.heads]
        named += [("table band", band) for band in self.bands]
        named += [("caption", self.caption), ("lead-in", self.lead_in)]
        named += [("heading", heading) for heading in self.headings]
        return tuple((where, text) for where, text in named if text)

    def subject(self) -> tuple[str, ...]:
        """Return what the statement is about as far as its surroundings tell, nearest first."""
        return tuple(text for text in (*self.about, *self.bands, self.caption, self.lead_in, *self.headings) if text)


@dataclass(frozen=True, slots=True)
class Mention:
    """A statement to be judged: a sentence or table cell, with the quantity in focus where it has one.

    Offsets are characters in the passage's text, end-exclusive; ``clause`` is the part of the sentence
    that holds the focus.
    """

    passage: Passage
    language: Language
    start: int
    end: int
    clause: tuple[int, int]
    quantity: QuantityMention | None
    focus: tuple[int, int]
    cues: tuple[CueHit, ...]
    years: tuple[YearMention, ...]
    context: Context
    in_table: bool = False
    bare: bool = False
    """Whether the cell holds a number alone, its unit standing elsewhere."""
    head_year: int | None = None
    earlier: tuple[QuantityMention, ...] = ()
    """Quantities of the same sentence before the focus."""
    next_start: int | None = None
    """Where the next quantity of the sentence begins."""
    figures: int = 1
    """How many quantities the sentence has."""
    listed: bool = False
    """Whether the statement is an item of a list within a cell: a promise of its own, not one with its row."""

    @property
    def text(self) -> str:
        """The words of the sentence or cell."""
        return self.passage.text[self.start : self.end]

    @property
    def clause_text(self) -> str:
        """The words of the clause."""
        return self.passage.text[self.clause[0] : self.clause[1]]

    def cue_classes(self, *, clause: bool = False) -> frozenset[str]:
        """Return the cue classes of the sentence, or of the clause only."""
        low, high = self.clause if clause else (self.start, self.end)
        return frozenset(cue.cue for cue in self.cues if low <= cue.start < high)

    def heading_classes(self) -> frozenset[str]:
        """Return what headings, lead-in and caption say of the passage; the nearest that says anything decides."""
        # The title of the whole document ("Voluntary targets of ...") tells nothing of one section.
        headings = self.context.headings[:-1] or self.context.headings
        for text in (self.context.lead_in, self.context.caption, *headings):
            found = (
                classes_of_heading(text, self.language, "heading") & {"target", "background"} if text else frozenset()
            )
            if found:
                return found
        return frozenset()


@lru_cache(maxsize=4096)
def years_of(text: str, language: Language) -> tuple[YearMention, ...]:
    """Return the years and periods of a text; how long something lasts ("ten years") is no year."""
    return tuple(year for year in find_years(text, language) if year.role != "duration")


@lru_cache(maxsize=4096)
def cues_of(text: str, language: Language) -> tuple[CueHit, ...]:
    """Return the cues of a governing text."""
    return find_cues(text, language)


def condition_step(value: str, where: str, words: str) -> TraceStep:
    """Return the trace of a condition: its value, where it is said and in which words."""
    return TraceStep(field="conditionality", value=value, because=f"{where}: {words}")
