"""Dates as people write them."""

import re
from datetime import date


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
