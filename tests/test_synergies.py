"""Synergies over small dossiers: goals first, general work once, restated measures not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sample_facts import commitment, facts_of, quantity

from coherence.comparability import comparisons
from coherence.engine import evaluate
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from coherence.models import Commitment, Finding

RULES = load_rules()
FOREST = commitment("LDN", "No natural forest is cleared any more", themes=("avoided_deforestation",), kind="goal")
STOVES = commitment("NDC", "Hand out 50,000 stoves that save wood", themes=("clean_cooking",), page=2,
                    quantities=(quantity(50_000.0, unit="count"),))  # fmt: skip
FIRES = commitment("NDC", "Brigades put out the wildfires in every forest", themes=("forest_fire_control",), page=3)
BUSES = commitment("NDC", "Run clean buses in the three largest cities", themes=("transport",), page=4)


def synergies(*commitments: Commitment) -> list[Finding]:
    return [each for each in evaluate(RULES, facts_of(*commitments)).findings if each.kind == "synergy"]


def on_land(instrument: str, number: int, **fields: Any) -> list[Commitment]:
    themes = ("land_restoration", "species_conservation", "water_management", "protected_areas", "food_security")
    return [
        commitment(
            instrument,
            f"Aim number {n} of the national plan for its own field",
            themes=(themes[n],),
            page=n + 1,
            **fields,
        )
        for n in range(number)
    ]


def test_what_serves_a_goal_stands_behind_it_in_one_finding() -> None:
    (found,) = synergies(FOREST, STOVES, FIRES, BUSES)
    assert found.rule == "SYN-017"
    assert found.commitments[0] == FOREST.id
    assert set(found.commitments[1:]) == {STOVES.id, FIRES.id}
    assert "stoves that save wood" in found.explanation
    assert "cook with less wood" in found.explanation


def test_the_one_that_is_served_more_comes_first() -> None:
    mangroves = commitment("NBSAP", "Mangroves of the delta are planted again", themes=("mangrove_restoration",))
    fishers = commitment("NAP", "Fishers keep to nets with wide meshes everywhere", themes=("sustainable_fisheries",))
    for order in ((mangroves, fishers), (fishers, mangroves)):
        assert [each.commitments for each in synergies(*order)] == [(fishers.id, mangroves.id)]


COUNCIL = commitment(
    "NAP",
    "A council of ministries agrees who cares for the springs and terraces",
    themes=("institutional_coordination",),
)


def test_general_work_is_no_means_to_anything_in_particular() -> None:
    assert not synergies(COUNCIL, *on_land("LDN", 5))


def test_data_of_one_plan_serve_the_goal_of_another_and_are_told_apart_from_means() -> None:
    goal = commitment("LDN", "No oak forest is cleared after 2030", themes=("avoided_deforestation",), kind="target",
                      quantities=(quantity(700.0),))  # fmt: skip
    watch = commitment("NDC", "Set up satellite monitoring of forest in all districts", themes=("monitoring",))
    stove = commitment("NDC", "Hand out stoves that burn half the wood", themes=("clean_cooking",), page=2)
    found = {each.rule: set(each.commitments) for each in synergies(goal, watch, stove)}
    assert found == {"SYN-017": {goal.id, stove.id}, "SYN-018": {goal.id, watch.id}}


def test_what_is_kept_and_what_is_restored_complete_each_other_on_the_same_land_only() -> None:
    kept = commitment("NBSAP", "Clearing of oak woods for charcoal comes to an end", kind="target",
                      themes=("avoided_deforestation",), ecosystems=("forest",))  # fmt: skip
    wood = commitment("NDC", "Bring back degraded forest above the town", themes=("forest_restoration",), page=2,
                      ecosystems=("forest",), quantities=(quantity(90.0),))  # fmt: skip
    delta = commitment("NDC", "Bring back degraded forest in the delta", themes=("forest_restoration",), page=3,
                       ecosystems=("mangrove",), quantities=(quantity(80.0),))  # fmt: skip
    (found,) = (each for each in synergies(kept, wood, delta) if each.rule == "SYN-019")
    assert set(found.commitments) == {kept.id, wood.id}
    assert "restored together" in found.explanation


def test_how_sure_synergies_are_spreads() -> None:
    close = commitment("NDC", "Protected areas take in the oak forest of the north", themes=("protected_areas",),
                       ecosystems=("forest",), quantities=(quantity(900.0),))  # fmt: skip
    forest = commitment("LDN", "No natural forest is cleared after 2030", themes=("avoided_deforestation",),
                        kind="goal", ecosystems=("forest",))  # fmt: skip
    far = commitment("NDC", "Honey production in six villages of the hills", themes=("sustainable_agriculture",))
    faint = commitment("NDC", "Run small wind mills for remote villages", themes=("renewable_energy",))
    alone = [max(told.confidence for told in synergies(forest, each)) for each in (close, far)]
    assert alone[0] - alone[1] > 0.08
    assert not synergies(forest, faint)


def test_figures_on_one_theme_that_cannot_be_compared_are_counted_for_two_instruments() -> None:
    share = commitment("NDC", "Raise the yield of farms", themes=("agroforestry",),
                       quantities=(quantity(5.0, unit="percent"),))  # fmt: skip
    area = commitment("LDN", "Trees on farms", themes=("agroforestry",), quantities=(quantity(5.0),))
    other = commitment(
        "NAP", "Wells for herds", themes=("water_management",), quantities=(quantity(5.0, unit="count"),)
    )
    (told,) = comparisons(facts_of(share, area, other))
    assert (told.instruments, told.pairs, told.compared) == (("NDC", "LDN"), 1, 0)
    assert told.reasons == (("units", 1),)
    assert told.uncompared == tuple(sorted((share.id, area.id)))
    assert comparisons(facts_of(area, other)) == ()


def test_each_pair_that_cannot_be_compared_stands_under_the_first_reason_that_holds() -> None:
    def farmed(instrument: str, page: int, value: float | None, **fields: object) -> Commitment:
        figures = () if value is None else (quantity(value, **fields),)
        year = {"target_year": 2030} if value != 7.0 else {}
        return commitment(instrument, f"Trees on the farms of page {page}", themes=("agroforestry",), page=page,
                          quantities=figures, **year)  # fmt: skip

    ours = (farmed("NDC", 1, 5.0),)
    theirs = (
        farmed("LDN", 2, 6.0), farmed("LDN", 3, None), farmed("LDN", 4, 7.0), farmed("LDN", 5, 8.0, per_year=True),
    )  # fmt: skip
    (told,) = comparisons(facts_of(*ours, *theirs))
    assert (told.pairs, told.compared) == (4, 1)
    assert dict(told.reasons) == {"figure": 1, "year": 1, "period": 1}
    assert set(told.uncompared) == {theirs[2].id, theirs[3].id}
