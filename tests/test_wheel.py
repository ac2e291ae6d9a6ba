"""The wheel works on its own: installed into an empty environment, away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_an_installed_wheel_assesses_the_shipped_dossier(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--no-deps", str(wheel)], check=True, capture_output=True
    )
    # Dependencies come from this environment, so that the test needs no network; the package itself must not.
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    probe = (
        "import sys; sys.path.append(sys.argv[1]); import coherence, json, pathlib;"
        "from coherence.resources import corpora_dir;"
        "report = coherence.assess(corpora_dir() / 'ghana');"
        "print(json.dumps([coherence.__file__, len(report.commitments), len(report.findings)]))"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), "-c", probe, libraries], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip
    place, commitments, findings = json.loads(done.stdout)
    assert place.startswith(str(home))
    assert commitments > 0
    assert findings > 0
