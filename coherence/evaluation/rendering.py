"""An evaluation as tables in the terminal, as JSON, and its errors as JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from coherence.identifiers import canonical_json

if TYPE_CHECKING:
    from rich.console import Console

    from coherence.evaluation.scores import DocumentScore, Evaluation, Judgement, Score

__all__ = ["print_evaluation", "render_errors", "render_evaluation"]


def render_evaluation(evaluation: Evaluation) -> str:
    """Return the scores as JSON; the judgements on single figures are left out (see ``render_errors``)."""
    data = evaluation.model_dump(mode="json", exclude={"documents": {"__all__": {"judgements"}}})
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def render_errors(evaluation: Evaluation) -> str:
    """Return one JSON object a line for every missed and every false figure, by document and page.

    Keys: error (missed, false), document, page (None where no page holds the quote), quote, quantity, confidence,
    annotation.
    """
    lines = [
        (document.document, each.page or 0, order, _error(document, each))
        for document in evaluation.documents
        for order, each in enumerate(document.judgements)
        if each.verdict in {"missed", "false"}
    ]
    return "".join(f"{line}\n" for *_, line in sorted(lines))


def _error(document: DocumentScore, judgement: Judgement) -> str:
    record = judgement.model_dump(mode="json", include={"page", "quote", "quantity", "confidence", "annotation"})
    return canonical_json({"error": judgement.verdict, "document": document.document, **record})


def print_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Print the scores: all together, per language, per document; and the share of right fields."""
    table = _table("", "documents")
    table.add_row("all", str(len(evaluation.documents)), *_cells(evaluation.total), style="bold")
    for each in evaluation.languages:
        table.add_row(each.language or "unknown", str(each.documents), *_cells(each.score))
    console.print(table, f"Macro F1 over documents with annotated promises: {_number(evaluation.macro_f1)}\n")
    table = _table("document", "lang")
    for document in evaluation.documents:
        name = Text("/".join(Path(document.document).parts[-2:]), overflow="fold")
        table.add_row(name, document.language or "unknown", *_cells(document.score))
    console.print(table, "")
    fields = Table("field", "right", "of", "share", box=None, pad_edge=False)
    for column in fields.columns[1:]:
        column.justify = "right"
    for field in evaluation.fields:
        fields.add_row(field.field, str(field.right), str(field.of), _number(field.share))
    console.print(fields)


def _table(first: str, second: str) -> Table:
    table = Table(first, second, box=None, pad_edge=False)
    for name in ("precision", "recall", "F1", "right", "false", "missed"):
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cells(score: Score) -> tuple[str, ...]:
    shares = (score.precision, score.recall, score.f1)
    return (*map(_number, shares), *map(str, (score.right, score.false, score.missed)))


def _number(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
