from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coherence.extraction.bodies import find_bodies
from coherence.extraction.concepts import find_concepts
from coherence.extraction.lexicon import TermIndex
from coherence.extraction.theme_lexicon import action_classes, theme_entries
from coherence.vocabulary import LANGUAGES, Language, per_language, term_list

RESTORE: dict[Language, str] = {
    "en": "The country will restore 50,000 ha of degraded land by 2030",
    "fr": "Restaurer 50 000 ha de terres dégradées d'ici à 2030",
    "es": "Restaurar 50.000 hectáreas de tierras degradadas al 2030",
    "pt": "Restaurar 50 mil hectares de terras degradadas até 2030",
    "ar": "استعادة 50 ألف هكتار من الأراضي المتدهورة بحلول عام 2030",
    "ru": "Восстановить 50 тыс. га деградированных земель к 2030 году",
    "zh": "到2030年恢复5万公顷退化土地",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_promise_means_the_same_in_every_language(language: Language) -> None:
    concepts = find_concepts(RESTORE[language], language)
    assert concepts.themes[0] == "land_restoration"
    assert concepts.ldn_response == "reverse"
    assert concepts.action == "restore degraded land"


@pytest.mark.parametrize(
    ("text", "themes", "response"),
    [
        ("Plant 2 million trees along rivers", {"reforestation"}, "reverse"),
        ("Protect 30,000 ha of natural forest", {"avoided_deforestation"}, "avoid"),
        ("Bring 30,000 ha of forest under sustainable forest management", {"sustainable_forest_management"}, "reduce"),
        ("Distribute 10,000 improved stoves", {"clean_cooking"}, None),
        ("Build 40 boreholes in dry areas", {"water_management"}, None),
        ("Expand protected areas to 17% of the land", {"protected_areas"}, "avoid"),
        ("Rehabilitate wetlands and grasslands", {"wetland_restoration", "rangeland_restoration"}, "reverse"),
        ("Reduce emissions by 15% below business as usual", {"ghg_economy_wide"}, None),
    ],
)
def test_a_verb_gives_its_object_a_theme(text: str, themes: set[str], response: str | None) -> None:
    concepts = find_concepts(text, "en")
    assert themes <= set(concepts.themes)
    assert concepts.ldn_response == response


def test_a_forest_alone_is_not_reforested() -> None:
    assert "reforestation" not in find_concepts("The forests hold many species", "en").themes


def test_a_negative_label_takes_back_what_it_covers() -> None:
    assert "buildings" not in find_concepts("Capacity building for 300 officers", "en").themes
    assert "health" not in find_concepts("Améliorer la santé des sols", "fr").themes


def test_a_verb_does_not_reach_over_another_verb() -> None:
    concepts = find_concepts("Restore degraded land and protect mangroves", "en")
    assert "avoided_deforestation" not in concepts.themes
    assert {"land_restoration", "mangrove_restoration"} <= set(concepts.themes)


def test_two_verbs_share_an_object() -> None:
    assert "wetland_restoration" in find_concepts("restore and maintain 500 ha of wetlands", "en").themes


def test_a_heading_speaks_only_where_the_text_names_nothing() -> None:
    headings = ("Adaptation", "Restoration of degraded land")
    assert find_concepts("50,000 ha by 2030", "en", headings).themes[0] == "land_restoration"
    assert find_concepts("50,000 ha by 2030", "en", headings).ldn_response == "reverse"
    assert "land_restoration" not in find_concepts("Distribute 10,000 improved stoves", "en", headings).themes


def test_the_broad_theme_comes_after_the_specific_one() -> None:
    themes = find_concepts("Invest USD 40 million in irrigation", "en").themes
    assert themes.index("irrigation") < themes.index("finance")


@pytest.mark.parametrize(
    ("language", "of_sector", "of_country"),
    [
        ("en", "Cut emissions from freight transport by 8%", "Cut greenhouse gas emissions by 8%, mainly in transport"),
        (
            "fr",
            "Réduire de 8 % les émissions des transports",
            "Réduire de 8 % les émissions nationales, dont transports",
        ),
        ("es", "Reducir en 8 % las emisiones del transporte", "Reducir en 8 % sus emisiones, sobre todo en transporte"),
        ("ru", "Сократить выбросы транспорта на 8 %", "Сократить общие выбросы на 8 %, в том числе транспорта"),
    ],
)
def test_emissions_of_one_sector_are_not_those_of_the_economy(
    language: Language, of_sector: str, of_country: str
) -> None:
    assert "ghg_economy_wide" not in find_concepts(of_sector, language).themes
    assert {"ghg_economy_wide", "transport"} <= set(find_concepts(of_country, language).themes)


def test_what_is_kept_at_its_present_level_is_avoidance() -> None:
    assert find_concepts("Maintain soil organic carbon in grasslands at today's level", "en").ldn_response == "avoid"


def test_flags_ecosystems_and_reasons() -> None:
    concepts = find_concepts("Train 200 women in mangrove restoration, measured by the area restored", "en")
    assert concepts.gender
    assert concepts.indicator
    assert "mangrove" in concepts.ecosystems
    reasons = {(field, value) for field, value, _ in concepts.because}
    assert {("gender", "true"), ("indicator", "true"), ("ecosystems", "mangrove")} <= reasons
    assert all(words for _, _, words in concepts.because)


def test_bodies_are_given_as_written() -> None:
    text = "The Ministry of Environment, Water and Tourism and the Forestry Commission lead; no department of trees."
    assert find_bodies(text, "en") == ("Ministry of Environment, Water and Tourism", "Forestry Commission")


@settings(max_examples=50)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_any_text_gives_known_themes_and_the_same_again(text: str, language: Language) -> None:
    concepts = find_concepts(text, language, (text[:50],))
    assert set(concepts.themes) <= theme_entries().keys()
    assert len(concepts.themes) == len(set(concepts.themes)) <= 4
    assert concepts == find_concepts(text, language, (text[:50],))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_theme_and_action(language: Language) -> None:
    assert per_language("themes", language).keys() == theme_entries().keys()
    assert per_language("actions", language).keys() == action_classes().keys()
    assert per_language("objects", language).keys() == per_language("objects", "en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_preferred_label_finds_its_theme(language: Language) -> None:
    for theme, entry in per_language("themes", language).items():
        assert theme in find_concepts(entry["preferred"], language).themes, (theme, entry["preferred"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_stands_twice_under_one_term(language: Language) -> None:
    for theme, entry in per_language("themes", language).items():
        for kind in ("alternative", "negative"):
            labels = entry.get(kind) or []
            assert len(labels) == len(set(labels)), (theme, [label for label in labels if labels.count(label) > 1])
        TermIndex(((theme, label) for label in entry.get("negative") or ()), language)


def test_the_scheme_refers_to_known_objects_classes_and_themes() -> None:
    objects = per_language("objects", "en").keys()
    classes = {name for name, _ in action_classes().values()}
    for entry in theme_entries().values():
        assert entry.alone <= objects
        for item in entry.combinations:
            assert item.objects | item.others <= objects, entry.id
            assert item.actions <= classes, entry.id
            assert item.actions or item.others, entry.id
    for name, data in term_list("themes").items():
        assert data.get("broader", name) in theme_entries()
        assert set(data["label"]) == {"en", "fr", "es"}
    for data in term_list("ecosystems").values():
        assert set(data["objects"]) <= objects


@pytest.mark.parametrize(
    "text",
    [
        "restaurer les terres dégradées et protéger les forêts ",
        "Ministère de l’Environnement et ",
        "A ",
        "renforcement des capacités ",
    ],
)
def test_a_long_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    find_concepts(text * 4000, "fr")
    # In quadratic time these texts take minutes; in linear time, well under a second.
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("fr", "Le Ministère du Développement durable, le groupe", ("Ministère du Développement durable",)),
        ("es", "el Ministerio de Medio Ambiente y Agua coordinará", ("Ministerio de Medio Ambiente y Agua",)),
        (
            "ru",
            "Министерство сельского хозяйства; другие из министерств и ведомств",
            ("Министерство сельского хозяйства",),
        ),
        ("ar", "تقوم وزارة البيئة والمياه بتنفيذ", ("وزارة البيئة والمياه",)),
        ("zh", "由生态环境部牵头", ("生态环境部",)),
    ],
)
def test_bodies_in_other_languages(language: Language, text: str, bodies: tuple[str, ...]) -> None:
    assert find_bodies(text, language) == bodies


@pytest.mark.parametrize(
    ("language", "text", "main"),
    [
        ("en", "Restore wetlands through tree planting, in order to protect birds", "wetland_restoration"),
        ("en", "Improve grazing land by planting trees", "rangeland_restoration"),
        ("en", "The pace at which habitats are lost to farm expansion will be halved", "species_conservation"),
        ("fr", "Réhabiliter les zones humides grâce au reboisement des berges", "wetland_restoration"),
        ("es", "Restaurar humedales mediante la plantación de árboles", "wetland_restoration"),
        ("pt", "Restaurar zonas húmidas através da plantação de árvores", "wetland_restoration"),
        ("ru", "Восстановить водно-болотные угодья путем посадки деревьев", "wetland_restoration"),
        ("zh", "通过植树，恢复湿地", "wetland_restoration"),
    ],
)
def test_what_is_acted_on_goes_before_means_and_purposes(language: Language, text: str, main: str) -> None:
    concepts = find_concepts(text, language)
    assert concepts.themes[0] == main
    assert concepts.main_themes == (main,)


def test_a_figure_behind_a_word_of_means_shows_that_it_opens_no_aside() -> None:
    assert find_concepts("By 2031, wetlands will be restored", "en").main_themes == ("wetland_restoration",)
    assert "rangeland_restoration" in find_concepts("Grow by 20 % the pastures restored", "en").main_themes


def test_things_acted_on_alike_are_all_main() -> None:
    concepts = find_concepts("Conserve mangroves, wildlife and genetic resources", "en")
    assert set(concepts.main_themes) == {"mangrove_restoration", "species_conservation", "genetic_resources"}


def test_in_the_passive_voice_the_object_stands_before_the_verb() -> None:
    concepts = find_concepts("Wetlands and their birds will be protected on the slopes of forests", "en")
    assert concepts.themes[0] == "wetland_restoration"


def test_a_thing_named_inside_another_tells_the_narrower_theme() -> None:
    assert find_concepts("Restore 400 ha of degraded pastures", "en").themes[0] == "rangeland_restoration"


def test_a_part_of_a_name_is_not_what_is_acted_on() -> None:
    assert "sustainable_forest_management" not in find_concepts("Reduce the use of wood energy", "en").main_themes


def test_a_theme_named_by_its_own_word_goes_before_the_wider_one() -> None:
    assert find_concepts("Build power plants with hydropower of 60 MW", "en").themes[0] == "hydropower"


def test_awareness_leads_where_it_opens_the_statement() -> None:
    themes = find_concepts("Raise public awareness of wetlands and their birds", "en").themes
    assert themes[0] == "awareness_education"
    assert (
        find_concepts("Restore wetlands with campaigns for public awareness", "en").themes[0] == "wetland_restoration"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Costa Rica and the Marshall Islands train teachers"),
        ("fr", "La Côte d'Ivoire forme des enseignants"),
        ("fr", "La Côte d’Ivoire forme des enseignants"),
        ("es", "Costa Rica y Costa de Marfil forman docentes"),
        ("pt", "A Costa do Marfim forma docentes"),
        ("ar", "ساحل العاج تدرب المعلمين"),
        ("ru", "Берег Слоновой Кости обучает учителей"),
        ("zh", "象牙海岸培训教师"),
    ],
)
def test_the_name_of_a_country_is_no_coast_and_no_cost(language: Language, text: str) -> None:
    found = find_concepts(text, language)
    assert not {"coastal_protection", "marine_conservation", "finance", "wetland_restoration"} & set(found.themes)
    assert not found.ecosystems


def test_a_coast_beside_the_name_of_a_country_is_one() -> None:
    assert "coastal_protection" in find_concepts("Protéger la côte de la Côte d'Ivoire contre l'érosion", "fr").themes


def test_a_desert_is_where_and_not_what() -> None:
    assert "desertification_control" not in find_concepts("Regar 4 000 ha nuevas en el desierto del norte", "es").themes
    assert "desertification_control" in find_concepts("Plantar cortinas contra el avance del desierto", "es").themes
