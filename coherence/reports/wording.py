"""The words, numbers and labels of a report in one of its languages, from rules/vocabulary/report_texts.yaml."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from coherence.amounts import listed, number_text, quantity_text
from coherence.errors import VocabularyError
from coherence.models import FindingKind, Quantity
from coherence.reports.typography import typeset
from coherence.translations import direction, plural_in, text_in
from coherence.vocabulary import REPORT_LANGUAGES, Language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from coherence.models import Baseline, ClusterFigure, Commitment, ConflictNature, PackRecord, Report

__all__ = ["Wording", "all_texts"]

_FALLBACK: Language = "en"
_ON_PAPER = {"en": "en_GB"}
"""Languages whose dates in documents of the United Nations are not those of most of their speakers."""
_LOCATOR_WORD = re.compile(r"\b(?:line|paragraph|row|table|sheet|footnote|endnote)\b")
_NUMBERED = re.compile(r"([A-Z]+(?:-[A-Z]+)?)[- ]?(\d.*)")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?(?:E[+-]?\d+)?")
_LEFT_TO_RIGHT = "\u200e"
_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh": re.compile("[\u3400-\u9fff]"),
}
"""Letters of the languages that are not written in those of English."""
_PLAIN_VALUES = frozenset({"true", "false", "unknown"})
_NAMED_BY = {"instrument": "acronym", "kind": "commitment_kind"}
"""Where the texts name the terms of a fact."""


@cache
def all_texts() -> Mapping[str, Mapping[str, str]]:
    """Return every text of reports by its dotted key (``snapshot.title``), per language; raises VocabularyError."""
    return dict(_leaves("", term_list("report_texts")))


def _leaves(prefix: str, node: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, str]]]:
    for key, child in node.items():
        name = f"{prefix}.{key}" if prefix else key
        if _FALLBACK in child:
            yield name, child
        else:
            yield from _leaves(name, child)


@cache
def _pattern(key: str, language: Language) -> str:
    """Return a text with its placeholders; what fills them is set where it comes from, or not at all."""
    return typeset(text_in(all_texts()[key], language, key), language)


@cache
def _theme_labels() -> Mapping[str, Mapping[str, str]]:
    """Labels of theme ids per language; empty where the vocabulary has none, because an id can be read too."""
    try:
        themes = term_list("themes")
    except VocabularyError:
        return {}
    entries = themes.items() if isinstance(themes, dict) else ()
    return {name: entry["label"] for name, entry in entries if isinstance(entry, dict) and "label" in entry}


class Wording:
    """Words, numbers and labels in one language; a language that reports are not written in gives English."""

    def __init__(self, language: Language) -> None:
        """Choose the language."""
        self.language: Language = language if language in REPORT_LANGUAGES else _FALLBACK
        self._locale = Locale.parse(self.language)

    def text(self, key: str, **values: object) -> str:
        """Return the text of a dotted key with its placeholders filled; raises KeyError for an unknown key."""
        return _pattern(key, self.language).format(**values)

    def count(self, key: str, number: int) -> str:
        """Return "12 findings" for ``count.findings``: the number with its noun in the right form."""
        forms = term_list("report_texts")["count"][key]
        pattern = plural_in(forms, self.language, number, f"count.{key}")
        return typeset(pattern, self.language).format(n=self.number(number))

    def kinds(self, counts: Mapping[FindingKind, int]) -> str:
        """Return "2 possible overlaps, 1 gap"."""
        told = (self.count(f"kind_{name}", counts.get(name, 0)) for name in get_args(FindingKind) if counts.get(name))
        return self.listed(told)

    def number(self, value: float) -> str:
        """Return a number as the language writes it, all digits that matter."""
        return number_text(value, self.language)

    def confidence(self, value: float) -> str:
        """Return a number from 0 to 1 with two decimals."""
        return str(format_decimal(value, format="0.00", locale=self._locale))

    def date(self, day: date) -> str:
        """Return a day as the language writes it: "31 décembre 2030"."""
        return str(format_date(day, format="long", locale=_ON_PAPER.get(self.language, self.language)))

    def score(self, score: int) -> str:
        """Return "+2 reinforcing" for 2."""
        return f"{self.signed(score)} {self.text(f'score.{self.score_key(score)}')}"

    def labelled(self, label: str, value: str) -> str:
        """Return "label: value" as the language sets the colon."""
        return self.text("page.labelled", label=label, value=value)

    def incomplete(self, report: Report) -> str:
        """Return how many files were left out and how many problems were met, or nothing."""
        errors = sum(notice.level == "error" for notice in report.notices)
        parts = (("left_out", len(report.left_out)), ("errors", errors))
        return self.list_of(self.count(key, number) for key, number in parts if number)

    def turned_off(self, report: Report) -> str:
        """Return how many rules are turned off and by which packs, or nothing."""
        off = {each.rule for pack in report.packs for each in pack.disables}
        if not off:
            return ""
        packs = self.list_of(pack.name for pack in report.packs if pack.disables)
        return self.text("snapshot.turned_off", rules=self.count("rules_off", len(off)), packs=packs)

    def pack_name(self, pack: PackRecord) -> str:
        """Return name and version of a rule pack."""
        return self.text("pack.named", name=pack.name, version=pack.version or self.text("pack.no_version"))

    def signed(self, score: int) -> str:
        """Return the number with its sign, the minus as a true minus."""
        number = f"+{score}" if score > 0 else str(score).replace("-", "−")
        # In texts written from right to left the sign would move behind the number.
        return _LEFT_TO_RIGHT + number if score and self.direction(self.language) == "rtl" else number

    @staticmethod
    def score_key(score: int) -> str:
        """Return the key of a score in the texts: ``p2``, ``z0``, ``m3``."""
        return f"{'p' if score > 0 else 'm' if score < 0 else 'z'}{abs(score)}"

    def list_of(self, names: Iterable[str]) -> str:
        """Return "a, b and c"."""
        *head, last = list(names) or [""]
        return self.text("snapshot.and").join((self.listed(head), last)) if head else last

    def listed(self, names: Iterable[str]) -> str:
        """Return "a, b, c"."""
        return listed(names, self.language)

    def apart(self, names: Iterable[str]) -> str:
        """Return "a; b; c", for what may hold commas."""
        return typeset(listed(names, self.language, "semicolon"), self.language)

    def pages(self, numbers: Iterable[int]) -> str:
        """Return page numbers with runs joined: "3, 7–9"."""
        runs: list[list[int]] = []
        for number in sorted(set(numbers)):
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        return self.listed(str(low) if low == high else f"{low}–{high}" for low, high in runs)

    def places(self, commitments: Iterable[Commitment]) -> str:
        """Return where commitments stand: "NDC page 3, 9; LDN page 1"."""
        pages: dict[str, list[int]] = {}
        for each in commitments:
            pages.setdefault(self.text(f"acronym.{each.instrument}"), []).append(each.provenance.page)
        return self.apart(
            f"{name} {self.text('commitment.on_page', page=self.pages(found))}" for name, found in pages.items()
        )

    def language_name(self, language: str) -> str:
        """Return the name of a language in the report's language."""
        return str(Locale.parse(language).get_display_name(self._locale) or language)

    @staticmethod
    def direction(language: str) -> Literal["ltr", "rtl"]:
        """Return ``rtl`` or ``ltr``, the direction a language is written in."""
        return direction(language)

    def spoken(self, text: str) -> Markup:
        """Return a sentence for HTML, marked as English where it has no translation into the report's language.

        A language of another script shows by its letters whether a sentence is in it. Decisions and indicators of
        which only the English wording is official stand in English too.
        """
        if self.language_of(text) == self.language:
            return escape(text)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(text)

    def language_of(self, text: str) -> Language:
        """Return the language a sentence of the report is in: English where its letters tell that it is not another."""
        script = _SCRIPTS.get(self.language)
        if script is None or script.search(text) or not any(map(str.isalpha, text)):
            return self.language
        return _FALLBACK

    def locator(self, locator: str) -> str:
        """Return where a passage stands, "table 2, row 5", in words of the language."""
        return _LOCATOR_WORD.sub(lambda match: self.text(f"locator.{match.group()}"), locator)

    def basis_name(self, basis: str) -> str:
        """Return the short name of a decision or official target: "CNULCD, décision 3/COP.16"; "" without a number."""
        found = _NUMBERED.fullmatch(basis)
        key = f"basis_name.{found[1].replace('-', '_')}" if found else ""
        return self.text(key, number=found[2]) if found and key in all_texts() else ""

    def read_value(self, value: str, name: str = "") -> str:
        """Return the value of a fact that a condition saw: numbers rounded, terms of the vocabulary in words.

        A year is no amount: it is written without a thousands separator.
        """
        fact = name.rpartition(".")[2]
        if value in _PLAIN_VALUES:
            return self.text(f"value.{value}")
        if _DECIMAL.fullmatch(value):
            number = round(float(value), 4)
            return f"{number:.0f}" if fact.endswith("year") else self.number(number)
        if value.startswith("{") and value.endswith("}"):
            found = (self._term(each, fact) for each in value[1:-1].split(", ") if each)
            return self.listed(found) or self.text("value.empty")
        return self._term(value, fact) if fact in _NAMED_BY or value in _theme_labels() else value

    def _term(self, term: str, fact: str) -> str:
        """Return the label of a term of a fact: an instrument, an ecosystem, a kind of commitment, else a theme."""
        if fact.endswith("ecosystems"):
            return text_in((term_list("ecosystems").get(term) or {}).get("label") or {}, self.language) or term
        key = f"{_NAMED_BY.get(fact, '')}.{term}"
        return self.text(key) if key in all_texts() else self.theme(term)

    def account_group(self, group: str, measure: str) -> str:
        """Return the name of a row of an account: a land type, a sector, or everything (``""``)."""
        if not group:
            return self.text(f"accounting.group.all_{measure}")
        key = f"accounting.group.{group}"
        if measure != "area" or group in {"several", "unstated"}:
            return self.text(key)
        return text_in(term_list("ecosystems")[group]["label"], self.language)

    def unit(self, unit: str) -> str:
        """Return a canonical unit as the language writes it."""
        return self.text(f"unit.{unit}") if f"unit.{unit}" in all_texts() else unit

    def span(self, low: float, high: float) -> str:
        """Return "1,000 – 2,000", or one number where both ends are equal."""
        ends = {"low": self.number(low), "high": self.number(high)}
        return ends["low"] if low == high else self.text("accounting.span", **ends)

    def theme(self, theme: str) -> str:
        """Return the label of a theme id, or the id with spaces."""
        return text_in(_theme_labels().get(theme, {}), self.language) or theme.replace("_", " ")

    def quantity(self, quantity: Quantity) -> str:
        """Return a quantity in its canonical unit: "at least 200,000 ha a year"."""
        return quantity_text(quantity, self.language)

    def manageability(self, nature: ConflictNature) -> str:
        """Return what can keep the two sides of a conflict apart: "choice of sites, safeguards"."""
        return self.listed(self.text(f"conflict.manageability.{name}") for name in nature.manageability)

    def conflict_lines(self, nature: ConflictNature) -> list[str]:
        """Return type, precondition, mechanism and manageability of a conflict as labelled lines."""
        values = (
            ("type_label", self.text(f"conflict.type.{nature.type}")),
            ("precondition_label", nature.precondition),
            ("mechanism_label", self.text(f"conflict.mechanism.{nature.mechanism}")),
            ("manageability_label", self.manageability(nature)),
        )
        return [self.labelled(self.text(f"conflict.{label}"), value) for label, value in values]

    def cluster_figure(self, figure: ClusterFigure) -> str:
        """Return the figures of a cluster in one unit, from the smallest to the largest, or the one there is."""
        low, high = (
            self.quantity(Quantity(value=value, unit=figure.unit, per_year=figure.per_year, text=""))
            for value in (figure.low, figure.high)
        )
        return high if figure.low == figure.high else self.text("cluster.range", low=low, high=high)

    def baseline(self, baseline: Baseline | None) -> str:
        """Return what a change is measured against, or nothing."""
        if baseline is None or baseline.kind == "none":
            return ""
        if baseline.kind == "bau":
            key = "baseline.bau" if baseline.year is None else "baseline.bau_year"
        else:
            key = "baseline.base_year_open" if baseline.year is None else "baseline.base_year"
        return self.text(key, year=baseline.year)

    @staticmethod
    def years(commitment: Commitment) -> str:
        """Return "2021–2030", one year, or nothing."""
        years = [str(year) for year in (commitment.start_year, commitment.target_year) if year is not None]
        return "–".join(dict.fromkeys(years))
