"""docs/reference/rules.md: all rules in one page, generated from the rule files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coherence.reports.digest import KINDS
from coherence.reports.wording import Wording
from coherence.rulebook.page import Entry, RulePage, rule_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coherence.recommendation_patterns import Pattern
    from coherence.rule_models import Rule
    from coherence.vocabulary import Language

__all__ = ["render_catalogue"]

_LANGUAGE: Language = "en"
_SHOWN = ("looks_at", "fires_when", "counterpart", "conflict", "missing", "severity", "score", "confidence", "relation",
          "kept", "explanation", "falsepositives", "recommendation", "basis")  # fmt: skip
_HEAD = """\
# Rules

Generated from the rule files by `coherence rules doc`; do not edit. Conditions are written in the
[rule language](rule-language.md); `coherence rules show ID` prints a rule with its examples, in English, French or
Spanish.
"""
_SPECIAL = re.compile(r"([\\`*_<>\[\]|])")


def render_catalogue(rules: Iterable[Rule], patterns: Mapping[str, Pattern]) -> str:
    """Return the page in Markdown: for each kind a table, then each rule."""
    ordered = sorted(rules, key=lambda each: each.id)
    words = Wording(_LANGUAGE)
    parts = [_HEAD]
    for kind in KINDS:
        of_kind = [each for each in ordered if each.kind == kind]
        if of_kind:
            parts.append(f"\n## {words.text(f'kinds.{kind}')}\n\n{words.text(f'meaning.{kind}')}\n\n{_table(of_kind)}")
            parts += [_entry(rule_page(each, _LANGUAGE, patterns)) for each in of_kind]
    return "".join(parts)


def _table(rules: Iterable[Rule]) -> str:
    lines = ["| rule | version | title | scope | severity |", "|---|---|---|---|---|"]
    for rule in rules:
        severities = ", ".join(dict.fromkeys(severity for severity, _ in rule.severities))
        title = _escaped(rule.title[_LANGUAGE])
        lines.append(f"| [{rule.id}](#{rule.id.lower()}) | {rule.version} | {title} | {rule.scope} | {severities} |")
    return "\n".join(lines) + "\n"


def _entry(page: RulePage) -> str:
    lines = [f"\n### {page.rule}", "", f"**{_escaped(page.title)}** ({page.subtitle.removeprefix(f'{page.rule} · ')})"]
    for section in page.sections:
        if section.key in _SHOWN:
            entries = [_marked(each) for each in section.entries]
            if len(entries) == 1:
                lines += ["", f"{section.heading}: {entries[0]}"]
            else:
                lines += ["", f"{section.heading}:", "", *(f"- {each}" for each in entries)]
    return "\n".join(lines) + "\n"


def _marked(entry: Entry) -> str:
    text = _escaped(entry.text)
    if not entry.code:
        return text
    # A code span ends at a run of as many backticks as it begins with.
    code = f"`` {entry.code} ``" if "`" in entry.code else f"`{entry.code}`"
    if not text:
        return code
    return f"{text} {code}" if entry.inline else f"{text} ({code})"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
