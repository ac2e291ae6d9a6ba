"""Names and codes of countries: Unicode CLDR through Babel, with the additions of rules/vocabulary/countries.yaml."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import ahocorasick
from babel import Locale
from babel.core import get_global

from coherence.translations import text_in
from coherence.vocabulary import LANGUAGES, Language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["count_countries", "country_codes", "country_name", "find_country", "suggest_country"]

_ALPHA_2 = 2
_ALPHA_3 = 3
_CJK_START = "\u2e80"
_MOST_SUGGESTIONS = 3
_GAP = re.compile(r"[\s_‐‑–-]+")
"""What may stand between the words of a name: a space, a line break, a hyphen, a dash between spaces."""
_TOKEN = re.compile(r"[^\W_]+")
_BRACKETED = re.compile(r"\s*[(（][^)）]*[)）]")


@cache
def country_codes() -> dict[str, str]:
    """Return ISO 3166-1 alpha-3 codes to alpha-2 codes."""
    withdrawn = set(term_list("countries")["withdrawn"])
    named = Locale("en").territories
    codes = {
        code: aliases[0]
        for code, aliases in get_global("territory_aliases").items()
        if len(code) == _ALPHA_3
        and code.isalpha()
        and code not in withdrawn
        and len(aliases) == 1
        and aliases[0] in named
    }
    return dict(sorted(codes.items()))


def country_name(iso3: str, language: Language) -> str:
    """Return the country's name in a language, or the code itself when it is unknown."""
    names = term_list("countries")["report_names"].get(iso3, {})
    if names:
        return text_in(names, language)
    alpha2 = country_codes().get(iso3)
    return str(Locale(language).territories.get(alpha2, iso3)) if alpha2 else iso3


def suggest_country(text: str) -> tuple[str, ...]:
    """Return the alpha-3 codes that a wrong code or a name may have meant, likeliest first."""
    found = find_country(text)
    if found:
        return (found,)
    code = text.strip().upper()
    near = (
        difflib.get_close_matches(code, country_codes(), n=_MOST_SUGGESTIONS, cutoff=0.6)
        if len(code) == _ALPHA_3
        else []
    )
    names = _names()
    alike = difflib.get_close_matches(_plain(text), names, n=_MOST_SUGGESTIONS, cutoff=0.75)
    return tuple(dict.fromkeys([*(names[name] for name in alike), *near]))[:_MOST_SUGGESTIONS]


def find_country(text: str) -> str | None:
    """Return the one country that a short text names ("Burkina Faso docs", "GHA", "gh"), else None.

    A code in small letters that is a word of its own, as "in" or "do", names none.
    """
    bare = text.strip()
    whole = bare.upper()
    if whole in country_codes():
        return whole
    if len(whole) == _ALPHA_2 and whole in _alpha3() and bare not in term_list("countries")["words_not_codes"]:
        return _alpha3()[whole]
    named = {code for _, code, _ in _mentions(bare, capitalised=False)}
    if not named:
        named = {token for token in _TOKEN.findall(bare.replace("_", " ")) if token in country_codes()}
    return next(iter(named)) if len(named) == 1 else None


def count_countries(texts: Iterable[str]) -> Counter[str]:
    """Return how often texts name each country, by alpha-3 code; names that are common words do not count."""
    weak = {_plain(name) for name in term_list("countries")["weak_names"]}
    return Counter(code for text in texts for _, code, name in _mentions(text) if name not in weak)


def _mentions(text: str, *, capitalised: bool = True) -> set[tuple[int, str, str]]:
    """Return (place, code, name) of the names in a text: whole words, the longest where they overlap."""
    text = _GAP.sub(" ", text)
    plain = _plain_aligned(text)
    found = set()
    for end, (name, code) in _automaton().iter_long(plain):
        start = end - len(name) + 1
        cjk = name[0] >= _CJK_START
        whole = not (start and plain[start - 1].isalnum()) and not plain[end + 1 : end + 2].isalnum()
        if cjk or (whole and not (capitalised and text[start : start + 1].islower())):
            found.add((start, code, name))
    return found


@cache
def _alpha3() -> dict[str, str]:
    return {alpha2: alpha3 for alpha3, alpha2 in country_codes().items()}


@cache
def _names() -> dict[str, str]:
    """Return plain names in the seven languages to alpha-3 codes; a name that two countries bear is left out."""
    holders: dict[str, set[str]] = {}
    for alpha3, alpha2 in country_codes().items():
        for language in LANGUAGES:
            name = Locale(language).territories.get(alpha2, "")
            for form in {name, _BRACKETED.sub("", name)}:
                holders.setdefault(_plain(form), set()).add(alpha3)
    additions = term_list("countries")
    for alpha3, names in additions["other_names"].items():
        for name in (*names, *additions["report_names"].get(alpha3, {}).values()):
            holders[_plain(str(name))] = {alpha3}
    return {name: next(iter(codes)) for name, codes in holders.items() if len(codes) == 1 and len(name) > 1}


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for name, code in _names().items():
        automaton.add_word(name, (name, code))
    automaton.make_automaton()
    return automaton


def _plain(text: str) -> str:
    return _GAP.sub(" ", _plain_aligned(text)).strip()


def _plain_aligned(text: str) -> str:
    """Return the text without accents and case, one character for one."""
    return "".join(_bare_character(character) for character in text)


@cache
def _bare_character(character: str) -> str:
    if character in "’‘`ʼ":
        return "'"
    base = unicodedata.normalize("NFKD", character)[:1] or character
    lower = base.lower()
    return lower if len(lower) == 1 else character
