"""Workbooks as offices make them are read with the right values, or told with the cure."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.chart import BarChart

from assessment.portfolio.batches import TableError
from assessment.portfolio.run import run
from tests.support.own_tables import NUMBER, ONE, RIGHT, SEVERAL, SHARE, book, by_ids, csv_text, read_table, written
from tests.support.portfolio_tables import BASE, problems_of

pytestmark = pytest.mark.slow


def test_the_first_sheet_that_is_seen_and_names_questions_is_read(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.worksheets[0].sheet_state = "hidden"
        made.create_chartsheet(index=0).add_chart(BarChart())

    rows, told = read_table(book(tmp_path, by_ids()[:2], [["Lees dit"]], by_ids(), by_ids()[:3], change=change))
    assert rows == [*RIGHT] and [reason for *_, reason in told] == ["alleen het blad 'blad 2' is gelezen"]


def test_a_hidden_sheet_is_never_read_unasked(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.worksheets[0].sheet_state = "veryHidden"

    with pytest.raises(TableError) as refused:
        read_table(book(tmp_path, by_ids(), [["Lees dit"]], change=change))
    assert "blad 0" in refused.value.text.nl and "zichtbaar" in refused.value.text.nl


def test_merged_cells_count_for_each_row_and_are_told(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.worksheets[0].merge_cells("B2:B4")

    rows, told = read_table(book(tmp_path, by_ids(), change=change))
    assert [row[ONE.id] for row in rows] == [ONE.options[0].id] * 3
    assert [reason for *_, reason in told] == ["samengevoegde cellen: hun waarde geldt voor elk van de rijen 2-4"]


def test_a_cell_merged_over_several_questions_is_no_answer_to_the_others(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.worksheets[0].merge_cells("B2:C2")

    rows, _ = read_table(book(tmp_path, by_ids(), change=change))
    assert rows[0][ONE.id] == ONE.options[0].id and "NOT UNDERSTOOD" in str(rows[0][SEVERAL.id])


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.worksheets[0].row_dimensions[3].hidden = True

    rows, told = read_table(book(tmp_path, by_ids(), change=change))
    assert rows == [*RIGHT] and "verborgen rijen zijn ook gelezen: 3" in told[0][2]


@pytest.mark.parametrize(
    ("value", "form", "right"),
    [
        (1, "0%", 100), (0.4, "0%", 40), (0.4, "0.0 %", 40), (1, "General", 1), (40, '0" %"', 40), (40, "0\\%", 40),
        (12.0, "0.00", 12), ("40 %", "General", 40), ("12,0", "@", 12),
        (0.125, "0.0%", None), (0.4, "General", None), (12.5, "General", None), (True, "General", None),
        (datetime(2026, 1, 2), "yyyy-mm-dd", None), (3, "dd-mm", None),
    ],
)  # fmt: skip
def test_a_percentage_is_read_as_it_is_shown(value: object, form: str, right: int | None, tmp_path: Path) -> None:
    def change(made: Any) -> None:
        cell = made.worksheets[0].cell(2, 4, value)
        cell.number_format = form

    rows, _ = read_table(book(tmp_path, by_ids(), change=change))
    found = rows[0][SHARE.id]
    assert found == right if right is not None else str(found).startswith("NOT UNDERSTOOD")


def test_one_beside_parts_of_one_is_not_taken_for_one_per_cent(tmp_path: Path) -> None:
    lines = [["id", SHARE.id], ["a", "0,4"], ["b", "1"], ["c", "0"], ["d", "unknown"]]
    outcome = run(written(tmp_path, csv_text(lines)), tmp_path / "o.csv", BASE)
    assert outcome.summary.rows == 2
    found = problems_of(tmp_path / "o.csv")
    assert [row for row, *_ in found] == ["2", "3"] and "100 %" in found[1][2]


def test_a_number_that_can_be_read_in_two_ways_is_told(tmp_path: Path) -> None:
    lines = [["id", NUMBER.id], ["a", "1.000"], ["b", str(NUMBER.number.minimum if NUMBER.number else 0)]]
    run(written(tmp_path, csv_text(lines)), tmp_path / "o.csv", BASE)
    assert [(row, "1000 zonder punt" in reason) for row, _, reason in problems_of(tmp_path / "o.csv")] == [("2", True)]


def test_a_formula_without_a_stored_value_is_told(tmp_path: Path) -> None:
    def change(made: Any) -> None:
        made.worksheets[0]["B2"] = "=B3"

    rows, _ = read_table(book(tmp_path, by_ids(), change=change))
    assert rows[0][ONE.id] == "NOT UNDERSTOOD: =" and rows[1:] == [*RIGHT[1:]]
