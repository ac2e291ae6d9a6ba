"""What documents say of instruments that are not there yet, or over, and the gaps that are told from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sample_facts import commitment, document, facts_of
from sample_report import sample_report

from coherence.engine import evaluate
from coherence.extraction.instrument_state import instrument_statements
from coherence.models import Document, Evidence, InstrumentStatement, Page, Passage, Provenance, Span
from coherence.reports.jsonlines import render_findings_jsonl
from coherence.ruleset import load_rules
from coherence.vocabulary import LANGUAGES, per_language

if TYPE_CHECKING:
    from coherence.vocabulary import Language


def read(text: str, language: Language = "en", instrument: str = "NDC") -> Document:
    span = Span(page=1, start=0, end=len(text), text=text)
    return Document.model_validate({
        "path": "plan.txt", "sha256": "0" * 64, "format": "txt", "country": "XXX", "instrument": instrument,
        "convention": "OTHER", "title": "Plan", "language": language, "pages": (Page(number=1, text=text),),
        "passages": (Passage(kind="paragraph", spans=(span,)),),
    })  # fmt: skip


def said(text: str, language: Language = "en", instrument: str = "NDC") -> set[tuple[str, str]]:
    return {(each.instrument, each.state) for each in instrument_statements(read(text, language, instrument))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Our National Adaptation Plan is being drafted with the provinces."),
        ("en", "The ministry intends to develop a NAP by the end of the decade."),
        ("fr", "Le Plan national d'adaptation, en cours de rédaction, sera soumis aux régions."),
        ("fr", "Le pays ne dispose pas encore d'un PNA."),
        ("es", "El Plan Nacional de Adaptación está en elaboración."),
        ("pt", "O Plano Nacional de Adaptação encontra-se em elaboração."),
        ("ru", "Национальный план адаптации находится в стадии разработки."),
        ("zh", "国家适应计划正在编制。"),
        ("ar", "الخطة الوطنية للتكيف قيد الإعداد."),
    ],
)
def test_a_plan_that_is_in_preparation_is_awaited(language: Language, text: str) -> None:
    assert said(text, language) == {("NAP", "awaited")}


@pytest.mark.parametrize(
    "text",
    [
        "The National Adaptation Plan was adopted and is being carried out.",
        "A road map in preparation and the National Adaptation Plan are described below.",
        "A bill on water is being drafted. The NAP covers five sectors.",
        "This NDC is being prepared in line with the law.",
        "The first phase of the irrigation scheme has ended.",
    ],
)
def test_what_is_said_of_something_else_says_nothing_of_an_instrument(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("language", "text", "state"),
    [
        ("en", "A second strategy is being drafted.", "awaited"),
        ("en", "The planning period has expired.", "ended"),
        ("fr", "La période du plan a pris fin avec l'année passée.", "ended"),
        ("es", "La nueva estrategia está en preparación.", "awaited"),
        ("en", "The planning period has expired and a new plan is in preparation.", "awaited"),
    ],
)
def test_a_plan_speaks_of_its_own_end_and_its_successor(language: Language, text: str, state: str) -> None:
    assert said(text, language, "NBSAP") == {("NBSAP", state)}


def test_the_sentence_is_quoted_verbatim_where_it_stands() -> None:
    text = "Five sectors are covered. The NAP is under preparation. It will follow."
    (found,) = instrument_statements(read(text))
    assert found.place.quote == "The NAP is under preparation." == text[found.place.start : found.place.end]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_of_all_groups(language: Language) -> None:
    words = per_language("instrument_state", language)
    assert words.keys() == per_language("instrument_state", "en").keys()
    assert all(words.values())


def stating(instrument: str, state: str = "awaited", quote: str = "The NAP is under preparation.") -> Any:
    place = Provenance(document="NDC.pdf", sha256="0" * 64, page=4, start=0, end=len(quote), quote=quote)
    return InstrumentStatement.model_validate({"instrument": instrument, "state": state, "place": place})


def gaps(speaker: dict[str, Any], *others: Any) -> list[Any]:
    record = document("NDC", statements=(stating("NAP"),), **speaker)
    facts = facts_of(commitment("NDC", "Rest 40 ha of pasture"), documents=(record, *others))
    return [each for each in evaluate(load_rules(), facts).findings if each.rule == "GAP-034"]


def test_a_gap_quotes_the_sentence_that_says_what_is_to_come() -> None:
    (found,) = gaps({"year": 2021})
    assert (found.severity, found.missing and found.missing.instrument) == ("high", "NAP")
    assert [(each.document, each.page, each.quote) for each in found.evidence] == [
        ("NDC.pdf", 4, "The NAP is under preparation.")
    ]
    assert "page 4: “The NAP is under preparation.”" in found.explanation


@pytest.mark.parametrize(
    ("year", "told"), [(2007, ["medium"]), (2021, []), (2023, []), (None, [])], ids=["older", "same", "newer", "open"]
)
def test_what_is_there_by_now_is_no_longer_awaited(year: int | None, told: list[str]) -> None:
    assert [each.severity for each in gaps({"year": 2021}, document("NAP", year=year))] == told


def test_a_line_of_findings_holds_the_sentence_without_an_id() -> None:
    report = sample_report()
    told = Evidence(document=report.documents[0].path, page=3, quote="The plan is still to come.")
    finding = report.findings[0].model_copy(update={"evidence": (told,)})
    line = json.loads(render_findings_jsonl(report.model_copy(update={"findings": (finding,)})))
    assert [each["id"] for each in line["commitments"]] == [*finding.commitments, None]
    assert (line["commitments"][-1]["page"], line["commitments"][-1]["quote"]) == (3, told.quote)
