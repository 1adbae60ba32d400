"""CSV as people have it: any encoding that can be told, any separator, a line that names it, line ends of old Macs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.answers.encodings import Encoding, NoTextError, damaged, encoding_of
from assessment.portfolio.batches import Problem, TableError
from assessment.portfolio.read.grid import Found, Grid, Row, with_names
from assessment.portfolio.read.headers import Headers

SEPARATORS = ",;\t|"
LONGEST_CELL = 131_072


@dataclass(frozen=True)
class Lines:
    """A file of text with the separator of its cells."""

    path: Path
    encoding: Encoding
    separator: str
    named: bool
    """Whether its first line says what the separator is."""


def encoding(path: Path) -> Encoding:
    """How the text of a file is encoded.

    Raises:
        TableError: it is no text, or in an encoding that cannot be told.
    """
    try:
        with path.open("rb") as stream:
            return encoding_of(stream)
    except NoTextError as error:
        raise TableError(error.text.nl, error.text.en) from None


def lines(path: Path, headers: Headers, known: Encoding) -> Found:
    """The file as a grid, with the separator with which most questions are found in its first rows."""
    with path.open(encoding=known.name, newline=None) as stream:
        try:
            first = stream.readline(100).strip()
        except UnicodeDecodeError as error:
            raise TableError(damaged(error).text.nl, damaged(error).text.en) from None
    if first.lower().startswith("sep=") and len(first.strip('"')) == 5:
        return with_names(_grid(Lines(path, known, first.strip('"')[-1], named=True)), headers)
    found: list[Found] = []
    refused: TableError | None = None
    for one in SEPARATORS:
        try:
            found.append(with_names(_grid(Lines(path, known, one, named=False)), headers))
        except TableError as error:  # with another separator a whole line may be one cell
            refused = error
    if refused is not None and not found:
        raise refused
    return max(found, key=lambda one: (one.count, len(one.row.cells)))


def _grid(file: Lines) -> Grid:
    size = max(1, file.path.stat().st_size)
    reached = [0]
    told = (Problem("", "", file.encoding.told),) if file.encoding.told is not None else ()
    return Grid(lambda: _rows(file, reached), lambda row: min(1.0, reached[0] / size), even=True, problems=told)


def _rows(file: Lines, reached: list[int]) -> Iterator[Row]:
    with file.path.open(encoding=file.encoding.name, newline=None) as stream:
        reached[0] = len(stream.readline()) if file.named else 0

        def plain() -> Iterator[str]:
            for line in stream:
                reached[0] += len(line)
                yield line.rstrip("\0\x1a") if "\0" in line or "\x1a" in line else line

        reader, number, before = csv.reader(plain(), delimiter=file.separator), 0, 0
        while True:
            try:
                cells = next(reader, None)
            except csv.Error:
                raise TableError(
                    f"rij {number + 1}: een cel is langer dan {LONGEST_CELL} tekens; begint daar een aanhalingsteken "
                    "dat niet sluit?",
                    f"row {number + 1}: a cell is longer than {LONGEST_CELL} characters; does a quotation mark begin "
                    "there that does not close?",
                ) from None
            except UnicodeDecodeError as error:
                raise TableError(damaged(error).text.nl, damaged(error).text.en) from None
            if cells is None:
                return
            number += 1
            yield Row(number, [cell or None for cell in cells], reader.line_num - before)
            before = reader.line_num
