"""What points at what, the other way round; the anchors of items; and the fixed words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from knowledge.condition import findings_in, questions_in
from knowledge.model import Card, Lesson, Question, Theme
from knowledge.text import Language, Text
from knowledge.yaml_files import parse, read_file
from rules.model import Rule, RuleBase

FOLDER = Path(__file__).parent

Item = TypeVar("Item")
Key = TypeVar("Key")


def labels(language: Language) -> Mapping[str, str]:
    """The fixed words of the catalogue, by their key in labels.yaml."""
    texts: dict[str, Text] = parse(read_file(FOLDER / "labels.yaml", "labels.yaml"), dict[str, Text])
    return {key: text.in_(language) for key, text in texts.items()}


def number(value: float, language: Language) -> str:
    """A number of points as it is written in the language."""
    return f"{value:g}".replace(".", ",") if language == "nl" else f"{value:g}"


def web_address(url: str) -> bool:
    """Whether a text is an address that may be linked to."""
    return url.startswith(("https://", "http://"))


@dataclass(frozen=True)
class Chapter:
    """A theme with all that belongs to it. A rule stands after the rules that it rests on."""

    theme: Theme
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    cards: tuple[Card, ...]

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for card in self.cards for lesson in card.lessons)


class Links:
    """The rule base read backwards: by question, finding, lesson and section who refers to it."""

    def __init__(self, base: RuleBase):
        self.base = base
        self.knowledge = base.knowledge

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The themes in their order."""
        known = self.knowledge
        return tuple(
            Chapter(
                theme,
                tuple(question for question in known.questions.values() if question.theme == theme.id),
                tuple(rule for rule in self.base.rules.values() if rule.theme == theme.id),
                tuple(card for card in known.cards.values() if known.card_themes[card.card] == theme.id),
            )
            for theme in known.themes.values()
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order of the chapters."""
        return tuple(rule for chapter in self.chapters for rule in chapter.rules)

    @cached_property
    def testing(self) -> Mapping[str, list[Rule]]:
        """Question id to the rules whose condition tests it."""
        return _reversed((rule, questions_in(rule.when)) for rule in self.rules)

    @cached_property
    def using(self) -> Mapping[str, list[Rule]]:
        """Rule id to the rules whose condition mentions its finding."""
        return _reversed((rule, findings_in(rule.when)) for rule in self.rules)

    @cached_property
    def advising(self) -> Mapping[str, list[Rule]]:
        """Lesson id to the rules that lead to it."""
        return _reversed((rule, [rule.lesson] if rule.lesson else []) for rule in self.rules)

    @cached_property
    def depending(self) -> Mapping[str, list[Question]]:
        """Question id to the questions that are asked only by its answer."""
        questions = self.knowledge.questions.values()
        return _reversed((one, questions_in(one.ask_when) if one.ask_when else ()) for one in questions)

    @cached_property
    def citing(self) -> Mapping[tuple[str, str], list[Lesson]]:
        """Source id and heading to the lessons that cite it."""
        lessons = self.knowledge.lessons.values()
        return _reversed((lesson, {(cited.source, cited.at) for cited in lesson.sources}) for lesson in lessons)

    def findings(self, rule: Rule) -> list[Rule]:
        """The rules whose findings the condition of `rule` mentions."""
        return [self.rules[place] for place in sorted(self._places[one] for one in findings_in(rule.when))]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Rule id to its place among all rules."""
        return {rule.id: place for place, rule in enumerate(self.rules)}

    def section(self, source: str, heading: str) -> str:
        """The anchor of a section. It goes by the place of the heading, for headings are no ids."""
        return f"at-{source}-{self.knowledge.sources[source].sections.index(heading) + 1}"

    def ways_through(self, question: str) -> list[tuple[Rule, Lesson | None]]:
        """The rules that test a question, each with its lesson."""
        lessons = self.knowledge.lessons
        return [(rule, lessons[rule.lesson] if rule.lesson else None) for rule in self.testing.get(question, ())]


def _reversed(pairs: Iterable[tuple[Item, Iterable[Key]]]) -> Mapping[Key, list[Item]]:
    found: dict[Key, list[Item]] = {}
    for item, keys in pairs:
        for key in keys:
            found.setdefault(key, []).append(item)
    return found
