"""Whole numbers as people write them and as spreadsheets show them; what can be read in two ways is told."""

import re

from knowledge.model import Number
from knowledge.text import LANGUAGES, Text

_WHOLE = re.compile(r"([-−]?\d{1,15})(?:[.,](?:0{1,2}|0{4,15}))?")
_LONG_WHOLE = re.compile(r"([-−]?\d{4,15})[.,]0{3}")
_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+")
_GROUPED = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,4}|(?:,\d{3}){2,4})")
_TWO_WAYS = re.compile(r"[-−]?\d{1,3}[.,]\d{3}")
_BROKEN = re.compile(r"[-−]?\d{1,15}[.,]\d{1,15}")
_PART = re.compile(r"0?[.,]\d{1,15}")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?|\d{1,2}:\d{2}(?::\d{2})?", re.DOTALL)
_PERCENT = re.compile(r"\s*(?:%|procent|percent|per cent|pct)\.?$", re.IGNORECASE)
ONE = re.compile(r"1(?:[.,]0{1,2})?")
"""What may be one per cent or the whole, where other cells are parts of one."""


def is_share(number: Number) -> bool:
    """Whether the number is a percentage."""
    return any("%" in unit or "procent" in unit or "per cent" in unit or "percent" in unit for unit in _units(number))


def is_part(text: str) -> bool:
    """Whether this is a number between 0 and 1, as a spreadsheet keeps a percentage."""
    text = _plain(text)
    return _PART.fullmatch(text) is not None and text.strip("0.,") != ""


def whole_number(text: str, number: Number) -> int | None:
    """The whole number that is written here; None where it is none, or can be read in two ways."""
    text = _without_unit(_plain(text), number)
    if found := _WHOLE.fullmatch(text) or _LONG_WHOLE.fullmatch(text):
        return int(found.group(1).replace("−", "-"))
    if _SPACED.fullmatch(text) or _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    return None


def number_problem(text: str, number: Number) -> Text | None:
    """Why a text that holds a number is no whole number here; None where it holds no number at all."""
    given, plain = _plain(text), _without_unit(_plain(text), number)
    shown = given[:40]
    if _PERCENT.search(given) and not is_share(number):
        return Text(
            nl=f"hier staat een percentage ({shown}), maar er wordt een aantal gevraagd ({number.unit.nl})",
            en=f"a percentage stands here ({shown}), but a number is asked for ({number.unit.en})",
        )
    if _TWO_WAYS.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        return Text(
            nl=f"{shown} kan {digits} zijn, of een getal met cijfers achter de komma; schrijf {digits} zonder punt "
            "of komma als je dat bedoelt",
            en=f"{shown} can be {digits}, or a number with decimals; write {digits} without a point or comma if that "
            "is meant",
        )
    if is_share(number) and is_part(text):
        return part_problem(text)
    if _BROKEN.fullmatch(plain):
        return Text(
            nl=f"verwacht: een heel getal; gevonden: {shown}; rond af",
            en=f"expected: a whole number; found: {shown}; round it",
        )
    if _DATE.fullmatch(plain):
        return Text(
            nl=f"verwacht: een getal; gevonden: een datum of tijd ({shown}); zet de opmaak van de cel op 'getal' en "
            "vul het getal opnieuw in",
            en=f"expected: a number; found: a date or time ({shown}); set the format of the cell to 'number' and fill "
            "in the number again",
        )
    return None


def part_problem(text: str) -> Text:
    """Why a part of one, or a 1 beside parts of one, is no percentage that can be trusted."""
    shown = _plain(text)[:40]
    hundredfold = f"{float(shown.replace(',', '.')) * 100:g}" if re.fullmatch(r"\d*[.,]?\d+", shown) else "?"
    return Text(
        nl=f"verwacht: een percentage van 0 tot 100; {shown} kan ook {hundredfold} % zijn; vul een getal tot 100 in, "
        "of zet er een %-teken bij",
        en=f"expected: a percentage from 0 to 100; {shown} may also be {hundredfold} %; fill in a number up to 100, or "
        "add a % sign",
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def _units(number: Number) -> list[str]:
    return [number.unit.in_(language).casefold() for language in LANGUAGES]


def _without_unit(text: str, number: Number) -> str:
    if is_share(number):
        text = _PERCENT.sub("", text)
    for unit in _units(number):
        for ending in (unit, unit.split()[0]):
            if text.casefold().endswith(f" {ending}"):
                return text[: -len(ending)].strip()
    return text.strip()
