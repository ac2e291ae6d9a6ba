from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from coherence.models import ManifestEntry
from coherence.reading import language, read_document
from coherence.reading.language import document_language, identify_language
from coherence.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = {
    "en": "The country will restore degraded land by 2030.",
    "fr": "Le pays restaurera des terres dégradées d'ici à 2030.",
    "es": "El país restaurará tierras degradadas hasta el año 2030.",
    "pt": "O país restaurará as terras degradadas até ao ano de 2030, não só as florestas.",
    "ar": "ستقوم الدولة باستعادة الأراضي المتدهورة بحلول عام 2030.",
    "ru": "Страна восстановит деградированные земли к 2030 году.",
    "zh": "到2030年，国家将恢复退化土地。",
}


def test_every_language_has_its_sentence() -> None:
    assert set(SENTENCES) == set(LANGUAGES)


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_sentences(code: str, sentence: str) -> None:
    guess = identify_language(sentence)
    assert guess.language == code
    assert guess.confidence > 0.7


def test_the_language_of_most_of_the_text_wins() -> None:
    guess = document_language([SENTENCES["fr"], SENTENCES["fr"], SENTENCES["fr"], SENTENCES["en"], "12 %"])
    assert guess.language == "fr"
    assert 0.5 < guess.confidence < 1


def test_no_letters_are_no_language() -> None:
    assert identify_language("2030 12 %").confidence == 0
    assert document_language([]).confidence == 0


def test_passages_all_over_a_long_document_are_asked() -> None:
    foreword, body = [SENTENCES["en"]] * 500, [SENTENCES["es"]] * 700
    guess = document_language([*foreword, *body])
    assert guess.language == "es"
    assert 0.4 < guess.confidence < 0.75


def test_words_of_another_script_do_not_decide() -> None:
    assert identify_language(f"{SENTENCES['fr']} (退化土地)").language == "fr"


def test_a_stated_language_is_taken_and_none_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded() -> Any:
        raise AssertionError("the model of languages was loaded")

    path = tmp_path / "ldn.txt"
    path.write_text(SENTENCES["fr"], encoding="utf-8")
    monkeypatch.setattr(language, "_identifier", loaded)
    entry = ManifestEntry(file="ldn.txt", path=str(path), instrument="LDN", year=2018, language="pt")
    assert read_document(entry, "GHA").language == "pt"
