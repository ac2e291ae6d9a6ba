"""Why figures were taken for promises and others not, as text for people."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.models import Commitment, Provenance, TraceStep
    from coherence.rejections import Rejection

__all__ = ["evidence_in_words", "render_trace"]

_LONGEST_QUOTE = 240
_LONGEST_WORDS = 100
_FIELD_WIDTH = 16
_VALUE_WIDTH = 30
_EVIDENCE_WIDTH = 54
_WEIGHED = "promise"


def render_trace(commitments: Iterable[Commitment], rejections: Iterable[Rejection], *, steps: bool) -> str:
    """Return the commitments of each document, then its figures that were not taken, each with quote and page.

    With ``steps``, what decided each field and every piece of evidence with its weight.
    """
    by_path: dict[str, tuple[list[Commitment], list[Rejection]]] = {}
    for commitment in commitments:
        by_path.setdefault(commitment.document, ([], []))[0].append(commitment)
    for rejection in rejections:
        by_path.setdefault(rejection.document, ([], []))[1].append(rejection)
    lines: list[str] = []
    for path in sorted(by_path):
        taken, left = by_path[path]
        lines.append(
            f"{_plain(path)}: {len(taken)} commitments" + (f", {len(left)} figures not taken" if steps else "")
        )
        for commitment in taken:
            lines += ["", *_commitment(commitment, steps=steps)]
        for reason, group in groupby(sorted(left, key=lambda r: _REASONS.index(r.reason)), key=lambda r: r.reason):
            lines += ["", f"Not taken: {_wording()['reasons'][reason]}"]
            for rejection in group:
                lines += ["", *_rejection(rejection)]
        lines.append("")
    return "".join(f"{line.rstrip()}\n" for line in lines)


_REASONS = ("weighed", "negated", "no_unit")


def _commitment(commitment: Commitment, *, steps: bool) -> Iterator[str]:
    yield f"{_place(commitment.provenance)}  {commitment.id}"
    figure = ", ".join(quantity.text for quantity in commitment.quantities)
    facts = (figure, commitment.kind, commitment.target_year, commitment.conditionality, ", ".join(commitment.themes))
    yield f"  {_plain(' | '.join(str(fact) for fact in facts if fact))}"
    yield from (f"  also: {_place(place)}" for place in commitment.repeats)
    if steps:
        yield from _steps(commitment.trace, f"confidence {commitment.confidence:.2f}, the sum of")


def _rejection(rejection: Rejection) -> Iterator[str]:
    yield _place(rejection.provenance)
    yield f"  {_plain(rejection.figure)}"
    if rejection.confidence is not None and rejection.threshold is not None:
        title = f"confidence {rejection.confidence:.2f}, taken from {rejection.threshold:.2f} on, the sum of"
        yield from _steps(rejection.trace, title)


def _steps(trace: Iterable[TraceStep], title: str) -> Iterator[str]:
    weighed = []
    for step in trace:
        if step.field == _WEIGHED:
            weighed.append(step)
            continue
        name = step.field.replace("_", " ")
        yield f"  {name:{_FIELD_WIDTH}} {_plain(step.value):{_VALUE_WIDTH}} {_words(step.because)}"
    if weighed:
        yield f"  {title}"
    for step in weighed:
        weight, _, name = step.value.partition(" ")
        yield f"    {weight:>6}  {evidence_in_words(name):{_EVIDENCE_WIDTH}} {_words(step.because)}"


def evidence_in_words(name: str) -> str:
    """Return what a piece of evidence of rules/vocabulary/decision.yaml is, in English; its name if it has no words."""
    wording = _wording()
    if name in wording["signs"]:
        return str(wording["signs"][name])
    cues, places, said, what = wording["cues"], wording["places"], wording["said"], wording["what"]
    if name.startswith("nearest_") and (cue := name.removeprefix("nearest_")) in cues:
        return f"{cues[cue]}, {wording['nearest']}"
    for place in places:
        if name.endswith(f"_{place}") and (cue := name.removesuffix(f"_{place}")) in cues:
            return f"{cues[cue]} {places[place]}"
    for where in said:
        if name.startswith(f"{where}_") and (kind := name.removeprefix(f"{where}_")) in what:
            return f"{said[where]}: {what[kind]}"
    return name


@cache
def _wording() -> dict[str, Any]:
    data: dict[str, Any] = term_list("evidence")
    return data


def _place(place: Provenance) -> str:
    where = f"page {place.page}" if not place.locator else place.locator
    return f"{where}: “{_shortened(_plain(place.quote), _LONGEST_QUOTE)}”"


def _words(text: str) -> str:
    return _shortened(_plain(text), _LONGEST_WORDS)


def _plain(text: str) -> str:
    """Return text on one line without control characters: a document must not steer the terminal."""
    return " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Cf"} else c for c in text).split())


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
