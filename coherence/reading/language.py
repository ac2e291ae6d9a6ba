"""Which of the seven languages a text is in: by its script where that decides, else by py3langid."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from coherence.vocabulary import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LanguageGuess", "document_language", "identify_language"]

_SCRIPTS: dict[Language, re.Pattern[str]] = {
    "ar": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
}
_DECISIVE_SHARE = 0.5
_LONGEST_SAMPLE = 2_000
_SHORTEST_PASSAGE = 25
_MOST_PASSAGES = 60
"""Passages that are asked, at even distances: a document's language is clear long before all of it is read."""


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A language and how sure it is, 0 to 1."""

    language: Language
    confidence: float


def identify_language(text: str) -> LanguageGuess:
    """Return the language of a text; English with confidence 0 when the text has no letters."""
    letters = "".join(filter(str.isalpha, text[:_LONGEST_SAMPLE]))
    if not letters:
        return LanguageGuess("en", 0.0)
    if not letters.isascii():
        for language, script in _SCRIPTS.items():
            count = len(script.findall(letters))
            if count >= _DECISIVE_SHARE * len(letters):
                return LanguageGuess(language, count / len(letters))
    code, probability = _identifier().classify(text[:_LONGEST_SAMPLE])
    return LanguageGuess(code, float(probability))


def document_language(texts: Iterable[str]) -> LanguageGuess:
    """Return the language most of the text is in, weighed by length and confidence."""
    everything = tuple(texts)
    telling = [text for text in everything if len(text) >= _SHORTEST_PASSAGE or not text.isascii()]
    weights: Counter[Language] = Counter()
    for text in telling[:: math.ceil(len(telling) / _MOST_PASSAGES) or 1]:
        guess = identify_language(text)
        weights[guess.language] += round(guess.confidence * len(text) * 1000)
    if not weights.total():
        return identify_language(" ".join(everything))
    language = max(LANGUAGES, key=lambda code: (weights[code], -LANGUAGES.index(code)))
    return LanguageGuess(language, weights[language] / weights.total())


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # loading it takes a moment

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([language for language in LANGUAGES if language not in {"ar", "ru", "zh"}])
    return identifier
