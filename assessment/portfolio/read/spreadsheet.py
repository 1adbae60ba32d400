"""Reads XLSX row by row: the values that stand in it, of a formula the value that was stored with it."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from assessment.portfolio.batches import Problem, TableError
from assessment.portfolio.read.grid import Found, Grid, Row, with_names
from assessment.portfolio.read.headers import Headers, no_question
from assessment.portfolio.read.marks import Marks, marks_of
from knowledge.text import Text

warnings.filterwarnings("ignore", module="openpyxl")  # it warns of what it leaves out, and nobody can act on that
SHEETS = (".xlsx", ".xlsm")
MAXIMUM_BYTES = 200_000_000
MAXIMUM_UNPACKED = 1_000_000_000
"""Bytes of all parts of a workbook together; its sheets are read as they are unpacked."""
MAXIMUM_KEPT = 60_000_000
"""Bytes of the parts that are kept in memory as a whole: texts, styles, relations."""
CONTENTS = "[Content_Types].xml"
MAXIMUM_CONTENTS = 1_000_000
MAXIMUM_SHEET_ROWS = 1_048_576
MANY = 2
"""So many questions in one row are names of columns; one may be named anywhere."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

_Broken = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, KeyError, ValueError, TypeError, IndexError,
    AttributeError, OSError, EOFError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What openpyxl raises for a workbook that is not in order; what is wrong with XML is a SyntaxError."""


def sheets(path: Path, headers: Headers) -> Found:
    """The first sheet that can be seen and names questions in its first rows; where none does, the first that is seen.

    Raises:
        TableError: it is no workbook, unpacks to too much, or only a hidden sheet names questions.
    """
    _refuse_bombs(path)
    try:
        stream = path.open("rb")  # a path would be refused for its name; the sheets read on from it
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        found = [with_names(_grid(sheet), headers) for sheet in seen]
        named = sorted((one for one in found if one.count), key=lambda one: one.count < MANY)
        best = next(iter(named or found), None)
        if best is not None and best.count:
            marks = marks_of(path, seen[found.index(best)])
            sheet = seen[found.index(best)]
            others = sheet is not book.worksheets[0] or sum(one.count >= MANY for one in found) > 1
            told = (*_told(sheet, marks, others),)
            return replace(best, grid=Grid(lambda: _rows(sheet, marks), best.grid.done, problems=told))
        hidden = [sheet for sheet in book.worksheets if sheet not in seen]
        unseen = next((one.title for one in hidden if with_names(_grid(one), headers).count), None)
    except TableError:
        raise
    except _Broken as error:
        raise _unreadable(error) from None
    if unseen is not None:
        raise TableError(
            f"alleen het verborgen blad '{unseen}' noemt vragen, en een verborgen blad wordt niet gelezen; maak het "
            "zichtbaar",
            f"only the hidden sheet '{unseen}' names questions, and that is not read unasked; make it visible",
        )
    if best is None:
        raise no_question()
    return best


def _grid(sheet: Any) -> Grid:
    expected = sheet.max_row or MAXIMUM_SHEET_ROWS
    return Grid(lambda: _rows(sheet, None), lambda row: min(1.0, row / max(1, expected)))


def _rows(sheet: Any, marks: Marks | None) -> Iterator[Row]:
    try:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [_text(cell.value, cell) for cell in row]
            if marks is not None:
                marks.fill(number, cells)
            yield Row(number, cells)
    except _Broken as error:
        raise _unreadable(error) from None


def _text(value: object, cell: Any) -> str | None:
    """A cell as text, as it is shown where that makes another number of it; whole numbers without a decimal point."""
    if value is None or isinstance(value, str):
        return value.replace("\0", "") if value else None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and _is_percentage(cell.number_format):
        return f"{round(value * 100, 8):.10g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)


@cache
def _is_percentage(form: str) -> bool:
    """Whether a number is shown a hundred times as large; a % sign between quotes is only shown."""
    return "%" in _LITERAL.sub("", form or "")


def _told(sheet: Any, marks: Marks, others: bool) -> Iterator[Problem]:
    if others:
        yield Problem("", "", Text(
            nl=f"alleen het blad '{sheet.title}' is gelezen", en=f"only the sheet '{sheet.title}' was read",
        ))  # fmt: skip
    yield from marks.problems()


def _refuse_bombs(path: Path) -> None:
    """What is not a worksheet, and nothing else besides, is kept in memory by the reader, so it must be small."""
    try:
        with zipfile.ZipFile(path) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
            small = sizes[CONTENTS] <= MAXIMUM_CONTENTS
            root = fromstring(parts.read(CONTENTS)) if small else Element("none")
    except _Broken as error:
        raise _unreadable(error) from None
    kinds = [(str(one.get("PartName"))[1:], str(one.get("ContentType"))) for one in root]
    sheets = {name for name, kind in kinds if kind.endswith(".worksheet+xml")}
    sheets -= {name for name, kind in kinds if not kind.endswith(".worksheet+xml")}
    kept = sum(size for name, size in sizes.items() if name not in sheets)
    if not small or kept > MAXIMUM_KEPT or sum(sizes.values()) > MAXIMUM_UNPACKED:
        raise TableError(
            "verwacht: een werkmap van gewone omvang; deze wordt uitgepakt te groot. Gebruik CSV of Parquet",
            "expected: a workbook of ordinary size; this one unpacks to too much. Use CSV or Parquet",
        )


def _unreadable(error: Exception) -> TableError:
    shown = " ".join(str(error).split())[:200]
    return TableError(
        f"kan niet als XLSX worden gelezen; open het in je rekenblad en sla het op als .xlsx ({shown})",
        f"cannot be read as XLSX; open it in your spreadsheet program and save it as .xlsx ({shown})",
    )
