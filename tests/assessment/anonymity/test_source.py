"""Where a source must stay hidden, nothing for readers elsewhere shows that there is one."""

import re
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.anonymity.free_texts import free_texts
from assessment.anonymity.removal import shareable
from assessment.anonymity.source import must_be_default, shows_source, withheld, without_source
from assessment.dossier import Dossier
from knowledge.base import knowledge_base
from knowledge.model import Answers
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.sampling import random_answer, random_answers
from tests.support.amounts import LONG, amount
from tests.support.nameless import ANSWERS, HIDDEN, KNOWN, MEETING, as_json, bare, on, seeded

pytestmark = pytest.mark.slow

CASE = HIDDEN


def other_source(answers: Answers, random: Random) -> Answers:
    """The same answers, but for all that shows a source."""
    hidden, questions = withheld(), knowledge_base().questions
    new = dict(answers)
    for question in questions.values():
        if shows_source(question):
            new.pop(question.id, None)
            if random.random() < 0.7:
                new[question.id] = random_answer(question, random)
        elif question.id in hidden.options:
            answer = answers.get(question.id)
            if isinstance(answer, tuple):
                shown = [one for one in answer if one not in hidden.options[question.id]]
                chosen = {*shown, *(one for one in hidden.options[question.id] if random.random() < 0.5)}
                ids = [option.id for option in question.options if option.id in chosen]
                new[question.id] = tuple(ids)
                if not ids:
                    new.pop(question.id)
            elif answer is None or answer in hidden.options[question.id]:
                new.pop(question.id, None)
                if random.random() < 0.5:
                    one = random.choice(hidden.options[question.id])
                    new[question.id] = one if question.kind == "one" else (one,)
    return new


def lessons(one: Dossier) -> set[str]:
    return {advised.lesson.id for each in one.advice.recommendations for advised in each.lessons}


def test_all_that_shows_a_source_is_listed() -> None:
    hidden, base = withheld(), inference().base
    reached = frozenset().union(*(base.reach[finding] for finding in hidden.findings))
    questions = base.knowledge.questions
    for question in reached:
        listed = shows_source(questions[question]) or question in hidden.options
        assert listed, question
    for question, options in hidden.options.items():
        assert all(questions[question].option(one) for one in options)
    assert all(question in questions for question in hidden.questions)


def test_the_version_without_names_is_the_default_where_a_source_must_stay_hidden() -> None:
    assert must_be_default(bare(HIDDEN)) and must_be_default(bare(HIDDEN).advice)
    assert not must_be_default(bare(KNOWN)) and not must_be_default(bare(MEETING))


def test_the_day_of_what_readers_elsewhere_do_not_know_of_is_no_day_of_something_else() -> None:
    given = {"core.occasions": ("supplier-talk", "worker-talk"), "core.first-date": 4}
    for first, told in (("supplier-talk", True), ("worker-talk", False), ("unknown", False)):
        whole = on({**given, "core.first": first})
        whole = replace(whole, plan=whole.plan.model_copy(update={"occasion_on": date(2027, 2, 1)}))
        less = without_source(whole)
        assert (less.plan.occasion_on is not None) == told == ("core.first-date" in less.assessment.answers), first


def test_a_source_is_hidden_unless_it_is_found_that_it_may_be_known() -> None:
    finding = withheld().open
    assert must_be_default(on({}))
    assert must_be_default(on({"core.occasions": ("supplier-talk",), "core.first": "supplier-talk"}))
    safe = bare(KNOWN).assessment.answers
    for name in ("core.heard-through", "core.may-pass-on", "core.danger-events", "core.promised"):
        left_out = {question: answer for question, answer in safe.items() if question != name}
        found = inference().run(working_memory(left_out, knowledge_base().questions)).findings
        assert must_be_default(on(left_out)) is (finding not in found)
    changes: tuple[Answers, ...] = (
        {"core.may-pass-on": "content"},
        {"core.may-pass-on": "not-asked"},
        {"core.may-pass-on": "unknown"},
        {"core.danger-events": ("punished",)},
        {"core.danger-events": ("nobody-can-know",)},
        {"core.heard-through": "unknown", "core.promised": ("secret",)},
    )
    for unsafe in changes:
        assert must_be_default(on({**safe, **unsafe})), unsafe
    for seed in range(amount(12, 200)):
        answers = random_answers(knowledge_base(), Random(seed), 0.6)
        found = inference().run(working_memory(answers, knowledge_base().questions)).findings
        one = on(answers)
        assert must_be_default(one) is (finding not in found)
        assert finding in found or must_be_default(one.advice)  # of the advice alone: rather hidden


SOURCE_LESSONS = {"FU-ask-in-general-terms", "FU-source-disclosure-test", "FU-agree-disclosure-with-workers"}
SETTLED_UNSEEN = {"PR-home-plus-chain-dialogue", "PS-local-find-shared-interest"}
"""Advised to readers elsewhere where only what they do not see had settled it: a talk with workers, or that the
organisation was asked for names."""
HINT = re.compile(
    r"wie het (jou |ons )?vertelde|niet wie iets vertelde|van wie je|zonder bron|\bals bron\b|\bje bron"
    r"|de melder|de klager"
)


@settings(max_examples=amount(10, 200))
@given(st.integers(0, 10**6), st.sampled_from([0.4, 0.8, 1.0]))
def test_nothing_for_readers_elsewhere_warns_not_to_name_a_source(seed: int, share: float) -> None:
    one = without_source(on(random_answers(knowledge_base(), Random(seed), share)))
    assert not lessons(one) & SOURCE_LESSONS
    for verdict in one.advice.verdicts:
        told = (verdict.label, verdict.because, verdict.instead, verdict.say, verdict.do_not_say)
        for text in filter(None, told):
            assert not HINT.search(text.nl), (verdict.act, text.nl)


@settings(max_examples=amount(10, 200))
@given(st.integers(0, 10**6), st.sampled_from([0.3, 0.7, 1.0]))
def test_nothing_for_readers_elsewhere_depends_on_the_source(seed: int, share: float) -> None:
    random = Random(seed)
    answers = random_answers(knowledge_base(), random, share)
    one, other = on(answers), on(other_source(answers, random))
    assert as_json(without_source(one)) == as_json(without_source(other))
    assert lessons(without_source(one)) - SETTLED_UNSEEN <= lessons(one)


CASES = knowledge_base().scenarios
SOME = list(CASES) if LONG else [*(one for one in CASES if not CASES[one].invented), *list(CASES)[:: len(CASES) // 8]]


@pytest.mark.parametrize("case", dict.fromkeys([*ANSWERS, *SOME]))
def test_no_case_shows_its_source_to_readers_elsewhere(case: str) -> None:
    whole = bare(case)
    random = Random(case)
    shared = as_json(without_source(whole))
    assert as_json(without_source(on(other_source(whole.assessment.answers, random)))) == shared
    assert lessons(without_source(whole)) - SETTLED_UNSEEN <= lessons(whole)
    if must_be_default(whole):
        result = shareable(whole)
        assert not lessons(result) & SOURCE_LESSONS
        questions = knowledge_base().questions
        assert not any(shows_source(questions[one.question]) for one in result.advice.answered)


def test_notes_and_decisions_on_what_is_withheld_go_too() -> None:
    whole = seeded(CASE, "xyzzyx")
    result = shareable(whole, choices={one.key: "keep" for one in free_texts(whole)})
    assert "core.heard-through" in whole.assessment.notes
    assert not set(result.assessment.notes) & set(withheld().questions)
    told = {"act.show-messages-or-photos", "act.tell-who-told-us"}
    assert told <= {action.key for action in whole.plan.actions}
    assert not told & {action.key for action in result.plan.actions}
