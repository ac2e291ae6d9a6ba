"""Numbers as people of seven languages write them, with the value that they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from coherence.vocabulary import Language

NO_BREAK, THIN, NARROW = "\u00a0", "\u2009", "\u202f"

# Decimal mark and thousands marks that a text of the language may hold without doubt.
STYLES: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": ((".", ","), (".", " "), (".", ""), (".", "'")),
    "fr": ((",", " "), (",", NO_BREAK), (",", NARROW), (",", "")),
    "es": ((",", "."), (",", " "), (",", "")),
    "pt": ((",", "."), (",", NO_BREAK), (",", "")),
    "ru": ((",", " "), (",", NO_BREAK), (",", THIN), (",", "")),
    "ar": ((".", ","), ("٫", "٬"), (".", "")),
    "zh": ((".", ","), (".", "")),
}

SCALES: dict[Language, tuple[tuple[str, float], ...]] = {
    "en": ((" thousand", 1e3), (" million", 1e6), (" billion", 1e9), (" crore", 1e7), ("-million", 1e6)),
    "fr": ((" milliers", 1e3), (" millions", 1e6), (" milliards", 1e9)),
    "es": ((" mil", 1e3), (" millones", 1e6), (" mil millones", 1e9), (" billones", 1e12)),
    "pt": ((" mil", 1e3), (" milhões", 1e6), (" bilhões", 1e9), (" mil milhões", 1e9)),
    "ru": ((" тыс.", 1e3), (" млн", 1e6), (" миллионов", 1e6), (" млрд", 1e9)),
    "ar": ((" ألف", 1e3), (" مليون", 1e6), (" مليار", 1e9)),
    "zh": (("千", 1e3), ("万", 1e4), ("亿", 1e8), ("万亿", 1e12)),
}

# A unit that every language writes, to end the number.
UNIT_AFTER = " ha"
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Written:
    """A number as written and what it means."""

    text: str
    value: float
    language: Language


def grouped(whole: int, mark: str) -> str:
    return f"{whole:,}".replace(",", mark) if mark else str(whole)


@st.composite
def written_numbers(draw: st.DrawFn, language: Language | None = None) -> Written:
    """Draw a number in an unambiguous form of its language: with a scale word, or two decimals, or none."""
    chosen: Language = language or draw(st.sampled_from(sorted(STYLES)))
    point, mark = draw(st.sampled_from(STYLES[chosen]))
    scaled = draw(st.booleans())
    whole = draw(st.integers(1, 999)) if scaled else draw(st.integers(1, 99_999_999_999))
    decimals = draw(st.integers(0, 99)) if point != "٫" or mark == "٬" else 0
    text, value = grouped(whole, mark), float(whole)
    if decimals and decimals % 10:
        text, value = f"{text}{point}{decimals:02d}", whole + decimals / 100
    elif point == "," and mark == ".":
        pass  # one group with a dot is thousands in Spanish and Portuguese
    if chosen == "ar" and draw(st.booleans()):
        text = text.translate(_ARABIC_INDIC)
    if chosen == "zh" and draw(st.booleans()):
        text = text.translate(_FULL_WIDTH)
    if scaled:
        scale, factor = draw(st.sampled_from(SCALES[chosen]))
        text, value = text + scale, value * factor
    return Written(text, value, chosen)
