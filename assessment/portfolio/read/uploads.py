"""Scores what a user hands over as files, in a folder that is gone afterwards."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from assessment.csv_form import SEPARATORS
from assessment.portfolio.batches import NothingInOrderError, TableError
from assessment.portfolio.preview import Preview, preview
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.run import Outcome, run
from assessment.portfolio.summary import Summary, read_former
from assessment.portfolio.write.empty import write_empty
from knowledge.base import KnowledgeBase
from knowledge.private import scratch
from knowledge.text import Language
from rules.model import RuleBase

ANSWERS = (".yaml", ".yml")
TABLES = (".csv", ".tsv", ".xlsx")
MOST_FILES = 1_000
MOST_BYTES = 20_000_000
"""Of all files together: they are held in memory."""


class File(NamedTuple):
    """A file with its name and what is in it."""

    name: str
    content: bytes


class Refused(NamedTuple):
    """What is wrong with one row, column or file, in words."""

    row: str
    column: str
    reason: str


def is_table(file: File) -> bool:
    """Whether this is a table by its name, and no answer file."""
    return Path(file.name).suffix.lower() in TABLES


@dataclass(frozen=True)
class Scored:
    """A portfolio that was scored: its numbers, the table of results in Parquet, and what was left out and why.

    `problems` is the file that lists what was left out; empty where nothing was.
    """

    outcome: Outcome
    table: bytes
    refused: tuple[Refused, ...]
    problems: bytes


class NothingScoredError(TableError):
    """Not one row is in order; `refused` and `problems` say why, as in `Scored`."""

    def __init__(self, refused: tuple[Refused, ...], problems: bytes):
        self.refused, self.problems = refused, problems
        if refused:
            super().__init__(
                "geen enkele rij is in orde; hieronder staat waarom", "not one row is in order; see below why"
            )
        else:
            super().__init__("er staat geen enkele beoordeling in", "there is no assessment in it")


def score(
    files: Sequence[File],
    base: RuleBase,
    language: Language,
    progress: Callable[[float], None] = lambda done: None,
    mapping: TableMapping | None = None,
) -> Scored:
    """Score one table, or any number of answer files.

    Raises:
        NothingScoredError: not one row is in order.
        TableError: the files are neither, or are too many or too large.
    """
    with _scored(files, ".parquet", base, language, progress, mapping) as (outcome, output):
        problems = outcome.problems.read_bytes() if outcome.problems is not None else b""
        return Scored(outcome, output.read_bytes(), tuple(_refused(problems, language)), problems)


def results(
    files: Sequence[File], form: str, base: RuleBase, language: Language, mapping: TableMapping | None = None
) -> bytes:
    """The table of results of files that were scored before, as .csv or .xlsx.

    Raises:
        TableError: as for `score`.
    """
    with _scored(files, form, base, language, lambda done: None, mapping) as (_, output):
        return output.read_bytes()


def look(file: File, knowledge: KnowledgeBase, mapping: TableMapping | None = None) -> Preview:
    """How a table is understood, before it is scored.

    Raises:
        TableError: it cannot be read.
    """
    _check([file])
    with scratch() as folder:
        path = folder / _plain(file.name)
        path.write_bytes(file.content)
        try:
            return preview(path, knowledge, mapping)
        except TableError as error:
            raise TableError(*(_without(str(folder), one) for one in (error.text.nl, error.text.en))) from None


def empty_table(knowledge: KnowledgeBase, language: Language) -> bytes:
    """A workbook to fill in, with an explanation of its columns."""
    with scratch() as folder:
        (made,) = write_empty(folder / "empty.xlsx", knowledge, language)
        return made.read_bytes()


def former_summary(file: File) -> Summary:
    """The numbers of a portfolio whose table was kept as Parquet.

    Raises:
        TableError: it is no such file.
    """
    with scratch() as folder:
        path = folder / _plain(file.name)
        path.write_bytes(file.content)
        return read_former(path)


@contextmanager
def _scored(
    files: Sequence[File],
    form: str,
    base: RuleBase,
    language: Language,
    progress: Callable[[float], None],
    mapping: TableMapping | None,
) -> Iterator[tuple[Outcome, Path]]:
    _check(files)
    with scratch() as folder:
        source = folder / "in"
        source.mkdir()
        table = None
        for number, file in enumerate(files):
            name = _plain(file.name)
            path = source / name
            path = path if not path.exists() else source / f"{number}-{name}"
            path.write_bytes(file.content)
            table = path if path.suffix.lower() in TABLES else table
        output = folder / f"out{form}"
        try:
            yield run(table or source, output, base, language, progress, mapping=mapping), output
        except NothingInOrderError as error:
            content = error.problems.read_bytes() if error.problems is not None else b""
            raise NothingScoredError(tuple(_refused(content, language)), content) from None
        except TableError as error:
            raise TableError(*(_without(str(folder), one) for one in (error.text.nl, error.text.en))) from None


def _check(files: Sequence[File]) -> None:
    kinds = [Path(file.name).suffix.lower() for file in files]
    if not files or not set(kinds) <= {*ANSWERS, *TABLES} or (set(kinds) & set(TABLES) and len(files) > 1):
        raise TableError(
            "verwacht: antwoordbestanden (.yaml), of één tabel (.csv of .xlsx)",
            "expected: answer files (.yaml), or one table (.csv or .xlsx)",
        )
    if len(files) > MOST_FILES or sum(len(file.content) for file in files) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise TableError(
            f"verwacht: hooguit {MOST_FILES} bestanden en samen {limit} MB; gebruik anders de opdrachtregel",
            f"expected: at most {MOST_FILES} files and {limit} MB together; else use the command line",
        )


def _plain(name: str) -> str:
    """A name that no file system takes for a place elsewhere."""
    plain = re.sub(r"[^\w .()-]+", "_", Path(name).name).lstrip(".")[-100:]
    return plain or "file"


def _without(folder: str, text: str) -> str:
    """A message without the place of the temporary folder, which tells the user nothing."""
    return re.sub(rf"{re.escape(folder)}[\\/](in[\\/]?)?", "", text).lstrip(": ")


def _refused(written: bytes, language: Language) -> Iterator[Refused]:
    rows = csv.reader(StringIO(written.decode("utf-8-sig"), newline=""), delimiter=SEPARATORS[language])
    next(rows, None)
    for row, column, reason in rows:
        yield Refused(row, column, reason)
