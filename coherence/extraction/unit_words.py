"""Units of measure and money: how they are written, and the factor to the canonical unit.

Factors are derived by pint from the definitions in rules/vocabulary/units.yaml; the registry holds those alone, so
no foreign name (``mu`` is a particle in pint's own list) is ever met. Offsets are characters, end-exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pint
from babel.core import get_global
from babel.numbers import get_currency_name

from coherence.extraction.numeric_folding import fold_form
from coherence.extraction.numeric_vocabulary import vocabulary_file
from coherence.extraction.vocabulary_forms import LETTER, Forms, any_of, form_pattern, is_han, lower_form, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.extraction.numeric_folding import FoldedText
    from coherence.vocabulary import Language

__all__ = ["UnitMatch", "UnitMeaning", "UnitWords", "canonical_factor", "unit_words"]

_UNIT_KEYS = (
    "names", "co2e", "emission_words", "carbon_words", "currencies", "per", "per_what", "year_words",
    "year_adjectives", "of", "stops", "nouns", "zero_heads", "head_words",
)  # fmt: skip
_SHARED_KEYS = ("definitions", "canonical", "units", "co2e", "currencies", "doubtful_codes", "glued_prefixes")
_MASSES = ("t", "kt", "mt", "gt", "gg", "tg", "kg")
_PLURAL_COUNTS = (1, 2, 5)
_LONGEST_MONEY_WORDS = 10
_LONGEST_CODE = 4
_CALENDAR_YEAR = re.compile(r"\s{0,2}(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class UnitMeaning:
    """A unit's canonical id, the factor that leads to it, and its id in units.yaml (``km2``) or ISO code."""

    unit: str
    factor: float
    key: str


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found in folded text; ``per`` names the rate that follows it ("/an", "per capita")."""

    start: int
    end: int
    meaning: UnitMeaning
    per: str | None = None


@cache
def _shared() -> dict[str, Any]:
    return vocabulary_file("units", _SHARED_KEYS)


@cache
def _registry() -> Any:
    registry: Any = pint.UnitRegistry(None)
    for line in _shared()["definitions"]:
        registry.define(line)
    return registry


@cache
def canonical_factor(key: str) -> float:
    """Return how many canonical units one unit of units.yaml is; raises KeyError for an unknown id."""
    entry = _shared()["units"][key]
    target = _shared()["canonical"].get(entry["canonical"])
    if target is None:
        return 1.0
    registry = _registry()
    amount = registry.Quantity(1.0) * registry.parse_expression(str(entry["expression"]))
    return float(amount.to(registry.parse_expression(target).units).magnitude)


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The units, currencies, rates and counted nouns of one language, compiled."""

    language: Language
    cased: Forms[UnitMeaning]
    lower: Forms[UnitMeaning]
    mass_symbols: Forms[UnitMeaning]
    mass_names: Forms[UnitMeaning]
    emission_tail: re.Pattern[str]
    money_prefixes: dict[str, UnitMeaning]
    money_lengths: tuple[int, ...]
    doubtful: frozenset[str]
    nouns: Forms[str]
    counters: Forms[str]
    stops: frozenset[str]
    of: re.Pattern[str]
    per: re.Pattern[str]
    per_what: Forms[str]
    year_words: re.Pattern[str]
    year_adjectives: re.Pattern[str]
    emission_words: re.Pattern[str]
    carbon_words: re.Pattern[str]
    zero_heads: Forms[str]
    zero_after: re.Pattern[str]
    zero_before: re.Pattern[str]
    head_scales: Forms[float]
    head_counts: re.Pattern[str]
    auxiliaries: re.Pattern[str]
    """Symbols that are also verbs, before what they help: "2015 ha logrado" in Spanish."""
    emissions_alone: frozenset[str]
    carbon_alone: frozenset[str]

    def unit_at(self, text: FoldedText, start: int) -> UnitMatch | None:
        """Return the longest unit or currency that begins at ``start``, with the rate after it."""
        hits = [hit for hit in (self.cased.match(text.cased, start), self.lower.match(text.lower, start)) if hit]
        for mass in (self.mass_symbols.match(text.cased, start), self.mass_names.match(text.lower, start)):
            tail = self.emission_tail.match(text.lower, mass[0]) if mass else None
            if mass and tail:
                hits.append((tail.end(), mass[1]))
        if not hits or self.auxiliaries.match(text.lower, start):
            return None
        end, meaning = max(hits, key=lambda hit: hit[0])
        rate = self.rate_at(text, end)
        return UnitMatch(start, rate[0], meaning, rate[1]) if rate else UnitMatch(start, end, meaning)

    def rate_at(self, text: FoldedText, start: int) -> tuple[int, str] | None:
        """Return the end and kind of a rate ("/an", "per capita") that follows at ``start``."""
        per = self.per.match(text.lower, start)
        rate = self.per_what.match(text.lower, per.end()) if per else None
        # "13,387 MW al año 2030" names a year and is no rate.
        return None if rate is None or _CALENDAR_YEAR.match(text.lower, rate[0]) else rate

    def money_before(self, text: FoldedText, end: int) -> tuple[int, UnitMeaning] | None:
        """Return where the currency that stands just before ``end`` begins, and its meaning."""
        stop = end
        while stop > 0 and end - stop < 2 and text.cased[stop - 1] in " \n":  # noqa: PLR2004 two spaces at most
            stop -= 1
        for length in self.money_lengths:
            begin = stop - length
            meaning = self.money_prefixes.get(text.cased[begin:stop]) if begin >= 0 else None
            if meaning is None or (text.cased[begin].isalpha() and begin and text.cased[begin - 1].isalnum()):
                continue
            # A figure glued to a word is a note mark ("dollars2"); after "12 $" a new line starts something else.
            noted = stop == end and length > _LONGEST_CODE and text.cased[stop - 1].islower()
            ended = "\n" in text.cased[stop:end] and text.cased[max(0, begin - 3) : begin].rstrip(" ")[-1:].isdigit()
            return None if noted or ended else (begin, meaning)
        return None


def _per_pattern(forms: Iterable[object]) -> re.Pattern[str]:
    """A word is set apart from what it divides by ("a year", not "at"); signs and apostrophes are not."""
    ordered = sorted(map(lower_form, forms), key=lambda form: (-len(form), form))
    apart = [form[-1].isalpha() and not is_han(form[-1]) for form in ordered]
    parts = [
        form_pattern(form) + (r"\s{1,2}" if word else r"\s{0,2}") for form, word in zip(ordered, apart, strict=True)
    ]
    return re.compile(rf"\s{{0,2}}(?:{'|'.join(parts)})")


def _measures(data: dict[str, Any]) -> tuple[dict[str, UnitMeaning], dict[str, UnitMeaning]]:
    symbols: dict[str, UnitMeaning] = {}
    names: dict[str, UnitMeaning] = {}
    for key, entry in _shared()["units"].items():
        meaning = UnitMeaning(entry["canonical"], canonical_factor(key), key)
        symbols.update({fold_form(str(symbol)): meaning for symbol in entry["symbols"]})
        names.update({lower_form(name): meaning for name in data["names"].get(key, ())})
    return symbols, names


def _emission_tail(data: dict[str, Any], language: Language) -> str:
    """The pattern of CO2 equivalent in any of its forms, after a mass."""
    link = (
        "|".join(re.escape(lower_form(word)) + (r"\s?" if word.endswith("'") else r"\s{1,3}") for word in data["of"])
        or "(?!)"
    )
    tail = any_of((*_shared()["co2e"], *data["co2e"]), bounded=False)
    # Arabic PDF text loses the space after the tail too.
    edge = "" if language in {"ar", "zh"} else rf"(?!{LETTER})"
    return rf"[\s.(-]{{0,3}}(?:{link})?(?:{tail}){edge}\)?"


def _masses(forms: Mapping[str, UnitMeaning]) -> Forms[UnitMeaning]:
    """Masses as they stand before CO2 equivalent."""
    masses = {
        form: UnitMeaning("tCO2e", canonical_factor(meaning.key), f"{meaning.key}_co2e")
        for form, meaning in forms.items()
        if meaning.key in _MASSES
    }
    return Forms.compile(masses, bounded=False)


def _money(data: dict[str, Any], language: Language) -> tuple[dict[str, UnitMeaning], dict[str, UnitMeaning]]:
    """Symbols and codes (case kept), and names in lower case, of every currency in use."""
    shared: dict[str, list[str]] = _shared()["currencies"]
    tender = {
        code
        for spans in get_global("territory_currencies").values()
        for code, _, end, legal in spans
        if legal and not end
    }
    symbols = {code: UnitMeaning(code, 1.0, code) for code in sorted(tender)}
    names: dict[str, UnitMeaning] = {}
    for code in sorted(tender):
        for count in _PLURAL_COUNTS:
            names.setdefault(lower_form(get_currency_name(code, count, locale=language)), UnitMeaning(code, 1.0, code))
    for code, forms in shared.items():
        symbols.update({fold_form(str(form)): UnitMeaning(code, 1.0, code) for form in forms})
    for code, forms in data["currencies"].items():
        names.update({lower_form(form): UnitMeaning(code, 1.0, code) for form in forms})
    return symbols, names


def _with_prefixes(symbols: Mapping[str, UnitMeaning], prefixes: Mapping[str, float]) -> dict[str, UnitMeaning]:
    """Currencies with a scale glued before them: MUSD, M€, kEUR."""
    return {
        f"{prefix}{form}": UnitMeaning(meaning.unit, float(scale), meaning.key)
        for form, meaning in symbols.items()
        for prefix, scale in prefixes.items()
    }


def _values(groups: Mapping[str, Iterable[object]]) -> dict[str, str]:
    """Turn {id: forms} into {folded form: id}."""
    return {lower_form(form): name for name, forms in groups.items() for form in forms}


def _flagged(flag: str) -> frozenset[str]:
    return frozenset(key for key, entry in _shared()["units"].items() if entry.get(flag))


def _zero_patterns(heads: Iterable[object], *, han: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What can fall to none, after and before "zero": "zero gross illegal deforestation", a few words between."""
    few = r"" if han else rf"[\s-]{{1,3}}(?:{LETTER}{{1,15}}\s){{0,3}}"
    body = any_of(heads, bounded=False)
    return re.compile(rf"{few}(?:{body})(?!{LETTER})"), re.compile(rf"(?:{body}){few}\Z")


def _yearly(words: Iterable[object], *, han: bool) -> re.Pattern[str]:
    return re.compile(whole_words(words, han=han).pattern + r"(?!\s{0,2}(?:19|20)[0-9]{2})")


def _auxiliaries(symbols: Mapping[str, Mapping[str, Iterable[str]]]) -> re.Pattern[str]:
    """Symbols that are verbs where a word with one of the endings follows, with or without a small word between."""
    forms = [
        rf"{re.escape(symbol)}\s{{1,3}}(?:(?:{any_of(words['between'])})\s{{1,3}})?{LETTER}*(?:{any_of(words['endings'])})"
        for symbol, words in symbols.items()
    ]
    return re.compile("|".join(forms) or "(?!)")


@cache
def unit_words(language: Language) -> UnitWords:
    """Return the compiled unit vocabulary of a language; raises VocabularyError."""
    data, han = vocabulary_file(f"units/{language}", _UNIT_KEYS), language == "zh"
    symbols, names = _measures(data)
    money, money_names = _money(data, language)
    glued = _with_prefixes(money, _shared()["glued_prefixes"])
    prefixes = {**{form: value for form, value in money_names.items() if len(form) <= _LONGEST_MONEY_WORDS}, **money}
    zero_after, zero_before = _zero_patterns(data["zero_heads"], han=han)
    return UnitWords(
        language=language,
        cased=Forms.compile({**glued, **money, **symbols}),
        lower=Forms.compile({**money_names, **names}),
        mass_symbols=_masses(symbols),
        mass_names=_masses(names),
        emission_tail=re.compile(_emission_tail(data, language)),
        money_prefixes=prefixes,
        money_lengths=tuple(sorted({len(form) for form in prefixes}, reverse=True)),
        doubtful=frozenset(_shared()["doubtful_codes"]),
        nouns=Forms.compile(_values(data["nouns"])),
        counters=Forms.compile(_values({"counter": data.get("counters", ())})),
        stops=frozenset(lower_form(word) for word in data["stops"]),
        of=re.compile(rf"\s{{0,2}}(?:{any_of(data['of'])})\s{{0,2}}"),
        per=_per_pattern(data["per"]),
        per_what=Forms.compile(_values(data["per_what"])),
        year_words=_yearly(data["year_words"], han=han),
        year_adjectives=_yearly(data["year_adjectives"], han=han),
        emission_words=re.compile(any_of(data["emission_words"], bounded=False)),
        carbon_words=re.compile(any_of(data["carbon_words"], bounded=False)),
        zero_after=zero_after,
        zero_before=zero_before,
        zero_heads=Forms.compile({lower_form(form): unit for form, unit in data["zero_heads"].items()}),
        head_scales=Forms.compile(
            {lower_form(form): float(scale) for form, scale in data["head_words"]["scale"].items()}
        ),
        head_counts=re.compile(rf"(?<!{LETTER})(?:{any_of(data['head_words']['count'])})"),
        auxiliaries=_auxiliaries(data.get("auxiliaries", {})),
        emissions_alone=_flagged("emissions_alone"),
        carbon_alone=_flagged("carbon_alone"),
    )
