"""Ways: what is not done on the ground opens with a word that says so, or has a main theme that does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.extraction.ways import FIELD, find_way, way_names
from coherence.graph import theme_table
from coherence.vocabulary import LANGUAGES, Language, per_language, term_list


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_the_same_ways(language: Language) -> None:
    named, english = (
        {key for key in per_language("ways", each) if not key.endswith("_negative")} for each in (language, "en")
    )
    assert named == english


def test_the_scheme_names_themes_that_exist_and_each_once() -> None:
    themes = [theme for data in term_list("ways").values() for theme in (data or {}).get("themes", ())]
    assert set(themes) <= theme_table().keys()
    assert len(themes) == len(set(themes))


@pytest.mark.parametrize(
    ("quote", "language", "way"),
    [
        ("Training of 300 foresters in enrichment planting", "en", "teach"),
        ("Train nursery workers and plant the bare hills", "en", "teach"),
        ("Training and planting in every village", "en", FIELD),
        ("Plant hedges and train farmers in keeping them", "en", FIELD),
        ("Set up a credit line for cisterns", "en", "pay"),
        ("Law enforcement in the forest reserves", "en", FIELD),
        ("Water sector: monitoring of wells", "en", "observe"),
        ("Wells, canals and pumps are repaired in all seven districts: monitoring follows", "en", FIELD),
        ("Renforcer les capacités des comités de lutte contre les feux", "fr", "teach"),
        ("Enrichir les formations forestières du plateau", "fr", FIELD),
        ("Pagos a quienes cuidan las cabeceras", "es", "pay"),
        ("Actualizar la ley de aguas", "es", "rule"),
        ("Pesquisa sobre raças locais", "pt", "research"),
        ("Мониторинг подземных вод", "ru", "observe"),
        ("تدريب المزارعين على التسميد", "ar", "teach"),
        ("培训林业技术人员", "zh", "teach"),
    ],
)
def test_the_words_that_open_a_quote_tell_the_way(quote: str, language: Language, way: str) -> None:
    assert find_way(quote, language) == way


def test_the_main_theme_tells_the_way_where_the_quote_does_not() -> None:
    assert find_way("Schools of forestry in the south", "en", "capacity_building") == "teach"
    assert find_way("Schools of forestry in the south", "en", "reforestation") == FIELD
    assert find_way("Schools of forestry in the south", "en") == FIELD


@given(st.text(max_size=120), st.sampled_from(LANGUAGES), st.none() | st.sampled_from(sorted(theme_table())))
def test_any_text_has_a_known_way(text: str, language: Language, theme: str | None) -> None:
    assert find_way(text, language, theme) in way_names()
