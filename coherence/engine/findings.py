"""From matched rows to a Finding."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from coherence import frameworks
from coherence.amounts import listed
from coherence.engine.compilation import Compiled, compile_condition
from coherence.engine.explanation import Wording, value_as_text
from coherence.identifiers import content_id, fold
from coherence.models import ConditionValue, ConflictNature, Evidence, Finding, LegalBasis, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.engine.rows import Env
    from coherence.pair_facts import Row
    from coherence.rule_models import Condition, GroupSpec, Rule
    from coherence.vocabulary import Language

__all__ = ["FindingMaker", "Match", "content_key", "document_subject", "numbered_id"]

_ALIKE = "group.alike"
_NO_TEXTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matched: the rows in view, and the commitments concerned in the order a, b."""

    env: Env
    commitments: tuple[Row, ...] = ()
    missing_instrument: str | None = None
    other_dossier: str | None = None
    """Country of the second commitment's dossier, where it is not that of the first."""
    subject: str = ""
    """What the finding is about where it has no commitments: a document."""
    others: tuple[Match, ...] = ()
    """Further matches with the same first commitment that are told in the same finding."""
    among: int = 1
    """How many such matches there are, those not told included."""


def content_key(row: Row) -> tuple[str, str, str, str]:
    """Return what identifies a commitment whatever its page or position: instrument, quote, value and unit."""
    return _content_key(row["instrument"], row["quote"], row["value"], row["unit"])


def document_subject(document: Row) -> str:
    """Return what identifies a document that a finding is about, whatever its file is called."""
    return f"{document['instrument']}/{document['title'] or document['path']}"


def numbered_id(seen: dict[str, int], parts: list[Any]) -> str:
    """Return the fingerprint of a finding: of its parts, and of its number where they were ``seen`` before.

    The same words with the same number can stand twice in a dossier; matches come in canonical order.
    """
    name = content_id("finding", *parts)
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else content_id("finding", *parts, seen[name])


@lru_cache(maxsize=8192)
def _content_key(instrument: str, quote: str, value: Decimal | None, unit: str | None) -> tuple[str, str, str, str]:
    return (instrument, fold(quote), "" if value is None else f"{value.normalize():f}", unit or "")


def _evidence(match: Match) -> tuple[Evidence, ...]:
    """Return the sentences that are no commitments: what is said of an instrument, what is given as another's."""
    said = match.env.get("said")
    told = [(row, row["instrument"]) for row in match.commitments if row["restates"] is not None]
    return tuple(
        Evidence(document=row["document"], page=int(row["page"]), quote=row["quote"], instrument=speaker)
        for row, speaker in ([] if said is None else [(said, None)]) + told
    )


class FindingMaker:
    """Makes the findings of one rule in one report language."""

    def __init__(self, rule: Rule, language: Language) -> None:
        """Prepare the cases and texts of the rule."""
        self.rule = rule
        self.language = language
        self._wording = Wording(language)
        self._severities = _cases(rule.severities)
        self._additions = _cases(rule.additions)
        self._confidences = _cases(rule.confidences)
        self._relations = _cases(rule.relations)
        self._basis = _basis(rule, language)
        self._conflict = _conflict(rule, language)
        self._shown = tuple((self._shown_as(each), each.expression.facts) for each in rule.where)
        self._absent = tuple((self._shown_as(each), each.expression.facts) for each in rule.unless)
        self._seen: dict[str, int] = {}

    def start(self) -> None:
        """Begin with another dossier."""
        self._seen.clear()

    def make(self, match: Match) -> Finding:
        """Return the finding of one match."""
        spec, env = self.rule.spec, match.env
        return Finding(
            fingerprint=self._fingerprint(match),
            rule=spec.id,
            rule_version=spec.version,
            dossier=env["dossier"]["country"],
            other_dossier=match.other_dossier,
            kind=spec.kind,
            severity=_first(self._severities, env),
            score=self._score(env),
            conflict=self._conflict,
            confidence=self.confidence(match),
            commitments=tuple(row["id"] for row in match.commitments if row["restates"] is None),
            missing=self._missing(match),
            evidence=_evidence(match),
            relation=_first(self._relations, env) if self._relations else None,
            title=frameworks.labels_text(spec.title, self.language),
            explanation=self._explanation(match),
            conditions=self._conditions(match),
            falsepositives=tuple(frameworks.labels_text(each, self.language) for each in spec.falsepositives),
            basis=self._basis,
            recommendation=spec.recommend,
        )

    def _fingerprint(self, match: Match) -> str:
        keys = [list(content_key(row)) for row in match.commitments]
        # Which of several comes first hangs on how surely they were read.
        keys[1:] = sorted(keys[1:])
        country = match.env["dossier"]["country"]
        if match.other_dossier is not None:
            country = f"{country} {match.other_dossier}"
        parts = [self.rule.id, country, keys, match.missing_instrument or "", match.subject]
        return numbered_id(self._seen, parts)

    def _score(self, env: Env) -> int | None:
        score = self.rule.spec.score
        if score is None or isinstance(score, int):
            return score
        found = env["pair"][score]
        return None if found is None else int(found)

    def _explanation(self, match: Match) -> str:
        group, texts = self.rule.spec.group, {}
        if group is not None:
            texts = {"group.items": self._items(group, match), "group.count": str(match.among)}
        return self._wording.explain(frameworks.labels_text(self.rule.spec.explain, self.language), match.env, texts)

    def _items(self, group: GroupSpec, match: Match) -> str:
        """Return what the items of a group say, those with the same reason side by side and the reason once."""
        each = (match, *match.others)
        if group.because is None:
            return listed((self._said(group.item, one) for one in each), self.language, "semicolon")
        by_reason: dict[str, tuple[Match, list[str]]] = {}
        for one in each:
            reason = self._said(group.because, one, {_ALIKE: ""})
            by_reason.setdefault(reason, (one, []))[1].append(self._said(group.item, one))
        told = (
            self._said(group.because, first, {_ALIKE: listed(items, self.language)})
            for first, items in by_reason.values()
        )
        return listed(told, self.language, "semicolon")

    def _said(self, texts: frameworks.Texts, match: Match, own: Mapping[str, str] = _NO_TEXTS) -> str:
        return self._wording.explain(frameworks.labels_text(texts, self.language), match.env, own)

    def confidence(self, match: Match) -> float:
        """Return the rule's confidence times that of the least sure commitment: a finding is no surer than these.

        Of several matches in one finding the least sure one decides.
        """
        least = min(
            (row["confidence"] for row in match.commitments[: len(match.commitments) - len(match.others)]),
            default=Decimal(1),
        )
        each = round(self._own(match) * float(least), 4)
        return min([each, *(self.confidence(other) for other in match.others)])

    def rule_confidence(self, match: Match) -> float:
        """Return the rule's own confidence, whatever that of the commitments; of several matches the least."""
        return min([self._own(match), *(self.rule_confidence(other) for other in match.others)])

    def _own(self, match: Match) -> float:
        own: float = _first(self._confidences, match.env)
        own += sum(value for value, condition in self._additions if condition is None or condition(match.env) is True)
        return min(max(own, 0.0), 1.0)

    def _missing(self, match: Match) -> Missing | None:
        spec = self.rule.spec
        if spec.missing is None:
            return None
        instrument: Any = match.missing_instrument
        if instrument is None and match.commitments:
            instrument = match.commitments[0]["instrument"]
        if instrument is None and "doc" in match.env:
            instrument = match.env["doc"]["instrument"]
        return Missing(instrument=instrument, element=spec.missing.element)

    def _conditions(self, match: Match) -> tuple[ConditionValue, ...]:
        env, others = match.env, [each.env for each in match.others]
        held = tuple(
            ConditionValue(condition=text, holds=True, values=_values(facts, env, *others))
            for text, facts in self._shown
        )
        if not self._absent:
            return held
        facts = dict.fromkeys(fact for _, each in self._absent for fact in each if fact[0] not in ("b", "pair"))
        text = self._wording.no_counterpart(env["missing"]["instrument"], [text for text, _ in self._absent])
        return (*held, ConditionValue(condition=text, holds=True, values=_values(facts, env)))

    def _shown_as(self, condition: Condition) -> str:
        because = condition.because
        return condition.expression.text if because is None else frameworks.labels_text(because, self.language)


def _values(facts: Iterable[tuple[str, str]], *envs: Env) -> tuple[tuple[str, str], ...]:
    """Return the facts that a condition saw, and their values; those of several matches one after the other."""
    seen = ((f"{root}.{name}", value_as_text(env[root][name])) for root, name in facts for env in envs if root in env)
    return tuple(dict.fromkeys(seen))


def _cases(cases: Iterable[tuple[Any, Any]]) -> tuple[tuple[Any, Compiled | None], ...]:
    return tuple((value, None if node is None else compile_condition(node)) for value, node in cases)


def _first(cases: tuple[tuple[Any, Compiled | None], ...], env: Env) -> Any:
    """Return the value of the first case that holds; the last one always does."""
    return next(value for value, condition in cases if condition is None or condition(env) is True)


def _conflict(rule: Rule, language: Language) -> ConflictNature | None:
    spec = rule.spec.conflict
    if spec is None:
        return None
    return ConflictNature(
        type=spec.type,
        mechanism=spec.mechanism,
        manageability=spec.manageability,
        precondition=frameworks.labels_text(spec.precondition, language),
    )


def _basis(rule: Rule, language: Language) -> tuple[LegalBasis, ...]:
    known = frameworks.all_ids()
    return tuple(frameworks.legal_basis(each, language) for each in rule.spec.basis if each in known)
