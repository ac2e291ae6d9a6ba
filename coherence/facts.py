"""From the graph to the facts that rules see."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from coherence import expectations
from coherence.detail_facts import detail_of
from coherence.extraction.levers import find_levers
from coherence.extraction.stakes import find_stakes
from coherence.extraction.target_words import find_target_words
from coherence.extraction.ways import find_way
from coherence.extraction.works import find_works
from coherence.extraction.zones import find_zones
from coherence.fact_models import CommitmentFacts, DocumentFacts, DossierFacts, FactBase
from coherence.identifiers import fold
from coherence.measured_facts import figures, measured_facts, upper
from coherence.model_basics import RIO_INSTRUMENTS
from coherence.official_elements import contents_missing
from coherence.pair_works import WORK_INPUTS, takes_up
from coherence.quote_words import distinctive_words, shortened
from coherence.restated_facts import borne_out
from coherence.stake_facts import stake_facts
from coherence.statement_facts import statements_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coherence.accounting_models import LandCheck
    from coherence.graph import Graph
    from coherence.vocabulary import Language

__all__ = [
    "CommitmentFacts",
    "DocumentFacts",
    "DossierFacts",
    "FactBase",
    "build_facts",
    "document_facts",
    "dossier_facts",
    "with_context",
]

_ENABLERS = "enablers"
_AIMS = ("goal", "target")
_WORDS_OF_ONE = 4
"""From so many words on, two rows of a document that say the same are one statement, told in two tables."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_COLONS = (":", "\uff1a")
_TOLD = frozenset({"commitment", "restatement"})
_COPIED = (
    "id", "document", "instrument", "convention", "country", "language", "document_year", "kind", "modality",
    "ldn_response", "action", "says_what_is_done", "start_year", "target_year", "year_of_document", "conditionality",
    "gender", "indicator", "confidence", "quote", "page", "restates",
)  # fmt: skip


def build_facts(graph: Graph, land: LandCheck | None = None) -> FactBase:
    """Return the facts of a graph made by ``build_graph``, in canonical order; ``land`` is what its accounting says.

    Milestones, costs and effects of a measure are told by its main commitment: rules see one measure once.
    """
    nodes = sorted(graph.nodes(data=True))
    parts = {source for source, _, edge in graph.edges(data=True) if edge["type"] == "part_of"}
    told = [data for _, data in nodes if data["type"] in _TOLD]
    statements = _statements(told)
    shares = _shares(told, statements)
    every = sorted(
        (
            _commitment(graph, name, data, (statements[data["id"]], shares[statements[data["id"]]]))
            for name, data in nodes
            if data["type"] in _TOLD and name not in parts
        ),
        key=lambda each: each.id,
    )
    commitments = _compared([each for each in every if each.restates is None])
    stated: dict[str, list[CommitmentFacts]] = defaultdict(list)
    for each in with_context(commitments):
        stated[each.document].append(each)
    commitments = tuple(sorted(chain.from_iterable(stated.values()), key=lambda each: each.id))
    documents = tuple(
        document_facts(_document(graph, name, data), stated[data["id"]])
        for name, data in nodes
        if data["type"] == "document"
    )
    country = graph.graph["country"]
    dossier = dossier_facts(country, graph.graph["country_name"], documents, commitments)
    dossier = with_land(dossier, land) if land else dossier
    restated = tuple(each for each in _compared(every) if each.restates) if len(every) > len(commitments) else ()
    return FactBase(commitments, documents, dossier, statements_of(graph, documents), borne_out(restated, commitments))


def _compared(commitments: Sequence[CommitmentFacts]) -> tuple[CommitmentFacts, ...]:
    """Return the commitments with the facts that hang on the others of the dossier."""
    found = distinctive_words([(each.language, each.quote) for each in commitments])
    named = frozenset().union(*(each.places for each in commitments))
    of_quote: dict[tuple[str, int, str], list[CommitmentFacts]] = defaultdict(list)
    for each in commitments:
        of_quote[each.document, each.page, each.quote].append(each)
    return tuple(
        replace(
            each,
            terms=terms,
            places=_with_parts(each.places, named),
            leading=_leads(each, of_quote[each.document, each.page, each.quote]),
        )
        for each, terms in zip(commitments, found, strict=True)
    )


def _with_parts(places: frozenset[str], named: frozenset[str]) -> frozenset[str]:
    """Return places with those joined in their names that the dossier names alone too ("Upper-Lower" and "Lower")."""
    return places | frozenset(part for place in places for part in place.split("-") if part in named)


def _leads(commitment: CommitmentFacts, of_quote: Sequence[CommitmentFacts]) -> bool:
    """Return whether a commitment stands for its quote; 100 % of the degraded land yields to its hectares."""
    own = _place_in_quote(commitment)
    return not any(
        _place_in_quote(other) < own
        and (other.theme == commitment.theme or (commitment.area_ha is None and _of_one_part(other, commitment)))
        for other in of_quote
    )


def _place_in_quote(commitment: CommitmentFacts) -> tuple[bool, bool, str]:
    return commitment.money_first, commitment.area_ha is None, commitment.id


def _of_one_part(one: CommitmentFacts, other: CommitmentFacts) -> bool:
    return one.area_ha is not None and bool(one.theme_groups & other.theme_groups)


def with_context(commitments: Iterable[CommitmentFacts]) -> tuple[CommitmentFacts, ...]:
    """Return all commitments of a dossier with what the others tell of them.

    A line of a short plan is a target of it; a commitment is taken up where another instrument does its work.
    """
    commitments = tuple(commitments)
    sizes = Counter(each.document for each in commitments)
    on_subject: dict[str, list[CommitmentFacts]] = defaultdict(list)
    for each in commitments:
        for subject in each.subjects:
            on_subject[subject].append(each)
    target_like = [expectations.target_like(each, commitments=sizes[each.document]) for each in commitments]
    return tuple(
        replace(
            each,
            target_like=like,
            asked=expectations.elements_asked(each) if like else frozenset(),
            expected_in=expectations.expected_in(each),
            taken_up_in=_taken_up_in(each, (other for subject in each.subjects for other in on_subject[subject])),
        )
        for each, like in zip(commitments, target_like, strict=True)
    )


def _taken_up_in(commitment: CommitmentFacts, on_subjects: Iterable[CommitmentFacts]) -> frozenset[str]:
    """Return the other instruments in which it has a counterpart among the commitments on its subjects."""
    own = _compared_by(commitment)
    return frozenset(
        each.instrument
        for each in on_subjects
        if each.instrument != commitment.instrument and takes_up(own, _compared_by(each))
    )


def _compared_by(commitment: CommitmentFacts) -> dict[str, Any]:
    return {name: getattr(commitment, name) for name in WORK_INPUTS["counterpart"]}


def document_facts(document: DocumentFacts, commitments: Iterable[CommitmentFacts]) -> DocumentFacts:
    """Return the document with the counts over its commitments."""
    stated = tuple(commitments)
    kept = {name: getattr(document, name) for name in
            ("path", "title", "instrument", "convention", "language", "year", "status", "mentions", "elements",
             "elements_missing")}  # fmt: skip
    return DocumentFacts(
        **kept,
        commitments=len(stated),
        quantified=sum(each.quantified for each in stated),
        time_bound=sum(each.target_year is not None for each in stated),
        with_baseline=sum(each.baseline_kind is not None for each in stated),
        with_place=sum(bool(each.places) for each in stated),
        with_gender=sum(each.gender for each in stated),
        with_finance=sum(each.finance for each in stated),
        with_indicator=sum(each.indicator for each in stated),
        with_body=sum(bool(each.bodies) for each in stated),
        themes=frozenset(theme for each in stated for theme in each.themes),
        latest_target_year=max((each.target_year for each in stated if each.target_year is not None), default=None),
    )


def dossier_facts(
    country: str, country_name: str, documents: Iterable[DocumentFacts], commitments: Iterable[CommitmentFacts]
) -> DossierFacts:
    """Return the facts of the dossier as a whole."""
    documents, commitments = tuple(documents), tuple(commitments)
    present = frozenset(document.instrument for document in documents)
    return DossierFacts(
        country=country,
        country_name=country_name,
        instruments=present,
        missing_instruments=frozenset(RIO_INSTRUMENTS) - present,
        documents=len(documents),
        commitments=len(commitments),
        themes=frozenset(theme for each in commitments for theme in each.themes),
    )


def with_land(dossier: DossierFacts, land: LandCheck) -> DossierFacts:
    """Return the facts with what the accounting says of land."""
    return replace(
        dossier,
        land_demand_min_ha=land.demand.low,
        land_demand_max_ha=land.demand.high,
        land_area_ha=land.land_area_ha,
        land_lines=land.demand.lines,
    )


def theme_facts(themes: Iterable[tuple[str, str, bool]], mains: Iterable[str] = ()) -> dict[str, Any]:
    """Return the facts drawn from themes given as (id, group, land), the first first; it is always a main one."""
    themes = tuple(themes)
    groups = frozenset(group for _, group, _ in themes if group)
    subjects = expectations.subjects_of(theme for theme, _, _ in themes)
    telling = (theme for theme, _, _ in themes if expectations.subjects_of((theme,)))
    return {
        "themes": frozenset(theme for theme, _, _ in themes),
        "theme": themes[0][0] if themes else None,
        "mains": frozenset([*mains, *(theme for theme, _, _ in themes[:1])]),
        "theme_groups": groups,
        "land": any(land for _, _, land in themes),
        "cross_cutting": groups == {_ENABLERS},
        "subject": subjects[0] if subjects else None,
        "subject_theme": next(telling, None),
        "subjects": frozenset(subjects),
        "by_effect": expectations.expected_by_effect(subjects[0] if subjects else None),
        "other_sector": expectations.of_other_sector(theme for theme, _, _ in themes),
    }


def _statements(commitments: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return by commitment the statement it stands in: quotations that overlap on a page, or say the same words."""
    found: dict[str, str] = {}
    worded: dict[tuple[str, str], str] = {}
    page, end, statement = ("", 0), 0, ""
    for each in sorted(commitments, key=lambda data: (data["document"], data["page"], data["start"], data["id"])):
        if (each["document"], each["page"]) != page or each["start"] >= end:
            words = _worded(each["quote"])
            page, end, statement = (each["document"], each["page"]), each["end"], each["id"]
            if _words(words) >= _WORDS_OF_ONE:
                statement = worded.setdefault((each["document"], words), statement)
        found[each["id"]] = statement
        end = max(end, each["end"])
    return found


def _words(quote: str) -> int:
    """Return the number of words, figures left out; two Chinese characters stand for a word."""
    words = [word for word in _HAN.sub(" ", quote).split() if any(map(str.isalpha, word))]
    return len(words) + (len(_HAN.findall(quote)) + 1) // 2


def _worded(quote: str) -> str:
    """Return what a quote says, the cells of a table row that hold figures only left out."""
    return fold("\t".join(cell for cell in quote.split("\t") if any(map(str.isalpha, cell)))).strip()


def _shares(commitments: Iterable[Mapping[str, Any]], statements: Mapping[str, str]) -> dict[str, float | None]:
    """Return by statement the share in percent that its commitments state, or None for none or several."""
    found: dict[str, set[float | None]] = defaultdict(set)
    for each in commitments:
        quantities = json.loads(each.get("quantities", "[]"))
        found[statements[each["id"]]] |= {upper(quantity) for quantity in quantities if quantity["unit"] == "percent"}
    return {name: next(iter(found[name])) if len(found[name]) == 1 else None for name in statements.values()}


def _commitment(graph: Graph, name: str, data: Mapping[str, Any], stated: tuple[str, float | None]) -> CommitmentFacts:
    linked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for _, target, edge in graph.out_edges(name, data=True):
        linked[edge["type"]].append((edge.get("rank", 0), target))

    def linked_to(relation: str, attribute: str = "id") -> frozenset[str]:
        return frozenset(str(graph.nodes[target][attribute]) for _, target in linked[relation])

    themes = [graph.nodes[target] for _, target in sorted(linked["about"])]
    measured = measured_facts(graph, name, data)
    stakes = find_stakes(data["quote"], data["language"])
    baseline = data.get("baseline_kind")
    told: dict[str, Any] = {
        **{key: data[key] for key in _COPIED if key in data},
        **measured,
        **theme_facts(((theme["id"], theme["group"], theme["land"]) for theme in themes), _mains(graph, name)),
        **{kind: frozenset(getattr(stakes, kind)) for kind in ("pressures", "keeps", "curbs")},
        **_said(data["quote"], data["language"]),
        "ecosystems": linked_to("in_ecosystem"),
        "places": linked_to("located_in"),
    }
    return CommitmentFacts(
        **told | stake_facts(told, stakes.marks),
        detail=detail_of(told),
        **_work_facts(data, [theme["id"] for theme in themes], told["mains"]),
        statement=stated[0],
        statement_share=stated[1],
        gist=shortened(data["quote"], measured.get("quantity")),
        baseline_kind=None if baseline == "none" else baseline,
        baseline_year=data.get("baseline_year"),
        place_names=linked_to("located_in", "label"),
        bodies=linked_to("responsible"),
        body_names=linked_to("responsible", "label"),
        official_targets=linked_to("contributes_to"),
        start_stated=any(quantity.get("from_value") is not None for quantity in figures(graph, name, data)),
        finance=measured.get("amount") is not None
        or any(theme["id"] == "finance" for theme in themes)
        or any(edge.get("part") == "cost" for _, _, edge in graph.in_edges(name, data=True)),
    )


def _said(quote: str, language: Language) -> dict[str, Any]:
    """Return what the words of a quote say by themselves."""
    return {
        "lead_in": quote.rstrip().endswith(_COLONS),
        "words": _words(quote),
        "phrases": frozenset(hit.id for hit in find_target_words(quote, language)),
    }


def _mains(graph: Graph, name: str) -> tuple[str, ...]:
    """Return the themes of what a commitment acts on."""
    return tuple(
        str(graph.nodes[target]["id"]) for _, target, edge in graph.out_edges(name, data=True) if edge.get("main")
    )


def _work_facts(data: Mapping[str, Any], themes: Sequence[str], mains: frozenset[str]) -> dict[str, Any]:
    """Return what it does, helps and wants to come about; ``mains`` are the themes of what it acts on."""
    acted_on = tuple(theme for theme in themes if theme in mains)
    found = find_levers(data["quote"], data["language"], acted_on, aim=data["kind"] in _AIMS)
    works = find_works(data["quote"], data["language"], acted_on)
    way = find_way(data["quote"], data["language"], themes[0] if themes else None)
    zones = find_zones(data["quote"], data["language"], works)
    return {
        "way": way,
        "works": works,
        "zones": zones,
        "levers": frozenset(found.levers),
        "ends": frozenset(found.ends),
    }


def _document(graph: Graph, name: str, data: Mapping[str, Any]) -> DocumentFacts:
    named = set(data.get("elements", "").split())
    mentioned = (target for _, target, edge in graph.out_edges(name, data=True) if edge["type"] == "mentions")
    return DocumentFacts(
        path=data["id"],
        title=data["label"],
        instrument=data["instrument"],
        convention=data["convention"],
        language=data["language"],
        year=data.get("year"),
        status=data.get("status"),
        mentions=frozenset(str(graph.nodes[target]["id"]) for target in mentioned),
        elements=frozenset(named),
        elements_missing=contents_missing(data["instrument"], named),
    )
