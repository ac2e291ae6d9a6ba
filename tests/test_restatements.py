"""Figures that a document gives as those of another instrument: no promises of its own, and held against that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_facts import commitment, document, facts_of

from coherence.engine import evaluate
from coherence.extraction import extract_commitments, restated_figures
from coherence.facts import build_facts
from coherence.graph import build_graph
from coherence.models import Document, Page, Passage, Span
from coherence.pipeline import document_record
from coherence.ruleset import load_rules
from coherence.vocabulary import LANGUAGES, per_language

if TYPE_CHECKING:
    from coherence.models import Finding
    from coherence.vocabulary import Language


PLANTING, NBSAP = ("NDC", 62000, 2031), ("NBSAP", 45000, 2029)


def read(text: str, language: Language = "en", instrument: str = "NAP", path: str = "") -> Document:
    span = Span(page=1, start=0, end=len(text), text=text)
    return Document.model_validate({
        "path": path or f"{instrument}.txt", "sha256": instrument.ljust(64, "0"), "format": "txt", "country": "XXX",
        "instrument": instrument, "convention": "OTHER", "title": instrument, "language": language, "year": 2018,
        "pages": (Page(number=1, text=text),), "passages": (Passage(kind="paragraph", spans=(span,)),),
    })  # fmt: skip


def told(
    text: str, language: Language = "en", instrument: str = "NAP"
) -> list[tuple[str | None, float | None, int | None, str]]:
    return [
        (each.restates, each.quantities[0].value if each.quantities else None, each.target_year, each.modality)
        for each in restated_figures(read(text, language, instrument))
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The climate contribution of 2016 foresees 310,000 ha of new woodland by 2032.", ("NDC", 310000, 2032)),
        ("en", "The biodiversity strategy, revised in 2017, sets 45,000 ha of restored marsh by 2029.", NBSAP),
        ("fr", "La contribution climat prévoit de reboiser 62 000 ha d'ici à 2031.", PLANTING),
        ("fr", "Comme le prévoit la CDN, 62 000 ha de savane seront reboisés d'ici à 2031.", PLANTING),
        ("es", "La ENB aprobada en 2017 fija 45 000 ha de humedales restaurados para 2029.", NBSAP),
        ("es", "Según la contribución climática, se reforestarán 62 000 ha hasta 2031.", PLANTING),
        ("pt", "A contribuição climática prevê a reflorestação de 62 000 ha até 2031.", PLANTING),
        ("ru", "Стратегия по биоразнообразию предусматривает восстановить 45 000 га болот к 2029 году.", NBSAP),
        ("zh", "国家自主贡献提出到2031年造林62000公顷。", PLANTING),
        ("ar", "استراتيجية التنوع البيولوجي تستهدف استعادة 45000 هكتار من الأراضي الرطبة بحلول عام 2029.", NBSAP),
    ],
)  # fmt: skip
def test_a_figure_of_another_instrument_is_told_as_such(
    language: Language, text: str, expected: tuple[str, float, int]
) -> None:
    assert [each[:3] for each in told(text, language)] == [expected]
    assert extract_commitments(read(text, language)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "In line with the NDC, this plan will restore 45,000 ha of marsh by 2029.",
        "The plan contributes to the climate contribution: 45,000 ha of marsh will be restored by 2029.",
        "This adaptation plan foresees 45,000 ha of restored marsh by 2029.",
        "The NDC was adopted in 2016. The districts will restore 45,000 ha of marsh by 2029.",
    ],
)
def test_what_a_document_does_itself_stays_its_own(text: str) -> None:
    assert told(text) == []
    assert [each.quantities[0].value for each in extract_commitments(read(text))] == [45000]


def test_its_own_figure_beside_that_of_another_stays_a_promise() -> None:
    text = "The plan will restore 20,000 ha of marsh by 2030, whereas the climate contribution announces 35,000 ha."
    assert [(each[0], each[1]) for each in told(text)] == [("NDC", 35000)]
    assert [each.quantities[0].value for each in extract_commitments(read(text))] == [20000]


def test_what_the_other_reports_of_the_state_of_things_is_no_plan_of_it() -> None:
    text = "The climate contribution estimates the yearly loss of natural forest at 41,000 ha."
    assert [each[3] for each in told(text)] == ["achieved"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_of_all_groups(language: Language) -> None:
    words = per_language("restatement", language)
    assert words.keys() == per_language("restatement", "en").keys()
    assert all(words.values())


def found(ndc: str, nap: str, *rules: str) -> list[Finding]:
    documents = [read(ndc, instrument="NDC"), read(nap, instrument="NAP")]
    commitments = [each for one in documents for each in extract_commitments(one)]
    records = [document_record(one, commitments) for one in documents]
    facts = build_facts(build_graph("XXX", "Example", records, commitments))
    return [each for each in evaluate(load_rules(), facts).findings if each.rule in rules]


NDC = "The country will reforest 62,000 ha of bare hills by 2031."


@pytest.mark.parametrize(
    ("told_as", "rules"),
    [
        ("to reforest 62,000 ha of bare hills by 2027", ["CFL-054", "OVL-028"]),
        ("to reforest 75,000 ha of bare hills by 2031", ["CFL-054"]),
        ("to reforest 62,000 ha of bare hills by 2031", ["OVL-028"]),
        ("to fit 62,000 houses with solar panels by 2031", []),
    ],
)
def test_what_is_said_of_an_instrument_is_held_against_its_own_text(told_as: str, rules: list[str]) -> None:
    findings = found(NDC, f"The climate contribution plans {told_as}.", "CFL-054", "OVL-028")
    assert sorted(each.rule for each in findings) == rules
    for each in findings:
        assert len(each.commitments) == 1
        assert [(said.document, said.instrument, said.page) for said in each.evidence] == [("NAP.txt", "NAP", 1)]
        assert "climate contribution" in each.evidence[0].quote


def test_only_rules_that_ask_for_it_see_what_is_restated() -> None:
    nap = "The climate contribution plans to reforest 62,000 ha of bare hills by 2027."
    record = document_record(read(nap), ())
    facts = facts_of(commitment("NDC", NDC), documents=(document("NDC"), record))
    assert [(each.restates, each.found_there) for each in facts.restated] == [("NDC", "nothing")]
    assert all(each.restates is None for each in facts.commitments)
    assert facts.dossier.commitments == len(facts.commitments) == 1
