"""Writes the table of results: Parquet, CSV or XLSX, and beside it what was wrong with the rows that are not in it."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import xlsxwriter

from assessment.portfolio.batches import Problem, TableError
from assessment.portfolio.evaluation import LISTED, Results
from assessment.portfolio.score_columns import LEVEL_NAMES, NO_SCORE, ScoreColumn
from assessment.scoring import parts
from knowledge.text import Language
from rules.columns import packed
from rules.model import RuleBase

LOWEST, HIGHEST, LOWEST_LEVEL, HIGHEST_LEVEL = "lowest", "highest", "lowest_level", "highest_level"
SAFETY, UNKNOWN, ANSWERED, ASKED = "open_safety_findings", "unknown", "answered", "asked"
LESSON = "lesson."
LESSONS = "lessons"
ROW_GROUP = 131_072
SHEET_ROWS = 1_048_575
_LEVELS = pa.dictionary(pa.int8(), pa.string())
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
    return scores, pa.DictionaryArray.from_arrays(codes, pa.array(LEVEL_NAMES, pa.string()))


class Table(Protocol):
    """A table that is being written."""

    def write(self, batch: Any) -> None: ...

    def close(self) -> None: ...


def open_table(path: Path, form: str, columns: Any) -> Table:
    """Begin a table in the form that a suffix names (.parquet, .csv or .xlsx).

    Raises:
        TableError: there is no such form.
    """
    if form not in FORMS:
        raise TableError(
            "verwacht: een naam op .parquet, .csv of .xlsx", "expected: a name that ends in .parquet, .csv or .xlsx"
        )
    return FORMS[form](path, columns)


class _Parquet:
    def __init__(self, path: Path, columns: Any):
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
    def __init__(self, path: Path, columns: Any):
        plain = [pa.field(one.name, pa.string() if one.type == _LEVELS else one.type) for one in columns]
        self._columns = pa.schema(plain)
        self._writer = pyarrow.csv.CSVWriter(path, self._columns)

    def write(self, batch: Any) -> None:
        arrays = [
            _guarded_column(column) if pa.types.is_string(column.type) else column.cast(field.type)
            for column, field in zip(batch.columns, self._columns, strict=True)
        ]
        self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._columns))

    def close(self) -> None:
        self._writer.close()


class _Sheet:
    def __init__(self, path: Path, columns: Any):
        self._path, self._row = path, 0
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "nan_inf_to_errors": True})
        self._sheet = self._book.add_worksheet("portfolio")
        self._sheet.freeze_panes(1, 1)
        names = [one.name for one in columns if not one.name.startswith(LESSON)]
        for place, name in enumerate([*names, LESSONS]):
            self._sheet.write_string(0, place, name)

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
                if isinstance(value, str):
                    self._sheet.write_string(self._row, place, value)
                elif value is not None:
                    self._sheet.write_number(self._row, place, value)
            listed = ";".join(lessons[one].removeprefix(LESSON) for one in np.flatnonzero(advised).tolist())
            self._sheet.write_string(self._row, len(plain), listed)

    def close(self) -> None:
        self._book.close()


FORMS: dict[str, type[_Parquet] | type[_Csv] | type[_Sheet]] = {".parquet": _Parquet, ".csv": _Csv, ".xlsx": _Sheet}


def guarded(text: str) -> str:
    """Text for a CSV file, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in set("=+-@\t\r＝＋－＠") else text


def _guarded_column(texts: Any) -> Any:
    marked = pc.binary_join_element_wise("'", texts, "")
    return pc.if_else(pc.match_substring_regex(texts, _RISKY), marked, texts)


class ProblemFile:
    """The file with one line per problem; it only comes to be when there is one."""

    def __init__(self, path: Path, language: Language):
        self.path, self.count, self.written = path, 0, 0
        self._language = language
        self._file: Any = None

    def write(self, problems: Sequence[Problem], unlisted: int = 0) -> None:
        """Write down more problems; beyond LISTED, and those that are unlisted, they are only counted."""
        if problems and self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(("row", "column", "reason"))
        room = max(0, LISTED - self.written)
        for one in problems[:room]:
            cells = (one.row, one.column[:200], one.reason.in_(self._language))
            csv.writer(self._file).writerow([guarded(" ".join(cell.split())) for cell in cells])
        self.written += len(problems[:room])
        self.count += len(problems) + unlisted

    def close(self) -> None:
        """End the file; where there was no problem, one that was left from before is removed."""
        if self._file is None:
            self.path.unlink(missing_ok=True)
            return
        if self.count > self.written:
            csv.writer(self._file).writerow(("", "", f"+ {self.count - self.written}"))
        self._file.close()
