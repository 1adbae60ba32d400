"""What can be looked up in the knowledge and rule base: each item by a key as 'lesson:ID', and the search over them."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from knowledge.search import Entry, Search
from knowledge.text import Frozen, Language
from knowledge.yaml_files import parse, read_file
from rules.catalogue.links import FOLDER
from rules.model import RuleBase

Kind = Literal["card", "lesson", "case", "question", "rule", "source"]
KINDS: tuple[Kind, ...] = ("card", "lesson", "case", "question", "rule", "source")
"""In the order in which they are shown."""
WEIGHTS: Mapping[Kind, float] = {"card": 1.3, "lesson": 1.2, "case": 1.2, "question": 0.6, "rule": 0.25, "source": 0.8}
"""What a find counts for: people look for what to do before how it follows."""


class Key(NamedTuple):
    """The kind and the id of an item; as a text 'kind:id'."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def key_of(text: str, base: RuleBase) -> Key | None:
    """The item that a key stands for; None where there is no such item."""
    kind, _, item = text.partition(":")
    known = base.knowledge
    items = {
        "card": known.cards, "lesson": known.lessons, "question": known.questions, "rule": base.rules,
        "source": known.sources, "case": known.scenarios,
    }  # fmt: skip
    found = next((one for one in KINDS if one == kind), None)
    return Key(found, item) if found is not None and item in items[found] else None


def title_of(key: Key, base: RuleBase, language: Language) -> str:
    """The words by which people know an item."""
    known = base.knowledge
    match key.kind:
        case "card":
            return known.cards[key.id].title.in_(language)
        case "lesson":
            return known.lessons[key.id].advice.in_(language)
        case "question":
            return known.questions[key.id].text.in_(language)
        case "rule":
            return base.rules[key.id].says.in_(language)
        case "case":
            return known.scenarios[key.id].title.in_(language)
        case "source":
            return known.sources[key.id].title.in_(language)


def entries(base: RuleBase, language: Language) -> Iterator[Entry]:
    """Every item with the words to find it by, in the order of KINDS."""
    known = base.knowledge

    def entry(kind: Kind, item: str, *texts: str, named: str = "") -> Entry:
        key = Key(kind, item)
        return Entry(str(key), title_of(key, base, language), " ".join(texts), named, WEIGHTS[kind])

    for card in known.cards.values():
        yield entry("card", card.card, *(lesson.advice.in_(language) for lesson in card.lessons))
    for lesson in known.lessons.values():
        more = [one.in_(language) for one in (known.card_of[lesson.id].title, lesson.evidence, lesson.cautions) if one]
        yield entry("lesson", lesson.id, *more)
    for case in known.scenarios.values():
        told = [one.in_(language) for one in (*case.story, case.decided, case.happened, case.teaching)]
        yield entry("case", case.id, *told, named=case.id)
    for question in known.questions.values():
        asked = [one.in_(language) for one in (question.why, question.help, question.find_out) if one]
        yield entry("question", question.id, *asked, *(option.label.in_(language) for option in question.options))
    for rule in base.rules.values():
        yield entry("rule", rule.id, known.card_of[rule.lesson].title.in_(language) if rule.lesson else "")
    for source in known.sources.values():
        yield entry("source", source.id, source.publisher, *source.sections)


@cache
def synonyms() -> Mapping[Language, tuple[tuple[str, ...], ...]]:
    """Groups of words of which each stands for all, by language."""
    return MappingProxyType({language: some.alike for language, some in _words().items()})


class _Words(Frozen):
    """What the search knows of a language: words that stand for each other, and words that say nothing."""

    alike: tuple[tuple[str, ...], ...]
    empty: str


@cache
def _words() -> Mapping[Language, _Words]:
    found: dict[Language, _Words] = parse(read_file(FOLDER / "synonyms.yaml", "synonyms.yaml"), dict[Language, _Words])
    return MappingProxyType(found)


def search(base: RuleBase, language: Language) -> Search:
    """The search over every item in one language."""
    return Search([*entries(base, language)], synonyms()[language], _words()[language].empty.split())
