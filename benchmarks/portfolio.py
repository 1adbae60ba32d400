"""How fast a whole portfolio is scored, what memory it takes, and how both grow, in one run on this machine.

`python -m benchmarks.portfolio [--rows N]` reads from and writes to Parquet, each time in a process of its own, and
compares with durable-rules and with the whole advice one by one. Needs Linux, for the memory peak.
"""

import argparse
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

from assessment.advice import advise
from assessment.model import Assessment
from assessment.portfolio.pieces import PIECE
from assessment.portfolio.run import run
from knowledge.model import Answer, Answers
from rules.columns import Columns
from rules.inference import Inference, inference
from rules.memory import working_memory
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


def measure(source: Path, output: Path, factor: int) -> None:
    """Score one table in this process, and print rows, seconds and the memory peak in MB as JSON."""
    base = times(rule_base(), factor)
    start = time.perf_counter()
    outcome = run(source, output, base)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1000
    print(json.dumps({"rows": outcome.summary.rows, "rules": len(base.rules), "seconds": seconds, "peak": peak}))


def in_own_process(source: Path, factor: int = 1) -> dict[str, float]:
    """What `measure` says about a table."""
    command = [sys.executable, "-m", "benchmarks.portfolio", "--measure", str(source), "--factor", str(factor)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(
        f"{told['rows']:9,d} rows x {told['rules']:5,d} rules  {told['seconds']:7.2f} s "
        f"{told['rows'] / told['seconds']:10,.0f} rows/s  peak {told['peak']:6,.0f} MB"
    )
    return told  # type: ignore[no-any-return]


def per_second(work: Callable[[int], object]) -> float:
    """How often a second something is done, one by one."""
    start = time.perf_counter()
    for place in range(ONE_BY_ONE):
        work(place)
    return ONE_BY_ONE / (time.perf_counter() - start)


def rules_alone(base: RuleBase, sets: Sequence[Answers]) -> float:
    """How many rows a second go through all rules by columns, reading, scores and writing left aside."""
    columns = Columns(base)
    places = np.random.default_rng(3).integers(0, len(sets), PIECE)
    given = {variable: codes[places] for variable, codes in columns.of_answers(sets).items()}
    seconds = []
    for _ in range(10):
        start = time.perf_counter()
        columns.evaluate(columns.visible(given))
        seconds.append(time.perf_counter() - start)
    return PIECE / median(seconds)


def compare(factor: int, speed: float) -> None:
    """Print how many times as fast a portfolio is as durable-rules and the whole advice one by one."""
    base = times(rule_base(), factor)
    knowledge, random = base.knowledge, Random(2)
    sets = [random_answers(knowledge, random, share=0.9) for _ in range(ONE_BY_ONE)]
    alone = rules_alone(base, sets)
    print(f"{len(base.rules):,d} rules by columns, without reading, scores and writing: {alone:,.0f} rows/s")
    running = (
        inference() if factor == 1 else Inference(base, type(engine)(base) if (engine := inference().engine) else None)
    )
    whole = [Assessment(title="x", answers=answers, knowledge_version=knowledge.version) for answers in sets]
    slow = {"the whole advice": per_second(lambda place: advise(whole[place], running))}
    if (one := running.engine) is not None:
        slow["durable-rules"] = per_second(lambda place: one.run(working_memory(sets[place], knowledge.questions)))
    for name, pace in slow.items():
        print(
            f"  {name} one by one: {pace:,.0f} a second; the portfolio does {speed / pace:,.0f} times as many, "
            f"its rules alone {alone / pace:,.0f} times"
        )


def main() -> None:
    """Measure and print everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--factor", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure is not None:
        measure(given.measure, given.measure.with_name("outcome.parquet"), given.factor)
        return
    knowledge = rule_base().knowledge
    print(f"{len(rule_base().rules)} rules, {len(knowledge.questions)} questions, {len(knowledge.lessons)} lessons")
    with TemporaryDirectory() as folder:
        source = Path(folder) / "answers.parquet"
        for share in (8, 4, 2, 1):
            write_rows(source, given.rows // share)
            in_own_process(source)
        write_rows(source, given.rows // 4)
        paces = {factor: (told := in_own_process(source, factor))["rows"] / told["seconds"] for factor in (1, 2, 4)}
    for factor, speed in paces.items():
        compare(factor, speed)


if __name__ == "__main__":
    main()
