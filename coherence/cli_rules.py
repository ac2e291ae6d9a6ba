"""The commands about rules: check, test, list, show, doc, new, schema."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console

from coherence.cli_printing import (
    ExitCode,
    OutputForm,
    ReportLanguage,
    RuleFolders,
    complain,
    json_text,
    print_lines,
    print_notices,
)  # fmt: skip
from coherence.errors import Fault, Location, RuleError
from coherence.form_faults import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coherence.models import PackRecord
    from coherence.recommendation_patterns import Pattern
    from coherence.rule_models import Rule, RuleSet

__all__ = ["Form", "end_partly", "load_all", "rules_app", "select_rules"]

TranslatedLanguage = Literal["fr", "es", "ar", "ru", "zh"]
Kind = Literal["overlap", "synergy", "conflict", "gap", "quality"]
Form = Annotated[OutputForm, typer.Option("--format", help="Text for people, or JSON for programs.")]
_CATALOGUE = Path("docs/reference/rules.md")
_COVERAGE = "coverage.md"

rules_app = typer.Typer(no_args_is_help=True, help="Check, try, read and write rules.")


@rules_app.command("check")
def check_files(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", exists=True, help="Folders of rules or rule files beside the shipped ones."),
    ] = None,
) -> None:
    """Check rule files and run their examples; every fault of every file is shown.

    The shipped rules are always checked too. Each fault says where it stands, what it is and what to do next.
    """
    from coherence.engine import check_examples  # noqa: PLC0415  # slow imports wait until they are needed
    from coherence.notices import notice  # noqa: PLC0415
    from coherence.resources import rules_dir  # noqa: PLC0415
    from coherence.translations import catalogue_faults  # noqa: PLC0415

    ruleset, _, found = load_all(paths or ())
    faults = sorted((*found, *check_examples(ruleset), *catalogue_faults(rules_dir())))
    for fault in faults:
        complain(str(fault))
    if faults:
        files = len({fault.location.path for fault in faults})
        complain(
            f"{_counted(len(faults), 'fault')} in {_counted(files, 'file')}; {len(ruleset.rules)} rules can be used."
        )
        raise typer.Exit(ExitCode.WRONG_USE)
    examples = sum(len(rule.examples) for rule in ruleset.rules)
    print_lines([f"{len(ruleset.rules)} rules, {examples} examples: no faults. Rules hash {ruleset.hash}"])
    print_lines(line for pack in ruleset.packs for line in _pack_lines(pack))
    print_lines(line for folder in (rules_dir(), *(paths or ())) for line in _translation_lines(folder))
    print_notices([notice("warning", folder, "rule.empty_pack") for folder in ruleset.empty])


@rules_app.command("test")
def try_out(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="RULE|PATH", help="Ids or their beginnings (OVL), rule files, folders; default: all."),
    ] = None,
    rules: RuleFolders = None,
    form: Form = "text",
    language: Annotated[ReportLanguage, typer.Option(help="Language of the conditions.")] = "en",
) -> None:
    """Run the examples of rules; for one that fails, show the value of each condition."""
    from coherence.rulebook.trial import trial_data, trial_lines, try_examples  # noqa: PLC0415

    paths = [Path(each) for each in what or () if Path(each).exists()]
    names = [each for each in what or () if not Path(each).exists()]
    ruleset, _, faults = load_all((*(rules or ()), *paths))
    chosen = select_rules(ruleset, names, paths) if what else ruleset.rules
    trials = try_examples(chosen)
    failed = [trial for trial in trials if not trial[1].passed]
    if form == "json":
        sys.stdout.write(json_text([trial_data(each) for each in trials]))
    else:
        for trial in failed:
            print_lines([*trial_lines(trial, language), ""])
        tried = f"{_counted(len(chosen), 'rule')}, {_counted(len(trials), 'example')}: {len(failed) or 'none'} failed"
        print_lines(
            [f"{tried}; {_counted(len(faults), 'fault')} kept rules from being tried." if faults else f"{tried}."]
        )
    for fault in faults:
        complain(str(fault))
    if failed or faults:
        raise typer.Exit(ExitCode.WRONG_USE)


@rules_app.command("list")
def list_rules(
    directories: Annotated[
        list[Path] | None,
        typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Folders of further rules."),
    ] = None,
    language: Annotated[ReportLanguage, typer.Option(help="Language of the titles.")] = "en",
    kind: Annotated[Kind | None, typer.Option(help="Only rules of this kind.")] = None,
    form: Form = "text",
) -> None:
    """List the rules: id, version, kind, scope, status, title."""
    from coherence.ruleset import rule_record  # noqa: PLC0415

    ruleset, _, faults = load_all(directories or ())
    rules = [rule for rule in ruleset.rules if kind in (None, rule.kind)]
    titles = {rule.id: rule_record(rule, language).title for rule in rules}
    if form == "json":
        keys = ("id", "version", "kind", "scope", "status")
        entries = [{key: getattr(rule, key) for key in keys} | {"title": titles[rule.id]} for rule in rules]
        sys.stdout.write(json_text(entries))
    else:
        _print_table(rules, titles)
    if faults:
        raise RuleError(*faults)


@rules_app.command("show")
def show_pages(
    names: Annotated[list[str], typer.Argument(metavar="RULE", help="Ids, or their beginnings (OVL).")],
    rules: RuleFolders = None,
    language: Annotated[ReportLanguage, typer.Option(help="Language of the page.")] = "en",
    form: Form = "text",
) -> None:
    """Show rules for reading: conditions, explanation, examples, recommendation, basis."""
    from coherence.rulebook.page import page_data, page_text, rule_page  # noqa: PLC0415

    ruleset, patterns, faults = load_all(rules or ())
    chosen = select_rules(ruleset, names)
    if form == "json":
        sys.stdout.write(json_text([page_data(each, language, patterns) for each in chosen]))
    else:
        print_lines("\n".join(page_text(rule_page(each, language, patterns)) for each in chosen).splitlines())
    end_partly(faults)


@rules_app.command("doc")
def write_catalogue(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of the catalogue, in Markdown.")] = _CATALOGUE,
    rules: RuleFolders = None,
    only_check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 2 when the file is not current.")
    ] = False,
) -> None:
    """Write the catalogue of all rules, by kind, and beside it coverage.md: what they compare."""
    from coherence.reports import write_file  # noqa: PLC0415
    from coherence.rulebook.catalogue import render_catalogue  # noqa: PLC0415
    from coherence.rulebook.coverage_page import render_coverage  # noqa: PLC0415

    ruleset, patterns, faults = load_all(rules or ())
    if faults:
        raise RuleError(*faults)
    pages = {file: render_catalogue(ruleset.rules, patterns), file.with_name(_COVERAGE): render_coverage(ruleset)}
    outdated = [page for page, text in pages.items() if not _is_current(page, text)]
    if only_check and outdated:
        raise RuleError(*(Fault(Location(str(page)), "not what the rules say now", "run `coherence rules doc` anew")
                          for page in outdated))  # fmt: skip
    for page in outdated:
        write_file(page, pages[page].encode())
    print_lines(f"{page}: {len(ruleset.rules)} rules" + ("" if page in outdated else ", current") for page in pages)


def _is_current(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


@rules_app.command("new")
def write_new_rule(
    kind: Annotated[
        Kind, typer.Argument(metavar="KIND", help="What its findings are: overlap, synergy, conflict, gap or quality.")
    ],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the rule says, in a few words.")],
    directory: Annotated[
        Path, typer.Option("--dir", metavar="DIR", file_okay=False, help="Folder of your rules; made if missing.")
    ],
) -> None:
    """Write a new rule file with the next free id; it passes the check, comments say what to fill in.

    A folder that is new gets a pack.yaml with its name and a version.
    """
    from coherence.reports import write_file  # noqa: PLC0415
    from coherence.rule_packs import PACK  # noqa: PLC0415
    from coherence.rulebook.scaffold import new_pack, new_rule, next_id  # noqa: PLC0415

    if not title.strip():
        raise RuleError(Fault(Location("TITLE"), "the title is empty", "say in a few words what the rule finds"))
    ruleset, _, _ = load_all((directory,) if directory.is_dir() else ())
    name = next_id(kind, directory, ruleset)
    path = directory / kind / f"{name}.yaml"
    begun = directory.is_dir()
    write_file(path, new_rule(kind, title.strip(), name, ruleset).encode())
    if not begun:
        write_file(directory / PACK, new_pack(directory.resolve().name).encode())
    print_lines([str(path), f"Fill it in, then: coherence rules check {directory}"])


@rules_app.command("translations")
def tell_translations(
    directories: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FOLDER", exists=True, file_okay=False, help="Folders of rules; default: shipped."),
    ] = None,
    *,
    language: Annotated[
        TranslatedLanguage | None, typer.Option(help="Show what is missing and stale in this language.")
    ] = None,
    only_check: Annotated[bool, typer.Option("--check", help="Exit with 2 when a text is missing or stale.")] = False,
) -> None:
    """Tell how many texts are translated into each language of reports, what is missing and what is stale.

    With a language, what is missing is shown as entries to put into translations/LANGUAGE.yaml and to fill in.
    """
    from coherence.resources import rules_dir  # noqa: PLC0415
    from coherence.rulebook.translated import coverage, to_fill_in  # noqa: PLC0415
    from coherence.translations import plural_forms  # noqa: PLC0415

    open_ = 0
    for folder in directories or (rules_dir(),):
        for each in coverage(folder):
            if language not in (None, each.language):
                continue
            open_ += len(each.missing) + len(each.stale)
            counted = f"{each.translated} of {each.texts} texts translated, {len(each.stale)} stale"
            print_lines([f"{'# ' if language else ''}{folder.name}, {each.language}: {counted}"])
            if language:
                print_lines(to_fill_in(each.missing, plural_forms(each.language)).splitlines())
                print_lines(f"# stale: {where}: {english}" for english, where in each.stale)
    if only_check and open_:
        raise typer.Exit(ExitCode.WRONG_USE)


@rules_app.command("schema")
def print_schema(
    name: Annotated[
        Literal["rule", "pack", "dossier"],
        typer.Argument(metavar="NAME", help="What the schema is of: rule, pack or dossier."),
    ],
) -> None:
    """Print the JSON Schema of rule files, pack.yaml or dossier.yaml, for editors that check while you type."""
    from coherence.rulebook.editor_schemas import render_editor_schema  # noqa: PLC0415

    sys.stdout.write(render_editor_schema(f"{name}.schema.json"))


def load_all(paths: Sequence[Path]) -> tuple[RuleSet, dict[str, Pattern], tuple[Fault, ...]]:
    """Return the shipped rules and those of folders and files, the recommendations, and all faults."""
    from coherence.recommendation_patterns import load_patterns  # noqa: PLC0415
    from coherence.resources import rules_dir  # noqa: PLC0415
    from coherence.ruleset import load_rules  # noqa: PLC0415

    ruleset = load_rules((rules_dir(), *paths))
    try:
        return ruleset, load_patterns([path for path in paths if path.is_dir()]), ruleset.faults
    except RuleError as problem:
        return ruleset, load_patterns(), tuple(sorted((*ruleset.faults, *problem.faults)))


def end_partly(faults: Sequence[Fault]) -> None:
    """Tell the faults of rule files that could not be used, if any, and end with the status for a partial answer."""
    for fault in faults:
        complain(str(fault))
    if faults:
        raise typer.Exit(ExitCode.PARTIAL)


def select_rules(ruleset: RuleSet, names: Sequence[str], paths: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """Return the rules of ids, beginnings of ids, files and folders; raises RuleError for what names none."""
    faults: list[Fault] = []
    chosen: dict[str, Rule] = {}
    for name in names:
        found = [rule for rule in ruleset.rules if rule.id.startswith(name.upper())]
        chosen |= {rule.id: rule for rule in found}
        if not found:
            faults.append(_no_rule(name, ruleset))
    if faults:
        raise RuleError(*faults)
    inside = [path.resolve() for path in paths]
    chosen |= {rule.id: rule for rule in ruleset.rules if _is_within(Path(rule.file).resolve(), inside)}
    return tuple(chosen[name] for name in sorted(chosen))


def _no_rule(name: str, ruleset: RuleSet) -> Fault:
    """Return the fault of a name that no running rule bears: turned off, or unknown."""
    for pack in ruleset.packs:
        for off in pack.disables:
            if off.rule == name.upper():
                what = f"turned off by pack {pack.name}: {off.reason}"
                return Fault(Location(name), what, "to look at it, leave that pack out or take it out of its disable")
    remedy = did_you_mean(name, [rule.id for rule in ruleset.rules]) or "see `coherence rules list`"
    return Fault(Location(name), "no rule and no file of this name", remedy)


def _is_within(file: Path, places: Iterable[Path]) -> bool:
    return any(file.is_relative_to(place) for place in places)


def _pack_lines(pack: PackRecord) -> list[str]:
    version = pack.version or "without version"
    return [
        f"Pack {pack.name} {version}: {_counted(pack.rules, 'rule')}. Hash {pack.hash}",
        *(f"  replaces {new.rule} {new.former_version} by {new.version}" for new in pack.replaces),
        *(f"  turns off {off.rule}: {off.reason}" for off in pack.disables),
    ]


def _translation_lines(folder: Path) -> list[str]:
    """Tell per language how far a folder of rules is translated, where some text is not."""
    from coherence.rulebook.translated import coverage  # noqa: PLC0415

    open_ = [each for each in coverage(folder) if each.missing or each.stale] if folder.is_dir() else []
    return [
        f"Translations of {folder.name}, {each.language}: {each.translated} of {each.texts} texts, {len(each.stale)} "
        "stale; see `coherence rules translations`"
        for each in open_
    ]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _print_table(rules: Iterable[Rule], titles: dict[str, str]) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("id", "version", "kind", "scope", "status", "title", box=None, pad_edge=False)
    for rule in rules:
        table.add_row(rule.id, rule.version, rule.kind, rule.scope, rule.status, Text(titles[rule.id]))
    Console().print(table)
