"""What all texts to read in review have in common: they name a heading of a publication by its first words only."""

import re
from dataclasses import replace
from functools import cache

from assessment.dossier import Dossier
from knowledge.base import knowledge_base

NAMED = 4
"""So many words of a heading are enough to know which one is meant."""


def shortened(text: str) -> str:
    """The text with long headings of the publications cut off; a text in review is no place to repeat them."""
    for pattern, short in _headings():
        text = pattern.sub(lambda _, short=short: short, text)
    return re.sub(r"https\\?://www\\?\.ser[^\s>]*", "ser.nl/…", text)


def unchanging(given: Dossier) -> Dossier:
    """The dossier without what changes with every change of knowledge: its versions."""
    versions = {"knowledge_version": "-", "rules_version": "-", "engine": "reference"}
    return replace(given, advice=given.advice.model_copy(update=versions))


@cache
def _headings() -> tuple[tuple[re.Pattern[str], str], ...]:
    parts = {
        part
        for source in knowledge_base().sources.values()
        for section in source.sections
        for part in section.split(" > ")
    }
    found = []
    for part in sorted(parts, key=len, reverse=True):
        words = re.findall(r"\w+", part)
        if len(words) > NAMED:
            rest = ""  # a sheet may have cut the heading somewhere itself
            for word in reversed(words[NAMED:]):
                rest = rf"(?:\W+{word}{rest})?"
            found.append((re.compile(r"\W+".join(words[:NAMED]) + rest + "…?"), " ".join(words[:NAMED]) + " …"))
    return tuple(found)
