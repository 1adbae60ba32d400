"""Rows of words that can lead to somebody, from leads.yaml, found in a text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from pydantic import Field

from assessment.anonymity.folding import Token, key
from assessment.anonymity.vocabulary import months, phrases
from assessment.anonymity.words import LONGEST_WORD
from knowledge.text import Frozen, Language
from knowledge.yaml_files import parse, read_file

FILE = Path(__file__).parent / "leads.yaml"
Rows = dict[Language, tuple[str, ...]]


class Leads(Frozen):
    """The file of rows of words, by what a hit is called, and of words around a name."""

    age: Rows
    group: Rows
    kin: Rows
    job: Rows
    department: Rows
    date: Rows
    id: Rows
    naming: Rows
    within_names: tuple[str, ...] = Field(alias="within-names")
    also_names: tuple[str, ...] = Field(alias="also-names")
    chat: tuple[str, ...]
    abbreviations: tuple[str, ...]
    units: tuple[str, ...]
    tens: Rows
    ordinals: tuple[str, ...]


@cache
def leads() -> Leads:
    """The file, read and checked."""
    read: Leads = parse(read_file(FILE, FILE.name), Leads)
    return read


def found(kind: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where a row of words of this kind stands in the text, as the numbers of its first word and of its last."""
    return standing(_rows(kind), words)


def standing(rows: re.Pattern[str], words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where one of these rows stands in the text, as the numbers of its first word and of its last."""
    shortened = [one.folded[:LONGEST_WORD] for one in words]
    ends = list(accumulate(len(one) + 1 for one in shortened))
    for match in rows.finditer(f" {' '.join(shortened)} "):
        yield bisect_right(ends, match.start()), bisect_right(ends, match.end() - 2)


@lru_cache(maxsize=100)
def rows_of(rows: frozenset[str]) -> re.Pattern[str]:
    """A pattern of rows of words, the longest first."""
    longest_first = sorted(rows, key=lambda row: (-row.count(" "), row))
    return re.compile(f" (?:{'|'.join(map(_pattern, longest_first))})(?= )")


@cache
def _rows(kind: str) -> re.Pattern[str]:
    rows: Rows = getattr(leads(), kind)
    return rows_of(frozenset(row for some in rows.values() for row in some))


def _pattern(row: str) -> str:
    return " ".join(_word(one) for one in re.sub(r"[’'-]", " ", row).split())


def _word(word: str) -> str:
    if word == "*":
        return "[^ ]+"
    parts = re.split(r"(\{[a-z+]+\}|[*?])", word)
    return "".join(_part(one) for one in parts if one)


def _part(part: str) -> str:
    if part.startswith("{"):
        return f"(?:{_named()[part[1:-1]]})"
    return {"*": "[^ ]*", "?": "[^ ]+"}.get(part) or re.escape(key(part))


@cache
def _named() -> Mapping[str, str]:
    days = [name for name, whole in months().items() if whole and (name.endswith(("dag", "day")))]
    told = leads()
    units, ordinals = "|".join(told.units), "|".join(told.ordinals)
    dutch, english = "|".join(told.tens["nl"]), "|".join(told.tens["en"])
    number = rf"\d+|(?:{units})en(?:{dutch})|(?:{english}) (?:{units})|{units}|{dutch}|{english}"
    return {
        "n": number,
        "age": rf"(?!(?:een|one) )(?:{number})",
        "n+": rf"(?:{number})(?: (?:{number}))*",
        "nth": rf"\d+(?:e|de|ste|st|nd|rd|th)|(?:(?:{english}) )?(?:{ordinals})",
        "tens": "|".join((*told.tens["nl"], *(one.removesuffix("y") + "ies" for one in told.tens["en"]))),
        "day": "|".join(days),
        "month": "|".join(name for name in months() if name not in days),
        "person": "|".join(map(re.escape, sorted(phrases("persons"), key=len, reverse=True))),
    }
