"""What is not in order in a table is told, not guessed; nothing in a table is ever run."""

import zipfile
from pathlib import Path
from random import Random

import openpyxl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as parquet
import pytest

from assessment.portfolio import batches
from assessment.portfolio.batches import TableError
from assessment.portfolio.read import spreadsheet, workbook_size
from assessment.portfolio.read import tables as reading
from assessment.portfolio.run import run
from knowledge.condition import UNKNOWN
from tests.support.portfolio_tables import (
    BASE,
    NUMBER,
    ONE,
    SEVERAL,
    problems_of,
    read_outcome,
    some_rows,
    write_source,
)

pytestmark = pytest.mark.slow


def test_what_is_not_in_order_is_told_with_row_column_and_reason_and_the_rest_is_done(tmp_path: Path) -> None:
    source, output = tmp_path / "t.csv", tmp_path / "o.csv"
    lines = [
        f"id;{ONE.id};=own;{NUMBER.id};{SEVERAL.id}",
        f"a;{UNKNOWN};;;",
        "b;nonsense;;1e9;",
        ";;;;",
        f"c;{UNKNOWN}",
        f'=cmd;{UNKNOWN};;;"{SEVERAL.options[0].id};nonsense"',
        f"=1+1;{UNKNOWN};;;",
    ]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    outcome = run(source, output, BASE, "en")
    assert outcome.summary.rows == 2 and [row["id"] for row in read_outcome(output)] == ["a", "'=1+1"]
    found = problems_of(output)
    assert sorted((row, column) for row, column, _ in found) == sorted(
        [("", "'=own"), ("3", ONE.id), ("3", NUMBER.id), ("5", ""), ("6", SEVERAL.id)]
    )
    assert all(reason for *_, reason in found) and outcome.problem_count == 5
    source.write_text("\n".join(lines[:2]).replace("=own", "title"), encoding="utf-8")
    assert run(source, output, BASE).problems is None
    assert not output.with_name("o.problems.csv").exists()


def test_rows_of_a_long_csv_file_are_numbered_right_behind_rows_that_cannot_be_read(tmp_path: Path) -> None:
    source, output = tmp_path / "t.csv", tmp_path / "o.parquet"
    wide = "x" * 150
    lines = [f"title,{ONE.id}", *(f"{wide},{UNKNOWN}" for _ in range(60_000))]
    wrong = [10, 20_000, 20_001, 59_990]
    for row in wrong:
        lines[row - 1] = "too,many,cells"
    lines[45_000 - 1] = f"{wide},nonsense"
    source.write_text("\n".join(lines), encoding="utf-8")
    assert source.stat().st_size > 2 * reading.BLOCK
    assert run(source, output, BASE).summary.rows == 60_000 - 5
    assert sorted(int(row) for row, *_ in problems_of(output)) == sorted([*wrong, 45_000])
    assert parquet.read_table(output)["id"].to_pylist() == [
        str(row) for row in range(2, 60_002) if row not in (*wrong, 45_000)
    ]


def test_a_folder_tells_which_file_is_wrong(tmp_path: Path) -> None:
    source = write_source(some_rows(2), ".folder", tmp_path)
    (source / "wrong.yaml").write_text(f"answers:\n  {ONE.id}: nonsense\n", encoding="utf-8")
    outcome = run(source, tmp_path / "o.parquet", BASE, "en")
    assert outcome.summary.rows == len(some_rows(2))
    assert [row for row, *_ in problems_of(tmp_path / "o.parquet")] == ["wrong.yaml"]


def test_a_formula_is_never_evaluated(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in ([ONE.id, "title"], [UNKNOWN, '=HYPERLINK("http://example.org")'], ["=A2", "a"], ['="unknown"', None]):
        book.active.append(line)
    book.save(tmp_path / "t.xlsx")
    run(tmp_path / "t.xlsx", tmp_path / "o.xlsx", BASE)
    rows = read_outcome(tmp_path / "o.xlsx")
    assert [(row["id"], row["title"]) for row in rows] == [("2", None)]  # no value was stored with them
    assert [row for row, *_ in problems_of(tmp_path / "o.xlsx")] == ["3", "4"]


def test_a_cell_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    titles = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "fine", " =1", "line\nbreak"]
    parquet.write_table(pa.table({"title": titles, ONE.id: [UNKNOWN] * len(titles)}), tmp_path / "t.parquet")
    run(tmp_path / "t.parquet", tmp_path / "o.csv", BASE)
    assert [row["title"] for row in read_outcome(tmp_path / "o.csv")] == [
        "'=1+1", "'+1", "'-1", "'@x", "'=1", "'＝1", "fine", "'=1", "line break",
    ]  # fmt: skip
    run(tmp_path / "t.parquet", tmp_path / "o.xlsx", BASE)
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(max_col=2, min_row=2) for cell in row} == {"s"}


def refused(source: Path, told: str, output: str = "o.parquet") -> None:
    with pytest.raises(TableError, match=told):
        run(source, source.parent / output, BASE)
    assert not (source.parent / output).exists()
    assert not list(source.parent.glob(".o-*"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".txt", ".yaml"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", Random(1).randbytes(50_000), b"PK\x03\x04" + b"x" * 500])
def test_what_is_no_table_is_refused(suffix: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / f"t{suffix}").write_bytes(content)
    refused(tmp_path / f"t{suffix}", f"t{suffix}: ")


def test_tables_that_are_not_in_order_as_a_whole_are_refused(tmp_path: Path) -> None:
    def table(text: str) -> Path:
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        return tmp_path / "t.csv"

    refused(table("id,title\na,b\n"), "a column per question")
    refused(table(f"{ONE.id}, {ONE.id}\nx,y\n"), "each column once")
    refused(table(",".join(f"c{number}" for number in range(2001)) + f",{ONE.id}\n"), "at most 2000 columns")
    refused(table(f"{ONE.id}\n"), "there is no assessment in it")
    refused(table(f"{ONE.id}\nnonsense\n"), "not one row")
    refused(table(f"{ONE.id}\n{UNKNOWN}\n"), "expected: a name that ends in", "o.txt")
    refused(table(f"title,{ONE.id}\n{'x' * (2 * reading.BLOCK)},{UNKNOWN}\n"), "cannot be read as a table")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "a folder with answer files")
    refused(tmp_path / "missing.csv", "cannot be read")
    parquet.write_table(pa.table({ONE.id: [[UNKNOWN]]}), tmp_path / "list.parquet")
    refused(tmp_path / "list.parquet", "text or numbers")
    with pytest.raises(TableError, match="another name"):
        run(table(f"{ONE.id}\n{UNKNOWN}\n"), tmp_path / "t.csv", BASE)


def test_too_many_rows_or_bytes_are_refused(tmp_path: Path) -> None:
    nothing = pa.nulls(batches.MAXIMUM_ROWS + 1, pa.string())
    parquet.write_table(pa.table({ONE.id: nothing}), tmp_path / "t.parquet")
    refused(tmp_path / "t.parquet", "at most 5000000 rows")
    with (tmp_path / "t.csv").open("wb") as file:
        file.truncate(spreadsheet.MAXIMUM_BYTES + 1)
    refused(tmp_path / "t.csv", "at most 200 MB")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/media/image1.png"])
def test_a_zip_bomb_is_refused(part: str, tmp_path: Path) -> None:
    write_source(some_rows(1), ".xlsx", tmp_path)
    with (
        zipfile.ZipFile(tmp_path / "answers.xlsx", "a", zipfile.ZIP_DEFLATED) as book,
        book.open(part, "w", force_zip64=True) as stream,
    ):
        for _ in range(workbook_size.MAXIMUM_KEPT // 1_000_000 + 1):
            stream.write(b" " * 1_000_000)
    assert (tmp_path / "answers.xlsx").stat().st_size < 1_000_000
    refused(tmp_path / "answers.xlsx", "unpacks to too much")
