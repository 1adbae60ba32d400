"""How much is tried: in the build a sample that covers, in the long build (`make long`) everything."""

import os
from collections.abc import Collection
from itertools import product
from typing import Any

from knowledge.text import LANGUAGES, Language

LONG = bool(os.environ.get("LONG"))


def amount(build: int, long: int) -> int:
    """So many: seeds, examples, files."""
    return long if LONG else build


def cover(*axes: Collection[Any]) -> list[tuple[Any, ...]]:
    """Combinations of the values of each axis: in the long build all of them, else so few that each value is in one."""
    if LONG:
        return [*product(*axes)]
    values = [[*one] for one in axes]
    return [tuple(one[number % len(one)] for one in values) for number in range(max(map(len, values)))]


def driven(language: Language) -> tuple[Language, ...]:
    """The languages in which a page is driven: both in the long build, since what differs is words."""
    return LANGUAGES if LONG else (language,)
