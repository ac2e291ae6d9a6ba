"""Facts in words: the explanation of a finding, and the values that its conditions saw."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal

from coherence import expectations
from coherence.amounts import listed
from coherence.graph import label_of, theme_table
from coherence.identifiers import fold
from coherence.official_elements import element_label
from coherence.rule_checks import PLACEHOLDER
from coherence.translations import isolated, text_in
from coherence.vocabulary import Language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.engine.rows import Env

__all__ = ["Wording", "value_as_text"]

_NOTHING: Mapping[str, str] = {}
_PAIR = frozenset({"a", "b"})
_SHARES = "%‰٪"
"""Signs that are units of their own, as those of currencies are."""
_YEARS = frozenset({"year", "document_year", "start_year", "target_year", "baseline_year", "latest_target_year"})
_THEME_FACTS = frozenset({"theme", "subject_theme", "themes", "shared_themes", "mains", "shared_mains",
                           "interaction_from", "interaction_to"})  # fmt: skip
_LISTED_FACTS = {
    **dict.fromkeys(("ecosystems", "shared_ecosystems"), "ecosystems"),
    **dict.fromkeys(("works", "same_works", "precise_works", "within_works", "linked_works"), "works"),
}
"""Facts of which the labels stand in a list of rules/vocabulary."""
_ELEMENT_FACTS = frozenset({"elements", "elements_missing"})
_SUBJECT_FACTS = frozenset({"subject", "subjects"})
_VALUE_FACTS = frozenset({"kind", "conditionality", "ldn_response", "baseline_kind", "qualifier"})


def value_as_text(value: Any) -> str:
    """Return a fact's value as the trace shows it: plain, the same in every language."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(value)) + "}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _as_written(name: str, root: str, env: Env) -> Any:
    """Return a fact's value, places and bodies as the document writes them rather than folded."""
    value = env[root][name]
    if name in ("places", "bodies"):
        return env[root]["place_names" if name == "places" else "body_names"] or value
    if name == "shared_places":
        return frozenset(each for each in env["a"]["place_names"] if fold(each) in value) or value
    return value


@dataclass(frozen=True)
class Wording:
    """Words of one report language."""

    language: Language

    def explain(self, template: str, env: Env, own: Mapping[str, str] = _NOTHING) -> str:
        """Fill a template's placeholders with the facts in view; the template was checked when the rule was read.

        ``own`` holds the texts of placeholders that are no facts.
        """

        def text(placeholder: str) -> str:
            return own[placeholder] if placeholder in own else self._placeholder(placeholder, env)

        return PLACEHOLDER.sub(lambda match: text(match.group(1)), template)

    def no_counterpart(self, instrument: str, conditions: Iterable[str]) -> str:
        """Say that nothing in the instrument fulfils the conditions."""
        text = self._localized(term_list("explanation")["no_counterpart"])
        return text.format(instrument=instrument, conditions="; ".join(conditions))

    def _placeholder(self, placeholder: str, env: Env) -> str:
        root, _, name = placeholder.partition(".")
        row = env[root]
        if name == "instrument_name":
            # Before a quote the short name will do; where something is missing, the instrument is named in full.
            return self._short_name(row["instrument"]) if root in _PAIR else self._instrument(row["instrument"])
        if name == "restates_name":
            return self._short_name(row["restates"])
        if root == "missing" and name == "reason":
            return expectations.reason(env["a"]["subject"] if "a" in env else None, row["instrument"], self.language)
        if name in ("interaction_reason", "effect_reason", "lever_reason"):
            return self._localized(dict(row[name] or ()))
        if name == "quantity" and row["quantity"] is not None:
            return isolated(self._with_unit(row["quantity"], row["unit"]), self.language)
        return isolated(self.value(name, _as_written(name, root, env)), self.language)

    def _with_unit(self, figure: str, unit: str | None) -> str:
        """Return a figure as the document writes it, with the unit that only the head of its column names."""
        label = self._localized(term_list("report_texts")["unit"].get(unit) or {"en": ""})
        bare = not any(char.isalpha() or char in _SHARES or unicodedata.category(char) == "Sc" for char in figure)
        return f"{figure} {label}" if bare and label else figure

    def value(self, name: str, value: Any) -> str:
        """Return one fact's value in words."""
        words = term_list("explanation")
        if value is None:
            return self._localized(words["unknown"])
        if isinstance(value, bool):
            return self._localized(words["true" if value else "false"])
        if isinstance(value, Decimal):
            return str(value) if name in _YEARS else str(format_decimal(value, locale=self.language))
        if isinstance(value, frozenset):
            return self._listed(sorted(self._term(name, each) for each in value))
        return self._term(name, str(value))

    def _listed(self, names: Iterable[str]) -> str:
        return listed(names, self.language) or self._localized(term_list("explanation")["empty"])

    def _term(self, name: str, term: str) -> str:
        if name in _THEME_FACTS:
            theme = theme_table().get(term)
            return theme.label(self.language).lower() if theme else term.replace("_", " ")
        if name in _LISTED_FACTS:
            entry = term_list(_LISTED_FACTS[name]).get(term) or {}
            return label_of(term, entry.get("label") or {}, self.language).lower()
        if name in _ELEMENT_FACTS:
            return element_label(term, self.language)
        if name in _SUBJECT_FACTS:
            return expectations.subject_label(term, self.language)
        if name in _VALUE_FACTS:
            return label_of(term, term_list("explanation")["values"].get(term) or {}, self.language)
        return term

    def _instrument(self, instrument: str) -> str:
        entry = term_list("instruments").get(instrument) or {}
        return label_of(instrument, entry.get("label") or {}, self.language)

    def _short_name(self, instrument: str) -> str:
        return label_of(instrument, term_list("report_texts")["acronym"].get(instrument) or {}, self.language)

    def _localized(self, texts: dict[str, str]) -> str:
        return text_in(texts, self.language)
