"""Rules applied to facts."""

from coherence.engine.evaluation import Evaluation, Limits, evaluate
from coherence.engine.examples import ExampleResult, check_examples, run_examples

__all__ = ["Evaluation", "ExampleResult", "Limits", "check_examples", "evaluate", "run_examples"]
