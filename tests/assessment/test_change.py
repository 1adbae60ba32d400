"""What would change the advice: exact, minimal, and true when the rules are run again."""

from itertools import combinations
from random import Random

import pytest

from assessment.advice import MOST_HOMEWORK, advise, open_acts, still_open
from assessment.changes.next_question import SCAN, NextQuestions
from assessment.changes.smallest_change import WhatIf, what_if
from assessment.model import Assessment, Ground, Reason
from assessment.verdicts import given_verdicts
from knowledge.base import knowledge_base
from knowledge.condition import UNKNOWN
from knowledge.model import Answers
from rules.engine.inference import inference, reference
from rules.engine.memory import working_memory
from rules.model import rule_base
from rules.sampling import random_answer, random_answers
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

KNOWLEDGE, RULES = knowledge_base(), rule_base()
CASES = [dict(KNOWLEDGE.scenarios["company-b"].answers)]


@pytest.fixture(scope="module", name="trials")
def trials_() -> WhatIf:
    return what_if(inference())


def cases(number: int, seed: int) -> list[Answers]:
    random = Random(seed)
    return [*CASES, *(random_answers(KNOWLEDGE, random, share=random.choice([0.5, 0.9])) for _ in range(number))]


@pytest.mark.parametrize("answers", cases(amount(1, 10), seed=1))
def test_a_smallest_change_changes_it_and_no_part_of_it_does(trials: WhatIf, answers: Answers) -> None:
    random = Random(0)
    asked = working_memory(answers, KNOWLEDGE.questions).asked
    for lesson in random.sample(list(KNOWLEDGE.lessons), amount(6, 60)):
        advised = lesson in trials.advised(answers)
        change = trials.smallest_change(answers, lesson)
        if change is None:
            continue
        assert change.removes is advised
        assert (lesson in trials.advised({**answers, **change.answers})) is not advised
        then = working_memory({**answers, **change.answers}, KNOWLEDGE.questions).asked
        for question, answer in change.answers.items():
            assert then[question] and answer != UNKNOWN and not KNOWLEDGE.questions[question].frame
            assert asked[question] is not True or answers.get(question) != answer
        for size in range(len(change.answers)):
            for part in combinations(change.answers, size):
                less = {question: change.answers[question] for question in part}
                assert (lesson in trials.advised({**answers, **less})) is advised
        for question, chosen in change.answers.items():
            if isinstance(chosen, tuple) and not isinstance(answers.get(question), tuple):
                for fewer in combinations(chosen, len(chosen) - 1) if len(chosen) > 1 else ():
                    assert (lesson in trials.advised({**answers, **change.answers, question: fewer})) is advised


def test_the_same_change_is_told_whatever_was_asked_before(trials: WhatIf) -> None:
    answers = dict(KNOWLEDGE.scenarios["invented-electronics-china-official-at-table"].answers)
    lessons = sorted(KNOWLEDGE.lessons.keys() - trials.advised(answers))[:: amount(80, 40)]
    other = WhatIf(RULES)
    first = [trials.smallest_change(answers, one) for one in lessons]
    assert first == [other.smallest_change(answers, one) for one in reversed(lessons)][::-1]
    several = [one for change in first if change for one in change.answers.values() if isinstance(one, tuple)]
    assert several and min(map(len, several)) == 1, "no option more than it takes"


@pytest.mark.parametrize("answers", cases(amount(1, 3), seed=2)[-amount(1, 4) :])
def test_one_other_answer_is_found_where_one_is_enough(trials: WhatIf, answers: Answers) -> None:
    """Where a single real answer brings or removes a lesson, the smallest change is one; in the long build for all."""
    single: dict[str, set[str]] = {}
    for variant in trials.variants(answers):
        if variant.answer != UNKNOWN and not KNOWLEDGE.questions[variant.question].frame:
            for lesson in (*variant.appeared, *variant.vanished):
                single.setdefault(lesson, set()).add(variant.question)
    for lesson in Random(7).sample(sorted(single), min(amount(15, 1_000), len(single))):
        change = trials.smallest_change(answers, lesson)
        assert change is not None and len(change.answers) == 1


@pytest.mark.parametrize("answers", cases(amount(1, 3), seed=3))
def test_what_if_tells_what_running_the_rules_tells(trials: WhatIf, answers: Answers) -> None:
    now = trials.advised(answers)
    variants = trials.variants(answers)
    assert any(variant.appeared or variant.vanished for variant in variants)
    for variant in Random(4).sample(variants, min(40, len(variants))):
        then = trials.advised({**answers, variant.question: variant.answer})
        assert (set(variant.appeared), set(variant.vanished)) == (then - now, now - then)


@pytest.mark.parametrize("answers", cases(amount(1, 2), seed=5))
def test_why_not_names_a_rule_that_the_change_brings(trials: WhatIf, answers: Answers) -> None:
    advised = trials.advised(answers)
    for lesson in Random(1).sample(list(KNOWLEDGE.lessons), amount(6, 40)):
        if lesson in advised:
            with pytest.raises(ValueError, match="is advised"):
                trials.why_not(answers, lesson)
            continue
        found = trials.why_not(answers, lesson)
        assert RULES.rules[found.rule].lesson == lesson
        assert found.undecided or (found.because is not None and not found.because.holds)
        if found.change is not None:
            then = reference(RULES, working_memory({**answers, **found.change.answers}, KNOWLEDGE.questions))
            assert found.rule in then.findings


def true_facts(reason: Reason, answers: Answers) -> bool:
    """Whether a tree of reasons tells only what holds in this case, and each ground is enough for the finding."""
    trace = reference(RULES, working_memory(answers, KNOWLEDGE.questions))
    holds = reason.rule in trace.findings
    assert reason.grounds and holds is reason.holds
    return all(ground_is_enough(reason, ground, answers) for ground in reason.grounds)


def ground_is_enough(reason: Reason, ground: Ground, answers: Answers) -> bool:
    needed = questions_in(ground)
    hidden = {question: answer for question, answer in answers.items() if question in with_gates(needed)}
    trace = reference(RULES, working_memory(hidden, KNOWLEDGE.questions))
    derived = reason.rule in trace.findings
    ruled_out = reason.rule not in trace.findings and reason.rule not in trace.undetermined
    return derived if reason.holds else ruled_out


def questions_in(ground: Ground) -> set[str]:
    inner = (questions_in(below) for finding in ground.findings for below in finding.grounds)
    return {answer.question for answer in ground.answers}.union(*inner)


def with_gates(questions: set[str]) -> set[str]:
    """The questions, and those on which it depends whether they are asked."""
    from knowledge.condition import questions_in as named

    found, waiting = set(questions), list(questions)
    while waiting:
        condition = KNOWLEDGE.questions[waiting.pop()].ask_when
        new = named(condition) - found if condition is not None else set()
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize("answers", cases(amount(1, 30), seed=6))
def test_the_reasons_of_an_advice_are_true_and_enough(answers: Answers) -> None:
    advice = advise(Assessment(title="x", answers=answers, knowledge_version="x"), inference())
    for recommendation in advice.recommendations:
        for advised in recommendation.lessons:
            assert all(true_facts(reason, answers) for reason in advised.reasons)
    assert all(true_facts(verdict.reason, answers) for verdict in advice.verdicts)


@pytest.mark.parametrize("seed", range(amount(3, 6)))
def test_a_question_that_is_said_not_to_matter_does_not(trials: WhatIf, seed: int) -> None:
    """Whatever the open questions that cannot change the advice are answered, lessons and verdicts stay the same."""
    random = Random(seed)
    answers = random_answers(KNOWLEDGE, random, share=0.85)
    trace = reference(RULES, working_memory(answers, KNOWLEDGE.questions))
    deciding = {*still_open(trace, RULES), *open_acts(trace, RULES)}
    idle = [one for one, asked in trace.memory.asked.items() if asked and one not in answers and one not in deciding]
    now = trials.advised(answers), list(given_verdicts(trace, RULES))
    for _ in range(amount(6, 100)):
        more = {one: random_answer(KNOWLEDGE.questions[one], random) for one in idle}
        more = {one: answer for one, answer in more.items() if answer != UNKNOWN}
        then = reference(RULES, working_memory({**answers, **more}, KNOWLEDGE.questions))
        assert (trials.advised({**answers, **more}), list(given_verdicts(then, RULES))) == now


def test_the_next_question_comes_first_that_settles_most() -> None:
    order = NextQuestions(RULES).order({})
    assert order[0].question == "core.occasions" and order[0].lessons > 0 and order[0].acts > 0
    assert {one.question for one in order} == {
        one for one, asked in working_memory({}, KNOWLEDGE.questions).asked.items() if asked
    }
    assert [one.matters for one in order] == sorted((one.matters for one in order), reverse=True)


def test_a_ten_minute_scan_gives_a_usable_advice() -> None:
    """The first dozen questions in the order of what they settle, answered for a visit to people who fear somebody."""
    following = NextQuestions(RULES)
    full = dict(KNOWLEDGE.scenarios["invented-fish-bangladesh-visit-with-fear"].answers)
    answers: Answers = {}
    for _ in range(SCAN):
        question = next(one.question for one in following.order(answers))
        answers[question] = full.get(question, UNKNOWN)
    advice = advise(Assessment(title="x", answers=answers, knowledge_version="x"), inference())
    assert advice.safety and len(advice.recommendations) >= 3


def test_homework_names_each_dont_know_that_can_still_change_advice_up_to_five(trials: WhatIf) -> None:
    random = Random(8)
    for _ in range(amount(3, 50)):
        answers = random_answers(KNOWLEDGE, random, share=0.9)
        advice = advise(Assessment(title="x", answers=answers, knowledge_version="x"), inference())
        homework = {one.question for one in advice.homework}
        assert len(homework) == len(advice.homework) <= MOST_HOMEWORK
        assert all(answers[one.question] == UNKNOWN and (one.acts or one.cards) for one in advice.homework)
        amiss = {rule.lesson for rule in RULES.rules.values() if rule.ground == "gap"}
        missed = {
            variant.question
            for variant in trials.variants(answers)
            if answers.get(variant.question) == UNKNOWN and amiss & {*variant.appeared, *variant.vanished}
        } - homework
        assert not missed or len(homework) == MOST_HOMEWORK
