"""What may endanger people stops unless the safe answers were given: verdicts on acts, by hand."""

from pathlib import Path

import pytest
from pydantic import Field

from assessment.verdicts import verdicts
from knowledge.acts import VerdictKind
from knowledge.answering import answers_problems, as_answer
from knowledge.base import knowledge_base
from knowledge.model import Answers
from knowledge.text import Frozen, Id, Text
from knowledge.yaml_files import parse, read_file
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.model import rule_base

FILE = Path(__file__).parent.parent / "scenarios" / "acts.yaml"


class VerdictScenario(Frozen):
    """Answers and verdicts that they lead to, by act; what was done ends in `-done`.

    `says` holds English words of the advice, where another verdict of the same kind says something else.
    """

    scenario: Text
    answers: Answers
    verdicts: dict[Id, VerdictKind]
    says: dict[Id, str] = Field(default_factory=dict)


SCENARIOS: list[VerdictScenario] = parse(read_file(FILE), list[VerdictScenario])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.scenario.en)
def test_an_act_gets_this_verdict(scenario: VerdictScenario) -> None:
    questions = knowledge_base().questions
    assert not answers_problems(questions, scenario.answers)
    answers = {question: as_answer(questions[question], answer) for question, answer in scenario.answers.items()}
    trace = inference().run(working_memory(answers, questions))
    given = {one.act: one for one in verdicts(trace, rule_base())}
    assert {act: given[act].verdict for act in scenario.verdicts if act in given} == scenario.verdicts
    for act, words in scenario.says.items():
        instead = given[act].instead
        assert words in given[act].because.en or (instead is not None and words in instead.en)


def test_safe_unsafe_and_unanswered_are_all_shown() -> None:
    assert len(SCENARIOS) >= 40
    kinds = {kind for one in SCENARIOS for kind in one.verdicts.values()}
    assert kinds == {"stop", "repair", "first-this", "go-ahead"}
