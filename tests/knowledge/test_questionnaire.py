"""The questionnaire stays within bounds: in all, and for a manager who prepares one kind of dialogue."""

from functools import cache

import pytest
import z3

from knowledge.acts import CHAPTER
from knowledge.base import knowledge_base
from rules.engine.memory import asked_questions
from rules.model import rule_base
from rules.normal_form import YES, Variable
from rules.proofs.space import AnswerSpace

pytestmark = pytest.mark.slow

OCCASIONS = ("supplier-talk", "worker-talk", "means", "partner", "event", "over", "publicity", "home-meeting")
FEWEST_IN_ALL, MOST_IN_ALL = 60, 100
MOST_ASKED = 45


@cache
def space() -> AnswerSpace:
    return AnswerSpace(rule_base())


def asking_more(goal: str) -> list[str]:
    """The questions asked of someone with this one goal, of whom more is asked than may be; none where nobody is."""
    questions = knowledge_base().questions
    preparing = questions["core.occasions"]
    only = []
    for option in preparing.options:
        chosen = space().is_(Variable(preparing.id, option.id), [YES])
        only.append(chosen if option.id == goal else z3.Not(chosen))
    assert space().witness(*only) is not None, "somebody has this goal"
    conditions = [space().truth(one.ask_when) for one in questions.values() if one.ask_when is not None]
    always = len(questions) - len(conditions)
    answers = space().witness(*only, z3.AtLeast(*conditions, MOST_ASKED - always + 1))
    return [] if answers is None else [one.id for one in asked_questions(answers, questions)]


def test_the_questionnaire_is_neither_thin_nor_endless() -> None:
    assert FEWEST_IN_ALL <= len(knowledge_base().questions) <= MOST_IN_ALL


def test_who_does_not_know_is_told_how_to_find_out() -> None:
    questions = knowledge_base().questions.values()
    assert [one.id for one in questions if one.find_out is None and one.chapter != CHAPTER] == []


@pytest.mark.parametrize("goal", OCCASIONS)
def test_nobody_who_prepares_one_kind_of_dialogue_is_asked_too_much(goal: str) -> None:
    asked = asking_more(goal)
    assert not asked, f"{len(asked)} questions: {', '.join(asked)}"
