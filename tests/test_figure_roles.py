"""What a figure is to its measure: an amount done, what may remain of a loss, what is left to do, or a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_facts import commitment, document, facts_of
from test_restatements import read

from coherence.accounting import account_for
from coherence.engine.rows import row_of
from coherence.extraction import extract_commitments
from coherence.extraction.figure_roles import role_of
from coherence.extraction.prose import prose_mentions
from coherence.models import Quantity
from coherence.pair_facts import PairRow, interaction_table
from coherence.vocabulary import LANGUAGES, per_language

if TYPE_CHECKING:
    from coherence.vocabulary import Language


def roles(text: str, language: Language = "en") -> dict[float | None, str]:
    mentions = prose_mentions(read(text, language, "LDN").passages, language)
    return {each.quantity.value: role_of(each) for each in mentions if each.quantity is not None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The yearly loss of mangrove will be lowered to 300 ha by 2032."),
        ("en", "From 2030 no more than 300 ha of mangrove will be lost each year."),
        ("en", "The yearly loss of mangrove will fall from 900 ha to 300 ha by 2032."),
        ("fr", "La perte annuelle de mangrove sera ramenée à 300 ha d'ici à 2032."),
        ("fr", "La perte annuelle de mangrove sera limitée à 2 % de la surface, soit 300 ha, d'ici à 2032."),
        ("es", "La pérdida anual de manglar se reducirá a 300 ha hasta 2032."),
        ("pt", "A perda anual de mangal será reduzida para 300 ha até 2032."),
        ("ru", "Ежегодная потеря лесов будет сокращена до 300 га к 2032 году."),
        ("zh", "到2032年将年毁林面积减少到300公顷。"),
        ("ar", "سيتم خفض فقدان الغابات السنوي إلى 300 هكتار بحلول عام 2032."),
    ],
)
def test_a_loss_that_is_reduced_to_a_level_leaves_it(language: Language, text: str) -> None:
    assert roles(text, language)[300] == "remains"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The loss of mangrove will be reduced by 300 ha by 2032."),
        ("en", "Erosion will be reduced thanks to 300 ha of hedges planted by 2032."),
        ("en", "Soil loss will be reduced and the terraces extended to 300 ha by 2032."),
        ("en", "Pressure on forests will be reduced by planting up to 300 ha of woodlots by 2032."),
        ("fr", "L'érosion sera réduite grâce à 300 ha de haies plantées d'ici à 2032."),
        ("es", "La superficie bajo riego aumentará a 300 ha hasta 2032."),
    ],
)
def test_what_is_done_against_a_loss_is_an_amount(language: Language, text: str) -> None:
    assert roles(text, language)[300] == "amount"


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "Plant 900 ha of woodlots by 2032, of which 300 ha in the delta.", "part"),
        ("fr", "Planter 900 ha de haies d'ici à 2032, dont 300 ha dans le delta.", "part"),
        ("es", "Plantar 900 ha de setos hasta 2032, de las cuales 300 ha en el delta.", "part"),
        ("fr", "Il reste 300 ha de haies à planter d'ici à 2032.", "rest"),
        ("es", "Quedan por plantar 300 ha de setos hasta 2032.", "amount"),
        ("es", "Quedan 300 ha de setos por plantar hasta 2032.", "rest"),
        ("en", "The remaining 300 ha of natural forest will be protected by 2032.", "amount"),
    ],
)
def test_a_part_and_what_is_left_to_do_are_told_apart(language: Language, text: str, role: str) -> None:
    assert roles(text, language)[300] == role


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_of_all_groups(language: Language) -> None:
    words = per_language("figure_roles", language)
    assert words.keys() == per_language("figure_roles", "en").keys()
    assert all(words.values())


def test_what_may_remain_is_in_no_total_of_areas() -> None:
    found = extract_commitments(read("The yearly loss of mangrove will be lowered to 300 ha by 2032.", "en", "LDN"))
    accounting = account_for("XXX", found)
    assert ([each.because for each in accounting.left_out], accounting.accounts) == (["remains"], ())


def test_with_its_start_the_fall_is_counted() -> None:
    text = "The total loss of mangrove will fall from 900 ha to 300 ha by 2032."
    accounting = account_for("XXX", extract_commitments(read(text, "en", "LDN")))
    assert {row.total.high for account in accounting.accounts for row in account.rows} == {600}


def area(instrument: str, quote: str, role: str) -> object:
    quantity = Quantity.model_validate({"value": 300, "unit": "ha", "text": "300 ha", "role": role})
    return commitment(instrument, quote, quantities=(quantity.model_dump(),))


@pytest.mark.parametrize(("other", "ratio"), [("amount", None), ("part", None), ("remains", 1)])
def test_what_remains_has_no_ratio_with_what_is_done(other: str, ratio: int | None) -> None:
    one, two = area("NDC", "Lower the loss to 300 ha", "remains"), area("LDN", "Plant 300 ha", other)
    facts = facts_of(one, two, documents=(document("NDC"), document("LDN")))  # type: ignore[arg-type]
    a, b = (row_of(each) for each in facts.commitments)
    pair = PairRow(a, b, interaction_table())
    assert (pair["area_ratio"], pair["value_ratio"]) == (ratio, ratio)
    assert pair["same_value"] is bool(ratio)
