"""One portfolio from beginning to end: read in batches, each examined as a frame, written and summed up."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pyarrow as pa

from assessment.portfolio.batches import Batch, NothingInOrderError, TableError, damaged
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.read.tables import Source, open_source
from assessment.portfolio.read.watch import Watch
from assessment.portfolio.summary import Summary
from assessment.portfolio.workers import Examining, in_this_process
from assessment.portfolio.write.naming import naming
from assessment.portfolio.write.results import FORMS, ProblemFile, open_table, schema
from knowledge.damaged import told_as
from knowledge.text import Language
from rules.model import RuleBase


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
    examining: Examining | None = None,
    mapping: TableMapping | None = None,
) -> Outcome:
    """Score every assessment in a table or folder, and write the table of results in the form that its name asks for.

    Each batch of rows goes through `examine_frame`. `progress` is told which part is done, from 0 to 1. `examining` is
    who does that: this process, where it is not given. `mapping` says what the columns and words of somebody's own
    table mean. The output appears only when it is whole.

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
        opened = open_source(source, base.knowledge, language, mapping)
    columns = schema(base)
    summary = Summary({"knowledge_version": base.knowledge.version, "rules_version": base.version})
    problems = ProblemFile(output.with_name(f"{output.stem}.problems.csv"), language)
    unfinished = _beside(output)
    try:
        table = open_table(unfinished, output.suffix.lower(), columns, naming(base, language))
        problems.write(problem.told(language) for problem in opened.problems)
        watch = Watch(language)
        for batch, examined in (examining or in_this_process(base))(_batches(opened, source), language):
            progress(batch.done)
            problems.write(problem.told(language) for problem in batch.problems)
            if examined is None:
                continue
            problems.write(watch.told(examined.problems, examined.results), examined.unlisted)
            for rows in pa.Table.from_pandas(examined.results, columns, preserve_index=False).to_batches():
                table.write(rows)
                summary.add(rows)
            summary.add_questions(examined.questions)
        table.close()
        if not summary.rows:
            if not problems.count:
                raise NothingInOrderError(
                    f"{source}: er staat geen enkele beoordeling in; zet er onder de namen van de kolommen per rij een",
                    f"{source}: there is no assessment in it; put one in each row below the names of the columns",
                    None,
                )
            raise NothingInOrderError(
                f"{source}: geen enkele rij is in orde; in {problems.path.name} staat per rij waarom",
                f"{source}: not one row is in order; {problems.path.name} says why for each",
                problems.path,
            )
        unfinished.replace(output)
    finally:
        problems.close()
        unfinished.unlink(missing_ok=True)
    return Outcome(summary, problems.count, problems.path if problems.count else None)


@contextmanager
def _about(source: Path) -> Iterator[None]:
    try:
        with told_as(damaged, TableError):
            yield
    except TableError as error:
        raise TableError(f"{source}: {error.text.nl}", f"{source}: {error.text.en}") from None


def _batches(opened: Source, source: Path) -> Iterator[Batch]:
    with _about(source):
        yield from opened.batches


def _beside(output: Path) -> Path:
    """A name in the folder of the output for what is not whole yet."""
    if not output.parent.is_dir() or not os.access(output.parent, os.W_OK):
        raise TableError(f"{output}: kan hier niet worden geschreven", f"{output}: cannot be written here")
    return output.with_name(f".{output.stem}-{token_hex(4)}{output.suffix}")
