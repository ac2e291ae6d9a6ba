"""What statements of typical plans are mainly about, worded as plans of all regions word them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coherence.extraction.concepts import find_concepts

if TYPE_CHECKING:
    from coherence.vocabulary import Language


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
