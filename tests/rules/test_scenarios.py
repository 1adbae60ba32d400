"""Every rule of the rule base is shown to apply, many just not to; every case gets the advice it taught."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import Field

from assessment.advice import current_phase
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
from tests.support.sheet_dossiers import of_case

COLUMNS = Columns(rule_base())
FOLDER = Path(__file__).parent.parent / "scenarios"


class RuleScenario(Frozen):
    """Answers, or those of a case, and the rules of one theme that apply to them: these and no others.

    `just_not` names near misses.
    """

    scenario: Text | None = None
    case: Id | None = None
    answers: Answers = Field(default_factory=dict)
    findings: tuple[Id, ...]
    just_not: tuple[Id, ...] = ()

    @property
    def given(self) -> dict[str, Answer]:
        questions = knowledge_base().questions
        answers = knowledge_base().scenarios[self.case].answers if self.case else self.answers
        return {key: as_answer(questions[key], value) for key, value in answers.items()}

    @property
    def name(self) -> str:
        return self.case or (self.scenario.en if self.scenario else "")


def scenarios() -> list[tuple[str, RuleScenario]]:
    return [
        (path.stem, scenario)
        for path in sorted(FOLDER.glob("*.yaml"))
        if path.stem in knowledge_base().themes
        for scenario in parse(read_file(path), list[RuleScenario])
    ]


def findings(answers: dict[str, Any], theme: str) -> set[str]:
    questions = knowledge_base().questions
    assert not answers_problems(questions, answers)
    given = {key: as_answer(questions[key], value) for key, value in answers.items()}
    trace = inference().run(working_memory(given, questions))
    assert not trace.difference
    rules = rule_base()
    return {rule for rule in trace.findings if rules.rules[rule].theme == theme and rule not in rules.verdicts}


@pytest.mark.parametrize(
    ("theme", "scenario"), [pytest.param(*one, id=f"{one[0]}: {one[1].name}") for one in scenarios()]
)
def test_the_answers_lead_to_exactly_these_findings(theme: str, scenario: RuleScenario) -> None:
    found = findings(scenario.given, theme)
    assert found == set(scenario.findings)
    assert not found & set(scenario.just_not)


def test_every_rule_is_shown_to_apply() -> None:
    """Rules of verdicts have scenarios of their own (acts.yaml); that each can be given is proved."""
    applies = {rule for _, scenario in scenarios() for rule in scenario.findings}
    assert applies == {rule for rule in rule_base().rules if rule not in rule_base().verdicts}


@pytest.mark.parametrize(
    ("theme", "scenario"),
    [pytest.param(*one, id=f"{one[0]}: {one[1].name}") for one in scenarios() if one[1].just_not],
)
def test_a_near_miss_is_one_answer_away(theme: str, scenario: RuleScenario) -> None:
    """Some other answer to one question, or one answer more or less, brings each rule in `just_not`."""
    questions = knowledge_base().questions
    answers = scenario.given
    away = [(one.id, answer) for one in questions.values() for answer in others(one, answers.get(one.id))]
    conclusions = COLUMNS.evaluate(COLUMNS.of_changes(answers, away), COLUMNS.needed(scenario.just_not))
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
    advice = of_case(case.id).advice
    advised = {one.lesson.id for recommendation in advice.recommendations for one in recommendation.lessons}
    told = {lesson for verdict in advice.verdicts for lesson in verdict.lessons}
    assert set(case.lessons) <= advised | told
    amiss = {
        one.lesson.id
        for recommendation in advice.recommendations
        for one in recommendation.lessons
        if one.ground == "gap"
    }
    assert not set(case.not_lessons) & amiss
    assert set(case.answers) <= knowledge_base().questions.keys()


@pytest.mark.parametrize(
    ("occasions", "phase"),
    [(("over",), "follow-up"), (("supplier-talk", "over"), "prepare"), (("supplier-talk",), "prepare")],
)
def test_advice_on_follow_up_alone_puts_following_up_first(occasions: Answer, phase: str) -> None:
    trace = inference().run(working_memory({"core.occasions": occasions}, knowledge_base().questions))
    assert current_phase(trace, rule_base()) == phase
