"""The facts that rules can see of two commitments together; see coherence/fact_models.py."""

from __future__ import annotations

from dataclasses import dataclass

from coherence.fact_specs import fact

__all__ = ["PairFacts"]


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What rules see of two commitments together, as ``pair``; computed when first asked for."""

    shared_themes: frozenset[str] = fact("Themes that both have.", frozenset())
    shared_mains: frozenset[str] = fact("Themes of things that both act on.", frozenset())
    shared_theme_groups: frozenset[str] = fact("Theme groups that both have.", frozenset())
    shared_ecosystems: frozenset[str] = fact("Ecosystems that both name.", frozenset())
    shared_places: frozenset[str] = fact("Sub-national places that both name.", frozenset())
    same_works: frozenset[str] = fact("Works that both do (rules/vocabulary/works.yaml).", frozenset())
    precise_works: frozenset[str] = fact("Of these, those that are no wide field of different measures.", frozenset())
    within_works: frozenset[str] = fact(
        "Works that a does and b does not, as part of which a work of b may be counted.", frozenset()
    )
    within_precise_works: frozenset[str] = fact("Of these, those that are no wide field.", frozenset())
    linked_works: frozenset[str] = fact(
        "The most telling works that both do, or the work of b with that of a as part of which it may be counted.",
        frozenset(),
    )
    lands_apart: bool = fact(
        "Whether they act on kinds of land (named, else those of their works) or in zones that exclude each other.",
        default=False,
    )
    zones_apart: bool = fact("Whether their zones lie elsewhere (coast, mountain, ...).", default=False)
    curbed: frozenset[str] = fact(
        "Pressures of a that b reduces, limits or ends, unless both name kinds of it (species, fertiliser or "
        "pesticide) and none in common.",
        frozenset(),
    )
    apart: frozenset[str] = fact(
        "What sets them apart although they may do one work: way (one on the ground, the other by teaching, research, "
        "observation, payment or rules, or two of these), land (kinds that exclude each other), place (both name "
        "places, none in common), aim (one ends what the other brings about).",
        frozenset(),
    )
    pressed_on: frozenset[str] = fact(
        "What one of them keeps and the other, which does not keep it as well, presses on.",
        frozenset(),
    )
    restored: frozenset[str] = fact(
        "Works of planting or restoring one kind of land that both do; a part has an area of its own.",
        frozenset(),
    )
    coast_apart: bool = fact(
        "Whether b keeps land at the coast or in the sea, and a names neither any nor a place of b.", default=False
    )
    counterpart: bool = fact(
        "Whether b may be the counterpart of a: it does its work, or is on the subject of what a states only in "
        "general, on no other land and not by money alone.",
        default=False,
    )
    shared_targets: frozenset[str] = fact("Official targets that both are linked to.", frozenset())
    shared_terms: frozenset[str] = fact(
        "Distinctive words that both quotes have, but for those of the names of common themes.", frozenset()
    )
    places_known: bool = fact("Whether both name a place.", default=False)
    years_apart: int | None = fact("Years between the two target years.")
    area_ratio: float | None = fact("Smaller over larger area, 0 to 1, where both are totals or both are yearly.")
    same_unit: bool | None = fact("Whether the first quantities have the same unit.")
    value_ratio: float | None = fact(
        "Smaller over larger value of the first quantities, in one unit, both totals or both yearly."
    )
    same_value: bool | None = fact(
        "Whether the first quantities are equal within 0.5 %, in one unit, both totals or both yearly."
    )
    period_years: int | None = fact(
        "Where one area is yearly and the other a total: years from start to target of the yearly one."
    )
    period_area_ha: float | None = fact("The yearly area times these years, in hectares.")
    shared_wording: float | None = fact(
        "Share of the words of the shorter quote that the other has too, 0 to 1; in one language, from five words."
    )
    comparability: str | None = fact(
        "Whether the two figures can be compared (comparable), or why not: units, period (yearly against in all), base "
        "(shares of different wholes or baselines)."
    )
    shared_words: int | None = fact(
        "Number of words that both quotes use, but for those of any plan; in one language other than Chinese."
    )
    same_document: bool = fact("Whether both stand in one document.", default=False)
    same_instrument: bool = fact("Whether both belong to one instrument.", default=False)
    interaction: int | None = fact(
        "Strongest interaction of their themes, -3 to 3 (rules/frameworks/interactions.yaml)."
    )
    interaction_from: str | None = fact("Theme that exerts this interaction.")
    interaction_to: str | None = fact("Theme that receives this interaction.")
    interaction_reason: str | None = fact("Why the themes interact.", shown_only=True)
    effect: int | None = fact("How the main theme of b acts on the main theme of a, -3 to 3.")
    effect_mechanism: str | None = fact("By what it acts (habitat, pressure_relief, land_competition, ...).")
    effect_reason: str | None = fact("Why it acts so.", shown_only=True)
    lever: str | None = fact("Lever of b that best serves an end of a (rules/frameworks/levers.yaml).")
    lever_end: str | None = fact("End of a that it serves.")
    lever_strength: int | None = fact("How strongly: 3 a direct and known means, 2 a known means, 1 a help.")
    lever_general: bool | None = fact("Whether the lever says little of what is done (better farming, sound land).")
    lever_mains: int | None = fact(
        "How many of lever and end are plainly meant: specific, by words of their own or the main theme, 0 to 2."
    )
    lever_way: str | None = fact(
        "How it serves: helps (a means to it), completes (one keeps what the other restores) or informs (data for it)."
    )
    lever_back: int | None = fact("The same the other way: how strongly a lever of a serves an end of b.")
    lever_reason: str | None = fact("Why it serves.", shown_only=True)
