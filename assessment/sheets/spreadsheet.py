"""The action plan, the answers and the scores as a spreadsheet, without any formula, and the plan as CSV."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import BytesIO, StringIO
from math import floor

import xlsxwriter

from assessment.plan import STATUSES, Action, Plan
from assessment.portfolio.writing import guarded
from assessment.sheets.dossier import Dossier
from assessment.sheets.words import clean, labels
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.text import Language

LONGEST = 5_000
WIDEST = 60
"""The widest column, in characters; longer text wraps."""
SEPARATORS: dict[Language, str] = {"nl": ";", "en": ","}
"""What a spreadsheet in each language takes for the end of a cell."""
PLAN = ("action", "kind", "theme", "status", "owner", "due", "words", "reason", "note", "since")
ANSWERS = ("theme", "question", "answer", "note")
SCORES = ("theme", "lowest", "highest", "level-lowest", "level-highest")

Cell = str | int | datetime


def write_xlsx(dossier: Dossier, language: Language) -> bytes:
    """A workbook with a table per sheet: plan, answers unless they are left out, scores.

    Whatever a user wrote is a text and never a formula.
    """
    words, saved, knowledge = labels(language), BytesIO(), dossier.inference.base.knowledge
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(saved, options) as workbook:
        title = clean(dossier.assessment.title, 200, "…")
        moment = datetime.combine(dossier.advice.made_on, time(12))
        workbook.set_properties({"title": title, "author": "Dialoogwijzer", "created": moment})
        for name, header, rows in (
            ("plan", [words[f"plan.{one}"] for one in PLAN], plan_rows(dossier.plan, language, knowledge)),
            ("answers-sheet", [words[f"answers.{one}"] for one in ANSWERS], _answers(dossier, language)),
            ("scores-sheet", [words[f"scores.{one}"] for one in SCORES], _scores(dossier, language)),
        ):
            if name != "answers-sheet" or dossier.with_answers:
                _add(workbook, words[name], header, rows)
    return saved.getvalue()


def write_csv(dossier: Dossier, language: Language) -> bytes:
    """The action plan of a dossier as CSV."""
    return plan_csv(dossier.plan, language, dossier.inference.base.knowledge)


def plan_csv(plan: Plan, language: Language, knowledge: KnowledgeBase | None = None) -> bytes:
    """One line per action, in the order of the plan. No spreadsheet takes what a user wrote for a formula."""
    written = StringIO()
    writer = csv.writer(written, delimiter=SEPARATORS[language])
    writer.writerow([labels(language)[f"plan.{name}"] for name in PLAN])
    for row in plan_rows(plan, language, knowledge or knowledge_base()):
        writer.writerow([guarded(_day(cell) if isinstance(cell, datetime) else str(_plain(cell))) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def plan_rows(plan: Plan, language: Language, knowledge: KnowledgeBase) -> list[tuple[Cell, ...]]:
    """The actions, each as its cells in the order of `PLAN`."""
    words, themes = labels(language), knowledge.themes

    def row(action: Action) -> tuple[Cell, ...]:
        task, decision = action.task, action.decision
        return (
            task.title.in_(language),
            words[f"task.{task.kind}"],
            themes[task.theme].title.in_(language) if task.theme in themes else task.theme,
            STATUSES[decision.status].in_(language),
            decision.owner,
            datetime.combine(decision.due, time()) if decision.due else "",
            decision.words,
            decision.reason,
            decision.note,
            datetime.combine(action.not_advised_since, time()) if action.not_advised_since else "",
        )

    return [row(action) for action in plan.actions]


def _answers(dossier: Dossier, language: Language) -> list[tuple[Cell, ...]]:
    themes, notes = dossier.inference.base.knowledge.themes, dossier.assessment.notes
    return [
        (
            themes[theme].title.in_(language) if (theme := one.question.split(".")[0]) in themes else theme,
            one.asked.in_(language),
            one.answer.in_(language),
            notes.get(one.question, ""),
        )
        for one in dossier.advice.answered
    ]


def _scores(dossier: Dossier, language: Language) -> list[tuple[Cell, ...]]:
    words = labels(language)
    return [
        (
            one.title.in_(language),
            floor(one.lowest),
            floor(one.highest),
            words[f"level.{one.lowest_level}"],
            words[f"level.{one.highest_level}"],
        )
        for one in (*dossier.advice.scores, *dossier.advice.element_scores)
    ]


def _add(workbook: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: Iterable[tuple[Cell, ...]]) -> None:
    sheet = workbook.add_worksheet(name)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "dd-mm-yyyy", "valign": "top", "align": "left"})
    given = [tuple(_plain(cell) for cell in row) for row in rows]
    # A table needs a row below its header, and shows an empty one where there is nothing.
    sheet.add_table(
        0,
        0,
        max(len(given), 1),
        len(header) - 1,
        {"columns": [{"header": one} for one in header], "name": f"table_{len(workbook.worksheets())}"},
    )
    for place, row in enumerate(given, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(place, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(place, column, cell, wrapped)
            elif cell:
                sheet.write_string(place, column, cell, wrapped)
    for column, name in enumerate(header):
        longest = max((len(str(row[column])) for row in given if not isinstance(row[column], datetime)), default=0)
        sheet.set_column(column, column, min(WIDEST, max(12, len(name) + 4, longest + 2)))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _plain(cell: Cell) -> Cell:
    """A text line by line without what no cell may hold; anything else as it is."""
    if not isinstance(cell, str):
        return cell
    lines = "\n".join(clean(line, LONGEST, "…") for line in cell.splitlines())
    return lines if len(lines) <= LONGEST else f"{lines[: LONGEST - 1]}…"


def _day(moment: datetime) -> str:
    return moment.strftime("%d-%m-%Y")
