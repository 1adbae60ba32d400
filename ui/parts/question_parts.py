"""The questions in parts of a page: by theme, and long themes cut into equal pieces that do not shift with answers."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from math import ceil

from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Question
from knowledge.text import Text

LENGTH = 8
"""At most so many questions stand on one page."""


@dataclass(frozen=True)
class Part:
    """One page of questions: a piece of its theme."""

    id: str
    theme: Text
    about: Text
    questions: tuple[Question, ...]

    def asked(self, now: Container[str]) -> tuple[Question, ...]:
        """Its questions that are asked now, given the ids of all that are."""
        return tuple(question for question in self.questions if question.id in now)

    def answered(self, now: Container[str], answers: Mapping[str, Answer]) -> int:
        """How many of the questions that are asked now have an answer."""
        return sum(question.id in answers for question in self.asked(now))


_MADE: dict[str, tuple[Part, ...]] = {}


def all_parts(knowledge: KnowledgeBase) -> tuple[Part, ...]:
    """Every part, in the order of the themes; a theme of one question goes with the part before it."""
    if knowledge.version not in _MADE:
        _MADE[knowledge.version] = _parts(knowledge)
    return _MADE[knowledge.version]


def _parts(knowledge: KnowledgeBase) -> tuple[Part, ...]:
    found: list[Part] = []
    for theme in knowledge.themes.values():
        questions = [question for question in knowledge.questions.values() if question.theme == theme.id]
        if len(questions) == 1 and found and len(found[-1].questions) < LENGTH:
            found[-1] = replace(found[-1], questions=(*found[-1].questions, *questions))
            continue
        count = ceil(len(questions) / LENGTH)
        for number in range(count):
            start, end = (len(questions) * place // count for place in (number, number + 1))
            piece = tuple(questions[start:end])
            found.append(Part(id=f"{theme.id}-{number + 1}", theme=theme.title, about=theme.about, questions=piece))
    return tuple(found)
