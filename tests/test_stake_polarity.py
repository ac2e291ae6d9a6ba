"""What a pressure's words mean beside other words: brought about, or reduced, kept off, replaced and watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coherence.extraction.stakes import find_stakes
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from coherence.vocabulary import Language

BROUGHT: dict[Language, tuple[str, ...]] = {
    "en": (
        "Develop {} in two provinces",
        "Expand {} by 2032",
        "Increase {} in the lowlands",
        "Introduce {} with village groups",
        "Finance {} in the northern districts",
        "Promote {}",
        "Secure livelihoods through {}",
        "Protect harvests by means of {}",
        "Provide young people with income from their own plots and support {}",
        "Accelerate {} and create jobs",
    ),
    "fr": (
        "Développer {} dans deux provinces",
        "Étendre {} d'ici 2032",
        "Augmenter {} dans les plaines",
        "Créer {} avec les groupements villageois",
        "Financer {} dans les districts du nord",
        "Promouvoir {}",
        "Assurer des revenus au moyen de {}",
        "Protéger les récoltes au moyen de {}",
        "Intensifier {} et créer des emplois",
        "Appuyer {} auprès des jeunes",
    ),
    "es": (
        "Desarrollar {} en dos provincias",
        "Ampliar {} hasta 2032",
        "Incrementar {} en las llanuras",
        "Crear {} con grupos comunales",
        "Financiar {} en los distritos del norte",
        "Promover {}",
        "Asegurar ingresos mediante {}",
        "Proteger las cosechas mediante {}",
        "Impulsar {} y crear empleo",
        "Establecer {} en tres municipios",
    ),
}
TAKEN_BACK: dict[Language, tuple[str, ...]] = {
    "en": (
        "Reduce {}",
        "Ban {} near the lake",
        "Stop {} in the hills",
        "Limit {} in the reserve",
        "Prevent {}",
        "Protect marshes from {}",
        "Hedges and terraces instead of {}",
        "Combat {} along the coast",
        "Monitor {} every year",
        "Safeguard villages against {}",
    ),
    "fr": (
        "Réduire {}",
        "Interdire {} près du lac",
        "Limiter {} dans la réserve",
        "Empêcher {}",
        "Protéger les villages contre {}",
        "Des haies au lieu de {}",
        "Lutter contre {} le long de la côte",
        "Surveiller {} chaque année",
        "Diminuer {} de moitié",
        "Arrêter {} dans les collines",
    ),
    "es": (
        "Reducir {}",
        "Prohibir {} cerca del lago",
        "Limitar {} en la reserva",
        "Evitar {}",
        "Proteger las aldeas contra {}",
        "Setos en lugar de {}",
        "Combatir {} en la costa",
        "Monitorear {} cada año",
        "Disminuir {} a la mitad",
        "Detener {} en las colinas",
    ),
}
NAMES: dict[str, dict[Language, str]] = {
    "dam": {"en": "dams", "fr": "les barrages", "es": "las presas"},
    "irrigation": {"en": "irrigation", "fr": "l'irrigation", "es": "el riego"},
    "water_abstraction": {"en": "boreholes", "fr": "les forages", "es": "los pozos"},
    "wetland_farming": {"en": "swamp rice", "fr": "la riziculture", "es": "los arrozales"},
    "peat": {"en": "peat extraction", "fr": "l'extraction de tourbe", "es": "la extracción de turba"},
    "salt_dyke": {"en": "polders", "fr": "les polders", "es": "los diques antisal"},
    "farmland_expansion": {"en": "oil palm", "fr": "les agropoles", "es": "la palma aceitera"},
    "pasture_expansion": {"en": "cattle ranching", "fr": "les ranchs", "es": "los pastos mejorados"},
    "crop_intensification": {"en": "agribusiness", "fr": "l'agrobusiness", "es": "los agronegocios"},
    "agrochemicals": {"en": "herbicides", "fr": "les herbicides", "es": "los herbicidas"},
    "livestock_growth": {"en": "meat production", "fr": "la production de viande", "es": "la producción de carne"},
    "intensive_livestock": {"en": "pig farms", "fr": "l'aviculture", "es": "las granjas porcinas"},
    "pastoral_water": {"en": "livestock watering", "fr": "les abreuvoirs", "es": "los abrevaderos"},
    "tree_plantation": {"en": "eucalyptus", "fr": "l'eucalyptus", "es": "el eucalipto"},
    "biofuel": {"en": "bioethanol", "fr": "le bioéthanol", "es": "el bioetanol"},
    "biogas": {"en": "biogas", "fr": "le biogaz", "es": "el biogás"},
    "woodfuel": {"en": "charcoal", "fr": "le charbon de bois", "es": "el carbón vegetal"},
    "mining": {"en": "mining", "fr": "l'exploitation minière", "es": "la minería"},
    "coastal_works": {"en": "dredging", "fr": "le dragage", "es": "el dragado"},
    "solar_wind": {"en": "wind farms", "fr": "les parcs éoliens", "es": "los parques eólicos"},
    "exotic_introduction": {"en": "crossbreeding", "fr": "les races exotiques", "es": "las razas exóticas"},
    "aquaculture": {"en": "shrimp farms", "fr": "la crevetticulture", "es": "las camaroneras"},
    "fish_output": {"en": "fish landings", "fr": "la production halieutique", "es": "la producción pesquera"},
}
CASES = [(pressure, language) for pressure, names in NAMES.items() for language in names]

KINDS = {name for name, entry in term_list("stakes")["pressures"].items() if entry.get("kind_of")}


@pytest.mark.parametrize(("pressure", "language"), CASES)
def test_what_is_brought_about_presses(pressure: str, language: Language) -> None:
    texts = [frame.format(NAMES[pressure][language]) for frame in BROUGHT[language]]
    assert [text for text in texts if pressure not in find_stakes(text, language).pressures] == []


@pytest.mark.parametrize(("pressure", "language"), CASES)
def test_what_is_reduced_kept_off_replaced_or_watched_does_not(pressure: str, language: Language) -> None:
    texts = [frame.format(NAMES[pressure][language]) for frame in TAKEN_BACK[language]]
    assert [text for text in texts if pressure in find_stakes(text, language).pressures] == []


@pytest.mark.parametrize(
    ("text", "built"),
    [
        ("Build highways to the coast", True),
        ("Construire deux autoroutes", True),
        ("Ampliar las autopistas del sur", True),
        ("Improve highways and bridges", False),
        ("Améliorer les autoroutes", False),
        ("Mejorar las autopistas", False),
    ],
)
def test_better_roads_take_no_new_land(text: str, *, built: bool) -> None:
    found = {name for language in BROUGHT for name in find_stakes(text, language).pressures}
    assert ("built_up" in found) == built


@pytest.mark.parametrize(
    ("text", "language", "pressures"),
    [
        ("Reclaim 900 ha of salty land by means of polders", "en", {"salt_dyke"}),
        ("Construire et réhabiliter des barrages", "fr", {"dam"}),
        ("Build and rehabilitate dams", "en", {"dam"}),
        ("Rehabilitate dams", "en", set()),
        ("Conserve the irrigation of terraces", "en", set()),
        ("Mini-hydro plants of 120 MW are built", "en", {"dam"}),
        ("Watering points for wildlife", "en", set()),
        ("Fish stocks in large dams are caught within limits", "en", set()),
        ("Améliorer la logistique des produits de la pisciculture", "fr", set()),
        ("Hacer resiliente la infraestructura hidroeléctrica del país", "es", set()),
        ("Construire des retenues en amont du delta", "fr", {"dam"}),
        ("Drain and plough 300 ha of marshes", "en", {"wetland_farming"}),
        ("Hand out certified seed in place of local varieties", "en", {"exotic_introduction"}),
        ("Water harvesting with small dams in each district", "en", set()),
        ("Rehabilitate degraded pine plantations for timber", "en", set()),
        ("Better irrigation techniques on all schemes", "en", set()),
        ("Mettre en valeur de nouvelles terres aux cultures de maïs", "fr", {"farmland_expansion"}),
    ],
)
def test_repair_means_and_place_are_told_from_building(text: str, language: Language, pressures: set[str]) -> None:
    assert set(find_stakes(text, language).pressures) == pressures


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("Maintain and protect the springs and groundwater", "en", True),
        ("Develop, maintain and use groundwater for towns", "en", False),
        ("Protéger les eaux souterraines", "fr", True),
        ("Proteger los acuíferos", "es", True),
        ("Soil and water conservation on slopes", "en", False),
    ],
)
def test_who_draws_on_water_keeps_none(text: str, language: Language, *, kept: bool) -> None:
    assert ("water" in find_stakes(text, language).keeps) == kept


@pytest.mark.parametrize(
    ("text", "language", "curbed"),
    [
        ("Cut the number of livestock by a fifth", "en", {"livestock_growth"}),
        ("No new dam, highway or pipeline crosses the park", "en", {"dam", "built_up"}),
        ("Clear lantana and mesquite from the wadis", "en", {"exotic_planting"}),
        ("Build two dams and a weir", "en", set()),
        ("Reduce emissions from charcoal", "en", set()),
        ("Reduce methane where rice fields lie", "en", set()),
        ("Réduire les herbicides de moitié", "fr", {"agrochemicals"}),
        ("Aucun nouveau barrage en amont du parc", "fr", {"dam"}),
        ("Reducir los plaguicidas", "es", {"agrochemicals"}),
        ("Ningún nuevo embalse en la cuenca alta", "es", {"dam"}),
        ("Encourage certified maize, excluding hybrids", "en", {"hybrid_seed"}),
        ("Vulgariser le manioc amélioré (hors hybrides)", "fr", {"hybrid_seed"}),
        ("Repartir frijol seleccionado, sin uso de transgénicos", "es", {"exotic_introduction", "hybrid_seed"}),
        ("Frenar el avance de los cultivos hacia el páramo", "es", {"farmland_expansion"}),
        ("Frenar la ampliación de la frontera agrícola", "es", {"farmland_expansion"}),
        ("Halt the expansion of shrimp ponds", "en", {"aquaculture"}),
        ("The gorges of the upper valley stay free of dams", "en", {"dam"}),
        ("Grow tomatoes with less fertiliser and fewer pesticides", "en", {"agrochemicals"}),
        ("No eucalyptus stands near the springs", "en", {"tree_plantation", "exotic_planting"}),
        ("The planting of teak ceases in the headwaters", "en", {"tree_plantation", "exotic_planting"}),
        ("L'épandage d'insecticides cesse dans les oasis", "fr", {"agrochemicals"}),
        ("Aucun barrage sur le cours supérieur", "fr", {"dam"}),
        ("La extracción de turba queda prohibida", "es", {"peat"}),
        ("Mantener la meseta libre de minería", "es", {"mining"}),
        ("Care for the forest above the dam cuts siltation", "en", set()),
        ("No less than two dams are built", "en", set()),
    ],
)
def test_what_is_cut_or_ruled_out_is_curbed(text: str, language: Language, curbed: set[str]) -> None:
    stakes = find_stakes(text, language)
    assert set(stakes.curbs) - KINDS == curbed
    assert not curbed & set(stakes.pressures)


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("Fewer insecticides in the valley", "en", {"pesticide"}),
        ("Réduire de moitié les engrais azotés", "fr", {"fertiliser"}),
        ("Reducir los agroquímicos", "es", set()),
        ("No teak on the plateau", "en", {"named_trees"}),
        ("No exotic trees on the plateau", "en", set()),
    ],
)
def test_the_kind_that_is_curbed_is_told(text: str, language: Language, kinds: set[str]) -> None:
    assert set(find_stakes(text, language).curbs) & KINDS == kinds


@pytest.mark.parametrize(
    ("text", "language", "pressure"),
    [
        ("Ban the most toxic pesticides and cut in half the use of herbicides", "en", "agrochemicals"),
        ("By 2027 the use of synthetic herbicides is halved", "en", "agrochemicals"),
        ("Interdire trois herbicides et réduire de moitié l'emploi d'engrais de synthèse", "fr", "agrochemicals"),
        ("Prohibir tres herbicidas y disminuir a la mitad el uso de fertilizantes", "es", "agrochemicals"),
        ("Two valleys stay free of new reservoirs", "en", "dam"),
        ("Deux vallées restent libres de nouveaux barrages", "fr", "dam"),
        ("Dos valles quedan libres de nuevos embalses", "es", "dam"),
        ("Prepare a plan to restore the catchments of the main dams and hydropower works", "en", "dam"),
        ("Établir un plan de restauration des bassins versants des grands barrages", "fr", "dam"),
        ("Elaborar un plan de restauración de las cuencas de las represas", "es", "dam"),
        ("Grow fodder and restore 700 ha of pasture", "en", "livestock_growth"),
        ("Cultiver du fourrage et restaurer 700 ha de pâturages", "fr", "livestock_growth"),
        ("Cultivar forraje y restaurar 700 ha de pastos", "es", "livestock_growth"),
        ("Land used for crops, aquaculture and woodlots, from hills to coast, is well managed", "en", "aquaculture"),
        ("Terres utilisées pour les cultures, l'aquaculture et le bois, bien gérées", "fr", "aquaculture"),
        ("Tierras utilizadas para cultivos, acuicultura y bosques, bien gestionadas", "es", "aquaculture"),
        ("Build roads for the transport of crops and aquaculture harvests", "en", "aquaculture"),
        ("Construire des pistes pour le transport des produits de la pisciculture", "fr", "aquaculture"),
        ("Construir vías para el transporte de productos de la acuicultura", "es", "aquaculture"),
        ("Farming (agricultural soils, rice fields, residue burning)", "en", "wetland_farming"),
        ("Cultures (sols agricoles, rizières, brûlage des résidus)", "fr", "wetland_farming"),
        ("Cultivos (suelos agrícolas, arrozales, quema de rastrojos)", "es", "wetland_farming"),
    ],
)
def test_what_is_halved_ruled_out_served_or_only_listed_is_not_brought(
    text: str, language: Language, pressure: str
) -> None:
    assert pressure not in find_stakes(text, language).pressures


@pytest.mark.parametrize(
    ("text", "language", "pressure"),
    [
        ("Double the use of fertilizers", "en", "agrochemicals"),
        ("Build new reservoirs in two valleys", "en", "dam"),
        ("Create 40 fish ponds", "en", "aquaculture"),
        ("Créer des étangs piscicoles", "fr", "aquaculture"),
        ("Construir estanques piscícolas", "es", "aquaculture"),
        ("Aménager 300 ha de rizières", "fr", "wetland_farming"),
    ],
)
def test_what_is_built_or_raised_is_brought(text: str, language: Language, pressure: str) -> None:
    assert pressure in find_stakes(text, language).pressures


@pytest.mark.parametrize(
    ("text", "language", "pressures", "kept"),
    [
        ("Let herds graze in national parks while the drought lasts", "en", True, False),
        ("Cattle are kept out of the two game reserves", "en", False, True),
        ("Accueillir le bétail dans les réserves en saison sèche", "fr", True, False),
        ("Les chèvres n'entrent plus dans le parc national", "fr", False, True),
        ("Permitir el pastoreo en las reservas naturales en años secos", "es", True, False),
        ("Mantener el parque nacional libre de ganado", "es", False, True),
    ],
)
def test_reserves_are_opened_or_closed_to_herds(text: str, language: Language, *, pressures: bool, kept: bool) -> None:
    stakes = find_stakes(text, language)
    assert ("reserve_grazing" in stakes.pressures) == pressures
    assert ({"closure", "protected_area"} <= set(stakes.keeps)) == kept


def test_consent_is_asked_in_so_many_words() -> None:
    assert "consent" in find_stakes("Works need the free, prior and informed consent of the villages", "en").keeps
    assert "consent" not in find_stakes("The marsh stays free of cattle and drains", "en").keeps


@pytest.mark.parametrize(
    ("text", "language", "pressure", "named"),
    [
        ("80 MW from hydropower by 2032", "en", "dam", True),
        ("Electricity is generated from biofuels", "en", "biofuel", True),
        ("Keep the marsh safe from irrigation", "en", "irrigation", False),
        ("Guard springs from new roads", "en", "built_up", False),
        ("Widen the belt through reforestation, natural regeneration and new reserves", "en", "tree_plantation", True),
        ("Natural regeneration in place of reforestation", "en", "tree_plantation", False),
        ("Barrages, collecte des eaux de pluie et pistes", "fr", "dam", True),
        ("Sea walls for the protection of two towns", "en", "coastal_works", True),
        ("Des jetées pour protéger la ville", "fr", "coastal_works", True),
        ("Construir un paseo marítimo y dos muelles", "es", "coastal_works", True),
        ("Planter en amont des périmètres irrigués", "fr", "irrigation", False),
        ("Petite hydro dans trois provinces", "fr", "dam", True),
        ("Drainer les bas-fonds pour le maraîchage", "fr", "wetland_farming", True),
        ("Incorporar nuevas tierras a la agricultura", "es", "farmland_expansion", True),
        ("Plantar bosques energéticos", "es", "exotic_planting", True),
        ("Introduire des variétés plus productives de sorgho", "fr", "exotic_introduction", True),
    ],
)
def test_words_beside_a_pressure_tell_whether_it_is_meant(
    text: str, language: Language, pressure: str, *, named: bool
) -> None:
    assert (pressure in find_stakes(text, language).pressures) == named


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("Restore worn-out steppe pasture", "en", "grassland"),
        ("Sustainable pasture management in all districts", "en", "pasture"),
        ("Gérer durablement les parcours du nord", "fr", "pasture"),
        ("Manejar los pastizales con las comunidades", "es", "pasture"),
        ("Buffer strips stay free of cultivation", "en", "no_cultivation"),
        ("La mise en culture cesse dans la réserve", "fr", "no_cultivation"),
        ("Tres valles quedan libres de cultivos", "es", "no_cultivation"),
        ("Two rivers flow freely to the sea", "en", "river"),
        ("Banques communautaires de semences dans dix villages", "fr", "local_breeds"),
        ("Vedas y tallas mínimas en la bahía", "es", "fish_stock"),
    ],
)
def test_land_in_use_is_told_from_land_that_is_kept(text: str, language: Language, kept: str) -> None:
    assert kept in find_stakes(text, language).keeps
