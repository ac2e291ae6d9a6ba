"""One dossier's way: read → extract → graph → facts → findings → recommendations → report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from coherence.dossier import country_name, load_dossier, read_dossier
from coherence.engine import evaluate
from coherence.extraction import extract_commitments
from coherence.extraction.official_targets import mentions
from coherence.facts import build_facts
from coherence.graph import add_findings, build_graph
from coherence.models import Commitment, Document, DocumentRecord, Dossier, Finding, Notice, Report, RuleRecord
from coherence.notices import in_language, notice
from coherence.recommend import recommend
from coherence.reports.canonical import canonical_order
from coherence.resources import rules_dir
from coherence.ruleset import RuleSet, load_rules, rule_record
from coherence.vocabulary import REPORT_LANGUAGES, Language

if TYPE_CHECKING:
    import networkx as nx

    from coherence.errors import Fault

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
    directory: Path, *, language: Language | None = None, rules: Sequence[Path] = (), progress: Progress = QUIET
) -> Assessment:
    """Assess the dossier in ``directory`` with the shipped rules and those in the folders ``rules``.

    Documents and rules that cannot be used are left out and named in the report; raises DossierError when
    nothing can be assessed.
    """
    dossier = load_dossier(directory)
    documents, left_out = read_dossier(dossier, progress)
    ruleset = load_rules((rules_dir(), *rules))
    return assess_documents(dossier, documents, left_out, ruleset, language=language, progress=progress)


def assess_documents(
    dossier: Dossier, documents: Sequence[Document], left_out: Sequence[Notice], ruleset: RuleSet, *,
    language: Language | None = None, progress: Progress = QUIET,
) -> Assessment:  # fmt: skip
    """Assess documents that have been read."""
    documents = sorted(documents, key=lambda document: document.path)
    commitments = extract_documents(documents, progress=progress)
    spoken = report_language(documents, language)
    records = tuple(document_record(document, commitments, spoken) for document in documents)
    name = country_name(dossier.country, spoken)
    progress("graph", 0, 1)
    graph = build_graph(dossier.country, name, records, commitments)
    evaluation = evaluate(ruleset, build_facts(graph), spoken)
    by_id = {commitment.id: commitment for commitment in commitments}
    recommendations = recommend(evaluation.findings, by_id, records, spoken)
    notices = (*dossier.notices, *_rule_notices(ruleset.faults), *evaluation.notices)
    unread = sorted((in_language(each, spoken) for each in left_out), key=lambda each: (each.where, each.what))
    report = Report(
        engine_version=version("coherence"), rules_hash=ruleset.hash, language=spoken, country=dossier.country,
        country_name=name, documents=records, left_out=tuple(unread),
        notices=tuple(in_language(each, spoken) for each in notices), commitments=commitments,
        rules=_rules_used(ruleset, evaluation.findings, spoken), findings=evaluation.findings,
        recommendations=recommendations,
    )  # fmt: skip
    report = canonical_order(report)
    return Assessment(report, add_findings(graph, evaluation.findings))


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


def _rule_notices(faults: Iterable[Fault]) -> tuple[Notice, ...]:
    """Tell which rule files could not be used; shipped ones by their place in the folder of rules."""
    told = []
    for each in faults:
        path = Path(each.location.path)
        within = path.relative_to(rules_dir()).as_posix() if path.is_relative_to(rules_dir()) else each.location.path
        where = replace(each.location, path=within)
        told.append(notice("error", str(where), "rule.unusable", problem=each.what))
    return tuple(told)


def document_record(document: Document, commitments: Sequence[Commitment], language: Language = "en") -> DocumentRecord:
    """Return what a report in this language says of a document."""
    """Return what a report says of a document; ``commitments`` may be those of several documents."""
    text = "\n".join(page.text for page in document.pages)
    named = mentions(text, document.language) - {document.instrument, document.convention}
    return DocumentRecord(
        path=document.path, sha256=document.sha256, format=document.format, instrument=document.instrument,
        convention=document.convention, title=document.title, language=document.language, year=document.year,
        status=document.status, source=document.source, pages=len(document.pages),
        pages_without_text=tuple(page.number for page in document.pages if not page.text.strip()),
        pages_ocr=tuple(page.number for page in document.pages if page.ocr),
        commitments=sum(commitment.document == document.path for commitment in commitments),
        mentions=tuple(sorted(named)), notices=tuple(in_language(each, language) for each in document.notices),
    )  # fmt: skip


def _rules_used(ruleset: RuleSet, findings: Iterable[Finding], language: Language) -> tuple[RuleRecord, ...]:
    fired = {finding.rule for finding in findings}
    return tuple(rule_record(rule, language) for rule in ruleset.rules if rule.id in fired)
