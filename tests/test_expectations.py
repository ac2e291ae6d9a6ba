"""Expectations: which commitments are targets, and which instruments should take up a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sample_facts import commitment, facts_of

from coherence import expectations
from coherence.engine import evaluate
from coherence.errors import VocabularyError
from coherence.expectations import load_expectations
from coherence.fact_models import CommitmentFacts
from coherence.facts import with_context
from coherence.frameworks import all_ids
from coherence.graph import theme_table
from coherence.models import TraceStep
from coherence.resources import rules_dir
from coherence.ruleset import load_rules

if TYPE_CHECKING:
    from pathlib import Path

FILE = rules_dir() / "frameworks" / "expectations.yaml"
LAND_THEMES = sorted(name for name, theme in theme_table().items() if theme.land and name != "land_sector_emissions")


def stated(instrument: str, theme: str = "rangeland_restoration", **facts: Any) -> CommitmentFacts:
    subjects = expectations.subjects_of([theme])
    known = {"themes": frozenset({theme}), "theme": theme, "subject": next(iter(subjects), None)}
    known |= {"subjects": frozenset(subjects)}
    return CommitmentFacts(instrument=instrument, document=f"{instrument}.pdf", **known | facts)


@pytest.mark.parametrize("theme", LAND_THEMES)
def test_every_theme_of_land_has_a_subject(theme: str) -> None:
    assert expectations.subjects_of([theme])


def test_every_expectation_rests_on_what_is_known_and_gives_a_reason() -> None:
    for subject in expectations.expectations().subjects:
        for each in subject.expected:
            assert set(each.basis) <= all_ids()
            for instrument in each.instruments:
                assert expectations.reason(subject.id, instrument, "fr") != expectations.reason(
                    subject.id, instrument, "en"
                )


def test_what_is_not_expected_has_no_reason() -> None:
    assert expectations.expected_in(stated("LDN", "health")) == frozenset()
    assert expectations.reason("risk_cover", "NBSAP", "en") == ""


@given(st.lists(st.sampled_from(sorted(theme_table())), max_size=6))
def test_subjects_keep_the_order_of_the_themes_and_stand_once(themes: list[str]) -> None:
    found = expectations.subjects_of(themes)
    assert len(set(found)) == len(found)
    assert all(expectations.subjects_of([theme])[0] in found for theme in themes if expectations.subjects_of([theme]))


@pytest.mark.parametrize(
    ("facts", "commitments", "expected"),
    [
        (stated("LDN", kind="target", confidence=0.7), 500, True),
        (stated("LDN", kind="measure", confidence=0.7), 500, False),
        (stated("NBSAP", kind="measure", confidence=0.7), 9, True),
        (stated("NBSAP", "awareness_education", kind="measure", cross_cutting=True), 9, True),
        (stated("NBSAP", "awareness_education", kind="target", cross_cutting=True), 500, False),
        (stated("NDC", kind="measure", confidence=0.7), 300, True),
        (stated("NDC", kind="measure", confidence=0.5), 300, False),
        (stated("NDC", kind="target", money_first=True), 300, False),
        (stated("NDC", "transport", kind="target"), 300, False),
        (stated("NDC", "land_sector_emissions", kind="target", area_ha=80.0), 300, True),
        (stated("OTHER", kind="target"), 3, False),
    ],
)
def test_which_commitments_are_targets(facts: CommitmentFacts, commitments: int, *, expected: bool) -> None:
    assert expectations.target_like(facts, commitments=commitments) is expected


@pytest.mark.parametrize(
    ("facts", "asked", "spared"),
    [
        (stated("LDN"), {"quantity", "baseline", "body", "gender", "own_deadline", "place"}, set()),
        (stated("NBSAP"), {"quantity", "baseline", "indicator"}, {"gender"}),
        (stated("NBSAP", way="rule"), {"deadline", "body"}, {"quantity", "place"}),
        (stated("NAP", kind="measure"), {"quantity", "place", "indicator"}, {"baseline"}),
        (stated("NAP", kind="measure", quantified=True, area_ha=700.0), {"baseline"}, set()),
        (stated("NAP", "awareness_education", cross_cutting=True), {"indicator", "body"}, {"place"}),
        (stated("NDC"), {"quantity", "deadline", "place"}, {"baseline", "finance", "body", "indicator"}),
        (stated("NDC", share_percent=30.0, quantified=True), {"baseline", "finance"}, {"body", "own_deadline"}),
        (stated("NDC", "sustainable_agriculture", area_ha=50.0), {"finance"}, {"baseline"}),
        (stated("NDC", "protected_areas"), {"own_deadline"}, {"baseline"}),
        (stated("NDC", "protected_areas", confidence=0.65), {"deadline"}, {"own_deadline"}),
    ],
)
def test_which_elements_are_asked_of_a_target(facts: CommitmentFacts, asked: set[str], spared: set[str]) -> None:
    (found,) = with_context([facts])
    assert found.target_like
    assert found.asked >= asked
    assert not found.asked & spared


def test_of_what_is_no_target_nothing_is_asked() -> None:
    (found,) = with_context([stated("NDC", "transport")])
    assert (found.target_like, found.asked) == (False, set())


def test_solar_pumps_are_a_measure_of_the_energy_sector_and_a_dam_is_expected_by_its_effect() -> None:
    pumps = commitment("NDC", "Solar pumps for 40 schemes", themes=("irrigation", "renewable_energy"))
    canals = commitment("NDC", "New canals for 40 schemes", themes=("irrigation",))
    dam = commitment("NDC", "Build the dam at the falls", themes=("hydropower",))
    told = {each.quote.split()[0]: each for each in facts_of(pumps, canals, dam).commitments}
    assert [told[name].other_sector for name in ("Solar", "New")] == [True, False]
    assert [told[name].by_effect for name in ("Build", "New")] == [True, False]


def test_a_commitment_is_taken_up_where_another_instrument_does_its_work() -> None:
    seeded, fenced = frozenset({"improve_rangeland"}), frozenset({"stall_feed"})
    rows = [
        stated("LDN", works=seeded),
        stated("NBSAP", works=seeded),
        stated("NAP", works=fenced),
        stated("NDC", works=seeded, money_first=True),
        stated("OTHER", "livestock_management", works=seeded),
        stated("NDC"),
    ]
    found = [each.taken_up_in for each in with_context(rows)]
    assert found[:3] == [{"NBSAP", "OTHER"}, {"LDN", "OTHER"}, set()]
    # Of the last one no work is known: whatever is on its subject and is more than money takes it up.
    assert found[-1] == {"LDN", "NBSAP", "NAP", "OTHER"}


def test_work_on_other_land_takes_nothing_up() -> None:
    forest, wetland = frozenset({"forest"}), frozenset({"wetland"})
    rows = [stated("LDN", ecosystems=forest), stated("NAP", ecosystems=wetland), stated("NBSAP")]
    assert [each.taken_up_in for each in with_context(rows)] == [{"NBSAP"}, {"NBSAP"}, {"LDN", "NAP"}]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"kind": "measure"}, set()),
        ({"kind": "measure", "quantified": True}, {"LDN"}),
        ({"kind": "target"}, {"LDN"}),
        ({"kind": "target", "works": frozenset()}, set()),
        ({"kind": "target", "money_first": True}, set()),
    ],
)
def test_what_only_bears_on_an_instrument_is_expected_there_as_a_target(
    facts: dict[str, Any], expected: set[str]
) -> None:
    (found,) = with_context([stated("NBSAP", "species_conservation", **{"works": frozenset({"save_species"})} | facts)])
    assert found.expected_in - {"NBSAP"} == expected


def test_what_is_an_instruments_own_subject_is_expected_there_whatever_it_says() -> None:
    (found,) = with_context([stated("NAP", "wetland_restoration", kind="measure")])
    assert found.expected_in >= {"LDN", "NDC", "NBSAP"}


@pytest.mark.parametrize(
    ("because", "expected"), [("clause: 2035", False), ("document: 8 of 9 dated statements", True)]
)
def test_a_year_of_the_document_is_told_from_a_stated_one(because: str, *, expected: bool) -> None:
    trace = (TraceStep(field="target_year", value="2035", because=because),)
    promise = commitment("NDC", "Rest 900 ha of pasture", target_year=2035).model_copy(update={"trace": trace})
    assert facts_of(promise).commitments[0].year_of_document is expected


def test_the_theme_that_has_the_subject_is_known_apart_from_the_main_one() -> None:
    told = commitment("NAP", "Research fodder in dry years", themes=("research_technology", "livestock_management"))
    (facts,) = facts_of(told).commitments
    assert (facts.theme, facts.subject_theme, facts.subject) == (
        "research_technology", "livestock_management", "rangeland",
    )  # fmt: skip


def test_a_counterpart_of_a_work_does_it_and_is_not_only_on_the_subject() -> None:
    land = commitment("LDN", "Halt deforestation in the hills", themes=("avoided_deforestation",))
    near = commitment("NBSAP", "Log the forest within its growth", themes=("sustainable_forest_management",))
    same = commitment("NBSAP", "Deforestation ends", themes=("avoided_deforestation",))
    rules = load_rules([rules_dir()])

    def without_counterpart(*others: Any) -> set[str | None]:
        found = evaluate(rules, facts_of(land, *others)).findings
        return {each.missing.instrument for each in found if each.rule == "GAP-001" and each.missing}

    assert "NBSAP" in without_counterpart(near)
    assert "NBSAP" not in without_counterpart(near, same)


def test_general_words_are_answered_by_any_commitment_on_their_subject() -> None:
    general = commitment("NDC", "Improve how the land is farmed", themes=("sustainable_agriculture",))
    yields = commitment("LDN", "Raise the yields of maize on worn soils", themes=("sustainable_agriculture",))
    herds = commitment("LDN", "Rest the pastures in the dry months", themes=("rangeland_restoration",))
    rules = load_rules()

    def told(promise: Any, other: Any) -> bool:
        return any(each.rule == "GAP-002" for each in evaluate(rules, facts_of(promise, other)).findings)

    assert told(general, herds)
    assert not told(general, yields)


def test_another_work_on_the_same_theme_is_no_counterpart() -> None:
    bunds = commitment("LDN", "Build stone bunds on 900 ha by 2032", themes=("erosion_control",))
    dunes = commitment("NAP", "Fixation of dunes along the railway", themes=("erosion_control",))
    same = commitment("NAP", "Bunds of stone stop the erosion", themes=("erosion_control",))
    rules = load_rules()

    def missing_in(*others: Any) -> set[str | None]:
        found = evaluate(rules, facts_of(bunds, *others)).findings
        return {each.missing.instrument for each in found if each.rule == "GAP-001" and each.missing}

    assert "NAP" in missing_in(dunes)
    assert "NAP" not in missing_in(dunes, same)


def test_a_gap_tells_why_the_subject_is_expected() -> None:
    ldn = commitment("LDN", "Rest 4,000 ha of pasture by 2032", themes=("rangeland_restoration",))
    ndc = commitment("NDC", "Build two rail lines", themes=("transport",))
    found = evaluate(load_rules(), facts_of(ldn, ndc)).findings
    gap = next(each for each in found if each.rule == "GAP-001")
    assert gap.missing is not None
    assert gap.missing.instrument == "NDC"
    assert expectations.reason("rangeland", "NDC", "en") in gap.explanation


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["subjects"][0]["themes"].append("seafaring"), "unknown theme 'seafaring'"),
        (lambda data: data["subjects"][0]["expected"][0]["basis"].append("CBD 99/1"), "unknown id 'CBD 99/1'"),
        (lambda data: data["subjects"][1]["themes"].append("afforestation"), "theme 'afforestation' stands twice"),
        (lambda data: data["subjects"][0]["expected"][0]["in"].append("NDC"), "instrument 'NDC' stands twice"),
        (lambda data: data["asked"][6]["subjects"].append("seas"), "unknown subject 'seas'"),
        (lambda data: data["asked"][1]["ways"].append("sail"), "unknown way 'sail'"),
        (lambda data: data["other_sectors"].append("seafaring"), "unknown theme 'seafaring'"),
        (lambda data: data["asked"][0]["elements"].append("budget"), "Input should be 'quantity'"),
        (lambda data: data["target_like"][0].update(kind="target"), "Extra inputs are not permitted"),
    ],
)
def test_faults_are_told_with_their_place(tmp_path: Path, change: Any, told: str) -> None:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(data)
    broken = tmp_path / "expectations.yaml"
    broken.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(VocabularyError, match=told) as raised:
        load_expectations(broken)
    assert all(fault.location.line for fault in raised.value.faults)
