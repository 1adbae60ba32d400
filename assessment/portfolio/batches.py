"""What every kind of table is read into: pieces of some thousands of rows, so that memory does not grow with length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from knowledge.base import KnowledgeBase
from knowledge.renames import present_id
from knowledge.text import Text

MAXIMUM_ROWS = 5_000_000
MAXIMUM_COLUMNS = 2_000
PIECE = 65_536
"""The most rows that are worked on at a time."""
ID, TITLE = "id", "title"
MAXIMUM_TITLE = 200


class TableError(ValueError):
    """The table as a whole cannot be read or written; `text` says what was expected."""

    def __init__(self, nl: str, en: str):
        self.text = Text(nl=nl, en=en)
        super().__init__(en)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, row, column or file. `row` counts as a spreadsheet does; or it is a file's name."""

    row: str
    column: str
    reason: Text


@dataclass(frozen=True)
class Piece:
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


def without_rows(problems: tuple[Problem, ...], done: float) -> Piece:
    """A piece that only tells what is wrong with rows that cannot be read."""
    return Piece((), pa.array([], pa.string()), pa.array([], pa.string()), {}, problems, done)


@dataclass(frozen=True)
class Header:
    """Which columns of a table are used, by their name in the table."""

    id: str | None
    title: str | None
    questions: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """The names of the columns that are read."""
        return (*(name for name in (self.id, self.title) if name is not None), *self.questions.values())


def header(names: Sequence[str], knowledge: KnowledgeBase) -> Header:
    """What the columns of a table are. A former id of a question counts as its present one.

    Raises:
        TableError: no question is among them, one stands there twice, or they are too many.
    """
    if len(names) > MAXIMUM_COLUMNS:
        raise TableError(
            f"verwacht: hooguit {MAXIMUM_COLUMNS} kolommen; gevonden: {len(names)}",
            f"expected: at most {MAXIMUM_COLUMNS} columns; found: {len(names)}",
        )
    found: dict[str, str] = {}
    problems: list[Problem] = []
    own = {ID, TITLE, *knowledge.questions}
    for name in sorted(names, key=lambda one: one.strip() not in own):
        column = present_id(name.strip(), knowledge.renamed)
        if column in found:
            raise TableError(
                f"verwacht: elke kolom één keer; {column} staat er twee keer (zo, of onder een oude naam)",
                f"expected: each column once; {column} stands there twice (like that, or by a former name)",
            )
        if column in own:
            found[column] = name
        elif column:
            reason = Text(
                nl="deze kolom is geen vraag van deze kennisbank en is niet gebruikt",
                en="this column is no question of this knowledge base and was not used",
            )
            problems.append(Problem("", column, reason))
    questions = {column: name for column, name in found.items() if column in knowledge.questions}
    if not questions:
        raise TableError(
            "verwacht: een kolom per vraag, met het id van de vraag erboven (zie dialoogwijzer portfolio --template)",
            "expected: a column per question, with the id of the question above it "
            "(see dialoogwijzer portfolio --template)",
        )
    return Header(found.get(ID), found.get(TITLE), questions, tuple(problems))


def plain(texts: Any) -> Any:
    """Ids and titles on one line of at most 200 characters, without control characters; null where nothing is left."""
    if not _is_printable_ascii(texts):
        texts = pc.replace_substring_regex(texts, r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+", " ")
    texts = pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(texts), 0, MAXIMUM_TITLE)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _is_printable_ascii(texts: Any) -> bool:
    """Whether this is so for all of them; most ids are, and this is much quicker to see than what is not."""
    content = texts.buffers()[2]
    return content is not None and bool((np.frombuffer(content, np.uint8) - np.uint8(0x20) < 0x5F).all())


def too_long() -> TableError:
    """The refusal of a table with too many rows."""
    return TableError(f"verwacht: hooguit {MAXIMUM_ROWS} rijen", f"expected: at most {MAXIMUM_ROWS} rows")
