"""The values that fill a recommendation's texts: figures, quotes, themes, places and years of its findings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from coherence.frameworks import labels_text
from coherence.graph import label_of, theme_table
from coherence.recommendation_patterns import Recommending, fill
from coherence.vocabulary import Language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.models import Commitment, DocumentRecord, Finding, Instrument

__all__ = ["Wording"]

_MOST_LISTED = 5
_MOST_QUOTED = 3
_LONGEST_QUOTE = 160
"""Characters of a quote shown in a recommendation; the finding carries the whole."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of one report language for the commitments of one dossier."""

    language: Language
    how: Recommending
    commitments: Mapping[str, Commitment]
    documents: Mapping[str, DocumentRecord]

    def values(self, findings: Sequence[Finding], instrument: Instrument | None, theme: str = "") -> dict[str, str]:
        """Return the value of every placeholder for findings that were merged, by one theme where it is given."""
        concerned = self._concerned(findings)
        sisters = [each for each in concerned if each.instrument != instrument]
        return {
            "instrument": self._instrument(instrument) if instrument else self._word("the_instrument"),
            "instruments": self._listed(self._instrument(each) for each in self.instruments(findings, instrument)),
            "count": str(len(findings)),
            "figures": self._listed(self._figures(concerned)) or self._word("no_figure"),
            "commitments": self._listed((self._quoted(each) for each in concerned), _MOST_QUOTED),
            "sisters": self._listed((self._quoted(each) for each in sisters), _MOST_QUOTED),
            "themes": self._listed(self._labels([theme] if theme else self._themes(findings)))
            or self._word("no_theme"),
            "places": self._listed(place for each in concerned for place in each.places) or self._word("no_place"),
            "years": self._years(concerned) or self._word("no_year"),
            "explanations": self._joined(finding.explanation for finding in findings),
        }

    def instruments(self, findings: Iterable[Finding], receiving: Instrument | None) -> list[Instrument]:
        """Return the instruments that findings concern, in the order in which they receive changes."""
        named = {each.instrument for each in self._concerned(findings)}
        named |= {finding.missing.instrument for finding in findings if finding.missing and finding.missing.instrument}
        named |= {receiving} if receiving else set()
        return [each for each in self.how.receiving_order if each in named]

    def _concerned(self, findings: Iterable[Finding]) -> list[Commitment]:
        ids = dict.fromkeys(name for finding in findings for name in finding.commitments)
        found = [self.commitments[name] for name in ids if name in self.commitments]
        return sorted(found, key=lambda each: (each.document, each.provenance.page, each.provenance.start, each.id))

    def _figures(self, concerned: Iterable[Commitment]) -> list[str]:
        return [f"{each.quantities[0].text.strip()} ({self._source(each)})" for each in concerned if each.quantities]

    def _quoted(self, commitment: Commitment) -> str:
        quote = " ".join(commitment.quote.split())
        if len(quote) > _LONGEST_QUOTE:
            quote = quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
        return f"{fill(self._word('quoted'), {'text': quote})} ({self._source(commitment)})"

    def _source(self, commitment: Commitment) -> str:
        """Return instrument, file name and page, so that the figure can be looked up."""
        record = self.documents.get(commitment.document)
        where = PurePath(record.path if record else commitment.document).name
        return f"{commitment.instrument}, {where}, {self._word('page')} {commitment.provenance.page}"

    def _themes(self, findings: Iterable[Finding]) -> list[str]:
        """Return the first theme shared within each finding, or each first theme where none is shared."""
        themes: list[str] = []
        for finding in findings:
            found = [self.commitments[name].themes for name in finding.commitments if name in self.commitments]
            shared = [theme for theme in found[0] if all(theme in other for other in found)] if found else []
            themes += shared[:1] or [theme for each in found for theme in each[:1]]
        return themes

    def _labels(self, themes: Iterable[str]) -> list[str]:
        table = theme_table()
        return [table[t].label(self.language).lower() if t in table else t.replace("_", " ") for t in themes]

    def _years(self, concerned: Iterable[Commitment]) -> str:
        return ", ".join(str(year) for year in sorted({each.target_year for each in concerned if each.target_year}))

    def _instrument(self, instrument: Instrument) -> str:
        entry = term_list("instruments").get(instrument) or {}
        return label_of(instrument, entry.get("label") or {}, self.language)

    def _word(self, name: str) -> str:
        return labels_text(self.how.words[name], self.language)

    def _listed(self, items: Iterable[str], most: int = _MOST_LISTED) -> str:
        unique = list(dict.fromkeys(items))
        left = len(unique) - most
        rest = [fill(self._word("more"), {"count": str(left)})] if left > 0 else []
        return "; ".join([*unique[:most], *rest])

    def _joined(self, items: Iterable[str]) -> str:
        return " ".join(list(dict.fromkeys(items))[:_MOST_QUOTED])
