"""Official elements: what guidance asks a document to state, and what its words show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from sample_facts import commitment, document, facts_of

from coherence import official_elements
from coherence.engine import evaluate
from coherence.errors import VocabularyError
from coherence.frameworks import all_ids
from coherence.official_elements import contents_missing, element_label, elements_asked, elements_named, load_elements
from coherence.resources import rules_dir
from coherence.ruleset import load_rules
from coherence.vocabulary import LANGUAGES, REPORT_LANGUAGES, per_language

if TYPE_CHECKING:
    from pathlib import Path

FILE = rules_dir() / "frameworks" / "official_elements.yaml"


@pytest.mark.parametrize(
    ("text", "language", "instrument", "named"),
    [
        ("Emissions fall by 9% against the base year 2012.", "en", "NDC", {"reference_point"}),
        ("La période de mise en œuvre va de 2022 à 2031.", "fr", "NDC", {"time_frame"}),
        ("Los puntos focales de las tres convenciones se reúnen cada año.", "es", "NDC", {"focal_point"}),
        ("Soil organic carbon and land cover are followed.", "en", "LDN", {"carbon_stock", "land_cover"}),
        ("Soil organic carbon and land cover are followed.", "en", "NDC", set()),
        ("Progress is told by the headline indicators.", "en", "NBSAP", {"biodiversity_indicators"}),
        ("مؤشرات الغطاء الأرضي وسنة الأساس 2015", "ar", "LDN", {"land_cover", "ldn_baseline"}),
        ("土壤有机碳和土地生产力", "zh", "LDN", {"carbon_stock", "land_productivity"}),
    ],
)
def test_words_show_which_elements_a_text_names(text: str, language: Any, instrument: str, named: set[str]) -> None:
    assert set(elements_named(text, language, instrument)) == named


def test_what_is_named_is_not_missing_and_links_are_no_content() -> None:
    asked = elements_asked("LDN")
    assert contents_missing("LDN", asked) == frozenset()
    assert contents_missing("LDN", ("land_cover",)) == frozenset(asked) - {"land_cover", "focal_point"}
    assert contents_missing("OTHER", ()) == frozenset()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_element(language: Any) -> None:
    found = per_language("official_elements", language)
    assert set(found) == {each.id for each in official_elements.official_elements()}
    assert all(found.values())


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_every_element_has_a_name(language: Any) -> None:
    for each in official_elements.official_elements():
        assert each.entry in all_ids()
        assert element_label(each.id, language) != each.id


def test_rules_tell_what_the_text_of_a_document_does_not_name() -> None:
    promise = commitment("LDN", "Rest 4,000 ha of pasture", themes=("rangeland_restoration",))
    partly = document("LDN", elements=("ldn_baseline", "land_cover", "focal_point"))
    found = evaluate(load_rules(), facts_of(promise, documents=(partly,))).findings
    told = {each.rule: each for each in found}
    assert "GAP-020" not in told
    gap = told["GAP-018"]
    assert element_label("carbon_stock", "en") in gap.explanation
    assert element_label("land_cover", "en") not in gap.explanation


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["elements"][0].update(entry="ICTU-99"), "unknown id 'ICTU-99'"),
        (lambda data: data["elements"][0].update(instruments=["NDP"]), "instruments"),
        (lambda data: data["elements"][0].pop("label"), "label"),
    ],
)
def test_faults_are_told_with_their_place(tmp_path: Path, change: Any, told: str) -> None:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(data)
    broken = tmp_path / "official_elements.yaml"
    broken.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(VocabularyError, match=told) as raised:
        load_elements(broken)
    assert all(fault.location.line for fault in raised.value.faults)
