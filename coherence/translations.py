"""Texts of rules and reports in the languages that translators keep apart: rules/translations/<language>.yaml.

English, French and Spanish stand side by side where a text is written. Further languages stand in one catalogue each,
by the English text, so that a phrase of many rules is translated once and a changed text is translated anew.
docs/decisions/0009-translation-catalogues.md tells why.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Literal

from babel import Locale
from pydantic import Field, StringConstraints, ValidationError

from coherence.errors import CoherenceError, Fault, Location, VocabularyError
from coherence.form_faults import form_faults
from coherence.model_basics import FileSpec
from coherence.resources import rules_dir
from coherence.strict_yaml import Marked, load_marked
from coherence.vocabulary import TRANSLATED_LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "TRANSLATIONS", "Catalogue", "catalogue_faults", "direction", "filled_in", "is_texts", "isolated", "phrase",
    "plural_forms", "plural_in", "read_catalogue", "read_catalogues", "shipped_catalogue", "text_in", "untranslated",
]  # fmt: skip

TRANSLATIONS = "translations"
"""Folder of a pack's catalogues."""
_MANUAL = "docs/reference/translations.md"
_ENGLISH: Language = "en"
_MOST_BYTES = 2_000_000
_FIRST_NUMBERS = 201
"""Enough whole numbers to tell whether a plural form stands for one number alone."""
_SAME = {"a.instrument_name": "a.instrument", "b.instrument_name": "b.instrument",
         "missing.instrument_name": "missing.instrument"}  # fmt: skip
"""An instrument may go by its short or by its full name, as the language likes it."""
_FIRST_STRONG, _END = "\u2068", "\u2069"
_DIRECTED = frozenset({"L", "R", "AL", "EN", "AN"})

Filled = Annotated[str, StringConstraints(min_length=1)]


class Entry(FileSpec):
    """One translation."""

    en: Filled
    """The English text as the source has it; spaces and line breaks make no difference."""
    within: Annotated[str | None, Field(alias="in")] = None
    """Key in rules/vocabulary/report_texts.yaml under which alone the translation holds, where a word has several."""
    text: Filled | None = None
    """The translation."""
    forms: dict[str, Filled] | None = None
    """In place of text: the translation by CLDR plural form, where the source has one / other."""


class CatalogueFile(FileSpec):
    """A file of translations into one language."""

    language: str
    """Code of the language; the file is named after it."""
    texts: tuple[Entry, ...]
    """The translations, in any order."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Translations into one language, by English text and the key that they are confined to ("" for none)."""

    language: str
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    plurals: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Location] = field(default_factory=dict)

    def key_of(self, english: str, context: str = "", *, plural: bool = False) -> tuple[str, str] | None:
        """Return the key of the translation of a text that stands under a dotted key, or None."""
        known = self.plurals if plural else self.texts
        source = phrase(english)
        while (source, context) not in known and context:
            context = context.rpartition(".")[0]
        return (source, context) if (source, context) in known else None

    def text(self, english: str, context: str = "") -> str | None:
        """Return the translation of a text, or None."""
        key = self.key_of(english, context)
        return None if key is None else self.texts[key]


def phrase(text: str) -> str:
    """Return a text as catalogues know it: line breaks and runs of spaces are one space, none at the ends."""
    return " ".join(text.split())


def text_in(texts: Mapping[str, str | None], language: str, context: str = "") -> str:
    """Return the one of ``texts`` in a language, else its translation, else the English one.

    ``context``: the dotted key of a text of rules/vocabulary/report_texts.yaml.
    """
    own = texts.get(language)
    if own is not None:
        return own
    english = texts.get(_ENGLISH) or ""
    if language not in TRANSLATED_LANGUAGES or not english:
        return english
    return shipped_catalogue(language).text(english, context) or english


def plural_in(forms: Mapping[str, Mapping[str, str]], language: str, number: int, context: str) -> str:
    """Return the text for a number: of ``one`` / ``other`` in the source, of all CLDR forms in a catalogue."""
    form = Locale(language).plural_form(number)
    if language in TRANSLATED_LANGUAGES:
        catalogue = shipped_catalogue(language)
        key = catalogue.key_of(forms["other"][_ENGLISH], context, plural=True)
        if key is not None:
            return catalogue.plurals[key][form]
        language, form = _ENGLISH, Locale(_ENGLISH).plural_form(number)
    return forms.get(form, forms["other"])[language]


@cache
def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return ``rtl`` or ``ltr``, the direction a language is written in."""
    return "rtl" if Locale.parse(language).character_order == "right-to-left" else "ltr"


def isolated(text: str, language: str) -> str:
    """Return a value for a sentence of a language written from right to left; others take it as it is.

    What is written from left to right stands between invisible marks of Unicode, so that its brackets and full stops
    stay on their side.
    """
    if direction(language) == "ltr":
        return text
    strong = {unicodedata.bidirectional(char) for char in text} & _DIRECTED
    return f"{_FIRST_STRONG}{text}{_END}" if "L" in strong else text


@cache
def shipped_catalogue(language: str) -> Catalogue:
    """Return the catalogue that is shipped, empty where there is none; raises VocabularyError."""
    path = rules_dir() / TRANSLATIONS / f"{language}.yaml"
    return read_catalogue(path) if path.is_file() else Catalogue(language)


def read_catalogue(path: Path, *, most_bytes: int = _MOST_BYTES) -> Catalogue:
    """Return the translations of a file; raises VocabularyError with every fault and its place."""
    marked = load_marked(path, VocabularyError, most_bytes=most_bytes)
    if not isinstance(marked.data, dict):
        raise VocabularyError(Fault(marked.where(), "translations are a mapping", "begin with language:"))
    try:
        content = CatalogueFile.model_validate(marked.data)
    except ValidationError as problem:
        raise VocabularyError(*form_faults(problem, marked, CatalogueFile, _MANUAL)) from None
    faults = [*_file_faults(content, marked), *_faults(content, marked)]
    if faults:
        raise VocabularyError(*sorted(faults))
    return _catalogue(content, marked)


def _catalogue(content: CatalogueFile, marked: Marked) -> Catalogue:
    keys = [(phrase(each.en), each.within or "") for each in content.texts]
    pairs = list(zip(keys, content.texts, strict=True))
    return Catalogue(
        content.language,
        {key: each.text for key, each in pairs if each.text is not None},
        {key: each.forms for key, each in pairs if each.forms is not None},
        {key: marked.where("texts", index) for index, key in enumerate(keys)},
    )


def _file_faults(content: CatalogueFile, marked: Marked) -> Iterator[Fault]:
    if content.language not in TRANSLATED_LANGUAGES:
        what = f"'{content.language}' is no language of catalogues"
        yield Fault(marked.where("language"), what, f"one of: {', '.join(TRANSLATED_LANGUAGES)}")
    elif marked.path.name != f"{content.language}.yaml":
        what = f"language '{content.language}' in file {marked.path.name}"
        yield Fault(marked.where("language"), what, f"name the file {content.language}.yaml")


def _faults(content: CatalogueFile, marked: Marked) -> Iterator[Fault]:
    if content.language not in TRANSLATED_LANGUAGES:
        return
    forms = plural_forms(content.language)
    seen: Counter[tuple[str, str]] = Counter()
    for index, entry in enumerate(content.texts):
        where = ("texts", index)
        key = phrase(entry.en), entry.within or ""
        seen[key] += 1
        if seen[key] > 1:
            yield Fault(marked.where(*where, "en"), "this text is translated twice", "keep one of the two")
        if (entry.text is None) is (entry.forms is None):
            yield Fault(marked.where(*where), "an entry has either text or forms", "write one of the two")
        elif entry.text is not None:
            yield from _placeholder_faults(entry.en, entry.text, marked.where(*where, "text"))
        elif entry.forms is not None:
            yield from _form_faults(entry, forms, marked, index)


def _form_faults(entry: Entry, needed: Mapping[str, bool], marked: Marked, index: int) -> Iterator[Fault]:
    written = entry.forms or {}
    remedy = f"write: {', '.join(needed)}"
    for form in needed.keys() - written.keys():
        yield Fault(marked.where("texts", index, "forms"), f"the plural form '{form}' is missing", remedy)
    for form, text in written.items():
        where = marked.where("texts", index, "forms", form)
        if form not in needed:
            yield Fault(where, f"the language has no plural form '{form}'", remedy)
        else:
            yield from _placeholder_faults(entry.en, text, where, may_omit={"n"} if needed[form] else set())


@cache
def plural_forms(language: str) -> Mapping[str, bool]:
    """Return the CLDR plural forms of whole numbers in a language, and whether each stands for one number alone."""
    rule = Locale(language).plural_form
    numbers = Counter(rule(number) for number in range(_FIRST_NUMBERS))
    return {form: numbers[form] == 1 for form in ("zero", "one", "two", "few", "many", "other") if _has(rule, form)}


def _has(rule: object, form: str) -> bool:
    return form == "other" or form in getattr(rule, "tags", ())


def _placeholder_faults(
    english: str, text: str, where: Location, may_omit: Iterable[str] = ()
) -> Iterator[Fault]:  # fmt: skip
    try:
        wanted, found = _placeholders(english), _placeholders(text)
    except ValueError:
        yield Fault(where, "a brace stands alone", "write placeholders as the English text does")
        return
    for name in sorted(wanted - found - set(may_omit)):
        yield Fault(where, f"the placeholder '{{{name}}}' is missing", "write it where the sentence needs it")
    for name in sorted(found - wanted):
        yield Fault(where, f"unknown placeholder '{{{name}}}'", "the English text has no such placeholder")


def _placeholders(text: str) -> set[str]:
    return {_SAME.get(name, name) for _, name, _, _ in Formatter().parse(text) if name is not None}


def is_texts(data: object) -> bool:
    """Tell whether parsed data is a text in several languages: a mapping from their codes, English among them."""
    return (
        isinstance(data, dict)
        and isinstance(data.get(_ENGLISH), str)
        and all(len(name) == len(_ENGLISH) and isinstance(text, str | None) for name, text in data.items())
    )


def untranslated(data: object, language: str) -> frozenset[str]:
    """Return the English texts within data that a report in the language has to show in English."""
    if isinstance(data, dict) and is_texts(data):
        own = data.get(language) or language not in TRANSLATED_LANGUAGES
        return frozenset() if own or shipped_catalogue(language).text(data[_ENGLISH]) else frozenset({data[_ENGLISH]})
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    return frozenset().union(*(untranslated(each, language) for each in inner))


def filled_in(data: object, catalogues: Mapping[str, Catalogue]) -> object:
    """Return parsed data of a pack with the pack's own translations beside the texts that it writes."""
    if not catalogues:
        return data
    if isinstance(data, dict):
        if is_texts(data):
            found = {name: each.text(data[_ENGLISH]) for name, each in catalogues.items()}
            return {name: text for name, text in found.items() if text is not None} | data
        return {name: filled_in(value, catalogues) for name, value in data.items()}
    return [filled_in(each, catalogues) for each in data] if isinstance(data, list) else data


def catalogue_faults(folder: Path) -> tuple[Fault, ...]:
    """Return every fault of the translations of a folder of rules."""
    faults: list[Fault] = []
    read_catalogues(folder, _MOST_BYTES, faults)
    return tuple(faults)


def read_catalogues(folder: Path, most_bytes: int, faults: list[Fault]) -> dict[str, Catalogue]:
    """Return a pack's catalogues by language; faulty ones are left out and their faults added to ``faults``."""
    found: dict[str, Catalogue] = {}
    for path in sorted((folder / TRANSLATIONS).glob("*.y*ml")):
        try:
            catalogue = read_catalogue(path, most_bytes=most_bytes)
        except CoherenceError as problem:
            faults += problem.faults
        else:
            found[catalogue.language] = catalogue
    return found
