"""Zones of a country: named by words or works, and which of them exclude each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.extraction.works import work_table
from coherence.extraction.zones import find_zones, zones_exclude
from coherence.pair_facts import PairRow, interaction_table
from coherence.vocabulary import LANGUAGES, Language, per_language, term_list

ZONES = sorted(term_list("zones"))
Zones = frozenset[str]
NAMED = st.frozensets(st.sampled_from(ZONES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_zone(language: Language) -> None:
    assert {key for key in per_language("zones", language) if not key.endswith("_negative")} == set(ZONES)


def test_the_zones_name_works_and_zones_that_exist() -> None:
    for name, data in term_list("zones").items():
        assert set((data or {}).get("works", ())) <= work_table().keys()
        assert set((data or {}).get("excludes", ())) <= set(ZONES) - {name}


@pytest.mark.parametrize(
    ("quote", "language", "zones"),
    [
        ("Terraces on the hillsides of Karu", "en", {"mountain"}),
        ("Prepare quays for a rise of the sea level", "en", set()),
        ("Oyster beds in the lagoons", "en", {"coast"}),
        ("Pasture of the sub-Saharan region", "en", set()),
        ("Reboiser les versants", "fr", {"mountain"}),
        ("Aménager deux bassins versants", "fr", {"watershed"}),
        ("Jardins de la Côte d'Ivoire", "fr", set()),
        ("Puits pastoraux du Sahel", "fr", {"interior"}),
        ("Cacao de las laderas y de la costa", "es", {"mountain", "coast"}),
        ("Panaderías de Costa Rica", "es", set()),
        ("Plantio em encostas", "pt", {"mountain"}),
        ("Посадки на склонах", "ru", {"mountain"}),
        ("طرق المرتفعات", "ar", {"mountain"}),
        ("山区造林", "zh", {"mountain"}),
    ],
)
def test_a_quote_names_its_zones(quote: str, language: Language, zones: set[str]) -> None:
    assert find_zones(quote, language) == zones


def test_a_work_that_is_done_in_one_zone_only_names_it() -> None:
    assert find_zones("Replant 40 ha", "en", ["restore_mangroves"]) == {"coast"}
    assert find_zones("Replant 40 ha", "en", ["plant_trees"]) == set()


def test_zones_exclude_each_other_only_where_all_do() -> None:
    assert zones_exclude(frozenset({"coast"}), frozenset({"mountain"}))
    assert not zones_exclude(frozenset({"coast"}), frozenset({"mountain", "plain"}))
    assert not zones_exclude(frozenset({"coast"}), frozenset())


@given(NAMED, NAMED)
def test_zones_exclude_each_other_both_ways_and_never_themselves(one: Zones, other: Zones) -> None:
    assert zones_exclude(one, other) == zones_exclude(other, one)
    assert not zones_exclude(one, one)
    assert not one & other or not zones_exclude(one, other)


def test_two_promises_in_zones_that_exclude_each_other_are_apart() -> None:
    common = {"themes": frozenset(), "places": frozenset(), "curbs": frozenset(), "pressures": frozenset()}
    common |= {"terms": frozenset(), "ecosystems": frozenset(), "works": frozenset({"plant_trees"})}
    row = common | {"way": "field", "quote": ""}
    shore, slope = row | {"zones": frozenset({"coast"})}, row | {"zones": frozenset({"mountain"})}
    told = PairRow(shore, slope, interaction_table())
    assert told["zones_apart"]
    assert told["lands_apart"]
    assert told["apart"] == {"land"}
    assert not PairRow(shore, row | {"zones": frozenset()}, interaction_table())["zones_apart"]
