"""What to talk about first: the subject that most findings share, those who meet on it, the gravest finding ahead."""

from __future__ import annotations

import random
from typing import Any

from sample_facts import commitment

from coherence.agenda import agenda_of, subjects_of
from coherence.models import Finding, Missing
from coherence.recommendation_patterns import recommending

FOREST = commitment("LDN", "Clearing of the mountain forest stops", themes=("avoided_deforestation",))
LOGGING = commitment("NDC", "Loggers keep to the yearly growth", themes=("sustainable_forest_management",))
MARSH = commitment("NBSAP", "The delta stays flooded in spring", themes=("wetland_restoration",))
BUS = commitment("NDC", "Buses run on batteries", themes=("transport",), page=4)
VAGUE = commitment("NDC", "Act early", page=5)
KNOWN = {each.id: each for each in (FOREST, LOGGING, MARSH, BUS, VAGUE)}


def finding(name: str, kind: str, *concerned: Any, **fields: Any) -> Finding:
    values = {
        "fingerprint": name, "rule": "R", "rule_version": "1", "dossier": "XXX", "kind": kind, "severity": "low",
        "confidence": 0.5, "commitments": tuple(each.id for each in concerned), "title": name, "explanation": name,
        **fields,
    }  # fmt: skip
    return Finding.model_validate(values)


FINDINGS = (
    finding("overlap", "overlap", LOGGING, FOREST, severity="medium"),
    finding("grave", "conflict", FOREST, MARSH, severity="high"),
    finding("synergy", "synergy", MARSH, FOREST, LOGGING, severity="medium"),
    finding("gap", "gap", LOGGING, missing=Missing(instrument="NAP", element="counterpart"), severity="high"),
    finding("bus", "gap", BUS, missing=Missing(instrument="NAP", element="counterpart")),
    finding("quality", "quality", FOREST, missing=Missing(element="deadline"), severity="high"),
    finding("within", "overlap", LOGGING, BUS, severity="high"),
    finding("vague", "gap", VAGUE, missing=Missing(instrument="LDN", element="counterpart")),
)


def test_the_gravest_finding_of_the_subject_that_most_share_goes_first() -> None:
    first, *others = agenda_of(FINDINGS, KNOWN, "en")
    assert (first.subject, first.priority) == ("forest_conservation", "high")
    assert first.findings == ("grave", "overlap", "gap")
    # Of measures that serve one goal, the goal decides what the talk is about.
    assert [(each.subject, each.findings) for each in others] == [
        ("wetlands", ("synergy",)), ("transport", ("bus",)),
    ]  # fmt: skip
    assert [each.rank for each in (first, *others)] == [1, 2, 3]


def test_those_who_meet_are_asked_and_who_has_to_look_for_a_counterpart_only_where_none_meet() -> None:
    first, _, last = agenda_of(FINDINGS, KNOWN, "en")
    assert first.instruments == ("NDC", "NBSAP", "LDN")
    assert first.addressees == ("UNFCCC national focal point", "CBD national focal point", "UNCCD national focal point")
    assert last.instruments == ("NDC", "NAP")


def test_what_stands_in_one_instrument_or_has_no_subject_is_no_item() -> None:
    told = {name for item in agenda_of(FINDINGS, KNOWN, "en") for name in item.findings}
    assert told.isdisjoint({"quality", "within", "vague"})


def test_the_order_of_findings_makes_no_difference() -> None:
    shuffled = list(FINDINGS)
    random.Random(5).shuffle(shuffled)  # noqa: S311 - an order to test with
    assert agenda_of(shuffled, KNOWN, "fr", recommending()) == agenda_of(FINDINGS, KNOWN, "fr")


def test_each_commitment_stands_under_one_subject_in_words() -> None:
    subjects = subjects_of(KNOWN.values(), "es")
    named = {each.id: each for each in subjects}
    assert named["forest_conservation"].label == "Conservación y uso de los bosques"
    assert named["forest_conservation"].commitments == tuple(sorted((FOREST.id, LOGGING.id)))
    assert named["transport"].label == "Transporte"
    listed = [name for each in subjects for name in each.commitments]
    assert sorted(listed) == sorted(name for name in KNOWN if name != VAGUE.id)
