"""The output folder: all of the new files, or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sample_report import sample_report

from coherence.errors import CoherenceError
from coherence.reports import OutputFolder, print_summary, write_file, write_reports
from coherence.vocabulary import REPORT_LANGUAGES


def names(path: Path) -> set[str]:
    return {str(file.relative_to(path)) for file in path.rglob("*")}


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "a" / "out") as out:
        out.write_text("report.json", "é\n")
        out.path("graph/nodes.csv").write_bytes(b"id\r\n")
        assert not (tmp_path / "a" / "out").exists()
    assert names(tmp_path / "a") == {"out", "out/report.json", "out/graph", "out/graph/nodes.csv"}
    assert (tmp_path / "a/out/report.json").read_bytes() == "é\n".encode()


def _write_half_and_raise(out: OutputFolder, error: type[BaseException]) -> None:
    out.write_text("report.json", "half")
    raise error


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_error_leaves_everything_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.json").write_text("old")
    for target in ("out", "new", "deep/er/new"):
        with pytest.raises(error), OutputFolder(tmp_path / target) as out:
            _write_half_and_raise(out, error)
    assert names(tmp_path) == {"out", "out/report.json"}
    assert (tmp_path / "out" / "report.json").read_text() == "old"


def test_files_of_the_user_stay_and_stale_reports_go(tmp_path: Path) -> None:
    write_reports(sample_report(), tmp_path)
    (tmp_path / "my notes.txt").write_text("mine")
    written = write_reports(sample_report("fr"), tmp_path, ("json", "html"))
    assert [path.name for path in written] == ["report.json", "report.html"]
    assert names(tmp_path) == {"report.json", "report.html", "my notes.txt"}
    assert "coup d’œil" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_failing_move_puts_the_old_files_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(sample_report(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    move = Path.replace

    def locked(source: Path, place: Path) -> Path:
        if source.name == "report.xlsx" and place.parent == tmp_path and ".old" not in source.parts:
            raise PermissionError(13, "Permission denied", str(place))
        return move(source, place)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(CoherenceError, match=r"report\.xlsx.*Permission denied.*close programs"):
        write_reports(sample_report("es"), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_place_that_cannot_be_written_is_a_fault_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CoherenceError, match="choose another folder"), OutputFolder(tmp_path / "file" / "out") as out:
        out.write_text("report.json", "")
    with pytest.raises(CoherenceError, match="choose another folder"):
        write_reports(sample_report(), tmp_path / "file")
    assert (tmp_path / "file").read_text() == "in the way"
    assert names(tmp_path) == {"file"}


@pytest.mark.parametrize("name", ["../x", "/x", "", "a/../../x"])
def test_names_stay_inside(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name inside"), OutputFolder(tmp_path / "out") as out:
        out.path(name)
    assert names(tmp_path) == set()


def test_one_file_is_replaced_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "graph.json", b"1")
    write_file(tmp_path / "graph.json", b"2")
    assert names(tmp_path) == {"graph.json"}
    assert (tmp_path / "graph.json").read_bytes() == b"2"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_killed_run_leaves_no_half_report(tmp_path: Path, sent: signal.Signals) -> None:
    code = """
        import signal, sys, time
        from pathlib import Path
        from coherence.reports import OutputFolder
        # A shell may have started the tests in the background, where an interrupt is ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with OutputFolder(Path(sys.argv[1])) as out:
            out.write_text("report.json", "half")
            print("ready", flush=True)
            time.sleep(60)
    """
    out = tmp_path / "out"
    command = [sys.executable, "-c", textwrap.dedent(code), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(sent)
        process.wait(timeout=30)
    assert not out.exists()
    if sent == signal.SIGINT:
        assert names(tmp_path) == set()


def test_what_a_killed_run_left_is_cleared_later(tmp_path: Path) -> None:
    left = tmp_path / ".coherence-partial-0123456789ab"
    fresh = tmp_path / ".coherence-partial-ba9876543210"
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "report.json").write_text("half")
    long_ago = time.time() - 3 * 86_400
    os.utime(left, (long_ago, long_ago))
    write_file(tmp_path / "out.json", b"")
    assert names(tmp_path) == {"out.json", fresh.name, f"{fresh.name}/report.json"}


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_the_terminal_summary_says_what_counts(language: str, tmp_path: Path) -> None:
    stream = StringIO()
    print_summary(sample_report(language), Console(file=stream, width=200), tmp_path / "report.html")
    text = stream.getvalue()
    assert str(tmp_path / "report.html") in text
    left_out = {
        "en": "1 file was left out", "fr": "1 fichier a été laissé", "es": "1 archivo quedó fuera",
        "ar": "استُبعد ملف واحد", "ru": "не учтён 1 файл", "zh": "1 个文件未纳入",
    }[language]  # fmt: skip
    assert left_out in text
    assert "Count the restoration area once" in text
    unknown = {
        "en": "not found", "fr": "non trouvée", "es": "no encontrado",
        "ar": "لم يُعثر عليه", "ru": "не найдено", "zh": "未找到",
    }[language]  # fmt: skip
    assert unknown in text
    aside = {
        "en": "2 findings set aside", "fr": "2 constats écartés", "es": "2 hallazgos descartados",
        "ar": "استنتاجان منحّيان", "ru": "2 вывода исключены", "zh": "2 项发现已搁置",
    }[language]  # fmt: skip
    assert aside in text
    assert f"coherence 1.0.0 ({'e' * 12})" in text


def test_a_title_cannot_steer_the_terminal() -> None:
    report = sample_report()
    evil = report.documents[0].model_copy(update={"title": "a\x1b[2Jb [bold]c[/]\x07"})
    stream = StringIO()
    print_summary(report.model_copy(update={"documents": (evil,)}), Console(file=stream, width=200))
    assert "\x1b[2J" not in stream.getvalue()
    assert "[bold]c[/]" in stream.getvalue()
