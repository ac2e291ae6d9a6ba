"""Hectares, emissions and money of a dossier: what is added, what lies within, what is in no total, and the land."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coherence.accounting import account_for
from coherence.accounting.land import land_table, load_land_table
from coherence.accounting.terms import accounting_terms
from coherence.accounting_models import Because, NotCounted, Note
from coherence.countries import country_codes
from coherence.errors import VocabularyError
from coherence.models import Baseline, Commitment, Instrument, Provenance, Quantity
from coherence.reports.wording import all_texts
from coherence.vocabulary import term_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coherence.accounting_models import Account, Accounting, AccountLine

FILES: dict[str, Instrument] = {"ndc.pdf": "NDC", "ldn.pdf": "LDN", "nbsap.pdf": "NBSAP"}
COUNTRY = "GHA"


def quantity(value: float, unit: str = "ha", **fields: Any) -> Quantity:
    return Quantity.model_validate({"value": value, "unit": unit, "text": f"{value:g} {unit}", **fields})


def promise(name: str, *quantities: Quantity, file: str = "ndc.pdf", page: int = 1, **fields: Any) -> Commitment:
    quote = fields.pop("quote", f"Promise {name}")
    place = Provenance(document=file, sha256="a" * 64, page=page, start=0, end=len(quote), quote=quote)
    return Commitment.model_validate(
        {
            "id": name, "country": COUNTRY, "instrument": FILES[file], "convention": "OTHER", "document": file,
            "language": "en", "provenance": place, "kind": "target", "modality": "committed", "confidence": 0.9,
            "quantities": quantities, **fields,
        }
    )  # fmt: skip


def restoring(name: str, hectares: float, **fields: Any) -> Commitment:
    values = {"themes": ("land_restoration",), "ldn_response": "reverse", "target_year": 2030, **fields}
    return promise(name, quantity(hectares), **values)


def area(*commitments: Commitment) -> Account:
    return next(each for each in account_for(COUNTRY, commitments).accounts if each.measure == "area")


def ends(*commitments: Commitment) -> tuple[float, float]:
    whole = area(*commitments).whole.total
    return whole.low, whole.high


def line(account: Account, name: str) -> AccountLine:
    return next(each for each in account.lines if each.commitment == name)


def test_one_promise_amounts_to_its_value() -> None:
    assert ends(restoring("a", 1200)) == (1200, 1200)


def test_areas_of_which_nothing_is_known_are_nested_at_the_least_and_added_at_the_most() -> None:
    account = area(restoring("a", 300), restoring("b", 500, file="ldn.pdf"))
    assert (account.whole.total.low, account.whole.total.high) == (500, 800)
    assert line(account, "a").counted == "maximum"
    assert line(account, "a").beside == "b"


def test_land_types_that_exclude_each_other_are_added_at_both_ends() -> None:
    account = area(restoring("a", 300, ecosystems=("forest",)), restoring("b", 500, ecosystems=("cropland",)))
    assert (account.whole.total.low, account.whole.total.high) == (800, 800)
    assert line(account, "a").because == "land_type"


@pytest.mark.parametrize(
    "other",
    [
        {"ecosystems": ("dryland",)},
        {"ecosystems": ("cropland", "forest")},
        {"ecosystems": ("cropland",), "themes": ("land_restoration", "agroforestry")},
        {"ecosystems": ("cropland",), "themes": ("land_restoration", "afforestation")},
    ],
    ids=["any cover", "two types", "trees on fields", "fields that become forest"],
)
def test_land_types_that_may_meet_show_nothing_apart(other: dict[str, Any]) -> None:
    assert ends(restoring("a", 300, ecosystems=("forest",)), restoring("b", 500, **other)) == (500, 800)


def test_places_of_one_sort_in_one_document_are_added_and_others_are_not() -> None:
    north, south = {"places": ("Aroua",)}, {"places": ("Bessin",)}
    assert ends(restoring("a", 300, **north), restoring("b", 500, **south)) == (800, 800)
    assert ends(restoring("a", 300, **north), restoring("b", 500, places=("Lake Bessin",))) == (500, 800)
    assert ends(restoring("a", 300, **north), restoring("b", 500, places=("Haut Aroua",))) == (500, 800)
    assert ends(restoring("a", 300, **north), restoring("b", 500, file="ldn.pdf", **south)) == (500, 800)


def test_what_the_document_adds_is_added() -> None:
    further = restoring("b", 500, page=2, quote="In addition to these areas, 500 ha will be restored")
    assert ends(restoring("a", 300), further) == (800, 800)
    assert ends(restoring("a", 300, file="ldn.pdf"), further) == (500, 800)


def test_a_figure_that_another_document_restates_counts_once() -> None:
    account = area(restoring("a", 500), restoring("b", 501, file="ldn.pdf"))
    assert (account.whole.total.low, account.whole.total.high) == (501, 501)
    assert (line(account, "a").counted, line(account, "a").because) == ("never", "restated")
    other_theme = restoring("b", 501, file="ldn.pdf", themes=("protected_areas",))
    assert ends(restoring("a", 500), other_theme) == (501, 1001)


def test_milestones_count_with_the_figure_that_they_lead_to() -> None:
    parts = [
        restoring("p1", 100, target_year=2025, part_of="a", part="milestone"),
        restoring("p2", 700, part_of="a", part="facet"),
    ]
    account = area(restoring("a", 500), *parts)
    assert (account.whole.total.low, account.whole.total.high, account.whole.total.lines) == (700, 700, 1)
    assert line(account, "a").figure == "p2"


def test_a_rounded_repetition_of_the_figure_gives_way_to_it() -> None:
    account = area(restoring("a", 1_888_000), restoring("p", 1_900_000, part_of="a", part="facet"))
    assert account.whole.total.high == 1_888_000


def test_a_part_whose_main_commitment_is_another_thing_stands_for_the_measure() -> None:
    main = promise("a", quantity(12, "count"), themes=("protected_areas",))
    assert ends(main, restoring("p", 900, part_of="a", part="facet")) == (900, 900)


def test_yearly_areas_count_over_stated_years_only() -> None:
    yearly = promise("a", quantity(10, per_year=True), start_year=2020, target_year=2030)
    assert ends(yearly) == (100, 110)
    assert line(area(yearly), "a").notes == ("years",)
    open_start = account_for(COUNTRY, [yearly.model_copy(update={"start_year": None})])
    assert not open_start.accounts
    assert [each.because for each in open_start.left_out] == ["per_year"]


def test_a_stated_total_goes_before_years_and_years_before_a_milestone() -> None:
    yearly = promise("a", quantity(10, per_year=True), start_year=2020, target_year=2030)
    assert ends(yearly, restoring("p", 105, part_of="a", part="facet")) == (105, 105)
    assert ends(yearly, restoring("p", 30, part_of="a", part="milestone")) == (100, 110)


def test_a_change_from_one_level_to_another_has_two_readings() -> None:
    assert ends(promise("a", quantity(500, from_value=170))) == (330, 500)
    assert ends(promise("a", quantity(200, from_value=500))) == (300, 300)


def test_up_to_and_considered_set_no_floor() -> None:
    assert ends(promise("a", quantity(500, qualifier="up_to"))) == (0, 500)
    assert ends(promise("a", quantity(500), modality="considered")) == (0, 500)


def test_a_range_keeps_both_ends_and_what_is_achieved_or_negated_counts_nowhere() -> None:
    assert ends(promise("a", quantity(0).model_copy(update={"value": None, "low": 2.0, "high": 5.0}))) == (2, 5)
    for modality in ("achieved", "negated"):
        assert not account_for(COUNTRY, [promise("a", quantity(500), modality=modality)]).accounts


def test_shares_in_percent_are_told_apart() -> None:
    share = promise("a", quantity(30, "percent"), themes=("avoided_deforestation",))
    assert [each.because for each in account_for(COUNTRY, [share]).left_out] == ["share"]


def test_a_figure_that_sums_the_rows_before_it_is_not_added_to_them() -> None:
    rows = [restoring(f"r{page}", hectares, page=page) for page, hectares in enumerate((225, 525, 150), start=1)]
    account = area(*rows, restoring("t", 900, page=9))
    assert (account.whole.total.low, account.whole.total.high) == (900, 900)
    assert "stated_total" in {each.because for each in account.lines}
    assert ends(*rows, restoring("t", 901, page=9)) == (901, 1801)


def test_the_area_of_a_whole_scenario_is_not_added_to_those_of_its_measures() -> None:
    rows = [restoring(f"r{page}", hectares, page=page) for page, hectares in enumerate((200, 500, 390), start=1)]
    whole = restoring("w", 1000, page=9, quote="The adaptation scenario restores 1,000 ha")
    assert ends(*rows, whole) == (1000, 1090)
    assert ends(*rows[:2], whole) == (1000, 1700), "two lines are too few"
    assert ends(*rows, restoring("w", 1000, page=9)) == (1000, 2090), "nothing says that it is a whole"
    far = restoring("w", 3000, page=9, quote="The adaptation scenario restores 3,000 ha")
    assert ends(*rows, far) == (3000, 4090), "the lines come to much less"


def test_a_total_row_holds_the_rows_of_the_document() -> None:
    rows = [restoring(f"r{page}", hectares, page=page) for page, hectares in enumerate((200, 500, 390), start=1)]
    assert ends(*rows, restoring("w", 1000, page=9, quote="TOTAL\t1 000\t70")) == (1000, 1090)


def test_a_total_of_what_is_done_with_and_without_support_is_not_added_to_them() -> None:
    alone = restoring("a", 50, conditionality="unconditional")
    helped = restoring("b", 200, conditionality="conditional")
    assert ends(alone, helped, restoring("t", 250, page=3)) == (250, 250)
    assert ends(alone, helped, restoring("t", 260, page=3)) == (260, 510)


def test_a_figure_that_is_not_round_is_one_wherever_it_stands() -> None:
    again = restoring("b", 304_500, page=17, themes=("livestock_management",))
    assert ends(restoring("a", 304_500), again) == (304_500, 304_500)
    assert ends(restoring("a", 300_000), restoring("b", 300_000, themes=("livestock_management",))) == (
        300_000,
        600_000,
    )


def test_what_support_extends_holds_what_is_done_without() -> None:
    alone = promise("a", quantity(10, per_year=True), start_year=2020, target_year=2030, themes=("reforestation",),
                    conditionality="unconditional")  # fmt: skip
    doubled = promise("b", quantity(20, per_year=True), quantity(10, per_year=True), start_year=2020,
                      target_year=2030, themes=("reforestation",), conditionality="conditional")  # fmt: skip
    account = area(alone, doubled)
    assert (account.whole.total.low, account.whole.total.high) == (200, 220)
    assert (line(account, "a").because, line(account, "a").beside) == ("extended", "b")


def test_a_measure_listed_again_in_an_annex_counts_once() -> None:
    row = "Restoration and upkeep of the green belt\t{}\tha"
    plan = restoring("a", 1300, page=30, quote=row.format(1300))
    assert ends(plan, restoring("b", 2100, page=55, quote=row.format(2100))) == (2100, 2100)
    assert ends(plan, restoring("b", 2100, page=30, quote=row.format(2100))) == (2100, 3400)


def test_areas_at_sea_have_their_row_and_need_no_land() -> None:
    account = area(restoring("a", 300), restoring("b", 9000, ecosystems=("marine",)))
    assert (account.whole.total.low, account.whole.total.high) == (300, 300)
    assert next(row for row in account.rows if row.group == "marine").total.high == 9000


def test_rows_hold_responses_instruments_and_what_is_conditional() -> None:
    account = area(
        restoring("a", 300, ecosystems=("forest",), conditionality="conditional"),
        restoring("b", 500, file="ldn.pdf", ecosystems=("forest",), ldn_response="avoid"),
    )
    whole, avoid, reverse = (row for row in account.rows if row.group == "forest")
    assert [each.instrument for each in whole.instruments] == ["NDC", "LDN"]
    assert (avoid.response, avoid.total.low, reverse.response, reverse.total.low) == ("avoid", 500, "reverse", 300)
    assert whole.conditional is not None
    assert (whole.conditional.low, whole.conditional.high) == (300, 300)


PROMISES = st.builds(
    lambda name, hectares, file, ecosystems, theme, conditional, page, parts: restoring(
        name, float(hectares), file=file, ecosystems=ecosystems, themes=(theme,), page=page,
        conditionality="conditional" if conditional else "unconditional", part_of=parts,
        part="facet" if parts else None,
    ),
    name=st.sampled_from([f"c{number}" for number in range(9)]),
    hectares=st.sampled_from([0, 100, 200, 300, 600, 1000]),
    file=st.sampled_from(sorted(FILES)),
    ecosystems=st.sampled_from([(), ("forest",), ("cropland",), ("grassland", "forest"), ("marine",)]),
    theme=st.sampled_from(["land_restoration", "reforestation", "sustainable_agriculture"]),
    conditional=st.booleans(),
    page=st.integers(1, 4),
    parts=st.none() | st.sampled_from([f"c{number}" for number in range(9)]),
)  # fmt: skip
DOSSIERS = st.lists(PROMISES, unique_by=lambda each: each.id, max_size=9)


def whole_of(accounting: Accounting) -> tuple[float, float]:
    found = [each.whole.total for each in accounting.accounts if each.measure == "area"]
    return (found[0].low, found[0].high) if found else (0, 0)


@settings(max_examples=60, deadline=None)
@given(DOSSIERS)
def test_least_and_most_of_every_row_hold_together(commitments: Sequence[Commitment]) -> None:
    for account in account_for(COUNTRY, commitments).accounts:
        for row in (account.whole, *account.rows):
            assert row.total.low <= row.total.high
            for share in (row.conditional, row.unconditional, *(each.total for each in row.instruments)):
                assert share is None or (share.low <= row.total.low and share.high <= row.total.high)


@settings(max_examples=60, deadline=None)
@given(DOSSIERS)
def test_adding_a_document_lowers_neither_end(commitments: Sequence[Commitment]) -> None:
    # Parts belong to a measure of their own document.
    kept = [each for each in commitments if each.part_of is None]
    for file in FILES:
        fewer = account_for(COUNTRY, [each for each in kept if each.document != file])
        low, high = whole_of(account_for(COUNTRY, kept))
        assert whole_of(fewer)[0] <= low
        assert whole_of(fewer)[1] <= high


@settings(max_examples=40, deadline=None)
@given(DOSSIERS, st.randoms(use_true_random=False))
def test_the_order_of_commitments_makes_no_difference(commitments: list[Commitment], random: Any) -> None:
    shuffled = list(commitments)
    random.shuffle(shuffled)
    assert account_for(COUNTRY, shuffled) == account_for(COUNTRY, commitments)


@settings(max_examples=60, deadline=None)
@given(DOSSIERS)
def test_every_measure_with_an_area_has_one_line(commitments: Sequence[Commitment]) -> None:
    accounting = account_for(COUNTRY, commitments)
    named = [each.commitment for account in accounting.accounts for each in account.lines]
    assert len(named) == len(set(named))


def emission(name: str, tonnes: float, theme: str, **fields: Any) -> Commitment:
    return promise(name, quantity(tonnes, "tCO2e"), themes=(theme,), quote=f"reduce {name}", **fields)


def emissions(*commitments: Commitment) -> dict[str, tuple[float, float]]:
    found = account_for(COUNTRY, commitments).accounts
    return {each.basis: (each.whole.total.low, each.whole.total.high) for each in found if each.measure == "emission"}


def test_emissions_of_sectors_are_added_and_lie_within_the_whole_economy() -> None:
    energy, waste = emission("a", 30, "renewable_energy"), emission("b", 20, "waste")
    assert emissions(energy, waste) == {"none:in_year": (50, 50)}
    assert emissions(energy, waste, emission("w", 90, "ghg_economy_wide")) == {"none:in_year": (90, 90)}


def test_sectors_never_come_to_more_than_the_whole_that_the_document_states() -> None:
    sectors = [
        emission(name, 40, theme)
        for name, theme in (("a", "waste"), ("b", "renewable_energy"), ("c", "land_sector_emissions"))
    ]
    assert emissions(*sectors, emission("w", 90, "ghg_economy_wide")) == {"none:in_year": (90, 90)}
    assert emissions(*sectors, emission("w", 30, "ghg_economy_wide")) == {"none:in_year": (120, 120)}
    helped = [each.model_copy(update={"conditionality": "conditional"}) for each in sectors]
    assert emissions(*helped, emission("w", 90, "ghg_economy_wide")) == {"none:in_year": (120, 120)}


def test_emissions_on_different_terms_are_never_mixed() -> None:
    bau = Baseline(kind="bau")
    found = emissions(
        emission("a", 30, "waste"), emission("b", 20, "waste", baseline=bau),
        promise("c", quantity(5, "tCO2e", per_year=True), themes=("waste",), quote="avoid c"),
        promise("d", quantity(200, "tCO2e"), themes=("waste",), quote="reduce by 200 t over the period"),
    )  # fmt: skip
    assert found == {
        "none:in_year": (30, 30), "bau:in_year": (20, 20), "none:per_year": (5, 5), "none:period": (200, 200),
    }  # fmt: skip


def test_what_is_reduced_without_support_lies_within_what_is_reduced_with_it() -> None:
    found = emissions(
        emission("a", 30, "waste", conditionality="unconditional"),
        emission("b", 50, "waste", conditionality="conditional"),
    )
    assert found == {"none:in_year": (50, 50)}


def test_levels_and_amounts_a_head_are_no_reductions() -> None:
    level = promise("a", quantity(96e6, "tCO2e"), themes=("ghg_economy_wide",), quote="Emissions of 96 Mt in 2030")
    head = promise("b", quantity(0.8, "tCO2e"), themes=("ghg_economy_wide",), quote="reduce to 0.8 t per capita")
    accounting = account_for(COUNTRY, [level, head])
    assert not accounting.accounts
    assert {each.commitment: each.because for each in accounting.left_out} == {"a": "level", "b": "per_head"}


def test_money_is_kept_apart_by_currency_and_costs_lie_within_the_cost_of_the_plan() -> None:
    cost = [promise(f"m{number}", quantity(40, "USD"), part=None) for number in range(3)]
    plan = promise("p", quantity(150, "USD"), quote="The plan needs 150 dollars in all", page=2)
    euros = promise("e", quantity(7, "EUR"))
    found = {each.unit: each.whole.total for each in account_for(COUNTRY, [*cost, plan, euros]).accounts}
    assert (found["USD"].low, found["USD"].high) == (150, 150)
    assert (found["EUR"].low, found["EUR"].high) == (7, 7)
    small = plan.model_copy(update={"quantities": (quantity(50, "USD"),)})
    held = {each.unit: each.whole.total for each in account_for(COUNTRY, [*cost, small]).accounts}
    assert held["USD"].low == 50


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Restore 5,107.70 km2 of degraded forest by 2030.", "Restore 510,770 ha of degraded forest by 2030."),
        ("Reduce emissions by 2.5 MtCO2e by 2030.", "Reduce emissions by 2,500,000 tCO2e by 2030."),
    ],
)
def test_units_cancel(tmp_path: Path, one: str, other: str) -> None:
    from coherence.extraction import extract_commitments  # noqa: PLC0415
    from coherence.models import ManifestEntry  # noqa: PLC0415
    from coherence.reading import read_document  # noqa: PLC0415

    found = []
    for text in (one, other):
        path = tmp_path / "ndc.txt"
        path.write_text(f"Nationally Determined Contribution\n\n{text}\n", encoding="utf-8")
        entry = ManifestEntry(file="ndc.txt", path=str(path), instrument="NDC", language="en")
        commitments = extract_commitments(read_document(entry, COUNTRY))
        account = account_for(COUNTRY, commitments).accounts[0]
        found.append((account.measure, account.unit, account.whole.total.low, account.whole.total.high))
    assert found[0] == pytest.approx(found[1])


def test_the_land_of_the_country_stands_beside_the_demand() -> None:
    verdicts = []
    for hectares in ((10.0,), (20e6, 10e6), (30e6,)):
        stated = [restoring(f"c{number}", value) for number, value in enumerate(hectares)]
        land = account_for("GHA", stated).land
        assert land is not None
        verdicts.append(land.verdict)
    assert verdicts == ["within", "may_exceed", "exceeded"]


def test_a_country_without_a_figure_is_not_checked() -> None:
    assert account_for("ATA", [restoring("a", 10)]).land is None


def test_the_table_of_land_covers_the_countries_and_says_where_it_comes_from() -> None:
    table = land_table()
    small = {"ALA", "ATA", "ATF", "BES", "GLP", "GUF", "MTQ", "MYT", "REU", "SGS", "UMI", "XAA", "XBB"}
    assert set(country_codes()) - set(table.land_km2) - set(table.total_km2) <= small
    assert table.source
    assert 129e6 < sum(table.land_km2.values()) < 137e6  # all land without Antarctica: 135 million square kilometres


def test_a_faulty_table_of_land_is_told_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "land_area.yaml"
    path.write_text("source: x\nyear: 2025\nverified: true\nland_km2:\n  QQQ: 10\n  GHA: -1\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as raised:
        load_land_table(path)
    assert "land_area.yaml:5" in str(raised.value)
    assert "land_area.yaml:6" in str(raised.value)


def test_the_vocabulary_names_known_ecosystems_and_themes() -> None:
    terms, ecosystems, themes = accounting_terms(), set(term_list("ecosystems")), set(term_list("themes"))
    assert set(terms.covers) | set(terms.sea) | set(terms.land_of_theme.values()) <= ecosystems
    assert set(terms.becomes) | set(terms.mixed) | set(terms.land_of_theme) | set(terms.sector_of) <= themes


def test_every_reason_and_note_has_its_words() -> None:
    sectors = set(accounting_terms().sector_of.values()) | {"other", "cost", "several", "unstated"}
    named = {
        "group": sectors, "note_on": set(get_args(Note)), "left_out": set(get_args(NotCounted)),
        "because": {reason for kind in get_args(Because) for reason in get_args(kind) or (kind,)},
    }  # fmt: skip
    wanted = {f"accounting.{key}.{name}" for key, names in named.items() for name in names}
    assert wanted <= set(all_texts())
