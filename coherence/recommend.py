"""Findings → recommendations: findings that ask for the same change are merged, worded and ranked.

The wording stands in ``rules/recommendation``; who is addressed and how ranks are made in
``rules/frameworks/recommending.yaml``. Placeholders are replaced in one pass, so that text of a document can never
act as a template.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence.frameworks import labels_text, legal_basis
from coherence.identifiers import content_id
from coherence.models import Instrument, LegalBasis, Recommendation, Severity
from coherence.recommendation_patterns import Pattern, Recommending, fill, load_patterns, recommending
from coherence.recommendation_wording import Asked, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.models import Commitment, DocumentRecord, Finding
    from coherence.vocabulary import Language

__all__ = ["recommend"]


@dataclass(frozen=True, slots=True)
class _Group:
    """Findings that ask for one change: its pattern, the receiving instruments and what else sets it apart."""

    pattern: Pattern
    receiving: tuple[Instrument, ...]
    apart: str
    findings: tuple[Finding, ...]

    @property
    def instrument(self) -> Instrument | None:
        """The receiving instrument where there is only one."""
        return self.receiving[0] if len(self.receiving) == 1 else None


def recommend(
    findings: Sequence[Finding],
    commitments: Mapping[str, Commitment],
    documents: Sequence[DocumentRecord],
    language: Language,
    *,
    patterns: Mapping[str, Pattern] | None = None,
) -> tuple[Recommendation, ...]:
    """Return the recommendations that answer the findings, ranked from 1; the order of the input makes no difference.

    ``commitments`` holds those that findings name by id. A finding whose rule asks for no recommendation, or for one
    that is not among ``patterns`` (the shipped ones by default), is passed over. Raises VocabularyError when the
    shipped patterns are faulty.
    """
    known = load_patterns() if patterns is None else patterns
    how = recommending()
    groups = _groups(findings, known, commitments, how)
    groups.sort(
        key=lambda each: (each.pattern.precedence, -_urgency(each, how), each.pattern.id, each.receiving, each.apart)
    )
    wording = Wording(language, how, commitments, {document.path: document for document in documents})
    return tuple(_worded(group, rank, wording, how) for rank, group in enumerate(groups, 1))


def _groups(
    findings: Iterable[Finding], known: Mapping[str, Pattern], commitments: Mapping[str, Commitment], how: Recommending
) -> list[_Group]:
    merged: dict[tuple[str, Instrument | None, str], list[Finding]] = defaultdict(list)
    receivers: dict[tuple[str, Instrument | None, str], set[Instrument]] = defaultdict(set)
    for finding in sorted(findings, key=lambda each: each.fingerprint):
        concerned = _concerned(finding, commitments)
        for pattern in _answering(finding, concerned, known):
            receiving = _receiving(pattern, finding, concerned, how)
            kept = None if pattern.group_by == "dossier" else receiving
            key = (pattern.id, kept, _apart(pattern, finding, concerned))
            merged[key].append(finding)
            receivers[key] |= {receiving} if receiving else set()
    ordered = {key: tuple(each for each in how.receiving_order if each in named) for key, named in receivers.items()}
    return [_Group(known[key[0]], ordered[key], key[2], tuple(found)) for key, found in merged.items()]


def _answering(finding: Finding, concerned: Sequence[Commitment], known: Mapping[str, Pattern]) -> list[Pattern]:
    """Return the pattern that the finding's rule asks for and those that gather findings of its kind."""
    across = len({each.instrument for each in concerned}) > 1
    gathering = [each for each in known.values() if across and finding.kind in each.gathers]
    asked = known.get(finding.recommendation or "")
    return list({each.id: each for each in (*([asked] if asked else ()), *gathering)}.values())


def _concerned(finding: Finding, commitments: Mapping[str, Commitment]) -> tuple[Commitment, ...]:
    return tuple(commitments[each] for each in finding.commitments if each in commitments)


def _receiving(
    pattern: Pattern, finding: Finding, concerned: Sequence[Commitment], how: Recommending
) -> Instrument | None:
    """Return where the change is made: fixed by the pattern, or taken from the finding."""
    missing = finding.missing.instrument if finding.missing else None
    if pattern.instrument == "none":
        return None
    if pattern.instrument == "missing":
        return missing
    if pattern.instrument == "a":
        return concerned[0].instrument if concerned else missing
    if pattern.instrument == "b":
        return concerned[1].instrument if len(concerned) > 1 else missing
    if pattern.instrument == "other":
        named = {each.instrument for each in concerned}
        return next((each for each in how.receiving_order if each in named), missing)
    return pattern.instrument


def _apart(pattern: Pattern, finding: Finding, concerned: Sequence[Commitment]) -> str:
    if pattern.group_by == "rule":
        return finding.rule
    if pattern.group_by == "theme":
        shared = [theme for theme in concerned[0].themes if theme in concerned[-1].themes] if concerned else []
        return (shared or [theme for each in concerned for theme in each.themes] or [""])[0]
    return ""


def _urgency(group: _Group, how: Recommending) -> int:
    """Return what ranks a group: severity × kind (of its weightiest finding) × doublings of its number ÷ effort."""
    weight = max(how.severity_weight[each.severity] * how.kind_weight[each.kind] for each in group.findings)
    doublings = len(group.findings).bit_length()
    return 1000 * weight * doublings // how.effort_weight[group.pattern.effort]


def _worded(group: _Group, rank: int, wording: Wording, how: Recommending) -> Recommendation:
    pattern, language = group.pattern, wording.language
    theme = group.apart if pattern.group_by == "theme" else ""
    said = Asked(group.findings, group.receiving, theme, pattern.recognises)
    values, drafted = wording.values(said), wording.values(said, draft=True)
    return Recommendation(
        id=content_id("recommendation", pattern.id, group.findings[0].dossier, _own(group), group.apart),
        pattern=pattern.id,
        rank=rank,
        priority=_highest(group.findings, how),
        title=fill(labels_text(pattern.title, language), values),
        text=fill(labels_text(pattern.text, language), values),
        instrument=group.instrument,
        addressees=_addressees(group, wording, how),
        draft=fill(labels_text(pattern.draft, language), drafted) if pattern.draft else None,
        basis=_merged_basis(group, language),
        findings=tuple(finding.fingerprint for finding in group.findings),
    )


def _own(group: _Group) -> Instrument | None:
    """Return the instrument that sets the group apart: an id stays the same when further instruments are concerned."""
    return None if group.pattern.group_by == "dossier" else group.instrument


def _highest(findings: Iterable[Finding], how: Recommending) -> Severity:
    return max((finding.severity for finding in findings), key=lambda each: how.severity_weight[each])


def _addressees(group: _Group, wording: Wording, how: Recommending) -> tuple[str, ...]:
    """Return the labels of those addressed; ``receiving`` and ``concerned`` stand for focal points of instruments."""
    names: list[str] = []
    for addressee in group.pattern.addressees:
        if addressee == "receiving":
            names += how.focal_points_of(group.receiving)
        elif addressee == "concerned":
            names += how.focal_points_of(wording.instruments(group.findings, group.receiving))
        else:
            names.append(addressee)
    return tuple(labels_text(how.label_of(name), wording.language) for name in dict.fromkeys(names))


def _merged_basis(group: _Group, language: Language) -> tuple[LegalBasis, ...]:
    own = [legal_basis(each, language) for each in group.pattern.basis]
    asking = [each for each in group.findings if each.recommendation == group.pattern.id]
    merged = {each.id: each for each in (*own, *(each for finding in asking for each in finding.basis))}
    # Whatever can be quoted goes before what cannot.
    return tuple(sorted(merged.values(), key=lambda each: not each.verified))
