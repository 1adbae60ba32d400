"""Reads XLSX row by row: the values that stand in it, of a formula the value that was stored with it."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.exceptions import InvalidFileException

from assessment.portfolio.batches import MAXIMUM_ROWS, Problem, TableError, too_long
from assessment.portfolio.read.cell_text import cell_text
from assessment.portfolio.read.grid import Found, Grid, Row, with_names
from assessment.portfolio.read.headers import Headers, no_question
from assessment.portfolio.read.marks import Marks, marks_of
from assessment.portfolio.read.workbook_size import refuse_bombs
from knowledge.text import Text

warnings.filterwarnings("ignore", module="openpyxl")  # it warns of what it leaves out, and nobody can act on that
SHEETS = (".xlsx", ".xlsm")
MAXIMUM_BYTES = 200_000_000
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
    try:
        refuse_bombs(path)
        stream = path.open("rb")  # a path would be refused for its name; the sheets read on from it
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        found = [with_names(_grid(sheet), headers) for sheet in seen]
        named = sorted((one for one in found if one.count), key=lambda one: one.count < MANY)
        best = next(iter(named or found), None)
        if best is not None and best.count:
            sheet = seen[found.index(best)]
            marks = marks_of(path, sheet)
            others = sheet is not book.worksheets[0] or sum(one.count >= MANY for one in found) > 1
            told = (*_told(sheet, marks, others),)
            return replace(best, grid=_grid(sheet, len(best.row.cells), marks, told))
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
    return replace(best, grid=_grid(seen[found.index(best)], len(best.row.cells)))


def _grid(sheet: Any, width: int | None = None, marks: Marks | None = None, told: tuple[Problem, ...] = ()) -> Grid:
    """A sheet; of each row only cells that have a name, where names are known: one cell can lie very far away."""
    expected = sheet.max_row or MAXIMUM_SHEET_ROWS
    return Grid(lambda: _rows(sheet, width, marks), lambda row: min(1.0, row / max(1, expected)), problems=told)


def _rows(sheet: Any, width: int | None, marks: Marks | None) -> Iterator[Row]:
    try:
        sheet.reset_dimensions()
        before = None
        for number, row in enumerate(sheet.iter_rows(max_col=width), start=1):
            if number - 1 > MAXIMUM_ROWS:
                raise too_long()
            empty = row is before or all(cell is EMPTY_CELL for cell in row)  # those before a last row are all one
            before = row
            if empty and width is not None and (marks is None or not marks.stand_in(number)):
                continue
            cells = [] if empty else [_text(cell.value, cell) for cell in row]
            if marks is not None:
                marks.fill(number, cells)
            yield Row(number, cells)
    except TableError:
        raise
    except _Broken as error:
        raise _unreadable(error) from None


def _text(value: object, cell: Any) -> str | None:
    """A cell as text, as it is shown where that makes another number of it."""
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_percentage(cell.number_format):
        return f"{round(value * 100, 8):.10g}%"
    return cell_text(value)


@lru_cache
def _is_percentage(form: str) -> bool:
    """Whether a number is shown a hundred times as large; a % sign between quotes is only shown."""
    return "%" in _LITERAL.sub("", form or "")


def _told(sheet: Any, marks: Marks, others: bool) -> Iterator[Problem]:
    if others:
        yield Problem("", "", Text(
            nl=f"alleen het blad '{sheet.title}' is gelezen", en=f"only the sheet '{sheet.title}' was read",
        ))  # fmt: skip
    yield from marks.problems()


def _unreadable(error: Exception) -> TableError:
    shown = " ".join(str(error).split())[:200]
    return TableError(
        f"kan niet als XLSX worden gelezen; open het in je rekenblad en sla het op als .xlsx ({shown})",
        f"cannot be read as XLSX; open it in your spreadsheet program and save it as .xlsx ({shown})",
    )
