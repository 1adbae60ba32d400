"""The one way in which we write CSV: as the spreadsheet programs of each language open it by themselves."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from knowledge.text import Language

BOM = "\ufeff"
"""Tells a spreadsheet program that the text is UTF-8."""
SEPARATORS: Mapping[Language, str] = {"nl": ";", "en": ","}
DECIMALS: Mapping[Language, str] = {"nl": ",", "en": "."}
RISKY = "=+-@\t\r＝＋－＠"


def written(rows: Iterable[Sequence[str]], language: Language) -> bytes:
    """The rows as a CSV file, with a mark of its encoding; no cell is taken for a formula."""
    return (BOM + lines(rows, language)).encode()


def lines(rows: Iterable[Sequence[str]], language: Language) -> str:
    """The rows as lines of a CSV file."""
    text = StringIO()
    csv.writer(text, delimiter=SEPARATORS[language]).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def guarded(text: str) -> str:
    """Text for a CSV file, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in set(RISKY) else text
