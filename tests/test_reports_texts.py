"""The words of reports: complete, consistent over languages, and all in use."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from string import Formatter

import pytest
from rich.console import Console
from sample_report import sample_report

from coherence.models import DisabledRule, PackRecord, Quantity
from coherence.reports import print_summary, render_html
from coherence.reports.digest import digest
from coherence.reports.sheets import sheets_of
from coherence.reports.wording import Wording, all_texts
from coherence.vocabulary import SOURCE_LANGUAGES

REPORTS = Path(__file__).parent.parent / "coherence" / "reports"
SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in (*sorted(REPORTS.rglob("*")), REPORTS.parent / "amounts.py")
    if path.suffix in {".py", ".j2"}
)
MAY_BE_EMPTY = {"unit.count", "unit.other"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(all_texts()))
def test_every_text_stands_in_every_language(key: str) -> None:
    texts = all_texts()[key]
    assert set(texts) == set(SOURCE_LANGUAGES)
    assert all(isinstance(text, str) for text in texts.values())
    assert all(text.strip() for text in texts.values()) or key in MAY_BE_EMPTY
    assert len({frozenset(placeholders(text)) for text in texts.values()}) == 1


def test_every_key_that_code_and_templates_name_exists() -> None:
    named = re.findall(r"""(?:\bt|words\.text|self\.text)\(\s*["']([a-z_]+\.[A-Za-z0-9_]+)["']\s*[,)]""", SOURCE)
    assert len(named) > 100
    assert set(named) <= set(all_texts())


def test_no_text_is_left_unused() -> None:
    """A key is used when it is named in full, or begins with what a key is put together from."""
    named = set(re.findall(r"""["']([a-z_]+\.[A-Za-z0-9_]+)["']""", SOURCE))
    beginnings = {
        *re.findall(r"""["']([a-z_]+\.[a-z_]*)["'] ~""", SOURCE),
        *re.findall(r"""f["']([a-z_]+(?:\.[a-z_]*)+){""", SOURCE),
    }
    beginnings |= {f"{group}." for group in re.findall(r"""_text\(["']([a-z_]+)["'], """, SOURCE)}
    named |= {f"count.{noun}" for noun in re.findall(r"""count\(["']([a-z_]+)["']""", SOURCE)}
    beginnings |= {f"count.{noun}" for noun in re.findall(r"""count\(f["']([a-z_]+){""", SOURCE)}
    named |= {"count.left_out", "count.errors"}
    listed = {"document", "commitment"}  # headings of columns, named in lists
    unused = {
        key
        for key in all_texts()
        if key not in named
        and not any(
            key.startswith(beginning) for beginning in beginnings - {f"{group}." for group in listed} - {"count."}
        )
        and key.removesuffix(".one").removesuffix(".other") not in named
        and not (key.split(".")[0] in listed and f'"{key.split(".")[1]}"' in SOURCE)
    }
    assert unused == set()


def test_no_word_lays_blame() -> None:
    words = re.compile(
        r"\b(fail(s|ed|ure)|bad|wrong|fault|weak|poor|échec|faute|mauvais|fallo|culpa|malo)\b", re.IGNORECASE
    )
    found = [(key, text) for key, texts in all_texts().items() for text in texts.values() if words.search(text)]
    assert found == []


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", 1, "1 finding"),
        ("en", 0, "0 findings"),
        ("en", 1200, "1,200 findings"),
        ("fr", 0, "0 constat"),
        ("fr", 1200, "1\u202f200 constats"),
        ("fr", 1_000_000, "1\u202f000\u202f000 constats"),
        ("es", 2, "2 hallazgos"),
    ],
)
def test_counts_follow_the_language(language: str, number: int, words: str) -> None:
    assert Wording(language).count("findings", number) == words


def test_a_language_without_reports_gives_english() -> None:
    assert Wording("pt").text("kind.gap") == "Gap"


@pytest.mark.parametrize(
    ("fields", "language", "words"),
    [
        ({"value": 200_000, "unit": "ha"}, "en", "200,000 ha"),
        ({"value": 0.5, "unit": "percent", "qualifier": "at_least"}, "fr", "au moins 0,5 %"),
        ({"low": 7, "high": 22, "unit": "percent"}, "en", "7 to 22 %"),
        ({"value": 64e6, "unit": "tCO2e", "per_year": True}, "es", "64.000.000 t CO₂e por año"),
        ({"value": 3, "unit": "count", "of": "sites", "text": "environ 3\tsites"}, "en", "environ 3 sites"),
        ({"value": 1e9, "unit": "XOF"}, "en", "1,000,000,000 XOF"),
        ({"unit": "ha", "text": "several ha"}, "en", "several ha"),
    ],
)
def test_quantities_read_naturally(fields: dict[str, object], language: str, words: str) -> None:
    quantity = Quantity.model_validate({"text": "as written", **fields})
    assert Wording(language).quantity(quantity).replace("\u202f", " ").replace("\xa0", " ") == words


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("0.3361346666666666666666666667", "fr", "0,3361"),
        ("200000", "en", "200,000"),
        ("unknown", "es", "no encontrado"),
        ("{land_restoration, soil_carbon}", "fr", "Restauration des terres, Carbone du sol"),
        ("{}", "en", "none"),
        ("LDN", "en", "LDN"),
    ],
)
def test_values_that_conditions_saw_are_put_in_words(value: str, language: str, words: str) -> None:
    assert Wording(language).read_value(value) == words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("a.target_year", "2030", "2030"),
        ("b.target_year", "unknown", "non trouvé"),
        ("pair.shared_ecosystems", "{forest, coastal}", "Forêt, Littoral"),
        ("a.instrument", "NBSAP", "SPANB"),
        ("a.kind", "goal", "but"),
        ("a.area_ha", "2030", "2\u202f030"),
        ("a.action", "plant trees", "plant trees"),
    ],
)
def test_values_are_read_by_the_fact_they_belong_to(name: str, value: str, words: str) -> None:
    assert Wording("fr").read_value(value, name) == words


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("UNCCD 3/COP.16", "CNULCD, décision 3/COP.16"),
        ("KMGBF-T2", "Cadre mondial de la biodiversité, cible 2"),
        ("UNCCD-SO3", "CNULCD, objectif stratégique 3"),
        ("SDG-15.3.1", "ODD 15.3.1"),
        ("LDN-AVOID", ""),
    ],
)
def test_decisions_are_named_in_the_language(basis: str, words: str) -> None:
    assert Wording("fr").basis_name(basis) == words


def test_places_without_pages_are_named_in_the_language() -> None:
    assert Wording("es").locator("table 2, row 5") == "cuadro 2, fila 5"


def test_pages_join_runs() -> None:
    assert Wording("en").pages((9, 3, 1, 2, 2, 7)) == "1–3, 7, 9"


def test_signs_are_true_minus_signs() -> None:
    assert [Wording("en").score(score) for score in (2, 0, -1)] == ["+2 reinforcing", "0 consistent", "−1 constraining"]


def test_rules_that_are_turned_off_are_counted_with_the_pack_in_every_form() -> None:
    off = (DisabledRule(rule="OVL-008", reason="x"), DisabledRule(rule="OVL-009", reason="y"))
    pack = PackRecord(name="Dune group", version="1.0.0", hash="0" * 64, rules=0, disables=off)
    report = sample_report().model_copy(update={"packs": (pack,), "left_out": (), "notices": (), "language": "en"})
    told = "2 rules are turned off, by: Dune group"
    page = render_html(report)
    assert told in page
    assert "every rule ran" not in page
    console = Console(record=True, width=200, file=StringIO())
    print_summary(report, console)
    assert told in console.export_text()
    rows = sheets_of(digest(report), Wording("en"))[0].rows
    assert any(told in str(cell) for row in rows for cell in row.values)
