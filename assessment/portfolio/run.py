"""One portfolio from beginning to end: read, evaluate, write, and sum up."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from assessment.portfolio.evaluation import Evaluator, Problems, Results
from assessment.portfolio.pieces import Piece, TableError
from assessment.portfolio.reading import Source, open_source
from assessment.portfolio.summary import Summary
from assessment.portfolio.writing import FORMS, ProblemFile, as_batch, open_table, schema
from knowledge.text import Language
from rules.model import RuleBase

AHEAD = 3
"""How many pieces are in hand while one is written: one that is read, one that is evaluated, one that waits."""


@dataclass(frozen=True)
class Outcome:
    """What was done. `problems` is the file that lists what was not, None where everything was."""

    summary: Summary
    problem_count: int
    problems: Path | None


def run(
    source: Path,
    output: Path,
    base: RuleBase,
    language: Language = "nl",
    progress: Callable[[float], None] = lambda done: None,
    evaluator: Evaluator | None = None,
) -> Outcome:
    """Score every assessment in a table or folder, and write the table of results in the form that its name asks for.

    `progress` is told which part is done, from 0 to 1; an `evaluator` of the same rules may be given. The output
    appears only when it is whole.

    Raises:
        TableError: the source or the output is not in order as a whole, or not one row is; no table is written then.
    """
    if output.suffix.lower() not in FORMS:
        raise TableError(
            f"{output}: verwacht: een naam op .parquet, .csv of .xlsx",
            f"{output}: expected: a name that ends in .parquet, .csv or .xlsx",
        )
    if output.resolve() == source.resolve() or output.is_dir():
        raise TableError(
            f"{output}: verwacht: een andere naam voor de uitkomst", f"{output}: expected: another name for the outcome"
        )
    with _about(source):
        opened = open_source(source, base.knowledge, language)
    evaluator = evaluator or Evaluator(base)
    columns = schema(base)
    summary = Summary({"knowledge_version": base.knowledge.version, "rules_version": base.version})
    problems = ProblemFile(output.with_name(f"{output.stem}.problems.csv"), language)
    unfinished = _beside(output)
    try:
        table = open_table(unfinished, output.suffix.lower(), columns)
        problems.write(opened.problems)
        for piece, results, batch, wrong in _in_order(evaluator, _pieces(opened, source), columns):
            progress(piece.done)
            problems.write([*piece.problems, *wrong.listed], wrong.count - len(wrong.listed))
            table.write(batch)
            summary.add(batch)
            summary.add_unknowns(results.asked_in, results.unknown_in)
        table.close()
        if not summary.rows:
            seen = f" ({problems.path.name})" if problems.count else ""
            raise TableError(f"{source}: geen enkele rij is in orde{seen}", f"{source}: not one row is in order{seen}")
        unfinished.replace(output)
    finally:
        problems.close()
        unfinished.unlink(missing_ok=True)
    return Outcome(summary, problems.count, problems.path if problems.count else None)


@contextmanager
def _about(source: Path) -> Iterator[None]:
    try:
        yield
    except TableError as error:
        raise TableError(f"{source}: {error.text.nl}", f"{source}: {error.text.en}") from None


def _pieces(opened: Source, source: Path) -> Iterator[Piece]:
    with _about(source):
        yield from opened.pieces


def _in_order(
    evaluator: Evaluator, pieces: Iterator[Piece], columns: Any
) -> Iterator[tuple[Piece, Results, Any, Problems]]:
    """Each piece with its results, in order; while one is written the next are read and evaluated."""

    def evaluated(read: Future[Piece | None]) -> tuple[Piece, Results, Any, Problems] | None:
        piece = read.result()
        if piece is None:
            return None
        results, wrong = evaluator(piece)
        return piece, results, as_batch(results, columns), wrong

    with ThreadPoolExecutor(1) as reading, ThreadPoolExecutor(1) as evaluating:
        waiting = deque(evaluating.submit(evaluated, reading.submit(next, pieces, None)) for _ in range(AHEAD))
        while (done := waiting.popleft().result()) is not None:
            yield done
            waiting.append(evaluating.submit(evaluated, reading.submit(next, pieces, None)))


def _beside(output: Path) -> Path:
    """A name in the folder of the output for what is not whole yet."""
    if not output.parent.is_dir() or not os.access(output.parent, os.W_OK):
        raise TableError(f"{output}: kan hier niet worden geschreven", f"{output}: cannot be written here")
    return output.with_name(f".{output.stem}-{token_hex(4)}{output.suffix}")
