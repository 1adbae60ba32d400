"""Every reader of a file tells what is unexpected as a damaged file, in few lines, and in work that grows with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.answers.files import AnswerFileError, read
from assessment.portfolio.batches import TableError
from assessment.portfolio.preview import preview
from assessment.portfolio.read.mapping import read_mapping
from assessment.portfolio.run import run
from assessment.portfolio.summary import read_former
from assessment.sheets.writers import ReferenceDocumentError
from assessment.sheets.writers.word.reference import empty_copy
from assessment.store import Store, StoreError
from assessment.training.own_cases import read_case
from knowledge.base import knowledge_base
from knowledge.yaml_files import MOST_PROBLEMS, ContentError, read_text
from rules.model import rule_base
from tests.support.amounts import LONG
from tests.support.databases import sqlite_url
from tests.support.foreign_word import document
from tests.support.hard_files import HARD, cell, sheet
from tests.support.mutated_files import complaint, sound
from tests.support.steps import TooManySteps, at_most
from ui.parts.answer_upload import read_upload

pytestmark = pytest.mark.slow

NO_TEXT = b"\x00\xff\xfe PK\x03\x04"
KEYS = (
    "answers: {? [a, b] : x}",
    "? {a: b}\n: c",
    "? [a]\n: c",
    "answers: {? {a: b} : x}",
    "notes: {[]: x}\nanswers: {}",
)


@pytest.mark.parametrize("text", KEYS)
def test_a_key_that_is_no_word_is_told_with_its_line(text: str) -> None:
    with pytest.raises(AnswerFileError, match=r"x\.yaml:1: a list or a group stands here in the place of an id"):
        read((text, "x.yaml"), knowledge_base(), "en")


@pytest.mark.parametrize("name", HARD if LONG else list(HARD)[::2])
def test_a_file_that_is_sixteen_times_smaller_than_what_is_let_in_is_read_at_once(name: str, tmp_path: Path) -> None:
    hard = HARD[name]
    path = tmp_path / f"given{hard.suffix}"
    path.write_bytes(hard.made(hard.most >> 4))
    sound()
    with at_most():
        assert complaint(path) == ""


def test_work_that_grows_with_the_square_is_noticed() -> None:
    with at_most(1_000):
        assert [len("x") for _ in range(900)]
    with pytest.raises(TooManySteps), at_most(1_000):
        assert [len("x") for _ in range(40) for _ in range(40)]


@pytest.mark.parametrize("before", ["answers:\n", "answers: {}\nnotes:\n", "story: x\n"])
def test_few_mistakes_are_told_however_many_there_are(before: str) -> None:
    indent = "" if "story" in before else "  "
    text = before + "".join(f"{indent}k{number}: x\n" for number in range(8_000))
    with at_most(), pytest.raises(AnswerFileError) as refused:
        read((text, "x.yaml"), knowledge_base())
    assert len(refused.value.problems) == MOST_PROBLEMS + 1
    assert str(refused.value).count("\n") == MOST_PROBLEMS


def test_a_file_of_a_hundred_thousand_unknown_keys_ends_soon() -> None:
    text = "answers:\n" + "".join(f"  k{number}: x\n" for number in range(100_000))
    with at_most(), pytest.raises(AnswerFileError, match="words and groups"):
        read((text, "x.yaml"), knowledge_base(), "en")


@pytest.mark.parametrize(
    "row",
    [cell(2, "x" * 20_000_000), f"<!--{'<row>' * 10}-->" + cell(2, "x"), cell(2, "<![CDATA[<row>]]>")],
    ids=["a cell of 20 MB", "a comment", "unparsed text"],
)  # fmt: skip
def test_a_workbook_that_unpacks_to_one_large_row_is_refused(row: str, tmp_path: Path) -> None:
    path = tmp_path / "given.xlsx"
    path.write_bytes(sheet(row))
    with pytest.raises(TableError, match="unpacks to too much"):
        run(path, tmp_path / "out.csv", rule_base())


def test_only_a_last_row_is_one_row(tmp_path: Path) -> None:
    path = tmp_path / "given.xlsx"
    path.write_bytes(sheet(cell(1_048_576, "Steen")))
    with at_most():
        assert run(path, tmp_path / "out.csv", rule_base()).summary.rows == 1


@pytest.mark.parametrize("first", ["core.first", "x"])
def test_a_line_of_two_hundred_thousand_columns_is_refused_soon(first: str, tmp_path: Path) -> None:
    path = tmp_path / "given.csv"
    path.write_text(",".join([first, *(f"c{number}" for number in range(200_000))]) + "\n")
    with at_most(), pytest.raises(TableError, match=r"columns; found|a column per question"):
        run(path, tmp_path / "out.csv", rule_base())


READERS: dict[str, tuple[str, Callable[[Path], object], type[Exception]]] = {
    "answer file": (
        "assessment.answers.files._answer_file",
        lambda path: read(path, knowledge_base()),
        AnswerFileError,
    ),
    "upload": (
        "assessment.answers.files._answer_file",
        lambda path: read_upload(path.name, b"answers: {}", "nl"),
        AnswerFileError,
    ),
    "YAML": ("knowledge.yaml_files._StrictLoader", lambda path: read_text("a: 1", "x.yaml"), ContentError),
    "own case": ("knowledge.yaml_files._StrictLoader", lambda path: read_case(path, knowledge_base()), AnswerFileError),
    "portfolio": (
        "assessment.portfolio.run.open_source",
        lambda path: run(path, path.with_name("out.csv"), rule_base()),
        TableError,
    ),
    "preview": (
        "assessment.portfolio.preview.open_source",
        lambda path: preview(path, knowledge_base()),
        TableError,
    ),
    "mapping": ("knowledge.yaml_files._StrictLoader", read_mapping, TableError),
    "former portfolio": ("pyarrow.parquet.ParquetFile", read_former, TableError),
    "Word": (
        "assessment.sheets.writers.word.reference._as_document",
        lambda path: empty_copy(document()),
        ReferenceDocumentError,
    ),
    "backup": (
        "assessment.store.copies._unpack",
        lambda path: Store(sqlite_url(path.parent)).copies.restore(path),
        StoreError,
    ),
}
"""What reads files of somebody else: what goes wrong inside, how to call it, and the only error that it may give."""


@pytest.mark.parametrize("problem", [LookupError, MemoryError, RecursionError, AssertionError, OverflowError])
@pytest.mark.parametrize("name", READERS)
def test_whatever_goes_wrong_inside_a_reader_is_a_damaged_file(
    name: str,
    problem: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    place, reader, told = READERS[name]

    def broken(*given: object, **more: object) -> None:
        raise problem("fatima-verraadt")

    monkeypatch.setattr(place, broken)
    path = tmp_path / "given.yaml"
    path.write_text("answers: {}")
    with pytest.raises(told) as refused:
        reader(path)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__
    assert "fatima" not in str(refused.value) and "fatima" not in caplog.text
    assert problem.__name__ in caplog.text, "whoever runs it can see what it was"


@pytest.mark.parametrize("name", [name for name in READERS if name not in ("upload", "YAML", "Word")])
def test_what_is_no_text_and_no_table_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    _, reader, told = READERS[name]
    path = tmp_path / "given.yaml"
    path.write_bytes(NO_TEXT)
    with pytest.raises(told) as refused:
        reader(path)
    assert str(refused.value) and "\n" not in str(refused.value)
