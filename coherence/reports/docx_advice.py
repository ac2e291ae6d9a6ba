"""Recommendations with their draft wording and candidate integrated projects, as parts of report.docx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.docx_lines import (
    basis_lines,
    basis_names,
    clipped,
    labelled,
    paragraphs,
    place_of,
    source_pieces,
)  # fmt: skip
from coherence.reports.docx_styles import BULLET, DRAFT, NOTE
from coherence.reports.docx_writer import Line, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import Cluster, Recommendation
    from coherence.reports.digest import Digest
    from coherence.reports.docx_writer import DocxWriter
    from coherence.reports.wording import Wording

__all__ = ["write_bases", "write_further", "write_projects", "write_recommendations"]

_FINDINGS_NAMED = 4
_MEMBER_QUOTE = 160
"""Characters."""


def write_recommendations(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add the recommendations that come first, in full."""
    writer.heading(words.text("recommendation.title"), 1)
    found = view.report.recommendations
    style = words.text("word.draft_style")
    told = words.text("word.drafts_note", style=style) if found else words.text("recommendation.none")
    writer.line(Line((Piece(told),), NOTE))
    if found and not view.report.as_of:
        writer.line(Line((Piece(words.text("recommendation.moments")),), NOTE))
    marks = f"✓ {words.text('basis.verified')} · ? {words.text('basis.unverified')}"
    writer.line(labelled(words.text("recommendation.basis"), marks, words, NOTE))
    for item in found:
        if not item.further:
            _recommendation(writer, item, view, words)


def write_further(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add the recommendations that stand in short elsewhere, as an annex."""
    further = [item for item in view.report.recommendations if item.further]
    if further:
        writer.annex(words.text("recommendation.further"))
    for item in further:
        _recommendation(writer, item, view, words)


def write_bases(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add what the decisions and targets say on which recommendations and projects rest, each once, as an annex."""
    report = view.report
    bases = dict.fromkeys(
        (*(entry for item in report.recommendations for entry in item.basis),
         *(entry for cluster in report.clusters for entry in cluster.objectives))
    )  # fmt: skip
    if bases:
        writer.annex(words.text("recommendation.basis"))
        writer.lines(basis_lines(bases, words))


def _recommendation(writer: DocxWriter, item: Recommendation, view: Digest, words: Wording) -> None:
    writer.heading(f"{words.number(item.rank)}. {item.title}", 2)
    writer.lines(paragraphs(item.text))
    if item.instrument:
        where = words.text(f"acronym_meaning.{item.instrument}")
        writer.line(labelled(words.text("recommendation.instrument"), where, words))
    if item.addressees:
        writer.line(labelled(words.text("recommendation.addressees"), words.listed(item.addressees), words))
    reason = item.reason or words.labelled(words.text("finding.severity"), words.text(f"severity.{item.priority}"))
    writer.line(labelled(words.text("recommendation.reason"), reason, words))
    _names_of_projects(writer, item, view, words)
    basis = basis_names(item.basis, words) or words.text("basis.none")
    writer.line(labelled(words.text("recommendation.basis"), basis, words))
    _named_findings(writer, item.findings, view, words)
    if item.draft:
        writer.heading(words.text("recommendation.draft"), 3)
        writer.lines(paragraphs(item.draft, DRAFT))


def _names_of_projects(writer: DocxWriter, item: Recommendation, view: Digest, words: Wording) -> None:
    names = [cluster.name for cluster in view.report.clusters if cluster.id in item.clusters]
    if names:
        writer.line(labelled(words.text("cluster.recommendation"), words.apart(names), words))


def _named_findings(writer: DocxWriter, fingerprints: Iterable[str], view: Digest, words: Wording) -> None:
    """Name the first findings and tell how many more there are."""
    found = [view.findings[name] for name in fingerprints if name in view.findings]
    if not found:
        return
    told = words.apart(place_of(finding, view, words) for finding in found[:_FINDINGS_NAMED])
    if len(found) > _FINDINGS_NAMED:
        told = words.text("word.and_more", named=told, n=words.number(len(found) - _FINDINGS_NAMED))
    writer.line(labelled(words.text("recommendation.findings"), told, words))


def write_projects(writer: DocxWriter, view: Digest, words: Wording) -> None:
    """Add the candidate integrated projects, where there are any."""
    if not view.report.clusters:
        return
    writer.heading(words.text("cluster.title"), 1)
    writer.line(Line((Piece(words.text("cluster.note")),), NOTE))
    for cluster in view.report.clusters:
        _project(writer, cluster, view, words)


def _project(writer: DocxWriter, cluster: Cluster, view: Digest, words: Wording) -> None:
    writer.heading(f"{words.number(cluster.rank)}. {cluster.name}", 2)
    instruments = words.listed(words.text(f"acronym.{name}") for name in cluster.instruments)
    writer.line(labelled(words.text("cluster.instruments"), instruments, words))
    if cluster.figures:
        figures = words.apart(words.cluster_figure(figure) for figure in cluster.figures)
        writer.line(labelled(words.text("cluster.figures"), figures, words))
    if cluster.missing:
        missing = words.listed(
            f"{words.text(f'element.{each.element}')} ({words.number(len(each.commitments))})"
            for each in cluster.missing
        )
        writer.line(labelled(words.text("cluster.missing"), missing, words))
    if cluster.objectives:
        writer.line(labelled(words.text("cluster.objectives"), basis_names(cluster.objectives, words), words))
    if not cluster.note:
        writer.lines(_members(cluster, view, words))
        return
    # The draft quotes the members; here stands where to find them.
    known = (view.commitments[name] for name in cluster.members if name in view.commitments)
    writer.line(labelled(words.text("cluster.members"), words.places(known), words))
    writer.heading(words.text("cluster.draft"), 3)
    writer.lines(paragraphs(cluster.note, DRAFT))


def _members(cluster: Cluster, view: Digest, words: Wording) -> list[Line]:
    lines = []
    for name in cluster.members:
        if name in view.commitments:
            commitment = view.commitments[name]
            quote = Piece(clipped(commitment.quote, _MEMBER_QUOTE), commitment.language)
            source = source_pieces(commitment, view, words)
            lines.append(Line((*source, Piece(words.labelled("", "")), quote), BULLET))
    if cluster.further_members:
        lines.append(Line((Piece(words.text("cluster.further", n=words.number(cluster.further_members))),), BULLET))
    return lines
