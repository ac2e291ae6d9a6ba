"""Quality of targets: what meets a criterion, what does not, and where the text says the contrary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from sample_facts import commitment, document, facts_of, quantity

from coherence.errors import VocabularyError
from coherence.fact_models import FACTS
from coherence.model_basics import ConflictManageability, ConflictMechanism, ConflictType
from coherence.models import Commitment, Finding, OfficialLink, Report, TraceStep
from coherence.reports.digest import digest
from coherence.reports.html_report import render_html
from coherence.reports.sheets import sheets_of
from coherence.reports.target_table import quality_line, quality_rows, quality_summaries
from coherence.reports.typography import typeset
from coherence.reports.wording import Wording
from coherence.resources import rules_dir
from coherence.rule_records import ConflictNature
from coherence.target_criteria import criteria, load_criteria
from coherence.target_quality import target_quality
from coherence.vocabulary import LANGUAGES, REPORT_LANGUAGES, per_language

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.quality_models import CriterionVerdict, QualityView

FILE = rules_dir() / "frameworks" / "target_quality.yaml"
NAMES = (
    "specific", "time_bound", "quantified", "spatially_explicit", "gender_responsive", "policy_coherent",
    "integrated_in_planning",
)  # fmt: skip
SISTER = commitment("NDC", "Build two rail lines", themes=("transport",), confidence=0.9)


def traced(field: str, because: str) -> TraceStep:
    return TraceStep(field=field, value="x", because=because)


def ldn(quote: str = "Rest pasture", **fields: Any) -> Commitment:
    return commitment("LDN", quote, **{"themes": ("rangeland_restoration",), "action": "rest pasture", **fields})


def view(*commitments: Commitment, findings: tuple[Finding, ...] = ()) -> QualityView:
    return target_quality(facts_of(*commitments), {each.id: each for each in commitments}, findings, "en")


def verdicts(
    target: Commitment, *others: Commitment, findings: tuple[Finding, ...] = ()
) -> dict[str, CriterionVerdict]:
    found = view(target, *(others or (SISTER,)), findings=findings)
    own = next(each for each in found.targets if each.commitment == target.id)
    assert own.score == sum(each.state == "met" for each in own.verdicts)
    assert own.judged == sum(each.state != "not_judged" for each in own.verdicts)
    return {each.criterion: each for each in own.verdicts}


def finding(kind: str, *commitments: Commitment, **fields: Any) -> Finding:
    return Finding(
        fingerprint=f"{kind}-{len(commitments)}", rule="OVL-900", rule_version="1.0.0", dossier="XXX", kind=kind,
        severity="low", confidence=0.7, commitments=tuple(each.id for each in commitments), title="t", explanation="e",
        **fields,
    )  # fmt: skip


def test_the_criteria_are_those_of_the_decision() -> None:
    assert tuple(each.id for each in criteria().criteria) == NAMES
    assert criteria().basis == "UNCCD 3/COP.16"


def test_a_target_that_states_everything_meets_all_seven() -> None:
    whole = ldn(
        "By 2032 women herders rest 4,000 ha of pasture in Sandema under the district plans of the NDC",
        quantities=(quantity(4000.0),),
        target_year=2032,
        places=("Sandema",),
        ecosystems=("grassland",),
        gender=True,
        trace=(traced("target_year", "clause: 2032"), traced("gender", "women"), traced("ecosystems", "pasture")),
    )
    found = verdicts(whole)
    assert {name: each.state for name, each in found.items()} == dict.fromkeys(NAMES, "met")
    assert found["time_bound"].words == ("2032",)
    assert found["quantified"].words == ("4000.0 ha",)
    assert found["spatially_explicit"].words == ("Sandema",)
    assert found["gender_responsive"].words == ("women",)
    assert found["policy_coherent"].words == ("NDC",)
    assert found["integrated_in_planning"].words == ("district plans",)
    assert found["specific"].words == ("pasture", "Sandema")


def test_a_target_that_states_nothing_meets_none_and_contradicts_nothing() -> None:
    found = verdicts(ldn("Care for the land", themes=("ecosystem_services",), action=None))
    assert {each.state for each in found.values()} == {"not_found"}
    assert all(each.reason and not each.words for each in found.values())


def test_a_year_of_the_document_alone_is_not_found_with_its_own_reason() -> None:
    silent = verdicts(ldn())["time_bound"]
    lent = verdicts(ldn(target_year=2032, trace=(traced("target_year", "document: 9 of 9 dated statements"),)))
    assert lent["time_bound"].state == silent.state == "not_found"
    assert lent["time_bound"].reason != silent.reason
    assert lent["time_bound"].words == ()


@pytest.mark.parametrize(
    ("quote", "language", "criterion", "word"),
    [
        ("Rest pasture; the target is not quantified", "en", "quantified", "not quantified"),
        ("Mise en défens des parcours, cible non quantifiée", "fr", "quantified", "non quantifiée"),
        ("Descanso de pastizales, sin plazo", "es", "time_bound", "sin plazo"),
    ],
)
def test_what_the_text_denies_is_told_apart_from_what_it_leaves_out(
    quote: str, language: str, criterion: str, word: str
) -> None:
    found = verdicts(ldn(quote, language=language))[criterion]
    assert (found.state, found.words) == ("contrary", (word,))


def test_an_amount_of_money_is_no_figure_of_the_target() -> None:
    found = verdicts(ldn(quantities=(quantity(2e6, "USD"),)))["quantified"]
    assert found.state == "not_found"
    assert "money" in found.reason


def test_what_acts_through_institutions_has_no_place_to_state() -> None:
    found = verdicts(ldn("Train the extension staff", themes=("capacity_building",)))["spatially_explicit"]
    assert found.state == "not_judged"


def test_findings_tie_a_target_to_its_sister_and_contradictions_untie_it() -> None:
    target = ldn()
    assert verdicts(target)["policy_coherent"].state == "not_found"
    shared = finding("synergy", target, SISTER)
    met = verdicts(target, findings=(shared,))["policy_coherent"]
    assert (met.state, met.findings) == ("met", (shared.fingerprint,))
    manners: dict[str, Any] = {
        "mechanism": get_args(ConflictMechanism)[0],
        "manageability": get_args(ConflictManageability)[:1],
        "precondition": "both mean the same pasture",
    }
    clash, strain = (
        finding("conflict", target, SISTER, score=-1, conflict=ConflictNature(type=kind, **manners))
        for kind in get_args(ConflictType)
    )
    assert clash.conflict is not None
    assert clash.conflict.type == "contradiction"
    assert verdicts(target, findings=(shared, clash))["policy_coherent"].state == "contrary"
    assert verdicts(target, findings=(shared, strain))["policy_coherent"].state == "met"


def test_coherence_is_not_judged_where_there_is_no_sister() -> None:
    alone = ldn()
    assert verdicts(alone, ldn("Rest more pasture"))["policy_coherent"].state == "not_judged"


@pytest.mark.parametrize(
    ("target", "made", "state"),
    [("KMGBF-T2", "stated", "met"), ("KMGBF-T2", "rule", "not_found"), ("UNCCD-SO1", "stated", "not_found")],
)
def test_only_a_stated_target_of_another_convention_ties(target: str, made: Any, state: str) -> None:
    linked = ldn(official_links=(OfficialLink(target=target, made=made, because="words"),))
    assert verdicts(linked)["policy_coherent"].state == state


def test_only_targets_are_judged() -> None:
    rail = commitment("NDC", "Build two rail lines", themes=("transport",))
    assert view(rail).targets == ()


@given(
    st.permutations([ldn("Rest one"), ldn("Rest two"), SISTER, commitment("NAP", "Dig wells", themes=("irrigation",))])
)
def test_the_order_of_the_input_makes_no_difference(shuffled: list[Commitment]) -> None:
    assert view(*shuffled) == view(*sorted(shuffled, key=lambda each: each.id))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_of_every_group(language: Any) -> None:
    groups = {group for each in criteria().criteria for case in each.cases for group in case.groups}
    found = per_language("target_quality", language)
    assert set(found) == groups
    assert all(found.values())


def test_facts_of_criteria_are_declared() -> None:
    assert set(FACTS["found"]) == {"overlaps", "synergies", "contradictions", "named", "official", "words"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["criteria"][0]["cases"][0].update({"if": "a.aktion is known"}), "unknown fact 'aktion'"),
        (lambda data: data["criteria"][0]["cases"][0].update({"if": "b.gender"}), "not available in this scope"),
        (lambda data: data["criteria"][0]["cases"].pop(), "the last case, and it alone"),
        (lambda data: data["criteria"][0]["cases"][0]["shows"].append("moods"), "'moods' cannot be shown"),
        (lambda data: data.update(basis="UNCCD 99/COP.99"), "unknown id 'UNCCD 99/COP.99'"),
        (lambda data: data.update(motto="x"), "motto"),
    ],
)
def test_faults_of_the_criteria_are_told_with_their_place(tmp_path: Path, change: Any, told: str) -> None:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(data)
    broken = tmp_path / "target_quality.yaml"
    broken.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(VocabularyError, match=told) as raised:
        load_criteria(broken)
    assert all(fault.location.line for fault in raised.value.faults)


def report(language: Any = "en") -> Report:
    stated = (
        ldn("Rest 4,000 ha of pasture", quantities=(quantity(4000.0),), language="en"),
        ldn("Care & <b>rest</b>"),
        SISTER,
    )
    found = target_quality(facts_of(*stated), {each.id: each for each in stated}, (), language)
    return Report(
        engine_version="0", rules_hash="0", language=language, country="XXX", country_name="Example",
        documents=(document("LDN"), document("NDC")), commitments=stated, target_quality=found,
    )  # fmt: skip


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
def test_a_report_shows_every_target_with_its_verdicts(language: Any) -> None:
    made = report(language)
    assert made.target_quality is not None
    shown, words = digest(made), Wording(language)
    page = render_html(made)
    section = page[
        page.index('<section id="quality">') : page.index("</section>", page.index('<section id="quality">'))
    ]
    assert section.count('<td title="') == len(NAMES) * len(made.target_quality.targets)
    assert "<b>rest</b>" not in section
    assert all(str(escape(typeset(each.label, language))) in section for each in made.target_quality.criteria)
    sheet = next(each for each in sheets_of(shown, words) if each.name == words.text("workbook.targets"))
    assert len(sheet.rows) == len(made.target_quality.targets)
    assert shown.report.target_quality is not None
    assert str(escape(quality_line(shown.report.target_quality, words))) in page


def test_the_summary_counts_what_the_verdicts_say() -> None:
    made = report()
    rows = quality_rows(digest(made))
    (summary,) = quality_summaries(rows)
    assert (summary.instrument, summary.targets) == ("LDN", 2)
    assert summary.met["quantified"] == 1
    assert summary.judged["quantified"] == 2
    assert summary.score == sum(row.quality.score for row in rows) / 2
