"""Rules applied to facts."""

from coherence.engine.evaluation import Evaluation, Limits, evaluate
from coherence.engine.examples import ExampleResult, check_examples, example_facts, run_examples
from coherence.engine.inquiry import Candidate, Inquiry, Verdict, nearest_misses

__all__ = [
    "Candidate",
    "Evaluation",
    "ExampleResult",
    "Inquiry",
    "Limits",
    "Verdict",
    "check_examples",
    "evaluate",
    "example_facts",
    "nearest_misses",
    "run_examples",
]
