"""What statements of typical plans are mainly about, worded as plans of all regions word them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from coherence.extraction.concepts import find_concepts
from coherence.extraction.pairing import pair_actions
from coherence.extraction.theme_evidence import themes_of_text
from coherence.extraction.theme_lexicon import find_words, theme_entries

if TYPE_CHECKING:
    from coherence.vocabulary import Language

STATEMENTS = Path(__file__).parent / "theme_statements"
"""Per language six statements of each theme."""


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_statements_of_every_theme_are_mainly_about_it(language: Language) -> None:
    table: dict[str, list[str]] = yaml.safe_load((STATEMENTS / f"{language}.yaml").read_text(encoding="utf-8"))
    assert set(table) == set(theme_entries())
    assert all(len(statements) == len(set(statements)) == 6 for statements in table.values())
    found = {
        (theme, statement): find_concepts(statement, language)
        for theme, statements in table.items()
        for statement in statements
    }
    other = [key for key, concepts in found.items() if key[0] not in concepts.main_themes]
    second = [key for key, concepts in found.items() if concepts.themes[:1] != (key[0],)]
    assert len(other) <= 0.02 * len(found), other
    assert len(second) <= 0.05 * len(found), second


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Drain and develop 8,000 ha of marshland for rice", "en"),
        ("Drainer 3 000 ha de marais pour le riz", "fr"),
        ("Drenar 900 ha de pantanos para arroz", "es"),
    ],
)
def test_what_drains_a_wetland_does_not_restore_it(text: str, language: Language) -> None:
    assert find_concepts(text, language).themes[0] == "sustainable_agriculture"


@pytest.mark.parametrize(
    ("text", "language", "theme"),
    [
        ("Remove prosopis thickets from 40,000 ha of riverside fields", "en", "invasive_species"),
        ("Dig 60 hafirs in the pastoral zone", "en", "water_management"),
        ("Enrich 20,000 ha of gum arabic orchards", "en", "agroforestry"),
        ("Oversow 5,000 ha of open range with perennial grasses", "en", "rangeland_restoration"),
        ("Publish land use maps of all provinces", "en", "land_use_planning"),
        ("Build fanya juu ridges on 300 farms", "en", "erosion_control"),
        ("Surcreuser 25 mares artificielles dans la zone nord", "fr", "water_management"),
        ("Aménager des jessour sur 800 ha", "fr", "erosion_control"),
        ("Faucarder le typha sur 300 ha du lac", "fr", "invasive_species"),
        ("Construir 90 aljibes en comunidades dispersas", "es", "water_management"),
        ("Erradicar el buchón de agua de tres lagunas", "es", "invasive_species"),
        ("Cercar 600 ha de bofedales", "es", "wetland_restoration"),
        ("Renew 700 ha of old eucalyptus plantations by restoring them", "en", "forest_restoration"),
        ("Reducir la vulnerabilidad a la sequía de 40 municipios", "es", "drought_management"),
        ("Пробурить 40 скважин в степных районах", "ru", "water_management"),
        ("Проложить противопожарные полосы на 300 км", "ru", "forest_fire_control"),
        ("治理外来入侵物种互花米草", "zh", "invasive_species"),
        ("修建五百口水窖", "zh", "water_management"),
        ("إنشاء 50 حفيرا لحصاد المياه", "ar", "water_management"),
        ("إزالة أشجار المسكيت من الأراضي الزراعية", "ar", "invasive_species"),
        ("Construir 200 cisternas e barragens subterrâneas", "pt", "water_management"),
        ("Erradicar o jacinto-de-água de dois lagos", "pt", "invasive_species"),
    ],
)
def test_regional_words_tell_what_is_acted_on(text: str, language: Language, theme: str) -> None:
    assert find_concepts(text, language).themes[0] == theme


@pytest.mark.parametrize(
    ("text", "language", "theme"),
    [
        ("Establish one seed cooperative in each district at risk", "en", "disaster_risk_reduction"),
        ("Plantar frutales en municipios en riesgo", "es", "disaster_risk_reduction"),
        ("Protect vulnerable coastal wetlands", "en", "disaster_risk_reduction"),
        ("Protéger les zones côtières vulnérables", "fr", "disaster_risk_reduction"),
    ],
)
def test_a_place_at_risk_is_no_risk_that_is_reduced(text: str, language: Language, theme: str) -> None:
    assert theme not in find_concepts(text, language).themes


def test_a_year_is_no_figure_of_what_stands_beside_it() -> None:
    def weight(text: str) -> float:
        hits = find_words(text, "en")
        return max(item.score for item in themes_of_text(text, hits, pair_actions(text, hits, "en")))

    assert weight("Early warning by 2032") == weight("Early warning by then") < weight("Early warning at 320 sites")


def test_what_a_measure_allows_stands_aside() -> None:
    concepts = find_concepts("Protect marshes, allowing groundwater recharge and reducing flood peaks", "en")
    assert concepts.main_themes == ("wetland_restoration",)
