from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from strategies_reading import pdf_bytes, samples

from coherence.errors import ReadingError
from coherence.models import ManifestEntry
from coherence.reading import read_document
from coherence.reading.sniff import sniff, suffix_format

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def _ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\x00\x00" * 20


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize("name", samples())
def test_the_content_decides(name: str) -> None:
    data = samples()[name]
    own = suffix_format(name)
    assert sniff(data, name).format == own
    assert not sniff(data, name).misnamed
    if own in {"pdf", "docx", "xlsx", "ods", "html"}:
        renamed = sniff(data, "plan.txt")
        assert (renamed.format, renamed.misnamed) == (own, True)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"), (b"\x00" * 50, "empty"), (_ole("EncryptedPackage"), "password"), (_ole("WordDocument"), "DOC"),
        (_ole("Nothing"), "cannot be read"), (b"PK\x03\x04cut", "damaged or cut short"), (_zip("a.txt"), "ZIP archive"),
        (_zip("ppt/slide1.xml"), "presentation"), (b"{\\rtf1 text}", "RTF"), (b"\x89PNG\r\n\x1a\n00", "PNG"),
        (b"\x01\x02\x03\x04" * 90, "known format"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_what_next(data: bytes, said: str) -> None:
    with pytest.raises(ReadingError) as caught:
        sniff(data, "plan.bin")
    (fault,) = caught.value.faults
    assert said in fault.what
    assert fault.remedy


def test_a_pdf_that_is_none_is_damaged() -> None:
    with pytest.raises(ReadingError, match="the name says PDF"):
        sniff(b"just some text", "plan.pdf")


def test_a_workbook_is_known_by_its_stream() -> None:
    assert sniff(_ole("Workbook"), "t.xls").format == "xls"


def test_a_misnamed_pdf_is_read_with_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "ndc.docx"
    path.write_bytes(pdf_bytes("National plan\nBy 2030 the country will restore 5 ha of degraded land."))
    document = read_document(ManifestEntry(file="ndc.docx", path=str(path), instrument="NDC"), "GHA")
    assert document.format == "pdf"
    assert any("PDF" in notice.what and ".pdf" in notice.remedy for notice in document.notices)


def test_a_missing_file_is_an_error_of_reading(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="cannot be opened"):
        read_document(ManifestEntry(file="no.pdf", path=str(tmp_path / "no.pdf")), None)


def test_a_document_without_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "blank.html"
    path.write_text("<html><body><nav>menu</nav></body></html>", encoding="utf-8")
    with pytest.raises(ReadingError, match="no text"):
        read_document(ManifestEntry(file="blank.html", path=str(path)), None)
