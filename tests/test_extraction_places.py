from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.extraction.official_targets import find_official_targets, mentions
from coherence.extraction.places import find_places
from coherence.vocabulary import LANGUAGES, Language


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        (
            "en",
            "in the Upper Valley Region and the Tana River Basin near Lake Turkana",
            ("Upper Valley", "Tana River Basin", "Lake Turkana"),
        ),
        ("en", "Northern and Upper West Regions of Ghana, Lake Volta", ("Northern", "Upper West", "Lake Volta")),
        ("en", "in the districts of Alpha, Beta and Gamma by 2030", ("Alpha", "Beta", "Gamma")),
        ("en", "The Region will benefit and each District shall report. Inland valley swamps", ()),
        ("en", "the region of West Africa and the city of London", ("London",)),
        ("fr", "dans les régions du Sahel, du Nord et de l’Est", ("Sahel", "Nord", "Est")),
        (
            "fr",
            "le bassin du Niger, la wilaya d’Adrar, la région de l'Afrique de l'Ouest",
            ("bassin du Niger", "Adrar"),
        ),
        (
            "es",
            "la Cuenca del Río Pilcomayo y el departamento de Santa Cruz",
            ("Cuenca del Río Pilcomayo", "Santa Cruz"),
        ),
        ("es", "el Estado Plurinacional de Bolivia", ()),
        ("pt", "na província de Gaza e no rio Zambeze", ("Gaza", "rio Zambeze")),
        ("fr", "Fixer 400 ha de dunes à Toundou, à Bilma et dans le Manga.", ("Toundou", "Bilma", "Manga")),
        ("fr", "Border les rives de la Sota et du Mono dans l'Est", ("Sota", "Mono", "Est")),
        ("es", "Terrazas en 900 ha de Yoro, La Ceiba y San Telmo", ("Yoro", "La Ceiba", "San Telmo")),
        ("pt", "Recuperar salinas em Moçoró e no Cubango", ("Moçoró", "Cubango")),
        ("en", "Restore springs in the Uluguru, Nguru and Pare watersheds by 2030", ("Uluguru", "Nguru", "Pare")),
        ("ru", "в Нарынской области, озеро Сон-Куль", ("Нарынской", "озеро Сон-Куль")),
        ("ar", "في ولاية أدرار ونهر النيل والمناطق الجافة", ("أدرار", "نهر النيل")),
        ("zh", "在云南省和金沙江流域的湿地", ("云南省", "金沙江流域")),
    ],
)
def test_places_stand_beside_a_cue(language: Language, text: str, places: tuple[str, ...]) -> None:
    assert find_places(text, language, None) == places


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "selon le plan du Ministère de l'Agriculture et la convention de Ramsar, en Janvier"),
        ("fr", "60 % des Nigériens, les Foyers améliorés et le service des Eaux et Forêts"),
        ("es", "en el Plan Nacional, con el Fondo de Agua y el Acuerdo de Escazú, según la Tercera Comunicación"),
        ("en", "as agreed in Paris and reported in the Second National Communication in December, in Kenya"),
        ("en", "Improved Grazing in Dry Rangelands and Along Livestock Routes of Herders"),
    ],
)
def test_bodies_plans_agreements_months_peoples_and_titles_are_no_places(language: Language, text: str) -> None:
    assert find_places(text, language, None) == ()


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_gives_few_places(text: str, language: Language) -> None:
    assert len(find_places("Region of " + text, language, None)) <= 12


@pytest.mark.parametrize(
    ("language", "text", "targets"),
    [
        (
            "en",
            "aligned with KMGBF target 2 and GBF Targets 3, 10 and 11",
            {"KMGBF-T2", "KMGBF-T3", "KMGBF-T10", "KMGBF-T11"},
        ),
        ("en", "Target 2 of the Kunming-Montreal Global Biodiversity Framework", {"KMGBF-T2"}),
        ("en", "SDG 15.3 and SDG indicator 15.3.1", {"SDG-15.3", "SDG-15.3.1"}),
        ("en", "Aichi Biodiversity Targets 5 and 15", {"AICHI-5", "AICHI-15"}),
        ("en", "UNCCD strategic objective 1; the Bonn Challenge and AFR100", {"UNCCD-SO1", "BONN-CHALLENGE", "AFR100"}),
        ("en", "Target 2: restore 30 % by 2030; SDGs by 2030; Aichi in 2010", set()),
        ("fr", "objectif 3 du Cadre mondial, cible 15.3 des ODD", {"KMGBF-T3", "SDG-15.3"}),
        ("fr", "objectifs 5 et 15 d’Aichi ; Grande Muraille Verte", {"AICHI-5", "AICHI-15", "GREAT-GREEN-WALL"}),
        ("es", "meta 15.3 de los ODS, Meta 2 del Marco Mundial", {"SDG-15.3", "KMGBF-T2"}),
        ("ru", "задача 15.3 ЦУР", {"SDG-15.3"}),
        ("ar", "الهدف 2 من إطار كونمينغ-مونتريال", {"KMGBF-T2"}),
        ("zh", "昆蒙框架目标2和可持续发展目标15.3", {"KMGBF-T2", "SDG-15.3"}),
    ],
)
def test_targets_are_found_by_the_name_of_their_framework(language: Language, text: str, targets: set[str]) -> None:
    assert {target for target, _, _, _ in find_official_targets(text, language)} == targets


def test_the_words_of_a_reference_stand_in_the_text() -> None:
    text = "as asked by\nKMGBF\ntarget 2, it will"
    ((target, said, start, end),) = find_official_targets(text, "en")
    assert (target, said) == ("KMGBF-T2", "KMGBF target 2")
    assert text[start:end] == "KMGBF\ntarget 2"


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "The NDC and the NBSAP under the UNCCD, after a nap", {"NDC", "NBSAP", "UNCCD"}),
        (
            "fr",
            "la CPDN, le PNA, la CNULCD et la neutralité en matière de dégradation des terres",
            {"NDC", "NAP", "UNCCD", "LDN"},
        ),
        ("es", "la CMNUCC y el plan nacional de adaptación", {"UNFCCC", "NAP"}),
        # As plans call each other in short.
        ("en", "see the climate contribution and the biodiversity strategy", {"NDC", "NBSAP"}),
        (
            "fr",
            "rappel de la contribution climat, des cibles de neutralité et du programme d'adaptation",
            {"NDC", "LDN", "NAP"},
        ),
        ("es", "según la contribución climática y la estrategia de diversidad biológica", {"NDC", "NBSAP"}),
        ("en", "the programme to combat desertification", {"UNCCD"}),
        ("en", "a contribution to the carbon neutrality of towns", set()),
        ("ru", "КБОООН и РКИК ООН", {"UNCCD", "UNFCCC"}),
        ("ar", "اتفاقية التنوع البيولوجي", {"CBD"}),
        ("zh", "联合国防治荒漠化公约和国家自主贡献", {"UNCCD", "NDC"}),
    ],
)
def test_instruments_and_conventions_are_named(language: Language, text: str, named: set[str]) -> None:
    assert mentions(text, language) == named
