"""What changed between two assessments, for the terminal and as JSON."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from coherence.models import Baseline, Quantity
from coherence.reports.digest import KINDS, short_reference
from coherence.reports.terminal import plain
from coherence.reports.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from coherence.change_models import (
        AuditChanges,
        ChangedDocument,
        ChangedFinding,
        Changes,
        FieldChange,
        FindingChanges,
        MovedFinding,
        Quoted,
    )
    from coherence.models import Commitment, Finding, FindingKind
    from coherence.vocabulary import Language

__all__ = ["print_audit_changes", "print_changes", "render_changes_json"]

_SHOWN = 160
"""Characters of a quote; the reports hold the whole."""
_PRESSING = frozenset({"high", "medium"})
_LABELS = {
    "quote": "commitment.quote", "quantities": "commitment.figures", "main_themes": "commitment.themes",
    "severity": "finding.severity", "score": "finding.score", "relation": "finding.relation",
    "confidence": "finding.confidence", "conflict": "conflict.type_label", "commitments": "workbook.commitments",
}  # fmt: skip
"""Names of fields that are no ``commitment.FIELD`` in the texts of reports."""
_TERMS = {
    "kind": "commitment_kind", "modality": "modality", "conditionality": "conditionality", "severity": "severity",
    "relation": "relation", "conflict": "conflict.type",
}  # fmt: skip


def render_changes_json(changes: Changes | AuditChanges) -> str:
    """Return the changes as JSON with sorted keys, as changes.schema.json or audit_changes.schema.json describes it."""
    return json.dumps(changes.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def print_audit_changes(changes: AuditChanges, console: Console, language: Language) -> None:
    """Print how many commitments and findings of each dossier are new, gone and changed."""
    words = Wording(language)
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(words.text("changes.dossier"), no_wrap=True)
    for what in ("commitments", "findings"):
        for name in ("new", "gone", "changed"):
            table.add_column(f"{words.text(f'workbook.{what}')}: {words.text(f'changes.{name}')}", justify="right")
    for name, each in changes.dossiers.items():
        sides = (each.commitments, each.findings)
        numbers = [len(part) for side in sides for part in (side.new, side.gone, side.changed)]
        table.add_row(plain(name), *(words.number(number) for number in numbers))
    console.print(table)
    for key, names in (("only_before", changes.only_before), ("only_after", changes.only_after)):
        if names:
            console.print(Text(words.text(f"changes.{key}", names=words.listed(names))), soft_wrap=True)


def print_changes(changes: Changes, console: Console, *, everything: bool = False) -> None:
    """Print counts, then commitments and findings by what became of them; few findings of low attention at length."""
    words = Wording(changes.language)
    teller = _Teller(words)
    console.print(Text(words.text("changes.title", country=changes.country_name), style="bold"))
    for line in (*teller.documents(changes.documents), *teller.rules(changes)):
        console.print(Text(plain(line)), soft_wrap=True)
    console.print(_counts(changes, words))
    sections = (
        ("new_commitments", [teller.commitment(each) for each in changes.commitments.new], 0),
        ("gone_commitments", [teller.commitment(each) for each in changes.commitments.gone], 0),
        ("changed_commitments",
         [[*teller.commitment(each.after), *teller.fields(each.fields)] for each in changes.commitments.changed], 0),
        ("new_findings", *teller.moved(changes.findings.new, everything=everything)),
        ("gone_findings", *teller.moved(changes.findings.gone, everything=everything)),
        ("changed_findings", *teller.changed(changes.findings.changed, everything=everything)),
        ("carried_findings", *teller.carried(changes.findings.carried, everything=everything)),
    )  # fmt: skip
    for name, entries, unsaid in sections:
        if not entries and not unsaid:
            continue
        console.print()
        head = f"{words.text(f'changes.{name}')} ({words.number(len(entries) + unsaid)})"
        console.print(Text(head, style="bold"), soft_wrap=True)
        more = "carried_more" if name == "carried_findings" else "more"
        rest = [[f"  {words.text(f'changes.{more}', n=words.number(unsaid))}"]] if unsaid else []
        for line in (line for entry in (*entries, *rest) for line in entry):
            console.print(Text(plain(line)), soft_wrap=True)


def _counts(changes: Changes, words: Wording) -> Table:
    """Return how many commitments and findings of each kind are new, gone and changed."""
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(words.text("changes.what"))
    for name in ("new", "gone", "changed", "same"):
        table.add_column(words.text(f"changes.{name}"), justify="right")
    found, said = changes.findings, changes.commitments
    rows = [("workbook.commitments", [len(said.new), len(said.gone), len(said.changed), said.same])]
    rows += [(f"kinds.{kind}", _of_kind(found, kind)) for kind in KINDS]
    rows.append(("workbook.findings", [sum(_of_kind(found, kind)[place] for kind in KINDS) for place in range(4)]))
    for key, numbers in rows:
        table.add_row(words.text(key), *(words.number(number) for number in numbers))
    return table


def _of_kind(found: FindingChanges, kind: FindingKind) -> list[int]:
    """Return how many findings of a kind are new, gone, changed, and the same, be it of a commitment told otherwise."""
    moved = [sum(each.finding.kind == kind for each in side) for side in (found.new, found.gone)]
    changed, carried = (sum(each.after.kind == kind for each in side) for side in (found.changed, found.carried))
    return [*moved, changed, carried + found.same.get(kind, 0)]


class _Teller:
    """Lines on what changed, in one language."""

    def __init__(self, words: Wording) -> None:
        self.words = words

    def documents(self, changed: Sequence[ChangedDocument]) -> Iterator[str]:
        """Tell which documents differ."""
        words = self.words
        if not changed:
            yield words.text("changes.same_documents")
        for each in changed:
            old, new = each.before, each.after
            told = [words.text("changes.is_gone")] if new is None else [words.text("changes.is_new")]
            if old and new:
                names = [f"{side.path} ({side.year})" if side.year else side.path for side in (old, new)]
                told = [self._to(*names) if names[0] != names[1] else names[0], words.text("changes.other_content")]
            elif (only := old or new) is not None:
                told.insert(0, only.path)
            instrument = (new or old).instrument if new or old else "OTHER"  # type: ignore[union-attr]  # one is there
            yield words.labelled(words.text(f"acronym.{instrument}"), words.listed(told))

    def rules(self, changes: Changes) -> Iterator[str]:
        """Tell which rules differ."""
        words = self.words
        if changes.rules:
            told = (
                f"{each.rule} "
                + (
                    words.text("changes.is_new")
                    if each.before is None
                    else words.text("changes.is_gone")
                    if each.after is None
                    else self._to(each.before, each.after)
                )
                for each in changes.rules
            )
            yield words.labelled(words.text("workbook.rules"), words.apart(told))
        else:
            same = changes.before.rules_hash == changes.after.rules_hash
            yield words.text("changes.same_rules" if same else "changes.edited_rules")

    def moved(self, found: Sequence[MovedFinding], *, everything: bool) -> tuple[list[list[str]], int]:
        """Return the lines of findings of one report only, and how many are not told at length."""
        told = [each for each in found if everything or each.finding.severity in _PRESSING]
        entries = [[self._head(each.finding), *self._on(each.quotes), self._why(each.cause)] for each in told]
        return entries, len(found) - len(told)

    def changed(self, found: Sequence[ChangedFinding], *, everything: bool) -> tuple[list[list[str]], int]:
        """Return the lines of findings that changed, and how many are not told at length."""
        told = [each for each in found if everything or {each.before.severity, each.after.severity} & _PRESSING]
        entries = []
        for each in told:
            fields = [field for field in each.fields if field.field != "commitments"]
            entry = [self._head(each.after, each.before), *self._on(each.quotes_after), *self.fields(fields)]
            if len(fields) < len(each.fields):
                entry.append(self._members(each))
            entries.append([*entry, self._why(each.cause)])
        return entries, len(found) - len(told)

    def carried(self, found: Sequence[ChangedFinding], *, everything: bool) -> tuple[list[list[str]], int]:
        """Return a line for each finding that goes on under another reference, and how many are not told."""
        entries = [[self._head(each.after, each.before)] for each in found]
        return (entries, 0) if everything else ([], len(found))

    def commitment(self, said: Commitment) -> list[str]:
        """Return the line of a commitment: where it stands and what it says."""
        place = self.words.places([said])
        return [f"  {self.words.labelled(place, self._quote(said.quote))}"]

    def fields(self, fields: Iterable[FieldChange]) -> Iterator[str]:
        """Tell each field that changed, the words of a quote only where they are not those just told."""
        for each in fields:
            label = self.words.text(_LABELS.get(each.field, f"commitment.{each.field}"))
            before, after = (self._value(each.field, value) for value in (each.before, each.after))
            yield f"      {self.words.labelled(label, self._to(before, after))}"

    def _members(self, found: ChangedFinding) -> str:
        """Tell which commitments a finding rests on no longer, and on which it does now."""
        words = self.words
        old, new = ([each.quote for each in side] for side in (found.quotes_before, found.quotes_after))
        signed = [f"− {self._quote(each)}" for each in old if each not in new]
        signed += [f"+ {self._quote(each)}" for each in new if each not in old]
        return f"      {words.labelled(words.text('workbook.commitments'), words.apart(signed))}"

    def _head(self, found: Finding, before: Finding | None = None) -> str:
        attention = self.words.text(f"severity.{found.severity}")
        name, old = (short_reference(each.fingerprint) for each in (found, before or found))
        return f"  {name if name == old else self._to(old, name)}  {found.rule}  {attention}  {found.title}"

    def _on(self, quotes: Iterable[Quoted]) -> Iterator[str]:
        for each in quotes:
            page = self.words.text("commitment.on_page", page=each.page)
            place = f"{self.words.text(f'acronym.{each.instrument}')} {page}"
            yield f"      {self.words.labelled(place, self._quote(each.quote))}"

    def _why(self, cause: str) -> str:
        words = self.words
        return f"      {words.labelled(words.text('changes.because'), words.text(f'changes.cause.{cause}'))}"

    def _quote(self, quote: str) -> str:
        cells = " | ".join(cell for cell in quote.split("\t") if cell.strip())
        shown = textwrap.shorten(cells, _SHOWN, placeholder=" …")
        return self.words.text("changes.quoted", quote=shown)

    def _to(self, before: str, after: str) -> str:
        return self.words.text("changes.to", before=before, after=after)

    def _value(self, field: str, value: Any) -> str:
        """Return a value as reports write it."""
        words = self.words
        if field == "quantities":
            told = words.listed(words.quantity(Quantity.model_validate({**each, "text": ""})) for each in value)
        elif field == "baseline":
            told = words.baseline(Baseline.model_validate(value)) if value else ""
        elif field in _TERMS:
            told = words.text(f"{_TERMS[field]}.{value}") if value else ""
        elif isinstance(value, list):
            told = words.listed(words.theme(each) if field == "main_themes" else each for each in value)
        elif isinstance(value, int | float) and field in {"score", "confidence"}:
            told = words.score(int(value)) if field == "score" else words.confidence(value)
        else:
            told = self._quote(value) if field == "quote" else str(value or "")
        return told or words.text("value.empty")
