"""How far suggested themes can be trusted: the share that is right, by the least similarity asked for.

Compares the theme nearest to each annotated quote with those that a person gave: for the quotes in which the lexicon
finds no theme, of which there are few that say much, and for all quotes, as if it found none.

Needs the extra: pip install -e '.[semantic]'. Measures on the project's own example dossiers, or with --shared on
annotated documents that lie outside the repository.
"""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from annotated import own_documents, shared_documents

from coherence.extraction.concepts import find_concepts
from coherence.reading.language import document_language
from coherence.suggestions import load_encoder, nearest_themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coherence.evaluation import AnnotatedDocument

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)


def quotes(documents: Iterable[AnnotatedDocument]) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Yield each quote once, the themes that a person gave its figures, and whether the lexicon finds any."""
    for document in documents:
        rows = sorted(document.rows, key=lambda row: row.quote)
        language = document_language(row.quote for row in rows).language
        for quote, same in groupby(rows, key=lambda row: row.quote):
            themes = frozenset(theme for row in same for theme in row.themes)
            yield quote, themes, bool(find_concepts(quote, language).themes)


def print_shares(name: str, found: list[tuple[float, bool]]) -> None:
    print(f"{name}: {len(found)}")
    for least in THRESHOLDS:
        graded = [right for similarity, right in found if similarity >= least]
        share = f"{sum(graded) / len(graded):.2f}" if graded else "-"
        print(f"  similarity {least:.2f} and more: {len(graded):4} suggested, {share} right")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--shared", type=Path, help="folder with corpora/ and gold/dev/ of annotated documents")
    args = cli.parse_args()
    documents = shared_documents(args.shared) if args.shared else own_documents()
    encode = load_encoder()
    silent: list[tuple[float, bool]] = []
    every: list[tuple[float, bool]] = []
    for quote, themes, known in quotes(documents):
        theme, similarity = nearest_themes(quote, encode)[0]
        every.append((similarity, theme in themes))
        if not known:
            silent.append(every[-1])
    print_shares("quotes in which the lexicon finds no theme", silent)
    print_shares("all quotes", every)


if __name__ == "__main__":
    main()
