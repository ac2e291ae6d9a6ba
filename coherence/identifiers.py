"""Ids that depend on content alone, so that the same input gives the same id in any order and process."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["canonical_json", "content_id", "file_sha256", "fold"]


def canonical_json(value: Any) -> str:
    """Return JSON with sorted keys, no spaces and unescaped Unicode."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_id(prefix: str, *parts: Any) -> str:
    """Return ``prefix-`` and 16 hexadecimal digits of the SHA-256 of the parts' canonical JSON."""
    return f"{prefix}-{hashlib.sha256(canonical_json(parts).encode()).hexdigest()[:16]}"


def file_sha256(path: Path) -> str:
    """Return the file's SHA-256 as 64 hexadecimal digits; raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fold(text: str) -> str:
    """Return text folded for comparison: NFKC, lower case, single spaces, no control or format characters."""
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", " ", "".join(c for c in text if unicodedata.category(c) != "Cf")).strip().casefold()
