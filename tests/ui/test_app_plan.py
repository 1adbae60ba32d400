"""The plan on its page and as a file, without a browser."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest

from assessment.changes.smallest_change import what_if
from assessment.plan import FIRST, OWNER_LENGTH, REFERENCE_LENGTH, Decision, decide, plan_for
from assessment.sheets.writers.spreadsheet import plan_csv
from assessment.store import Store
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from tests.ui.test_app import CASE, app, calm, made, shown, store
from tests.ui.test_app_work import advice_on, part_of, press, unfolded
from ui import navigation
from ui.parts.dates import read_date, written_date
from ui.words import escaped, say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture


def test_the_plan_is_saved_as_it_is_given_and_undone(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    key = plan_for(advice_on(dict(CASE.answers)), {}).actions[0].key
    fields = f"{made_now}:{key}:nl"
    page = app("plan", b=made_now)

    def give(kind: str, name: str, value: str) -> Decision | None:
        calm(getattr(page, kind)(key=f"{fields}:{name}").set_value(value).run())
        return store.open(made_now).decisions.get(key)

    decided = give("selectbox", "status", "accepted")
    assert decided is not None
    assert decided.status == "accepted"
    give("text_input", "owner", " *Ans* ")
    decided = give("text_input", "due", "31/12/2027")
    assert decided is not None
    assert (decided.owner, decided.due) == ("*Ans*", date(2027, 12, 31))
    assert give("text_input", "due", "31-02-2027") == decided
    assert say("plan.due_wrong", "nl") in [one.value for one in page.error]
    assert give("text_input", "due", "31-12-2027") == decided
    assert give("selectbox", "status", "rejected") == decided
    assert page.warning
    now = give("text_area", "reasonrejected", "Te duur")
    assert now is not None
    assert (now.status, now.reason, now.owner) == ("rejected", "Te duur", "*Ans*")
    press(page, "plan.undo")
    assert any(escaped(now.task.title.nl) in one.value for one in page.info), "which action it was"
    assert store.open(made_now).decisions[key] == decided
    assert page.selectbox(key=f"{fields}:status").value == "accepted"
    for _ in range(3):
        press(page, "plan.undo")
    assert not store.open(made_now).decisions
    assert page.selectbox(key=f"{fields}:status").value == "proposed"
    assert page.text_input(key=f"{fields}:owner").value == ""
    press(page, "plan.undo")
    assert say("plan.nothing_to_undo", "nl") in shown(page)
    unfolded(page, f"{made_now}:history")
    assert len([line for line in shown(page).splitlines() if "Plan:" in line]) > 3


def test_the_plan_begins_with_the_first_actions_and_marks_what_is_late(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    actions = plan_for(advice_on(dict(CASE.answers)), {}).actions
    late = actions[-1]
    decision = decide(late, status="accepted", due=date(2020, 1, 2))
    store.save_action(made_now, late.key, decision, store.open(made_now).revision)
    page = app("plan", b=made_now)
    rows = [str(one.key) for one in page.selectbox if str(one.key).endswith(":status")]
    assert len(rows) == FIRST
    assert late.key in rows[0]
    assert say("plan.late", "nl") in shown(page)
    assert say("plan.late_count", "nl", count=1) in shown(page)


def test_a_text_that_is_too_long_stays_with_a_message(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    key = plan_for(advice_on(dict(CASE.answers)), {}).actions[0].key
    page = app("plan", b=made_now)
    calm(page.text_input(key=f"{made_now}:{key}:nl:owner").set_value("x" * (OWNER_LENGTH + 1)).run())
    assert say("field.too_long", "nl", most=OWNER_LENGTH) in [one.value for one in page.error]
    assert len(page.text_input(key=f"{made_now}:{key}:nl:owner").value) == OWNER_LENGTH + 1
    calm(page.selectbox(key=f"{made_now}:{key}:nl:status").set_value("rejected").run())
    calm(page.segmented_control(key="plan:show:nl").set_value("closed").run())
    calm(page.switch_page(navigation.page("advice")).run())
    calm(page.switch_page(navigation.page("plan")).run())
    calm(page.segmented_control(key="plan:show:nl").set_value("all").run())
    owner = page.text_input(key=f"{made_now}:{key}:nl:owner")
    assert len(owner.value) == OWNER_LENGTH + 1, "it is there again after looking elsewhere"
    assert page.selectbox(key=f"{made_now}:{key}:nl:status").value == "rejected"
    assert not store.open(made_now).decisions
    calm(owner.set_value("Ans").run())
    assert store.open(made_now).decisions[key].owner == "Ans"


def test_the_day_is_filled_in_at_its_question_and_counts_the_weeks(store: Store) -> None:
    made_now = store.create("x", knowledge_base().version, {"core.occasions": ("event",), "core.first": "event"})
    page = app("questions", "nl", b=made_now, part=part_of("core.first-date"))
    key, on = f"{made_now}:occasion:nl", date.today() + timedelta(days=20)
    calm(page.text_input(key=key).set_value(on.strftime("%d-%m-%Y")).run())
    assert (store.open(made_now).occasion_on, store.open(made_now).assessment.answers["core.first-date"]) == (on, 3)
    weeks = next(one for one in page.number_input if "core.first-date" in one.key)
    assert weeks.value == 3
    calm(page.text_input(key=key).set_value("31-02-2027").run())
    assert say("plan.due_wrong", "nl") in [one.value for one in page.error]
    assert store.open(made_now).occasion_on == on


def test_the_plan_works_towards_the_day_of_the_occasion(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    key, on = f"{made_now}:occasion:nl", date.today() + timedelta(days=60)
    page = app("plan", b=made_now)
    calm(page.text_input(key=key).set_value("31-02-2027").run())
    assert say("plan.due_wrong", "nl") in [one.value for one in page.error]
    assert store.open(made_now).occasion_on is None
    calm(page.text_input(key=key).set_value(written_date(on)).run())
    assert store.open(made_now).occasion_on == on
    assert say("plan.days_left", "nl", count=60) in shown(page)
    hints = [one.placeholder for one in page.text_input if str(one.key).endswith(":due")]
    assert sum(one.startswith("voorstel") for one in hints) == FIRST
    press(page, "plan.take_dates")
    days = [one.due for one in store.open(made_now).decisions.values()]
    assert len(days) == FIRST and all(day and date.today() < day < on for day in days)
    shown_days = [one.value for one in page.text_input if str(one.key).endswith(":due")]
    assert shown_days == [written_date(day) for day in sorted(filter(None, days))]
    assert say("plan.take_dates", "nl") not in [one.label for one in page.button]
    calm(page.text_input(key=key).set_value("").run())
    assert store.open(made_now).occasion_on is None


def test_a_note_and_where_a_document_lies_are_kept(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    key = plan_for(advice_on(dict(CASE.answers)), {}).actions[0].key
    page = app("plan", b=made_now)
    calm(page.text_input(key=f"{made_now}:{key}:nl:reference").set_value(" Kast 3 ").run())
    calm(page.text_area(key=f"{made_now}:{key}:nl:note").set_value("Bel eerst").run())
    decision = store.open(made_now).decisions[key]
    assert (decision.reference, decision.note) == ("Kast 3", "Bel eerst")
    calm(page.text_input(key=f"{made_now}:{key}:nl:reference").set_value("x" * (REFERENCE_LENGTH + 1)).run())
    assert say("field.too_long", "nl", most=REFERENCE_LENGTH) in [one.value for one in page.error]
    assert store.open(made_now).decisions[key] == decision
    assert say("comments.title", "nl") not in [one.label for one in page.expander], "nobody is there to read them"


def test_an_action_that_is_no_longer_advised_stays_with_a_mark(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    trials = what_if(inference())
    plan = plan_for(advice_on(dict(CASE.answers)), {})
    for action in plan.actions:
        lessons = [
            one.id for one in next((c.lessons for n, c in knowledge_base().cards.items() if n == action.task.id), ())
        ]
        change = trials.smallest_change(CASE.answers, lessons[0]) if len(lessons) == 1 else None
        if change is not None:
            break
    assert change is not None
    app("plan", b=made_now)
    revision = store.save_action(made_now, action.key, decide(action, status="accepted"), store.open(made_now).revision)
    for question, answer in change.answers.items():
        revision = store.save_answer(made_now, question, answer, revision)
    page = app("plan", b=made_now)
    calm(page.segmented_control(key="plan:show:nl").set_value("closed").run())
    since = date.today().strftime("%d-%m-%Y")
    assert say("plan.lapsed", "nl", date=since) in shown(page)


def test_answers_that_lead_to_nothing_give_no_plan(store: Store) -> None:
    page = app("plan", b=made(store, {"start.country": "no-such-country"}))
    assert say("plan.empty", "nl") in [one.value for one in page.info]


def test_the_plan_as_a_table_is_safe_for_a_spreadsheet() -> None:
    advice = advice_on(dict(CASE.answers))
    action = plan_for(advice, {}).actions[0]
    decision = Decision(task=action.task, status="accepted", owner="=1+1", due=date(2027, 1, 2), note="a;b\n@c")
    written = plan_csv(plan_for(advice, {action.key: decision}), "nl").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(written), delimiter=";"))
    assert len(rows) == len(plan_for(advice, {}).actions)
    assert (rows[0]["Wie"], rows[0]["Uiterlijk"], rows[0]["Aantekening"]) == ("'=1+1", "02-01-2027", "a;b\n@c")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((text, date(2027, 2, 1)) for text in ("1-2-2027", " 01/02/2027 ", "2027-02-01", "1 februari 2027")),
        *((text, date(2027, 2, 1)) for text in ("1 Feb. 2027", "February 1st, 2027")),
        ("", None),
    ],
)
def test_dates_as_people_write_them(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    "text", ["2027-2-1", "2027-13-01", "1 x 2027", "morgen", "30-02-2027", "1-2-27", "١-٢-٢٠٢٧", "0-1-2027"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        read_date(text)
