"""A frame is scored as the same table in a file is, keeps its labels, and says what it understood and left out."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assessment.portfolio.batches import TableError
from assessment.portfolio.frames import assess_frame, examine_frame, no_results
from assessment.portfolio.read import tables
from assessment.portfolio.read.cell_text import cell_text
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.read.watch import Watch
from assessment.portfolio.run import run
from knowledge.text import LANGUAGES, Language
from tests.support.own_tables import FREE, ONE, SEVERAL, SHARE, by_ids, by_labels
from tests.support.portfolio_tables import BASE, problems_of, some_rows, write_source

pytestmark = pytest.mark.slow


def test_a_frame_gives_what_the_same_table_in_a_file_gives(tmp_path: Path) -> None:
    rows = some_rows(40)
    run(write_source(rows, ".parquet", tmp_path), tmp_path / "o.parquet", BASE)
    table = pd.DataFrame(rows, index=range(100, 100 + len(rows)))  # choices as tuples, numbers as float beside words
    table.insert(0, "id", [f"company {number}" for number in range(len(rows))])
    in_file = pd.read_parquet(tmp_path / "o.parquet")
    results = assess_frame(table)
    assert len(results) == len(in_file) > 30
    assert results.index.equals(table.index)
    assert [*results.columns] == [*in_file.columns]
    assert results.astype(object).where(results.notna(), None).to_numpy().tolist() == (
        in_file.astype(object).where(in_file.notna(), None).to_numpy().tolist()
    )
    assert results.dtypes.equals(no_results().dtypes)


def test_what_no_batch_knows_by_itself_is_told_once_for_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["a", "b", "a", "c", "d", "a", "e"]
    table = pd.DataFrame({"id": names, ONE.id: ONE.options[0].id})
    table.to_parquet(tmp_path / "t.parquet")
    monkeypatch.setattr(tables, "BATCH_ROWS", 2)
    outcome = run(tmp_path / "t.parquet", tmp_path / "o.parquet", BASE, "en")
    told = problems_of(tmp_path / "o.parquet")
    assert [row for row, *_ in told] == ["4", "7"], "the rows with an id that came before"
    assert outcome.problem_count == len(told) and outcome.summary.rows == len(names)
    whole = examine_frame(table.set_axis(range(2, 9)), language="en")
    assert {*whole.problems.itertuples(index=False, name=None)} == {*told}
    assert whole.questions["asked"].to_dict() == outcome.summary.asked
    assert whole.results.attrs == outcome.summary.versions
    watch, note = Watch("en"), pd.DataFrame([("", "x", "'ja' was read as 'yes'")])
    assert [len([*watch.told(note, no_results())]) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_and_question_texts_are_understood_as_in_a_file(language: Language) -> None:
    by_text, by_id = by_labels(language), by_ids()
    examined = examine_frame(pd.DataFrame(by_text[1:], columns=by_text[0]), language=language)
    plain = assess_frame(pd.DataFrame(by_id[1:], columns=by_id[0]))
    assert examined.results.drop(columns=["id", "title"]).equals(plain.drop(columns=["id", "title"]))
    assert examined.columns["question"].tolist() == ["title", ONE.id, SEVERAL.id, SHARE.id]
    assert examined.columns["how"].tolist() == ["text"] * 4
    assert (examined.results["title"].tolist(), plain["id"].tolist()) == (["a", "b", "c"], ["a", "b", "c"])


def test_what_is_wrong_is_told_by_the_label_of_its_row_and_the_others_count() -> None:
    several = [[FREE[0].id, FREE[2].id], {FREE[1].id}, None, "nonsense", None]
    table = pd.DataFrame({
        SEVERAL.id: several, SHARE.id: [40.0, np.nan, 12.5, 3.0, np.nan], "x": "y",
    }, index=["one", "two", "three", "four", "empty"])  # fmt: skip
    with pytest.warns(UserWarning, match="3 of 5 rows left out, 3 notes"):
        assert [*assess_frame(table).index] == ["one", "two"]
    examined = examine_frame(table, language="en")
    assert set(zip(examined.problems["row"], examined.problems["column"], strict=True)) == {
        ("", "x"), ("three", SHARE.id), ("four", SEVERAL.id),
    }  # fmt: skip
    assert "not used" in examined.problems["note"].iloc[0]
    assert examined.results["id"].tolist() == ["one", "two"]


def test_levels_of_names_a_column_per_choice_and_a_mapping() -> None:
    names = [("group", f"{SEVERAL.id}/{FREE[0].id}"), ("group", f"{SEVERAL.id}/{FREE[1].id}"), ("group", "Eigen")]
    table = pd.DataFrame([[True, False, "veel"], [0, 1, "weinig"]], columns=pd.MultiIndex.from_tuples(names))
    mapping = TableMapping(columns={"group/Eigen": SHARE.id}, values={SHARE.id: {"veel": "40", "weinig": "5"}})
    plain = pd.DataFrame({SEVERAL.id: [FREE[0].id, FREE[1].id], SHARE.id: [40, 5]})
    assert examine_frame(table, mapping).results.equals(assess_frame(plain))


def test_a_frame_that_is_about_nothing_or_twice_the_same_is_refused() -> None:
    with pytest.raises(TableError, match="a column per question"):
        assess_frame(pd.DataFrame({"a": [1]}))
    with pytest.raises(TableError, match="each column once"):
        assess_frame(pd.DataFrame({ONE.id: ["x"], ONE.text.nl: ["x"]}))
    assert not len(assess_frame(pd.DataFrame({ONE.id: pd.Series([], dtype="string")})))


def test_values_are_the_text_that_people_would_have_typed() -> None:
    given = [True, np.bool_(False), 3, np.int64(3), 3.0, np.float32(3), 0.25, np.nan, None, pd.NaT, pd.NA, "", "a\0",
             ["a", "b"], (), pd.Timestamp(2026, 1, 2)]  # fmt: skip
    assert [*map(cell_text, given)] == [
        "TRUE", "FALSE", "3", "3", "3", "3", "0.25", None, None, None, None, None, "a",
        "a;b", None, "2026-01-02 00:00:00",
    ]  # fmt: skip
