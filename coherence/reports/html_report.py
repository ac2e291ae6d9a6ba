"""report.html: one file to read on the screen or on paper, without any reference to the outside."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coherence.reports.accounts import account_title, assumption, land_sentences, left_out_groups, lines_of
from coherence.reports.brief import essentials, findings_counted
from coherence.reports.digest import KINDS, SEVERITIES, Digest, digest, short_reference
from coherence.reports.groups import grouped
from coherence.reports.hubs import by_mechanism, by_rule, goals
from coherence.reports.interaction_rows import acting_themes, committed, matrix_note, matrix_table
from coherence.reports.meetings import MOST_AGENDA, agenda_entries, reasons_of, same_people
from coherence.reports.target_table import quality_line, quality_rows, quality_summaries
from coherence.reports.wording import Wording, all_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.models import (
        Cluster,
        Commitment,
        DocumentRecord,
        Finding,
        Instrument,
        Notice,
        Recommendation,
        ReplacedRule,
        Report,
    )

__all__ = ["anchor", "render_html"]

_OPEN_UP_TO = 12
"""Lists longer than this are closed at first."""
_LONG_QUOTE = 700
"""Characters; longer quotes scroll on the screen."""
_DOSSIER = "dossier"
_TOP_RECOMMENDATIONS = 5
"""How many stand in the brief."""
_SHORT_QUOTE = 180
"""Characters of a quote in a list; the table of commitments has the whole."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def render_html(report: Report) -> str:
    """Return the report as one self-contained HTML page; the same report gives the same text."""
    view, words = digest(report), Wording(report.language)
    style, script = _asset("report.css"), _asset("report.js")
    page = (
        _environment()
        .get_template("report.html.j2")
        .render(
            style=Markup(style),  # noqa: S704 - the package's own file
            script=Markup(script),  # noqa: S704 - the package's own file
            style_hash=_content_hash(style),
            script_hash=_content_hash(script),
            **_values(view, words),
        )
    )
    return _UNPRINTABLE.sub("\ufffd", page)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("coherence.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> str:
    return (files("coherence.reports") / "templates" / name).read_text(encoding="utf-8")


def _content_hash(text: str) -> str:
    """Return the hash by which the page's security policy admits this style or script and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def anchor(prefix: str, name: str) -> str:
    """Return the id of an element of the page, made of letters, digits and hyphens, distinct for distinct names."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    if plain != name:
        plain = f"{plain[-40:].strip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return f"{prefix}-{plain}"


def _pair_key(pair: tuple[Instrument, Instrument] | None) -> str:
    return "-".join(pair) if pair else _DOSSIER


def _values(view: Digest, words: Wording) -> dict[str, Any]:
    """Return everything the templates read."""
    report, counts = view.report, view.counts()
    return {
        "report": report,
        **_helpers(view, words),
        **_quality(view, words),
        **_together(view, words),
        **_interactions(view, words),
        "view": view,
        "words": words,
        "t": words.text,
        "anchor": anchor,
        "short": short_reference,
        "pair_key": _pair_key,
        "kinds": KINDS,
        "severities": SEVERITIES,
        "counts": counts,
        "totals": {kind: sum(counts[kind, severity] for severity in SEVERITIES) for kind in KINDS},
        "matrix": view.matrix(),
        "pairs": _pairs(view, words),
        "frequent": view.frequent(),
        "latest": view.latest(),
        "incomplete": words.incomplete(report),
        "natures": _natures(view, words),
        "missing_names": [words.text(f"acronym.{name}") for name in view.missing_instruments],
        "by_document": _by_document(view),
        "mains_in": Counter(commitment.document for commitment in view.mains),
        "top": _TOP_RECOMMENDATIONS,
        "notices": _notices(view),
        "fired": Counter((finding.rule, finding.rule_version) for finding in report.findings),
        "account_title": lambda account: account_title(account, words),
        "assumption": lambda total: assumption(total, words),
        "account_lines": lambda account: lines_of(account, view),
        "account_left_out": left_out_groups(view),
        "land_sentences": land_sentences(report.accounting.land, words) if report.accounting.land else (),
        "open_up_to": _OPEN_UP_TO,
        "long_quote": _LONG_QUOTE,
        "short_quote": _SHORT_QUOTE,
    }


def _together(view: Digest, words: Wording) -> dict[str, Any]:
    """Return findings put together, what matters most, and what to talk about first."""
    tables = grouped(view)
    agenda = agenda_entries(view, words)
    titles = Counter(finding.title for finding in view.report.findings if finding.kind == "synergy")
    return {
        "tables": tables,
        "hubs": {
            "goals": goals(view),
            "mechanisms": by_mechanism(view),
            "by_rule": {kind: by_rule(view, kind, tables.fingerprints) for kind in KINDS},
        },
        "main_synergy": max(titles, key=lambda title: (titles[title], title), default=""),
        "essentials": essentials(view, words),
        "findings_counted": findings_counted(view, words),
        "agenda": agenda,
        "same_people": same_people(agenda[:MOST_AGENDA]),
        "most_agenda": MOST_AGENDA,
        "reasons_of": lambda comparison: reasons_of(comparison, words),
    }


def _quality(view: Digest, words: Wording) -> dict[str, Any]:
    """Return the targets by the criteria of their quality."""
    rows, assessed = quality_rows(view), view.report.target_quality
    return {
        "quality_rows": rows,
        "quality_summaries": quality_summaries(rows),
        "quality_line": quality_line(assessed, words) if assessed else "",
    }


def _interactions(view: Digest, words: Wording) -> dict[str, Any]:
    """Return the table of themes that act on each other, and what to keep from doing harm."""
    matrix = view.report.interactions
    return {
        "themes": matrix_table(matrix) if matrix else None,
        "interaction_note": matrix_note(matrix, words) if matrix else "",
        "harmful": acting_themes(view, harmful=True),
        "reinforcing": acting_themes(view, harmful=False),
        "committed": lambda theme: committed(theme, view, words),
    }


def _natures(view: Digest, words: Wording) -> tuple[str, ...]:
    """Return how many conflicts are contradictions and how many are tensions, in words."""
    types = Counter(finding.conflict.type for finding in view.report.findings if finding.conflict)
    told = (
        (types["contradiction"], words.count("contradictions", types["contradiction"])),
        (types["tension"], words.count("tensions", types["tension"])),
    )
    return tuple(text for number, text in told if number)


def _helpers(view: Digest, words: Wording) -> dict[str, Any]:
    """Return the functions that templates call."""

    def known_findings(item: Recommendation | Cluster) -> tuple[Finding, ...]:
        return tuple(view.findings[name] for name in item.findings if name in view.findings)

    def titles_of(instrument: Instrument) -> tuple[str, ...]:
        return tuple(
            document.title or document.path for document in view.report.documents if document.instrument == instrument
        )

    def document_titles(paths: Sequence[str]) -> tuple[str, ...]:
        return tuple(view.documents[path].title or path for path in paths)

    def most_pressing(findings: Sequence[Finding]) -> int:
        return min(SEVERITIES.index(finding.severity) for finding in findings)

    def pair_keys(findings: Sequence[Finding]) -> str:
        return " ".join(sorted({_pair_key(view.cell_of(finding)) for finding in findings}))

    def mention(name: str) -> str:
        return words.text(f"acronym.{name}") if f"acronym.{name}" in all_texts() else name

    def replaced(entry: ReplacedRule) -> str:
        return words.text("pack.replaced", **entry.model_dump())

    return {
        "known_findings": known_findings,
        "replaced": replaced,
        "pack_name": words.pack_name,
        "titles_of": titles_of,
        "document_titles": document_titles,
        "most_pressing": most_pressing,
        "pair_keys": pair_keys,
        "mention": mention,
    }


def _pairs(view: Digest, words: Wording) -> Sequence[tuple[str, str]]:
    """The pairs of instruments that have findings, as keys and labels of the filter."""
    pairs = []
    for pair, cell in view.matrix().items():
        if not cell.findings:
            continue
        names = [words.text(f"acronym.{name}") for name in dict.fromkeys(pair or ())]
        label = words.text("filter.dossier") if pair is None else " ↔ ".join(names)
        pairs.append((_pair_key(pair), words.text("matrix.within", name=label) if len(names) == 1 else label))
    return pairs


def _by_document(view: Digest) -> Sequence[tuple[DocumentRecord, tuple[Commitment, ...]]]:
    return [(document, view.together(document.path)) for document in view.report.documents]


def _notices(view: Digest) -> Sequence[tuple[str, Notice]]:
    """What was left out, then the notices of the report and of its documents, the gravest first, each once."""
    own = (notice for document in view.report.documents for notice in document.notices)
    seen = dict.fromkeys((*view.report.notices, *own))
    grave = {"error": 0, "warning": 1, "info": 2}
    rest = sorted(((notice.level, notice) for notice in seen), key=lambda entry: grave[entry[0]])
    return [*(("left_out", notice) for notice in view.report.left_out), *rest]
