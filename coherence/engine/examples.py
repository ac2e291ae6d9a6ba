"""Rules run on their own examples, through the same engine as real dossiers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from coherence.detail_facts import detail_of
from coherence.engine.evaluation import Evaluation, evaluate, evaluate_all
from coherence.errors import Fault, Location
from coherence.extraction.ways import find_way
from coherence.extraction.works import find_works
from coherence.extraction.zones import find_zones
from coherence.fact_models import FACTS, CommitmentFacts, DocumentFacts, DossierFacts, FactBase, StatementFacts
from coherence.facts import document_facts, dossier_facts, theme_facts, with_context
from coherence.graph import theme_table
from coherence.quote_words import content_words
from coherence.rule_models import Example, Rule, RuleSet
from coherence.stake_facts import stake_facts
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coherence.models import Finding

__all__ = ["ExampleResult", "check_examples", "example_commitment", "example_facts", "run_examples"]

_COUNTRIES = tuple(f"XX{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_UNIT_OF_FACT = {"area_ha": "ha", "share_percent": "percent", "emission_tco2e": "tCO2e", "count": "count"}


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one example of a rule went."""

    rule: str
    place: Location
    number: int
    """From 1, in the order of the file."""
    passed: bool
    what: str = ""
    """Expected and got, where it did not pass."""


def run_examples(ruleset: RuleSet) -> tuple[ExampleResult, ...]:
    """Run every example of every rule; each rule runs alone."""
    return tuple(
        _run(rule, number, example)
        for rule in ruleset.rules
        for number, example in enumerate(rule.spec.examples, start=1)
    )


def check_examples(ruleset: RuleSet) -> tuple[Fault, ...]:
    """Return one fault for each example that does not go as its rule says."""
    return tuple(
        Fault(
            result.place, f"example {result.number}: {result.what}", f"see `coherence rules test {result.place.path}`"
        )
        for result in run_examples(ruleset)
        if not result.passed
    )


def example_commitment(overrides: Mapping[str, Any], name: str = "a") -> CommitmentFacts:
    """Return a default commitment with the facts given, and those that follow from them."""
    given = {key: _typed(FACTS["a"][key].kind, value) for key, value in overrides.items()}
    facts: dict[str, Any] = {"id": f"example-{name}", "document": f"{given.get('instrument', 'OTHER')}-{name}.pdf"}
    facts |= {"quote": f"example {name}", "convention": _convention(given.get("instrument", "OTHER"))}
    facts |= _measured(given) | _themed(overrides.get("themes") or ()) | given
    facts.setdefault("works", find_works(facts["quote"], facts.get("language", "en"), overrides.get("themes") or ()))
    facts.setdefault("zones", find_zones(facts["quote"], facts.get("language", "en"), facts["works"]))
    theme = next(iter(overrides.get("themes") or ()), None)
    facts.setdefault("way", find_way(facts["quote"], facts.get("language", "en"), theme))
    facts.setdefault("terms", content_words(facts["quote"]) if "quote" in given else frozenset())
    facts.setdefault("detail", detail_of(facts) if "quote" in given else "told")
    facts.setdefault("finance", facts.get("amount") is not None or "finance" in facts.get("themes", ()))
    return CommitmentFacts(**stake_facts(facts) | facts)


def _typed(kind: str, value: Any) -> Any:
    if value is None or kind != "set":
        return value
    return frozenset(value)


def _convention(instrument: str) -> str:
    return str((term_list("instruments").get(instrument) or {}).get("convention", "OTHER"))


def _themed(themes: Any) -> dict[str, Any]:
    table = theme_table()
    found = theme_facts(
        (theme, table[theme].group if theme in table else "", theme in table and table[theme].land) for theme in themes
    )
    return found if themes else {}


def _measured(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from the one quantity that an example states."""
    facts: dict[str, Any] = {}
    for name, unit in (*_UNIT_OF_FACT.items(), ("amount", given.get("currency", "USD"))):
        if given.get(name) is not None:
            facts = {"value": given[name], "unit": unit, "quantity": f"{given[name]} {unit}", "quantified": True,
                     "units": frozenset({unit}), "qualifier": "exact"}  # fmt: skip
            break
    if not facts and given.get("value") is not None:
        unit = given.get("unit", "other")
        facts = {"quantified": True, "units": frozenset({unit}), "unit": unit, "qualifier": "exact"}
        facts |= {fact: given["value"] for fact, of_unit in _UNIT_OF_FACT.items() if of_unit == unit}
    if "area_ha" in facts or given.get("area_ha") is not None:
        area = given.get("area_ha", facts.get("area_ha"))
        facts |= {"area_low_ha": area, "area_high_ha": area, "area": f"{area} ha"}
    if given.get("amount") is not None:
        facts.setdefault("currency", given.get("currency", "USD"))
    return facts


_ROOT_OF: dict[type, str] = {DocumentFacts: "doc", DossierFacts: "dossier", StatementFacts: "said"}


def example_facts(rule: Rule, example: Example) -> FactBase:
    """Return the facts that a rule sees when it runs on one of its examples."""
    scope = rule.spec.scope
    commitments = []
    if scope != "dossier" or example.a:
        commitments.append(example_commitment(example.a, "a"))
    if scope == "pair" or example.b:
        default = {"document": commitments[0].document} if rule.spec.within == "document" else {}
        commitments.append(example_commitment(default | example.b, "b"))
    commitments += [example_commitment(each, f"other{number}") for number, each in enumerate(example.others, start=1)]
    commitments = list(with_context(commitments))
    documents = _documents(example, commitments, scope)
    dossier = dossier_facts("XXX", "Example", documents, commitments)
    said = _said(example, documents[0]) if rule.spec.each == "statement" else ()
    restated = tuple(each for each in commitments if each.restates is not None)
    own = tuple(each for each in commitments if each.restates is None)
    return FactBase(own, tuple(documents), _overridden(dossier, example.dossier), said, restated)


def _said(example: Example, document: DocumentFacts) -> tuple[StatementFacts, ...]:
    said = StatementFacts(document=document.path, own=example.said.get("instrument") == document.instrument)
    return (_overridden(said, example.said),)


def _documents(example: Example, commitments: list[CommitmentFacts], scope: str) -> list[DocumentFacts]:
    """Return the documents of the commitments; ``doc`` describes the first one."""
    paths = dict.fromkeys(each.document for each in commitments)
    documents = []
    for path in paths:
        stated = [each for each in commitments if each.document == path]
        plain = DocumentFacts(path=path, title=path, instrument=stated[0].instrument, convention=stated[0].convention)
        documents.append(document_facts(plain, stated))
    if scope == "dossier" and example.doc and not documents:
        documents = [DocumentFacts(path="example.pdf", title="example.pdf")]
    if documents:
        documents[0] = _overridden(documents[0], example.doc)
    return documents


def _overridden(record: Any, overrides: Mapping[str, Any]) -> Any:
    """Return the record with the facts given; instruments present and missing stay each other's complement."""
    specs = FACTS[_ROOT_OF[type(record)]]
    given = {key: _typed(specs[key].kind, value) for key, value in overrides.items()}
    if isinstance(record, DossierFacts) and ("instruments" in given) is not ("missing_instruments" in given):
        every = record.instruments | record.missing_instruments
        if "instruments" in given:
            given["missing_instruments"] = every - given["instruments"]
        else:
            given["instruments"] = every - given["missing_instruments"]
    values = {name: getattr(record, name) for name in specs}
    return type(record)(**(values | given))


def _run(rule: Rule, number: int, example: Example) -> ExampleResult:
    alone = RuleSet((rule,), (), "")
    result = _evaluated(alone, rule, example)
    failed = [notice.what for notice in result.notices if notice.level == "error"]
    what = "; ".join(failed) or _difference(example, result.findings)
    place = rule.example_places[number - 1] if rule.example_places else Location(rule.file)
    return ExampleResult(rule.id, place, number, not what, what)


def _evaluated(alone: RuleSet, rule: Rule, example: Example) -> Evaluation:
    facts = example_facts(rule, example)
    if not rule.spec.across:
        return evaluate(alone, facts)
    # Each commitment of the example is that of another country.
    dossiers = []
    for each, name in zip(facts.commitments, _COUNTRIES, strict=False):
        country = each.country or name
        documents = tuple(document for document in facts.documents if document.path == each.document)
        own = (replace(each, country=country),)
        dossiers.append(FactBase(own, documents, dossier_facts(country, country, documents, own)))
    return evaluate_all(alone, dossiers).across


def _difference(example: Example, findings: tuple[Finding, ...]) -> str:
    if bool(findings) is not example.fires:
        return f"expected {'a' if example.fires else 'no'} finding, got {len(findings) or 'none'}"
    if not findings:
        return ""
    found = findings[0]
    missing = found.missing.instrument if found.missing else None
    for name, expected, got in (
        ("severity", example.severity, found.severity),
        ("score", example.score, found.score),
        ("relation", example.relation, found.relation),
        ("missing", example.missing, missing),
    ):
        if expected is not None and expected != got:
            return f"expected {name} {expected}, got {got}"
    return ""
