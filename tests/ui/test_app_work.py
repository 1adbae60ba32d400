"""The scan, what-if, comparing and renewed knowledge on the pages, without a browser."""

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assessment.advice import advise
from assessment.changes.next_question import SCAN, NextQuestions
from assessment.changes.smallest_change import what_if
from assessment.model import Advice, Assessment, NextQuestion
from assessment.store import Store
from assessment.store.tables import events
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from rules.engine.memory import asked_questions
from tests.ui.test_app import CASE, app, calm, made, shown, store
from ui.parts.widgets import unique
from ui.screens.answers.scan import Scan
from ui.words import escaped, say

OLDER = "0000000000000000"


__all__ = ["store"]  # a fixture


def advice_on(answers: dict[str, Answer]) -> Advice:
    return advise(Assessment(title="x", answers=answers, knowledge_version=knowledge_base().version), inference())


def press(page: AppTest, key: str, language: Language = "nl", **values: object) -> AppTest:
    label = say(key, language, **values)
    return calm(next(button for button in page.button if button.label == label).click().run())


def unfolded(page: AppTest, key: str) -> AppTest:
    page.session_state[key] = True
    return calm(page.run())


def made_with_older_knowledge(store: Store, answers: dict[str, Answer]) -> str:
    made_now = store.create("Ouder", OLDER, answers)
    with store._database.writing() as connection:
        connection.execute(update(events).where(events.c.assessment == made_now).values(knowledge_version=OLDER))
    return made_now


def test_a_new_assessment_can_begin_with_the_scan(store: Store) -> None:
    page = app("start")
    page.text_input[0].input("Snel")
    page.radio(key="way:nl").set_value("scan")
    calm(page.button[0].click().run())
    assert page.title[0].value == say("scan.number", "nl", number=1, most=SCAN)
    assert page.query_params["b"] == store.list()[0].id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scan_asks_the_best_question_each_time_and_ends_with_advice(store: Store, language: Language) -> None:
    made_now = made(store)
    page = app("scan", language, b=made_now)
    orders, answers = NextQuestions(inference().base), dict[str, Answer]()
    for number in range(1, SCAN + 1):
        best = orders.order(answers)[0]
        assert page.title[0].value == say("scan.number", language, number=number, most=SCAN)
        assert page.query_params["q"] == best.question
        question = knowledge_base().questions[best.question]
        key = f"{made_now}:{question.id}:{language}"
        if question.kind == "one":
            calm(page.radio(key=key).set_value(question.options[0].id).run())
        else:
            calm(page.checkbox(key=f"{key}:{question.options[0].id if question.options else 'unknown'}").check().run())
        answers = dict(store.open(made_now).assessment.answers)
        assert question.id in answers
        assert page.title[0].value == say("scan.number", language, number=number, most=SCAN)
        press(page, "scan.forward", language)
    assert page.title[0].value == say("scan.done", language)
    left = [one for one in orders.order(answers) if one.lessons]
    assert left
    press(page, "scan.go_on", language, count=min(SCAN, len(left)))
    assert page.query_params["q"] == left[0].question
    press(page, "questions.to_advice", language)
    assert page.title[0].value == say("nav.advice", language)


def test_the_scan_passes_over_and_goes_back(store: Store) -> None:
    made_now = made(store)
    page = app("scan", b=made_now)
    first = page.query_params["q"]
    press(page, "scan.skip")
    second = page.query_params["q"]
    assert second != first
    assert page.title[0].value == say("scan.number", "nl", number=2, most=SCAN)
    press(page, "scan.back")
    assert page.query_params["q"] == first
    press(page, "scan.skip")
    assert page.query_params["q"] == second
    assert app("scan", b=made_now, q=second).query_params["q"] == second


def test_a_scan_counts_what_was_answered_elsewhere_and_stops_when_nothing_matters() -> None:
    open_ones = [NextQuestion(question=f"start.{name}", settles=1, lessons=name != "c") for name in "abc"]
    scan = Scan("x", most=3)
    scan.show("start.a")
    assert scan.number("start.a", {"start.z"}) == 2
    assert scan.next(open_ones, {"start.z"}) == "start.b"
    assert scan.next(open_ones, {"start.y", "start.z"}) is None
    scan.most = 9
    scan.show("start.b")
    assert scan.next(open_ones, set()) is None
    scan.go_on({"start.b"})
    assert scan.next(open_ones, {"start.b"}) == "start.a"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_recommendation_tells_what_would_change_it(store: Store, language: Language) -> None:
    made_now = made(store, dict(CASE.answers))
    advice = advice_on(dict(CASE.answers))
    first = advice.recommendations[0]
    page = app("advice", language, b=made_now)
    before = shown(page)
    change = what_if(inference()).smallest_change(CASE.answers, first.lessons[0].lesson.id)
    assert change is not None
    unfolded(page, f"{made_now}:change:{first.card}")
    told = shown(page)[len(before) :] if shown(page).startswith(before) else shown(page)
    assert all(escaped(one.asked.in_(language)) in told for one in change.words)
    assert store.open(made_now).assessment.answers == CASE.answers


def test_any_lesson_can_be_looked_up_with_typing_errors_and_explained(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    page = unfolded(app("advice", b=made_now), f"{made_now}:whynot")
    given = {one.lesson.id for card in advice_on(dict(CASE.answers)).recommendations for one in card.lessons}
    for typed, lesson in (
        ("annoniem klaggen onderzoek", "WL-grievance-anonymity"),
        ("bescherm bron", sorted(given)[0]),
    ):
        typed = typed if lesson not in given else knowledge_base().lessons[lesson].advice.nl
        calm(page.text_input(key=f"{made_now}:find:nl").set_value(typed).run())
        calm(page.radio(key=f"{made_now}:lesson:{typed[:100]}:nl").set_value(lesson).run())
        if lesson in given:
            assert say("whatif.given", "nl") in shown(page)
        else:
            why = what_if(inference()).why_not(CASE.answers, lesson)
            assert escaped(why.says.nl) in shown(page)
            assert say("whatif.undecided" if why.undecided else "whatif.ruled_out", "nl") in shown(page)
    calm(page.text_input(key=f"{made_now}:find:nl").set_value("xqzwv").run())
    assert say("knowledge.none", "nl") in shown(page)


def test_another_answer_is_tried_and_not_saved(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    trials = what_if(inference())
    variant = next(one for one in trials.variants(CASE.answers) if one.vanished and isinstance(one.answer, str))
    page = unfolded(app("advice", b=made_now), f"{made_now}:whatif")
    calm(page.selectbox(key=f"{made_now}:question:nl").set_value(variant.question).run())
    calm(page.radio(key=f"{made_now}:other:{variant.question}:nl").set_value(repr(variant.answer)).run())
    assert f"**{say('whatif.vanishes', 'nl')}**" in shown(page)
    for lesson in variant.vanished:
        assert escaped(knowledge_base().lessons[lesson].advice.nl) in shown(page)
    assert store.open(made_now).assessment.answers == CASE.answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_assessments_side_by_side(store: Store, language: Language) -> None:
    question, answer = next(
        (one.question, one.answer) for one in what_if(inference()).variants(CASE.answers) if one.vanished
    )
    one, other = made(store, dict(CASE.answers)), made(store, {**CASE.answers, question: answer})
    page = app("compare", language, b=one, second=other)
    text = shown(page)
    assert say("compare.agenda", language) in text
    assert f"1. {escaped(knowledge_base().questions[question].text.in_(language))}" in text
    assert f"**{say('compare.only_first', language)}**" in text
    calm(page.selectbox(key=f"compare:second:{language}").set_value(one).run())
    assert say("compare.same_one", language) in shown(page)


def test_an_assessment_beside_a_file(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    page = app("compare", b=made_now)
    calm(page.radio(key="compare:source:nl").set_value("file").run())
    text = 'title: "![x](https://example.org/p.png)"\nanswers: {}\n'
    calm(page.file_uploader[0].set_value(("x.yaml", text.encode(), "application/yaml")).run())
    assert "B: ![x](https://example.org/p.png)" in [one.value for one in page.text]
    assert say("compare.answers_lead", "nl", count=len(CASE.answers)) in shown(page)
    assert len(store.list()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_older_knowledge_is_shown_before_anything_is_taken_over(store: Store, language: Language) -> None:
    answers = {**CASE.answers, "start.gone": "yes"}
    made_now = made_with_older_knowledge(store, answers)
    before = store.open(made_now)
    for name in ("questions", "scan", "advice", "plan"):
        assert say("renewed.title", language) in shown(app(name, language, b=made_now)), name
    page = app("advice", language, b=made_now)
    assert escaped("start.gone") in shown(page)
    press(page, "renewed.look", language)
    assert say("renewed.looking", language) in shown(page)
    assert say("advice.safety", language) in shown(page)
    assert all(one.disabled for one in app("plan", language, b=made_now).text_input)
    assert store.open(made_now) == before
    press(page, "renewed.adopt", language)
    taken = store.open(made_now)
    assert taken.made_with == knowledge_base().version
    assert taken.set_aside == {"start.gone": "yes"}
    assert taken.assessment.answers == CASE.answers
    assert say("renewed.title", language) not in shown(app("questions", language, b=made_now))


def test_advice_is_remembered_when_it_is_shown(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    assert store.open(made_now).advised is None
    app("questions", b=made_now)
    assert store.open(made_now).advised is None
    app("advice", b=made_now)
    advised = store.open(made_now).advised
    assert advised is not None
    assert set(CASE.lessons) <= set(advised.lessons)


def test_answers_of_another_part_that_another_window_gave_do_not_draw_the_page_forever(store: Store) -> None:
    made_now = made(store)
    page = app("questions", b=made_now)
    far = next(one for one in list(knowledge_base().questions.values())[::-1] if one.kind == "one")
    here = next(one for one in asked_questions({}, knowledge_base().questions) if one.kind == "one")
    store.save_answer(made_now, far.id, far.options[0].id, store.open(made_now).revision)
    calm(page.radio(key=f"{made_now}:{here.id}:nl").set_value(here.options[0].id).run())
    assert set(store.open(made_now).assessment.answers) == {far.id, here.id}


def test_labels_that_are_the_same_are_told_apart() -> None:
    assert unique({"a": "x", "b": "x", "c": "y"}) == {"a": "x", "b": "x (2)", "c": "y"}
