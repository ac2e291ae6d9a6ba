"""The quality of each target by the seven criteria of decision 3/COP.16: what is met, what was not found, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coherence import frameworks
from coherence.engine.compilation import compile_condition
from coherence.engine.rows import Env, row_of
from coherence.extraction.official_targets import mentions
from coherence.extraction.target_words import find_target_words
from coherence.fact_models import FoundFacts
from coherence.quality_models import CriterionVerdict, QualityCriterion, QualityView, TargetQuality
from coherence.target_criteria import criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.fact_models import CommitmentFacts, FactBase
    from coherence.models import Commitment, Finding
    from coherence.target_criteria import Case, Criterion
    from coherence.vocabulary import Language

__all__ = ["found_facts", "target_quality"]

_KINDS = ("overlap", "synergy", "conflict")
_MOST_WORDS = 4
"""Stretches of the text shown for one verdict."""
_MOST_FINDINGS = 5
"""Findings named as the ground of one verdict."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A target with everything that a verdict can point to."""

    commitment: Commitment
    facts: CommitmentFacts
    findings: Mapping[str, tuple[Finding, ...]]
    """By kind: overlaps, synergies and contradictions (under conflict)."""
    words: Mapping[str, tuple[str, ...]]
    """By group of the vocabulary."""


def target_quality(
    facts: FactBase, commitments: Mapping[str, Commitment], findings: Sequence[Finding], language: Language
) -> QualityView:
    """Return every target of a dossier by the criteria, ``commitments`` by id; raises VocabularyError."""
    known = criteria()
    concerned = _by_commitment(findings)
    documents = {each.path: row_of(each) for each in facts.documents}
    dossier = row_of(facts.dossier)
    targets = []
    for each in facts.commitments:
        if not each.target_like:
            continue
        target = _target(each, commitments[each.id], concerned)
        env: Env = {"a": row_of(each), "doc": documents[each.document], "dossier": dossier,
                    "found": row_of(found_facts(target.commitment, target.findings, target.words))}  # fmt: skip
        targets.append(_judged(target, env, known.criteria, language))
    place = {each: (c.document, c.provenance.page, c.provenance.start, each) for each, c in commitments.items()}
    return QualityView(
        basis=known.basis,
        criteria=tuple(
            QualityCriterion(id=each.id, label=_said(each.label, language), asks=_said(each.asks, language))
            for each in known.criteria
        ),
        targets=tuple(sorted(targets, key=lambda target: place[target.commitment])),
    )


def found_facts(
    commitment: Commitment, findings: Mapping[str, Sequence[Finding]], words: Mapping[str, Sequence[str]]
) -> FoundFacts:
    """Return what findings, by kind, and words, by group, say of a target."""
    return FoundFacts(
        overlaps=len(findings.get("overlap", ())),
        synergies=len(findings.get("synergy", ())),
        contradictions=len(findings.get("conflict", ())),
        named=frozenset(_named(commitment)),
        official=frozenset(_official(commitment)),
        words=frozenset(group for group, found in words.items() if found),
    )


def _target(
    facts: CommitmentFacts, commitment: Commitment, concerned: Mapping[str, Mapping[str, Sequence[Finding]]]
) -> _Target:
    hits = find_target_words(commitment.quote, commitment.language)
    words: dict[str, list[str]] = defaultdict(list)
    for hit in hits:
        words[hit.id].append(commitment.quote[hit.start : hit.end])
    own = concerned.get(commitment.id, {})
    return _Target(
        commitment,
        facts,
        {kind: tuple(own.get(kind, ())) for kind in _KINDS},
        {group: tuple(dict.fromkeys(found)) for group, found in words.items()},
    )


def _by_commitment(findings: Iterable[Finding]) -> dict[str, dict[str, list[Finding]]]:
    """Return findings by commitment and kind; of conflicts those that contradict, as a tension is to be looked into."""
    found: dict[str, dict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in sorted(findings, key=lambda each: (-each.confidence, each.fingerprint)):
        tension = finding.conflict is not None and finding.conflict.type != "contradiction"
        if finding.kind in _KINDS and not tension:
            for commitment in finding.commitments:
                found[commitment][finding.kind].append(finding)
    return found


def _judged(target: _Target, env: Env, asked: Sequence[Criterion], language: Language) -> TargetQuality:
    verdicts = tuple(_verdict(target, env, each, language) for each in asked)
    return TargetQuality(
        commitment=target.commitment.id,
        score=sum(each.state == "met" for each in verdicts),
        judged=sum(each.state != "not_judged" for each in verdicts),
        verdicts=verdicts,
    )


def _verdict(target: _Target, env: Env, criterion: Criterion, language: Language) -> CriterionVerdict:
    case = next(each for each in criterion.cases if _holds(each, env))
    kinds = [kind for kind in _KINDS if kind in case.shows]
    grounds = [finding.fingerprint for kind in kinds for finding in target.findings[kind]]
    return CriterionVerdict(
        criterion=criterion.id,
        state=case.state,
        reason=_said(case.because, language),
        words=_longest(word for shown in case.shows for word in _shown(target, shown, case)),
        findings=tuple(dict.fromkeys(grounds))[:_MOST_FINDINGS],
    )


def _holds(case: Case, env: Env) -> bool:
    return case.condition is None or compile_condition(case.condition.node)(env) is True


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    """Return a few of the words, each once, without those that stand within others."""
    once = tuple(dict.fromkeys(words))
    kept = (word for word in once if not any(word != other and word in other for other in once))
    return tuple(kept)[:_MOST_WORDS]


def _shown(target: _Target, shown: str, case: Case) -> Iterable[str]:
    """Return the words of the document that a case points to."""
    commitment = target.commitment
    steps = [step.because for step in commitment.trace if step.field == shown and step.because]
    if shown == "target_year":
        # The trace says where the year stands ("clause: 2030").
        return [step.partition(": ")[2] for step in steps]
    stated: Mapping[str, Iterable[str]] = {
        "quantities": [quantity.text for quantity in commitment.quantities],
        "places": commitment.places,
        "bodies": commitment.bodies,
        "named": _named(commitment),
        "official": _official(commitment),
    }
    grouped = (word for group in case.groups if shown.endswith(group) for word in target.words.get(group, ()))
    return (*steps, *stated.get(shown, ()), *grouped)


def _named(commitment: Commitment) -> tuple[str, ...]:
    """Return the instruments and conventions that the quote names, other than its own."""
    named = mentions(commitment.quote, commitment.language)
    return tuple(sorted(named - {commitment.instrument, commitment.convention}))


def _official(commitment: Commitment) -> tuple[str, ...]:
    """Return the official targets that the text states, of a convention other than the commitment's own."""
    stated = {link.target for link in commitment.official_links if link.made == "stated"}
    return tuple(sorted(each for each in stated if _convention_of(each) not in (None, commitment.convention)))


def _convention_of(target: str) -> str | None:
    return next((own for prefix, own in criteria().series.items() if target.startswith(prefix)), None)


def _said(texts: frameworks.Texts, language: Language) -> str:
    return frameworks.labels_text(texts, language)
