"""The same targets in the many styles of plans: numbered lines, lists, tables with units and years in other places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from strategies_reading import xlsx_bytes

from coherence.extraction import extract_commitments
from coherence.models import ManifestEntry
from coherence.reading import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.models import Commitment
    from coherence.vocabulary import Language

Figures = set[tuple[float | None, str, int | None]]


def read(path: Path, content: str | bytes, language: Language, instrument: str = "LDN") -> tuple[Commitment, ...]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    entry = ManifestEntry.model_validate(
        {"file": path.name, "path": str(path), "instrument": instrument, "year": 2020, "language": language}
    )
    return extract_commitments(read_document(entry, "GHA"))


def figures(found: tuple[Commitment, ...]) -> Figures:
    return {(q.value, q.unit, c.target_year) for c in found for q in c.quantities}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Target {}: Restore 12,000 ha of degraded rangeland by 2030.",
                "Target {}. Halt gully erosion near towns.",
            ],
        ),
        (
            "fr",
            [
                "Cible {} : Restaurer 12 000 ha de pâturages dégradés d'ici 2030.",
                "Cible {}. Arrêter l'érosion des ravins autour des villes.",
            ],
        ),
        (
            "es",
            [
                "Meta {}: Restaurar 12 000 ha de pastizales degradados al 2030.",
                "Meta {}. Detener la erosión de cárcavas en los valles.",
            ],
        ),
        (
            "ru",
            [
                "Цель {}: Восстановить 12 тыс. га деградированных пастбищ к 2030 году.",
                "Цель {}. Остановить эрозию оврагов вокруг городов.",
            ],
        ),
        (
            "ar",
            [
                "الهدف {}: استعادة 12 ألف هكتار من المراعي المتدهورة بحلول عام 2030.",
                "الهدف {}: وقف التصحر في محافظات الجنوب.",
            ],
        ),
    ],
)
def test_numbered_targets_one_a_line(tmp_path: Path, language: Language, lines: list[str]) -> None:
    text = "\n".join(["LDN", "", *(line.format(number) for number, line in enumerate(lines, start=1))])
    found = read(tmp_path / "ldn.txt", text, language)
    assert figures(found) == {(12_000, "ha", 2030)}
    assert len(found) == len(lines)


def test_marks_of_items_in_plain_text(tmp_path: Path) -> None:
    text = (
        "NATIONAL ADAPTATION PLAN\n\nSector: Agriculture\n"
        "  -> distribute drought-tolerant seed to 80 000 households\n"
        "  -> plant windbreaks along 400 km of fields by 2030\n"
        "  => rehabilitate 14 irrigation schemes\n"
    )
    found = read(tmp_path / "nap.txt", text, "en", "NAP")
    assert figures(found) == {(80_000, "count", None), (400, "km", 2030), (14, "count", None)}


@pytest.mark.parametrize(
    ("unit", "written", "value", "canonical"),
    [
        ("km2", "150", 15_000, "ha"),
        ("million", "3", 3_000_000, "count"),
        ("%", "35", 35, "percent"),
        ("ha", "2500", 2_500, "ha"),
        ("'000 ha", "4.5", 4_500, "ha"),
    ],
)
def test_units_and_scales_in_a_cell_of_their_own(
    tmp_path: Path, unit: str, written: str, value: float, canonical: str
) -> None:
    action = "Plant trees along rivers" if unit == "million" else "Protect the catchments of the hills"
    indicator = "Trees planted" if unit == "million" else "Area protected"
    heads = ["No.", "Target", "Indicator", "Unit", "Target value", "Year"]
    sheet = [
        ["LDN targets"],
        [],
        heads,
        [1, action, indicator, unit, written, 2032],
        [2, action, "Plans", "", "", 2031],
    ]
    assert (value, canonical, 2032) in figures(read(tmp_path / "ldn.xlsx", xlsx_bytes(sheet), "en"))


def test_a_number_beside_a_figure_is_no_scale(tmp_path: Path) -> None:
    sheet = [["Action", "Hectares, 2025", "Hectares, 2030"], ["Protect the old forest", 1000, 4000]]
    assert figures(read(tmp_path / "ldn.xlsx", xlsx_bytes(sheet), "en")) == {(1_000, "ha", 2025), (4_000, "ha", 2030)}


@pytest.mark.parametrize(
    ("language", "head", "rows"),
    [
        ("en", "| Action | Area, 2025 (ha) | Area, 2030 (ha) | Period |", "Reseed pastures"),
        ("fr", "| Action | Superficie 2025 (ha) | Superficie 2030 (ha) | Période |", "Réensemencer les pâturages"),
        ("ru", "| Мера | Площадь, 2025 (га) | Площадь, 2030 (га) | Период |", "Восстановление пастбищ"),
    ],
)
def test_the_year_of_a_column_dates_its_figures_before_the_period_of_the_row(
    tmp_path: Path, language: Language, head: str, rows: str
) -> None:
    table = f"# LDN\n\n{head}\n|---|---|---|---|\n| {rows} | 800 | 9000 | 2022-2032 |\n"
    found = read(tmp_path / "ldn.md", table, language)
    assert figures(found) == {(800, "ha", 2025), (9_000, "ha", 2030)}
    assert {c.start_year for c in found if c.quantities} == {2022}


def test_units_and_years_under_merged_heads(tmp_path: Path) -> None:
    html = (
        "<h1>Cibles NDT</h1><table><tr><th rowspan=2>Cible</th><th colspan=2>Superficie (ha)</th></tr>"
        "<tr><th>2025</th><th>2030</th></tr><tr><td>Restauration des terres dégradées</td><td>10 000</td>"
        "<td>25 000</td></tr></table>"
    )
    assert figures(read(tmp_path / "ldn.html", html, "fr")) == {(10_000, "ha", 2025), (25_000, "ha", 2030)}


def test_a_share_with_its_sign_in_the_next_cell_of_a_document(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Adaptation plan", 0)
    table = made.add_table(rows=3, cols=4)
    rows = (
        ["Measure", "Quantity", "Unit", "By"],
        ["Treat wastewater", "60", "%", "2030"],
        ["Dig wells", "240", "wells", "2028"],
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.save(str(tmp_path / "made.docx"))
    found = read(tmp_path / "nap.docx", (tmp_path / "made.docx").read_bytes(), "en", "NAP")
    assert figures(found) == {(60, "percent", 2030), (240, "count", 2028)}
