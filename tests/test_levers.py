"""Levers and ends: words of all languages, themes that stand for them, and the table of which serves which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from coherence.errors import VocabularyError
from coherence.extraction.levers import find_levers, lever_ids, lever_roles
from coherence.extraction.theme_lexicon import action_classes
from coherence.graph import theme_table
from coherence.levers import LeverTable, lever_table, load_lever_table
from coherence.resources import rules_dir
from coherence.vocabulary import LANGUAGES, Language, per_language, term_list

if TYPE_CHECKING:
    from pathlib import Path

CLASSES = {name for name, _ in action_classes().values()}
TABLE = rules_dir() / "frameworks" / "levers.yaml"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_and_end_without_a_theme_has_words_in_every_language(language: Language) -> None:
    words = {key.removesuffix("_negative") for key in per_language("levers", language)}
    bare = {name for name, role in lever_roles().items() if not role.themes and not role.combinations}
    assert words <= lever_roles().keys()
    assert bare <= words
    assert words == {key.removesuffix("_negative") for key in per_language("levers", "en")}


def test_the_scheme_names_what_exists() -> None:
    objects = set(per_language("objects", "en"))
    for role in lever_roles().values():
        assert role.themes <= theme_table().keys(), role.id
        assert role.land <= term_list("ecosystems").keys(), role.id
        assert role.yields_to <= lever_roles().keys() - {role.id}, role.id
        assert role.needs | role.against <= CLASSES, role.id
        for item in role.combinations:
            assert item.objects | item.others <= objects, role.id
            assert item.actions <= CLASSES, role.id


@pytest.mark.parametrize(
    ("text", "language", "lever"),
    [
        ("Mark and demarcate the boundaries of twelve forests", "en", "secured_land"),
        ("Spread compost on 900 ha of fields", "en", "organic_matter"),
        ("Clear firebreaks around nine community woods", "en", "fire_services"),
        ("Census of wildlife and biodiversity monitoring in three valleys", "en", "nature_knowledge"),
        ("Créer douze pépinières dans les communes", "fr", "tree_seedlings"),
        ("Frenar el avance de la frontera agrícola", "es", "frontier_stopped"),
        ("Construire 40 km de cordons pierreux", "fr", "erosion_works"),
        ("Nourrir les vaches à l'étable", "fr", "stall_feeding"),
        ("Construir 300 atajados para el ganado", "es", "water_harvesting"),
        ("Fixação de dunas no litoral norte", "pt", "dune_fixation"),
        ("Внедрение капельного орошения на 5 тыс. га", "ru", "efficient_irrigation"),
        ("تثبيت الكثبان الرملية حول الواحات", "ar", "dune_fixation"),
        ("推广保护性耕作二十万公顷", "zh", "conservation_farming"),
        ("Hand out fuel-saving stoves in two towns", "en", "efficient_cooking"),
        ("Remplacer les meules par des fours de carbonisation", "fr", "efficient_charcoal"),
        ("Capacitar en hornos de carbonización", "es", "efficient_charcoal"),
        ("Draw land use maps for nine districts", "en", "land_data"),
        ("Créer une base de données commune sur les sols et les bois", "fr", "land_data"),
        ("Extender el seguro agrícola a diez mil fincas", "es", "insurance"),
        ("Édifier des digues anti-sel sur 40 km", "fr", "salinity_control"),
        ("Fijar límites de captura para el pulpo", "es", "fisheries_management"),
        ("Improve flood forecasting on two rivers", "en", "early_warning"),
        ("Annonce des crues pour quatre villes", "fr", "early_warning"),
    ],
)
def test_a_means_is_read_by_its_words(text: str, language: Language, lever: str) -> None:
    assert lever in find_levers(text, language).levers


@pytest.mark.parametrize(
    ("text", "language", "end"),
    [
        ("Threatened species are protected in all their ranges", "en", "species_kept"),
        ("The loss of natural habitats is halved", "en", "habitats_kept"),
        ("Une agriculture résiliente dans toutes les régions", "fr", "farming_resilient"),
        ("Conservar la diversidad genética de la papa", "es", "breeds_kept"),
        ("The country is land degradation neutral in 2033", "en", "land_neutral"),
        ("Las ganancias compensan las pérdidas de tierra en 2033", "es", "land_neutral"),
        ("Le débit écologique de l'Ombe est garanti", "fr", "rivers_flowing"),
        ("Bajar el consumo de leña en un tercio", "es", "woodfuel_less"),
        ("Farmland lost to housing falls by half", "en", "farmland_kept"),
        ("Récupérer 900 ha de terres salées", "fr", "salt_land_restored"),
        ("Wild relatives of rice are kept where they grow", "en", "wild_kin_kept"),
        ("Soil loss on slopes comes down by 12%", "en", "soil_held"),
        ("Adaptation enters the plans: mainstreaming of climate change in nine districts", "en", "planning_aware"),
        ("Intégrer le changement climatique dans six plans régionaux", "fr", "planning_aware"),
        ("Incorporar la variable climática en cuatro planes", "es", "planning_aware"),
        ("Better water security for two towns", "en", "water_available"),
        ("Améliorer la disponibilité en eau de six oasis", "fr", "water_available"),
        ("Menos estrés hídrico en tres valles", "es", "water_available"),
        ("Protect the port against rising sea levels", "en", "coast_safe"),
        ("Lutter contre la submersion marine dans le delta", "fr", "coast_safe"),
        ("Defensa frente a las marejadas en el puerto", "es", "coast_safe"),
        ("Larger carbon sinks by 2031", "en", "sink_kept"),
        ("Mejorar la calidad del agua de un lago", "es", "waters_clean"),
        ("Un observatoire des eaux pour trois régions", "fr", "data_system"),
        ("Protect mangrove along the bay", "en", "mangrove_kept"),
        ("La superficie quemada baja a la mitad", "es", "fires_fewer"),
    ],
)
def test_an_end_is_read_by_its_words(text: str, language: Language, end: str) -> None:
    assert end in find_levers(text, language).ends


def test_an_end_is_what_a_promise_is_mainly_about_and_every_measure_it_names_a_lever() -> None:
    text = "Irrigate 300 ha and plant trees on farms against erosion"
    found = find_levers(text, "en", ("irrigation", "agroforestry", "erosion_control"))
    assert found.ends == ("irrigation_supplied",)
    assert {"irrigation", "agroforestry"} <= set(found.levers)


def test_a_measure_has_an_end_only_where_its_words_say_so() -> None:
    text = "Set up firebreaks along 90 km of forest"
    assert "fires_fewer" in find_levers(text, "en", ("forest_fire_control",)).ends
    assert find_levers(text, "en", ("forest_fire_control",), aim=False).ends == ()


def test_a_theme_that_only_the_heading_names_is_no_means_and_no_end_of_the_promise() -> None:
    themes = ("clean_cooking", "forest_fire_control")
    assert find_levers("Hand out stoves against fires of the bush", "en", themes).levers == ("efficient_cooking",)
    assert find_levers("Move forty families off the slope", "en", themes).levers == ()
    assert find_levers("Move forty families off the slope", "en", themes[1:]).ends == ()


@pytest.mark.parametrize(
    ("work", "outcome", "theme", "end"),
    [
        ("Build terraces on 90 ha of slopes", "Erosion on slopes is reduced", "erosion_control", "soil_held"),
        ("Drain 70 ha for rice and beans", "The productivity of farmland goes up", "sustainable_agriculture",
         "cropland_productive"),
        ("Parks cover 12% of the country", "The management of parks is better funded", "protected_areas",
         "protected_land"),
    ],
)  # fmt: skip
def test_a_work_by_itself_states_no_outcome_that_others_could_help(
    work: str, outcome: str, theme: str, end: str
) -> None:
    assert end not in find_levers(work, "en", (theme,)).ends
    assert end in find_levers(outcome, "en", (theme,)).ends


def test_who_cares_for_a_catchment_works_upstream_and_a_river_in_a_name_tells_of_nothing() -> None:
    assert "watershed_management" in find_levers("Protect the catchments above two towns", "en").levers
    assert "watershed_management" not in find_levers("Fewer risks in the Lower Ombe River Basin", "en").levers
    assert "dams_lasting" in find_levers("Build two dams on the Ombe", "en").ends
    assert "dams_lasting" not in find_levers("Keep the Ombe free-flowing, with no new dams", "en").ends


def test_a_loss_whose_driver_is_named_is_ended_by_what_stops_that_driver() -> None:
    fields = "No more conversion of forest to cropland after 2031"
    ends = find_levers(fields, "en", ("avoided_deforestation",)).ends
    assert "frontier_held" in ends
    assert "forest_kept" not in ends
    assert (
        "forest_kept" in find_levers("No more conversion of forest after 2031", "en", ("avoided_deforestation",)).ends
    )


def test_a_list_of_places_pulls_no_general_lever() -> None:
    themes = ("sustainable_forest_management",)
    assert find_levers("Springs and forests of the two eastern hills", "en", themes).levers == ()
    assert "forest_management" in find_levers("Manage the forests of the east", "en", themes).levers


def test_burning_of_fields_is_no_matter_of_forest_fires_and_compost_no_chemical() -> None:
    fields = find_levers("Cane burning and other wildfires are banned", "en", ("forest_fire_control",))
    assert "burning_control" in fields.levers
    assert "fire_control" not in fields.levers
    assert "chemicals_cut" in find_levers("Reduce pesticides by half", "en").levers
    assert "chemicals_cut" not in find_levers("Provide pesticides to growers", "en").levers
    assert "chemicals_cut" not in find_levers("Reduce gases from compost", "en").levers


def test_what_a_negative_word_takes_back_no_theme_gives_again() -> None:
    themes = ("pollution_reduction", "land_use_planning")
    assert find_levers("Less pollution of rivers", "en", themes).levers == ("pollution_control",)
    assert find_levers("Less air pollution and pollution of towns", "en", themes).levers == ()
    assert find_levers("Land use planning for transport and towns", "en", themes[1:]).levers == ()


def test_a_map_of_zones_is_no_way_of_farming_and_wood_for_the_stove_no_loss_of_forest() -> None:
    assert "conservation_farming" in find_levers("Spread agroecology to 40 villages", "en").levers
    assert "conservation_farming" not in find_levers("Redraw the agro-ecological zones", "en").levers
    stove = find_levers("Faire reculer la coupe de bois de feu", "fr").ends
    assert "woodfuel_less" in stove
    assert "forest_kept" not in stove
    assert "forest_kept" in find_levers("La coupe de bois cesse dans les deux parcs", "fr").ends


def test_mangrove_is_not_planted_for_wood_and_seed_of_crops_raises_no_trees() -> None:
    themes = ("reforestation", "mangrove_restoration")
    planted = find_levers("Plant 90 ha of mangrove along the bay", "en", themes).levers
    assert "mangrove_restoration" in planted
    assert "tree_planting" not in planted
    assert "tree_planting" in find_levers("Reforest 90 ha along the bay", "en", themes).levers
    seed = find_levers("Certification of quality seeds of beans", "en").levers
    assert "adapted_crops" in seed
    assert "tree_seedlings" not in seed


def test_forest_is_not_what_mangrove_planted_or_kept_adds_to() -> None:
    kept = find_levers("Protect 70 ha of mangrove forest", "en", ("avoided_deforestation", "mangrove_restoration"))
    assert "mangrove_kept" in kept.ends
    assert "forest_protection" not in kept.levers
    grown = find_levers("Restore 70 ha of mangrove forest", "en", ("forest_restoration", "mangrove_restoration"))
    assert "forest_gain" not in grown.ends
    assert "forest_gain" in find_levers("Restore 70 ha of forest", "en", ("forest_restoration",)).ends


@pytest.mark.parametrize(
    ("passing", "meant", "language", "role"),
    [
        (
            "Former les communautés riveraines et les bergers",
            "Planter les berges de l'Ombe",
            "fr",
            "riverbank_protection",
        ),
        ("Drill boreholes for drinking water", "Drill boreholes for herds and fields", "en", "water_supply"),
        ("Protect fields of the coastal plain", "Protect the coast", "en", "coast_safe"),
        ("Recuperar suelos salinos de la costa", "Proteger la costa", "es", "coast_safe"),
        ("No loss of natural forest to dams", "Build dams on the Ombe", "en", "dams_lasting"),
        ("Local methods for agro-climatic crises", "Agroclimatic information for growers", "en", "weather_network"),
        ("Replant pasture with palatable grasses", "Replant pasture with trees", "en", "tree_planting"),
    ],
)
def test_what_is_named_in_passing_is_no_lever_and_no_end(
    passing: str, meant: str, language: Language, role: str
) -> None:
    themes = ("reforestation",)
    said = {text: find_levers(text, language, themes) for text in (passing, meant)}
    assert role not in said[passing].levers + said[passing].ends
    assert role in said[meant].levers + said[meant].ends


def test_soil_and_water_conservation_is_work_on_soil_and_no_end_of_water() -> None:
    assert "water_available" not in find_levers("Soil and water conservation on 40 farms", "en").ends
    assert "water_available" not in find_levers("Conservation des eaux et des sols sur 40 ha", "fr").ends


def test_a_general_lever_yields_to_the_one_that_words_name() -> None:
    themes = ("sustainable_agriculture",)
    assert "better_farming" in find_levers("Improve the practice of farming", "en", themes).levers
    seed = find_levers("Hand out drought-tolerant seed to improve farming", "en", themes)
    assert "adapted_crops" in seed.levers
    assert "better_farming" not in seed.levers


def test_what_is_only_taught_or_counted_is_no_end_and_no_lever_in_passing() -> None:
    themes = ("monitoring", "protected_areas")
    found = find_levers("An inventory of all protected areas", "en", themes)
    assert (found.levers, found.ends) == ((), ())
    assert find_levers("All wetlands become protected areas", "en", themes[1:]).levers == ("protected_areas",)


def test_an_end_that_is_knowledge_stands_beside_words_of_knowledge() -> None:
    found = find_levers("Training on the biodiversity information system", "en")
    assert set(found.ends) == {"knowledge_at_hand", "data_system"}
    assert find_levers("Training on the loss of biodiversity", "en").ends == ()


def row(theme: str, *, levers: str = "", ends: str = "", ecosystems: str = "") -> dict[str, Any]:
    sets = {"levers": levers, "ends": ends, "ecosystems": ecosystems}
    return {"theme": theme, **{name: frozenset(text.split()) for name, text in sets.items()}}


def test_the_best_lever_is_taken_and_words_of_its_own_count_as_much_as_a_step_of_strength() -> None:
    end = row("soil_carbon", ends="soil_carbon_up")
    means = row("livestock_management", levers="organic_matter stall_feeding grazing_management")
    found = lever_table().service(means, end)
    assert found is not None
    assert (found.lever, found.end, found.strength, found.mains) == ("organic_matter", "soil_carbon_up", 3, 2)
    assert dict(found.reasons)["en"].startswith("compost and manure")
    assert lever_table().service(end, means) is None


def test_a_direct_means_goes_before_one_that_is_only_better_named() -> None:
    # Stoves are known to spare standing forest; that planted trees survive is said more plainly, but helped less.
    end = row("reforestation", ends="forest_kept trees_survive")
    found = lever_table().service(row("clean_cooking", levers="efficient_cooking"), end)
    assert found is not None
    assert (found.end, found.strength) == ("forest_kept", 3)


def test_what_is_restored_lasts_where_conversion_stops() -> None:
    kept = row("wetland_restoration", ends="wetland_kept", ecosystems="wetland")
    restored = row("wetland_restoration", levers="wetland_restoration wetland_protection", ecosystems="wetland")
    assert lever_table().service(restored, kept) is not None
    assert lever_table().service(dict(restored, levers=frozenset({"wetland_protection"})), kept) is None


def test_a_lever_that_works_on_land_serves_the_same_land_only() -> None:
    forest = row("sustainable_forest_management", ends="forest_sound")
    pasture = row("land_restoration", levers="natural_regeneration", ecosystems="grassland")
    stoves = row("clean_cooking", levers="efficient_cooking", ecosystems="urban")
    assert lever_table().service(pasture, forest) is None
    assert lever_table().service(dict(pasture, ecosystems=frozenset()), forest) is not None
    assert lever_table().service(stoves, forest) is not None


def test_a_right_or_a_plan_counts_only_for_the_land_that_both_name() -> None:
    forest = row("sustainable_forest_management", ends="forest_sound")
    shared = row("indigenous_local_communities", levers="community_management")
    assert lever_table().service(shared, forest) is None
    assert lever_table().service(dict(shared, ecosystems=frozenset({"cropland"})), forest) is None
    assert lever_table().service(dict(shared, ecosystems=frozenset({"forest"})), forest) is not None


@pytest.mark.parametrize(
    ("lever", "end", "strength"),
    [
        ("efficient_charcoal", "woodfuel_less", 3),
        ("land_restoration", "land_neutral", 3),
        ("watershed_management", "rivers_flowing", 3),
        ("forest_protection", "wild_kin_kept", 3),
        ("land_use_planning", "farmland_kept", 3),
    ],
)
def test_a_direct_means_is_known_as_one(lever: str, end: str, strength: int) -> None:
    assert lever_table().uses[lever, end][1] == strength


def test_every_lever_serves_something_and_every_end_is_served() -> None:
    uses = lever_table().uses
    assert {lever for lever, _ in uses} == set(lever_ids("levers"))
    assert {end for _, end in uses} == set(lever_ids("ends"))
    assert {strength for _, strength in uses.values()} == {1, 2, 3}


def test_no_means_serves_the_end_that_its_own_theme_stands_for() -> None:
    # Two restorations of one kind overlap: they are no means to each other.
    for lever, end in lever_table().uses:
        one, other = lever_roles()[lever], lever_roles()[end]
        assert not (one.themes and one.themes == other.themes), (lever, end)


@pytest.mark.parametrize(
    ("pattern", "by", "said"),
    [
        ("lever: fodder", "lever: foder", "unknown id 'foder'"),
        (r"1: \[forest_kept, land_sound", "1: [forest_kpt, land_sound", "unknown id 'forest_kpt'"),
        (r"      3: \[rangeland_sound\]", "      4: [rangeland_sound]", "less than or equal to 3"),
        ("id: LEV-001", "id: LEV-1", "should match pattern"),
        ("lever: fodder", "lever: grazing_management", "stands twice"),
    ],
)
def test_faults_of_the_table_are_told_with_their_place(tmp_path: Path, pattern: str, by: str, said: str) -> None:
    text, times = re.subn(pattern, by, TABLE.read_text(encoding="utf-8"), count=1)
    assert times == 1
    path = tmp_path / "levers.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=said) as told:
        load_lever_table(path)
    assert all("levers.yaml:" in str(fault) for fault in told.value.faults)


def test_the_shipped_table_loads_as_one() -> None:
    assert isinstance(lever_table(), LeverTable)
    assert len({use.id for use in lever_table().file}) == len(lever_table().file)
