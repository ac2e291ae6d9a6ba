"""What stands beside the promises of a plan: effects of measures, methods, harm that is feared, forms and bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_passages import document, paragraph, row

from coherence.extraction import extract_commitments
from coherence.extraction.cues import classes_of_heading, find_cues

if TYPE_CHECKING:
    from coherence.vocabulary import Language

NDC = {"instrument": "NDC", "convention": "UNFCCC"}


def quotes(*passages: object, **fields: object) -> list[str]:
    return [c.quote for c in extract_commitments(document(*passages, **fields))]  # type: ignore[arg-type]


ITEMS: dict[Language, str] = {
    "en": "Creation of rural jobs in solar workshops and tree nurseries",
    "fr": "Création d'emplois ruraux dans les ateliers solaires et les pépinières forestières",
    "es": "Creación de empleos rurales en talleres solares y viveros forestales",
    "pt": "Criação de empregos rurais em oficinas solares e viveiros florestais",
    "ru": "Создание рабочих мест в солнечной энергетике и лесных питомниках",
    "ar": "إنشاء فرص عمل في ورش الطاقة الشمسية ومشاتل الغابات",
}


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "4.2 Socio-economic benefits of the planned measures"),
        ("fr", "4.2 Retombées des mesures prévues"),
        ("es", "4.2 Beneficios esperados de las medidas previstas"),
        ("pt", "4.2 Benefícios esperados das medidas previstas"),
        ("ru", "4.2 Ожидаемые выгоды от мер"),
        ("ar", "4.2 الفوائد المتوقعة للتدابير"),
        ("en", "4.2 Criteria for ranking projects"),
        ("fr", "4.2 Critères de classement des projets"),
    ],
)
def test_what_measures_bring_and_how_they_were_ranked_is_no_promise(language: Language, heading: str) -> None:
    told = paragraph(ITEMS[language], "Plan", heading, kind="list_item")
    promised = paragraph(ITEMS[language], "Plan", "5", kind="list_item")
    assert quotes(told, language=language, **NDC) == []
    assert quotes(promised, language=language, **NDC) == [ITEMS[language]]


def test_a_heading_governs_the_silent_ones_below_it_until_another_announces_measures() -> None:
    item = "Restoration of seagrass and reefs"
    below = paragraph(item, "Plan", "Expected benefits", "Fisheries", kind="list_item")
    announced = paragraph(item, "Plan", "Expected benefits", "Priority measures for fisheries", kind="list_item")
    assert quotes(below, **NDC) == []
    assert quotes(announced, **NDC) == [item]


@pytest.mark.parametrize(
    ("heading", "aside"),
    [
        ("Benefits of the measures", True),
        ("Measures and their economic benefits", False),
        ("Economic diversification with mitigation co-benefits", False),
        ("Access and benefit-sharing", False),
        ("Methodology and assumptions", True),
        ("Projects to overcome barriers", False),
    ],
)
def test_the_first_noun_of_a_heading_says_what_stands_below(heading: str, *, aside: bool) -> None:
    assert bool(classes_of_heading(heading, "en", "heading") & {"effects", "method"}) is aside


@pytest.mark.parametrize(
    ("language", "lead_in"),
    [
        ("en", "The measures in the energy sector will have the following benefits:"),
        ("fr", "Les mesures du secteur de l'énergie auront les avantages suivants :"),
        ("es", "Las medidas del sector de la energía tendrán los siguientes beneficios:"),
    ],
)
def test_a_sentence_before_a_list_announces_benefits(language: Language, lead_in: str) -> None:
    assert quotes(paragraph(ITEMS[language], "Plan", lead_in, kind="list_item"), language=language, **NDC) == []


def test_a_list_of_sectors_names_no_measures_unless_its_items_open_with_an_action() -> None:
    lead_in = "Our contribution reaches over these priority sectors:"
    name, measure = "Climate-proof management of cattle", "Restore pastures for climate-proof cattle"
    assert quotes(paragraph(name, "Plan", lead_in, kind="list_item"), **NDC) == []
    assert quotes(paragraph(measure, "Plan", lead_in, kind="list_item"), **NDC) == [measure]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "decline in yields of sorghum and millet on rain-fed farms"),
        ("en", "Climate change will increase the spread of pests in orchards and gardens."),
        ("fr", "une baisse des rendements du sorgho dans les exploitations pluviales"),
        ("es", "disminución de los rendimientos del sorgo en las fincas de secano"),
        ("pt", "diminuição dos rendimentos do sorgo nas explorações de sequeiro"),
    ],
)
def test_harm_that_is_feared_is_no_promise(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Farming", kind="list_item"), language=language, **NDC) == []


@pytest.mark.parametrize(
    "text",
    [
        "Prevent a decline in yields of sorghum through better seed",
        "After a decline in yields of sorghum, the ministry will rehabilitate terraces.",
    ],
)
def test_an_answer_to_harm_is_a_promise(text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Farming", kind="list_item"), **NDC) == [text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Implementation period: 2021-2030, with a review of the forest strategy"),
        ("en", "Land use, land-use change and forestry"),
        ("en", "Measures for the restoration of pastures (Table 4)"),
        ("fr", "Période de mise en œuvre : 2021-2030, avec l'examen de la stratégie forestière"),
        ("fr", "Le Ministère en charge de la Protection des Forêts ;"),
    ],
)
def test_fields_sectors_references_and_names_of_bodies_are_no_promises(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Land", kind="list_item"), language=language, **NDC) == []


def test_a_measure_of_land_use_is_one() -> None:
    text = "Improve land use planning in hill districts"
    assert quotes(paragraph(text, "Plan", "Farming", kind="list_item"), **NDC) == [text]


@pytest.mark.parametrize(
    ("language", "lead_in"),
    [
        ("en", "Costs of the projects on solar energy comprise:"),
        ("fr", "Les coûts des projets solaires comprennent :"),
        ("es", "Los costos de los proyectos solares incluyen:"),
        ("en", "The projects already carried out in the solar sector were:"),
        ("fr", "Des travaux sont déjà achevés dans le solaire, tels que :"),
    ],
)
def test_what_costs_consist_of_and_what_is_done_is_no_promise(language: Language, lead_in: str) -> None:
    item = {
        "en": "Supervision of solar workshops",
        "fr": "Le suivi des ateliers d'énergie solaire",
        "es": "El seguimiento de los talleres de energía solar",
    }[language]
    assert quotes(paragraph(item, "Plan", lead_in, kind="list_item"), language=language, **NDC) == []


def test_what_is_done_may_go_on_and_a_law_in_force_stays_an_instrument() -> None:
    lead_in = "The steps already carried out were:"
    further = "The ministry will extend solar energy to rural schools"
    law = "Adoption of the law on renewable energy"
    both = [paragraph(text, "Plan", lead_in, kind="list_item") for text in (further, law)]
    assert quotes(*both, **NDC) == [further, law]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Adaptation refers to measures that reduce the vulnerability of people and forests."),
        ("fr", "L'adaptation se réfère aux mesures de protection des forêts et des populations."),
        ("es", "Los datos podrán reducir la presión sobre los bosques."),
        ("en", "The capitalist system promotes the destruction of forests."),
    ],
)
def test_definitions_hopes_and_creeds_are_no_promises(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Climate"), language=language, **NDC) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The following measures will be implemented to protect forests"),
        ("fr", "Le pays mettra en œuvre les mesures suivantes de protection des forêts."),
        ("es", "El país ejecutará las siguientes medidas de protección de los bosques."),
        ("en", "The programmes that protect our forests will be found in table 2 of the annex."),
        ("en", "Extreme weather events in the north will increase the danger for herds and forests."),
    ],
)
def test_what_points_to_a_list_or_table_promises_nothing_itself(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Forests"), language=language, **NDC) == []


@pytest.mark.parametrize(
    "text",
    [
        "The country will take the following measures: protect forests and restore pastures.",
        "In the following years the ministry will protect forests.",
    ],
)
def test_what_tells_the_list_itself_or_speaks_of_later_years_promises(text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Forests"), **NDC) == [text]


def test_a_column_of_co_benefits_holds_no_promises() -> None:
    measure, effect = "Plant 300 ha of mangroves", "Protection of 40 villages from storms by 2035"
    cells = row({("Action",): measure, ("Co-benefits",): effect}, "Plan", "Coast")
    assert [c.quantities[0].value for c in extract_commitments(document(cells, **NDC))] == [300]


def test_figures_of_a_reference_scenario_are_no_targets() -> None:
    text = "By 2035 the country will emit about 40 Mt CO2e, of which transport will emit 60 %."
    below = [paragraph(text, "Plan", heading) for heading in ("Reference scenario", "Reference scenario and targets")]
    assert quotes(below[0], **NDC) == []
    assert quotes(below[1], **NDC) != []


def test_a_label_before_harm_is_no_answer_to_it() -> None:
    text = "Tourism development: vulnerability will reduce the income of lodges and increase the loss of forests"
    assert quotes(paragraph(text, "Plan", "Sectors of the economy", kind="list_item"), **NDC) == []


def test_items_below_indicators_measure_promises() -> None:
    item = "Reduction of the area of burnt forest"
    assert quotes(paragraph(item, "Plan", "Monitoring", "Indicators", kind="list_item"), **NDC) == []
    assert quotes(paragraph(item, "Plan", "Monitoring", "Targets and indicators", kind="list_item"), **NDC) == [item]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Funding: project paid for by private investors in solar parks"),
        ("en", "Sectors of the planned activities: forestry, irrigation, water management and energy supply."),
        ("en", "GHGs: carbon dioxide and methane from forests."),
        ("fr", "Financement : fonds international de protection des forêts"),
        ("es", "Financiamiento: fondo internacional de protección de los bosques"),
        ("pt", "Financiamento: fundo internacional de proteção das florestas"),
        ("ru", "Источник финансирования: международный фонд охраны лесов"),
        ("ar", "مصدر التمويل: الصندوق الدولي لحماية الغابات"),
    ],
)
def test_the_answers_in_a_form_are_no_promises(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "2. Actions", kind="list_item"), language=language, **NDC) == []


@pytest.mark.parametrize(
    ("language", "heading", "item"),
    [
        ("en", "4. Base year", "Reduction of forest loss in the hills"),
        ("fr", "Couverture", "Réduction des pertes de forêts dans les collines"),
        ("es", "Gases incluidos", "Reducción de las pérdidas de bosques en las colinas"),
        ("ru", "Масштабы и сфера охвата", "Сокращение потерь лесов в горных районах"),
    ],
)
def test_a_heading_or_row_that_names_a_field_holds_an_answer(language: Language, heading: str, item: str) -> None:
    below = [paragraph(item, "Plan", "2. Measures", heading, kind="list_item")]
    beside = [row({("",): heading, (" ",): item}, "Plan", "2. Measures")]
    assert quotes(*below, language=language, **NDC) == quotes(*beside, language=language, **NDC) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Financing: establish a national fund for the forests of the hills"),
        ("en", "Dryland farming: introduce drought-tolerant sorghum in the north"),
        ("fr", "Cultures sèches : introduire des sorghos résistants à la sécheresse dans le nord"),
        ("es", "Cultivos de secano: introducir sorgo resistente a la sequía en el norte"),
        ("ru", "Орошаемое земледелие: внедрять капельное орошение на юге страны"),
        ("ar", "الزراعة المروية: استخدام الري بالتنقيط في جنوب البلاد"),
    ],
)
def test_an_action_behind_its_topic_opens_a_measure(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Land", kind="list_item"), language=language, **NDC) == [text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The rise in temperature will make the farming of wheat harder in the valleys."),
        ("fr", "La hausse des températures rendra l'agriculture plus difficile dans les vallées."),
        ("es", "El aumento del nivel del mar dificultará la agricultura en los valles costeros."),
    ],
)
def test_what_the_climate_does_with_a_word_of_action_is_no_promise(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Adaptation"), language=language, **NDC) == []


def test_forecasts_that_a_measure_provides_are_no_projection() -> None:
    text = "Improvement of seasonal forecasts for the herders of the north"
    assert quotes(paragraph(text, "Plan", "Land", kind="list_item"), **NDC) == [text]


def test_items_of_what_was_done_so_far_are_not_announced() -> None:
    lead_in = "The projects undertaken so far by the ministry include:"
    items = ["Construction of embankments along the lower river", "Planting of mangroves on the eastern coast"]
    done = [paragraph(item, "Plan", "Adaptation priorities", lead_in, kind="list_item") for item in items]
    assert quotes(*done, **NDC) == []


def test_what_is_being_built_is_promised_and_what_was_launched_is_not() -> None:
    building = paragraph("Three hydropower plants are being built in the north.", "Plan", "Adaptation measures")
    launched = paragraph("The ministry launched three hydropower plants in the south.", "Plan", "Adaptation measures")
    assert quotes(building, launched, **NDC) == [building.text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Agricultural GDP would shrink by 6 to 9 per cent until 2030 while farming goes on as before."),
        ("en", "The expected yield reduction of maize is 22% until 2050 without irrigation."),
        ("fr", "Les pertes économiques du secteur agricole seraient de 12 % en 2030."),
        ("es", "Las pérdidas económicas de la agricultura llegarían al 12 % en 2030."),
        ("ru", "Экономический ущерб сельского хозяйства составит 12 % в 2030 году."),
    ],
)
def test_losses_in_figures_are_no_promises(language: Language, text: str) -> None:
    assert quotes(paragraph(text, "Plan", "Adaptation measures"), language=language, **NDC) == []


def test_what_an_assessment_found_is_no_measure() -> None:
    text = "An assessment of forest protection found that few districts had drawn up plans."
    assert quotes(paragraph(text, "Plan", "Forest measures"), instrument="NBSAP", convention="CBD") == []


@pytest.mark.parametrize(
    ("language", "names", "work"),
    [
        ("en", "Wetlands, lakes and rivers of Mount Tindi", "Wetlands, lakes and rivers of Mount Tindi fenced"),
        ("en", "Livestock and forests", "Hardier livestock and forests"),
        ("fr", "Mangroves, poissons et côtes du Tindi", "Mangroves, poissons et côtes du Tindi protégés"),
        ("es", "Bosques, ríos y manglares del Tindi", "Bosques, ríos y manglares del Tindi restaurados"),
    ],
)
def test_a_cell_that_only_names_lands_and_places_promises_nothing(language: Language, names: str, work: str) -> None:
    heads = {"en": "Priority", "fr": "Priorité", "es": "Prioridad"}
    nbsap = {"instrument": "NBSAP", "convention": "CBD"}
    for cell, found in ((names, []), (work, [work])):
        told = row({(heads[language],): cell}, "Plan", "3")
        assert quotes(told, language=language, **nbsap) == found


@pytest.mark.parametrize(
    ("language", "effect", "promise"),
    [
        (
            "en",
            "The restoration of the reefs will generate income for guides.",
            "The restoration of the reefs will begin with the guides.",
        ),
        (
            "en",
            "The full implementation of the forest policies will bend the curve of losses.",
            "The full implementation of the forest policies will be the task of the districts.",
        ),
        (
            "fr",
            "La restauration des récifs améliorera le revenu des guides.",
            "La restauration des récifs sera menée par les guides.",
        ),
        (
            "es",
            "La restauración de los arrecifes generará ingresos para los guías.",
            "La restauración de los arrecifes se hará con los guías.",
        ),
    ],
)
def test_what_a_measure_brings_about_is_not_promised(language: Language, effect: str, promise: str) -> None:
    assert quotes(paragraph(effect, "Plan", "Measures"), language=language, **NDC) == []
    assert quotes(paragraph(promise, "Plan", "Measures"), language=language, **NDC) == [promise]


def test_an_effect_in_brackets_leaves_the_measure() -> None:
    item = "Planting of hedges along fields (hedges will reduce dust)"
    assert quotes(paragraph(item, "Plan", "Measures", kind="list_item"), **NDC) == [item]


def test_a_further_sentence_of_a_target_says_what_it_holds_and_is_none() -> None:
    target = "Marine reserves cover 7 per cent of the sea by 2027."
    told = paragraph(f"{target} They include wetlands such as Lake Tindi.", "Plan", "Targets", kind="list_item")
    assert quotes(told, instrument="NBSAP", convention="CBD") == [target]


def test_the_column_of_the_land_acted_on_holds_no_promise() -> None:
    cells = {("Resource",): "Converted forest and quarry land", ("Response",): "Reverse"}
    assert quotes(row(cells, "Plan", "National targets"), instrument="LDN", convention="UNCCD") == []


def test_a_field_may_end_in_a_semicolon() -> None:
    assert quotes(paragraph("Sectors covered; water, forest restoration and farming", "Plan", "4"), **NDC) == []


def test_emissions_without_intervention_are_no_target() -> None:
    text = "Les émissions sans aucune intervention atteignent 40 Mt éq-CO2 en 2030."
    assert quotes(paragraph(text, "Plan", "Atténuation"), language="fr", **NDC) == []


def figures(text: str, *headings: str, language: Language = "en") -> list[str]:
    told = document(paragraph(text, *headings), language=language, **NDC)  # type: ignore[arg-type]
    return sorted(quantity.text for c in extract_commitments(told) for quantity in c.quantities)


@pytest.mark.parametrize(
    ("language", "text", "figure"),
    [
        ("en", "Reduction of charcoal use, estimated at 700 tonnes a year, by efficient kilns.", "700 tonnes a year"),
        ("fr", "Réduction de la consommation de bois de feu, estimée à 700 tonnes par an.", "700 tonnes par an"),
        ("es", "Reducción del uso de carbón vegetal, estimada en 700 toneladas al año.", "700 toneladas al año"),
    ],
)
def test_an_amount_in_apposition_is_that_of_the_measure(language: Language, text: str, figure: str) -> None:
    heading = {"en": "Measures", "fr": "Mesures", "es": "Medidas"}[language]
    assert figures(text, "Plan", heading, language=language) == [figure]


@pytest.mark.parametrize(
    ("language", "text", "figure"),
    [
        (
            "en",
            "The country will have to invest USD 4 billion together with the international community.",
            "USD 4 billion",
        ),
        (
            "fr",
            "Le pays devra investir 4 milliards de dollars avec le soutien de la communauté internationale.",
            "4 milliards de dollars",
        ),
    ],
)
def test_those_who_join_in_are_not_who_acts(language: Language, text: str, figure: str) -> None:
    assert figures(text, "Plan", "Finance", language=language) == [figure]


def test_by_means_of_is_no_verb() -> None:
    assert quotes(paragraph("Stabilisation of dunes by means of hedges", "Plan", "Measures"), **NDC)


def test_climate_change_is_no_contrast_in_spanish() -> None:
    assert [cue.cue for cue in find_cues("Invertir en cambio climático; en cambio, no", "es")].count("terminator") == 1


def test_how_a_plan_came_about_is_no_promise() -> None:
    text = "L'élaboration du plan découle d'un accord sur la gestion des forêts."
    assert quotes(paragraph(text, "Plan", "Mesures"), language="fr", **NDC) == []
