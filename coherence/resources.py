"""Where the shipped data lies: inside the installed wheel, or beside the package in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["corpora_dir", "rules_dir"]


def rules_dir() -> Path:
    """Return the folder of the shipped rules, vocabulary and frameworks."""
    return _shipped("rules")


def corpora_dir() -> Path:
    """Return the folder of the shipped example dossiers (the wheel carries one)."""
    return _shipped("corpora")


def _shipped(name: str) -> Path:
    package = Path(str(files("coherence")))
    inside = package / "data" / name
    return inside if inside.is_dir() else package.parent / name
