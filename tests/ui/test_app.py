"""The logic of the pages, without a browser: what is asked, saved, shown and refused."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import ui
from assessment.advice import advise
from assessment.answers.files import read
from assessment.model import Assessment
from assessment.store import Store
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from rules.engine.memory import asked_questions
from rules.words import in_words
from tests.support.amounts import cover
from tests.support.databases import migrated
from ui import navigation
from ui.navigation import PAGES
from ui.screens.advice.advice_page import answer_file
from ui.words import escaped, say

pytestmark = pytest.mark.slow

UI = Path(ui.__file__).parent

CASE = knowledge_base().scenarios["company-b"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    st.cache_resource.clear()
    migrated(tmp_path)
    opened = Store()
    yield opened
    opened.close()
    st.cache_resource.clear()


def app(page: str = "", language: Language = "nl", **address: str) -> AppTest:
    """A page as its address opens it; `switch_page` would first draw the one on which the application begins."""
    opened = AppTest.from_file(UI / "app.py", default_timeout=60)
    opened.query_params["lang"] = language
    for name, value in address.items():
        opened.query_params[name] = value
    opened._page_hash = calc_hash(next(one.path for one in PAGES if one.name == page)) if page else ""
    return calm(opened.run())


def calm(app: AppTest) -> AppTest:
    assert not app.exception, [one.value for one in app.exception]
    return app


def made(store: Store, answers: dict[str, Answer] | None = None, case: str | None = None) -> str:
    return store.create("Gesprek", knowledge_base().version, answers or {}, case=case)


def shown(app: AppTest) -> str:
    elements = [*app.title, *app.header, *app.subheader, *app.markdown, *app.text, *app.info, *app.error, *app.caption]
    drawn = (unescape(re.sub(r"<[^>]+>", "\n", one.value)) for one in app.html)
    return "\n".join([*(str(element.value) for element in elements), *drawn])


OPEN = [entry.name for entry in PAGES if entry.name != "sharing"]  # with users only


@pytest.mark.parametrize(("page", "language"), cover(OPEN, LANGUAGES))
def test_every_page_opens_with_nothing_in_the_store(store: Store, page: str, language: Language) -> None:
    assert app(page, language).title


@pytest.mark.parametrize(("begin", "way"), [("start.begin", "scan"), ("start.begin_all", "questions")])
def test_a_new_assessment_begins_with_the_scan_or_with_all_questions(store: Store, begin: str, way: str) -> None:
    page = app("start")
    page.text_input[0].input("  Gesprek met X ")
    calm(next(button for button in page.button if button.label == say(begin, "nl")).click().run())
    (saved,) = store.list()
    assert saved.title == "Gesprek met X"
    assert page.query_params["b"] == saved.id
    first = asked_questions({}, knowledge_base().questions)[0]
    at_the_top = knowledge_base().scan.first if way == "scan" else None
    title = first.text.nl if at_the_top is None else knowledge_base().questions[at_the_top].text.nl
    assert escaped(title) in shown(page)
    assert (page.title[0].value == escaped(title)) == (way == "scan")


def test_a_new_assessment_without_a_name_gets_one(store: Store) -> None:
    page = app("start")
    calm(page.button[0].click().run())
    (saved,) = store.list()
    assert saved.title.startswith(say("start.untitled", "nl", date=""))


def test_the_start_leads_on_after_few_words(store: Store) -> None:
    page = app("start")
    lead = " ".join([page.title[0].value, page.markdown[0].value, page.subheader[0].value, page.text_input[0].label])
    assert len(lead.split()) <= 60


@pytest.mark.parametrize(("begin", "language"), [("start.begin", "nl"), ("start.begin_all", "en")])
def test_the_next_assessment_begins_from_an_earlier_one(store: Store, begin: str, language: Language) -> None:
    former = made(store, dict(CASE.answers))
    page = app("start", language)
    calm(page.selectbox(key=f"former:{language}").set_value(former).run())
    calm(next(button for button in page.button if button.label == say(begin, language)).click().run())
    (following,) = (one for one in store.list() if one.id != former)
    assert (following.answered, store.open(following.id).assessment.answers) == (0, {}), "nothing counts by itself"
    first = knowledge_base().questions["core.occasions"]
    assert in_words(first, CASE.answers[first.id]).in_(language) in shown(page)
    assert say("questions.kept", language, date="", answer="").partition("(")[0] in shown(page)
    calm(page.button(key=f"kept:{following.id}:{first.id}").click().run())
    assert store.open(following.id).assessment.answers == {first.id: CASE.answers[first.id]}
    assert f"kept:{following.id}:{first.id}" not in [one.key for one in page.button]


def test_an_answer_is_saved_and_changes_what_is_asked(store: Store) -> None:
    made_now = made(store)
    page = app("questions", b=made_now)
    first = asked_questions({}, knowledge_base().questions)[0]
    box = page.checkbox(key=f"{made_now}:{first.id}:nl:{first.options[0].id}")
    calm(box.check().run())
    assert store.open(made_now).assessment.answers == {first.id: (first.options[0].id,)}
    before, after = (
        len(asked_questions(some, knowledge_base().questions)) for some in ({}, {first.id: (first.options[0].id,)})
    )
    assert after > before
    assert f"van {after} vragen" in page.get("progress")[0].proto.text


def test_an_answer_that_is_no_longer_asked_stays_in_the_store(store: Store) -> None:
    answers = dict(CASE.answers)
    made_now = made(store, answers)
    page = app("questions", b=made_now)
    calm(page.checkbox(key=f"{made_now}:core.occasions:nl:unknown").check().run())
    stored = store.open(made_now).assessment.answers
    assert stored == {**answers, "core.occasions": "unknown"}
    assert not set(answers) <= {one.id for one in asked_questions(stored, knowledge_base().questions)}


def test_undo_shows_the_answer_before(store: Store) -> None:
    before: dict[str, Answer] = {"core.occasions": ("worker-talk",)}
    made_now = made(store, before)
    key = f"{made_now}:hear.picks:nl"
    page = app("questions", b=made_now, part="listening-1")
    options = [option.id for option in knowledge_base().questions["hear.picks"].options]
    for option in options[:2]:
        calm(page.radio(key=key).set_value(option).run())
    undo = next(button for button in page.button if button.label == say("questions.undo", "nl"))
    calm(undo.click().run())
    assert page.radio(key=key).value == options[0]
    assert store.open(made_now).assessment.answers == {**before, "hear.picks": options[0]}


def test_answers_that_no_longer_fit_are_told_and_kept(store: Store) -> None:
    made_now = made(store, {"start.stage": "an-old-option", "start.gone": "yes"})
    page = app("questions", b=made_now)
    assert say("questions.changed_knowledge", "nl", count=2) in shown(page)
    assert len(store.open(made_now).assessment.answers) == 2
    assert say("advice.empty", "nl") in shown(app("advice", b=made_now))


@pytest.mark.parametrize("page", ["questions", "advice"])
def test_an_address_of_an_assessment_that_is_gone(store: Store, page: str) -> None:
    gone = app(b="gone")
    assert say("error.gone", "nl") in [one.value for one in gone.warning]
    assert "b" not in gone.query_params
    calm(gone.switch_page(navigation.page(page)).run())
    assert say("questions.none", "nl") in [one.value for one in gone.info]


@pytest.mark.parametrize(
    ("case", "language"),
    cover([name for name, case in knowledge_base().scenarios.items() if not case.invented], LANGUAGES),
)
def test_the_advice_on_a_case_is_complete_and_in_one_language(store: Store, case: str, language: Language) -> None:
    scenario = knowledge_base().scenarios[case]
    made_now = made(store, dict(scenario.answers), scenario.id)
    page = app("advice", language, b=made_now)
    page.session_state[f"{made_now}:rest"] = True
    text = shown(calm(page.run()))
    stored = store.open(made_now).assessment
    told = {
        lesson
        for one in advise(stored, inference()).verdicts
        for lesson in one.lessons
        if one.label.in_(language) in text or escaped(one.label.in_(language)) in text
    }
    for lesson in set(scenario.lessons) - told:
        advice = knowledge_base().lessons[lesson].advice.in_(language)
        assert escaped(advice) in text or advice in text, lesson
    for told in (scenario.decided, scenario.happened, scenario.teaching):
        assert escaped(told.in_(language)) in text


def test_a_case_can_be_played(store: Store) -> None:
    page = app("start")
    calm(page.button(key=f"play:{CASE.id}").click().run())
    (saved,) = store.list()
    assert store.open(saved.id).assessment.answers == CASE.answers
    assert page.title[0].value == say("nav.advice", "nl")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"title: x\nanswers: {start.stage: nonsense, no.such: yes}\n", ["start.stage", "no.such"]),
        (b"title: [", ["x.yaml"]),
        (b"\xff\xfe\x00", ["x.yaml: ", "sla het opnieuw op"]),
        (b"#" * 5_000_001, [say("start.file_too_large", "nl")]),
    ],
)
def test_a_file_with_mistakes_saves_nothing_and_tells_them(store: Store, content: bytes, told: list[str]) -> None:
    page = app("start")
    calm(page.file_uploader[0].set_value(("x.yaml", content, "application/yaml")).run())
    assert say("start.file_wrong", "nl") in [one.value for one in page.error]
    for words in told:
        assert words in shown(page)
    assert not store.list()


def test_the_answers_that_were_saved_as_a_file_open_again(store: Store) -> None:
    assessment = Assessment(
        title="Ja: 'nee' & *x*",
        answers=CASE.answers,
        notes={"core.goal": "noot\n- twee"},
        knowledge_version=knowledge_base().version,
    )
    written = answer_file(assessment)
    assert yaml.safe_load(written)["title"] == assessment.title
    page = app("start")
    page.file_uploader[0].set_value(("x.yaml", written.encode(), "application/yaml")).run()
    assert not store.list()
    opening = next(button for button in page.button if button.label == say("start.file_open", "nl"))
    calm(opening.click().run())
    assert store.open(store.list()[0].id).assessment == assessment
    assert read((written, "x.yaml"), knowledge_base()) == assessment
