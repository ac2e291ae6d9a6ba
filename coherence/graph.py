"""The graph of one dossier: documents, their commitments, and what these are about, where, by whom and towards what.

Nodes carry a ``type`` and plain attributes (text, numbers, booleans), so that the graph can be written as GraphML and
read back without loss; lists are edges, ranked where their order has a meaning. ``graphs/schema/graph.yaml`` lists the
types. An attribute that is not known is absent.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

import networkx as nx

from coherence.identifiers import canonical_json, fold
from coherence.translations import text_in
from coherence.vocabulary import Language, term_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from coherence.models import Commitment, DocumentRecord, Finding

__all__ = [
    "Graph", "Theme", "add_findings", "build_graph", "graphml_bytes", "label_of", "theme_table", "to_json_ld",
    "to_node_link", "write_graphml",
]  # fmt: skip

Graph: TypeAlias = "nx.MultiDiGraph[str]"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of rules/vocabulary/themes.yaml."""

    id: str
    group: str = ""
    land: bool = False
    broader: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()

    def label(self, language: Language) -> str:
        """Return the name in the language, else in English, else the id in words."""
        return label_of(self.id, dict(self.labels), language)


def label_of(term: str, labels: Mapping[str, str], language: str) -> str:
    """Return a term's label in the language, else in English, else its id with spaces."""
    return text_in(labels, language) or term.replace("_", " ")


@cache
def theme_table() -> dict[str, Theme]:
    """Return the themes by id, in the vocabulary's order; raises VocabularyError. Do not modify the result."""
    data = term_list("themes")
    entries = data.items() if isinstance(data, dict) else ((entry["id"], entry) for entry in data)
    return {str(name): _theme(str(name), entry or {}) for name, entry in entries}


def _theme(name: str, entry: dict[str, Any]) -> Theme:
    broader = entry.get("broader") or ()
    return Theme(
        id=name,
        group=str(entry.get("group") or ""),
        land=bool(entry.get("land")),
        broader=(broader,) if isinstance(broader, str) else tuple(broader),
        labels=tuple(sorted((entry.get("label") or {}).items())),
    )


def build_graph(
    country: str, country_name: str, documents: Sequence[DocumentRecord], commitments: Sequence[Commitment]
) -> Graph:
    """Return the graph of one country's documents and commitments; the order of the input makes no difference."""
    graph: Graph = nx.MultiDiGraph(country=country, country_name=country_name)
    root = f"country:{country}"
    _node(graph, root, "country", id=country, label=country_name)
    for document in sorted(documents, key=lambda record: record.path):
        _add_document(graph, root, document)
    for commitment in sorted(commitments, key=lambda each: each.id):
        _add_commitment(graph, country, commitment)
    for document in documents:
        for told in sorted(document.restated, key=lambda each: each.id):
            _add_commitment(graph, country, told, "restatement")
    _add_parts(graph, commitments)
    return graph


def add_findings(graph: Graph, findings: Iterable[Finding]) -> Graph:
    """Return a new graph with one node per finding, linked to its commitments with the role (a, b) of each."""
    result: Graph = graph.copy()
    for finding in sorted(findings, key=lambda each: each.fingerprint):
        name = f"finding:{finding.fingerprint}"
        _node(
            result, name, "finding", id=finding.fingerprint, rule=finding.rule, rule_version=finding.rule_version,
            kind=finding.kind, severity=finding.severity, score=finding.score, confidence=finding.confidence,
            label=finding.title, explanation=finding.explanation, recommendation=finding.recommendation,
            missing_instrument=finding.missing.instrument if finding.missing else None,
            missing_element=finding.missing.element if finding.missing else None,
            relation=finding.relation,
        )  # fmt: skip
        for number, commitment in enumerate(finding.commitments):
            # Of several second commitments each is a b.
            _edge(result, name, f"commitment:{commitment}", "concerns", role="ab"[min(number, 1)])
        if not finding.commitments:
            _edge(result, name, f"country:{finding.dossier}", "concerns")
    return result


def write_graphml(graph: Graph, path: Path) -> None:
    """Write the graph as GraphML, nodes and edges in canonical order; raises OSError."""
    path.write_bytes(graphml_bytes(graph))


def graphml_bytes(graph: Graph) -> bytes:
    """Return the graph as GraphML in UTF-8, nodes and edges in canonical order.

    Characters that XML cannot hold (a PDF's text may have them) are written as backslash, u and four digits.
    """
    stream = io.BytesIO()
    ordered: Graph = nx.relabel_nodes(_canonical(graph), _xml_text)
    everything = [
        ordered.graph,
        *(data for _, data in ordered.nodes(data=True)),
        *(data for *_, data in ordered.edges(data=True)),
    ]
    for data in everything:
        data.update({key: _xml_text(value) for key, value in data.items() if isinstance(value, str)})
    nx.write_graphml(ordered, stream, encoding="utf-8", prettyprint=True)
    return stream.getvalue()


def _xml_text(text: str) -> str:
    return _NOT_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def to_node_link(graph: Graph) -> dict[str, Any]:
    """Return networkx's node-link JSON, nodes and edges in canonical order, attributes sorted by name."""
    ordered = _canonical(graph)
    return {
        "directed": True,
        "multigraph": True,
        "graph": dict(sorted(ordered.graph.items())),
        "nodes": [{"id": name, **_renamed(data)} for name, data in ordered.nodes(data=True)],
        "edges": [
            {"source": source, "target": target, "key": key, **data}
            for source, target, key, data in ordered.edges(keys=True, data=True)
        ],
    }


def to_json_ld(graph: Graph) -> dict[str, Any]:
    """Return the graph as JSON-LD without its context (graphs/schema/context.jsonld): one object per node.

    Edges are the objects' properties; their own attributes (page, rank, role) are left out.
    """
    ordered = _canonical(graph)
    objects = []
    for name, data in ordered.nodes(data=True):
        links: dict[str, list[str]] = {}
        for _, target, relation in ordered.out_edges(name, keys=True):
            links.setdefault(relation, []).append(_iri(target))
        attributes = {key: value for key, value in _renamed(data).items() if key != "type"}
        objects.append({"id": _iri(name), "type": str(data["type"]).capitalize(), **attributes, **links})
    return {"@graph": objects}


def _iri(name: str) -> str:
    return f"urn:coherence:{quote(name, safe=':/')}"


def _renamed(data: Mapping[str, Any]) -> dict[str, Any]:
    # The node-link form keeps "id" for the node's own name.
    return {"identifier" if key == "id" else key: value for key, value in data.items()}


def _canonical(graph: Graph) -> Graph:
    ordered: Graph = nx.MultiDiGraph(**dict(sorted(graph.graph.items())))
    for name, data in sorted(graph.nodes(data=True)):
        ordered.add_node(name, **dict(sorted(data.items())))
    for source, target, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        ordered.add_edge(source, target, key=key, **dict(sorted(data.items())))
    return ordered


def _add_document(graph: Graph, root: str, document: DocumentRecord) -> None:
    name = f"document:{document.path}"
    _node(
        graph, name, "document", id=document.path, label=document.title, sha256=document.sha256,
        instrument=document.instrument, convention=document.convention, language=document.language,
        year=document.year, status=document.status, format=document.format, pages=document.pages,
        elements=" ".join(document.elements) or None, statements=_statements(document),
    )  # fmt: skip
    _edge(graph, root, name, "has_document")
    _concept(graph, "instrument", document.instrument)
    _edge(graph, name, f"concept:instrument/{document.instrument}", "is_a")
    for mention in document.mentions:
        _concept(graph, "instrument", mention)
        _edge(graph, name, f"concept:instrument/{mention}", "mentions")


def _statements(document: DocumentRecord) -> str | None:
    """Return what the document says of instruments as JSON: instrument, state, page, quote."""
    said = [
        {"instrument": each.instrument, "state": each.state, "page": each.place.page, "quote": each.place.quote}
        for each in document.statements
    ]
    return canonical_json(said) if said else None


def _add_parts(graph: Graph, commitments: Iterable[Commitment]) -> None:
    """Link milestones, costs and effects to the main figure, once all of them are nodes."""
    for commitment in sorted(commitments, key=lambda each: each.id):
        main = f"commitment:{commitment.part_of}"
        if commitment.part_of is not None and main in graph:
            _edge(graph, f"commitment:{commitment.id}", main, "part_of", part=commitment.part)


def _add_commitment(graph: Graph, country: str, commitment: Commitment, node_type: str = "commitment") -> None:
    name = f"{node_type}:{commitment.id}"
    _node(graph, name, node_type, **_scalars(commitment))
    source = f"document:{commitment.document}"
    if source not in graph:
        _node(graph, source, "document", id=commitment.document, label=commitment.document,
              instrument=commitment.instrument, convention=commitment.convention, language=commitment.language,
              year=commitment.document_year)  # fmt: skip
        _edge(graph, f"country:{country}", source, "has_document")
    _edge(graph, source, name, "states", page=commitment.provenance.page)
    for rank, theme in enumerate(commitment.themes):
        _add_theme(graph, theme)
        _edge(graph, name, f"concept:theme/{theme}", "about", rank=rank, main=theme in commitment.main_themes)
    for ecosystem in commitment.ecosystems:
        _concept(graph, "ecosystem", ecosystem)
        _edge(graph, name, f"concept:ecosystem/{ecosystem}", "in_ecosystem")
    for kind, relation, names in (
        ("place", "located_in", commitment.places),
        ("body", "responsible", commitment.bodies),
    ):
        for written in names:
            place = f"{kind}:{country}/{fold(written)}"
            label = " ".join(written.split())
            _node(graph, place, kind, id=fold(written), label=label)
            # Of several ways to write a name the capitalized one is shown: capitals sort first.
            graph.nodes[place]["label"] = min(graph.nodes[place]["label"], label)
            _edge(graph, name, place, relation)
    # A link that the document states counts more than one made by rule to the same target: it is written last.
    for link in sorted(commitment.official_links, key=lambda each: each.made == "stated"):
        _node(graph, f"target:{link.target}", "target", id=link.target, label=link.target)
        _edge(graph, name, f"target:{link.target}", "contributes_to", made=link.made, because=link.because)


def _scalars(commitment: Commitment) -> dict[str, Any]:
    baseline = commitment.baseline
    quantities = [quantity.model_dump(mode="json") for quantity in commitment.quantities]
    return {
        "id": commitment.id, "label": commitment.quote[:80], "instrument": commitment.instrument,
        "convention": commitment.convention, "country": commitment.country, "language": commitment.language,
        "document": commitment.document, "document_year": commitment.document_year, "quote": commitment.quote,
        "page": commitment.provenance.page, "start": commitment.provenance.start, "end": commitment.provenance.end,
        "kind": commitment.kind, "modality": commitment.modality, "action": commitment.action,
        "says_what_is_done": commitment.says_what_is_done or None,
        "ldn_response": commitment.ldn_response, "start_year": commitment.start_year,
        "target_year": commitment.target_year, "year_of_document": commitment.year_of_document or None,
        "baseline_year": baseline.year if baseline else None,
        "baseline_kind": baseline.kind if baseline else None, "conditionality": commitment.conditionality,
        "gender": commitment.gender, "indicator": commitment.indicator, "confidence": commitment.confidence,
        "restates": commitment.restates,
        "quantities": canonical_json(quantities) if quantities else None,
    }  # fmt: skip


def _add_theme(graph: Graph, theme: str) -> None:
    if f"concept:theme/{theme}" in graph:
        return
    term = theme_table().get(theme)
    _concept(graph, "theme", theme, group=term.group if term else "", land=bool(term and term.land))
    for broader in term.broader if term else ():
        _add_theme(graph, broader)
        _edge(graph, f"concept:theme/{theme}", f"concept:theme/{broader}", "broader")


def _concept(graph: Graph, scheme: str, term: str, **attributes: Any) -> None:
    _node(graph, f"concept:{scheme}/{term}", "concept", scheme=scheme, id=term, label=term, **attributes)


def _node(graph: Graph, name: str, node_type: str, **attributes: Any) -> None:
    known = {key: value for key, value in attributes.items() if value is not None}
    if name not in graph or "type" not in graph.nodes[name]:
        graph.add_node(name, type=node_type, **known)


def _edge(graph: Graph, source: str, target: str, relation: str, **attributes: Any) -> None:
    graph.add_edge(source, target, key=relation, type=relation, **attributes)
