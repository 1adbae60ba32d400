"""An empty table to fill in, with an explanation of its columns and of what may stand in them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

from assessment.csv_form import written
from assessment.portfolio.batches import ID, TITLE, TableError
from assessment.portfolio.words import labels
from knowledge.base import KnowledgeBase
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.text import Language
from rules.words import SPECIAL, condition_in_words

WIDTHS = (34, 60, 30, 30, 60, 60)


def write_empty(path: Path, knowledge: KnowledgeBase, language: Language = "nl") -> tuple[Path, ...]:
    """Write an empty .csv or .xlsx table; returns the files made: for CSV the explanation is a second one.

    Raises:
        TableError: the name ends in something else, or a file of that name is there already.
    """
    names = [ID, TITLE, *knowledge.questions]
    lines = list(_explanation(knowledge, language))
    form = path.suffix.lower()
    files = (path,) if form == ".xlsx" else (path, path.with_name(f"{path.stem}.columns.csv"))
    if form not in (".csv", ".xlsx"):
        raise TableError(
            f"{path}: verwacht: een naam op .csv of .xlsx", f"{path}: expected: a name that ends in .csv or .xlsx"
        )
    for file in files:
        if file.exists():
            raise TableError(
                f"{file}: bestaat al, kies een andere naam", f"{file}: already exists, choose another name"
            )
    if form == ".xlsx":
        _workbook(path, names, lines, labels(language)["explanation"])
        return files
    contents: tuple[Sequence[Sequence[str]], ...] = ([names], lines)
    for file, rows in zip(files, contents, strict=True):
        file.write_bytes(written(rows, language))
    return files


def _workbook(path: Path, names: Sequence[str], lines: Sequence[Sequence[str]], explanation: str) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        table, explained = book.add_worksheet("portfolio"), book.add_worksheet(explanation)
        for place, name in enumerate(names):
            table.write_string(0, place, name, bold)
        table.set_column(0, len(names) - 1, 24)
        table.freeze_panes(1, 1)
        for number, line in enumerate(lines):
            for place, cell in enumerate(line):
                explained.write_string(number, place, cell, wrapped if number else bold)
        for place, width in enumerate(WIDTHS):
            explained.set_column(place, place, width)
        explained.freeze_panes(1, 0)


def _explanation(knowledge: KnowledgeBase, language: Language) -> Iterator[tuple[str, ...]]:
    """One line for each value that each column may hold."""
    words = labels(language)
    yield tuple(words[key] for key in ("column", "question", "kind", "value", "meaning", "only-if"))
    yield ID, words["id"], words["free"], "", "", ""
    yield TITLE, words["name"], words["free"], "", "", ""
    for question in knowledge.questions.values():
        only_if = condition_in_words(question.ask_when, knowledge.questions, language) if question.ask_when else ""
        values: list[tuple[str, str]] = []
        if question.number is not None:
            low, high = question.number.minimum, question.number.maximum
            values.append((words["number-from"].format(low=low, high=high), question.number.unit.in_(language)))
        for option in question.options:
            alone = f" ({words['alone']})" if option.exclusive else ""
            values.append((option.id, option.label.in_(language) + alone))
        values.append((UNKNOWN, SPECIAL[UNKNOWN].in_(language)))
        if question.not_applicable:
            values.append((NOT_APPLICABLE, SPECIAL[NOT_APPLICABLE].in_(language)))
        for value, meaning in values:
            yield question.id, question.text.in_(language), words[f"kind.{question.kind}"], value, meaning, only_if
