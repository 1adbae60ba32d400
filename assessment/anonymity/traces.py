"""What in a free text could lead to the people who spoke: names, moments, places, origins, groups, counts, numbers.

It rather reports too much than too little: somebody looks at every hit before a file is made.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from assessment.anonymity.finders import FINDERS, Kind, contacts, merged
from assessment.anonymity.folding import key, readings, spans, tokens, unspaced
from assessment.anonymity.patterns import leads
from assessment.anonymity.vocabulary import lists, ordinary
from knowledge.text import Language, Text

Role = Literal["company", "supplier", "partner", "person", "place"]
ROLES: tuple[Role, ...] = get_args(Role)


SIDE_BY_SIDE = r"[ \t,.'’-]{0,2}"


@dataclass(frozen=True)
class Name:
    """A name that must not appear, and what stands instead of it."""

    text: str
    role: Role = "person"


@dataclass(frozen=True)
class Hit:
    """A part of a text that could lead to somebody, its kind, and what could stand there instead."""

    start: int
    end: int
    text: str
    kind: Kind
    instead: Text
    role: Role | None = None

    @property
    def listed(self) -> bool:
        """Whether it is a name that the user lists."""
        return self.role is not None


def traces(text: str, names: Iterable[Name] = ()) -> tuple[Hit, ...]:
    """Every hit in a text, in its order and without overlap; `names` are those that the user lists."""
    text_tokens = tokens(text)
    found: list[Hit] = []
    free = [True] * len(text)

    def claim(kind: Kind, start: int, end: int, role: Role | None = None) -> None:
        """What is still free of this part; only what holds a letter or a digit."""
        while start < end:
            stop = next((place for place in range(start, end) if free[place] != free[start]), end)
            if free[start] and any(one.isalnum() for one in text[start:stop]):
                free[start:stop] = [False] * (stop - start)
                instead = lists().roles[role] if role is not None else lists().instead[kind]
                found.append(Hit(start, stop, text[start:stop], kind, instead, role))
            start = stop

    for start, end in merged(contacts(text)):
        claim("contact", start, end)
    for start, end, role in _listed(text, names):
        claim("name", start, end, role)
    for kind, find in FINDERS:
        for start, end in merged(find(text, text_tokens)):
            claim(kind, start, end)
    return tuple(_joined(sorted(found, key=lambda hit: hit.start), text))


def replaced(text: str, hits: Iterable[Hit], language: Language) -> str:
    """The text with what stands instead of each hit, which do not overlap."""
    for hit in sorted(hits, key=lambda one: one.start, reverse=True):
        text = text[: hit.start] + hit.instead.in_(language) + text[hit.end :]
    return text


def parts(name: Name) -> Iterator[Name]:
    """A name in each spelling that is given (王芳 = Wang Fang): as a whole, and each word that is no ordinary word."""
    for spelling in filter(str.strip, re.split(r"[=()（）]", name.text)):
        yield Name(spelling.strip(), name.role)
        words = spelling.split() if unspaced(spelling) else key(spelling).split()
        if len(words) > 1:
            yield from (Name(word, name.role) for word in words if len(word) > 1 and word not in ordinary())


def _listed(text: str, names: Iterable[Name]) -> Iterator[tuple[int, int, Role]]:
    written = readings(text)
    every = dict.fromkeys(part for name in names for part in parts(name))
    for name in sorted(every, key=lambda one: -len(one.text)):
        for start, end in spans(name.text, written):
            yield start, end, name.role


@cache
def _within_a_name() -> str:
    return rf"{SIDE_BY_SIDE}|\s(?:{'|'.join(leads().within_names)})\s"


def _between(hit: Hit) -> str:
    """What may stand between two hits that are one: in a name also 'van' and the like."""
    return _within_a_name() if hit.kind == "name" and not hit.listed else SIDE_BY_SIDE


def _joined(hits: Sequence[Hit], text: str) -> Iterator[Hit]:
    """Hits of one kind that stand side by side become one."""
    held: Hit | None = None
    for hit in hits:
        if held is not None:
            between = text[held.end : hit.start]
            if (held.kind, held.role) == (hit.kind, hit.role) and re.fullmatch(_between(hit), between, re.IGNORECASE):
                held = Hit(held.start, hit.end, text[held.start : hit.end], hit.kind, hit.instead, hit.role)
                continue
            yield held
        held = hit
    if held is not None:
        yield held
