"""What-if, comparing and renewed knowledge on the pages, without a browser."""

import re

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assessment.advice import advise
from assessment.changes.smallest_change import what_if
from assessment.checklists import endangering, first_page
from assessment.model import Advice, Assessment
from assessment.store import NOTE_LENGTH, Store
from assessment.store.tables import events
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import Language
from rules.engine.inference import inference
from rules.engine.memory import asked_questions
from tests.support.amounts import driven
from tests.ui.test_app import CASE, app, calm, made, shown, store
from ui.parts.question_parts import all_parts
from ui.parts.widgets import unique
from ui.words import escaped, say

pytestmark = pytest.mark.slow

OLDER = "0000000000000000"


__all__ = ["store"]  # a fixture


def advice_on(answers: dict[str, Answer]) -> Advice:
    return advise(Assessment(title="x", answers=answers, knowledge_version=knowledge_base().version), inference())


def part_of(question: str) -> str:
    return next(one.id for one in all_parts(knowledge_base()) if question in {each.id for each in one.questions})


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


def test_a_card_on_danger_shows_its_first_acts_and_of_each_other_one_a_line(store: Store) -> None:
    case = knowledge_base().scenarios["rajasthan-2023"]
    made_now = store.create("x", knowledge_base().version, {**case.answers, "core.danger-events": ("punished",)})
    page = app("advice", "nl", b=made_now)
    markup = "".join(one.value for one in page.html)
    cards = re.findall(r'<details class="card danger-card".*?(?=<details class="card|$)', markup, re.DOTALL)
    several = [one for one in cards if one.count('class="line"')]
    assert several
    for one in several:
        assert one.startswith('<details class="card danger-card"') and " open" in one[: one.index(">")]
        before, *folded = one.split('<details class="line">')
        assert 1 <= before.count('<div class="verdict">') <= 2
        assert all(part.startswith("<summary>") for part in folded)


def test_the_page_names_at_the_top_what_endangers_people_and_does_not_fit_there(store: Store) -> None:
    answers = {
        **CASE.answers, "core.occasions": ("supplier-talk", "worker-talk", "publicity", "means"),
        "core.danger-setting": ("few", "hostile"), "acts.signal": ("ask-names-or-who-complained",),
        "acts.hear": ("note-names-or-record",), "acts.public": ("publish-place-with-story",),
        "acts.means": ("supplier-runs-the-means",), "acts.other": ("other-interested",),
    }  # fmt: skip
    others = " · ".join(one.title.nl for one in endangering(advice_on(answers).checklists))
    assert others and say("advice.danger_too", "nl", cards=others) in shown(app("advice", b=made(store, answers)))


def on_cards(advice: Advice) -> set[str]:
    return {card for one in first_page(advice.checklists) for card in one.recommendations}


def specialists(page: AppTest, made_now: str, inner: str) -> AppTest:
    """The page with the fold for specialists open, and one within it."""
    page.session_state[f"{made_now}:specialists"] = True
    return unfolded(page, f"{made_now}:{inner}")


@pytest.mark.parametrize("language", driven("nl"))
def test_a_recommendation_tells_what_would_change_it(store: Store, language: Language) -> None:
    made_now = made(store, dict(CASE.answers))
    advice = advice_on(dict(CASE.answers))
    told_above = on_cards(advice)
    first = next(one for one in advice.recommendations if one.severity != "critical" and one.card not in told_above)
    page = app("advice", language, b=made_now)
    page.session_state[f"{made_now}:rest"] = True
    before = shown(calm(page.run()))
    change = what_if(inference()).smallest_change(CASE.answers, first.lessons[0].lesson.id)
    assert change is not None
    page.session_state[f"{made_now}:rest"] = True
    unfolded(page, f"{made_now}:change:{first.card}")
    told = shown(page)[len(before) :] if shown(page).startswith(before) else shown(page)
    assert all(escaped(one.asked.in_(language)) in told for one in change.words)
    assert store.open(made_now).assessment.answers == CASE.answers


def test_any_lesson_can_be_looked_up_with_typing_errors_and_explained(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    page = specialists(app("advice", b=made_now), made_now, "whynot")
    given = {one.lesson.id for card in advice_on(dict(CASE.answers)).recommendations for one in card.lessons}
    for typed, lesson in (
        ("annoniem klaggen onderzoek", "WL-grievance-anonymity"),
        ("bescherm bron", sorted(given)[0]),
    ):
        typed = typed if lesson not in given else knowledge_base().lessons[lesson].advice.nl
        page.text_input(key=f"{made_now}:find:nl").set_value(typed)
        specialists(page, made_now, "whynot")
        page.radio(key=f"{made_now}:lesson:{typed}:nl").set_value(lesson)
        specialists(page, made_now, "whynot")
        if lesson in given:
            assert say("whatif.given", "nl") in shown(page)
        else:
            why = what_if(inference()).why_not(CASE.answers, lesson)
            assert escaped(why.says.nl) in shown(page)
            assert say("whatif.undecided" if why.undecided else "whatif.ruled_out", "nl") in shown(page)
    page.text_input(key=f"{made_now}:find:nl").set_value("xqzwv")
    specialists(page, made_now, "whynot")
    assert say("knowledge.none", "nl") in shown(page)


def test_another_answer_is_tried_and_not_saved(store: Store) -> None:
    made_now = made(store, dict(CASE.answers))
    trials = what_if(inference())
    variant = next(one for one in trials.variants(CASE.answers) if one.vanished and isinstance(one.answer, str))
    page = specialists(app("advice", b=made_now), made_now, "whatif")
    page.selectbox(key=f"{made_now}:question:nl").set_value(variant.question)
    specialists(page, made_now, "whatif")
    page.radio(key=f"{made_now}:other:{variant.question}:nl").set_value(repr(variant.answer))
    specialists(page, made_now, "whatif")
    assert f"**{say('whatif.vanishes', 'nl')}**" in shown(page)
    for lesson in variant.vanished:
        assert escaped(knowledge_base().lessons[lesson].advice.nl) in shown(page)
    assert store.open(made_now).assessment.answers == CASE.answers


@pytest.mark.parametrize("language", driven("en"))
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


@pytest.mark.parametrize("language", driven("en"))
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
    assert say("advice.plan_tested", language) in shown(page)
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
    begun: dict[str, Answer] = {"core.occasions": ("supplier-talk",)}
    made_now = made(store, begun)
    page = app("questions", b=made_now)
    far = next(one for one in list(knowledge_base().questions.values())[::-1] if one.kind == "one")
    here = next(one for one in asked_questions(begun, knowledge_base().questions) if one.kind == "one")
    store.save_answer(made_now, far.id, far.options[0].id, store.open(made_now).revision)
    calm(page.radio(key=f"{made_now}:{here.id}:nl").set_value(here.options[0].id).run())
    assert set(store.open(made_now).assessment.answers) == {far.id, here.id, *begun}


def test_labels_that_are_the_same_are_told_apart() -> None:
    assert unique({"a": "x", "b": "x", "c": "y"}) == {"a": "x", "b": "x (2)", "c": "y"}


def test_a_ticked_row_opens_the_rows_below_it_and_a_line_for_own_words(store: Store) -> None:
    made_now = made(store, {"core.occasions": ("supplier-talk",)})
    page = app("questions", b=made_now, part=part_of("acts.talk-words"))
    row, below = (
        f"{made_now}:acts.talk-words:nl:{one}" for one in ("put-pressure-on-supplier", "hint-at-other-supplier")
    )
    assert below not in [one.key for one in page.radio]
    calm(page.radio(key=row).set_value("put-pressure-on-supplier").run())
    calm(page.radio(key=below).set_value("hint-at-other-supplier").run())
    assert set(store.open(made_now).assessment.answers["acts.talk-words"]) == {  # type: ignore[arg-type]
        "put-pressure-on-supplier",
        "hint-at-other-supplier",
    }
    calm(
        page.text_input(key=f"{made_now}:hint-at-other-supplier:note:nl")
        .set_value("Ik noem de offerte uit China")
        .run()
    )
    assert store.open(made_now).assessment.notes == {"hint-at-other-supplier": "Ik noem de offerte uit China"}
    assert "Ik noem de offerte uit China" in shown(app("advice", b=made_now))


def test_of_what_stood_in_no_list_the_line_for_own_words_is_open(store: Store) -> None:
    given = {"core.occasions": ("supplier-talk",), "acts.other": ("other-untrue",), "acts.house": ("orders-falling",)}
    made_now = made(store, given)
    opened = {
        question: next(
            one.proto.expanded
            for one in app("questions", b=made_now, part=part_of(question)).expander
            if one.label == say("questions.own", "nl")
        )
        for question in ("acts.other", "acts.house")
    }
    assert opened == {"acts.other": True, "acts.house": False}


@pytest.mark.parametrize("name", ["scan", "questions"])
def test_what_cannot_be_saved_keeps_its_page(store: Store, name: str) -> None:
    assessment, asked = made(store, {"core.occasions": ("supplier-talk",)}), "core.first-date"
    part = next(one.id for one in all_parts(knowledge_base()) if asked in {each.id for each in one.questions})
    place, forward = ({"q": asked}, "scan:forward") if name == "scan" else ({"part": part}, "forward")
    page = app(name, b=assessment, **place)
    title, note = page.title[0].value, f"{assessment}:{asked}:note:nl"
    page.number_input[0].set_value(999)
    calm(page.button(key=forward).click().run())
    assert page.title[0].value == title and page.number_input[0].value == 999 and page.error
    page.number_input[0].set_value(3)
    page.text_area(key=note).set_value("x" * (NOTE_LENGTH + 1))
    calm(page.button(key=forward).click().run())
    assert page.title[0].value == title and len(page.text_area(key=note).value or "") > NOTE_LENGTH and page.error
    page.text_area(key=note).set_value("Kort")
    calm(page.button(key=forward).click().run())
    kept = store.open(assessment).assessment
    assert page.title[0].value != title and (kept.answers[asked], kept.notes[asked]) == (3, "Kort")
