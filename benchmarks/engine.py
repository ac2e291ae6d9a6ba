"""How long the shipped pair and absence rules take, on many commitments: the engine and others, the same results.

    python benchmarks/engine.py [--dossiers FOLDER] [--sizes 1000,10000,40000,160000] [--out FILE]

Commitments are drawn, with a fixed seed, from those of the dossiers in FOLDER (by default the example dossiers), with
other figures, years and places, and dealt out to dossiers of 100, or to one dossier ("one"). Needs the optional
dependencies "benchmark".
"""

from __future__ import annotations

import argparse
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from rivals import drawing, loop
from rivals.frames import Frames
from rivals.logic import Program, UnsupportedError
from rivals.sql import Queries, sayable

from coherence.engine.matching import Budget, Cut
from coherence.engine.scopes import Search, alone_in, matched_pairs
from coherence.engine.table import FactTable
from coherence.fact_models import FACTS
from coherence.pair_facts import interaction_table
from coherence.resources import corpora_dir
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coherence.fact_models import FactBase
    from coherence.rule_models import Rule

_OF_ONE_DOSSIER = 100
Found = dict[str, Any]


def engine(rules: Sequence[Rule], bases: Sequence[FactBase]) -> tuple[Found, float, float]:
    """Return matches by rule, seconds to make the columns, and seconds of the rules."""
    start = perf_counter()
    table = FactTable(bases, interaction_table())
    for name, spec in FACTS["a"].items():
        if not spec.shown_only:
            table.dense(name)
    loaded = perf_counter()
    found: Found = {}
    for rule in rules:
        search = Search(table, Budget(pairs=1 << 60), 1 << 60, Cut())
        if rule.spec.scope == "pair":
            a, b, _ = matched_pairs(rule, search)
            found[rule.id] = keys(a, b, len(table))
        else:
            alone = [np.flatnonzero(alone_in(rule, each, search)) for each in rule.spec.counterpart_in]
            found[rule.id] = np.concatenate(alone)
    return found, loaded - start, perf_counter() - loaded


def keys(a: Any, b: Any, size: int) -> Any:
    """Return one number for each pair, whatever the order of the two."""
    a, b = np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64)
    return np.unique(np.minimum(a, b) * size + np.maximum(a, b))


def duckdb(rules: Sequence[Rule], bases: Sequence[FactBase], better: dict[str, bool], threads: int) -> Any:
    """Return the same from DuckDB; ``better`` remembers for each rule which of its two forms was faster."""
    queries = Queries(bases, threads)
    found: Found = {}
    total = 0.0
    size = sum(len(base.commitments) for base in bases)
    for rule in rules:
        forms = (better[rule.id],) if rule.id in better else (False, True)
        runs = [(*queries.run(rule, through_members=form), form) for form in forms]
        rows, seconds, form = min(runs, key=lambda run: run[1])
        better[rule.id] = form
        total += seconds
        if rule.spec.scope == "pair":
            found[rule.id] = keys(*rows, size)
        else:
            found[rule.id] = np.concatenate([np.sort(each) for _, each in rows])
    return found, queries.load_seconds, total


def polars(rules: Sequence[Rule], bases: Sequence[FactBase]) -> tuple[Found, float, float]:
    """Return the same from polars."""
    frames = Frames(bases)
    size = sum(len(base.commitments) for base in bases)
    found: Found = {}
    total = 0.0
    for rule in rules:
        rows, seconds = frames.run(rule)
        total += seconds
        found[rule.id] = keys(*rows, size) if rule.spec.scope == "pair" else np.concatenate(rows)
    return found, frames.load_seconds, total


def clingo(rules: Sequence[Rule], bases: Sequence[FactBase]) -> tuple[Found, float, float]:
    """Return the same from clingo, for the rules that it can express."""
    start = perf_counter()
    program = Program(bases)
    loaded = perf_counter() - start
    size = sum(len(base.commitments) for base in bases)
    found: Found = {}
    total = 0.0
    for rule in rules:
        try:
            rows, seconds = program.run(rule)
        except UnsupportedError:
            continue
        total += seconds
        found[rule.id] = keys(*rows, size)
    return found, loaded, total


def compare(found: Found, expected: Found, name: str) -> None:
    """End with a message unless another engine found the same."""
    for rule, got in found.items():
        if not np.array_equal(got, expected[rule]):
            raise SystemExit(f"{name}, {rule}: {len(got)} matches, the engine has {len(expected[rule])}")


def seconds_of_a_pair(rules: Sequence[Rule], real: Sequence[Any], size: int) -> float:
    """Return the seconds that the nested loop takes for all rules on one pair, and check that it finds the same."""
    bases = drawing.drawn(real, size, 1)
    found, seconds = loop.run(rules, bases)
    expected, _, _ = engine(rules, bases)
    ids = [each.id for base in bases for each in base.commitments]
    for rule in rules:
        if rule.spec.scope == "pair":
            got = {tuple(sorted((ids[key // len(ids)], ids[key % len(ids)]))) for key in expected[rule.id].tolist()}
            if got != {each[:2] for each in found[rule.id]}:
                raise SystemExit(f"nested loop, {rule.id}: {len(found[rule.id])} matches, the engine has {len(got)}")
    return seconds / (size * (size - 1))


@dataclass(frozen=True)
class Rival:
    """Another way to run the rules, and the number of pairs above which it is not asked: it would take hours."""

    name: str
    run: Any
    most_pairs: float


@dataclass(frozen=True)
class Ours:
    """What the engine found, and its seconds."""

    found: Found
    loaded: float
    seconds: float


def lines_of(options: argparse.Namespace, rules: Sequence[Rule], real: Sequence[Any]) -> Iterator[list[str]]:
    """Yield the lines of the table."""
    of_a_pair = seconds_of_a_pair(rules, real, options.looped)
    better: dict[str, bool] = {}
    rivals = (
        Rival("DuckDB", lambda rules, bases: duckdb(rules, bases, better, options.threads), options.most_duckdb),
        Rival("polars", polars, options.most_polars),
        Rival("clingo", clingo, options.most_clingo),
    )
    sizes = [(size, max(size // _OF_ONE_DOSSIER, 1)) for size in options.sizes]
    for size, dossiers in (*sizes, *((size, 1) for size in options.one_sizes)):
        bases = drawing.drawn(real, size, dossiers)
        ours = min((Ours(*engine(rules, bases)) for _ in range(options.repeat)), key=lambda run: run.seconds)
        pairs = sum(len(base.commitments) * (len(base.commitments) - 1) for base in bases)
        naive = of_a_pair * pairs
        matches = sum(len(each) for each in ours.found.values())
        line = [f"{size:,}", f"{dossiers:,}", f"{matches:,}", _seconds(ours.loaded), _seconds(ours.seconds)]
        line.append(f"{_seconds(naive)} ({naive / ours.seconds:,.0f})")
        yield [*line, *("—" if pairs > each.most_pairs else _beside(each, rules, bases, ours) for each in rivals)]


def _beside(rival: Rival, rules: Sequence[Rule], bases: Sequence[FactBase], ours: Ours) -> str:
    """Return a rival's seconds, how many times the engine's these are, and its seconds of loading."""
    found, loaded, seconds = rival.run(rules, bases)
    compare(found, ours.found, rival.name)
    own, note = ours.seconds, ""
    if len(found) < len(rules):
        own, note = engine([rule for rule in rules if rule.id in found], bases)[2], f"; {len(found)} rules"
    return f"{_seconds(seconds)} ({seconds / own:,.1f}; load {_seconds(loaded)}{note})"


def _seconds(value: float) -> str:
    return f"{value:,.0f} s" if value > 1000 else f"{value:.3g} s"  # noqa: PLR2004 - three digits or more


HEAD = [
    "commitments",
    "dossiers",
    "matches",
    "columns",
    "engine",
    "nested loop, computed",
    "DuckDB",
    "polars",
    "clingo",
]


def main() -> None:
    """Run the benchmark and print, or write, its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dossiers", type=Path, default=corpora_dir(), help="folder of dossiers to draw from")
    parser.add_argument("--sizes", type=_sizes, default=[1000, 10_000, 40_000, 160_000])
    parser.add_argument("--one-sizes", type=_sizes, default=[1000, 10_000], help="sizes of the single dossier")
    parser.add_argument("--looped", type=int, default=150, help="commitments that the nested loop is measured on")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="threads of DuckDB")
    parser.add_argument("--repeat", type=int, default=3, help="runs of the engine; the fastest counts")
    parser.add_argument("--most-duckdb", type=float, default=1e9, help="pairs above which it is not asked")
    parser.add_argument("--most-polars", type=float, default=2e7)
    parser.add_argument("--most-clingo", type=float, default=2e6)
    options = parser.parse_args()
    real = drawing.real_commitments(options.dossiers)
    shipped = [rule for rule in load_rules().rules if rule.spec.scope in ("pair", "absence")]
    rules = [rule for rule in shipped if sayable(rule)]
    print(f"{len(rules)} of {len(shipped)} rules (those that SQL can say), drawn from {len(real)} commitments; "
          f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"DuckDB with {options.threads} threads")  # fmt: skip
    print("| " + " | ".join(HEAD) + " |")
    print("|" + "---|" * len(HEAD))
    for line in lines_of(options, rules, real):
        print("| " + " | ".join(line) + " |", flush=True)


def _sizes(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


if __name__ == "__main__":
    main()
