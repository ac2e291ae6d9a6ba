"""Every command that the documentation shows runs as it is written there, in a folder laid out as the pages say."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from coherence.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpora/*.md")])
FENCE = re.compile(r"^ *```bash\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
REFERENCE = re.compile(r"^(finding-)?[0-9a-f]{8}$")
READERS_OWN = {"my_country": "ghana", "mon_pays": "burkina_faso"}
"""Folders that stand for the reader's own documents, and the example that takes their place."""
FIRST = ("rules new", "assess")
"""What later commands build on."""


def commands() -> list[str]:
    """Return the commands, each once, those first that others build on."""
    found = [
        line.strip()
        for page in PAGES
        for block in FENCE.findall(page.read_text(encoding="utf-8"))
        for line in block.splitlines()
        if line.strip().startswith("coherence ")
    ]
    order = {name: place for place, name in enumerate(FIRST)}

    def place(line: str) -> int:
        words = line.removeprefix("coherence ")
        return next((at for name, at in order.items() if words.startswith(name)), len(order))

    return sorted(dict.fromkeys(found), key=place)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, the reader's own documents and the pages that commands check."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "corpora", folder / "corpora")
    (folder / "docs").mkdir()
    shutil.copytree(ROOT / "docs/reference", folder / "docs/reference")
    for name, example in READERS_OWN.items():
        not_documents = shutil.ignore_patterns("dossier.yaml", "sources", "gold", "SOURCES.md")
        shutil.copytree(ROOT / "corpora" / example, folder / name, ignore=not_documents)
    return folder


def statuses(line: str) -> set[int]:
    """Return the exit statuses that a command may have where it goes as the page says."""
    if "--fail-on" in line:
        return {0, 1}
    if "translations --check" in line:
        return {0, 2}  # whether texts wait for a translation, another test tells
    return {0, 4} if "-eq 4" in line else {0}


def words_of(line: str, home: Path) -> tuple[list[str], str | None]:
    """Return the arguments of a command and the file it is sent to; references of findings are those of the report."""
    words = shlex.split(re.split(r"\|\|", line)[0])[1:]
    target = words[words.index(">") + 1] if ">" in words else None
    words = words[: words.index(">")] if target else words
    if words[:2] == ["rules", "explain"] and REFERENCE.match(words[2]):
        report = json.loads((home / words[words.index("--in") + 1] / "report.json").read_text(encoding="utf-8"))
        finding = next(each for each in report["findings"] if len(each["commitments"]) == len(("a", "b")))
        words[2] = finding["fingerprint"][: len("finding-") + 8].removeprefix(
            "" if words[2].startswith("finding-") else "finding-"
        )
    return words, target


def test_every_command_of_the_documentation_runs(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(home)
    failed = []
    for line in commands():
        words, target = words_of(line, home)
        monkeypatch.setattr(sys, "argv", ["coherence", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        if target:
            (home / target).write_text(printed.out, encoding="utf-8")
        if ended.value.code not in statuses(line):
            failed.append(f"{line}: {ended.value.code}: {printed.err[-300:]}")
    assert not failed, "\n".join(failed)
