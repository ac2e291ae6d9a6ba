"""The checklist of the target setting programme: what counts as evidence, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph

from coherence.models import Cluster
from coherence.pipeline import document_record
from coherence.programme import programme_view
from coherence.resources import rules_dir
from coherence.strict_yaml import load_plain
from coherence.vocabulary import LANGUAGES, REPORT_LANGUAGES, Language

if TYPE_CHECKING:
    from coherence.models import Document

EVIDENCE = {
    "TSP-01": "The LDN work plan of the ministry runs until June.",
    "TSP-02": "A working group on LDN meets every month.",
    "TSP-03": "The inception workshop on LDN was held in March.",
    "TSP-04": "A first review found synergies between the NDC and the LDN policy.",
    "TSP-05": "The LDN targets were assessed against the four criteria.",
    "TSP-06": "The LDN targets were revised and strengthened.",
    "TSP-07": "The revised LDN targets were validated by all regions.",
    "TSP-08": "An action plan for LDN lists what is not yet funded.",
    "TSP-09": "The NDC will integrate the aims of LDN.",
    "TSP-10": "One transformative project for LDN has been chosen.",
}


def shown(*documents: Document) -> dict[str, list[str]]:
    records = [document_record(each, ()) for each in documents]
    view = programme_view("GHA", documents, records, "en")
    return {each.id: [found.quote for found in each.evidence] for each in view.activities if each.evidence}


@pytest.mark.parametrize(("activity", "sentence"), EVIDENCE.items())
def test_a_sentence_that_speaks_of_an_activity_is_evidence_of_it(activity: str, sentence: str) -> None:
    plan = document(paragraph(f"The country is large. {sentence} Rain is scarce."), instrument="NDC")
    assert shown(plan)[activity] == [sentence]


def test_words_scattered_over_two_sentences_are_none() -> None:
    plan = document(paragraph("The working group on roads met. LDN is a new aim."), instrument="NDC")
    assert shown(plan) == {}


def test_in_the_document_of_the_targets_neutrality_need_not_be_said() -> None:
    text = "An interministerial committee meets every month."
    assert shown(document(paragraph(text), instrument="LDN")) == {"TSP-02": [text]}
    assert shown(document(paragraph(text), instrument="NDC")) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un comité national suit les cibles."),
        ("es", "La plataforma multisectorial se reúne dos veces al año."),
        ("ru", "Межведомственная комиссия собирается раз в год."),
        ("zh", "部际委员会每年召开会议。"),
        ("ar", "تجتمع اللجنة الوطنية مرتين في السنة."),
    ],
)
def test_those_who_steer_are_named_in_many_ways(language: Language, text: str) -> None:
    assert list(shown(document(paragraph(text), instrument="LDN", language=language))) == ["TSP-02"]


def test_the_plan_against_desertification_is_no_plan_to_reach_neutrality() -> None:
    text = "An action plan to combat desertification has existed since 2004."
    assert shown(document(paragraph(text), instrument="LDN")) == {}


def test_every_quote_stands_where_it_says() -> None:
    plan = document(paragraph("Rain is scarce."), paragraph("A steering committee guides LDN."), instrument="NDC")
    view = programme_view("GHA", [plan], [document_record(plan, ())], "en")
    (found,) = [each for activity in view.activities for each in activity.evidence]
    assert plan.pages[found.page - 1].text[found.start : found.end] == found.quote == "A steering committee guides LDN."


def test_a_plan_of_another_convention_that_names_the_targets_is_evidence_of_integration() -> None:
    plan = document(paragraph("This plan knows of LDN."), instrument="NBSAP", convention="CBD", path="nbsap.txt")
    targets = document(paragraph("This is LDN."), instrument="LDN")
    view = programme_view("GHA", [plan, targets], [document_record(each, ()) for each in (plan, targets)], "en")
    assert {each.id: each.named_in for each in view.activities if each.named_in} == {"TSP-09": ("nbsap.txt",)}


def test_only_countries_of_the_second_phase_take_part() -> None:
    assert programme_view("BEN", [], [], "fr").takes_part
    assert not programme_view("GHA", [], [], "fr").takes_part


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_for_every_activity_all_countries_are_accounted_for(language: Language) -> None:
    view = programme_view("GHA", [], [], language)
    assert view.countries == 18
    assert len(view.activities) == 10
    for each in view.activities:
        assert each.countries_done + each.countries_under_way + each.countries_not_started == view.countries


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_of_words_stands_in_every_language(language: Language) -> None:
    asked = load_plain(rules_dir() / "frameworks" / "programme.yaml")["activities"]
    groups = {word for activity in asked for each in activity["evidence"] for word in each["words"]}
    found = load_plain(rules_dir() / "vocabulary" / "programme" / f"{language}.yaml")
    assert set(found) == groups
    assert all(found.values())


def test_candidate_projects_are_what_this_report_gives_towards_a_bankable_project() -> None:
    project = Cluster(
        id="c", rank=1, name="Terraces", instruments=("NDC", "LDN"), members=("a", "b"), further_members=0,
    )  # fmt: skip
    with_one, without = (
        {each.id: each.supplied or "" for each in programme_view("GHA", [], [], "en", clusters).activities}["TSP-10"]
        for clusters in ([project, project.model_copy(update={"name": "Wells"})], [])
    )
    assert with_one.endswith("concept note: Terraces; Wells.")
    assert "too few" in without
