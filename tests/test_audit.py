"""Many dossiers in one run: none costs another its report, and a run that was broken off goes on where it was."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import coherence.audit as audit_module
from coherence.audit import AuditOptions, Interrupted, audit, find_dossiers
from coherence.audit_models import AuditSummary, DossierAudit
from coherence.audit_workers import Lost, in_processes
from coherence.dossier import load_dossier
from coherence.errors import CoherenceError
from coherence.models import Notice
from coherence.reports import render_audit_csv, render_audit_json, render_rules_csv

ROOT = Path(__file__).parent.parent
NDC = "Nationally determined contribution of Kenya 2021\n\nKenya will restore 5,000 ha of degraded rangeland by 2030.\n"
PLAN = "National biodiversity strategy of Kenya 2020\n\nKenya will restore 5,000 ha of degraded rangeland by 2030.\n"


def coherence(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coherence", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three countries: two documents beside each other, a folder of its own, and one that cannot be read."""
    home = tmp_path / "many"
    (home / "togo").mkdir(parents=True)
    (home / "KEN_ndc.txt").write_text(NDC, encoding="utf-8")
    (home / "KEN_nbsap.txt").write_text(PLAN, encoding="utf-8")
    (home / "UGA_ndc.pdf").write_bytes(b"%PDF-1.7 broken")
    (home / "readme_of_the_week.txt").write_text("Nothing of a country.", encoding="utf-8")
    (home / "README.md").write_text("What lies here.", encoding="utf-8")
    (home / "togo" / "ndc.txt").write_text(NDC.replace("Kenya", "Togo"), encoding="utf-8")
    return home


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["dossier"]: row for row in csv.DictReader(stream)}


def test_dossiers_are_folders_and_documents_of_one_country(folder: Path) -> None:
    found, unread = find_dossiers([folder])
    assert {each.name: each.selection.files for each in found} == {
        "KEN": ("KEN_nbsap.txt", "KEN_ndc.txt"), "UGA": ("UGA_ndc.pdf",), "togo": (),
    }  # fmt: skip
    assert [Path(each.where).name for each in unread] == ["readme_of_the_week.txt"]


def test_a_folder_of_folders_of_dossiers_is_gone_through_and_the_output_is_passed_by(tmp_path: Path) -> None:
    for name in ("africa/ken", "africa/tgo", "out/ken"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "ndc.txt").write_text(NDC, encoding="utf-8")
        (tmp_path / name / "dossier.yaml").write_text("country: KEN\ndocuments:\n- file: ndc.txt\n", encoding="utf-8")
    found, _ = find_dossiers([tmp_path], tmp_path / "out")
    assert [each.name for each in found] == ["ken", "tgo"]


def test_of_two_versions_of_one_document_the_larger_is_kept_and_the_other_named(tmp_path: Path) -> None:
    (tmp_path / "KEN_ndc_addendum.txt").write_text(NDC, encoding="utf-8")
    (tmp_path / "KEN_ndc_full.txt").write_text(NDC + "Further words.\n", encoding="utf-8")
    (found,), _ = find_dossiers([tmp_path])
    dossier = load_dossier(found.folder, found.selection)
    assert [each.file for each in dossier.entries] == ["KEN_ndc_full.txt"]
    assert [each.message for each in dossier.left_out] == ["dossier.same_version"]


def test_two_dossiers_of_one_name_and_a_folder_without_any_are_faults(tmp_path: Path) -> None:
    for name in ("a/ken", "b/ken"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "ndc.txt").write_text(NDC, encoding="utf-8")
    with pytest.raises(CoherenceError, match="ken: two dossiers have this name"):
        find_dossiers([tmp_path / "a", tmp_path / "b"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(CoherenceError, match="no dossier in this folder"):
        find_dossiers([tmp_path / "empty"])
    with pytest.raises(CoherenceError, match="there is no such folder"):
        find_dossiers([tmp_path / "nowhere"])


def test_an_audit_writes_what_it_can_tells_the_rest_and_does_nothing_twice(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = coherence("audit", folder, "--out", out, "--format", "json")
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    for told in ("UGA_ndc.pdf", "readme_of_the_week.txt"):
        assert told in done.stderr
    table = rows(out / "summary.csv")
    assert {name: row["state"] for name, row in table.items()} == {
        "KEN": "complete", "UGA": "failed", "togo": "complete",
    }  # fmt: skip
    assert table["KEN"]["instruments"] == "NBSAP NDC"
    assert int(table["KEN"]["overlap_findings"]) >= 1
    assert table["togo"]["country"] == "TGO"
    summary = AuditSummary.model_validate_json((out / "summary.json").read_bytes())
    assert summary.waiting == ()
    report = out / "KEN" / "report.json"
    assert sum(summary.dossiers[0].findings.values()) == len(json.loads(report.read_bytes())["findings"])
    before = {path: path.stat().st_mtime_ns for path in out.rglob("report.json")}
    assert coherence("audit", folder, "--out", out, "--format", "json").returncode == 4
    assert {path: path.stat().st_mtime_ns for path in out.rglob("report.json")} == before
    (folder / "togo" / "ndc.txt").write_text(NDC.replace("Kenya", "Togo").replace("5,000", "6,000"), encoding="utf-8")
    coherence("audit", folder, "--out", out, "--format", "json")
    changed = {path.parent.name for path in before if path.stat().st_mtime_ns != before[path]}
    assert changed == {"togo"}


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    # Enough is left to do when the first is done, however fast the machine.
    for country in ("malawi", "mali", "nepal", "niger", "peru", "samoa", "senegal", "tonga", "vanuatu", "zambia"):
        shutil.copytree(folder / "togo", folder / country)
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "coherence",
        "audit",
        str(folder),
        "--out",
        str(out),
        "--format",
        "json",
        "--jobs",
        "1",
    ]
    # Started in the background, the test itself may ignore the signal, and its children with it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          start_new_session=True) as run:  # fmt: skip
        signal.signal(signal.SIGINT, before)
        deadline = time.monotonic() + 120
        while not (out / "KEN" / "audit.json").is_file() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGINT)
        _, complaints = run.communicate(timeout=60)
    assert run.returncode == 130, complaints
    assert "the same command goes on there" in complaints
    assert rows(out / "summary.csv")["KEN"]["state"] == "complete"
    assert [path.name for path in out.rglob(".coherence-partial-*")] == []


def test_interrupted_carries_what_was_done(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> object:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(audit_module, "in_processes", interrupt)
    with pytest.raises(Interrupted) as caught:
        audit([folder], tmp_path / "out", AuditOptions(formats=("json",)))
    assert caught.value.summary.waiting == ("KEN", "UGA", "togo")


def test_a_wrong_format_is_wrong_use(folder: Path, tmp_path: Path) -> None:
    done = coherence("audit", folder, "--out", tmp_path / "out", "--format", "pdf")
    assert done.returncode == 2
    assert "'pdf' is no format" in done.stderr


def test_a_task_whose_process_dies_is_named_and_the_others_go_on() -> None:
    found = dict(in_processes(os._exit, [3], jobs=1))
    assert found == {3: Lost(3)}
    assert dict(in_processes(abs, [-1, -2, -3], jobs=2)) == {-1: 1, -2: 2, -3: 3}
    assert list(in_processes(abs, [], jobs=2)) == []


def test_a_summary_has_a_row_for_each_dossier_and_no_formulas() -> None:
    problem = Notice(level="error", where="=HYPERLINK(1)", what="cannot be opened")
    summary = AuditSummary(
        engine_version="1",
        dossiers=(
            DossierAudit(dossier="KEN", state="complete", rules={"OVL-001": 2}),
            DossierAudit(dossier="TGO", state="failed", problems=(problem,)),
        ),
        waiting=("BEN",),
    )
    table = list(csv.reader(render_audit_csv(summary).splitlines()))
    assert [row[0] for row in table] == ["dossier", "BEN", "KEN", "TGO"]
    assert {len(row) for row in table} == {len(table[0])}
    assert table[3][-1] == "'=HYPERLINK(1): cannot be opened"
    assert list(csv.reader(render_rules_csv(summary).splitlines())) == [
        ["rule", "findings", "dossiers", "KEN"], ["OVL-001", "2", "1", "2"],
    ]  # fmt: skip
    assert AuditSummary.model_validate_json(render_audit_json(summary)) == summary
