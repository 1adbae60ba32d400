"""How fast a whole portfolio is scored, what memory it takes, and how both grow, in one run on this machine.

`python -m benchmarks.portfolio [--rows N]` reads from and writes to Parquet, each time in a process of its own, and
compares with other rule engines one by one, which must find the same: end to end ('portfolio'), findings with advice
and scores in one thread ('+ scores'), and findings alone ('rules'). 'Row to row' is like for like with 'portfolio': one
by one, reading the row, scoring and writing are counted too. Needs Linux, for the memory peak.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from assessment import assess_frame
from assessment.advice import advise
from assessment.model import Assessment
from assessment.portfolio.batches import BATCH_ROWS
from assessment.portfolio.evaluation import Evaluator
from assessment.portfolio.read.tables import open_source
from assessment.portfolio.run import run
from assessment.scoring import scores
from benchmarks.engines import engines
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Question
from rules.columns import Columns
from rules.engine.inference import Inference, inference
from rules.engine.memory import working_memory
from rules.model import Rule, RuleBase, rule_base
from rules.sampling import random_answers

DISTINCT, ONE_BY_ONE, ROW_GROUP = 2000, 300, 131_072


def write_rows(path: Path, count: int) -> None:
    """A table of random answers; each column is drawn by itself, so that hardly any two rows are the same."""
    knowledge = rule_base().knowledge
    random, places = Random(1), np.random.default_rng(1)
    sets = [random_answers(knowledge, random, share=random.choice([0.5, 0.9, 1.0])) for _ in range(DISTINCT)]
    texts = {key: pa.array([_cell(one.get(key)) for one in sets], pa.string()) for key in knowledge.questions}
    schema = pa.schema([("id", pa.string()), *((key, pa.string()) for key in texts)])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, count, ROW_GROUP):
            some = min(ROW_GROUP, count - start)
            ids = pa.array([f"company {row}" for row in range(start, start + some)])
            drawn = [column.take(pa.array(places.integers(0, DISTINCT, some))) for column in texts.values()]
            writer.write_table(pa.Table.from_arrays([ids, *drawn], schema=schema))


def _cell(answer: Answer | None) -> str | None:
    if isinstance(answer, tuple):
        return ";".join(answer)
    return None if answer is None else str(answer)


def times(base: RuleBase, factor: int) -> RuleBase:
    """The rule base with every rule `factor` times, each copy resting on the findings of its own copies."""
    rules: dict[str, Rule] = dict(base.rules)
    for copy in range(1, factor):
        for rule in base.rules.values():
            dumped = _renamed(rule.model_dump(by_alias=True, exclude_none=True), f"-copy{copy}")
            made = Rule.model_validate({**dumped, "id": f"{rule.id}-copy{copy}"})
            rules[made.id] = made
    return RuleBase(MappingProxyType(rules), base.knowledge)


def _renamed(value: Any, suffix: str) -> Any:
    if isinstance(value, dict):
        return {key: one + suffix if key == "finding" else _renamed(one, suffix) for key, one in value.items()}
    return [_renamed(one, suffix) for one in value] if isinstance(value, list | tuple) else value


def measure(source: Path, output: Path, factor: int, frame: bool) -> None:
    """Score one table in this process, and print rows, seconds, those of processors, and the memory peak in MB.

    With `frame` it is read first, as a DataFrame of categories, and scored as that; the memory is that of both.
    """
    base = times(rule_base(), factor)
    questions = [*base.knowledge.questions]
    table = pyarrow.parquet.read_table(source, read_dictionary=questions).to_pandas() if frame else None
    start, busy = time.perf_counter(), time.process_time()
    rows = len(assess_frame(table)) if table is not None else run(source, output, base).summary.rows
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
    told = {"rows": rows, "rules": len(base.rules), "seconds": seconds, "busy": busy, "peak": peak}
    print(json.dumps(told))


def in_own_process(source: Path, factor: int = 1, frame: bool = False) -> dict[str, float]:
    """What `measure` says about a table."""
    command = [sys.executable, "-m", "benchmarks.portfolio", "--measure", str(source), "--factor", str(factor)]
    command += ["--frame"] if frame else []
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(
        f"{told['rows']:9,d} rows x {told['rules']:5,d} rules  {told['seconds']:7.2f} s "
        f"{told['rows'] / told['seconds']:10,.0f} rows/s  processor {told['busy']:6.2f} s  peak {told['peak']:6,.0f} MB"
    )
    return told  # type: ignore[no-any-return]


def per_second(work: Callable[[int], object]) -> float:
    """How often a second of processor time something is done, one by one."""
    work(0)
    start = time.process_time()
    for place in range(ONE_BY_ONE):
        work(place)
    return ONE_BY_ONE / (time.process_time() - start)


def rules_alone(base: RuleBase, sets: Sequence[Answers]) -> tuple[float, list[frozenset[str]]]:
    """How many rows a second of processor time get their findings by columns, from the tokens that the other engines
    are given too; and the findings of these sets."""
    columns, count = Columns(base), len(sets)
    memories = [working_memory(one, base.knowledge.questions) for one in sets]
    codes = {
        variable: np.array([tokens[base.domains.token(variable, one.facts[variable.question])] for one in memories])
        for variable, tokens in columns.codes.items()
    }
    places = np.random.default_rng(3).integers(0, count, BATCH_ROWS)
    places[:count] = range(count)
    given = {variable: some.astype(np.int8)[places] for variable, some in codes.items()}
    seconds = []
    for _ in range(10):
        start = time.process_time()
        conclusions = columns.evaluate(columns.of_codes(given, BATCH_ROWS))
        seconds.append(time.process_time() - start)
    return BATCH_ROWS / median(seconds), [conclusions.findings(row) for row in range(count)]


def findings_and_scores(source: Path, base: RuleBase) -> float:
    """How many rows a second of processor time get findings, advice and scores, without reading and writing."""
    evaluator, batch = Evaluator(base), next(open_source(source, base.knowledge).batches)
    evaluator(batch)
    seconds = []
    for _ in range(5):
        start = time.process_time()
        evaluator(batch)
        seconds.append(time.process_time() - start)
    return len(batch.rows) / median(seconds)


def from_row_to_row(source: Path, running: Inference, output: Path) -> Callable[[int], None]:
    """What reads one row of a table, runs the rules on it, scores it, and writes its scores and lessons down."""
    base, knowledge = running.base, running.base.knowledge
    with pyarrow.parquet.ParquetFile(source) as file:
        batch = next(file.iter_batches(ONE_BY_ONE))
    leading = {rule.id: rule.lesson for rule in base.rules.values() if rule.lesson is not None}

    def one(place: int) -> None:
        (row,) = batch.slice(place, 1).to_pylist()
        given = {
            key: _answer(knowledge.questions[key], row[key]) for key in knowledge.questions if row[key] is not None
        }
        trace = running.run(working_memory(given, knowledge.questions))
        found = scores(trace, base)
        every = [score for score in (found.overall, *found.themes) if score is not None]
        told = [f"{score.about}: {score.lowest}-{score.highest}" for score in every]
        lessons = {leading[rule] for rule in trace.findings if rule in leading}
        with output.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow([row["id"], *told, *lessons])

    return one


def _answer(question: Question, cell: str) -> Answer:
    if question.kind == "several" and cell not in (UNKNOWN, NOT_APPLICABLE):
        return tuple(cell.split(";"))
    return int(cell) if question.kind == "number" and cell.isdigit() else cell


def compare(source: Path, speed: float) -> None:
    """Print how many times as fast a portfolio is as other engines, and as the whole advice, one by one.

    All is counted in processor time, which other work on the machine hardly changes; a portfolio keeps two busy.
    """
    base = rule_base()
    knowledge, random = base.knowledge, Random(2)
    sets = [random_answers(knowledge, random, share=0.9) for _ in range(ONE_BY_ONE)]
    memories = [working_memory(one, knowledge.questions) for one in sets]
    alone, expected = rules_alone(base, sets)
    scored = findings_and_scores(source, base)
    print(
        f"{'per second of one processor':28s} {'one by one':>12s} {'portfolio':>10s} {'+ scores':>10s} {'rules':>10s}"
    )
    print(f"{'by columns':28s} {'':12s} {speed:10,.0f} {scored:10,.0f} {alone:10,.0f}")

    def told(name: str, pace: float, findings: bool) -> None:
        rules = f"{alone / pace:8,.0f} x" if findings else f"{'':10s}"
        print(f"{name:28s} {pace:12,.0f} {speed / pace:8,.0f} x {scored / pace:8,.0f} x {rules}")

    for name, finds in engines(base).items():
        if [finds(one) for one in memories] != expected:
            raise AssertionError(f"{name} finds something else than the columns")
        told(f"{name}, findings", per_second(lambda place, finds=finds: finds(memories[place])), True)
    running = inference()
    pace = per_second(from_row_to_row(source, running, source.with_name("rows.csv")))
    told(f"row to row ({running.engine_name})", pace, False)
    whole = [Assessment(title="x", answers=answers, knowledge_version=knowledge.version) for answers in sets]
    told(f"advice ({running.engine_name})", per_second(lambda place: advise(whole[place], running)), False)


def main() -> None:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--frame", action="store_true", help="only as a DataFrame in memory, with assess_frame")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--factor", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure is not None:
        measure(given.measure, given.measure.with_name("outcome.parquet"), given.factor, given.frame)
        return
    knowledge = rule_base().knowledge
    print(f"{len(rule_base().rules)} rules, {len(knowledge.questions)} questions, {len(knowledge.lessons)} lessons")
    with TemporaryDirectory() as folder:
        source = Path(folder) / "answers.parquet"
        if given.frame:
            write_rows(source, given.rows)
            in_own_process(source, frame=True)
            return
        for factor in (1, 2, 4):
            write_rows(source, given.rows // 4)
            in_own_process(source, factor)
        for share in (8, 4, 2, 1):
            write_rows(source, given.rows // share)
            told = in_own_process(source)
        compare(source, told["rows"] / told["busy"])


if __name__ == "__main__":
    main()
