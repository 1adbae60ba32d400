"""The questions in parts of a page: by theme, and long themes cut into equal pieces that do not shift with answers."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from math import ceil

from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Question
from knowledge.text import Text

LENGTH = 8
"""At most so many questions stand on one page."""


@dataclass(frozen=True)
class Part:
    """One page of questions: piece `number` of the `count` pieces of its theme."""

    id: str
    theme: Text
    about: Text
    number: int
    count: int
    questions: tuple[Question, ...]

    def asked(self, now: Container[str]) -> tuple[Question, ...]:
        """Its questions that are asked now, given the ids of all that are."""
        return tuple(question for question in self.questions if question.id in now)

    def answered(self, now: Container[str], answers: Mapping[str, Answer]) -> int:
        """How many of the questions that are asked now have an answer."""
        return sum(question.id in answers for question in self.asked(now))


def all_parts(knowledge: KnowledgeBase) -> tuple[Part, ...]:
    """Every part, in the order of the themes."""
    found = []
    for theme in knowledge.themes.values():
        questions = [question for question in knowledge.questions.values() if question.theme == theme.id]
        count = ceil(len(questions) / LENGTH)
        for number in range(count):
            start, end = (len(questions) * place // count for place in (number, number + 1))
            found.append(
                Part(
                    id=f"{theme.id}-{number + 1}",
                    theme=theme.title,
                    about=theme.about,
                    number=number + 1,
                    count=count,
                    questions=tuple(questions[start:end]),
                )
            )
    return tuple(found)
