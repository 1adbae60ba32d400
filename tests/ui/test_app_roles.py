"""What a page lets a user do follows the role, also when that changes while the page is open; without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessment.dossier import dossier
from assessment.store import COMMENT_LENGTH, Role, Store
from knowledge.base import knowledge_base
from knowledge.text import Language
from rules.engine.inference import inference
from tests.ui.test_app import app, calm, made, shown
from ui import navigation
from ui.screens.share.members_page import SHOWN
from ui.server.windows import windows
from ui.visit import hosting
from ui.words import say

pytestmark = pytest.mark.slow

ANNA, BOB = "anna@example.org", "bob@example.org"
FIRST = next(one for one in knowledge_base().questions.values() if one.ask_when is None)
ANSWERS = {FIRST.id: ("worker-talk",), "hear.picks": "employer"}
PAGES = ("questions", "scan", "plan", "dialogue", "conversation", "check", "advice")
WRITES = ("radio", "checkbox", "number_input", "text_area", "text_input", "selectbox")


class People:
    """Two users of one store; `now` is who draws the page."""

    def __init__(self, store: Store):
        self.store = store
        self.anna, self.bob = store.seen_by(ANNA), store.seen_by(BOB)
        self.now = BOB

    def share(self, role: Role, **answers: object) -> str:
        assessment = made(self.anna, answers or None)  # type: ignore[arg-type]
        self.bob.sharing.accept(self.anna.sharing.share(assessment, role))
        return assessment


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    st.cache_resource.clear()
    store = Store()
    found = People(store)
    monkeypatch.setattr(hosting, "has_users", lambda: True)
    monkeypatch.setattr(hosting, "user", lambda: found.now)
    monkeypatch.setattr(st, "logout", lambda: None)
    yield found
    store.close()
    st.cache_resource.clear()


def told(page: AppTest) -> str:
    return "\n".join(str(one.value) for kind in ("info", "success", "warning", "error") for one in page.get(kind))


def read_only(language: Language = "nl") -> str:
    return say("sharing.read_only", language, owners=f"`{ANNA}`")


def alive(page: AppTest) -> list[str]:
    """The keys of widgets in the middle of the page that can change something stored."""
    found = [one for kind in WRITES for one in page.main.get(kind) if not one.disabled]
    keys = [str(one.key) for one in found]
    trying = ("whatif", "plan:show", "check:open", "planner", "advice:", "whynot", "compare", "kit")
    return [key for key in keys if not any(one in key for one in trying)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_reader_sees_everything_and_can_change_nothing(people: People, language: Language) -> None:
    assessment = people.share("reader", **ANSWERS)
    before = people.anna.open(assessment)
    for name in PAGES if language == "nl" else ("questions",):
        page = app(name, language, b=assessment)
        assert read_only(language) in told(page), name
        if name in ("questions", "scan", "plan"):
            assert alive(page) == [], name
        if name in ("questions", "plan"):
            undo = say("questions.undo" if name == "questions" else "plan.undo", language)
            assert [one.disabled for one in page.button if one.label == undo] == [True], name
    assert people.anna.open(assessment) == before
    assert read_only(language) not in told(app("", language, b=assessment)), "the start is not about this assessment"


@pytest.mark.parametrize("name", ["questions", "plan"])
def test_who_takes_part_comments_also_a_reader(people: People, name: str) -> None:
    assessment = people.share("reader", **ANSWERS)
    plan = dossier(people.anna.open(assessment).assessment, inference()).plan
    about = FIRST.id if name == "questions" else plan.actions[0].key
    key = f"{assessment}:{about}:comment:nl"
    page = app(name, b=assessment)
    page.session_state[f"{key}:fold"] = True
    calm(page.run())
    calm(page.button(key=f"{key}:send").click().run())
    assert say("comments.empty", "nl") in told(page)
    calm(page.text_area(key=f"typed:{key}").set_value("x" * (COMMENT_LENGTH + 1)).run())
    calm(page.button(key=f"{key}:send").click().run())
    assert not people.anna.open(assessment).comments
    calm(page.text_area(key=f"typed:{key}").set_value("Klopt dit? <b>").run())
    calm(page.button(key=f"{key}:send").click().run())
    (said,) = people.anna.open(assessment).comments[about]
    assert (said.who, said.text) == (BOB, "Klopt dit? <b>")
    assert page.text_area(key=f"typed:{key}").value == "" and "Klopt dit? <b>" in shown(page)
    assert say("comments.some", "nl", count=1) in [one.label for one in page.expander]
    mine = people.anna.comment(assessment, about, "Ja")
    page = app(name, b=assessment)
    page.session_state[f"{key}:fold"] = True
    calm(page.run())
    assert [one.key for one in page.button if str(one.key).startswith("unsay:")] == [f"unsay:{said.number}"]
    assert mine != said.number
    calm(page.button(key=f"unsay:{said.number}").click().run())
    assert [one.text for one in people.anna.open(assessment).comments[about]] == ["Ja"]


def test_a_contributor_can_change_and_not_delete_or_share(people: People) -> None:
    assessment = people.share("contributor")
    page = app("questions", b=assessment)
    assert alive(page) and read_only() not in told(page)
    assert say("sharing.note_help", "nl") in shown(page) and say("questions.note_help", "nl") not in shown(page)
    calm(page.checkbox[0].check().run())
    assert len(people.anna.open(assessment).assessment.answers) == 1
    page = app("", b=assessment)
    assert f"delete:{assessment}" not in [one.key for one in page.button]
    calm(page.switch_page(navigation.page("sharing")).run())
    assert say("sharing.owners_only", "nl") in shown(page)
    assert say("sharing.make", "nl") not in [one.label for one in page.button]
    people.now = ANNA
    page = app("", b=assessment)
    assert f"delete:{assessment}" in [one.key for one in page.button]


def test_long_lists_about_sharing_stay_short(people: People) -> None:
    people.now = ANNA
    assessment = people.share("reader")
    for number in range(SHOWN + 5):
        other = people.store.seen_by(f"user-{number:02d}@example.org")
        other.sharing.accept(people.anna.sharing.share(assessment, "reader"))
        people.anna.sharing.share(assessment, "reader")
    page = app("sharing", b=assessment)

    def keys(start: str) -> int:
        return sum(str(one.key).startswith(start) for one in page.button)

    assert keys("remove:") == SHOWN - 1 and keys("leave") == 1 and keys("uninvite:") == SHOWN
    assert len(page.table[0].value) == SHOWN
    for name in ("members", "invitations", "audit"):
        calm(page.button(key=f"more:{name}").click().run())
    assert keys("remove:") == SHOWN + 6 and keys("uninvite:") == SHOWN + 5 and keys("more:") == 1
    assert len(page.table[0].value) == 2 * SHOWN
    assert page.table[0].value.iloc[0, 2] == say("act.saw", "nl")


@pytest.mark.parametrize("gone", [False, True])
def test_what_was_typed_is_there_to_copy_when_the_role_was_taken_meanwhile(people: People, gone: bool) -> None:
    assessment = people.share("contributor")
    page = app("questions", b=assessment)
    if gone:
        people.anna.sharing.withdraw(assessment, BOB)
    else:
        people.anna.sharing.change_role(assessment, BOB, "reader")
    page.text_area[0].set_value("Bel <b>de vakbond</b>")
    calm(page.run())
    assert "Bel <b>de vakbond</b>" in [one.value for one in page.code]
    assert say("refused.gone" if gone else "refused.lead", "nl") in told(page)
    assert not people.anna.open(assessment).assessment.notes
    if gone:
        assert say("error.gone", "nl") in told(page) and "b" not in page.query_params
    else:
        assert read_only() in told(page) and alive(page) == []
        assert page.text_area[0].value == ""
    calm(page.button(key="refused:drop").click().run())
    assert not page.code


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_nothing_more_once_the_role_was_taken(people: People, name: str) -> None:
    assessment = people.share("contributor", **ANSWERS)
    page = app(name, b=assessment)
    assert "Gesprek" in shown(page)
    people.anna.sharing.withdraw(assessment, BOB)
    calm(page.run())
    assert "Gesprek" not in [one.value for one in page.text] and say("error.gone", "nl") in told(page), name
    assert not page.radio or not page.main.radio


def test_whose_role_was_taken_gets_every_window_anew(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    monkeypatch.setattr(windows, "draw_anew", closed.append)
    assessment = people.share("contributor")
    people.now = ANNA
    page = app("sharing", b=assessment)
    for before, role, expected in (("contributor", "owner", []), ("owner", "reader", [BOB])):
        calm(page.selectbox(key=f"role:{BOB}:{before}:nl").set_value(role).run())
        calm(page.button(key=f"save:{BOB}").click().run())
        assert people.bob.open(assessment).role == role and closed == expected
    calm(page.button(key=f"remove:{BOB}").click().run())
    assert closed == [BOB, BOB]


@pytest.mark.parametrize("name", ["questions", "plan"])
def test_answers_and_undo_after_the_role_was_taken_are_refused_in_a_line(people: People, name: str) -> None:
    assessment = people.share("contributor", **ANSWERS)
    page = app(name, b=assessment)
    people.anna.sharing.change_role(assessment, BOB, "reader")
    label = say("questions.undo" if name == "questions" else "plan.undo", "nl")
    calm(next(one for one in page.button if one.label == label).click().run())
    assert say("away.not_allowed", "nl") in told(page) and read_only() in told(page)
    assert alive(page) == []


def test_a_reader_who_may_change_from_now_on_hears_it(people: People) -> None:
    assessment = people.share("reader")
    page = app("questions", b=assessment)
    assert alive(page) == []
    people.anna.sharing.change_role(assessment, BOB, "contributor")
    calm(page.run())  # as the page does by itself, every few seconds
    assert say("sharing.may_change", "nl") in told(page) and alive(page)
    people.anna.sharing.withdraw(assessment, BOB)
    calm(page.switch_page(navigation.page("plan")).run())
    assert say("error.gone", "nl") in told(page)
