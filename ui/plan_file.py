"""The plan as a CSV file for a spreadsheet, and dates as people write them."""

import csv
import re
from datetime import date
from io import StringIO

from assessment.plan import STATUSES, Plan
from assessment.portfolio.writing import guarded
from knowledge.base import knowledge_base
from knowledge.text import Language
from ui.words import say

COLUMNS = ("action", "kind", "theme", "status", "owner", "due", "words", "reason", "note", "since")
SEPARATORS: dict[Language, str] = {"nl": ";", "en": ","}
"""What a spreadsheet in each language takes for the end of a cell."""


def plan_csv(plan: Plan, language: Language) -> bytes:
    """One line per action, in the order of the plan. No spreadsheet takes what a user wrote for a formula."""
    written = StringIO()
    writer = csv.writer(written, delimiter=SEPARATORS[language])
    writer.writerow([say(f"column.{name}", language) for name in COLUMNS])
    themes = knowledge_base().themes
    for action in plan.actions:
        task, decision = action.task, action.decision
        theme = themes.get(task.theme)
        cells = (
            task.title.in_(language),
            say(f"task.{task.kind}", language),
            theme.title.in_(language) if theme is not None else task.theme,
            STATUSES[decision.status].in_(language),
            decision.owner,
            written_date(decision.due),
            decision.words,
            decision.reason,
            decision.note,
            written_date(action.not_advised_since),
        )
        writer.writerow([guarded(cell) for cell in cells])
    return written.getvalue().encode("utf-8-sig")


def written_date(day: date | None) -> str:
    """A date as dd-mm-yyyy; nothing for no date."""
    return day.strftime("%d-%m-%Y") if day is not None else ""


def read_date(text: str) -> date | None:
    """The date in a text as dd-mm-yyyy, also with slashes, dots or spaces; None for no text.

    Raises:
        ValueError: it is no date.
    """
    if not text.strip():
        return None
    parts = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text.strip(), re.ASCII)
    if parts is None:
        raise ValueError(text)
    day, month, year = map(int, parts.groups())
    return date(year, month, day)
