"""pandas in and out: the portfolio for who works in Python, with the same readers, rules and scores as the files.

results = assess_frame(answers)                                # one row per assessment that is in order
examined = examine_frame(answers)                              # also what was wrong, and how columns were understood
results = answers.map_partitions(assess_frame, meta=no_results())  # a Dask DataFrame
"""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from assessment.portfolio.batches import PIECE, Piece, Problem, plain
from assessment.portfolio.read.cell_text import cell_text
from assessment.portfolio.read.choices import Choices
from assessment.portfolio.read.headers import Header, Headers
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.read.meanings import with_meanings
from assessment.portfolio.read.watch import watched
from assessment.portfolio.score_columns import LEVEL_NAMES
from assessment.portfolio.workers import Scorer
from assessment.portfolio.write.results import schema
from knowledge.text import Language
from rules.model import RuleBase, rule_base

_LEVELS = pd.CategoricalDtype([*LEVEL_NAMES], ordered=True)


class Examined(NamedTuple):
    """What `examine_frame` gives: the results, what was wrong or is to know, and what each column was taken for.

    `results` is what `assess_frame` gives. `problems` has a row per problem: `row` (label of the row as text, empty
    where it is about all), `column`, and `note`, a sentence with the cure. `columns` has a row per column of the
    answers, in their order: `column`, `question` (id, or `id`, `title`, or empty where it was not used), `option` (for
    a column per choice), `how` (id, text, mapping or none) and `perhaps` (ids of questions that it looks like).
    """

    results: pd.DataFrame
    problems: pd.DataFrame
    columns: pd.DataFrame


def assess_frame(answers: pd.DataFrame, mapping: TableMapping | None = None, language: Language = "nl") -> pd.DataFrame:
    """A row of scores, counts and advised lessons for each row of answers that is in order, under its own label.

    `answers` has a column per question, called by its id or its text, or one per choice, as survey tools export them;
    cells are ids or labels of answers in either language, numbers, booleans, lists of choices, or empty. Columns that
    are called id and title tell the assessments apart. `mapping` says what other names and words mean.

    Columns of the result:

    - `id`, `title`: text, missing where there is none; the id is then the label of the row;
    - `overall.lowest`, `overall.highest`, and the same for each theme: float64, per cent from 0 to 100, NaN where too
      little is known for a score; `.lowest_level`, `.highest_level`: ordered category from fragile to strong;
    - `open_safety_findings`, `unknown`, `answered`, `asked`: int32, counts;
    - `lesson.` with the id of each lesson: bool, whether it is advised.

    Rows that are empty, add up others, or hold something that is no answer are left out, with a warning: see the
    problems of `examine_frame`. No row is changed; the length is at most that of `answers`.

    Raises:
        TableError: no column is about a question, or two are about the same.

    Warns:
        UserWarning: something was left out or is to know.
    """
    examined = examine_frame(answers, mapping, language)
    if len(examined.problems):
        first = examined.problems.iloc[0]
        where = " · ".join(filter(None, (first["row"], first["column"])))
        told = f"{where}: {first['note']}" if where else first["note"]
        warnings.warn(
            f"{len(answers) - len(examined.results)} of {len(answers)} rows left out, {len(examined.problems)} notes; "
            f"examine_frame(...).problems lists them. The first: {told}",
            stacklevel=2,
        )
    return examined.results


def examine_frame(answers: pd.DataFrame, mapping: TableMapping | None = None, language: Language = "nl") -> Examined:
    """The results of `assess_frame` with the problems and the understood columns beside them.

    Raises:
        TableError: no column is about a question, or two are about the same.
    """
    base = rule_base()
    headers = Headers(base.knowledge, mapping)
    header = headers.header([_name(name) for name in answers.columns])
    pieces: Iterator[Piece] = _pieces(answers, header, Choices(header.choices, base.knowledge))
    if mapping is not None:
        pieces = with_meanings(pieces, mapping.meanings(base.knowledge))
    problems, batches, kept = [*header.problems], list[Any](), [np.array([], np.intp)]
    for piece in watched(pieces, base.knowledge):
        scored = _scorer()(piece)
        batches.append(scored.batch)
        kept.append(np.asarray(piece.rows, np.intp)[scored.kept])
        problems += [*piece.problems, *scored.wrong.listed]
    return Examined(
        _results(answers, batches, np.concatenate(kept), header, base),
        _problems(answers, problems, language),
        _columns(header, headers),
    )


def no_results() -> pd.DataFrame:
    """What `assess_frame` gives for no rows: the `meta` that Dask asks for."""
    return _frame([], rule_base())


@cache
def _scorer() -> Scorer:
    return Scorer(rule_base())


def _name(name: object) -> str:
    """The name of a column; levels of names are groups, as survey tools write them."""
    return "/".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _pieces(answers: pd.DataFrame, header: Header, choices: Choices) -> Iterator[Piece]:
    """The frame in pieces, whose rows are numbered from 0."""
    for start in range(0, len(answers), PIECE):
        part = answers.iloc[start : start + PIECE]

        def text(at: int | None, part: pd.DataFrame = part) -> Any:
            return pa.nulls(len(part), pa.string()) if at is None else plain(_coded(part, at).cast(pa.string()))

        coded = {question: _coded(part, at) for question, at in header.questions.items()}
        if header.choices:
            whole = {question: coded[question].to_pylist() for question in header.choices if question in coded}
            marks = {
                question: {option: _coded(part, at).to_pylist() for option, at in columns.items()}
                for question, columns in header.choices.items()
            }
            joined = choices.joined(whole, marks)
            coded |= {question: pa.array(cells, pa.string()).dictionary_encode() for question, cells in joined.items()}
        piece = Piece(range(start, start + len(part)), text(header.id), text(header.title), coded, (), 1.0)
        yield replace(piece, done=(start + len(part)) / len(answers))


def _coded(part: pd.DataFrame, at: int) -> Any:
    """A column as dictionary-encoded text."""
    column = part.iloc[:, at]
    if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) not in ("string", "empty"):
        column = column.map(cell_text)  # True and 1 are equal, and a list of choices has no hash
    codes, values = pd.factorize(column)
    texts = pa.array([cell_text(one) or None for one in values], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=codes < 0), texts)


def _frame(batches: Sequence[Any], base: RuleBase) -> pd.DataFrame:
    found: pd.DataFrame = pa.Table.from_batches(batches, schema(base)).to_pandas()
    levels = [name for name in found.columns if name.endswith("_level")]
    return found.astype({**dict.fromkeys(levels, _LEVELS), "id": "string", "title": "string"})


def _results(
    answers: pd.DataFrame, batches: Sequence[Any], kept: NDArray[np.intp], header: Header, base: RuleBase
) -> pd.DataFrame:
    found = _frame(batches, base)
    found.index = answers.index[kept]
    labels = pd.Series(found.index.map(str), index=found.index, dtype="string")
    if header.id is None:
        found["id"] = labels
    else:
        named = answers.iloc[:, header.id].notna().to_numpy()[kept]
        found["id"] = found["id"].where(named, labels)
    return found


def _problems(answers: pd.DataFrame, problems: Sequence[Problem], language: Language) -> pd.DataFrame:
    rows = [
        (str(answers.index[int(one.row)]) if one.row else "", one.column, one.reason.in_(language)) for one in problems
    ]
    return pd.DataFrame(rows, columns=["row", "column", "note"], dtype="string")


def _columns(header: Header, headers: Headers) -> pd.DataFrame:
    rows = [
        (
            one.name,
            one.place.about if one.place is not None else "",
            (one.place.option or "") if one.place is not None else "",
            one.how,
            "" if one.place is not None else ", ".join(map(str, headers.suggestions(one.name))),
        )
        for one in header.seen
    ]
    return pd.DataFrame(rows, columns=["column", "question", "option", "how", "perhaps"], dtype="string")
