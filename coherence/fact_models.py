"""The facts that rules can see, declared once: their types check the rules, their descriptions document them.

Every fact is plain: text, number, truth value or set of texts. ``None`` means that the document does not say.
"""

from __future__ import annotations

from dataclasses import dataclass

from coherence.fact_specs import FactKind, FactSpec, fact, specs_of
from coherence.pair_fact_models import PairFacts

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
    figure_role: str = fact(
        "What the first quantity is: amount, remains (of a loss: reduced to it), rest (left to do) or part (of which).",
        "amount",
    )
    remains: bool = fact("Whether the first quantity is what may remain of a loss.", default=False)
    area_remains: bool = fact("Whether that largest area is.", default=False)
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
    zones: frozenset[str] = fact("Zones of the country it acts in (rules/vocabulary/zones.yaml).", frozenset())
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
