"""The questions in parts of a page: by theme, and long themes cut into equal pieces that do not shift with answers."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Question
from knowledge.text import Text

LENGTH = 8
"""At most so many questions stand on one page."""


@dataclass(frozen=True)
class Part:
    """One page of questions: a piece of its theme. It has more than one id where another piece goes with it."""

    ids: tuple[str, ...]
    theme: Text
    about: Text
    questions: tuple[Question, ...]

    @property
    def id(self) -> str:
        """Its own id."""
        return self.ids[0]

    def asked(self, now: Container[str]) -> tuple[Question, ...]:
        """Its questions that are asked now, given the ids of all that are."""
        return tuple(question for question in self.questions if question.id in now)

    def answered(self, now: Container[str], answers: Mapping[str, Answer]) -> int:
        """How many of the questions that are asked now have an answer."""
        return sum(question.id in answers for question in self.asked(now))


_MADE: dict[str, tuple[Part, ...]] = {}


def all_parts(knowledge: KnowledgeBase) -> tuple[Part, ...]:
    """Every part, in the order of the themes."""
    if knowledge.version not in _MADE:
        _MADE[knowledge.version] = _parts(knowledge)
    return _MADE[knowledge.version]


def shown_parts(every: Iterable[Part], now: Container[str]) -> list[Part]:
    """The parts with questions that are asked now; a single question goes with a part beside it, best of its theme."""
    shown = [part for part in every if part.asked(now)]
    for part in tuple(shown):
        if len(shown) == 1 or part not in shown or len(part.asked(now)) > 1:
            continue
        at = shown.index(part)
        beside = [place for place in (at - 1, at + 1) if 0 <= place < len(shown)]
        host = next((place for place in beside if shown[place].theme == part.theme), beside[0])
        pair = slice(min(at, host), max(at, host) + 1)
        questions = tuple(question for one in shown[pair] for question in one.questions)
        shown[pair] = [replace(shown[host], ids=(*shown[host].ids, *part.ids), questions=questions)]
    return shown


def _parts(knowledge: KnowledgeBase) -> tuple[Part, ...]:
    found: list[Part] = []
    for theme in knowledge.themes.values():
        questions = [question for question in knowledge.questions.values() if question.theme == theme.id]
        count = ceil(len(questions) / LENGTH)
        for number in range(count):
            start, end = (len(questions) * place // count for place in (number, number + 1))
            piece = tuple(questions[start:end])
            found.append(Part(ids=(f"{theme.id}-{number + 1}",), theme=theme.title, about=theme.about, questions=piece))
    return tuple(found)
