"""Which verb governs a statement, and what it acts on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coherence.extraction.adjuncts import find_asides
from coherence.extraction.concepts import find_concepts
from coherence.extraction.governing import find_governing, verbs_of
from coherence.extraction.theme_lexicon import action_classes, find_words, light_actions, theme_entries
from coherence.vocabulary import LANGUAGES, Language, term_list


@pytest.mark.parametrize(
    ("language", "text", "action"),
    [
        ("en", "Promote the restoration of wetlands to protect birds", "restore wetland"),
        ("fr", "Promouvoir la restauration des zones humides pour protéger les oiseaux", "restore wetland"),
        ("es", "Promover la restauración de humedales para proteger las aves", "restore wetland"),
        ("en", "Plant trees on the slopes and train foresters", "plant tree"),
        ("en", "Eliminate carbon markets", "halt carbon markets"),
        ("en", "Forests that feed the water supply are restored", "restore forest"),
        ("en", "The aim of the forest service is to rehabilitate mangroves", "rehabilitate mangrove"),
        ("es", "El fin de la ley es restaurar los manglares", "restore mangrove"),
        ("en", "Build three additional dams", "build dam"),
        ("en", "Rehabilitate 700 ha of old tea land", "rehabilitate land"),
        ("en", "Build terraces on steep fields", "control erosion"),
        ("en", "Reforestation of bare slopes", "reforest land"),
    ],
)
def test_the_verb_that_governs_and_what_it_acts_on_are_the_action(language: Language, text: str, action: str) -> None:
    assert find_concepts(text, language).action == action


def test_the_governing_words_are_told() -> None:
    found = find_concepts("Farmers near the lake will restore 40 ha of reed wetland by 2031", "en")
    assert ("action", "restore wetland", "restore 40 ha of reed wetland") in found.because


@pytest.mark.parametrize("text", ["Fire lines along the roads of the reserve", "Good farming practices"])
def test_a_statement_without_a_verb_does_not_say_what_is_done(text: str) -> None:
    assert not any(field == "action" for field, _, _ in find_concepts(text, "en").because)


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("Shield mothers from malaria, above all vulnerable households, and protect their health", "health"),
        ("Degraded ecosystems above the water supply of the town are restored", "land_restoration"),
        ("Better public transport (road, rail and water) is promoted", "transport"),
    ],
)
def test_what_the_governing_verb_acts_on_is_the_main_theme(text: str, main: str) -> None:
    assert find_concepts(text, "en").themes[0] == main


def test_actions_set_side_by_side_govern_alike() -> None:
    mains = find_concepts("Rehabilitate mangroves and reforest bare hills", "en").main_themes
    assert {"mangrove_restoration", "reforestation"} <= set(mains)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab ,.;:/()[]éи和\n", max_size=120), st.sampled_from(LANGUAGES))
def test_any_text_is_governed_within_itself(text: str, language: Language) -> None:
    text = f"{text} restore forests {text}"
    hits = find_words(text, language)
    found = find_governing(text, hits, find_asides(text, hits), language)
    if found is not None:
        low, high = found.told
        assert 0 <= low < high <= len(text)
        assert all(0 <= start <= end <= len(text) for start, end in found.spans)
        assert found.action.start in found.starts


def test_the_vocabulary_of_governing_verbs_is_whole() -> None:
    assert light_actions() < action_classes().keys()
    assert not any(action_classes()[name][1] for name in light_actions())
    assert set(term_list("grammar")) == set(LANGUAGES)
    assert all(entry.object for entry in theme_entries().values())


def test_what_is_lessened_is_a_thing_inside_the_words_of_a_theme() -> None:
    assert find_concepts("Cut the use of fuelwood in schools by half", "en").action == "reduce wood"


def test_the_name_of_a_thing_holds_no_verb() -> None:
    assert verbs_of(find_words("Converted forest and sand sites", "en")) == ()
    assert [hit.id for hit in verbs_of(find_words("Composting of market waste", "en"))] == ["use"]
