"""Rows of cells as people have them (lines above the header, blank rows, a column per choice), as batches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import pyarrow as pa

from assessment.answers.understood import NO_VALUE
from assessment.portfolio.batches import MAXIMUM_ROWS, Batch, Problem, plain, too_long
from assessment.portfolio.read.choices import Cells, Choices
from assessment.portfolio.read.headers import Header, Headers, no_question
from knowledge.base import KnowledgeBase
from knowledge.text import Text

ROWS = 4096
SEARCHED = 20
"""The first rows of a sheet, in which the names of the columns are looked for."""


class Row(NamedTuple):
    """The cells of one row as text. `number` counts as a spreadsheet does; a cell may hold a line break, so `lines`."""

    number: int
    cells: Sequence[str | None]
    lines: int = 1


@dataclass(frozen=True)
class Grid:
    """A sheet, or the text of a CSV file. `even` is one in which each row must have as many cells as the header.

    `rows` begins anew each time that it is called and may pass over empty ones; `done` tells which part of them
    has been read, from 0 to 1.
    """

    rows: Callable[[], Iterator[Row]]
    done: Callable[[int], float]
    even: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Found:
    """A grid with the row that names its columns."""

    grid: Grid
    row: Row
    count: int


def with_names(grid: Grid, headers: Headers) -> Found:
    """The grid with the row that names most questions; where none does, with its fullest row."""
    first = list(islice(grid.rows(), SEARCHED))
    named = [Found(grid, row, headers.count(_names(row))) for row in first]
    best = max(named, key=lambda one: one.count, default=None)
    if best is not None and best.count:
        return best
    fullest = max(first, key=lambda row: sum(cell is not None for cell in row.cells), default=Row(1, ()))
    return Found(grid, fullest, 0)


def table(found: Found, headers: Headers, knowledge: KnowledgeBase, lenient: bool) -> tuple[Header, Iterator[Batch]]:
    """The columns of a grid, and its rows in batches.

    Raises:
        TableError: its columns are not in order; the batches may raise it too.
    """
    if not found.count and not lenient:
        raise no_question()
    header = headers.header(_names(found.row), lenient)
    return header, _batches(found, header, headers, Choices(header, knowledge))


def _names(row: Row) -> list[str]:
    names = [cell or "" for cell in row.cells]
    while names and not names[-1].strip():
        names.pop()
    return names


def _batches(found: Found, header: Header, headers: Headers, choices: Choices) -> Iterator[Batch]:
    grid, width = found.grid, len(header.names)
    above = [row.number for row in islice(grid.rows(), SEARCHED) if row.number < found.row.number and any(row.cells)]
    told = [_above(found.row.number)] if above else []
    rows = (row for row in grid.rows() if row.number > found.row.number)
    count, blank, before, last, first = 0, 0, found.row.number, found.row.number, True
    while some := list(islice(rows, ROWS)):
        problems, kept = list[Problem](), list[Row]()
        for row in some:
            if not any(cell is not None and cell.strip() for cell in row.cells):
                continue
            blank, before = blank + row.number - before - 1, row.number  # those at the end are no gap
            if first:
                first = False
                if headers.count(_names(row)) > 1:
                    problems.append(Problem(str(row.number), "", _SECOND_NAMES))
                    continue
            if grid.even and (wrong := _width_problem(row, width)) is not None:
                problems.append(wrong)
                continue
            kept.append(row)
        count += len(kept)
        last = some[-1].number
        if count > MAXIMUM_ROWS:
            raise too_long()
        if kept or problems:  # nothing else is worth the way: a sheet may have only a last row
            yield _batch(kept, header, choices, (*told, *problems), grid.done(last))
            told = []
    if blank:
        told.append(Problem("", "", _blank(blank)))
    yield _batch([], header, choices, tuple(told), 1.0)


def _batch(rows: Sequence[Row], header: Header, choices: Choices, problems: tuple[Problem, ...], done: float) -> Batch:
    def column(at: int | None) -> list[str | None]:
        if at is None:
            return [None] * len(rows)
        return [row.cells[at] if at < len(row.cells) else None for row in rows]

    return Batch(
        [row.number for row in rows],
        _labels(column(header.id)),
        _labels(column(header.title)),
        choices.columns(lambda at: _coded(column(at))),
        problems,
        done,
    )


def _labels(cells: Cells) -> Any:
    return plain(pa.array([None if cell == NO_VALUE else cell for cell in cells], pa.string()))


def _coded(cells: Sequence[str | None]) -> Any:
    return pa.array([cell or None for cell in cells], pa.string()).dictionary_encode()


def _width_problem(row: Row, width: int) -> Problem | None:
    cells = len(row.cells)
    if cells == width or (cells > width and not any(row.cells[width:])):
        return None
    if row.lines > 1 and cells < width:
        reason = Text(
            nl=f"in deze rij begint een aanhalingsteken dat pas {row.lines} regels verder sluit, of nooit; alles tot "
            "daar telde als één cel. Zet het goed, ook de regels erna zijn niet gelezen",
            en=f"in this row a quotation mark begins that closes only {row.lines} lines on, or never; all until there "
            "counted as one cell. Mend it: the lines behind it were not read either",
        )
        return Problem(str(row.number), "", reason)
    return Problem(str(row.number), "", wrong_width(width, cells))


@lru_cache
def wrong_width(wanted: int, found: int) -> Text:
    """What is wrong with a row that has another number of cells than the header."""
    return Text(
        nl=f"verwacht: {wanted} cellen in deze rij, gevonden: {found}; staan antwoorden met een scheidingsteken tussen "
        "aanhalingstekens?",
        en=f"expected: {wanted} cells in this row, found: {found}; do answers with a separator stand between quotes?",
    )


_SECOND_NAMES = Text(
    nl="deze rij noemt de vragen nog een keer en telt niet als beoordeling",
    en="this row names the questions once more and does not count as an assessment",
)


def _above(row: int) -> Problem:
    return Problem("", "", Text(
        nl=f"de namen van de kolommen staan in rij {row}; wat daarboven staat, is niet gelezen",
        en=f"the names of the columns stand in row {row}; what stands above was not read",
    ))  # fmt: skip


def _blank(count: int) -> Text:
    return Text(
        nl="1 lege rij is overgeslagen" if count == 1 else f"{count} lege rijen zijn overgeslagen",
        en="1 empty row was skipped" if count == 1 else f"{count} empty rows were skipped",
    )
