from __future__ import annotations

import io
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas
from strategies_reading import check_offsets

from coherence.errors import ReadingError
from coherence.models import ManifestEntry
from coherence.reading import read_document
from coherence.reading.ocr import ocr_available, ocr_packages
from coherence.reading.pdf_pages import page_ranges

if TYPE_CHECKING:
    from pathlib import Path

FAKE = """#!/bin/sh
if [ "$1" = --list-langs ]; then echo "List of available languages (2):"; echo eng; echo fra; exit 0; fi
read magic
[ "$magic" = P5 ] || exit 3
cat > /dev/null
[ "$4" = eng ] || [ "$4" = eng+fra ] || exit 4
printf 'Targets\\n\\nBy 2030 the country will restore 700 hectares of de-\\ngraded land, north and south.\\n\\f'
"""


def _pdf(path: Path, *, scans: int, text: int) -> ManifestEntry:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for _ in range(text):
        canvas.drawString(72, 700, "The ministry will plant 5 ha of trees by the year 2030.")
        canvas.showPage()
    for _ in range(scans):
        canvas.rect(72, 500, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    path.write_bytes(stream.getvalue())
    return ManifestEntry(file=path.name, path=str(path), instrument="NDC", language="en")


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(FAKE, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/bin{os.pathsep}/usr/bin")
    return program


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)


@pytest.mark.usefixtures("no_tesseract")
def test_pages_without_text_are_named_with_what_to_install(tmp_path: Path) -> None:
    document = read_document(_pdf(tmp_path / "ndc.pdf", text=1, scans=2), "GHA")
    (notice,) = [notice for notice in document.notices if "text layer" in notice.what]
    assert "2–3" in notice.what
    assert notice.level == "warning"
    assert "tesseract-ocr tesseract-ocr-eng" in notice.remedy
    assert not any(page.ocr for page in document.pages)


@pytest.mark.usefixtures("no_tesseract")
def test_a_scan_without_ocr_is_left_out_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"scan.*tesseract-ocr"):
        read_document(_pdf(tmp_path / "ndc.pdf", text=0, scans=2), "GHA")


@pytest.mark.usefixtures("tesseract")
def test_pages_without_text_are_recognised_and_marked(tmp_path: Path) -> None:
    document = read_document(_pdf(tmp_path / "ndc.pdf", text=1, scans=1), "GHA")
    check_offsets(document)
    assert [page.ocr for page in document.pages] == [False, True]
    last = document.passages[-1]
    assert last.text == "By 2030 the country will restore 700 hectares of degraded land, north and south."
    assert last.spans[0].page == 2
    assert any("optical character recognition" in notice.what for notice in document.notices)
    assert not any("not read" in notice.what for notice in document.notices)


@pytest.mark.usefixtures("tesseract")
def test_a_language_without_data_counts_as_absent() -> None:
    assert ocr_available("en")
    assert ocr_available(None)
    assert not ocr_available("zh")
    assert "tesseract-ocr-chi-sim" in ocr_packages("zh")


def test_a_failing_program_leaves_the_other_pages(tmp_path: Path, tesseract: Path) -> None:
    tesseract.write_text(FAKE.replace("read magic", "exit 9"), encoding="utf-8")
    document = read_document(_pdf(tmp_path / "ndc.pdf", text=1, scans=1), "GHA")
    assert any("page(s) 2" in notice.what for notice in document.notices)
    assert document.passages


def test_page_ranges() -> None:
    assert page_ranges([7, 2, 5, 6]) == "2, 5–7"
