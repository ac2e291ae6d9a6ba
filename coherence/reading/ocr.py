"""Pages without a text layer, read by Debian's tesseract where it is installed with the document's language."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.vocabulary import Language

__all__ = ["ocr_available", "ocr_packages", "page_recogniser"]

_TRAINED: dict[Language, str] = {
    "en": "eng", "fr": "fra", "es": "spa", "pt": "por", "ar": "ara", "ru": "rus", "zh": "chi_sim",
}  # fmt: skip
_PACKAGES: dict[Language, str] = {language: data.replace("_", "-") for language, data in _TRAINED.items()}
_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_MOST_PIXELS = 40_000_000
_SECONDS_PER_PAGE = 60
_LEAST_TEXT = 20


def ocr_available(language: Language | None) -> bool:
    """Tell whether tesseract and the data of the language (any of the seven when None) are installed."""
    installed = _installed_data()
    return bool(installed) if language is None else _TRAINED[language] in installed


def ocr_packages(language: Language | None) -> str:
    """Return the Debian packages of data that let tesseract read the language, or any of the seven when None."""
    wanted = [_PACKAGES[language]] if language else sorted(_PACKAGES.values())
    return " ".join(f"tesseract-ocr-{data}" for data in wanted)


def page_recogniser(language: Language | None) -> Callable[[pypdfium2.PdfPage, int], str | None] | None:
    """Return what reads the picture of a page, given with its number, or None where tesseract is not installed.

    The reader returns None for a page that it could not read in time or that holds hardly any text.
    """
    program = shutil.which("tesseract")
    if program is None or not ocr_available(language):
        return None
    data = "+".join([_TRAINED[language]] if language else sorted(_installed_data()))

    def recognise(page: pypdfium2.PdfPage, _number: int) -> str | None:
        text = _recognise(program, _rendered(page), data)
        return text if text and len(text.strip()) >= _LEAST_TEXT else None

    return recognise


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


def _rendered(page: pypdfium2.PdfPage) -> bytes | None:
    """Return the page as a grey image in PGM form."""
    try:
        width, height = page.get_size()
        scale = _DOTS_PER_INCH / _POINTS_PER_INCH
        scale = min(scale, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
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
