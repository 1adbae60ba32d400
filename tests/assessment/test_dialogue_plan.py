"""The dialogue planner: numbers are answers, warnings are findings, time runs back; the dialogues that were held."""

from datetime import date, timedelta
from math import ceil
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assessment.advisers.dialogue import (
    LIMITS,
    NUMBERS,
    PROGRAMME,
    SHORT,
    DialoguePlan,
    PlannedDialogue,
    planned_dialogue,
)
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.dialogue import dialogue_sheet
from assessment.sheets.document import Bullets, Document, Heading
from assessment.sheets.words import labels
from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from knowledge.model import Answer, Answers
from knowledge.text import Language
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.sampling import random_answers
from tests.assessment.test_conversation_kit import names
from tests.assessment.test_conversation_rules import shape
from tests.support.amounts import amount
from tests.support.nameless import ANSWERS, MEETING

pytestmark = pytest.mark.slow

GUIDE = guides().dialogue
TODAY = date(2026, 11, 27)


def dialogue(seed: int, share: float) -> Answers:
    """Random answers of somebody who prepares a dialogue."""
    answers = random_answers(knowledge_base(), Random(seed), share)
    return {**answers, "core.occasions": ("event",), "core.first": "event"}


DIALOGUES = some.builds(dialogue, some.integers(0, 10**6), some.sampled_from([0.3, 0.7, 1.0]))
PLANS = some.builds(
    DialoguePlan,
    on=some.none() | some.dates(date(2026, 1, 1), date(2029, 12, 31)),
    participants=some.none() | some.integers(1, 500),
    hours=some.none() | some.integers(0, 60),
    blocks=some.dictionaries(some.sampled_from([block.id for block in GUIDE.agenda]), some.integers(0, 200)),
    group_size=some.none() | some.integers(0, 200),
    closing=some.none() | some.integers(0, 480),
)


@settings(max_examples=amount(12, 200))
@given(DIALOGUES, PLANS)
def test_the_plan_runs_back_from_its_date_and_its_minutes_add_up(answers: Answers, plan: DialoguePlan) -> None:
    planned = planned_dialogue(answers, inference(), plan, TODAY)
    assert sum(part.minutes for part in planned.agenda) == planned.minutes
    assert [one.days for one in planned.before] == sorted((one.days for one in planned.before), reverse=True)
    assert [one.days for one in planned.after] == sorted(one.days for one in planned.after)
    for step in planned.before:
        assert step.days > 0
        assert (step.on is None) if plan.on is None else step.on == plan.on - timedelta(days=step.days) < plan.on
        assert step.late is (step.on is not None and step.on < TODAY)
    for step in planned.after:
        assert step.days > 0 and (plan.on is None or (step.on is not None and step.on > plan.on))
    if planned.groups is not None:
        assert planned.group_size and planned.participants
        assert (planned.groups - 1) * planned.group_size < planned.participants <= planned.groups * planned.group_size


@settings(max_examples=amount(12, 200))
@given(DIALOGUES, PLANS)
def test_every_warning_is_a_finding_of_the_rules_on_the_numbers_tried(answers: Answers, plan: DialoguePlan) -> None:
    planned = planned_dialogue(answers, inference(), plan, TODAY)
    tried = {**answers, **planned.tried}
    found = inference().run(working_memory(tried, knowledge_base().questions)).findings
    for warning in planned.warnings:
        assert warning.finding.reasons and all(reason.rule in found for reason in warning.finding.reasons)
        assert warning.finding.sources
    expected = {alarm.id for alarm in GUIDE.alarms if alarm.when is not None and alarm.when.finding in found}  # type: ignore[union-attr]
    assert {warning.finding.piece for warning in planned.warnings} == expected
    assert planned.warnings == planned_dialogue(tried, inference(), None, TODAY).warnings


@settings(max_examples=amount(4, 50))
@given(DIALOGUES, PLANS)
def test_the_sheet_is_the_same_in_both_languages(answers: Answers, plan: DialoguePlan) -> None:
    assert shape(sheet(answers, "nl", plan)) == shape(sheet(answers, "en", plan))


def sheet(answers: Answers, language: Language, plan: DialoguePlan | None = None) -> Document:
    assessment = Assessment(title="Dialoog", answers=answers, knowledge_version="x")
    return dialogue_sheet(dossier(assessment, inference(), today=TODAY), language, plan)


def case(name: str, plan: DialoguePlan | None = None, **changed: Answer) -> PlannedDialogue:
    """The plan of a situation with other answers; `a__b_c` stands for the question a.b-c."""
    other = {name.replace("__", ".").replace("_", "-"): answer for name, answer in changed.items()}
    return planned_dialogue({**ANSWERS[name], **other}, inference(), plan, TODAY)


def warned(planned: PlannedDialogue) -> set[str]:
    return {warning.finding.piece for warning in planned.warnings}


def test_a_meeting_is_warned_of_all_that_went_wrong_in_rajasthan() -> None:
    planned = case(MEETING, DialoguePlan(participants=19))
    assert planned.minutes == GUIDE.short == 180 and not planned.proposed and planned.groups is None
    assert {
        "short", "large-groups", "no-reporting", "key-party-missing", "outcomes", "unequal", "via-customers", "holiday",
        "newcomer", "one-sided-visit", "no-core-team",
    } == warned(planned)  # fmt: skip
    standing = {guest.reason.piece: guest.standing for guest in planned.guests}
    assert standing["theme-decider"] == "missing" and standing["buyers"] == "careful"
    assert standing["suppliers"] == "careful" and standing["local-ngo"] == "invite"
    assert {"field-visit", "look-back", "supplier-training", "worker-talk", "the-dialogue"} <= names(planned.parts)
    assert {"without-employers", "neutral-place", "enough-time"} <= names(planned.workers)
    assert {"decider-missing", "informal-workers"} == names(planned.voices)
    assert {"right-delegate", "added-value"} == names(planned.inviting)
    assert "guide-closely" in names(planned.facilitator)


@pytest.mark.parametrize(("hours", "short"), [(3, True), (4, False), (1, True), (8, False)])
def test_other_hours_move_the_warning_and_leave_the_others(hours: int, short: bool) -> None:
    before = warned(case(MEETING))
    after = warned(case(MEETING, DialoguePlan(hours=hours)))
    assert ("short" in after) is short
    assert before - {"short"} == after - {"short"}


@pytest.mark.parametrize(("size", "large"), [(8, False), (9, True), (0, False)])
def test_smaller_groups_move_the_warning(size: int, large: bool) -> None:
    planned = case(MEETING, DialoguePlan(group_size=size, participants=19))
    assert ("large-groups" in warned(planned)) is large
    assert planned.groups == (ceil(19 / size) if size else None)
    others = case(MEETING, acts__event_programme=("none",), plan=DialoguePlan(group_size=size))
    assert warned(others) & {"large-groups", "short"} == ({"large-groups"} if large else set())


def test_the_limits_are_those_of_the_labels_of_the_acts() -> None:
    labels = {option.id: option.label for option in knowledge_base().questions[PROGRAMME].options}
    said_there = {
        SHORT: "hooguit drie uur",
        "working-group-too-large": "negen",
        "closing-under-half-hour": "half uur",
    }
    for act, said in said_there.items():
        assert said in labels[act].nl
    assert {act for act, _, _ in LIMITS.values()} <= set(labels) and set(LIMITS) == set(NUMBERS)


def test_minutes_of_parts_become_the_hours_of_the_dialogue_and_the_minutes_for_agreements() -> None:
    planned = case(MEETING, DialoguePlan(blocks={"closing": 100}))
    closing = next(part for part in planned.agenda if part.id == "closing")
    assert closing.minutes == planned.closing == 100 and planned.minutes >= 240
    assert set(planned.tried) == {PROGRAMME} and planned.adjustable
    left = planned.tried[PROGRAMME]
    assert isinstance(left, tuple) and not {SHORT, "closing-under-half-hour"} & set(left)
    assert not {"short", "outcomes"} & warned(planned)
    none = case(MEETING, acts__event_programme=(SHORT,), plan=DialoguePlan(hours=8))
    assert none.tried == {PROGRAMME: ("none",)} and none.minutes == 480


def test_a_promise_of_improvement_asks_for_modest_expectations() -> None:
    answers: Answers = {
        "core.occasions": ("event",),
        "core.first": "event",
        "core.goal": ("agree", "meet"),
        "core.promised": ("improvement",),
    }
    planned = planned_dialogue(answers, inference(), None, TODAY)
    assert warned(planned) == {"high-hopes"}
    assert "first-meeting" in names(planned.goals)
    assert planned.proposed and planned.minutes == GUIDE.minutes and not planned.tried
    assert PROGRAMME in planned.open
    assert warned(planned_dialogue(answers, inference(), DialoguePlan(hours=3), TODAY)) == {
        "high-hopes",
        "short",
        "outcomes",
    }


def test_without_a_meeting_there_is_no_planner() -> None:
    planned = planned_dialogue({"core.occasions": ("supplier-talk",)}, inference(), None, TODAY)
    assert not planned.applies and not planned.agenda and not planned.before and planned.open == ("core.occasions",)


def test_online_there_is_no_travel() -> None:
    planned = planned_dialogue(
        {"core.occasions": ("event",), "core.first": "event", "event.form": "online-new", "event.parts": ("nothing",)},
        inference(), None, TODAY,
    )  # fmt: skip
    assert names(planned.parts) == {"one-theme-online"}
    assert "online-fits" in names(planned.goals) and "local-ngos-invite" in names(planned.core_team)
    assert not {"weather"} & names(planned.calendar)
    assert "around-holidays" not in {one.step.piece for one in planned.before}


@pytest.mark.parametrize(
    ("question", "unsafe"),
    [
        ("core.danger-events", ("threatened",)),
        ("core.reached-by", ("nobody",)),
        ("core.reached-by", ("supplier-only",)),
    ],
)
def test_where_it_is_not_safe_no_talk_with_workers_is_prepared(question: str, unsafe: Answer) -> None:
    planned = planned_dialogue({**ANSWERS[MEETING], question: unsafe}, inference(), None, TODAY)
    assert "talk-off-programme" in names(planned.voices) and not planned.workers
    assert "worker-talk" not in names(planned.parts)
    assert "workers-informed" not in {one.step.piece for one in planned.before}


def test_a_talk_with_workers_is_a_part_only_where_that_is_known_to_be_safe() -> None:
    for question in ("core.danger-events", "core.danger-setting", "core.reached-by"):
        planned = planned_dialogue({**ANSWERS[MEETING], question: "unknown"}, inference(), None, TODAY)
        assert "worker-talk" not in names(planned.parts), question


def test_after_the_dialogue_only_what_follows_is_planned() -> None:
    planned = planned_dialogue(
        {"core.occasions": ("over",), "core.first": "over", "over.what": ("event", "hearing")},
        inference(), DialoguePlan(on=date(2026, 11, 1)), TODAY,
    )  # fmt: skip
    assert planned.held and not planned.before and not planned.agenda
    assert {"report-back", "workers-hear", "next-session"} == {one.step.piece for one in planned.after}


def test_the_warnings_stand_on_top_of_the_sheet() -> None:
    _, title, first = sheet(ANSWERS[MEETING], "nl").blocks[:3]
    assert isinstance(title, Heading) and title.text == labels("nl")["dialogueplan-warnings"]
    assert isinstance(first, Bullets) and len(first.items) == 11, "a list: red is danger to people only"
