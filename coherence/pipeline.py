"""One dossier's way: read → extract → graph → facts → findings → recommendations → report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from coherence.accounting import account_for
from coherence.agenda import agenda_of, subjects_of
from coherence.clusters import find_clusters
from coherence.comparability import comparisons
from coherence.dossier import Selection, country_name, load_dossier, read_dossier
from coherence.engine import evaluate
from coherence.errors import CoherenceError, DossierError, Fault, Location, RuleError
from coherence.extraction import extract_commitments, restated_figures
from coherence.extraction.instrument_state import instrument_statements
from coherence.extraction.official_targets import mentions
from coherence.facts import build_facts
from coherence.graph import add_findings, build_graph
from coherence.models import Commitment, Document, DocumentRecord, Dossier, Notice, Report
from coherence.notices import in_language, language_phrase, notice
from coherence.official_elements import elements_named
from coherence.programme import programme_view
from coherence.recommend import recommend
from coherence.recommendation_patterns import Pattern, load_patterns
from coherence.reports.canonical import canonical_order
from coherence.resources import rules_dir
from coherence.ruleset import RuleSet, load_rules, rule_record
from coherence.suggestions import load_encoder, with_suggested_themes
from coherence.suppressions import set_aside
from coherence.target_quality import target_quality
from coherence.theme_interactions import interaction_view
from coherence.translations import untranslated
from coherence.vocabulary import REPORT_LANGUAGES, TRANSLATED_LANGUAGES, Language

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "QUIET",
    "Assessment",
    "Progress",
    "assess_directory",
    "assess_documents",
    "document_record",
    "extract_documents",
    "report_language",
]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and how many there are."""

QUIET: Progress = lambda _what, _done, _total: None  # noqa: E731  # a default that does nothing


@dataclass(frozen=True, slots=True)
class Assessment:
    """A report and the graph it was made from."""

    report: Report
    graph: nx.MultiDiGraph


def assess_directory(
    directory: Path, *, language: Language | None = None, rules: Sequence[Path] = (), as_of: date | None = None,
    suggest_themes: bool = False, selection: Selection | None = None, progress: Progress = QUIET,
) -> Assessment:  # fmt: skip
    """Assess the dossier in ``directory`` with the shipped rules and those in the folders ``rules``.

    ``as_of``: date by which suppressions end, in place of the one that the dossier states. ``suggest_themes``: of
    commitments without a theme, for readers only; needs the extra ``semantic``. ``selection``: some documents of a
    folder without dossier.yaml. Documents and rules that cannot be used are left out and named in the report. Raises
    DossierError when nothing can be assessed, RuleError for a folder of rules that is not there, and CoherenceError
    for a language that no report is written in or an ``as_of`` that is no date.
    """
    _check(language, rules, as_of)
    if suggest_themes:
        load_encoder()  # what is not installed is said before anything is read
    dossier = load_dossier(directory, selection)
    dossier = dossier.model_copy(update={"as_of": as_of or dossier.as_of})
    if dossier.suppressions and dossier.as_of is None:
        where = Location(str(Path(directory) / dossier.suppressions[0].where))
        what = "suppressions end on a date, and the date of this assessment is not stated"
        raise DossierError(Fault(where, what, "add as_of with the date, as 'as_of: 2026-11-30', or give --as-of"))
    documents, left_out = read_dossier(dossier, progress)
    ruleset = load_rules((rules_dir(), *rules))
    patterns, faults = _patterns(rules)
    ruleset = replace(ruleset, faults=(*ruleset.faults, *faults))
    return assess_documents(
        dossier, documents, left_out, ruleset, language=language, patterns=patterns,
        suggest_themes=suggest_themes, progress=progress,
    )  # fmt: skip


def _check(language: object, rules: Sequence[Path], as_of: object) -> None:
    """Refuse what a caller may get wrong before anything is read."""
    if language is not None and language not in REPORT_LANGUAGES:
        what = f"no report is written in '{language}'"
        raise CoherenceError(Fault(Location("language"), what, f"choose from {', '.join(REPORT_LANGUAGES)}"))
    if as_of is not None and (isinstance(as_of, datetime) or not isinstance(as_of, date)):
        raise CoherenceError(Fault(Location("as_of"), f"{as_of!r} is no date", "give a datetime.date"))
    absent = [Fault(Location(str(each)), "there is no such folder of rules", "check the path") for each in rules
              if not each.is_dir()]  # fmt: skip
    if absent:
        raise RuleError(*absent)


def _patterns(rules: Sequence[Path]) -> tuple[Mapping[str, Pattern], tuple[Fault, ...]]:
    """Return the recommendations, those of further folders included, or the shipped ones and the faults."""
    try:
        return load_patterns(rules), ()
    except RuleError as problem:
        return load_patterns(), problem.faults


def assess_documents(
    dossier: Dossier, documents: Sequence[Document], left_out: Sequence[Notice], ruleset: RuleSet, *,
    language: Language | None = None, patterns: Mapping[str, Pattern] | None = None,
    suggest_themes: bool = False, progress: Progress = QUIET,
) -> Assessment:  # fmt: skip
    """Assess documents that have been read; ``patterns`` are the recommendations, by default the shipped ones."""
    documents = sorted(documents, key=lambda document: document.path)
    commitments = extract_documents(documents, progress=progress)
    commitments = with_suggested_themes(commitments) if suggest_themes else commitments
    spoken = report_language(documents, language)
    records = tuple(document_record(document, commitments, spoken) for document in documents)
    name = country_name(dossier.country, spoken)
    progress("graph", 0, 1)
    graph = build_graph(dossier.country, name, records, commitments)
    accounting = account_for(dossier.country, commitments)
    facts = build_facts(graph, accounting.land)
    evaluation = evaluate(ruleset, facts, spoken)
    by_id = {commitment.id: commitment for commitment in commitments}
    findings, suppressed, ended = set_aside(evaluation.findings, dossier.suppressions, dossier.as_of, by_id)
    clusters = find_clusters(findings, by_id, records, spoken)
    recommendations = recommend(
        findings, by_id, records, spoken, patterns=patterns, clusters=clusters, as_of=dossier.as_of
    )
    told = (*_notices(dossier, documents, ruleset, language, spoken), *_silent(documents, commitments))
    notices = (*told, *evaluation.notices, *ended)
    unread = sorted((in_language(each, spoken) for each in left_out), key=lambda each: (each.where, each.what))
    report = Report(
        engine_version=version("coherence"), rules_hash=ruleset.hash, language=spoken, country=dossier.country,
        country_name=name, documents=records, left_out=tuple(unread),
        notices=tuple(in_language(each, spoken) for each in notices), commitments=commitments,
        packs=ruleset.packs, rules=tuple(rule_record(rule, spoken) for rule in ruleset.rules), findings=findings,
        suppressed=suppressed, as_of=dossier.as_of, subjects=subjects_of(commitments, spoken),
        agenda=agenda_of(findings, by_id, spoken), comparisons=comparisons(facts), clusters=clusters,
        recommendations=recommendations, accounting=accounting,
        interactions=interaction_view(commitments, findings, spoken),
        programme=programme_view(dossier.country, documents, records, spoken, clusters),
        target_quality=target_quality(facts, by_id, findings, spoken),
    )  # fmt: skip
    report = canonical_order(report)
    return Assessment(report, add_findings(graph, findings))


def _notices(
    dossier: Dossier, documents: Sequence[Document], ruleset: RuleSet, asked: Language | None, spoken: Language
) -> Iterable[Notice]:
    """Yield what is to be said of the dossier, its language and the rules, before anything is found."""
    yield from dossier.notices
    yield from _language_notice(dossier.directory, documents, asked)
    yield from _rule_notices(ruleset)
    yield from _translation_notices(ruleset, spoken)


def extract_documents(
    documents: Iterable[Document], *, everything: bool = False, progress: Progress = QUIET
) -> tuple[Commitment, ...]:
    """Return the commitments of documents, by document path and place."""
    documents = tuple(documents)
    found: list[Commitment] = []
    for done, document in enumerate(documents):
        progress(f"{Path(document.path).name}", done, len(documents))
        found += extract_commitments(document, everything=everything)
    return tuple(found)


def report_language(documents: Sequence[Document], asked: Language | None) -> Language:
    """Return the language asked for, else the one that most documents share, if reports are written in it."""
    if asked is not None:
        return asked
    counts = Counter(document.language for document in documents if document.language in REPORT_LANGUAGES)
    return min(counts, key=lambda code: (-counts[code], code)) if counts else "en"


def _silent(documents: Sequence[Document], commitments: Sequence[Commitment]) -> Iterable[Notice]:
    """Tell which documents have text and no commitment; pages without text have a notice of their own."""
    stated = {commitment.document for commitment in commitments}
    for document in documents:
        if document.path not in stated and any(page.text.strip() for page in document.pages):
            yield notice("warning", document.path, "document.nothing_found")


def _language_notice(where: str, documents: Sequence[Document], asked: Language | None) -> Iterable[Notice]:
    """Tell where no language was asked for and the one of most documents is none that reports are written in."""
    counts: Counter[Language] = Counter(document.language for document in documents)
    most: Language = min(counts, key=lambda code: (-counts[code], code), default="en")
    if asked is None and most not in REPORT_LANGUAGES:
        choices = ", ".join(REPORT_LANGUAGES)
        yield notice("warning", where, "report.other_language", documents=language_phrase(most), choices=choices)


def _rule_notices(ruleset: RuleSet) -> tuple[Notice, ...]:
    """Tell which rule files could not be used, shipped ones by their place in the folder; and what packs change."""
    told = []
    for pack in ruleset.packs:
        told += [notice("info", pack.name, "rule.replaced", **each.model_dump()) for each in pack.replaces]
        told += [notice("info", pack.name, "rule.disabled", **each.model_dump()) for each in pack.disables]
    told += [notice("warning", folder, "rule.empty_pack") for folder in ruleset.empty]
    for each in ruleset.faults:
        path = Path(each.location.path)
        within = path.relative_to(rules_dir()).as_posix() if path.is_relative_to(rules_dir()) else each.location.path
        where = replace(each.location, path=within)
        told.append(
            notice(
                "error",
                str(where),
                "rule.unusable",
                problem=f"{each.what}; {each.remedy}" if each.remedy else each.what,
            )
        )
    return tuple(told)


def _translation_notices(ruleset: RuleSet, language: Language) -> Iterable[Notice]:
    """Tell of each pack how many texts of its rules are shown in English, for want of a translation."""
    if language not in TRANSLATED_LANGUAGES:
        return
    for pack in ruleset.packs:
        specs = [rule.spec.model_dump(mode="json") for rule in ruleset.rules if rule.pack == pack.name]
        count = len(untranslated(specs, language))
        if count:
            yield notice("info", pack.name, "rule.untranslated", count=count, pack=pack.name,
                         language=language_phrase(language), code=language)  # fmt: skip


def document_record(document: Document, commitments: Sequence[Commitment], language: Language = "en") -> DocumentRecord:
    """Return what a report in this language says of a document; ``commitments`` may be those of several documents."""
    text = "\n".join(page.text for page in document.pages)
    named = mentions(text, document.language) - {document.instrument, document.convention}
    return DocumentRecord(
        path=document.path, sha256=document.sha256, format=document.format, instrument=document.instrument,
        convention=document.convention, title=document.title, language=document.language, year=document.year,
        status=document.status, source=document.source, pages=len(document.pages),
        pages_without_text=tuple(page.number for page in document.pages if not page.text.strip()),
        pages_ocr=tuple(page.number for page in document.pages if page.ocr),
        commitments=sum(commitment.document == document.path for commitment in commitments),
        mentions=tuple(sorted(named)), elements=elements_named(text, document.language, document.instrument),
        statements=instrument_statements(document), restated=restated_figures(document),
        notices=tuple(in_language(each, language) for each in document.notices),
    )  # fmt: skip
