"""Bytes of text files to text: byte order mark, UTF-8, the declared encoding, then the likeliest of a short list.

charset-normalizer left to itself misreads French cp1252, so it only chooses among the encodings that documents in the
seven languages come in.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

__all__ = ["decode"]

_LEGACY = ("cp1252", "cp1251", "cp1256", "gb18030", "big5", "koi8_r")
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORD_GAP = re.compile(r"[\t \xa0]*\r[\t \xa0]*")
_SAMPLE_BYTES = 60_000
_NULLS_OF_UTF16 = 0.2
_ACCENTS_OF_LATIN = 0.2
"""Accented letters and typographic quotes are fewer than this share of a text in Latin script."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text and the name of its encoding. Bytes that fit no encoding become U+FFFD; line ends become LF."""
    encoding = _encoding(data, declared)
    text = data.decode(encoding, errors="replace").replace("\r\n", "\n")
    # Text saved from some PDFs carries CR between words; only without LF does CR end lines.
    return (_WORD_GAP.sub(" ", text) if "\n" in text else text.replace("\r", "\n")), encoding


def _encoding(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if _decodes(data, "utf-8") and b"\x00" not in data:
        return "utf-8"
    unmarked = _utf16_without_mark(data)
    if unmarked:
        return unmarked
    known = _known(declared)
    return known if known and _decodes(data, known) else _likeliest(data)


def _utf16_without_mark(data: bytes) -> str | None:
    even, odd = data[0:_SAMPLE_BYTES:2], data[1:_SAMPLE_BYTES:2]
    for encoding, high in (("utf-16-le", odd), ("utf-16-be", even)):
        # In UTF-16 the high bytes of letters, digits and spaces of one script are few: mostly 0 for Latin.
        if high and high.count(0) > _NULLS_OF_UTF16 * len(high) and _decodes(data[: len(data) & ~1], encoding):
            return encoding
    for encoding in ("utf-16-le", "utf-16-be"):
        if (b" \x00" in data or b"\x00 " in data) and _decodes(data, encoding) and _is_text(data.decode(encoding)):
            return encoding
    return None


def _is_text(text: str) -> bool:
    return not re.search(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]", text) and " " in text


def _known(declared: str | None) -> str | None:
    try:
        # HTML's "iso-8859-1" means cp1252 in practice: the C1 controls are never meant.
        name = codecs.lookup((declared or "").strip()).name
    except (LookupError, ValueError):
        return None
    if name in {"utf-8", "ascii"} or name.startswith(("utf-16", "utf-32")):
        return None
    return {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _likeliest(data: bytes) -> str:
    high = sum(byte > 127 for byte in data)  # noqa: PLR2004
    letters = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in data)  # noqa: PLR2004
    if high < _ACCENTS_OF_LATIN * (high + letters):
        return "cp1252"
    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=["utf_8", "utf_16", *_LEGACY]).best()
    return best.encoding if best is not None and best.encoding in _LEGACY else "cp1252"
