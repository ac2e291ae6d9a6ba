"""What a cluster of commitments shares, states, serves and lacks, and a draft paragraph of a concept note."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.amounts import quantity_text
from coherence.frameworks import all_ids, labels_text, legal_basis
from coherence.identifiers import content_id
from coherence.models import Cluster, ClusterElement, ClusterFigure, Quantity
from coherence.recommendation_patterns import fill
from coherence.recommendation_phrases import laid_out, says_enough
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.cluster_settings import Clustering, ClusterTexts
    from coherence.frameworks import Texts
    from coherence.models import Commitment, Element, Finding, LegalBasis
    from coherence.recommendation_phrases import Phrases

__all__ = ["About", "described"]

_MOST_NAMED = 2
_MOST_SHARED = 5
_SHARED_BY = 2
_MAIN = 2
"""What a commitment's main theme weighs, against one that it names besides."""
_STEM = 5
"""Letters by which a label is known in inflected forms."""


@dataclass(frozen=True, slots=True)
class About:
    """What a cluster is made of: the members to list, how many are left, and the findings."""

    members: Sequence[Commitment]
    further_members: int
    linking: tuple[str, ...]
    """Fingerprints of the findings that connect the members."""
    findings: Iterable[Finding]
    """All findings of the dossier."""


def described(about: About, phrases: Phrases, how: Clustering, rank: int, taken: Counter[str]) -> Cluster:
    """Return a cluster in words; ``taken`` counts the names given so far, so that each is given once."""
    members = about.members
    instruments = tuple(name for name in phrases.how.receiving_order if name in {each.instrument for each in members})
    cluster = Cluster(
        id=content_id("cluster", *sorted(each.id for each in members)),
        rank=rank,
        name=_name(members, phrases, how, taken),
        instruments=instruments,
        members=tuple(each.id for each in members),
        further_members=about.further_members,
        themes=_shared(members, "themes"),
        ecosystems=_shared(members, "ecosystems"),
        places=_shared(members, "places"),
        figures=_figures(members),
        objectives=_objectives(members, phrases, how),
        missing=_missing(members, about.findings, how),
        findings=about.linking,
    )
    return cluster.model_copy(update={"note": _note(cluster, members, phrases, how)})


def _shared(members: Iterable[Commitment], field: str) -> tuple[str, ...]:
    """Return what at least two members name, the most frequent first."""
    counts = Counter(name for each in members for name in dict.fromkeys(getattr(each, field)))
    common = [name for name in counts if counts[name] >= _SHARED_BY]
    return tuple(sorted(common, key=lambda name: (-counts[name], name))[:_MOST_SHARED])


def _name(members: Sequence[Commitment], phrases: Phrases, how: Clustering, taken: Counter[str]) -> str:
    """Return themes that members share, with a place or ecosystem that several instruments name; each name once."""
    themes = _named_themes(members, how)
    for count in range(min(_MOST_NAMED, len(themes)), len(themes) + 1):
        labels = [phrases.themes([theme]) for theme in themes[:count]] or [phrases.word("no_theme")]
        name = phrases.enumerated(labels)
        where = _where(members, phrases, name)
        name = name[:1].upper() + name[1:]
        if where:
            name = fill(labels_text(how.texts.within, phrases.language), {"name": name, "place": where})
        if not taken[name]:
            break
    taken[name] += 1
    return name if taken[name] == 1 else f"{name} ({taken[name]})"


def _named_themes(members: Sequence[Commitment], how: Clustering) -> list[str]:
    """Return the themes that say what the whole is about, in the order in which a name takes them up.

    The first is the one that most members name, those that are connected most ahead; each further one says of most
    members what the ones before it do not. Themes of one member only are no name for a whole that has others.
    """
    weights: Counter[str] = Counter()
    for place, each in enumerate(members):
        for rank, theme in enumerate(dict.fromkeys(each.themes)):
            weights[theme] += (len(members) - place) * (_MAIN if not rank else 1)
    common = set(_shared(members, "themes")) or set(weights)
    chosen: list[str] = []
    left = list(members)
    # What every promise may be about besides names no project.
    specific = {theme for theme in common if not _vague(theme, how)}
    candidates = specific or common
    while candidates - set(chosen):
        rest = Counter({theme: sum(theme in each.themes for each in left) for theme in candidates - set(chosen)})
        best = min(rest, key=lambda theme: (-bool(chosen) * rest[theme], -weights[theme], theme))
        chosen.append(best)
        left = [each for each in left if best not in each.themes]
    return chosen


def _vague(theme: str, how: Clustering) -> bool:
    entry = term_list("themes").get(theme) or {}
    return bool(entry.get("broad")) or entry.get("group") in how.left_out_groups


def _where(members: Sequence[Commitment], phrases: Phrases, name: str) -> str:
    """Return the first place, else ecosystem, that several instruments name and the name does not say yet.

    An ecosystem is that of the whole where at least half of the members name it.
    """
    for field in ("places", "ecosystems"):
        for term in _shared(members, field)[:1]:
            holding = [each for each in members if term in getattr(each, field)]
            label = phrases.ecosystem(term) if field == "ecosystems" else term
            wide = len({each.instrument for each in holding}) >= _SHARED_BY
            wide &= field == "places" or len(holding) * 2 >= len(members)
            if wide and label[:_STEM].casefold() not in name.casefold():
                return label
    return ""


def _figures(members: Sequence[Commitment]) -> tuple[ClusterFigure, ...]:
    """Return per unit the smallest and the largest figure of members; yearly figures apart from totals."""
    stated: dict[tuple[bool, str], list[tuple[float, str]]] = defaultdict(list)
    for each in members:
        for quantity in each.quantities:
            value = quantity.high if quantity.value is None else quantity.value
            if value is not None and says_enough(quantity.unit):
                stated[quantity.per_year, quantity.unit].append((value, each.id))
    return tuple(
        ClusterFigure(
            unit=unit, per_year=per_year, low=min(found)[0], high=max(found)[0],
            commitments=tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda each: (-each[0], each[1])))),
        )
        for (per_year, unit), found in sorted(stated.items())
    )  # fmt: skip


def _objectives(members: Sequence[Commitment], phrases: Phrases, how: Clustering) -> tuple[LegalBasis, ...]:
    """Return the official targets that members are linked to and the objectives of their conventions, by number."""
    counts: Counter[str] = Counter()
    for each in members:
        linked = {link.target for link in each.official_links} | set(how.objectives.get(each.convention, ()))
        if each.ldn_response is not None:
            linked.add(how.responses[each.ldn_response])
        counts.update(linked & all_ids())
    ranked = sorted(counts, key=lambda name: (-counts[name], name))[: how.most_objectives]
    return tuple(legal_basis(name, phrases.language) for name in ranked)


def _missing(members: Sequence[Commitment], findings: Iterable[Finding], how: Clustering) -> tuple[ClusterElement, ...]:
    """Return what funders ask for and findings did not find in the words of members."""
    names = {each.id for each in members}
    lacking: dict[Element, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.missing is not None and finding.kind == "quality":
            lacking[finding.missing.element] |= names & set(finding.commitments[:1])
    return tuple(
        ClusterElement(element=element, commitments=tuple(sorted(lacking[element])))
        for element in how.asked_by_funders
        if lacking[element]
    )


def _note(cluster: Cluster, members: Sequence[Commitment], phrases: Phrases, how: Clustering) -> str:
    """Return a draft paragraph of a concept note."""
    language, texts = phrases.language, how.texts
    asked = [f"{phrases.report_text('element', each.element)} ({len(each.commitments)})" for each in cluster.missing]
    served = [fill(phrases.word("quoted"), {"text": each.label}) for each in cluster.objectives if each.verified]

    def said(template: Texts, name: str, items: list[str]) -> str:
        return fill(labels_text(template, language), {name: phrases.joined(items)}) if items else ""

    values = {
        "name": cluster.name,
        "of_instruments": phrases.instruments(cluster.instruments, "of"),
        "members": phrases.itemised([phrases.fact(each) for each in members]),
    }
    sentences = (
        fill(labels_text(texts.joins, language), values),
        said(texts.figures, "figures", [_range(each, phrases, texts) for each in cluster.figures]),
        said(texts.serves, "objectives", served),
        said(texts.asks, "missing", asked),
        labels_text(texts.prepared, language),
    )
    return laid_out(" ".join(filter(None, sentences)))


def _range(figure: ClusterFigure, phrases: Phrases, texts: ClusterTexts) -> str:
    low, high = (
        quantity_text(Quantity(value=value, unit=figure.unit, per_year=figure.per_year, text=""), phrases.language)
        for value in (figure.low, figure.high)
    )
    template = texts.single if figure.low == figure.high else texts.range
    return fill(labels_text(template, phrases.language), {"low": low, "high": high})
