"""One commitment, or a list, in the words of a recommendation: figures, quotes, sources, instruments with articles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Literal

from coherence.amounts import listed, number_text, quantity_text
from coherence.frameworks import labels_text
from coherence.graph import label_of, theme_table
from coherence.quote_words import row_label, shortened, unnumbered
from coherence.recommendation_patterns import Recommending, fill
from coherence.translations import isolated, plural_in, text_in
from coherence.vocabulary import Language, is_currency, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.frameworks import Texts
    from coherence.models import Commitment, DocumentRecord, Element, Instrument

__all__ = ["Phrases", "laid_out", "says_enough", "telling"]

_LONGEST_QUOTE = 140
"""Characters of a quote shown in a recommendation; the finding carries the whole."""
_LONGEST_IN_DRAFT = 240
_LONGEST_TO_COMPLETE = 260
_LEAST_OPENING = 60
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\s[(]|[،؛，；：。]")  # marks of Arabic and Chinese
_DASH = "\N{EN DASH} "
_END_OF_LIST = "\N{RECORD SEPARATOR}"
_BEFORE_LINE = re.compile(r"[^\S\n]+\n")
_AFTER_LIST = re.compile(f"{_END_OF_LIST}([.\N{IDEOGRAPHIC FULL STOP}]?)[^\\S\\n]*\\n?")
_SHARE = "percent"
_TELLING_UNITS = frozenset({"ha", "tCO2e"})
"""Units whose figures say enough beside the theme; of others the words around the number are needed."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words of one report language for the commitments of one dossier."""

    language: Language
    how: Recommending
    documents: Mapping[str, DocumentRecord]
    year: int | None = None
    """The year that moments are counted from."""

    def word(self, name: str) -> str:
        """Return a word or template of ``recommending.yaml``."""
        return labels_text(self.how.words[name], self.language)

    def acronym(self, instrument: Instrument) -> str:
        """Return the short name of an instrument in the report's language: CDN, PNA, SPANB, NDT."""
        return self.report_text("acronym", instrument)

    def report_text(self, group: str, name: str) -> str:
        """Return a word that reports use too."""
        return text_in(term_list("report_texts")[group][name], self.language, f"{group}.{name}")

    def counted(self, name: str, number: int) -> str:
        """Return "12 gaps" for ``count.kind_gap`` of the texts of reports."""
        forms = term_list("report_texts")["count"][name]
        written = number_text(number, self.language)
        return plural_in(forms, self.language, number, f"count.{name}").format(n=written)

    def instruments(self, names: Sequence[Instrument], form: Literal["the", "of", "in", "of_targets"]) -> str:
        """Return instruments within a sentence: "dans la CDN, la SPANB et le PNA"."""
        if not names:
            return self.word({"the": "the_instrument", "in": "in_the_instrument"}.get(form, "of_the_instrument"))
        # "In" is said once, "of" before each.
        forms = ["inside" if form == "in" else form, *(["the" if form == "in" else form] * (len(names) - 1))]
        said = [
            labels_text(getattr(self.how.phrases[name], each), self.language)
            for name, each in zip(names, forms, strict=True)
        ]
        return self.enumerated(said)

    def figure(self, commitment: Commitment) -> str:
        """Return the first quantity and the year by which it is promised: "5 160 000 ha, 2030"."""
        figure = quantity_text(commitment.quantities[0], self.language)
        return figure if commitment.target_year is None else f"{figure}, {commitment.target_year}"

    def source(self, commitment: Commitment) -> str:
        """Return instrument and page, with the year where one instrument has several documents."""
        name = self.acronym(commitment.instrument)
        same = [each for each in self.documents.values() if each.instrument == commitment.instrument]
        year = f" {commitment.document_year}" if len(same) > 1 and commitment.document_year else ""
        return f"{name}{year}, {fill(self.word('page'), {'number': str(commitment.provenance.page)})}"

    def figured(self, commitment: Commitment) -> str:
        """Return the figure with its source."""
        return f"{self.figure(commitment)} ({self.source(commitment)})"

    def quoted(self, commitment: Commitment) -> str:
        """Return the quote, shortened, with its source."""
        quote = " ".join(commitment.quote.split())
        if self._row(commitment):
            quote = shortened(commitment.quote, commitment.quantities[0].text if commitment.quantities else None)
        elif len(quote) > _LONGEST_QUOTE:
            quote = quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
        said = self._named(commitment, fill(self.word("quoted"), {"text": isolated(quote, self.language)}))
        return f"{said} ({self.source(commitment)})"

    def fact(self, commitment: Commitment, shared: Sequence[str] = ()) -> str:
        """Return what a commitment promises, as a draft can take it up.

        "« Restaurer les forêts dégradées » (532 961 ha d'ici à 2030 ; CDN)": its words where they are a sentence that
        is not long, else the label of its row, else its theme, of several the one that is ``shared`` with another
        commitment, with a figure that cannot be taken for another one. Where no figure tells it from others, a long
        sentence stands as far as a clause ends. A year that has passed is marked.
        """
        quote, figure, label = self._whole(commitment), self.dated(commitment), self._row(commitment)
        if "\t" not in commitment.quote and len(quote) <= _LONGEST_IN_DRAFT and self._finished(quote, commitment):
            own_words = fill(self.word("quoted"), {"text": isolated(quote.rstrip(" .;,:"), self.language)})
            what = self._named(commitment, own_words)
            figure = self._unsaid(commitment, quote)
        elif 0 < len(label) <= _LONGEST_IN_DRAFT:
            what = fill(self.word("quoted"), {"text": isolated(label, self.language)})
        else:
            what = self.themes([each for each in shared if each in commitment.themes][:1] or commitment.themes[:1])
            what, figure = what or self.word("no_theme"), "" if _needs_words(commitment) else figure
            opening = "" if figure else self._opening(label if "\t" in commitment.quote else quote, commitment)
            if opening:
                what = self._named(commitment, fill(self.word("quoted"), {"text": isolated(opening, self.language)}))
        told = (figure, self.draft_source(commitment), self.lapsed(commitment))
        return f"{what} ({self.joined([each for each in told if each])})"

    def _opening(self, words: str, commitment: Commitment) -> str:
        """Return how a long statement opens, up to the end of a clause or else to a word that can end, and "[…]"."""
        head = words[:_LONGEST_IN_DRAFT]
        head = head.rsplit(" ", 1)[0] if len(words) > len(head) else head
        ends = [found.start() for found in _CLAUSE_END.finditer(head) if found.start() >= _LEAST_OPENING]
        kept = (head[: ends[-1]] if ends else head).split()
        while kept and not self._finished(kept[-1], commitment):
            kept.pop()
        return f"{' '.join(kept)} […]" if kept else ""

    def _unsaid(self, commitment: Commitment, quote: str) -> str:
        """Return what a quote leaves open: the year, and the figure where the quote does not state it."""
        year = commitment.target_year
        if year is None or str(year) in quote:
            return ""
        stated = not commitment.quantities or " ".join(commitment.quantities[0].text.split()) in quote
        return fill(self.word("in_year"), {"year": str(year)}) if stated else self.dated(commitment)

    def draft_source(self, commitment: Commitment) -> str:
        """Return the instrument, with the year where it has several documents: a plan cites no pages of another."""
        name = self.acronym(commitment.instrument)
        same = [each for each in self.documents.values() if each.instrument == commitment.instrument]
        return f"{name} {commitment.document_year}" if len(same) > 1 and commitment.document_year else name

    def lapsed(self, commitment: Commitment) -> str:
        """Return a bracket for a new year where that of the commitment has passed, else nothing."""
        year = commitment.target_year
        if year is None or self.year is None or year >= self.year:
            return ""
        return fill(self.word("lapsed"), {"year": str(year)})

    def _whole(self, commitment: Commitment) -> str:
        """Return the quote without what leads on to the next item of a list: "... by 2030; and"."""
        quote = _own_words(commitment)
        before, mark, last = quote.rpartition(";")
        return before if mark and not self._finished(last, commitment) and len(last.split()) == 1 else quote

    def _finished(self, quote: str, commitment: Commitment) -> bool:
        """Return whether a quote does not break off within a phrase, as at the end of a page."""
        last = quote.split()[-1:] or [""]
        return last[0].casefold() not in self.how.cannot_end.get(commitment.language, ())

    def _named(self, commitment: Commitment, quoted: str) -> str:
        """Return a quote after the name of its theme where only a heading tells what the quote is about."""
        if not _told_by_heading(commitment):
            return quoted
        return fill(self.word("named"), {"name": self.themes(commitment.themes[:1]), "value": quoted})

    def _row(self, commitment: Commitment) -> str:
        """Return the label of a table row, or nothing where there is none or it only names who is responsible."""
        figures = (each.text for each in commitment.quantities)
        label = unnumbered(row_label(commitment.quote), figures) if "\t" in commitment.quote else ""
        return "" if any(body in label for body in commitment.bodies) or label in commitment.places else label

    def dated(self, commitment: Commitment) -> str:
        """Return the first quantity and its year within a sentence, or nothing where it is a bare number."""
        if not commitment.quantities:
            return ""
        quantity = commitment.quantities[0]
        figure = quantity_text(quantity, self.language)
        if not any(char.isalpha() or char == "%" for char in figure):
            return ""
        if commitment.target_year is None:
            return figure
        dated = self.word("until_year" if quantity.per_year else "by_year")
        return fill(dated, {"figure": figure, "year": str(commitment.target_year)})

    def completed(self, commitment: Commitment, missing: Iterable[Element]) -> str:
        """Return the commitment's own words followed by brackets for what was not found in them."""
        quote = self._whole(commitment).rstrip(" .;,:")
        if "\t" in commitment.quote or len(quote) > _LONGEST_TO_COMPLETE or not self._finished(quote, commitment):
            label = self._row(commitment) or self.themes(commitment.themes[:1])
            quote = listed(filter(None, (label or self.word("no_theme"), self.dated(commitment))), self.language)
        sought = set(missing)
        brackets = [
            self._bracket_of(name, text, commitment) for name, text in self.how.completing.items() if name in sought
        ]
        lapsed = [each for each in (self.lapsed(commitment),) if each]
        return listed((quote[:1].upper() + quote[1:], *lapsed, *brackets), self.language) + "."

    def _bracket_of(self, name: Element, text: Texts, commitment: Commitment) -> str:
        """Return the bracket for an element; a year that only the document as a whole gives is offered in it."""
        if name == "deadline" and commitment.target_year is not None and not self.lapsed(commitment):
            return fill(self.word("year_to_confirm"), {"year": str(commitment.target_year)})
        return labels_text(text, self.language)

    def themes(self, themes: Iterable[str]) -> str:
        """Return the labels of themes in small letters, in one line."""
        table = theme_table()
        labels = (table[t].label(self.language).lower() if t in table else t.replace("_", " ") for t in themes)
        return self.listed(labels, len(table))

    def ecosystem(self, name: str) -> str:
        """Return the label of an ecosystem in small letters."""
        return label_of(name, (term_list("ecosystems").get(name) or {}).get("label") or {}, self.language).lower()

    def bracket(self, name: str, suggested: Iterable[str], most: int) -> str:
        """Return a bracket for a national choice, with what the documents name as suggestions."""
        values = listed(list(dict.fromkeys(suggested))[:most], self.language)
        label = self.word(name)
        return f"[{fill(self.word('named'), {'name': label, 'value': values})}]" if values else f"[{label}]"

    def listed(self, items: Iterable[str], most: int, more: str = "more") -> str:
        """Return "a; b; and 3 more", as the language sets the semicolon."""
        unique = list(dict.fromkeys(items))
        left = len(unique) - most
        rest = [fill(self.word(more), {"count": str(left)})] if left > 0 else []
        return self.joined([*unique[:most], *rest])

    def enumerated(self, items: Sequence[str]) -> str:
        """Return "a, b and c"."""
        *head, last = items or [""]
        return self._together([self._together(head, "comma"), last], "and") if head else last

    def itemised(self, items: Sequence[str]) -> str:
        """Return several items for a draft, a line each once it is laid out; one item stays in its sentence."""
        if len(items) == 1:
            return items[0]
        return self.joined([f"\n{_DASH}{each}" for each in items]) + _END_OF_LIST if items else ""

    def joined(self, items: Sequence[str]) -> str:
        """Return "a; b", as the language sets the semicolon."""
        return self._together(items, "joined")

    def _together(self, items: Sequence[str], by: str) -> str:
        template = self.word(by)

        def join(text: str, following: str) -> str:
            return fill(template, {"text": text, "next": following})

        return reduce(join, items or [""])


def laid_out(draft: str) -> str:
    """Return a draft with each item of its lists on a line of its own, and what follows a list on the next line."""
    return _AFTER_LIST.sub(r"\1\n", _BEFORE_LINE.sub("\n", draft)).rstrip()


def _told_by_heading(commitment: Commitment) -> bool:
    """Return whether the words that decided the main theme stand above or before the quote and not in it."""
    main = commitment.themes[:1]
    deciding = [step.because for step in commitment.trace if step.field == "themes" and step.value in main]
    quote = " ".join(commitment.quote.split())
    return bool(deciding) and not any(" ".join(words.split()) in quote for words in deciding)


def _own_words(commitment: Commitment) -> str:
    """Return the quote on one line, without the number that its own document gives it."""
    return unnumbered(" ".join(commitment.quote.split()), (each.text for each in commitment.quantities))


def _needs_words(commitment: Commitment) -> bool:
    """Return whether a figure beside a theme would mislead.

    A share is one of something, and the figure of what is avoided or changes from another one may be what remains.
    """
    first = commitment.quantities[0] if commitment.quantities else None
    return first is not None and (
        first.unit == _SHARE or first.from_value is not None or commitment.ldn_response == "avoid"
    )


def says_enough(unit: str) -> bool:
    """Return whether a figure in the unit can stand for a commitment: of a share, its words are needed."""
    return unit in _TELLING_UNITS or is_currency(unit)


def telling(commitment: Commitment) -> tuple[int, float, str, int, int, str]:
    """Return a key that puts the most telling commitment first: large areas, then other figures, then none."""
    areas = [each.value or each.high or 0.0 for each in commitment.quantities if each.unit == "ha"]
    rank = 0 if areas else 1 if commitment.quantities else 2
    place = commitment.provenance
    return rank, -max(areas, default=0.0), commitment.document, place.page, place.start, commitment.id
