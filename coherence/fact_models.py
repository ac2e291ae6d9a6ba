"""The facts that rules can see, declared once: their types check the rules, their descriptions document them.

Every fact is plain: text, number, truth value or set of texts. ``None`` means that the document does not say.
"""

from __future__ import annotations

from dataclasses import dataclass

from coherence.fact_specs import FactKind, FactSpec, fact, specs_of

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


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """What rules see of one commitment, as ``a`` or ``b``."""

    id: str = fact("Content hash of the commitment.", "")
    document: str = fact("Path of the document.", "")
    instrument: str = fact("NDC, NAP, NBSAP, LDN or OTHER.", "OTHER")
    convention: str = fact("UNFCCC, CBD, UNCCD or OTHER.", "OTHER")
    country: str | None = fact("ISO 3166-1 alpha-3 code.")
    language: str = fact("Language of the document (BCP 47).", "en")
    document_year: int | None = fact("Year of the document.")
    kind: str = fact("goal, target, measure or instrument.", "target")
    modality: str = fact("committed, planned, considered, achieved or negated.", "committed")
    themes: frozenset[str] = fact("Theme ids.", frozenset())
    theme: str | None = fact("The main theme: of what the statement acts on first.")
    mains: frozenset[str] = fact(
        "The main theme and others of things that the statement acts on alike, not those named by the way.", frozenset()
    )
    theme_groups: frozenset[str] = fact("Groups of the themes (land, biodiversity, water, ...).", frozenset())
    ecosystems: frozenset[str] = fact("Ecosystems named.", frozenset())
    pressures: frozenset[str] = fact(
        "What it builds or uses that may press on land, water, nature or one fund (rules/vocabulary/stakes.yaml).",
        frozenset(),
    )
    keeps: frozenset[str] = fact(
        "What it keeps, restores or limits for the sake of land, water or nature (same vocabulary).", frozenset()
    )
    curbs: frozenset[str] = fact("What of the pressures it reduces, limits or ends (same vocabulary).", frozenset())
    pressing: str | None = fact(
        "How far it presses, if it acts itself: large, definite (a figure or site), open, or small (as it says)."
    )
    keeping: str | None = fact(
        "How closely it says what it keeps, if it acts itself: bounded (area, share, site, no conversion), kind (of "
        "land, water or species), general (nature at large) or principle (an approach, vision or aim of a whole plan)."
    )
    land_kept: frozenset[str] = fact(
        "Kinds of land that it keeps free, if it says so closely (`land_kept` in rules/vocabulary/stakes.yaml).",
        frozenset(),
    )
    levers: frozenset[str] = fact(
        "What it does that is known to help something else (rules/vocabulary/levers.yaml).", frozenset()
    )
    ends: frozenset[str] = fact("What it wants to come about (same vocabulary).", frozenset())
    works: frozenset[str] = fact("What it mainly does (rules/vocabulary/works.yaml).", frozenset())
    ldn_response: str | None = fact("avoid, reduce or reverse, in the order of the LDN response hierarchy.")
    action: str | None = fact("What is done, as verb and object: the verb that governs the statement.")
    says_what_is_done: bool = fact(
        "Whether its words name the action, which else is that of its main theme.", default=False
    )
    detail: str = fact(
        "How closely it says what is done: measured (a figure other than money), sited (a place), told (things of its "
        "own), named (one thing) or general (words of any plan only, so that nothing can be counted or sited).",
        "told",
    )
    statement: str = fact("The same for all commitments of one sentence or table row; of a document.", "")
    lead_in: bool = fact("Whether the quote ends in a colon: it introduces what follows.", default=False)
    leading: bool = fact(
        "Whether it stands for its quote: of the figures of one sentence or row on a theme the area, or one of them.",
        default=True,
    )
    words: int = fact("Number of words of the quote, figures left out; a label has few.", 0)
    terms: frozenset[str] = fact(
        "Beginnings of the words of the quote that few commitments of the dossier have.", frozenset()
    )
    units: frozenset[str] = fact("Canonical units of all quantities.", frozenset())
    quantified: bool = fact("Whether the commitment has a quantity.", default=False)
    value: float | None = fact("First quantity in its canonical unit; the upper end of a range.")
    unit: str | None = fact("Canonical unit of the first quantity.")
    of: str | None = fact("What the first quantity counts or is a share of.")
    area_ha: float | None = fact("Largest area promised, in hectares; totals go before yearly areas.")
    area_low_ha: float | None = fact("Lower end of that area, in hectares (equal to area_ha without a range).")
    area_high_ha: float | None = fact("Upper end of that area, in hectares (equal to area_ha without a range).")
    area_per_year: bool = fact("Whether that area is a yearly one.", default=False)
    share_percent: float | None = fact("Largest share promised, in percent.")
    statement_share: float | None = fact("The share in percent that its sentence or table row states, if it is one.")
    start_value: float | None = fact("Where the first figure starts (from 1.2 %), in its canonical unit.")
    emission_tco2e: float | None = fact("Largest emission or removal promised, in tonnes of CO2 equivalent.")
    count: float | None = fact("Largest number of things promised (trees, households, sites).")
    amount: float | None = fact("Largest amount of money, in units of `currency`.")
    currency: str | None = fact("ISO 4217 code of that amount.")
    money_first: bool = fact("Whether the first quantity is an amount of money.", default=False)
    per_year: bool = fact("Whether the first quantity is a yearly one.", default=False)
    qualifier: str | None = fact("exact, at_least, up_to or approx, of the first quantity.")
    start_year: int | None = fact("First year of implementation.")
    target_year: int | None = fact("Year by which the commitment is to be met.")
    year_of_document: bool = fact(
        "Whether that year is the one of the document as a whole, and no nearer words state one.", default=False
    )
    baseline_year: int | None = fact("Year that the change is measured against.")
    baseline_kind: str | None = fact("base_year or bau (business as usual).")
    conditionality: str = fact("unconditional, conditional or unstated.", "unstated")
    places: frozenset[str] = fact("Sub-national places named, folded to lower case.", frozenset())
    start_stated: bool = fact("Whether a figure of the measure says where it starts (from 1.2 %).", default=False)
    gender: bool = fact("Whether gender is addressed.", default=False)
    indicator: bool = fact("Whether an indicator or a way to measure is named.", default=False)
    finance: bool = fact("Whether money is named: an amount, or the theme finance.", default=False)
    bodies: frozenset[str] = fact("Responsible bodies named, folded to lower case.", frozenset())
    official_targets: frozenset[str] = fact("Official targets and indicators it is linked to.", frozenset())
    confidence: float = fact("How sure the extraction is, 0 to 1.", 1.0)
    land: bool = fact("Whether any theme concerns land.", default=False)
    cross_cutting: bool = fact("Whether all themes are enablers (finance, monitoring, ...).", default=False)
    way: str = fact(
        "How it is carried out: field (work on the ground), teach, research, observe, pay, rule, insure or clean_up "
        "(rules/vocabulary/ways.yaml).",
        "field",
    )
    target_like: bool = fact(
        "Whether the elements of a target are asked of it (rules/frameworks/expectations.yaml).", default=False
    )
    asked: frozenset[str] = fact(
        "Elements of a target that are asked of it (quantity, deadline, own_deadline, baseline, place, indicator, "
        "finance, body, gender), if it is target_like (same file).",
        frozenset(),
    )
    other_sector: bool = fact(
        "Whether it is also about a sector that plans for land, water and nature leave to others (same file).",
        default=False,
    )
    subject: str | None = fact(
        "Subject of its most specific theme that has one, by which instruments are expected to take it up."
    )
    subject_theme: str | None = fact("The most specific theme that has a subject.")
    subjects: frozenset[str] = fact("Subjects of all its themes.", frozenset())
    by_effect: bool = fact(
        "Whether the sister instruments are expected to deal with what it means for land and rivers, not to repeat it.",
        default=False,
    )
    expected_in: frozenset[str] = fact("Instruments that are expected to take it up, by its subject.", frozenset())
    taken_up_in: frozenset[str] = fact(
        "Other instruments of which the dossier has a counterpart of it (`pair.counterpart`).", frozenset()
    )
    restates: str | None = fact(
        "The other instrument whose figure it gives, promising nothing itself; only in rules with `restated`."
    )
    found_there: str | None = fact(
        "What that instrument's text has: whole (figure and year), figure, other (another one of that kind) or nothing."
    )
    phrases: frozenset[str] = fact(
        "Groups of rules/vocabulary/target_quality of which its quote holds words: planning, whole_territory, absolute "
        "(none is left or allowed), no_figure, no_deadline.",
        frozenset(),
    )
    quote: str = fact("The verbatim quote.", "", shown_only=True)
    gist: str = fact("The quote, cut at a word where it is long, with its first figure.", "", shown_only=True)
    page: int = fact("Page of the quote, from 1.", 1, shown_only=True)
    quantity: str | None = fact("The first quantity as the document writes it.", shown_only=True)
    area: str | None = fact("The largest area as the document writes it.", shown_only=True)
    place_names: frozenset[str] = fact("Sub-national places as written.", frozenset(), shown_only=True)
    body_names: frozenset[str] = fact("Responsible bodies as written.", frozenset(), shown_only=True)
    instrument_name: str | None = fact("Short name of the instrument in the report's language.", shown_only=True)
    restates_name: str | None = fact("Short name of the one that it restates.", shown_only=True)


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
        "Whether they act on kinds of land that exclude each other: as named, else as counted for their works.",
        default=False,
    )
    curbed: frozenset[str] = fact(
        "Pressures of a that b reduces, limits or ends; species only where both name the same.",
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


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What rules see of one document, as ``doc``."""

    path: str = fact("Path of the document.", "")
    title: str = fact("Title of the document.", "", shown_only=True)
    instrument: str = fact("NDC, NAP, NBSAP, LDN or OTHER.", "OTHER")
    convention: str = fact("UNFCCC, CBD, UNCCD or OTHER.", "OTHER")
    language: str = fact("Language of the document (BCP 47).", "en")
    year: int | None = fact("Year of the document.")
    status: str | None = fact("Status given in the manifest (draft, submitted, ...).")
    mentions: frozenset[str] = fact("Instruments and conventions that the text names, other than its own.", frozenset())
    elements: frozenset[str] = fact(
        "Official elements asked of its instrument that the text names (rules/frameworks/official_elements.yaml).",
        frozenset(),
    )
    elements_missing: frozenset[str] = fact(
        "Contents that official guidance asks of its instrument and that it does not name.", frozenset()
    )
    commitments: int = fact("Number of commitments.", 0)
    quantified: int = fact("Number of commitments with a quantity.", 0)
    time_bound: int = fact("Number of commitments with a target year.", 0)
    with_baseline: int = fact("Number of commitments with a baseline.", 0)
    with_place: int = fact("Number of commitments that name a sub-national place.", 0)
    with_gender: int = fact("Number of commitments that address gender.", 0)
    with_finance: int = fact("Number of commitments that name money.", 0)
    with_indicator: int = fact("Number of commitments with an indicator.", 0)
    with_body: int = fact("Number of commitments with a responsible body.", 0)
    themes: frozenset[str] = fact("Themes of its commitments.", frozenset())
    latest_target_year: int | None = fact("Latest target year of its commitments.")
    instrument_name: str | None = fact("Name of the instrument in the report's language.", shown_only=True)


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What rules see of a document's statement on an instrument that is not there yet, or over, as ``said``."""

    instrument: str = fact(
        "Instrument that is spoken of; that of the document, where it speaks of its successor.", "NAP"
    )
    state: str = fact(
        "awaited (in preparation, or still to be prepared) or ended (rules/vocabulary/instrument_state).", "awaited"
    )
    own: bool = fact("Whether it is the instrument of the document itself.", default=False)
    newer: bool = fact(
        "Whether the dossier has another document of that instrument, no older than this one or of unknown year.",
        default=False,
    )
    document: str = fact("Path of the document.", "", shown_only=True)
    quote: str = fact("The sentence, verbatim.", "", shown_only=True)
    page: int = fact("Its page, from 1.", 1, shown_only=True)
    instrument_name: str | None = fact("Name of that instrument in the report's language.", shown_only=True)


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What rules see of the whole dossier, as ``dossier``."""

    country: str = fact("ISO 3166-1 alpha-3 code.", "")
    country_name: str = fact("Name of the country.", "", shown_only=True)
    instruments: frozenset[str] = fact("Instruments of which a document is present.", frozenset())
    missing_instruments: frozenset[str] = fact("Those of NDC, NAP, NBSAP, LDN of which none is present.", frozenset())
    documents: int = fact("Number of documents.", 0)
    commitments: int = fact("Number of commitments.", 0)
    themes: frozenset[str] = fact("Themes of all commitments.", frozenset())
    land_demand_min_ha: float | None = fact(
        "Land that the commitments ask for at least, in hectares: what the documents show to be apart, the rest nested."
    )
    land_demand_max_ha: float | None = fact("Land that they ask for at most, in hectares: everything added up once.")
    land_area_ha: float | None = fact("The country's land, in hectares (rules/frameworks/land_area.yaml).")
    land_lines: int = fact("Number of measures with an area on land.", 0)


@dataclass(frozen=True, slots=True)
class MissingFacts:
    """The instrument in which something is missing, as ``missing``: absence rules, and ``each: instrument``."""

    instrument: str = fact("Instrument in which nothing was found, or that has no document.", "")
    reason: str | None = fact("Why the subject of a is expected in that instrument.", shown_only=True)
    instrument_name: str | None = fact("Name of the instrument in the report's language.", shown_only=True)


@dataclass(frozen=True, slots=True)
class FoundFacts:
    """What the findings and words say of one target, as ``found``: criteria of quality only."""

    overlaps: int = fact("Number of overlaps that name it.", 0)
    synergies: int = fact("Number of synergies that name it.", 0)
    contradictions: int = fact("Number of contradictions that name it.", 0)
    named: frozenset[str] = fact("Instruments and conventions that its quote names, other than its own.", frozenset())
    official: frozenset[str] = fact("Official targets of another convention that its text states.", frozenset())
    words: frozenset[str] = fact("Groups of rules/vocabulary/target_quality found in its quote.", frozenset())


@dataclass(frozen=True, slots=True)
class FactBase:
    """All facts of one dossier: commitments sorted by id, documents by path, statements by document and place.

    ``restated``, by id, are figures that documents give as those of other instruments: only rules that ask see them.
    """

    commitments: tuple[CommitmentFacts, ...]
    documents: tuple[DocumentFacts, ...]
    dossier: DossierFacts
    statements: tuple[StatementFacts, ...] = ()
    restated: tuple[CommitmentFacts, ...] = ()


FACTS: dict[str, dict[str, FactSpec]] = {
    "a": specs_of(CommitmentFacts),
    "b": specs_of(CommitmentFacts),
    "pair": specs_of(PairFacts),
    "doc": specs_of(DocumentFacts),
    "said": specs_of(StatementFacts),
    "dossier": specs_of(DossierFacts),
    "missing": specs_of(MissingFacts),
    "found": specs_of(FoundFacts),
}
"""Every fact by the name it is reached through (``a.area_ha`` is ``FACTS["a"]["area_ha"]``)."""
