"""The short scan, driven: its order, what it tells at once, and where it ends."""

import pytest

from assessment.store import Store
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import Language
from rules.engine.memory import asked_questions
from tests.support.amounts import driven
from tests.ui.test_app import app, calm, made, shown, store
from tests.ui.test_app_work import part_of, press
from ui.parts.at_once import at_once, to_change
from ui.screens.answers.scan import Scan, lists_of, minutes
from ui.words import escaped, say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture


def order_of(answers: dict[str, Answer]) -> list[str]:
    """The questions of the scan that are asked now."""
    known = knowledge_base()
    asked = {one.id for one in asked_questions(answers, known.questions)}
    occasions = answers.get("core.occasions", ())
    assert known.scan is not None
    order = known.scan.questions(occasions if isinstance(occasions, tuple) else (), lists_of(known, asked))
    return [one for one in order if one in asked]


@pytest.mark.parametrize("language", driven("nl"))
def test_the_scan_follows_its_order_with_one_click_each_and_ends_with_advice(store: Store, language: Language) -> None:
    made_now = made(store)
    page = app("scan", language, b=made_now)
    answers = dict[str, Answer]()
    assert page.get("progress")[0].proto.text == say("scan.progress_first", language)
    for number in range(60):
        question_id = next((one for one in order_of(answers) if one not in answers), None)
        if question_id is None:
            break
        question = knowledge_base().questions[question_id]
        assert page.query_params["q"] == question_id
        assert page.title[0].value == escaped(question.text.in_(language))
        so_far = say("scan.progress", language, answered=number, asked=len(order_of(answers)), minutes=1)
        assert page.get("progress")[0].proto.text.startswith(so_far.split(" · ")[0]) or number == 0
        key = f"{made_now}:{question.id}:{language}"
        if question.kind == "one":
            calm(page.button(key=f"{key}:choose:{question.options[-1].id}").click().run())
        elif question.chapter == "acts":
            calm(page.button(key=f"{key}:none").click().run())
        elif question_id == "core.occasions":
            calm(page.checkbox(key=f"{key}:worker-talk").check().run())
        else:  # what is the whole answer by itself takes one click
            calm(page.button(key=f"{key}:choose:unknown").click().run())
        answers = dict(store.open(made_now).assessment.answers)
        assert question.id in answers
        if page.query_params.get("q") == question_id:  # it needs more than one click, or endangers people
            assert question_id == "core.occasions" or at_once(question, answers)
            press(page, "questions.forward", language)
    assert page.title[0].value == say("nav.advice", language), "the last answer leads to the advice"


def test_what_endangers_people_and_what_to_do_instead_is_told_at_once(store: Store) -> None:
    made_now = made(store, {"core.occasions": ("worker-talk",)})
    page = app("scan", b=made_now, q="hear.picks")
    calm(page.button(key=f"{made_now}:hear.picks:nl:choose:employer").click().run())
    told = at_once(knowledge_base().questions["hear.picks"], store.open(made_now).assessment.answers)
    assert told
    assert all(one.because.nl in shown(page) for one in told.values())
    assert page.query_params["q"] == "hear.picks"
    lists = knowledge_base().questions["acts.hear"]
    page = app("questions", b=made_now, part=part_of("acts.hear"))
    for option in lists.options:
        if not option.exclusive and not option.id.endswith("-done") and option.under is None:
            row = next(one for one in page.radio if one.key == f"{made_now}:acts.hear:nl:{option.id}")
            row.set_value(option.id)
    calm(page.run())
    calm(page.run())
    told = at_once(lists, store.open(made_now).assessment.answers).values()
    assert {one.tier == 1 for one in told} == {True, False}
    for one in told:
        said = one.because if one.tier == 1 else one.instead
        assert said is not None and said.nl in shown(page)


def test_the_scan_tells_how_much_must_change_as_soon_as_it_knows(store: Store) -> None:
    made_now = made(store, {"core.occasions": ("supplier-talk",)})
    links = [one.proto.label for one in app("scan", b=made_now).get("page_link")]
    assert say("questions.to_advice", "nl") in links
    acts = ("put-pressure-on-supplier", "ask-did-you-do-it")
    store.save_answer(made_now, "acts.talk-words", acts, store.open(made_now).revision)
    count = to_change(store.open(made_now).assessment.answers)
    assert count >= 2
    links = [one.proto.label for one in app("scan", b=made_now).get("page_link")]
    assert say("scan.so_far", "nl", count=count) in links


def test_the_scan_passes_over_and_goes_back(store: Store) -> None:
    made_now = made(store)
    page = app("scan", b=made_now)
    first = page.query_params["q"]
    assert page.button(key="scan:back").disabled
    press(page, "questions.forward")
    second = page.query_params["q"]
    assert second != first
    press(page, "questions.back")
    assert page.query_params["q"] == first
    press(page, "questions.forward")
    assert page.query_params["q"] == second
    assert app("scan", b=made_now, q=second).query_params["q"] == second


def test_the_course_of_a_scan() -> None:
    order = ["start.a", "start.b", "start.c"]
    scan = Scan("x")
    scan.show("start.a")
    assert scan.next(order, {"start.z"}) == "start.b"
    scan.show("start.b")
    assert scan.next(order, {"start.c"}) is None
    assert scan.before("start.b", {"start.a"}) == "start.a"
    assert scan.before("start.b", set()) is None
    assert scan.after("start.a", {"start.b"}) == "start.b"
    scan.go_on({"start.b"})
    assert scan.next(order, {"start.b"}) == "start.a"
    assert [minutes([], []), minutes(["start.a"] * 8, []), minutes(["acts.a", "start.a"], ["acts.a"])] == [1, 2, 1]


def test_what_an_organisation_is_called_is_asked_where_one_told_it_and_stands_in_the_own_advice(store: Store) -> None:
    told = {"core.occasions": ("supplier-talk",), "core.heard-through": ("union",), "core.may-pass-on": "not-asked"}
    made_now = made(store, {**told, "acts.talk-words": ("ask-did-you-do-it",)})
    key = f"{made_now}:name-of-who-told:note:nl"
    page = app("questions", b=made_now, part=part_of("core.heard-through"))
    calm(page.text_input(key=key).set_value("Roos").run())
    assert store.open(made_now).assessment.notes == {"name-of-who-told": "Roos"}
    advice = shown(app("advice", b=made_now))
    assert "Roos" in advice and "vakbond van wie je het hoorde" not in advice
    other = made(store, {**told, "core.heard-through": ("people",)})
    page = app("questions", b=other, part=part_of("core.heard-through"))
    assert not [one for one in page.text_input if "name-of-who-told" in str(one.key)]
