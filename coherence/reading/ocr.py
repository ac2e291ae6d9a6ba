"""Pages without a text layer, read by Debian's tesseract where it is installed with the document's language."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coherence.vocabulary import Language

__all__ = ["ocr_available", "ocr_remedy", "recognise_pages"]

_TRAINED: dict[Language, str] = {
    "en": "eng", "fr": "fra", "es": "spa", "pt": "por", "ar": "ara", "ru": "rus", "zh": "chi_sim",
}  # fmt: skip
_PACKAGES: dict[Language, str] = {language: data.replace("_", "-") for language, data in _TRAINED.items()}
_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_MOST_PIXELS = 40_000_000
_SECONDS_PER_PAGE = 60


def ocr_available(language: Language | None) -> bool:
    """Tell whether tesseract and the data of the language (any of the seven when None) are installed."""
    installed = _installed_data()
    return bool(installed) if language is None else _TRAINED[language] in installed


def ocr_remedy(language: Language | None) -> str:
    """Return what to install so that pages without text can be read."""
    wanted = [_PACKAGES[language]] if language else sorted(_PACKAGES.values())
    packages = " ".join(f"tesseract-ocr-{data}" for data in wanted)
    return (
        f"install the Debian packages tesseract-ocr {packages} and run again, or put a version with text in the dossier"
    )


def recognise_pages(path: Path, pages: Sequence[int], language: Language | None) -> Iterator[tuple[int, str | None]]:
    """Yield each page number (from 1) with its recognised text, or None where a page could not be read in time."""
    program = shutil.which("tesseract")
    if program is None:
        return
    data = "+".join([_TRAINED[language]] if language else sorted(_installed_data()))
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in pages:
            yield number, _recognise(program, _rendered(document, number), data)
    finally:
        document.close()


def _installed_data() -> frozenset[str]:
    program = shutil.which("tesseract")
    return _data_of(program) if program else frozenset()


@cache
def _data_of(program: str) -> frozenset[str]:
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=True, text=True)
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return frozenset()
    return frozenset(listed.stdout.split()) & frozenset(_TRAINED.values())


def _rendered(document: pypdfium2.PdfDocument, number: int) -> bytes | None:
    """Return the page as a grey image in PGM form."""
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = _DOTS_PER_INCH / _POINTS_PER_INCH
        scale = min(scale, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
    except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError):
        return None
    raw = bytes(bitmap.buffer)
    rows = (raw[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return b"P5\n%d %d\n255\n" % (bitmap.width, bitmap.height) + b"".join(rows)


def _recognise(program: str, image: bytes | None, data: str) -> str | None:
    if image is None:
        return None
    # One thread: pages of several documents may be read at once.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    command = [program, "stdin", "stdout", "-l", data, "--dpi", str(_DOTS_PER_INCH)]
    try:
        done = subprocess.run(
            command, input=image, capture_output=True, timeout=_SECONDS_PER_PAGE, check=True, env=environment
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", errors="replace").replace("\f", "\n")
