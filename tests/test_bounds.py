"""Totals as ranges: what holds of any promises and any knowledge of which are apart or the same."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from coherence import bounds as module
from coherence.bounds import Bounds, Item, bounds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    import pytest

Pairs = frozenset[frozenset[str]]

_NAMES = [f"p{number}" for number in range(9)]
_AMOUNTS = st.integers(0, 10**7).map(float)


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    names = draw(st.lists(st.sampled_from(_NAMES), unique=True, max_size=9))
    return [Item(name, *sorted((draw(_AMOUNTS), draw(_AMOUNTS)))) for name in names]


_PAIRS = st.frozensets(st.sampled_from([frozenset(pair) for pair in combinations(_NAMES, 2)]))


def total(stated: list[Item], apart: Pairs, same: Pairs) -> Bounds:
    return bounds(stated, neighbours(apart), neighbours(same))


def neighbours(pairs: Pairs) -> dict[str, frozenset[str]]:
    names = {name for pair in pairs for name in pair}
    return {name: frozenset(other for pair in pairs if name in pair for other in pair - {name}) for name in names}


def by_trying(stated: list[Item], apart: Pairs, same: Pairs) -> tuple[float, float]:
    sets = [group for size in range(len(stated) + 1) for group in combinations(stated, size)]

    def all_pairs(group: tuple[Item, ...], wanted: Pairs) -> bool:
        return all(frozenset({a.id, b.id}) in wanted for a, b in combinations(group, 2))

    every = frozenset(frozenset(pair) for pair in combinations([item.id for item in stated], 2))
    low = max(sum(item.low for item in group) for group in sets if all_pairs(group, apart - same))
    return low, max(sum(item.high for item in group) for group in sets if all_pairs(group, every - same))


@settings(max_examples=150, deadline=None)
@given(items(), _PAIRS, _PAIRS)
def test_the_ends_are_those_of_trying_every_set(stated: list[Item], apart: Pairs, same: Pairs) -> None:
    found = total(stated, apart, same)
    assert (found.low, found.high) == by_trying(stated, apart, same)


@given(items(), _PAIRS, _PAIRS)
def test_the_least_never_exceeds_the_most(stated: list[Item], apart: Pairs, same: Pairs) -> None:
    found = total(stated, apart, same)
    assert found.low <= found.high


@given(items(), _PAIRS, _PAIRS, st.data())
def test_a_further_promise_lowers_neither_end(
    stated: list[Item], apart: Pairs, same: Pairs, data: st.DataObject
) -> None:
    if not stated:
        return
    further = data.draw(st.sampled_from(stated))
    fewer = [item for item in stated if item is not further]
    before, after = total(fewer, apart, same), total(stated, apart, same)
    assert before.low <= after.low
    assert before.high <= after.high


@given(items(), _PAIRS, _PAIRS, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(stated: list[Item], apart: Pairs, same: Pairs, random: Random) -> None:
    shuffled = list(stated)
    random.shuffle(shuffled)
    assert total(shuffled, apart, same) == total(stated, apart, same)


@given(items(), _PAIRS, _PAIRS)
def test_each_end_is_the_sum_of_the_promises_named_for_it(stated: list[Item], apart: Pairs, same: Pairs) -> None:
    found, known = total(stated, apart, same), {item.id: item for item in stated}
    assert found.low == sum(known[name].low for name in found.low_of)
    assert found.high == sum(known[name].high for name in found.high_of)
    assert all(frozenset(pair) in apart - same for pair in combinations(found.low_of, 2))
    assert not any(frozenset(pair) in same for pair in combinations(found.high_of, 2))


@given(_AMOUNTS, _AMOUNTS)
def test_one_promise_amounts_to_itself(one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = total([Item("p0", low, high)], frozenset(), frozenset())
    assert (found.low, found.high) == (low, high)


def test_nothing_amounts_to_nothing() -> None:
    assert total([], frozenset(), frozenset()) == Bounds(0, 0, (), ())


def test_twins_of_which_nothing_is_known_count_once_at_the_least_and_twice_at_the_most() -> None:
    twins = [Item("p0", 500, 500), Item("p1", 500, 500)]
    found = total(twins, frozenset(), frozenset())
    assert (found.low, found.high) == (500, 1000)


def test_a_restated_figure_counts_once_at_both_ends() -> None:
    twins, pair = [Item("p0", 500, 500), Item("p1", 500, 500)], frozenset({frozenset({"p0", "p1"})})
    found = total(twins, pair, pair)
    assert (found.low, found.high) == (500, 500)


def test_a_bridge_between_two_restatements_does_not_join_them() -> None:
    stated = [Item(name, 100, 100) for name in ("p0", "p1", "p2")]
    same = frozenset({frozenset({"p0", "p1"}), frozenset({"p1", "p2"})})
    assert total(stated, frozenset(), same).high == 200


def test_past_the_limit_of_steps_the_range_is_wider_but_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = [Item(f"p{number}", 10 + number, 10 + number) for number in range(9)]
    ring = frozenset(frozenset({f"p{number}", f"p{(number + 1) % 9}"}) for number in range(9))
    every = frozenset(frozenset(pair) for pair in combinations(_NAMES, 2))
    exact = total(stated, every - ring, ring)
    monkeypatch.setattr(module, "_MOST_STEPS", 0)
    rough = total(stated, every - ring, ring)
    assert rough.low <= exact.low <= exact.high <= rough.high


def test_many_promises_are_weighed_in_time_and_depth() -> None:
    stated = [Item(f"q{number:03}", number + 1, number + 1) for number in range(900)]
    pairs = [(a.id, b.id) for a, b in combinations(stated, 2)]
    apart = neighbours_of(pair for pair in pairs if mixed(*pair) % 3 == 0)
    same = neighbours_of(pair for pair in pairs if mixed(*pair) % 7 == 1)
    found = bounds(stated, apart, same)
    assert 900 <= found.low <= found.high


def test_many_promises_of_few_kinds_are_weighed_exactly() -> None:
    kinds = {f"q{number:03}": number % 6 for number in range(600)}
    stated = [Item(name, 10, 10) for name in kinds]
    apart = neighbours_of(pair for pair in combinations(kinds, 2) if 0 < kinds[pair[0]] != kinds[pair[1]] > 0)
    assert bounds(stated, apart, {}) == Bounds(50, 6000, ("q001", "q002", "q003", "q004", "q005"), tuple(kinds))


def mixed(a: str, b: str) -> int:
    return int(a[1:]) * 7919 + int(b[1:]) * 104_729


def neighbours_of(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {name: frozenset(others) for name, others in found.items()}
