"""The graph: every node and edge as the schema says, nothing lost in its files, the same bytes in any order."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_facts import commitment, document, dossier

from coherence.facts import build_facts
from coherence.graph import (
    Graph,
    add_findings,
    build_graph,
    graphml_bytes,
    theme_table,
    to_json_ld,
    to_node_link,
    write_graphml,
)
from coherence.models import Finding, Missing
from coherence.strict_yaml import load_plain

GRAPHS = Path(__file__).parents[1] / "graphs"
SCHEMA = load_plain(GRAPHS / "schema" / "graph.yaml")
GOLDEN = GRAPHS / "golden" / "small.json"
KINDS: dict[str, Any] = {"text": str, "number": (int, float), "truth": bool}


def finding(name: str, *commitments: str, missing: Missing | None = None) -> Finding:
    return Finding(
        fingerprint=name,
        rule="OVL-900",
        rule_version="1.0.0",
        dossier="XXX",
        kind="overlap",
        severity="high",
        score=2,
        confidence=0.8,
        commitments=commitments,
        missing=missing,
        title="Same area",
        explanation="They may be the same.",
    )


def small() -> Graph:
    documents, commitments = dossier()
    cost = commitments[0].model_copy(update={"id": "cost", "part_of": commitments[0].id, "part": "cost", "places": ()})
    told = commitment(documents[0].instrument, "The other plan foresees 70 ha of new woodland").model_copy(
        update={"id": "told", "restates": documents[1].instrument}
    )
    documents = (documents[0].model_copy(update={"restated": (told,)}), *documents[1:])
    graph = build_graph("XXX", "Example", documents, (*commitments, cost))
    found = [
        finding("f-1", commitments[0].id, commitments[1].id),
        finding("f-2", missing=Missing(instrument="NAP", element="instrument")),
    ]
    return add_findings(graph, found)


def test_every_node_is_as_the_schema_says() -> None:
    graph = small()
    assert {data["type"] for _, data in graph.nodes(data=True)} == set(SCHEMA["nodes"])
    for name, data in graph.nodes(data=True):
        declared = SCHEMA["nodes"][data["type"]]
        assert name.startswith(f"{data['type']}:")
        for key, value in data.items():
            if key != "type":
                assert isinstance(value, KINDS[declared["attributes"][key]]), (name, key)


def test_every_edge_is_as_the_schema_says() -> None:
    graph = small()
    assert {data["type"] for *_, data in graph.edges(data=True)} == set(SCHEMA["edges"])
    for source, target, key, data in graph.edges(keys=True, data=True):
        declared = SCHEMA["edges"][data["type"]]
        assert key == data["type"]
        assert graph.nodes[source]["type"] in declared["from"]
        assert graph.nodes[target]["type"] in declared["to"]
        assert set(data) - {"type"} <= set(declared.get("attributes", {}))


def test_findings_are_linked_with_the_role_of_each_commitment() -> None:
    documents, commitments = dossier()
    graph = build_graph("XXX", "Example", documents, commitments)
    size = graph.number_of_nodes()
    found = add_findings(graph, [finding("f-1", commitments[1].id, commitments[0].id)])
    roles = {data["role"]: target for _, target, data in found.out_edges("finding:f-1", data=True)}
    assert roles == {"a": f"commitment:{commitments[1].id}", "b": f"commitment:{commitments[0].id}"}
    assert graph.number_of_nodes() == size, "the graph given is left as it was"


def test_narrower_themes_lead_to_broader_ones() -> None:
    documents, commitments = dossier()
    narrow = next(theme for theme in theme_table().values() if theme.broader)
    changed = commitments[0].model_copy(update={"themes": (narrow.id,)})
    graph = build_graph("XXX", "Example", documents, [changed])
    assert graph.has_edge(f"concept:theme/{narrow.id}", f"concept:theme/{narrow.broader[0]}", key="broader")


def test_the_same_place_in_other_letters_is_one_node() -> None:
    graph = small()
    assert len(list(graph.predecessors("place:XXX/north"))) == 2
    assert graph.nodes["place:XXX/volta basin"]["label"] == "Volta Basin"


@settings(deadline=None)
@given(st.text(max_size=40), st.text(min_size=1, max_size=10), st.text(max_size=10))
def test_any_text_of_a_document_can_be_written(quote: str, place: str, title: str) -> None:
    promise = commitment("NDC", quote, places=(place,), action=title, bodies=(place,))
    graph = build_graph("XXX", title, [document("NDC", title=title)], [promise])
    assert nx.read_graphml(io.BytesIO(graphml_bytes(graph))).number_of_nodes() == graph.number_of_nodes()
    assert json.loads(json.dumps(to_node_link(graph)))["nodes"]
    assert to_json_ld(graph)["@graph"]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_input_changes_no_byte(seed: int) -> None:
    documents, commitments = list(dossier()[0]), list(dossier()[1])
    expected = graphml_bytes(build_graph("XXX", "Example", documents, commitments))
    shuffle = random.Random(seed).shuffle  # noqa: S311 - reproducible, not secret
    shuffle(documents)
    shuffle(commitments)
    assert graphml_bytes(build_graph("XXX", "Example", documents, commitments)) == expected


def test_node_link_and_graphml_read_back_to_the_same_facts(tmp_path: Path) -> None:
    graph = small()
    expected = build_facts(graph)
    data = json.loads(json.dumps(to_node_link(graph)))
    for node in data["nodes"]:
        node["name"] = node.pop("id")
        if "identifier" in node:
            node["id"] = node.pop("identifier")
    assert build_facts(nx.node_link_graph(data, name="name", edges="edges")) == expected
    write_graphml(graph, tmp_path / "graph.graphml")
    assert build_facts(nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)) == expected
    assert nx.read_graphml(io.BytesIO(graphml_bytes(graph))).number_of_nodes() == graph.number_of_nodes()


def test_the_small_graph_is_the_golden_one() -> None:
    assert to_node_link(small()) == json.loads(GOLDEN.read_text(encoding="utf-8")), (
        "run this file to rewrite the golden graph"
    )


def test_json_ld_has_every_edge_and_only_known_terms() -> None:
    graph = small()
    context = json.loads((GRAPHS / "schema" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    objects = to_json_ld(graph)["@graph"]
    assert {each["type"] for each in objects} <= set(context)
    names = {each["id"] for each in objects}
    links = [target for each in objects for relation in SCHEMA["edges"] for target in each.get(relation, [])]
    assert len(links) == graph.number_of_edges()
    assert set(links) <= names
    assert set(SCHEMA["edges"]) <= set(context)
    assert all(" " not in name for name in names)


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(to_node_link(small()), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
