"""The logic of the knowledge browser, the group, checking answers, the saved list and deciding on the advice."""

import re
from datetime import timedelta
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from assessment.advice import advise
from assessment.model import Assessment
from assessment.plan import decide, plan_for
from assessment.store import Happening, Store
from assessment.store.history_in_words import PAUSE, moments
from knowledge.base import knowledge_base
from knowledge.condition import questions_in
from knowledge.text import Language
from rules.catalogue.entries import KINDS, Key, entries, key_of, title_of
from rules.engine.inference import inference
from rules.engine.memory import asked_questions
from rules.model import rule_base
from tests.support.amounts import driven
from tests.support.portfolio_tables import some_rows, write_source
from tests.ui.test_app import CASE, app, calm, made, shown, store
from ui.navigation import PAGES, tools
from ui.screens.group.portfolio_page import MINIMUM
from ui.screens.home.saved_list import FIRST, MORE
from ui.words import escaped, labels, say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

ADVICE = advise(Assessment(title="", answers=CASE.answers, knowledge_version=""), inference())


def test_the_navigation_stays_short_and_every_page_is_found_somewhere() -> None:
    paths = [one.path for one in PAGES]
    assert len(set(paths)) == len(paths) and [one.where for one in PAGES if not one.path] == ["menu"]
    about_the_open = [one.where == "open" for one in PAGES if one.listed(is_open=True)]
    assert about_the_open == sorted(about_the_open, reverse=True)  # two groups in one list
    assert sum(one.listed(is_open=False) for one in PAGES) <= 8
    for group in (True, False):
        assert sum(one.listed(is_open=True) and (one.where == "open") is group for one in PAGES) <= 7
    for one in PAGES:
        assert f"nav.{one.name}" in labels()
    assert all(f"tool.{one.path}" in labels() for one in tools())


@pytest.mark.parametrize("language", driven("nl"))
def test_the_tools_lead_to_each_tool(store: Store, language: Language) -> None:
    page = app("tools", language)
    for one in tools():
        assert say(f"tool.{one.path}", language) in shown(page)
        assert say(f"nav.{one.name}", language) in [label for label, _ in _linked(page)]
        assert say("tools.back", language) in [label for label, _ in _linked(app(one.name, language))]


HEADINGS = {
    heading
    for source in knowledge_base().sources.values()
    for section in source.sections
    for heading in section.split(" > ")
    if " " in heading
}


@pytest.mark.parametrize(
    ("name", "item"),
    [*((one.name, "") for one in PAGES if one.name != "sharing"), *(("knowledge", kind) for kind in KINDS)],
)
def test_a_voice_reads_the_dutch_headings_of_publications_in_dutch(store: Store, name: str, item: str) -> None:
    """On an English page each of them stands in an element of its own that says which language it is."""
    first = {kind: next(one for one in entries(rule_base(), "en") if one.key.startswith(f"{kind}:")) for kind in KINDS}
    address = {"k": first[item].key} if item else {}
    page = app(name, "en", b=made(store, dict(CASE.answers)), **address)
    plain = [*page.markdown, *page.caption, *page.info, *page.table]
    drawn = [re.sub(r'<span lang="nl">.*?</span>', "", one.value) for one in page.html]
    told = "\n".join([*(str(one.value).replace("\\", "") for one in plain), *map(unescape, drawn)])
    assert not [one for one in HEADINGS if one in told]


def test_the_headings_are_there(store: Store) -> None:
    source = next(iter(knowledge_base().sources.values()))
    for name, address in (("advice", {}), ("knowledge", {"k": f"source:{source.id}"}), ("conversation", {})):
        page = app(name, "en", b=made(store, dict(CASE.answers)), **address)
        told = "".join(one.value for one in page.html)
        assert any(f'<span lang="nl">{escape(one)}' in told for one in HEADINGS), name


def _linked(page: AppTest) -> list[tuple[str, str]]:
    """The label of each link to a page, and the item that it leads to."""
    links = [one.proto for one in page.get("page_link")]
    return [(one.label, parse_qs(one.query_string.lstrip("?")).get("k", [""])[0]) for one in links]


@pytest.fixture(scope="module")
def some_keys() -> list[Key]:
    base = rule_base()
    keys = [key for entry in entries(base, "nl") if (key := key_of(entry.key, base))]
    return [key for kind in KINDS for key in [one for one in keys if one.kind == kind][:: 40 if kind == "rule" else 25]]


@pytest.mark.parametrize("language", driven("nl"))
def test_items_of_each_kind_show_what_they_are_and_what_hangs_on_them(
    store: Store, language: Language, some_keys: list[Key]
) -> None:
    base = rule_base()
    page = app("knowledge", language)
    for key in some_keys:
        page.query_params["k"] = str(key)
        calm(page.run())
        assert page.title[0].value.startswith(say(f"item.{key.kind}", language))
        assert escaped(title_of(key, base, language)) in shown(page) or key.kind == "source"
        to = {item for _, item in _linked(page)}
        if key.kind == "lesson":
            assert {f"rule:{rule.id}" for rule in base.rules.values() if rule.lesson == key.id} <= to
            assert f"card:{base.knowledge.card_of[key.id].card}" in to
        elif key.kind == "rule":
            lesson = base.rules[key.id].lesson
            assert {f"question:{one}" for one in questions_in(base.rules[key.id].when)} <= to
            assert lesson is None or f"lesson:{lesson}" in to
        elif key.kind == "question":
            assert {f"rule:{rule.id}" for rule in base.rules.values() if key.id in questions_in(rule.when)} <= to
        elif key.kind == "card":
            assert {f"lesson:{one.id}" for one in base.knowledge.cards[key.id].lessons} <= to


def test_a_search_with_a_typing_error_finds_and_says_so(store: Store) -> None:
    page = app("knowledge")
    calm(page.text_input(key="knowledge:find:nl").set_value("leveranicer").run())
    assert say("knowledge.forgiven", "nl") in shown(page)
    assert page.query_params["zoek"] == "leveranicer"
    calm(page.radio(key="k:kind:nl").set_value("source").run())
    assert say("knowledge.found", "nl", count=2) in shown(page)
    calm(page.text_input(key="knowledge:find:nl").set_value("xqzwv").run())
    assert say("knowledge.none", "nl") in shown(page)


def test_what_no_longer_exists_is_told(store: Store) -> None:
    assert say("knowledge.missing", "nl") in [one.value for one in app("knowledge", k="lesson:gone").warning]


@pytest.mark.parametrize("language", driven("nl"))
def test_a_group_of_answer_files_is_shown_together(store: Store, language: Language, tmp_path: Path) -> None:
    folder = write_source(some_rows(20), "", tmp_path)
    files = [(path.name, path.read_bytes(), "application/yaml") for path in sorted(folder.iterdir())]
    page = app("portfolio", language)
    calm(page.file_uploader[0].set_value([*files, ("fout.yaml", b"title: [", "application/yaml")]).run())
    calm(_button(page, say("portfolio.score", language, count=len(files) + 1)).click().run(timeout=120))
    assert say("portfolio.done", language, count=len(files)) in [one.value for one in page.success]
    assert "fout.yaml" in shown(page)
    assert len(page.table) >= 3
    assert not store.list()


def test_nothing_is_shown_on_a_small_group_nor_on_files_that_cannot_be_read(store: Store, tmp_path: Path) -> None:
    few = write_source(some_rows(1)[: MINIMUM - 1], "", tmp_path)
    page = app("portfolio")
    files = [(path.name, path.read_bytes(), "application/yaml") for path in sorted(few.iterdir())]
    calm(page.file_uploader[0].set_value(files).run())
    calm(_button(page, say("portfolio.score", "nl", count=len(files))).click().run(timeout=120))
    assert not page.table and not page.get("arrow_vega_lite_chart") and "minder dan 5" in shown(page)
    calm(page.file_uploader[0].set_value([("x.csv", b"geen,vraag\n1,2\n", "text/csv")]).run())
    calm(_button(page, say("portfolio.score", "nl", count=1)).click().run())
    assert say("portfolio.wrong", "nl") in [one.value for one in page.error]
    assert say("portfolio.outcome", "nl") not in shown(page)


def _button(page: AppTest, label: str) -> Any:
    return next(one for one in page.button if one.label == label)


@pytest.mark.parametrize("language", driven("en"))
def test_answers_are_checked_and_those_that_do_not_count_are_marked(store: Store, language: Language) -> None:
    answers = {**CASE.answers, "core.occasions": "unknown"}
    now = {one.id for one in asked_questions(answers, knowledge_base().questions)}
    page = app("check", language, b=made(store, answers))
    text = shown(page)
    assert say("check.aside", language) in text
    aside = text[text.index(say("check.aside_lead", language)) :]
    questions = knowledge_base().questions
    for one in answers:
        assert (escaped(questions[one].text.in_(language)) in aside) == (one not in now), one
    open_one = next(one for one in now if one not in answers)
    assert escaped(questions[open_one].text.in_(language)) in text
    calm(page.checkbox[0].check().run())
    given = next(one for one in now if one in answers)
    assert escaped(questions[open_one].text.in_(language)) in shown(page)
    assert f"**{escaped(questions[given].text.in_(language))}**  " not in shown(page)


def test_the_saved_list_tells_progress_and_the_highest_concern(store: Store) -> None:
    made(store, dict(CASE.answers))
    made(store)
    text = shown(app("start"))
    progress = ADVICE.progress
    assert f"{progress.answered} van {progress.asked} vragen beantwoord" in text
    concern, count = (
        ("critical", len(ADVICE.safety)) if ADVICE.safety else ("high", sum(one.asks for one in ADVICE.verdicts))
    )
    assert say("start.concern", "nl", severity=say(f"severity.{concern}", "nl"), count=count) in text
    assert say("start.concern_none", "nl") in text


def test_an_example_is_no_assessment_of_ones_own(store: Store) -> None:
    example = store.create("Voorbeeld", knowledge_base().version, dict(CASE.answers), case=CASE.id)
    page = app("start")
    assert say("start.continue", "nl") not in shown(page)
    assert [one.label for one in page.expander].count(say("start.opened_examples", "nl")) == 1
    assert f"open:{example}" in [one.key for one in page.button]
    own = made(store)
    calm(page.run())
    assert say("start.continue", "nl") in shown(page)
    assert (store.count(), store.count(examples=False), store.count(examples=True)) == (2, 1, 1)
    assert [one.id for some in (False, True) for one in store.list(examples=some)] == [own, example]


def test_what_was_deleted_can_be_put_back_whole_or_removed_at_once(store: Store) -> None:
    made_now = store.create("Weg", knowledge_base().version, dict(CASE.answers), {"core.first": "noot"}, CASE.id)
    before = store.open(made_now), store.history(made_now)
    store.set_apart(made_now)  # as the dialog does, which is a fragment of its own
    page = app("start")
    assert say("start.deleted_title", "nl") in [one.value for one in page.subheader]
    calm(page.button(key=f"put-back:{made_now}").click().run())
    assert say("start.put_back_done", "nl") in [one.value for one in page.success]
    assert (store.open(made_now), store.history(made_now)) == before
    assert f"put-back:{made_now}" not in [one.key for one in page.button]
    store.set_apart(made_now)
    calm(page.run())
    store.delete(made_now)  # in another window
    calm(page.button(key=f"put-back:{made_now}").click().run())
    assert say("start.put_back_late", "nl") in [one.value for one in page.warning]
    other = made(store)
    store.set_apart(other)
    calm(page.run())
    calm(page.button(key=f"erase:{other}").click().run())
    assert not store.deleted() and say("data.deleted", "nl") in [one.value for one in page.success]


@pytest.mark.parametrize("language", driven("en"))
def test_a_long_list_stays_short_and_is_searched_by_title(store: Store, language: Language) -> None:
    page = app("", language)
    assert say("start.search", language) not in [one.label for one in page.text_input]
    for number in range(FIRST + MORE + 3):
        store.create(f"Café {number} <b>", knowledge_base().version)
    calm(page.run())

    def cards() -> list[str]:
        return [str(one.key) for one in page.button if str(one.key).startswith("open:")]

    assert len(cards()) == FIRST
    assert say("start.saved_found", language, shown=FIRST, count=FIRST + MORE + 3) in shown(page)
    calm(page.button(key="saved:more").click().run())
    assert len(cards()) == FIRST + MORE
    calm(page.text_input(key=f"saved:search:{language}").set_value("cafe 20").run())
    assert cards() == [f"open:{store.list('20')[0].id}"]
    assert "saved:more" not in [one.key for one in page.button]
    calm(page.text_input(key=f"saved:search:{language}").set_value("100%").run())
    assert not cards() and say("start.saved_none_found", language) in shown(page)


@pytest.mark.parametrize("language", driven("en"))
def test_what_was_decided_is_shown_at_the_advice_and_found_by_it(store: Store, language: Language) -> None:
    made_now = made(store, dict(CASE.answers))
    plan = plan_for(ADVICE, {})
    others = [one for one in ADVICE.recommendations if plan.action(f"recommendation.{one.card}")]
    for one in others[:2]:
        action = plan.action(f"recommendation.{one.card}")
        assert action is not None
        decision = decide(action, status="accepted", owner="Ans")
        store.save_action(made_now, action.key, decision, store.open(made_now).revision)
    page = app("advice", language, b=made_now)

    def opened() -> AppTest:
        page.session_state[f"{made_now}:rest"] = True
        return calm(page.run())

    opened()
    calm(page.selectbox(key=f"filter:status:{language}").set_value("accepted").run())
    text = shown(opened())
    assert say("advice.chosen", language, count=2, all=len(ADVICE.recommendations)) in text
    assert f"- {escaped(others[0].title.in_(language))}" in text
    page.selectbox(key=f"filter:theme:{language}").set_value(others[0].theme)
    count = sum(one.theme == others[0].theme for one in others[:2])
    assert say("advice.chosen", language, count=count, all=len(ADVICE.recommendations)) in shown(opened())


def _past(store: Store, assessment: str, minutes: list[int]) -> list[Happening]:
    """The events of an assessment, at these minutes after each other."""
    events = store.history(assessment)
    start = events[0].moment
    return [
        one.model_copy(update={"moment": start + timedelta(minutes=at)})
        for one, at in zip(events, minutes, strict=True)
    ]


def test_moments_to_go_back_to_are_where_answering_paused(store: Store) -> None:
    made_now = made(store, {"core.first": "supplier-talk"})
    pause = int(PAUSE.total_seconds() // 60)
    for answer in ("event", "supplier-talk", "event"):
        store.save_answer(made_now, "core.first", answer, store.open(made_now).revision)
    store.save_answer(made_now, "core.goal", ("know",), store.open(made_now).revision)
    past = _past(store, made_now, [0, 0, pause, pause + 1, 3 * pause, 3 * pause + 2])
    found = moments(past)
    assert [one.moment for one in found] == [past[3].moment, past[1].moment]
    assert [one.answered for one in found] == [1, 1]
    assert moments(past[:2]) == ()


def test_an_earlier_moment_is_compared_with_now(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.store.history_in_words.PAUSE", timedelta(0))
    made_now = made(store, dict(CASE.answers))
    options = knowledge_base().questions["core.may-pass-on"].options
    other = next(one.id for one in options if one.id != CASE.answers["core.may-pass-on"])
    store.save_answer(made_now, "core.may-pass-on", other, store.open(made_now).revision)
    page = app("compare", b=made_now)
    calm(page.radio(key="compare:source:nl").set_value("moment").run())
    calm(page.selectbox(key=f"compare:moment:{made_now}:nl").set_value("0").run())
    assert escaped(knowledge_base().questions["core.may-pass-on"].text.nl) in shown(page)
