"""Why a rule fires or does not, in words: each condition with its verdict and the values it saw."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from coherence.frameworks import labels_text
from coherence.rulebook.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coherence.engine import Candidate, Verdict
    from coherence.vocabulary import Language

__all__ = ["candidate_data", "candidate_lines", "counterpart_lines", "miss_lines"]

_WIDTH = 100
_VERDICTS = {True: "verdict_holds", False: "verdict_fails", None: "verdict_unknown"}
_WORDS = {True: "holds", False: "fails", None: "unknown"}


def candidate_lines(candidate: Candidate, language: Language, describe: Callable[[str], Sequence[str]]) -> list[str]:
    """Return the commitments, each condition with its verdict and values, and the outcome.

    ``describe`` gives the lines that tell a reader which commitment an id is.
    """
    lines = []
    for role, name in zip("ab", candidate.commitments, strict=False):
        lines += _hung(f"  {role}  ", describe(name))
    if candidate.document:
        lines.append(f"  doc  {candidate.document}")
    if candidate.instrument:
        lines.append(f"  {say('looked_in', language, instrument=candidate.instrument)}")
    lines += _table(candidate.verdicts, language)
    lines += [f"  {_outcome(candidate, language)}"]
    for name in candidate.prevented_by:
        lines += _hung(f"  {say('prevents', language)}  ", describe(name))
    return lines


def counterpart_lines(
    candidate: Candidate, other: str, language: Language, describe: Callable[[str], Sequence[str]]
) -> list[str]:
    """Return whether one commitment fulfils what an absence rule looks for; nothing where it was not asked."""
    verdicts = candidate.counterpart
    if not verdicts:
        return []
    held = sum(each.holds is True for each in verdicts)
    key = "is_counterpart" if held == len(verdicts) else "is_no_counterpart"
    told = say(key, language, id=other, held=held, all=len(verdicts))
    return [*_hung("  b  ", describe(other)), *_table(verdicts, language), f"  {told}"]


def miss_lines(
    candidate: Candidate, asked: str, language: Language, describe: Callable[[str], Sequence[str]]
) -> list[str]:
    """Return the other commitment or the instrument, the outcome, and only the conditions that were missed."""
    lines = []
    for role, name in zip("ab", candidate.commitments, strict=False):
        if name != asked:
            lines += _hung(f"  {role}  ", describe(name))
    if candidate.document:
        lines.append(f"  doc  {candidate.document}")
    if candidate.instrument:
        lines.append(f"  {say('looked_in', language, instrument=candidate.instrument)}")
    lines += [f"  {_outcome(candidate, language)}", *_table(candidate.missed, language)]
    for name in () if candidate.missed else candidate.prevented_by:
        lines += _hung(f"  {say('prevents', language)}  ", describe(name))
    return lines


def candidate_data(candidate: Candidate) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "rule": candidate.rule,
        "fires": candidate.fires,
        "commitments": list(candidate.commitments),
        "instrument": candidate.instrument or None,
        "document": candidate.document or None,
        "conditions": [_verdict_data(each) for each in candidate.verdicts],
        "prevented_by": list(candidate.prevented_by),
        "counterpart": [_verdict_data(each) for each in candidate.counterpart],
    }


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "part": verdict.part,
        "condition": verdict.condition.expression.text,
        "verdict": _WORDS[verdict.holds],
        "values": dict(verdict.values),
    }


def _table(verdicts: Iterable[Verdict], language: Language) -> list[str]:
    lines = []
    words = [say(key, language) for key in _VERDICTS.values()]
    width = max(len(each) for each in words)
    for verdict in verdicts:
        word = say(_VERDICTS[verdict.holds], language).ljust(width)
        because = verdict.condition.because
        text = verdict.condition.expression.text
        said = [labels_text(because, language), text] if because else [text]
        lines += _hung(f"    {word}  ", said)
        values = ", ".join(f"{name} = {value}" for name, value in verdict.values)
        lines += _hung(" " * (width + 8), [values]) if values else []
    return lines


def _outcome(candidate: Candidate, language: Language) -> str:
    if candidate.fires:
        return say("it_fires", language, rule=candidate.rule)
    if not candidate.missed:
        return say("prevented", language, rule=candidate.rule, instrument=candidate.instrument)
    held, every = candidate.held, len(candidate.verdicts)
    return say("it_does_not_fire", language, rule=candidate.rule, held=held, all=every)


def _hung(head: str, texts: Sequence[str]) -> list[str]:
    """Return texts under a head, wrapped, each line indented to where the first begins."""
    lines: list[str] = []
    for text in texts:
        indent = head if not lines else " " * len(head)
        wrapped = textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(head),
                                break_long_words=False, break_on_hyphens=False)  # fmt: skip
        lines += wrapped or [indent.rstrip()]
    return lines
