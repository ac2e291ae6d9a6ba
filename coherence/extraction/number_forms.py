"""Numbers written with digits: where they stand in folded text and what their marks mean.

A single mark before three digits ("5,055") says either thousands or decimals. It is decided by other numbers in the
text, by a scale word that follows, and by the language's own style; what stays open is flagged and keeps its other
reading. Every pattern is bounded, so time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from coherence.extraction.numeric_vocabulary import NumberWords

__all__ = ["DIGITS", "FIRST_DIGIT", "NumberMention", "Reading", "StyleEvidence", "read_digits", "style_evidence"]

_END = r"(?![0-9])"
_TENTHS = r"(?:[.,٫][0-9]{1,9})?"
DIGITS = re.compile(
    r"(?<![0-9])(?:"
    r"(?P<date>[0-9]{1,2}(?P<mark>[./-])[0-9]{1,2}(?P=mark)(?:(?:19|20)[0-9]{2}|[0-9]{2})"
    r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}|(?:19|20)[0-9]{2}/[0-9]{2,4}"
    r"|[0-9]{1,4}/[A-Z]{2,9}(?:\.[0-9]{1,3})?)" + _END +
    r"|(?P<indian>[1-9][0-9]?(?:,[0-9]{2}){1,5},[0-9]{3}(?:\.[0-9]{1,9})?)" + _END +
    r"|(?P<commas>[0-9]{1,3}(?:(?:,[0-9]{3}){2,6}(?:\.[0-9]{1,9})?|,[0-9]{3}\.[0-9]{1,9}))" + _END + r"(?![.,][0-9])"
    r"|(?P<dots>[0-9]{1,3}(?:(?:\.[0-9]{3}){2,6}(?:,[0-9]{1,9})?|\.[0-9]{3},[0-9]{1,9}))" + _END + r"(?![.,][0-9])"
    r"|(?P<spaces>[1-9][0-9]{0,2}(?:(?: [0-9]{3}){1,6}|(?: [0-9]{3}){0,5} ?\n ?000(?: 000)?)" + _TENTHS + ")" + _END +
    r"|(?P<apostrophes>[1-9][0-9]{0,2}(?:'[0-9]{3}){1,6}" + _TENTHS + ")" + _END +
    r"|(?P<arabic>[0-9]{1,3}(?:٬[0-9]{3}){1,6}" + _TENTHS + ")" + _END +
    r"|(?P<single>[0-9]{1,3}[.,][0-9]{3})" + _END + r"(?![.,][0-9])"
    r"|(?P<decimal>[0-9]{1,15}[.,٫][0-9]{1,15})" + _END + r"(?![.,/][0-9])"
    r"|(?P<code>[0-9]{1,4}(?:\.[0-9]{1,4}){2,20})" + _END +
    r"|(?P<unclear>[0-9]{1,15}(?:[.,٬'٫][0-9]{1,15}){2,20})" + _END +
    r"|(?P<fraction>[0-9]{1,2}/[1-9][0-9]?)(?![0-9/])"
    r"|(?P<vulgar>(?:[0-9]{1,3} ?)?[½¼¾⅓⅔])"
    r"|(?P<integer>[0-9]{1,30})" + _END +
    r"|(?P<endless>[0-9]{31,})"
    r")"
)  # fmt: skip
FIRST_DIGIT = re.compile(r"[0-9½¼¾⅓⅔]+")
"""Runs of digits; a number begins at the start of one."""
_VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_LEAST_DOUBTFUL_GROUPS = 1e11
_LONGEST_INTEGER = 15


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number as written. ``value`` has scale words applied ("1.5 million" is 1500000).

    ``kind``: plain; share (value is a fraction of 1: "two thirds of", "2/3"); multiplier (value is the factor:
    "double", "three times"); zero_word ("zero deforestation"). ``ambiguous`` means that two readings are possible and
    ``alternative`` is the other one. ``labelled`` numbers name something ("target 3");
    ``scale`` is the factor of its scale words.
    """

    start: int
    end: int
    value: float
    text: str
    kind: str = "plain"
    ambiguous: bool = False
    alternative: float | None = None
    labelled: bool = False
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written number says; ``alternative`` is the other reading where two are possible."""

    value: float
    ambiguous: bool = False
    alternative: float | None = None
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class StyleEvidence:
    """Which marks other numbers of the text prove to be thousands or decimal marks."""

    thousands: frozenset[str]
    decimals: frozenset[str]


_PROOFS = (
    (re.compile(r"[0-9],[0-9]{3},[0-9]{3}|[0-9],[0-9]{3}\.[0-9]"), ",", "."),
    (re.compile(r"[0-9]\.[0-9]{3}\.[0-9]{3}|[0-9]\.[0-9]{3},[0-9]"), ".", ","),
    (re.compile(r"(?<![0-9.,])[0-9]{1,3}\.[0-9]{1,2}(?![0-9.])"), "", "."),
    (re.compile(r"(?<![0-9.,])[0-9]{1,3},[0-9]{1,2}(?![0-9,])"), "", ","),
)


def style_evidence(text: str) -> StyleEvidence:
    """Return what the unambiguous numbers of a folded text prove about its marks."""
    proven = [(group, point) for pattern, group, point in _PROOFS if pattern.search(text)]
    return StyleEvidence(frozenset(group for group, _ in proven if group), frozenset(point for _, point in proven))


def read_digits(found: re.Match[str], words: NumberWords, evidence: StyleEvidence, *, scaled: bool) -> Reading | None:
    """Return the reading of one match of DIGITS, or None where it only identifies (dates, sections, references).

    ``scaled`` says that a scale word follows ("5.055 million").
    """
    form, written = str(found.lastgroup), found.group()
    if form == "single":
        return _read_single(written, words, evidence, scaled=scaled)
    if form in _IDENTIFYING:
        return None
    return _READERS.get(form, _read_marked)(written)


def _read_integer(written: str) -> Reading | None:
    if len(written) > 1 and not written.strip("0"):
        return None
    return Reading(float(written), ambiguous=len(written) > _LONGEST_INTEGER)


def _read_commas(written: str) -> Reading:
    return Reading(float(written.replace(",", "")))


def _read_dots(written: str) -> Reading:
    return Reading(float(written.replace(".", "").replace(",", ".")))


def _read_spaces(written: str) -> Reading:
    reading = _read_marked(written)
    # Twelve digits in four full groups may be two numbers of neighbouring columns.
    return replace(reading, ambiguous=reading.value >= _LEAST_DOUBTFUL_GROUPS)


def _read_marked(written: str) -> Reading:
    return Reading(float(re.sub(r"[,٫]", ".", re.sub(r"[\s'٬]", "", written))))


def _read_fraction(written: str) -> Reading | None:
    if "/" in written:
        upper, lower = written.split("/")
        if int(upper) >= int(lower):
            return Reading(float(upper) / float(lower), ambiguous=True)
        return Reading(float(upper) / float(lower), kind="share")
    whole = float(written[:-1].strip() or 0)
    return Reading(whole + _VULGAR[written[-1]], kind="plain" if whole else "share")


def _read_unclear(written: str) -> Reading:
    """Marks that no style explains: the last one is taken for the decimal mark unless three digits follow it."""
    *front, last = re.split(r"[.,٬'٫]", written)
    joined = "".join(front)
    return Reading(float(joined + last if len(last) == 3 else f"{joined}.{last}"), ambiguous=True)  # noqa: PLR2004


def _read_single(written: str, words: NumberWords, evidence: StyleEvidence, *, scaled: bool) -> Reading:
    mark = "," if "," in written else "."
    whole, rest = written.split(mark)
    decimal, thousands = float(f"{whole}.{rest}"), float(whole + rest)
    if whole.startswith("0"):
        return Reading(decimal)
    # Nobody writes hundredths and thousandths that are nought.
    rounded = rest.endswith("00")
    says_decimal = mark in evidence.decimals - evidence.thousands
    says_thousands = mark in evidence.thousands - evidence.decimals
    if mark == words.thousands:
        return Reading(thousands, says_decimal and not rounded, decimal if says_decimal and not rounded else None)
    if says_thousands or (scaled and not rounded):
        return Reading(thousands if says_thousands else decimal)
    precise = mark == words.also_thousands and len(whole) == 3 and not says_decimal  # noqa: PLR2004 112,492
    if mark == words.decimal and not rounded and not precise:
        return Reading(decimal, mark == "," and not says_decimal, thousands)
    # A mark foreign to the language says thousands where the digits are round, else it stays open.
    if says_decimal and not rounded:
        return Reading(decimal, alternative=thousands)
    return Reading(thousands, mark == words.decimal or not rest.endswith("0"), decimal)


_IDENTIFYING = frozenset({"date", "mark", "code", "endless"})
_READERS: dict[str, Callable[[str], Reading | None]] = {
    "integer": _read_integer,
    "indian": _read_commas,
    "commas": _read_commas,
    "dots": _read_dots,
    "spaces": _read_spaces,
    "unclear": _read_unclear,
    "fraction": _read_fraction,
    "vulgar": _read_fraction,
}
