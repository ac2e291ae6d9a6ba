"""The examples of rules, tried: for one that fails, the value of each condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coherence.engine import Inquiry, example_facts, run_examples
from coherence.rule_models import RuleSet
from coherence.rulebook.answers import candidate_data, candidate_lines
from coherence.rulebook.wording import facts_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.engine import Candidate, ExampleResult
    from coherence.rule_models import Example, Rule
    from coherence.vocabulary import Language

__all__ = ["Trial", "trial_data", "trial_lines", "try_examples"]

Trial = tuple["Rule", "ExampleResult"]


def try_examples(rules: Iterable[Rule]) -> tuple[Trial, ...]:
    """Run every example of the rules, in the order of ids."""
    ordered = tuple(sorted(rules, key=lambda each: each.id))
    by_id = {rule.id: rule for rule in ordered}
    return tuple((by_id[result.rule], result) for result in run_examples(RuleSet(ordered, (), "")))


def trial_lines(trial: Trial, language: Language) -> list[str]:
    """Return what a failed example stated, and the value of each condition on it; nothing where it passed."""
    rule, result = trial
    if result.passed:
        return []
    example = rule.examples[result.number - 1]
    lines = [f"{result.place}: {rule.id} example {result.number}: {result.what}"]
    for candidate in _candidates(rule, example):
        lines += candidate_lines(candidate, language, lambda name: [_stated(name, example)])
    return lines


def trial_data(trial: Trial) -> dict[str, Any]:
    """Return the same for programs; the conditions of failed examples only."""
    rule, result = trial
    failed = () if result.passed else _candidates(rule, rule.examples[result.number - 1])
    return {
        "rule": rule.id,
        "example": result.number,
        "file": rule.short_file,
        "line": result.place.line,
        "passed": result.passed,
        "what": result.what,
        "candidates": [candidate_data(each) for each in failed],
    }


def _candidates(rule: Rule, example: Example) -> Sequence[Candidate]:
    inquiry = Inquiry(example_facts(rule, example))
    if rule.scope == "pair":
        return inquiry.candidates(rule, "example-a", "example-b")
    if rule.scope == "absence":
        return inquiry.candidates(rule, "example-a")
    return inquiry.candidates(rule)


def _stated(name: str, example: Example) -> str:
    """Return the facts that the example gives of a commitment, and the name where it is no more than that."""
    given = {"example-a": example.a, "example-b": example.b}
    given |= {f"example-other{number}": facts for number, facts in enumerate(example.others, start=1)}
    return facts_text(given.get(name, {}))
