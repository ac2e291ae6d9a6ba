"""Translations in catalogues: read strictly, found by the English text, told where they are missing or stale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from command_line import rules_runner
from test_ruleset import RULE

from coherence import frameworks, translations
from coherence.errors import VocabularyError
from coherence.resources import rules_dir
from coherence.rulebook.translated import coverage, source_texts
from coherence.ruleset import load_rules
from coherence.translations import (
    Catalogue,
    catalogue_faults,
    isolated,
    plural_forms,
    plural_in,
    read_catalogue,
    text_in,
)  # fmt: skip
from coherence.vocabulary import REPORT_LANGUAGES, SOURCE_LANGUAGES, TRANSLATED_LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

COUNTED = {"one": {"en": "{n} dune", "fr": "{n} dune", "es": "{n} duna"},
           "other": {"en": "{n} dunes", "fr": "{n} dunes", "es": "{n} dunas"}}  # fmt: skip
RUSSIAN = "{one: '{n} дюна', few: '{n} дюны', many: '{n} дюн', other: '{n} дюны'}"


def written(folder: Path, text: str, language: str = "ru") -> Path:
    path = folder / translations.TRANSLATIONS / f"{language}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def catalogue(folder: Path, *entries: str, language: str = "ru") -> Catalogue:
    lines = [f"language: {language}", "texts:", *(f"  - {entry}" for entry in entries)]
    return read_catalogue(written(folder, "\n".join(lines) + "\n", language))


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put a catalogue in place of the shipped one."""

    def put(found: Catalogue) -> None:
        monkeypatch.setattr(translations, "shipped_catalogue", lambda _: found)

    return put


def test_the_languages_of_reports_are_those_of_the_united_nations() -> None:
    assert set(REPORT_LANGUAGES) == {"ar", "zh", "en", "fr", "ru", "es"}
    assert (*SOURCE_LANGUAGES, *TRANSLATED_LANGUAGES) == REPORT_LANGUAGES


def test_a_translation_is_found_by_the_english_text_however_it_is_folded(tmp_path: Path, shipped: Any) -> None:
    shipped(catalogue(tmp_path, "{en: 'a dune is fixed', text: 'дюна закреплена'}"))
    assert text_in({"en": "a dune\n  is fixed"}, "ru") == "дюна закреплена"
    assert text_in({"en": "a dune is fixed ", "fr": "x"}, "fr") == "x"
    assert text_in({"en": "a dune was fixed"}, "ru") == "a dune was fixed"


def test_what_stands_in_the_source_goes_first(tmp_path: Path, shipped: Any) -> None:
    shipped(catalogue(tmp_path, "{en: dune, text: дюна}"))
    texts = frameworks.Texts(en="dune", fr="dune", es="duna", ru="бархан")
    assert frameworks.labels_text(texts, "ru") == "бархан"
    assert frameworks.labels_text(texts.model_copy(update={"ru": None}), "ru") == "дюна"


def test_a_translation_may_be_confined_to_a_key(tmp_path: Path, shipped: Any) -> None:
    shipped(catalogue(tmp_path, "{en: line, text: линия}", "{en: line, in: locator, text: строка}"))
    assert text_in({"en": "line"}, "ru", "locator.line") == "строка"
    assert text_in({"en": "line"}, "ru", "locators.line") == "линия"
    assert text_in({"en": "line"}, "ru") == "линия"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 дюна"), (3, "3 дюны"), (5, "5 дюн"), (21, "21 дюна"), (0, "0 дюн")]
)
def test_numbers_take_the_plural_form_of_the_language(tmp_path: Path, shipped: Any, number: int, words: str) -> None:
    shipped(catalogue(tmp_path, f"{{en: '{{n}} dunes', forms: {RUSSIAN}}}"))
    assert plural_in(COUNTED, "ru", number, "count.dunes").format(n=number) == words
    assert plural_in(COUNTED, "en", number, "").format(n=number) == f"{number} dune{'' if number == 1 else 's'}"


def test_numbers_without_translation_are_counted_in_english(shipped: Any) -> None:
    shipped(Catalogue("ru"))
    assert [plural_in(COUNTED, "ru", number, "").format(n=number) for number in (1, 21)] == ["1 dune", "21 dunes"]


def test_plural_forms_are_those_of_cldr() -> None:
    assert plural_forms("zh") == {"other": False}
    assert plural_forms("ru") == {"one": False, "few": False, "many": False, "other": False}
    assert plural_forms("ar") == {"zero": True, "one": True, "two": True, "few": False, "many": False, "other": False}
    assert all(Locale(language).plural_form(7) in plural_forms(language) for language in TRANSLATED_LANGUAGES)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{en: a, text: б, extra: x}", "3:22: unknown key 'extra'"),
        ("{text: б}", "3:5: 'en' is missing"),
        ("{en: a}", "3:5: an entry has either text or forms"),
        ("{en: a, text: б, forms: {other: в}}", "3:5: an entry has either text or forms"),
        ("{en: '{x} of {y}', text: '{y}'}", "3:30: the placeholder '{x}' is missing"),
        ("{en: a, text: '{x}'}", "3:19: unknown placeholder '{x}'"),
        ("{en: a, text: '{ б'}", "3:19: a brace stands alone"),
        ("{en: '{n} a', forms: {one: '{n}', few: '{n}', many: '{n}'}}", "3:26: the plural form 'other' is missing"),
        ("{en: '{n} a', forms: {one: б, few: '{n}', many: '{n}', other: '{n}'}}",
         "3:32: the placeholder '{n}' is missing"),
        ("{en: '{n} a', forms: {two: '{n}', one: '{n}', few: '{n}', many: '{n}', other: '{n}'}}",
         "3:32: the language has no plural form 'two'"),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_place(tmp_path: Path, entry: str, told: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        catalogue(tmp_path, entry)
    (fault,) = caught.value.faults
    assert str(fault).startswith(f"{tmp_path}/translations/ru.yaml:{told}")
    assert fault.remedy


def test_the_file_is_named_after_its_language_and_no_text_stands_twice(tmp_path: Path) -> None:
    path = written(tmp_path, "language: ar\ntexts:\n  - {en: a, text: ب}\n  - {en: ' a', text: ت}\n")
    with pytest.raises(VocabularyError) as caught:
        read_catalogue(path)
    assert [fault.what for fault in caught.value.faults] == [
        "language 'ar' in file ru.yaml", "this text is translated twice"
    ]  # fmt: skip
    with pytest.raises(VocabularyError, match="no language of catalogues"):
        read_catalogue(written(tmp_path, "language: de\ntexts: []\n", "de"))
    with pytest.raises(VocabularyError, match="a mapping"):
        read_catalogue(written(tmp_path, "- ru\n"))


def test_arabic_may_say_one_and_two_in_words_and_russian_may_not(tmp_path: Path) -> None:
    forms = "{zero: لا, one: واحد, two: اثنان, few: '{n}', many: '{n}', other: '{n}'}"
    assert catalogue(tmp_path, f"{{en: '{{n}} dunes', forms: {forms}}}", language="ar").plurals


def test_an_instrument_may_go_by_its_full_name(tmp_path: Path) -> None:
    assert catalogue(tmp_path, "{en: '{a.instrument}: {a.gist}', text: '{a.instrument_name}: {a.gist}'}").texts


def test_a_pack_brings_its_own_translations(tmp_path: Path) -> None:
    folder = tmp_path / "dunes"
    (folder / "overlap").mkdir(parents=True)
    (folder / "overlap" / "OVL-900.yaml").write_text(RULE, encoding="utf-8")
    (rule,) = load_rules([folder]).rules
    plain = load_rules([folder]).packs[0].hash
    assert frameworks.labels_text(rule.spec.title, "ru") == rule.spec.title.en
    catalogue(folder, f"{{en: {rule.spec.title.en!r}, text: Дюны}}")
    again = load_rules([folder])
    assert again.faults == ()
    assert frameworks.labels_text(again.rules[0].spec.title, "ru") == "Дюны"
    assert again.packs[0].hash != plain
    written(folder, "language: ru\ntexts: [{en: a}]\n")
    (fault,) = load_rules([folder]).faults
    assert str(fault).startswith(f"{folder}/translations/ru.yaml:2:9: an entry has either text or forms")


def test_what_is_missing_and_what_is_stale_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "overlap").mkdir()
    (tmp_path / "overlap" / "OVL-900.yaml").write_text(RULE, encoding="utf-8")
    catalogue(tmp_path, "{en: no such text, text: нет}")
    before = {each.language: each for each in coverage(tmp_path)}
    assert before["fr"].missing == ()
    assert [english for english, _ in before["ru"].stale] == ["no such text"]
    missing = before["ru"].missing[0].english
    catalogue(tmp_path, f"{{en: {missing!r}, text: есть}}")
    after = {each.language: each for each in coverage(tmp_path)}
    assert after["ru"].translated == before["ru"].translated + 1
    assert after["ru"].stale == ()
    done = rules_runner(monkeypatch, capsys)("translations", tmp_path, "--language", "ar", "--check")
    assert done.status == 2
    assert f"- en: {missing}" in done.out.replace("'", "")


def test_the_shipped_catalogues_have_no_fault_and_nothing_stale() -> None:
    assert catalogue_faults(rules_dir()) == ()
    assert {each.language: each.stale for each in coverage(rules_dir())} == dict.fromkeys(REPORT_LANGUAGES[1:], ())


@pytest.mark.parametrize("language", REPORT_LANGUAGES[1:])
def test_every_text_of_the_shipped_rules_stands_in_every_language_of_reports(language: str) -> None:
    (found,) = (each for each in coverage(rules_dir()) if each.language == language)
    assert [str(each.where) for each in found.missing] == []
    assert found.texts > 1000


def test_official_wording_alone_stands_in_english_only() -> None:
    lone = [entry.id for entry in frameworks.entries() if entry.label.fr is None and entry.wording != "official"]
    assert lone == []
    assert not [each for each in source_texts(rules_dir()) if set(each.texts) == {"en"}]


def test_latin_words_are_kept_apart_in_arabic_sentences() -> None:
    assert isolated("120 000 ha (Kaolack).", "ar") == "\u2068120 000 ha (Kaolack).\u2069"
    assert isolated("2030", "ar") == "2030"
    assert isolated("120 000 ha", "ru") == "120 000 ha"
