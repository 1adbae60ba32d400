"""The trainer's page and the page to vote on, without a browser; and what the room may reach."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from assessment.store import Store
from assessment.training.course import course
from assessment.training.groups import Groups
from assessment.training.own_cases import OwnCases, write_case
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from tests.ui.test_app import CASE, app, calm, made, shown, store
from tests.ui.test_app_work import advice_on, press
from ui import navigation
from ui.server import lan
from ui.server.shell import Shell
from ui.words import escaped, say

__all__ = ["store"]  # a fixture

ROOM = "192.0.2.7"
COMPANY_A = knowledge_base().scenarios["company-a"]
SLIDES = course(CASE, advice_on(dict(CASE.answers)))


@pytest.fixture
def groups(store: Store) -> Iterator[Groups]:
    opened = Groups()
    yield opened
    opened.close()


def pressed(page: AppTest, key: str) -> AppTest:
    return calm(page.button(key=key).click().run())


def voter(code: str, language: Language = "nl") -> AppTest:
    return app("vote", language, code=code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trainer_plays_a_case_from_start_to_lesson(groups: Groups, language: Language) -> None:
    page = app("trainer", language)
    calm(page.selectbox(key=f"trainer:case:{language}").set_value(CASE.id).run())
    assert CASE.training is not None
    assert escaped(CASE.training.aim.in_(language)) in shown(page)
    press(page, "trainer.begin", language)
    group = groups.list()[0].id
    assert page.query_params["group"] == group
    seen = [page.header[0].value]
    for _ in range(len(SLIDES) + 3 * len(CASE.training.votes)):
        here = SLIDES[groups.open(group).place]
        words = shown(page)
        assert here.notes is None or escaped(here.notes.in_(language)) in words
        if here.vote is not None:
            told = escaped(here.vote.why.in_(language)) in words
            assert told is (groups.open(group).ballots[here.vote.id].state == "shown")
        if here.kind != "happened":
            assert escaped(CASE.happened.in_(language)) not in words
        if page.button(key="trainer:on").disabled:
            break
        pressed(page, "trainer:on")
        seen.append(page.header[0].value)
    assert [*dict.fromkeys(seen)][-3:] == [say(f"slide.{name}", language) for name in ("advice", "happened", "lesson")]
    assert escaped(CASE.teaching.in_(language)) in shown(page)


def test_phones_vote_and_only_totals_are_seen(groups: Groups) -> None:
    group = groups.create(CASE.id)
    place = next(number for number, slide in enumerate(SLIDES) if slide.vote is not None)
    vote = SLIDES[place].vote
    assert vote is not None
    code = groups.open(group).code
    phones = [voter(code), voter(code)]
    assert say("vote.wait", "nl") in shown(phones[0])
    groups.move(group, place)
    groups.open_vote(group, vote.id)
    keys = [f"choice:{code}:{vote.id}:{choice.id}:nl" for choice in vote.choices]
    for phone, key in zip(phones, keys, strict=False):
        calm(phone.run())
        pressed(phone, key)
        assert say("vote.counted", "nl") in shown(phone)
        assert escaped(vote.why.nl) not in shown(phone)
        assert escaped(SLIDES[place].notes.nl if SLIDES[place].notes else "") not in shown(phone)
    desk = app("trainer", "nl", group=group)
    assert say("trainer.cast", "nl", count=2) in shown(desk)
    assert groups.open(group).ballots[vote.id].phones == {vote.choices[0].id: 1, vote.choices[1].id: 1}
    pressed(phones[0], keys[2])
    assert groups.open(group).ballots[vote.id].phones == {vote.choices[1].id: 1, vote.choices[2].id: 1}
    pressed(desk, "trainer:on")
    calm(phones[0].run())
    assert say("vote.closed", "nl") in shown(phones[0])
    groups.reset(group)
    calm(phones[0].run())
    assert say("vote.no_group", "nl") in shown(phones[0])


def test_hands_are_counted_by_the_trainer(groups: Groups) -> None:
    group = groups.create(CASE.id)
    place = next(number for number, slide in enumerate(SLIDES) if slide.vote is not None)
    vote = SLIDES[place].vote
    assert vote is not None
    groups.move(group, place)
    groups.open_vote(group, vote.id)
    desk = app("trainer", "nl", group=group)
    desk.number_input[0].set_value(7)
    desk.number_input[1].set_value(2)
    press(desk, "trainer.hands_save")
    assert say("trainer.cast", "nl", count=9) in shown(desk)
    press(desk, "trainer.again")
    assert groups.open(group).ballots[vote.id].cast == 0


def test_wrong_codes_are_told_and_limited(groups: Groups) -> None:
    page = voter("AAAAAA")
    for _ in range(12):
        page.text_input[0].set_value("AAAAAA")
        press(page, "vote.join")
    assert say("vote.too_many", "nl") in shown(page)
    right = groups.open(groups.create(CASE.id)).code
    page.text_input[0].set_value(right)
    press(page, "vote.join")
    assert say("vote.too_many", "nl") in shown(page)


def test_the_presentation_has_no_notes(groups: Groups) -> None:
    group = groups.create(CASE.id)
    for place in (0, 2, len(SLIDES) - 1):
        slide = SLIDES[place]
        groups.move(group, place)
        page = app("trainer", "nl", group=group, present="1")
        assert slide.notes is None or escaped(slide.notes.nl) not in shown(page)
        assert say("trainer.notes", "nl") not in shown(page)
    groups.move(group, 0)
    page = app("trainer", "nl", group=group, present="1")
    pressed(page, "present:on")
    assert groups.open(group).place == 1
    pressed(page, "present:back")
    assert groups.open(group).place == 0
    pressed(page, "present:stop")
    assert page.title[0].value == say("nav.trainer", "nl")


def test_rules_fire_layer_by_layer(groups: Groups) -> None:
    page = app("trainer", "nl", group=groups.create(CASE.id), view="rules")
    counts = [len(page.subheader)]
    while not page.button(key="chain:next").disabled:
        pressed(page, "chain:next")
        counts.append(len(page.subheader))
    assert counts == list(range(len(counts)))
    assert say("chain.end", "nl") in shown(page)
    pressed(page, "chain:again")
    assert len(page.subheader) == 0


def test_one_answer_changed_shows_its_effect_and_saves_nothing(groups: Groups, store: Store) -> None:
    page = app("trainer", "nl", group=groups.create(CASE.id), view="effect")
    calm(page.selectbox(key=f"effect:{CASE.id}:question:nl").set_value("conversation.commercial-interest").run())
    other = page.radio(key=f"effect:{CASE.id}:other:conversation.commercial-interest:nl")
    calm(other.set_value(repr("balanced")).run())
    words = shown(page)
    assert say("chain.effect_facts", "nl") in words
    assert say("chain.vanished", "nl", count=0) not in words
    assert store.list() == ()


def test_two_cases_side_by_side(groups: Groups) -> None:
    page = app("trainer", "nl", group=groups.create(CASE.id), view="pair", second_case="company-a")
    assert [one.value for one in page.subheader] == [say("pair.case", "nl", letter=letter) for letter in "AB"]
    titles = [one.value for one in page.text]
    assert titles.index(COMPANY_A.title.nl) < titles.index(CASE.title.nl, 1)
    assert escaped(COMPANY_A.teaching.nl) not in shown(page)
    calm(page.radio(key="pair:stage:nl").set_value("advice").run())
    assert say("compare.only_first", "nl") in shown(page)
    calm(page.radio(key="pair:stage:nl").set_value("end").run())
    assert escaped(COMPANY_A.teaching.nl) in shown(page)
    assert escaped(CASE.teaching.nl) in shown(page)


def test_a_case_of_ones_own_from_an_assessment(groups: Groups, store: Store) -> None:
    made(store, dict(CASE.answers))
    page = app("trainer")
    summary = store.list()[0]
    calm(page.selectbox(key="owncase:from:nl").set_value(summary.id).run())
    press(page, "owncase.submit")
    assert say("owncase.incomplete", "nl") in shown(page)
    hostile = "![x](https://example.org/p.png) **vet**"
    page.text_input[0].set_value(hostile)
    page.text_area[0].set_value(f"{hostile}\n\nEn verder.")
    press(page, "owncase.submit")
    own = next(iter(OwnCases(knowledge_base()).all().values()))
    assert own.answers == CASE.answers
    assert summary.title not in str(own)
    calm(page.selectbox(key="trainer:case:nl").set_value(own.id).run())
    press(page, "trainer.begin")
    pressed(page, "trainer:on")
    assert hostile in [one.value for one in page.text], "shown as it is"
    assert "example.org" not in "".join(str(one.value) for one in page.markdown)
    OwnCases(knowledge_base()).delete(own.id)
    calm(page.run())
    assert say("trainer.case_gone", "nl") in [one.value for one in page.warning]


def test_a_case_from_a_file(groups: Groups) -> None:
    page = app("trainer")
    calm(page.file_uploader[0].set_value(("x.yaml", b"id: [", "application/yaml")).run())
    assert say("owncase.wrong", "nl") in shown(page)
    calm(page.file_uploader[0].set_value(("x.yaml", write_case(COMPANY_A).encode(), "application/yaml")).run())
    press(page, "owncase.keep")
    assert [case.training for case in OwnCases(knowledge_base()).all().values()] == [COMPANY_A.training]


@pytest.fixture
def room() -> Iterator[None]:
    lan.serve_at("192.0.2.2", 8501)
    yield
    lan.serve_at(None)


@pytest.mark.parametrize("page", ["start", "questions", "advice", "trainer"])
def test_somebody_in_the_room_gets_the_vote_and_no_other_page(
    groups: Groups, room: None, page: str, store: Store
) -> None:
    opened = made(store, dict(CASE.answers))
    group = groups.create(CASE.id)
    visitor = app("", "nl", b=opened, group=group)
    assert say("lan.only_here", "nl") in shown(visitor)
    with pytest.raises(ValueError, match="Known pages") as refused:
        visitor.switch_page(navigation.page(page))
    known = str(refused.value).split("Known pages")[1]
    assert known.count("screens/") == known.count(navigation.page("vote")) == 1
    code = groups.open(group).code
    assert say("vote.wait", "nl") in shown(voter(code))


def ask(path: str, client: str, kind: str = "http", **headers: str) -> tuple[int, dict[bytes, bytes], dict[str, str]]:
    """What the web server answers: status, headers, and the headers that the application behind it sees (if asked)."""
    seen: dict[str, str] = {}

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        seen.update({name.decode(): value.decode() for name, value in scope["headers"]})
        if kind == "http":
            page = (b"content-type", b"text/html")
            await send({"type": "http.response.start", "status": 200, "headers": [page]})
            await send({"type": "http.response.body", "body": b"<html></html>"})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    given = [(b"host", b"192.0.2.2:8501"), *((name.encode(), value.encode()) for name, value in headers.items())]
    scope = {"type": kind, "path": path, "headers": given, "client": (client, 5), "query_string": b""}
    asyncio.run(Shell(behind)(scope, receive, send))
    first = sent[0] if sent else {"type": "passed"}
    status = 1008 if first["type"] == "websocket.close" else first.get("status", 0)
    return status, dict(first.get("headers", ())), seen


def test_the_web_server_gives_the_room_the_vote_only(room: None) -> None:
    for path in ("/", "/trainer", "/vragen", "/_stcore/metrics", "/_stcore/upload_file/x/y", "/media/a.pdf", "/stem/x",
                 "/static/../trainer", "/static/%2e%2e/trainer"):  # fmt: skip
        assert ask(path, ROOM)[0] == 403, path
        assert ask(path, "127.0.0.1")[0] == 200, path
    for path in ("/stem", "/static/js/index.js", "/shell/look.css", "/_stcore/health"):
        assert ask(path, ROOM)[0] == 200, path
    assert ask("/_stcore/stream", ROOM, "websocket")[2][lan.VISITOR] == lan.ROOM
    forged = {lan.VISITOR: lan.HERE, "x-forwarded-for": "127.0.0.1"}
    assert ask("/_stcore/stream", ROOM, "websocket", **forged)[2][lan.VISITOR] == lan.ROOM
    assert ask("/_stcore/stream", "127.0.0.1", "websocket")[2][lan.VISITOR] == lan.HERE
    assert lan.is_guest({})
    assert not lan.is_guest({lan.VISITOR: lan.HERE})


def test_without_the_option_the_network_is_not_served() -> None:
    assert ask("/stem", ROOM)[0] == 403, "a host that is not this computer"
    assert not lan.is_guest({})


def test_a_voter_gets_a_cookie_once(room: None) -> None:
    first = ask("/stem", ROOM)[1][b"set-cookie"].decode()
    assert first.startswith("stem=")
    assert "HttpOnly" in first
    assert first != ask("/stem", ROOM)[1][b"set-cookie"].decode()
    assert b"set-cookie" not in ask("/stem", ROOM, cookie=first.split(";")[0])[1]
    assert b"set-cookie" not in ask("/trainer", "127.0.0.1")[1]
