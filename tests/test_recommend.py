"""Findings become recommendations: merged, addressed, worded and ranked the same way whatever the order."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from coherence.errors import RuleError
from coherence.models import (
    Commitment,
    DocumentRecord,
    Finding,
    LegalBasis,
    Missing,
    Provenance,
    Quantity,
    Recommendation,
)
from coherence.recommend import recommend
from coherence.recommendation_patterns import PLACEHOLDERS, Pattern, fill, load_patterns, recommending
from coherence.resources import rules_dir
from coherence.vocabulary import REPORT_LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from coherence.vocabulary import Language

CONVENTION = {"NDC": "UNFCCC", "NAP": "UNFCCC", "NBSAP": "CBD", "LDN": "UNCCD"}
PATTERN = """\
id: REC-900
version: 1.0.0
title: {en: "Title {count}", fr: "Titre {count}", es: "Título {count}"}
text: {en: "Text {figures}", fr: "Texte {figures}", es: "Texto {figures}"}
instrument: other
addressees: [concerned]
basis: [KMGBF-T2]
effort: low
group_by: instrument
"""


def commitment(name: str, instrument: str, figure: str, theme: str = "land_restoration", **more: Any) -> Commitment:
    quote = more.pop("quote", f"Restore {figure} of degraded land")
    return Commitment.model_validate({
        "id": name, "country": "XXX", "instrument": instrument, "convention": CONVENTION[instrument],
        "document": f"dossier/{instrument.lower()}.pdf", "language": "en", "kind": "target", "modality": "committed",
        "themes": (theme,), "confidence": 0.9,
        "quantities": (Quantity(value=more.pop("value", 1.0), unit=more.pop("unit", "ha"), text=figure),),
        "provenance": Provenance(document=f"dossier/{instrument.lower()}.pdf", sha256="0" * 64, page=3, start=0,
                                 end=len(quote), quote=quote),
        **more,
    })  # fmt: skip


def finding(name: str, asks: str | None, concerned: tuple[str, ...] = (), **more: Any) -> Finding:
    return Finding.model_validate({
        "fingerprint": name, "rule": "OVL-001", "rule_version": "1.0.0", "dossier": "XXX", "kind": "overlap",
        "severity": "medium", "confidence": 0.8, "commitments": concerned, "title": "Title",
        "explanation": f"Explanation of {name}.", "recommendation": asks, **more,
    })  # fmt: skip


LAND = commitment("c1", "LDN", "5.16 million ha", value=5_160_000, target_year=2030)
CLIMATE = commitment("c2", "NDC", "5,055 millions d'ha", value=5_055_000, places=("north",))
NATURE = commitment("c3", "NBSAP", "30%", "protected_areas", value=30, unit="percent")
COMMITMENTS = {each.id: each for each in (LAND, CLIMATE, NATURE)}
FARMS = commitment("c4", "NDC", "40,000 ha", value=40_000)
WITH_FARMS = {**COMMITMENTS, "c4": FARMS}
DOCUMENTS = tuple(
    DocumentRecord(path=each.document, sha256="0" * 64, format="pdf", instrument=each.instrument,
                   convention=each.convention, title=each.instrument, language="en", pages=9)
    for each in (LAND, CLIMATE, NATURE)
)  # fmt: skip
FINDINGS = (
    finding("f1", "REC-001", ("c1", "c2"), severity="high"),
    finding("f2", "REC-001", ("c2", "c1")),
    finding("f3", "REC-008", ("c3", "c2"), kind="synergy"),
    finding("f4", "REC-029", ("c1",), missing=Missing(instrument="LDN", element="place"), severity="low"),
    finding("f5", "REC-024", missing=Missing(instrument="NAP", element="instrument"), severity="high"),
    finding("f6", None, ("c1",)),
    finding("f7", "REC-777", ("c1",)),
)


def only(name: str, findings: Any, commitments: Any = None, language: Any = "en") -> Recommendation:
    """Return the one recommendation of a pattern."""
    (found,) = (
        each for each in recommend(findings, commitments or COMMITMENTS, DOCUMENTS, language) if each.pattern == name
    )
    return found


def by_pattern(**more: Any) -> dict[str, Any]:
    return {each.pattern: each for each in recommend(FINDINGS, COMMITMENTS, DOCUMENTS, "en", **more)}


def test_findings_that_ask_for_one_change_are_merged_and_all_others_kept_apart() -> None:
    found = by_pattern()
    assert set(found) == {"REC-001", "REC-008", "REC-014", "REC-029", "REC-024"}
    assert found["REC-001"].findings == ("f1", "f2")
    assert found["REC-001"].priority == "high"


def test_a_joint_meeting_gathers_what_more_than_one_focal_point_decides() -> None:
    found = by_pattern()["REC-014"]
    assert found.findings == ("f1", "f2")
    assert found.instrument is None
    assert {"UNFCCC national focal point", "CBD national focal point", "UNCCD national focal point"} <= set(
        found.addressees
    )
    assert "2 possible overlaps" in found.text


def test_what_several_instruments_are_to_recognise_is_one_recommendation_with_the_figures() -> None:
    gaps = [
        finding(f"g{name}", "REC-021", ("c1",), kind="gap", missing=Missing(instrument=name, element="counterpart"))
        for name in ("NAP", "NBSAP")
    ]
    (found,) = recommend(gaps, COMMITMENTS, DOCUMENTS, "fr")
    assert found.title == "Reconnaître les cibles de NDT dans la SPANB et le PNA"
    assert found.instrument is None
    assert "Restore 5.16 million ha of degraded land" in found.text


def test_targets_to_recognise_are_named_even_where_no_finding_names_them() -> None:
    unmentioned = finding("g", "REC-021", kind="gap", missing=Missing(instrument="NDC", element="link"))
    (found,) = recommend([unmentioned], COMMITMENTS, DOCUMENTS, "en")
    assert "“Restore 5.16 million ha of degraded land” (by 2030; LDN)" in (found.draft or "")
    assert "5,055" not in (found.draft or "")


def test_findings_on_different_themes_become_recommendations_of_their_own(tmp_path: Path) -> None:
    library = tmp_path / "recommendation"
    library.mkdir()
    by_theme = PATTERN.replace("group_by: instrument", "group_by: theme").replace("{figures}", "{themes}")
    (library / "REC-900.yaml").write_text(by_theme, encoding="utf-8")
    forest = {
        "c4": commitment("c4", "LDN", "10 ha", "reforestation"),
        "c5": commitment("c5", "NDC", "9 ha", "reforestation"),
    }
    more = (finding("f1", "REC-900", ("c1", "c2")), finding("f9", "REC-900", ("c4", "c5")))
    patterns = {"REC-900": load_patterns([tmp_path])["REC-900"]}
    found = recommend(more, COMMITMENTS | forest, DOCUMENTS, "en", patterns=patterns)
    assert sorted(each.text for each in found) == ["Text land restoration", "Text reforestation"]
    assert len({each.id for each in found}) == 2


def test_the_change_is_made_in_the_receiving_instrument() -> None:
    found = by_pattern()
    assert found["REC-001"].instrument == "NDC"
    assert found["REC-029"].instrument == "LDN"
    assert found["REC-024"].instrument == "NAP"


@pytest.mark.parametrize(
    ("language", "side", "other"),
    [
        ("en", "“Restore 5.16 million ha of degraded land” (LDN, p. 3)", "(NDC, p. 3)"),
        ("fr", "« Restore 5.16 million ha of degraded land » (NDT, p. 3)", "(CDN, p. 3)"),
        ("es", "«Restore 5.16 million ha of degraded land» (NDT, pág. 3)", "(CDN, pág. 3)"),
    ],
)
def test_pairs_are_quoted_with_their_sources_in_the_words_of_the_language(language: Any, side: str, other: str) -> None:
    found = {each.pattern: each for each in recommend(FINDINGS, COMMITMENTS, DOCUMENTS, language)}
    told = found["REC-001"].text.replace("\u202f", " ").replace("\xa0", " ")
    assert f"{side} ↔ " in told
    assert other in told.split(" ↔ ")[1]


def test_focal_points_of_the_instruments_concerned_are_addressed() -> None:
    addressees = by_pattern()["REC-001"].addressees
    assert {"UNFCCC national focal point", "UNCCD national focal point"} <= set(addressees)
    assert "CBD national focal point" not in addressees


def test_the_legal_basis_is_merged_with_verified_entries_first() -> None:
    own = LegalBasis(id="CBD 15/4", label="Adopts the framework")
    more = finding("f8", "REC-001", ("c1", "c2"), basis=(own,))
    found = only("REC-001", [more])
    ids = [each.id for each in found.basis]
    assert "UNCCD 3/COP.16" in ids
    assert ids[-1] == "CBD 15/4"
    assert len(ids) == len(set(ids))


def test_ranks_follow_severity_number_and_effort() -> None:
    found = recommend(FINDINGS, COMMITMENTS, DOCUMENTS, "en")
    assert [each.rank for each in found] == [1, 2, 3, 4, 5]
    assert [each.pattern for each in found] == ["REC-001", "REC-014", "REC-024", "REC-008", "REC-029"]
    assert [each.urgency for each in found] == sorted((each.urgency for each in found), reverse=True)


def test_the_order_of_the_input_makes_no_difference() -> None:
    expected = recommend(FINDINGS, COMMITMENTS, DOCUMENTS, "fr")
    for seed in range(5):
        shuffled = random.Random(seed).sample(FINDINGS, len(FINDINGS))  # noqa: S311 - no secret depends on it
        turned = dict(reversed(COMMITMENTS.items()))
        assert recommend(shuffled, turned, DOCUMENTS[::-1], "fr") == expected


def test_ids_do_not_depend_on_language_or_number_of_findings() -> None:
    english = {each.pattern: each.id for each in recommend(FINDINGS, COMMITMENTS, DOCUMENTS, "en")}
    french = {each.pattern: each.id for each in recommend(FINDINGS[1:], COMMITMENTS, DOCUMENTS, "fr")}
    assert english == french
    assert len(set(english.values())) == len(english)


@pytest.mark.parametrize("language", REPORT_LANGUAGES)
@pytest.mark.parametrize("name", sorted(load_patterns()))
def test_every_text_of_the_library_fills_without_rest(name: str, language: Any) -> None:
    asked = finding("f", name, ("c1", "c2"), missing=Missing(instrument="LDN", element="place"))
    found = only(name, [asked], language=language)
    for text in (found.title, found.text, found.draft or ""):
        assert not set("{}") & set(text)
        assert "  " not in text


def test_text_of_a_document_never_acts_as_a_template() -> None:
    hostile = commitment("c1", "LDN", "{instrument} {0.__class__}", quote="{count} {figures.__globals__}")
    found = only("REC-002", [finding("f", "REC-002", ("c1", "c3"))], {**COMMITMENTS, "c1": hostile})
    assert "{count} {figures.__globals__}” (LDN" in found.text
    assert fill("{count}", {"count": "{count}"}) == "{count}"


def test_long_lists_are_cut_and_say_so() -> None:
    many = {f"c{n}": commitment(f"c{n}", "LDN", f"{n}00 ha", value=100.0 * n) for n in range(10, 30)}
    findings = [finding(f"f{name}", "REC-001", (name, "c2")) for name in many]
    found = only("REC-001", findings, {**many, "c2": CLIMATE}, "es")
    assert "y 17 pares más (véanse los hallazgos)" in found.text
    assert "[otros pares: 17 en los hallazgos]" in (found.draft or "")
    assert len(found.findings) == len(many)


def test_a_commitment_that_is_not_at_hand_is_passed_over() -> None:
    found = only("REC-002", [finding("f", "REC-002", ("c1", "c2"))], {"c2": CLIMATE})
    assert "5,055" in (found.draft or "")
    assert found.instrument == "NDC"


def test_patterns_can_be_added_and_replaced(tmp_path: Path) -> None:
    library = tmp_path / "recommendation"
    library.mkdir()
    (library / "REC-900.yaml").write_text(PATTERN, encoding="utf-8")
    patterns = load_patterns([tmp_path])
    assert len(patterns) == len(load_patterns()) + 1
    (found,) = recommend([finding("f", "REC-900", ("c1",))], COMMITMENTS, DOCUMENTS, "fr", patterns=patterns)
    assert found.title == "Titre 1"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{count}", "{count.__class__}", "unknown placeholder"),
        ("Title {count}", "Title {count", "a brace stands alone"),
        ("[KMGBF-T2]", "[KMGBF-T99]", "unknown basis 'KMGBF-T99'"),
        ("[concerned]", "[minister]", "unknown addressee 'minister'"),
        ("effort: low", "effort: huge", "effort"),
        ("REC-900", "REC-901", "REC-900.yaml"),
        ("effort: low", "effort: low\ncolour: red", "unknown key 'colour'"),
        ("effort: low", "effort: low\nwithin: REC-777", "'REC-777' cannot have parts"),
        ("effort: low", "effort: low\nwithin: REC-002", "'REC-002' cannot have parts"),
        ("effort: low", "effort: low\nwithin: REC-001", "grouped by instrument"),
    ],
)
def test_a_faulty_pattern_is_told_with_its_place(tmp_path: Path, old: str, new: str, expected: str) -> None:
    library = tmp_path / "recommendation"
    library.mkdir()
    (library / "REC-900.yaml").write_text(PATTERN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError) as problem:
        load_patterns([tmp_path])
    assert expected in str(problem.value)
    assert "REC-900.yaml:" in str(problem.value)


def test_the_placeholders_are_the_ones_that_are_filled() -> None:
    template = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    pattern = Pattern.model_validate({
        "id": "REC-900", "version": "1.0.0", "instrument": "LDN", "addressees": ("receiving",), "basis": ("KMGBF-T2",),
        "effort": "low", "group_by": "rule",
        **{key: dict.fromkeys(REPORT_LANGUAGES, template) for key in ("title", "text", "draft")},
    })  # fmt: skip
    (found,) = recommend([finding("f", "REC-900")], {}, (), "en", patterns={"REC-900": pattern})
    assert "no figure stated" in found.text


@pytest.mark.parametrize(("version", "replaces"), [("4.0.1", True), ("10.0.0", True), ("1.9.9", False)])
def test_a_recommendation_of_a_pack_replaces_by_a_higher_version(
    tmp_path: Path, version: str, *, replaces: bool
) -> None:
    shipped = load_patterns()["REC-001"]
    text = (rules_dir() / "recommendation" / "REC-001.yaml").read_text(encoding="utf-8")
    (tmp_path / "recommendation").mkdir()
    own = text.replace(f"version: {shipped.version}", f"version: {version}", 1)
    (tmp_path / "recommendation" / "REC-001.yaml").write_text(own, encoding="utf-8")
    if replaces:
        assert load_patterns((tmp_path,))["REC-001"].version == version
    else:
        with pytest.raises(RuleError, match=r"REC-001\.yaml:2:10: version 1\.9\.9 of REC-001 cannot replace version"):
            load_patterns((tmp_path,))


def test_parts_of_one_recommendation_stand_in_it_a_paragraph_each() -> None:
    asked = [finding("f1", "REC-001", ("c1", "c2")), finding("f2", "REC-003", ("c3", "c2"))]
    (found,) = (each for each in recommend(asked, COMMITMENTS, DOCUMENTS, "en") if each.pattern != "REC-014")
    assert found.pattern == "REC-001"
    assert found.findings == ("f1", "f2")
    areas, protected = found.text.split("\n")
    assert "may concern the same hectares" in areas
    assert "one national list" in protected
    told = [line for line in (found.draft or "").split("\n") if not line.startswith("– ")]
    assert len(told) == len(("areas", "protected"))
    assert "Protected areas authority" in found.addressees
    assert {"KMGBF-T2", "KMGBF-T3"} <= {each.id for each in found.basis}


@pytest.mark.parametrize(
    ("language", "end"), [("en", ".\nTheir land"), ("fr", ".\nLeurs terres"), ("es", ".\nSus tierras"), ("zh", "。\n")]
)
def test_a_draft_sets_each_of_several_commitments_on_a_line_of_its_own(language: Language, end: str) -> None:
    asked = [finding("f1", "REC-001", ("c1", "c2")), finding("f2", "REC-001", ("c3", "c4"))]
    found = next(each for each in recommend(asked, WITH_FARMS, DOCUMENTS, language) if each.pattern == "REC-001")
    draft = found.draft or ""
    lists = [line for line in draft.split("\n") if line.startswith("– ")]
    assert len(lists) > 1
    assert all(line.rstrip().endswith((";", ".", "；", "。")) for line in lists)
    assert not any(line != line.rstrip() for line in draft.split("\n"))
    assert "\N{RECORD SEPARATOR}" not in draft
    assert end in draft


def test_the_number_of_a_table_row_is_not_taken_up_in_a_draft() -> None:
    row = commitment("c1", "LDN", "900 ha", value=900, quote="4. Wetlands kept wet\tNorth\t900 ha")
    found = only("REC-001", [finding("f1", "REC-001", ("c1", "c2"))], {"c1": row, "c2": CLIMATE}, "en")
    assert "“Wetlands kept wet” (900 ha; LDN)" in (found.draft or "")


def test_what_leads_on_to_the_next_item_of_a_list_is_no_part_of_a_draft() -> None:
    item = commitment("c1", "LDN", "900 ha", value=900, quote="Keep 900 ha of dunes open by 2031; and")
    found = only("REC-001", [finding("f1", "REC-001", ("c1", "c2"))], {"c1": item, "c2": CLIMATE}, "en")
    assert "“Keep 900 ha of dunes open by 2031”" in (found.draft or "")


def test_one_commitment_stays_in_the_sentence_of_a_draft() -> None:
    asked = [finding("f1", "REC-001", ("c1", "c2"))]
    found = next(each for each in recommend(asked, COMMITMENTS, DOCUMENTS, "en") if each.pattern == "REC-001")
    assert "\n– " not in (found.draft or "")


def test_a_part_alone_speaks_for_itself_under_the_same_id() -> None:
    alone = only("REC-003", [finding("f2", "REC-003", ("c3", "c2"))])
    both = only("REC-001", [finding("f1", "REC-001", ("c1", "c2")), finding("f2", "REC-003", ("c3", "c2"))])
    assert alone.title == "Hold one list of protected and conserved areas for all instruments"
    assert alone.id == both.id


def test_targets_are_completed_in_their_own_words_with_brackets_for_what_was_not_found() -> None:
    stated = commitment("t1", "LDN", "900 ha", quote="Restaurar 900 hectáreas de laderas degradadas.", value=900.0)
    asked = [
        finding(f"q{element}", asks, ("t1",), kind="quality", missing=Missing(instrument="LDN", element=element))
        for element, asks in (("place", "REC-029"), ("baseline", "REC-028"), ("body", "REC-031"))
    ]
    (found,) = recommend(asked, {"t1": stated}, (), "es")
    assert found.pattern == "REC-027"
    assert found.draft == (
        "Restaurar 900 hectáreas de laderas degradadas, respecto de [valor] en [año], en [regiones], "
        "bajo la dirección de [organismo]."
    )


def test_a_sentence_with_two_figures_is_told_once() -> None:
    share = commitment("c9", "LDN", "80 %", value=80.0, unit="percent", quote=LAND.quote)
    asked = [
        finding(f"q{name}", "REC-029", (name,), kind="quality", missing=Missing(instrument="LDN", element="place"))
        for name in ("c1", "c9")
    ]
    (found,) = recommend(asked, {"c1": LAND, "c9": share}, (), "en")
    assert (found.draft or "").count(LAND.quote) == 1


def test_a_bare_number_of_a_table_is_not_shown_as_a_figure() -> None:
    row = commitment("r1", "NDC", "45 000", value=45_000.0, unit="other", quote="Well drilling\t0\t45 000\t90 000")
    found = only("REC-002", [finding("f", "REC-002", ("r1", "c1"))], {"r1": row, "c1": LAND})
    assert "“Well drilling” (NDC)" in (found.draft or "")


def test_of_several_commitments_the_first_is_paired_with_each_other_one() -> None:
    found = only("REC-002", [finding("f", "REC-002", ("c3", "c1", "c2"))])
    assert found.text.count("↔") == 1
    assert "(NBSAP, p. 3) ↔ " in found.text
    assert " / " in found.text


def test_beyond_the_first_ones_recommendations_are_further_ones(tmp_path: Path) -> None:
    (tmp_path / "recommendation").mkdir()
    by_rule = PATTERN.replace("group_by: instrument", "group_by: rule")
    (tmp_path / "recommendation" / "REC-900.yaml").write_text(by_rule, encoding="utf-8")
    patterns = {"REC-900": load_patterns([tmp_path])["REC-900"]}
    many = [finding(f"f{n}", "REC-900", ("c1", "c2"), rule=f"OVL-{n:03}") for n in range(1, 15)]
    found = recommend(many, COMMITMENTS, DOCUMENTS, "en", patterns=patterns)
    assert [each.further for each in found] == [each.rank > recommending().in_full for each in found]
    assert any(each.further for each in found)


def test_the_reason_of_a_rank_names_what_it_was_made_of() -> None:
    asked = [finding("f1", "REC-001", ("c1", "c2"), severity="high")]
    found = only("REC-001", asked)
    assert found.reason == (
        "Attention: high. Effort: medium. Findings: 1. No dated moment is known. "
        "The programme for LDN targets asks for it."
    )
    dated = {each.pattern: each for each in recommend(asked, COMMITMENTS, DOCUMENTS, "en", as_of=date(2029, 6, 1))}
    assert "Next moment from 1 June 2029: NDC due in 2030." in dated["REC-001"].reason
    assert dated["REC-001"].urgency > found.urgency


def test_moments_are_counted_from_the_latest_document_where_no_day_is_stated() -> None:
    asked = [finding("f1", "REC-001", ("c1", "c2"))]
    dated = tuple(each.model_copy(update={"year": 2026}) for each in DOCUMENTS)
    reasons = {language: recommend(asked, COMMITMENTS, dated, language)[0].reason for language in ("en", "fr", "es")}
    assert "from the latest document (2026): NDC due in 2030." in reasons["en"]
    assert "à compter du document le plus récent (2026) : CDN attendue en 2030." in reasons["fr"]
    assert "a partir del documento más reciente (2026): CDN prevista para 2030." in reasons["es"]


def test_a_day_is_written_as_the_language_writes_it() -> None:
    asked = [finding("f1", "REC-021", ("c2",))]
    moments = [recommend(asked, COMMITMENTS, DOCUMENTS, "fr", as_of=date(2026, 1, 15))[0].reason]
    assert not any("2026-" in each for each in moments)


def drafted(stated: Commitment, **more: Any) -> str:
    """Return how a draft for the NDC takes up one commitment."""
    asked = finding("f", "REC-023", (stated.id,), kind="gap", missing=Missing(instrument="NDC", element="counterpart"))
    (found,) = recommend([asked], {stated.id: stated}, DOCUMENTS, "en", **more)
    return (found.draft or "").split("figures: ")[1]


def test_one_sentence_set_twice_is_told_once() -> None:
    twice = [
        commitment(f"a{number}", "LDN", "1 500 ha", quote=f"Guard the old groves (1{space}500{space}ha) for good.")
        for number, space in enumerate([" ", ""])
    ]
    asked = [
        finding(
            f"f{each.id}", "REC-023", (each.id,), kind="gap", missing=Missing(instrument="NDC", element="counterpart")
        )
        for each in twice
    ]
    (found,) = recommend(asked, {each.id: each for each in twice}, DOCUMENTS, "en")
    assert (found.draft or "").count("old groves") == 1


def test_a_draft_takes_up_the_words_and_adds_what_they_leave_open() -> None:
    share = commitment("a1", "LDN", "40%", value=40.0, unit="percent", target_year=2031)
    assert drafted(share) == "“Restore 40% of degraded land” (by 2031; LDN)."
    told = commitment("a2", "LDN", "9 ha", quote="By 2032 plant 9 ha of thorn trees.", target_year=2032)
    assert drafted(told) == "“By 2032 plant 9 ha of thorn trees” (LDN)."


def test_a_year_that_has_passed_is_left_to_be_set_anew() -> None:
    late = commitment("a1", "NBSAP", "9 ha", quote="By 2019 guard 9 ha of peat.", target_year=2019)
    assert drafted(late, as_of=date(2026, 5, 1)) == "“By 2019 guard 9 ha of peat” (NBSAP; [2019 has passed: new year])."
    assert "has passed" not in drafted(late, as_of=date(2018, 5, 1))


def test_what_breaks_off_is_named_by_its_theme_and_by_no_figure_that_may_be_what_remains() -> None:
    broken = commitment("a1", "LDN", "9 ha", quote="Raise dykes on 9 ha of the", theme="flood_management", value=9.0)
    assert drafted(broken) == "flood management (9 ha; LDN)."
    long = " and the hills beside them" * 12
    level = commitment("a2", "LDN", "9 ha", quote=f"Cut the loss to 9 ha{long}.", theme="avoided_deforestation",
                       value=9.0, ldn_response="avoid")  # fmt: skip
    opening = "Cut the loss to 9 ha" + " and the hills beside them" * 8
    assert drafted(level) == f"“{opening} […]” (LDN)."
    row = commitment("a3", "LDN", "9%", quote="\tMinistry of Lands\t9%", theme="avoided_deforestation",
                     value=9.0, unit="percent", bodies=("Ministry of Lands",))  # fmt: skip
    assert drafted(row) == "avoided deforestation (LDN)."


def test_a_long_statement_without_a_figure_stands_as_far_as_a_clause_ends() -> None:
    said = "Draw up plans for towns on the coast and along the rivers, with the owners of the land"
    more = f"{said}, the councils and all who come there in the dry months of the year" + " and again later" * 12
    told = commitment("a1", "LDN", "", quote=f"{more}.", theme="land_use_planning", quantities=())
    assert drafted(told) == f"“{said} […]” (LDN)."


def test_the_findings_of_a_recommendation_stand_with_the_gravest_and_surest_first() -> None:
    found = [
        finding("a", "REC-001", ("c1", "c2"), severity="medium"),
        finding("b", "REC-001", ("c1", "c3"), severity="high", confidence=0.5),
        finding("c", "REC-001", ("c2", "c3"), severity="high", confidence=0.8),
    ]
    known = {name: commitment(name, "LDN", "9 ha") for name in ("c1", "c2", "c3")}
    (item, *_) = recommend(found, known, DOCUMENTS, "en")
    assert item.findings == ("c", "b", "a")


def test_a_quote_whose_subject_stands_in_a_heading_is_named_after_it() -> None:
    words = {"quote": "They are left as they are.", "theme": "wetland_restoration", "unit": "none"}
    lent = commitment("a1", "LDN", "", **words, trace=({"field": "themes", "value": "wetland_restoration",
                                                        "because": "Marshes"},))  # fmt: skip
    assert drafted(lent) == "wetland restoration: “They are left as they are” (LDN)."
    own = lent.model_copy(update={"trace": (lent.trace[0].model_copy(update={"because": "left as they are"}),)})
    assert drafted(own) == "“They are left as they are” (LDN)."


def test_a_safeguard_is_drafted_for_what_presses_not_for_what_is_kept() -> None:
    asked = [
        finding("f1", "REC-036", ("c2", "c1"), kind="conflict"), finding("f2", "REC-036", ("c3", "c2"), kind="conflict")
    ]  # fmt: skip
    found = only("REC-036", asked)
    assert "(NDC)" in (found.draft or "")
    assert "(NBSAP)" in (found.draft or "")
    assert "LDN)" not in (found.draft or "")


def test_the_pair_that_matters_most_is_told_first() -> None:
    faint = finding("f1", "REC-001", ("c1", "c2"), confidence=0.5)
    sure = finding("f2", "REC-001", ("c3", "c4"), confidence=0.9)
    told = only("REC-001", [faint, sure], WITH_FARMS).text
    first, second = (told.index(WITH_FARMS[name].quote) for name in ("c3", "c1"))
    assert first < second


def test_a_row_is_not_named_after_the_body_that_carries_it_out() -> None:
    row = commitment(
        "r2",
        "NDC",
        "800 ha",
        value=800.0,
        bodies=("Forestry Commission",),
        quote="3\tDunes\t800 ha\tForestry Commission",
    )
    found = only("REC-002", [finding("f", "REC-002", ("r2", "c1"))], {"r2": row, "c1": LAND})
    assert "Forestry Commission" not in (found.draft or "")
    assert "land restoration (800 ha; NDC)" in (found.draft or "")


def test_links_that_are_surer_are_named_first() -> None:
    more = {
        f"s{n}": commitment(f"s{n}", "NBSAP", f"{n} ha", value=float(n), quote=f"Nature goal {n}") for n in range(6)
    }
    asked = [
        finding(f"f{name}", "REC-010", ("c1", name), kind="synergy", confidence=0.9 if name == "s0" else 0.5)
        for name in more
    ]
    found = only("REC-010", asked, {**COMMITMENTS, **more})
    assert "↔ “Nature goal 0”" in found.text
