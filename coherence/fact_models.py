"""The facts that rules can see, declared once: their types check the rules, their descriptions document them.

Every fact is plain: text, number, truth value or set of texts. ``None`` means that the document does not say.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

__all__ = [
    "FACTS",
    "CommitmentFacts",
    "DocumentFacts",
    "DossierFacts",
    "FactBase",
    "FactKind",
    "FactSpec",
    "FoundFacts",
    "MissingFacts",
    "PairFacts",
    "StatementFacts",
]

FactKind = Literal["text", "number", "truth", "set"]


def _fact(description: str, default: Any = None, *, shown_only: bool = False) -> Any:
    return field(default=default, metadata={"description": description, "shown_only": shown_only})


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """What rules see of one commitment, as ``a`` or ``b``."""

    id: str = _fact("Content hash of the commitment.", "")
    document: str = _fact("Path of the document.", "")
    instrument: str = _fact("NDC, NAP, NBSAP, LDN or OTHER.", "OTHER")
    convention: str = _fact("UNFCCC, CBD, UNCCD or OTHER.", "OTHER")
    country: str | None = _fact("ISO 3166-1 alpha-3 code.")
    language: str = _fact("Language of the document (BCP 47).", "en")
    document_year: int | None = _fact("Year of the document.")
    kind: str = _fact("goal, target, measure or instrument.", "target")
    modality: str = _fact("committed, planned, considered, achieved or negated.", "committed")
    themes: frozenset[str] = _fact("Theme ids.", frozenset())
    theme: str | None = _fact("The main theme: of what the statement acts on first.")
    mains: frozenset[str] = _fact(
        "The main theme and others of things that the statement acts on alike, not those named by the way.", frozenset()
    )
    wholes: frozenset[str] = _fact(
        "Themes of more general commitments that one of its main theme may be a part of.", frozenset()
    )
    theme_groups: frozenset[str] = _fact("Groups of the themes (land, biodiversity, water, ...).", frozenset())
    ecosystems: frozenset[str] = _fact("Ecosystems named.", frozenset())
    pressures: frozenset[str] = _fact(
        "What it builds or uses that may press on land, water, nature or one fund (rules/vocabulary/stakes.yaml).",
        frozenset(),
    )
    keeps: frozenset[str] = _fact(
        "What it keeps, restores or limits for the sake of land, water or nature (same vocabulary).", frozenset()
    )
    curbs: frozenset[str] = _fact("What of the pressures it reduces, limits or ends (same vocabulary).", frozenset())
    pressing: str | None = _fact(
        "How far it presses, if it acts itself: large, definite (a figure or site), open, or small (as it says)."
    )
    keeping: str | None = _fact(
        "How closely it says what it keeps, if it acts itself: bounded (area, share, site, no conversion), kind (of "
        "land, water or species), general (nature at large) or principle (an approach, vision or aim of a whole plan)."
    )
    land_kept: frozenset[str] = _fact(
        "Kinds of land that it keeps free, if it says so closely (`land_kept` in rules/vocabulary/stakes.yaml).",
        frozenset(),
    )
    levers: frozenset[str] = _fact(
        "What it does that is known to help something else (rules/vocabulary/levers.yaml).", frozenset()
    )
    ends: frozenset[str] = _fact("What it wants to come about (same vocabulary).", frozenset())
    works: frozenset[str] = _fact("What it mainly does (rules/vocabulary/works.yaml).", frozenset())
    ldn_response: str | None = _fact("avoid, reduce or reverse, in the order of the LDN response hierarchy.")
    action: str | None = _fact("What is done, as verb and object: the verb that governs the statement.")
    says_what_is_done: bool = _fact(
        "Whether its words name the action, which else is that of its main theme.", default=False
    )
    statement: str = _fact("The same for all commitments of one sentence or table row; of a document.", "")
    lead_in: bool = _fact("Whether the quote ends in a colon: it introduces what follows.", default=False)
    leading: bool = _fact(
        "Whether it stands for its quote: of the figures of one sentence or row on a theme the area, or one of them.",
        default=True,
    )
    words: int = _fact("Number of words of the quote, figures left out; a label has few.", 0)
    terms: frozenset[str] = _fact(
        "Beginnings of the words of the quote that few commitments of the dossier have.", frozenset()
    )
    units: frozenset[str] = _fact("Canonical units of all quantities.", frozenset())
    quantified: bool = _fact("Whether the commitment has a quantity.", default=False)
    value: float | None = _fact("First quantity in its canonical unit; the upper end of a range.")
    unit: str | None = _fact("Canonical unit of the first quantity.")
    of: str | None = _fact("What the first quantity counts or is a share of.")
    area_ha: float | None = _fact("Largest area promised, in hectares; totals go before yearly areas.")
    area_low_ha: float | None = _fact("Lower end of that area, in hectares (equal to area_ha without a range).")
    area_high_ha: float | None = _fact("Upper end of that area, in hectares (equal to area_ha without a range).")
    area_per_year: bool = _fact("Whether that area is a yearly one.", default=False)
    share_percent: float | None = _fact("Largest share promised, in percent.")
    statement_share: float | None = _fact("The share in percent that its sentence or table row states, if it is one.")
    start_value: float | None = _fact("Where the first figure starts (from 1.2 %), in its canonical unit.")
    emission_tco2e: float | None = _fact("Largest emission or removal promised, in tonnes of CO2 equivalent.")
    count: float | None = _fact("Largest number of things promised (trees, households, sites).")
    amount: float | None = _fact("Largest amount of money, in units of `currency`.")
    currency: str | None = _fact("ISO 4217 code of that amount.")
    money_first: bool = _fact("Whether the first quantity is an amount of money.", default=False)
    per_year: bool = _fact("Whether the first quantity is a yearly one.", default=False)
    qualifier: str | None = _fact("exact, at_least, up_to or approx, of the first quantity.")
    start_year: int | None = _fact("First year of implementation.")
    target_year: int | None = _fact("Year by which the commitment is to be met.")
    year_of_document: bool = _fact(
        "Whether that year is the one of the document as a whole, and no nearer words state one.", default=False
    )
    baseline_year: int | None = _fact("Year that the change is measured against.")
    baseline_kind: str | None = _fact("base_year or bau (business as usual).")
    conditionality: str = _fact("unconditional, conditional or unstated.", "unstated")
    places: frozenset[str] = _fact("Sub-national places named, folded to lower case.", frozenset())
    start_stated: bool = _fact("Whether a figure of the measure says where it starts (from 1.2 %).", default=False)
    gender: bool = _fact("Whether gender is addressed.", default=False)
    indicator: bool = _fact("Whether an indicator or a way to measure is named.", default=False)
    finance: bool = _fact("Whether money is named: an amount, or the theme finance.", default=False)
    bodies: frozenset[str] = _fact("Responsible bodies named, folded to lower case.", frozenset())
    official_targets: frozenset[str] = _fact("Official targets and indicators it is linked to.", frozenset())
    confidence: float = _fact("How sure the extraction is, 0 to 1.", 1.0)
    land: bool = _fact("Whether any theme concerns land.", default=False)
    cross_cutting: bool = _fact("Whether all themes are enablers (finance, monitoring, ...).", default=False)
    way: str = _fact(
        "How it is carried out: field (work on the ground), teach, research, observe, pay, rule, insure or clean_up "
        "(rules/vocabulary/ways.yaml).",
        "field",
    )
    target_like: bool = _fact(
        "Whether the elements of a target are asked of it (rules/frameworks/expectations.yaml).", default=False
    )
    asked: frozenset[str] = _fact(
        "Elements of a target that are asked of it (quantity, deadline, own_deadline, baseline, place, indicator, "
        "finance, body, gender), if it is target_like (same file).",
        frozenset(),
    )
    other_sector: bool = _fact(
        "Whether it is also about a sector that plans for land, water and nature leave to others (same file).",
        default=False,
    )
    subject: str | None = _fact(
        "Subject of its most specific theme that has one, by which instruments are expected to take it up."
    )
    subject_theme: str | None = _fact("The most specific theme that has a subject.")
    subjects: frozenset[str] = _fact("Subjects of all its themes.", frozenset())
    by_effect: bool = _fact(
        "Whether the sister instruments are expected to deal with what it means for land and rivers, not to repeat it.",
        default=False,
    )
    expected_in: frozenset[str] = _fact("Instruments that are expected to take it up, by its subject.", frozenset())
    taken_up_in: frozenset[str] = _fact(
        "Other instruments of which the dossier has a counterpart of it (`pair.counterpart`).", frozenset()
    )
    quote: str = _fact("The verbatim quote.", "", shown_only=True)
    gist: str = _fact("The quote, cut at a word where it is long, with its first figure.", "", shown_only=True)
    page: int = _fact("Page of the quote, from 1.", 1, shown_only=True)
    quantity: str | None = _fact("The first quantity as the document writes it.", shown_only=True)
    area: str | None = _fact("The largest area as the document writes it.", shown_only=True)
    place_names: frozenset[str] = _fact("Sub-national places as written.", frozenset(), shown_only=True)
    body_names: frozenset[str] = _fact("Responsible bodies as written.", frozenset(), shown_only=True)
    instrument_name: str | None = _fact("Short name of the instrument in the report's language.", shown_only=True)


@dataclass(frozen=True, slots=True)
class PairFacts:
    """What rules see of two commitments together, as ``pair``; computed when first asked for."""

    shared_themes: frozenset[str] = _fact("Themes that both have.", frozenset())
    shared_mains: frozenset[str] = _fact("Themes of things that both act on.", frozenset())
    shared_theme_groups: frozenset[str] = _fact("Theme groups that both have.", frozenset())
    shared_ecosystems: frozenset[str] = _fact("Ecosystems that both name.", frozenset())
    shared_places: frozenset[str] = _fact("Sub-national places that both name.", frozenset())
    same_works: frozenset[str] = _fact("Works that both do (rules/vocabulary/works.yaml).", frozenset())
    precise_works: frozenset[str] = _fact("Of these, those that are no wide field of different measures.", frozenset())
    within_works: frozenset[str] = _fact(
        "Works that a does and b does not, as part of which a work of b may be counted.", frozenset()
    )
    within_precise_works: frozenset[str] = _fact("Of these, those that are no wide field.", frozenset())
    linked_works: frozenset[str] = _fact(
        "The most telling works that both do, or the work of b with that of a as part of which it may be counted.",
        frozenset(),
    )
    lands_apart: bool = _fact(
        "Whether they act on kinds of land that exclude each other: as named, else as counted for their works.",
        default=False,
    )
    curbed: frozenset[str] = _fact(
        "Pressures of a that b reduces, limits or ends; species only where both name the same.",
        frozenset(),
    )
    apart: frozenset[str] = _fact(
        "What sets them apart although they may do one work: way (one on the ground, the other by teaching, research, "
        "observation, payment or rules, or two of these), land (kinds that exclude each other), place (both name "
        "places, none in common), aim (one ends what the other brings about).",
        frozenset(),
    )
    pressed_on: frozenset[str] = _fact(
        "What one of them keeps and the other, which does not keep it as well, presses on.",
        frozenset(),
    )
    restored: frozenset[str] = _fact(
        "Works of planting or restoring one kind of land that both do, or one as a part of the other's.",
        frozenset(),
    )
    coast_apart: bool = _fact(
        "Whether b keeps land at the coast or in the sea, and a names neither any nor a place of b.", default=False
    )
    counterpart: bool = _fact(
        "Whether b may be the counterpart of a: it names its main theme and does its work, on no other land and not by "
        "money alone.",
        default=False,
    )
    shared_targets: frozenset[str] = _fact("Official targets that both are linked to.", frozenset())
    shared_terms: frozenset[str] = _fact(
        "Distinctive words that both quotes have, but for those of the names of common themes.", frozenset()
    )
    places_known: bool = _fact("Whether both name a place.", default=False)
    years_apart: int | None = _fact("Years between the two target years.")
    area_ratio: float | None = _fact("Smaller over larger area, 0 to 1, where both are totals or both are yearly.")
    same_unit: bool | None = _fact("Whether the first quantities have the same unit.")
    value_ratio: float | None = _fact(
        "Smaller over larger value of the first quantities, in one unit, both totals or both yearly."
    )
    same_value: bool | None = _fact(
        "Whether the first quantities are equal within 0.5 %, in one unit, both totals or both yearly."
    )
    period_years: int | None = _fact(
        "Where one area is yearly and the other a total: years from start to target of the yearly one."
    )
    period_area_ha: float | None = _fact("The yearly area times these years, in hectares.")
    shared_wording: float | None = _fact(
        "Share of the words of the shorter quote that the other has too, 0 to 1; in one language, from five words."
    )
    comparability: str | None = _fact(
        "Whether the two figures can be compared (comparable), or why not: units, period (yearly against in all), base "
        "(shares of different wholes or baselines)."
    )
    shared_words: int | None = _fact(
        "Number of words that both quotes use, but for those of any plan; in one language other than Chinese."
    )
    same_document: bool = _fact("Whether both stand in one document.", default=False)
    same_instrument: bool = _fact("Whether both belong to one instrument.", default=False)
    interaction: int | None = _fact(
        "Strongest interaction of their themes, -3 to 3 (rules/frameworks/interactions.yaml)."
    )
    interaction_from: str | None = _fact("Theme that exerts this interaction.")
    interaction_to: str | None = _fact("Theme that receives this interaction.")
    interaction_reason: str | None = _fact("Why the themes interact.", shown_only=True)
    effect: int | None = _fact("How the main theme of b acts on the main theme of a, -3 to 3.")
    effect_mechanism: str | None = _fact("By what it acts (habitat, pressure_relief, land_competition, ...).")
    effect_reason: str | None = _fact("Why it acts so.", shown_only=True)
    support: int | None = _fact("How strongly any theme of b serves any theme of a, 1 to 3; main themes go first.")
    support_mains: int | None = _fact("How many of the two themes are the main ones of their commitments, 0 to 2.")
    support_from: str | None = _fact("Theme of b that serves.")
    support_to: str | None = _fact("Theme of a that is served.")
    support_mechanism: str | None = _fact("By what it serves (habitat, pressure_relief, information, ...).")
    support_back: int | None = _fact("The same the other way: how strongly any theme of a serves any theme of b.")
    support_reason: str | None = _fact("Why it serves.", shown_only=True)
    lever: str | None = _fact("Lever of b that best serves an end of a (rules/frameworks/levers.yaml).")
    lever_end: str | None = _fact("End of a that it serves.")
    lever_strength: int | None = _fact("How strongly: 3 a direct and known means, 2 a known means, 1 a help.")
    lever_general: bool | None = _fact("Whether the lever says little of what is done (better farming, sound land).")
    lever_mains: int | None = _fact(
        "How many of lever and end are plainly meant: specific, by words of their own or the main theme, 0 to 2."
    )
    lever_way: str | None = _fact(
        "How it serves: helps (a means to it), completes (one keeps what the other restores) or informs (data for it)."
    )
    lever_back: int | None = _fact("The same the other way: how strongly a lever of a serves an end of b.")
    lever_reason: str | None = _fact("Why it serves.", shown_only=True)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What rules see of one document, as ``doc``."""

    path: str = _fact("Path of the document.", "")
    title: str = _fact("Title of the document.", "", shown_only=True)
    instrument: str = _fact("NDC, NAP, NBSAP, LDN or OTHER.", "OTHER")
    convention: str = _fact("UNFCCC, CBD, UNCCD or OTHER.", "OTHER")
    language: str = _fact("Language of the document (BCP 47).", "en")
    year: int | None = _fact("Year of the document.")
    status: str | None = _fact("Status given in the manifest (draft, submitted, ...).")
    mentions: frozenset[str] = _fact(
        "Instruments and conventions that the text names, other than its own.", frozenset()
    )
    elements: frozenset[str] = _fact(
        "Official elements asked of its instrument that the text names (rules/frameworks/official_elements.yaml).",
        frozenset(),
    )
    elements_missing: frozenset[str] = _fact(
        "Contents that official guidance asks of its instrument and that it does not name.", frozenset()
    )
    commitments: int = _fact("Number of commitments.", 0)
    quantified: int = _fact("Number of commitments with a quantity.", 0)
    time_bound: int = _fact("Number of commitments with a target year.", 0)
    with_baseline: int = _fact("Number of commitments with a baseline.", 0)
    with_place: int = _fact("Number of commitments that name a sub-national place.", 0)
    with_gender: int = _fact("Number of commitments that address gender.", 0)
    with_finance: int = _fact("Number of commitments that name money.", 0)
    with_indicator: int = _fact("Number of commitments with an indicator.", 0)
    with_body: int = _fact("Number of commitments with a responsible body.", 0)
    themes: frozenset[str] = _fact("Themes of its commitments.", frozenset())
    latest_target_year: int | None = _fact("Latest target year of its commitments.")
    instrument_name: str | None = _fact("Name of the instrument in the report's language.", shown_only=True)


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What rules see of a document's statement on an instrument that is not there yet, or over, as ``said``."""

    instrument: str = _fact(
        "Instrument that is spoken of; that of the document, where it speaks of its successor.", "NAP"
    )
    state: str = _fact(
        "awaited (in preparation, or still to be prepared) or ended (rules/vocabulary/instrument_state).", "awaited"
    )
    own: bool = _fact("Whether it is the instrument of the document itself.", default=False)
    newer: bool = _fact(
        "Whether the dossier has another document of that instrument, no older than this one or of unknown year.",
        default=False,
    )
    document: str = _fact("Path of the document.", "", shown_only=True)
    quote: str = _fact("The sentence, verbatim.", "", shown_only=True)
    page: int = _fact("Its page, from 1.", 1, shown_only=True)
    instrument_name: str | None = _fact("Name of that instrument in the report's language.", shown_only=True)


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What rules see of the whole dossier, as ``dossier``."""

    country: str = _fact("ISO 3166-1 alpha-3 code.", "")
    country_name: str = _fact("Name of the country.", "", shown_only=True)
    instruments: frozenset[str] = _fact("Instruments of which a document is present.", frozenset())
    missing_instruments: frozenset[str] = _fact("Those of NDC, NAP, NBSAP, LDN of which none is present.", frozenset())
    documents: int = _fact("Number of documents.", 0)
    commitments: int = _fact("Number of commitments.", 0)
    themes: frozenset[str] = _fact("Themes of all commitments.", frozenset())
    land_demand_min_ha: float | None = _fact(
        "Land that the commitments ask for at least, in hectares: what the documents show to be apart, the rest nested."
    )
    land_demand_max_ha: float | None = _fact("Land that they ask for at most, in hectares: everything added up once.")
    land_area_ha: float | None = _fact("The country's land, in hectares (rules/frameworks/land_area.yaml).")
    land_lines: int = _fact("Number of measures with an area on land.", 0)


@dataclass(frozen=True, slots=True)
class MissingFacts:
    """The instrument in which something is missing, as ``missing``: absence rules, and ``each: instrument``."""

    instrument: str = _fact("Instrument in which nothing was found, or that has no document.", "")
    reason: str | None = _fact("Why the subject of a is expected in that instrument.", shown_only=True)
    instrument_name: str | None = _fact("Name of the instrument in the report's language.", shown_only=True)


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """What the findings and words say of one target, as ``found``: criteria of quality only."""

    overlaps: int = _fact("Number of overlaps that name it.", 0)
    synergies: int = _fact("Number of synergies that name it.", 0)
    contradictions: int = _fact("Number of contradictions that name it.", 0)
    named: frozenset[str] = _fact("Instruments and conventions that its quote names, other than its own.", frozenset())
    official: frozenset[str] = _fact("Official targets of another convention that its text states.", frozenset())
    words: frozenset[str] = _fact("Groups of rules/vocabulary/target_quality found in its quote.", frozenset())


@dataclass(frozen=True, slots=True)
class FactBase:
    """All facts of one dossier: commitments sorted by id, documents by path, statements by document and place."""

    commitments: tuple[CommitmentFacts, ...]
    documents: tuple[DocumentFacts, ...]
    dossier: DossierFacts
    statements: tuple[StatementFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One declared fact."""

    name: str
    kind: FactKind
    nullable: bool
    description: str
    shown_only: bool
    """Whether it may stand in explanations only, not in conditions."""


def _specs(model: type[Any]) -> dict[str, FactSpec]:
    hints = get_type_hints(model)
    return {
        each.name: FactSpec(
            each.name, *_kind(hints[each.name]), each.metadata["description"], each.metadata["shown_only"]
        )
        for each in fields(model)
    }


def _kind(annotation: Any) -> tuple[FactKind, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        inner = next(part for part in get_args(annotation) if part is not type(None))
        return _kind(inner)[0], True
    kinds: dict[Any, FactKind] = {str: "text", int: "number", float: "number", bool: "truth"}
    return kinds.get(annotation, "set"), False


FACTS: dict[str, dict[str, FactSpec]] = {
    "a": _specs(CommitmentFacts),
    "b": _specs(CommitmentFacts),
    "pair": _specs(PairFacts),
    "doc": _specs(DocumentFacts),
    "said": _specs(StatementFacts),
    "dossier": _specs(DossierFacts),
    "missing": _specs(MissingFacts),
    "found": _specs(FoundFacts),
}
"""Every fact by the name it is reached through (``a.area_ha`` is ``FACTS["a"]["area_ha"]``)."""
