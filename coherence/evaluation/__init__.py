"""How well extraction does on annotated documents: precision, recall and F1, and how often each field is right."""

from __future__ import annotations

from coherence.evaluation.annotations import AnnotatedDocument, Annotation, annotated_documents, read_annotations
from coherence.evaluation.documents import evaluate, evaluate_documents
from coherence.evaluation.rendering import print_evaluation, render_errors, render_evaluation
from coherence.evaluation.scores import DocumentScore, Evaluation, FieldShare, Judgement, LanguageScore, Score

__all__ = [
    "AnnotatedDocument", "Annotation", "DocumentScore", "Evaluation", "FieldShare", "Judgement", "LanguageScore",
    "Score", "annotated_documents", "evaluate", "evaluate_documents", "print_evaluation", "read_annotations",
    "render_errors", "render_evaluation",
]  # fmt: skip
