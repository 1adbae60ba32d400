"""A group's files as they are uploaded: scored like a folder or a table, and refused with words."""

from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from assessment.portfolio.batches import TableError
from assessment.portfolio.read import uploads
from assessment.portfolio.read.uploads import File, empty_table, former_summary, results, score
from knowledge.condition import UNKNOWN
from tests.support.portfolio_tables import BASE, KNOWLEDGE, ONE, one_by_one, some_rows, write_source

pytestmark = pytest.mark.slow

ROWS = some_rows(6)
alone = cache(lambda: one_by_one(ROWS))


def answer_files(folder: Path) -> list[File]:
    write_source(ROWS, "", folder)
    return [File(path.name, path.read_bytes()) for path in sorted((folder / "answers").iterdir())]


@pytest.mark.parametrize("form", ["", ".csv", ".xlsx"])
def test_files_and_tables_give_the_same_numbers(form: str, tmp_path: Path) -> None:
    if form:
        path = write_source(ROWS, form, tmp_path)
        files = [File(path.name, path.read_bytes())]
    else:
        files = answer_files(tmp_path)
    done: list[float] = []
    scored = score(files, BASE, "nl", done.append)
    right = alone()
    summary = scored.outcome.summary
    assert summary.rows == len(ROWS) and not scored.refused and done == sorted(done) and done[-1] == 1
    assert summary.with_safety == sum(row["open_safety_findings"] > 0 for row in right)
    assert sum(summary.lessons.values()) == sum(len(row["lessons"]) for row in right)
    assert former_summary(File("toen.parquet", scored.table)).lessons == summary.lessons
    sheet = openpyxl.load_workbook(BytesIO(results(files, ".xlsx", BASE, "nl"))).worksheets[0]
    assert sheet.max_row == len(ROWS) + 1
    assert results(files, ".csv", BASE, "nl").count(b"\n") == len(ROWS) + 1


def test_what_is_wrong_is_listed_and_the_rest_is_scored(tmp_path: Path) -> None:
    good = answer_files(tmp_path)
    bad = File("fout.yaml", f"title: x\nanswers: {{{ONE.id}: nonsense}}\n".encode())
    scored = score([*good, bad], BASE, "nl")
    assert scored.outcome.summary.rows == len(ROWS)
    assert [one.row for one in scored.refused] == ["fout.yaml"] and ONE.id in scored.refused[0].reason
    assert b"fout.yaml" in scored.problems


def test_names_lead_nowhere_else_and_equal_names_do_not_overwrite(tmp_path: Path) -> None:
    content = f"title: x\nanswers: {{{ONE.id}: {UNKNOWN}}}\n".encode()
    names = ["a.yaml", "a.yaml", "../../etc/a.yaml", "C:\\x\\a.yaml", ".a.yaml", "=cmd.yaml", "é" * 300 + ".yaml"]
    assert score([File(name, content) for name in names], BASE, "en").outcome.summary.rows == len(names)


@pytest.mark.parametrize(
    "files",
    [
        [],
        [File("a.csv", b"id\n"), File("b.csv", b"id\n")],
        [File("a.csv", b"id\n"), File("a.yaml", b"title: x\n")],
        [File("a.exe", b"MZ")],
        [File("a.csv", b"no,question\n1,2\n")],
        [File("a.xlsx", b"no workbook")],
        [File("a.yaml", b"title: [")],
    ],
)
def test_what_cannot_be_scored_is_refused_without_a_place_on_this_computer(files: list[File]) -> None:
    with pytest.raises(TableError) as refused:
        score(files, BASE, "nl")
    for text in (refused.value.text.nl, refused.value.text.en):
        assert text and "/tmp" not in text and "tmp" not in text


def test_too_many_or_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = f"title: x\nanswers: {{{ONE.id}: {UNKNOWN}}}\n".encode()
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    assert score([File("a.yaml", content)] * 2, BASE, "nl")
    with pytest.raises(TableError, match="at most 2 files"):
        score([File("a.yaml", content)] * 3, BASE, "nl")
    monkeypatch.setattr(uploads, "MOST_BYTES", len(content))
    with pytest.raises(TableError, match="at most"):
        score([File("a.yaml", content)] * 2, BASE, "nl")


def test_the_empty_table_can_be_filled_and_scored() -> None:
    book = openpyxl.load_workbook(BytesIO(empty_table(KNOWLEDGE, "en")))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert names[2:] == [*KNOWLEDGE.questions]
    sheet.cell(2, 1 + names.index(ONE.id), ONE.options[0].id)
    filled = BytesIO()
    book.save(filled)
    assert score([File("ingevuld.xlsx", filled.getvalue())], BASE, "nl").outcome.summary.rows == 1
