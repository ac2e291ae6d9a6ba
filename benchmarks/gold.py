"""Score extraction and findings against hand-annotated documents that lie outside the repository.

Runs the command line as a user would, then the scoring scripts that lie beside the annotations.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

COHERENCE = [sys.executable, "-m", "coherence"]


def main() -> None:
    """Extract, assess and print every score."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--shared", type=Path, required=True, help="folder with gold/ and corpora/")
    cli.add_argument("--out", type=Path, default=Path("out/gold"))
    cli.add_argument("--only", choices=["extraction", "all"], default="all")
    args = cli.parse_args()
    gold, corpora = args.shared / "gold", args.shared / "corpora"
    args.out.mkdir(parents=True, exist_ok=True)
    predictions = args.out / "predictions.jsonl"
    sources = (
        annotated(gold, corpora)
        if args.only == "extraction"
        else [corpora / "ndc", corpora / "dossiers", *chinese(corpora)]
    )
    began = time.perf_counter()
    with predictions.open("wb") as stream:
        status = subprocess.run(
            [*COHERENCE, "extract", *map(str, sources), "--format", "jsonl"], stdout=stream, check=False
        ).returncode
    print(f"extract: exit status {status}, {time.perf_counter() - began:.1f} s")
    run(gold / "score.py", "--gold", gold / "dev", "--predictions", predictions, "--errors", args.out / "errors.jsonl")
    if args.only == "extraction":
        return
    run(gold / "score_profiles.py", "--profiles", gold / "expert/ndc_profiles_dev.jsonl", "--predictions", predictions)
    run(gold / "score_translations.py", "--documents", corpora / "ndc", "--predictions", predictions)
    findings = [assess(folder, args.out) for folder in sorted((corpora / "dossiers").iterdir()) if folder.is_dir()]
    run(
        gold / "score_relations.py",
        "--gold",
        gold / "relations",
        "--findings",
        *findings,
        "--errors",
        args.out / "relation_errors.jsonl",
    )


def annotated(gold: Path, corpora: Path) -> list[Path]:
    """Return only the documents that have annotations."""
    stems = {path.stem for path in (gold / "dev").glob("*.jsonl")}
    plans = [path for path in sorted((corpora / "ndc").glob("*.pdf")) if path.stem in stems]
    dossiers = [
        path
        for path in sorted((corpora / "dossiers").glob("*/*"))
        if f"{path.parent.name}_{path.stem.upper()}" in stems
    ]
    return [*plans, *dossiers, *chinese(corpora)]


def chinese(corpora: Path) -> list[Path]:
    """Return the Chinese documents, which exist as text only."""
    return sorted((corpora / "text").glob("CHN*"))


def assess(folder: Path, out: Path) -> Path:
    """Assess one dossier and return its findings file."""
    began = time.perf_counter()
    subprocess.run(
        [*COHERENCE, "assess", str(folder), "--out", str(out / folder.name)], stdout=subprocess.DEVNULL, check=False
    )
    print(f"assess {folder.name}: {time.perf_counter() - began:.1f} s")
    return out / folder.name / "findings.jsonl"


def run(script: Path, *arguments: object) -> None:
    """Run one scoring script."""
    print(f"\n{script.name}", flush=True)
    subprocess.run([sys.executable, str(script), *map(str, arguments)], check=False)


if __name__ == "__main__":
    main()
