from __future__ import annotations

import pytest

from coherence.countries import count_countries, country_codes, country_name, find_country, suggest_country
from coherence.vocabulary import LANGUAGES, Language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Burkina Faso docs", "BFA"),
        ("GHA", "GHA"),
        ("gh", "GHA"),
        ("niger", "NER"),
        ("Guinea-Bissau NDC", "GNB"),
        ("Guinea_Bissau", "GNB"),
        ("Papua New Guinea", "PNG"),
        ("documentos España", "ESP"),
        ("Папка Киргизия", "KGZ"),
        ("中国文件", "CHN"),
        ("وثائق المغرب", "MAR"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("DR Congo", "COD"),
        ("Swaziland", "SWZ"),
        ("NER 2020 docs", "NER"),
        ("Ghana and Niger", None),
        ("my documents", None),
        ("per", "PER"),
        ("documents per year", None),
        ("Congo - Kinshasa", "COD"),
        ("Burkina\nFaso", "BFA"),
        ("Bosnia & Herzegovina", "BIH"),
    ],
)
def test_countries_are_found_in_short_texts(text: str, code: str | None) -> None:
    assert find_country(text) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_leads_back_to_its_code(language: Language) -> None:
    astray = {
        name: found
        for code in country_codes()
        if (found := find_country(name := country_name(code, language))) not in {code, None}
    }
    assert not astray


def test_names_for_reports() -> None:
    assert country_name("COD", "fr") == "République démocratique du Congo"
    assert country_name("GHA", "es") == "Ghana"
    assert country_name("ZZZ", "en") == "ZZZ"


def test_longer_names_hide_shorter_ones_and_words_are_no_countries() -> None:
    counts = count_countries(["Nigeria borders Niger. Guinea-Bissau is near. A niger seed. Dominican Republic"])
    assert counts == {"NGA": 1, "NER": 1, "GNB": 1, "DOM": 1}


@pytest.mark.parametrize("word", ["in", "do", "my", "to", "no", "es"])
def test_a_small_word_names_no_country_and_its_code_in_capitals_does(word: str) -> None:
    assert find_country(word) is None
    assert find_country(word.upper()) is not None


def test_suggestions() -> None:
    assert suggest_country("GH") == ("GHA",)
    assert suggest_country("Gahna") == ("GHA",)
    assert "BFA" in suggest_country("BFS")
    assert suggest_country("####") == ()
