"""coherence dossier: a dossier.yaml to begin with, from what the documents show."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from coherence.cli import main
from coherence.manifest import load_manifest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "kenya"
    home.mkdir()
    (home / "ndc_2021.md").write_text(
        '# Kenya: "updated" nationally determined contribution 2021\n\nKenya will plant 900 ha of mangroves by 2030.\n',
        encoding="utf-8",
    )
    (home / "nbsap  of Kenya (final).md").write_text(
        "# Kenya: national biodiversity strategy and action plan\n\nKenya will protect 40 springs.\n", encoding="utf-8"
    )
    return home


def run(monkeypatch: pytest.MonkeyPatch, folder: Path) -> int:
    monkeypatch.setattr(sys, "argv", ["coherence", "dossier", str(folder)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code))


def test_what_is_printed_can_be_saved_and_used(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, folder) == 0
    printed = capsys.readouterr().out
    assert "# year: 2020  # not found: fill in" in printed
    (folder / "dossier.yaml").write_text(printed, encoding="utf-8")
    manifest = load_manifest(folder)
    assert manifest.country == "KEN"
    told = {each.file: (each.instrument, each.year, each.title) for each in manifest.entries}
    assert told["ndc_2021.md"] == ("NDC", 2021, 'Kenya: "updated" nationally determined contribution 2021')
    assert told["nbsap  of Kenya (final).md"][:2] == ("NBSAP", None)


def test_a_file_that_is_there_is_not_replaced(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dossier.yaml").write_text("country: KEN\n", encoding="utf-8")
    assert run(monkeypatch, folder) == 2
    assert "it is there already" in capsys.readouterr().err


def test_a_document_that_cannot_be_read_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "nap.pdf").write_bytes(b"%PDF-1.4 cut")
    assert run(monkeypatch, folder) == 4
    told = capsys.readouterr()
    assert "nap.pdf" in told.err
    assert "nap.pdf" not in told.out
