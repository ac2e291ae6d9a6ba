"""Every language is complete, and the page on adding one tells the truth about where its words and its code stand."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments
from coherence.extraction.cues import classes_of_heading, find_cues
from coherence.extraction.quantities import find_quantities
from coherence.extraction.years import find_years
from coherence.notices import language_phrase, phrase_text
from coherence.pipeline import assess_directory
from coherence.resources import rules_dir
from coherence.strict_yaml import load_plain
from coherence.vocabulary import LANGUAGES, REPORT_LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/how-to/add-a-language.md").read_text(encoding="utf-8")
VOCABULARY = rules_dir() / "vocabulary"
FOLDERS = sorted(path for path in VOCABULARY.iterdir() if path.is_dir())
"""Word lists with one file per language."""
OF_SOME = {
    "adjective_endings", "after", "auxiliaries", "before", "body_articles", "body_continues", "body_tails", "counters",
    "joins", "links", "more_than_infix", "names", "never", "no_scale", "not_in_names", "not_names",
    "parts", "stops", "suffixes",
    "aside_before_action", "passive",
}  # fmt: skip
"""Keys for what only some languages have: articles, counters, endings of adjectives, auxiliaries of the passive."""


def holds_languages(data: Any) -> bool:
    """Tell whether some mapping within has a key for every language that is read."""
    if isinstance(data, dict):
        return set(LANGUAGES) <= set(data) or any(map(holds_languages, data.values()))
    return isinstance(data, list) and any(map(holds_languages, data))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_folder_holds_one_file_per_language_with_the_same_keys(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.yaml")} == set(LANGUAGES)
    keys = {path.stem: set(load_plain(path)) - OF_SOME for path in folder.glob("*.yaml")}
    assert {code: sorted(keys["en"] ^ found) for code, found in keys.items() if found != keys["en"]} == {}


def test_the_page_names_every_place_of_words() -> None:
    shared = {path.name for path in VOCABULARY.glob("*.yaml") if holds_languages(load_plain(path))}
    for name in [*(f"`{path.name}/`" for path in FOLDERS), *(f"`{name}`" for name in shared)]:
        assert name in PAGE
    said = re.search(r"\n(\w+) files hold all languages together", PAGE)
    assert said is not None
    assert said[1] == ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")[len(shared)]


def test_the_page_names_every_module_that_names_portuguese() -> None:
    modules = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "coherence").rglob("*.py")
        if '"pt"' in path.read_text(encoding="utf-8")
    }
    named = re.search(r"Python names languages in (\w+) places", PAGE)
    assert named is not None
    assert named[1] == ("no", "one", "two", "three", "four")[len(modules)]
    assert all(f"`{module}`" in PAGE for module in modules)


def test_files_that_the_page_names_exist() -> None:
    for name in re.findall(r"`((?:tests|coherence|rules|corpora)/[\w./]+)`", PAGE):
        assert (ROOT / name).exists(), name


# Portuguese, the proof of the page: both orthographies, plain wording.


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("um milhão e meio de hectares", 1_500_000, "ha"),
        ("7 milhões e 250 mil hectares", 7_250_000, "ha"),
        ("meio milhão de mudas", 500_000, "count"),
        ("2,4 bilhões de reais", 2.4e9, "BRL"),
        ("3 mil milhões de euros", 3e9, "EUR"),
        ("R$ 45 milhões", 45e6, "BRL"),
        ("12 900 GWh", 12_900, "GWh"),
        ("60 furos de água", 60, "count"),
        ("quatro parques eólicos", 4, "count"),
        ("25 mil agregados familiares", 25_000, "count"),
        ("desflorestação ilegal zero", 0, "ha"),
        ("zerar o desmatamento ilegal", 0, "ha"),
    ],
)
def test_portuguese_quantities(text: str, value: float, unit: str) -> None:
    (mention,) = find_quantities(text, "pt")
    assert (mention.value, mention.unit) == (value, unit)


def test_portuguese_changes_keep_where_they_start() -> None:
    (mention,) = find_quantities("as perdas baixarão de cerca de 31% em 2012 para menos de 12% em 2028", "pt")
    assert (mention.from_value, mention.value, mention.qualifier) == (31, 12, "up_to")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("As ilhas instalarão painéis solares", "future"),
        ("O Governo vai plantar mangais", "future"),
        ("O plano visa duplicar a área", "future"),
        ("As emissões têm aumentado", "past"),
        ("O país perdeu florestas", "past"),
        ("A floresta ocupa um quinto do território", "background"),
        ("Prevê-se que a procura de energia cresça", "projection"),
        ("Sem medidas, a costa ficaria submersa", "projection"),
        ("sujeita ao apoio, com cooperação internacional", "conditional"),
        ("com meios nacionais", "unconditional"),
        ("face ao cenário de base", "bau"),
        ("não se compromete com um valor", "negated"),
    ],
)
def test_portuguese_cues(text: str, wanted: str) -> None:
    assert wanted in {cue.cue for cue in find_cues(text, "pt")}


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("reduzir o metano dos arrozais", "aim"),
        ("atualizar a lei das florestas", "background"),
        ("promover um modelo de pecuária sustentável", "projection"),
        ("reforçar o serviço, já que é pequeno", "past"),
        ("financiado com base em recursos do Estado", "baseline"),
        ("representantes das comunidades", "background"),
    ],
)
def test_portuguese_words_that_only_begin_alike_are_no_cues(text: str, unwanted: str) -> None:
    assert unwanted not in {cue.cue for cue in find_cues(text, "pt")}


def test_a_preposition_is_no_number_sign() -> None:
    assert classes_of_heading("Investimento no período", "pt", "head") == {"need", "target"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("até ao final de 2032", [(2032, "target")]),
        ("o mais tardar em 2027", [(2027, "target")]),
        ("face aos níveis de 2008", [(2008, "baseline")]),
        ("relativamente às emissões, na comparação com 2011", [(2011, "baseline")]),
        ("a partir de 2019", [(2019, "start")]),
    ],
)
def test_portuguese_years(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(mention.year, mention.role) for mention in find_years(text, "pt")] == expected


def test_a_plan_in_portuguese_is_read_as_its_reader_would() -> None:
    """Wording of Brazil's spelling; the figures of its climate contribution of 2015."""
    made = document(
        paragraph("Entre 2004 e 2014, a taxa de desmatamento na Amazônia caiu cerca de 80%.", "1. Contexto"),
        paragraph("Hoje, fontes renováveis respondem por 40% da matriz energética brasileira.", "1. Contexto"),
        paragraph(
            "O Brasil se compromete a reduzir as emissões de gases de efeito estufa em 37% abaixo dos níveis de 2005, "
            "em 2025. Pretende chegar a uma redução de 43% em 2030, na comparação com 2005.",
            "2. Contribuição",
        ),
        paragraph(
            "O país vai restaurar e reflorestar 12 milhões de hectares de florestas até 2030.", "2. Contribuição"
        ),
        paragraph("A parcela de bioenergia na matriz crescerá para aproximadamente 18% até 2030.", "2. Contribuição"),
        paragraph("No setor elétrico, serão obtidos 10% de ganhos de eficiência até 2030.", "2. Contribuição"),
        language="pt",
        year=2015,
    )
    found = {
        q.value: (q.unit, c.target_year, c.baseline.year if c.baseline else None, c.themes[:1])
        for c in extract_commitments(made)
        for q in c.quantities
    }
    assert found == {
        37: ("percent", 2025, 2005, ("ghg_economy_wide",)),
        43: ("percent", 2030, 2005, ()),
        12e6: ("ha", 2030, None, ("reforestation",)),
        18: ("percent", 2030, None, ("bioenergy",)),
        10: ("percent", 2030, None, ("energy_efficiency",)),
    }


def test_a_portuguese_table_with_years_as_columns() -> None:
    heads = ("Medida", "2024", "2030")
    cells = ("Área de pastagens recuperadas (mil ha)", "120", "450")
    made = document(row({(head,): cell for head, cell in zip(heads, cells, strict=True)}), language="pt", year=2015)
    found = [(q.value, q.unit, c.target_year) for c in extract_commitments(made) for q in c.quantities]
    assert sorted(found) == [(120_000, "ha", 2024), (450_000, "ha", 2030)]


def test_a_report_on_documents_of_another_language_says_so() -> None:
    report = assess_directory(ROOT / "corpora/cabo_verde").report
    assert report.language == "en"
    (said,) = [notice for notice in report.notices if notice.message == "report.other_language"]
    assert said.level == "warning"
    assert "Portuguese" in said.what
    assert "--language" in said.remedy
    asked = assess_directory(ROOT / "corpora/cabo_verde", language="es").report
    assert asked.language == "es"
    assert not [notice for notice in asked.notices if notice.message == "report.other_language"]
    assert all(commitment.language == "pt" for commitment in asked.commitments)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_a_name_in_every_report(code: Language) -> None:
    assert all(phrase_text(language_phrase(code).id, spoken) for spoken in REPORT_LANGUAGES)


def labels_in(data: object) -> Iterator[dict[str, object]]:
    """Yield every mapping that stands under the key ``label``, at any depth."""
    for name, value in data.items() if isinstance(data, dict) else ():
        if name == "label" and isinstance(value, dict):
            yield value
        else:
            yield from labels_in(value)


@pytest.mark.parametrize("path", sorted(VOCABULARY.glob("*.yaml")), ids=lambda path: path.name)
def test_a_label_holds_languages_and_no_cut_words(path: Path) -> None:
    """A comma in a label without quotes would cut it: the rest becomes a key of its own."""
    for label in labels_in(load_plain(path)):
        assert set(label) <= set(LANGUAGES)
        assert all(label.values())


@pytest.mark.parametrize("path", sorted(rules_dir().rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_list_holds_a_word_twice(path: Path) -> None:
    assert not list(_twice(load_plain(path)))


def _twice(data: Any, where: str = "") -> Iterator[str]:
    """Yield the texts and numbers that stand twice in one list, with the keys that lead there."""
    if isinstance(data, list):
        found = Counter(each for each in data if isinstance(each, str | int))
        yield from (f"{where}: {each}" for each, number in found.items() if number > 1)
    for key, part in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from _twice(part, f"{where}.{key}")
