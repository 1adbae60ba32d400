"""The action plan, the answers and the scores as a spreadsheet, without any formula, and the plan as CSV."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from io import BytesIO
from math import floor
from textwrap import wrap

import xlsxwriter

from assessment.csv_form import written
from assessment.dossier import Dossier
from assessment.plan import STATUSES, Action, Plan
from assessment.sheets.words import clean, labels
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.text import Language

LONGEST = 5_000
NARROWEST, SHORT, WIDEST, DAY_WIDTH, FILTER = 10, 22, 46, 10, 4
"""Columns, a date, and the button of a filter, in characters; longer text wraps."""
PER_WIDTH = 1.2
"""Letters that a column holds for each of its characters, which are as wide as a digit."""
LINE_HEIGHT, HIGHEST = 14, 400
"""Of a line of text and of the highest row, in points."""
FONT = {"font_name": "Arial", "font_size": 10}
INK, LINE = "#0B5D3B", "#B5BDB9"
PLAN = ("action", "kind", "theme", "status", "owner", "due", "words", "reason", "note", "reference", "since")
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
    names = [labels(language)[f"plan.{name}"] for name in PLAN]
    rows = plan_rows(plan, language, knowledge or knowledge_base())
    cells = ([_day(cell) if isinstance(cell, datetime) else str(_plain(cell)) for cell in row] for row in rows)
    return written([names, *cells], language)


def plan_rows(plan: Plan, language: Language, knowledge: KnowledgeBase) -> list[tuple[Cell, ...]]:
    """The day of the occasion, where there is one, and the actions; each as its cells in the order of `PLAN`."""
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
            decision.reference,
            datetime.combine(action.not_advised_since, time()) if action.not_advised_since else "",
        )

    on = plan.occasion_on
    told: dict[str, Cell] = {"action": words["the-day"], "due": datetime.combine(on, time())} if on is not None else {}
    anchor = [tuple(told.get(name, "") for name in PLAN)] if told else []
    return [*anchor, *map(row, plan.actions)]


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
    # Not every program draws the style of a table, so that the cells bring their own lines.
    cell_look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": LINE, **FONT}
    wrapped = workbook.add_format({**cell_look, "align": "left"})
    day = workbook.add_format({**cell_look, "num_format": "dd-mm-yyyy", "align": "left"})
    head = workbook.add_format({**cell_look, "bold": True, "bg_color": INK, "font_color": "white"})
    given = [tuple(_plain(cell) for cell in row) for row in rows]
    # A table needs a row below its header, and shows an empty one where there is nothing.
    sheet.add_table(
        0,
        0,
        max(len(given), 1),
        len(header) - 1,
        {
            "columns": [{"header": one, "header_format": head} for one in header],
            "name": f"table_{len(workbook.worksheets())}",
            "style": None,
        },
    )
    widths = [_width(one, [row[column] for row in given]) for column, one in enumerate(header)]
    sheet.set_row(0, LINE_HEIGHT * max(_lines(one, width - FILTER) for one, width in zip(header, widths, strict=True)))
    for place, row in enumerate(given, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(place, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(place, column, cell, wrapped)
            elif cell:
                sheet.write_string(place, column, cell, wrapped)
            else:
                sheet.write_blank(place, column, None, wrapped)
        lines = max(_lines(str(cell), width) for cell, width in zip(row, widths, strict=True))
        sheet.set_row(place, min(HIGHEST, LINE_HEIGHT * lines))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&9Dialoogwijzer · &A&R&9&P / &N")


def _width(name: str, cells: Sequence[Cell]) -> int:
    """Of a column, in characters: wide where the text is, so that a page is not made too small to read."""
    longest = max((DAY_WIDTH if isinstance(cell, datetime) else len(str(cell)) for cell in cells), default=0)
    wide = longest + 2 if longest <= SHORT else SHORT if longest <= 2 * SHORT else WIDEST
    return max(NARROWEST, max(map(len, name.split())) + FILTER, wide)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, rather one too many than one too few."""
    return sum(max(1, len(wrap(line, max(1, int(width * PER_WIDTH))))) for line in text.splitlines() or [""])


def _plain(cell: Cell) -> Cell:
    """A text line by line without what no cell may hold; anything else as it is."""
    if not isinstance(cell, str):
        return cell
    lines = "\n".join(clean(line, LONGEST, "…") for line in cell.splitlines())
    return lines if len(lines) <= LONGEST else f"{lines[: LONGEST - 1]}…"


def _day(moment: datetime) -> str:
    return moment.strftime("%d-%m-%Y")
