"""coherence dossier: a dossier.yaml to begin with, from what the documents show."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from coherence.cli import main
from coherence.dossier import load_dossier
from coherence.errors import DossierError
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


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *options: str) -> int:
    monkeypatch.setattr(sys, "argv", ["coherence", "dossier", str(folder), *options])
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


def test_a_shell_that_emptied_the_file_before_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "dossier.yaml").write_bytes(b"")
    assert run(monkeypatch, folder) == 0
    assert "country: KEN" in capsys.readouterr().out


def test_the_file_is_saved_in_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, folder, "--save") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "written; correct it" in told.err
    assert load_manifest(folder).country == "KEN"
    assert run(monkeypatch, folder, "--save") == 2


def test_of_an_original_and_its_translation_the_original_is_listed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "# Kenya: updated nationally determined contribution 2021\n\nKenya will plant 900 ha of mangroves by 2030.\n"
    (folder / "ndc_2021_unofficial_translation.md").write_text(text * 3, encoding="utf-8")
    assert run(monkeypatch, folder) == 4
    lines = capsys.readouterr().out.splitlines()
    assert "  - file: ndc_2021.md" in lines
    assert "  # - file: ndc_2021_unofficial_translation.md" in lines
    assert any(line.startswith("  # Not listed: it may be the same NDC as ndc_2021.md") for line in lines)


def test_the_lines_that_an_assessment_proposes_can_be_used_as_they_stand(folder: Path) -> None:
    """Two documents that may be one are settled by the lines that the fault prints."""
    (folder / "ndc_2021_translation.md").write_bytes((folder / "ndc_2021.md").read_bytes())
    with pytest.raises(DossierError) as stopped:
        load_dossier(folder)
    proposed = str(stopped.value).rpartition("choice:\n")[2]
    (folder / "dossier.yaml").write_text(proposed, encoding="utf-8")
    read = [each.file for each in load_dossier(folder).entries if each.status != "superseded"]
    assert read == ["nbsap  of Kenya (final).md", "ndc_2021.md"]
