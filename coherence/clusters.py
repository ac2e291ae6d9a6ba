"""Candidate integrated projects: commitments of several instruments that findings connect with one another.

Communities are sought on the graph whose nodes are commitments and whose edges are findings between instruments
(synergies, and overlaps with less weight), by the Louvain method with a fixed seed. Nodes are numbered in the order of
their ids, so that the order of the input makes no difference. What counts stands in
``rules/frameworks/clustering.yaml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from coherence.cluster_settings import Clustering, clustering
from coherence.cluster_wording import About, described
from coherence.expectations import subjects_of
from coherence.graph import theme_table
from coherence.recommendation_patterns import recommending
from coherence.recommendation_phrases import Phrases, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.models import Cluster, Commitment, DocumentRecord, Finding
    from coherence.vocabulary import Language

__all__ = ["find_clusters"]


@dataclass(frozen=True, slots=True)
class _Link:
    """A finding between two commitments of different instruments."""

    first: str
    second: str
    weight: float
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Community:
    """Connected commitments, the most connected first."""

    members: tuple[Commitment, ...]
    weight: float
    links: tuple[_Link, ...]

    @property
    def breadth(self) -> int:
        """How many instruments it spans."""
        return len({each.instrument for each in self.members})


def find_clusters(
    findings: Sequence[Finding],
    commitments: Mapping[str, Commitment],
    documents: Sequence[DocumentRecord],
    language: Language,
    how: Clustering | None = None,
) -> tuple[Cluster, ...]:
    """Return the candidate integrated projects, ranked from 1; the order of the input makes no difference.

    ``commitments`` holds those that findings name by id. Findings between dossiers are passed over. The widest
    communities go first, then those that are connected most. Raises VocabularyError when the shipped data are faulty.
    """
    how = how or clustering()
    links = _links(findings, commitments, how)
    found = [_community(names, links, commitments, how) for names in _communities(links, how)]
    worth = [
        each for each in found if len(each.members) >= how.fewest_members and each.breadth >= how.fewest_instruments
    ]
    worth.sort(key=lambda each: (-each.breadth, -each.weight, each.members[0].id))
    phrases = Phrases(language, recommending(), {document.path: document for document in documents})
    names: Counter[str] = Counter()
    clusters = []
    for rank, each in enumerate(worth[: how.most], 1):
        shown = _shown(each, how)
        chosen = {member.id for member in shown}
        linking = tuple(
            dict.fromkeys(link.fingerprint for link in each.links if link.first in chosen and link.second in chosen)
        )
        about = About(shown, len(each.members) - len(shown), linking, findings)
        clusters.append(described(about, phrases, how, rank, names))
    return tuple(clusters)


def _links(findings: Iterable[Finding], commitments: Mapping[str, Commitment], how: Clustering) -> tuple[_Link, ...]:
    """Return the links that findings make; of several commitments the first is linked with each other one."""
    links = []
    first_of = _first_of_each_quote(commitments)
    for finding in sorted(findings, key=lambda each: each.fingerprint):
        if finding.kind not in how.kinds or finding.other_dossier is not None:
            continue
        weight = how.kinds[finding.kind] * max(abs(finding.score or 0), 1) * finding.confidence
        known = [first_of[name] for name in dict.fromkeys(finding.commitments) if name in commitments]
        known = [each for each in known if not _goes_with_everything(each, how)]
        links += [
            _Link(known[0].id, other.id, weight * _closeness(known[0], other, how), finding.fingerprint)
            for other in known[1:]
            if other.instrument != known[0].instrument
        ]
    return tuple(links)


def _first_of_each_quote(commitments: Mapping[str, Commitment]) -> Mapping[str, Commitment]:
    """Return for each commitment the most telling one of its sentence: a sentence with two figures is one member."""
    best: dict[tuple[str, str], Commitment] = {}
    for each in sorted(commitments.values(), key=telling):
        best.setdefault((each.document, each.quote), each)
    return {name: best[each.document, each.quote] for name, each in commitments.items()}


def _goes_with_everything(commitment: Commitment, how: Clustering) -> bool:
    """Return whether all its themes are of groups that connect no project: finance, capacity, coordination."""
    table = theme_table()
    groups = {table[theme].group for theme in commitment.themes if theme in table}
    return bool(groups) and groups <= set(how.left_out_groups)


def _closeness(one: Commitment, other: Commitment, how: Clustering) -> float:
    """Return what a link between two counts: in full where one project can hold both."""
    return 1.0 if _alike(one, other) else how.unrelated_share


def _alike(one: Commitment, other: Commitment) -> bool:
    """Return whether two name a theme, subject, ecosystem or place in common."""
    return any(
        set(ours) & set(theirs)
        for ours, theirs in (
            (one.themes, other.themes), (one.ecosystems, other.ecosystems), (one.places, other.places),
            (subjects_of(one.themes), subjects_of(other.themes)),
        )
    )  # fmt: skip


def _communities(links: Iterable[_Link], how: Clustering) -> list[tuple[str, ...]]:
    links = tuple(links)
    names = sorted({name for link in links for name in (link.first, link.second)})
    numbers = {name: number for number, name in enumerate(names)}
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for link in links:
        first, second = sorted((numbers[link.first], numbers[link.second]))
        weights[first, second] += link.weight
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from((first, second, weight) for (first, second), weight in sorted(weights.items()))
    parts = nx.community.louvain_communities(graph, resolution=how.resolution, seed=how.seed) if names else []
    return sorted(tuple(names[number] for number in sorted(part)) for part in parts)


def _community(
    names: Sequence[str], links: Iterable[_Link], commitments: Mapping[str, Commitment], how: Clustering
) -> _Community:
    inside = tuple(link for link in links if link.first in names and link.second in names)
    degree: dict[str, float] = defaultdict(float)
    for link in inside:
        degree[link.first] += link.weight
        degree[link.second] += link.weight
    held = [name for name in names if round(degree[name], 6) >= how.least_weight]
    held = [name for name in held if any(_alike(commitments[name], commitments[each]) for each in held if each != name)]
    ordered = sorted(held, key=lambda name: (-round(degree[name], 6), telling(commitments[name])))
    members = tuple(commitments[name] for name in ordered)
    return _Community(members, round(sum(link.weight for link in inside), 6), inside)


def _shown(community: _Community, how: Clustering) -> tuple[Commitment, ...]:
    """Return the members to list: the most connected of each instrument, then the most connected of all."""
    first = {each.instrument: each for each in reversed(community.members)}
    ahead = [each for each in community.members if first[each.instrument] is each]
    rest = [each for each in community.members if first[each.instrument] is not each]
    chosen = {each.id for each in (*ahead, *rest)[: how.most_members]}
    return tuple(each for each in community.members if each.id in chosen)
