from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.extraction.lexicon import TermIndex, fold_word
from coherence.vocabulary import LANGUAGES, Language


def words(index: TermIndex, text: str) -> list[tuple[str, str]]:
    return [(hit.id, text[hit.start : hit.end]) for hit in index.find(text)]


@pytest.mark.parametrize(
    ("language", "label", "text", "found"),
    [
        ("en", "degraded land*", "the degraded\nlands of", "degraded\nlands"),
        ("en", "land", "the island lands", None),
        ("en", "REDD+", "the REDD+ strategy", "REDD+"),
        ("en", "REDD+", "the REDD strategy", None),
        ("en", "LED", "as led by them", None),
        ("en", "LED", "Led by them", None),
        ("en", "LED", "use of LEDs and LED lamps", "LED"),
        ("en", "ha", "on 15ha of", "ha"),
        ("en", "CO2", "tonnes of CO2", "CO2"),
        ("en", "forest fire*", "forest - fire", None),
        ("fr", "forêt*", "LES FORETS CLASSÉES", "FORETS"),
        ("fr", "forêt*", "LES FORÊTS", "FORÊTS"),
        ("fr", "maïs", "mais le mil", None),
        ("fr", "l'horizon", "à l’horizon 2030", "l’horizon"),
        ("fr", "reboise*", "le reboi-\nsement de", "reboi-\nsement"),
        ("fr", "éco-tourisme", "l'écotourisme", "écotourisme"),
        ("fr", "érosion", "l'e\u0301rosion", "e\u0301rosion"),
        ("fr", "efficacité", "l'eﬃcacité", "eﬃcacité"),
        ("es", "áreas protegidas", "Áreas\u00a0protegidas", "Áreas\u00a0protegidas"),
        ("ru", "деградир* земел*", "деградированных земель", "деградированных земель"),
        ("ru", "объем*", "объёмов", "объёмов"),
        ("ar", "إدارة الأراضي", "والإدارة للأراضي", "إدارة للأراضي"),
        ("ar", "تدهور الأراضي", "تدهـور الأَراضى", "تدهـور الأَراضى"),
        ("zh", "森林覆盖率", "提高森林覆\n盖率到", "森林覆\n盖率"),
        ("zh", "CO2", "减少CO2e排放", None),
    ],
)
def test_a_label_matches_what_a_reader_takes_for_it(
    language: Language, label: str, text: str, found: str | None
) -> None:
    hits = words(TermIndex([("x", label)], language), text)
    assert [span for _, span in hits] == ([found] if found else [])


def test_the_longest_term_wins_from_the_left_and_find_all_keeps_the_others() -> None:
    index = TermIndex([("land", "land"), ("slm", "sustainable land management"), ("manage", "management of")], "en")
    text = "sustainable land management of land"
    assert words(index, text) == [("slm", "sustainable land management"), ("land", "land")]
    assert [hit.id for hit in index.find_all(text)] == ["slm", "land", "manage", "land"]


def test_one_label_of_two_terms_yields_both() -> None:
    index = TermIndex([("a", "zaï"), ("b", "zaï")], "fr")
    assert [hit.id for hit in index.find("le zaï")] == ["a", "b"]


def test_a_label_with_nothing_to_look_for_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to look for"):
        TermIndex([("x", " * ")], "en")


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_hits_lie_inside_the_text_and_do_not_overlap(text: str, language: Language) -> None:
    index = TermIndex([("a", "a*"), ("b", "land"), ("c", "ال"), ("d", "森林"), ("e", "é*")], language)
    last = 0
    for hit in index.find(text):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end


@given(st.lists(st.sampled_from(["degraded", "land", "of", "LAND", "Lands", "2030", ","]), max_size=30))
def test_every_whole_word_occurrence_is_found(parts: list[str]) -> None:
    index = TermIndex([("x", "land*")], "en")
    expected = sum(part.lower().startswith("land") for part in parts)
    assert len(index.find(" ".join(parts))) == expected


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=20))
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold_word(fold_word(word)) == fold_word(word)


@pytest.mark.parametrize(
    "text", ["land " * 100_000, "degraded " * 60_000, "é" * 500_000, "森" * 300_000, "-\n" * 200_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    for language in ("en", "zh"):
        TermIndex([("x", "degraded degraded land*"), ("y", "森森林")], language).find(text)
    assert time.perf_counter() - started < 20
