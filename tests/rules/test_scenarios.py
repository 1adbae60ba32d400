"""Every rule of the rule base is shown to apply, and just not to apply; every case gets the advice it taught."""

from pathlib import Path
from typing import Any

import pytest

from assessment.advice import advise, current_phase
from assessment.model import Assessment
from knowledge.answering import answers_problems, as_answer
from knowledge.base import knowledge_base
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Question
from knowledge.text import Frozen, Id, Text
from knowledge.yaml_files import parse, read_file
from rules.columns import Columns
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.meaning import UNANSWERED
from rules.model import rule_base
from rules.normal_form import Variable

COLUMNS = Columns(rule_base())
FOLDER = Path(__file__).parent.parent / "scenarios"


class RuleScenario(Frozen):
    """Answers and the rules of one theme that apply to them: these and no others; `just_not` names near misses."""

    scenario: Text
    answers: Answers
    findings: tuple[Id, ...]
    just_not: tuple[Id, ...] = ()


def scenarios() -> list[tuple[str, RuleScenario]]:
    return [
        (path.stem, scenario)
        for path in sorted(FOLDER.glob("*.yaml"))
        for scenario in parse(read_file(path), list[RuleScenario])
    ]


def findings(answers: dict[str, Any], theme: str) -> set[str]:
    questions = knowledge_base().questions
    assert not answers_problems(questions, answers)
    given = {key: as_answer(questions[key], value) for key, value in answers.items()}
    trace = inference().run(working_memory(given, questions))
    assert not trace.difference
    return {rule for rule in trace.findings if rule_base().rules[rule].theme == theme}


@pytest.mark.parametrize(
    ("theme", "scenario"), [pytest.param(*one, id=f"{one[0]}: {one[1].scenario.en}") for one in scenarios()]
)
def test_the_answers_lead_to_exactly_these_findings(theme: str, scenario: RuleScenario) -> None:
    found = findings(scenario.answers, theme)
    assert found == set(scenario.findings)
    assert not found & set(scenario.just_not)


def test_every_rule_is_shown_to_apply_and_just_not_to_apply() -> None:
    applies = {rule for _, scenario in scenarios() for rule in scenario.findings}
    just_not = {rule for _, scenario in scenarios() for rule in scenario.just_not}
    assert set(rule_base().rules) == applies == just_not


@pytest.mark.parametrize(
    ("theme", "scenario"),
    [pytest.param(*one, id=f"{one[0]}: {one[1].scenario.en}") for one in scenarios() if one[1].just_not],
)
def test_a_near_miss_is_one_answer_away(theme: str, scenario: RuleScenario) -> None:
    """Some other answer to one question, or one answer more or less, brings each rule in `just_not`."""
    questions = knowledge_base().questions
    answers = {key: as_answer(questions[key], value) for key, value in scenario.answers.items()}
    away = [(one.id, answer) for one in questions.values() for answer in others(one, answers.get(one.id))]
    conclusions = COLUMNS.evaluate(COLUMNS.of_changes(answers, away))
    assert [rule for rule in scenario.just_not if not conclusions.true[rule].any()] == []


def others(question: Question, answer: Answer | None) -> list[Answer]:
    """Other answers to a question: each option, an option more or less, a number of each interval, none at all."""
    found: list[Answer] = [UNKNOWN, UNANSWERED]
    if question.number is not None:
        tokens = rule_base().domains.tokens[Variable(question.id)].values()
        found += [one for one in tokens if isinstance(one, int)]
    elif question.kind == "one":
        found += [option.id for option in question.options]
    else:
        chosen = set(answer) if isinstance(answer, tuple) else set()
        alone = {option.id for option in question.options if option.exclusive}
        for option in question.options:
            changed = {option.id} if option.id in alone else (chosen - alone) ^ {option.id}
            found += [tuple(changed)] if changed else []
            found.append((option.id,))
    return [NOT_APPLICABLE, *found] if question.not_applicable else found


@pytest.mark.parametrize("case", list(knowledge_base().scenarios.values()), ids=lambda case: case.id)
def test_a_case_gets_the_advice_that_its_publication_drew_from_it(case: Any) -> None:
    questions = knowledge_base().questions
    answers = {key: as_answer(questions[key], value) for key, value in case.answers.items()}
    assessment = Assessment(title=case.title.nl, answers=answers, knowledge_version=knowledge_base().version)
    advice = advise(assessment, inference())
    advised = {one.lesson.id for recommendation in advice.recommendations for one in recommendation.lessons}
    assert set(case.lessons) <= advised
    assert not set(case.not_lessons) & advised
    assert set(case.answers) <= {question.id for question in questions.values()}


@pytest.mark.parametrize(
    ("preparing", "stage", "phase"),
    [
        (("follow-up",), "between-talks", "follow-up"),
        (("conversation", "follow-up"), "between-talks", "prepare"),
        (("conversation",), "after-talk", "follow-up"),
        (("conversation",), "before-first-talk", "prepare"),
    ],
)
def test_advice_on_follow_up_alone_puts_following_up_first(preparing: Answer, stage: str, phase: str) -> None:
    answers: dict[str, Answer] = {"start.preparing": preparing, "start.stage": stage}
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    assert current_phase(trace, rule_base()) == phase
