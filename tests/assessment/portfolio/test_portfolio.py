"""A portfolio gives each row what `advise` gives that assessment, whatever form it comes in."""

import csv
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as parquet
import pytest
from typer.testing import CliRunner, Result

from assessment.portfolio import batches
from assessment.portfolio.batches import TableError
from assessment.portfolio.cells import Cell, Column
from assessment.portfolio.read import tables as reading
from assessment.portfolio.run import run
from assessment.portfolio.score_columns import Scale, Total
from assessment.portfolio.write.empty import write_empty
from assessment.scoring import CAP, FEWEST, Counted, score_range, shown
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Band, Number
from knowledge.renames import Renamed
from rules.model import RuleBase
from rules.sampling import random_answer
from tests.support.amounts import LONG, amount
from tests.support.portfolio_tables import (
    BASE,
    KNOWLEDGE,
    NUMBER,
    ONE,
    QUESTIONS,
    SEVERAL,
    as_table,
    one_by_one,
    read_outcome,
    sample,
    some_rows,
    write_source,
)
from ui.cli.main import app

pytestmark = pytest.mark.slow

MOST = 11
"""So many options of a question are tried: all, but for the long lists of acts."""


def each_answer() -> list[Answers]:
    """Rows in which each answer stands eight times, beside others of other questions; in the long build alone too."""
    random = Random(4)
    full = {question.id: random_answer(question, random) for question in QUESTIONS}
    tried: dict[str, list[Answer]] = {}
    for question in QUESTIONS:
        options = random.sample(question.options, min(MOST, len(question.options)))
        tried[question.id] = [
            UNKNOWN,
            *([NOT_APPLICABLE] if question.not_applicable else []),
            *((option.id,) if question.kind == "several" else option.id for option in options),
        ]
    rows = [{**full, question: one} for question, some in tried.items() for one in some] if LONG else []
    for _ in range(amount(3, 8)):
        mixed = {question: random.sample(answers, len(answers)) for question, answers in tried.items()}
        longest = max(map(len, mixed.values()))
        rows += [{key: some[place % len(some)] for key, some in mixed.items()} for place in range(longest)]
    return rows


@pytest.mark.parametrize(
    ("source", "output"),
    [(".parquet", ".parquet"), (".csv", ".csv"), (".xlsx", ".xlsx"), (".folder", ".parquet"), (".csv", ".xlsx")],
)
def test_each_row_gets_what_it_would_get_alone(source: str, output: str, tmp_path: Path) -> None:
    rows, alone = sample(seed=amount(1, len(source + output)))
    outcome = run(write_source(rows, source, tmp_path), tmp_path / f"outcome{output}", BASE)
    found = read_outcome(tmp_path / f"outcome{output}")
    assert outcome.summary.rows == len(found) == len(rows) and outcome.problems is None
    for number, (row, right) in enumerate(zip(found, alone, strict=True)):
        labels = (f"{number:04d}", f"company {number}") if source == ".folder" else (f"company {number}", None)
        assert (row.pop("id"), row.pop("title")) == labels
        assert row == right


def test_any_single_answer_gets_what_it_would_get_alone(tmp_path: Path) -> None:
    """Over answers that leave nothing open, so that each answer shows in the scores; some acts of each list."""
    rows = each_answer()
    run(write_source(rows, ".parquet", tmp_path), tmp_path / "o.parquet", BASE)
    for row, right in zip(read_outcome(tmp_path / "o.parquet"), one_by_one(rows), strict=True):
        assert {key: row[key] for key in right} == right


def test_long_tables_are_read_in_pieces_and_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH_ROWS", amount(500, batches.BATCH_ROWS))
    monkeypatch.setattr(reading, "BLOCK", amount(40_000, reading.BLOCK))
    rows = [{key: answer for key, answer in row.items() if not key.startswith("acts.")} for row in some_rows(10)]
    table = as_table(rows)
    count = 2 * reading.BATCH_ROWS + 5
    places = np.random.default_rng(1).integers(0, len(rows), count)
    long = table.take(pa.array(places)).set_column(0, "id", pa.array(places).cast(pa.string()))
    right = one_by_one(rows)
    for form in (".parquet", ".csv"):
        source = tmp_path / f"long{form}"
        parquet.write_table(long, source) if form == ".parquet" else pyarrow.csv.write_csv(long, source)
        assert form == ".parquet" or source.stat().st_size > reading.BLOCK
        run(source, tmp_path / "o.parquet", BASE)
        found = parquet.read_table(tmp_path / "o.parquet")
        assert found["id"].to_pylist() == [str(place) for place in places]
        lowest = found["overall.lowest"].to_pylist()
        assert lowest == [right[place]["overall.lowest"] for place in places]


def test_cells_may_be_written_in_different_ways(tmp_path: Path) -> None:
    first, second = [option.id for option in SEVERAL.options if not option.exclusive][:2]
    low = NUMBER.number.minimum if NUMBER.number else 0
    names = pa.DictionaryArray.from_arrays(pa.array([0, 0, 0]), pa.array([ONE.options[0].id, "never used, no answer"]))
    table = pa.table(
        {
            f" {SEVERAL.id} ": [f"{first};{second}", f" {second} | {first} |", f"{second};{first}"],
            NUMBER.id: pa.array([low, float(low), low], pa.float64()),
            ONE.id: names,
        }
    )
    parquet.write_table(table, tmp_path / "t.parquet")
    outcome = run(tmp_path / "t.parquet", tmp_path / "o.parquet", BASE)
    rows = read_outcome(tmp_path / "o.parquet")
    assert outcome.problems is None and [row.pop("id") for row in rows] == ["2", "3", "4"]
    assert rows[0] == rows[1] == rows[2]
    answers: Answers = {SEVERAL.id: (first, second), NUMBER.id: low, ONE.id: ONE.options[0].id}
    assert {key: rows[0][key] for key in rows[0] if key != "title"} == one_by_one([answers])[0]


def test_former_ids_count_as_the_present_ones(tmp_path: Path) -> None:
    option = ONE.options[0].id
    renamed = (Renamed(question="old.name", to=ONE.id), Renamed(question=ONE.id, option="old-option", to=option))
    base = RuleBase(BASE.rules, replace(KNOWLEDGE, renamed=renamed))
    for number, table in enumerate(({"old.name": ["old-option"]}, {ONE.id: [option]})):
        parquet.write_table(pa.table(table), tmp_path / f"{number}.parquet")
        assert run(tmp_path / f"{number}.parquet", tmp_path / f"o{number}.parquet", base).problems is None
    assert parquet.read_table(tmp_path / "o0.parquet") == parquet.read_table(tmp_path / "o1.parquet")


@pytest.mark.parametrize("form", [".csv", ".xlsx"])
def test_the_empty_table_can_be_filled_in_and_explains_every_value(form: str, tmp_path: Path) -> None:
    files = write_empty(tmp_path / f"t{form}", KNOWLEDGE, "en")
    with pytest.raises(TableError, match="already exists"):
        write_empty(tmp_path / f"t{form}", KNOWLEDGE, "en")
    if form == ".csv":
        with files[0].open("a", encoding="utf-8") as file:
            file.write("me," + "," * len(QUESTIONS) + "\n")
        explained = {tuple(line[:4:3]) for line in csv.reader(files[1].open(encoding="utf-8-sig", newline=""))}
    else:
        book = openpyxl.load_workbook(files[0])
        book.worksheets[0].append(["me"])
        explained = {(row[0], row[3]) for row in book.worksheets[1].iter_rows(values_only=True)}
        book.save(files[0])
    assert explained >= {(one.id, option.id) for one in QUESTIONS for option in one.options}
    assert explained >= {(one.id, UNKNOWN) for one in QUESTIONS}
    outcome = run(files[0], tmp_path / "o.parquet", BASE)
    assert outcome.problems is None
    row = read_outcome(tmp_path / "o.parquet")[0]
    assert {key: row[key] for key in row if key not in ("id", "title")} == one_by_one([{}])[0]


def test_the_formula_gives_columns_and_single_cases_the_same_and_the_true_extremes() -> None:
    random = Random(8)
    bands = [Band(at_least=place, points=points) for place, points in enumerate([0, 0.25, 0.3, 0.5, 0.75, 1])]
    wanted = next(one for one in KNOWLEDGE.questions.values() if one.number)
    number = Number(minimum=0, maximum=9, unit=wanted.text, bands=tuple(bands))
    count = FEWEST + 3
    scale = Scale([wanted.model_copy(update={"id": f"s.q{place}", "number": number}) for place in range(count)])
    for _ in range(60):
        rows = [
            [
                Counted(*sorted((random.choice([0, 0.25, 0.5, 1]), random.choice([0, 0.3, 0.75]))),
                        random.random() < 0.7)
                for _ in range(count)
            ]
            for _ in range(8)
        ]  # fmt: skip
        sure = [random.random() < 0.3 for _ in rows]
        total = Total(scale, len(rows))
        for items in zip(*rows, strict=True):
            cells = [
                Cell((), ((0.0,) * 4, (0.0,) * 4, (one.lowest, one.highest, 1.0, float(one.certain)))) for one in items
            ]
            total.add(Column(cells, np.arange(len(rows))), None)
        lowest, highest = (end.scores for end in total.scores(np.array(sure), np.array(sure)))
        for place, row in enumerate(rows):
            if sum(one.certain for one in row) < FEWEST:
                assert np.isnan(lowest[place]) and np.isnan(highest[place])
                continue
            low, high = score_range(row, sure[place], sure[place])
            certain, open_ = [x for x in row if x.certain], [x for x in row if not x.certain]
            choices = [[*certain, *some] for n in range(len(open_) + 1) for some in combinations(open_, n)]
            cap = CAP if sure[place] else 100
            for found, column, ends in (
                (low, lowest, [sum(one.lowest for one in some) / len(some) for some in choices]),
                (high, highest, [sum(one.highest for one in some) / len(some) for some in choices]),
            ):
                best = min(ends) if column is lowest else max(ends)
                assert shown(found)[0] == column[place]
                assert found == pytest.approx(min(100 * best, cap))


def command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["portfolio", *map(str, arguments)])


def test_the_command_writes_outcome_and_report_or_one_line(tmp_path: Path) -> None:
    source = write_source(some_rows(6), ".csv", tmp_path)
    output, page = tmp_path / "o.parquet", tmp_path / "report.html"
    found = command(source, "-o", output, "--report", page, "--lang", "en")
    assert found.exit_code == 0 and found.stderr == "" and str(output) in found.stdout
    assert "<table" in page.read_text(encoding="utf-8")
    again = command(source, "-o", tmp_path / "o.xlsx", "--report", page, "--before", output, "--minimum", "3")
    assert again.exit_code == 0 and 'id="change"' in page.read_text(encoding="utf-8")
    assert command("--template", tmp_path / "t.xlsx").exit_code == 0 and (tmp_path / "t.xlsx").exists()
    nowhere = tmp_path / "no" / "o.csv"
    for wrong in (
        (),
        (source,),
        (source, "-o", tmp_path / "o.txt"),
        (source, "-o", nowhere),
        (nowhere, "-o", tmp_path / "n.csv"),
        (source, "-o", output, "--before", source),
    ):
        told = command(*wrong)
        assert told.exit_code == 2 and told.stdout == "" and len(told.stderr.strip().splitlines()) == 1
