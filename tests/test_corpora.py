"""The example dossiers: complete, rebuilt from their sources, and annotated with quotes that stand in them."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pypdfium2
import pytest
from docx.table import Table
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from coherence.extraction import extract_commitments
from coherence.models import ManifestEntry
from coherence.reading import read_document
from coherence.strict_yaml import load_plain

if TYPE_CHECKING:
    from types import ModuleType

CORPORA = Path(__file__).parents[1] / "corpora"
DOSSIERS = sorted(path.parent for path in CORPORA.glob("*/dossier.yaml"))
ANNOTATIONS = sorted(CORPORA.glob("*/gold/*.jsonl"))
BINARIES = sorted(CORPORA.glob("*/sources/*.md"))
KEYS = [
    *("doc", "quote", "value", "value_low", "value_high", "unit", "unit_of", "per_year", "qualifier", "action"),
    *("themes", "target_year", "start_year", "baseline_year", "baseline_kind", "conditionality", "ldn_response"),
    *("place", "repeats", "note"),
]


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_formats", CORPORA / "build_formats.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up while it loads.
    sys.modules["build_formats"] = module
    spec.loader.exec_module(module)
    return module


def spaced(text: str) -> str:
    """Return text with every run of white space and cell borders as one space."""
    return re.sub(r"[\s|;]+", " ", text).strip()


def docx_lines(path: Path) -> list[str]:
    lines: list[str] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return lines


def xlsx_lines(path: Path) -> list[str]:
    book = CalamineWorkbook.from_path(str(path))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return ["\t".join(f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row) for row in rows]


def pdf_lines(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    lines = []
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        lines.append(text_page.get_text_bounded())
        text_page.close()
        page.close()
    document.close()
    return lines


def html_lines(path: Path) -> list[str]:
    body = LexborHTMLParser(path.read_text(encoding="utf-8")).body
    assert body is not None
    return [body.text(separator=" ")]


def plain_text(path: Path) -> str:
    readers = {".docx": docx_lines, ".xlsx": xlsx_lines, ".pdf": pdf_lines, ".html": html_lines}
    reader = readers.get(path.suffix)
    text = "\n".join(reader(path)) if reader else path.read_text(encoding="utf-8")
    return spaced(text)


def rows(annotation: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in annotation.read_text(encoding="utf-8").splitlines()]


def label(path: Path) -> str:
    return str(path.relative_to(CORPORA))


def test_four_dossiers_in_four_languages() -> None:
    languages = {entry["language"] for path in DOSSIERS for entry in load_plain(path / "dossier.yaml")["documents"]}
    assert [path.name for path in DOSSIERS] == ["bolivia", "burkina_faso", "cabo_verde", "ghana"]
    assert languages == {"en", "es", "fr", "pt"}


def test_formats_are_mixed() -> None:
    suffixes = {Path(e["file"]).suffix for path in DOSSIERS for e in load_plain(path / "dossier.yaml")["documents"]}
    assert suffixes == {".pdf", ".docx", ".xlsx", ".csv", ".html", ".md", ".txt"}


@pytest.mark.parametrize("dossier", DOSSIERS, ids=label)
def test_manifest_names_what_lies_in_the_folder(dossier: Path) -> None:
    manifest = load_plain(dossier / "dossier.yaml")
    listed = {entry["file"] for entry in manifest["documents"]}
    present = {path.name for path in dossier.iterdir() if path.is_file()}
    assert present == listed | {"dossier.yaml", "SOURCES.md"}
    assert {"NDC", "LDN", "NBSAP", "NAP"} <= {entry["instrument"] for entry in manifest["documents"]}
    assert all(entry["source"] and entry["title"] for entry in manifest["documents"])


@pytest.mark.parametrize("dossier", DOSSIERS, ids=label)
def test_every_document_has_its_sources_and_stays_small(dossier: Path) -> None:
    table = (dossier / "SOURCES.md").read_text(encoding="utf-8")
    for entry in load_plain(dossier / "dossier.yaml")["documents"]:
        assert f"| {entry['file']}" in table
        assert (dossier / entry["file"]).stat().st_size < 150_000


@pytest.mark.parametrize("source", BINARIES, ids=label)
def test_binaries_say_what_their_sources_say(source: Path, tmp_path: Path) -> None:
    committed = source.parent.parent / source.stem
    rebuilt = tmp_path / source.stem
    rebuilt.write_bytes(builder().render(source.read_text(encoding="utf-8"), committed.suffix))
    assert plain_text(rebuilt) == plain_text(committed)


@pytest.mark.parametrize("source", BINARIES, ids=label)
def test_building_twice_gives_the_same_bytes(source: Path) -> None:
    render = builder().render
    text, suffix = source.read_text(encoding="utf-8"), Path(source.stem).suffix
    assert render(text, suffix) == render(text, suffix)


def test_every_document_is_annotated() -> None:
    documents = {
        (path.name, Path(entry["file"]).stem)
        for path in DOSSIERS
        for entry in load_plain(path / "dossier.yaml")["documents"]
    }
    assert {(path.parent.parent.name, path.stem) for path in ANNOTATIONS} == documents


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=label)
def test_annotated_quotes_stand_in_the_document(annotation: Path) -> None:
    for row in rows(annotation):
        text = plain_text(annotation.parent.parent / row["doc"])
        for quote in (row["quote"], *row["repeats"]):
            assert spaced(quote) in text


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=label)
def test_annotations_are_well_formed(annotation: Path) -> None:
    seen = set()
    for row in rows(annotation):
        assert list(row) == KEYS
        assert row["conditionality"] in {"unconditional", "conditional", "unstated"}
        assert 1 <= len(row["themes"]) <= 3
        assert len(row["quote"]) <= 400
        seen.add((row["quote"], row["value"], row["target_year"], row["unit"]))
    assert len(seen) == len(rows(annotation))


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=label)
def test_annotated_values_stand_in_their_quotes(annotation: Path) -> None:
    for row in rows(annotation):
        digits = "".join(re.findall(r"\d", row["quote"]))
        significant = re.sub(r"\D", "", f"{row['value']:.10g}" if row["value"] < 1 else str(row["value"])).rstrip("0")
        assert significant in digits


@pytest.mark.parametrize("dossier", DOSSIERS, ids=label)
def test_documents_are_read_with_every_annotated_quote(dossier: Path) -> None:
    manifest = load_plain(dossier / "dossier.yaml")
    for item in manifest["documents"]:
        entry = ManifestEntry(path=str(dossier / item["file"]), **item)
        document = read_document(entry, manifest["country"])
        assert document.notices == ()
        texts = [spaced(passage.text) for passage in document.passages]
        annotation = dossier / "gold" / f"{Path(entry.file).stem}.jsonl"
        quotes = {quote for row in rows(annotation) for quote in (row["quote"], *row["repeats"])}
        assert {quote for quote in quotes if not any(spaced(quote) in text for text in texts)} == set()
        for span in (span for passage in document.passages for span in passage.spans):
            assert document.pages[span.page - 1].text[span.start : span.end] == span.text


@pytest.fixture(scope="module")
def found() -> dict[str, list[tuple[float | None, str]]]:
    """Values and units that extraction finds in each document."""
    values: dict[str, list[tuple[float | None, str]]] = {}
    for dossier in DOSSIERS:
        manifest = load_plain(dossier / "dossier.yaml")
        for item in manifest["documents"]:
            document = read_document(ManifestEntry(path=str(dossier / item["file"]), **item), manifest["country"])
            quantities = (quantity for each in extract_commitments(document) for quantity in each.quantities)
            values[label(dossier / item["file"])] = [(quantity.value, quantity.unit) for quantity in quantities]
    return values


def test_most_annotated_promises_are_found_and_little_else(found: dict[str, list[tuple[float | None, str]]]) -> None:
    wanted = Counter(
        (label(annotation.parent.parent / row["doc"]), row["value"], row["unit"])
        for annotation in ANNOTATIONS
        for row in rows(annotation)
    )
    got = Counter((path, *quantity) for path, quantities in found.items() for quantity in quantities)
    matched = (wanted & got).total()
    assert matched >= 0.7 * wanted.total()
    assert matched >= 0.75 * got.total()


@pytest.mark.parametrize(
    ("document", "value"),
    [
        ("ghana/ndc.pdf", 19_530_000), ("ghana/ndc.pdf", 73_950_000), ("ghana/ndc.pdf", 0.1), ("ghana/nap.xlsx", 22),
        ("burkina_faso/ndc.docx", 9_316_000), ("burkina_faso/ndc.docx", 118_323_000), ("burkina_faso/ldn.md", 469_650),
        ("bolivia/ndc.html", 52_500_000), ("bolivia/ndc.html", 27), ("bolivia/nap.pdf", 296_368),
        ("bolivia/nbsap.md", 17_000_000), ("bolivia/forestacion.txt", 43_500),
    ],
)  # fmt: skip
def test_figures_of_the_past_are_no_promises(
    found: dict[str, list[tuple[float | None, str]]], document: str, value: float
) -> None:
    assert value not in {quantity for quantity, _ in found[document]}
