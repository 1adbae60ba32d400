"""pandas in and out: the portfolio for who works in Python, with the same readers, rules and scores as the files.

results = assess_frame(answers)                                # one row per assessment that is in order
examined = examine_frame(answers)                              # also what was wrong, and how columns were understood
results = answers.map_partitions(assess_frame, meta=no_results())  # a Dask DataFrame
"""

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from assessment.portfolio.batches import BATCH_ROWS, Batch, Problem, plain
from assessment.portfolio.evaluation import Evaluator
from assessment.portfolio.read.cell_text import cell_text
from assessment.portfolio.read.choices import Choices
from assessment.portfolio.read.headers import Header, Headers
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.read.meanings import with_meanings
from assessment.portfolio.read.watch import watched
from assessment.portfolio.score_columns import LEVEL_NAMES
from assessment.portfolio.write.results import as_batch, schema
from knowledge.text import Language
from rules.model import RuleBase, rule_base

_LEVELS = pd.CategoricalDtype([*LEVEL_NAMES], ordered=True)


class Examined(NamedTuple):
    """What `examine_frame` gives: the results, what was wrong or is to know, and what each column was taken for.

    `results` is what `assess_frame` gives. `problems` has a row per problem: `row` (label of the row as text, empty
    where it is about all), `column`, and `note`, a sentence with the cure; `unlisted` more are like these and only
    counted. `columns` has a row per column of the answers, in their order: `column`, `question` (id, or `id`, `title`,
    or empty where it was not used), `option` (for a column per choice), `how` (id, text, mapping or none) and `perhaps`
    (ids of questions that it looks like). `questions` has under the id of each question in how many results it is
    `asked`, and in how many of these the answer is `unknown` (int64).
    """

    results: pd.DataFrame
    problems: pd.DataFrame
    columns: pd.DataFrame
    questions: pd.DataFrame
    unlisted: int


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
    problems of `examine_frame`. No row is changed; the length is at most that of `answers`. The versions of knowledge
    and rules stand in `attrs`.

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
    return _examiner()(answers, mapping, language)


def no_results() -> pd.DataFrame:
    """What `assess_frame` gives for no rows: the `meta` that Dask asks for."""
    return _examiner().results([])


class Examiner:
    """A rule base made ready for frames; `examine_frame` is that of the rule base that comes along."""

    def __init__(self, base: RuleBase):
        self._knowledge, self._schema = base.knowledge, schema(base)
        self._evaluator = Evaluator(base)
        self._versions = {"knowledge_version": base.knowledge.version, "rules_version": base.version}

    def __call__(
        self, answers: pd.DataFrame, mapping: TableMapping | None = None, language: Language = "nl"
    ) -> Examined:
        """The same as `examine_frame`, under this rule base."""
        headers = Headers(self._knowledge, mapping)
        header = headers.header([_name(name) for name in answers.columns])
        batches: Iterator[Batch] = _batches(answers, header, Choices(header, self._knowledge))
        if mapping is not None:
            batches = with_meanings(batches, mapping.meanings(self._knowledge))
        problems, found, kept = [*header.problems], list[Any](), [np.array([], np.intp)]
        questions, unlisted = pd.DataFrame(0, [*self._knowledge.questions], ["asked", "unknown"]), 0
        for batch in watched(batches, self._knowledge):
            results, wrong = self._evaluator(batch)
            found.append(as_batch(results, self._schema))
            kept.append(np.asarray(batch.rows, np.intp)[results.kept])
            questions += pd.DataFrame({"asked": results.asked_in, "unknown": results.unknown_in})
            problems += [*batch.problems, *wrong.listed]
            unlisted += wrong.count - len(wrong.listed)
        return Examined(
            self._under_labels(self.results(found), answers, np.concatenate(kept), header),
            _problems(answers, problems, language),
            _columns(header, headers),
            questions,
            unlisted,
        )

    def results(self, batches: Sequence[Any]) -> pd.DataFrame:
        """The results that stand in Arrow record batches, as the columns of `assess_frame`."""
        found: pd.DataFrame = pa.Table.from_batches(batches, self._schema).to_pandas()
        levels = [name for name in found.columns if name.endswith("_level")]
        found = found.astype({**dict.fromkeys(levels, _LEVELS), "id": "string", "title": "string"})
        found.attrs.update(self._versions)
        return found

    @staticmethod
    def _under_labels(
        found: pd.DataFrame, answers: pd.DataFrame, kept: NDArray[np.intp], header: Header
    ) -> pd.DataFrame:
        found.index = answers.index[kept]
        named = answers.iloc[kept, header.id].notna() if header.id is not None else pd.Series(False, found.index)
        if not named.all():
            labels = pd.Series(found.index.map(str), index=found.index, dtype="string")
            found["id"] = found["id"].where(named.to_numpy(), labels)
        return found


@cache
def _examiner() -> Examiner:
    return Examiner(rule_base())


def _name(name: object) -> str:
    """The name of a column; levels of names are groups, as survey tools write them."""
    return "/".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _batches(answers: pd.DataFrame, header: Header, choices: Choices) -> Iterator[Batch]:
    """The frame in batches, whose rows are numbered from 0."""
    for start in range(0, len(answers), BATCH_ROWS):
        part = answers.iloc[start : start + BATCH_ROWS]

        def coded(at: int, part: pd.DataFrame = part) -> Any:
            return _coded(part.iloc[:, at])

        def text(at: int | None, part: pd.DataFrame = part) -> Any:
            return pa.nulls(len(part), pa.string()) if at is None else plain(_texts(part.iloc[:, at]))

        end = start + len(part)
        yield Batch(
            range(start, end), text(header.id), text(header.title), choices.columns(coded), (), end / len(answers)
        )


def _texts(column: pd.Series) -> Any:
    """A column as text, row by row."""
    if isinstance(column.dtype, pd.StringDtype):
        return pa.array(column.to_numpy(object), pa.string(), from_pandas=True)
    return _coded(column).cast(pa.string())


def _coded(column: pd.Series) -> Any:
    """A column as dictionary-encoded text."""
    if column.dtype == object and pd.api.types.infer_dtype(column, skipna=True) not in ("string", "empty"):
        column = column.map(cell_text)  # True and 1 are equal, and a list of choices has no hash
    codes, values = pd.factorize(column)
    texts = pa.array([cell_text(one) or None for one in values], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32), mask=codes < 0), texts)


def _problems(answers: pd.DataFrame, problems: Sequence[Problem], language: Language) -> pd.DataFrame:
    told = (problem.told(language) for problem in problems)
    rows = [(str(answers.index[int(row)]) if row else "", column, note) for row, column, note in told]
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
