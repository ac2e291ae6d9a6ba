"""Bad bytes of every format end in a reading or in a ReadingError, never in another exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies_reading import check_offsets, samples

from coherence.errors import ReadingError
from coherence.models import Document, ManifestEntry
from coherence.reading import read_document

if TYPE_CHECKING:
    from pathlib import Path

_FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _read(folder: Path, name: str, data: bytes) -> Document | None:
    path = folder / name
    path.write_bytes(data)
    try:
        document = read_document(ManifestEntry(file=name, path=str(path)), None)
    except ReadingError as problem:
        faults = problem.faults
    else:
        check_offsets(document)
        return document
    assert all(fault.what and fault.remedy and fault.location.path == name for fault in faults)
    assert not any("not foreseen" in fault.what for fault in faults)
    return None


@pytest.mark.parametrize("name", samples())
def test_a_whole_file_is_read(tmp_path: Path, name: str) -> None:
    document = _read(tmp_path, name, samples()[name])
    assert document is not None
    assert document.format in {name.rpartition(".")[2], "text", "markdown"}
    assert any("5 ha" in passage.text or "5,000" in passage.text for passage in document.passages)


@pytest.mark.parametrize("name", samples())
@_FUZZ
@given(share=st.floats(0, 1))
def test_truncated_files_never_crash(tmp_path: Path, name: str, share: float) -> None:
    data = samples()[name]
    _read(tmp_path, name, data[: int(share * len(data))])


@pytest.mark.parametrize("name", samples())
@_FUZZ
@given(patches=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=12)), min_size=1, max_size=6))
def test_overwritten_bytes_never_crash(tmp_path: Path, name: str, patches: list[tuple[float, bytes]]) -> None:
    data = bytearray(samples()[name])
    for share, patch in patches:
        start = int(share * (len(data) - 1))
        data[start : start + len(patch)] = patch
    _read(tmp_path, name, bytes(data))


@pytest.mark.parametrize("name", samples())
@_FUZZ
@given(data=st.binary(max_size=3000))
def test_random_bytes_never_crash(tmp_path: Path, name: str, data: bytes) -> None:
    _read(tmp_path, name, data)


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html", "x.csv"])
@_FUZZ
@given(text=st.text(st.sampled_from("ab1 .:|\t\n\f-=#*<>&;,\"'é中。、（）一•"), max_size=400))
def test_any_text_keeps_its_offsets(tmp_path: Path, name: str, text: str) -> None:
    _read(tmp_path, name, text.encode())
