"""How closely a commitment says what is done: figure, site, things of its own, or words of any plan only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.detail_facts import DETAILS, detail_of
from coherence.engine.examples import example_commitment

if TYPE_CHECKING:
    from collections.abc import Mapping

STATED: dict[str, tuple[str, ...]] = {
    "general": (
        "Strengthen the resilience of ecosystems and communities to climate change",
        "Ensure good governance and the sustainable use of natural resources",
        "An enabling framework for adaptation, research and capacity development",
        "Renforcer les capacités des acteurs et des institutions face aux risques climatiques",
        "Améliorer la connaissance et la protection des écosystèmes naturels",
        "Fortalecer la gobernanza y la participación social para el desarrollo sostenible",
        "Reducir la vulnerabilidad de la población y de los ecosistemas ante los riesgos",
        "Укрепление потенциала и устойчивости экосистем к изменению климата",
    ),
    "named": (
        "Promote the sustainable management of forests",
        "Améliorer la gestion durable des mangroves",
        "Promover el manejo sostenible de los páramos",
    ),
    "told": (
        "Fence springs and plant bamboo along streams",
        "Vacciner le bétail transhumant avant la soudure",
        "Instalar riego por goteo en los cafetales",
        "Строительство плотин и колодцев для пастбищ",
    ),
}
LANGUAGES = {"Р": "ru", "У": "ru", "С": "ru"}


def language_of(text: str) -> str:
    if text[0] in LANGUAGES:
        return "ru"
    french = {"Renforcer", "Améliorer", "Vacciner"}
    spanish = {"Fortalecer", "Reducir", "Promover", "Instalar"}
    first = text.split(maxsplit=1)[0]
    return "fr" if first in french else "es" if first in spanish else "en"


@pytest.mark.parametrize(("detail", "text"), [(d, text) for d, texts in STATED.items() for text in texts])
def test_what_is_left_beside_the_words_of_any_plan_decides(detail: str, text: str) -> None:
    assert detail_of({"quote": text, "language": language_of(text)}) == detail


@pytest.mark.parametrize(
    ("facts", "detail"),
    [
        ({"quantified": True}, "measured"),
        ({"quantified": True, "places": frozenset({"tindi"})}, "measured"),
        ({"quantified": True, "money_first": True}, "general"),
        ({"places": frozenset({"tindi"})}, "sited"),
    ],
)
def test_a_figure_or_a_site_makes_an_aim_definite(facts: Mapping[str, Any], detail: str) -> None:
    quote = "Enhance the resilience of communities"
    assert detail_of({"quote": quote, "language": "en", **facts}) == detail


def test_words_that_cannot_be_told_apart_count_as_telling() -> None:
    assert detail_of({"quote": "加强生态系统保护", "language": "zh"}) == "told"


def test_rules_see_it_and_examples_take_it_from_their_quote() -> None:
    assert example_commitment({"quote": "Improve the management of ecosystems"}).detail == "general"
    assert example_commitment({"themes": ["irrigation"]}).detail == "told"


@given(st.text(max_size=80), st.sampled_from(["en", "fr", "es", "pt", "ar", "ru", "zh"]))
def test_more_words_never_tell_less(text: str, language: str) -> None:
    order = {detail: place for place, detail in enumerate(DETAILS)}
    short = detail_of({"quote": text, "language": language})
    longer = detail_of({"quote": f"{text} watermills", "language": language})
    assert order[longer] <= order[short]
