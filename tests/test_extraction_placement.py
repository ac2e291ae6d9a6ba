"""Promises without a figure by their place: items of a list of targets, goal states, what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments
from coherence.extraction.segmentation import sentence_spans

if TYPE_CHECKING:
    from coherence.vocabulary import Language

NBSAP = {"instrument": "NBSAP", "convention": "CBD"}
NDC = {"instrument": "NDC", "convention": "UNFCCC"}
LONG = 20_000
"""Characters of a document that is no short list of targets."""


def quotes(*passages: object, **fields: object) -> list[str]:
    return [c.quote for c in extract_commitments(document(*passages, **fields))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "heading", "text"),
    [
        ("en", "2. Priority actions", "Clean wells for herders in the northern districts"),
        ("fr", "2. Mesures prioritaires", "Des puits propres pour les éleveurs des communes du nord"),
        ("es", "2. Medidas prioritarias", "Bosques sanos para los municipios del norte del país"),
        ("pt", "2. Medidas prioritárias", "Florestas sãs para os municípios do norte do país"),
        ("ru", "2. Приоритетные меры", "Здоровые леса и пастбища для северных районов страны"),
        ("zh", "二、重点任务", "面向北部各县牧民的健康森林和稳定草原"),
        ("ar", "2. التدابير ذات الأولوية", "غابات سليمة ومراع منتجة في محافظات الشمال"),
    ],
)
def test_an_item_below_words_that_announce_measures_is_one(language: Language, heading: str, text: str) -> None:
    item = paragraph(text, "Plan", heading, kind="list_item")
    assert quotes(item, language=language, **NBSAP) == [text]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "5. Links to other instruments"),
        ("en", "1. Background to the targets"),
        ("en", "1. Threats"),
        ("fr", "5. Liens avec les autres plans"),
        ("fr", "1. Pressions"),
        ("es", "5. Vínculos"),
        ("pt", "5. Ligações com outros instrumentos"),
    ],
)
def test_items_below_links_and_background_are_none(language: Language, heading: str) -> None:
    texts = {
        "en": "Clean wells for herders in the northern districts",
        "fr": "Des puits propres pour les éleveurs des communes du nord",
        "es": "Bosques sanos para los municipios del norte del país",
        "pt": "Florestas sãs para os municípios do norte do país",
    }
    item = paragraph(texts[language], "National targets", heading, kind="list_item")
    assert quotes(item, language=language, **NBSAP) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "By 2035 all peatlands are kept wet."),
        ("en", "By 2035 the last harmful subsidies for pesticides have been withdrawn."),
        ("fr", "D'ici à 2035, toutes les tourbières sont maintenues en eau."),
        ("es", "Para 2035 todos los humedales están conservados."),
    ],
)
def test_a_state_with_a_deadline_is_a_target(language: Language, text: str) -> None:
    found = extract_commitments(document(paragraph(text, "Strategy", "3. Goal, objetivo, objectif"), language=language))
    assert [(c.quote, c.target_year, c.modality != "achieved") for c in found] == [(text, 2035, True)]


def test_a_state_without_a_deadline_or_an_announcement_describes() -> None:
    assert quotes(paragraph("All peatlands are kept wet.", "Strategy", "3. The country"), **NBSAP) == []


def test_no_forest_will_be_cleared_is_a_promise_and_not_a_denial() -> None:
    text = "No mangrove will be cleared for ponds or roads."
    (found,) = extract_commitments(document(paragraph(text, "Plan", "2. Targets", kind="list_item")))
    assert (found.modality, "mangrove_restoration" in found.themes or bool(found.themes)) == ("committed", True)


def test_the_second_sentence_of_a_target_takes_its_theme() -> None:
    text = "Degraded pastures will be restored. They will then stay productive for good."
    found = extract_commitments(document(paragraph(text, "Plan", "2. Targets")))
    assert len(found) == 2
    assert found[1].themes[0] in found[0].themes


@pytest.mark.parametrize(
    "text",
    [
        "This summary holds no quantified targets for wetlands and forests.",
        "Other national targets for forests are not part of this document.",
    ],
)
def test_what_a_document_says_of_itself_is_no_promise(text: str) -> None:
    assert quotes(paragraph(text, "Plan", "4. National target on wetlands"), **NBSAP) == []


def test_the_column_of_targets_holds_the_promise_of_a_row() -> None:
    cells = {
        ("No.",): "C7",
        ("Target",): "Wild plants and animals of the coast have a place in every district plan",
        ("Indicator",): "District plans that name wild plants and animals of the coast, and how many of them there are",
    }
    (found,) = extract_commitments(document(row(cells, "Plan", "Outcomes"), **NBSAP))
    assert found.quote.startswith("Wild plants")


def test_a_name_before_a_target_is_no_target() -> None:
    text = "2.4 Pollution of rivers. Waste water from towns will be treated."
    assert quotes(paragraph(text, "Plan", "2. Targets"), **NBSAP) == ["Waste water from towns will be treated."]


def test_a_contribution_and_a_long_plan_ask_for_more_than_the_place() -> None:
    text = "Clean wells lie near the villages of the north."
    told = paragraph(text, "Plan", "2. Priority actions")
    filler = paragraph("x" * LONG, "Plan", "1. Introduction")
    assert quotes(told, **NBSAP) == [text]
    assert quotes(told, filler, **NBSAP) == []
    assert quotes(told, **NDC) == []


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- Wells for herders - Fodder banks", ["Wells for herders", "Fodder banks"]),
        ("Wells (deep) - Fodder banks - Sand dams", ["Wells (deep)", "Fodder banks", "Sand dams"]),
        ("4.1 Dig wells 4.2 Store hay (dry)", ["4.1 Dig wells", "4.2 Store hay (dry)"]),
        ("Wells - and what they cost - are told below", ["Wells - and what they cost - are told below"]),
        ("Of 1.5 Million and 1.6 Million", ["Of 1.5 Million and 1.6 Million"]),
    ],
)  # fmt: skip
def test_items_run_on_in_a_cell_are_told_apart(text: str, items: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text, "en")] == items


def test_a_dash_for_the_verb_opens_no_item() -> None:
    text = "Цель - сокращение выбросов, средство - посадка леса"
    assert sentence_spans(text, "ru") == ((0, len(text)),)


def test_an_item_may_announce_itself() -> None:
    texts = ("Strategy 7: Mainstream drought in the land reforms.", "Drought and the land reforms of the districts.")
    passages = [paragraph(text, "Contribution", "3. Climate") for text in texts]
    assert quotes(*passages, **NDC) == [texts[0]]


def test_it_is_planned_points_back_to_nothing() -> None:
    text = "It is planned to restore the mangroves of the western coast."
    assert quotes(paragraph(text, "Contribution", "3. Coast"), **NDC) == [text]


def test_a_short_item_needs_an_action() -> None:
    items = [
        paragraph(text, "Plan", "2. Actions", kind="list_item")
        for text in ("Community forest management", "Forests and land")
    ]
    assert quotes(*items, **NDC) == ["Community forest management"]


@pytest.mark.parametrize(
    ("heading", "text", "kind"),
    [
        ("2. Targets", "By 2035 all peatlands are kept wet.", "target"),
        ("2. Objectives", "Clean wells for herders in the north", "goal"),
        ("2. Priority measures", "Clean wells for herders in the north", "measure"),
        ("2. Priority measures", "A law on the peatlands of the coast", "instrument"),
    ],
)
def test_what_announces_a_statement_tells_its_kind(heading: str, text: str, kind: str) -> None:
    found = extract_commitments(document(paragraph(text, "Plan", heading, kind="list_item"), **NBSAP))
    assert [c.kind for c in found] == [kind]


def test_the_column_tells_more_of_a_row_than_the_section() -> None:
    cells = {("Measure",): "Clean wells for herders in the north", ("Field",): "Water"}
    (found,) = extract_commitments(document(row(cells, "Plan", "4. Target 12 on wells"), **NBSAP))
    assert found.kind == "measure"


def test_the_second_sentence_of_a_target_shares_its_deadline() -> None:
    text = "By 2035 the pastures will be restored. They will then feed the herds of the north."
    found = extract_commitments(document(paragraph(text, "Plan", "2. Targets")))
    assert [c.target_year for c in found] == [2035, 2035]
    assert found[1].quote.startswith("They")


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("No road is built before an environmental impact assessment", "institutional_coordination"),
        ("Incentives for conservation on private farms", "subsidy_reform"),
        ("Negative incentives in farming are withdrawn", "subsidy_reform"),
        ("Alien plants and animals are held in check on the islands", "invasive_species"),
        ("Changes of land use in peatlands are halted", "wetland_restoration"),
    ],
)
def test_general_words_of_targets_have_a_theme(text: str, theme: str) -> None:
    (found,) = extract_commitments(document(paragraph(text, "Plan", "2. Targets", kind="list_item"), **NBSAP))
    assert theme in found.themes
    assert "livestock_management" not in found.themes


def test_a_label_before_a_colon_announces_what_follows() -> None:
    texts = (
        "Key actions in forestry: nurseries of oak and fire watch towers built.",
        "Forests of the north: oak was planted.",
    )
    passages = [paragraph(text, "Contribution", "3. Sectors") for text in texts]
    assert quotes(*passages, **NDC) == [texts[0]]


def test_the_main_cell_of_a_short_plan_may_have_two_words() -> None:
    rows = [
        row({("No.",): "2", ("Action",): "Fire breaks"}, "Plan", "5. Actions"),
        row({("No.",): "3", ("Action",): "Forests"}, "Plan", "5. Actions"),
    ]
    assert quotes(*rows, **NBSAP) == ["2\tFire breaks"]


def test_items_between_semicolons_are_quoted_apart() -> None:
    text = "Plant mangroves on the coast; restore the pastures of the north; and, train farmers in soil conservation."
    found = extract_commitments(document(paragraph(text, "Plan", "2. Measures", kind="list_item"), **NDC))
    assert [c.quote for c in found] == [
        "Plant mangroves on the coast",
        "restore the pastures of the north",
        "train farmers in soil conservation.",
    ]
    assert "mangrove_restoration" not in found[1].themes


def test_a_statement_whose_parts_tell_no_subject_stays_whole() -> None:
    text = "Plant mangroves on the coast; this will last; and so will all that lives there."
    assert quotes(paragraph(text, "Plan", "2. Measures", kind="list_item"), **NDC) == [text]


def test_a_full_stop_makes_no_other_promise() -> None:
    texts = ("Restore the pastures of the north", "Restore the pastures of the north.")
    found = extract_commitments(document(*(paragraph(t, "Plan", "2. Measures", kind="list_item") for t in texts)))
    assert [(c.quote, len(c.repeats)) for c in found] == [(texts[0], 1)]


@pytest.mark.parametrize(
    ("language", "head", "programme", "items", "money"),
    [
        ("en", "Measures", "Dry hills", ["Planting of trees on slopes;", "Terraces for steep fields;"], "Cost (USD)"),
        ("fr", "Mesures", "Collines", ["Plantation d'arbres sur les pentes ;", "Terrasses pour les champs pentus ;"],
         "Coût (USD)"),
        ("es", "Medidas", "Cerros", ["Plantación de árboles en laderas;", "Terrazas para los campos inclinados;"],
         "Costo (USD)"),
    ],
)  # fmt: skip
def test_items_of_a_list_in_a_cell_are_measures_and_the_amount_is_the_programmes(
    language: Language, head: str, programme: str, items: list[str], money: str
) -> None:
    cells = {("",): programme, (head,): " ".join(f"• {item}" for item in items), (money,): "730 000"}
    found = extract_commitments(document(row(cells, "Plan", head), language=language))
    assert [c.quote for c in found if not c.quantities] == items
    (amount,) = (c for c in found if c.quantities)
    assert (amount.quantities[0].unit, amount.quantities[0].value, "\t" in amount.quote) == ("USD", 730_000, True)


def test_the_theme_of_an_amount_is_that_of_its_row_not_of_the_list_beside_it() -> None:
    cells = {
        ("Programme",): "Reforestation",
        ("Measures",): "• Solar pumps for wells • Training of herders",
        ("Cost (USD)",): "73,000",
    }
    found = extract_commitments(document(row(cells, "Plan", "Measures"), **NDC))
    assert [c.themes for c in found if c.quantities] == [("reforestation", "finance")]


@pytest.mark.parametrize(
    ("language", "heads", "cells"),
    [
        ("en", ("Target", "Value", "Unit", "Year"), ("Raise the forest cover of the country", "31", "%", "2031")),
        ("fr", ("Cible", "Valeur", "Unité", "Échéance"), ("Relever le couvert forestier du pays", "31", "%", "2031")),
        ("es", ("Meta", "Valor", "Unidad", "Año"), ("Elevar la cobertura forestal del país", "31", "%", "2031")),
    ],
)  # fmt: skip
def test_a_share_in_columns_of_its_own_belongs_to_the_target_of_its_row(
    language: Language, heads: tuple[str, ...], cells: tuple[str, ...]
) -> None:
    passage = row({(head,): cell for head, cell in zip(heads, cells, strict=True)}, "Plan")
    (found,) = extract_commitments(document(passage, language=language))
    assert (found.quantities[0].value, found.quantities[0].unit, found.target_year) == (31, "percent", 2031)


def test_a_share_in_a_column_of_the_past_is_no_target() -> None:
    cells = {
        ("Target",): "Raise the forest cover of the country",
        ("Baseline",): "12",
        ("Unit",): "%",
        ("Year",): "2031",
    }
    assert [c.quantities for c in extract_commitments(document(row(cells, "Plan")))] == [()]


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("Restore pastures that were ploughed for cotton by settlers", True),
        ("The ministry intends to restore pastures which have been ploughed for cotton", True),
        ("Pastures were restored by settlers", False),
        ("The ministry has already restored the pastures which herders need", False),
    ],
)
def test_the_past_of_what_is_promised_is_not_that_of_the_promise(text: str, *, promised: bool) -> None:
    found = quotes(paragraph(text, "Plan", "Priority actions", kind="list_item"), **NDC)
    assert found == ([text] if promised else [])


def test_a_figure_of_the_past_stays_one_behind_a_promise() -> None:
    text = "Continue the programme that has planted 5,000 ha of forest since 2010."
    assert quotes(paragraph(text, "Contribution", "Forests"), **NDC) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Encourage the diversification of herds in the dry districts"),
        ("fr", "Permettre la diversification des élevages des communes sèches"),
        ("es", "Permitir la diversificación de la ganadería en municipios secos"),
    ],
)
def test_verbs_that_enable_and_encourage_open_a_measure(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Contribution", "Livestock", kind="list_item"), language=language, **NDC) == [text]


@pytest.mark.parametrize(
    ("language", "text", "theme"),
    [
        ("en", "Build a knowledge management system for ministries", "awareness_education"),
        ("fr", "Rééquiper les postes pluviométriques des communes", "early_warning"),
        ("fr", "Laisser des bandes non cultivées le long des canaux", "watershed_management"),
        ("es", "Rehabilitar las estaciones climatológicas de la costa", "early_warning"),
    ],
)
def test_other_words_for_warnings_knowledge_and_banks(language: Language, text: str, theme: str) -> None:
    heading = {"en": "Priority actions", "fr": "Mesures prioritaires", "es": "Medidas prioritarias"}[language]
    item = paragraph(text, "Plan", heading, kind="list_item")
    (found,) = extract_commitments(document(item, language=language, **NBSAP))
    assert theme in found.themes


@pytest.mark.parametrize(
    ("lead_in", "promised"),
    [
        (
            f"The government goes on with {'its existing programmes, ' * 8} and takes up work in these priority areas:",
            True,
        ),
        ("The government has told elsewhere which measures it plans; these are its existing strategies:", False),
    ],
)
def test_the_words_before_the_colon_say_what_a_list_holds(lead_in: str, *, promised: bool) -> None:
    item = paragraph("Clean wells for herders", "Contribution", "Chapter 3", lead_in, kind="list_item")
    assert bool(quotes(item, **NDC)) == promised


@pytest.mark.parametrize(
    ("language", "heading", "text"),
    [
        ("en", "Strategic Goal B: Direct pressures", "Hunting of wildlife is brought to a bearable extent."),
        ("en", "Objective III. Benefits", "Income from honey is shared among the villages of the reserve."),
        ("fr", "Axe C. Pressions", "Les plantes envahissantes des lacs du sud sont contenues."),
        ("es", "Objetivo estratégico 2: Presiones y amenazas", "La pesca en las lagunas costeras es sostenible."),
        ("ru", "Цель 3. Угрозы", "Лесные пожары в охраняемых лесах предотвращены и потушены вовремя."),
        ("ar", "الهدف 3: التهديدات", "حماية الغابات من الحرائق في محافظات الشمال"),
    ],
)
def test_a_numbered_objective_announces_what_stands_below_it_whatever_its_subject(
    language: Language, heading: str, text: str
) -> None:
    assert quotes(paragraph(text, "Plan", heading), language=language, **NBSAP) == [text]


def test_the_same_subject_without_the_name_of_an_objective_is_background() -> None:
    text = "Hunting of wildlife is brought to a bearable extent."
    assert quotes(paragraph(text, "Plan", "Direct pressures"), **NBSAP) == []


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("en", "Target 9. ", "Poaching of elephants is reduced by the guards of the villages."),
        ("fr", "Cible 9. ", "Le braconnage des éléphants est réduit par des gardes villageois."),
        ("es", "Meta 9. ", "La caza furtiva de especies amenazadas es controlada por las comunidades."),
    ],
)
def test_the_number_of_a_target_is_no_part_of_another_sentence(language: Language, name: str, text: str) -> None:
    long = paragraph("x" * LONG, "Plan", "Background")
    assert quotes(paragraph(name + text, "Plan", "Part two"), long, language=language, **NBSAP) == [text]


def test_the_end_of_a_sentence_names_no_item() -> None:
    text = "The donors agree that more action is required. The report lists wells, forests and pastures of the north."
    long = paragraph("x" * LONG, "Plan", "Background")
    assert quotes(paragraph(text, "Plan", "Part two"), long, **NBSAP) == []


def test_a_target_by_its_code_is_not_about_the_one_before_it() -> None:
    text = "T7 By 2030 farmers terrace their fields. T8 Effluents of the tanneries are treated by 2030."
    found = extract_commitments(document(paragraph(text, "Plan", "National targets"), **NBSAP))
    assert {c.quote[:2]: c.main_themes[:1] for c in found}["T8"] == ("pollution_reduction",)
    assert all("sustainable_agriculture" not in c.themes for c in found if c.quote.startswith("T8"))


@pytest.mark.parametrize(
    ("language", "lead_in", "text"),
    [
        ("en", "5.2 Intended contributions of the fishing sector", "Promote better feeding"),
        ("fr", "5.2 Mesures pour la pêche artisanale", "Promouvoir de meilleurs outils"),
        ("es", "5.2 Medidas para la pesca artesanal", "Promover mejores herramientas"),
    ],
)
def test_an_announced_item_that_opens_with_its_action_takes_its_theme_from_the_heading(
    language: Language, lead_in: str, text: str
) -> None:
    headings = ("Contribution of the country", lead_in)
    assert quotes(paragraph(text, *headings, kind="list_item"), language=language, **NDC) == [text]
    named = paragraph(f"{text[8:]}", *headings, kind="list_item")
    assert quotes(named, language=language, **NDC) == []


@pytest.mark.parametrize(
    ("language", "text", "pointing"),
    [
        ("en", "Restore the wetlands of the hills through:", "Restore the wetlands of the hills as follows:"),
        ("fr", "Restaurer les zones humides du sud grâce à :", "Restaurer les zones humides du sud ainsi :"),
        ("es", "Restaurar los humedales de las colinas mediante:", "Restaurar los humedales de las colinas así:"),
    ],
)  # fmt: skip
def test_an_item_whose_means_follow_is_a_measure(language: Language, text: str, pointing: str) -> None:
    def found(item: str) -> list[str]:
        return quotes(paragraph(item, "Contribution", "4. Water", kind="list_item"), language=language, **NDC)

    assert [bool(found(item)) for item in (text, pointing)] == [True, False]


def test_a_numbered_programme_is_an_item() -> None:
    text = "Programme 7: Protection of the mangroves and lagoons"
    assert quotes(paragraph(text, "Contribution", "4. Coast"), **NDC)
    assert not quotes(paragraph(text.replace(" 7:", " on"), "Contribution", "4. Coast"), **NDC)


def test_items_of_a_list_in_a_cell_are_items() -> None:
    listed = "- Improvement of soil fertility - Expansion of forest nurseries"
    found = quotes(row({("",): listed}, "Contribution", "4. Land"), **NDC)
    assert found == ["Improvement of soil fertility", "Expansion of forest nurseries"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Continuation of the mangrove nurseries"),
        ("fr", "Réglementer la pêche dans les mangroves"),
        ("es", "Adquisición de semillas de árboles nativos"),
    ],
)
def test_an_item_that_opens_with_its_verbal_noun_is_a_measure(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "4. Coast", kind="list_item"), language=language, **NDC) == [text]
