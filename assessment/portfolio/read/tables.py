"""Reads tables (Parquet, CSV) and folders of answer files in batches; nothing in them is ever run or evaluated."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from assessment.portfolio.batches import (
    BATCH_ROWS,
    MAXIMUM_ROWS,
    Batch,
    Problem,
    TableError,
    plain,
    too_long,
    without_rows,
)
from assessment.portfolio.read.choices import Choices
from assessment.portfolio.read.folder import folder_batches
from assessment.portfolio.read.grid import table, wrong_width
from assessment.portfolio.read.headers import Header, Headers
from assessment.portfolio.read.kinds import kind_of, no_table
from assessment.portfolio.read.lines import encoding, lines
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.read.meanings import with_meanings
from assessment.portfolio.read.spreadsheet import MAXIMUM_BYTES, SHEETS, sheets
from knowledge.base import KnowledgeBase
from knowledge.text import Language

CODES = pa.dictionary(pa.int32(), pa.string())
BLOCK = 4_000_000
MAXIMUM_ROW_GROUP = 4_000_000_000
"""Bytes that one row group may take, unpacked."""
LONGEST_LINE = 2_000
MOST_REFUSED = 100_000
"""Rows with too few or too many cells, before the table as a whole is no table."""


@dataclass(frozen=True)
class Source:
    """A table that has been opened: what is wrong with its columns, and its rows in batches."""

    problems: tuple[Problem, ...]
    batches: Iterator[Batch]
    header: Header | None = None
    row: int = 1
    """The row in which the names of the columns stand."""


def open_source(
    path: Path,
    knowledge: KnowledgeBase,
    language: Language = "nl",
    mapping: TableMapping | None = None,
    lenient: bool = False,
) -> Source:
    """Open a folder of answer files, or a table named .parquet, .csv, .tsv or .xlsx.

    With `lenient` a table is also opened when its columns are not in order, so that it can be shown what is wrong.

    Raises:
        TableError: it is none of these, or not in order as a whole; the batches may raise it too.
    """
    if path.is_dir():
        return Source((), folder_batches(path, knowledge, language))
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
        opened = _opened(path, suffix, Headers(knowledge, mapping), knowledge, lenient)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise _unreadable(error) from None
    except OSError as error:
        raise TableError(
            f"kan niet worden gelezen: {error.strerror or error}", f"cannot be read: {error.strerror or error}"
        ) from None
    meanings = mapping.meanings(knowledge) if mapping is not None else {}
    return replace(opened, batches=with_meanings(opened.batches, meanings)) if meanings else opened


def _opened(path: Path, suffix: str, headers: Headers, knowledge: KnowledgeBase, lenient: bool) -> Source:
    if suffix == ".parquet":
        return _parquet(path, headers, knowledge, lenient)
    kind = kind_of(path)  # a name may say something else than what is in the file
    if kind == "zip":
        found = sheets(path, headers)
    elif kind != "text":
        raise no_table(kind)
    else:
        known = encoding(path)
        quick = _csv(path, headers, knowledge) if known.name == "utf-8-sig" and not lenient else None
        if quick is not None:
            return quick
        found = lines(path, headers, known)
    columns, batches = table(found, headers, knowledge, lenient)
    return Source((*found.grid.problems, *columns.problems), batches, columns, found.row.number)


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


def _batch(read: Any, columns: Header, rows: Any, done: float, choices: Choices) -> Batch:
    def text(at: int | None) -> Any:
        return _line(read.column(columns.names[at])) if at is not None else pa.nulls(read.num_rows, pa.string())

    coded = choices.columns(lambda at: _coded(read.column(columns.names[at])))
    return Batch(rows, text(columns.id), text(columns.title), coded, (), done)


def _parquet(path: Path, headers: Headers, knowledge: KnowledgeBase, lenient: bool) -> Source:
    with pyarrow.parquet.ParquetFile(path) as file:
        schema, metadata = file.schema_arrow, file.metadata
    columns = headers.header(schema.names, lenient)
    choices = Choices(columns, knowledge)
    used = [columns.names[at] for at in columns.used]
    if metadata.num_rows > MAXIMUM_ROWS:
        raise too_long()
    coded = []
    for name in used:
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

    def batches() -> Iterator[Batch]:
        first = 2
        try:
            with pyarrow.parquet.ParquetFile(
                path, read_dictionary=coded, pre_buffer=False, buffer_size=1 << 16
            ) as opened:
                for batch in opened.iter_batches(BATCH_ROWS, columns=used, use_threads=False):
                    rows = range(first, first + batch.num_rows)
                    first += batch.num_rows
                    yield _batch(batch, columns, rows, (first - 2) / max(1, metadata.num_rows), choices)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise _unreadable(error) from None

    return Source(columns.problems, batches(), columns)


def _csv(path: Path, headers: Headers, knowledge: KnowledgeBase) -> Source | None:
    """A well-kept CSV file, with ids in its first line; None where it must be read with more patience."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        delimiter = max(",;\t", key=lines.readline().count)
        lines.seek(0)
        try:
            names = next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error:
            return None
    if not headers.count(names) or not (columns := headers.header(names)).by_ids_alone or not _well_kept(path):
        return None
    choices = Choices(columns, knowledge)
    refused: dict[int, Problem] = {}

    def refuse(row: Any) -> str:
        if len(refused) == MOST_REFUSED:
            return "error"
        refused[row.number] = _wrong_width(row)
        return "skip"

    def batches() -> Iterator[Batch]:
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
                    for start in range(0, batch.num_rows, BATCH_ROWS):
                        part = batch.slice(start, BATCH_ROWS)
                        done = min(1.0, stream.tell() / size)
                        yield _batch(part, columns, rows[start : start + BATCH_ROWS], done, choices)
                    problems = tuple(refused.pop(row) for row in sorted(refused) if row < following)
                    yield without_rows(problems, min(1.0, stream.tell() / size))
                yield without_rows(tuple(refused.values()), 1.0)
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(error) from None

    return Source(columns.problems, batches(), columns)


def _csv_reader(stream: Any, delimiter: str, columns: Header, refuse: Any) -> Any:
    used = [columns.names[at] for at in columns.used]
    kinds = dict.fromkeys((columns.names[at] for at in columns.questions.values()), CODES)
    return pyarrow.csv.open_csv(
        stream,
        pyarrow.csv.ReadOptions(use_threads=False, block_size=BLOCK),
        pyarrow.csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=refuse
        ),
        pyarrow.csv.ConvertOptions(
            include_columns=used,
            column_types={**dict.fromkeys(used, pa.string()), **kinds},
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def _wrong_width(row: Any) -> Problem:
    return Problem(str(row.number), "", wrong_width(row.expected_columns, row.actual_columns))


def _well_kept(path: Path) -> bool:
    """Whether each quotation mark closes, since one that does not makes one cell of the rest, and the end is plain."""
    quotes, last = 0, b""
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            quotes, last = quotes + block.count(b'"'), block[-1:]
    return quotes % 2 == 0 and last not in (b"\0", b"\x1a")
