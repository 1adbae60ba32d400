"""Writes the table of results: Parquet, CSV or XLSX, and beside it what is told about its rows."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import xlsxwriter

from assessment.csv_form import BOM, DECIMALS, SEPARATORS, lines
from assessment.portfolio.batches import TableError, Told
from assessment.portfolio.evaluation import LISTED, Results
from assessment.portfolio.score_columns import LEVEL_NAMES, NO_SCORE, ScoreColumn
from assessment.portfolio.write.naming import LESSON, Naming
from assessment.scoring import parts
from knowledge.text import Language
from rules.columns import packed
from rules.model import RuleBase

LOWEST, HIGHEST, LOWEST_LEVEL, HIGHEST_LEVEL = "lowest", "highest", "lowest_level", "highest_level"
SAFETY, UNKNOWN, ANSWERED, ASKED = "open_safety_findings", "unknown", "answered", "asked"
HEADER: Mapping[Language, tuple[str, str, str]] = {
    "nl": ("rij", "kolom", "melding"), "en": ("row", "column", "note"),
}  # fmt: skip
LONGEST_CELL = 32_767
ROW_GROUP = 131_072
SHEET_ROWS = 1_048_575
_LEVELS = pa.dictionary(pa.int8(), pa.string(), ordered=True)
_RISKY = "^[=+\\-@\\t\\r＝＋－＠]"


def schema(base: RuleBase) -> Any:
    """The columns of the table of results, with the versions of knowledge and rules that made it."""
    every = parts(base)
    fields = [pa.field("id", pa.string()), pa.field("title", pa.string())]
    for part in (every.overall, *every.themes):
        fields += [pa.field(f"{part.about}.{end}", pa.float64()) for end in (LOWEST, HIGHEST)]
        fields += [pa.field(f"{part.about}.{end}", _LEVELS) for end in (LOWEST_LEVEL, HIGHEST_LEVEL)]
    fields += [pa.field(name, pa.int32()) for name in (SAFETY, UNKNOWN, ANSWERED, ASKED)]
    fields += [pa.field(f"{LESSON}{lesson}", pa.bool_(), nullable=False) for lesson in base.knowledge.lessons]
    versions = {"knowledge_version": base.knowledge.version, "rules_version": base.version}
    return pa.schema(fields, versions)


def as_batch(results: Results, columns: Any) -> Any:
    """The results as an Arrow record batch with these columns; null where there is no score."""
    found: dict[str, Any] = {"id": results.ids, "title": results.titles}
    for about, ends in results.scores.items():
        for column, score, level in zip(ends, (LOWEST, HIGHEST), (LOWEST_LEVEL, HIGHEST_LEVEL), strict=True):
            found[f"{about}.{score}"], found[f"{about}.{level}"] = _scores(column)
    counts = (results.safety, results.unknown, results.answered, results.asked)
    found |= {
        name: pa.array(count.astype(np.int32))
        for name, count in zip((SAFETY, UNKNOWN, ANSWERED, ASKED), counts, strict=True)
    }
    rows = len(results.ids)
    found |= {  # Arrow keeps flags as bits in the same order
        f"{LESSON}{lesson}": pa.BooleanArray.from_buffers(pa.bool_(), rows, [None, pa.py_buffer(bits)])
        for lesson, bits in results.lessons.items()
    }
    arrays = [found[field.name] if field.name in found else pa.nulls(rows, field.type) for field in columns]
    return pa.RecordBatch.from_arrays(arrays, schema=columns)


def _scores(column: ScoreColumn) -> tuple[Any, Any]:
    """The scores and their levels, null where there is no score."""
    rows, there = len(column.scores), pa.py_buffer(packed(column.levels != NO_SCORE))
    scores = pa.Array.from_buffers(pa.float64(), rows, [there, pa.py_buffer(column.scores)])
    codes = pa.Array.from_buffers(pa.int8(), rows, [there, pa.py_buffer(column.levels)])
    return scores, pa.DictionaryArray.from_arrays(codes, pa.array(LEVEL_NAMES, pa.string()), ordered=True)


class Table(Protocol):
    """A table that is being written."""

    def write(self, batch: Any) -> None: ...

    def close(self) -> None: ...


def open_table(path: Path, form: str, columns: Any, words: Naming) -> Table:
    """Begin a table in the form that a suffix names (.parquet, .csv or .xlsx); Parquet has ids and no words.

    Raises:
        TableError: there is no such form.
    """
    if form not in FORMS:
        raise TableError(
            "verwacht: een naam op .parquet, .csv of .xlsx", "expected: a name that ends in .parquet, .csv or .xlsx"
        )
    return FORMS[form](path, columns, words)


class _Parquet:
    def __init__(self, path: Path, columns: Any, words: Naming):
        self._writer = pyarrow.parquet.ParquetWriter(
            path, columns, compression="snappy", use_dictionary=self._repeating(columns), write_statistics=False
        )  # statistics of hundreds of flags would take half of the time and tell little
        self._waiting: list[Any] = []

    def write(self, batch: Any) -> None:
        self._waiting.append(batch)
        if sum(one.num_rows for one in self._waiting) >= ROW_GROUP:
            self._flush()

    @staticmethod
    def _repeating(columns: Any) -> list[str]:
        return [one.name for one in columns if one.type in (pa.float64(), pa.int32(), _LEVELS)]

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting))
            self._waiting = []

    def close(self) -> None:
        self._flush()
        self._writer.close()


class _Csv:
    def __init__(self, path: Path, columns: Any, words: Naming):
        self._words, self._file = words, path.open("wb")
        self._file.write(BOM.encode())
        named = [
            pa.field(words.columns[one.name], one.type if pa.types.is_integer(one.type) else pa.string())
            for one in columns
        ]
        self._columns = pa.schema(named)
        options = pyarrow.csv.WriteOptions(delimiter=SEPARATORS[words.language])
        self._writer = pyarrow.csv.CSVWriter(self._file, self._columns, write_options=options)
        self._levels = pa.array([words.levels[one] for one in LEVEL_NAMES], pa.string())

    def write(self, batch: Any) -> None:
        arrays = [self._in_words(column) for column in batch.columns]
        self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._columns))

    def _in_words(self, column: Any) -> Any:
        if pa.types.is_boolean(column.type):
            return pc.if_else(column, self._words.yes, self._words.no)
        if pa.types.is_dictionary(column.type):
            return self._levels.take(column.indices)
        if pa.types.is_floating(column.type):
            return pc.replace_substring(column.cast(pa.string()), ".", DECIMALS[self._words.language])
        return _guarded_column(column) if pa.types.is_string(column.type) else column

    def close(self) -> None:
        self._writer.close()
        self._file.close()


class _Sheet:
    def __init__(self, path: Path, columns: Any, words: Naming):
        self._path, self._row, self._words = path, 0, words
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "nan_inf_to_errors": True})
        self._sheet = self._book.add_worksheet("portfolio")
        self._sheet.freeze_panes(1, 1)
        names = [one.name for one in columns if not one.name.startswith(LESSON)]
        for place, name in enumerate([*(words.columns[one] for one in names), words.lessons_column]):
            self._sheet.write_string(0, place, name)
        self._in_words = [pa.types.is_dictionary(columns.field(one).type) for one in names]

    def write(self, batch: Any) -> None:
        if self._row + batch.num_rows > SHEET_ROWS:
            raise TableError(
                f"verwacht voor .xlsx: hooguit {SHEET_ROWS} rijen; kies .parquet of .csv",
                f"expected for .xlsx: at most {SHEET_ROWS} rows; choose .parquet or .csv",
            )
        plain = [one for one in batch.schema.names if not one.startswith(LESSON)]
        lessons = [one for one in batch.schema.names if one.startswith(LESSON)]
        flags = np.array([batch.column(one).to_numpy(zero_copy_only=False) for one in lessons], np.bool_).T
        values = zip(*(batch.column(one).to_pylist() for one in plain), strict=True)
        for row, advised in zip(values, flags, strict=True):
            self._row += 1
            for place, value in enumerate(row):
                if isinstance(value, str) and self._in_words[place]:
                    self._sheet.write_string(self._row, place, self._words.levels[value])
                elif isinstance(value, str):
                    self._sheet.write_string(self._row, place, value)
                elif value is not None:
                    self._sheet.write_number(self._row, place, value)
            ids = (lessons[one].removeprefix(LESSON) for one in np.flatnonzero(advised).tolist())
            listed = "; ".join(self._words.lessons[one] for one in ids)
            self._sheet.write_string(self._row, len(plain), listed[:LONGEST_CELL])

    def close(self) -> None:
        self._book.close()


FORMS: dict[str, type[_Parquet] | type[_Csv] | type[_Sheet]] = {".parquet": _Parquet, ".csv": _Csv, ".xlsx": _Sheet}


def _guarded_column(texts: Any) -> Any:
    marked = pc.binary_join_element_wise("'", texts, "")
    return pc.if_else(pc.match_substring_regex(texts, _RISKY), marked, texts)


class ProblemFile:
    """The file with one line per problem; it only comes to be when there is one."""

    def __init__(self, path: Path, language: Language):
        self.path, self.count, self.written = path, 0, 0
        self._language = language
        self._file: Any = None

    def write(self, problems: Iterable[Told], unlisted: int = 0) -> None:
        """Write down more problems; beyond LISTED, and those that are unlisted, they are only counted."""
        for row, column, note in problems:
            if self._file is None:
                self._file = self.path.open("w", encoding="utf-8-sig", newline="")
                self._write(HEADER[self._language])
            if self.written < LISTED:
                self._write([" ".join(cell.split()) for cell in (row, column[:200], note)])
                self.written += 1
            self.count += 1
        self.count += unlisted

    def close(self) -> None:
        """End the file; where there was no problem, one that was left from before is removed."""
        if self._file is None:
            self.path.unlink(missing_ok=True)
            return
        if self.count > self.written:
            self._write(("", "", f"+ {self.count - self.written}"))
        self._file.close()

    def _write(self, cells: Sequence[str]) -> None:
        self._file.write(lines([cells], self._language))
