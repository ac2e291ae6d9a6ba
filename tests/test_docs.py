"""The documentation tells the truth: links resolve, commands and options exist, Python examples run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from coherence import assess
from coherence.cli import ExitCode
from coherence.manifest import load_manifest
from coherence.models import Commitment, Finding, Frozen, Quantity, Report
from coherence.strict_yaml import load_plain
from coherence.suppressions import SuppressionSpec
from coherence.vocabulary import term_list

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpora/*.md")])
FENCE = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SUB_COMMANDS = {"rules"}


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


def fenced(page: Path, language: str) -> list[str]:
    return [code for name, code in FENCE.findall(page.read_text(encoding="utf-8")) if name == language]


def commands() -> list[str]:
    found = {
        line.strip()
        for page in PAGES
        for code in fenced(page, "bash")
        for line in code.splitlines()
        if line.strip().startswith("coherence ")
    }
    return sorted(found)


def command_and_options(line: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the words that name the command, and its options, of ``coherence rules check --x || ...``."""
    words = shlex.split(re.split(r"\|\||&&|[|>]", line)[0])[1:]
    depth = 2 if words[0] in SUB_COMMANDS else 1
    return tuple(words[:depth]), [word for word in words if word.startswith("--")]


def coherence(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from coherence.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"},
    )


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_relative_links_resolve(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [link.split("#")[0] for link in LINK.findall(text) if "://" not in link]
    missing = [target for target in targets if target and not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_code_blocks_are_closed(page: Path) -> None:
    assert len(re.findall(r"^ *```", page.read_text(encoding="utf-8"), re.MULTILINE)) % 2 == 0


def test_readme_and_tutorial_show_commands() -> None:
    shown = {command_and_options(line)[0] for line in commands()}
    assert shown == {
        *((name,) for name in ("account", "assess", "audit", "diff", "dossier", "evaluate", "extract", "graph")),
        *(("rules", name) for name in ("check", "coverage", "doc", "explain", "list")),
        *(("rules", name) for name in ("new", "schema", "show", "test", "translations", "why-not")),
    }


@pytest.mark.parametrize("command", sorted({command_and_options(line)[0] for line in commands()}), ids=" ".join)
def test_commands_and_options_exist(command: tuple[str, ...]) -> None:
    help_text = coherence(*command, "--help")
    assert help_text.returncode == 0, help_text.stderr
    options = {
        option
        for line in commands()
        for name, used in [command_and_options(line)]
        if name == command
        for option in used
    }
    assert {option for option in options if option not in help_text.stdout} == set()


@pytest.mark.parametrize("code", [c for page in PAGES for c in fenced(page, "python")])
def test_python_examples_run(code: str) -> None:
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("code", [c for page in PAGES for c in fenced(page, "yaml")])
def test_yaml_examples_are_strict_yaml(code: str, tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(re.sub(r"^   ", "", code, flags=re.MULTILINE) if code.startswith("   ") else code, encoding="utf-8")
    assert load_plain(file)


@pytest.mark.parametrize(
    ("page", "model"),
    [
        ("report-json.md", Report),
        ("report-json.md", Finding),
        ("data-model.md", Commitment),
        ("data-model.md", Quantity),
    ],
)
def test_reference_names_every_field(page: str, model: type[Frozen]) -> None:
    text = (ROOT / "docs/reference" / page).read_text(encoding="utf-8")
    inherited = {"country", "instrument", "convention", "document", "document_year", "language"}
    told = inherited if model is Commitment else {"dossier"} if model is Finding else {"low", "high"}
    assert {name for name in model.model_fields if f"`{name}`" not in text} <= told


def test_reference_names_every_exit_status() -> None:
    text = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    assert {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)} == {
        code.value for code in ExitCode
    }


def test_documented_manifest_keys_are_those_accepted(tmp_path: Path) -> None:
    text = (ROOT / "docs/reference/dossier-yaml.md").read_text(encoding="utf-8")
    keys = re.findall(r"^\| `(\w+)` \|", text.split("Key of a document")[1].split("\n## ")[0], re.MULTILINE)
    values = {"file": "a.txt", "instrument": "NDC", "year": "2021", "language": "en", "status": "current"}
    lines = [f"    {key}: {values.get(key, 'text')}" for key in keys]
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    (tmp_path / "dossier.yaml").write_text("country: GHA\ndocuments:\n  -\n" + "\n".join(lines), encoding="utf-8")
    (entry,) = load_manifest(tmp_path).entries
    assert set(type(entry).model_fields) - {"path"} <= set(keys)
    assert all(f"`{status}`" in text for status in term_list("dossier")["statuses"])


def test_documented_keys_of_suppressions_and_the_manifest_are_those_accepted() -> None:
    text = (ROOT / "docs/reference/dossier-yaml.md").read_text(encoding="utf-8")
    tables = {head: re.findall(r"^\| `(\w+)`(?:, `(\w+)`)? \|", text.split(head)[1].split("\n\n")[0], re.MULTILINE)
              for head in ("| Key | Must be there", "| Key of a suppression")}  # fmt: skip
    named = {head: {key for pair in found for key in pair if key} for head, found in tables.items()}
    assert named["| Key of a suppression"] == set(SuppressionSpec.model_fields)
    assert named["| Key | Must be there"] == {"country", "documents", "as_of", "suppressions", "name", "notes"}


def test_tutorial_describes_a_finding_of_the_demonstration() -> None:
    report = assess(ROOT / "corpora/ghana")
    quotes = {commitment.id: commitment.quote for commitment in report.commitments}
    overlaps = [[quotes[name] for name in each.commitments] for each in report.findings if each.kind == "overlap"]
    assert any("413" in a and "413" in b for a, b in overlaps)
    assert any("2 million hectares" in a + b and "10,000" in a + b for a, b in overlaps)
