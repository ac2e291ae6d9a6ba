"""The data of the project: frozen, closed to unknown keys, sequences as tuples. Offsets are characters, end-exclusive.

The same models read, write, validate and document: the JSON Schema in graphs/schema is generated from them.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from coherence.accounting_models import Accounting
from coherence.agenda_models import AgendaItem, Comparison, SubjectRecord
from coherence.document_models import Cell, Document, Dossier, ManifestEntry, Page, Passage, Span
from coherence.interaction_models import InteractionView
from coherence.model_basics import (
    FROM_DOCUMENT,
    Confidence,
    Convention,
    Element,
    FigureRole,
    FileSpec,
    FindingKind,
    Frozen,
    Instrument,
    InteractionScore,
    Notice,
    PassageKind,
    Relation,
    Severity,
)
from coherence.programme_models import ProgrammeView
from coherence.quality_models import QualityView
from coherence.recommendation_records import (
    Cluster,
    ClusterElement,
    ClusterFigure,
    Effort,
    LegalBasis,
    Recommendation,
    RevisionWindow,
)
from coherence.rule_records import ConflictNature, DisabledRule, PackRecord, ReplacedRule, RuleRecord, Suppression
from coherence.vocabulary import Language

__all__ = [
    "AgendaItem", "Baseline", "Cell", "Cluster", "ClusterElement", "ClusterFigure", "Commitment", "Comparison",
    "ConditionValue", "Confidence", "ConflictNature", "Convention", "DisabledRule", "Document", "DocumentRecord",
    "Dossier", "Effort", "Element", "Evidence", "FileSpec", "Finding", "FindingKind", "Frozen", "Instrument",
    "InstrumentState", "InstrumentStatement", "InteractionScore", "LegalBasis", "ManifestEntry", "Missing", "Notice",
    "OfficialLink", "PackRecord", "Page", "Passage", "PassageKind", "Provenance", "Quantity", "Recommendation",
    "Relation", "ReplacedRule", "Report", "RevisionWindow", "RuleRecord", "Severity", "Span", "SubjectRecord",
    "SuppressedFinding", "Suppression", "ThemeSuggestion", "TraceStep",
]  # fmt: skip


class Quantity(Frozen):
    """A number with its unit as promised. ``value``, or ``low`` and ``high`` for a range, in the canonical unit."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    from_value: float | None = None
    """Where the change starts, in the same unit ("from 1.2 % to 2 %")."""
    unit: str
    of: str | None = None
    per_year: bool = False
    qualifier: Literal["exact", "at_least", "up_to", "approx"] = "exact"
    role: FigureRole = Field(default="amount", exclude_if=lambda role: role == "amount")
    """``remains``: a loss is reduced to it; ``rest``: left to do of a whole; ``part``: of a figure before it."""
    text: str
    """As written."""


class Baseline(Frozen):
    """What a change is measured against."""

    year: int | None = None
    kind: Literal["base_year", "bau", "none"] = "none"


class Provenance(Frozen):
    """Where a commitment stands. For every stretch: ``page_text[start:end] == quote``, offsets end-exclusive."""

    document: str
    """Path of the document as given."""
    sha256: str
    page: int
    start: int
    end: int
    quote: str
    continued: tuple[Span, ...] = ()
    """Further stretches where the quotation runs over a page break."""
    headings: tuple[str, ...] = ()
    locator: str = ""


class OfficialLink(Frozen):
    """A link from a commitment to an official target or indicator, and how it was made."""

    target: str
    made: Literal["stated", "rule"]
    because: str


class TraceStep(Frozen):
    """Which words decided a field."""

    field: str
    value: str
    because: str


InstrumentState = Literal["awaited", "ended"]


class InstrumentStatement(Frozen):
    """That a document says of an instrument that it is in preparation or still to be (awaited), or over (ended)."""

    instrument: Instrument
    state: InstrumentState
    place: Provenance
    """Of the sentence."""


class ThemeSuggestion(Frozen):
    """A theme that the text may be about, by the likeness of its words: for a reader to judge, never for a rule."""

    theme: str
    similarity: Confidence
    """Cosine of the angle between the text and the nearest words of the theme."""


class Commitment(Frozen):
    """One promise of one document, never without its verbatim quote."""

    id: str
    country: str | None
    instrument: Instrument
    convention: Convention
    document: str
    """Path of the document as given."""
    document_year: int | None = None
    language: Language
    provenance: Provenance
    repeats: tuple[Provenance, ...] = ()
    kind: Literal["goal", "target", "measure", "instrument"]
    modality: Literal["committed", "planned", "considered", "achieved", "negated"]
    action: str | None = None
    themes: tuple[str, ...] = ()
    main_themes: tuple[str, ...] = ()
    """Of ``themes`` those of what the statement acts on, the first one first; the others are named by the way."""
    suggested_themes: tuple[ThemeSuggestion, ...] = Field(default=(), exclude_if=lambda found: not found)
    """Only where ``themes`` is empty and suggestions were asked for; no rule sees them."""
    ecosystems: tuple[str, ...] = ()
    ldn_response: Literal["avoid", "reduce", "reverse"] | None = None
    quantities: tuple[Quantity, ...] = ()
    start_year: int | None = None
    target_year: int | None = None
    baseline: Baseline | None = None
    conditionality: Literal["unconditional", "conditional", "unstated"] = "unstated"
    places: tuple[str, ...] = ()
    gender: bool = False
    indicator: bool = False
    """Whether the text names an indicator or a way to measure."""
    bodies: tuple[str, ...] = ()
    official_links: tuple[OfficialLink, ...] = ()
    restates: Instrument | None = Field(default=None, exclude_if=lambda instrument: instrument is None)
    """Only in ``restated`` of a document: the other instrument that the statement speaks for; else absent."""
    part_of: str | None = None
    """Id of the commitment whose milestone, cost, effect or further figure this is; rules compare the main one."""
    part: Literal["milestone", "cost", "effect", "facet"] | None = None
    confidence: Confidence
    trace: tuple[TraceStep, ...] = ()

    @property
    def quote(self) -> str:
        """The verbatim quote of the main place."""
        return self.provenance.quote

    @property
    def says_what_is_done(self) -> bool:
        """Whether words of the statement name the action, which else is that of its main theme."""
        return any(step.field == "action" for step in self.trace)

    @property
    def year_of_document(self) -> bool:
        """Whether the target year is that of the document as a whole, no nearer words stating one."""
        return any(step.field == "target_year" and step.because.startswith(FROM_DOCUMENT) for step in self.trace)


class DocumentRecord(Frozen):
    """What a report says of one document."""

    path: str
    sha256: str
    format: str
    instrument: Instrument
    convention: Convention
    title: str
    language: Language
    year: int | None = None
    status: str | None = None
    source: str | None = None
    pages: int
    pages_without_text: tuple[int, ...] = ()
    pages_ocr: tuple[int, ...] = ()
    commitments: int = 0
    mentions: tuple[str, ...] = ()
    """Instruments and conventions that the text names, other than its own."""
    elements: tuple[str, ...] = ()
    """Official elements asked of its instrument that the text names (rules/frameworks/official_elements.yaml)."""
    statements: tuple[InstrumentStatement, ...] = Field(default=(), exclude_if=lambda found: not found)
    """What the text says of instruments that are not there yet or no more, its own among them."""
    restated: tuple[Commitment, ...] = Field(default=(), exclude_if=lambda found: not found)
    """Figures that the text gives as those of another instrument: no promises of this document."""
    notices: tuple[Notice, ...] = ()


class Evidence(Frozen):
    """A sentence, no commitment, on which a finding rests; its document's ``statements`` and ``restated`` hold it."""

    document: str
    page: int
    quote: str
    instrument: Instrument | None = Field(default=None, exclude_if=lambda instrument: instrument is None)
    """Of the document, where it gives a figure as that of another instrument; else absent."""


class ConditionValue(Frozen):
    """One condition of a rule, with the facts it saw."""

    condition: str
    holds: bool
    values: tuple[tuple[str, str], ...] = ()
    """Fact names with their values as text ("unknown" where the fact is not known)."""


class Missing(Frozen):
    """What a gap or quality finding did not find in the text, and in which instrument."""

    instrument: Instrument | None = None
    element: Element


class Finding(Frozen):
    """What a rule found. The fingerprint survives re-ordering and re-pagination."""

    fingerprint: str
    rule: str
    rule_version: str
    dossier: str
    other_dossier: str | None = Field(default=None, exclude_if=lambda country: country is None)
    """The dossier of the second commitment, of rules that compare dossiers; else absent."""
    kind: FindingKind
    severity: Severity
    score: InteractionScore | None = None
    conflict: ConflictNature | None = Field(default=None, exclude_if=lambda nature: nature is None)
    """Of conflicts; else absent."""
    confidence: Confidence
    commitments: tuple[str, ...] = ()
    """Ids of the commitments concerned, in the order a, b."""
    missing: Missing | None = None
    evidence: tuple[Evidence, ...] = Field(default=(), exclude_if=lambda found: not found)
    """Sentences, no commitments, on which it rests: what a document says of an instrument; else absent."""
    relation: Relation | None = Field(default=None, exclude_if=lambda relation: relation is None)
    """How the two of an overlap stand to each other, where the rule tells; else absent."""
    title: str
    explanation: str
    conditions: tuple[ConditionValue, ...] = ()
    falsepositives: tuple[str, ...] = ()
    """When the rule may be wrong: what to check before using the finding."""
    basis: tuple[LegalBasis, ...] = ()
    recommendation: str | None = None


class SuppressedFinding(Frozen):
    """A finding that does not count, and whose decision that is."""

    finding: Finding
    suppression: Suppression


class Report(Frozen):
    """The whole assessment of one country, as written to report.json."""

    schema_version: str = "1"
    engine_version: str
    rules_hash: str
    language: Language
    country: str
    country_name: str
    documents: tuple[DocumentRecord, ...]
    left_out: tuple[Notice, ...] = ()
    notices: tuple[Notice, ...] = ()
    commitments: tuple[Commitment, ...]
    packs: tuple[PackRecord, ...] = ()
    """The folders of rules, in the order in which later ones replace rules of earlier ones."""
    rules: tuple[RuleRecord, ...] = ()
    """Every rule that ran, whether it found something or not."""
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[SuppressedFinding, ...] = ()
    """Findings set aside in dossier.yaml: in no count, no recommendation and no other list."""
    as_of: date | None = None
    """Date of the assessment, as stated; suppressions end by it."""
    subjects: tuple[SubjectRecord, ...] = ()
    """What the commitments are about, by id."""
    agenda: tuple[AgendaItem, ...] = ()
    """What to talk about first, between which instruments; ranked."""
    comparisons: tuple[Comparison, ...] = ()
    """What of each two instruments could be compared, and why the rest could not."""
    clusters: tuple[Cluster, ...] = ()
    """Candidate integrated projects, ranked."""
    recommendations: tuple[Recommendation, ...] = ()
    interactions: InteractionView | None = None
    """The interaction matrix where two instruments meet in it; None where none do."""
    programme: ProgrammeView | None = None
    """The checklist of the LDN target setting programme."""
    accounting: Accounting = Accounting()
    """Hectares, emissions and money as ranges."""
    target_quality: QualityView | None = None
    """Every target by the criteria of decision 3/COP.16."""

    @property
    def complete(self) -> bool:
        """Whether every document was read and every rule that is not turned off ran."""
        return not self.left_out and not any(notice.level == "error" for notice in self.notices)
