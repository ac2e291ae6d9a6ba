"""Works: what a quote does, what it only serves, and what lies within what, with one set of ids for all languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coherence.extraction.theme_lexicon import action_classes
from coherence.extraction.works import find_works, work_table
from coherence.graph import theme_table
from coherence.pair_facts import PairRow, interaction_table
from coherence.pair_works import takes_up
from coherence.vocabulary import LANGUAGES, Language, per_language, term_list

WORKS = sorted(work_table())
CLASSES = {name for name, _ in action_classes().values()}
Sets = tuple[set[str], set[str]]
NOTHING: dict[str, Any] = {
    **dict.fromkeys(("themes", "places", "curbs", "pressures", "terms", "keeps", "mains", "zones"), (set(), set())),
    "quote": ("", ""),
}


def pair(a: set[str], b: set[str], lands: tuple[set[str], set[str]] = (set(), set()), **more: Any) -> PairRow:
    rows = [
        {"works": frozenset(works), "ecosystems": frozenset(land), "way": "field", "theme": None}
        | {
            name: sets[number] if name == "quote" else frozenset(sets[number])
            for name, sets in (NOTHING | more).items()
        }
        for number, (works, land) in enumerate(zip((a, b), lands, strict=True))
    ]
    return PairRow(rows[0], rows[1], interaction_table())


def test_a_way_that_belongs_to_the_work_sets_nothing_apart() -> None:
    def ways(work: str, one: str, other: str) -> frozenset[str]:
        row = pair({work}, {work})
        return PairRow({**row.a, "way": one}, {**row.b, "way": other}, interaction_table())["apart"]

    assert ways("observe_weather", "observe", "field") == frozenset()
    assert ways("observe_weather", "teach", "field") == {"way"}
    assert ways("plant_trees", "observe", "field") == {"way"}


def test_a_whole_that_tells_its_parts_has_no_others() -> None:
    assert pair({"restore_land"}, {"improve_rangeland"})["within_works"] == {"restore_land"}
    assert not pair({"restore_land", "conserve_soil"}, {"improve_rangeland"})["within_works"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_the_same_works(language: Language) -> None:
    named, english = (
        {key for key in per_language("works", each) if not key.endswith("_negative")} for each in (language, "en")
    )
    assert named == english


def test_the_scheme_names_themes_objects_classes_lands_and_works_that_exist() -> None:
    objects, lands = set(per_language("objects", "en")), set(term_list("ecosystems"))
    for name, work in work_table().items():
        assert work.themes | work.separate <= theme_table().keys()
        assert work.land <= lands
        assert name not in work.within | work.instead_of
        assert work.within | work.instead_of <= set(WORKS)
        for item in work.combinations:
            assert item.objects | item.others <= objects
            assert item.actions <= CLASSES


def test_no_work_lies_within_another_both_ways() -> None:
    twins = {
        (name, other)
        for name, work in work_table().items()
        for other in work.within
        if name in work_table()[other].within
    }
    assert not twins


@pytest.mark.parametrize(
    ("quote", "language", "work"),
    [
        ("Tree planting along 40 km of roads", "en", "plant_trees"),
        ("Bush thinning on communal ranches", "en", "clear_bush"),
        ("Fixation des dunes littorales sur 30 ha", "fr", "fix_dunes"),
        ("Réaliser des demi-lunes et des cordons pierreux", "fr", "conserve_soil"),
        ("Regeneración natural de 20 ha de queñua", "es", "natural_regeneration"),
        ("Estações meteorológicas em dez distritos", "pt", "observe_weather"),
        ("Устойчивое управление лесами в трёх районах", "ru", "manage_forest"),
        ("تثبيت الكثبان الرملية في خمس واحات", "ar", "fix_dunes"),
        ("新建梯田8万亩", "zh", "conserve_soil"),
    ],
)
def test_a_quote_names_its_work(quote: str, language: Language, work: str) -> None:
    assert work in find_works(quote, language)


def test_what_follows_a_purpose_in_the_next_clause_is_done_again() -> None:
    quote = "Fields are tended with care so that dunes are fixed; stone bunds are built on slopes"
    assert find_works(quote, "en") == {"conserve_soil"}


@pytest.mark.parametrize(
    ("quote", "language", "works"),
    [
        ("Stone bunds are laid on 400 ha to slow floods", "en", {"conserve_soil"}),
        ("Farmers use mulch to restore degraded land", "en", {"farm_sustainably"}),
        ("The district plans to restore degraded land", "en", {"restore_land"}),
        ("Paillage des champs pour freiner les feux de brousse", "fr", {"farm_sustainably"}),
        ("Programme pour reboiser la commune", "fr", {"plant_trees"}),
    ],
)
def test_a_verb_behind_a_work_says_what_for(quote: str, language: Language, works: set[str]) -> None:
    assert find_works(quote, language) == works


def test_of_a_row_the_cells_before_the_figures_tell_what_is_done() -> None:
    row = "4\tPlant woodlots\tArea planted\t2016 forest cover 12%\t2031\t9,000 ha\tIrrigation scheme office"
    assert find_works(row, "en") == {"plant_trees"}
    assert find_works("2.1\tSlopes\tStone bunds and woodlots\t300 ha", "en") == {"conserve_soil", "plant_trees"}
    assert not find_works("2.1\tSlopes\t300 ha", "en")


@pytest.mark.parametrize(
    ("quote", "language", "works"),
    [
        ("Mulch on irrigated land", "en", {"farm_sustainably"}),
        ("Beekeeping around the protected areas", "en", {"forest_products"}),
        ("Reboisement en amont des périmètres irrigués", "fr", {"plant_trees"}),
        ("Labranza mínima en tierras degradadas", "es", {"farm_sustainably"}),
        ("More water in protected areas", "en", set()),
        ("Invest in irrigated land", "en", {"irrigate"}),
    ],
)
def test_land_that_only_tells_where_is_no_work(quote: str, language: Language, works: set[str]) -> None:
    assert find_works(quote, language) == works


def test_beside_what_a_quote_names_only_the_main_theme_tells_more() -> None:
    quote = "Afforestation of 300 ha of savanna"
    assert find_works(quote, "en", ["afforestation", "rangeland_restoration"]) == {"plant_trees"}
    assert "improve_rangeland" in find_works(quote, "en", ["rangeland_restoration", "afforestation"])


def test_a_theme_tells_the_work_that_the_quote_does_not_name() -> None:
    assert find_works("A programme for the hills", "en", ["finance", "irrigation", "mine_rehabilitation"]) == {
        "irrigate"
    }


def test_a_work_that_must_be_named_is_not_told_by_its_theme() -> None:
    assert not find_works("A programme for the hills", "en", ["agroforestry"])
    assert find_works("An agroforestry programme", "en", ["agroforestry"]) == {"agroforestry"}


def test_what_a_quote_names_as_its_purpose_is_not_what_it_does() -> None:
    found = find_works(
        "Restock cattle ranches with wells in order to combat bush encroachment", "en", ["invasive_species"]
    )
    assert "clear_bush" not in found
    assert "clear_bush" in find_works("Combat bush encroachment in order to restock cattle ranches", "en")


def test_a_label_before_the_purpose_says_nothing_of_what_is_done() -> None:
    assert "natural_regeneration" in find_works("Programa para la regeneración natural de 20 ha", "es")


def test_the_owner_of_land_is_no_restorer_of_it() -> None:
    assert find_works("Secure tenure wherever degraded land is restored", "en", ["land_tenure"]) == {"secure_tenure"}


def test_what_is_managed_and_restored_is_restored() -> None:
    assert "restore_land" in find_works("Eroded land is managed and restored", "en")


@pytest.mark.parametrize(
    ("quote", "language", "work"),
    [
        ("Curb the loss of forest cover around towns", "en", "plant_trees"),
        ("Biogas from manure for 40 dairies", "en", "enrich_soil"),
        ("Baisse des rendements du mil", "fr", "improve_farmland"),
    ],
)
def test_a_label_takes_back_the_words_that_it_covers(quote: str, language: Language, work: str) -> None:
    assert work not in find_works(quote, language)


def test_land_alone_is_no_work() -> None:
    assert "improve_rangeland" not in find_works("Convertir praderas en cultivos de quinua", "es")


def test_words_stand_beside_a_label_that_takes_others_back() -> None:
    assert "gain_forest_cover" in find_works("Curb the loss of forest cover by raising forest cover elsewhere", "en")


@pytest.mark.parametrize(
    ("quote", "language", "work"),
    [
        ("Barley varieties that tolerate frost and salt", "en", "improve_varieties"),
        ("Hardy, quick and salt-tolerant barley varieties", "en", "improve_varieties"),
        ("Des variétés d'orge qui tolèrent le gel ou y sont résistantes", "fr", "improve_varieties"),
        ("Variedades de cebada muy resistentes a la helada", "es", "improve_varieties"),
        ("Put the summer pastures under a plan of use", "en", "improve_rangeland"),
        ("Строительство двух сельских водохранилищ", "ru", "store_water"),
    ],
)
def test_words_close_together_name_a_work_in_any_order(quote: str, language: Language, work: str) -> None:
    assert work in find_works(quote, language)


@pytest.mark.parametrize(
    ("quote", "work"),
    [
        ("Old varieties are listed. Staff become more tolerant", "improve_varieties"),
        ("Varieties are tried on all of the nine state farms by staff who are tolerant", "improve_varieties"),
        ("Research on the wells of the kingdom", "dig_wells"),
    ],
)
def test_words_apart_or_without_their_action_name_no_work(quote: str, work: str) -> None:
    assert work not in find_works(quote, "en")


def test_a_label_takes_back_an_object_with_its_action_too() -> None:
    assert "protect_wetlands" in find_works("Gestion des zones humides du littoral", "fr")
    assert not find_works("Appliquer la politique nationale de gestion des zones humides", "fr")


def test_every_work_has_a_name_in_the_languages_of_its_table() -> None:
    assert all(set(data["label"]) == {"en", "fr", "es"} for data in term_list("works").values())


def test_the_works_linked_are_the_narrowest_that_both_do_or_a_work_and_its_part() -> None:
    assert pair({"restore_land", "fix_dunes"}, {"restore_land", "fix_dunes"})["linked_works"] == {"fix_dunes"}
    assert pair({"restore_land"}, {"fix_dunes", "warn_early"})["linked_works"] == {"restore_land", "fix_dunes"}
    assert not pair({"insure"}, {"fix_dunes"})["linked_works"]


def test_only_the_works_in_question_tell_on_which_land_both_act() -> None:
    both = {"control_fire"}
    assert not pair(both | {"irrigate"}, both | {"improve_rangeland"})["lands_apart"]
    assert pair(both, both, ({"forest"}, {"grassland"}))["lands_apart"]


def test_a_narrower_work_stands_in_place_of_the_wider_one() -> None:
    assert find_works("Mined land is restored", "en", ["land_restoration", "mine_rehabilitation"]) == {
        "rehabilitate_mines"
    }


def test_a_measure_lies_within_the_wider_work_but_not_the_other_way() -> None:
    assert pair({"restore_land"}, {"fix_dunes"})["within_works"] == {"restore_land"}
    assert not pair({"fix_dunes"}, {"restore_land"})["within_works"]


def test_the_same_work_is_no_part_of_itself() -> None:
    both = pair({"restore_land", "fix_dunes"}, {"restore_land", "fix_dunes"})
    assert both["same_works"] == both["precise_works"] == {"restore_land", "fix_dunes"}
    assert not both["within_works"]


def test_a_wide_field_is_shared_but_not_precisely() -> None:
    both = pair({"supply_water"}, {"supply_water", "irrigate"})
    assert (both["same_works"], both["precise_works"]) == ({"supply_water"}, frozenset())


FACTS = {
    "theme": "irrigation", "themes": frozenset({"irrigation"}), "works": frozenset({"irrigate"}), "money_first": False,
    "ecosystems": frozenset({"cropland"}), "subject": "irrigation", "subjects": frozenset({"irrigation"}),
    "quantified": True, "zones": frozenset(),
}  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({}, {}, True),
        ({}, {"theme": "drought_management", "themes": frozenset({"drought_management", "irrigation"})}, True),
        ({"theme": "drought_management"}, {}, True),
        ({"theme": "drought_management", "works": frozenset({"supply_water"})}, {}, False),
        ({"theme": "drought_management"}, {"subjects": frozenset({"water"})}, False),
        ({}, {"works": frozenset({"store_water"})}, False),
        ({"quantified": False}, {"works": frozenset({"store_water"})}, False),
        ({"quantified": False, "works": frozenset({"supply_water"})}, {"works": frozenset()}, True),
        ({"works": frozenset({"supply_water"})}, {"works": frozenset()}, False),
        ({"works": frozenset()}, {"works": frozenset({"store_water"})}, True),
        ({}, {"works": frozenset()}, False),
        ({}, {"ecosystems": frozenset({"wetland"})}, False),
        ({}, {"ecosystems": frozenset()}, True),
        ({"ecosystems": frozenset(), "works": frozenset()}, {"money_first": True}, False),
        ({"money_first": True}, {}, True),
    ],
)
def test_a_counterpart_does_the_same_work_or_answers_general_words_on_the_same_land(
    a: dict[str, Any], b: dict[str, Any], *, expected: bool
) -> None:
    assert takes_up(FACTS | a, FACTS | b) is expected


@pytest.mark.parametrize(
    ("more", "apart"),
    [
        ({}, set()),
        ({"places": ({"north"}, {"south"})}, {"place"}),
        ({"places": ({"north"}, {"north", "south"})}, set()),
        ({"places": ({"north"}, {"south"}), "quote": ("Dams in the North", "Dams, North and South")}, set()),
        ({"pressures": ({"dam"}, set()), "curbs": (set(), {"dam"})}, {"aim"}),
        ({"pressures": ({"dam"}, {"dam"}), "curbs": (set(), {"dam"})}, set()),
    ],
)
def test_a_place_and_an_opposite_aim_set_two_of_one_work_apart(more: dict[str, Any], apart: set[str]) -> None:
    for one, other in ((0, 1), (1, 0)):
        turned = {name: (sets[one], sets[other]) for name, sets in more.items()}
        assert pair({"store_water"}, {"store_water"}, **turned)["apart"] == apart


@pytest.mark.parametrize(
    ("works", "keeps", "lands", "expected"),
    [
        (("plant_trees", "plant_trees"), "forest_growth", (set(), set()), True),
        (("plant_trees", "plant_trees"), None, (set(), set()), False),
        (("plant_trees", "restore_land"), "forest_growth", (set(), set()), False),
        (("irrigate", "irrigate"), "soil", (set(), set()), False),
        (("restore_land", "restore_land"), "soil", ({"forest"}, {"cropland"}), False),
    ],
)
def test_areas_are_compared_where_both_do_one_work_of_restoring(
    works: tuple[str, str], keeps: str | None, lands: tuple[set[str], set[str]], *, expected: bool
) -> None:
    kept = {keeps} if keeps else set()
    one, other = works
    assert bool(pair({one}, {other}, lands, keeps=(kept, kept))["restored"]) == expected
    assert bool(pair({other}, {one}, lands[::-1], keeps=(kept, kept))["restored"]) == expected


def test_who_watches_over_health_does_another_work_than_who_forecasts_the_rains() -> None:
    both = {"warn_early"}
    assert pair(both, both)["same_works"] == both
    assert pair(both, both, themes=({"health"}, {"health"}))["same_works"] == both
    assert not pair(both, both, themes=({"health"}, {"food_security"}))["same_works"]
    assert not pair(both, {"observe_weather"}, themes=({"health"}, set()))["within_works"]


@pytest.mark.parametrize(
    ("works", "lands", "apart"),
    [
        (({"restore_land"}, {"restore_land"}), ({"cropland"}, {"forest"}), True),
        (({"restore_land"}, {"restore_land"}), ({"cropland"}, set()), False),
        (({"restore_land"}, {"restore_land"}), ({"forest"}, {"mangrove"}), False),
        (({"conserve_soil"}, {"manage_watershed"}), ({"dryland"}, {"mountain"}), False),
        (({"improve_rangeland"}, {"plant_trees"}), (set(), set()), True),
        (({"farm_sustainably"}, {"farm_sustainably"}), ({"forest"}, {"grassland"}), False),
    ],
)
def test_kinds_of_land_cover_exclude_each_other_but_landscapes_do_not(
    works: tuple[set[str], set[str]], lands: tuple[set[str], set[str]], apart: bool
) -> None:
    assert pair(*works, lands)["lands_apart"] is apart


@given(st.sets(st.sampled_from(WORKS), max_size=4), st.sets(st.sampled_from(WORKS), max_size=4))
def test_facts_of_works_agree_with_each_other(a: set[str], b: set[str]) -> None:
    one, other = pair(a, b), pair(b, a)
    assert one["precise_works"] <= one["same_works"] == other["same_works"]
    assert one["within_precise_works"] <= one["within_works"] <= a
    assert not one["within_works"] & b
    assert one["lands_apart"] is other["lands_apart"]


@pytest.mark.parametrize(
    ("text", "language", "works"),
    [
        ("Survey and mapping of mangrove sites along the north coast", "en", set()),
        ("Carry out an assessment of degraded wetlands", "en", set()),
        ("Identify and restore degraded wetlands", "en", {"restore_wetlands"}),
        ("Understand how much carbon wetlands hold", "en", set()),
        ("Mener une étude sur la fixation des dunes", "fr", set()),
        ("Inventaire des zones humides du sud", "fr", set()),
        ("Evaluación de la degradación de tierras en el norte", "es", set()),
        ("开展湿地调查", "zh", set()),
    ],
)
def test_what_is_only_studied_or_mapped_is_not_done(text: str, language: Language, works: set[str]) -> None:
    assert find_works(text, language) == works


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("Reclaim 700 ha of salt-affected rice fields", "en", "reclaim_saline_land"),
        ("Dessalement des sols sur 900 ha de bas-fonds", "fr", "reclaim_saline_land"),
        ("Recuperar 400 ha de suelos salinos", "es", "reclaim_saline_land"),
        ("Stabilise 60 km of gullies", "en", "treat_gullies"),
        ("Tratar 300 cárcavas en laderas", "es", "treat_gullies"),
        ("Renovación de cafetales en 2.000 ha", "es", "renew_tree_crops"),
    ],
)
def test_work_on_one_kind_of_land_is_no_restoration_at_large(text: str, language: Language, work: str) -> None:
    works = find_works(text, language)
    assert work in works
    assert "restore_land" not in works


_PLANS: dict[str, dict[str, dict[Language, list[str]]]] = yaml.safe_load(
    (Path(__file__).parent / "works_of_plans.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("work", sorted(_PLANS))
def test_measures_of_plans_are_read_as_their_work_and_near_misses_are_not(work: str) -> None:
    told = _PLANS[work]
    missed = [
        quote for language, quotes in told["read"].items() for quote in quotes if not _does(work, quote, language)
    ]
    wrong = [
        quote for language, quotes in told.get("other", {}).items() for quote in quotes if _does(work, quote, language)
    ]
    assert (missed, wrong) == ([], [])


def _does(work: str, quote: str, language: Language) -> bool:
    return work in find_works(quote, language)
