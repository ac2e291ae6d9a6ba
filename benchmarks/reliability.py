"""What a confidence is worth: for bins of it, the share of extracted figures that are right.

Measures on the project's own example dossiers, or with --shared on annotated documents that lie outside the
repository. Repeats of a promise already found count neither way. The last column is the Wilson interval of the share;
it takes figures as independent, but those of one table stand or fall together: the true uncertainty is larger.
"""

from __future__ import annotations

import argparse
import math
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from annotated import own_documents, shared_documents

from coherence.evaluation import evaluate_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.evaluation import DocumentScore

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
Z95 = 1.959964
"""Standard normal deviate of a two-sided interval of 95 %."""

Graded = tuple[float, bool]
"""A confidence, and whether the figure was right."""


def main() -> None:
    """Print the table, as Markdown."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--shared", type=Path, help="folder with gold/ and corpora/")
    cli.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = cli.parse_args()
    documents = shared_documents(args.shared) if args.shared else own_documents()
    evaluation = evaluate_documents(documents, jobs=args.jobs)
    for notice in evaluation.notices:
        print(f"not read: {notice.where}: {notice.what}")
    figures = graded(evaluation.documents)
    most = max((len(graded([document])) for document in evaluation.documents), default=0)
    print(f"{len(documents)} documents, {len(figures)} figures, {most} of them of one document; ", end="")
    print(f"F1 {evaluation.total.f1 or 0:.3f}, macro F1 {evaluation.macro_f1 or 0:.3f}\n")
    print("| Confidence | Figures | Mean confidence | Share right | 95 % interval |\n|---|---|---|---|---|")
    for low, high in pairwise(EDGES):
        print_bin(low, high, [each for each in figures if low <= each[0] < high or each[0] == high == 1])
    print(f"\nBrier score {brier(figures):.3f}; of always saying the mean share {brier_of_base_rate(figures):.3f}")
    print(f"Expected calibration error {calibration_error(figures):.3f}")


def graded(documents: Iterable[DocumentScore]) -> list[Graded]:
    """Return confidence and truth of every figure that is right or false."""
    return [
        (judgement.confidence, judgement.verdict == "right")
        for document in documents
        for judgement in document.judgements
        if judgement.confidence is not None and judgement.verdict in {"right", "false"}
    ]


def print_bin(low: float, high: float, figures: Sequence[Graded]) -> None:
    """Print one row of the table; nothing for an empty bin."""
    if not figures:
        return
    right = sum(truth for _, truth in figures)
    mean = sum(confidence for confidence, _ in figures) / len(figures)
    least, most = wilson(right, len(figures))
    bounds = f"{low:.2f} to {high:.2f}"
    print(f"| {bounds} | {len(figures)} | {mean:.2f} | {right / len(figures):.2f} | {least:.2f} to {most:.2f} |")


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the Wilson score interval of a share, at 95 %."""
    share, spread = right / of, Z95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def brier(figures: Sequence[Graded]) -> float:
    """Return the mean squared distance of confidence from truth."""
    return sum((confidence - truth) ** 2 for confidence, truth in figures) / max(len(figures), 1)


def brier_of_base_rate(figures: Sequence[Graded]) -> float:
    """Return the Brier score of giving every figure the overall share of right ones."""
    share = sum(truth for _, truth in figures) / max(len(figures), 1)
    return share * (1 - share)


def calibration_error(figures: Sequence[Graded]) -> float:
    """Return the distance of mean confidence from share right, averaged over the bins by their figures."""
    distance = 0.0
    for low, high in pairwise(EDGES):
        inside = [each for each in figures if low <= each[0] < high or each[0] == high == 1]
        distance += abs(sum(confidence - truth for confidence, truth in inside))
    return distance / max(len(figures), 1)


if __name__ == "__main__":
    main()
