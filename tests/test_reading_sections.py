from __future__ import annotations

import pytest
from hypothesis import given, settings
from strategies_reading import blocks, check_offsets

from coherence.reading.blocks import Block, Grid, GridCell, Reading
from coherence.reading.sections import assemble, lead_in
from coherence.reading.table_shapes import transposed


def _cell(row: int, column: int, text: str, down: int = 1, across: int = 1) -> GridCell:
    return GridCell(row, column, (Block("paragraph", text),) if text else (), down, across)


def _table(*rows: tuple[str, ...]) -> Grid:
    return Grid(tuple(_cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)))


def _rows(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in passage.cells) for passage in reading.passages if passage.kind == "table_row"]


@settings(max_examples=150, deadline=None)
@given(blocks)
def test_offsets_hold_and_no_text_is_lost(given_blocks: list[Block]) -> None:
    reading = assemble(given_blocks)
    check_offsets(reading)
    assert [page.number for page in reading.pages] == list(range(1, len(reading.pages) + 1))
    whole = "\n".join(page.text for page in reading.pages)
    for block in given_blocks:
        assert block.text in whole
        for cell in block.grid.cells if block.grid else ():
            assert all(part.text in whole for part in cell.blocks)


@settings(max_examples=100, deadline=None)
@given(blocks)
def test_headings_nest(given_blocks: list[Block]) -> None:
    # Numbers may nest headings of one level: they are tested below.
    plain = [b for b in given_blocks if b.kind == "heading" and not any(map(str.isdigit, b.text))]
    open_: list[tuple[int, str]] = []
    read = [passage for passage in assemble(plain).passages if passage.kind == "heading"]
    for block, passage in zip(plain, read, strict=True):
        open_ = [heading for heading in open_ if heading[0] < block.level]
        assert passage.headings == tuple(text for _, text in open_)
        open_.append((block.level, block.text))


def test_a_list_item_has_its_lead_in_last() -> None:
    reading = assemble(
        [
            Block("heading", "Plan", 1),
            Block("paragraph", "The land is poor. By 2030 we will:"),
            Block("list_item", "plant trees, namely", 1, "• "),
            Block("list_item", "oak", 2, "◦ "),
            Block("list_item", "protect wetlands", 1, "• "),
            Block("paragraph", "That is all."),
            Block("list_item", "no lead-in", 1, "• "),
        ]
    )
    heads = {passage.text: passage.headings for passage in reading.passages}
    assert heads["plant trees, namely"] == ("Plan", "By 2030 we will:")
    assert heads["oak"] == ("Plan", "By 2030 we will:", "plant trees, namely")
    assert heads["protect wetlands"] == ("Plan", "By 2030 we will:")
    assert heads["no lead-in"] == ("Plan",)
    assert "• plant trees" in reading.pages[0].text


def test_lead_in_is_the_last_sentence() -> None:
    assert lead_in("Work began in 2015. The plan sets out to:") == "The plan sets out to:"
    assert lead_in("主要目标：") == "主要目标："
    assert not lead_in("No colon here.")


def test_heads_are_found_below_titles_and_by_words() -> None:
    reading = assemble([Block("table", grid=_table(
        ("Targets of the plan", "", ""), ("N°", "Objectif", "Année"), ("1", "Restaurer 5 ha", "2030"),
    ))])  # fmt: skip
    (row,) = [passage for passage in reading.passages if passage.kind == "table_row" and len(passage.cells) == 3][-1:]
    assert [cell.heads for cell in row.cells] == [("N°",), ("Objectif",), ("Année",)]
    assert row.caption == "Targets of the plan"
    assert "Objectif" in reading.pages[0].text


def test_merged_heads_merged_cells_and_bands() -> None:
    grid = Grid((
        _cell(0, 0, "Target", 2), _cell(0, 1, "Cost", 1, 2), _cell(1, 1, "2025"), _cell(1, 2, "2030"),
        _cell(2, 0, "Domestic sources", 1, 3),
        _cell(3, 0, "Trees", 2), _cell(3, 1, "1"), _cell(3, 2, "2"), _cell(4, 1, "3"), _cell(4, 2, "4"),
        _cell(5, 0, "Foreign sources", 1, 3), _cell(6, 0, "Water"), _cell(6, 1, "5"), _cell(6, 2, ""),
    ))  # fmt: skip
    rows = [passage for passage in assemble([Block("table", grid=grid)]).passages if passage.kind == "table_row"]
    assert [row.text for row in rows] == ["Domestic sources", "Trees\t1\t2", "3\t4", "Foreign sources", "Water\t5"]
    assert rows[1].cells[2].heads == ("Cost", "2030")
    assert [row.bands for row in rows] == [
        (), ("Domestic sources",), ("Domestic sources",), (), ("Foreign sources",),
    ]  # fmt: skip
    merged = rows[2].cells[0]
    assert (merged.text, merged.start == merged.end) == ("Trees", True)


def test_a_first_row_with_figures_is_no_head() -> None:
    reading = assemble([Block("table", grid=_table(("Plant 500 ha", "2030"), ("Protect 20 ha", "2035")))])
    assert _rows(reading) == [("Plant 500 ha", "2030"), ("Protect 20 ha", "2035")]


def test_a_form_of_labels_and_prose_becomes_paragraphs() -> None:
    prose = "By 2030 the country will restore its land in all regions. " * 4
    grid = Grid((
        _cell(0, 0, "Vision"), _cell(0, 1, prose.strip()),
        _cell(1, 0, "Mission"),
        GridCell(1, 1, (Block("paragraph", prose + "We will:"), Block("list_item", "plant", 1, "• "))),
    ))  # fmt: skip
    reading = assemble([Block("heading", "Plan", 1), Block("table", grid=grid), Block("paragraph", "After.")])
    assert [(passage.kind, passage.headings) for passage in reading.passages[1:]] == [
        ("heading", ("Plan",)), ("paragraph", ("Plan", "Vision")), ("heading", ("Plan",)),
        ("paragraph", ("Plan", "Mission")), ("list_item", ("Plan", "Mission", "We will:")), ("paragraph", ("Plan",)),
    ]  # fmt: skip


def test_a_record_with_its_heads_at_the_left_is_turned() -> None:
    grid = transposed(_table(("Target", "Restore 5 ha"), ("Baseline", "none"), ("Year", "2030")))
    (row,) = [passage for passage in assemble([Block("table", grid=grid)]).passages if passage.kind == "table_row"]
    assert [(cell.text, cell.heads) for cell in row.cells] == [
        ("Restore 5 ha", ("Target",)), ("none", ("Baseline",)), ("2030", ("Year",)),
    ]  # fmt: skip


def test_a_paragraph_runs_over_a_page_break() -> None:
    blocks_ = [
        Block("paragraph", "The country will"),
        Block("page"),
        Block("paragraph", "plant trees.", continues=True),
    ]
    reading = assemble(blocks_)
    (passage,) = reading.passages
    assert passage.text == "The country will plant trees."
    assert [span.page for span in passage.spans] == [1, 2]


def test_a_table_that_only_places_columns_is_read_block_by_block() -> None:
    column = GridCell(0, 1, (Block("heading", "Targets", 2), *(Block("paragraph", f"Target {n}.") for n in range(3))))
    reading = assemble([Block("table", grid=Grid((_cell(0, 0, "Aside"), column)))])
    assert [passage.kind for passage in reading.passages] == ["paragraph", "heading", *["paragraph"] * 3]
    assert reading.passages[-1].headings == ("Targets",)


def test_a_table_set_in_bold_throughout_keeps_its_rows() -> None:
    cells = [GridCell(r, c, (Block("paragraph", f"text {r} {c}"),), head=True) for r in range(6) for c in range(2)]
    assert len(_rows(assemble([Block("table", grid=Grid(tuple(cells)))]))) == 5


def test_a_head_row_alone_is_a_row() -> None:
    reading = assemble([Block("table", grid=Grid((_cell(0, 0, "Target"), _cell(0, 1, "5 ha")), head_rows=1))])
    assert _rows(reading) == [("Target", "5 ha")]


def test_heads_printed_again_are_no_rows_but_equal_data_are() -> None:
    heads, data = ("Target", "Year"), ("restore land", "2030")
    assert _rows(assemble([Block("table", grid=_table(heads, data, heads, data))])) == [data, data]
    plain = ("one", "two")
    assert _rows(assemble([Block("table", grid=_table(plain, ("long text", "more"), plain))]))[-1] == plain


def _heads(*rows: tuple[str, ...]) -> list[str]:
    """The heads of the first row of data, each cell's joined by a bar."""
    reading = assemble([Block("table", grid=_table(*rows))])
    first = next(passage for passage in reading.passages if passage.kind == "table_row")
    return ["|".join(cell.heads) for cell in first.cells]


@pytest.mark.parametrize(
    "heads",
    [
        ("Technique", "2020 (ha)", "2025 (ha)", "2030 (ha)"),
        ("Technique", "2020", "2025", "2030"),
        ("", "2020, own means", "2025, own means", "2030, own means"),
        ("Bassin", "Superficie (1 000 ha)", "Émissions de CO2 (kt)", "Coût 2021-2030 (USD)"),
        ("Технология", "2020 год", "2025 год", "2030 год"),
        ("技术", "2020年", "2025年", "2030年"),
        ("Activity", "Year 1", "Year 2", "Year 3"),
    ],
)
def test_heads_hold_years_units_and_formulas(heads: tuple[str, ...]) -> None:
    rows = [("Zaï", "75 000", "150 000", "225 000"), ("Half-moons", "50 000", "100 000", "150 000")]
    assert _heads(heads, *rows) == list(heads)


@pytest.mark.parametrize(
    "rows",
    [
        (("Planting", "2030"), ("Protection", "2035"), ("Water", "2030")),
        (("Target 1", "Restore forest"), ("Target 2", "Protect wetland"), ("Target 3", "Plant")),
        (("Forest", "2030 ha"), ("Wetland", "1500 ha"), ("Range", "800 ha")),
        (("by 2030", "75 000"), ("by 2035", "80 000")),
        (("1", "Former forest", "Reverse"), ("2", "Savanna", "Avoid")),
    ],
)
def test_a_first_row_like_the_others_is_data(rows: tuple[tuple[str, ...], ...]) -> None:
    assert _rows(assemble([Block("table", grid=_table(*rows))])) == list(rows)


def test_words_of_heads_further_down_do_not_make_the_row_above_a_title() -> None:
    rows = [("Mesure", "Nature"), ("Renforcer les politiques", "Politique"), ("Plan d'action", "Mesure")]
    assert _rows(assemble([Block("table", grid=_table(*rows))])) == rows[1:]


def test_units_years_and_column_numbers_below_the_heads_belong_to_them() -> None:
    data = [("Zaï", "75 000", "3,5"), ("Half-moons", "50 000", "2,1")]
    assert _heads(("Technique", "Area", "Cost"), ("", "(ha)", "USD"), *data) == ["Technique", "Area|(ha)", "Cost|USD"]
    assert _heads(("Technique", "Area", ""), ("", "2025", "2030"), *data) == ["Technique", "Area|2025", "Area|2030"]
    assert _heads(("Technique", "Area", "Cost"), ("1", "2", "3"), *data) == ["Technique", "Area", "Cost"]


def test_merged_heads_of_three_levels() -> None:
    grid = Grid((
        _cell(0, 0, "Practice"), _cell(0, 1, "Land treated", 1, 4),
        _cell(1, 0, ""), _cell(1, 1, "2025", 1, 2), _cell(1, 3, "2030", 1, 2),
        _cell(2, 0, ""), _cell(2, 1, "ha"), _cell(2, 2, "%"), _cell(2, 3, "ha "), _cell(2, 4, "% "),
        _cell(3, 0, "Terraces"), _cell(3, 1, "5"), _cell(3, 2, "1"), _cell(3, 3, "10"), _cell(3, 4, "2"),
        _cell(4, 0, "Hedges"), _cell(4, 1, "6"), _cell(4, 2, "1"), _cell(4, 3, "12"), _cell(4, 4, "2"),
    ))  # fmt: skip
    for head_rows in (None, 1):
        made = Grid(grid.cells, head_rows=head_rows)
        rows = [passage for passage in assemble([Block("table", grid=made)]).passages if passage.kind == "table_row"]
        assert [row.cells[0].text for row in rows] == ["Terraces", "Hedges"]
        assert rows[0].cells[4].heads == ("Land treated", "2030", "% ")


@pytest.mark.parametrize(
    ("texts", "depths"),
    [
        (("1. Setting", "2. Targets", "Target 1. Forests", "Target 2: Wetlands", "3. Means"), (0, 0, 1, 1, 0)),
        (("National targets", "Target 1", "Target 2", "Follow-up"), (0, 1, 1, 0)),
        (("Contexte", "Cible 1", "Cible 2"), (0, 0, 0)),
        (("Goal A. Nature", "Target A.1 Forests", "Goal B. People", "Target B.1"), (0, 1, 0, 1)),
        (("Objetivos", "Objetivo 1", "Meta 1.1", "Meta 1.2", "Objetivo 2"), (0, 1, 2, 2, 1)),
        (("2. Land", "2.1 Forests", "2.2 Range", "3. Water"), (0, 1, 1, 0)),
        (("Plan 2030", "Target 2030", "Objective 50 %"), (0, 0, 0)),
    ],
)
def test_headings_set_alike_nest_by_number_and_label(texts: tuple[str, ...], depths: tuple[int, ...]) -> None:
    reading = assemble([Block("heading", text, 2) for text in texts])
    assert tuple(len(passage.headings) for passage in reading.passages) == depths


def test_marked_levels_outrank_numbers() -> None:
    reading = assemble(
        [Block("heading", "Target 1", 1), Block("heading", "2. Targets", 2), Block("heading", "Goal 2", 1)]
    )
    assert [len(passage.headings) for passage in reading.passages] == [0, 1, 0]


def test_heads_above_ticks() -> None:
    assert _heads(("Activity", "Q1", "Q2"), ("Plant", "x", ""), ("Protect", "", "x")) == ["Activity", "Q1", "Q2"]


def test_the_caption_stands_right_above_the_table() -> None:
    table = Block("table", grid=_table(("Technique", "2030 (ha)"), ("Zaï", "5 000"), ("Half-moons", "700")))
    styled = Block("paragraph", "Areas to be treated", marker="caption")
    for above, caption in ((Block("paragraph", "Tableau 2. Superficies"), "Tableau 2. Superficies"),
                           (styled, "Areas to be treated"), (Block("paragraph", "As said above."), "")):  # fmt: skip
        reading = assemble([Block("paragraph", "Table 1: before."), above, table, table])
        rows = [passage.caption for passage in reading.passages if passage.kind == "table_row"]
        assert rows == [caption, caption, "", ""]
