"""The whole line on the project's own example dossiers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
import yaml

import coherence
from coherence.dossier import load_dossier, read_dossier
from coherence.models import Report
from coherence.reports import render_json

CORPORA = Path(__file__).parent.parent / "corpora"
DOSSIERS = sorted(path.parent for path in CORPORA.glob("*/dossier.yaml"))


@pytest.fixture(scope="module", params=DOSSIERS, ids=lambda path: path.name)
def assessed(request: pytest.FixtureRequest) -> tuple[Path, Report]:
    return request.param, coherence.assess(request.param)


def test_every_quote_stands_verbatim_at_its_page_and_offsets(assessed: tuple[Path, Report]) -> None:
    directory, report = assessed
    documents, left_out = read_dossier(load_dossier(directory))
    assert not left_out
    pages = {(document.path, page.number): page.text for document in documents for page in document.pages}
    assert report.commitments
    for commitment in report.commitments:
        for place in (commitment.provenance, *commitment.repeats):
            assert pages[place.document, place.page][place.start : place.end] == place.quote
            for span in place.continued:
                assert pages[place.document, span.page][span.start : span.end] == span.text


def test_every_figure_stands_in_its_quote(assessed: tuple[Path, Report]) -> None:
    _, report = assessed
    for commitment in report.commitments:
        whole = " ".join([commitment.quote, *(span.text for span in commitment.provenance.continued)])
        assert all(quantity.text in whole for quantity in commitment.quantities)


def test_every_finding_rests_on_commitments_of_the_report_and_fires_its_conditions(
    assessed: tuple[Path, Report],
) -> None:
    _, report = assessed
    known = {commitment.id for commitment in report.commitments}
    rules = {rule.id for rule in report.rules}
    assert {finding.kind for finding in report.findings} >= {"overlap", "synergy", "gap"}
    for finding in report.findings:
        assert set(finding.commitments) <= known
        assert finding.rule in rules
        assert finding.explanation
        assert all(condition.holds for condition in finding.conditions)


def test_recommendations_answer_findings(assessed: tuple[Path, Report]) -> None:
    _, report = assessed
    fingerprints = {finding.fingerprint for finding in report.findings}
    assert report.recommendations
    assert [r.rank for r in report.recommendations] == list(range(1, len(report.recommendations) + 1))
    for recommendation in report.recommendations:
        assert recommendation.findings
        assert set(recommendation.findings) <= fingerprints
        assert recommendation.addressees


def test_the_graph_links_country_documents_commitments_and_findings(assessed: tuple[Path, Report]) -> None:
    _, report = assessed
    graph = coherence.build_graph(report)
    assert isinstance(graph, nx.MultiDiGraph)
    names = nx.get_node_attributes(graph, "type")
    counts = {kind: list(names.values()).count(kind) for kind in ("country", "document", "commitment", "finding")}
    made = (1, len(report.documents), len(report.commitments), len(report.findings))
    assert tuple(counts.values()) == made


def test_the_report_survives_writing_and_reading(assessed: tuple[Path, Report]) -> None:
    _, report = assessed
    assert Report.model_validate_json(render_json(report)) == report


def test_the_same_input_gives_the_same_bytes_in_another_order_and_process(tmp_path: Path) -> None:
    shutil.copytree(CORPORA / "ghana", tmp_path / "ghana")
    manifest = tmp_path / "ghana" / "dossier.yaml"
    code = (
        "import sys, coherence; from coherence.reports import render_json;"
        "sys.stdout.write(render_json(coherence.assess('ghana')))"
    )
    outputs = []
    for seed in ("0", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
        outputs.append(run.stdout)
        content = yaml.safe_load(manifest.read_text(encoding="utf-8"))
        content["documents"].reverse()
        manifest.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert outputs[0]
    assert outputs[0] == outputs[1]


def test_a_document_in_which_nothing_was_found_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "kenya"
    folder.mkdir()
    texts = {
        "ndc_2021.md": "# NDC of Kenya 2021\n\nKenya will plant 900 ha of mangroves by 2030.\n",
        "nbsap_2020.md": "# NBSAP of Kenya 2020\n\nLake Turkana lies in the north of the country.\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    report = coherence.assess(folder)
    told = [each.where for each in report.notices if each.message == "document.nothing_found"]
    assert told == ["nbsap_2020.md"]
    assert report.complete
