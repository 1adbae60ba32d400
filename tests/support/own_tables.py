"""Tables as offices have them, and the answers that are read in them."""

from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl

from assessment.answers.understood import Words
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.read.tables import open_source
from assessment.portfolio.read.watch import watched
from knowledge.base import knowledge_base
from knowledge.model import Answer, Option, Question
from knowledge.text import Language

KNOWLEDGE = knowledge_base()
ONE = next(one for one in KNOWLEDGE.questions.values() if one.kind == "one" and len(one.options) > 2)
SEVERAL = next(
    one for one in KNOWLEDGE.questions.values()
    if one.kind == "several" and sum(not option.exclusive for option in one.options) > 2
)  # fmt: skip
SHARE = next(one for one in KNOWLEDGE.questions.values() if one.number and "procent" in one.number.unit.nl)
NUMBER = next(one for one in KNOWLEDGE.questions.values() if one.number and one.id != SHARE.id)
FREE: tuple[Option, ...] = tuple(option for option in SEVERAL.options if not option.exclusive)
CHOSEN = (FREE[0], FREE[2])
QUESTIONS: tuple[Question, ...] = (ONE, SEVERAL, SHARE)
RIGHT: tuple[dict[str, Answer], ...] = (
    {ONE.id: ONE.options[0].id, SEVERAL.id: (FREE[0].id, FREE[2].id), SHARE.id: 40},
    {ONE.id: ONE.options[1].id, SEVERAL.id: (FREE[1].id,), SHARE.id: 100},
    {ONE.id: "unknown", SEVERAL.id: "unknown"},
)
"""The answers of three assessments, as every table in these tests means them."""


def by_ids(separator: str = ";") -> list[list[str]]:
    """A plain table of them, with its row of names."""
    return [
        ["id", *(one.id for one in QUESTIONS)],
        ["a", ONE.options[0].id, separator.join(one.id for one in CHOSEN), "40"],
        ["b", ONE.options[1].id, FREE[1].id, "100"],
        ["c", "unknown", "unknown", ""],
    ]


def by_labels(language: Language, separator: str = "; ") -> list[list[str]]:
    """The same as a survey tool exports it, in one language."""
    unknown = {"nl": "Weet ik niet", "en": "I don't know"}[language]
    return [
        ["Naam", *(one.text.in_(language) for one in QUESTIONS)],
        ["a", ONE.options[0].label.in_(language), separator.join(one.label.in_(language) for one in CHOSEN), "40 %"],
        ["b", ONE.options[1].label.in_(language).upper(), FREE[1].label.in_(language), "100,0"],
        ["c", unknown, unknown.lower(), ""],
    ]


def csv_text(rows: Sequence[Sequence[str]], separator: str = ";") -> str:
    written = StringIO()
    for row in rows:
        cells = [
            '"' + cell.replace('"', '""') + '"' if any(one in cell for one in f'{separator}"\n') else cell
            for cell in row
        ]
        written.write(separator.join(cells) + "\n")
    return written.getvalue()


def read_table(
    path: Path, mapping: TableMapping | None = None
) -> tuple[list[dict[str, Answer]], list[tuple[str, str, str]]]:
    """The answers of each row, and what is told: (row, column, reason in Dutch)."""
    source = open_source(path, KNOWLEDGE, mapping=mapping)
    rows: list[dict[str, Answer]] = []
    told = list(source.problems)
    for batch in watched(source.batches, KNOWLEDGE):
        told += batch.problems
        columns: dict[str, Any] = {question: texts.to_pylist() for question, texts in batch.columns.items()}
        for place in range(len(batch.rows)):
            row: dict[str, Answer] = {}
            for question, texts in columns.items():
                answer = Words(KNOWLEDGE.questions[question], KNOWLEDGE.renamed).answer(texts[place] or "")
                if answer != "":
                    row[question] = "NOT UNDERSTOOD: " + texts[place] if answer is None else answer
            rows.append(row)
    return rows, [(one.row, one.column, one.reason.nl) for one in told]


def written(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / name


def book(
    folder: Path, *sheets: list[list[str]], name: str = "t.xlsx", change: Callable[[Any], None] | None = None
) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"blad {number}")
        for row in rows:
            sheet.append([cell or None for cell in row])
    if change is not None:
        change(made)
    made.save(folder / name)
    return folder / name
