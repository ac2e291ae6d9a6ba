"""Commitments that findings connect become candidate projects: the same ones whatever the order, never a sum."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_recommend import commitment, finding

from coherence.cluster_settings import clustering
from coherence.clusters import find_clusters
from coherence.models import Cluster, Commitment, Finding, LegalBasis, Missing, OfficialLink
from coherence.recommend import recommend

NAMES = ("LDN", "NDC", "NBSAP", "NAP")


def stated(name: str, instrument: str, theme: str = "land_restoration", **more: Any) -> Commitment:
    more.setdefault("quote", f"Commitment {name} of the plan")
    return commitment(name, instrument, more.pop("figure", "5 ha"), theme, **more)


def linked(name: str, *concerned: str, kind: str = "synergy", **more: Any) -> Finding:
    return finding(name, None, concerned, kind=kind, score=more.pop("score", 2), **more)


WATER = tuple(
    stated(f"w{number}", instrument, "watershed_management", value=100.0 * (number + 1), places=("Upper basin",))
    for number, instrument in enumerate(("LDN", "NDC", "NAP"))
)
FOREST = tuple(
    stated(f"f{number}", instrument, "reforestation", value=7.0)
    for number, instrument in enumerate(("LDN", "NDC", "NBSAP"))
)
COMMITMENTS = {each.id: each for each in (*WATER, *FOREST)}
FINDINGS = (
    linked("s1", "w0", "w1"), linked("s2", "w1", "w2"), linked("s3", "w0", "w2"),
    linked("s4", "f0", "f1"), linked("s5", "f0", "f2"), linked("s6", "f1", "f2", kind="overlap", score=None),
    linked("s7", "w0", "f1", score=1, confidence=0.1),
)  # fmt: skip


def found(findings: Any = FINDINGS, commitments: Any = None, language: Any = "en") -> tuple[Cluster, ...]:
    return find_clusters(findings, commitments or COMMITMENTS, (), language)


def test_commitments_that_reinforce_one_another_form_one_project_each() -> None:
    clusters = found()
    assert {frozenset(each.members) for each in clusters} == {
        frozenset({"w0", "w1", "w2"}),
        frozenset({"f0", "f1", "f2"}),
    }
    water = next(each for each in clusters if "w0" in each.members)
    assert water.name == "Watershed management (Upper basin)"
    assert water.instruments == ("NDC", "NAP", "LDN")
    assert water.places == ("Upper basin",)
    assert set(water.findings) == {"s1", "s2", "s3"}


def test_figures_are_a_range_and_never_a_sum() -> None:
    water = next(each for each in found() if "w0" in each.members)
    (figure,) = water.figures
    assert (figure.unit, figure.low, figure.high) == ("ha", 100.0, 300.0)
    assert figure.commitments == ("w2", "w1", "w0")
    assert "600" not in water.note
    assert "stated singly and not to be added up" in water.note


def test_what_a_funder_asks_for_comes_from_findings_on_quality() -> None:
    lacking = [
        linked("q1", "w0", kind="quality", score=None, missing=Missing(instrument="LDN", element="finance")),
        linked("q2", "w1", kind="quality", score=None, missing=Missing(instrument="NDC", element="finance")),
        linked("q3", "w1", kind="quality", score=None, missing=Missing(instrument="NDC", element="gender")),
    ]
    water = next(each for each in found((*FINDINGS, *lacking)) if "w0" in each.members)
    assert [(each.element, each.commitments) for each in water.missing] == [("finance", ("w0", "w1"))]
    assert "finance (2)" in water.note


def test_official_targets_and_objectives_of_the_conventions_are_named() -> None:
    link = OfficialLink(target="KMGBF-T2", made="rule", because="restore")
    served = {**COMMITMENTS, "w1": WATER[1].model_copy(update={"official_links": (link,), "ldn_response": "reverse"})}
    water = next(each for each in found(commitments=served) if "w0" in each.members)
    assert {"KMGBF-T2", "LDN-REVERSE", "UNCCD-SO1"} == {each.id for each in water.objectives}
    assert all(isinstance(each, LegalBasis) for each in water.objectives)


def test_a_group_within_one_instrument_or_of_two_is_no_project() -> None:
    alone = {f"a{number}": stated(f"a{number}", "NDC") for number in range(4)}
    assert found([linked("s1", "a0", "a1"), linked("s2", "a1", "a2")], alone) == ()
    assert found([FINDINGS[0]]) == ()


def test_of_a_finding_on_several_commitments_the_first_is_linked_with_each() -> None:
    (cluster,) = found([linked("s1", "w1", "w0", "w2")])
    assert set(cluster.members) == {"w0", "w1", "w2"}
    assert cluster.members[0] == "w1"


def test_what_goes_with_everything_connects_no_project() -> None:
    general = stated("g", "NBSAP", "capacity_building")
    everywhere = [linked(f"g{name}", "g", name) for name in COMMITMENTS]
    assert found(everywhere, {**COMMITMENTS, "g": general}) == ()


def test_a_sentence_with_two_figures_is_one_member() -> None:
    share = stated("z", "LDN", "watershed_management", unit="percent", value=40.0, quote=WATER[0].quote)
    clusters = found((*FINDINGS, linked("s8", "z", "w1")), {**COMMITMENTS, "z": share})
    water = next(each for each in clusters if "w0" in each.members)
    assert "z" not in water.members


def test_long_groups_list_every_instrument_and_count_the_rest() -> None:
    most = clustering().most_members
    many = {f"n{number:02}": stated(f"n{number:02}", "NDC", "watershed_management") for number in range(most + 4)}
    links = [linked(f"l{name}", "w0", name) for name in many]
    (cluster,) = found([*links, linked("lx", "w0", "w2", confidence=0.3)], {**COMMITMENTS, **many})
    assert len(cluster.members) == most
    assert cluster.further_members == most + 4 + 2 - most
    assert "w2" in cluster.members


def test_names_are_given_once() -> None:
    names = [each.name for each in found()]
    assert len(set(names)) == len(names)


def test_a_project_becomes_one_recommendation_that_names_them_all() -> None:
    clusters = found()
    made = recommend(FINDINGS, COMMITMENTS, (), "fr", clusters=clusters)
    (project,) = (each for each in made if each.pattern == "REC-043")
    assert project.clusters == tuple(each.id for each in clusters)
    assert all(f"« {each.name} »" in (project.draft or "") for each in clusters)
    assert not any(each.pattern == "REC-043" for each in recommend(FINDINGS, COMMITMENTS, (), "fr"))


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_input_makes_no_difference(seed: int) -> None:
    shuffled = random.Random(seed).sample(FINDINGS, len(FINDINGS))  # noqa: S311 - no secret depends on it
    assert found(shuffled, dict(reversed(COMMITMENTS.items()))) == found()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=3, max_size=30), st.randoms())
def test_every_group_is_connected_wide_enough_and_the_same_in_any_order(
    pairs: list[tuple[int, int]], shuffle: random.Random
) -> None:
    pool = {f"p{number}": stated(f"p{number}", NAMES[number % 4]) for number in range(12)}
    findings = [linked(f"x{index}", f"p{one}", f"p{two}") for index, (one, two) in enumerate(pairs)]
    clusters = found(findings, pool)
    for each in clusters:
        assert len(each.members) >= clustering().fewest_members
        assert len(each.instruments) >= clustering().fewest_instruments
        assert each.findings
    members = [name for each in clusters for name in each.members]
    assert len(set(members)) == len(members)
    shuffle.shuffle(findings)
    assert found(findings, pool) == clusters


def test_two_processes_with_other_hash_seeds_give_the_same() -> None:
    code = "from test_clusters import found; print([each.model_dump_json() for each in found()])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=os.path.dirname(__file__),  # noqa: PTH120
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "77")
    }  # fmt: skip
    assert len(outputs) == 1


def test_what_has_nothing_in_common_with_the_others_is_no_member() -> None:
    odd = stated("odd", "NBSAP", "health")
    links = (*FINDINGS, linked("o1", "w0", "odd", confidence=1.0), linked("o2", "w1", "odd", confidence=1.0))
    clusters = found(links, COMMITMENTS | {"odd": odd})
    assert all("odd" not in each.members for each in clusters)
    near = stated("odd", "NBSAP", "health", places=("Upper basin",))
    clusters = found(links, COMMITMENTS | {"odd": near})
    assert any("odd" in each.members for each in clusters)


def test_a_name_says_what_most_members_share_and_then_what_it_leaves_out() -> None:
    members = {
        each.id: each
        for each in (
            stated("a", "LDN", themes=("soil_carbon", "sustainable_agriculture", "finance"), value=9.0),
            stated("b", "NDC", themes=("sustainable_agriculture", "finance"), value=8.0),
            stated("c", "NAP", themes=("sustainable_agriculture", "finance", "early_warning"), value=7.0),
            stated("d", "NBSAP", themes=("early_warning", "soil_carbon"), value=6.0),
        )
    }
    pairs = ("ab", "bc", "ac", "cd", "ad", "bd")
    (cluster,) = found(tuple(linked(pair, *pair) for pair in pairs), members)
    assert cluster.name == "Sustainable agriculture and soil carbon"


def test_what_hangs_on_one_faint_link_is_no_member() -> None:
    faint = [linked("s1", "w0", "w1"), linked("s2", "w0", "w2"), linked("s9", "w0", "f2", kind="overlap", score=None)]
    (cluster,) = found(faint)
    assert set(cluster.members) == {"w0", "w1", "w2"}
