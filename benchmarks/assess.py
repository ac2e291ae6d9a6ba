"""How long `coherence assess` takes on whole dossiers, and whether a change of the code left its reports as they were.

    python benchmarks/assess.py [FOLDER ...] [--against CHECKOUT] [--repeat 3]

Every dossier goes through both versions in turn, each run in a fresh process, so that other work on the machine slows
both alike; seconds are CPU time of the process and its children (optical character recognition included), the least
of the repetitions. Start-up is what `coherence --help` takes. With ``--against`` the ratio to the other checkout is
printed, and the files that differ: a change for speed alone has none.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coherence.manifest import MANIFEST
from coherence.resources import corpora_dir

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parents[1]


def seconds(checkout: Path, arguments: Sequence[str]) -> float:
    """Return the CPU seconds of one command of a checkout in a process of its own; raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "coherence", *arguments],
        cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def differing(one: Path, other: Path) -> list[str]:
    """Return the files of two folders of reports that are not the same bytes, or stand in one alone."""
    names = {path.relative_to(folder).as_posix() for folder in (one, other) for path in folder.rglob("*.*")}
    return sorted(filecmp.cmpfiles(one, other, sorted(names), shallow=False)[1]) + sorted(
        name for name in names if not ((one / name).exists() and (other / name).exists())
    )


def rows(dossiers: Sequence[Path], checkouts: Sequence[Path], repeat: int) -> Iterator[tuple[str, list[float], str]]:
    """Yield for the start-up and each dossier its name, the seconds of each checkout, and the files that differ."""
    starts = [[seconds(checkout, ["--help"]) for checkout in checkouts] for _ in range(repeat)]
    yield "start-up", [min(each) for each in zip(*starts, strict=True)], ""
    for dossier in dossiers:
        with tempfile.TemporaryDirectory() as folder:
            outs = [Path(folder, str(number)) for number in range(len(checkouts))]
            runs = [
                [
                    seconds(checkout, ["assess", str(dossier.resolve()), "--out", str(out)])
                    for checkout, out in zip(checkouts, outs, strict=True)
                ]
                for _ in range(repeat)
            ]
            changed = ", ".join(differing(outs[0], outs[-1]))
        yield dossier.name, [min(each) for each in zip(*runs, strict=True)], changed


def main() -> None:
    """Print one line for the start-up and each dossier, and the ratio over all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="dossiers, or folders of them; default: the examples")
    parser.add_argument("--against", type=Path, help="another checkout of this project")
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    folders = asked.folders or [corpora_dir()]
    dossiers = [path.parent for folder in folders for path in sorted(folder.rglob(MANIFEST))]
    checkouts = [HERE, *([asked.against.resolve()] if asked.against else [])]
    total = [0.0] * len(checkouts)
    for name, taken, changed in rows(dossiers, checkouts, asked.repeat):
        total = [sum(each) for each in zip(total, taken, strict=True)]
        print(line(name, taken, changed), flush=True)
    print(line("all", total, ""))


def line(name: str, taken: Sequence[float], changed: str) -> str:
    """Return a line of the table; the ratio says how many times as long the other checkout takes."""
    other = f"  against {taken[1]:6.2f} s = {taken[1] / taken[0]:.2f} times" if len(taken) > 1 else ""
    return f"{name:12} {taken[0]:6.2f} s{other}{f'  differs: {changed}' if changed else ''}"


if __name__ == "__main__":
    main()
