"""Reads tables (Parquet, CSV) and folders of answer files in pieces; nothing in them is ever run or evaluated."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from assessment.answers.files import AnswerFileError, read
from assessment.portfolio.batches import (
    MAXIMUM_ROWS,
    PIECE,
    Header,
    Piece,
    Problem,
    TableError,
    header,
    plain,
    too_long,
    without_rows,
)
from assessment.portfolio.read.spreadsheet import MAXIMUM_BYTES, SHEETS, sheet_pieces
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from knowledge.text import Language, Text

CODES = pa.dictionary(pa.int32(), pa.string())
BLOCK = 4_000_000
MAXIMUM_ROW_GROUP = 4_000_000_000
"""Bytes that one row group may take, unpacked."""
LONGEST_LINE = 2_000
MOST_REFUSED = 100_000
"""Rows with too few or too many cells, before the table as a whole is no table."""
FILES_AT_A_TIME = 512


@dataclass(frozen=True)
class Source:
    """A table that has been opened: what is wrong with its columns, and its rows in pieces."""

    problems: tuple[Problem, ...]
    pieces: Iterator[Piece]


def open_source(path: Path, knowledge: KnowledgeBase, language: Language = "nl") -> Source:
    """Open a folder of answer files, or a table named .parquet, .csv, .tsv or .xlsx.

    Raises:
        TableError: it is none of these, or not in order as a whole; the pieces may raise it too.
    """
    if path.is_dir():
        return Source((), _folder(path, knowledge, language))
    suffix = path.suffix.lower()
    try:
        if suffix not in (".parquet", ".csv", ".tsv", *SHEETS):
            raise TableError(
                "verwacht: een map met antwoordbestanden, of een tabel met een naam op .parquet, .csv of .xlsx",
                "expected: a folder of answer files, or a table with a name that ends in .parquet, .csv or .xlsx",
            )
        if suffix != ".parquet" and path.stat().st_size > MAXIMUM_BYTES:
            limit = MAXIMUM_BYTES // 1_000_000
            raise TableError(
                f"verwacht: hooguit {limit} MB; gebruik Parquet voor grotere tabellen",
                f"expected: at most {limit} MB; use Parquet for larger tables",
            )
        if suffix == ".parquet":
            return _parquet(path, knowledge)
        if suffix in SHEETS:
            columns, pieces = sheet_pieces(path, knowledge)
            return Source(columns.problems, pieces)
        return _csv(path, knowledge)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise _unreadable(error) from None
    except OSError as error:
        raise TableError(
            f"kan niet worden gelezen: {error.strerror or error}", f"cannot be read: {error.strerror or error}"
        ) from None


def _unreadable(error: Exception) -> TableError:
    shown = " ".join(str(error).split())[:200]
    return TableError(f"kan niet als tabel worden gelezen: {shown}", f"cannot be read as a table: {shown}")


def _text(column: Any) -> Any:
    texts = column.cast(pa.string())
    texts.validate(full=True)  # Parquet may hold what is no UTF-8
    return texts


def _line(column: Any) -> Any:
    """Ids and titles; one that is long is cut before it is repeated in every row that has it."""
    if pa.types.is_dictionary(column.type):
        cut = pc.utf8_slice_codeunits(_text(column.dictionary), 0, LONGEST_LINE)
        column = cut.take(column.indices)
    return plain(_text(column))


def _coded(column: Any) -> Any:
    if pa.types.is_dictionary(column.type) and len(column.dictionary) > len(column):  # it may be that of a whole file
        column = column.dictionary_decode()
    if pa.types.is_dictionary(column.type):
        return pa.DictionaryArray.from_arrays(column.indices.cast(pa.int32()), _text(column.dictionary))
    return _text(column).dictionary_encode()


def _piece(batch: Any, columns: Header, rows: Any, done: float) -> Piece:
    def text(name: str | None) -> Any:
        return _line(batch.column(name)) if name is not None else pa.nulls(batch.num_rows, pa.string())

    coded = {question: _coded(batch.column(name)) for question, name in columns.questions.items()}
    return Piece(rows, text(columns.id), text(columns.title), coded, (), done)


def _parquet(path: Path, knowledge: KnowledgeBase) -> Source:
    with pyarrow.parquet.ParquetFile(path) as file:
        schema, metadata = file.schema_arrow, file.metadata
    columns = header(schema.names, knowledge)
    if metadata.num_rows > MAXIMUM_ROWS:
        raise too_long()
    coded = []
    for name in columns.used:
        kind = schema.field(name).type
        inner = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not any(
            test(inner)
            for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_integer, pa.types.is_floating,
                         pa.types.is_boolean, pa.types.is_null)
        ):  # fmt: skip
            raise TableError(
                f"verwacht in kolom {name}: tekst of getallen; gevonden: {kind}",
                f"expected in column {name}: text or numbers; found: {kind}",
            )
        if pa.types.is_string(inner) or pa.types.is_large_string(inner):
            coded.append(name)
    # no closer look than this: Arrow ends the whole process over some columns that are not in order
    if any(metadata.row_group(group).total_byte_size > MAXIMUM_ROW_GROUP for group in range(metadata.num_row_groups)):
        limit = MAXIMUM_ROW_GROUP // 1_000_000
        raise TableError(f"verwacht: hooguit {limit} MB per rijgroep", f"expected: at most {limit} MB per row group")

    def pieces() -> Iterator[Piece]:
        first = 2
        try:
            with pyarrow.parquet.ParquetFile(
                path, read_dictionary=coded, pre_buffer=False, buffer_size=1 << 16
            ) as opened:
                for batch in opened.iter_batches(PIECE, columns=list(columns.used), use_threads=False):
                    rows = range(first, first + batch.num_rows)
                    first += batch.num_rows
                    yield _piece(batch, columns, rows, (first - 2) / max(1, metadata.num_rows))
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise _unreadable(error) from None

    return Source(columns.problems, pieces())


def _csv(path: Path, knowledge: KnowledgeBase) -> Source:
    _require_text(path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        delimiter = max(",;\t", key=lines.readline().count)
        lines.seek(0)
        try:
            names = next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error as error:
            raise _unreadable(error) from None
    columns = header(names, knowledge)
    refused: dict[int, Problem] = {}

    def refuse(row: Any) -> str:
        if len(refused) == MOST_REFUSED:
            return "error"
        refused[row.number] = _wrong_width(row)
        return "skip"

    def pieces() -> Iterator[Piece]:
        following = 2
        try:
            size = max(1, path.stat().st_size)
            with path.open("rb") as stream, _csv_reader(stream, delimiter, columns, refuse) as opened:
                for batch in opened:
                    numbers = np.arange(following, following + batch.num_rows + len(refused))
                    rows = numbers[~np.isin(numbers, list(refused))][: batch.num_rows]
                    following = int(rows[-1]) + 1 if len(rows) else following
                    if following - 2 > MAXIMUM_ROWS:
                        raise too_long()
                    for start in range(0, batch.num_rows, PIECE):
                        part = batch.slice(start, PIECE)
                        done = min(1.0, stream.tell() / size)
                        yield _piece(part, columns, rows[start : start + PIECE], done)
                    problems = tuple(refused.pop(row) for row in sorted(refused) if row < following)
                    yield without_rows(problems, min(1.0, stream.tell() / size))
                yield without_rows(tuple(refused.values()), 1.0)
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(error) from None

    return Source(columns.problems, pieces())


def _csv_reader(stream: Any, delimiter: str, columns: Header, refuse: Any) -> Any:
    kinds = dict.fromkeys(columns.questions.values(), CODES)
    return pyarrow.csv.open_csv(
        stream,
        pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK),
        pyarrow.csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=refuse
        ),
        pyarrow.csv.ConvertOptions(
            include_columns=list(columns.used),
            column_types={**dict.fromkeys(columns.used, pa.string()), **kinds},
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def _wrong_width(row: Any) -> Problem:
    wanted, found = row.expected_columns, row.actual_columns
    return Problem(str(row.number), "", _cells(wanted, found))


@lru_cache
def _cells(wanted: int, found: int) -> Text:
    return Text(
        nl=f"verwacht: {wanted} cellen in deze rij, gevonden: {found}; staan antwoorden met een scheidingsteken tussen "
        "aanhalingstekens?",
        en=f"expected: {wanted} cells in this row, found: {found}; do answers with a separator stand between quotes?",
    )


def _require_text(path: Path) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while block := stream.read(1 << 20):
                if b"\0" in block:
                    raise TableError("verwacht: tekst, geen binair bestand", "expected: text, not a binary file")
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise TableError(
                "verwacht: tekst in UTF-8; kies in je rekenblad 'CSV UTF-8' bij het opslaan",
                "expected: text in UTF-8; choose 'CSV UTF-8' when you save it from a spreadsheet",
            ) from None


def _folder(path: Path, knowledge: KnowledgeBase, language: Language) -> Iterator[Piece]:
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in (".yaml", ".yml") and one.is_file())
    if not files:
        raise TableError(
            "verwacht: een map met antwoordbestanden (.yaml)", "expected: a folder with answer files (.yaml)"
        )
    if len(files) > MAXIMUM_ROWS:
        raise too_long()
    for start in range(0, len(files), FILES_AT_A_TIME):
        some = files[start : start + FILES_AT_A_TIME]
        problems: list[Problem] = []
        found = []
        for file in some:
            try:
                found.append((file, read(file, knowledge, language)))
            except AnswerFileError as error:
                for line in error.problems:
                    told = line.removeprefix(f"{file}:").strip()
                    problems.append(Problem(file.name, "", Text(nl=told, en=told)))
        columns = {
            question: pa.array([_written(one.answers.get(question)) for _, one in found], pa.string())
            for question in knowledge.questions
        }
        yield Piece(
            [file.name for file, _ in found],
            plain(pa.array([file.stem for file, _ in found], pa.string())),
            plain(pa.array([one.title for _, one in found], pa.string())),
            {question: column.dictionary_encode() for question, column in columns.items()},
            tuple(problems),
            (start + len(some)) / len(files),
        )


def _written(answer: Answer | None) -> str | None:
    """An answer as the cell of a table that stands for it."""
    if isinstance(answer, tuple):
        return ";".join(answer)
    return None if answer is None else str(answer)
