"""Which words are ordinary, and which tell of a moment, a place, an origin or a group; from babel and lists.yaml."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from babel import Locale
from pydantic import BaseModel, Field

from assessment.anonymity.folding import key, tokens
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Frozen, Language, Text
from knowledge.yaml_files import parse, read_file
from rules.engine.inference import inference

Words = dict[Language, list[str]]
Named = Annotated[dict[str, Text], Field(min_length=1)]
SHORTEST = 4
"""A shorter name of a country or language is an ordinary word too often."""
LISTS = Path(__file__).parent / "lists.yaml"


class Lists(Frozen):
    """The file of lists."""

    kinds: Named
    instead: Named
    roles: Named
    owner: Text
    words_left_out: Text = Field(alias="words-left-out")
    titles: Named
    moments: Words
    beside_a_date: list[str] = Field(alias="beside-a-date")
    departments: Words
    numbered: list[str]
    groups: Words
    no_traits: list[str] = Field(alias="no-traits")
    counts: Words
    articles: list[str]
    persons: Words
    measures: list[str]
    before_a_number: list[str] = Field(alias="before-a-number")
    common: list[str]
    not_of_somebody: list[str] = Field(alias="not-of-somebody")
    names_in_capitals: list[str] = Field(alias="names-in-capitals")
    peoples: dict[str, list[str]]
    places: list[str]
    begins: list[str]
    ends: list[str]
    links: list[str]


@cache
def lists() -> Lists:
    """The lists, read and checked."""
    read: Lists = parse(read_file(LISTS, LISTS.name), Lists)
    return read


@cache
def ordinary() -> frozenset[str]:
    """Words, folded, that the knowledge and the rules write in small letters, so that they are no names."""
    found = {key(one) for one in lists().common}
    rules = inference().base
    texts = _texts([*knowledge_base().questions.values(), *knowledge_base().cards.values(), *rules.rules.values()])
    for text in (*texts, *_texts([*knowledge_base().scenarios.values(), *knowledge_base().themes.values()])):
        found |= {one.folded for one in tokens(text) if one.written.islower()}
    return frozenset(found)


@cache
def phrases(kind: str) -> frozenset[str]:
    """The words, or rows of words, of one list, folded: moments, groups, counts, persons or departments."""
    words: Words = getattr(lists(), kind)
    return frozenset(key(one) for some in words.values() for one in some)


@cache
def origins() -> frozenset[str]:
    """Countries, regions, peoples and languages, folded."""
    locales = [Locale(language) for language in LANGUAGES]
    named: set[str] = {name for locale in locales for name in locale.territories.values()}
    languages = {key(name) for locale in locales for name in locale.languages.values()}
    spoken = {one for name in languages for one in (name, f"{name}e") if one not in ordinary()}
    found = {key(name) for name in named} | spoken
    own = {key(one) for some in (*lists().peoples.values(), lists().places) for one in some}
    return frozenset(one for one in found if len(one) >= SHORTEST and not one.isdigit()) | own


@cache
def months() -> Mapping[str, bool]:
    """Names of months and days, folded; True for one that says so by itself, not only beside a number."""
    found: dict[str, bool] = {}
    for locale in map(Locale, LANGUAGES):
        for names in (locale.months, locale.days):
            for form, width in ((form, width) for form in names for width in ("wide", "abbreviated")):
                for name in names[form][width].values():
                    whole = width == "wide" and key(name) not in ordinary() | {"may"}
                    found[key(name)] = found.get(key(name), False) or whole
    return found | {"mrt": False, "sept": False}


def _texts(values: Iterable[object]) -> Iterator[str]:
    """Every text in both languages, at any depth."""
    for value in values:
        if isinstance(value, Text):
            yield from (value.nl, value.en)
        elif isinstance(value, BaseModel):
            yield from _texts(getattr(value, name) for name in type(value).model_fields)
        elif isinstance(value, tuple | list):
            yield from _texts(value)
