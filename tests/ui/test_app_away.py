"""The database is gone for a while: the app says so, keeps what is filled in, and saves it when it is back."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from assessment.store import Store, Unreachable
from assessment.store import database as storage
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import Text
from tests.ui.test_app import app, calm, made, shown
from ui import navigation

pytestmark = pytest.mark.slow

FIRST = next(iter(knowledge_base().questions.values()))
BEFORE: dict[str, Answer] = {"core.occasions": ("worker-talk",)}
AWAY = "Je gegevens zijn nu niet bereikbaar"
Gone = Callable[[], "contextmanager[None]"]


@pytest.fixture
def gone(database: str, url: str, request: pytest.FixtureRequest) -> Gone:
    """The database cannot be used within this block: it is locked, or its server was killed."""

    @contextmanager
    def locked() -> Iterator[None]:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def stopped() -> Iterator[None]:
        server = request.getfixturevalue("postgresql")
        if server is None:
            pytest.skip("the PostgreSQL server is not ours to stop")
        server.stop()
        try:
            yield
        finally:
            server.start()

    return locked if database == "sqlite" else stopped  # type: ignore[return-value]


@pytest.fixture
def store(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(storage, "BUSY", 100)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    st.cache_resource.clear()
    opened = Store()
    yield opened
    opened.close()
    st.cache_resource.clear()


def problems(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in page.error)


def notes(page: AppTest) -> list[str]:
    return [area.value for area in page.text_area if area.value]


def test_what_is_filled_in_meanwhile_is_kept_and_saved_when_it_is_back(store: Store, gone: Gone) -> None:
    assessment = made(store)
    page = app("questions", b=assessment)
    assert AWAY not in problems(page)
    with gone():
        page.text_area[0].set_value("Belt de vakbond maandag.")
        calm(page.run())
        page.text_area[1].set_value("Tweede")
        calm(page.run())
        assert AWAY in problems(page)
        assert "Nog niet opgeslagen: 2." in problems(page)
        assert notes(page) == ["Belt de vakbond maandag.", "Tweede"]
        calm(page.run())
        assert notes(page) == ["Belt de vakbond maandag.", "Tweede"], "still there after drawing again"
    calm(page.button(key="away:again").click().run())
    assert AWAY not in problems(page)
    assert "Alles wat je invulde, is opgeslagen" in "\n".join(str(one.value) for one in page.success)
    assert sorted(store.open(assessment).assessment.notes.values()) == ["Belt de vakbond maandag.", "Tweede"]
    assert notes(page) == ["Belt de vakbond maandag.", "Tweede"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_answer_says_that_it_is_not_saved_and_can_be_taken_back(store: Store, gone: Gone) -> None:
    assessment = made(store, dict(BEFORE))
    page = app("questions", b=assessment, part="listening-1")
    radio = asked_with_one(page)
    with gone():
        calm(radio.set_value(radio.options[0]).run())
        assert AWAY in problems(page)
        assert "Nog niet opgeslagen" in shown(page)
        undo = next(one for one in page.button if one.label.startswith("Laatste antwoord"))
        calm(undo.click().run())
        assert AWAY not in problems(page), "nothing waits any more"
        undo = next(one for one in page.button if one.label.startswith("Laatste antwoord"))
        calm(undo.click().run())
        assert "Terugdraaien kan nu niet" in problems(page)
        calm(asked_with_one(page).set_value(radio.options[1]).run())
    calm(page.run())
    calm(page.switch_page(navigation.page("advice")).run())
    assert len(store.open(assessment).assessment.answers) == 2
    assert AWAY not in problems(page)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_another_window_was_first_while_it_was_away(store: Store, gone: Gone) -> None:
    assessment = made(store)
    page = app("questions", b=assessment)
    with gone():
        page.text_area[0].set_value("Van mij")
        calm(page.run())
    asked = page.text_area[0].key.split(":")[1]
    store.save_note(assessment, asked, "Van een ander", store.open(assessment).revision)
    calm(page.button(key="away:again").click().run())
    assert store.open(assessment).assessment.notes == {asked: "Van een ander"}
    assert AWAY not in problems(page)
    assert page.warning
    assert notes(page) == ["Van een ander"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("call", ["save_answer", "open"])
def test_who_changes_an_answer_that_was_saved_unseen_is_no_other_window(
    store: Store, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = made(store, dict(BEFORE))
    page = app("questions", b=assessment, part="listening-1")
    asked = str(asked_with_one(page).key).split(":")[1]
    first, second = list(ids(asked))[:2]
    usual = getattr(Store, call)

    def done_but_gone(*given: object) -> None:
        usual(*given)
        raise Unreachable(Text(nl="weg", en="gone"))

    with monkeypatch.context() as breaking:
        breaking.setattr(Store, call, done_but_gone)
        calm(asked_with_one(page).set_value(first).run())
        assert AWAY in problems(page)
    written = store.open(assessment).assessment.answers
    assert written == {**BEFORE, asked: first}, "written, though nobody could see that"
    with monkeypatch.context() as breaking:
        breaking.setattr(Store, call, done_but_gone)
        calm(asked_with_one(page).set_value(second).run())
    calm(page.run())
    assert not page.warning
    assert AWAY not in problems(page)
    assert store.open(assessment).assessment.answers == {**BEFORE, asked: second}
    assert asked_with_one(page).value == second


def ids(question: str) -> Iterator[str]:
    return (option.id for option in knowledge_base().questions[question].options)


def asked_with_one(page: AppTest) -> Radio[str]:
    return next(one for one in page.radio if str(one.key).split(":")[1] == "hear.picks")
