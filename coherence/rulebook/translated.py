"""How much of the texts of rules and reports is translated, per language: what is missing and what is stale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from coherence.errors import CoherenceError
from coherence.resources import rules_dir
from coherence.strict_yaml import Marked, load_marked
from coherence.translations import TRANSLATIONS, Catalogue, is_texts, phrase, read_catalogue
from coherence.vocabulary import REPORT_LANGUAGES, SOURCE_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from coherence.errors import Location
    from coherence.strict_yaml import KeyPath

__all__ = ["Coverage", "SourceText", "coverage", "source_texts", "to_fill_in"]

_KEYED = "report_texts.yaml"
"""The one file whose texts are asked for by their dotted key, so that a translation can be confined to some."""
_COUNTED = ("count",)
"""Where its texts depend on a number, as one / other."""
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text as its source writes it: ``texts`` by language code, and where its English stands."""

    texts: dict[str, str]
    where: Location
    context: str = ""
    plural: bool = False

    @property
    def english(self) -> str:
        """The English text."""
        return self.texts["en"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Texts of a folder of rules in one language; equal texts count once."""

    language: str
    texts: int
    missing: tuple[SourceText, ...]
    stale: tuple[tuple[str, Location], ...]
    """English texts of translations that no source has, or no longer has, and where they stand."""

    @property
    def translated(self) -> int:
        """How many texts have a translation."""
        return self.texts - len(self.missing)


def coverage(folder: Path) -> tuple[Coverage, ...]:
    """Return how far a folder of rules is translated, for each language of reports but English.

    Raises VocabularyError for faulty catalogues.
    """
    sources = tuple(source_texts(folder))
    return tuple(_coverage(folder, language, sources) for language in REPORT_LANGUAGES if language != "en")


def source_texts(folder: Path) -> Iterator[SourceText]:
    """Yield every text that the YAML files of a folder write in several languages; faulty files are passed over.

    Official wording that stands in English alone is not translated.
    """
    for path in sorted(folder.rglob("*.yaml")):
        if path.relative_to(folder).parts[0] == TRANSLATIONS:
            continue
        try:
            marked = load_marked(path)
        except CoherenceError:
            continue
        yield from _texts(marked, marked.data, (), keyed=path.name == _KEYED)


def _texts(marked: Marked, data: Any, path: KeyPath, *, keyed: bool) -> Iterator[SourceText]:
    context = ".".join(str(part) for part in path) if keyed else ""
    if is_texts(data):
        if len(data) > 1 and data["en"].strip():
            yield SourceText({key: text for key, text in data.items() if text}, marked.where(*path, "en"), context)
    elif keyed and path[:1] == _COUNTED and isinstance(data, dict) and is_texts(data.get(_OTHER)):
        yield SourceText(data[_OTHER], marked.where(*path), context, plural=True)
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(marked, value, (*path, key), keyed=keyed)


def _coverage(folder: Path, language: str, sources: Iterable[SourceText]) -> Coverage:
    own = _catalogue(folder, language)
    catalogues = [own] if folder.resolve() == rules_dir().resolve() else [own, _catalogue(rules_dir(), language)]
    seen: dict[tuple[str, str, bool], SourceText] = {}
    missing: dict[tuple[str, str, bool], SourceText] = {}
    used: set[tuple[str, str]] = set()
    for each in sources:
        keys = [catalogue.key_of(each.english, each.context, plural=each.plural) for catalogue in catalogues]
        found = next((key for key in keys if key), None)
        used |= {keys[0]} if keys[0] else set()
        # Equal texts are one, unless a translation is confined to the key of one of them.
        name = (phrase(each.english), found[1] if found else "", each.plural)
        seen.setdefault(name, each)
        if language not in each.texts and (language in SOURCE_LANGUAGES or found is None):
            missing.setdefault(name, each)
    stale = tuple((key[0], place) for key, place in own.places.items() if key not in used)
    return Coverage(language, len(seen), tuple(missing.values()), stale)


def _catalogue(folder: Path, language: str) -> Catalogue:
    path = folder / TRANSLATIONS / f"{language}.yaml"
    return read_catalogue(path) if path.is_file() else Catalogue(language)


def to_fill_in(missing: Iterable[SourceText], forms: Iterable[str]) -> str:
    """Return the missing texts as entries of a catalogue, to be completed by a translator."""
    entries = [
        {"en": phrase(each.english)} | ({"forms": dict.fromkeys(forms, "")} if each.plural else {"text": ""})
        for each in missing
    ]
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=10_000) if entries else ""
