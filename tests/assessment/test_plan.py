"""What the user decided on the plan survives every later answer, and only a reason can postpone or reject."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.advice import advise
from assessment.answers.renewal import remember
from assessment.checklists import first_page
from assessment.model import Advice, Assessment
from assessment.plan import (
    AFTER,
    FIRST,
    TEXT_LENGTH,
    Decision,
    DecisionError,
    Plan,
    Status,
    TaskKind,
    decide,
    plan_for,
    proposed_dates,
)
from assessment.store import Conflict, Store, Stored
from knowledge.base import knowledge_base
from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Answers
from rules.engine.inference import Inference
from rules.model import rule_base
from rules.sampling import random_answer, random_answers
from tests.assessment.store.test_store import sqlite_url
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

KNOWLEDGE = knowledge_base()
PRODUCT = Inference(rule_base())
DAY = date(2026, 3, 1)


@cache
def rich_answers() -> Answers:
    """Answers on which much is advised and something is to find out."""
    found = max(
        (random_answers(KNOWLEDGE, Random(seed)) for seed in range(12)),
        key=lambda answers: min(len(advice_on(answers).homework), 3) * 100 + len(advice_on(answers).recommendations),
    )
    assert advice_on(found).homework and advice_on(found).recommendations
    return found


def advice_on(answers: Answers) -> Advice:
    return _advice_on(tuple(answers.items()))


@cache
def _advice_on(answers: tuple[tuple[str, Answer], ...]) -> Advice:
    given_now = Assessment(title="A", answers=dict(answers), knowledge_version=KNOWLEDGE.version)
    return advise(given_now, PRODUCT, DAY)


def plan_of(stored: Stored) -> Plan:
    return plan_for(advice_on(stored.assessment.answers), stored.decisions, stored.lapsed)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(sqlite_url(tmp_path_factory.mktemp("plan")))
    yield opened
    opened.close()


def test_each_act_what_to_find_out_and_what_stands_on_the_cards_is_proposed_safety_first() -> None:
    advice = advice_on(rich_answers())
    plan = plan_for(advice, {})
    about = {kind: {one.task.id for one in plan.actions if one.task.kind == kind} for kind in get_args(TaskKind)}
    shown = first_page(advice.checklists)
    assert about == {
        "act": {one.act for one in advice.verdicts if one.asks},
        "recommendation": {one for card in shown for one in card.recommendations},
        "homework": {one.question for one in advice.homework},
    }
    assert about["recommendation"] <= {one.card for one in advice.recommendations} and all(about.values())
    assert len({one.key for one in plan.actions}) == len(plan.actions)
    safety = {one.act for one in advice.safety}
    order = ["act", "homework", "act", "recommendation"]
    parts = [0 if one.task.id in safety else order.index(one.task.kind, 1) for one in plan.actions]
    assert safety and parts == sorted(parts)
    assert {one.task.id for one in plan.actions if one.task.severity == "critical" and one.task.kind == "act"} == safety
    assert all(one.decision.status == "proposed" and one.decision.due is None and one.open for one in plan.actions)
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_a_decision_changes_only_what_is_said() -> None:
    action = plan_for(advice_on(rich_answers()), {}).actions[0]
    accepted = decide(action, status="accepted", owner=" Noor ", due=DAY)
    assert (accepted.status, accepted.owner, accepted.due, accepted.note) == ("accepted", "Noor", DAY, "")
    now = plan_for(advice_on(rich_answers()), {action.key: accepted}).actions[0]
    adapted = decide(now, status="adapted", words="Eerst bellen.", note="Met Ali")
    assert (adapted.owner, adapted.due, adapted.words, adapted.note) == ("Noor", DAY, "Eerst bellen.", "Met Ali")
    done = decide(now.model_copy(update={"decision": adapted}), status="done", due=None)
    assert (done.status, done.words, done.due) == ("done", "Eerst bellen.", None)
    assert not now.model_copy(update={"decision": done}).open
    again = decide(now.model_copy(update={"decision": adapted}), status="accepted")
    assert again.words == "", "accepted as advised"


def test_days_are_proposed_before_the_occasion_and_never_made_up_without_one(store: Store) -> None:
    made = store.create("A", KNOWLEDGE.version, rich_answers())
    revision = store.save_date(made, date(2026, 3, 31), store.open(made).revision)
    assert store.save_date(made, date(2026, 3, 31), revision) == revision
    stored = store.open(made)
    plan = plan_for(advice_on(rich_answers()), {}, occasion_on=stored.occasion_on)
    days = proposed_dates(plan, DAY)
    first = [one for one in plan.actions if one.task.theme != AFTER][:FIRST]
    assert [*days] == [one.key for one in first]
    assert [*days.values()] == sorted(days.values()) and days[first[0].key] > DAY
    assert all(DAY <= day < date(2026, 3, 31) and day.weekday() < 5 for day in days.values())
    dated = plan_for(advice_on(rich_answers()), {first[0].key: decide(first[0], due=DAY)}, occasion_on=plan.occasion_on)
    assert proposed_dates(dated, DAY) == {key: day for key, day in days.items() if key != first[0].key}
    assert proposed_dates(plan_for(advice_on(rich_answers()), {}), DAY) == {}
    for today in (date(2026, 3, 31), date(2026, 4, 2)):
        assert proposed_dates(plan, today) == {}, "it was"
    with pytest.raises(Conflict):
        store.save_date(made, None, revision - 1)
    store.save_date(made, None, revision)
    assert store.open(made).occasion_on is None


@pytest.mark.parametrize("status", ["postponed", "rejected"])
def test_no_reason_no_postponing_or_rejecting(status: Status) -> None:
    action = plan_for(advice_on(rich_answers()), {}).actions[0]
    for reason in ({}, {"reason": ""}, {"reason": " \n "}):
        with pytest.raises(ValueError, match=r"^Write down why .*\.$") as refused:
            decide(action, status=status, **reason)  # type: ignore[arg-type]
        assert isinstance(refused.value, DecisionError) and refused.value.text.nl.startswith("Schrijf op waarom")
    decision = decide(action, status=status, reason="Eerst de zomer")
    assert decision.reason == "Eerst de zomer"
    now = action.model_copy(update={"decision": decision})
    assert decide(now, owner="Noor").reason == "Eerst de zomer"
    assert decide(now, status="accepted").reason == ""
    with pytest.raises(DecisionError):
        decide(now, status="rejected" if status == "postponed" else "postponed")


def test_other_decisions_that_are_not_complete_are_refused_in_one_sentence() -> None:
    action = plan_for(advice_on(rich_answers()), {}).actions[0]
    with pytest.raises(ValueError, match=r"^Write down in your own words .*\.$"):
        decide(action, status="adapted")
    with pytest.raises(ValueError, match=r"^A text in the plan is at most .*\.$"):
        decide(action, note="n" * (TEXT_LENGTH + 1))
    with pytest.raises(ValueError, match=r"^The name of who .*\.$"):
        decide(action, owner="n" * 201)
    for strange in ({"status": "gone"}, {"due": "tomorrow"}, {"owner": 3}, {"note": "\ud800"}):
        with pytest.raises(DecisionError, match=r"^A decision has .*\.$"):
            decide(action, **strange)  # type: ignore[arg-type]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "take back", "decide", "undo answer", "undo decision"]), st.integers(0, 10**6)
    ),
    min_size=3,
    max_size=12,
)


def decision_for(plan: Plan, random: Random) -> tuple[str, Decision]:
    action = random.choice(plan.actions)
    status: Status = random.choice(["accepted", "adapted", "postponed", "rejected", "done"])
    texts = {"words": "Anders", "reason": "Daarom", "note": f"n{random.random()}"}
    return action.key, decide(action, status=status, owner=random.choice(["Noor", "Ali"]), due=DAY, **texts)  # type: ignore[arg-type]


@settings(max_examples=amount(4, 200))
@given(steps=STEPS)
def test_decisions_survive_any_sequence_of_answers(store: Store, steps: list[tuple[str, int]]) -> None:
    assessment = store.create("A", KNOWLEDGE.version, rich_answers())
    decided: dict[str, Decision] = {}
    before: list[dict[str, Decision]] = []
    for step, seed in steps:
        random = Random(seed)
        stored = store.open(assessment)
        plan = plan_of(stored)
        question = random.choice(list(KNOWLEDGE.questions.values()))
        if step == "answer":
            store.save_answer(assessment, question.id, random_answer(question, random), stored.revision)
        elif step == "take back":
            store.save_answer(assessment, question.id, None, stored.revision)
        elif step == "decide" and plan.actions:
            key, decision = decision_for(plan, random)
            store.save_action(assessment, key, decision, stored.revision)
            if decided.get(key) != decision:  # the same decision once more is no step to undo
                before.append(decided)
            decided = {**decided, key: decision}
        elif step == "undo answer":
            store.undo(assessment)
        elif step == "undo decision":
            store.undo(assessment, "action")
            decided = before.pop() if before else decided
        stored = store.open(assessment)
        advice = advice_on(stored.assessment.answers)
        remember(store, stored, advice, PRODUCT)
        plan = plan_of(store.open(assessment))
        given_now = {one.key for one in plan_for(advice, {}).actions}
        assert {one.key for one in plan.actions} == given_now | set(decided)
        for action in plan.actions:
            assert action.advised is (action.key in given_now)
            if action.key in decided:
                kept = action.decision
                assert kept == decided[action.key]
            else:
                assert action.decision.status == "proposed"


def test_an_action_is_marked_from_the_day_that_its_advice_went_and_unmarked_when_it_returns(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path))
    assessment = store.create("A", KNOWLEDGE.version, rich_answers())
    stored = store.open(assessment)
    remember(store, stored, advice_on(stored.assessment.answers), PRODUCT)
    plan = plan_of(stored)
    for action in plan.actions:
        store.save_action(assessment, action.key, decide(action, status="accepted"), store.open(assessment).revision)
    for question in rich_answers():
        store.save_answer(assessment, question, None, store.open(assessment).revision)
    gone = store.open(assessment)
    assert {one.not_advised_since for one in plan_of(gone).actions if not one.advised} == {DAY}, "since this advice"
    remember(store, gone, advice_on(gone.assessment.answers), PRODUCT)
    gone = store.open(assessment)
    day = gone.advised_at.astimezone().date() if gone.advised_at else None
    marked = [one for one in plan_of(gone).actions if not one.advised]
    assert marked and {one.not_advised_since for one in marked} == {day}, "since it was stored"
    assert all(one.task in {was.task for was in plan.actions} and not one.open for one in marked)
    for question, answer in rich_answers().items():
        store.save_answer(assessment, question, answer, store.open(assessment).revision)
    back = plan_of(store.open(assessment))
    assert [one.key for one in back.actions] == [one.key for one in plan.actions]
    assert all(one.advised and one.decision.status == "accepted" for one in back.actions)
    store.close()


def test_homework_that_was_found_out_stays_in_the_plan_with_its_decision(store: Store) -> None:
    assessment = store.create("A", KNOWLEDGE.version, rich_answers())
    stored = store.open(assessment)
    homework = next(one for one in plan_of(stored).actions if one.task.kind == "homework")
    revision = store.save_action(assessment, homework.key, decide(homework, status="done"), stored.revision)
    question = KNOWLEDGE.questions[homework.task.id]
    known = next(answer for seed in range(50) if (answer := random_answer(question, Random(seed))) != UNKNOWN)
    store.save_answer(assessment, question.id, known, revision)
    kept = plan_of(store.open(assessment)).action(homework.key)
    assert kept is not None and kept.decision.status == "done" and not kept.advised


def test_writers_conflict_on_the_same_action_only_and_each_page_undoes_its_own(store: Store) -> None:
    assessment = store.create("A", KNOWLEDGE.version, rich_answers())
    stored = store.open(assessment)
    one, other = plan_of(stored).actions[:2]
    mine, yours = decide(one, status="accepted", owner="Noor"), decide(one, status="accepted", owner="Ali")
    revision = store.save_action(assessment, one.key, mine, stored.revision)
    assert store.save_action(assessment, one.key, mine, stored.revision) == revision, "nothing changed"
    with pytest.raises(Conflict) as refused:
        store.save_action(assessment, one.key, yours, stored.revision)
    assert Decision.model_validate(refused.value.current) == mine
    store.save_action(assessment, other.key, decide(other, status="done"), stored.revision)
    with pytest.raises(ValueError, match="is about"):
        store.save_action(assessment, other.key, mine, stored.revision)
    before = store.open(assessment)
    question = next(iter(KNOWLEDGE.questions))
    store.save_answer(assessment, question, UNKNOWN, before.revision)
    assert store.undo(assessment) == question
    assert store.undo(assessment) is None, "no answer is left to undo, and decisions stay"
    assert store.open(assessment).decisions == before.decisions
    assert store.undo(assessment, "action") == other.key
    assert store.open(assessment).assessment.answers == before.assessment.answers
    assert [store.undo(assessment, "action") for _ in range(2)] == [one.key, None]
    assert store.open(assessment).decisions == {}
