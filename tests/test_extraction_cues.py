from __future__ import annotations

import pytest

from coherence.extraction.cues import APART, classes_of_heading, find_cues, is_total
from coherence.vocabulary import LANGUAGES, Language, per_language


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The country will restore forests subject to international support", {"future", "conditional"}),
        ("en", "Forests were restored in the past", {"past"}),
        ("fr", "Le pays s'engage à restaurer les terres sans appui", {"future", "unconditional"}),
        ("es", "La reducción está condicionada al apoyo internacional", {"conditional"}),
        ("pt", "O país compromete-se a restaurar as florestas", {"future"}),
        ("ru", "Страна сократит выбросы при международной поддержке", {"future", "conditional"}),
        ("ar", "تعتزم الدولة خفض الانبعاثات بدعم من المجتمع الدولي", {"future", "conditional"}),
        ("zh", "力争无条件实现减排目标", {"future", "unconditional", "aim"}),
    ],
)
def test_cues_of_each_language(language: Language, text: str, expected: set[str]) -> None:
    assert expected <= {cue.cue for cue in find_cues(text, language)}


def test_the_longest_cue_stands() -> None:
    assert [cue.cue for cue in find_cues("objectifs non conditionnels", "fr") if "conditional" in cue.cue] == [
        "unconditional"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_classes(language: Language) -> None:
    lists = per_language("cues", language)
    assert set(lists) == set(per_language("cues", "en"))
    assert set(APART) <= set(lists)
    assert all(isinstance(label, str) for labels in lists.values() for label in labels)
    # Only Chinese has verbs of tasks without tense.
    assert {name for name, labels in lists.items() if not labels} <= {"task"}


def test_headings_say_what_stands_below() -> None:
    assert classes_of_heading("3. National targets for 2030", "en", "heading") == {"target", "promises", "aims"}
    assert "background" in classes_of_heading("1. Contexte national", "fr", "heading")
    assert "conditional" in classes_of_heading("Conditional scenario", "en", "head")


@pytest.mark.parametrize(
    ("language", "acted_on", "told"),
    [
        ("en", "Reduce the vulnerability of hill farms", "Vulnerability of hill farms"),
        (
            "en",
            "Help herders withstand the impacts of drought through:",
            "Herders feel the impacts of drought through:",
        ),
        ("fr", "Réduire la vulnérabilité des pasteurs", "Vulnérabilité des pasteurs"),
        ("es", "Adaptación a los impactos de la sequía", "Impactos de la sequía"),
        ("pt", "Reduzir a vulnerabilidade das aldeias", "Vulnerabilidade das aldeias"),
        ("ru", "Снижение уязвимости сельских районов", "Уязвимость сельских районов"),
        ("ar", "الحد من هشاشة المراعي", "هشاشة المراعي"),
        ("zh", "应对干旱影响", "干旱影响"),
    ],
)
def test_harm_that_a_heading_acts_on_is_no_background(language: Language, acted_on: str, told: str) -> None:
    assert "background" not in classes_of_heading(acted_on, language, "heading")
    assert "background" in classes_of_heading(told, language, "heading")


def test_a_sentence_that_ends_on_harm_lists_it() -> None:
    assert "background" in classes_of_heading("The plan is to overcome the following barriers:", "en", "heading")
    assert "background" in classes_of_heading("Reduce poverty: impacts on the coast", "en", "heading")


def test_words_of_background_in_a_phrase_tell_none() -> None:
    assert "background" not in classes_of_heading("Measures in the context of rural life", "en", "heading")
    assert "background" in classes_of_heading("National context", "en", "heading")


def test_totals_open_the_row() -> None:
    assert is_total("SOUS-TOTAL secteur AFOLU", "fr")
    assert not is_total("Restored area, total of all regions", "en")


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("reducir el metano de los arrozales", "aim"),
        ("proteger la franja costera", "need"),
        ("fortalecer el sistema, ya que es débil", "past"),
        ("actualizar la ley forestal", "background"),
        ("energía a partir de biomasa", "baseline"),
        ("promover un modelo de ganadería sostenible", "projection"),
    ],
)
def test_words_that_only_begin_alike_are_no_cues(text: str, unwanted: str) -> None:
    assert unwanted not in {cue.cue for cue in find_cues(text, "es")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("El país ha incrementado la cobertura forestal", "past"),
        ("Los bosques alcanzan a 12 millones de hectáreas", "background"),
        ("quedaría bajo el agua el 3% del territorio", "projection"),
        ("El plan proyecta que la economía crecerá", "projection"),
        ("La consulta tuvo lugar en seis provincias", "past"),
        ("El país causa una parte de las emisiones globales", "background"),
        ("se reforestarán las riberas y se capacitará a los técnicos", "future"),
        ("en comparación con un escenario sin medidas", "bau"),
        ("con recursos internos", "unconditional"),
        ("supeditada a la ayuda", "conditional"),
    ],
)
def test_spanish_tells_promises_from_memories_and_forecasts(text: str, wanted: str) -> None:
    assert wanted in {cue.cue for cue in find_cues(text, "es")}


def test_a_column_that_depends_on_nothing_is_no_background() -> None:
    assert classes_of_heading("Aporte no condicionado", "es", "head") == {"unconditional"}
