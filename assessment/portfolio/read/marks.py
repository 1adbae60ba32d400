"""What a workbook says of its cells besides their values: merged, hidden, or a formula without a stored value."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from assessment.answers.understood import NO_VALUE
from assessment.portfolio.batches import Problem, TableError
from knowledge.text import Text

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_TOLD = 20
MOST_MERGED = 2_000_000
"""Cells that are merged with others in one sheet."""
Box = tuple[int, int, int, int]
"""First column, first row, last column, last row."""


@dataclass
class Marks:
    """Merged cells, hidden rows, and per row the columns with a formula of which no value was stored."""

    merged: list[Box] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    formulas: dict[int, list[int]] = field(default_factory=dict)
    _open: dict[int, list[Box]] = field(default_factory=dict)
    _values: dict[Box, str | None] = field(default_factory=dict)

    def fill(self, number: int, cells: list[str | None]) -> None:
        """Put in a row what its cells stand for: the value of a cell merged down; of one merged across, that it is so.

        Rows must come in order, from the first.
        """
        if number == 1:
            self._values = {}
        for column in self.formulas.get(number, ()):
            _put(cells, column, NO_VALUE)
        for box in self._at(number):
            left, top, right, _ = box
            if number == top:
                self._values[box] = cells[left - 1] if left <= len(cells) else None
            value = self._values.get(box)
            if value is None:
                continue
            _put(cells, left, value)
            across = f"{value} [merged]"
            for column in range(left + 1, right + 1):
                _put(cells, column, across)

    def stand_in(self, number: int) -> bool:
        """Whether anything in this row stands for something else."""
        return number in self.formulas or bool(self._at(number))

    def problems(self) -> Iterator[Problem]:
        """What is told about these marks before any row is read."""
        down = [box for box in self.merged if box[3] > box[1]]
        if down:
            rows = _listed(f"{top}-{last}" for _, top, _, last in down)
            yield Problem("", "", Text(
                nl=f"samengevoegde cellen: hun waarde geldt voor elk van de rijen {rows}",
                en=f"merged cells: their value counts for each of the rows {rows}",
            ))  # fmt: skip
        if self.hidden:
            rows = _listed(map(str, self.hidden))
            yield Problem("", "", Text(
                nl=f"verborgen rijen zijn ook gelezen: {rows}; verwijder ze als ze niet meetellen",
                en=f"hidden rows were read too: {rows}; delete them if they do not count",
            ))  # fmt: skip

    def _at(self, number: int) -> list[Box]:
        if not self._open and self.merged:
            for box in self.merged:
                for row in range(box[1], box[3] + 1):
                    self._open.setdefault(row, []).append(box)
        return self._open.get(number, [])


def marks_of(path: Path, sheet: Any) -> Marks:
    """The marks in a sheet of a workbook.

    Raises:
        TableError: more of its cells are merged than anybody does by hand.
    """
    marks, row, cells = Marks(), 0, 0
    with zipfile.ZipFile(path) as parts, parts.open(sheet._worksheet_path) as part:
        for event, one in iterparse(part, ("start", "end")):
            if one.tag == f"{MAIN}row":
                row = int(one.get("r") or row + 1) if event == "start" else row
                if event == "start" and one.get("hidden") in ("1", "true"):
                    marks.hidden.append(row)
                elif event == "end":
                    one.clear()
            elif event == "end" and one.tag == f"{MAIN}c":
                if _without_value(one) and one.get("r"):
                    column, at = coordinate_from_string(str(one.get("r")))
                    marks.formulas.setdefault(at, []).append(column_index_from_string(column))
            elif event == "end" and one.tag == f"{MAIN}mergeCell":
                left, top, right, last = map(int, range_boundaries(str(one.get("ref"))))
                cells += (right - left + 1) * (last - top + 1)
                if cells > MOST_MERGED:
                    raise TableError(
                        f"verwacht: hooguit {MOST_MERGED} samengevoegde cellen",
                        f"expected: at most {MOST_MERGED} merged cells",
                    )
                marks.merged.append((left, top, right, last))
    return marks


def _without_value(cell: Element) -> bool:
    return cell.find(f"{MAIN}f") is not None and cell.get("t") != "str" and not cell.findtext(f"{MAIN}v")


def _put(cells: list[str | None], column: int, value: str) -> None:
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value


def _listed(rows: Any) -> str:
    shown = list(dict.fromkeys(rows))
    return ", ".join(shown[:MOST_TOLD]) + (", …" if len(shown) > MOST_TOLD else "")
