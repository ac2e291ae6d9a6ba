"""The commands that answer for rules: explain, why-not, coverage."""

from __future__ import annotations

import sys
from datetime import date  # noqa: TC003  # typer reads the annotations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coherence.cli_printing import AsOf, ReportLanguage, RuleFolders, complain, json_text, print_lines
from coherence.cli_rules import Form, end_partly, load_all, rules_app, select_rules
from coherence.cli_sources import REPORT, report_of
from coherence.errors import CoherenceError, Fault, Location

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coherence.engine import Candidate
    from coherence.models import Finding
    from coherence.rule_models import Rule, RuleSet
    from coherence.rulebook.case import Case
    from coherence.rulebook.coverage import Coverage
    from coherence.vocabulary import Language

__all__: list[str] = []

_SHOWN = 4
_NEEDED = {"commitment": 1, "pair": 2, "absence": 1, "dossier": 0}
"""How many commitments a rule of each scope looks at."""

Source = Annotated[
    Path | None,
    typer.Option(
        "--in", exists=True,
        help="report.json, a folder that holds one, or a dossier to assess now. Default: the report in this folder, "
        "or the only one in out/.",
    ),
]  # fmt: skip
Speaking = Annotated[ReportLanguage, typer.Option(help="Language of the answer; quotes stay as they are.")]


@rules_app.command("explain")
def explain(
    what: Annotated[str, typer.Argument(metavar="RULE|FINDING", help="Id of a rule, or reference of a finding.")],
    a: Annotated[str | None, typer.Argument(metavar="A", help="Id of a commitment, or how it begins.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="Id of the second commitment.")] = None,
    *,
    source: Source = None,
    rules: RuleFolders = None,
    as_of: AsOf = None,
    language: Speaking = "en",
    form: Form = "text",
) -> None:
    """Show the value of each condition of a rule on commitments, and whether it fires.

    A rule on pairs needs two commitments; one on an absence needs one, and a second asks whether that is a
    counterpart; a rule on the dossier needs none.
    """
    case, ruleset = _case(source, rules or (), as_of)
    finding = None if a else case.finding(what)
    if finding is not None:
        rule = _rule_of(finding, case, ruleset)
        names = list(finding.commitments)
    else:
        rule = _one_rule(ruleset, what)
        names = [case.commitment(each) for each in (a, b) if each is not None]
    _check_number(rule, names)
    # Of several commitments told together, the first is looked at with each of the others.
    pairs = [(names[0], other) for other in names[1:]] if len(names) > _NEEDED["pair"] else [tuple(names)]
    found = tuple(each for pair in pairs for each in case.inquiry.candidates(rule, *pair))
    if finding is not None and finding.missing is not None and rule.scope == "absence":
        found = tuple(each for each in found if each.instrument == finding.missing.instrument)
    if finding is not None and not names:
        about = tuple(each for each, told in zip(found, case.findings_on(found), strict=True) if told == finding)
        found = about or found
    _check_counterpart(rule, found, names, case)
    _answer(rule, found, names, case, language=language, form=form)


@rules_app.command("why-not")
def why_not(
    name: Annotated[str, typer.Argument(metavar="RULE", help="Id of a rule.")],
    a: Annotated[str | None, typer.Argument(metavar="A", help="Id of a commitment, or how it begins.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="Id of the second commitment.")] = None,
    *,
    source: Source = None,
    rules: RuleFolders = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many of the nearest misses to show.")] = 5,
    as_of: AsOf = None,
    language: Speaking = "en",
    form: Form = "text",
) -> None:
    """Show why a rule does not fire on a commitment: the counterparts on which it comes nearest, and what they miss."""
    from coherence.engine import nearest_misses  # noqa: PLC0415  # slow imports wait until they are needed
    from coherence.rulebook.answers import candidate_data, miss_lines  # noqa: PLC0415
    from coherence.rulebook.wording import say  # noqa: PLC0415

    case, ruleset = _case(source, rules or (), as_of)
    rule = _one_rule(ruleset, name)
    names = [case.commitment(each) for each in (a, b) if each is not None]
    if rule.scope != "dossier" and not names:
        raise CoherenceError(Fault(Location(rule.id), f"a rule of scope {rule.scope} looks at commitments", "name one"))
    found = case.inquiry.candidates(rule, *names[: 2 if rule.scope != "dossier" else 0])
    if b is not None and a is not None:
        _answer(rule, found, names, case, language=language, form=form)
        return
    misses = nearest_misses(found)
    if form == "json":
        sys.stdout.write(json_text([candidate_data(each) for each in misses[:most]]))
        return
    lines = [line for each in names for line in case.describe(each, language)]
    fired = len(found) - len(misses)
    lines += [say("already_fires", language, rule=rule.id, count=fired)] if fired else []
    lines += [] if found else [say("no_candidate", language, rule=rule.id)]
    lines += [say("nearest", language, shown=len(misses[:most]), all=len(misses))] if misses else []
    for each in misses[:most]:
        lines += ["", *miss_lines(each, names[0] if names else "", language, lambda id_: case.describe(id_, language))]
    print_lines(lines)


@rules_app.command("coverage")
def coverage(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DIR", exists=True, help="Dossiers, or folders with a report.json."),
    ] = None,
    rules: RuleFolders = None,
    as_of: AsOf = None,
    form: Form = "text",
) -> None:
    """Show which rules never fire on dossiers, and which instruments and themes no rule covers.

    Without dossiers: what no rule can ever find. With them: of what occurs in them.
    """
    from dataclasses import asdict  # noqa: PLC0415

    from coherence.rulebook.case import Case  # noqa: PLC0415
    from coherence.rulebook.coverage import measure_coverage  # noqa: PLC0415

    ruleset, _, faults = load_all(rules or ())
    cases = [(str(each), Case(report_of(each, rules or (), as_of)).facts) for each in sources or ()]
    found = measure_coverage(ruleset, cases)
    if form == "json":
        data = asdict(found) | {"silent": list(found.silent) if cases else []}
        sys.stdout.write(json_text(data))
    else:
        print_lines(_coverage_lines(found, ruleset))
    end_partly(faults)


def _coverage_lines(found: Coverage, ruleset: RuleSet) -> list[str]:
    lines = [f"Rules: {len(ruleset.rules)}. Dossiers: {len(found.dossiers)}."]
    if found.dossiers:
        lines += ["", f"Never fired, {len(found.silent)} of {len(ruleset.rules)}:"]
        lines += [f"  {rule}  {ruleset.rule(rule).title['en']}" for rule in found.silent]
    lines += ["", "No rule compares, for a commitment of one instrument with another instrument:"]
    for each in found.uncovered:
        themes = "all themes" if each.whole else ", ".join(each.themes)
        lines.append(f"  {each.kind:<8} {each.instrument:>5} with {each.other:<5} {each.family}: {themes}")
    return lines


def _answer(  # what is asked, of whom, and how it is told
    rule: Rule, found: Sequence[Candidate], names: Sequence[str], case: Case, *, language: Language, form: str
) -> None:
    from coherence.rulebook.answers import candidate_data, candidate_lines, counterpart_lines  # noqa: PLC0415
    from coherence.rulebook.wording import say  # noqa: PLC0415

    def describe(name: str) -> list[str]:
        return case.describe(name, language)

    reported = case.findings_on(found)
    if form == "json":
        answers = [candidate_data(each) | {"finding": told.fingerprint if told else None}
                   for each, told in zip(found, reported, strict=True)]  # fmt: skip
        sys.stdout.write(json_text(answers))
        return
    lines: list[str] = []
    for each, told in zip(found, reported, strict=True):
        lines += ["", *candidate_lines(each, language, describe)]
        lines += _reported(told, case, language) if told else []
        lines += counterpart_lines(each, names[-1], language, describe) if each.counterpart else []
    print_lines(lines[1:] or [say("no_candidate", language, rule=rule.id)])


def _reported(finding: Finding, case: Case, language: Language) -> list[str]:
    """Return the finding's reference, and who set it aside and why."""
    from coherence.rulebook.wording import say  # noqa: PLC0415

    aside = case.suppression_of(finding)
    lines = [f"  {finding.fingerprint}"]
    if aside is not None:
        values = {"author": aside.author, "expires": aside.expires, "reason": aside.reason, "where": aside.where}
        lines.append(f"  {say('set_aside', language, **values)}")
    return lines


def _one_rule(ruleset: RuleSet, name: str) -> Rule:
    found = select_rules(ruleset, [name])
    if len(found) > 1:
        shown = ", ".join(rule.id for rule in found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")
        raise CoherenceError(Fault(Location(name), f"{len(found)} rules begin so: {shown}", "name one of them"))
    return found[0]


def _rule_of(finding: Finding, case: Case, ruleset: RuleSet) -> Rule:
    """Return the rule that made a finding; one of a pack that was not given is told with the pack."""
    record = next((each for each in case.report.rules if each.id == finding.rule), None)
    given = {pack.name for pack in ruleset.packs}
    if record is not None and record.pack not in given and all(each.id != finding.rule for each in ruleset.rules):
        what = f"its rule {finding.rule} stands in pack {record.pack}"
        raise CoherenceError(Fault(Location(finding.fingerprint), what, "add --rules with the folder of that pack"))
    (rule,) = select_rules(ruleset, [finding.rule])
    return rule


def _check_number(rule: Rule, names: Sequence[str]) -> None:
    needed = _NEEDED[rule.scope]
    if len(names) < needed:
        what = f"a rule of scope {rule.scope} looks at {'two commitments' if needed == 2 else 'a commitment'}"  # noqa: PLR2004
        remedy = f"name {'both' if needed == 2 else 'it'}, or ask `coherence rules why-not {rule.id} ID`"  # noqa: PLR2004
        raise CoherenceError(Fault(Location(rule.id), what, remedy))
    if len(names) > needed and rule.scope in ("commitment", "dossier"):
        what = f"a rule of scope {rule.scope} looks at {'one commitment' if needed else 'no single commitment'}"
        raise CoherenceError(Fault(Location(rule.id), what, "leave the others out"))
    if len(names) > 1 and names[0] == names[1]:
        raise CoherenceError(Fault(Location(names[0]), "the same commitment twice", "name two different ones"))


def _check_counterpart(rule: Rule, found: Sequence[Candidate], names: Sequence[str], case: Case) -> None:
    """Say it where a rule looks for no counterpart in the instrument of the second commitment."""
    if rule.scope == "absence" and len(names) > 1 and not any(each.counterpart for each in found):
        looked_in = ", ".join(each.instrument for each in found) or "no instrument of this dossier"
        what = f"{rule.id} looks for a counterpart in {looked_in}, not in the {case.instrument(names[1])}"
        raise CoherenceError(Fault(Location(names[1]), what, "name a commitment from there"))


def _case(source: Path | None, rules: Sequence[Path], as_of: date | None) -> tuple[Case, RuleSet]:
    """Return the report asked about, and the rules; says so where the report was made with other rules."""
    from coherence.rulebook.case import Case  # noqa: PLC0415

    place = _default_source() if source is None else source
    report = report_of(place, rules, as_of)
    ruleset, _, faults = load_all(rules)
    for fault in faults:
        complain(str(fault))
    if report.rules_hash != ruleset.hash:
        complain(f"{place}: made with other rules (hash {report.rules_hash[:12]}); this answer is by those here")
    return Case(report), ruleset


def _default_source() -> Path:
    """Return the report of this folder, or the only one below out/; never the latest one: that would be a guess."""
    if Path(REPORT).is_file():
        return Path(REPORT)
    found = sorted((*Path("out").glob(REPORT), *Path("out").glob(f"*/{REPORT}")))
    if len(found) == 1:
        complain(f"Asked about {found[0]}")
        return found[0]
    what = f"{len(found)} reports lie in out/" if found else "no report.json here, and none in out/"
    raise CoherenceError(Fault(Location("--in"), what, "name a report.json, its folder, or a dossier with --in"))
