"""Not knowing is never silent: where a poor answer brings advice, 'don't know' brings it as well or gives homework."""

from random import Random

import pytest

from assessment import advice as advice_module
from assessment.advice import advise
from assessment.model import Assessment
from knowledge.base import knowledge_base
from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Answers
from rules.engine.inference import inference, reference
from rules.engine.memory import working_memory
from rules.sampling import random_answers
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

KNOWLEDGE = knowledge_base()
RULES = inference().base


def lessons(answers: Answers, amiss: bool = False) -> set[str]:
    """The lessons that are advised, or those because something is amiss; the setting alone is nothing to find out."""
    trace = reference(RULES, working_memory(answers, KNOWLEDGE.questions))
    rules = [RULES.rules[rule] for rule in trace.findings]
    return {rule.lesson for rule in rules if rule.lesson is not None and (not amiss or rule.ground == "gap")}


def homework(answers: Answers) -> set[str]:
    given = Assessment(title="x", answers=answers, knowledge_version=KNOWLEDGE.version)
    return {one.question for one in advise(given, inference()).homework}


def test_not_knowing_gives_advice_or_homework_where_a_poor_answer_gives_advice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(advice_module, "MOST_HOMEWORK", len(KNOWLEDGE.questions))  # all of it, not the first five
    random, looked_at = Random(3), set[str]()
    for _ in range(amount(7, 200)):
        answers = {
            question: answer
            for question, answer in random_answers(KNOWLEDGE, random, share=0.95).items()
            if answer != UNKNOWN
        }
        asked = working_memory(answers, KNOWLEDGE.questions).asked
        scored = [one for one in KNOWLEDGE.questions.values() if asked[one.id] and any(o.points for o in one.options)]
        for question in random.sample(scored, min(7, len(scored))):
            points = [one for one in question.options if one.points is not None]
            ordered = sorted(points, key=lambda one: one.points or 0)
            poor, good = ordered[0].id, ordered[-1].id

            def answered(option: str, several: bool = question.kind == "several") -> Answer:
                return (option,) if several and option != UNKNOWN else option

            brought = lessons({**answers, question.id: answered(poor)}, amiss=True) - lessons(
                {**answers, question.id: answered(good)}
            )
            if not brought:
                continue
            looked_at.add(question.id)
            unknown = {**answers, question.id: UNKNOWN}
            assert brought & lessons(unknown) or question.id in homework(unknown), (question.id, answers)
    assert len(looked_at) > 12


def test_not_knowing_whether_reporting_was_agreed_is_homework() -> None:
    answers: Answers = {"core.occasions": ("over",), "over.told": UNKNOWN, "report.plan": UNKNOWN}
    assert working_memory(answers, KNOWLEDGE.questions).asked["report.plan"]
    assert "report.plan" in homework(answers)


def test_homework_is_what_can_be_done_before_a_talk() -> None:
    answers: Answers = {"core.occasions": ("supplier-talk", "worker-talk", "means", "event", "over")}
    for question in KNOWLEDGE.questions.values():
        if working_memory(answers, KNOWLEDGE.questions).asked[question.id]:
            answers.setdefault(question.id, UNKNOWN)
    assert len(homework(answers)) == advice_module.MOST_HOMEWORK
