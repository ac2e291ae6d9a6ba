"""Notices in the languages of reports, and that no notice of the code is without one."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence.dossier import load_dossier, read_dossier
from coherence.errors import Fault, Location, VocabularyError
from coherence.models import Notice
from coherence.notices import Phrase, country_phrase, fault, in_language, notice, notices_of, phrase_text
from coherence.pipeline import assess_directory
from coherence.vocabulary import SOURCE_LANGUAGES, term_list

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "coherence"
MODULES = sorted(PACKAGE.rglob("*.py"))
MESSAGES: dict[str, dict[str, dict[str, str]]] = term_list("notices")["messages"]
PHRASES: dict[str, dict[str, str]] = term_list("notices")["phrases"]
LATE = "__late__"
"""Stands for a message id that is only known when the code runs."""


def _placeholders(text: str) -> set[tuple[str | None, str | None]]:
    return {(name, form) for _, name, form, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_stands_in_every_report_language_with_the_same_placeholders(message: str) -> None:
    assert set(MESSAGES[message]) <= {"what", "remedy"}
    for texts in MESSAGES[message].values():
        assert set(texts) == set(SOURCE_LANGUAGES)
        assert len({frozenset(_placeholders(text)) for text in texts.values()}) == 1
        assert all(text and text == text.strip() for text in texts.values())


def test_phrases_stand_in_every_report_language() -> None:
    assert {frozenset(texts) for texts in PHRASES.values()} == {frozenset(SOURCE_LANGUAGES)}


def _calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_notices_are_made_from_the_vocabulary_alone(path: Path) -> None:
    direct = [node.lineno for name, node in _calls(path) if name == "Notice"]
    assert not direct or path.name == "notices.py", f"make them with coherence.notices.notice: lines {direct}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "reading").rglob("*.py")), ids=lambda path: path.name)
def test_faults_of_documents_are_made_from_the_vocabulary_alone(path: Path) -> None:
    assert not [node.lineno for name, node in _calls(path) if name == "Fault"]


def _named(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield message id and names of values of each call; "**" among the names where a mapping gives some."""
    if "from coherence.notices import" not in path.read_text(encoding="utf-8"):
        return
    places = {"notice": 2, "fault": 1}
    for name, node in _calls(path):
        if name in places and len(node.args) > places[name]:
            given_ = node.args[places[name]]
            values = {keyword.arg or "**" for keyword in node.keywords}
            yield (str(given_.value) if isinstance(given_, ast.Constant) else LATE), values


def test_every_message_is_used_and_every_use_has_its_values() -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    assert [name for name in (*MESSAGES, *PHRASES) if f'"{name}"' not in texts] == []
    for path in MODULES:
        for message, values in _named(path):
            if message == LATE or "**" in values:
                continue
            wanted = {name for part in MESSAGES[message].values() for name, _ in _placeholders(part["en"])}
            assert values == wanted, f"{path.name}: {message}"


def test_a_notice_is_english_and_can_be_said_in_other_languages() -> None:
    made = notice("info", "ndc.pdf", "document.year_inferred", year=2015, source=Phrase("source.file_name"))
    assert made.what == "year 2015 inferred from its file name"
    french = in_language(made, "fr")
    assert french.what == "année 2015 déduite d’après son nom de fichier"
    assert "ajouter « year: 2015 »" in french.remedy
    assert in_language(made, "es").what == "año 2015 deducido según su nombre de archivo"
    assert in_language(french, "en") == made
    russian = in_language(made, "ru").what
    assert "2015" in russian
    assert all(ord(letter) >= 0x400 for letter in russian if letter.isalpha())


def test_numbers_and_countries_are_written_as_the_language_does() -> None:
    made = notice("warning", "x.docx", "file.too_large", bytes=1_234_567)
    assert "1,234,567 bytes" in made.what
    assert "1\u202f234\u202f567 octets" in in_language(made, "fr").what
    named = notice("info", "x", "dossier.country_inferred", country="DZA", name=country_phrase("DZA"), source="?")
    assert "Algérie" in in_language(named, "fr").what


@given(st.text().map(lambda text: "@" + text) | st.text())
def test_values_are_shown_as_they_are(text: str) -> None:
    made = notice("info", "x.xlsx", "document.hidden_sheet", sheet=text)
    assert made.what == f"the hidden sheet '{text}' was not read"
    assert f"« {text} »" in in_language(made, "fr").what


def test_a_fault_becomes_a_notice_of_the_same_words() -> None:
    place = Location("a.docx")
    told, plain = notices_of([fault(place, "file.password"), Fault(place, "as it is", "do so")])
    assert (told.level, told.where, told.what) == ("error", "a.docx", "the file is protected by a password")
    assert in_language(told, "es").what == "el archivo está protegido con contraseña"
    assert in_language(plain, "fr") == plain == Notice(level="error", where="a.docx", what="as it is", remedy="do so")


def test_an_unknown_id_is_told() -> None:
    with pytest.raises(VocabularyError, match=r"notices\.yaml.*there is no 'no\.such'"):
        notice("info", "x", "no.such")
    with pytest.raises(VocabularyError, match=r"no\.such"):
        phrase_text("no.such", "en")


def _dossier(folder: Path) -> Path:
    folder.mkdir()
    files = {
        "ndc.txt": "D'ici à 2030, le pays restaurera 5 000 hectares de terres dégradées.",
        "b.txt": "",
        "dossier.yaml": "country: BFA\ndocuments:\n- file: ndc.txt\n- file: b.txt\n  instrument: NAP\n"
        "- file: c.pdf\n  instrument: LDN\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_report_says_its_notices_in_its_language_and_without_absolute_paths(tmp_path: Path) -> None:
    folder, rules = _dossier(tmp_path / "one"), tmp_path / "rules" / "gap"
    rules.mkdir(parents=True)
    (rules / "GAP-901.yaml").write_text("id: GAP-901\n", encoding="utf-8")
    report = assess_directory(folder).report
    assert report.language == "fr"
    assert [(each.where, each.what) for each in report.left_out] == [
        ("b.txt", "le fichier est vide"),
        ("dossier.yaml:6:9", "le fichier « c.pdf » n’est pas dans le dossier"),
    ]
    (document,) = report.documents
    assert document.notices[0].what.startswith("instrument NDC déduit")
    assert str(tmp_path) not in report.model_dump_json()
    told = assess_directory(folder, rules=[rules.parent], language="es").report
    assert told.notices[-1].what.startswith("un fallo en el archivo de regla")
    assert told.notices[-1].where.startswith(str(rules / "GAP-901.yaml"))


def test_faults_of_shipped_rules_stand_relative_to_the_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coherence import pipeline  # noqa: PLC0415
    from coherence.ruleset import load_rules  # noqa: PLC0415

    rules = tmp_path / "rules"
    (rules / "gap").mkdir(parents=True)
    (rules / "gap" / "GAP-901.yaml").write_text("id: GAP-901\n", encoding="utf-8")
    faulty = load_rules([rules])
    monkeypatch.setattr(pipeline, "rules_dir", lambda: rules)
    dossier = load_dossier(_dossier(tmp_path / "one"))
    documents, left_out = read_dossier(dossier)
    report = pipeline.assess_documents(dossier, documents, left_out, faulty).report
    assert {each.where.partition(":")[0] for each in report.notices} == {"gap/GAP-901.yaml"}
    assert all(each.message for each in (*report.notices, *report.left_out))


def test_the_vocabulary_has_messages_and_phrases_alone() -> None:
    assert set(cast("dict[str, Any]", term_list("notices"))) == {"messages", "phrases"}
