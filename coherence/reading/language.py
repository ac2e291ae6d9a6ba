"""Which of the seven languages a text is in: by its script where that decides, else by py3langid."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from coherence.vocabulary import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LanguageGuess", "document_language", "identify_language"]

_SCRIPTS: tuple[tuple[Language, str, str], ...] = (
    ("ar", "\u0600", "\u06ff"), ("ar", "\u0750", "\u077f"), ("ar", "\ufb50", "\ufdff"), ("ar", "\ufe70", "\ufeff"),
    ("zh", "\u3400", "\u4dbf"), ("zh", "\u4e00", "\u9fff"), ("ru", "\u0400", "\u04ff"),
)  # fmt: skip
_DECISIVE_SHARE = 0.5
_LONGEST_SAMPLE = 2_000
_SHORTEST_PASSAGE = 25
_MOST_PASSAGES = 400


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A language and how sure it is, 0 to 1."""

    language: Language
    confidence: float


def identify_language(text: str) -> LanguageGuess:
    """Return the language of a text; English with confidence 0 when the text has no letters."""
    letters = [character for character in text[:_LONGEST_SAMPLE] if character.isalpha()]
    if not letters:
        return LanguageGuess("en", 0.0)
    scripts = Counter(_script_language(character) for character in letters)
    language, count = scripts.most_common(1)[0]
    if language is not None and count >= _DECISIVE_SHARE * len(letters):
        return LanguageGuess(language, count / len(letters))
    code, probability = _identifier().classify(text[:_LONGEST_SAMPLE])
    return LanguageGuess(code, float(probability))


def document_language(texts: Iterable[str]) -> LanguageGuess:
    """Return the language most of the text is in, weighed by length and confidence."""
    weights: Counter[Language] = Counter()
    everything: list[str] = []
    for text in texts:
        if len(everything) >= _MOST_PASSAGES:
            break
        everything.append(text)
        if len(text) >= _SHORTEST_PASSAGE or not text.isascii():
            guess = identify_language(text)
            weights[guess.language] += round(guess.confidence * len(text) * 1000)
    if not weights.total():
        return identify_language(" ".join(everything))
    language = max(LANGUAGES, key=lambda code: (weights[code], -LANGUAGES.index(code)))
    return LanguageGuess(language, weights[language] / weights.total())


def _script_language(character: str) -> Language | None:
    return next((language for language, low, high in _SCRIPTS if low <= character <= high), None)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # loading it takes a moment

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language for language in LANGUAGES if language not in {"ar", "ru", "zh"}])
    return identifier
