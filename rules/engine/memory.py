"""Working memory: what the rules see of a company's answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from knowledge.model import Answer, Question
from rules.meaning import NOT_ASKED, UNANSWERED, Truth, truth


@dataclass(frozen=True)
class WorkingMemory:
    """Every question with its answer as the rules see it, and whether it is asked.

    `facts` holds the answer, `?` (asked or perhaps asked, no answer yet) or `-` (not asked).
    `asked` is None where an earlier question must be answered before we know.
    """

    facts: Mapping[str, Answer]
    asked: Mapping[str, Truth]


def working_memory(answers: Mapping[str, Answer], questions: Mapping[str, Question]) -> WorkingMemory:
    """What the rules see. A former answer to a question that is not asked now is kept out of sight.

    `questions` stand in an order in which each `ask_when` tests only earlier ones; the loader saw to that.
    """
    facts: dict[str, Answer] = {}
    asked: dict[str, Truth] = {}
    for question in questions.values():
        asked[question.id] = truth(question.ask_when, facts, {}) if question.ask_when is not None else True
        if asked[question.id] is False:
            facts[question.id] = NOT_ASKED
        elif asked[question.id] is None:
            facts[question.id] = UNANSWERED
        else:
            facts[question.id] = answers.get(question.id, UNANSWERED)
    return WorkingMemory(MappingProxyType(facts), MappingProxyType(asked))


def asked_questions(answers: Mapping[str, Answer], questions: Mapping[str, Question]) -> tuple[Question, ...]:
    """The questions that are asked now, in their order."""
    asked = working_memory(answers, questions).asked
    return tuple(question for question in questions.values() if asked[question.id])
