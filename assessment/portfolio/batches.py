"""What every kind of table is read into: batches of thousands of rows, so that memory does not grow with length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assessment.model import LONGEST_TITLE
from knowledge.text import Language, Text

MAXIMUM_ROWS = 5_000_000
MAXIMUM_COLUMNS = 2_000
BATCH_ROWS = 65_536
"""The most rows that are worked on at a time."""
ID, TITLE = "id", "title"
UNSEEN = (
    r"[\p{Cc}\p{Zl}\p{Zp}\x{AD}\x{61C}\x{180E}\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}"
    r"\x{FFF9}-\x{FFFB}\x{E0001}-\x{E007F}]+"
)
"""Control and direction; what joins letters of Bangla, Persian and others stays."""

Told = tuple[str, str, str]
"""The row, the column, and what is wrong there."""


class TableError(ValueError):
    """The table as a whole cannot be read or written; `text` says what was expected."""

    def __init__(self, nl: str, en: str):
        self.text = Text(nl=nl, en=en)
        super().__init__(en)


class NothingInOrderError(TableError):
    """Not one row is in order; `problems` is the file that says why, None where there is no row at all."""

    def __init__(self, nl: str, en: str, problems: Path | None):
        self.problems = problems
        super().__init__(nl, en)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, row, column or file. `row` counts as a spreadsheet does; or it is a file's name."""

    row: str
    column: str
    reason: Text

    def told(self, language: Language) -> Told:
        """The problem in words."""
        return self.row, self.column, self.reason.in_(language)


@dataclass(frozen=True)
class Batch:
    """Some rows as text, before anything is checked.

    `columns` holds a dictionary-encoded Arrow column per question id, `ids` and `titles` are Arrow text columns
    that are `plain`; empty is null. `problems` are about rows that are not in it. `done` is the part of the whole that
    has been read, 0 to 1.
    """

    rows: Sequence[object]
    ids: Any
    titles: Any
    columns: Mapping[str, Any]
    problems: tuple[Problem, ...]
    done: float

    def frame(self) -> pd.DataFrame:
        """The rows under their labels in `rows`: `id` and `title` as text, and a category column per question id."""
        columns = {question: _distinct(texts) for question, texts in self.columns.items()}
        table = pa.table({ID: self.ids, TITLE: self.titles, **columns})
        found: pd.DataFrame = table.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow")}.get)
        return found.set_axis(pd.Index(self.rows), axis="index")


def _distinct(texts: Any) -> Any:
    """The same column with each text once in its dictionary: words of a mapping may mean the same."""
    listed = texts.dictionary
    once = len(listed.unique()) == len(listed) and not listed.null_count
    return texts if once else texts.dictionary_decode().dictionary_encode()


def without_rows(problems: tuple[Problem, ...], done: float) -> Batch:
    """A batch that only tells what is wrong with rows that cannot be read."""
    return Batch((), pa.array([], pa.string()), pa.array([], pa.string()), {}, problems, done)


def plain(texts: Any) -> Any:
    """Ids and titles on one line of at most 200 characters, without control characters; null where nothing is left."""
    if not _is_printable_ascii(texts):
        texts = pc.replace_substring_regex(texts, UNSEEN, " ")
    texts = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(texts), 0, LONGEST_TITLE)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _is_printable_ascii(texts: Any) -> bool:
    """Whether this is so for all of them; most ids are, and this is much quicker to see than what is not."""
    content = texts.buffers()[2]
    return content is not None and bool((np.frombuffer(content, np.uint8) - np.uint8(0x20) < 0x5F).all())


def damaged() -> TableError:
    """The refusal of a file in which something is as nobody would expect it."""
    return TableError("dit bestand is beschadigd", "this file is damaged")


def too_long() -> TableError:
    """The refusal of a table with too many rows."""
    return TableError(f"verwacht: hooguit {MAXIMUM_ROWS} rijen", f"expected: at most {MAXIMUM_ROWS} rows")
