"""Reads XLSX in pieces: the values that stand in it, of a formula the value that was stored with it."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from assessment.portfolio.batches import (
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Header,
    Piece,
    TableError,
    header,
    plain,
    too_long,
)
from assessment.portfolio.read.workbook_size import refuse_bombs
from knowledge.base import KnowledgeBase

warnings.filterwarnings("ignore", module="openpyxl")  # it warns of what it leaves out, and nobody can act on that
SHEETS = (".xlsx", ".xlsm")
MAXIMUM_BYTES = 200_000_000
MAXIMUM_SHEET_ROWS = 1_048_576
ROWS = 4096

_Broken = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, OSError, EOFError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What openpyxl raises for a workbook that is not in order; what is wrong with XML is a SyntaxError."""


def sheet_pieces(path: Path, knowledge: KnowledgeBase) -> tuple[Header, Iterator[Piece]]:
    """The columns and the rows of the first sheet of a workbook.

    Raises:
        TableError: it is no workbook, unpacks to too much, or its first row names no question.
    """
    try:
        refuse_bombs(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        expected = sheet.max_row or MAXIMUM_SHEET_ROWS
        sheet.reset_dimensions()
        first = next(sheet.iter_rows(max_row=1, max_col=MAXIMUM_COLUMNS + 1, values_only=True), ())
    except TableError:
        raise
    except _Broken as error:
        raise _unreadable(error) from None
    names = [_text(value) or "" for value in first]
    while names and not names[-1]:
        names.pop()
    columns = header(names, knowledge)
    return columns, _pieces(sheet, names, columns, expected)


def _pieces(sheet: Any, names: list[str], columns: Header, expected: int) -> Iterator[Piece]:
    rows = enumerate(sheet.iter_rows(min_row=2, max_col=len(names), values_only=True), start=2)
    filled = ((number, row) for number, row in rows if row.count(None) < len(row))  # a sheet may have only a last row
    while True:
        try:
            numbered = [*islice(filled, ROWS)]
        except _Broken as error:
            raise _unreadable(error) from None
        if not numbered:
            return
        numbers, some = zip(*numbered, strict=True)
        texts = {
            name: pa.array([_text(row[place]) if place < len(row) else None for row in some], pa.string())
            for place, name in enumerate(names)
            if name in columns.used
        }
        empty = pa.nulls(len(some), pa.string())
        if numbers[-1] - 1 > MAXIMUM_ROWS:
            raise too_long()
        yield Piece(
            numbers,
            plain(texts[columns.id]) if columns.id is not None else empty,
            plain(texts[columns.title]) if columns.title is not None else empty,
            {question: texts[name].dictionary_encode() for question, name in columns.questions.items()},
            (),
            min(1.0, numbers[-1] / max(1, expected)),
        )


def _text(value: object) -> str | None:
    """A cell as text; whole numbers without a decimal point."""
    if value is None or isinstance(value, str):
        return value.replace("\0", "") if value else None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _unreadable(error: Exception) -> TableError:
    shown = " ".join(str(error).split())[:200]
    return TableError(f"kan niet als XLSX worden gelezen: {shown}", f"cannot be read as XLSX: {shown}")
