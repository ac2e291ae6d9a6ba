"""The sheet of candidate integrated projects as plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coherence.reports.commitment_sheets import full_quote
from coherence.reports.sheet_model import MIDDLE, NARROW, REFERENCE, WIDE, WIDEST, Column, Row, Sheet

if TYPE_CHECKING:
    from coherence.models import Cluster
    from coherence.reports.digest import Digest
    from coherence.reports.wording import Wording

__all__ = ["clusters_sheet"]


def clusters_sheet(view: Digest, words: Wording) -> Sheet:
    """Return one row per candidate integrated project."""
    columns = (
        Column(words.text("recommendation.rank"), NARROW),
        Column(words.text("cluster.name"), WIDE),
        Column(words.text("cluster.instruments"), MIDDLE),
        Column(words.text("cluster.members"), WIDEST),
        Column(words.text("cluster.figures"), WIDE),
        Column(words.text("cluster.objectives"), WIDE),
        Column(words.text("cluster.missing"), WIDE),
        Column(words.text("cluster.draft"), WIDEST),
        Column(words.text("recommendation.findings"), WIDE),
        Column(words.text("finding.reference"), REFERENCE),
    )
    rows = tuple(_row(cluster, view, words) for cluster in view.report.clusters)
    return Sheet(words.text("workbook.clusters"), columns, rows, frozen_columns=2)


def _row(cluster: Cluster, view: Digest, words: Wording) -> Row:
    members = [view.commitments[name] for name in cluster.members if name in view.commitments]
    listed = [
        words.labelled(
            words.listed((words.text(f"acronym.{each.instrument}"),
                          words.text("commitment.on_page", page=each.provenance.page))),
            full_quote(each),
        )
        for each in members
    ]  # fmt: skip
    if cluster.further_members:
        listed.append(words.text("cluster.further", n=words.number(cluster.further_members)))
    missing = [f"{words.text(f'element.{each.element}')} ({len(each.commitments)})" for each in cluster.missing]
    return Row(
        (
            cluster.rank,
            cluster.name,
            words.listed(words.text(f"acronym.{name}") for name in cluster.instruments),
            "\n".join(listed),
            "\n".join(words.cluster_figure(each) for each in cluster.figures),
            "\n".join(words.basis_name(each.id) or each.label for each in cluster.objectives),
            "\n".join(missing),
            cluster.note,
            "\n".join(cluster.findings),
            cluster.id,
        )
    )
