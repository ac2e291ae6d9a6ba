"""The command line as a user meets it: exit codes, messages with place and remedy, nothing half-written."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GHANA = ROOT / "corpora" / "ghana"


def coherence(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coherence", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture
def ghana(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GHANA, tmp_path / "ghana"))


def test_assess_writes_all_reports_and_exits_0(ghana: Path, tmp_path: Path) -> None:
    done = coherence("assess", ghana, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written >= {
        "report.json",
        "report.html",
        "report.xlsx",
        "report.docx",
        "findings.jsonl",
        "findings.sarif",
        "commitments.jsonl",
        "graph.json",
        "graph.graphml",
    }
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["country"] == "GHA"


def test_findings_at_the_asked_severity_exit_1_and_still_write(ghana: Path, tmp_path: Path) -> None:
    done = coherence("assess", ghana, "--out", tmp_path / "out", "--fail-on", "info")
    assert done.returncode == 1
    assert (tmp_path / "out" / "report.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["assess"], "Missing argument"),
        (["assess", "nowhere", "--out", "out"], "nowhere"),
        (["asses", "x"], "asses"),
        (["rules", "check", "nowhere"], "nowhere"),
        (["graph", ".", "--out", "graph.txt"], ".graphml"),
    ],
)
def test_wrong_use_exits_2_with_one_clear_message(arguments: list[str], expected: str, tmp_path: Path) -> None:
    done = coherence(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_bad_documents_are_named_all_at_once_and_the_others_are_assessed(ghana: Path, tmp_path: Path) -> None:
    documents = [ghana / "ndc.pdf", ghana / "ldn.docx"]
    documents[0].write_bytes(documents[0].read_bytes()[:200])
    documents[1].write_bytes(b"")
    done = coherence("assess", ghana, "--out", tmp_path / "out")
    assert done.returncode == 4
    assert documents[0].name in done.stderr
    assert documents[1].name in done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert len(report["left_out"]) == 2
    assert report["commitments"]


def test_faulty_rules_are_reported_and_the_others_run(ghana: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / "gap").mkdir(parents=True)
    (tmp_path / "mine" / "gap" / "GAP-901.yaml").write_text("id: GAP-901\nversion: 1.0.0\n", encoding="utf-8")
    done = coherence("assess", ghana, "--out", tmp_path / "out", "--rules", tmp_path / "mine")
    assert done.returncode == 4
    assert "GAP-901.yaml" in done.stderr
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["findings"]


def test_a_pack_and_a_date_are_named_in_the_report(ghana: Path, tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    off = "name: Ours\nversion: 2.0.0\ndisable:\n  - {rule: GAP-001, reason: Agreed.}\n"
    (pack / "pack.yaml").write_text(off, encoding="utf-8")
    done = coherence("assess", ghana, "--out", tmp_path / "out", "--rules", pack, "--as-of", "2026-11-30")
    assert done.returncode == 0, done.stderr
    assert "Ours 2.0.0" in done.stdout
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in report["packs"]] == ["coherence", "Ours"]
    assert report["packs"][1]["disables"] == [{"rule": "GAP-001", "reason": "Agreed."}]
    assert report["as_of"] == "2026-11-30"
    assert "GAP-001" not in {each["id"] for each in report["rules"]} | {each["rule"] for each in report["findings"]}
    assert any("GAP-001" in each["what"] and each["where"] == "Ours" for each in report["notices"])


def test_rules_check_and_list() -> None:
    checked = coherence("rules", "check")
    assert checked.returncode == 0, checked.stderr
    listed = coherence("rules", "list", "--language", "fr")
    assert listed.returncode == 0
    assert "OVL-001" in listed.stdout


def test_extract_writes_json_lines_in_order_and_names_what_it_cannot_read(ghana: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    done = coherence("extract", ghana, tmp_path / "broken.pdf", "--format", "jsonl", "--jobs", "2")
    assert done.returncode == 4
    assert "broken.pdf" in done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    places = [(line["document"]["path"], line["page"], line["start"]) for line in lines]
    assert places == sorted(places)
    assert all(line["modality"] in {"committed", "planned", "considered"} for line in lines)


def test_graph_writes_both_formats(ghana: Path, tmp_path: Path) -> None:
    for name in ("g.graphml", "g.json"):
        assert coherence("graph", ghana, "--out", tmp_path / name).returncode == 0
        assert (tmp_path / name).stat().st_size > 1000


def test_account_writes_ranges_as_table_json_and_csv(ghana: Path) -> None:
    table, data, lines = (coherence("account", ghana, "--format", form) for form in ("table", "json", "csv"))
    assert [done.returncode for done in (table, data, lines)] == [0, 0, 0]
    assert "at least" in table.stdout
    accounts = json.loads(data.stdout)["accounts"]
    assert all(account["whole"]["total"]["low"] <= account["whole"]["total"]["high"] for account in accounts)
    assert lines.stdout.startswith("measure,unit,basis,")


@pytest.mark.parametrize("stage", ["coherence.pipeline.extract_documents", "coherence.reports.write_reports_into"])
def test_an_interrupted_assessment_leaves_nothing_behind(ghana: Path, tmp_path: Path, stage: str) -> None:
    code = (
        "import sys, importlib; from unittest import mock; import coherence.cli, coherence.pipeline, coherence.reports;"
        f"sys.argv = ['coherence', 'assess', {str(ghana)!r}, '--out', {str(tmp_path / 'out')!r}];"
        f"mock.patch({stage!r}, side_effect=KeyboardInterrupt).start();"
        "coherence.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr == "Interrupted; what was not finished was not written.\n"
    assert {path.name for path in tmp_path.iterdir()} == {"ghana"}


def test_a_defect_exits_3_without_a_traceback(ghana: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from unittest import mock; import coherence.cli, coherence.pipeline;"
        f"sys.argv = ['coherence', 'assess', {str(ghana)!r}, '--out', {str(tmp_path / 'out')!r}];"
        "mock.patch('coherence.pipeline.build_graph', side_effect=ZeroDivisionError('x')).start();"
        "coherence.cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "COHERENCE_DEBUG" in done.stderr


def test_the_version_is_told() -> None:
    result = coherence("--version")
    assert result.returncode == 0
    assert re.fullmatch(r"coherence \d+\.\d+\S*\n", result.stdout)
