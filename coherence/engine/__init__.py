"""Rules applied to facts.

The way of a rule: ``planning`` splits its conditions, ``matching`` looks up and filters candidates with the
``indexes`` and the ``vectors`` of truth over the columns of the ``table``, ``scopes`` makes matches of them,
``evaluation`` findings. ``compilation`` gives conditions their meaning.
"""

from coherence.engine.evaluation import Evaluation, Evaluations, Limits, evaluate, evaluate_all
from coherence.engine.examples import ExampleResult, check_examples, example_facts, run_examples
from coherence.engine.inquiry import Candidate, Inquiry, Verdict, nearest_misses
from coherence.engine.possibility import OpenRow, can_hold

__all__ = [
    "Candidate",
    "Evaluation",
    "Evaluations",
    "ExampleResult",
    "Inquiry",
    "Limits",
    "OpenRow",
    "Verdict",
    "can_hold",
    "check_examples",
    "evaluate",
    "evaluate_all",
    "example_facts",
    "nearest_misses",
    "run_examples",
]
