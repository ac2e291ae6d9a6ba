"""Evidence → verdict: named pieces, their weights and the confidence.

The weights stand in rules/vocabulary/decision.yaml; the weighted sum on the logistic scale is the confidence. The words
behind each piece are kept, so that the verdict can be traced.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from coherence.vocabulary import term_list

__all__ = ["Evidence", "Verdict", "judge"]


class Evidence(NamedTuple):
    """One piece of evidence and the words it rests on."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probability that a mention is a promise, and what decided, strongest first."""

    confidence: float
    weighed: tuple[tuple[Evidence, float], ...]
    accepted: bool
    scale: str = ""
    bias: float = 0.0
    """Where the sum of the weights starts."""
    threshold: float = 0.0
    """The confidence from which on a statement is taken."""


def judge(evidence: tuple[Evidence, ...], scale: str) -> Verdict:
    """Weigh evidence on a scale of rules/vocabulary/decision.yaml: ``prose``, ``cell`` or ``unquantified``."""
    weights, bias, threshold = _scale(scale)
    weighed = [(piece, weights[piece.name]) for piece in evidence if weights.get(piece.name)]
    total = bias + sum(weight for _, weight in weighed)
    confidence = round(1 / (1 + math.exp(-total)), 3)
    weighed.sort(key=lambda pair: (-abs(pair[1]), pair[0].name))
    return Verdict(confidence, tuple(weighed), confidence >= threshold, scale, bias, threshold)


@cache
def _scale(name: str) -> tuple[dict[str, float], float, float]:
    data = term_list("decision")[name]
    return data["weights"], data["bias"], data["threshold"]
