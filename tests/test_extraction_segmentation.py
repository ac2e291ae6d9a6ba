from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.extraction.segmentation import clause_spans, sentence_spans
from coherence.vocabulary import LANGUAGES, Language


def sentences(text: str, language: Language) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Art. 4 holds, i.e. always. The rest follows!", ["Art. 4 holds, i.e. always.", "The rest follows!"]),
        ("en", "Restore 4.5 million ha. Plant trees.", ["Restore 4.5 million ha.", "Plant trees."]),
        ("fr", "Selon l'art. 3, etc. La suite vient.", ["Selon l'art. 3, etc. La suite vient."]),
        (
            "es",
            "Se restaurarán 3.500 ha. El costo es de 5 millones.",
            ["Se restaurarán 3.500 ha.", "El costo es de 5 millones."],
        ),
        (
            "ru",
            "Это будет к 2030 г. Стоимость 5 млн. долл. США.",
            ["Это будет к 2030 г.", "Стоимость 5 млн. долл. США."],
        ),
        (
            "ru",
            "Посадить 5 тыс. га. Затраты составят 2 млн. долл. США в 2027 г. и далее.",
            ["Посадить 5 тыс. га.", "Затраты составят 2 млн. долл. США в 2027 г. и далее."],
        ),
        ("ru", "Выбросы ниже сценария «как есть». Далее …", ["Выбросы ниже сценария «как есть».", "Далее …"]),
        ("ar", "بحلول عام 2030. تبلغ التكلفة خمسة ملايين.", ["بحلول عام 2030.", "تبلغ التكلفة خمسة ملايين."]),
        ("zh", "到2030年恢复草原。加强监测！", ["到2030年恢复草原。", "加强监测！"]),
        ("en", "2. Restoration of land", ["2. Restoration of land"]),
        ("en", "• 40 wells • 12 ponds by 2031", ["40 wells", "12 ponds by 2031"]),
        ("fr", "▪ Curer 40 mares ▪ Forer 12 puits", ["Curer 40 mares", "Forer 12 puits"]),
        ("en", "-To dig 40 wells -To line 12 ponds", ["To dig 40 wells", "To line 12 ponds"]),
        ("en", "Low -Carbon transport", ["Low -Carbon transport"]),
        ("en", "", []),
    ],
)
def test_sentences(language: Language, text: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


@given(st.text(alphabet="aB1 .!?;:()。؟é\n", max_size=120), st.sampled_from(LANGUAGES))
def test_sentences_cover_every_visible_character_once(text: str, language: Language) -> None:
    spans = sentence_spans(text, language)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@given(st.text(alphabet="ab ;؛—–- ", max_size=80), st.lists(st.integers(0, 80), max_size=3))
def test_clauses_lie_within_and_cover_every_visible_character(text: str, breaks: list[int]) -> None:
    spans = clause_spans(text, 0, len(text), tuple(breaks))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize(("text", "count"), [("cut by 9.5 - 11 % in 2030", 1), ("cut by 9 % - and more in 2030", 2)])
def test_a_dash_between_figures_parts_no_clauses(text: str, count: int) -> None:
    assert len(clause_spans(text, 0, len(text))) == count


def test_a_contrasting_word_opens_a_clause() -> None:
    text = "emissions fell by 5% but will be cut by 10%"
    assert [text[a:b] for a, b in clause_spans(text, 0, len(text), (text.index("but"),))] == [
        "emissions fell by 5%",
        "but will be cut by 10%",
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "(a) Dig wells (b) Store fodder (c) Fence springs",
            ["(a) Dig wells", "(b) Store fodder", "(c) Fence springs"],
        ),
        ("1.Dig wells; 2.Store fodder; 3.Fence springs", ["1.Dig wells;", "2.Store fodder;", "3.Fence springs"]),
        (
            "The fund will: a. Dig wells, b. Store fodder, c. Fence springs",
            ["The fund will:", "a. Dig wells,", "b. Store fodder,", "c. Fence springs"],
        ),
        ("Wells of class (a) Deep and (b) Shallow", ["Wells of class (a) Deep and (b) Shallow"]),
        ("Scenario (a) and (b) and (c) of the study", ["Scenario (a) and (b) and (c) of the study"]),
    ],
)
def test_items_marked_in_turn_stand_alone(text: str, items: list[str]) -> None:
    assert [text[low:high] for low, high in sentence_spans(text, "en")] == items
