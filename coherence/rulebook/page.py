"""A rule for reading: what it looks at, when it fires, what it says and on what it rests, in a report language."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coherence.frameworks import labels_text
from coherence.models import ConflictNature
from coherence.reports.wording import Wording
from coherence.rulebook.wording import facts_text, say
from coherence.ruleset import legal_basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.recommendation_patterns import Pattern
    from coherence.rule_models import ConditionSpec, ConfidenceCase, ConflictSpec, Example, Rule, RuleSpec
    from coherence.vocabulary import Language

__all__ = ["Entry", "RulePage", "Section", "page_data", "page_text", "rule_page"]

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a section; ``code`` is an expression of the rule language, ``inline`` where it ends the sentence."""

    text: str = ""
    code: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a page."""

    key: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule's title, the line below it, and its sections without the empty ones."""

    rule: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]


def rule_page(rule: Rule, language: Language, patterns: Mapping[str, Pattern]) -> RulePage:
    """Return the page of a rule; ``patterns`` are the recommendations by id."""
    spec, words = rule.spec, Wording(language)
    status = say(f"status_{spec.status}", language)
    subtitle = f"{rule.id} · {say('version', language)} {spec.version} · {words.text(f'kind.{spec.kind}')} · {status}"
    texts = {
        "looks_at": [Entry(_scope(rule, words))],
        "fires_when": _conditions(spec.where, language),
        "counterpart": _conditions(spec.unless, language),
        "conflict": _nature(spec.conflict, words),
        "missing": [Entry(words.text(f"element.{spec.missing.element}"))] if spec.missing else [],
        "severity": _cases([(words.text(f"severity.{each.severity}"), each.when) for each in spec.severity], language),
        "score": _score(spec.score, words),
        "confidence": _cases([(_confidence(each, words), each.when) for each in spec.confidence], language),
        "relation": _cases([(words.text(f"relation.{each.value}"), each.when) for each in spec.relation], language),
        "kept": _kept(spec, language),
        "explanation": [Entry(labels_text(spec.explain, language))],
        "falsepositives": [Entry(labels_text(each, language)) for each in spec.falsepositives],
        "recommendation": _recommendation(spec.recommend, patterns, language),
        "basis": _basis(rule, words),
        "references": [Entry(each) for each in spec.references],
        "examples": [_example(each, language) for each in spec.examples],
        "file": [Entry(rule.short_file)],
    }
    sections = tuple(Section(key, say(key, language), tuple(entries)) for key, entries in texts.items() if entries)
    return RulePage(rule.id, labels_text(spec.title, language), subtitle, sections)


def page_text(page: RulePage) -> str:
    """Return the page as plain text of at most a hundred characters a line, conditions unbroken."""
    lines = [*textwrap.wrap(page.title, _WIDTH), page.subtitle]
    for section in page.sections:
        lines += ["", section.heading]
        for entry in section.entries:
            if entry.inline:
                lines.append(f"  - {entry.text} {entry.code}")
                continue
            lines += textwrap.wrap(entry.text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
            if entry.code:
                lines.append(f"      {entry.code}" if entry.text else f"  - {entry.code}")
    return "\n".join(lines) + "\n"


def page_data(rule: Rule, language: Language, patterns: Mapping[str, Pattern]) -> dict[str, Any]:
    """Return the rule file's content in plain types, with its file and its page in the language."""
    page = rule_page(rule, language, patterns)
    sections = {
        section.key: [{"text": each.text, "code": each.code} for each in section.entries] for section in page.sections
    }
    return {
        "rule": rule.spec.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "file": rule.short_file,
        "page": {"language": language, "title": page.title, "subtitle": page.subtitle, "sections": sections},
    }


def _confidence(case: ConfidenceCase, words: Wording) -> str:
    if case.add is None:
        return words.confidence(case.value or 0.0)
    return ("+ " if case.add >= 0 else "\u2212 ") + words.confidence(abs(case.add))


def _kept(spec: RuleSpec, language: Language) -> list[Entry]:
    limits = {} if spec.limit is None else spec.limit.model_dump(exclude_none=True, exclude_defaults=True)
    found = [Entry(say(f"limit_{name}", language, limit=number)) for name, number in limits.items()]
    if spec.group is not None:
        group = spec.group
        found.append(Entry(say(f"group_{group.by}", language, least=group.least, most=group.most)))
    return found


def _scope(rule: Rule, words: Wording) -> str:
    spec = rule.spec
    variant = {"pair": "across" if spec.across else spec.within, "dossier": spec.each}.get(spec.scope)
    names = words.list_of(words.text(f"acronym.{name}") for name in spec.counterpart_in)
    key = f"scope_{spec.scope}_{variant}" if variant else f"scope_{spec.scope}"
    return say(key, words.language, instruments=names)


def _conditions(conditions: Iterable[ConditionSpec], language: Language) -> list[Entry]:
    return [Entry(labels_text(each.because, language) if each.because else "", each.if_) for each in conditions]


def _cases(cases: Sequence[tuple[str, str | None]], language: Language) -> list[Entry]:
    if len(cases) == 1:
        return [Entry(cases[0][0])]
    return [
        Entry(say("otherwise", language, value=value))
        if when is None
        else Entry(say("when", language, value=value), when, inline=True)
        for value, when in cases
    ]


def _score(score: int | str | None, words: Wording) -> list[Entry]:
    if score is None:
        return []
    return [Entry(words.score(score) if isinstance(score, int) else say("score_of_themes", words.language))]


def _nature(conflict: ConflictSpec | None, words: Wording) -> list[Entry]:
    if conflict is None:
        return []
    precondition = labels_text(conflict.precondition, words.language)
    nature = ConflictNature(**{**dict(conflict), "precondition": precondition})
    return [Entry(line) for line in words.conflict_lines(nature)]


def _recommendation(name: str | None, patterns: Mapping[str, Pattern], language: Language) -> list[Entry]:
    if name is None:
        return []
    return [Entry(f"{name}: {labels_text(patterns[name].title, language)}" if name in patterns else name)]


def _basis(rule: Rule, words: Wording) -> list[Entry]:
    entries = []
    for each in legal_basis(rule, words.language):
        checked = words.text("basis.verified" if each.verified else "basis.unverified")
        name = words.basis_name(each.id)
        entries.append(Entry(f"{f'{name}. ' if name else ''}{each.label} ({checked})"))
    return entries


def _example(example: Example, language: Language) -> Entry:
    given = [("a", example.a), ("b", example.b), *(("b", each) for each in example.others),
             ("doc", example.doc), ("said", example.said), ("dossier", example.dossier)]  # fmt: skip
    facts = "; ".join(f"{root} {facts_text(values)}" for root, values in given if values)
    expected = [f"{name} {value}" for name in ("severity", "score", "missing")
                if (value := getattr(example, name)) is not None]  # fmt: skip
    outcome = ", ".join((say("fires" if example.fires else "silent", language), *expected))
    note = f" ({example.note})" if example.note else ""
    return Entry(say("labelled", language, label=outcome, value=facts or "{}") + note)
