"""Two assessments of one country: what is new, gone and changed, and why."""

from __future__ import annotations

import json
import sys
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from sample_report import sample_report

import coherence
from coherence.cli import main
from coherence.compare import compare_reports
from coherence.compare_commitments import match_commitments
from coherence.errors import CoherenceError
from coherence.models import (
    Commitment,
    Finding,
    Provenance,
    Quantity,
    Report,
    RuleRecord,
    SuppressedFinding,
    Suppression,
)
from coherence.reports import print_changes, render_json

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.change_models import Changes
    from coherence.vocabulary import Language

CONVENTION = {"NDC": "UNFCCC", "NAP": "UNFCCC", "NBSAP": "CBD", "LDN": "UNCCD"}


def promise(name: str, quote: str, instrument: str = "NDC", *, page: int = 1, **more: Any) -> Commitment:
    document = f"{instrument.lower()}.pdf"
    place = Provenance(document=document, sha256="0" * 64, page=page, start=0, end=len(quote), quote=quote)
    return Commitment.model_validate({
        "id": name, "country": "XKX", "instrument": instrument, "convention": CONVENTION[instrument],
        "document": document, "language": "en", "provenance": place, "kind": "target", "modality": "committed",
        "themes": ("reforestation",), "confidence": 0.9, **more,
    })  # fmt: skip


def found(name: str, concerned: tuple[str, ...], rule: str = "OVL-001", **more: Any) -> Finding:
    return Finding.model_validate({
        "fingerprint": f"finding-{name}", "rule": rule, "rule_version": "1.0.0", "dossier": "XKX", "kind": "overlap",
        "severity": "medium", "confidence": 0.8, "commitments": concerned, "title": "The same hectares", "explanation":
        "Both plant.", **more,
    })  # fmt: skip


def rule(name: str, version: str = "1.0.0") -> RuleRecord:
    return RuleRecord(id=name, version=version, title=name, kind="overlap", file=f"overlap/{name}.yaml")


def hectares(value: float) -> dict[str, Any]:
    return {"quantities": (Quantity(value=value, unit="ha", text=f"{value:.0f} ha"),)}


TREES = promise("c-1", "Plant 400 ha of poplars along the Una by 2030", **hectares(400), target_year=2030)
LAND = promise("c-2", "Bring 900 ha of gullied slopes under trees", "LDN", **hectares(900))
REEDS = promise("c-3", "Keep the reed beds of the delta as they are", "NBSAP", themes=("wetland_conservation",))
BEFORE = sample_report().model_copy(
    update={
        "country": "XKX", "commitments": (TREES, LAND, REEDS), "findings": (found("a", ("c-1", "c-2")),),
        "suppressed": (), "rules": (rule("OVL-001"), rule("OVL-002")), "documents": (), "language": "en",
    }
)  # fmt: skip


def later(**update: Any) -> Changes:
    return compare_reports(BEFORE, BEFORE.model_copy(update=update))


def test_nothing_changed_where_only_pages_and_order_did() -> None:
    turned = TREES.model_copy(update={"provenance": TREES.provenance.model_copy(update={"page": 9}), "id": "c-9"})
    told = later(commitments=(REEDS, LAND, turned), findings=(found("a", ("c-9", "c-2")),))
    assert told.commitments.model_dump(exclude={"same"}) == {"new": (), "gone": (), "changed": ()}
    assert told.commitments.same == 3
    assert (told.findings.new, told.findings.gone, told.findings.changed, told.findings.carried) == ((), (), (), ())
    assert told.findings.same == {"overlap": 1}


def test_another_figure_is_the_same_commitment_told_differently_and_its_finding_goes_on() -> None:
    more = promise("c-8", "Plant 750 ha of poplars along the Una by 2035", **hectares(750), target_year=2035)
    told = later(commitments=(more, LAND, REEDS), findings=(found("b", ("c-8", "c-2")),))
    (pair,) = told.commitments.changed
    assert (pair.before.id, pair.after.id) == ("c-1", "c-8")
    assert [each.field for each in pair.fields] == ["quote", "quantities", "target_year"]
    assert (pair.fields[2].before, pair.fields[2].after) == (2030, 2035)
    (carried,) = told.findings.carried
    assert (carried.before.fingerprint, carried.after.fingerprint) == ("finding-a", "finding-b")
    assert carried.cause == "commitment_changed"
    assert told.findings.same == {}


def test_what_is_said_of_something_else_is_new_and_the_old_gone() -> None:
    wells = promise("c-7", "Dig forty wells for herders in the uplands", themes=("water_supply",))
    told = later(commitments=(wells, LAND, REEDS), findings=(found("c", ("c-7", "c-2")),))
    assert [each.id for each in told.commitments.new] == ["c-7"]
    assert [each.id for each in told.commitments.gone] == ["c-1"]
    assert [(each.finding.fingerprint, each.cause) for each in told.findings.new] == [("finding-c", "commitment_new")]
    assert [(each.finding.fingerprint, each.cause) for each in told.findings.gone] == [("finding-a", "commitment_gone")]
    assert [each.quote for each in told.findings.gone[0].quotes] == [TREES.quote, LAND.quote]


@pytest.mark.parametrize(
    ("update", "cause"),
    [
        ({"findings": (), "rules": (rule("OVL-002"),)}, "rule_gone"),
        ({"findings": (), "rules": (rule("OVL-001", "2.0.0"), rule("OVL-002"))}, "rule_changed"),
        ({"findings": (), "rules_hash": "f" * 64}, "rules_differ"),
        ({"findings": (), "documents": sample_report().documents}, "documents_differ"),
        ({"findings": ()}, "elsewhere"),
    ],
)
def test_why_a_finding_is_gone(update: dict[str, Any], cause: str) -> None:
    (gone,) = later(**update).findings.gone
    assert gone.cause == cause


def test_a_finding_set_aside_is_gone_by_decision_and_comes_back_by_one() -> None:
    decision = Suppression(finding="finding-a", reason="One programme.", author="A.", expires="2030-01-01", where="x")
    aside = BEFORE.model_copy(
        update={
            "findings": (),
            "suppressed": (SuppressedFinding(finding=BEFORE.findings[0], suppression=decision),),
        }
    )
    assert [each.cause for each in compare_reports(BEFORE, aside).findings.gone] == ["set_aside"]
    assert [each.cause for each in compare_reports(aside, BEFORE).findings.new] == ["counted_again"]


def test_a_new_rule_is_why_its_findings_are_new() -> None:
    told = later(rules=(*BEFORE.rules, rule("OVL-900")), findings=(*BEFORE.findings, found("n", ("c-1",), "OVL-900")))
    assert [(each.rule, each.before, each.after) for each in told.rules] == [("OVL-900", None, "1.0.0")]
    assert [each.cause for each in told.findings.new] == ["rule_new"]


def test_a_finding_says_what_changed_in_it() -> None:
    told = later(findings=(found("a", ("c-1", "c-2"), severity="high", confidence=0.8004, relation="nested"),))
    (changed,) = told.findings.changed
    assert {each.field: (each.before, each.after) for each in changed.fields} == {
        "severity": ("medium", "high"), "relation": (None, "nested"),
    }  # fmt: skip
    assert told.findings.graver() == ("high",)


def test_a_finding_that_tells_several_together_may_win_and_lose_members() -> None:
    many = BEFORE.model_copy(update={"findings": (found("a", ("c-1", "c-2", "c-3"), "SYN-001", kind="synergy"),)})
    fewer = BEFORE.model_copy(update={"findings": (found("b", ("c-1", "c-2"), "SYN-001", kind="synergy"),)})
    (changed,) = compare_reports(many, fewer).findings.changed
    assert [each.field for each in changed.fields] == ["commitments"]
    assert [each.id for each in changed.quotes_before] == ["c-1", "c-2", "c-3"]


def test_two_countries_cannot_be_compared() -> None:
    with pytest.raises(CoherenceError, match="HTI"):
        later(country="HTI")


SAID = st.lists(
    st.builds(
        lambda words, year: (" ".join(words), year),
        st.lists(st.sampled_from(("dunes", "wells", "oaks", "reefs", "herds", "terraces", "1", "20")), min_size=1,
                 max_size=6),
        st.sampled_from((None, 2030, 2040)),
    ),
    max_size=7,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(SAID, SAID)
def test_every_commitment_is_in_one_place_and_the_way_back_mirrors_the_way_there(
    old: list[tuple[str, int | None]], new: list[tuple[str, int | None]]
) -> None:
    sides = [
        [promise(f"{side}{i}", quote, page=i + 1, target_year=year) for i, (quote, year) in enumerate(said)]
        for side, said in (("b", old), ("a", new))
    ]
    there, back = match_commitments(*sides).changes, match_commitments(*reversed(sides)).changes
    assert len(there.gone) + len(there.changed) + there.same == len(old)
    assert len(there.new) + len(there.changed) + there.same == len(new)
    assert (len(there.new), len(there.gone)) == (len(back.gone), len(back.new))
    assert match_commitments(sides[0], sides[0]).changes.same == len(old)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "a commitment is new"), ("fr", "un engagement est nouveau"), ("es", "un compromiso es nuevo"),
     ("ar", "التزام جديد"), ("ru", "обязательство новое"), ("zh", "承诺为新增")],
)  # fmt: skip
def test_the_text_speaks_the_language_of_the_later_report(language: Language, words: str) -> None:
    wells = promise("c-7", "Dig forty wells\x1b[2J\tfor herders", themes=("water_supply",))
    told = later(language=language, commitments=(*BEFORE.commitments, wells),
                 findings=(*BEFORE.findings, found("c", ("c-7",), severity="high")))  # fmt: skip
    out = StringIO()
    print_changes(told, Console(file=out, width=200))
    assert words in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert "Dig forty wells" in out.getvalue()


def test_findings_of_low_attention_are_listed_only_when_asked() -> None:
    told = later(findings=(*BEFORE.findings, found("d", ("c-3",), severity="low")))
    short, long = StringIO(), StringIO()
    print_changes(told, Console(file=short, width=200))
    print_changes(told, Console(file=long, width=200), everything=True)
    assert REEDS.quote not in short.getvalue()
    assert "1 more of low attention" in short.getvalue()
    assert REEDS.quote in long.getvalue()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    after = BEFORE.model_copy(update={"findings": (found("a", ("c-1", "c-2"), severity="high"),)})
    places = tmp_path / "before", tmp_path / "after"
    for place, report in zip(places, (BEFORE, after), strict=True):
        place.mkdir()
        (place / "report.json").write_text(render_json(report), encoding="utf-8")
    return places


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["coherence", "diff", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(str(ended.value.code or 0))


def test_the_command_tells_changes_as_text_and_json_and_by_its_status(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *folders) == 0
    assert "Attention: medium → high" in capsys.readouterr().out
    assert run(monkeypatch, *folders, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["findings"]["changed"][0]["fields"] == [{"after": "high", "before": "medium", "field": "severity"}]
    assert run(monkeypatch, *folders, "--fail-on", "high") == 1
    assert run(monkeypatch, *reversed(folders), "--fail-on", "high") == 0
    assert run(monkeypatch, *folders, "--language", "fr") == 0
    assert "Attention\N{NO-BREAK SPACE}: moyenne → élevée" in capsys.readouterr().out


def test_without_a_report_the_command_says_what_to_do(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, folders[0], tmp_path) == 2
    assert "assess the dossier first" in capsys.readouterr().err


def test_two_audits_are_compared_dossier_by_dossier(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    audits = tmp_path / "first", tmp_path / "second"
    for audit, folder, other in zip(audits, folders, ("PER", "HTI"), strict=True):
        for name in ("XKX", other):
            (audit / name).mkdir(parents=True)
            (audit / name / "report.json").write_bytes((folder / "report.json").read_bytes())
        (audit / "summary.json").write_text("{}", encoding="utf-8")
    assert run(monkeypatch, *audits) == 0
    told = capsys.readouterr().out
    assert "Only in the first audit: PER" in told
    assert "Only in the second audit: HTI" in told
    assert run(monkeypatch, *audits, "--format", "json", "--fail-on", "high") == 1
    data = json.loads(capsys.readouterr().out)
    assert list(data["dossiers"]) == ["XKX"]
    assert data["only_after"] == ["HTI"]


def test_the_library_compares_too() -> None:
    report: Report = BEFORE
    assert coherence.compare_reports(report, report).findings.same == {"overlap": 1}
    assert coherence.compare_reports(report, report).commitments.same == 3
