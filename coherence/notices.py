"""What the user must know of the input, in the languages of reports: rules/vocabulary/notices.yaml.

A notice is made in English, for terminals and logs, and keeps the id of its message and the values in it; a report
says it again in its own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any, Literal

from babel import Locale
from babel.numbers import format_decimal

from coherence.countries import country_name
from coherence.errors import Fault, VocabularyError
from coherence.models import Notice
from coherence.translations import text_in
from coherence.vocabulary import REPORT_LANGUAGES, Language, term_list_marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.errors import Location

__all__ = ["Phrase", "country_phrase", "fault", "in_language", "language_phrase", "notice", "notices_of", "phrase_text"]

_ENGLISH: Language = "en"
_PHRASE_MARK = "@"
_COUNTRY = "country."
_LANGUAGE = "language."
_GROUPED = ","

_Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A value that is said differently in each language: an id of ``phrases`` in the vocabulary of notices."""

    id: str

    def __str__(self) -> str:
        """Write the phrase in English."""
        return phrase_text(self.id, _ENGLISH)


def country_phrase(iso3: str) -> Phrase:
    """Return the phrase that is a country's name in each language."""
    return Phrase(_COUNTRY + iso3)


def language_phrase(code: Language) -> Phrase:
    """Return the phrase that is a language's name in each language."""
    return Phrase(_LANGUAGE + code)


def notice(level: Literal["info", "warning", "error"], where: str, message: str, **values: object) -> Notice:
    """Return a notice of the message with these values; raises VocabularyError for an unknown id."""
    kept = _kept(values)
    what, remedy = _texts(message, kept, _ENGLISH)
    return Notice(level=level, where=where, what=what, remedy=remedy, message=message, values=kept)


def fault(location: Location, message: str, **values: object) -> Fault:
    """Return a fault of the message with these values; raises VocabularyError for an unknown id."""
    kept = _kept(values)
    what, remedy = _texts(message, kept, _ENGLISH)
    return Fault(location, what, remedy, message, kept)


def notices_of(faults: Iterable[Fault]) -> tuple[Notice, ...]:
    """Return a notice of level error for each fault, in the same words."""
    return tuple(
        Notice(level="error", where=str(each.location), what=each.what, remedy=each.remedy,
               message=each.message, values=each.values)
        for each in faults
    )  # fmt: skip


def in_language(given: Notice, language: Language) -> Notice:
    """Return the notice in another language; unchanged where it has no message id or reports do not speak it."""
    if not given.message or language not in REPORT_LANGUAGES:
        return given
    what, remedy = _texts(given.message, given.values, language)
    return given.model_copy(update={"what": what, "remedy": remedy})


def phrase_text(name: str, language: Language) -> str:
    """Return a phrase in a language; raises VocabularyError for an unknown id."""
    if name.startswith(_COUNTRY):
        return country_name(name.removeprefix(_COUNTRY), language)
    if name.startswith(_LANGUAGE):
        return str(Locale.parse(name.removeprefix(_LANGUAGE)).get_display_name(language))
    return text_in(_entry("phrases", name), language)


def _kept(values: Mapping[str, object]) -> _Values:
    """Return the values as texts, by name; phrases by their ids behind a mark that is doubled in other texts."""
    return tuple((name, _written(value)) for name, value in sorted(values.items()))


def _written(value: object) -> str:
    if isinstance(value, Phrase):
        return _PHRASE_MARK + value.id
    text = str(value)
    return _PHRASE_MARK + text if text.startswith(_PHRASE_MARK) else text


def _texts(message: str, values: _Values, language: Language) -> tuple[str, str]:
    entry = _entry("messages", message)
    form, spoken = _Form(language), {name: _spoken(text, language) for name, text in values}
    return form.vformat(text_in(entry["what"], language), (), spoken), form.vformat(
        text_in(entry["remedy"], language) if "remedy" in entry else "", (), spoken
    )


def _spoken(text: str, language: Language) -> str:
    if not text.startswith(_PHRASE_MARK):
        return text
    rest = text.removeprefix(_PHRASE_MARK)
    return rest if rest.startswith(_PHRASE_MARK) else phrase_text(rest, language)


class _Form(Formatter):
    """Fills placeholders; ``{count:,}`` is written with the digit grouping of the language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        """Write one value."""
        if format_spec == _GROUPED:
            return format_decimal(int(str(value)), locale=self._language)
        return str(value)


@cache
def _entry(section: str, name: str) -> Any:
    marked = term_list_marked("notices")
    found = marked.data[section].get(name)
    if found is None:
        problem = Fault(marked.where(section), f"there is no '{name}' in {section}", "add it in all report languages")
        raise VocabularyError(problem)
    return found
