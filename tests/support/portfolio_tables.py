"""Answers as tables of each form, outcomes read back, and what `advise` says one by one."""

import csv
from functools import cache
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as parquet
import yaml

from assessment.advice import advise
from assessment.model import Advice, Assessment
from assessment.portfolio.run import run
from assessment.verdicts import given_verdicts
from knowledge.base import knowledge_base
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers
from rules.engine.inference import Inference, reference
from rules.engine.memory import working_memory
from rules.model import rule_base
from rules.sampling import random_answers
from tests.support.amounts import amount

BASE = rule_base()
KNOWLEDGE = knowledge_base()
QUESTIONS = list(KNOWLEDGE.questions.values())
ONE = next(question for question in QUESTIONS if question.kind == "one")
SEVERAL = next(q for q in QUESTIONS if sum(not option.exclusive for option in q.options) > 1 and q.kind == "several")
NUMBER = next(question for question in QUESTIONS if question.number is not None)


def some_rows(count: int, seed: int = 1) -> list[Answers]:
    random = Random(seed)
    rows: list[Answers] = []
    for _ in range(count):
        row = random_answers(KNOWLEDGE, random, share=random.choice([0.2, 0.6, 0.95, 1.0]))
        if random.random() < 0.3:  # one without doubts, so that scores settle
            row = {key: answer for key, answer in row.items() if answer not in (UNKNOWN, NOT_APPLICABLE)}
        rows.append(row)
    cases = [dict(case.answers) for case in KNOWLEDGE.scenarios.values()]
    return [*rows, *cases[:: amount(4, 1)], {ONE.id: UNKNOWN}]


def cell(answer: Answer | None, separator: str = ";") -> str | None:
    if isinstance(answer, tuple):
        return separator.join(answer)
    return None if answer is None else str(answer)


def as_table(rows: list[Answers], separator: str = ";") -> Any:
    columns = {
        key: pa.array([cell(row.get(key), separator) for row in rows], pa.string()) for key in KNOWLEDGE.questions
    }
    ids = pa.array([f"company {number}" for number in range(len(rows))])
    return pa.table({"id": ids, **columns})


def write_source(rows: list[Answers], form: str, folder: Path) -> Path:
    path = folder / f"answers{form}"
    if form == ".parquet":
        parquet.write_table(as_table(rows), path, row_group_size=40)
    elif form == ".csv":
        pyarrow.csv.write_csv(as_table(rows, "|"), path)
    elif form == ".xlsx":
        book = openpyxl.Workbook()
        table = as_table(rows)
        book.active.append(table.column_names)
        for row in table.to_pylist():
            book.active.append([int(value) if value and value.isdigit() else value for value in row.values()])
        book.save(path)
    else:
        path.mkdir()
        for number, row in enumerate(rows):
            file = {
                "title": f"company {number}",
                "answers": {k: list(v) if isinstance(v, tuple) else v for k, v in row.items()},
            }
            (path / f"{number:04d}.yaml").write_text(yaml.safe_dump(file), encoding="utf-8")
    return path


def read_outcome(path: Path) -> list[dict[str, Any]]:
    """The rows of an outcome in one shape, whatever its form: numbers as floats, lessons as a set."""
    if path.suffix == ".parquet":
        rows = parquet.read_table(path).to_pylist()
    elif path.suffix == ".csv":
        first, *lines = csv_rows(path)
        rows = [dict(zip(first, line, strict=True)) for line in lines]
    else:
        sheet = openpyxl.load_workbook(path).worksheets[0]
        names, *lines = sheet.iter_rows(values_only=True)
        rows = [dict(zip(map(str, names), line, strict=True)) for line in lines]
    rows = [{_id(key): value for key, value in row.items()} for row in rows]
    for row in rows:
        listed = row.pop("lessons", None)
        flags = {key: row.pop(key) for key in list(row) if key.startswith("lesson.")}
        advised = {key.removeprefix("lesson.") for key, flag in flags.items() if flag in (True, "ja", "yes")}
        for key, value in row.items():
            if key not in ("id", "title") and not key.endswith("_level"):
                row[key] = float(str(value).replace(",", ".")) if value not in (None, "") else None
            elif value == "":
                row[key] = None
            elif key.endswith("_level") and value is not None:
                row[key] = _id(value)
        row["lessons"] = {_id(one) for one in listed.split("; ")} if listed else advised
    return rows


def csv_rows(path: Path) -> list[list[str]]:
    """The cells of a CSV file of ours, in either language."""
    text = path.read_text(encoding="utf-8-sig")
    first = text.partition("\n")[0]
    return list(csv.reader(StringIO(text, newline=""), delimiter=max(";,", key=first.count)))


def _id(words: str) -> str:
    """The id that stands between brackets behind the words, where there are words."""
    return words.rpartition("[")[2].removesuffix("]")


def expected(advice: Advice, answers: Answers) -> dict[str, Any]:
    found: dict[str, Any] = {}
    scores = {score.about: score for score in (*advice.scores, *([advice.overall] if advice.overall else []))}
    for about in ("overall", *KNOWLEDGE.themes):
        for end in ("lowest", "highest", "lowest_level", "highest_level"):
            found[f"{about}.{end}"] = getattr(scores[about], end) if about in scores else None
    advised = [lesson for card in advice.recommendations for lesson in card.lessons]
    trace = reference(BASE, working_memory(answers, KNOWLEDGE.questions))
    found["open_safety_findings"] = sum(
        one.act.ticked and one.verdict.verdict == "stop" and one.verdict.tier == 1
        for _, one in given_verdicts(trace, BASE)
    )
    told = {one.question for one in advice.answered}
    found["unknown"] = sum(answers[question] == UNKNOWN for question in told)
    found["answered"], found["asked"] = advice.progress.answered, advice.progress.asked
    found["lessons"] = {one.lesson.id for one in advised}
    return found


def one_by_one(rows: list[Answers]) -> list[dict[str, Any]]:
    return [dict(_alone(tuple(row.items()))) for row in rows]


@cache
def _alone(row: tuple[tuple[str, Answer], ...]) -> dict[str, Any]:
    one = Assessment(title="x", answers=dict(row), knowledge_version=KNOWLEDGE.version)
    return expected(advise(one, Inference(BASE)), one.answers)


@cache
def sample(seed: int = 1) -> tuple[list[Answers], list[dict[str, Any]]]:
    """Some rows, and what each would get alone, worked out once."""
    rows = some_rows(amount(20, 60), seed)
    return rows, one_by_one(rows)


def problems_of(output: Path) -> list[tuple[str, str, str]]:
    return [tuple(line) for line in csv_rows(output.with_name(f"{output.stem}.problems.csv"))[1:]]  # type: ignore[misc]


def summarised(rows: list[Answers], folder: Path, name: str) -> tuple[Any, Path]:
    folder.mkdir()
    return run(write_source(rows, ".parquet", folder), folder / f"{name}.parquet", BASE), folder / f"{name}.parquet"
