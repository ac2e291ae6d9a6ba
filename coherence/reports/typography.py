"""How a language sets what a report says in its own words: spaces where no line may end, and apostrophes.

Words of documents stay as they are to the last character wherever they stand alone, so that a search finds them in the
document. Within a sentence of the report they are set like the sentence, save for their apostrophes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coherence.models import LegalBasis, Notice, Report
    from coherence.quality_models import QualityView
    from coherence.vocabulary import Language

__all__ = ["typeset", "typeset_report"]

_NO_BREAK, _NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
"""Spaces within a number, whatever the language."""
_SPACED = {
    "fr": (
        (re.compile("(?<=«) | (?=[»:%])"), _NO_BREAK),
        (re.compile("(?<=\\w|»|\\)) (?=[;?!](?:\\s|$))"), _NARROW),
    )
}
"""Spaces that a language sets beside a sign, and how wide it sets them."""
_QUOTED = re.compile("(«[^«»]*»|“[^“”]*”)")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_APOSTROPHES = frozenset({"en", "fr"})
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def typeset(text: str, language: Language) -> str:
    """Return a text of the report as its language sets it; setting it twice changes nothing."""
    if language in _APOSTROPHES and "'" in text:
        parts = _QUOTED.split(text)
        # Every second part is a quote.
        parts[::2] = (_STRAIGHT.sub(_APOSTROPHE, part) for part in parts[::2])
        text = "".join(parts)
    for pattern, space in _SPACED.get(language, ()):
        text = pattern.sub(space, text)
    return _THOUSANDS.sub(_NO_BREAK, text)


def typeset_report(report: Report) -> Report:
    """Return a report for reading: every sentence of rules and recommendations as its language sets it."""
    return report.model_copy(
        update={
            "left_out": _notices(report.left_out, report.language),
            "notices": _notices(report.notices, report.language),
            "documents": tuple(
                each.model_copy(update={"notices": _notices(each.notices, report.language)})
                for each in report.documents
            ),
            "rules": _set(report.rules, report.language, "title"),
            "findings": _findings(report.findings, report.language),
            "suppressed": tuple(
                each.model_copy(update={"finding": _findings((each.finding,), report.language)[0]})
                for each in report.suppressed
            ),
            "subjects": _set(report.subjects, report.language, "label"),
            "agenda": _set(report.agenda, report.language, "addressees"),
            "clusters": _with_bases(
                _set(report.clusters, report.language, "name", "note"), "objectives", report.language
            ),
            "recommendations": _with_bases(
                _set(report.recommendations, report.language, "title", "text", "draft", "reason", "addressees"),
                "basis",
                report.language,
            ),
            "target_quality": report.target_quality and _quality(report.target_quality, report.language),
            "interactions": report.interactions
            and report.interactions.model_copy(
                update={"interactions": _set(report.interactions.interactions, report.language, "reason", "condition")}
            ),
            "programme": report.programme
            and report.programme.model_copy(
                update={"activities": _set(report.programme.activities, report.language, "label", "supplied")}
            ),
        }
    )


def _quality(quality: QualityView, language: Language) -> QualityView:
    targets = (
        each.model_copy(update={"verdicts": _set(each.verdicts, language, "reason")}) for each in quality.targets
    )
    criteria = _set(quality.criteria, language, "label", "asks")
    return quality.model_copy(update={"criteria": criteria, "targets": tuple(targets)})


def _findings(findings: Iterable[Any], language: Language) -> tuple[Any, ...]:
    told = _set(findings, language, "title", "explanation", "falsepositives")
    return _with_bases(
        (
            each.model_copy(update={"conflict": _set((each.conflict,), language, "precondition")[0]})
            if each.conflict
            else each
            for each in told
        ),
        "basis",
        language,
    )


def _notices(notices: Iterable[Notice], language: Language) -> tuple[Notice, ...]:
    return _set(notices, language, "what", "remedy")


def _with_bases(records: Iterable[Any], field: str, language: Language) -> tuple[Any, ...]:
    """Return records with the labels of their decisions and targets set."""

    def bases(record: Any) -> tuple[LegalBasis, ...]:
        return _set(getattr(record, field), language, "label")

    return tuple(each.model_copy(update={field: bases(each)}) for each in records)


def _set(records: Iterable[Any], language: Language, *fields: str) -> tuple[Any, ...]:
    """Return records with the texts of some fields set; a field is a text, several texts, or nothing."""

    def value(told: Any) -> Any:
        if isinstance(told, tuple):
            return tuple(typeset(each, language) for each in told)
        return typeset(told, language) if told else told

    return tuple(each.model_copy(update={name: value(getattr(each, name)) for name in fields}) for each in records)
