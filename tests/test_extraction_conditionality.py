"""How a condition said once reaches the promises it governs, and where it stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments
from coherence.extraction.cues import find_cues
from coherence.vocabulary import LANGUAGES, Language, per_language

if TYPE_CHECKING:
    from coherence.models import Document, Passage


def conditions(made: Document) -> dict[float | None, str]:
    return {c.quantities[0].value: c.conditionality for c in extract_commitments(made) if c.quantities}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_words_by_which_conditions_reach_others(language: Language) -> None:
    lists = per_language("conditions", language)
    assert set(lists) == set(per_language("conditions", "en"))
    assert all(labels and all(isinstance(label, str) for label in labels) for labels in lists.values())


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "Planting is subject to international support", "conditional"),
        ("en", "The plan does not depend on international support", "unconditional"),
        ("en", "The plan is subject to the approval of Parliament", None),
        ("fr", "sous réserve d'un appui financier", "conditional"),
        ("fr", "sous réserve de l'avis du Sénat", None),
        ("es", "estará sujeta a aprobación del Senado", None),
        ("es", "sujeta a recursos de cooperación", "conditional"),
        ("ru", "при условии поддержки доноров", "conditional"),
        ("ru", "при условии учета лесов", None),
    ],
)
def test_only_support_makes_a_condition(language: Language, text: str, said: str | None) -> None:
    found = {cue.cue for cue in find_cues(text, language)} & {"conditional", "unconditional"}
    assert found == ({said} if said else set())


def test_a_condition_of_one_part_reaches_that_part_only() -> None:
    made = document(
        paragraph("All adaptation measures are conditional on external finance.", "1. Summary"),
        paragraph("The country will plant trees on 5,000 ha by 2030.", "2. Adaptation"),
        paragraph("The country will install 300 MW of solar power by 2030.", "3. Mitigation"),
    )
    assert conditions(made) == {5_000: "conditional", 300: "unstated"}


def test_headings_that_divide_a_part_keep_its_overall_condition_away() -> None:
    made = document(
        paragraph("All adaptation measures are conditional on external finance.", "1. Summary"),
        paragraph("The country will plant trees on 5,000 ha by 2030.", "2. Adaptation"),
        paragraph("The country will dig 70 wells by 2030.", "2. Adaptation", "2.1 Unconditional measures"),
    )
    assert conditions(made) == {5_000: "unstated", 70: "unconditional"}


def test_what_all_costs_does_not_take_the_condition_of_the_measures() -> None:
    made = document(
        paragraph("The full implementation of this INDC is contingent upon international support.", "1. Summary"),
        paragraph("The country will plant trees on 5,000 ha by 2030.", "2. Measures"),
        paragraph("The measures will require an investment of USD 40 million by 2030.", "3. Costs"),
    )
    assert conditions(made) == {5_000: "conditional", 40_000_000: "unstated"}


def test_the_next_sentence_can_set_the_condition() -> None:
    text = "The country will cut emissions by 18% by 2030. This target can only be met with international support."
    assert conditions(document(paragraph(text, "Targets"))) == {18: "conditional"}


def test_a_sentence_that_takes_up_another_takes_its_condition() -> None:
    text = (
        "With international support the country will cut emissions by 18% by 2030. "
        "This reduction will amount to 7 MtCO2e in 2030. Households will receive 300 stoves by 2030."
    )
    assert conditions(document(paragraph(text, "Targets"))) == {
        18: "conditional", 7_000_000: "conditional", 300: "unstated",
    }  # fmt: skip


def test_more_with_support_means_the_rest_without() -> None:
    text = (
        "The country will cut emissions by 18% by 2030. "
        "The contribution could increase to a further 25% subject to international finance by 2030."
    )
    assert conditions(document(paragraph(text, "Targets"))) == {18: "unconditional", 25: "conditional"}


def test_conditions_named_respectively_are_paired_with_figures() -> None:
    text = "Les volets conditionnel et inconditionnel coûteront respectivement 40 millions USD et 9 millions USD."
    assert conditions(document(paragraph(text, "Coûts"), language="fr")) == {
        40_000_000: "conditional", 9_000_000: "unconditional",
    }  # fmt: skip


def test_conditions_named_respectively_are_paired_with_items() -> None:
    lead_in = "Les réductions prévues, inconditionnelle et conditionnelle, seront respectivement :"
    items = [
        paragraph(f"réduire les émissions de {n} % en 2030", "Objectifs", lead_in, kind="list_item") for n in (8, 21)
    ]
    assert conditions(document(*items, language="fr")) == {8: "unconditional", 21: "conditional"}


def test_items_that_name_opposite_conditions_divide_their_section() -> None:
    made = document(
        paragraph("Results with own resources.", "Results", kind="list_item"),
        paragraph("Plant trees on 5,000 ha by 2030", "Results", kind="list_item"),
        paragraph("Results with international support.", "Results", kind="list_item"),
        paragraph("Plant trees on 9,000 ha by 2030", "Results", kind="list_item"),
        paragraph("The country will dig 70 wells by 2030.", "Water"),
    )
    assert conditions(made) == {5_000: "unconditional", 9_000: "conditional", 70: "unstated"}


def test_an_item_that_only_mentions_support_divides_nothing() -> None:
    made = document(
        paragraph("Results with international support.", "Results", kind="list_item"),
        paragraph("Plant trees on 5,000 ha by 2030", "Results", kind="list_item"),
    )
    assert conditions(made) == {5_000: "unstated"}


def rows(*labels: tuple[str, str]) -> list[Passage]:
    return [row({("Projects",): label, ("Cost (USD)",): cost}, "4. Planned measures") for label, cost in labels]


def test_a_sub_total_above_its_rows_says_their_condition() -> None:
    made = document(
        *rows(
            ("Sub-total unconditional", "1 300"), ("Plant trees", "500"), ("Restore wetlands", "800"),
            ("Sub-total conditional", "70"), ("Build small dams", "70"),
        )
    )  # fmt: skip
    assert conditions(made) | {70: ""} == {1_300: "unconditional", 500: "unconditional", 800: "unconditional", 70: ""}
    amounts = [c for c in extract_commitments(made) if c.quantities]
    assert {c.conditionality for c in amounts if c.quantities[0].value == 70} == {"conditional"}


def test_a_sub_total_below_its_rows_says_their_condition() -> None:
    made = document(*rows(("Plant trees", "500"), ("Restore wetlands", "800"), ("Sub-total unconditional", "1 300")))
    assert set(conditions(made).values()) == {"unconditional"}


def test_a_sentence_that_points_to_a_table_sets_its_condition() -> None:
    cells = {("Measure",): "Restore degraded land", ("Target 2030 (ha)",): "900"}
    made = document(
        paragraph("The measures listed in Table 3 are subject to international finance.", "2. Plans"),
        row(cells, "2. Plans", caption="Table 3. Measures"),
        row(
            {("Measure",): "Plant mangroves", ("Target 2030 (ha)",): "60"}, "2. Plans", table=1, caption="Table 4. More"
        ),
    )
    assert conditions(made) == {900: "conditional", 60: "unstated"}


def test_a_column_of_own_means_stands_beside_one_of_support() -> None:
    cells = {
        ("Measure",): "Restore degraded land",
        ("National share (USD)",): "500",
        ("External support (USD)",): "900",
    }
    assert conditions(document(row(cells, "4. Planned measures"))) == {500: "unconditional", 900: "conditional"}


def test_a_row_can_say_what_kind_of_contribution_it_is() -> None:
    made = document(
        row({("",): "Type of contribution", (" ",): "Actions conditional on international finance"}, "Mitigation"),
        paragraph("The country will install 300 MW of solar power by 2030.", "Mitigation"),
    )
    assert conditions(made)[300] == "conditional"


def test_own_means_beside_support_are_no_second_condition() -> None:
    text = "The country will plant 5,000 ha by 2030, subject to international support to complement domestic resources."
    assert conditions(document(paragraph(text, "Targets"))) == {5_000: "conditional"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The measures will cost USD 12 million by 2030, of which USD 4 million from domestic resources."),
        ("fr", "Le coût des mesures sera de 12 millions USD, dont 4 millions USD sur ressources propres."),
        ("ru", "Стоимость мер составит 12 млн долл. США, из них 4 млн долл. США за счет собственных средств."),
    ],
)
def test_the_condition_of_a_part_is_not_that_of_the_whole(language: Language, text: str) -> None:
    found = extract_commitments(document(paragraph(text, "Needs" if language == "en" else ""), language=language))
    said = {c.quantities[0].value: c.conditionality for c in found if c.quantities}
    assert said == {12e6: "unstated", 4e6: "unconditional"}
