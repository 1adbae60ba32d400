"""How a table is understood before it is scored: its columns, its words, and what each of them perhaps means."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assessment.answers.places import Place
from assessment.answers.understood import Words, folded
from assessment.portfolio.batches import BATCH_ROWS, Problem, TableError, damaged
from assessment.portfolio.read.headers import ColumnSeen, Headers
from assessment.portfolio.read.mapping import TableMapping, write_mapping
from assessment.portfolio.read.tables import open_source
from assessment.portfolio.read.watch import watched
from knowledge.base import KnowledgeBase
from knowledge.damaged import told_as
from knowledge.text import Language, Text

MOST_WORDS = 100
"""Of each question: so many words that are not understood are listed."""


@dataclass(frozen=True)
class WordSeen:
    """A text in a question's column that is no answer: how often it stands there, why, and what it looks like."""

    question: str
    text: str
    count: int
    reason: Text
    near: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """How a table is understood. `near` tells for columns that are not what they perhaps are; `row` names them.

    `unclear` are words that are no answer. `rows` were looked at, and `whole` tells whether these are all.
    """

    columns: tuple[ColumnSeen, ...]
    near: Mapping[int, tuple[Place, ...]]
    unclear: tuple[WordSeen, ...]
    problems: tuple[Problem, ...]
    row: int
    rows: int
    whole: bool

    @property
    def unknown(self) -> tuple[ColumnSeen, ...]:
        """The columns with a name that is not understood."""
        return tuple(one for one in self.columns if one.how == "none" and one.name.strip())

    @property
    def plain(self) -> bool:
        """Whether there is nothing to look at: every column has an id above it and every word is understood."""
        by_ids = all(one.how == "id" or not one.name.strip() for one in self.columns)
        return by_ids and not self.unclear and not self.problems


def preview(path: Path, knowledge: KnowledgeBase, mapping: TableMapping | None = None) -> Preview:
    """How a table is understood, with a mapping or by itself.

    Raises:
        TableError: it is no table that can be read.
    """
    with told_as(damaged, TableError):
        return _seen(path, knowledge, mapping)


def _seen(path: Path, knowledge: KnowledgeBase, mapping: TableMapping | None) -> Preview:
    source = open_source(path, knowledge, mapping=mapping, lenient=True)
    header = source.header
    columns = header.seen if header is not None else ()
    headers = Headers(knowledge, mapping)
    counts: dict[str, Counter[str]] = {}
    unknown = {one.name.strip() for one in columns if one.how == "none"}
    problems = [one for one in source.problems if one.row or one.column not in unknown or not one.column]
    rows, whole = 0, True
    for batch in watched(source.batches, knowledge):
        problems += batch.problems
        if rows >= BATCH_ROWS:
            whole = False
            break
        rows += len(batch.rows)
        for question, texts in batch.columns.items():
            counts.setdefault(question, Counter()).update(text for text in texts.to_pylist() if text)
    return Preview(
        columns=columns,
        near={
            one.at: headers.suggestions(one.name)
            for one in columns if one.how == "none" and one.name.strip()
        },
        unclear=tuple(one for question, found in counts.items() for one in _words(knowledge, question, found)),
        problems=tuple(problems),
        row=source.row,
        rows=rows,
        whole=whole,
    )  # fmt: skip


def mapping_file(seen: Preview, mapping: TableMapping | None, language: Language) -> str:
    """The mapping file of a table: what was understood, what a mapping says, and what the rest perhaps is."""
    columns = [
        (one.name.strip(), str(one.place or ""), [str(near) for near in seen.near.get(one.at, ())])
        for one in seen.columns if one.name.strip()
    ]  # fmt: skip
    values: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for question, words in (mapping.values if mapping is not None else {}).items():
        values[question] = [(word, meaning, ()) for word, meaning in words.items()]
    known = {(question, folded(word)) for question, words in values.items() for word, *_ in words}
    for one in seen.unclear:
        if (one.question, folded(one.text)) not in known:
            values.setdefault(one.question, []).append((one.text, "", one.near))
    return write_mapping(columns, values, language)


def _words(knowledge: KnowledgeBase, question_id: str, counts: Counter[str]) -> Iterator[WordSeen]:
    words = Words(knowledge.questions[question_id], knowledge.renamed)
    unclear = ((text, count, words.reason(text)) for text, count in counts.most_common())
    told = ((text, count, reason) for text, count, reason in unclear if reason is not None)
    for text, count, reason in islice(told, MOST_WORDS):
        yield WordSeen(question_id, text, count, reason, words.suggestions(text))
