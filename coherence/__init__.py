"""Policy-coherence engine for national commitments under the Rio conventions.

import coherence

report = coherence.assess("corpora/ghana")
for finding in report.findings:
    print(finding.kind, finding.title)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coherence.errors import CoherenceError, DossierError, Fault, Location, ReadingError, RuleError, VocabularyError
from coherence.models import Commitment, Document, Finding, Notice, Recommendation, Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import networkx as nx

    from coherence.change_models import Changes
    from coherence.ruleset import RuleSet
    from coherence.vocabulary import Language

__all__ = [
    "CoherenceError", "Commitment", "Document", "DossierError", "Fault", "Finding", "Location", "Notice",
    "ReadingError", "Recommendation", "Report", "RuleError", "VocabularyError",
    "assess", "build_graph", "compare_reports", "extract", "load_rules", "write_reports",
]  # fmt: skip


def assess(
    directory: str | Path, *, language: Language | None = None, rules: str | Path | Sequence[str | Path] = (),
    as_of: date | None = None, suggest_themes: bool = False,
) -> Report:  # fmt: skip
    """Assess the dossier in ``directory``: its commitments, findings and recommendations.

    ``language``: of the report (en, fr, es, ar, ru, zh); the documents' own without it. ``rules``: folders whose
    rules are added to the shipped ones. ``as_of``: date of the assessment, by which suppressions end; that of the
    dossier where it is not given. ``suggest_themes``: of commitments without a theme, for readers only; needs the
    extra ``semantic``. Raises DossierError when the folder cannot be assessed at all, RuleError for a folder of rules
    that is not there, and CoherenceError for an argument that cannot be used.
    """
    from coherence.pipeline import assess_directory  # noqa: PLC0415  # spaCy and networkx are slow to import

    folders = _paths(rules)
    return assess_directory(
        Path(directory), language=language, rules=folders, as_of=as_of, suggest_themes=suggest_themes
    ).report


def extract(
    paths: str | Path | Sequence[str | Path], *, everything: bool = False, suggest_themes: bool = False
) -> tuple[Commitment, ...]:
    """Return the commitments of documents and folders, by path and place; raises ReadingError."""
    from coherence.batch import extract_paths  # noqa: PLC0415

    _, commitments, left_out = extract_paths(_paths(paths), everything=everything, suggest_themes=suggest_themes)
    if left_out:
        raise ReadingError(*(Fault(Location(n.where), n.what, n.remedy) for n in left_out))
    return commitments


def build_graph(report: Report) -> nx.MultiDiGraph:
    """Return the report's graph: country, documents, commitments, concepts, targets, places, bodies, findings."""
    from coherence.graph import add_findings  # noqa: PLC0415
    from coherence.graph import build_graph as build  # noqa: PLC0415

    return add_findings(
        build(report.country, report.country_name, report.documents, report.commitments), report.findings
    )


def compare_reports(before: Report, after: Report) -> Changes:
    """Return what changed between two assessments of one country: commitments and findings, each finding with why.

    Raises CoherenceError for reports on two countries.
    """
    from coherence.compare import compare_reports as compare  # noqa: PLC0415

    return compare(before, after)


def load_rules(directories: str | Path | Sequence[str | Path] = ()) -> RuleSet:
    """Return the shipped rules and those of further directories; faulty ones are listed in ``faults``."""
    from coherence.resources import rules_dir  # noqa: PLC0415
    from coherence.ruleset import load_rules as load  # noqa: PLC0415

    return load((rules_dir(), *_paths(directories)))


def write_reports(report: Report, directory: str | Path) -> None:
    """Write the report in all its forms (report.json, report.html, report.docx ...) into ``directory``, or nothing."""
    from coherence.reports import write_reports as write  # noqa: PLC0415

    write(report, Path(directory))


def _paths(given: str | Path | Sequence[str | Path]) -> list[Path]:
    """Return paths, where one may stand for a list of one: the letters of a name are no paths."""
    return [Path(given)] if isinstance(given, str | Path) else [Path(each) for each in given]
