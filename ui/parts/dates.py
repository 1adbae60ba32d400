"""Dates as people write them."""

import re
from datetime import date
from functools import cache

from babel.dates import get_month_names

from knowledge.text import LANGUAGES

NUMBERS = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})", re.ASCII)
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
IN_WORDS = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[^\W\d]+)\.?,? (?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<month>[^\W\d]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})", re.ASCII),
)


def written_date(day: date | None) -> str:
    """A date as dd-mm-yyyy; nothing for no date."""
    return day.strftime("%d-%m-%Y") if day is not None else ""


def read_date(text: str) -> date | None:
    """The date in a text, as 15-12-2026 (slashes, dots, spaces too), 2026-12-15 or 15 december 2026; None for no text.

    Raises:
        ValueError: it is no date.
    """
    said = " ".join(text.lower().split())
    if not said:
        return None
    for form in (ISO, NUMBERS, *IN_WORDS):
        if parts := form.fullmatch(said):
            month = parts["month"]
            number = int(month) if month.isdigit() else _months().get(month)
            if number is not None:
                return date(int(parts["year"]), number, int(parts["day"]))
    raise ValueError(text)


@cache
def _months() -> dict[str, int]:
    """The names of the months in every language, whole and short, and their numbers."""
    return {
        name.lower().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
