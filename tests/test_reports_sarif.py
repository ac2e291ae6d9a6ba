"""findings.sarif: every object has the properties that SARIF 2.1.0 knows, and says what the report says.

The names below are those of the standard, section 3. Logs were also validated against the standard's JSON Schema, which
is not kept here.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_report import HOSTILE_QUOTE, LDN, NDC, sample_report
from test_reports_json import shuffled

from coherence.reports import render_sarif
from coherence.vocabulary import REPORT_LANGUAGES

LEVELS = {"high": "error", "medium": "warning", "low": "note", "info": "note"}
KNOWN: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"invocations", "artifacts", "originalUriBaseIds", "automationDetails", "columnKind", "language",
                       "results"}),
    "tool": ({"driver"}, {"extensions"}),
    "component": ({"name"}, {"version", "language", "rules"}),
    "rule": ({"id"}, {"shortDescription", "fullDescription", "help", "defaultConfiguration"}),
    "invocation": ({"executionSuccessful"}, {"toolExecutionNotifications"}),
    "notification": ({"message"}, {"level"}),
    "artifact": (set(), {"location", "hashes"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "kind", "level", "locations", "relatedLocations",
                             "partialFingerprints", "suppressions"}),
    "location": (set(), {"id", "physicalLocation", "message"}),
    "physicalLocation": (set(), {"artifactLocation", "region"}),
    "artifactLocation": (set(), {"uri", "uriBaseId", "index"}),
    "region": (set(), {"charOffset", "charLength", "snippet", "startLine"}),
    "suppression": ({"kind"}, {"status", "justification"}),
}  # fmt: skip
"""Required and further properties; every object may have a bag of ``properties`` of our own."""


def checked(kind: str, node: dict[str, Any]) -> dict[str, Any]:
    needed, further = KNOWN[kind]
    assert needed <= set(node) <= needed | further | {"properties"}, (kind, node)
    return node


def run_of(language: str = "en") -> dict[str, Any]:
    log = checked("log", json.loads(render_sarif(sample_report(language))))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return checked("run", run)


def results() -> list[dict[str, Any]]:
    return [checked("result", each) for each in run_of()["results"]]


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_every_object_has_the_properties_of_the_standard(language: str) -> None:
    run = run_of(language)
    tool = checked("tool", run["tool"])
    for component in (tool["driver"], *tool["extensions"]):
        checked("component", component)
    for rule in tool["driver"]["rules"]:
        checked("rule", rule)
        assert rule["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"}
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    for invocation in run["invocations"]:
        for each in checked("invocation", invocation)["toolExecutionNotifications"]:
            assert checked("notification", each)["message"]["text"]
    for artifact in run["artifacts"]:
        checked("artifactLocation", checked("artifact", artifact)["location"])
    for result in run["results"]:
        assert result["message"]["text"]
        for place in (*result["locations"], *result["relatedLocations"]):
            physical = checked("physicalLocation", checked("location", place)["physicalLocation"])
            checked("artifactLocation", physical["artifactLocation"])
            checked("region", physical.get("region", {}))
        for each in result["suppressions"]:
            checked("suppression", each)


def test_numbers_lead_to_the_rule_and_the_document_they_mean() -> None:
    run = run_of()
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for place in (*result["locations"], *result["relatedLocations"]):
            address = place["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][address["index"]]["location"]["uri"] == address["uri"]


def test_results_are_the_findings_with_level_fingerprint_and_quotes() -> None:
    report = sample_report()
    findings = {each.fingerprint: each for each in (*report.findings, *(entry.finding for entry in report.suppressed))}
    commitments = {each.id: each for each in report.commitments}
    found = {each["partialFingerprints"]["coherence/v1"]: each for each in results()}
    assert set(found) == set(findings)
    for fingerprint, result in found.items():
        finding = findings[fingerprint]
        assert (result["ruleId"], result["level"]) == (finding.rule, LEVELS[finding.severity])
        places = [*result["locations"], *result["relatedLocations"]]
        if finding.commitments:
            assert [each["properties"]["commitment"] for each in places] == list(finding.commitments)
        for place, name in zip(places, finding.commitments, strict=False):
            at, region = commitments[name].provenance, place["physicalLocation"]["region"]
            assert (region["charOffset"], region["charOffset"] + region["charLength"]) == (at.start, at.end)
            assert region["snippet"]["text"] == at.quote
            assert place["properties"]["page"] == at.page


def test_conflicts_carry_their_type_and_what_can_be_done() -> None:
    conflicts = [each["properties"] for each in results() if each["properties"]["kind"] == "conflict"]
    assert [each["conflictType"] for each in conflicts] == ["contradiction"]
    assert conflicts[0]["conflictManageability"] == ["clarification"]
    assert all("conflictType" not in each["properties"] for each in results() if each["ruleId"].startswith("OVL"))


def test_what_was_set_aside_is_told_in_the_standards_own_way() -> None:
    report = sample_report()
    aside = {entry.finding.fingerprint: entry.suppression for entry in report.suppressed}
    for result in results():
        fingerprint = result["partialFingerprints"]["coherence/v1"]
        if fingerprint not in aside:
            assert result["suppressions"] == []
            continue
        (told,) = result["suppressions"]
        assert (told["kind"], told["status"]) == ("external", "accepted")
        assert told["justification"] == aside[fingerprint].reason
        assert told["properties"]["expires"] == "2027-12-31"


def test_addresses_are_relative_and_fit_for_any_name_of_a_file() -> None:
    addresses = [each["location"] for each in run_of()["artifacts"]]
    assert [each["uri"] for each in addresses[:2]] == [NDC, LDN]
    assert all(each["uri"].isascii() and " " not in each["uri"] for each in addresses)
    document = sample_report().documents[0].model_copy(update={"path": "/data/my plans/a.pdf"})
    report = sample_report().model_copy(update={"documents": (document,)})
    (address,) = (each["location"] for each in json.loads(render_sarif(report))["runs"][0]["artifacts"])
    assert address == {"uri": "file:///data/my%20plans/a.pdf"}


def test_the_run_tells_rules_packs_and_what_was_left_out() -> None:
    run = run_of()
    assert [each["name"] for each in run["tool"]["extensions"]] == [each.name for each in sample_report().packs]
    assert run["invocations"][0]["executionSuccessful"] is False
    told = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert "scan.pdf: is encrypted; remove the password" in told
    assert run["properties"]["asOf"] == "2026-11-30"


def test_words_of_documents_stand_verbatim() -> None:
    places = [place for each in results() for place in (*each["locations"], *each["relatedLocations"])]
    regions = [place["physicalLocation"]["region"] for place in places if "region" in place["physicalLocation"]]
    assert HOSTILE_QUOTE in {each["snippet"]["text"] for each in regions}


@settings(max_examples=10, deadline=None)
@given(st.integers(min_value=0))
def test_the_same_report_gives_the_same_bytes_whatever_its_order(seed: int) -> None:
    assert render_sarif(shuffled(sample_report(), seed)) == render_sarif(sample_report())
