"""Official targets, crosswalks and interactions: what ships is sound, and faults are told with their places."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coherence import frameworks
from coherence.errors import VocabularyError
from coherence.graph import theme_table
from coherence.resources import rules_dir
from coherence.vocabulary import SOURCE_LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

THEMES = sorted({theme for act in frameworks.interactions() for theme in (act.from_theme, act.to_theme)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "frameworks"
    shutil.copytree(rules_dir() / "frameworks", copy)
    return copy


def faults_after(folder: Path, name: str, old: str, new: str) -> list[str]:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VocabularyError) as problem:
        frameworks.load_frameworks(folder)
    return [str(fault) for fault in problem.value.faults]


def test_all_framework_goals_targets_and_decisions_are_there() -> None:
    ids = frameworks.all_ids()
    assert {f"KMGBF-T{number}" for number in range(1, 24)} <= ids
    assert {f"KMGBF-G{letter}" for letter in "ABCD"} <= ids
    assert {f"UNCCD-SO{number}" for number in range(1, 6)} <= ids
    assert {f"UNCCD-SO{name}" for name in ("1-1", "1-2", "1-3", "2-3", "3-1", "4-2", "5-4")} <= ids
    assert {"SDG-15.3", "SDG-15.3.1", "UNCCD 3/COP.16", "LDN-AVOID", "UAE-9a", "UAE-10d", "ICTU-7", "AFR100"} <= ids


def test_what_is_verified_names_its_source_and_the_rest_is_shown_as_unverified() -> None:
    assert all(entry.source for entry in frameworks.entries() if entry.verified)
    for unverified in ("CBD 15/4", "UNFCCC 2/CMA.5", "UNFCCC 1/CMA.5", "ICTU-4", "KMGBF-GA"):
        assert not frameworks.legal_basis(unverified, "en").verified


def test_labels_come_in_the_report_language_and_official_english_wording_stays_english() -> None:
    target = {language: frameworks.legal_basis("KMGBF-T2", language).label for language in SOURCE_LANGUAGES}
    assert len(set(target.values())) == len(SOURCE_LANGUAGES)
    indicator = {frameworks.legal_basis("GBF-A.2", language).label for language in SOURCE_LANGUAGES}
    assert indicator == {"Extent of natural ecosystems"}
    cited = {frameworks.legal_basis("GBF-2.CT.1", language).label for language in SOURCE_LANGUAGES}
    assert len(cited) == len(SOURCE_LANGUAGES)


def test_indicators_belong_to_goals_and_targets_and_codes_are_unique() -> None:
    indicators = [entry for entry in frameworks.entries() if entry.identifier]
    assert len(indicators) > 150
    assert {entry.of for entry in indicators} <= frameworks.all_ids()


def test_degraded_land_is_the_hard_crosswalk() -> None:
    hard = [link for link in frameworks.crosswalks() if link.strength == "hard"]
    assert [(link.from_id, link.to_id) for link in hard] == [("GBF-2.CT.1", "SDG-15.3.1")]
    assert frameworks.crosswalks_of("GBF-2.CT.1") == tuple(hard)
    assert hard[0] in frameworks.crosswalks_of("SDG-15.3.1")
    first, second = (frameworks.entry(name) for name in (hard[0].from_id, hard[0].to_id))
    assert first.label.en == second.label.en


def test_interactions_speak_of_themes_of_the_vocabulary_and_explain_themselves() -> None:
    assert set(THEMES) <= set(theme_table())
    for act in frameworks.interactions():
        assert act.score != 0
        assert act.from_theme != act.to_theme
        assert not act.reason.en.endswith(".")
        if act.score < 0:
            assert act.condition is not None or act.mechanism == "pollution", act.id


@pytest.mark.parametrize(
    ("means", "end"),
    [
        ("afforestation", "rangeland_restoration"),
        ("afforestation", "species_conservation"),
        ("bioenergy", "food_security"),
        ("bioenergy", "land_restoration"),
        ("irrigation", "wetland_restoration"),
        ("irrigation", "hydropower"),
        ("hydropower", "sustainable_fisheries"),
        ("hydropower", "watershed_management"),
        ("invasive_species", "pollution_reduction"),
        ("rangeland_restoration", "pollution_reduction"),
        ("renewable_energy", "rangeland_restoration"),
    ],
)
def test_harm_that_hangs_on_the_place_or_the_means_names_its_condition(means: str, end: str) -> None:
    found = [act for act in frameworks.interactions() if (act.from_theme, act.to_theme) == (means, end)]
    assert [act.score < 0 and act.condition is not None for act in found] == [True]


@given(st.sets(st.sampled_from(THEMES), max_size=4), st.sets(st.sampled_from(THEMES), max_size=4))
def test_the_strongest_interaction_is_found_whichever_side_asks(a: set[str], b: set[str]) -> None:
    found = frameworks.interaction_between(a, b)
    assert found == frameworks.interaction_between(b, a)
    met = [
        act for act in frameworks.interactions()
        if (act.from_theme in a and act.to_theme in b) or (act.from_theme in b and act.to_theme in a)
    ]  # fmt: skip
    assert (found is None) is not bool(met)
    if found:
        assert abs(found.score) == max(abs(act.score) for act in met)


def test_of_equally_strong_interactions_the_negative_goes_first() -> None:
    found = frameworks.interaction_between({"reforestation"}, {"rangeland_restoration", "species_conservation"})
    assert found is not None
    assert found.score == -2


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("kmgbf.yaml", "id: KMGBF-T2\n", "id: KMGBF-T1\n", "'KMGBF-T1' stands twice"),
        ("kmgbf.yaml", "framework: kmgbf", "framework: other", "write framework: kmgbf"),
        ("decisions.yaml", 'source: "GM report to CRIC 23, para 2"', 'source: ""', "verified but names no source"),
        ("sdg.yaml", "verified: true", "verified: perhaps", "valid boolean"),
        ("crosswalks.yaml", "from: GBF-2.CT.1", "from: GBF-2.CT.99", "unknown id 'GBF-2.CT.99'"),
        ("crosswalks.yaml", "    strength: hard", "    strength: firm", "strength"),
        ("interactions.yaml", "score: 2", "score: 5", "less than or equal to 3"),
        ("interactions.yaml", "mechanism: habitat", "mechanism: magic", "unknown mechanism 'magic'"),
        ("interactions.yaml", "reason:", "because:", "reason"),
        ("interactions.yaml", "from: avoided_deforestation\n    to: ecosystem_services",
         "from: protected_areas\n    to: ecosystem_services", "protected_areas on ecosystem_services stands in"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file_and_line(folder: Path, name: str, old: str, new: str, expected: str) -> None:
    faults = faults_after(folder, name, old, new)
    told = [fault for fault in faults if expected in fault]
    assert told, faults
    assert f"{name}:" in told[0]


def test_faults_of_several_files_come_at_once(folder: Path) -> None:
    (folder / "ictu.yaml").unlink()
    faults = faults_after(folder, "interactions.yaml", "score: 2", "score: 5")
    assert any("ictu.yaml" in fault for fault in faults)
    assert any("interactions.yaml" in fault for fault in faults)
