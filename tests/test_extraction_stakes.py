"""What a promise presses on and what it keeps: words, actions that take them back, one set of ids for all languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from coherence.extraction.stakes import STAKES, find_stakes, stake_ids
from coherence.extraction.theme_lexicon import action_classes
from coherence.vocabulary import LANGUAGES, Language, per_language, term_list

CLASSES = {name for name, _ in action_classes().values()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_stake(language: Language) -> None:
    words = per_language("stakes", language)
    ids = {*stake_ids("pressures"), *stake_ids("keeps")}
    assert {key for key in words if not key.endswith("_negative")} == ids | STAKES.marks
    assert {key.removesuffix("_negative") for key in words} == ids | STAKES.marks


def test_the_scheme_names_objects_and_classes_of_actions_that_exist() -> None:
    scheme = term_list("stakes")
    objects = set(per_language("objects", "en"))
    assert not set(scheme["promoting"]) & set(scheme["taking_back"])
    assert set(scheme["promoting"]) | set(scheme["taking_back"]) <= CLASSES
    for entry in (*scheme["pressures"].values(), *scheme["keeps"].values()):
        assert set(entry.get("needs", ())) | set(entry.get("against", ())) <= CLASSES
        for item in entry.get("combinations", ()):
            assert {*item["objects"], *item.get("with", ())} <= objects
            assert set(item.get("actions", ())) <= CLASSES


@pytest.mark.parametrize(
    ("text", "language", "pressure"),
    [
        ("Build two dams on the upper river by 2032", "en", "dam"),
        ("Aménager 900 ha de périmètres irrigués", "fr", "irrigation"),
        ("Perforación de 40 pozos en el altiplano", "es", "water_abstraction"),
        ("Provide herbicides to smallholders", "en", "agrochemicals"),
        ("Plantaciones forestales de eucalipto en 12.000 ha", "es", "tree_plantation"),
        ("Promouvoir le biodiesel de jatropha", "fr", "biofuel"),
        ("Construção de uma barragem", "pt", "dam"),
        ("Расширение посевных площадей на 20 тыс. га", "ru", "farmland_expansion"),
        ("التوسع الزراعي في الوادي", "ar", "farmland_expansion"),
        ("新建抽水蓄能电站5座", "zh", "dam"),
    ],
)
def test_what_is_built_or_used_is_a_pressure(text: str, language: Language, pressure: str) -> None:
    assert pressure in find_stakes(text, language).pressures


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ban the use of hazardous pesticides", "en"),
        ("Reduce charcoal production by half", "en"),
        ("Rehabilitate four old hydropower dams", "en"),
        ("Extend drip irrigation to 300 ha", "en"),
        ("Réduire l'exploitation minière dans le bassin", "fr"),
        ("Promover fertilizantes orgánicos", "es"),
        ("Forest monitoring and charcoal statistics", "en"),
        ("Protect marshes from cultivation", "en"),
        ("Plant shrubs in the catchments of three reservoirs", "en"),
        ("Hedges instead of chemical control", "en"),
        ("Lutter contre l'exploitation minière", "fr"),
        ("Végétaliser les bassins versants des barrages", "fr"),
        ("Ne plus ouvrir de marais à la culture", "fr"),
        ("Proteger las laderas en lugar de construir embalses", "es"),
        ("Reduce the use of chemical fertilisers", "en"),
        ("Open a wetland park near the capital", "en"),
    ],
)
def test_what_is_reduced_repaired_or_spared_is_none(text: str, language: Language) -> None:
    assert find_stakes(text, language).pressures == ()


@pytest.mark.parametrize(
    ("text", "language", "keep"),
    [
        ("Protect 40,000 ha of peatland", "en", "wetland"),
        ("No forest will be converted after 2026: zero deforestation", "en", "no_conversion"),
        ("Restaurer les parcours dégradés du plateau", "fr", "grassland"),
        ("Reducir la deforestación en un 30 %", "es", "forest"),
        ("Reforestar 5.000 ha de laderas", "es", "forest_growth"),
        ("Reduzir a poluição dos rios", "pt", "clean_water_soil"),
        ("加强湿地保护", "zh", "wetland"),
    ],
)
def test_what_is_protected_restored_or_limited_is_kept(text: str, language: Language, keep: str) -> None:
    assert keep in find_stakes(text, language).keeps


def test_what_is_only_known_or_taught_keeps_nothing() -> None:
    assert find_stakes("Raise awareness of the protection of peatland", "en").keeps == ()
    assert find_stakes("Set up a database on protected areas", "en").keeps == ()


def test_one_sentence_can_press_and_keep() -> None:
    stakes = find_stakes("Plant 800 ha of pine trees and protect the wetlands below", "en")
    assert "tree_plantation" in stakes.pressures
    assert "wetland" in stakes.keeps


def test_stakes_stand_in_the_order_of_the_vocabulary() -> None:
    stakes = find_stakes("Dams, boreholes, biofuel and canals are built", "en")
    assert stakes.pressures == tuple(name for name in stake_ids("pressures") if name in stakes.pressures)
    assert len(stakes.pressures) >= 3


def test_a_fund_is_named_by_name_or_by_its_capital_letters() -> None:
    assert find_stakes("A proposal of USD 30 million goes to the GCF", "en").pressures == ("fund_green_climate",)
    assert find_stakes("Solicitar 12 millones al Fondo de Adaptación", "es").pressures == ("fund_adaptation",)
    assert find_stakes("The gcf of both numbers", "en").pressures == ()


@pytest.mark.parametrize(
    ("text", "language", "mark"),
    [
        ("Build multi-purpose dams on the upper river", "en", "large"),
        ("Plantar eucalipto a gran escala", "es", "large"),
        ("Construire 60 micro-barrages", "fr", "small"),
        ("Все меры следуют экосистемному подходу", "ru", "principle"),
        ("All work follows the ecosystem approach", "en", "principle"),
        ("Better harvests through improved irrigation", "en", "effect"),
    ],
)
def test_words_of_size_generality_and_effect_are_marked(text: str, language: Language, mark: str) -> None:
    assert mark in find_stakes(text, language).marks


def test_forest_that_grows_back_where_it_stood_is_no_plantation() -> None:
    assert "tree_plantation" in find_stakes("Reforest 9,000 ha in the north", "en").pressures
    assert find_stakes("Reforest 9,000 ha that were forest until 2005", "en").pressures == ()


_PLANS: dict[str, dict[str, dict[Language, list[str]]]] = yaml.safe_load(
    (Path(__file__).parent / "stakes_of_plans.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("kind", "stake"), [(kind, stake) for kind in ("pressures", "keeps", "curbs") for stake in sorted(_PLANS[kind])]
)
def test_statements_of_plans_name_their_stake(kind: str, stake: str) -> None:
    quotes = [(quote, language) for language, told in _PLANS[kind][stake].items() for quote in told]
    assert [quote for quote, language in quotes if stake not in getattr(find_stakes(quote, language), kind)] == []


@pytest.mark.parametrize("stake", sorted(_PLANS["other"]))
def test_near_misses_press_on_nothing(stake: str) -> None:
    quotes = [(quote, language) for language, told in _PLANS["other"][stake].items() for quote in told]
    assert [quote for quote, language in quotes if stake in find_stakes(quote, language).pressures] == []
